"""Tasks and who is charged with them: 实施云帆行动，…。（责任单位：省科技厅、省财政厅）.

A bracket that names bodies and their charge speaks of what stands before it in its paragraph, back to the bracket
before. There no subject stands; the bodies are read in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.relations import Relations
from kg.extract.rows import Row
from kg.lexicon import Lexicon
from kg.model import BlockKind, EntityKey, Evidence, Span, Statement

#: What the bodies of a bracket do with what the task names: (property, class). Whether they found what is to be
#: built (设立云江基金) they need not: readers took it for a guess.
_CARRIED: Final = frozenset({("implementedBy", "Project"), ("organizedBy", "Event")})
_BRACKET: Final = re.compile(r"[（(【\[]([^（）()【】\[\]]{4,400})[)）】\]]")
#: More bodies than these share no task.
_MOST: Final = 8


class Duties:
    """Reads them over the rows of a document."""

    def __init__(self, lexicon: Lexicon, relations: Relations) -> None:
        self._relations = relations
        before, behind = (
            "|".join(sorted(lexicon.words[table], key=len, reverse=True))
            for table in ("charge_labels", "charge_words")
        )
        self._charge = re.compile(
            rf"^[^，。；]{{0,12}}(?:{before})[:：]|(?:{before})[:：]|(?:{behind})(?=[，,；;。]|$)"
        )
        self._sign = re.compile("负责|牵头|责任|单位|分工")

    def find(self, rows: Sequence[Row]) -> Iterator[Statement]:
        """Yield what the charged bodies do, as the frames tell it of a dropped subject."""
        since: tuple[int, int] | None = None  # row and offset behind the last bracket of the paragraph
        for n, row in enumerate(rows):
            if not self._sign.search(row.work.text):
                continue
            for bracket in _BRACKET.finditer(row.work.text):
                if not self._charge.search(bracket[1]):
                    continue
                bodies = _bodies(row, bracket.span())
                if 0 < len(bodies) <= _MOST:
                    yield from self._charged(rows, since, (n, bracket.start()), bodies)
                since = n, bracket.end()

    def _charged(
        self,
        rows: Sequence[Row],
        since: tuple[int, int] | None,
        at: tuple[int, int],
        bodies: Mapping[EntityKey, Span],
    ) -> Iterator[Statement]:
        """Yield what a dropped subject does in the stretch before a bracket, said of each of its bodies."""
        last, end = at
        for n in range(_first(rows, since, last), last + 1):
            row = rows[n]
            offset = row.sentence.span.start
            begin = since[1] if since and since[0] == n else 0
            stretch = Span(offset + begin, offset + (end if n == last else len(row.work.text)))
            if not row.references:
                continue
            for key, body in bodies.items():
                for said in self._relations.find(row, key):
                    proof = said.evidence[0]
                    inside = all(stretch.start <= m.start and m.end <= stretch.end for m in proof.marks)
                    topic = proof.rule.endswith("+topic") and said.object == key
                    done = (said.predicate, said.subject.cls)
                    if topic and inside and done in _CARRIED:
                        yield _joined(said, proof, rows[last].sentence.span, body)


def _bodies(row: Row, within: tuple[int, int]) -> dict[EntityKey, Span]:
    """The bodies that a bracket names, each once."""
    inside = Span(*within).shift(row.sentence.span.start)
    found: dict[EntityKey, Span] = {}
    for reference in row.references:
        span = reference.mention.span
        each = row.work.text[span.start - 1 - row.sentence.span.start] in "各有"  # 各市政府
        if reference.key.cls == "Institution" and inside.start < span.start < inside.end and not each:
            found.setdefault(reference.key, span)
    return found


def _first(rows: Sequence[Row], since: tuple[int, int] | None, last: int) -> int:
    """The first row of the task: of the paragraph, behind the bracket before, with the heading over it."""
    first = last
    while first > 0 and rows[first - 1].sentence.block == rows[last].sentence.block:
        first -= 1
    if first > 0 and rows[first - 1].sentence.kind is BlockKind.HEADING:
        first -= 1
    return max(first, since[0]) if since else first


def _joined(said: Statement, proof: Evidence, charge: Span, body: Span) -> Statement:
    """The statement with the bracket in its evidence."""
    span = Span(proof.span.start, max(proof.span.end, charge.end))
    marks = tuple(sorted({*proof.marks, body}))
    return replace(said, evidence=(replace(proof, span=span, marks=marks, rule="duty"),))
