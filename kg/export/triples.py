"""The graph as two sorted streams of triples: what is said, and where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kg.export.iri import (
    BASE,
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
    Document,
    EntityKey,
    Evidence,
    Graph,
    Observation,
    Period,
    Sentence,
    Span,
    Statement,
    Status,
)
from kg.rdf import (
    DCTERMS,
    KGO,
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
    """Statements, sentences, mentions and documents, sorted by subject.

    Sentences that say nothing and name nothing are left out.
    """
    documents = {document.id: document for document in graph.documents}
    triples = set(_documents(graph.documents, base))
    triples.update(_mentions(graph, documents, base))
    triples.update(_statements(graph, documents, base))
    return _sorted(triples)


def _sorted(said: Iterable[Said]) -> list[Triple]:
    return [Triple(NamedNode(s), NamedNode(p), o) for s, p, o in sorted(said, key=_order)]


def _order(said: Said) -> tuple[str, int, str, str]:
    subject, predicate, object_ = said
    return subject, _RANK.get(predicate, len(_RANK)), predicate, str(object_)


def _kgo(name: str) -> NamedNode:
    return NamedNode(KGO + name)


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


def _sentence(document: Document, span: Span, base: str) -> Iterator[Said]:
    subject = sentence_iri(document, span, base)
    yield (subject, f"{RDF}type", _kgo("Sentence"))
    yield (subject, f"{KGO}inDocument", NamedNode(document_iri(document, base)))
    yield from _quote(subject, document, span)


def _quote(subject: str, document: Document, span: Span) -> Iterator[Said]:
    yield (subject, f"{KGO}text", zh(document.text[span.start : span.end]))
    yield (subject, f"{KGO}start", integer(span.start))
    yield (subject, f"{KGO}end", integer(span.end))


def _mentions(graph: Graph, documents: Mapping[str, Document], base: str) -> Iterator[Said]:
    sentences: dict[tuple[str, int], Sentence] = {(s.document, s.index): s for s in graph.sentences}
    for document_id, reference in graph.references:
        document, mention = documents[document_id], reference.mention
        sentence = sentences[document_id, mention.sentence]
        subject = mention_iri(document, mention.span, reference.key, base)
        yield (subject, f"{RDF}type", _kgo("Mention"))
        yield (subject, f"{KGO}mentionOf", NamedNode(iri(reference.key, base)))
        yield (subject, f"{KGO}inSentence", NamedNode(sentence_iri(document, sentence.span, base)))
        yield from _quote(subject, document, mention.span)
        yield from _sentence(document, sentence.span, base)


@dataclass
class _Told:
    """All evidence of one triple; statements that differ in a baseline alone share it."""

    triple: Said
    evidence: list[Evidence] = field(default_factory=list)


def _statements(graph: Graph, documents: Mapping[str, Document], base: str) -> Iterator[Said]:
    told: dict[str, _Told] = {}
    for statement in graph.statements:
        for triple in _told_by(statement, base):
            subject = statement_iri(triple[0], triple[1], str(triple[2]), base)
            told.setdefault(subject, _Told(triple)).evidence.extend(statement.evidence)
    for subject, one in told.items():
        yield from _statement(subject, one.triple, one.evidence)
        for evidence in one.evidence:
            document = documents[evidence.document]
            sentence = NamedNode(sentence_iri(document, evidence.span, base))
            yield (subject, f"{PROV}wasDerivedFrom", sentence)
            yield from _sentence(document, evidence.span, base)


def _told_by(statement: Statement, base: str) -> Iterator[Said]:
    """The triples that a statement's sentences vouch for: its own and those of its baselines."""
    yield _triple(statement, base)
    observation = statement.object
    while isinstance(observation, Observation) and observation.baseline:
        observation = observation.baseline
        yield _figure(statement.subject, observation, base)


def _statement(subject: str, triple: Said, evidence: list[Evidence]) -> Iterator[Said]:
    yield (subject, f"{RDF}type", _kgo("Statement"))
    yield (subject, f"{RDF}subject", NamedNode(triple[0]))
    yield (subject, f"{RDF}predicate", NamedNode(triple[1]))
    yield (subject, f"{RDF}object", triple[2])
    best = max(e.confidence for e in evidence)
    yield (subject, f"{KGO}confidence", decimal(Decimal(f"{best:.4f}")))
    planned = all(e.status is Status.PLANNED for e in evidence)
    yield (subject, f"{KGO}status", _kgo(Status.PLANNED if planned else Status.ASSERTED))
    for rule in {e.rule for e in evidence}:
        yield (subject, f"{KGO}rule", text(rule))
    for role in {e.role for e in evidence if e.role}:
        yield (subject, f"{KGO}role", zh(role))
