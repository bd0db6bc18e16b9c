"""What decisions add to evidence.ttl as a golden file: ``python -m tests.review.golden`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from kg.export import evidence_triples, namespaces
from kg.export.triples import in_order
from kg.export.turtle import turtle, used
from tests.fixtures_graph import sample_graph
from tests.review.made import reviewed_graph

GOLDEN = Path(__file__).parent / "golden" / "decisions.ttl"


def text() -> str:
    """The triples that stand in the evidence of the reviewed sample, and not in that of the sample."""
    added = in_order(set(evidence_triples(reviewed_graph())) - set(evidence_triples(sample_graph())))
    return "".join(turtle(added, used(added, namespaces())))


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(text(), encoding="utf-8")
