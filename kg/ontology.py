"""The ontology as plain dictionaries: labels in two languages, definitions, domains and ranges.

Reading takes 20 ms, most of it for the parser's own import; nothing is cached on disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.lexicon import ontology_dir

__all__ = ["NAMESPACE", "Ontology", "Term", "ontology_dir"]

NAMESPACE: Final = "https://w3id.org/policykg/ontology#"

_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Term:
    """A class, property or individual of the ontology; texts by language (zh, en)."""

    name: str
    kind: str  # class, relation, fact or individual
    label: Mapping[str, str]
    definition: Mapping[str, str]
    example: Mapping[str, str] = field(default_factory=dict)
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ontology:
    """All terms by local name.

    >>> ontology = Ontology.load()
    >>> ontology.class_label("Fund"), ontology.property_label("partOf", "en")
    ('基金', 'part of')
    >>> ontology.domain("memberOf"), ontology.range("memberOf")
    (('Person',), ('Institution', 'Place'))
    """

    terms: Mapping[str, Term]

    @staticmethod
    def load(folder: Path | None = None) -> Ontology:
        """Read ``policykg.ttl`` of the folder; a DataError names the line that does not parse."""
        return _load((folder or ontology_dir()) / "policykg.ttl")

    @property
    def classes(self) -> tuple[str, ...]:
        """The ten classes of entities, in the order of the file."""
        return tuple(term.name for term in self.terms.values() if "Entity" in term.parents)

    def class_label(self, cls: str, lang: str = "zh") -> str:
        """The name of a class in a language; a class that we do not know names itself."""
        return self._label(cls, lang)

    def property_label(self, name: str, lang: str = "zh") -> str:
        """The name of a property in a language."""
        return self._label(name, lang)

    def _label(self, name: str, lang: str) -> str:
        term = self.terms.get(name)
        return term.label.get(lang, name) if term else name

    def domain(self, name: str) -> tuple[str, ...]:
        """The classes that may be the subject; ``Entity`` stands for all ten."""
        return self.terms[name].domain

    def range(self, name: str) -> tuple[str, ...]:
        """The classes that may be the object, or the datatype of a fact."""
        return self.terms[name].range


@cache
def _load(path: Path) -> Ontology:
    from kg.rdf import read_turtle

    try:
        triples = read_turtle(path)
    except SyntaxError as error:
        raise DataError(path, error.lineno or 0, error.msg) from error
    known: dict[str, dict[str, list[object]]] = {}
    for triple in triples:
        values = known.setdefault(str(getattr(triple.subject, "value", triple.subject)), defaultdict(list))
        values[triple.predicate.value].append(triple.object)
    return Ontology(
        {
            subject.removeprefix(NAMESPACE): _term(subject, known)
            for subject in known
            if subject.startswith(NAMESPACE)
        }
    )


_Known = Mapping[str, Mapping[str, list[object]]]


def _term(subject: str, known: _Known) -> Term:
    said = known[subject]
    return Term(
        name=subject.removeprefix(NAMESPACE),
        kind=_kind(_values(said.get(f"{_RDF}type", ()))),
        label=_by_language(said.get(f"{_RDFS}label", ())),
        definition=_by_language(said.get(f"{_RDFS}comment", ())),
        example=_by_language(said.get(f"{_SKOS}example", ())),
        domain=_classes(said.get(f"{_RDFS}domain", ()), known),
        range=_classes(said.get(f"{_RDFS}range", ()), known),
        parents=_local(p for p in _values(said.get(f"{_RDFS}subClassOf", ())) if p.startswith(NAMESPACE)),
    )


def _kind(types: Iterable[str]) -> str:
    kinds = {"Class": "class", "ObjectProperty": "relation", "DatatypeProperty": "fact"}
    return next((kinds[name] for name in _local(types) if name in kinds), "individual")


def _by_language(texts: Iterable[object]) -> dict[str, str]:
    return {str(getattr(text, "language", "")): str(getattr(text, "value", text)) for text in texts}


def _values(terms: Iterable[object]) -> list[str]:
    return [str(getattr(term, "value", term)) for term in terms]


def _local(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(iri.rpartition("#")[2].rpartition("/")[2] for iri in iris)


def _classes(terms: Iterable[object], known: _Known) -> tuple[str, ...]:
    """The named classes, or the members of a union."""
    found: list[str] = []
    for term in _values(terms):
        union = known.get(term, {}).get(f"{_OWL}unionOf")
        found += _members(_values(union)[0], known) if union else [term]
    return _local(found)


def _members(node: str, known: _Known) -> list[str]:
    members = []
    while node != f"{_RDF}nil":
        members += _values(known[node][f"{_RDF}first"])
        node = _values(known[node][f"{_RDF}rest"])[0]
    return members
