"""Relations from deeds: every frame that fits a verb's group and the classes of its roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.clauses import joint
from kg.extract.frames import Frame
from kg.extract.grammar import Deed, Grammar
from kg.extract.items import Item
from kg.model import SYMMETRIC, EntityKey, Evidence, Sentence, Span, Statement, Status


def relations(
    sentence: Sentence,
    items: Sequence[Item],
    grammar: Grammar,
    frames: Sequence[Frame],
    topic: EntityKey | None,
) -> Iterator[Statement]:
    """Yield the relations that the verbs of a sentence tell."""
    together = joint(items)
    for deed in grammar.deeds(items, topic):
        for frame in frames:
            if deed.group in frame.groups and _holds(frame.when, deed, together):
                yield from _apply(sentence, frame, deed)


def _holds(condition: str, deed: Deed, together: bool) -> bool:
    """Whether a frame's condition holds: joint (共同, 联合) or active (no 由, 经, 被)."""
    return together if condition == "joint" else not (condition == "active" and deed.by)


def _apply(sentence: Sentence, frame: Frame, deed: Deed) -> Iterator[Statement]:
    sources, targets = _role(deed, frame.source), _role(deed, frame.target)
    if deed.intransitive and frame.source == "patients" and frame.target == "agents":
        targets = _role(deed, "by")
    for source, source_mark in sources:
        if source.cls not in frame.source_classes:
            continue
        for target, target_mark in targets:
            if target.cls not in frame.target_classes or target == source:
                continue
            if frame.source == frame.target and target <= source:
                continue
            yield statement(
                sentence,
                source,
                frame.property,
                target,
                f"frame/{frame.id}",
                frame.confidence,
                [source_mark, (deed.verb.start, deed.verb.end), target_mark],
                deed,
            )


def _role(deed: Deed, role: str) -> list[tuple[EntityKey, tuple[int, int] | None]]:
    items: list[Item] = getattr(deed, role)
    found: list[tuple[EntityKey, tuple[int, int] | None]] = [
        (i.reference.key, (i.start, i.end)) for i in items if i.reference is not None
    ]
    if role == "agents" and not found and deed.topic is not None:
        found.append((deed.topic, None))
    return found


def statement(
    sentence: Sentence,
    subject: EntityKey,
    predicate: str,
    target: EntityKey,
    rule: str,
    confidence: float,
    marks: Sequence[tuple[int, int] | None],
    deed: Deed | None = None,
    role: str = "",
) -> Statement:
    """A relation with its evidence; a symmetric one has the smaller key first."""
    if predicate in SYMMETRIC and target < subject:
        subject, target = target, subject
    offset = sentence.span.start
    spans = sorted({Span(*mark).shift(offset) for mark in marks if mark})
    dropped = any(mark is None for mark in marks)
    evidence = Evidence(
        document=sentence.document,
        span=sentence.span,
        rule=rule + ("+topic" if dropped else ""),
        confidence=round(confidence - 0.1 if dropped else confidence, 2),
        marks=tuple(spans),
        status=deed.status if deed else Status.ASSERTED,
        role=role,
    )
    return Statement(subject, predicate, target, (evidence,))
