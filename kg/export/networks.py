"""Entities and relations as nodes and edges, for the programs that draw and count networks."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.export import gexf
from kg.export.gexf import first_day, last_day
from kg.export.iri import iri
from kg.model import SYMMETRIC, EntityKey, Graph
from kg.rdf import clean, decimal

if TYPE_CHECKING:
    import networkx

NODE_COLUMNS = ("id", "label", "class", "aliases", "status", "amount", "date")
_FACTS: Final = ("amount", "date", "dateStart", "dateEnd")
EDGE_COLUMNS = ("source", "target", "relation", "status", "confidence", "evidence")


def nodes(graph: Graph, base: str) -> list[dict[str, str]]:
    """One row an entity: aliases joined by ``|``, the first amount and date that are said of it, its time.

    ``start`` and ``end`` are days: those of a period, or of the date of an event; what was founded or issued
    on a date has no end.
    """
    facts: dict[tuple[EntityKey, str], list[str]] = {}
    for statement in graph.statements:
        if statement.predicate in _FACTS:
            value = statement.object
            said = decimal(value).value if isinstance(value, Decimal) else str(value)
            facts.setdefault((statement.subject, statement.predicate), []).append(said)
    first = {key: min(values) for key, values in facts.items()}
    rows = [
        {
            "id": iri(entity.key, base),
            "label": clean(entity.key.name),
            "class": entity.key.cls,
            "aliases": clean("|".join(sorted(entity.aliases))),
            "status": "planned" if entity.key in graph.planned else "",
            "amount": first.get((entity.key, "amount"), ""),
            "date": first.get((entity.key, "date"), ""),
            **_time(entity.key, first),
        }
        for entity in graph.entities
    ]
    return sorted(rows, key=lambda row: row["id"])


def _time(key: EntityKey, first: Mapping[tuple[EntityKey, str], str]) -> dict[str, str]:
    dated, begun, over = (first.get((key, name), "") for name in ("date", "dateStart", "dateEnd"))
    ended = over or (dated if key.cls == "Event" and not begun else "")
    return {"start": first_day(begun or dated), "end": last_day(ended)}


def edges(graph: Graph, base: str) -> list[dict[str, str]]:
    """One row a relation; ``evidence`` counts the sentences behind it."""
    rows = [
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
    return sorted(rows, key=lambda row: tuple(row.values()))


def write_csv(graph: Graph, path: Path, base: str) -> None:
    """NAME.csv asks for NAME-nodes.csv and NAME-edges.csv beside it: UTF-8, LF."""
    _tables(path, NODE_COLUMNS, nodes(graph, base), EDGE_COLUMNS, edges(graph, base))


#: Header of Neo4j's bulk import → our column. An array's parts stand between semicolons.
_NEO4J_NODES: Final = {
    ":ID": "id",
    ":LABEL": "class",
    "name": "label",
    "aliases:string[]": "aliases",
    "status": "status",
    "amount:double": "amount",
    "date": "date",
}
_NEO4J_EDGES: Final = {
    ":START_ID": "source",
    ":END_ID": "target",
    ":TYPE": "relation",
    "status": "status",
    "confidence:double": "confidence",
    "evidence:int": "evidence",
}
#: Header of Gephi's import of spreadsheets → our column.
_GEPHI_NODES: Final = {
    "Id": "id",
    "Label": "label",
    "Class": "class",
    "Aliases": "aliases",
    "Status": "status",
    "Amount": "amount",
    "Date": "date",
    "Start": "start",
    "End": "end",
}
_GEPHI_EDGES: Final = {
    "Source": "source",
    "Target": "target",
    "Type": "type",
    "Label": "relation",
    "Weight": "evidence",
    "Status": "status",
    "Confidence": "confidence",
}


def write_neo4j(graph: Graph, path: Path, base: str) -> None:
    """Two tables with the headers of ``neo4j-admin database import``, which reads no field of several lines."""
    rows = [{name: _one_line(value) for name, value in row.items()} for row in nodes(graph, base)]
    for row in rows:
        row["aliases"] = row["aliases"].replace(";", "；").replace("|", ";")
    _tables(path, *_headed(_NEO4J_NODES, rows), *_headed(_NEO4J_EDGES, edges(graph, base)))


def write_gephi(graph: Graph, path: Path, base: str) -> None:
    """Two tables with the headers of Gephi's spreadsheet import."""
    rows = [
        {**row, "type": "Undirected" if row["relation"] in SYMMETRIC else "Directed"}
        for row in edges(graph, base)
    ]
    _tables(path, *_headed(_GEPHI_NODES, nodes(graph, base)), *_headed(_GEPHI_EDGES, rows))


def _headed(
    headers: Mapping[str, str], rows: Iterable[Mapping[str, str]]
) -> tuple[list[str], list[dict[str, str]]]:
    return list(headers), [{head: row[column] for head, column in headers.items()} for row in rows]


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _tables(
    path: Path,
    node_columns: Iterable[str],
    node_rows: Iterable[Mapping[str, str]],
    edge_columns: Iterable[str],
    edge_rows: Iterable[Mapping[str, str]],
) -> None:
    _table(path.with_name(f"{path.stem}-nodes.csv"), node_columns, node_rows)
    _table(path.with_name(f"{path.stem}-edges.csv"), edge_columns, edge_rows)


def _table(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), extrasaction="ignore", lineterminator="\n")
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
    """GEXF for Gephi."""
    described = f"{len(graph.documents)} documents"
    gexf.write_gexf(nodes(graph, base), edges(graph, base), path, described=described)


def write_cyjs(graph: Graph, path: Path, base: str) -> None:
    """The JSON that Cytoscape and cytoscape.js read."""
    import networkx

    data: dict[str, Any] = networkx.cytoscape_data(network(graph, base))
    for node in data["elements"]["nodes"]:
        node["data"]["name"] = node["data"]["label"]
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
