"""What linking finds: references, entities with their names, and of whom the document speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Entity, EntityKey, Reference


@dataclass
class Links:
    """References of a document and the entities that they stand for."""

    references: list[Reference] = field(default_factory=list)
    aliases: dict[EntityKey, set[str]] = field(default_factory=dict)
    home: Mapping[str, EntityKey] = field(default_factory=dict)
    place: EntityKey | None = None
    sole: EntityKey | None = None  # the only place of its level that the text names
    speaker: EntityKey | None = None  # the company that says 我们 and 本行 of itself
    defined: tuple[tuple[EntityKey, str], ...] = ()  # names that the text gives: 以下简称

    def entities(self) -> tuple[Entity, ...]:
        """Entities with their other forms."""
        return tuple(
            Entity(key, tuple(sorted(names - {key.name}))) for key, names in sorted(self.aliases.items())
        )
