"""A sentence as a row of items: mentions, verbs that carry relations, and the small words between.

The row is what the grammar reads; everything that it needs to know about words comes from the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from itertools import compress, repeat
from operator import itemgetter
from typing import NamedTuple

from kg.automaton import Automaton, Hit
from kg.lexicon import Lexicon, Trigger
from kg.model import Reference
from kg.recognize.base import Work


class Kind(StrEnum):
    """What an item is."""

    MENTION = "mention"
    VERB = "verb"  # a trigger of the lexicon
    OTHER_VERB = "other-verb"
    NOUN = "noun"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"  # 和 与 及 以及
    COMMA = "comma"  # ， and ：: a clause ends
    STOP = "stop"  # ； and full stops
    LIST = "list"  # 、
    OF = "of"  # 的
    ETC = "etc"  # 等
    NEGATION = "negation"
    PLAN = "plan"
    OFFICE = "office"
    COPULA = "copula"  # 是 系 为
    OPEN = "open"  # （
    CLOSE = "close"  # ）
    SKIP = "skip"  # adverbs, times, quotes: changes nothing
    NUMBER = "number"
    PLACE_WORD = "place-word"  # 中 内 上 behind an oblique


class Item(NamedTuple):
    """One item; offsets count in the sentence's text."""

    kind: Kind
    start: int
    end: int
    text: str
    reference: Reference | None = None
    triggers: tuple[Trigger, ...] = ()

    @property
    def cls(self) -> str:
        """Class of the mention, or ""."""
        return self.reference.key.cls if self.reference else ""


#: As with tokens, the NamedTuple's own constructor takes twice the time.
_item: Callable[[tuple[Kind, int, int, str, Reference | None, tuple[Trigger, ...]]], Item] = partial(
    tuple.__new__, Item
)


def _leftmost(hit: Hit) -> tuple[int, int]:
    """Orders hits: the leftmost first, and of these the longest."""
    return hit[1], -hit[2]


_PUNCTUATION = {
    "、": Kind.LIST,
    "（": Kind.OPEN,
    "(": Kind.OPEN,
    "）": Kind.CLOSE,
    ")": Kind.CLOSE,
    "的": Kind.OF,
    "等": Kind.ETC,
    "等等": Kind.ETC,
    "是": Kind.COPULA,
    "系": Kind.COPULA,
    "属": Kind.COPULA,
    "地属": Kind.COPULA,
    "担任": Kind.COPULA,
    "任": Kind.COPULA,
    "出任": Kind.COPULA,
    "当选": Kind.COPULA,
    "当选为": Kind.COPULA,
    "兼任": Kind.COPULA,
    "和": Kind.CONJUNCTION,
    "及": Kind.CONJUNCTION,
    "以及": Kind.CONJUNCTION,
    "暨": Kind.CONJUNCTION,
    "并": Kind.CONJUNCTION,
    "中": Kind.PLACE_WORD,
    "内": Kind.PLACE_WORD,
    "里": Kind.PLACE_WORD,
    "上": Kind.PLACE_WORD,
    "下": Kind.PLACE_WORD,
}
_ENDS = frozenset("，。；：！？,;:!?…")
_QUOTES = frozenset("“”‘’「」『』《》〈〉")


#: What is given and is no money, behind 注入.
_SPIRIT = re.compile(
    "了?(?:新的?|强大|强劲|源源不断的?|更多|持久|澎湃|全新|磅礴)*(?:活力|动力|动能|能量|正能量|信心|力量|生机|灵魂|内涵)"
)
#: What a subsidiary is to the company that owns it.
_OWNED = frozenset({"控股", "全资", "参股", "投资"})
_SUBSIDIARIES = ("子公司", "孙公司", "公司", "股东")
#: What passes behind 通过: 通过审议, 通过验收.
_PASSED = frozenset(
    {"审议", "审查", "审核", "验收", "认证", "评审", "批准", "备案", "鉴定", "考核", "评估", "认定"}
)
#: Words that are prepositions before a mention and verbs or adverbs elsewhere.
_JOINING = frozenset({"联合", "携手", "会同", "联手", "委托", "交由", "交"})


#: What drives what is built, when the clause says that it is built: 推动A、B通车.
_DRIVES = frozenset({"推动", "确保", "力争", "争取", "力促"})
_DONE = re.compile(
    "[^，。；]*(?:建设|开工|动工|投产|投用|投运|通车|通航|竣工|完工|建成|达产|落地|前期工作|运营|并网|贯通|封顶)[，。；]"
)


def _cut_out(work: Work, start: int, end: int) -> bool:
    """Whether a word ends with a token and starts with one, or behind a 中 that jieba glued to it (中专|设)."""
    if work.aligned(start, end):
        return True
    token = work.tokens[work.token_at(start)]
    return work.text[token.start : start] in ("中", "内", "上", "下", "里") and work.aligned(token.start, end)


