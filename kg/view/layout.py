"""Where the nodes stand: computed once at build time, so that the page draws at once.

Pure Python on purpose: the layouts of networkx need numpy (60 MB installed), and a first draw with
the physics of vis-network took 25 s at 500 nodes. A radial tree gives each component its order and a
few rounds of Fruchterman-Reingold (1991) spread it; a large component is first cut into Louvain
communities, which are spread one by one and then as discs. Boxes are packed beside one another.
Nothing depends on chance, coordinates are whole numbers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import networkx as nx

from kg.view.packing import EDGE, RATIO, Place, below, pack

#: The nodes that each node is linked with.
_Links = tuple[tuple[int, ...], ...]

#: Least distance of two nodes, in pixels at scale 1.
GAP = 74.0
#: Pull towards the middle, so that long chains bend and the corners of the screen are used.
GRAVITY = 0.6
#: Up to here every pair repels; above, near cells exactly and far cells by their centre.
ALL_PAIRS = 260
#: Above so many nodes a component is spread community by community.
ONE_PIECE = 700


class Point(NamedTuple):
    """A place on the canvas in whole pixels; y grows downwards."""

    x: int
    y: int


def layout(count: int, edges: Iterable[tuple[int, int]]) -> tuple[Point, ...]:
    """Place ``count`` nodes, numbered from 0, so that linked ones are near and none overlap.

    >>> layout(3, [(0, 1)]) == layout(3, [(0, 1), (1, 0), (2, 2)])
    True
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    components = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))
    boxes = [(c, _component(graph, c)) for c in components if len(c) > 1]
    single = [c[0] for c in components if len(c) == 1]
    places: list[Place] = [(0.0, 0.0)] * count
    for nodes, points in below(pack(boxes), single):
        for node, point in zip(nodes, points, strict=True):
            places[node] = point
    return tuple(Point(round(x), round(y)) for x, y in places)


def _component(graph: nx.Graph[int], nodes: Sequence[int]) -> list[Place]:
    """Spread one connected component, its long side lying."""
    if len(nodes) > ONE_PIECE:
        return _tidied(*_communities(graph, nodes))
    return _small(_links(graph, nodes))


@lru_cache(maxsize=1000)  # most components are two or three nodes, and look the same
def _small(links: _Links) -> list[Place]:
    return _tidied(*_one_piece(links, effort=400_000))


def _tidied(xs: list[float], ys: list[float]) -> list[Place]:
    _lie_down(xs, ys)
    _scale(xs, ys)
    for _ in range(12):
        if not _push_apart(xs, ys):
            break
    return list(zip(xs, ys, strict=True))


def _links(graph: nx.Graph[int], nodes: Sequence[int]) -> _Links:
    """The places in ``nodes`` of those that each is linked with."""
    index = {node: i for i, node in enumerate(nodes)}
    return tuple(tuple(index[m] for m in sorted(graph[node]) if m in index) for node in nodes)


