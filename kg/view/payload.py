"""What the page knows: the graph as plain JSON values, entities and statements by number."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from kg.export.iri import iri, observation_iri, statement_iri
from kg.model import EntityKey, Evidence, Graph, Object, Observation, Statement, Status
from kg.rdf import KGO, NamedNode, date, decimal
from kg.view.labels import classes, predicates

#: Raise it when the page's script must read the data otherwise.
FORMAT = 1

Json = dict[str, Any]


def payload(graph: Graph, *, base: str) -> Json:
    """The graph as the page's script reads it; references are indexes into its lists."""
    entities = {e.key: i for i, e in enumerate(graph.entities)}
    documents = {d.id: i for i, d in enumerate(graph.documents)}
    return {
        "format": FORMAT,
        "base": base,
        "classes": classes(),
        "predicates": predicates(),
        "documents": [
            {
                "id": d.id,
                "title": d.title,
                "date": d.date,
                "source": d.source,
                "sha256": d.sha256,
                "text": d.text,
            }
            for d in graph.documents
        ],
        "entities": [
            {
                "iri": iri(e.key, base),
                "cls": e.key.cls,
                "name": e.key.name,
                "scope": e.key.scope,
                "aliases": list(e.aliases),
                "planned": e.key in graph.planned,
            }
            for e in graph.entities
        ],
        "statements": [_statement(s, entities, documents, base) for s in graph.statements],
        "mentions": _mentions(graph, entities, documents),
    }


def _statement(
    statement: Statement, entities: dict[EntityKey, int], documents: dict[str, int], base: str
) -> Json:
    return {
        "iri": _statement_iri(statement, base),
        "subject": entities[statement.subject],
        "predicate": statement.predicate,
        "object": _object(statement.object, entities),
        "planned": statement.status is Status.PLANNED,
        "confidence": round(statement.confidence, 4),
        "evidence": [_evidence(e, documents) for e in statement.evidence],
    }


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


def _object(value: Object, entities: dict[EntityKey, int]) -> Json:
    """One key says the kind; decimals are text, so that no digit is lost in a double."""
    if isinstance(value, EntityKey):
        return {"entity": entities[value]}
    if isinstance(value, Observation):
        return {"observation": _observation(value)}
    if isinstance(value, Decimal):
        return {"amount": f"{value:f}"}
    return {"date": value}


def _observation(value: Observation) -> Json:
    return {
        "label": value.label,
        "value": f"{value.value:f}",
        "unit": value.unit,
        "time": str(value.time) if value.time else "",
        "bound": str(value.bound),
        "baseline": _observation(value.baseline) if value.baseline else None,
    }


def _evidence(evidence: Evidence, documents: dict[str, int]) -> Json:
    return {
        "document": documents[evidence.document],
        "span": list(evidence.span),
        "marks": [list(m) for m in evidence.marks],
        "rule": evidence.rule,
        "confidence": round(evidence.confidence, 4),
        "planned": evidence.status is Status.PLANNED,
        "role": evidence.role,
    }


def _mentions(
    graph: Graph, entities: dict[EntityKey, int], documents: dict[str, int]
) -> list[list[list[int]]]:
    """For each document the rows start, end, entity."""
    rows: dict[int, list[list[int]]] = defaultdict(list)
    for document, reference in graph.references:
        if reference.key in entities:
            rows[documents[document]].append([*reference.mention.span, entities[reference.key]])
    return [sorted(rows[i]) for i in range(len(documents))]
