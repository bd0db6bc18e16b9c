"""Scores for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from kg import confidence
from kg.causes import Cause
from kg.confidence import Band, Bands, Measured
from kg.score import Fault, Score, Tally

_KINDS: Final = ("entities", "relations", "facts")


def table(rows: Iterable[tuple[str, Score]]) -> str:
    """Return a line for each named score: F1 with precision and recall, of each kind."""
    lines = [f"{'':28}" + "".join(f"{kind:>26}" for kind in _KINDS)]
    for name, result in rows:
        cells = "".join(_cell(result.kinds[kind]) for kind in _KINDS)
        lines.append(f"{name[:28]:28}{cells}")
    return "\n".join(lines)


def bands(result: Score, known: Bands) -> str:
    """Return a line for each band of confidence: how many of its statements were judged, how many were right."""
    lines = [
        f"{'confidence':20}{'judged':>8}{'right':>8}{'precision':>11}{'95 % interval':>18}{'kgo:confidence':>16}"
    ]
    for band, found in confidence.pooled(_measured(result), known).items():
        word = f"{band} {band.zh}"
        share = f"{found.precision:.3f}" if found.judged else "-"
        interval = f"{found.interval[0]:.3f} to {found.interval[1]:.3f}"
        # a Chinese character takes two columns
        lines.append(
            f"{word:{20 - len(band.zh)}}{found.judged:>8}{found.right:>8}{share:>11}{interval:>18}"
            f"{known.confidences[band]:>16.3f}"
        )
    return "\n".join(lines)


def constructions(result: Score, known: Bands) -> str:
    """Return a line for each construction with its band, how many were right of how many judged."""
    found = confidence.by_construction(_measured(result), known)
    return "\n".join(
        f"  {known.of(name):10}{name:34}{one.right:>5} of {one.judged:<5}"
        f" {one.interval[0]:.2f} to {one.interval[1]:.2f}"
        for name, one in found.items()
    )


def _measured(result: Score) -> dict[str, Measured]:
    return {rule: Measured(t.right, t.right + t.false) for rule, t in sorted(result.rules.items())}


def band_numbers(result: Score, known: Bands) -> Mapping[Band, Mapping[str, Any]]:
    """Return what ``bands`` says as plain numbers."""
    return {
        band: {
            "right": found.right,
            "judged": found.judged,
            "precision": round(found.precision, 4),
            "interval": [round(end, 4) for end in found.interval],
            "confidence": known.confidences[band],
        }
        for band, found in confidence.pooled(_measured(result), known).items()
    }


def details(result: Score) -> str:
    """Return causes with their counts, the scores by class and property, and every fault by kind and cause."""
    labels = [
        f"  {kind:10}{label:18}{_cell(tally)}"
        for (kind, label), tally in sorted(result.labels.items())
        if kind != "names"
    ]
    return "\n".join([*_causes(result.faults), "", "by class and property", *labels, *_faults(result.faults)])


def _causes(faults: Iterable[Fault]) -> Iterator[str]:
    """A table: each cause, how often it made us miss or say something of each kind."""
    counts = Counter((f.cause, f.kind, f.sort == "missed") for f in faults)
    yield f"{'errors by cause':20}" + "".join(f"{kind:>22}" for kind in _KINDS)
    yield f"{'':20}" + f"{'missed':>14}{'false':>8}" * len(_KINDS)
    for cause in Cause:
        row = [counts[cause, kind, missed] for kind in _KINDS for missed in (True, False)]
        if any(row):
            yield f"  {cause:18}" + "".join(f"{n or '·':>{8 if i % 2 else 14}}" for i, n in enumerate(row))


def _faults(faults: Iterable[Fault]) -> Iterator[str]:
    """Every fault below its kind and cause: by class or property, what, and the sentence with the rule."""
    order = list(Cause)
    ranked = sorted(
        faults, key=lambda f: (_KINDS.index(f.kind), order.index(f.cause), f.sort, f.label, f.text)
    )
    for (kind, cause), group in groupby(ranked, key=lambda f: (f.kind, f.cause)):
        listed = list(group)
        yield f"\n{kind}, {cause}: {len(listed)}"
        for f in listed:
            yield (
                f"  {f.sort} {f.label}: {f.text}"
                + f" ({f.why.detail})" * bool(f.why.detail)
                + f"  [{f.document}]"
            )
            yield f"      {' '.join(f.why.sentence.split())}" + f" [{f.rule}]" * bool(f.rule)


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
