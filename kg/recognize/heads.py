"""Names by their heads (…研究院, …基金): find the head, walk left, and ask whether it is a name (acceptance.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.automaton import Automaton
from kg.lexicon import Lexicon
from kg.recognize.acceptance import LEVEL_WORDS, Acceptance, Candidate
from kg.recognize.base import OPEN_QUOTES, Found, Work, is_proper
from kg.recognize.sites import site_start
from kg.recognize.walk import ORDINAL, Walk, governing_verbs
from kg.segment import in_dictionary

#: What follows or stands before a facility that is being built.
_BUILDING = re.compile(
    "[”]?(?:主体)?(?:[、和及与][^，。；、]{2,24}){0,4}(?:全线|全面|正式|顺利|相继|如期|加快|建成|项目|工程|等[^，。；]{0,8}(?:项目|工程))?(?:联调联试|全长|建成|开工|通车|竣工|投运|投用|贯通|动工|复工|开建|建设|改造|扩建|提速|启用|封顶|合龙|项目|工程|(?:等)?前期工作)"
)
_BUILDS = re.compile("建|修|开工|推进|启动|实施|续|改造|通车|开通|贯通|完成")
#: Programmes that common words name when a verb carries them out: 深入实施|城市更新行动.
_PROGRAMMES = ("行动", "工程", "计划", "攻坚战")
_CARRIES_OUT = ("实施", "开展", "启动", "深化", "打好", "打响")
_CARRIED_LIST = re.compile(f"(?:{'|'.join(_CARRIES_OUT)})[^，。；：！？（）的]*[、和及]$")
#: What begins a description of several, where a name would begin.
_ANY = frozenset(
    {
        "重大", "重点", "相关", "有关", "系列", "一批", "各类", "各项", "配套", "具体", "年度", "民生",
        "国家", "专项", "三年", "年", "多项", "若干", "一系列", "下列", "以下", "上述", "所有",
    }
)  # fmt: skip
#: Of what level a programme is stands before its name; the field that it is for is part of it.
_LEVELS = frozenset(
    {"省级", "国家级", "国家", "市级", "全国", "全省", "全市", "新一轮", "拓展", "落实", "打造"}
)
_FIELD = 16
_PROJECTS_OF = re.compile("([^“”]{0,16}“[^“”]+”(?:专项)?(?:行动|工程|计划))[^“”]{0,4}项目$")
_COUNTED = re.compile(
    "(?:建设)?(?:约|近|超|达|共|共计|总数达?)?[\\d一二三四五六七八九十百两]+(?:\\.\\d+)?(?:余|多)?[个项处件条座万]"
)
#: Who is chosen, and for what.
_CHOSEN = re.compile("[\u4e00-\u9fff]{2,4}(?:为|担任|任)|产生")
#: Lines of which the text tells how far they are: 江临高铁云川段全部大桥完成架梁.
_TRACKS = ("高铁", "铁路", "高速", "高速公路", "城际", "地铁")
_LAID = re.compile("[^，。；、]{0,14}(?:贯通|架梁|铺轨|合龙|封顶|联调联试|通车|开工|建成)")
#: The version of what has one: 楼宇更新大行动|2.0.
_VERSION = re.compile("[1-9]\\.0版?(?![\\d%％万亿个])")
_VERSIONED = ("Project", "Platform", "Policy")
#: Buildings stay places, whoever builds them.
_BUILDINGS = (
    "会展中心",
    "会展馆",
    "会议中心",
    "体育中心",
    "体育场",
    "体育馆",
    "剧院",
    "机场",
    "隧道",
    "大厦",
    "公园",
)

#: For how long something is launched, before its name.
_LASTING = re.compile("为期[^，。；的]{1,8}的$")


class Heads:
    """Finds names that end in a suffix of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._suffixes = sorted(lexicon.suffixes)
        self._automaton = Automaton(self._suffixes)
        words = lexicon.words
        self._walk = Walk(lexicon)
        self._generic = words["generic"]
        self._glued = words["inner_verbs"] | words["offices"] | {"股份"}
        self._triggers = tuple(sorted(lexicon.triggers))
        self._verbs = governing_verbs(lexicon)
        self._carry = frozenset(
            w for w, rows in lexicon.triggers.items() if any(t.group == "carry" for t in rows)
        )
        self._builds = tuple(
            sorted(
                w for w, rows in lexicon.triggers.items() if any(t.group in ("create", "carry") for t in rows)
            )
        )
        self._closing = (words["stop_words"] - words["inner_verbs"]) | words["prepositions"]
        self._offices = tuple(sorted(words["offices"]))
        self._acceptance = Acceptance(lexicon)

    def find(self, work: Work, known: Mapping[int, Found]) -> Iterator[Found]:
        """Yield names; ``known`` maps the start of each listed name to it."""
        for start, end in self._heads(work):
            found = self._name(work, start, end, known)
            if found:
                version = _VERSION.match(work.text, end) if found.cls in _VERSIONED else None
                yield found._replace(end=version.end()) if version else found

    def _heads(self, work: Work) -> list[tuple[int, int]]:
        """Occurrences of suffixes that end where a token does, none inside another."""
        longest: dict[int, int] = {}
        for _, start, end in self._automaton.find(work.text):
            longest[end] = min(start, longest.get(end, start))
        spans = sorted(longest.items())
        return [
            (start, end)
            for end, start in spans
            if self._is_head(work, start, end) and not any(s <= start and end < e for e, s in spans)
        ]

    def _is_head(self, work: Work, start: int, end: int) -> bool:
        """Whether a suffix ends where a token does and is not the tail of a common word (格局)."""
        i = work.token_at(end - 1)
        token = work.tokens[i]
        if token.end != end and (token.start != start or work.text[end : token.end] not in self._glued):
            return False  # but 工程|建设 and 大学|校长, which the dictionary has as one word
        if work.text[end - 3 : end] in ("子公司", "董事局", "董事会", "监事会") and work.aligned(
            end - 3, end
        ):
            return False  # what follows is the name; an organ of the body before it
        if work.text[end - 2 : end] == "当局":
            return False
        if work.text.startswith(self.lexicon.compounds.get(work.text[start:end], ()), end):
            return False  # 政府|采购: no body
        if work.text[start] == "党" and work.text.startswith(self._offices, end):
            return False  # 党组|书记: an office
        if work.text[start:end] == "选举" and _CHOSEN.match(work.text, end):
            return False  # 协会选举陈云山为会长
        if work.text[start:end] in self._verbs and self._verb_follows(work, i):
            return False  # 江州市计划新建…
        if end - start > 1 or token.start == start:
            return True
        return (is_proper(token) or len(token.word) > 2) and not in_dictionary(token.word[-2:])

    def _verb_follows(self, work: Work, i: int) -> bool:
        following = work.tokens[i + 1] if i + 1 < len(work.tokens) else None
        return following is not None and (following.tag in ("v", "vd") or following.word in self._triggers)

    def _name(self, work: Work, start: int, end: int, known: Mapping[int, Found]) -> Found | None:
        suffix = self.lexicon.suffixes[work.text[start:end]]
        head = work.token_at(start)
        first, quoted = self._walk.first(work, head, known)
        if suffix.cls == "Place" and not quoted:
            behind = site_start(work, first, head, known, self.lexicon.words["inner_verbs"])
            if behind is None:
                return None
            first = behind
        begin = work.tokens[first].start
        if (begin >= start and not quoted) or self._listed_tail(work, begin, end, known):
            carried = self._carried(work, start, end) if suffix.need == "governed" and begin >= start else 0
            return Found(carried, end, suffix.cls, "head-carried", 0.7) if carried else None
        body = work.tokens[first:head]
        if work.tokens[head].start < start:
            token = work.tokens[head]
            body = (*body, token._replace(end=start, word=work.text[token.start : start]))
        if not self._acceptance.accepts(
            work, suffix, Candidate(first, begin, start, end, body, quoted, begin in known), known
        ):
            carried = self._carried(work, start, end) if suffix.need == "governed" else 0
            return Found(carried, end, suffix.cls, "head-carried", 0.7) if carried else None
        if quoted and suffix.cls == "Project" and (shorter := _PROJECTS_OF.match(work.text, begin, end)):
            end = shorter.end(1)  # “云帆”工程|项目26个
        if quoted and suffix.cls == "Project" and work.text[begin] in OPEN_QUOTES:
            begin = self._behind_carrier(work, first)
        proper = quoted or begin in known or any(is_proper(t) for t in body)
        built = suffix.cls == "Place" and self._is_built(work, begin, end)
        return Found(begin, end, "Project" if built else suffix.cls, "head", 0.9 if proper else 0.7)

    def _is_built(self, work: Work, begin: int, end: int) -> bool:
        """Whether the text builds a facility, which makes a project of it (建成江州东站, 江临高速开工)."""
        if work.text.endswith(_BUILDINGS, begin, end):
            return False
        if _BUILDING.match(work.text, end):
            return True
        if work.text.endswith(_TRACKS, begin, end) and _LAID.match(work.text, end):
            return True
        before = work.text[:begin].rstrip("了“")
        while before.endswith("、"):  # 建成A、B: what governs the list
            cut = max(before.rfind(mark, 0, -1) for mark in "、，。；")
            if cut < 0 or before[cut] != "、":
                return bool(_BUILDS.search(before[cut + 1 :]))
            before = before[: cut + 1]
        return bool(_BUILDS.search(before[-8:])) and before.endswith(self._builds)

    def _carried(self, work: Work, start: int, end: int) -> int:
        """Where the name of a programme begins that a verb carries whole (实施|农民工就近就业三年行动), or 0.

        What stands between the verb and the head is the name when it is no list, no count and more than generic words.
        """
        tokens = work.tokens
        head = work.token_at(start)
        i = head - 1
        content = 0
        while i >= 0 and end - tokens[i].start <= 20:
            token = tokens[i]
            listed = (
                token.word in ("、", "和", "及") and i < head - 1 and self._after_project(work, token.start)
            )
            if token.word in self._carry or listed:
                after = tokens[i + 1 + (tokens[i + 1].word in ("好", "了", "成", "完"))]
                begin = after.start
                counted = after.tag in ("m", "q", "mq") and not ORDINAL.fullmatch(after.word)
                common = self._is_programme(work, token.word, begin, end)
                enough = common or (content >= 2 and start - begin >= 4) or self._is_short(work, i + 1, head)
                return begin if enough and not counted and not _COUNTED.match(work.text, begin) else 0
            if token.word == "的" and (lasting := _LASTING.search(work.text, 0, token.end)):
                i = work.token_at(lasting.start()) - 1  # 启动|为期三年的|清水工程
                if i < 0 or work.words[i] not in self._carry or content < 1:
                    return 0
                return tokens[work.first_starting(lasting.end())].start
            if (
                token.word in self._closing
                or token.tag in ("p", "r", "c", "uj", "ul", "x", "q")
                or not token.word.isalnum()
            ):
                return 0
            content += token.word not in self._generic and not ORDINAL.fullmatch(token.word)
            i -= 1
        return 0

    def _is_short(self, work: Work, first: int, head: int) -> bool:
        """Whether one plain word makes the name of works that are launched: 启动|清水|工程."""
        word, tag = work.words[first], work.tags[first]
        return (
            head == first + 1
            and len(word) == 2
            and tag == "n"
            and word not in self._generic
            and work.text[work.tokens[head].start : work.tokens[head].end] in ("工程", "行动")
            and work.text[work.tokens[head].end : work.tokens[head].end + 1] in "，。；"
        )

    def _behind_carrier(self, work: Work, quote: int) -> int:
        """Where the name of a quoted programme begins: behind the verb that carries it out (实施|中小企业“云帆”行动)."""
        tokens, i = work.tokens, quote - 1
        while i >= 0 and tokens[quote].start - tokens[i].start <= _FIELD:
            token = tokens[i]
            if token.word in self._carry and token.word.endswith(("推进", *_CARRIES_OUT)):
                first = tokens[i + 1]
                plain = first.word not in _ANY and first.word not in _LEVELS and first.tag[:1] not in "mqf"
                return first.start if plain else tokens[quote].start
            stops = token.word in self._closing and token.tag[:1] not in "vj"
            if stops or token.tag[:1] in "pcrxuqmd" or not token.word.isalnum():
                break
            i -= 1
        return tokens[quote].start

    def _is_programme(self, work: Work, verb: str, begin: int, end: int) -> bool:
        """Whether a verb that carries programmes out, or a list of them, stands before common words that name one."""
        name = work.text[begin:end]
        least = 8 if verb.endswith("开展") else 5
        first, head = work.token_at(begin), work.token_at(end - 1)
        return (
            name.endswith(_PROGRAMMES)
            and len(name) >= least
            and (head - first > 1 or len(work.words[first]) > 3)
            and (
                verb.endswith(_CARRIES_OUT)
                or (verb.endswith("推进") and name.endswith("行动") and len(name) > 5)
                or bool(_CARRIED_LIST.search(work.text, max(0, begin - 60), begin))
            )
            and work.words[first] not in _ANY
            and not _COUNTED.match(work.text, end)
        )

    def _after_project(self, work: Work, end: int) -> bool:
        """Whether the member of the list before ends in the head of a programme."""
        return any(
            work.text.endswith(s, 0, end) for s in ("工程", "行动", "计划", "行动计划", "专项", "攻坚战")
        )

    def _listed_tail(self, work: Work, begin: int, end: int, known: Mapping[int, Found]) -> bool:
        """Whether a listed institution or park ends the stretch: it stands for itself (北京|国务院国资委)."""
        lists = self.lexicon.canonical
        for found in known.values():
            if found.end != end or found.start <= begin or found.cls not in ("Institution", "Park"):
                continue
            form = work.text[found.start : end]
            if lists.get((found.cls, form)) == form or form.startswith(
                ("国务院", "国家", "中央", "全国", "中国")
            ):
                return (
                    True  # 省|发展改革委 is another body than 发展改革委, the short form of the national one
                )
            if begin not in known and work.text[begin : found.start] not in LEVEL_WORDS:
                return True
        return False
