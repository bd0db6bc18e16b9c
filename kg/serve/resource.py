"""Things at their addresses: the path of a request as an IRI, and what can be said without a store."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from kg.export.iri import safe
from kg.ontology import Ontology, Term
from kg.rdf import RDF, NamedNode, RdfFormat, Triple, serialize
from kg.serve.media import BINDINGS, TRIPLES, Media
from kg.store import ONTOLOGY

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"

_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_W3C_FORMATS: Final = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}


def iri_of(raw_path: bytes, base: str) -> str | None:
    """The IRI that a path stands for: Chinese as it is, what no IRI may hold as an escape; None for no UTF-8.

    >>> iri_of("/id/fund/%E2%80%9C丹霞%E2%80%9D%20A".encode(), "https://a.example/")
    'https://a.example/id/fund/“丹霞”%20A'
    """
    try:
        path = raw_path.decode("utf-8")
        return base + _ESCAPES.sub(_unescaped, path.removeprefix("/"))
    except UnicodeDecodeError:
        return None


def _unescaped(found: re.Match[str]) -> str:
    return "".join(map(safe, unquote(found[0], errors="strict")))


def service_description(endpoint: str, media: Media) -> bytes:
    """What the service is and can, in the words of https://www.w3.org/TR/sparql11-service-description/ ."""
    written = serialize(
        list(_description(endpoint)),
        format=getattr(RdfFormat, media.format),
        prefixes={} if media.format in ("N_TRIPLES", "N_QUADS") else {"sd": SD, "formats": FORMATS},
    )
    return written or b""


def _description(endpoint: str) -> Iterator[Triple]:
    service, dataset = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset")
    default, named = NamedNode(f"{endpoint}#graph"), NamedNode(f"{endpoint}#ontology")
    for subject, cls in (
        (service, "Service"),
        (dataset, "Dataset"),
        (default, "Graph"),
        (named, "NamedGraph"),
    ):
        yield Triple(subject, NamedNode(f"{RDF}type"), NamedNode(SD + cls))
    yield Triple(service, NamedNode(f"{SD}endpoint"), service)
    yield Triple(service, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query"))
    yield Triple(service, NamedNode(f"{SD}defaultDataset"), dataset)
    yield Triple(dataset, NamedNode(f"{SD}defaultGraph"), default)
    yield Triple(dataset, NamedNode(f"{SD}namedGraph"), named)
    yield Triple(named, NamedNode(f"{SD}name"), ONTOLOGY)
    for media in (*BINDINGS, *TRIPLES):
        if media.type in _W3C_FORMATS:
            yield Triple(
                service, NamedNode(f"{SD}resultFormat"), NamedNode(FORMATS + _W3C_FORMATS[media.type])
            )


def ontology_page() -> str:
    """The terms for people, each at its own fragment: ``/ontology#Fund``."""
    terms = Ontology.load().terms.values()
    groups = (
        ("class", "类 Classes"),
        ("relation", "关系 Relations"),
        ("fact", "数据 Facts"),
        ("individual", "个体 Individuals"),
    )
    body = "".join(
        f"<h2>{title}</h2>{''.join(_term(term) for term in terms if term.kind == kind)}"
        for kind, title in groups
    )
    return (
        '<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>policykg ontology</title>'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/static/query.css"><body class="terms"><h1>policykg</h1>'
        "<p>https://w3id.org/policykg/ontology# · <a href='/'>图谱 graph</a> · <a href='/query'>查询 query</a></p>"
        f"{body}</body></html>"
    )


def _term(term: Term) -> str:
    labels = " ".join(term.label.get(lang, "") for lang in ("zh", "en"))
    said = "".join(
        f"<p lang='{lang}'>{html.escape(text)}</p>" for lang, text in term.definition.items() if text
    )
    arrow = f"{', '.join(term.domain)} → {', '.join(term.range)}" if term.domain or term.range else ""
    return (
        f"<section id='{html.escape(term.name)}'><h3>{html.escape(labels)} <code>kgo:{html.escape(term.name)}</code></h3>"
        f"<p><small>{html.escape(arrow)}</small></p>{said}</section>"
    )
