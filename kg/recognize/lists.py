"""Names without a head, by their company: A、B、X等企业, 与东软集团、X签署, X成为…企业."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work, is_proper

_PROJECTS = re.compile(
    r"等(?:一批|一大批|一系列)?(?:[\d一二三四五六七八九十百余多两]+[个项])?(?:(?:(?!标准)[\u4e00-\u9fff]){0,8}?)(?:项目|工程)(?![\u4e00-\u9fff]?[类型])"
)
_ETC = re.compile(
    r"等(?:一批|众多|多家|国内外|国内|国外|海外|知名|著名|龙头|相关|行业|大型|国家|重点|[\d一二三四五六七八九十百余多两]+[家所个名大])*"
)

#: Classes of names that stay what they are in a list of projects.
_OWN_CLASSES = frozenset({"Policy", "Fund", "Event", "Person"})
_BODIES = frozenset({"Institution"})
#: A member that counts is none: 11公里污水管网, 完成了6条城市道路; but 50万吨乙二醇项目, 220千伏变电站.
#: Who plays a part in something, not who it is.
_PARTY = re.compile("(?<![东四八远])方$")
_COUNT = re.compile(
    r"(?:[\u4e00-\u9fff]{2}了?)?(?:[\d.]+|[一二两三四五六七八九十百]+)(?:余|多)?[万]?(?:平方公里|平方米|公里|户|[处个条座所栋套项家台辆块片亩])"
)
#: What begins a list of kinds.
_KINDS = ("一批", "一大批", "一系列")
#: What a report says of the works that it lists.
_DOES = frozenset({"了", "重点", "确保", "力争", "完成", "配合", "做好", "抓好", "争取", "加快"})
#: What no project in a list holds, or begins with.
_NO_MEMBER = re.compile("[，。“”《》的,;]|(?<![\u4e00-\u9fff])(?:一批|条国|次干|次支|从事|具体)")
_TIME = re.compile(
    r"(?:\d{2,4}年(?:\d{1,2}月)?|今年|全年|去年|年内|目前|截至目前|其中|[一二三四]季度|上半年|下半年)(?:底|末|以来)?"
)


def _behind_time(text: str, start: int) -> int:
    """Behind the time with which a list begins (2010年|世纪天伦酒店)."""
    match = _TIME.match(text, start)
    return match.end() if match else start


class Lists:
    """Extends the mentions of a sentence by the members of their lists."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        groups = ("create", "carry")
        self._verbs = {w for w, ts in lexicon.triggers.items() if any(t.group in groups for t in ts)}
        words = lexicon.words
        self._leading = (
            frozenset(lexicon.triggers) | words["prepositions"] | words["pivots"] | words["hastening"]
        )
        self._facilities = tuple(sorted(lexicon.words["facilities"]))
        self._event_heads = frozenset(s for s, row in lexicon.suffixes.items() if row.cls == "Event")
        self._people = lexicon.words["offices"] | lexicon.words["agent_nouns"]
        nouns = sorted(lexicon.words["company_nouns"], key=len, reverse=True)
        self._noun = re.compile("(?:[\u4e00-\u9fff]{0,4}?)(?:" + "|".join(nouns) + ")")
        self._isa = re.compile(
            r"(?:^|[，。；！？])([^，。；！？“”《》（）]{2,10}?)(?:成为|是)[^，。；！？]{0,24}?的?(?:"
            + "|".join(nouns)
            + ")(?=[，。；！？]|$)"
        )

    def extend(self, work: Work, founds: list[Found]) -> list[Found]:
        """Return the mentions and those that a list or an is-a clause makes institutions."""
        runs = list(_runs(work.text)) if "、" in work.text else []
        added = [*self._mates(work, runs, founds), *self._isa_subjects(work, founds)]
        if runs:
            added += self._projects(work, runs, [*founds, *added]) if "等" in work.text else ()
            added += self._events(work, runs, [*founds, *added])
            added += _schemes(work, runs, [*founds, *added]) if "计划" in work.text else ()
        if "论坛" in work.text:
            added += _forums(work, [*founds, *added])
        kept = [f for f in founds if not any(f.start < a.end and a.start < f.end for a in added)]
        return sorted([*kept, *added]) if added else founds

    def _mates(self, work: Work, runs: Sequence[tuple[int, int]], founds: list[Found]) -> Iterator[Found]:
        """Members of a 、-list that holds an institution or ends in 等…企业."""
        if "等" not in work.text and not any(f.cls == "Institution" for f in founds):
            return
        for start, end in runs:
            members = _members(work.text, start, end)
            if len(members) < 2:
                continue
            inside = [f for f in founds if f.start < end and start < f.end]
            etc = _ETC.match(work.text, end)
            kind = self._noun.match(work.text, etc.end()) if etc else None
            noun = kind is not None
            institutions = sum(f.cls == "Institution" and (f.start, f.end) in members for f in inside)
            if not (
                (noun and institutions)
                or (kind and len(members) > 3 and self._mostly_named(work, members, institutions, kind.end()))
                or (institutions >= 1 and len(members) >= 3 and institutions * 2 >= len(members) - 1)
            ):
                continue
            for a, b in members:
                free = not any(f.start < b and a < f.end for f in founds)
                if free and (
                    self._name_like(work, a, b) or (b - a > 5 and self._alike(work, inside, (a, b)))
                ):
                    yield Found(a, b, "Institution", "list-mate", 0.65)

    def _mostly_named(
        self, work: Work, members: Sequence[tuple[int, int]], institutions: int, behind: int
    ) -> bool:
        """Whether two of three members are or look like names: 联云、物云、如云海等超市, but not 等自媒体|平台."""
        i = work.first_starting(behind)
        if i < len(work.tokens) and work.tokens[i].start == behind and work.tokens[i].tag[:1] == "n":
            return False
        return 3 * (sum(self._name_like(work, a, b) for a, b in members) + institutions) >= 2 * len(members)

    def _events(self, work: Work, runs: Sequence[tuple[int, int]], founds: list[Found]) -> Iterator[Found]:
        """Members of a list of events that end in the head of one: 云川大会、江商大会."""
        if not any(f.cls == "Event" for f in founds):
            return
        for start, end in runs:
            inside = [f for f in founds if f.start < end and start < f.end]
            if not any(f.cls == "Event" for f in inside):
                continue
            for a, b in _members(work.text, start, end):
                free = not any(f.start < b and a < f.end for f in inside)
                head = next((n for n in (4, 3, 2) if work.text[b - n : b] in self._event_heads), 0)
                plain = 4 <= b - a <= 16 and not re.search("[的“”《》]|[各该本两多]", work.text[a:b])
                tokens = work.between(a, b - head) if head and work.aligned(a, b) else ()
                generic = self.lexicon.words["generic"]
                named = tokens and all(t.tag[:1] not in "vmp" for t in tokens)
                if free and plain and named and not all(t.word in generic for t in tokens):
                    yield Found(a, b, "Event", "list-mate", 0.65)

    def _alike(self, work: Work, founds: Sequence[Found], member: tuple[int, int]) -> bool:
        """Whether two others of the list end in the head of this one (A研究院、未来网络研究院、B研究院)."""
        stretch = work.text[slice(*member)]
        mates = [f for f in founds if f.cls == "Institution"]
        head = next((stretch[-n:] for n in (5, 4, 3) if stretch[-n:] in self.lexicon.suffixes), "")
        plain = not re.search("[，。“”《》的]|^[一二两三四五六七八九十\\d]", stretch) and work.aligned(
            *member
        )
        return bool(head) and plain and sum(work.text.endswith(head, f.start, f.end) for f in mates) > 1

    def _projects(self, work: Work, runs: Sequence[tuple[int, int]], founds: list[Found]) -> Iterator[Found]:
        """建成A、B、C等340个重点项目: what a report lists and calls projects, if names are among them."""
        for start, end in runs:
            if not _PROJECTS.match(work.text, end):
                continue
            members = _members(work.text, start, end)
            verb = self._verb_end(work, *members[0])
            members[0] = (_behind_time(work.text, verb or members[0][0]), members[0][1])
            if work.text.startswith(_KINDS, members[0][0]):
                continue  # 实施一批数字博物馆、智慧图书馆等工程: kinds
            members = [(self._behind_verbs(work, a, b), b) for a, b in members]
            own = [self._is_built(work, a, b) for a, b in members]
            if 2 * sum(own) < len(members):
                continue  # 道路、供水等项目: kinds
            for (a, b), named in zip(members, own, strict=True):
                free = not any(
                    f.start < b
                    and a < f.end
                    and (
                        f.start < a or f.end > b or f.cls in _OWN_CLASSES or (f.cls in _BODIES and f.end == b)
                    )
                    for f in founds
                )
                long = 4 <= b - a <= 24 and (named or b - a > 5) and not _COUNT.match(work.text, a, b)
                if free and long and not _NO_MEMBER.search(work.text, a, b):
                    yield Found(a, b, "Project", "list-project", 0.65)

    def _behind_verbs(self, work: Work, start: int, end: int) -> int:
        """Where a member of a list begins behind the words that only say what is done with it (重点做好|江州电厂二期)."""
        tokens = work.between(start, end)
        n = 0
        while n < len(tokens) - 1 and (tokens[n].word in _DOES or tokens[n].word in self._leading):
            n += 1
        return (
            tokens[n].start if n > 0 and end - tokens[n].start > 3 and tokens[n - 1].word != "重点" else start
        )

    def _is_built(self, work: Work, start: int, end: int) -> bool:
        """Whether a member of a list of projects is one: it ends in what is built, or holds a name."""
        if work.text.endswith(self._facilities, start, end):
            return True
        tokens = work.tokens[work.token_at(start) : work.token_at(end - 1) + 1] if end > start else ()
        return any(t.tag in ("ns", "nr", "nt", "nz", "eng") or t.word[0].isdigit() for t in tokens)

    def _verb_end(self, work: Work, start: int, end: int) -> int:
        """Where the last verb or preposition that leads to a list ends in a stretch, or 0."""
        ends = [t.end for t in work.tokens if start <= t.start and t.end < end and t.word in self._leading]
        return ends[-1] if ends else 0

    def _isa_subjects(self, work: Work, founds: list[Found]) -> Iterator[Found]:
        for match in self._isa.finditer(work.text) if "是" in work.text or "成为" in work.text else ():
            a, b = match.span(1)
            if not any(f.start < b and a < f.end for f in founds) and self._name_like(work, a, b):
                yield Found(a, b, "Institution", "isa", 0.65)

    def _name_like(self, work: Work, start: int, end: int) -> bool:
        if not 2 <= end - start <= 10 or not work.aligned(start, end):
            return False
        tokens = work.tokens[work.first_starting(start) : work.last_ending(end) + 1]
        if tokens and tokens[-1].word in self._people:
            return False  # 临溪镇有关负责人
        if len(tokens) > 1 and _PARTY.search(tokens[-1].word):
            return False  # 项目|投建方
        stop, generic = self.lexicon.words["stop_words"], self.lexicon.words["generic"]
        if any(
            t.word in stop or t.tag[:1] in "mqdpcrftu" or (t.tag in ("v", "a") and not is_proper(t))
            for t in tokens
        ):
            return False
        return any(is_proper(t) for t in tokens) and not all(t.word in generic for t in tokens)


