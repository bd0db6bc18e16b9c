"""The reviewer's page of a graph: one HTML file, no request to anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg import __version__
from kg.model import Graph
from kg.view.inline import page
from kg.view.network import OPTIONS, network, script
from kg.view.payload import payload


def write_page(graph: Graph, path: Path, *, base: str) -> None:
    """Write the page of the graph; same graph and base, same bytes."""
    path.write_text(render(graph, base=base), encoding="utf-8", newline="\n")


def render(graph: Graph, *, base: str) -> str:
    """The page as text."""
    data: dict[str, Any] = payload(graph, base=base)
    net = network(graph)
    data["network"] = {"nodes": net.nodes, "edges": net.edges, "options": OPTIONS}
    title = graph.documents[0].title or graph.documents[0].id if len(graph.documents) == 1 else "政策知识图谱"
    return page(data=data, vis=script(), title=title, version=__version__)
