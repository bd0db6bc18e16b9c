"""What holds over all documents, learned in two passes over their readings and applied to one reading at a time.

    reading* → names → (learned aliases, decisions about entities) → statements that decisions mean → Rulings
    reading + Rulings → reading

A reading changed so depends on the rulings that concern it and on nothing else, so that documents can be worked on
one by one, anywhere, and the graph does not depend on how they were divided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_

from kg.aliases import Names
from kg.identity import renamed
from kg.model import (
    SYMMETRIC,
    Conflict,
    Decision,
    EntityKey,
    Identities,
    Object,
    Observation,
    Reading,
    Replay,
    Statement,
    Verdict,
)
from kg.replay.decisions import ON_STATEMENTS, content, disputes, order
from kg.replay.settle import Finder, Settled, settle

#: What a statement says: subject, predicate, and the content of its object.
_Claim = tuple[EntityKey, str, str]
#: The same without scope and class.
_Loose = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What to do with a reading, and what to say of all: identities, conflicts, how the decisions fared."""

    names: Mapping[EntityKey, EntityKey] = field(default_factory=dict)
    verdicts: Mapping[_Claim, tuple[Decision, ...]] = field(default_factory=dict)
    identities: Identities = field(default_factory=Identities)
    conflicts: tuple[Conflict, ...] = ()
    replay: Replay = field(default_factory=Replay)

    def apply(self, reading: Reading) -> Reading:
        """Give the reading's entities their keys and its statements their reviews; itself when nothing changes."""
        changed = renamed(reading, self.names) if self.names else reading
        statements = [_straight(s) for s in changed.statements]
        if changed is not reading:  # two that became one stand in no relation to each other
            statements = [s for s in statements if s.subject != s.object]
        if self.verdicts:
            statements = [self._reviewed(s) for s in statements]
        same = len(statements) == len(changed.statements) and all(map(is_, statements, changed.statements))
        return changed if same else replace(changed, statements=tuple(statements))

    def _reviewed(self, statement: Statement) -> Statement:
        reviews = self.verdicts.get(claim(statement), ())
        cut = self._cut(statement.subject, statement.object)
        if not reviews and cut == statement.object:
            return statement
        return replace(statement, object=cut, reviews=reviews)

    def _cut(self, subject: EntityKey, target: Object) -> Object:
        """A figure without the baseline that was rejected as a statement of its own."""
        if not isinstance(target, Observation) or target.baseline is None:
            return target
        baseline = self._cut(subject, target.baseline)
        assert isinstance(baseline, Observation)
        reviews = self.verdicts.get((subject, "observation", content(baseline)), ())
        wrong = bool(reviews) and all(d.verdict is Verdict.WRONG for d in reviews)
        return replace(target, baseline=None if wrong else baseline)


def claim(statement: Statement) -> _Claim:
    """Return what a statement says."""
    return statement.subject, statement.predicate, content(statement.object)


def rule(
    readings: Callable[[], Iterable[Reading]],
    decisions: Sequence[Decision] = (),
    *,
    names: Names | None = None,
) -> Rulings:
    """Learn what holds over all readings; ``readings`` gives them anew for each of the two passes.

    The first pass is left out when it was made and gave ``names``, the second when no statement was decided.
    """
    if names is None:
        names = Names()
        for reading in readings():
            names.add(reading)
    table = names.table()
    settled = settle(names.aliases, table.replaced, decisions)
    on_statements = sorted((d for d in decisions if d.verdict in ON_STATEMENTS), key=order)
    verdicts, moved, lost = _found(readings, on_statements, settled, names) if on_statements else ({}, [], [])
    differing = disputes(on_statements)
    silent = {d for conflict in (*differing, *settled.conflicts) for d in conflict.decisions}
    gone = {*lost, *settled.lost}
    holding = [d for d in decisions if d not in gone and d not in silent]
    return Rulings(
        settled.names,
        verdicts,
        _identities(settled, names, table.replaced, silent),
        (*differing, *settled.conflicts, *table.conflicts),
        Replay(
            tuple(sorted(holding, key=order)),
            tuple(sorted((*moved, *settled.moved), key=order)),
            tuple(sorted((*lost, *settled.lost), key=order)),
        ),
    )


