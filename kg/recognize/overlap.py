"""One policy for candidates that overlap."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import CLASSES
from kg.recognize.base import Found

#: The order of choice between classes of one stretch , as the annotation guidelines give it.
_ORDER = {cls: n for n, cls in enumerate((*CLASSES, ""))}


def resolve(candidates: Iterable[Found]) -> list[Found]:
    """Keep the longest of those that overlap; then the surer; then by the order of classes.

    >>> resolve([Found(0, 3, "Place", "gazetteer", 0.9), Found(0, 8, "Institution", "head", 0.9)])
    [Found(start=0, end=8, cls='Institution', rule='head', confidence=0.9)]
    """
    candidates = list(candidates)
    if len(candidates) < 2:
        return candidates
    ranked = sorted(
        candidates, key=lambda f: (f.start - f.end, -f.confidence, _ORDER[f.cls], f.start, f.rule)
    )
    taken: list[Found] = []
    for found in ranked:
        if all(found.end <= t.start or t.end <= found.start for t in taken):
            taken.append(found)
    return sorted(taken)
