"""Facts with a value: amounts, observations, dates; each with the words that carry it.

A figure speaks of the entity that its clause begins with (江州大学在校生3万名, 全省建成…), else of the
subject of the clause before, else of the topic. Money that is the size of a fund or the whole investment of a
project is its amount; all else is an observation. What is ranked, aged, granted or only limits something is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.bracketed import Bracketed
from kg.extract.context import FactContext
from kg.extract.dating import Dating
from kg.extract.leaders import Leaders
from kg.extract.observations import Observations
from kg.extract.wording import Wording
from kg.lexicon import Lexicon
from kg.model import BlockKind, EntityKey, Reference, Statement
from kg.recognize.base import Work
from kg.recognize.values import Values

#: Who reports stands in front: 本报江州1月16日电（记者 叶知寒）, 云川网消息（新闻联播）：.
_DATELINE = re.compile(r"[^，。；：]{0,24}?(?:\d日电|消息|讯|报道)(?:\s*[（(][^（）()]*[)）])?[：:]?\s*")


#: Without one of these words near its beginning a sentence has no dateline; to try takes 9 µs.
_REPORTS = re.compile("日电|消息|讯|报道")
_DATELINE_LENGTH = 30


class Facts:
    """Reads the facts of sentences; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        wording = Wording(lexicon.roles, lexicon.bounds, lexicon.words["plan_words"])
        leaders = Leaders(lexicon, wording)
        self._values = Values(lexicon.units, lexicon.bounds, lexicon.plans)
        self._dating = Dating(lexicon, wording, leaders)
        self._observations = Observations(lexicon, wording, leaders)
        self._bracketed = Bracketed(wording)

    def extract(
        self,
        work: Work,
        references: Sequence[Reference],
        topic: EntityKey | None,
        anchor: str,
        *,
        nation: EntityKey | None = None,
        recent: Sequence[EntityKey] = (),
        event: EntityKey | None = None,
        spelled: bool = False,
    ) -> Iterator[Statement]:
        """Yield the facts of a sentence.

        ``topic`` is whom a sentence without a subject speaks of, ``anchor`` the document's date (for 今年 and
        9月29日), ``nation`` the country when the document names it, ``recent`` who had figures before,
        ``event`` the event that the sentences before told of,
        ``spelled`` that the document writes its numbers in Chinese digits.
        """
        known = None if work.sentence.kind is BlockKind.HEADING else topic
        spoken_of = references or known or nation or recent or event
        if not spoken_of or not self._values.may_be_in(work.text, anchor):
            return
        offset = work.sentence.span.start
        told = offset + _said_by(work.text)
        outer = _outermost([r for r in references if r.mention.span.start >= told])
        names = [(r.mention.span.start - offset, r.mention.span.end - offset) for r in outer]
        values = self._values.find(work.text, anchor, names)
        if not values:
            return
        context = FactContext(work, outer, values, known, nation, tuple(recent), event, spelled)
        yield from self._dating.find(context)
        yield from self._observations.find(context)
        yield from self._bracketed.find(context)


def _said_by(text: str) -> int:
    """Where the report begins behind its dateline."""
    dateline = _DATELINE.match(text) if _REPORTS.search(text, 0, _DATELINE_LENGTH) else None
    return (
        dateline.end()
        if dateline
        and (
            dateline.group().endswith(("：", ":", "）", ")"))
            or dateline.group().rstrip().endswith("电")
            or "日电" in dateline.group()
        )
        else 0
    )


def _outermost(references: Sequence[Reference]) -> tuple[Reference, ...]:
    ordered = sorted(references, key=lambda r: (r.mention.span.start, -r.mention.span.end))
    found: list[Reference] = []
    for reference in ordered:
        if not found or reference.mention.span.end > found[-1].mention.span.end:
            found.append(reference)
    return tuple(found)
