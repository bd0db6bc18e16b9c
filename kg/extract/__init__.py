"""Statements: what the sentences say of the entities that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.confidence import Bands
from kg.extract.careers import Careers
from kg.extract.credits import Credits
from kg.extract.duties import Duties
from kg.extract.facts import Facts
from kg.extract.frames import load_frames
from kg.extract.grammar import Grammar
from kg.extract.items import Itemizer
from kg.extract.relations import Relations
from kg.extract.rows import Row
from kg.extract.sequences import Sequences
from kg.extract.signature import approval, beneath, signature, titled
from kg.extract.topic import Topics
from kg.lexicon import Lexicon
from kg.link import Links
from kg.model import BlockKind, Document, EntityKey, Reference, Statement
from kg.recognize.base import Work

#: Numbers of a document in figures and in words (一百七十九亿元); few of those make it one of these.
_DIGITS = re.compile(r"\d+")
_SPELLED = re.compile("[一二三四五六七八九十百千万亿〇○零]{2,}")
_MANY = 8
#: For how many sentences an event is told of: …博览会开幕。现场参会人才9300余人次.
_EVENT_REACH = 2


class Extractor:
    """Reads one document at a time; patterns are loaded once."""

    def __init__(self, lexicon: Lexicon, patterns: Sequence[Path], bands: Bands) -> None:
        self._bands = bands
        self._itemizer = Itemizer(lexicon)
        self._grammar = Grammar(lexicon)
        self._inner = lexicon.words["inner_verbs"]
        self._facts = Facts(lexicon)
        self._careers = Careers(lexicon)
        self._credits = Credits(lexicon)
        groups = frozenset(t.group for triggers in lexicon.triggers.values() for t in triggers)
        self.frames = load_frames(_files(patterns, "frames.toml"), groups)
        self._relations = Relations(self._grammar, self.frames)
        self._duties = Duties(lexicon, self._relations)
        self.sequences = Sequences(_files(patterns, "sequences.toml"))

    def extract(self, document: Document, works: Sequence[Work], links: Links) -> tuple[Statement, ...]:
        """Return the statements of a document, one for each piece of evidence, in reading order."""
        by_sentence: dict[int, list[Reference]] = {}
        for reference in links.references:
            by_sentence.setdefault(reference.mention.sentence, []).append(reference)
        rows = [Row(work, by_sentence.get(work.sentence.index, ()), self._itemizer) for work in works]
        topics = Topics(document, rows, links, self._grammar, self._inner)
        statements: list[Statement] = []
        self._careers.start(links.home)
        numbers = len(_SPELLED.findall(document.text))
        spelled = numbers >= _MANY and 4 * len(_DIGITS.findall(document.text)) < numbers
        recent: list[EntityKey] = []
        event: tuple[EntityKey, int] | None = None  # the last one told of, and in which sentence
        for row in rows:
            sentence = row.sentence
            topics.enter(sentence)
            known = None if sentence.kind is BlockKind.HEADING else topics.current
            statements += self._careers.find(row, known)
            if row.references:
                statements += self._relations.find(row, self._careers.life or known)
                statements += self.sequences.find(row)
            told = list(
                self._facts.extract(
                    row.work,
                    row.references,
                    topics.of_figures(sentence),
                    document.date,
                    nation=topics.country,
                    recent=recent,
                    spelled=spelled,
                    event=event[0] if event and sentence.index - event[1] <= _EVENT_REACH else None,
                )
            )
            if told:
                recent = list(dict.fromkeys([*(s.subject for s in reversed(told)), *recent]))[:4]
                statements += told
            if named := [r.key for r in row.references if r.key.cls == "Event"]:
                event = named[0], sentence.index
            topics.leave(sentence)
        statements += self._duties.find(rows)
        statements += signature(document, works, links)
        statements += beneath(document, works, links)
        statements += titled(document, works, links)
        statements += approval(document, works, links)
        statements += self._credits.find(document, works, links)
        return tuple(self._bands.graded(statements))


def _files(folders: Sequence[Path], name: str) -> list[Path]:
    return [path for folder in folders if (path := folder / name).is_file()]