#: A scheme in a list: what stands before its head, freed of what leads to it.
_SCHEME = re.compile("(?:.*的)?(?P<name>[\u4e00-\u9fffA-Za-z]{4,24}计划)$")
_LAST_SCHEME = re.compile("，(?:以及|和|及)(?P<name>[\u4e00-\u9fffA-Za-z]{4,24}计划)(?=[，。；])")
_SCHEMES = ("计划", "行动", "工程", "项目", "，以")
#: What a plan for an amount of time or of things is called; and what only leads to one.
_PLAN = re.compile(
    "(?:年|年度|月度|季度|五年|发展|工作|投资|建设|生产|财务|预算|行动|实施|总体|用地|招生|采购|培养|研究|国家|相关|有关|一系列|各项|多项|两个|上述)计划$|^(?:等|如|包括|制定|编制|列入|纳入)"
)


def _schemes(work: Work, runs: Sequence[tuple[int, int]], founds: list[Found]) -> Iterator[Found]:
    """Members that end in 计划 of a list that holds a programme: 云川津贴计划、长者维修津贴计划."""
    for start, end in runs:
        if not any(f.cls == "Project" and start <= f.start and f.end <= end for f in founds):
            continue
        members = [_SCHEME.match(work.text, a, b) for a, b in _members(work.text, start, end)]
        last = _LAST_SCHEME.match(work.text, end)
        for match in (*members, last):
            if match is None or _PLAN.search(match["name"]):
                continue
            a, b = match.span("name")
            if work.text[a - 1] in "和及" and not work.text.endswith(_SCHEMES, 0, a - 1):
                continue  # 早孕关爱行动、孕育和|出生缺陷防治能力提升计划
            if not any(f.start < b and a < f.end for f in founds):
                yield Found(a, b, "Project", "list-mate", 0.65)


