"""What linking finds: references, entities with their names, and of whom the document speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Entity, EntityKey, Reference

#: What a notice issues or passes on, in its title.
_ENCLOSED = re.compile("关于(?:印发|转发|发布|公布|下发)(?P<what>.{4,80}?)的(?:通知|函|公告|通告)$")
_MARKS = re.compile("[“”《》〈〉]")


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


def enclosed(notice: EntityKey, links: Links) -> tuple[EntityKey, ...]:
    """The document that a notice issues, if its title says so and the text names it: 关于印发江州市数据规划的通知."""
    match = _ENCLOSED.search(_MARKS.sub("", notice.name))
    return tuple(
        key
        for key in sorted(links.aliases)
        if match and key.cls == "Policy" and _MARKS.sub("", key.name) == match["what"]
    )[:1]
