"""The formats that a graph is written in: a table of rows, each a name and a writer.

RDF formats hold the graph, or the evidence when asked; TriG and JSON-LD are written by
the same library as Turtle. The network formats hold entities and relations as nodes and
edges for other programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.export import networks
from kg.export.iri import BASE, prefixes, root
from kg.export.triples import evidence_triples, graph_triples
from kg.export.turtle import turtle, used
from kg.model import Graph
from kg.rdf import NAMESPACES, NamedNode, Quad, RdfFormat, Triple, serialize


@dataclass(frozen=True)
class Format:
    """A row: the suffix of its files, a phrase for the help, and the writer.

    ``rdf`` formats can also write the evidence.
    """

    suffix: str
    about: str
    write: Callable[[Graph, Path, str, bool], None]
    rdf: bool = True


def write(graph: Graph, path: Path, format: str = "ttl", base: str = BASE, *, evidence: bool = False) -> None:
    """Write the graph, or its evidence, in a format of FORMATS; the same graph gives the same bytes."""
    row = FORMATS.get(format)
    if row is None:
        raise UsageError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    if evidence and not row.rdf:
        raise UsageError(f"{format} holds no evidence; ttl, nt, trig, jsonld and rdfxml do")
    row.write(graph, path, root(base), evidence)


def namespaces(base: str = BASE) -> dict[str, str]:
    """All prefixes of an output: the vocabularies, the classes, the nodes of evidence."""
    return {**NAMESPACES, **prefixes(base)}


def _triples(graph: Graph, base: str, evidence: bool) -> list[Triple]:
    return evidence_triples(graph, base) if evidence else graph_triples(graph, base)


def _turtle(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    triples = _triples(graph, base, evidence)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(triples, used(triples, namespaces(base))))


def _serialized(rdf_format: RdfFormat) -> Callable[[Graph, Path, str, bool], None]:
    def write_triples(graph: Graph, path: Path, base: str, evidence: bool) -> None:
        triples = _triples(graph, base, evidence)
        prefixed = {} if rdf_format == RdfFormat.N_TRIPLES else used(triples, namespaces(base))
        path.write_bytes(serialize(triples, format=rdf_format, prefixes=prefixed) or b"")

    return write_triples


def _trig(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    """The graph in the default graph; its evidence in one that is named ``BASE evidence``."""
    said = [] if evidence else graph_triples(graph, base)
    told = evidence_triples(graph, base)
    name = NamedNode(f"{base}evidence")
    quads = [Quad(t.subject, t.predicate, t.object) for t in said]
    quads += [Quad(t.subject, t.predicate, t.object, name) for t in told]
    path.write_bytes(
        serialize(quads, format=RdfFormat.TRIG, prefixes=used(said + told, namespaces(base))) or b""
    )


def _network(writer: Callable[[Graph, Path, str], None]) -> Callable[[Graph, Path, str, bool], None]:
    return lambda graph, path, base, _: writer(graph, path, base)


#: What ``kg export --format`` and ``kg build --only`` know.
FORMATS: Final[Mapping[str, Format]] = {
    "ttl": Format("ttl", "Turtle: prefixed, readable", _turtle),
    "nt": Format("nt", "N-Triples: one triple a line", _serialized(RdfFormat.N_TRIPLES)),
    "trig": Format("trig", "TriG: graph and evidence in one file", _trig),
    "jsonld": Format("jsonld", "JSON-LD", _serialized(RdfFormat.JSON_LD)),
    "rdfxml": Format("rdf", "RDF/XML", _serialized(RdfFormat.RDF_XML)),
    "csv": Format(
        "csv", "two tables, NAME-nodes.csv and NAME-edges.csv", _network(networks.write_csv), rdf=False
    ),
    "graphml": Format("graphml", "GraphML: yEd, Gephi, igraph", _network(networks.write_graphml), rdf=False),
    "gexf": Format("gexf", "GEXF: Gephi", _network(networks.write_gexf), rdf=False),
    "cyjs": Format("cyjs", "Cytoscape JSON", _network(networks.write_cyjs), rdf=False),
}
