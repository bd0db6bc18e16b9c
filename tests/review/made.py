"""Readings of small texts and decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.assemble import assemble
from kg.model import Decision, EntityKey, Graph, Object, Reading, Statement, Verdict
from kg.pipeline import read_document
from kg.replay import rule
from tests.reading import document, resources


def readings(*texts: str) -> list[Reading]:
    """One document a text."""
    return [read_document(replace(document(text), id=f"d{n}"), resources()) for n, text in enumerate(texts)]


def keys(graph: Graph) -> set[EntityKey]:
    """The entities of a graph."""
    return {entity.key for entity in graph.entities}


def replayed(several: Sequence[Reading], *decisions: Decision) -> Graph:
    """The graph of readings with decisions."""
    return assemble(several, rulings=rule(lambda: several, decisions))


def on(statement: Statement, verdict: Verdict, reviewer: str = "甲", reason: str = "") -> Decision:
    """A decision about a statement."""
    said = (statement.subject, statement.predicate, statement.object)
    return Decision(verdict, *said, reviewer=reviewer, date="2026-11-24", reason=reason)


def of(key: EntityKey, verdict: Verdict, target: Object, reviewer: str = "甲") -> Decision:
    """A decision about an entity."""
    return Decision(verdict, key, object=target, reviewer=reviewer, date="2026-11-24")
