"""Names by their heads (…研究院, …基金): find the head, then walk left to where the name begins.

The walk goes over tokens and stops at punctuation, function words and verbs. What was gathered is
then cut at a strong start (两家央企|中国…公司), split at a verb that governs a whole name
(江州市|建设|云川大数据中心), and freed of leading modifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import ahocorasick_rs

from kg.lexicon import Lexicon
from kg.recognize.base import CLOSE_QUOTES, OPEN_QUOTES, PAIRS, Found, Work, is_proper

#: Tags at which the walk ends: particles, pronouns, prepositions, conjunctions, adverbs, directions, times.
_STOP_TAGS = frozenset({"c", "p", "r", "d", "y", "e", "o", "f", "u", "uj", "ul", "uz", "ug", "ud", "uv", "ad", "rr", "rz", "l", "i"})
_CONJUNCTIONS = frozenset("和与及暨")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+|[一二三四五六七八九十百\d]+大|[\d]{1,3}[A-Za-z]*|[一二三四五六七八九十]+届")
_AMOUNT_OF = re.compile(r"元的?$")
_LONGEST = 40
_BRACKETED = re.compile(r"（[^（）]{1,8}）$")


class Span(NamedTuple):
    """Token indexes of a candidate: first token, token that holds the head."""

    first: int
    head: int


class Heads:
    """Finds names that end in a suffix of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._suffixes = sorted(lexicon.suffixes)
        self._automaton = ahocorasick_rs.AhoCorasick(self._suffixes)
        words = lexicon.words
        self._stop = words["stop_words"]
        self._inner = words["inner_verbs"]
        self._generic = words["generic"]
        self._strong = words["strong_starts"]
        self._modifiers = words["generic"] | words["company_nouns"]
        self._verbs = frozenset(lexicon.triggers) | words["prepositions"] | words["pivots"] | words["plan_words"]

    def find(self, work: Work, known: Mapping[int, Found]) -> Iterator[Found]:
        """Yield names; ``known`` maps the start of each listed name to it."""
        for start, end in self._heads(work):
            found = self._name(work, start, end, known)
            if found:
                yield found

    def _heads(self, work: Work) -> list[tuple[int, int]]:
        """Occurrences of suffixes that end where a token does, none inside another."""
        longest: dict[int, int] = {}
        for _, start, end in self._automaton.find_matches_as_indexes(work.text, overlapping=True):
            longest[end] = min(start, longest.get(end, start))
        spans = sorted(longest.items())
        return [
            (start, end)
            for end, start in spans
            if self._is_head(work, start, end)
            and not any(s <= start and end < e for e, s in spans)
        ]

    def _is_head(self, work: Work, start: int, end: int) -> bool:
        """Whether a suffix ends where a token does and is not the tail of a common word (格局)."""
        i = work.last_ending(end)
        if i < 0 or work.tokens[i].end != end:
            return False
        token = work.tokens[i]
        return end - start > 1 or token.start == start or is_proper(token)

    def _name(self, work: Work, start: int, end: int, known: Mapping[int, Found]) -> Found | None:
        suffix = self.lexicon.suffixes[work.text[start:end]]
        head = work.token_at(start)
        first, quoted = self._walk(work, head, known)
        first = self._trim(work, Span(first, head), known, start)
        begin = work.tokens[first].start
        if begin >= start and not quoted:
            return None
        if self._listed_tail(work, begin, end, known):
            return None
        body = work.tokens[first:head]
        if work.tokens[head].start < start:
            body = (*body, work.tokens[head])
        proper = quoted or begin in known or any(is_proper(t) for t in body) or self._opens(work.tokens[first].word)
        content = [t for t in body if t.word not in self._generic and t.word not in self._inner and t.tag[:1] not in "mqx"]
        specific = proper or len(content) >= 1
        funded = suffix.cls == "Fund" and self._behind_amount(work, first)
        if not proper and not funded and all(t.word in self._generic for t in body):
            return None
        if not quoted and begin not in known and self._counted(work, first):
            return None
        governed = funded or self._governed(work, first)
        if suffix.need == "marked":
            if not quoted and begin not in known:
                return None
        elif suffix.need == "place":
            if begin not in known or known[begin].end != start:
                return None
        elif suffix.need == "proper":
            if not proper and not (governed and len(content) >= 1 and suffix.cls in ("Institution", "Event") and end - begin >= 6):
                return None
        elif suffix.need == "content":
            if not specific and not governed:
                return None
            if not proper and not governed:
                return None
        elif not (governed and (proper or len(content) >= 2)) and not (quoted or proper and len(body) >= 2):
            return None
        confidence = 0.9 if proper else 0.7
        return Found(begin, end, suffix.cls, "head", confidence)

    def _governed(self, work: Work, first: int) -> bool:
        """Whether a verb of a relation, or a 的 behind an amount, stands before the name."""
        i = first - 1
        while i >= 0 and work.tokens[i].word in "了过一个这":
            i -= 1
        if i < 0:
            return False
        word = work.tokens[i].word
        return word in self.lexicon.triggers or word == "、"

    def _behind_amount(self, work: Work, first: int) -> bool:
        return bool(_AMOUNT_OF.search(work.text[: work.tokens[first].start]))

    def _counted(self, work: Work, first: int) -> bool:
        """Whether a number stands before the name: 5家主板上市公司 describes and does not name."""
        i = first - 1
        return i >= 0 and work.tokens[i].tag in ("m", "q", "mq") and not _ORDINAL.fullmatch(work.tokens[i].word)

    def _opens(self, word: str) -> bool:
        """Whether a name that begins so is proper: 国家…, 省…厅."""
        return word in self._strong or word in ("省", "市", "区", "县", "州")

    def _listed_tail(self, work: Work, begin: int, end: int, known: Mapping[int, Found]) -> bool:
        """Whether a listed institution ends the stretch: it stands for itself (北京|国务院国资委)."""
        return any(
            f.end == end and f.start > begin and f.cls == "Institution" and (f.end - f.start > 3 or begin not in known)
            for f in known.values()
        )

    def _walk(self, work: Work, head: int, known: Mapping[int, Found]) -> tuple[int, bool]:
        """Go left from the head; return the first token of the name and whether a quote is part of it."""
        tokens, quoted = work.tokens, False
        first, i = head, head - 1
        while i >= 0 and tokens[head].end - tokens[i].start <= _LONGEST:
            token = tokens[i]
            if token.word in CLOSE_QUOTES:
                opening = self._opening(work, i)
                if opening is None or quoted or first != head and tokens[first].start - token.end > 20:
                    break
                quoted, first, i = True, opening, opening - 1
                if i < 0 or not self._prefix(work, i, known):
                    break
                continue
            if token.word == "）":
                match = _BRACKETED.search(work.text[: token.end])
                if not match:
                    break
                first = work.token_at(match.start())
                i = first - 1
                continue
            if token.word in _CONJUNCTIONS and self._crosses(work, i, known):
                first, i = i - 1, i - 2
                continue
            if not self._inside(work, i):
                break
            first, i = i, i - 1
        return first, quoted

    def _prefix(self, work: Work, i: int, known: Mapping[int, Found]) -> bool:
        """Whether the token before a quote belongs to the name: a proper word, no head of its own."""
        token = work.tokens[i]
        ends = any(f.end == token.end for f in known.values())
        return (is_proper(token) or ends or token.word in self._generic or token.tag in ("n", "nz")) and not any(
            token.word.endswith(s) for s in ("平台", "系统", "企业", "项目", "公司")
        ) and self._inside(work, i)

    def _opening(self, work: Work, closing: int) -> int | None:
        for i in range(closing - 1, max(closing - 16, -1), -1):
            word = work.tokens[i].word
            if word in OPEN_QUOTES:
                return i if PAIRS[word] == work.tokens[closing].word else None
            if word in "，。；：！？" or word in CLOSE_QUOTES:
                return None
        return None

    def _inside(self, work: Work, i: int) -> bool:
        token = work.tokens[i]
        word, tag = token.word, token.tag
        if word in self._inner:
            return True
        if word in self._stop:
            return False
        if tag in _STOP_TAGS or not any(c.isalnum() for c in word):
            return word in "·-—" and i > 0
        if word == "一":  # a dash that a scan turned into a numeral
            return 0 < i < len(work.tokens) - 1 and is_proper(work.tokens[i - 1]) and work.tokens[i + 1].word != "批"
        if tag in ("m", "q", "t") or word.isdigit():
            return bool(_ORDINAL.fullmatch(word)) or tag == "q" and i > 0 and work.tokens[i - 1].word.startswith("第")
        if tag.startswith("v") and tag != "vn":
            return is_proper(token)
        return True

    def _crosses(self, work: Work, i: int, known: Mapping[int, Found]) -> bool:
        """Whether 和 joins words inside the name and not two names."""
        if i == 0 or not self._inside(work, i - 1):
            return False
        before = work.tokens[i - 1]
        text = work.text[: before.end]
        if any(f.end == before.end and f.start < before.end for f in known.values()):
            return False
        return not any(text.endswith(s) for s in self._suffixes)

    def _trim(self, work: Work, span: Span, known: Mapping[int, Found], head_start: int) -> int:
        tokens = work.tokens
        first = self._strong_cut(work, span, known)
        first = self._split(work, Span(first, span.head), known)
        while first < span.head:
            token = tokens[first]
            if token.start in known or token.word in OPEN_QUOTES:
                break
            leading = (
                token.word in self._verbs
                or token.tag in ("v", "vn", "vd") and token.word not in self._inner and not is_proper(token)
                or token.tag in ("a", "b", "m", "q") and token.word in self._generic and not _ORDINAL.fullmatch(token.word)
                or token.word in _CONJUNCTIONS
                or token.tag == "m" and not _ORDINAL.fullmatch(token.word)
            )
            if not leading:
                break
            first += 1
        return first

    def _strong_cut(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Skip common nouns that stand before a listed name or 国家, 中国."""
        for k in range(span.first + 1, span.head):
            token = work.tokens[k]
            if token.start in known or token.word in self._strong:
                before = work.tokens[span.first : k]
                if all(t.word in self._modifiers or t.word in self._verbs or t.tag in ("m", "q") for t in before):
                    return k
        return span.first

    def _split(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Cut behind a verb in the middle when a whole name follows it and a whole name precedes it."""
        for k in range(span.head - 1, span.first, -1):
            word = work.tokens[k].word
            if word in self._verbs and word in self._inner:
                after = work.tokens[k + 1]
                left_whole = any(f.end == work.tokens[k].start for f in known.values())
                if left_whole and k + 1 < span.head and (after.start in known or is_proper(after) or after.word in self._strong):
                    return k + 1
        return span.first
