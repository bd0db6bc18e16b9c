"""Components beside one another in one box, unlinked nodes in rows below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

#: Ideal length of an edge, in pixels at scale 1.
EDGE = 110.0
#: Labels are wide and screens are too: the picture tends to this ratio of width to height.
RATIO = 1.6

Place = tuple[float, float]
Packed = tuple[Sequence[int], list[Place]]


class _Box(NamedTuple):
    left: float
    top: float
    width: float


def below(packed: list[Packed], single: Sequence[int]) -> list[Packed]:
    """Add the unlinked nodes in rows under the rest and as wide as it."""
    if not single:
        return packed
    points = [p for _, places in packed for p in places]
    left = min((x for x, _ in points), default=0.0)
    width = max((x for x, _ in points), default=0.0) - left
    top = max((y for _, y in points), default=0.0) + EDGE
    # room for a name under each, unless they are so many that the rows would outgrow the rest
    wide = EDGE * (2.0 if len(single) < 60 else 1.3)
    per_row = max(math.ceil(math.sqrt(len(single) * RATIO)), int(width / wide) + 1)
    step = width / (per_row - 1) if width and len(single) > per_row else wide
    rows = [(left + i % per_row * step, top + i // per_row * EDGE * 0.9) for i in range(len(single))]
    return [*packed, (single, rows)]


def pack(boxes: Sequence[Packed]) -> list[Packed]:
    """Set components beside one another: each at the lowest place of the skyline that holds it."""
    margin = EDGE
    sizes = []
    for _, points in boxes:
        width = max(x for x, _ in points) - min(x for x, _ in points) + margin * 1.3
        height = max(y for _, y in points) - min(y for _, y in points) + margin
        sizes.append((width, height))
    if not sizes:
        return []
    area = sum(w * h for w, h in sizes)
    total = max(max(w for w, _ in sizes), math.sqrt(area * RATIO))
    skyline = [_Box(0.0, 0.0, total)]
    packed: list[Packed] = []
    for (nodes, points), (width, height) in zip(boxes, sizes, strict=True):
        left, top = _lowest(skyline, width, total)
        skyline = _raise(skyline, left, width, top + height)
        dx = left + margin * 0.65 - min(x for x, _ in points)
        dy = top + margin / 2 - min(y for _, y in points)
        packed.append((nodes, [(x + dx, y + dy) for x, y in points]))
    return packed


def _lowest(skyline: Sequence[_Box], width: float, total: float) -> tuple[float, float]:
    best = (math.inf, 0.0)
    for box in skyline:
        if box.left + width <= total + 1e-6:
            top = max(
                b.top for b in skyline if b.left < box.left + width - 1e-6 and b.left + b.width > box.left
            )
            best = min(best, (top, box.left))
    top, left = best
    return left, top


def _raise(skyline: Sequence[_Box], left: float, width: float, top: float) -> list[_Box]:
    right = left + width
    result = []
    for box in skyline:
        end = box.left + box.width
        if end <= left + 1e-6 or box.left >= right - 1e-6:
            result.append(box)
            continue
        if box.left < left:
            result.append(_Box(box.left, box.top, left - box.left))
        if end > right:
            result.append(_Box(right, box.top, end - right))
    result.append(_Box(left, top, width))
    return sorted(result)
