"""What decisions about entities make of their keys.

A decision whose entity has another scope or class now, or became a second name of another, finds it when there is
only one such; otherwise it is lost. Reviewers who differ are listed and change nothing. ``not the same`` stands above
every reason to join: what would join the two is left undone, the weakest reason first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.aliases import fullest
from kg.model import Conflict, Decision, EntityKey, Verdict
from kg.replay.decisions import ON_STATEMENTS, by_issue, differ, order, stance


@dataclass(frozen=True, slots=True)
class Settled:
    """What decisions make of keys: ``names`` maps each key that gives way to the one in use."""

    names: Mapping[EntityKey, EntityKey]
    apart: tuple[tuple[EntityKey, EntityKey], ...] = ()
    decided: tuple[tuple[EntityKey, Decision], ...] = ()
    moved: tuple[Decision, ...] = ()
    lost: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edge:
    """A reason to replace one key by another, the stronger the higher; a learned name is no decision."""

    strength: int
    source: EntityKey
    target: EntityKey
    decisions: tuple[Decision, ...] = ()


_LEARNED, _SAME, _NAMED = 1, 2, 3


class Finder:
    """Finds the entity that a decision means among those of a build."""

    def __init__(self, aliases: Mapping[EntityKey, set[str]], asked: Iterable[EntityKey]) -> None:
        self.known: set[EntityKey] = set(aliases)
        names = {key.name for key in asked}
        self._by_name: dict[str, list[EntityKey]] = defaultdict(list)
        self._by_alias: dict[str, list[EntityKey]] = defaultdict(list)
        for key, forms in aliases.items():
            if key.name in names:
                self._by_name[key.name].append(key)
            for form in names.intersection(forms):
                self._by_alias[form].append(key)

    def find(self, key: EntityKey) -> EntityKey | None:
        """Return the entity itself, or the only one of its class and name, of its other names, of its name."""
        if key in self.known:
            return key
        named, called = self._by_name[key.name], self._by_alias[key.name]
        for candidates in (
            [k for k in named if k.cls == key.cls],
            [k for k in called if k.cls == key.cls],
            named,
        ):
            if candidates:
                return candidates[0] if len(candidates) == 1 else None
        return None


def settle(
    aliases: Mapping[EntityKey, set[str]],
    learned: Mapping[EntityKey, EntityKey],
    decisions: Sequence[Decision],
) -> Settled:
    """Apply the decisions about entities to the keys of a build and the table of learned names."""
    return _Settling(aliases, learned, [d for d in decisions if d.verdict not in ON_STATEMENTS]).settled()


@dataclass
class _Settling:
    aliases: Mapping[EntityKey, set[str]]
    learned: Mapping[EntityKey, EntityKey]
    decisions: Sequence[Decision]
    conflicts: list[Conflict] = field(default_factory=list)
    trivial: set[Decision] = field(default_factory=set)  # what is so already

    def settled(self) -> Settled:
        if not self.decisions:
            return Settled(self.learned)
        agreed = list(self._agreed())
        asked = [k for d in self.decisions for k in (d.subject, d.object) if isinstance(k, EntityKey)]
        finder = Finder(self.aliases, asked)
        edges, apart, moved, lost = self._edges(agreed, finder)
        ends = {k for edge in edges for k in (edge.source, edge.target)} | {k for pair in apart for k in pair}
        edges += [
            _Edge(_LEARNED, old, new) for old, new in self.learned.items() if old in ends or new in ends
        ]
        groups = self._separated(edges, apart)
        final = {key: group.final() for group in groups for key in group.keys}
        holding = {d for group in groups for edge in group.edges for d in edge.decisions} | self.trivial
        untouched = {old: new for old, new in self.learned.items() if old not in ends and new not in ends}
        names = {old: final.get(new, new) for old, new in untouched.items()}
        names |= {old: new for old, new in final.items() if old != new}
        gone = set(lost)
        known = [(d, k) for d in agreed if d not in gone and (k := finder.find(d.subject)) is not None]
        decided = [(names.get(k, k), d) for d, k in known if d in holding or d.verdict is Verdict.NOT_SAME]
        kept = tuple(sorted({_ordered(names.get(a, a), names.get(b, b)) for a, b in apart}))
        return Settled(
            names,
            tuple(pair for pair in kept if pair[0] != pair[1]),
            tuple(sorted(decided, key=lambda row: (row[0], order(row[1])))),
            tuple(moved),
            tuple(lost),
            tuple(self.conflicts),
        )

    def _agreed(self) -> Iterator[Decision]:
        """The decisions whose reviewers do not differ; of a disputed pair ``not the same`` stays."""
        for several in by_issue(self.decisions).values():
            if len({stance(d) for d in several}) == 1:
                yield from several
                continue
            self.conflicts.append(differ("identity", several))
            yield from (d for d in several if d.verdict is Verdict.NOT_SAME)

    def _edges(
        self, agreed: Sequence[Decision], finder: Finder
    ) -> tuple[list[_Edge], list[tuple[EntityKey, EntityKey]], list[Decision], list[Decision]]:
        """The reasons that decisions give; what a decision names anew can be the subject of the next one."""
        edges: list[_Edge] = []
        apart: list[tuple[EntityKey, EntityKey]] = []
        moved: list[Decision] = []
        lost: list[Decision] = []
        waiting = list(agreed)
        while True:
            ready = [(d, found) for d in waiting if (found := _ends(d, finder)) is not None]
            if not ready:
                return edges, apart, sorted(moved, key=order), sorted([*lost, *waiting], key=order)
            taken = {d for d, _ in ready}
            waiting = [d for d in waiting if d not in taken]
            naming: dict[EntityKey, list[Decision]] = defaultdict(list)
            for decision, (subject, other) in ready:
                if subject != decision.subject or other not in (None, decision.object):
                    moved.append(decision)
                if other is None:
                    naming[subject].append(decision)
                elif other == subject:
                    # one entity has taken up the other: what must be apart has no two ends any more
                    (self.trivial.add if decision.verdict is Verdict.SAME else lost.append)(decision)
                elif decision.verdict is Verdict.SAME:
                    edges.append(_Edge(_SAME, subject, other, (decision,)))
                else:
                    apart.append(_ordered(subject, other))
            for subject, several in naming.items():
                target = _named(subject, several)
                if target == subject:
                    self.trivial.update(several)
                else:
                    edges.append(_Edge(_NAMED, subject, target, tuple(several)))
                    finder.known.add(target)

    def _separated(
        self, edges: Sequence[_Edge], apart: Sequence[tuple[EntityKey, EntityKey]]
    ) -> list[_Group]:
        """Take back the weakest reasons until nothing joins what must stay apart and every name is one."""
        partners: dict[EntityKey, set[EntityKey]] = defaultdict(set)
        for one, other in apart:
            partners[one].add(other)
            partners[other].add(one)
        todo, good = _groups(edges), []
        found: list[Conflict] = []
        while todo:
            group = todo.pop()
            joined = any(partners[key] & group.keys for key in group.keys if key in partners)
            if not joined and (len(group.newest()) == 1 or not group.naming()):
                good.append(group)
                continue
            weakest = min(e.strength for e in group.edges) if joined else _NAMED
            undone = [e for e in group.edges if e.strength == weakest]
            todo += _groups([e for e in group.edges if e.strength != weakest])
            if said := tuple(sorted((d for e in undone for d in e.decisions), key=order)):
                against = self._against(group.keys) if joined else ()
                found.append(differ("identity", (*said, *against)))
        self.conflicts += sorted(found, key=lambda conflict: (conflict.keys, conflict.zh))
        return good

    def _against(self, keys: set[EntityKey]) -> tuple[Decision, ...]:
        """The decisions that keep keys apart."""
        different = (d for d in self.decisions if d.verdict is Verdict.NOT_SAME)
        return tuple(sorted((d for d in different if d.subject in keys and d.object in keys), key=order))


def _ends(decision: Decision, finder: Finder) -> tuple[EntityKey, EntityKey | None] | None:
    """The entities that a decision speaks of, or None while there are none.

    Of two that are the same, and of an old name and a new one, one is enough: a text that is gone takes no name with it.
    """
    subject, target = finder.find(decision.subject), decision.object
    if isinstance(target, EntityKey):
        other = finder.find(target)
        if decision.verdict is Verdict.SAME and (subject or other):
            subject, other = subject or decision.subject, other or target
            finder.known.update((subject, other))
        if decision.verdict is Verdict.NOT_SAME and (subject or other):
            return subject or decision.subject, other or target  # in force, whether or not the other comes
        return None if subject is None or other is None else (subject, other)
    if subject is None and _named(decision.subject, [decision]) in finder.known:
        subject = decision.subject
        finder.known.add(subject)
    return None if subject is None else (subject, None)


def _named(key: EntityKey, decisions: Iterable[Decision]) -> EntityKey:
    """A key with the name and the class that decisions give it."""
    words = {d.verdict: str(d.object) for d in decisions}
    return replace(key, name=words.get(Verdict.RENAME, key.name), cls=words.get(Verdict.CLASS, key.cls))


@dataclass(frozen=True, slots=True)
class _Group:
    """Keys that reasons join, and these reasons."""

    keys: set[EntityKey]
    edges: list[_Edge]

    def naming(self) -> list[_Edge]:
        """The reasons that give a new name or class."""
        return [e for e in self.edges if e.strength == _NAMED]

    def newest(self) -> set[EntityKey]:
        """The new names that no further decision replaces."""
        naming = self.naming()
        return {e.target for e in naming} - {e.source for e in naming}

    def final(self) -> EntityKey:
        """What the group goes by: the new name, else where every reason points, the fullest of several."""
        if newest := self.newest():
            return newest.pop()
        sources = {e.source for e in self.edges}
        return fullest([key for key in self.keys if key not in sources] or list(self.keys))


def _groups(edges: Iterable[_Edge]) -> list[_Group]:
    """The groups that reasons make of keys."""
    of: dict[EntityKey, _Group] = {}
    for edge in edges:
        one = of.setdefault(edge.source, _Group({edge.source}, []))
        other = of.setdefault(edge.target, _Group({edge.target}, []))
        if one is not other:
            if len(one.keys) < len(other.keys):
                one, other = other, one
            one.keys.update(other.keys)
            one.edges.extend(other.edges)
            of.update(dict.fromkeys(other.keys, one))
        one.edges.append(edge)
    return list({id(group): group for group in of.values()}.values())


def _ordered(a: EntityKey, b: EntityKey) -> tuple[EntityKey, EntityKey]:
    return (a, b) if a <= b else (b, a)
