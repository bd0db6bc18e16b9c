"""People: a surname and what follows it, beside an office or a verb of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work

_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fffA-Z]{1,8})+")


class Persons:
    """Finds full names (family and given); a family name with an office (李局长) is none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._surnames = lexicon.words["surnames"]
        self._offices = lexicon.words["offices"]
        self._speech = lexicon.words["speech"]
        self._followers = self._speech | {"团队", "同志", "先生", "女士", "博士", "一行", "课题组"}
        self._office_ends = tuple(sorted(self._offices))

    def find(self, work: Work) -> Iterator[Found]:
        """Yield names that the sentence itself vouches for."""
        tokens = work.tokens
        i = 0
        while i < len(tokens):
            end = self._name_end(work, i)
            if end and self._vouched(work, i, end):
                yield Found(tokens[i].start, tokens[end - 1].end, "Person", "person", 0.85)
                i = end
            else:
                i += 1
        for match in _FOREIGN.finditer(work.text):
            if self._office_before(work, match.start()) or self._office_after(work, match.end()):
                yield Found(match.start(), match.end(), "Person", "person-foreign", 0.8)

    def _name_end(self, work: Work, i: int) -> int:
        """Index behind the last token of a name that starts at token i, or 0."""
        tokens = work.tokens
        first = tokens[i]
        if first.word[0] in "由于和与" or first.word[0] == "任" and self._office_before(work, first.start):
            return 0  # 书记任组长: a verb
        surname = first.word[:2] if first.word[:2] in self._surnames else first.word[:1]
        if surname not in self._surnames:
            return 0
        if len(surname) < len(first.word) <= len(surname) + 2:
            known = rjieba.has_word(first.word)
            if (first.tag in ("nr", "nrt", "nrfg") or not known) and self._given(first.word[len(surname) :]):
                return i + 1 + self._third(work, i, surname)
            return 0
        if first.word != surname or i + 1 >= len(tokens):
            return 0
        given = tokens[i + 1]
        if len(given.word) == 2 and self._given(given.word) and given.word not in self.lexicon.triggers and given.word not in self.lexicon.suffixes:
            return i + 2
        if len(given.word) == 1 and self._given(given.word):
            if i + 2 < len(tokens) and len(tokens[i + 2].word) == 1 and self._given(tokens[i + 2].word):
                return i + 3
            return i + 2
        return 0

    def _third(self, work: Work, i: int, surname: str) -> int:
        """1 when the third character of a name was cut off (范集|湘), else 0."""
        if len(work.tokens[i].word) != len(surname) + 1 or i + 2 >= len(work.tokens):
            return 0
        token, after = work.tokens[i + 1], work.tokens[i + 2]
        plain = len(token.word) == 1 and token.tag[:1] in ("n", "j", "a", "z", "o", "g") and self._given(token.word)
        return int(plain and (after.word in self._speech or after.word in "，。、；："))

    def _given(self, text: str) -> bool:
        return bool(re.fullmatch(r"[\u4e00-\u9fff]{1,2}", text)) and not any(
            c in "的了在和与是为说等及对从向把被这那将要也都还有不个我你他她省市县区某摄" for c in text
        )

    def _vouched(self, work: Work, i: int, end: int) -> bool:
        tokens = work.tokens
        if self._office_after(work, tokens[end - 1].end):
            return True
        if self._office_before(work, tokens[i].start):
            return end >= len(tokens) or tokens[end].tag[:1] != "n" or tokens[end].word in self._followers
        whole = tokens[end - 1].end - tokens[i].start
        nominal = end == i + 1 and tokens[i].tag in ("nr", "nrt", "nrfg") or not rjieba.has_word(tokens[i].word)
        return whole >= 2 and nominal and end < len(tokens) and tokens[end].word in self._speech

    def _office_before(self, work: Work, start: int) -> bool:
        before = work.text[max(0, start - 8) : start].rstrip("、 ")
        return before.endswith(self._office_ends)

    def _office_after(self, work: Work, end: int) -> bool:
        after = work.text[end : end + 8]
        return any(after.startswith(o) for o in self._offices)