#: 设有3个分论坛，分别为A、B、C: each names a forum.
_FORUMS = re.compile(
    r"(?:(?:分|专题|平行|主题|子)论坛[^。；：]{0,10}?(?:分别(?:为|是|围绕|以)|包括|[:：])"
    r"|论坛[^。；：，”]{0,10}?(?:分别(?:为|是|围绕|以)|包括))[:：]?(?P<list>[^。；]{8,400})"
)
_NUMBERED = re.compile(
    r"^(?:[\d一二三四五六七八九十]{1,2}[、.．]|第?[一二三四五六七八九十]是|（[一二三四五六七八九十\d]+）|[“”])*"
)


def _forums(work: Work, founds: list[Found]) -> Iterator[Found]:
    """Forums that a list names by their subjects."""
    for match in _FORUMS.finditer(work.text):
        position = match.start("list")
        parts = re.split("[、，和]", match.group("list"))
        if len(parts) < 3:
            continue
        for part in re.split("[、，]", match.group("list")):
            lead = _NUMBERED.match(part)
            a, b = position + (lead.end() if lead else 0), position + len(part.rstrip("”等"))
            position += len(part) + 1
            free = not any(f.start < b and a < f.end and f.cls != "Place" for f in founds)
            if free and 4 <= b - a <= 30 and "“" not in work.text[a:b]:
                yield Found(a, b, "Event", "list-forum", 0.6)


