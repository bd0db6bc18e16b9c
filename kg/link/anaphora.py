"""Words that stand for an entity named elsewhere: 全省, 我国, 该园区, 《规划》, 本行, 会议."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

from kg.automaton import Automaton
from kg.lexicon import Lexicon
from kg.link.links import Links, enclosed
from kg.link.names import BRACKET, DEFINITION
from kg.model import Document, EntityKey, Mention, Reference, Span
from kg.recognize.base import Work

#: How an anaphor begins that may stand anywhere; a bare noun (公司, 论坛) must begin a clause.
_POINTING = frozenset("该本此这《园我")
_OWN_POLICY = re.compile(
    "(?<![基根资成日])本(?:实施)?(?:政策|方案|规划|办法|意见|条例|计划|措施|细则|规定|行动计划|纲要)"
)
#: A bare noun that speaks of the last of its kind, told by what follows it.
_BARE = re.compile(
    "(项目|基金|平台|工程)(?=总投资|总规模|规模|首期|计划总?投资|由|将于|自|(?P<built>占地|达产后|投产后|建成后|全部建成))"
)
_BARE_CLASSES = {"项目": "Project", "工程": "Project", "基金": "Fund", "平台": "Platform"}
#: How far a mention may begin from what it overlaps.
_NEAR = 80
_NATION_KEY = EntityKey("Place", "中国")
_WHOLE_SIGN = re.compile("[全我本该][省市区县州自]|省内")
_WHOLE = re.compile(
    r"(?<![安完健齐资保])(?:全|我|本|该)(省|市(?![场面值容民])|区|县|州|自治区)|(?<![\u4e00-\u9fff])(省)(?=内)"
)
#: 全国 speaks of the country where it opens a clause and something is counted.
_NATION = re.compile(r"(?:^|[，。；：、]|年|月|日|底|前|期间|来)(全国)(?=[^，。；：]{0,24}?\d)")
#: What is attended or opened is the event named last: 出席开幕会, 主持会议.
_ATTENDED = re.compile(
    "(?:出席|参加|主持|列席|参与|举行|召开)(?:了|本次|此次|该)?(开幕会|闭幕会|开幕式|闭幕式|会议|大会|论坛|座谈会|活动|仪式|峰会|年会)(?![\u4e00-\u9fff])"
    "|(?:出席|参加|主持|列席)(?:了|本次|此次|该)?(开幕会|闭幕会|开幕式|闭幕式|会议|大会|座谈会|仪式)(?=[并和，。；、]|上)"
)
_OPENS = re.compile(
    "[”」]?[^，。；]{0,12}(?:在[^，。；]{2,12})?(?:开幕|召开|举行|举办|拉开帷幕|启幕)(?![一二三四五六七八九十\\d]*(?:周年|年来)|以来|之[后际]|[后前])"
)
#: How a company speaks of itself in its report.
_SELF = re.compile("(我们|我行|本行|本公司|本集团|我公司|我集团|我司)")
_SPOKEN = re.compile("“[^”]{8,}”")
_FORMAL = re.compile("本公司|本集团|我公司|我集团|我司|(?<!根)本行(?![业政动])|我行(?![我业政])")
#: How often a company is named, at least, of a text that says 我们 alone: a government's report names many once.
_PREVAILS = 3
_BANK = re.compile("本行|我行")
_COMPANIES = re.compile("(?:公司|银行|集团)$")
#: A bank by its name, and none of those that watch over it: 银行保险监督管理委员会, 银行业协会.
_BANKS = re.compile("(?<!人民)银行(?!业|间)(?:$|[^会院]*[司行]$)")
_REPORT = re.compile(
    r"\s{0,3}\d{0,4}年?(?:半?年度?报告|招股|募集说明|社会责任报告|可持续发展报告|第[一三]季度报告)"
)
_COUNTRY = re.compile("我国|中方(?!股东|企业|投资|人员|代表|员工|院校)")
_BRACKETED_END = re.compile(r"[（(][^（）()]*[)）]$")

#: Deeds that make another word of 园区: 合作|园区.
_KINDS = frozenset({"合作", "封闭", "示范", "创业", "孵化", "服务", "集聚"})

_Add = Callable[[tuple[int, int], EntityKey, str], None]


class _Memory:
    """What the text has named up to here."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.recent: dict[str, EntityKey] = {}  # the last of each class
        self.heads: dict[str, EntityKey] = {}  # the last that ends on a word
        self.leading: dict[str, EntityKey] = {}  # the same of those that opened a clause
        self.opened: EntityKey | None = None  # the event that the text says is held

    def note(self, work: Work, reference: Reference) -> None:
        """Remember a mention for the words that will stand for it."""
        key = reference.key
        self.recent[key.cls] = key
        name = _BRACKETED_END.sub("", key.name)
        leads = _clause_start(work.text, reference.mention.span.start - work.sentence.span.start)
        short = key.cls == "Institution" and self._lexicon.is_company(name)  # 云海科技 is a 公司 too
        for word in [f"{key.cls}:{name[-n:]}" for n in (1, 2, 3, 4)] + ["Institution:公司"] * short:
            self.heads[word] = key
            if leads:
                self.leading[word] = key

    def meant(self, cls: str, head: str) -> EntityKey | None:
        """The entity of a class, or ending on a head, that was named last; a park may be called a project."""
        if head:
            return self.heads.get(f"{cls}:{head}")
        return self.recent.get(cls) or (self.recent.get("Park") if cls == "Project" else None)


