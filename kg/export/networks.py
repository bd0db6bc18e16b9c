"""Entities and relations as nodes and edges, for the programs that draw and count networks."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.iri import iri
from kg.model import EntityKey, Graph
from kg.rdf import clean, decimal

if TYPE_CHECKING:
    import networkx

NODE_COLUMNS = ("id", "label", "class", "aliases", "status", "amount", "date")
EDGE_COLUMNS = ("source", "target", "relation", "status", "confidence", "evidence")


def nodes(graph: Graph, base: str) -> list[dict[str, str]]:
    """One row an entity: aliases joined by ``|``, the first amount and date that are said of it."""
    facts: dict[tuple[EntityKey, str], str] = {}
    for statement in graph.statements:
        if statement.predicate == "amount":
            facts.setdefault((statement.subject, "amount"), decimal(statement.object).value)  # type: ignore[arg-type]
        elif statement.predicate == "date":
            facts.setdefault((statement.subject, "date"), str(statement.object))
    return [
        {
            "id": iri(entity.key, base),
            "label": clean(entity.key.name),
            "class": entity.key.cls,
            "aliases": clean("|".join(entity.aliases)),
            "status": "planned" if entity.key in graph.planned else "",
            "amount": facts.get((entity.key, "amount"), ""),
            "date": facts.get((entity.key, "date"), ""),
        }
        for entity in graph.entities
    ]


def edges(graph: Graph, base: str) -> list[dict[str, str]]:
    """One row a relation; ``evidence`` counts the sentences behind it."""
    return [
        {
            "source": iri(statement.subject, base),
            "target": iri(statement.object, base),
            "relation": statement.predicate,
            "status": statement.status.value,
            "confidence": f"{statement.confidence:.4g}",
            "evidence": str(len({(e.document, e.span) for e in statement.evidence})),
        }
        for statement in graph.statements
        if isinstance(statement.object, EntityKey)
    ]


def write_csv(graph: Graph, path: Path, base: str) -> None:
    """NAME.csv asks for NAME-nodes.csv and NAME-edges.csv beside it: UTF-8, LF."""
    _table(path.with_name(f"{path.stem}-nodes.csv"), NODE_COLUMNS, nodes(graph, base))
    _table(path.with_name(f"{path.stem}-edges.csv"), EDGE_COLUMNS, edges(graph, base))


def _table(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def network(graph: Graph, base: str) -> networkx.MultiDiGraph[str]:
    """The graph as networkx knows it; keys of edges are the relations."""
    import networkx

    result: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for row in nodes(graph, base):
        result.add_node(row["id"], **{column: row[column] for column in NODE_COLUMNS[1:]})
    for row in edges(graph, base):
        attributes = {column: row[column] for column in EDGE_COLUMNS[2:]}
        result.add_edge(row["source"], row["target"], key=row["relation"], **attributes)
    return result


def write_graphml(graph: Graph, path: Path, base: str) -> None:
    """GraphML in UTF-8."""
    import networkx

    lines = networkx.generate_graphml(network(graph, base))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def write_gexf(graph: Graph, path: Path, base: str) -> None:
    """GEXF without the day of writing, which the library would put into its head."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network(graph, base))
    for meta in writer.xml.iter("meta"):
        meta.attrib.clear()
    path.write_text(f"{writer}\n", encoding="utf-8", newline="\n")


def write_cyjs(graph: Graph, path: Path, base: str) -> None:
    """The JSON that Cytoscape and cytoscape.js read."""
    import networkx

    data: dict[str, Any] = networkx.cytoscape_data(network(graph, base))
    for node in data["elements"]["nodes"]:
        node["data"]["name"] = node["data"]["label"]
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