_CLAUSE = re.compile("[^，。；：！？（）]+")
_RUN = re.compile(r"[^，。；：！？（）、]+(?:、[^，。；：！？（）、]+)+")
_LEFT = re.compile(
    r".*(?:[与和由向对为在将把以从到]|联合|携手|会同|包括|如|引进|吸引|来自|邀请|依托|支持|推动|其中|走访|赴)"
)


def _runs_in(text: str) -> Iterator[re.Match[str]]:
    """The lists of a text; a clause without 、 holds none, and to search it takes longest."""
    for clause in _CLAUSE.finditer(text):
        if "、" in clause.group():
            yield from _RUN.finditer(text, *clause.span())


#: What joins the last two members of a list.
_JOINT = re.compile("以及|[和及]")


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that are lists, up to the 等 that ends them."""
    for match in _runs_in(text):
        end = match.group().rfind("等", match.group().rfind("、"))
        yield match.start(), match.start() + end if end > 0 else match.end()


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list; the first without what leads to it."""
    members: list[tuple[int, int]] = []
    position = start
    for part in text[start:end].split("、"):
        a, b = position, position + len(part)
        if not members:
            lead = _LEFT.match(part)
            a += lead.end() if lead else 0
        elif b == end and (joint := _JOINT.search(part)):
            left, right = part[: joint.start()], part[joint.end() :]
            members.append((a, a + len(left)))
            a = b - len(right)
        members.append((a, b))
        position = b + 1
    return members
