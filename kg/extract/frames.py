"""Frames as data: which roles of which verbs make which relation (``ontology/patterns/frames.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract.patterns import Entry, entries, refuse_doubles
from kg.model import CLASSES, RELATIONS

ROLES = ("agents", "patients", "objects", "subjects", "at", "partners", "by", "to")
#: Classes that can be an agent when a frame names none.
AGENT_CLASSES = ("Institution", "Place", "Park", "Person")
_REQUIRED = ("id", "groups", "property", "from", "to", "example", "yields", "counter")
_OPTIONAL = ("from_classes", "to_classes", "when")
_CONDITIONS = ("", "joint", "active")


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


def load_frames(paths: Sequence[Path], groups: frozenset[str]) -> tuple[Frame, ...]:
    """Read the frames of all files; raise DataError for an unknown key, role, class, property or group."""
    found = [e for path in paths for e in entries(path, "frame", required=_REQUIRED, optional=_OPTIONAL)]
    refuse_doubles(found)
    return tuple(_frame(entry, groups) for entry in found)


def _frame(entry: Entry, groups: frozenset[str]) -> Frame:
    frame = Frame(
        id=entry.id,
        groups=frozenset(entry.texts("groups")),
        property=entry.text("property"),
        source=entry.text("from"),
        source_classes=frozenset(entry.texts("from_classes", AGENT_CLASSES)),
        target=entry.text("to"),
        target_classes=frozenset(entry.texts("to_classes", AGENT_CLASSES)),
        when=entry.text("when"),
        example=entry.text("example"),
        yields=entry.texts("yields"),
        counter=entry.text("counter"),
    )
    if not frame.groups:
        raise entry.refusal("names no group of triggers", "groups")
    entry.choice("groups", sorted(frame.groups), sorted(groups), "group of triggers.tsv")
    entry.choice("property", [frame.property], RELATIONS, "property")
    entry.choice("from", [frame.source], ROLES, "role")
    entry.choice("to", [frame.target], ROLES, "role")
    entry.choice("from_classes", sorted(frame.source_classes), CLASSES, "class")
    entry.choice("to_classes", sorted(frame.target_classes), CLASSES, "class")
    entry.choice("when", [frame.when], _CONDITIONS, "condition")
    return frame
