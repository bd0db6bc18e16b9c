"""Names that are no identity by themselves get a scope: two people, two 产业引导基金 of one name stay two.

A person is a name plus the office or body that the text gives; a generic name belongs to its owner: the park
that it lies in, what it is part of, who founded it. What the text gives neither stays with its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Entity, EntityKey, Object, Reading, Reference, Statement

#: Relations whose object owns a generic name, the nearest first.
_OWNING = ("locatedIn", "partOf", "establishedBy", "operatedBy", "issuedBy", "organizedBy")


def identify(reading: Reading) -> Reading:
    """Scope the people and the generic names of a reading."""
    return renamed(reading, _people(reading) | _owned(reading))


def renamed(reading: Reading, names: Mapping[EntityKey, EntityKey]) -> Reading:
    """Give entities of a reading other keys; the name that one gives up becomes a second name."""
    if names.keys().isdisjoint(e.key for e in reading.entities):
        return reading

    def key(old: EntityKey) -> EntityKey:
        return names.get(old, old)

    def target(old: Object) -> Object:
        return key(old) if isinstance(old, EntityKey) else old

    return replace(
        reading,
        entities=_joined((key(e.key), (e.key.name, *e.aliases)) for e in reading.entities),
        references=tuple(Reference(r.mention, key(r.key)) for r in reading.references),
        statements=tuple(
            replace(s, subject=key(s.subject), object=target(s.object)) for s in reading.statements
        ),
        defined=tuple((key(owner), name) for owner, name in reading.defined),
    )


def _people(reading: Reading) -> dict[EntityKey, EntityKey]:
    """Every person with the first body that the text gives, else with the document."""
    bodies = _first_objects(reading.statements, "memberOf")
    return {
        e.key: replace(e.key, scope=bodies[e.key].name if e.key in bodies else reading.document.id)
        for e in reading.entities
        if e.key.cls == "Person"
    }


def _owned(reading: Reading) -> dict[EntityKey, EntityKey]:
    """Generic names of the document (scoped by its id) with their owners, where a relation gives one."""
    generic = [
        e.key for e in reading.entities if e.key.scope == reading.document.id and e.key.cls != "Person"
    ]
    found: dict[EntityKey, EntityKey] = {}
    for predicate in _OWNING if generic else ():
        owners = _first_objects(reading.statements, predicate)
        for key in generic:
            owner = owners.get(key)
            if owner is not None and key not in found and owner.scope != reading.document.id:
                found[key] = replace(key, scope=owner.name)
    return found


def _first_objects(statements: Iterable[Statement], predicate: str) -> dict[EntityKey, EntityKey]:
    found: dict[EntityKey, EntityKey] = {}
    for statement in statements:
        if statement.predicate == predicate and isinstance(statement.object, EntityKey):
            found.setdefault(statement.subject, statement.object)
    return found


def _joined(entities: Iterable[tuple[EntityKey, tuple[str, ...]]]) -> tuple[Entity, ...]:
    aliases: dict[EntityKey, set[str]] = {}
    for key, names in entities:
        aliases.setdefault(key, set()).update(names)
    return tuple(Entity(key, tuple(sorted(names - {key.name}))) for key, names in sorted(aliases.items()))
