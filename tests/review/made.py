"""Readings of small texts and decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.assemble import assemble
from kg.model import Decision, EntityKey, Graph, Identities, Object, Reading, Statement, Verdict
from kg.pipeline import read_document
from kg.replay import rule
from tests.fixtures_graph import ACADEMY, FUND, MOTHER_FUND, PLATFORM, UNIVERSITY, sample_graph
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


def decided(graph: Graph, *verdicts: tuple[EntityKey, str, Verdict, str]) -> Graph:
    """The graph with statements reviewed: subject, predicate, verdict, reviewer."""
    said: dict[tuple[EntityKey, str], list[tuple[Verdict, str]]] = {}
    for subject, predicate, verdict, reviewer in verdicts:
        said.setdefault((subject, predicate), []).append((verdict, reviewer))
    statements = [
        replace(
            s, reviews=tuple(on(s, *one, reason="据年报") for one in said.get((s.subject, s.predicate), ()))
        )
        for s in graph.statements
    ]
    return replace(
        graph,
        statements=tuple(s for s in statements if s.verdict is not Verdict.WRONG),
        rejected=tuple(s for s in statements if s.verdict is Verdict.WRONG),
    )


def reviewed_graph() -> Graph:
    """The sample with decisions: rejected by two, confirmed, a confirmed plan, disputed, unsure."""
    graph = decided(
        sample_graph(),
        (FUND, "partOf", Verdict.WRONG, "甲"),
        (FUND, "partOf", Verdict.WRONG, "乙"),
        (FUND, "amount", Verdict.RIGHT, "甲"),
        (PLATFORM, "establishedBy", Verdict.RIGHT, "甲"),
        (FUND, "operatedBy", Verdict.RIGHT, "甲"),
        (FUND, "operatedBy", Verdict.WRONG, "乙"),
        (MOTHER_FUND, "date", Verdict.UNSURE, "甲"),
    )
    short = EntityKey("Institution", "江大")
    identities = Identities(
        replaced=((short, UNIVERSITY),),
        apart=((ACADEMY, UNIVERSITY),),
        decided=((UNIVERSITY, of(short, Verdict.RENAME, UNIVERSITY.name)),),
    )
    return replace(graph, identities=identities)
