"""One graph from many readings: equal statements join their evidence, everything in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import (
    Decision,
    Entity,
    EntityKey,
    Evidence,
    Graph,
    Object,
    Observation,
    Reading,
    Statement,
    Status,
    Verdict,
)
from kg.replay import Rulings, rule

#: Relations that bring a thing into being; a plan among them makes the thing planned.
CREATING = frozenset({"establishedBy", "implementedBy", "developedBy", "organizedBy", "issuedBy"})


def assemble(
    readings: Iterable[Reading], *, min_confidence: float = 0.0, rulings: Rulings | None = None
) -> Graph:
    """Merge readings; the result does not depend on their order.

    ``rulings`` say what holds over all documents; without them the names that the readings themselves define do.
    """
    ordered = sorted(readings, key=lambda r: r.document.id)
    rulings = rulings or rule(lambda: ordered)
    ordered = [rulings.apply(reading) for reading in ordered]
    reviews: dict[tuple[EntityKey, str, Object], tuple[Decision, ...]] = {}
    evidence: dict[tuple[EntityKey, str, Object], set[Evidence]] = {}
    aliases: dict[EntityKey, set[str]] = {}
    for reading in ordered:
        for entity in reading.entities:
            aliases.setdefault(entity.key, set()).update(entity.aliases)
        for statement in reading.statements:
            strong = [e for e in statement.evidence if e.confidence >= min_confidence]
            if strong:
                for key in (statement.subject, statement.object):
                    if isinstance(key, EntityKey):  # 新疆 of a headline is spoken of and nowhere mentioned
                        aliases.setdefault(key, set())
                if statement.reviews:
                    reviews[statement.subject, statement.predicate, statement.object] = statement.reviews
                evidence.setdefault((statement.subject, statement.predicate, statement.object), set()).update(
                    strong
                )
    told = [
        Statement(*said, tuple(sorted(proofs, key=_evidence_order)), reviews.get(said, ()))
        for said, proofs in sorted(evidence.items(), key=lambda kv: _statement_order(kv[0]))
    ]
    statements = tuple(s for s in told if s.verdict is not Verdict.WRONG)
    return Graph(
        documents=tuple(r.document for r in ordered),
        sentences=tuple(s for r in ordered for s in r.sentences),
        entities=tuple(
            Entity(key, tuple(sorted(names - {key.name}))) for key, names in sorted(aliases.items())
        ),
        references=tuple((r.document.id, reference) for r in ordered for reference in r.references),
        statements=statements,
        planned=_planned(statements),
        rejected=tuple(s for s in told if s.verdict is Verdict.WRONG),
        identities=rulings.identities,
        conflicts=rulings.conflicts,
        replay=rulings.replay,
    )


def _planned(statements: Iterable[Statement]) -> frozenset[EntityKey]:
    plans: set[EntityKey] = set()
    deeds: set[EntityKey] = set()
    for statement in statements:
        if statement.predicate in CREATING:
            (plans if statement.status is Status.PLANNED else deeds).add(statement.subject)
    return frozenset(plans - deeds)


def _evidence_order(evidence: Evidence) -> tuple[object, ...]:
    return (evidence.document, evidence.span, evidence.rule, evidence.marks, evidence.role, evidence.status)


def _statement_order(parts: tuple[EntityKey, str, Object]) -> tuple[EntityKey, str, str]:
    subject, predicate, target = parts
    return subject, predicate, object_text(target)


def object_text(target: Object) -> str:
    """A text that orders and identifies the object of a statement."""
    if isinstance(target, EntityKey):
        return "\t".join(("e", target.cls, target.name, target.scope))
    if isinstance(target, Observation):
        baseline = object_text(target.baseline) if target.baseline else ""
        return "\t".join(
            (
                "o",
                target.label,
                str(target.value),
                target.unit,
                str(target.time or ""),
                target.bound,
                baseline,
            )
        )
    return f"v\t{target}"
