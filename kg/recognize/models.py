"""Products by their marks: Latin letters with digits, …号, a quoted name before 轮 or 舰."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognize.base import Found, Work

_MODEL = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,4}[-]?\d{2,4}[A-Z]?(?![A-Za-z0-9%亿万个家])")
_SHIP = re.compile(r"“[^“”]{2,12}”(?:轮|舰|船|号)(?![一-龥]?主)")


def find_models(work: Work) -> Iterator[Found]:
    """Yield models (AC313A) and vessels (“…”轮)."""
    if any(c.isascii() and c.isupper() for c in work.text):
        for match in _MODEL.finditer(work.text):
            yield Found(match.start(), match.end(), "Technology", "model", 0.6)
    for match in _SHIP.finditer(work.text):
        yield Found(match.start(), match.end(), "Technology", "vessel", 0.8)