def _identities(
    settled: Settled, names: Names, learned: Iterable[EntityKey], silent: Container[Decision]
) -> Identities:
    """What to say of keys; of one that nothing carries nothing is said."""
    in_use = {settled.names.get(key, key) for key in names.aliases}
    return Identities(
        tuple(sorted((old, new) for old, new in settled.names.items() if new in in_use)),
        tuple(pair for pair in settled.apart if in_use.issuperset(pair)),
        tuple(
            (key, decision)
            for key, decision in settled.decided
            if key in in_use and (decision not in silent or decision.verdict is Verdict.NOT_SAME)
        ),
        tuple(sorted((old, settled.names[old]) for old in learned if old in settled.names)),
    )


def _found(
    readings: Callable[[], Iterable[Reading]], decisions: Sequence[Decision], settled: Settled, names: Names
) -> tuple[dict[_Claim, tuple[Decision, ...]], list[Decision], list[Decision]]:
    """The statements that decisions mean: what they say, else the only one of the same names."""
    searched = _Search(settled, names, decisions)
    for reading in readings():
        searched.see(reading)
    found: dict[_Claim, list[Decision]] = defaultdict(list)
    moved, lost = [], []
    for decision in decisions:
        meant = searched.meant(decision)
        if meant is None:
            lost.append(decision)
            continue
        found[meant].append(decision)
        if meant != (decision.subject, decision.predicate, content(decision.object)):
            moved.append(decision)
    return {said: tuple(several) for said, several in found.items()}, moved, lost


class _Search:
    """Sees every statement once and keeps those that a decision may mean."""

    def __init__(self, settled: Settled, names: Names, decisions: Sequence[Decision]) -> None:
        self._names = settled.names
        self._keys = self._meant_keys(settled, names, decisions)
        self._wanted = {self._loose(*self._placed(d)) for d in decisions}
        self._seen: dict[_Loose, set[_Claim]] = defaultdict(set)

    def _meant_keys(
        self, settled: Settled, names: Names, decisions: Sequence[Decision]
    ) -> Mapping[EntityKey, EntityKey]:
        asked = {k for d in decisions for k in (d.subject, d.object) if isinstance(k, EntityKey)}
        finder = Finder(names.aliases, asked)
        found = {}
        for key in asked:
            now = settled.names.get(key) or finder.find(key) or key
            found[key] = settled.names.get(now, now)
        return found

    def _placed(self, decision: Decision) -> tuple[EntityKey, str, Object]:
        target = decision.object
        subject = self._keys[decision.subject]
        placed = self._keys[target] if isinstance(target, EntityKey) else target
        if decision.predicate in SYMMETRIC and isinstance(placed, EntityKey):
            subject, placed = min(subject, placed), max(subject, placed)
        return subject, decision.predicate, placed

    @staticmethod
    def _loose(subject: EntityKey, predicate: str, target: Object) -> _Loose:
        return (
            subject.name,
            predicate,
            f"e\t{target.name}" if isinstance(target, EntityKey) else content(target),
        )

    def see(self, reading: Reading) -> None:
        """Take the statements of a reading."""
        for statement in reading.statements:
            now = _straight(_renamed(statement, self._names))
            loose = self._loose(now.subject, now.predicate, now.object)
            if loose in self._wanted and now.subject != now.object:
                self._seen[loose].add(claim(now))

    def meant(self, decision: Decision) -> _Claim | None:
        """Return what the statement of a decision says now, or None."""
        subject, predicate, target = self._placed(decision)
        candidates = self._seen[self._loose(subject, predicate, target)]
        exact = (subject, predicate, content(target))
        if exact in candidates:
            return exact
        return next(iter(candidates)) if len(candidates) == 1 else None


def _renamed(statement: Statement, names: Mapping[EntityKey, EntityKey]) -> Statement:
    subject, target = statement.subject, statement.object
    if isinstance(target, EntityKey):
        target = names.get(target, target)
    return replace(statement, subject=names.get(subject, subject), object=target)


def _straight(statement: Statement) -> Statement:
    """What holds both ways is written once, the smaller key first."""
    subject, target = statement.subject, statement.object
    if statement.predicate in SYMMETRIC and isinstance(target, EntityKey) and target < subject:
        return replace(statement, subject=target, object=subject)
    return statement
