"""Statements: what the sentences say of the entities that they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.extract.clauses import is_agent
from kg.extract.credits import Credits
from kg.extract.facts import Facts
from kg.extract.frames import load_frames
from kg.extract.grammar import Grammar
from kg.extract.items import Item, Itemizer, Kind
from kg.extract.relations import relations
from kg.extract.sequences import Sequences
from kg.extract.signature import approval, signature
from kg.lexicon import Lexicon
from kg.link import Links
from kg.model import BlockKind, Document, EntityKey, Reference, Statement
from kg.recognize.base import Work

#: A document has a topic when one agent holds this share of the subjects of its sentences.
_SHARE = 0.4
#: …and is the subject of this share of all its sentences: two of a hundred are chance.
_OFTEN = 0.06


_DATELINE = re.compile(r"[^，。；]{0,24}?\d{1,2}月\d{1,2}日电(?:[\s　]*[（(][^（）()]*[)）])?")


#: Bodies that report on the country: a figure without a subject is the country's.
_CENTRAL = frozenset({"国务院", "中国共产党中央委员会", "全国人民代表大会", "国家统计局"})
#: What a text on the whole country speaks of.
_NATIONAL = re.compile("国内生产总值|全国各族人民|各位代表")


_PASSED = frozenset({Kind.SKIP, Kind.NUMBER})
_VERBAL = frozenset({Kind.VERB, Kind.OTHER_VERB, Kind.PLAN})


class Extractor:
    """Reads one document at a time; patterns are loaded once."""

    def __init__(self, lexicon: Lexicon, patterns: Path) -> None:
        self._itemizer = Itemizer(lexicon)
        self._grammar = Grammar(lexicon)
        self._inner = lexicon.words["inner_verbs"]
        self._facts = Facts(lexicon)
        self._credits = Credits(lexicon)
        groups = frozenset(t.group for triggers in lexicon.triggers.values() for t in triggers)
        self.frames = load_frames(patterns / "frames.toml", groups)
        self.sequences = Sequences(patterns / "sequences.toml")

    def extract(self, document: Document, works: Sequence[Work], links: Links) -> tuple[Statement, ...]:
        """Return the statements of a document, one for each piece of evidence, in reading order."""
        by_sentence: dict[int, list[Reference]] = {}
        for reference in links.references:
            by_sentence.setdefault(reference.mention.sentence, []).append(reference)
        rows = [
            _without_dateline(w, self._itemizer.items(w, by_sentence.get(w.sentence.index, ())))
            for w in works
        ]
        home = self._home(rows, links)
        sticky = home is not None and home.cls == "Place"
        statements: list[Statement] = []
        anchor = document.date
        china = EntityKey("Place", "中国")
        nation = (
            china
            if links.place is None and china in links.aliases and _NATIONAL.search(document.text)
            else None
        )
        country = china if china in links.aliases else None
        recent: list[EntityKey] = []
        topic, block, named = home, -1, -1
        steady = home is not None and (
            home in (links.place, links.sole, links.speaker) or self._reports(rows)
        )
        for work, items in zip(works, rows, strict=True):
            sentence = work.sentence
            if sentence.block != block:
                topic, block = home, sentence.block
            if items:
                known = None if sentence.kind is BlockKind.HEADING else topic
                statements += relations(sentence, items, self._grammar, self.frames, known)
                statements += self.sequences.find(sentence, items)
            facts = by_sentence.get(sentence.index, ())
            near = topic if steady or named == sentence.index - 1 else None
            spoken_of = nation if nation and (topic is None or topic.name in _CENTRAL) else near
            told = list(self._facts.extract(work, facts, spoken_of, anchor, nation=country, recent=recent))
            recent = list(dict.fromkeys([*(s.subject for s in reversed(told)), *recent]))[:4]
            statements += told
            subject = next(
                (i.reference.key for i in self._grammar.subject(items) if i.reference and is_agent(i)), None
            )
            if subject and subject.cls != "Person" and not sticky:
                topic = subject
            if subject and subject == topic:
                named = sentence.index
        statements += signature(document, works, links)
        statements += approval(document, works, links)
        statements += self._credits.find(document, works, links)
        return tuple(statements)

    def _reports(self, rows: Sequence[Sequence[Item]]) -> bool:
        """Whether a text reads like a report: many sentences begin with a verb and name no subject."""
        firsts = [f for items in rows if (f := next((i for i in items if i.kind not in _PASSED), None))]
        verbal = sum(f.kind in _VERBAL or f.text in self._inner for f in firsts)
        return len(firsts) >= 4 and 3 * verbal >= len(firsts)

    def _home(self, rows: Sequence[Sequence[Item]], links: Links) -> EntityKey | None:
        """The agent that the document is about, when one clearly prevails; else the place that does."""
        subjects: Counter[EntityKey] = Counter()
        for items in rows:
            for item in self._grammar.subject(items):
                if item.reference and is_agent(item) and item.cls != "Person":
                    subjects[item.reference.key] += 1
        ranked = sorted(subjects, key=lambda k: (-subjects[k], k))
        least = max(2, _SHARE * sum(subjects.values()), _OFTEN * len(rows))
        if ranked and subjects[ranked[0]] >= least:
            return ranked[0]
        return links.speaker or links.place or (links.sole if self._reports(rows) else None)


def _without_dateline(work: Work, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Drop 新华社北京9月29日电: where a report was written is no subject."""
    dateline = _DATELINE.match(work.text)
    return tuple(i for i in items if i.start >= dateline.end()) if dateline else items