def _one_piece(links: _Links, *, effort: int) -> tuple[list[float], list[float]]:
    """Spread linked nodes; ``effort`` is how many pairs may be looked at, 6 million a second."""
    xs, ys = _radial(links)
    size = len(links)
    rounds = max(24, min(130, 2 * effort // (size * min(size, ALL_PAIRS))))
    for step in range(rounds):
        _spread(xs, ys, links, EDGE * 0.9 * (1 - step / rounds) ** 1.5 + 1)
    return xs, ys


def _communities(graph: nx.Graph[int], nodes: Sequence[int]) -> tuple[list[float], list[float]]:
    """Each community by itself in a disc, the discs near those that they are linked with."""
    whole = graph.subgraph(nodes)
    parts = sorted(sorted(c) for c in nx.community.louvain_communities(whole, seed=1, resolution=0.7))
    home = {node: i for i, part in enumerate(parts) for node in part}
    between: nx.Graph[int] = nx.Graph()
    between.add_nodes_from(range(len(parts)))
    between.add_edges_from((home[a], home[b]) for a, b in whole.edges if home[a] != home[b])
    px, py = _one_piece(_links(between, range(len(parts))), effort=600_000)
    inside = []
    for part in parts:
        xs, ys = _one_piece(_links(whole, part), effort=60_000)
        mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
        # the disc of a community has room for its nodes, however its own picture came out
        reach = math.sqrt(sum((x - mx) ** 2 + (y - my) ** 2 for x, y in zip(xs, ys, strict=True)) / len(xs))
        fit = 0.62 * EDGE * math.sqrt(len(part)) / max(1.0, reach)
        inside.append([((x - mx) * fit, (y - my) * fit) for x, y in zip(xs, ys, strict=True)])
    radii = [0.95 * EDGE * math.sqrt(len(part)) + EDGE / 2 for part in parts]
    _settle(px, py, radii)
    place = {
        node: (px[i] + x, py[i] + y)
        for i, part in enumerate(parts)
        for node, (x, y) in zip(part, inside[i], strict=True)
    }
    return [place[n][0] for n in nodes], [place[n][1] for n in nodes]


def _settle(xs: list[float], ys: list[float], radii: Sequence[float]) -> None:
    """Draw the discs together and push overlapping ones apart, the heavier moving less."""
    size = len(xs)
    grow = math.sqrt(sum(r * r for r in radii)) / max(1.0, max(map(math.hypot, xs, ys)))
    for i in range(size):
        xs[i] *= grow
        ys[i] *= grow
    for step in range(160):
        pull = 0.03 if step < 110 else 0.0
        for i in range(size):
            xs[i] *= 1 - pull
            ys[i] *= 1 - pull
        for i in range(size):
            for j in range(i + 1, size):
                dx, dy = xs[j] - xs[i], ys[j] - ys[i]
                distance, wanted = math.hypot(dx, dy), radii[i] + radii[j]
                if distance >= wanted:
                    continue
                if distance < 1:
                    dx, dy, distance = math.cos(j), math.sin(j), 1.0
                push = (wanted - distance) / distance
                share = radii[j] ** 2 / (radii[i] ** 2 + radii[j] ** 2)
                xs[i] -= dx * push * share
                ys[i] -= dy * push * share
                xs[j] += dx * push * (1 - share)
                ys[j] += dy * push * (1 - share)


def _radial(links: Sequence[Sequence[int]]) -> tuple[list[float], list[float]]:
    """Rings of a breadth-first tree about the most linked node; wedges by the size of the subtree."""
    size = len(links)
    root = max(range(size), key=lambda i: (len(links[i]), -i))
    depth = [-1] * size
    depth[root] = 0
    children: list[list[int]] = [[] for _ in range(size)]
    order = [root]
    for node in order:
        for child in links[node]:
            if depth[child] < 0:
                depth[child] = depth[node] + 1
                children[node].append(child)
                order.append(child)
    weight = [1.0] * size
    for node in reversed(order):
        weight[node] = max(1.0, sum(weight[c] for c in children[node]))
    angle, width = [0.0] * size, [0.0] * size
    width[root] = 2 * math.pi
    for node in order:
        start = angle[node] - width[node] / 2
        for child in children[node]:
            width[child] = width[node] * weight[child] / weight[node]
            angle[child] = start + width[child] / 2
            start += width[child]
    ring = EDGE * max(0.8, math.sqrt(size) / max(depth) / 2)
    xs = [ring * depth[i] * math.cos(angle[i]) for i in range(size)]
    ys = [ring * depth[i] * math.sin(angle[i]) for i in range(size)]
    return xs, ys


def _spread(xs: list[float], ys: list[float], links: Sequence[Sequence[int]], heat: float) -> None:
    """One round: all repel, links attract, no node moves farther than ``heat``."""
    size = len(xs)
    fx, fy = [0.0] * size, [0.0] * size
    if size <= ALL_PAIRS:
        _repel_all(xs, ys, fx, fy)
    else:
        _repel_cells(xs, ys, fx, fy)
    for i in range(size):
        for j in links[i]:
            if i < j:
                dx, dy = xs[j] - xs[i], ys[j] - ys[i]
                # a hub's many short links must not pull its neighbours into one heap
                pull = math.hypot(dx, dy) / EDGE
                fx[i] += dx * pull
                fy[i] += dy * pull
                fx[j] -= dx * pull
                fy[j] -= dy * pull
    for i in range(size):
        fx[i] -= xs[i] * GRAVITY
        fy[i] -= ys[i] * GRAVITY
        length = math.hypot(fx[i], fy[i])
        if length > heat:
            fx[i] *= heat / length
            fy[i] *= heat / length
        xs[i] += fx[i]
        ys[i] += fy[i]


def _repel_all(xs: list[float], ys: list[float], fx: list[float], fy: list[float]) -> None:
    size, k2 = len(xs), EDGE * EDGE
    for i in range(size - 1):
        x, y, sx, sy = xs[i], ys[i], 0.0, 0.0
        for j in range(i + 1, size):
            dx = x - xs[j]
            dy = y - ys[j]
            push = k2 / (dx * dx + dy * dy + 1.0)
            dx *= push
            dy *= push
            sx += dx
            sy += dy
            fx[j] -= dx
            fy[j] -= dy
        fx[i] += sx
        fy[i] += sy


def _repel_cells(xs: list[float], ys: list[float], fx: list[float], fy: list[float]) -> None:
    """Repulsion in n·m: exact within a cell and its neighbours, by centres of mass beyond."""
    side = max(EDGE * 1.4, (max(xs) - min(xs)) / 24, (max(ys) - min(ys)) / 24)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells[int(x // side), int(y // side)].append(i)
    centres = [
        (cell, sum(xs[i] for i in c) / len(c), sum(ys[i] for i in c) / len(c), len(c))
        for cell, c in cells.items()
    ]
    k2 = EDGE * EDGE
    for (cx, cy), x, y, _ in centres:
        here = cells[cx, cy]
        farx = fary = 0.0
        near: list[int] = []
        for (ox, oy), mx, my, mass in centres:
            if abs(ox - cx) <= 1 and abs(oy - cy) <= 1:
                near += cells[ox, oy]
                continue
            dx, dy = x - mx, y - my
            push = k2 * mass / (dx * dx + dy * dy + 1.0)
            farx += dx * push
            fary += dy * push
        for i in here:
            px, py, sx, sy = xs[i], ys[i], farx, fary
            for j in near:
                dx = px - xs[j]
                dy = py - ys[j]
                push = k2 / (dx * dx + dy * dy + 1.0)
                sx += dx * push
                sy += dy * push
            fx[i] += sx
            fy[i] += sy


def _lie_down(xs: list[float], ys: list[float]) -> None:
    """Turn the points about their centre until the principal axis is horizontal."""
    size = len(xs)
    mx, my = sum(xs) / size, sum(ys) / size
    xx = sum((x - mx) ** 2 for x in xs)
    yy = sum((y - my) ** 2 for y in ys)
    xy = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    turn = -math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(turn), math.sin(turn)
    for i in range(size):
        x, y = xs[i] - mx, ys[i] - my
        xs[i], ys[i] = x * cos - y * sin, x * sin + y * cos


def _scale(xs: list[float], ys: list[float]) -> None:
    """Bring the box near RATIO and neighbours near GAP: the middle node has its next at 1.3 GAP."""
    width = max(xs) - min(xs) or 1.0
    height = max(ys) - min(ys) or 1.0
    bend = min(1.5, max(0.7, math.sqrt(RATIO * height / width)))
    for i in range(len(xs)):
        xs[i] *= bend
        ys[i] /= bend
    nearest = sorted(_nearest(xs, ys))
    factor = 1.3 * GAP / max(1.0, nearest[len(nearest) // 2])
    for i in range(len(xs)):
        xs[i] *= factor
        ys[i] *= factor


def _nearest(xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """Distance to the nearest other node, of at most 400 nodes that stand for all."""
    size = len(xs)
    points = list(zip(xs, ys, strict=True))
    return [
        math.sqrt(
            min(
                (x - points[i][0]) ** 2 + (y - points[i][1]) ** 2 for j, (x, y) in enumerate(points) if j != i
            )
        )
        for i in range(0, size, max(1, size // 400))
    ]


def _push_apart(xs: list[float], ys: list[float]) -> bool:
    """Move nodes that are nearer than GAP away from each other; whether any moved."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells[int(x // GAP), int(y // GAP)].append(i)
    moved = False
    for (cx, cy), here in sorted(cells.items()):
        near = [j for ox in (-1, 0, 1) for oy in (-1, 0, 1) for j in cells.get((cx + ox, cy + oy), ())]
        for i in here:
            for j in near:
                if j <= i:
                    continue
                dx, dy = xs[j] - xs[i], ys[j] - ys[i]
                distance = math.hypot(dx, dy)
                if distance < GAP:
                    if distance < 1:
                        dx, dy, distance = math.cos(j), math.sin(j), 1.0
                    push = (GAP - distance) / distance / 2
                    xs[i] -= dx * push
                    ys[i] -= dy * push
                    xs[j] += dx * push
                    ys[j] += dy * push
                    moved = True
    return moved
