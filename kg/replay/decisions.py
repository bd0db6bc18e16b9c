"""What reviewers decided, by what it is about: the same issue, the same stance, words for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kg.model import Apart, Conflict, Decision, EntityKey, Object, Observation, Reading, Verdict

#: The verdicts on a statement; the others speak of an entity.
ON_STATEMENTS: Final = frozenset({Verdict.RIGHT, Verdict.WRONG, Verdict.UNSURE})


def pairs(decisions: Iterable[Decision]) -> Apart:
    """Return what is never joined: pairs of class and name."""
    return frozenset(
        frozenset({(d.subject.cls, d.subject.name), (d.object.cls, d.object.name)})
        for d in decisions
        if d.verdict is Verdict.NOT_SAME and isinstance(d.object, EntityKey)
    )


def issue(decision: Decision) -> tuple[object, ...]:
    """Return what a decision is about: two on the same issue agree, differ, or replace each other."""
    if decision.verdict in ON_STATEMENTS:
        return ("statement", decision.subject, decision.predicate, content(decision.object))
    if isinstance(decision.object, EntityKey):
        return ("same", *sorted((decision.subject, decision.object)))
    return (decision.verdict.value, decision.subject)


def stance(decision: Decision) -> tuple[str, str]:
    """Return what a decision says on its issue."""
    target = decision.object if isinstance(decision.object, str) and not decision.predicate else ""
    return decision.verdict.value, target


def content(target: Object) -> str:
    """Return a text for the object of a statement; the baseline of a figure is another figure."""
    if isinstance(target, EntityKey):
        return "\t".join(("e", target.cls, target.name, target.scope))
    return _value(target)


def _value(target: Object) -> str:
    if isinstance(target, Observation):
        value = format(target.value.normalize(), "f")
        return "\t".join(("o", target.label, value, target.unit, str(target.time or ""), target.bound))
    assert not isinstance(target, EntityKey)
    return f"v\t{target if isinstance(target, str) else format(target.normalize(), 'f')}"


def by_issue(decisions: Iterable[Decision]) -> dict[tuple[object, ...], tuple[Decision, ...]]:
    """Return the decisions by what they are about, in a fixed order."""
    found: dict[tuple[object, ...], list[Decision]] = defaultdict(list)
    for decision in sorted(decisions, key=order):
        found[issue(decision)].append(decision)
    return {about: tuple(several) for about, several in found.items()}


def order(decision: Decision) -> tuple[object, ...]:
    """Return what decisions are sorted by: what they are about, then who said it and when."""
    about = (decision.subject, decision.predicate, content(decision.object), decision.verdict.value)
    return (*about, decision.reviewer, decision.date, decision.reason, decision.said, decision.statement)


def differ(kind: str, decisions: tuple[Decision, ...]) -> Conflict:
    """Return the conflict of decisions that cannot hold together."""
    first = decisions[0]
    target = first.object
    named = target.name if isinstance(target, EntityKey) else content(target).partition("\t")[2]
    about = first.subject.name
    if first.predicate:
        about = first.said or f"{first.subject.name} {first.predicate} {' '.join(named.split())}"
    said = "；".join(f"{d.reviewer or '未署名'}：{words(d)}" for d in decisions)
    keys = tuple(dict.fromkeys(d.subject for d in decisions))
    return Conflict(kind, f"{about}：评审不一致（{said}），未采用", keys, decisions)


def words(decision: Decision) -> str:
    """Return what a decision says, in Chinese.

    >>> words(Decision(Verdict.RENAME, EntityKey("Fund", "甲基金"), object="乙基金"))
    '更名为“乙基金”'
    """
    target = decision.object
    name = target.name if isinstance(target, EntityKey) else str(target)
    return _WORDS[decision.verdict].format(name=name)


_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.RIGHT: "正确",
    Verdict.WRONG: "错误",
    Verdict.UNSURE: "存疑",
    Verdict.RENAME: "更名为“{name}”",
    Verdict.CLASS: "改类为 {name}",
    Verdict.SAME: "与“{name}”是同一个",
    Verdict.NOT_SAME: "与“{name}”不是同一个",
}


def disputes(decisions: Iterable[Decision]) -> tuple[Conflict, ...]:
    """Return where reviewers say different things of one statement or entity."""
    return tuple(
        differ("verdict" if several[0].verdict in ON_STATEMENTS else "identity", several)
        for several in by_issue(decisions).values()
        if len({stance(d) for d in several}) > 1
    )


def joined(reading: Reading, apart: Apart) -> Apart:
    """Return the pairs that a reading took for one entity though they are apart."""
    if not apart:
        return frozenset()
    partners: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for pair in apart:
        for name in pair:
            partners[name] += pair - {name}
    return frozenset(
        frozenset({(cls, name), other})
        for entity in reading.entities
        for cls, names in [(entity.key.cls, {entity.key.name, *entity.aliases})]
        for name in names
        for other in partners.get((cls, name), ())
        if other[0] == cls and other[1] in names
    )
