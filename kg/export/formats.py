"""The formats that a graph is written in: a table of rows, each a name and a writer.

RDF formats hold the graph, or the evidence when asked; TriG and N-Quads hold both, by
documents. The network formats hold entities and relations as nodes and edges for other
programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.export import annotated, datasets, inferred, jsonld, networks
from kg.export.iri import BASE, prefixes, root
from kg.export.triples import evidence_triples, graph_triples, identity_triples, in_order
from kg.export.turtle import turtle, used
from kg.model import Graph
from kg.rdf import NAMESPACES, RdfFormat, Triple, serialize


@dataclass(frozen=True)
class Format:
    """A row: the suffix of its files, a phrase for the help, and the writer.

    ``rdf`` formats can also write the evidence alone; ``stem`` is the name of the file when none is given.
    """

    suffix: str
    about: str
    write: Callable[[Graph, Path, str, bool], None]
    rdf: bool = True
    stem: str = "graph"


def write(graph: Graph, path: Path, format: str = "ttl", base: str = BASE, *, evidence: bool = False) -> None:
    """Write the graph, or its evidence, in a format of FORMATS; the same graph gives the same bytes."""
    row = FORMATS.get(format)
    if row is None:
        raise UsageError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    if evidence and not row.rdf:
        *names, last = (name for name, known in FORMATS.items() if known.rdf)
        raise UsageError(f"{format} cannot hold the evidence alone; {', '.join(names)} and {last} can")
    row.write(graph, path, root(base), evidence)


def namespaces(base: str = BASE) -> dict[str, str]:
    """All prefixes of an output: the vocabularies, the classes, the nodes of evidence."""
    return {**NAMESPACES, **prefixes(base)}


def _triples(graph: Graph, base: str, evidence: bool) -> list[Triple]:
    return evidence_triples(graph, base) if evidence else graph_triples(graph, base)


def _turtle(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    triples = _triples(graph, base, evidence)
    _lines(path, turtle(triples, used(triples, namespaces(base))))


def _lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def _serialized(rdf_format: RdfFormat) -> Callable[[Graph, Path, str, bool], None]:
    def write_triples(graph: Graph, path: Path, base: str, evidence: bool) -> None:
        triples = _triples(graph, base, evidence)
        prefixed = {} if rdf_format == RdfFormat.N_TRIPLES else used(triples, namespaces(base))
        path.write_bytes(serialize(triples, format=rdf_format, prefixes=prefixed) or b"")

    return write_triples


def _jsonld(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    _lines(path, jsonld.jsonld(_triples(graph, base, evidence), base))


def _annotated(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    said, told = graph_triples(graph, base), evidence_triples(graph, base)
    _lines(path, annotated.annotated(said, told, used(said + told, namespaces(base))))


def _inferred(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    _lines(path, inferred.inferred(graph, base, namespaces(base)))


def _dataset(graph: Graph, base: str, evidence: bool) -> tuple[list[Triple], list[datasets.Named]]:
    said = [] if evidence else graph_triples(graph, base)
    default = in_order({*said, *identity_triples(graph, base)})
    return default, datasets.named_graphs(graph, base, evidence=evidence)


def _trig(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    default, named = _dataset(graph, base, evidence)
    prefixes = used(datasets.everything(default, named), namespaces(base))
    _lines(path, datasets.trig(default, named, prefixes))


def _nquads(graph: Graph, path: Path, base: str, evidence: bool) -> None:
    quads = datasets.quads(*_dataset(graph, base, evidence))
    path.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")


def _network(writer: Callable[[Graph, Path, str], None]) -> Callable[[Graph, Path, str, bool], None]:
    return lambda graph, path, base, _: writer(graph, path, base)


#: What ``kg export --format`` and ``kg build --only`` know.
FORMATS: Final[Mapping[str, Format]] = {
    "ttl": Format("ttl", "Turtle: prefixed, readable", _turtle),
    "nt": Format("nt", "N-Triples: one triple a line", _serialized(RdfFormat.N_TRIPLES)),
    "nq": Format("nq", "N-Quads: a named graph a document", _nquads),
    "trig": Format("trig", "TriG: a named graph a document", _trig),
    "jsonld": Format("jsonld", "JSON-LD with the published context", _jsonld),
    "rdfxml": Format("rdf", "RDF/XML", _serialized(RdfFormat.RDF_XML)),
    "ttl12": Format("ttl12.ttl", "Turtle of RDF 1.2, the evidence as annotations", _annotated, rdf=False),
    "inferred": Format(
        "ttl",
        "Turtle: what follows by OWL 2 RL, and is not in the graph",
        _inferred,
        rdf=False,
        stem="inferred",
    ),
    "csv": Format(
        "csv", "two tables, NAME-nodes.csv and NAME-edges.csv", _network(networks.write_csv), rdf=False
    ),
    "neo4j": Format(
        "neo4j.csv", "two tables with Neo4j's headers", _network(networks.write_neo4j), rdf=False
    ),
    "gephi": Format(
        "gephi.csv", "two tables with Gephi's headers", _network(networks.write_gephi), rdf=False
    ),
    "graphml": Format("graphml", "GraphML: yEd, Gephi, igraph", _network(networks.write_graphml), rdf=False),
    "gexf": Format("gexf", "GEXF: Gephi, with time", _network(networks.write_gexf), rdf=False),
    "cyjs": Format("cyjs", "Cytoscape JSON", _network(networks.write_cyjs), rdf=False),
}
