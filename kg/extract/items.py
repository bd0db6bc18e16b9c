"""A sentence as a row of items: mentions, verbs that carry relations, and the small words between.

The row is what the grammar reads; everything that it needs to know about words comes from the lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple

from kg.automaton import Automaton
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


#: Words that are prepositions before a mention and verbs or adverbs elsewhere.
_JOINING = frozenset({"联合", "携手", "会同", "联手", "委托", "交由", "交"})


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
        self._titles = Automaton(sorted(w for w in self._offices if len(w) > 2), longest=True)
        self._automaton = Automaton(self._words)
        self._kind = lru_cache(maxsize=1 << 16)(self._kind_of)  # a word is asked for again and again

    def items(self, work: Work, references: Sequence[Reference]) -> tuple[Item, ...]:
        """Return the items of a sentence in order; mentions win over words."""
        offset = work.sentence.span.start
        spans = [(r.mention.span.start - offset, r.mention.span.end - offset, r) for r in references]
        items = [
            Item(Kind.MENTION, start, end, work.text[start:end], reference) for start, end, reference in spans
        ]
        covered = bytearray(len(work.text))
        for start, end, _ in spans:
            covered[start:end] = b"\1" * (end - start)
        for _, start, end in self._titles.find(work.text):  # 首席|执行官: one office of two tokens
            if not any(covered[start:end]) and work.aligned(start, end):
                items.append(Item(Kind.OFFICE, start, end, work.text[start:end]))
                covered[start:end] = b"\1" * (end - start)
        hits = sorted(self._automaton.find(work.text), key=lambda hit: (hit[1], -hit[2]))
        for index, start, end in hits:  # the leftmost and longest of those that stand where the tokens cut
            if work.text[start - 1 : start] == "总" and start:
                continue  # 总投资, 总投入: nouns
            word = self._words[index]
            if word == "通过" and any(b == end and r.key.cls != "Policy" for b, _, r in spans):
                continue  # 通过A持有: a preposition
            if not any(covered[start:end]) and _cut_out(work, start, end):
                items.append(Item(Kind.VERB, start, end, word, None, self.lexicon.triggers[word]))
                covered[start:end] = b"\1" * (end - start)
        begins = {start for start, _, _ in spans}
        for start, end, word, tag in work.tokens:
            if not covered[start]:
                joins = word in _JOINING and end in begins
                kind = Kind.PREPOSITION if joins else self._kind(word, tag)
                items.append(_item((kind, start, end, word, None, ())))
            elif not covered[end - 1]:  # 大学|校长: the name took half of a word
                cut = next(i for i in range(start, end) if not covered[i])
                rest = work.text[cut:end]
                items.append(_item((self._kind(rest, tag), cut, end, rest, None, ())))
        items.sort(key=itemgetter(1, 2))
        return tuple(items)

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
        if tag in ("t", "d", "u", "uj", "ul", "uz", "ad", "y", "f", "zg", "b", "a", "r"):
            return Kind.SKIP
        return (
            Kind.NOUN
            if tag[:1] in ("n", "j", "s", "v", "l", "i", "e", "x", "o") and any(c.isalnum() for c in word)
            else Kind.SKIP
        )
