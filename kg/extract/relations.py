"""Relations from deeds: every frame that fits a verb's group and the classes of its roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.extract.clauses import with_wider
from kg.extract.deeds import Deed
from kg.extract.frames import Frame
from kg.extract.grammar import Grammar
from kg.extract.items import Item
from kg.extract.rows import Row
from kg.model import SYMMETRIC, EntityKey, Evidence, Sentence, Span, Statement, Status

#: A list of more does not say that each of them acts with each.
_MANY: Final = 6
#: More pairs than these are a crowd, of which the text says of none that the two work together.
_MOST_PAIRS: Final = 12
#: Deeds that need something made: A与B建设|提速 builds A and B, A与B合作 is a deed of both.
_MADE: Final = frozenset({"create", "carry", "work"})

#: How places end that are built and do nothing.
_BUILT: Final = re.compile("(?:机场|车站|大桥|水库|口岸|公路|高速|铁路|高铁|城际|线|站|运河|隧道|通道)$")


class Relations:
    """Reads the relations that verbs tell."""

    def __init__(self, grammar: Grammar, frames: Iterable[Frame]) -> None:
        self._grammar = grammar
        self._frames: dict[str, list[Frame]] = {}
        for frame in frames:
            for group in frame.groups:
                self._frames.setdefault(group, []).append(frame)

    def find(self, row: Row, topic: EntityKey | None) -> Iterator[Statement]:
        """Yield the relations that the verbs of a sentence tell; they need two ends."""
        if len(row.references) + (topic is not None) < 2 or not row.references:
            return
        places: dict[int, int] = {}
        told: set[tuple[EntityKey, str, EntityKey, Status]] = set()
        for deed in self._grammar.deeds(row, topic):
            places = places or {item.start: n for n, clause in enumerate(row.clauses) for item in clause}
            for frame in self._frames.get(deed.group, ()):
                if not _holds(frame, deed, row):
                    continue
                for said in _apply(row, frame, deed, places):
                    if isinstance(said.object, EntityKey):
                        key = (said.subject, said.predicate, said.object, said.evidence[0].status)
                        if key in told:  # 开展|合作, frames of one sense: the sentence says it once
                            continue
                        told.add(key)
                    yield said


def _holds(frame: Frame, deed: Deed, row: Row) -> bool:
    """Whether a frame's condition holds: joint (共同, 联合) or active (no 由, 经, 被)."""
    condition = frame.when
    if deed.intransitive and not deed.by and deed.group in _MADE and frame.target == "partners":
        return row.joint and frame.property in SYMMETRIC
    if deed.group == "organize" and not deed.objects and not row.joint and frame.property in SYMMETRIC:
        return False  # A与B举行会谈: they meet
    if condition == "joint":
        return row.joint and len(deed.agents) <= _MANY
    return not (condition == "active" and deed.by)


def _apply(row: Row, frame: Frame, deed: Deed, places: Mapping[int, int]) -> Iterator[Statement]:
    if frame.property in SYMMETRIC:
        pairs = len(_role(deed, frame.source)) * len(_role(deed, frame.target))
        if pairs > _MOST_PAIRS:
            return
    for source, one in _role(deed, frame.source):
        if source.cls not in frame.source_classes:
            continue
        for target, other in _targets(row, frame, deed):
            if target.cls not in frame.target_classes or target == source:
                continue
            if (
                other is None
                and frame.property == "issuedBy"
                and (_issued_by_another(source.name, target.name) or _is_itself(one))
            ):
                continue
            if frame.source == frame.target and target <= source:
                continue
            if (
                {frame.source, frame.target} == {"patients", "agents"}
                and one in deed.subjects
                and other in deed.subjects
            ):
                continue  # A、B运营: members of one list
            yield statement(
                row.sentence,
                source,
                frame.property,
                target,
                f"frame/{frame.id}{_circumstance(deed, frame, (one, other), places)}",
                [(item.start, item.end) for item in (one, deed.verb, other) if item],
                deed,
            )


def _issued_by_another(title: str, topic: str) -> bool:
    """Whether a title names who issued it, and that is not the topic: 现公布《国务院关于…的决定》."""
    issuer = title.partition("关于")[0]
    return len(issuer) > 1 and issuer != title and topic[:2] not in issuer


def _is_itself(item: Item | None) -> bool:
    """Whether a document speaks of itself: 制定本办法 does not say who did."""
    return item is not None and item.reference is not None and item.reference.mention.rule == "anaphor-own"


def _role(deed: Deed, role: str) -> list[tuple[EntityKey, Item | None]]:
    """Who plays a role, each with its item; the topic has none."""
    items: list[Item] = getattr(deed, role)
    if role == "partners":  # 云江复线和江临铁路将投入运营: a line is nobody's partner
        items = [i for i in items if i.cls != "Place" or not _BUILT.search(i.text)]
    found: list[tuple[EntityKey, Item | None]] = [(i.reference.key, i) for i in items if i.reference]
    if role == "agents" and not found and deed.topic is not None:
        found.append((deed.topic, None))
    return found


def _targets(row: Row, frame: Frame, deed: Deed) -> Iterable[tuple[EntityKey, Item | None]]:
    """Who or what plays the second role; of where something is also the place around it (在云川省江州市)."""
    found = _role(deed, frame.target)
    if frame.property != "locatedIn":
        return found
    wider = with_wider(row.items, [item for _, item in found if item])
    return [*(f for f in found if f[1] is None), *((i.reference.key, i) for i in wider if i.reference)]


def _circumstance(deed: Deed, frame: Frame, ends: Sequence[Item | None], places: Mapping[int, int]) -> str:
    """What makes a frame's match less plain than subject, verb, object in one clause; the weightiest alone.

    The subject is the topic; an end stands in another clause; an end only points back (该园区, 全省); the
    verb stands in a relative clause; 由 or 被 bring the agent.
    """
    items = [item for item in ends if item]
    if len(items) < len(ends):
        return "+topic"
    if any(places.get(item.start) != places.get(deed.verb.start) for item in items):
        return "+far"
    if any(item.reference and item.reference.mention.rule.startswith("anaphor") for item in items):
        return "+anaphor"
    if deed.relative:
        return "+relative"
    return "+by" if deed.by and "agents" in (frame.source, frame.target) else ""


def statement(
    sentence: Sentence,
    subject: EntityKey,
    predicate: str,
    target: EntityKey,
    rule: str,
    marks: Sequence[tuple[int, int]],
    deed: Deed | None = None,
    role: str = "",
) -> Statement:
    """A relation with its evidence; a symmetric one has the smaller key first."""
    if predicate in SYMMETRIC and target < subject:
        subject, target = target, subject
    offset = sentence.span.start
    evidence = Evidence(
        document=sentence.document,
        span=sentence.span,
        rule=rule,
        marks=tuple(sorted({Span(*mark).shift(offset) for mark in marks})),
        status=deed.status if deed else Status.ASSERTED,
        role=role,
    )
    return Statement(subject, predicate, target, (evidence,))
