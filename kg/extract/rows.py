"""A sentence as the extractors read it: with its references, its items, its clauses; each is made when it is asked for.

Of the text of newspapers and policies two fifths stand in sentences that name nothing: of these hardly any is ever made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from kg.extract.clauses import clauses, joint
from kg.extract.items import Item, Itemizer
from kg.model import Reference, Sentence
from kg.recognize.base import Work

#: What stands between the name of who issues a document and what it is about.
WRITES = re.compile("关于|印发|转发|批转")
_DATELINE = re.compile(r"[^，。；]{0,24}?\d{1,2}月\d{1,2}日电(?:[\s　]*[（(][^（）()]*[)）])?")


class Row:
    """One sentence in work."""

    def __init__(self, work: Work, references: Sequence[Reference], itemizer: Itemizer) -> None:
        self.work = work
        self.references = references
        self._itemizer = itemizer

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.work.sentence

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items in order, without 新华社北京9月29日电: where a report was written is no subject."""
        items = self._itemizer.items(self.work, [r for r in self.references if not self._issues(r)])
        dateline = _DATELINE.match(self.work.text) if "日电" in self.work.text else None
        return tuple(i for i in items if i.start >= dateline.end()) if dateline else items

    def _issues(self, body: Reference) -> bool:
        """Whether a body only begins a title: it issued the document, and does nothing here (《国务院|关于…的决定》)."""
        if body.key.cls != "Institution":
            return False
        start, end = body.mention.span
        titles = [r for r in self.references if r.key.cls == "Policy" and r.mention.span.start == start]
        return any(end < r.mention.span.end and WRITES.match(r.mention.text, end - start) for r in titles)

    @cached_property
    def clauses(self) -> tuple[list[Item], ...]:
        """The items cut at commas."""
        return tuple(clauses(self.items))

    @cached_property
    def joint(self) -> bool:
        """Whether those who act do so together."""
        return joint(self.items)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of what the sentence names."""
        return frozenset(r.key.cls for r in self.references)
