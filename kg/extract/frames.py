"""Frames as data: which roles of which verbs make which relation (``ontology/patterns/frames.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.model import CLASSES, RELATIONS

ROLES = ("agents", "patients", "objects", "subjects", "at", "partners", "by", "to")
#: Classes that can be an agent when a frame names none.
AGENT_CLASSES = ("Institution", "Place", "Park", "Person")
_KEYS = frozenset(
    [
        "id",
        "groups",
        "property",
        "from",
        "from_classes",
        "to",
        "to_classes",
        "when",
        "example",
        "yields",
        "counter",
    ]
)


@dataclass(frozen=True)
class Frame:
    """One row: verbs of ``groups`` put ``source`` in a relation to ``target`` where the classes fit."""

    id: str
    groups: frozenset[str]
    property: str
    source: str
    source_classes: frozenset[str]
    target: str
    target_classes: frozenset[str]
    when: str
    example: str
    yields: tuple[str, ...]
    counter: str


def load_frames(path: Path, groups: frozenset[str]) -> tuple[Frame, ...]:
    """Read frames; raise DataError for an unknown key, role, class, property or group."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("frame", [])
    except tomllib.TOMLDecodeError as error:
        raise DataError(path, 0, str(error)) from error
    frames = tuple(_frame(path, entry, groups) for entry in entries)
    doubled = {f.id for f in frames if [g.id for g in frames].count(f.id) > 1}
    if doubled:
        raise DataError(path, 0, f"frame {sorted(doubled)[0]} stands here twice")
    return frames


def _frame(path: Path, entry: dict[str, object], groups: frozenset[str]) -> Frame:
    name = str(entry.get("id", "?"))

    def refuse(why: str) -> DataError:
        return DataError(path, 0, f"frame {name}: {why}")

    unknown = set(entry) - _KEYS
    if unknown:
        raise refuse(f"unknown key {sorted(unknown)[0]}; known are {', '.join(sorted(_KEYS))}")
    missing = {"id", "groups", "property", "from", "to", "example", "yields", "counter"} - set(entry)
    if missing:
        raise refuse(f"no {sorted(missing)[0]}")
    frame = Frame(
        id=name,
        groups=frozenset(_texts(entry["groups"])),
        property=str(entry["property"]),
        source=str(entry["from"]),
        source_classes=frozenset(_texts(entry.get("from_classes", AGENT_CLASSES))),
        target=str(entry["to"]),
        target_classes=frozenset(_texts(entry.get("to_classes", AGENT_CLASSES))),
        when=str(entry.get("when", "")),
        example=str(entry["example"]),
        yields=tuple(_texts(entry["yields"])),
        counter=str(entry["counter"]),
    )
    for value, known, what in (
        ([frame.property], RELATIONS, "property"),
        ([frame.source, frame.target], ROLES, "role"),
        (frame.source_classes | frame.target_classes, CLASSES, "class"),
        (frame.groups, sorted(groups), "group"),
        ([frame.when], ("", "joint", "active"), "condition"),
    ):
        for item in sorted(value):
            if item not in known:
                raise refuse(f"{item!r} is no {what}; known are {', '.join(known)}")
    return frame


def _texts(value: object) -> Iterator[str]:
    return (str(v) for v in value) if isinstance(value, Sequence) and not isinstance(value, str) else iter(())
