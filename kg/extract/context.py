"""What a fact is read from: one sentence with its references, figures and dates, cut into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import EntityKey, Evidence, Object, Period, Reference, Span, Statement, Status
from kg.recognize.base import Work
from kg.recognize.values import ValueMention

_CUT = re.compile(r"[，。；：！？]|(?<!\d)[,;]|[,;](?!\d)")

_FEWEST_CHINESE = 10
#: In a document that spells all its numbers 三个铁矿 is one; 一个, 两个 are words there too.
_FEWEST_SPELLED = 3
#: Units of rates and growth.
RATES = frozenset({"%", "‰", "个百分点", "倍"})
_BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)")


@dataclass(frozen=True)
class FactContext:
    """One sentence in work; offsets are the sentence's own.

    ``topic`` is whom the sentence speaks of when it has no subject; ``nation`` the country when the document names it; ``recent`` who had figures before, the last one first;
    ``event`` the event that the sentences before told of; ``spelled`` that the document writes its numbers in
    Chinese digits, so that small ones are figures too.
    """

    work: Work
    references: tuple[Reference, ...]
    values: tuple[ValueMention, ...]
    topic: EntityKey | None = None
    nation: EntityKey | None = None
    recent: tuple[EntityKey, ...] = ()
    event: EntityKey | None = None
    spelled: bool = False

    @property
    def text(self) -> str:
        """The folded text."""
        return self.work.text

    def span(self, reference: Reference) -> Span:
        """Where a reference stands in the sentence."""
        return reference.mention.span.shift(-self.work.sentence.span.start)

    @cached_property
    def figures(self) -> tuple[ValueMention, ...]:
        """The quantities in order, without small counts in Chinese digits: 两家企业, 三项任务 are words."""
        return tuple(
            v
            for v in self.values
            if v.kind == "quantity"
            and (
                (self.spelled and v.value >= _FEWEST_SPELLED)
                or not (v.chinese and v.value < _FEWEST_CHINESE and v.unit not in RATES)
            )
        )

    @cached_property
    def moments(self) -> tuple[ValueMention, ...]:
        """The dates and periods in order."""
        return tuple(v for v in self.values if v.kind == "date")

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """The stretches between commas, each with its sign."""
        return tuple(self._clauses())

    def _clauses(self) -> Iterator[Span]:
        """Cut at signs; brackets are clauses of their own when they hold a figure, else part of theirs."""
        cuts = {m.end() for m in _CUT.finditer(self.text)}
        for bracket in _BRACKET.finditer(self.text):
            inner = range(bracket.start() + 1, bracket.end())
            if any(f.span.start in inner for f in self.figures):
                cuts |= {bracket.start() + 1, bracket.end()}
            else:
                cuts -= set(inner)
        start = 0
        for end in [*sorted(cuts), len(self.text)]:
            if end > start:
                yield Span(start, end)
            start = end

    def clause_at(self, position: int) -> int:
        """Index of the clause that holds a position."""
        return next(n for n, clause in enumerate(self.clauses) if position < clause.end)

    def inside(self, start: int, end: int) -> list[Reference]:
        """The references between two positions, outermost only."""
        return [r for r, (first, last) in self._placed if start <= first and last <= end]

    @cached_property
    def _placed(self) -> tuple[tuple[Reference, Span], ...]:
        return tuple((r, self.span(r)) for r in self.references)

    def statement(
        self,
        subject: EntityKey,
        predicate: str,
        value: Object,
        rule: str,
        marks: Sequence[Span | None],
        status: Status = Status.ASSERTED,
    ) -> Statement:
        """A fact with its evidence; ``marks`` are the words that carry it."""
        sentence = self.work.sentence
        spans = sorted({mark.shift(sentence.span.start) for mark in marks if mark})
        evidence = Evidence(
            sentence.document, sentence.span, f"fact/{rule}", marks=tuple(spans), status=status
        )
        return Statement(subject, predicate, value, (evidence,))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words before a figure: from ``begin``, which is the figure before or the start of the clause.

    ``cursor`` is where they begin behind the subject and the date of the clause.
    """

    clause: Span
    begin: int
    cursor: int

    @property
    def follows(self) -> bool:
        """Whether another figure of the clause stands before."""
        return self.begin > self.clause.start


@dataclass
class Flow:
    """What one clause leaves to the next.

    ``source`` says how the subject was found (own, carried, made, topic); ``age`` counts the clauses since the subject
    was named or had a figure; ``stem`` is the label that growth and shares refer to, ``moved`` that the clause before
    said of it that it rose or fell; ``made`` what the clause before brought forth; ``outside`` the subject of the clause
    that a bracket interrupts, ``aside`` its period; ``listed`` the document that it named; ``blocked`` that the subject
    is someone whom no reference names.
    """

    subjects: list[EntityKey] = field(default_factory=list)
    mark: Span | None = None
    blocked: bool = False
    source: str = "topic"
    stranger: bool = False
    age: int = 0
    period: Period | None = None
    stem: str = ""
    moved: bool = False
    prefix: str = ""
    ahead: str = ""  # what is measured, before the date or the comma that parts it from the figure
    labels: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    series: list[tuple[list[EntityKey], str]] = field(default_factory=list)
    given: tuple[str, str] = ("", "")  # the label last told and the unit of its figure
    made: EntityKey | None = None
    listed: EntityKey | None = None
    aside: tuple[Period | None] | tuple[()] = ()
    outside: tuple[list[EntityKey], str, Span | None, bool] | None = None
