"""The graph as two sorted streams of triples: what is said, and where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from kg.export.iri import (
    BASE,
    decision_iri,
    document_iri,
    iri,
    mention_iri,
    observation_iri,
    sentence_iri,
    statement_iri,
)
from kg.model import (
    FACTS,
    RELATIONS,
    SYMMETRIC,
    Bound,
    Decision,
    Document,
    EntityKey,
    Evidence,
    Graph,
    Observation,
    Period,
    Span,
    Statement,
    Status,
    Verdict,
)
from kg.rdf import (
    DCTERMS,
    KGO,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    Literal,
    NamedNode,
    Triple,
    date,
    decimal,
    integer,
    text,
    zh,
)

#: What reviewers make of a statement's status; the texts give the others.
CONFIRMED: Final = "confirmed"
REJECTED: Final = "rejected"

Term = NamedNode | Literal
Said = tuple[str, str, Term]

#: The order of predicates under a subject: what it is, how it is called, what is said of it.
_ORDER: Final = (
    f"{RDF}type",
    f"{SKOS}prefLabel",
    f"{SKOS}altLabel",
    f"{RDFS}label",
    f"{KGO}status",
    f"{RDF}subject",
    f"{RDF}predicate",
    f"{RDF}object",
    f"{KGO}observationOf",
    *(f"{KGO}{name}" for name in (*RELATIONS, "value", "unit", "time", "bound", "baseline", *FACTS)),
    *(f"{KGO}{name}" for name in ("mentionOf", "inSentence", "inDocument", "text", "start", "end")),
    *(f"{KGO}{name}" for name in ("verdict", "decided", "reviewer")),
    *(f"{DCTERMS}{name}" for name in ("identifier", "title", "date", "source")),
)
_RANK: Final[Mapping[str, int]] = {name: rank for rank, name in enumerate(_ORDER)}
_WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def graph_triples(graph: Graph, base: str = BASE) -> list[Triple]:
    """Entities, relations and facts, sorted by subject.

    A plan marks its entity with ``kgo:planned``; a figure is a node of its own.
    """
    triples = set(_entities(graph, base))
    for statement in graph.statements:
        triples.add(_triple(statement, base))
        if isinstance(statement.object, Observation):
            triples.update(_observation(statement.subject, statement.object, base))
    return _sorted(triples)


def evidence_triples(graph: Graph, base: str = BASE) -> list[Triple]:
    """Statements, sentences, mentions, documents and what reviewers decided, sorted by subject.

    Sentences that say nothing and name nothing are left out.
    """
    places = _Places(graph.documents, base)
    triples = set(_documents(graph.documents, base))
    triples.update(_mentions(graph, places))
    triples.update(_statements(graph, places))
    triples.update(places.sentences())
    triples.update(_identities(graph, base))
    return _sorted(triples)


def identity_triples(graph: Graph, base: str = BASE) -> list[Triple]:
    """What is said of names over all documents, sorted by subject: which are given up, which never join, who decided."""
    return _sorted(set(_identities(graph, base)))


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Triples in the order of our files."""
    return sorted(triples, key=lambda t: _order((t.subject.value, t.predicate.value, t.object)))  # type: ignore[union-attr, arg-type]


def _sorted(said: Iterable[Said]) -> list[Triple]:
    triples: list[Triple] = []
    for name, block in groupby(sorted(said, key=_place), key=itemgetter(0)):
        subject = NamedNode(name)
        for verb, same in groupby(block, key=itemgetter(1)):
            predicate, objects = _node(verb), [object_ for _, _, object_ in same]
            if len(objects) > 1:
                objects.sort(key=str)
            triples += [Triple(subject, predicate, object_) for object_ in objects]
    return triples


def _place(said: Said) -> tuple[str, int, str]:
    """Where a triple stands, but for those that differ in the object alone."""
    subject, predicate, _ = said
    return subject, _RANK.get(predicate, len(_RANK)), predicate


def _order(said: Said) -> tuple[str, int, str, str]:
    return *_place(said), str(said[2])


@lru_cache(maxsize=1 << 10)
def _node(iri: str) -> NamedNode:
    """A node of which there are few: a predicate, a class."""
    return NamedNode(iri)


def _kgo(name: str) -> NamedNode:
    return _node(KGO + name)


def _entities(graph: Graph, base: str) -> Iterator[Said]:
    for entity in graph.entities:
        subject = iri(entity.key, base)
        yield (subject, f"{RDF}type", _kgo(entity.key.cls))
        yield (subject, f"{SKOS}prefLabel", zh(entity.key.name))
        for alias in entity.aliases:
            if alias != entity.key.name:
                yield (subject, f"{SKOS}altLabel", zh(alias))
        if entity.key in graph.planned:
            yield (subject, f"{KGO}status", _kgo(Status.PLANNED))


