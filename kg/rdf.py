"""The door to pyoxigraph: RDF terms, reading and writing; nobody else imports it.

Text is made safe here: XML 1.0 forbids most control characters, and RDF/XML and several
Turtle readers refuse them, so each one becomes U+FFFD. It is replaced and not dropped,
because offsets count characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import FormatError

__all__ = [
    "DCTERMS",
    "KGO",
    "NAMESPACES",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SKOS",
    "XSD",
    "BlankNode",
    "CanonicalizationAlgorithm",
    "Dataset",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "QueryBoolean",
    "QueryResultsFormat",
    "QuerySolutions",
    "QueryTriples",
    "RdfFormat",
    "Store",
    "Triple",
    "Variable",
    "clean",
    "date",
    "decimal",
    "ground",
    "integer",
    "parse",
    "parse_query_results",
    "read_file",
    "read_turtle",
    "serialize",
    "text",
    "zh",
]

KGO: Final = "https://w3id.org/policykg/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
OWL: Final = "http://www.w3.org/2002/07/owl#"

#: The vocabularies whose prefixes every output writes and every query knows.
NAMESPACES: Final[Mapping[str, str]] = {
    "kgo": KGO,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "owl": OWL,
}

_DATES: Final = (
    (re.compile(r"\d{4}"), NamedNode(f"{XSD}gYear")),
    (re.compile(r"\d{4}-\d{2}"), NamedNode(f"{XSD}gYearMonth")),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), NamedNode(f"{XSD}date")),
)
_DECIMAL: Final = NamedNode(f"{XSD}decimal")
_INTEGER: Final = NamedNode(f"{XSD}integer")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    r"""Replace what XML 1.0 has no place for, so that every reader takes the text.

    >>> clean("ab\x00c\ud800") == "ab\ufffdc\ufffd"
    True
    """
    return _FORBIDDEN.sub("\ufffd", words)


def text(words: str) -> Literal:
    """A plain string."""
    return Literal(clean(words))


def zh(words: str) -> Literal:
    """A Chinese text."""
    return Literal(clean(words), language="zh")


def integer(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(number), datatype=_INTEGER)


def decimal(number: Decimal) -> Literal:
    """An xsd:decimal in one canonical form, always with a point, so that Turtle needs no quotes.

    >>> decimal(Decimal("6.0E+9")).value, decimal(Decimal("9.70")).value
    ('6000000000.0', '9.7')
    """
    whole, _, fraction = format(number, "f").partition(".")
    return Literal(f"{whole}.{fraction.rstrip('0') or '0'}", datatype=_DECIMAL)


def date(iso: str) -> Literal:
    """A gYear, gYearMonth or date, as exact as the text; anything else stays a string for SHACL to find.

    >>> [date(d).datatype.value.partition("#")[2] for d in ("2024", "2024-07", "2024-07-01", "去年")]
    ['gYear', 'gYearMonth', 'date', 'string']
    """
    for form, datatype in _DATES:
        if form.fullmatch(iso):
            return Literal(iso, datatype=datatype)
    return text(iso)


def read_turtle(path: Path) -> list[Triple]:
    """The triples of a Turtle file; a SyntaxError names the line."""
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def read_file(path: Path) -> Iterator[Triple]:
    """The triples of an RDF file, of all its graphs: Turtle unless its name says N-Triples, RDF/XML, JSON-LD …

    A FormatError names line and column of the first fault and quotes the line.
    """
    known = RdfFormat.from_extension(path.suffix.removeprefix("."))
    try:
        for quad in parse(path=path, format=known or RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise FormatError(path, _fault(path, error)) from error


def _fault(path: Path, error: SyntaxError) -> str:
    """Where a file does not parse and why; the parser's own words repeat the place."""
    line, column = error.lineno or 0, error.offset or 0
    why = error.msg.partition(": ")[2] if line else error.msg
    if not line:  # RDF/XML: the parser does not know
        return why
    with path.open("rb") as file:
        quoted = next(islice(file, line - 1, None), b"").decode("utf-8", "replace").strip()
    return f"line {line}, column {column}: {why}" + (f": {quoted[:200]}" if quoted else "")


def ground(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples with blank nodes named by what they say (RDFC-1.0), so that two files can be compared."""
    known = list(triples)
    if not any(isinstance(term, BlankNode) for t in known for term in (t.subject, t.object)):
        return iter(known)
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in known)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return (quad.triple for quad in dataset)
