"""What every recognizer works on: the folded text of one sentence and its tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.model import Sentence
from kg.segment import UNKNOWN, Token, tokenize

OPEN_QUOTES = "“「『‘"
CLOSE_QUOTES = "”」』’"
PAIRS = dict(zip(OPEN_QUOTES, CLOSE_QUOTES, strict=True))

#: Tags of tokens that are proper by themselves: persons, places, bodies, Latin, unknown words.
PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "eng", UNKNOWN})


class Found(NamedTuple):
    """A candidate name in a sentence: offsets in its text, class, rule and confidence."""

    start: int
    end: int
    cls: str
    rule: str
    confidence: float


@dataclass
class Work:
    """One sentence in work; ``text`` is folded and as long as the sentence's own."""

    sentence: Sentence
    text: str
    lexicon: Lexicon

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Tokens of the folded text."""
        return tokenize(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.end for t in self.tokens]

    def token_at(self, position: int) -> int:
        """Index of the token that covers a position."""
        return bisect_right(self._starts, position) - 1

    def aligned(self, start: int, end: int) -> bool:
        """Whether a stretch begins and ends where tokens do."""
        i, j = bisect_left(self._starts, start), bisect_left(self._ends, end)
        return (
            i < len(self._starts)
            and self._starts[i] == start
            and j < len(self._ends)
            and self._ends[j] == end
        )

    def last_ending(self, position: int) -> int:
        """Index of the last token that ends at or before a position, or -1."""
        return bisect_right(self._ends, position) - 1

    def first_starting(self, position: int) -> int:
        """Index of the first token that starts at or after a position."""
        return bisect_left(self._starts, position)


def is_proper(token: Token) -> bool:
    """Whether a token can make a name proper: a name by its tag, Latin letters, or unknown."""
    if token.word[-1] in "型级性化式类者们":
        return False
    if token.tag == "nz":
        return len(token.word) <= 3
    return token.tag in PROPER_TAGS or (token.word.isascii() and token.word.isalpha())
