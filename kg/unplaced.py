"""What a reading leaves over: runs of words that stand where names stand, verbs between two entities, quoted names.

The rules saw these words and had no place for them. Nothing here changes a graph: it is what ``kg mine`` counts
over a corpus and what ``kg report`` lists for a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from kg.extract.clauses import clauses
from kg.extract.items import Item, Itemizer, Kind
from kg.lexicon import Lexicon
from kg.model import EntityKey, Reading, Reference, Span
from kg.recognize import works_of
from kg.recognize.base import CLOSE_QUOTES, Work, is_proper
from kg.segment import UNKNOWN, Token, in_dictionary


class Sort(StrEnum):
    """What is left over."""

    HEADS = "heads"  # a run that stands where names stand, under its last word
    VERBS = "verbs"  # a verb between two entities, or right before one, that no trigger knows
    FRAMES = "frames"  # a trigger alone between two entities of which nothing is said
    QUOTED = "quoted"  # a name in quotes or book-title marks that got no class
    SHORT = "short"  # a short unknown word that acts: an abbreviation or a brand


class Unplaced(NamedTuple):
    """One thing left over: its sort, the word that it counts under, where it stands in the document.

    ``name`` is the whole run, ``how`` what made it look like a name or like a relation.
    """

    sort: Sort
    key: str
    name: str
    span: Span
    sentence: int
    how: str


_QUOTED: Final = re.compile(r"[“《]([^“”《》，。；：！？、\s]{2,24})[”》]")
#: Quoted words that are a slogan, an abbreviation of clauses, a figure.
_NO_NAME: Final = re.compile(
    r"^[\d一二三四五六七八九十百两多全四]+[条字个大项不为]|[的了吗呢吧是]|^[\d.\s%]+$|字$"
)
_DEFINED: Final = re.compile(r"[”》]?（[^（）]{0,6}?简称")
#: Tags of the words that names are made of.
_NAMING: Final = ("n", "j", "b", "vn", "an", "s", "l", "i", "eng", UNKNOWN, "g")
#: Tags of a word that can end a name.
_HEADS: Final = ("n", "j", "s", "eng", UNKNOWN)
_NAMED: Final = ("Institution", "Platform", "Fund", "Project", "Park", "Event", "Policy", "Technology")
_OWNERS: Final = ("Place", "Institution", "Park")
_JOINING: Final = frozenset("、和与及暨")
_BOUNDS: Final = frozenset("，。；：！？“”")
_SHORT: Final = range(2, 6)


class Leftovers:
    """Finds what is left over; built once from a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._itemizer = Itemizer(lexicon)
        words, roles = lexicon.words, lexicon.roles
        self._known = words["pivots"] | words["speech"] | words["plan_words"] | words["negations"]
        self._suffixes = tuple(sorted(lexicon.suffixes))
        self._nominal = words["inner_verbs"]
        self._common = frozenset().union(
            *(
                words[t]
                for t in ("generic", "agent_nouns", "offices", "stop_words", "inner_verbs", "prepositions")
            ),
            *(words[t] for t in ("company_nouns", "apposed_nouns")),
            *(roles[r] for r in ("measure", "head")),
        )

    def find(self, reading: Reading) -> Iterator[Unplaced]:
        """Yield what the sentences of a reading leave over, in reading order."""
        by_sentence: dict[int, list[Reference]] = {}
        for reference in reading.references:
            by_sentence.setdefault(reference.mention.sentence, []).append(reference)
        told = _told(reading)
        for work in works_of(reading.sentences, self.lexicon):
            row = _Row(work, self._itemizer.items(work, by_sentence.get(work.sentence.index, ())))
            found = [*self._quoted(row), *self._runs(row), *self._verbs(row, told)]
            yield from sorted(found, key=lambda u: (u.span, u.sort))

    def _quoted(self, row: _Row) -> Iterator[Unplaced]:
        """Quoted words that no mention touches and that something presents as a name."""
        text = row.work.text
        for match in _QUOTED.finditer(text):
            start, end = match.span(1)
            if _NO_NAME.search(match.group(1)) or any(row.named[start:end]):
                continue
            if how := self._presented(row, *match.span()):
                yield row.unplaced(Sort.QUOTED, match.group(1), start, end, how)

    def _presented(self, row: _Row, start: int, end: int) -> str:
        """What presents a quoted name: the verb before or behind it, the kind before or behind it."""
        if before := row.ending.get(start):
            if before.kind is Kind.VERB:
                return f"{before.text}…"
            if before.text.endswith(self._suffixes) and before.kind is not Kind.MENTION:
                return f"{before.text}…"
        behind = row.starting.get(end)
        if behind is None or row.work.text[start] == "《":
            return "《》" if row.work.text[start] == "《" else ""
        if behind.kind is Kind.VERB and behind.text not in self._nominal:
            return f"…{behind.text}"
        return f"…{behind.text}" if behind.text in self.lexicon.suffixes or behind.text == "号" else ""

    def _runs(self, row: _Row) -> Iterator[Unplaced]:
        """Runs of naming words between the items that stand where names stand."""
        tokens = row.work.tokens
        n = 0
        while n < len(tokens):
            first = n
            while (
                n < len(tokens)
                and self._naming(tokens[n])
                and not any(row.taken[tokens[n].start : tokens[n].end])
            ):
                n += 1
            if n == first:
                n += 1
            elif (
                tokens[n - 1].tag.startswith(_HEADS)
                and not tokens[n - 1].tag.startswith("nr")
                and (how := self._stands(row, tokens[first:n]))
            ):
                yield from self._placed(row, tokens[first:n], how)

    def _naming(self, token: Token) -> bool:
        return (token.tag.startswith(_NAMING) and any(c.isalnum() for c in token.word)) or is_proper(token)

    def _stands(self, row: _Row, run: Sequence[Token]) -> str:
        """How a run stands where names stand, or ""."""
        text, owner = row.work.text, row.owner(run)
        start, end = owner.start if owner else run[0].start, run[-1].end
        alone = len(run) == 1 and owner is None
        front = run if alone else run[:-1]
        if owner is None and not any(map(is_proper, front)):
            return ""
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        behind, verb = row.starting.get(end), row.ending.get(start)
        closed = not after or after in _JOINING or after in _BOUNDS or after in "（等"
        if _DEFINED.match(text, end):
            return "defined"
        if behind and behind.kind is Kind.OFFICE and not alone:
            return "office"
        for neighbour, sign in ((row.ending.get(start - 1), before), (row.starting.get(end + 1), after)):
            if closed and neighbour and neighbour.cls in _NAMED and sign in _JOINING:
                return f"list {neighbour.cls}"
        if owner is None and not any(map(_unheard, front)):
            return ""
        if behind and self._acts(behind) and (not before or before in _BOUNDS):
            return f"…{behind.text}"
        return f"{verb.text}…" if verb and verb.kind is Kind.VERB and closed else ""

    def _acts(self, item: Item | None) -> bool:
        return item is not None and item.kind is Kind.VERB and item.text not in self._nominal

    def _placed(self, row: _Row, run: Sequence[Token], how: str) -> Iterator[Unplaced]:
        owner = row.owner(run)
        start, end = run[0].start, run[-1].end
        text = row.work.text[start:end]
        if len(run) == 1 and owner is None:
            if len(text) in _SHORT and not text.endswith(self._suffixes):
                yield row.unplaced(Sort.SHORT, text, start, end, how)
            return
        head = run[-1].word if len(run[-1].word) > 1 or len(run) == 1 else run[-2].word + run[-1].word
        if not self._common & {head, run[-1].word} and not text.endswith(self._suffixes):
            yield row.unplaced(Sort.HEADS, head, owner.start if owner else start, end, how)

    def _verbs(self, row: _Row, told: frozenset[tuple[int, EntityKey, EntityKey]]) -> Iterator[Unplaced]:
        """Verbs alone between two mentions of a clause which no statement joins, or right before a first name."""
        for clause in clauses(row.items):
            left: Item | None = None
            between: list[Item] = []
            for item in clause:
                if item.reference is None:
                    between.append(item)
                    continue
                how = _pair(left, item, row.work.sentence.index, told)
                verbs = [i for i in between if i.kind in (Kind.VERB, Kind.OTHER_VERB)]
                if how and verbs and _joined(between, verbs, left) and (sort := self._sort(verbs, left)):
                    key = "".join(v.text for v in verbs)
                    yield row.unplaced(sort, key, verbs[0].start, verbs[-1].end, how)
                left, between = item, []

    def _sort(self, verbs: Sequence[Item], left: Item | None) -> Sort | None:
        """VERBS when no trigger is among them, FRAMES when one stands alone between two mentions."""
        if all(v.kind is Kind.OTHER_VERB for v in verbs):
            return None if "".join(v.text for v in verbs) in self._known else Sort.VERBS
        return Sort.FRAMES if len(verbs) == 1 and left is not None else None


