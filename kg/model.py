"""The frozen values that flow through the pipeline; standard library only.

    Document → Sentence* → Mention* → Reference* → Statement*   (one Reading per Document)
    Reading* → Graph

Every position is a code-point offset into ``Document.text``, half-open, so that
``document.text[span.start:span.end]`` is the quoted words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

#: The ten classes, in the order of choice when a thing fits two.
CLASSES = (
    "Policy",
    "Fund",
    "Project",
    "Event",
    "Park",
    "Platform",
    "Institution",
    "Technology",
    "Place",
    "Person",
)

#: The fourteen relations between entities, as local names of the ontology.
RELATIONS = (
    "locatedIn",
    "partOf",
    "establishedBy",
    "issuedBy",
    "implementedBy",
    "organizedBy",
    "developedBy",
    "operatedBy",
    "fundedBy",
    "collaboratesWith",
    "participatesIn",
    "memberOf",
    "approvedBy",
    "visited",
)

#: Relations that hold both ways and are written once, smaller key first.
SYMMETRIC = frozenset({"collaboratesWith"})

#: The predicates of facts with a literal value.
FACTS = ("amount", "date", "dateStart", "dateEnd", "observation")


class Span(NamedTuple):
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """Move the span; used to lift sentence offsets into the document.

        >>> Span(2, 5).shift(10)
        Span(start=12, end=15)
        """
        return Span(self.start + by, self.end + by)


class BlockKind(StrEnum):
    """What a stretch of a document is; only prose and items flow into sentences."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    ITEM = "item"  # a list item or a table cell


class Block(NamedTuple):
    """One line of the repaired text (without its line feed) and what it is."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A text as the offsets count it: layout repaired, LF between blocks, no BOM.

    ``date`` is ISO 8601 as exact as known (2024, 2024-07 or 2024-07-01), or "".
    ``sha256`` is that of ``text`` in UTF-8.
    """

    id: str
    text: str
    sha256: str
    title: str = ""
    date: str = ""
    source: str = ""
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; the sentences of a document do not overlap and keep its order.

    ``block`` is the index of its block in ``Document.blocks``.
    """

    document: str
    index: int
    span: Span
    text: str
    block: int
    kind: BlockKind


@dataclass(frozen=True, slots=True, order=True)
class EntityKey:
    """The identity of an entity: class, canonical name and scope.

    ``scope`` is empty for a name that is an identity by itself. A name that is none
    (领导小组, 产业引导基金) carries its owner's name, or else its document's id; a
    person carries the office or body that the text gives.
    """

    cls: str
    name: str
    scope: str = ""


#: Pairs of class and name that nothing may join: a reviewer said that they are two.
Apart = frozenset[frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that the text names; ``aliases`` are its other forms, sorted."""

    key: EntityKey
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something, before it is known what.

    ``name`` is the text without enclosing marks and white space; ``rule`` says which
    recognizer found it; ``confidence`` lies in (0, 1].
    """

    span: Span
    text: str
    cls: str
    name: str
    sentence: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention and the entity that it stands for."""

    mention: Mention
    key: EntityKey


class Bound(StrEnum):
    """How the text limits a figure: 超, 近, 余, 约, 以上, 以下 …"""

    EXACT = ""
    OVER = "over"  # 超 突破 逾 多 余 以上
    NEARLY = "nearly"  # 近 接近 将近
    ABOUT = "about"  # 约 左右 上下
    AT_LEAST = "atLeast"  # 不少于 不低于 至少
    AT_MOST = "atMost"  # 不超过 以内 以下


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A time as exact as the text: ISO 8601 years, months or days; a point has one end.

    >>> str(Period("2023", "2027")), str(Period("2024-07", "2024-07"))
    ('2023/2027', '2024-07')
    """

    start: str
    end: str

    def __str__(self) -> str:
        return self.start if self.start == self.end else f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure that the text gives of an entity: what is counted, how many, when.

    ``baseline`` is the earlier figure of 从…增长至….
    """

    label: str
    value: Decimal
    unit: str = ""
    time: Period | None = None
    bound: Bound = Bound.EXACT
    baseline: Observation | None = None


