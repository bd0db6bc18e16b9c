"""Scores for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable

from kg.score import Score, Tally


def table(rows: Iterable[tuple[str, Score]]) -> str:
    """Return a line for each named score: F1 with precision and recall, of each kind."""
    lines = [f"{'':28}" + "".join(f"{kind:>26}" for kind in ("entities", "relations", "facts"))]
    for name, result in rows:
        cells = "".join(_cell(result.kinds[kind]) for kind in ("entities", "relations", "facts"))
        lines.append(f"{name[:28]:28}{cells}")
    return "\n".join(lines)


def details(result: Score) -> str:
    """Return the scores by class and property, and every fault by kind and cause."""
    labels = [
        f"  {kind:10}{label:18}{_cell(tally)}"
        for (kind, label), tally in sorted(result.labels.items())
        if kind != "names"
    ]
    order = sorted(result.faults, key=lambda f: (f.kind, f.sort, f.cause.split(":")[0], f.label, f.text))
    faults = [
        f"{f.sort} {f.kind}: {f.text} ({f.label}; {f.cause})" + (f"\n    {f.sentence}" if f.sentence else "")
        for f in order
    ]
    return "\n".join([*labels, *faults])


def numbers(result: Score) -> dict[str, dict[str, float]]:
    """Return the scores as plain numbers."""
    return {
        kind: {
            "precision": round(tally.precision, 4),
            "recall": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
            "tp": tally.right,
            "fp": tally.false,
            "fn": tally.missed,
        }
        for kind, tally in result.kinds.items()
    }


def _cell(tally: Tally) -> str:
    return f"   F1 {tally.f1:.3f} ({tally.precision:.2f} {tally.recall:.2f})"