def _triple(statement: Statement, base: str) -> Said:
    """The triple that a statement is about; a figure is tied to its entity by observationOf."""
    subject, value = statement.subject, statement.object
    if isinstance(value, Observation):
        return _figure(subject, value, base)
    if isinstance(value, EntityKey):
        if statement.predicate in SYMMETRIC:
            subject, value = min(subject, value), max(subject, value)
        term: Term = NamedNode(iri(value, base))
    else:
        term = decimal(value) if isinstance(value, Decimal) else date(value)
    return iri(subject, base), KGO + statement.predicate, term


def _figure(key: EntityKey, observation: Observation, base: str) -> Said:
    entity = NamedNode(iri(key, base))
    return observation_iri(key, observation, base), f"{KGO}observationOf", entity


def _observation(key: EntityKey, observation: Observation, base: str) -> Iterator[Said]:
    subject = observation_iri(key, observation, base)
    yield (subject, f"{RDF}type", _kgo("Observation"))
    yield _figure(key, observation, base)
    yield (subject, f"{RDFS}label", zh(observation.label))
    yield (subject, f"{KGO}value", decimal(observation.value))
    if observation.unit:
        yield (subject, f"{KGO}unit", text(observation.unit))
    if observation.time:
        yield from _time(subject, observation.time)
    if observation.bound is not Bound.EXACT:
        yield (subject, f"{KGO}bound", _kgo(observation.bound))
    if observation.baseline:
        yield (subject, f"{KGO}baseline", NamedNode(observation_iri(key, observation.baseline, base)))
        yield from _observation(key, observation.baseline, base)


def _time(subject: str, period: Period) -> Iterator[Said]:
    if period.start == period.end:
        yield (subject, f"{KGO}time", date(period.start))
        return
    if period.start:
        yield (subject, f"{KGO}dateStart", date(period.start))
    if period.end:
        yield (subject, f"{KGO}dateEnd", date(period.end))


def _documents(documents: Iterable[Document], base: str) -> Iterator[Said]:
    for document in documents:
        subject = document_iri(document, base)
        yield (subject, f"{RDF}type", _kgo("Document"))
        yield (subject, f"{DCTERMS}identifier", text(document.id))
        yield (subject, f"{KGO}sha256", text(document.sha256))
        yield (subject, f"{KGO}textFile", text(f"documents/{document.id}.txt"))
        if document.title:
            yield (subject, f"{DCTERMS}title", zh(document.title))
        if document.date:
            yield (subject, f"{DCTERMS}date", date(document.date))
        if document.source:
            web = _WEB.fullmatch(document.source)
            yield (subject, f"{DCTERMS}source", NamedNode(document.source) if web else text(document.source))


class _Places:
    """Where things are said: mints the IRI of each sentence once and remembers which were asked for."""

    def __init__(self, documents: Iterable[Document], base: str) -> None:
        self.base = base
        self.documents = {document.id: document for document in documents}
        self._iris: dict[tuple[str, Span], str] = {}

    def sentence(self, document_id: str, span: Span) -> NamedNode:
        """The sentence at a place."""
        found = self._iris.get((document_id, span))
        if found is None:
            found = sentence_iri(self.documents[document_id], span, self.base)
            self._iris[document_id, span] = found
        return NamedNode(found)

    def sentences(self) -> Iterator[Said]:
        """What is said of the sentences that were asked for."""
        for (document_id, span), subject in self._iris.items():
            document = self.documents[document_id]
            yield (subject, f"{RDF}type", _kgo("Sentence"))
            yield (subject, f"{KGO}inDocument", NamedNode(document_iri(document, self.base)))
            yield from _quote(subject, document, span)


def _quote(subject: str, document: Document, span: Span) -> Iterator[Said]:
    yield (subject, f"{KGO}text", zh(document.text[span.start : span.end]))
    yield (subject, f"{KGO}start", integer(span.start))
    yield (subject, f"{KGO}end", integer(span.end))


def _mentions(graph: Graph, places: _Places) -> Iterator[Said]:
    spans = {(sentence.document, sentence.index): sentence.span for sentence in graph.sentences}
    for document_id, reference in graph.references:
        document, mention = places.documents[document_id], reference.mention
        subject = mention_iri(document, mention.span, reference.key, places.base)
        yield (subject, f"{RDF}type", _kgo("Mention"))
        yield (subject, f"{KGO}mentionOf", NamedNode(iri(reference.key, places.base)))
        yield (
            subject,
            f"{KGO}inSentence",
            places.sentence(document_id, spans[document_id, mention.sentence]),
        )
        yield from _quote(subject, document, mention.span)


