"""The part of a graph that a large picture starts with."""

from __future__ import annotations

from dataclasses import replace

from kg.model import EntityKey, Graph
from kg.view.network import chosen


def start(graph: Graph) -> Graph:
    """The entities that the picture starts with, what is said of them and between them, and the documents that say it."""
    keys = [entity.key for entity in graph.entities]
    number = {key: i for i, key in enumerate(keys)}
    edges = [
        (number[s.subject], number[s.object]) for s in graph.statements if isinstance(s.object, EntityKey)
    ]
    held = {keys[i] for i in chosen(len(keys), edges)}
    statements = tuple(
        s
        for s in graph.statements
        if s.subject in held and (not isinstance(s.object, EntityKey) or s.object in held)
    )
    told = {evidence.document for s in statements for evidence in s.evidence}
    return replace(
        graph,
        documents=tuple(d for d in graph.documents if d.id in told),
        sentences=(),
        entities=tuple(e for e in graph.entities if e.key in held),
        references=(),
        statements=statements,
    )
