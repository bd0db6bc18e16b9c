"""One of two graphs that are compared: by subject, with the names that the other has for the same things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from kg import summary
from kg.explain import number
from kg.export.formats import namespaces
from kg.model import CLASSES, FACTS, RELATIONS
from kg.rdf import DCTERMS, KGO, RDF, RDFS, SKOS, NamedNode, Triple
from kg.results import cell

#: The Chinese name of a term; kept, for looking the ontology up for 300,000 changes took longer than all the rest.
label: Final = cache(summary.label)

TYPE: Final = f"{RDF}type"
PREFIXES: Final = namespaces()
NODES: Final = ("Observation", "Statement", "Sentence", "Mention", "Document")
#: What is compared as a statement, and so is no property of its entity.
SAID: Final = frozenset(KGO + name for name in (*RELATIONS, *FACTS))

Said = Mapping[str, list[Any]]


@dataclass
class Side:
    """A graph by subject; what it says is told with the names that the other side has for the same things."""

    triples: frozenset[Triple]

    def __post_init__(self) -> None:
        self.rename({})
        self.said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in sorted(self.triples, key=str):
            self.said[name_of(triple)][triple.predicate.value].append(triple.object)
        self.kinds = {subject: kind_of(said) for subject, said in self.said.items()}

    def of(self, *kinds: str) -> dict[str, Said]:
        """What is said of the subjects of a kind."""
        return {subject: said for subject, said in self.said.items() if self.kinds[subject] in kinds}

    def rename(self, names: Mapping[str, str]) -> None:
        """Take the IRIs that the other side has for our entities."""
        self._now = names
        self._was = {now: was for was, now in names.items()}

    def now(self, iri: str) -> str:
        """The IRI that the other side has for the same entity."""
        return self._now.get(iri, iri)

    def was(self, iri: str) -> str:
        """Our own IRI of an entity of the other side."""
        return self._was.get(iri, iri)

    def called(self, iri: str) -> str:
        """The name of an entity; for anything else its IRI with a prefix."""
        names = self.said.get(iri, {}).get(f"{SKOS}prefLabel", ())
        return str(names[0].value) if names else short(iri)


def name_of(triple: Triple) -> str:
    """The IRI of the subject; a blank node is written ``_:b``."""
    return triple.subject.value if isinstance(triple.subject, NamedNode) else str(triple.subject)


def kind_of(said: Said) -> str:
    """What the types make of a subject: ``entity``, one of NODES, or ``triple`` for what we do not know."""
    types = {getattr(term, "value", "").removeprefix(KGO) for term in said.get(TYPE, ())}
    return next((name for name in NODES if name in types), "entity" if types & set(CLASSES) else "triple")


def short(iri: str) -> str:
    """An IRI with its prefix."""
    return iri if iri.startswith("_:") else cell(NamedNode(iri), PREFIXES)


def values(said: Said, name: str) -> tuple[str, ...]:
    """The values of a property, sorted."""
    return tuple(sorted(str(getattr(term, "value", term)) for term in said.get(name, ())))


def joined(said: Said, name: str) -> str:
    """The values of a property in one text."""
    return "、".join(values(said, name))


def shown(said: Said, name: str) -> str:
    """The values of a property in one text, our own terms in Chinese."""
    return "、".join(
        label(value.removeprefix(KGO)) if value.startswith(KGO) else value for value in values(said, name)
    )


def named(iri: str) -> str:
    """A property in Chinese.

    >>> named("http://www.w3.org/2004/02/skos/core#altLabel"), named("urn:x")
    ('别名', '<urn:x>')
    """
    known = {TYPE: "类别", f"{SKOS}prefLabel": "名称", f"{SKOS}altLabel": "别名"}
    known |= {f"{DCTERMS}title": "标题", f"{DCTERMS}date": "日期", f"{DCTERMS}source": "来源"}
    return known.get(iri) or (label(iri.removeprefix(KGO)) if iri.startswith(KGO) else short(iri))


class Figure(NamedTuple):
    """What an observation says, but for its IRI."""

    of: str
    label: str
    time: str
    value: str
    unit: str
    bound: str
    baseline: str

    @property
    def words(self) -> str:
        """Value, unit, time and baseline."""
        bound = label(self.bound.removeprefix(KGO)) if self.bound else ""
        time = f"（{self.time}）" if self.time else ""
        return f"{bound}{numeral(self.value)}{self.unit}{time}" + (
            f"，基期 {self.baseline}" if self.baseline else ""
        )


def numeral(value: str) -> str:
    """A number for people; what is none stays as it is."""
    try:
        return number(value)
    except ArithmeticError:
        return value


def figure_of(side: Side, said: Said) -> Figure:
    """The figure of an observation."""

    def one(name: str) -> str:
        return joined(said, KGO + name)

    period = "/".join(filter(None, (one("dateStart"), one("dateEnd"))))
    baseline = side.said.get(one("baseline"), {})
    return Figure(
        side.now(one("observationOf")),
        joined(said, f"{RDFS}label"),
        one("time") or period,
        one("value"),
        one("unit"),
        one("bound"),
        figure_of(side, {n: v for n, v in baseline.items() if n != f"{KGO}baseline"}).words
        if baseline
        else "",
    )
