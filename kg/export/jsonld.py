"""JSON-LD with the short names of our published context, ``ontology/context.jsonld``.

The context stands in the file itself, so that no reader has to fetch it; with another ``--base`` it has the
prefixes of that base.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, Final

from kg.export.iri import prefixes
from kg.ontology import ontology_dir
from kg.rdf import NAMESPACES, RDF, XSD, Literal, NamedNode, Triple

#: Words that mean what a keyword does: ``id`` for ``@id``.
_ID: Final = "id"
_TYPE: Final = "type"
_GRAPH: Final = "graph"


@cache
def published() -> Mapping[str, Any]:
    """The context as it is published."""
    text = (ontology_dir() / "context.jsonld").read_text(encoding="utf-8")
    context: Mapping[str, Any] = json.loads(text)["@context"]
    return context


def jsonld(triples: Iterable[Triple], base: str) -> Iterator[str]:
    """The lines of a JSON-LD file: one node a line, in the order of the triples."""
    context = {**published(), **prefixes(base)}
    write = _writer(context)
    yield "{\n"
    yield ' "@context": {\n'
    yield ",\n".join(f"  {_json(name)}: {_json(value)}" for name, value in context.items())
    yield f'\n }},\n "{_GRAPH}": ['
    comma = "\n"
    for node in groupby(triples, key=lambda triple: triple.subject):
        yield f"{comma}  {_json(write(*node))}"
        comma = ",\n"
    yield "\n ]\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _writer(context: Mapping[str, Any]) -> Callable[[Any, Iterable[Triple]], dict[str, Any]]:
    namespaces = {**{name: str(context[name]) for name in NAMESPACES}, **_prefixes(context)}
    known = {namespace: prefix for prefix, namespace in namespaces.items()}
    terms = {_full(_id(value), namespaces): name for name, value in context.items() if not _keyword(value)}
    coerced = {name: value for name, value in context.items() if isinstance(value, dict)}

    def short(iri: str) -> str:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = known.get(iri[:end])
        # after a prefix, what begins with // would be read as an address
        return f"{prefix}:{iri[end:]}" if prefix else iri

    def word(iri: str) -> str:
        return terms.get(iri) or short(iri)

    def value(term: object, rule: Mapping[str, str]) -> Any:
        if isinstance(term, NamedNode):
            kind = rule.get("@type")
            if kind == "@vocab":
                return word(term.value)
            return short(term.value) if kind == "@id" else {_ID: short(term.value)}
        assert isinstance(term, Literal)
        if term.language:
            alike = rule.get("@language") == term.language
            return term.value if alike else {"@value": term.value, "@language": term.language}
        datatype = short(term.datatype.value)
        if datatype == rule.get("@type") or (term.datatype.value == f"{XSD}string" and not rule):
            return term.value
        plain = term.datatype.value == f"{XSD}string"
        return {"@value": term.value} if plain else {"@value": term.value, _TYPE: datatype}

    def node(subject: NamedNode, said: Iterable[Triple]) -> dict[str, Any]:
        result: dict[str, Any] = {_ID: short(subject.value)}
        for predicate, same in groupby(said, key=lambda triple: triple.predicate.value):
            objects = [triple.object for triple in same]
            if predicate == f"{RDF}type":
                values: list[Any] = [word(getattr(term, "value", "")) for term in objects]
                name = _TYPE
            else:
                name = word(predicate)
                values = [value(term, coerced.get(name, {})) for term in objects]
            result[name] = values[0] if len(values) == 1 else values
        return result

    return node


def _prefixes(context: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value
        for name, value in context.items()
        if isinstance(value, str) and value.endswith(("/", "#"))
    }


def _keyword(value: object) -> bool:
    return not isinstance(value, str | dict) or (isinstance(value, str) and value.startswith("@"))


def _id(value: Any) -> str:
    return str(value["@id"] if isinstance(value, dict) else value)


def _full(name: str, namespaces: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return namespaces[prefix] + local if prefix in namespaces else name
