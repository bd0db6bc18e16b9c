"""Why an error of the score is one, told from the run that made it: what it saw of both ends and of the words between.

For a missed claim the questions are asked in the order of the pipeline, and the first that is answered with no is the
cause: are both ends recognized, linked to what they stand for, of the right class; does a word that carries the
property stand in the sentence? What is left is the grammar's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.gold import Named, normal
from kg.model import EntityKey, Graph, Reference, Sentence, Statement

if TYPE_CHECKING:
    from kg.pipeline import Resources

_GAP: Final = re.compile(r"…+|\.{3,}")
_SPACE: Final = re.compile(r"\s+")


class Cause(StrEnum):
    """Why something was missed or is false, in the order of the pipeline."""

    NAME = "missed name"  # an end is recognized nowhere
    INVENTED = "invented name"  # no entity of the gold
    BOUNDARY = "boundary"  # begins or ends elsewhere
    CLASS = "class"
    LINK = "wrong link"  # taken for another thing, or one thing taken for two
    FAR = "far end"  # an end is not named in the sentence: dropped, or a word that nobody linked
    TRIGGER = "missed trigger"  # no word that carries the property stands there
    GRAMMAR = "grammar"  # both ends and a word are there
    PROPERTY = "wrong property"
    SUBJECT = "wrong subject"
    OBJECT = "wrong object"
    VALUE = "wrong value"
    FIGURE = "missed figure"  # nothing is said of it at all
    UNSAID = "not said"  # true ends, and nothing like it in the gold


class Why(NamedTuple):
    """A cause, what it is about, and the sentence that shows it."""

    cause: Cause
    detail: str = ""
    sentence: str = ""


class Words(NamedTuple):
    """The words that carry each property, and those that end names."""

    carriers: Mapping[str, frozenset[str]] = {}
    heads: tuple[str, ...] = ()


NO_WORDS: Final = Words()


def words_of(resources: Resources) -> Words:
    """Return what causes are told by: triggers of each property's frames, offices for memberOf, and all heads."""
    lexicon = resources.lexicon
    by_group: dict[str, set[str]] = defaultdict(set)
    for word, triggers in lexicon.triggers.items():
        for trigger in triggers:
            by_group[trigger.group].add(word)
    found: dict[str, set[str]] = defaultdict(set)
    for frame in resources.extractor.frames:
        found[frame.property].update(*(by_group[group] for group in frame.groups))
    for word, (label, _) in lexicon.credits.items():
        found[label].add(word)
    found["memberOf"] |= lexicon.words["offices"]
    carriers = {label: frozenset(words) for label, words in found.items()}
    return Words(carriers, tuple(sorted(lexicon.suffixes, key=lambda head: (-len(head), head))))


class Trace:
    """What the run saw in the document of a graph."""

    def __init__(self, graph: Graph, words: Words) -> None:
        self._words = words
        self._sentences = graph.sentences
        self._flat = [_flat(s.text) for s in graph.sentences]
        by_sentence: dict[int, list[Reference]] = defaultdict(list)
        for _, reference in graph.references:
            by_sentence[reference.mention.sentence].append(reference)
        self._references = by_sentence
        self._at = {s.span: s for s in graph.sentences}

    def quoted(self, evidence: str) -> tuple[Sentence, ...]:
        """The sentences that hold the words of the gold's evidence; … stands for any words between."""
        pieces = [piece for piece in _GAP.split(_flat(evidence)) if piece]
        found: list[Sentence] = []
        start = 0
        for piece in pieces:
            hits = [n for n in range(start, len(self._flat)) if piece in self._flat[n]]
            if not hits:
                # Evidence that runs over the end of a sentence, or none of the text's words: (name).
                hits = [n for n in range(len(self._flat) - 1) if piece in self._flat[n] + self._flat[n + 1]][
                    :1
                ]
                hits += [hits[0] + 1] if hits else []
                found += [self._sentences[n] for n in hits]
                continue
            start = hits[0]
            found.append(self._sentences[start])
        return tuple(dict.fromkeys(found))

    def naming(self, names: Iterable[str]) -> str:
        """The first sentence that holds one of the names, or ""."""
        wanted = [normal(name) for name in names]
        holding = (s.text for s in self._sentences if any(name in normal(s.text) for name in wanted))
        return next(holding, "")

    def head(self, names: Sequence[str]) -> str:
        """What is known of how names end: a head that was refused, or that there is none in our lists."""
        head = next((h for n in names for h in self._words.heads if n.endswith(h) and n != h), "")
        return f"its head {head} was refused" if head else "no head of ours"

    def mentioning(self, key: EntityKey) -> str:
        """The first sentence with a reference to an entity, or ""."""
        return next(
            (s.text for s in self._sentences if any(r.key == key for r in self._references[s.index])), ""
        )

    def proofs(self, statement: Statement) -> tuple[Sentence, ...]:
        """The sentences that a statement is taken from."""
        return tuple(self._at[e.span] for e in statement.evidence if e.span in self._at)

    def missed(
        self, label: str, ends: Sequence[tuple[Named, frozenset[EntityKey]]], sentences: Sequence[Sentence]
    ) -> Why:
        """Why a relation between two recognized ends was not found in the sentences of its evidence."""
        references = [r for s in sentences for r in self._references[s.index]]
        for named, keys in ends:
            if not any(r.key in keys for r in references):
                return self._unlinked(named, references, sentences)
        for named, keys in ends:
            other = {key.cls for key in keys} - {named.cls}
            if other and named.cls not in {key.cls for key in keys}:
                return Why(Cause.CLASS, f"{named.name} as {', '.join(sorted(other))}")
        text = "".join(s.text for s in sentences)
        carried = sorted(
            (w for w in self._words.carriers.get(label, ()) if w in text), key=lambda w: (-len(w), w)
        )
        return Why(Cause.GRAMMAR, "、".join(carried[:3])) if carried else Why(Cause.TRIGGER)

    def _unlinked(self, named: Named, references: Iterable[Reference], sentences: Iterable[Sentence]) -> Why:
        """Why no reference of the sentences is to an entity that is recognized elsewhere."""
        names = {normal(name) for name in named.names}
        if taken := next((r for r in references if normal(r.mention.text) in names), None):
            return Why(Cause.LINK, f"{taken.mention.text} is taken for {taken.key.name}")
        if any(self._uncovered(s, name) for s in sentences for name in named.names):
            return Why(Cause.NAME, f"{named.name} is not recognized here")
        return Why(Cause.FAR, f"{named.name} is not named here")

    def _uncovered(self, sentence: Sentence, name: str) -> bool:
        """Whether a sentence holds a name outside of every mention."""
        taken = [r.mention.span.shift(-sentence.span.start) for r in self._references[sentence.index]]
        spans = (match.span() for match in re.finditer(re.escape(name), sentence.text))
        return any(all(end <= t.start or t.end <= start for t in taken) for start, end in spans)


def _flat(text: str) -> str:
    return _SPACE.sub("", text)
