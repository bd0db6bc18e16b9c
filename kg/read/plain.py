"""Plain text: the lines are what layout repair works on."""

from __future__ import annotations

from pathlib import Path

from kg.read.draft import Draft
from kg.read.encoding import decode
from kg.read.lines import split_lines


def read_plain(data: bytes, path: Path, encoding: str) -> Draft:
    """Read a text file; raises the errors of ``decode``."""
    return Draft(tuple(split_lines(decode(data, path, encoding=encoding).text)))