class Itemizer:
    """Turns a sentence and its references into items."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._words = sorted(lexicon.triggers)
        self._offices = lexicon.words["offices"]
        self._hastening = lexicon.words["hastening"]
        self._titles = Automaton(sorted(w for w in self._offices if len(w) > 2), longest=True)
        self._automaton = Automaton(self._words)
        self._kind = lru_cache(maxsize=1 << 16)(self._kind_of)  # a word is asked for again and again

    def items(self, work: Work, references: Sequence[Reference]) -> tuple[Item, ...]:
        """Return the items of a sentence in order; mentions win over words."""
        offset = work.sentence.span.start
        spans = [(r.mention.span.start - offset, r.mention.span.end - offset, r) for r in references]
        items = [
            _item((Kind.MENTION, start, end, work.text[start:end], reference, ()))
            for start, end, reference in spans
        ]
        free = bytearray(b"\1" * len(work.text))
        for start, end, _ in spans:
            free[start:end] = bytes(end - start)
        for _, start, end in self._titles.find(work.text):  # 首席|执行官: one office of two tokens
            if 0 not in free[start:end] and work.aligned(start, end):
                items.append(Item(Kind.OFFICE, start, end, work.text[start:end]))
                free[start:end] = bytes(end - start)
        hits = sorted(self._automaton.find(work.text), key=_leftmost)
        for index, start, end in hits:  # the leftmost and longest of those that stand where the tokens cut
            if work.text[start - 1 : start] == "总" and start:
                continue  # 总投资, 总投入: nouns
            word = self._words[index]
            if word == "注入" and _SPIRIT.match(work.text, end):
                continue  # 注入活力: no money
            if word in _OWNED and work.text.startswith(_SUBSIDIARIES, end):
                continue  # 控股|子公司: a noun
            if word == "通过" and self._by_means(work, end, spans):
                continue  # 通过A持有, 通过重组进入: a preposition
            if 0 not in free[start:end] and _cut_out(work, start, end):
                items.append(Item(Kind.VERB, start, end, word, None, self.lexicon.triggers[word]))
                free[start:end] = bytes(end - start)
        items += self._driven(work, free, {start: r for start, _, r in spans})
        items += self._rests(work, free, {end for _, end, _ in spans})
        items += self._words_of(work, free, {start for start, _, _ in spans})
        items.sort(key=itemgetter(1))  # references come in order, and nothing else begins where another does
        return tuple(items)

    def _driven(self, work: Work, free: bytearray, begins: Mapping[int, Reference]) -> Iterator[Item]:
        """Words that drive the projects right behind them: 加快|A、B等项目建设, 推动|A通车."""
        for i, word in enumerate(work.words):
            if word not in self._hastening and word not in _DRIVES:
                continue
            start, end = work.tokens[i].start, work.tokens[i].end
            driven = begins.get(end)
            if driven is None or driven.key.cls != "Project" or 0 in free[start:end]:
                continue
            if word in _DRIVES and not _DONE.match(work.text, end):
                continue
            yield Item(Kind.VERB, start, end, word, None, self.lexicon.triggers["推进"])
            free[start:end] = bytes(end - start)

    def _by_means(self, work: Work, end: int, spans: Iterable[tuple[int, int, Reference]]) -> bool:
        """Whether 通过 tells by what means, or what was passed: a body, a standard or a verb stands behind it."""
        if any(b == end and r.key.cls != "Policy" for b, _, r in spans):
            return True
        if "伙伴" in work.text[end : end + 10]:
            return True
        if work.text.startswith("了", end) and any(
            b == end + 1 and r.key.cls == "Technology" for b, _, r in spans
        ):
            return True  # 通过了|ISO9001|认证
        i = work.first_starting(end)
        return i < len(work.words) and work.columns.tags[i] == "v" and work.words[i] not in _PASSED

    def _words_of(self, work: Work, free: bytearray, begins: set[int]) -> Iterable[Item]:
        """The tokens that begin where nothing else stands."""
        starts, ends, words, tags = work.columns
        kinds: Iterable[Kind] = map(self._kind, words, tags)
        if not _JOINING.isdisjoint(words):
            kinds = [
                Kind.PREPOSITION if word in _JOINING and end in begins else kind
                for word, end, kind in zip(words, ends, kinds, strict=True)
            ]
        columns = zip(kinds, starts, ends, words, repeat(None), repeat(()))
        return map(_item, compress(columns, map(free.__getitem__, starts)))

    def _rests(self, work: Work, free: bytearray, ends: set[int]) -> Iterator[Item]:
        """What is left of the words of which a name took the first part: 大学|校长."""
        for end in sorted(ends.difference(work.columns.ends)):
            token = work.tokens[work.token_at(end)]
            if free.find(1, token.start) == end > token.start and free[token.end - 1]:
                rest = work.text[end : token.end]
                yield Item(self._kind(rest, token.tag), end, token.end, rest)

    def _kind_of(self, word: str, tag: str) -> Kind:
        words = self.lexicon.words
        if word in _PUNCTUATION:
            return _PUNCTUATION[word]
        if word in _ENDS:
            return Kind.COMMA if word in "，,：:" else Kind.STOP
        if word in _QUOTES or word.isspace():
            return Kind.SKIP
        if word in words["negations"]:
            return Kind.NEGATION
        if word in words["pivots"]:
            return Kind.OTHER_VERB
        if word in words["plan_words"]:
            return Kind.PLAN
        if word in words["adverbs"]:
            return Kind.SKIP
        if word in words["prepositions"]:
            return Kind.PREPOSITION
        if word in words["offices"]:
            return Kind.OFFICE
        if word.isdigit() or tag in ("m", "q", "mq"):
            return Kind.NUMBER
        if tag[:1] in ("v", "a") and word in words["generic"]:
            return Kind.SKIP
        if tag in ("v", "vd", "vi") and word not in words["inner_verbs"]:
            return Kind.OTHER_VERB
        if tag == "r" and word[0] == "各" and word in words["agent_nouns"]:
            return Kind.NOUN  # 各地, 各级: somebody, if nobody whom we know
        if tag in ("t", "d", "u", "uj", "ul", "uz", "ad", "y", "f", "zg", "b", "a", "r"):
            return Kind.SKIP
        return (
            Kind.NOUN
            if tag[:1] in ("n", "j", "s", "v", "l", "i", "e", "x", "o") and any(c.isalnum() for c in word)
            else Kind.SKIP
        )
