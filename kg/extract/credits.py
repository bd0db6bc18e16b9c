"""What pages say in labelled lines: 主办单位：A、B　承办单位：C, 发文机关：D."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.link import Links
from kg.model import Document, EntityKey, Evidence, Reference, Span, Statement
from kg.recognize.base import Work

#: Classes that can stand behind a label, by relation.
_BEHIND = {"locatedIn": frozenset({"Place", "Park"})}
_AGENTS = frozenset({"Institution", "Place", "Park"})


_SESSION = re.compile("第[一二三四五六七八九十百\\d]+次(?:全体)?会议$")
_COLON = re.compile("[:：]")


class Credits:
    """Reads labelled lines by the labels of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._credits = lexicon.credits
        labels = "|".join(sorted(map(re.escape, self._credits), key=len, reverse=True))
        self._label = re.compile(rf"(?:^|[\s，。；、（])({labels})[:：]")

    def find(self, document: Document, works: Sequence[Work], links: Links) -> Iterator[Statement]:
        """Yield what the labels tell of the document's main event, or of the policy that it is."""
        subjects = {"Event": _main(links, "Event"), "Policy": _own_policy(links)}
        if not any(subjects.values()):
            return
        by_sentence: dict[int, list[Reference]] = {}
        for reference in links.references:
            by_sentence.setdefault(reference.mention.sentence, []).append(reference)
        for work in works:
            labels = list(self._label.finditer(work.text)) if _COLON.search(work.text) else []
            for n, label in enumerate(labels):
                predicate, cls = self._credits[label.group(1)]
                subject = subjects.get(cls)
                if subject is None:
                    continue
                offset = work.sentence.span.start
                end = labels[n + 1].start() if n + 1 < len(labels) else len(work.text)
                for reference in by_sentence.get(work.sentence.index, ()):
                    span = reference.mention.span
                    allowed = reference.key.cls in _BEHIND.get(predicate, _AGENTS)
                    if allowed and label.end() <= span.start - offset < end and reference.key != subject:
                        marks = (Span(*label.span(1)).shift(offset), span)
                        proof = Evidence(document.id, work.sentence.span, "credit", marks=marks)
                        yield Statement(subject, predicate, reference.key, (proof,))


def _main(links: Links, cls: str) -> EntityKey | None:
    """The first entity of a class that the document names: a page names its event before the parts of it.

    A numbered session (…委员会第六次会议) is what others speak of: no page credits who held it.
    """
    return next(
        (
            r.key
            for r in links.references
            if r.key.cls == cls and r.mention.rule != "session" and not _SESSION.search(r.key.name)
        ),
        None,
    )


def _own_policy(links: Links) -> EntityKey | None:
    return next((r.key for r in links.references if r.mention.rule == "title-line"), None)
