"""The reviewer's page of a graph: one HTML file, no request to anywhere; and the page that kg serve answers with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg import __version__
from kg.model import Graph
from kg.view.inline import page
from kg.view.network import MOST, OPTIONS, network, script
from kg.view.payload import Totals, sections
from kg.view.start import start


def write_page(graph: Graph, path: Path, *, base: str, totals: Totals | None = None) -> None:
    """Write the page of the graph; same graph and base, same bytes.

    ``totals`` says what there is where the graph is only a part of it.
    """
    _write(path, _pieces(graph, base=base, totals=totals))


def write_served(graph: Graph, path: Path, *, base: str, totals: Totals | None = None) -> bool:
    """Write the page for kg serve, which asks the store for what it does not hold; whether one is needed.

    A graph that the picture holds whole needs none: its file is served as it is.
    """
    if totals is None and len(graph.entities) <= MOST:
        return False
    _write(path, _served_pieces(graph, base=base, totals=totals))
    return True


def render(graph: Graph, *, base: str, totals: Totals | None = None) -> str:
    """The page as text."""
    return "".join(_pieces(graph, base=base, totals=totals))


def render_served(graph: Graph, *, base: str, totals: Totals | None = None) -> str:
    """The page of the entities that the picture starts with; its policy lets it ask the address that it came from."""
    return "".join(_served_pieces(graph, base=base, totals=totals))


def _write(path: Path, pieces: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def _pieces(graph: Graph, *, base: str, totals: Totals | None) -> Iterator[str]:
    data = sections(graph, base=base)
    if totals is not None:
        data["totals"] = totals.plain()
    return _page(data, graph, _title(graph), served=False)


def _served_pieces(graph: Graph, *, base: str, totals: Totals | None) -> Iterator[str]:
    part = start(graph)
    data = sections(part, base=base, served=graph)
    data["totals"] = (totals or Totals.of(graph)).plain()
    return _page(data, part, _title(graph), served=True)


def _title(graph: Graph) -> str:
    return graph.documents[0].title or graph.documents[0].id if len(graph.documents) == 1 else "政策知识图谱"


def _page(data: dict[str, Any], graph: Graph, title: str, *, served: bool) -> Iterator[str]:
    net = network(graph)
    data["network"] = {"nodes": net.nodes, "edges": net.edges, "options": OPTIONS}
    return page(data=data, vis=script(), title=title, version=__version__, asks=served)