class Anaphora:
    """Finds the words that stand for an entity of the document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._words = tuple(lexicon.anaphora)
        self._automaton = Automaton(self._words, longest=True)

    def find(self, works: Sequence[Work], links: Links) -> None:
        """Add a reference to ``links`` for each such word; of two that overlap the first one stays."""
        taken = sorted(r.mention.span for r in links.references)
        before = sorted(links.references, key=lambda r: r.mention.span)
        own = next((r.key for r in links.references if r.mention.rule == "title-line"), None)
        own = next(iter(enclosed(own, links)), own) if own else None
        memory = _Memory(self.lexicon)
        index = 0
        for work in works:
            end = work.sentence.span.end
            inside = []
            while index < len(before) and before[index].mention.span.start < end:
                inside.append(before[index])
                index += 1
            add = partial(_add, links, work, taken)
            self._wholes(work, links, add)
            self._pointing(work, inside, memory, add)
            self._speaking(work, inside, links, memory, add)
            if own and (match := _OWN_POLICY.search(work.text)):
                add(match.span(), own, "anaphor-own")
            for reference in inside:
                memory.note(work, reference)
                follows = reference.mention.span.end - work.sentence.span.start
                if reference.key.cls == "Event" and _OPENS.match(work.text, follows):
                    memory.opened = reference.key

    def _wholes(self, work: Work, links: Links, add: _Add) -> None:
        """全省, 我国: the place that the document speaks of; 本行: who writes it."""
        for match in _WHOLE.finditer(work.text) if _WHOLE_SIGN.search(work.text) else ():
            level = (match.group(1) or match.group(2)).removeprefix("自治")
            if key := links.home.get("省" if match.group(1) == "自治区" else level):
                add(match.span(), key, "anaphor-level")
        if links.speaker is not None:
            bank = "银行" in links.speaker.name
            for match in _SELF.finditer(work.text):
                if match.group(1)[-1] == "行" and not bank:
                    continue
                add(match.span(1), links.speaker, "anaphor-self")
        for match in _COUNTRY.finditer(work.text) if "我国" in work.text or "中方" in work.text else ():
            add(match.span(), _NATION_KEY, "anaphor-country")

    def _pointing(self, work: Work, inside: Sequence[Reference], memory: _Memory, add: _Add) -> None:
        """该园区, 《规划》, and bare nouns that open a clause (公司, 论坛), by the table of anaphora."""
        cursor = 0
        for n, start, end in self._automaton.find(work.text):
            word = self._words[n]
            while (
                cursor < len(inside) and inside[cursor].mention.span.start - work.sentence.span.start < start
            ):
                memory.note(work, inside[cursor])
                cursor += 1
            cls, head = self.lexicon.anaphora[word]
            key = memory.meant(cls, head)
            if word[0] == "园" and _in_compound(work, start, end):
                continue
            if word[0] not in _POINTING:
                if not _clause_start(work.text, start) or work.text[end : end + 1] in ("+", "＋"):
                    continue  # “公司+农户”
                # 公司…: who spoke before, not who was spoken of
                key = memory.leading.get(f"{cls}:{head}", key)
            if key and (word[0] in "该这《" or work.aligned(start, end)):
                add((start, end), key, "anaphor")

    def _speaking(
        self, work: Work, inside: Sequence[Reference], links: Links, memory: _Memory, add: _Add
    ) -> None:
        """全国 with a figure, 项目总投资, 出席开幕会: told by what stands beside the word."""
        if "全国" in work.text and _NATION_KEY in links.aliases:
            for match in _NATION.finditer(work.text):
                add(match.span(1), _NATION_KEY, "anaphor-country")
        for match in _BARE.finditer(work.text):
            cls, start = _BARE_CLASSES[match.group(1)], match.start() + work.sentence.span.start
            here = [r.key for r in inside if r.key.cls == cls and r.mention.span.end <= start]
            key = here[-1] if here else None if match["built"] else memory.recent.get(cls)
            if key and _clause_start(work.text, match.start(1)):
                add(match.span(1), key, "anaphor-bare")
        if memory.opened is not None:
            for match in _ATTENDED.finditer(work.text):
                add(match.span(1 if match.group(1) else 2), memory.opened, "anaphor-attended")


def speaker(document: Document, links: Links) -> EntityKey | None:
    """The company that writes, when the text speaks as one (本行, 我们) and one company prevails."""
    told = _SPOKEN.sub("", document.text)  # who is quoted says 我们 of somebody else
    formal = len(_FORMAL.findall(told)) > 1
    # The head of a report: X股份有限公司2019年年度报告, or X股份有限公司 alone.
    for reference in links.references[:3]:
        span = reference.mention.span
        alone = not document.text[: span.start].strip() and document.text[span.end : span.end + 1] == "\n"
        heads = _REPORT.match(document.text, span.end) or (alone and formal)
        if reference.key.cls == "Institution" and heads:
            return reference.key
    if len(_SELF.findall(told)) < 2:
        return None
    for reference in links.references:  # X（以下简称“本行”）
        bracket = (
            BRACKET.match(document.text, reference.mention.span.end)
            if reference.key.cls == "Institution"
            else None
        )
        definition = DEFINITION.match(bracket.group(1)) if bracket else None
        if definition and _SELF.fullmatch(definition.group(1)):
            return reference.key
    companies = _BANKS if _BANK.search(document.text) else _COMPANIES
    counts = Counter(
        r.key for r in links.references if r.key.cls == "Institution" and companies.search(r.key.name)
    )
    ranked = sorted(counts, key=lambda k: (-counts[k], k))
    if not ranked or (len(ranked) > 1 and counts[ranked[0]] < 1.5 * counts[ranked[1]]):
        return None
    if counts[ranked[0]] < _PREVAILS and not _FORMAL.search(told):
        return None
    return ranked[0]


def _in_compound(work: Work, start: int, end: int) -> bool:
    """Whether a noun stands before the word, or what makes another word of it behind: 农业发展|园区, 园区|化."""
    before = work.last_ending(start)
    tags = [t.tag for t in reversed(work.tokens[max(0, before - 1) : before + 1])]
    close = before >= 0 and work.tokens[before].end == start
    nominal = close and (tags[0][:1] in "nbajmq" or (tags[0] == "vn" and tags[1:2] and tags[1][0] in "nbj"))
    kind = close and work.tokens[before].word in _KINDS
    return nominal or kind or work.text[end : end + 1] in ("化", "级", "型")


def _clause_start(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in "，。；：“（"


def _add(
    links: Links, work: Work, taken: list[Span], within: tuple[int, int], key: EntityKey, rule: str
) -> None:
    """Add a reference for a stretch of the sentence, unless something is named there already."""
    start, end = within
    span = Span(start, end).shift(work.sentence.span.start)
    first = bisect_left(taken, (span.start - _NEAR + 1,))
    near = takewhile(lambda t: t.start < span.start + _NEAR, taken[first : first + 2 * _NEAR])
    if any(span.start < t.end and t.start < span.end for t in near):
        return
    text = work.sentence.text[start:end]
    mention = Mention(span, text, key.cls, text, work.sentence.index, rule, 0.7)
    links.references.append(Reference(mention, key))
    links.aliases.setdefault(key, set())
    insort(taken, span)
