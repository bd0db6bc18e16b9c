"""What the page knows: the graph as plain JSON values, entities and statements by number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from kg.export.iri import document_iri, iri, observation_iri, statement_iri
from kg.model import (
    RELATIONS,
    Decision,
    Document,
    Entity,
    EntityKey,
    Evidence,
    Graph,
    Observation,
    Reference,
    Statement,
    Status,
)
from kg.ontology import ontology_dir
from kg.rdf import KGO, NamedNode, date, decimal
from kg.tables import rows
from kg.view.labels import bands, classes, predicates

#: Texts of more bytes (UTF-8) stay beside the page; then each piece of evidence carries its sentence.
TEXT_ABOVE = 20_000_000
#: Raise it when the page's script must read the data otherwise.
FORMAT = 1

Json = dict[str, Any]


class _Context(NamedTuple):
    """The numbers that stand for entities and documents, and what else every row needs."""

    entities: dict[EntityKey, int]
    documents: dict[str, int]
    texts: tuple[str, ...]
    base: str
    carried: bool


class Totals(NamedTuple):
    """What there is where the page holds a part: how many of each class, statements of each predicate, documents."""

    classes: Mapping[str, int]
    predicates: Mapping[str, int]
    documents: int

    @classmethod
    def of(cls, graph: Graph) -> Totals:
        """What a graph holds."""
        return cls(
            Counter(e.key.cls for e in graph.entities),
            Counter(s.predicate for s in graph.statements),
            len(graph.documents),
        )

    def plain(self) -> Json:
        """As the page's script reads it."""
        relations = sum(n for name, n in self.predicates.items() if name in RELATIONS)
        return {
            "entities": sum(self.classes.values()),
            "relations": relations,
            "facts": sum(self.predicates.values()) - relations,
            "documents": self.documents,
            "classes": dict(sorted(self.classes.items())),
            "predicates": dict(sorted(self.predicates.items())),
        }


def payload(graph: Graph, *, base: str, served: Graph | None = None) -> Json:
    """The graph as the page's script reads it, whole in memory; see ``sections``."""
    made = sections(graph, base=base, served=served)
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in made.items()}


def sections(graph: Graph, *, base: str, served: Graph | None = None) -> Json:
    """The graph as the page's script reads it; references are indexes into its lists, and long lists are made row by row.

    A graph that is ``served`` is the part of it with which the page starts: the texts stay with the
    service, documents bring their IRI and entities how many relations they have in all.
    """
    context = _Context(
        {e.key: i for i, e in enumerate(graph.entities)},
        {d.id: i for i, d in enumerate(graph.documents)},
        tuple(d.text for d in graph.documents),
        base,
        served is None
        and sum(len(d.text.encode("utf-8", "surrogatepass")) for d in graph.documents) <= TEXT_ABOVE,
    )
    reviews: dict[EntityKey, list[Json]] = defaultdict(list)
    for key, decision in graph.identities.decided:
        reviews[key].append(_review(decision))
    links: Counter[object] | None = None
    if served is not None:
        links = Counter(key for s in served.statements for key in (s.subject, s.object) if _relation(s))
    data: Json = {
        "format": FORMAT,
        "base": base,
        "classes": classes(),
        "predicates": predicates(),
        "bands": bands(),
        "script": _script(graph, whole=served is not None),
        "documents": (
            _document(d, context) | ({"iri": document_iri(d, base)} if served else {})
            for d in graph.documents
        ),
        "entities": (
            _entity(e, graph, context)
            | ({"reviews": reviews[e.key]} if e.key in reviews else {})
            | ({} if links is None else {"links": links[e.key]})
            for e in graph.entities
        ),
        "statements": (_statement(s, context) for s in graph.statements),
        "mentions": _mentions(graph, context),
        "rejected": [_statement(s, context) for s in _within(graph, context)],
        "replaced": [
            [iri(old, base), context.entities[new]]
            for old, new in graph.identities.replaced
            if new in context.entities
        ],
    }
    return data | ({} if served is None else {"served": True})


def _relation(statement: Statement) -> bool:
    return isinstance(statement.object, EntityKey)