@dataclass
class _Row:
    """One sentence with its items, and what stands where."""

    work: Work
    items: tuple[Item, ...]

    @cached_property
    def starting(self) -> dict[int, Item]:
        """Items by their start."""
        return {i.start: i for i in self.items}

    @cached_property
    def ending(self) -> dict[int, Item]:
        """Items by their end."""
        return {i.end: i for i in self.items}

    @cached_property
    def named(self) -> bytearray:
        """Which characters a mention covers."""
        return self._cover(Kind.MENTION)

    @cached_property
    def taken(self) -> bytearray:
        """Which characters a mention, a verb of a relation or an office covers."""
        return self._cover(Kind.MENTION, Kind.VERB, Kind.OFFICE)

    def _cover(self, *kinds: Kind) -> bytearray:
        covered = bytearray(len(self.work.text))
        for item in self.items:
            if item.kind in kinds:
                covered[item.start : item.end] = b"\1" * (item.end - item.start)
        return covered

    def owner(self, run: Sequence[Token]) -> Item | None:
        """The place or body right before a run, with which its name may begin."""
        item = self.ending.get(run[0].start)
        return item if item and item.cls in _OWNERS else None

    def unplaced(self, sort: Sort, key: str, start: int, end: int, how: str) -> Unplaced:
        """What stands between two positions of the sentence."""
        sentence = self.work.sentence
        return Unplaced(
            sort,
            key,
            self.work.text[start:end],
            Span(start, end).shift(sentence.span.start),
            sentence.index,
            how,
        )