class Status(StrEnum):
    """Whether the text tells a deed or a plan."""

    ASSERTED = "asserted"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement comes from: the sentence, the words in it, and the rule.

    ``span`` is the sentence's; ``marks`` are the words to highlight (subject, trigger,
    object), sorted; ``role`` is the office of a memberOf (院长). ``confidence`` is 0 until it is graded
    by its rule (``kg/confidence.py``).
    """

    document: str
    span: Span
    rule: str
    confidence: float = 0.0
    marks: tuple[Span, ...] = ()
    status: Status = Status.ASSERTED
    role: str = ""


#: What a statement may say of its subject: an entity, an amount in CNY, an ISO date, a figure.
Object = EntityKey | Decimal | str | Observation


class Verdict(StrEnum):
    """What a reviewer decides: of a statement the first three, of an entity the others."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"
    RENAME = "rename"
    CLASS = "class"
    SAME = "sameAs"
    NOT_SAME = "notSameAs"


@dataclass(frozen=True, slots=True)
class Decision:
    """What one reviewer said of one statement or entity, named by what it says and not by where it stood.

    Of a statement: its subject, predicate and object. Of an entity ``predicate`` is empty and ``object`` is the new
    name, the new class, or the other entity. ``date`` is the reviewer's own (ISO, a day, or empty).
    """

    verdict: Verdict
    subject: EntityKey
    predicate: str = ""
    object: Object = ""
    reviewer: str = ""
    date: str = ""
    reason: str = ""
    said: str = ""
    statement: str = ""  # the IRI that the statement had when it was decided


@dataclass(frozen=True, slots=True)
class Conflict:
    """What nobody may guess: reviewers who differ, a name that stands for several entities.

    ``kind`` is verdict, identity or alias; ``zh`` says it in a sentence.
    """

    kind: str
    zh: str
    keys: tuple[EntityKey, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate (one of RELATIONS or FACTS), object, and all of its evidence.

    The object is an EntityKey for a relation, a Decimal (CNY) for ``amount``, an ISO
    date text for ``date``/``dateStart``/``dateEnd``, an Observation for ``observation``.
    """

    subject: EntityKey
    predicate: str
    object: Object
    evidence: tuple[Evidence, ...]
    reviews: tuple[Decision, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """What its reviewers agree on, or None."""
        said = {review.verdict for review in self.reviews}
        return said.pop() if len(said) == 1 else None

    @property
    def status(self) -> Status:
        """Planned when no evidence tells a deed."""
        if any(e.status is Status.ASSERTED for e in self.evidence):
            return Status.ASSERTED
        return Status.PLANNED

    @property
    def confidence(self) -> float:
        """That of the best evidence."""
        return max(e.confidence for e in self.evidence)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document; the unit of work and of the cache."""

    document: Document
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...]
    statements: tuple[Statement, ...]
    defined: tuple[tuple[EntityKey, str], ...] = ()  # names that the text itself gives: 以下简称


@dataclass(frozen=True, slots=True)
class Identities:
    """What became of the entities' keys over all documents and decisions.

    ``replaced`` are keys that nothing carries any more, each with the one in use, ``learned`` those of them that another
    document's definition gave up; ``apart`` what is never joined; ``decided`` the decisions that hold, by entity.
    """

    replaced: tuple[tuple[EntityKey, EntityKey], ...] = ()
    apart: tuple[tuple[EntityKey, EntityKey], ...] = ()
    decided: tuple[tuple[EntityKey, Decision], ...] = ()
    learned: tuple[tuple[EntityKey, EntityKey], ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """How decisions fared in a build: those that hold, ``moved`` those of them whose object has another IRI now,
    ``lost`` those that found nothing."""

    applied: tuple[Decision, ...] = ()
    moved: tuple[Decision, ...] = ()
    lost: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """The assembled graph; every tuple is in the fixed order that outputs keep.

    ``planned`` are the entities that the text only plans; ``rejected`` the statements that reviewers took out.
    """

    documents: tuple[Document, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    references: tuple[tuple[str, Reference], ...] = ()  # (document id, reference)
    statements: tuple[Statement, ...] = ()
    planned: frozenset[EntityKey] = field(default_factory=frozenset)
    rejected: tuple[Statement, ...] = ()
    identities: Identities = field(default_factory=Identities)
    conflicts: tuple[Conflict, ...] = ()
    replay: Replay = field(default_factory=Replay)

    def statements_of(self, key: EntityKey) -> Iterable[Statement]:
        """Statements in which the entity is subject or object."""
        return (s for s in self.statements if key in (s.subject, s.object))


class Severity(StrEnum):
    """How bad a finding is: a violation breaks the contract, a warning asks for a look."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of the check, in both languages."""

    severity: Severity
    focus: str  # the IRI it is about
    shape: str  # the IRI of the shape or the name of the check
    zh: str
    en: str
