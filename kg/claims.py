"""What a graph claims, in the form in which it is compared with gold: names, relations, facts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.gold import Gold, Link, normal, value_of
from kg.model import EntityKey, Graph, Object, Observation, Statement


def names(graph: Graph, gold: Gold) -> dict[EntityKey, frozenset[str]]:
    """Return the names of each entity; a head name that the text has and the gold has not stands alone.

    A wrong boundary is so not healed by an alias.
    """
    known = {normal(name) for named in gold.entities.values() for name in named.names}
    text = normal(gold.text_path.read_text(encoding="utf-8"))
    found = {}
    for entity in graph.entities:
        head = normal(entity.key.name)
        alone = head not in known and head in text
        found[entity.key] = frozenset({head} if alone else {head, *map(normal, entity.aliases)})
    return found


def relations(graph: Graph) -> dict[Link, Statement]:
    """Return the relations between entities of a graph, in a fixed order."""
    entities = {entity.key for entity in graph.entities}
    links = {
        (s.predicate, s.subject, s.object): s
        for s in graph.statements
        if isinstance(s.object, EntityKey) and {s.subject, s.object} <= entities
    }
    return dict(sorted(links.items(), key=lambda item: str(item[0])))


def facts(graph: Graph) -> dict[Link, Statement]:
    """Return the amounts, dates and figures of a graph, baselines too, in a fixed order."""
    entities = {entity.key for entity in graph.entities}
    found = {}
    for statement in graph.statements:
        for value in _values(statement.object):
            if statement.predicate in ("amount", "date", "observation") and statement.subject in entities:
                found[statement.predicate, statement.subject, value] = statement
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _values(value: Object) -> Iterator[str | float]:
    """The value that is compared, and with a figure that of its baseline."""
    if isinstance(value, Observation):
        yield value_of("observation", value.value)
        if value.baseline:
            yield from _values(value.baseline)
    elif isinstance(value, Decimal):
        yield value_of("amount", value)
    elif isinstance(value, str):
        yield value
