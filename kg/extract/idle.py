"""Rows of a user's folder that nothing would ever use: refused, for they are mostly slips of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.confidence import COLUMNS, TABLE
from kg.extract.frames import Frame
from kg.extract.sequences import Pattern
from kg.lexicon import ontology_dir
from kg.tables import Tables

_TRIGGERS = ("word", "group", "status")


def refuse_idle(own: Path, frames: Iterable[Frame], sequences: Iterable[Pattern]) -> None:
    """Raise DataError for a trigger whose group, or a construction whose pattern, is unknown."""
    ours, theirs, frames = Tables(ontology_dir() / "lexicon"), Tables(own), tuple(frames)
    groups = {row.cells[1] for row in ours.rows("triggers.tsv", _TRIGGERS)}
    groups |= {group for frame in frames for group in frame.groups}
    for row in theirs.rows("triggers.tsv", _TRIGGERS):
        row.choice(row.cells[1], groups, "no frame names the group")
    known = {row.cells[0] for row in ours.rows(TABLE, COLUMNS)}
    known |= {f"frame/{frame.id}" for frame in frames} | {f"sequence/{one.id}" for one in sequences}
    for row in theirs.rows(TABLE, COLUMNS):
        row.choice(row.cells[0], known, "no rule has the construction")
