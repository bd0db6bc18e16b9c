"""One table of names over all documents: a short name that one text defines serves the others, when it is unambiguous.

Only names that a text itself gives (以下简称) are learned; a form that a text merely uses (市图书馆, a dropped place)
means what it means there. A learned name that stands for two entities, that a public list knows as another's, or
that names a thing of another class is listed as a conflict and joins nothing. Scoped names never join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.model import Conflict, Entity, EntityKey, Reading

#: Shorter names (江大, 二中) are short for many.
_LEAST: Final = 3
#: 本集团 and 该办法 mean the speaker and what was spoken of.
_POINTING: Final = "本我该此"
#: How many owners a sentence names.
_NAMED: Final = 5
#: How the recognizer marks a name of the public lists.
_LISTED: Final = "gazetteer"

_Name = tuple[str, str]  # class and name


@dataclass
class Names:
    """Collects what each document calls its entities; readings may come in any order, one at a time."""

    aliases: dict[EntityKey, set[str]] = field(default_factory=dict)
    _defined: set[tuple[EntityKey, str]] = field(default_factory=set)
    _listed: set[EntityKey] = field(default_factory=set)

    def add(self, reading: Reading) -> None:
        """Take the names of a reading."""
        self.take(reading.entities, reading.defined, ((r.key, r.mention.rule) for r in reading.references))

    def take(
        self,
        entities: Iterable[Entity],
        defined: Iterable[tuple[EntityKey, str]],
        recognized: Iterable[tuple[EntityKey, str]],
    ) -> None:
        """Take what a reading knows of names; ``recognized`` are its entities, each with a rule that found it."""
        for entity in entities:
            self.aliases.setdefault(entity.key, set()).update(entity.aliases)
        self._defined.update((key, name) for key, name in defined if not key.scope)
        self._listed.update(key for key, rule in recognized if rule == _LISTED)

    def table(self) -> Table:
        """Return which keys give way to which, and the names that stay open."""
        learned: dict[_Name, set[EntityKey]] = {}
        for key, name in self._defined:
            if len(name) >= _LEAST and name != key.name and name[0] not in _POINTING:
                learned.setdefault((key.cls, name), set()).add(key)
        used = self._users({name for _, name in learned})
        replaced: dict[EntityKey, EntityKey] = {}
        conflicts: list[Conflict] = []
        for (cls, name), owners in sorted(learned.items()):
            carrier = EntityKey(cls, name)
            claims = owners | {key for key in used.get(name, ()) if key.cls == cls and key != carrier}
            others = {
                key for key in used.get(name, ()) if key.name == name and key.cls != cls and not key.scope
            }
            if carrier not in self.aliases:  # nobody has to choose, unless it names a thing of another class
                conflicts += [_classes(carrier, claims, others)] if others and len(claims) == 1 else []
            elif len(claims) > 1:
                conflicts.append(_open(carrier, claims))
            elif carrier in self._listed:
                conflicts.append(_of_list(carrier, claims))
            else:
                replaced[carrier] = next(iter(claims))
        return Table(_followed(replaced), tuple(conflicts))

    def _users(self, names: set[str]) -> Mapping[str, set[EntityKey]]:
        """The entities that carry one of the names, as theirs or as another form."""
        found: dict[str, set[EntityKey]] = {}
        for key, forms in self.aliases.items():
            for name in names.intersection((key.name, *forms)):
                found.setdefault(name, set()).add(key)
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """``replaced``: keys that another document's definition makes a second name of an entity."""

    replaced: Mapping[EntityKey, EntityKey]
    conflicts: tuple[Conflict, ...] = ()


def _followed(replaced: Mapping[EntityKey, EntityKey]) -> dict[EntityKey, EntityKey]:
    """Each key with the end of its chain; two that define each other end at the fuller name."""
    found: dict[EntityKey, EntityKey] = {}
    for key in replaced:
        path = [key]
        while (following := replaced.get(path[-1])) is not None and following not in path:
            path.append(following)
        end = path[-1]
        if following is not None:  # a circle
            end = fullest(path[path.index(following) :])
        if end != key:
            found[key] = end
    return found


def fullest(keys: set[EntityKey] | list[EntityKey]) -> EntityKey:
    """Return the key with the longest name, the first in order among equals."""
    return min(keys, key=lambda key: (-len(key.name), key))


def _open(carrier: EntityKey, claims: set[EntityKey]) -> Conflict:
    ordered = sorted(claims)
    said = "、".join(key.name for key in ordered[:_NAMED]) + f" 等 {len(ordered)} 个" * (
        len(ordered) > _NAMED
    )
    return Conflict("alias", f"简称“{carrier.name}”可指 {said}，未合并", (carrier, *ordered))


def _of_list(carrier: EntityKey, claims: set[EntityKey]) -> Conflict:
    (owner,) = claims
    zh = f"“{carrier.name}”是公开名录中的名称，有文本又以它简称 {owner.name}，未合并"
    return Conflict("alias", zh, (carrier, owner))


def _classes(carrier: EntityKey, claims: set[EntityKey], others: set[EntityKey]) -> Conflict:
    (owner,) = claims
    zh = f"“{carrier.name}”在一处简称 {owner.name}，在别处是另一类的名称，未合并"
    return Conflict("alias", zh, (owner, *sorted(others)))
