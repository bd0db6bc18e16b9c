"""``kg diff``: what two graphs say differently, in words and as a patch."""

from __future__ import annotations

from kg.diff.compare import Change, Difference, compare, difference
from kg.diff.output import patch, render

__all__ = ["Change", "Difference", "compare", "difference", "patch", "render"]