@dataclass
class _Told:
    """All evidence of one triple; statements that differ in a baseline alone share it."""

    triple: Said
    evidence: list[Evidence] = field(default_factory=list)
    reviews: list[Decision] = field(default_factory=list)
    kept: bool = False  # by a statement that nobody rejected
    figure: str = ""


def _statements(graph: Graph, places: _Places) -> Iterator[Said]:
    told: dict[str, _Told] = {}
    for statement in (*graph.statements, *graph.rejected):
        for n, (triple, figure) in enumerate(_told_by(statement, places.base)):
            subject = statement_iri(triple[0], triple[1], str(triple[2]), places.base)
            one = told.setdefault(subject, _Told(triple, figure=figure))
            one.evidence.extend(statement.evidence)
            one.kept |= statement.verdict is not Verdict.WRONG
            # a baseline goes with the figure that was rejected, by the same reviewers
            one.reviews += statement.reviews if not n or statement.verdict is Verdict.WRONG else ()
    for subject, one in told.items():
        yield from _statement(subject, one)
        yield from _decisions(subject, one.reviews, places.base)
        for evidence in one.evidence:
            yield (subject, f"{PROV}wasDerivedFrom", places.sentence(evidence.document, evidence.span))


def _told_by(statement: Statement, base: str) -> Iterator[tuple[Said, str]]:
    """The triples that a statement's sentences vouch for, its own and those of its baselines; a figure's in words too."""
    observation = statement.object
    yield _triple(statement, base), _words(observation) if isinstance(observation, Observation) else ""
    while isinstance(observation, Observation) and observation.baseline:
        observation = observation.baseline
        yield _figure(statement.subject, observation, base), _words(observation)


def _words(figure: Observation) -> str:
    time = f"（{figure.time}）" if figure.time else ""
    return f"{figure.label} {figure.value.normalize():f}{figure.unit}{time}"


def _statement(subject: str, one: _Told) -> Iterator[Said]:
    triple, evidence = one.triple, one.evidence
    yield (subject, f"{RDF}type", _kgo("Statement"))
    yield (subject, f"{RDF}subject", NamedNode(triple[0]))
    yield (subject, f"{RDF}predicate", NamedNode(triple[1]))
    yield (subject, f"{RDF}object", triple[2])
    best = max(e.confidence for e in evidence)
    yield (subject, f"{KGO}confidence", decimal(Decimal(f"{best:.4f}")))
    planned = all(e.status is Status.PLANNED for e in evidence)
    if one.kept:
        yield (subject, f"{KGO}status", _kgo(Status.PLANNED if planned else Status.ASSERTED))
        if one.reviews and {d.verdict for d in one.reviews} == {Verdict.RIGHT}:
            yield (subject, f"{KGO}status", _kgo(CONFIRMED))
    else:
        yield (subject, f"{KGO}status", _kgo(REJECTED))
        if one.figure:  # its node has left the graph: what it said is kept as words
            yield (triple[0], f"{RDFS}label", zh(one.figure))
    for rule in {e.rule for e in evidence}:
        yield (subject, f"{KGO}rule", text(rule))
    for role in {e.role for e in evidence if e.role}:
        yield (subject, f"{KGO}role", zh(role))


def _decisions(subject: str, decisions: Iterable[Decision], base: str) -> Iterator[Said]:
    for decision in decisions:
        node = decision_iri(subject, decision, base)
        yield (subject, f"{KGO}review", NamedNode(node))
        yield (node, f"{RDF}type", _kgo("Decision"))
        yield (node, f"{KGO}verdict", text(decision.verdict))
        if decision.reviewer:
            yield (node, f"{KGO}reviewer", text(decision.reviewer))
        if decision.date:
            yield (node, f"{DCTERMS}date", date(decision.date))
        if decision.reason:
            yield (node, f"{KGO}reason", text(decision.reason))
        if not decision.predicate:
            target = decision.object
            name = target.name if isinstance(target, EntityKey) else str(target)
            yield (node, f"{KGO}decided", text(name))


def _identities(graph: Graph, base: str) -> Iterator[Said]:
    """Names that are given up lead on to those in use; what is not the same says so."""
    for old, new in graph.identities.replaced:
        yield (iri(old, base), f"{DCTERMS}isReplacedBy", NamedNode(iri(new, base)))
    for one, other in graph.identities.apart:
        yield (iri(one, base), f"{OWL}differentFrom", NamedNode(iri(other, base)))
    for key, decision in graph.identities.decided:
        yield from _decisions(iri(key, base), (decision,), base)