def _script(graph: Graph, *, whole: bool) -> Json:
    """Simplified characters of Traditional ones and readings in pinyin: all, or what a search among the names needs."""
    used = {char for entity in graph.entities for name in (entity.key.name, *entity.aliases) for char in name}
    folder = ontology_dir() / "lexicon"
    script = (pair for _, pair in rows(folder / "traditional.tsv", ("traditional", "simplified")))
    pairs = [pair for pair in script if whole or used.intersection(pair)]
    used.update(simplified for _, simplified in pairs)
    pinyin = {
        syllable: "".join(char for char in characters if whole or char in used)
        for _, (syllable, characters) in rows(folder / "pinyin.tsv", ("syllable", "characters"))
    }
    return {
        "traditional": "".join(a for a, _ in pairs),
        "simplified": "".join(b for _, b in pairs),
        "pinyin": {syllable: characters for syllable, characters in pinyin.items() if characters},
    }


def _document(document: Document, context: _Context) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "sha256": document.sha256,
        "text": document.text if context.carried else None,
    }


def _entity(entity: Entity, graph: Graph, context: _Context) -> Json:
    return {
        "iri": iri(entity.key, context.base),
        "cls": entity.key.cls,
        "name": entity.key.name,
        "scope": entity.key.scope,
        "aliases": list(entity.aliases),
        "planned": entity.key in graph.planned,
    }


def _within(graph: Graph, context: _Context) -> Iterator[Statement]:
    """The rejected statements of which the page holds the ends and the documents."""
    for statement in graph.rejected:
        ends = [k for k in (statement.subject, statement.object) if isinstance(k, EntityKey)]
        told = tuple(e for e in statement.evidence if e.document in context.documents)
        if told and all(key in context.entities for key in ends):
            yield replace(statement, evidence=told)


def _review(decision: Decision) -> Json:
    target = decision.object
    name = target.name if isinstance(target, EntityKey) else str(target)
    row = {
        "verdict": decision.verdict.value,
        "reviewer": decision.reviewer,
        "date": decision.date,
        "reason": decision.reason,
    }
    return row if decision.predicate else row | {"decided": name}


def _statement(statement: Statement, context: _Context) -> Json:
    row: Json = {
        "iri": _statement_iri(statement, context.base),
        "subject": context.entities[statement.subject],
        "predicate": statement.predicate,
        "object": _object(statement, context),
        "planned": statement.status is Status.PLANNED,
        "confidence": round(statement.confidence, 4),
        "evidence": [_evidence(e, context) for e in statement.evidence],
    }
    if statement.reviews:
        row["reviews"] = [_review(review) for review in statement.reviews]
    return row


def _statement_iri(statement: Statement, base: str) -> str:
    """The IRI of the statement in evidence.ttl, by which a decision finds it again."""
    subject, value = iri(statement.subject, base), statement.object
    if isinstance(value, Observation):
        figure = observation_iri(statement.subject, value, base)
        return statement_iri(figure, f"{KGO}observationOf", str(NamedNode(subject)), base)
    if isinstance(value, EntityKey):
        term = str(NamedNode(iri(value, base)))
    else:
        term = str(decimal(value) if isinstance(value, Decimal) else date(value))
    return statement_iri(subject, KGO + statement.predicate, term, base)


def _object(statement: Statement, context: _Context) -> Json:
    """One key says the kind; decimals are text, so that no digit is lost in a double."""
    value = statement.object
    if isinstance(value, EntityKey):
        return {"entity": context.entities[value]}
    if isinstance(value, Observation):
        return {"observation": _observation(statement.subject, value, context.base)}
    if isinstance(value, Decimal):
        return {"amount": f"{value:f}"}
    return {"date": value}


def _observation(key: EntityKey, value: Observation, base: str) -> Json:
    return {
        "iri": observation_iri(key, value, base),
        "label": value.label,
        "value": f"{value.value:f}",
        "unit": value.unit,
        "time": str(value.time) if value.time else "",
        "bound": str(value.bound),
        "baseline": _observation(key, value.baseline, base) if value.baseline else None,
    }


def _evidence(evidence: Evidence, context: _Context) -> Json:
    number = context.documents[evidence.document]
    row: Json = {
        "document": number,
        "span": list(evidence.span),
        "marks": [list(m) for m in evidence.marks],
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 4),
        "planned": evidence.status is Status.PLANNED,
        "role": evidence.role,
    }
    if not context.carried:
        row["text"] = context.texts[number][evidence.span.start : evidence.span.end]
    return row


def _mentions(graph: Graph, context: _Context) -> Iterator[list[tuple[int, int, int]]]:
    """For each document the rows start, end, entity."""
    held: dict[str, list[Reference]] = defaultdict(list)
    for document, reference in graph.references:
        if reference.key in context.entities:
            held[document].append(reference)
    for document in context.documents:
        yield sorted((*r.mention.span, context.entities[r.key]) for r in held.pop(document, ()))
