"""Names of the public lists, found by one automaton."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.automaton import Automaton
from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work
from kg.segment import in_dictionary

#: A province by its one character, where a preposition of place makes it one (在川落地).
_ABBREVIATED = re.compile(r"[在来入驻赴离]([\u4e00-\u9fff])")
#: Last characters that make another word of the end of a name.
_WORDS_GO_ON = frozenset({"业", "系", "界", "圈", "部门", "类", "股", "法", "权", "化", "制", "者"})


#: To where a page leads from a name, in brackets: 云海集团（微博）.
_LINKS = re.compile("(?:微博|股吧|博客)）")


class Gazetteer:
    """One automaton over every listed form; the longest form at the leftmost place wins, of those that stand where the tokens cut."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms = [form for form in lexicon.names if len(form) > 1]
        self._short = frozenset(
            form for form in lexicon.names if len(form) == 1 and form not in "新青黑吉云贵宁台藏苏甘秦蒙港京"
        )  # common words
        self._classes = [lexicon.names[form][0].cls for form in self._forms]
        self._automaton = Automaton(self._forms)
        self._own = lexicon.own
        self._canonical = lexicon.canonical

    def _cut_in(self, work: Work, end: int) -> bool:
        """Whether a name would end inside a word that goes on (中国银行|业)."""
        token = work.tokens[work.token_at(end - 1)]
        rest = work.text[end : token.end]
        if not rest and work.text[end : end + 1] == "业":
            return True  # 中国银行|业
        if work.text[end - 1] == "法" and work.text.startswith("律", end):
            return True  # 职业教育法|律法规
        return bool(rest) and in_dictionary(token.word) and len(token.word) > 2 and rest in _WORDS_GO_ON

    def _composed(self, work: Work, start: int, end: int) -> bool:
        """Whether a place stands in a word that is places alone (福建|厦门)."""
        token = work.tokens[work.token_at(start)]
        if not (token.start <= start and end <= token.end) or token.tag not in ("ns", "nz"):
            return False
        rest = (work.text[token.start : start], work.text[end : token.end])
        return all(not part or (len(part) > 1 and ("Place", part) in self._canonical) for part in rest)

    def find(self, work: Work) -> Iterator[Found]:
        """Yield listed names; a form of under four characters, of a user's own under three, must stand where the tokens cut."""
        hits = [
            (start, -end, index)
            for index, start, end in self._automaton.find(work.text)
            if (
                end - start >= (3 if self._forms[index] in self._own else 4)
                or work.aligned(start, end)
                or self._composed(work, start, end)
            )
            and not self._cut_in(work, end)
            and not (work.text[start - 1 : start] == "（" and _LINKS.match(work.text, start))
        ]
        taken = 0
        for start, negative, index in sorted(hits):  # the leftmost, and of these the longest
            if start >= taken:
                taken = -negative
                yield Found(start, taken, self._classes[index], "gazetteer", 0.95)
        for match in _ABBREVIATED.finditer(work.text):
            if match.group(1) in self._short and work.aligned(match.start(1), match.end(1)):
                yield Found(match.start(1), match.end(1), "Place", "gazetteer-short", 0.8)
