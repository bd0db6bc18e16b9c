"""The network of the page: pyvis builds it, its vendored vis-network draws it; pyvis's one door."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pyvis.network import Network

from kg.model import SYMMETRIC, EntityKey, Graph, Status
from kg.view.communities import communities
from kg.view.labels import classes, predicates
from kg.view.layout import Point, layout

#: Physics off, positions are given. No tooltips: vis-network would need markup for them.
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "physics": {"enabled": False},
    "nodes": {"shape": "dot", "borderWidth": 1, "labelHighlightBold": False},
    "edges": {
        "smooth": False,
        "width": 1.4,
        "selectionWidth": 1.2,
        "hoverWidth": 0.8,
        "arrows": {"to": {"enabled": False, "scaleFactor": 0.6}},
    },
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "keyboard": False,
        "navigationButtons": False,
        "zoomSpeed": 0.7,
    },
}


#: A picture of more nodes is a cloud: larger graphs start with the most linked entities. At 5,000 the
#: first frame comes after 1.5 s in a browser without graphics card.
MOST = 5000
START_WITH = 3000


def network(graph: Graph) -> Network:
    """Entities as nodes, relations as directed edges, both numbered as in the payload.

    Of more than MOST entities the START_WITH most linked are taken; the page's script brings
    the others when they are asked for.
    """
    entities = {e.key: i for i, e in enumerate(graph.entities)}
    relations = [
        (i, entities[s.subject], entities[s.object], s)
        for i, s in enumerate(graph.statements)
        if isinstance(s.object, EntityKey)
    ]
    degree = [0] * len(entities)
    for _, source, target, _ in relations:
        degree[source] += 1
        degree[target] += 1
    places = chosen(len(entities), ((source, target) for _, source, target, _ in relations))
    relations = [r for r in relations if r[1] in places and r[2] in places]
    edges = tuple((places[source], places[target]) for _, source, target, _ in relations)
    points, groups = _placed(len(places), edges)
    net = Network(directed=True, cdn_resources="in_line")
    colours = {row["class"]: row["light"] for row in classes()}
    for entity, i in entities.items():
        if i not in places:
            continue
        net.add_node(
            i,
            label=entity.name,
            shape="dot",
            color=colours[entity.cls],
            cls=entity.cls,
            size=size(degree[i]),
            x=points[places[i]].x,
            y=points[places[i]].y,
            community=groups[places[i]],
        )
    labels = {row["predicate"]: row["zh"] for row in predicates()}
    lanes = _lanes([(source, target) for _, source, target, _ in relations])
    for (i, source, target, statement), lane in zip(relations, lanes, strict=True):
        options: dict[str, Any] = {"id": f"s{i}", "label": labels[statement.predicate]}
        if statement.status is Status.PLANNED:
            options["dashes"] = [6, 5]
        if statement.predicate in SYMMETRIC:
            options["arrows"] = ""  # holds both ways
        if lane:
            kind = "curvedCW" if lane > 0 else "curvedCCW"
            options["smooth"] = {"enabled": True, "type": kind, "roundness": abs(lane)}
        net.add_edge(source, target, **options)
    return net


@lru_cache(maxsize=1)  # the file and the page that is served show the same picture
def _placed(count: int, edges: tuple[tuple[int, int], ...]) -> tuple[tuple[Point, ...], list[int | None]]:
    return layout(count, edges), communities(count, edges)


def chosen(count: int, edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Numbers of the entities in the picture, and their places in it.

    They grow from the most linked one to its most linked neighbours, so that the picture hangs together.
    """
    if count <= MOST:
        return {i: i for i in range(count)}
    links: list[set[int]] = [set() for _ in range(count)]
    for source, target in edges:
        links[source].add(target)
        links[target].add(source)
    by_links = sorted(range(count), key=lambda i: (-len(links[i]), i))
    chosen: set[int] = set()
    rim: list[tuple[int, int]] = []
    for start in by_links:
        heapq.heappush(rim, (-len(links[start]), start))
        while rim and len(chosen) < START_WITH:
            _, node = heapq.heappop(rim)
            if node not in chosen:
                chosen.add(node)
                for other in links[node] - chosen:
                    heapq.heappush(rim, (-len(links[other]), other))
    return {i: place for place, i in enumerate(sorted(chosen))}


def size(degree: int) -> int:
    """Radius of a node: its area grows with the number of its relations.

    >>> size(0), size(4), size(400)
    (8, 15, 40)
    """
    return min(40, round(8 + 3.6 * math.sqrt(degree)))


def _lanes(pairs: list[tuple[int, int]]) -> list[float]:
    """How far each edge bends, so that parallel ones stand apart; 0 is straight.

    >>> _lanes([(0, 1), (1, 0), (0, 2)])
    [-0.12, -0.12, 0.0]
    """
    parallel: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (a, b) in enumerate(pairs):
        parallel[min(a, b), max(a, b)].append(i)
    lanes = [0.0] * len(pairs)
    for (low, _), edges in parallel.items():
        for nth, i in enumerate(edges):
            bend = round(0.24 * (nth - (len(edges) - 1) / 2), 3)
            # clockwise is seen from the source: the other direction needs the other sign
            lanes[i] = bend if pairs[i][0] == low else -bend or 0.0
    return lanes


def script() -> str:
    """The vis-network that pyvis carries (MIT or Apache-2.0, its licence comment kept)."""
    folder = files("pyvis") / "lib" / "vis-9.1.2"
    source = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    code, _, _ = source.partition("\n//# sourceMappingURL=")  # a browser's debugger would ask for it
    return code
