"""What a format gives: the lines of a document and what its own head says of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.read.lines import Line


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before layout repair; metadata is "" where the format says nothing.

    One of many in its file has the ``id`` that its row gives, the ``member`` of the archive
    that it comes from, the ``number`` of its row.
    """

    lines: tuple[Line, ...]
    title: str = ""
    date: str = ""
    source: str = ""
    warnings: tuple[str, ...] = ()
    id: str = ""
    member: str = ""
    number: int = 0
