"""Groups of entities that are linked with each other more than with others: Louvain communities (Blondel et al. 2008)."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

#: Smaller groups have no colour of their own.
LEAST = 5


def communities(count: int, edges: Iterable[tuple[int, int]]) -> list[int | None]:
    """The group of each of ``count`` nodes, the largest group 0, None in a group of fewer than LEAST.

    >>> communities(7, [(a, b) for a in range(5) for b in range(a)] + [(5, 6)])
    [0, 0, 0, 0, 0, None, None]
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    parts = [sorted(part) for part in nx.community.louvain_communities(graph, seed=1)]
    found: list[int | None] = [None] * count
    for number, part in enumerate(sorted((p for p in parts if len(p) >= LEAST), key=lambda p: (-len(p), p))):
        for node in part:
            found[node] = number
    return found
