"""Plain text: the lines are what layout repair works on."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read.draft import Draft
from kg.read.encoding import decode
from kg.read.lines import split_lines
from kg.read.source import Input


def read_plain(given: Input) -> Iterator[Draft]:
    """Yield the document of a text file; raises the errors of ``decode``."""
    text = decode(given.read(), given.path, encoding=given.encoding).text
    yield Draft(tuple(split_lines(text)))
