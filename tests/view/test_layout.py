"""Where nodes stand: apart, inside a sensible box, always the same."""

from __future__ import annotations

import math
import random

import pytest

from kg.view.layout import layout


def tree(size: int, seed: int) -> list[tuple[int, int]]:
    pick = random.Random(seed)
    edges = [(i, int(i * pick.random() ** 2)) for i in range(1, size) if pick.random() < 0.9]
    return edges + [(pick.randrange(size), pick.randrange(size)) for _ in range(size // 4)]


CASES = {
    "nothing": (0, []),
    "one": (1, []),
    "a loop": (1, [(0, 0)]),
    "a pair": (2, [(0, 1)]),
    "unlinked": (40, []),
    "a chain": (30, [(i, i + 1) for i in range(29)]),
    "a star": (60, [(0, i) for i in range(1, 60)]),
    "all with all": (12, [(i, j) for i in range(12) for j in range(i)]),
    "an article": (120, tree(120, 1)),
    "many pairs": (200, [(i, i + 1) for i in range(0, 200, 2)]),
    "in communities": (900, tree(900, 2)),
}


@pytest.mark.parametrize("name", CASES)
def test_nodes_stand_apart(name: str) -> None:
    size, edges = CASES[name]
    points = layout(size, edges)
    assert len(points) == size
    near = [math.dist(a, b) for i, a in enumerate(points) for b in points[:i]]
    assert min(near, default=99) > 40


@pytest.mark.parametrize("name", ["an article", "many pairs", "a star", "in communities"])
def test_the_picture_fits_a_screen(name: str) -> None:
    points = layout(*CASES[name])
    width = max(p.x for p in points) - min(p.x for p in points)
    height = max(p.y for p in points) - min(p.y for p in points)
    assert 0.7 < width / height < 3.2


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_edges_does_not_matter(name: str) -> None:
    size, edges = CASES[name]
    assert layout(size, edges) == layout(size, [(b, a) for a, b in reversed(edges)])
