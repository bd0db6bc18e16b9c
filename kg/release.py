"""The ontology as others take it: its terms in an RDF format, or all of its files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.ontology import ontology_dir
from kg.rdf import NAMESPACES, Literal, NamedNode, RdfFormat, read_turtle, serialize

_TERMS: Final = "policykg.ttl"
_SHAPES: Final = "shapes.ttl"
_VERSION: Final = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_FORMATS: Final[Mapping[str, RdfFormat | None]] = {
    "ttl": None,  # as it was written, with its comments
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def text(format: str = "ttl", *, shapes: bool = False) -> str:
    """Return the terms (or the SHACL shapes) in a format, or the JSON-LD context; raises UsageError for an unknown one."""
    if format == "context":
        return (ontology_dir() / "context.jsonld").read_text(encoding="utf-8")
    if format not in _FORMATS:
        raise UsageError(f"--format {format}: choose from {', '.join((*_FORMATS, 'context'))}")
    path, rdf_format = ontology_dir() / (_SHAPES if shapes else _TERMS), _FORMATS[format]
    if rdf_format is None:
        return path.read_text(encoding="utf-8")
    triples = sorted(read_turtle(path), key=str)
    prefixes = {} if rdf_format == RdfFormat.N_TRIPLES else dict(NAMESPACES)
    return (serialize(triples, format=rdf_format, prefixes=prefixes) or b"").decode("utf-8")


@cache
def version() -> str:
    """The version of the terms, as their version IRI ends.

    >>> version().count(".")
    2
    """
    terms = read_turtle(ontology_dir() / _TERMS)
    return next(
        triple.object.value
        for triple in terms
        if triple.predicate == _VERSION and isinstance(triple.object, Literal)
    )


def write(folder: Path) -> int:
    """Copy terms, shapes, word lists, patterns and queries into a folder; return how many files."""
    source = ontology_dir()
    files = sorted(path for path in source.rglob("*") if path.is_file())
    for path in files:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(files)
