"""From the graph to files: IRIs, triples, and a table of formats."""

from __future__ import annotations

from kg.export.formats import FORMATS, Format, namespaces, write
from kg.export.iri import BASE, iri, prefixes
from kg.export.triples import evidence_triples, graph_triples

__all__ = [
    "BASE",
    "FORMATS",
    "Format",
    "evidence_triples",
    "graph_triples",
    "iri",
    "namespaces",
    "prefixes",
    "write",
]
