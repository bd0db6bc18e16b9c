"""A person is a name plus the office or body that the text gives: two people of one name stay two."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Entity, EntityKey, Object, Reading, Reference, Statement


def identify_people(reading: Reading) -> Reading:
    """Scope every person of a reading by the first body that the text gives, else by the document."""
    scopes: dict[EntityKey, str] = {}
    for statement in reading.statements:
        if statement.predicate == "memberOf" and isinstance(statement.object, EntityKey):
            scopes.setdefault(statement.subject, statement.object.name)
    people = {e.key for e in reading.entities if e.key.cls == "Person"}
    names = {key: replace(key, scope=scopes.get(key, reading.document.id)) for key in people}

    def key(old: EntityKey) -> EntityKey:
        return names.get(old, old)

    def target(old: Object) -> Object:
        return key(old) if isinstance(old, EntityKey) else old

    return replace(
        reading,
        entities=tuple(
            sorted((Entity(key(e.key), e.aliases) for e in reading.entities), key=lambda e: e.key)
        ),
        references=tuple(Reference(r.mention, key(r.key)) for r in reading.references),
        statements=tuple(
            Statement(key(s.subject), s.predicate, target(s.object), s.evidence) for s in reading.statements
        ),
    )
