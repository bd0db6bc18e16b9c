"""Turtle for people to read and for every parser to take.

Ours, because the serializer at hand writes a local name such as ``fund:\\%2DA`` with
escapes, which is right, but rdflib 7.6 does not read a name that starts with one; here a
name that would need an escape is written in full, between angle brackets. Literals and
their escapes are still the library's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby
from typing import Final

from kg.rdf import RDF, XSD, Literal, NamedNode, Triple

# PN_CHARS_BASE of the Turtle grammar, and the signs that it allows inside a name; without 《》, which
# it allows, so that all names in quotes or title marks look alike.
_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\u3009\u300c-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INSIDE: Final = _BASE + "_0-9\\-\u00b7\u0300-\u036f\u203f\u2040"
_HEX: Final = "%[0-9A-Fa-f]{2}"
_LOCAL: Final = re.compile(f"(?:[{_BASE}_0-9:]|{_HEX})(?:(?:[{_INSIDE}.:]|{_HEX})*(?:[{_INSIDE}:]|{_HEX}))?")
_NAMESPACE: Final = re.compile(r".*[/#]", re.DOTALL)
_BARE: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines of a Turtle file; triples of one subject stand together, in the order given.

    >>> from kg.rdf import zh
    >>> fund, label = NamedNode("http://x/云川基金"), NamedNode("http://y/label")
    >>> print("".join(turtle([Triple(fund, label, zh("云川基金"))], {"x": "http://x/", "y": "http://y/"})), end="")
    @prefix x: <http://x/> .
    @prefix y: <http://y/> .
    <BLANKLINE>
    x:云川基金
        y:label "云川基金"@zh .
    """
    yield head(prefixes)
    for _, text in blocks(triples, prefixes):
        yield text


def head(prefixes: Mapping[str, str]) -> str:
    """The first lines of a Turtle file."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def blocks(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each subject's IRI with its part of a Turtle file, in the order given."""
    write = shortener(prefixes)
    for subject, block in groupby(triples, key=lambda triple: triple.subject):
        lines = [
            f"{verb(predicate, write)} {' , '.join(write(triple.object) for triple in same)}"
            for predicate, same in groupby(block, key=lambda triple: triple.predicate)
        ]
        start = " " if lines[0].startswith("a ") else "\n    "
        text = f"\n{write(subject)}{start}" + " ;\n    ".join(lines) + " .\n"
        yield str(getattr(subject, "value", subject)), text


def verb(predicate: object, write: Callable[[object], str]) -> str:
    """A predicate; ``a`` is a word for rdf:type in this place alone."""
    return "a" if isinstance(predicate, NamedNode) and predicate.value == f"{RDF}type" else write(predicate)


def used(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that the triples need, so that a small graph is not all head."""
    terms = {term for t in triples for term in (t.subject, t.predicate, _named(t.object))}
    spaces = (_NAMESPACE.match(term.value) for term in terms if isinstance(term, NamedNode))
    found = {space.group() for space in spaces if space}
    return {prefix: namespace for prefix, namespace in prefixes.items() if namespace in found}


def _named(term: object) -> object:
    return term.datatype if isinstance(term, Literal) else term


def shortener(prefixes: Mapping[str, str]) -> Callable[[object], str]:
    """A function that writes a term as Turtle does, with prefixes where its name allows."""
    known = {namespace: prefix for prefix, namespace in prefixes.items()}
    name = lru_cache(maxsize=1 << 10)(partial(_name, known=known))

    def write(term: object) -> str:
        if isinstance(term, NamedNode):
            return name(term.value)
        if isinstance(term, Literal):
            return _literal(term, known)
        return str(term)

    return write


def _name(iri: str, known: Mapping[str, str]) -> str:
    found = _NAMESPACE.match(iri)
    prefix = known.get(found.group()) if found else None
    if found is None or prefix is None:
        return f"<{iri}>"
    local = iri[found.end() :]
    return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else f"<{iri}>"


def _literal(term: Literal, known: Mapping[str, str]) -> str:
    kind = term.datatype.value
    if kind in (f"{XSD}decimal", f"{XSD}integer") and _BARE.fullmatch(term.value):
        integer = "." not in term.value
        if integer == (kind == f"{XSD}integer"):
            return term.value
    if term.language or kind == f"{XSD}string":
        return str(term)
    return f"{Literal(term.value)}^^{_name(kind, known)}"