def _unheard(token: Token) -> bool:
    """Whether a word is in no dictionary, or tagged as a body or as Latin: no common word that a tagger took for a name."""
    if token.word[-1] in CLOSE_QUOTES or not is_proper(token):
        return False
    return token.tag in ("nt", "eng") or not in_dictionary(token.word)


def _pair(
    left: Item | None, right: Item, sentence: int, told: frozenset[tuple[int, EntityKey, EntityKey]]
) -> str:
    """The classes of two mentions that nothing joins yet; two places or two people say little."""
    if right.reference is None:
        return ""
    if left is None or left.reference is None:
        return f"→{right.cls}" if right.cls in _NAMED else ""
    a, b = left.reference.key, right.reference.key
    joined = a == b or (sentence, a, b) in told or (sentence, b, a) in told
    return "" if joined or (a.cls == b.cls and a.cls in ("Place", "Person")) else f"{a.cls}→{b.cls}"


def _joined(between: Sequence[Item], verbs: Sequence[Item], left: Item | None) -> bool:
    """Whether verbs follow each other; and, without a mention before them, whether the name follows at once."""
    stretch = between[between.index(verbs[0]) : between.index(verbs[-1]) + 1]
    light = (Kind.SKIP, Kind.NUMBER)
    tail = between[between.index(verbs[-1]) + 1 :] if left is None else ()
    return all(i.kind in (Kind.VERB, Kind.OTHER_VERB, *light) for i in stretch) and all(
        i.kind in light for i in tail
    )


def _told(reading: Reading) -> frozenset[tuple[int, EntityKey, EntityKey]]:
    """The pairs of entities that a statement joins, by sentence."""
    index = {s.span: s.index for s in reading.sentences}
    return frozenset(
        (index[e.span], s.subject, s.object)
        for s in reading.statements
        if isinstance(s.object, EntityKey)
        for e in s.evidence
        if e.span in index
    )
