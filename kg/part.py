"""What one document gives to the files of a build: blocks of text by their subject, and what is counted.

    Reading → Graph of one document → Part

A block is all that the document says of one subject, as it will stand in the file. Most blocks are the document's
own (mentions, sentences); those of entities, figures and statements are joined when several documents have them
(``join``). A part is a pure function of the reading and of ``Form``, so that it can be made anywhere and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import groupby
from typing import Any, Final, NamedTuple

from kg.assemble import CREATING, assemble, object_text
from kg.check import check, check_triples, verify_quotes
from kg.errors import KgError
from kg.export.formats import namespaces
from kg.export.iri import BASE, iri
from kg.export.triples import REJECTED, evidence_triples, graph_triples, in_order
from kg.export.turtle import blocks, head, used
from kg.model import Entity, EntityKey, Graph, Problem, Reading, Statement, Status, Verdict
from kg.rdf import KGO, NamedNode, RdfFormat, Triple, parse, serialize
from kg.replay import Rulings
from kg.summary import document_row

#: The id of the part that belongs to no document.
COMMON: Final = ""
#: The files that blocks go to.
GRAPH_FILE: Final = 0
EVIDENCE_FILE: Final = 1

_STATUS: Final = f"{KGO}status"
_CONFIDENCE: Final = f"{KGO}confidence"
_ASSERTED: Final = NamedNode(KGO + Status.ASSERTED)
_PLANNED: Final = NamedNode(KGO + Status.PLANNED)
_REJECTED: Final = NamedNode(KGO + REJECTED)


@dataclass(frozen=True, slots=True)
class Form:
    """How parts are made: the base of IRIs, the least confidence, and ``only``: nt or ttl for the graph alone."""

    base: str = BASE
    min_confidence: float = 0.0
    only: str = ""

    @property
    def lines(self) -> bool:
        """Whether the graph is written as N-Triples and not as Turtle."""
        return self.only == "nt"

    def key(self) -> tuple[str, ...]:
        """What a part depends on besides its reading."""
        return self.base, repr(self.min_confidence), self.only


class Block(NamedTuple):
    """What a document says of a subject; ``deed`` tells that the subject was founded, not planned."""

    file: int
    subject: str
    deed: bool
    text: str


class Said(NamedTuple):
    """A statement as it is counted: ``digest`` is its identity, ``target`` the IRI of an entity or empty.

    ``strong`` is False when no evidence of the document lifts it to the least confidence.
    """

    digest: bytes
    predicate: str
    subject: str
    target: str
    strong: bool


class Part(NamedTuple):
    """All that a document gives; ``row`` stands in report.json, ``prefixes`` are those of each file."""

    id: str
    blocks: tuple[Block, ...]
    said: tuple[Said, ...]
    row: dict[str, Any]
    problems: tuple[dict[str, str], ...]
    prefixes: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Made:
    """The part of a document and its key; None when it is the one that is held."""

    id: str
    key: str
    part: Part | None = None
    fatal: KgError | None = None


def part_of(reading: Reading, form: Form) -> Part:
    """Make the part of a document, to whose reading the rulings were applied.

    Raises EvidenceError when a quote does not stand in its text.
    """
    graph = assemble([reading], min_confidence=form.min_confidence, rulings=Rulings())
    verify_quotes(graph)
    kept = (s for s in reading.statements if s.verdict is not Verdict.WRONG)
    return _part(graph, kept, form, document_row(graph), graph)


def common_part(rulings: Rulings, form: Form) -> Part:
    """What no document says, but all together: the identities and how decisions fared."""
    graph = Graph(identities=rulings.identities, conflicts=rulings.conflicts, replay=rulings.replay)
    ends = {new for _, new in rulings.identities.replaced} | {
        k for pair in rulings.identities.apart for k in pair
    }
    named = replace(graph, entities=tuple(Entity(key) for key in sorted(ends)))
    return _part(graph, (), form, {}, named)


def _part(
    graph: Graph, statements: Iterable[Statement], form: Form, row: dict[str, Any], checked: Graph
) -> Part:
    """The part of a graph; ``checked`` is what is checked of it, with what it speaks of."""
    said = graph_triples(graph, form.base)
    told = [] if form.only else evidence_triples(graph, form.base)
    deeds = {iri(key, form.base) for key in _founded(graph.statements)}
    known = namespaces(form.base)
    problems = (
        () if form.only else check_triples(said + told) if checked is graph else check(checked, form.base)
    )
    return Part(
        id=row.get("id", COMMON),
        blocks=tuple(
            Block(file, subject, file == GRAPH_FILE and subject in deeds, text)
            for file, triples in ((GRAPH_FILE, said), (EVIDENCE_FILE, told))
            for subject, text in _blocks(triples, form)
        ),
        said=tuple(_said(statements, form)),
        row=row,
        problems=tuple(map(row_of, problems)),
        prefixes=((), ()) if form.lines else (tuple(used(said, known)), tuple(used(told, known))),
    )


def _founded(statements: Iterable[Statement]) -> Iterator[EntityKey]:
    return (s.subject for s in statements if s.predicate in CREATING and s.status is Status.ASSERTED)


def row_of(problem: Problem) -> dict[str, str]:
    """A finding as report.json has it."""
    return asdict(problem) | {"severity": str(problem.severity)}


def _said(statements: Iterable[Statement], form: Form) -> Iterator[Said]:
    for s in statements:
        key, target = s.subject, s.object
        digest = blake2b(
            "\n".join((key.cls, key.name, key.scope, s.predicate, object_text(target))).encode(
                "utf-8", "surrogatepass"
            ),
            digest_size=12,
        ).digest()
        to = iri(target, form.base) if isinstance(target, EntityKey) else ""
        yield Said(digest, s.predicate, iri(key, form.base), to, s.confidence >= form.min_confidence)


def _blocks(triples: Sequence[Triple], form: Form) -> Iterator[tuple[str, str]]:
    if not form.lines:
        return blocks(triples, _known(form.base))
    grouped = groupby(triples, key=lambda triple: triple.subject)
    return ((str(getattr(subject, "value", "")), _lines(group)) for subject, group in grouped)


def _lines(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


@cache
def _known(base: str) -> dict[str, str]:
    return namespaces(base)


def heading(base: str, used: Iterable[str] | None = None) -> str:
    """The head of a Turtle file: the prefixes that it uses, or all."""
    wanted = _known(base).keys() if used is None else frozenset(used)
    return head({prefix: name for prefix, name in _known(base).items() if prefix in wanted})


def join(texts: Iterable[str], deed: bool, form: Form) -> str:
    """Join what several documents say of one subject.

    Triples are united; the best confidence stands; what is told as a deed anywhere is planned nowhere, and what a
    statement that nobody rejected tells is not rejected.
    """
    given = sorted(set(texts))
    if len(given) == 1 and not deed:
        return given[0]
    if form.lines:
        triples = parse("".join(given), RdfFormat.N_TRIPLES)
    else:
        triples = parse(heading(form.base) + "".join(given), RdfFormat.TURTLE)
    settled = in_order(_settled({quad.triple for quad in triples}, deed))
    return "".join(text for _, text in _blocks(settled, form))


def _settled(triples: set[Triple], deed: bool) -> Iterator[Triple]:
    told = {triple.object for triple in triples if triple.predicate.value == _STATUS}
    deed |= _ASSERTED in told
    kept = bool(told & {_ASSERTED, _PLANNED})
    best = max((_number(t) for t in triples if t.predicate.value == _CONFIDENCE), default=0.0)
    for triple in triples:
        predicate = triple.predicate.value
        if predicate == _STATUS and (
            (deed and triple.object == _PLANNED) or (kept and triple.object == _REJECTED)
        ):
            continue
        if predicate == _CONFIDENCE and _number(triple) != best:
            continue
        yield triple


def _number(triple: Triple) -> float:
    return float(getattr(triple.object, "value", "nan"))
