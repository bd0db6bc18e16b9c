"""What every recognizer works on: the folded text of one sentence and its tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.model import Sentence
from kg.segment import UNKNOWN, Columns, Token, columns

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


class Work:
    """One sentence in work; ``text`` is folded and as long as the sentence's own.

    What asks one thing of all tokens reads ``columns``, ``words`` or ``tags``. Tokens are made when they are asked
    for: no rule asks for those of every sixth sentence.
    """

    __slots__ = (
        *("sentence", "text", "lexicon"),
        *("columns", "words", "tags", "_starts", "_ends"),
        *("tokens", "_begun", "_ended"),
    )

    columns: Columns
    words: tuple[str, ...]
    tags: tuple[str, ...]
    tokens: tuple[Token, ...]
    _starts: tuple[int, ...]
    _ends: tuple[int, ...]
    _begun: frozenset[int]
    _ended: frozenset[int]

    def __init__(self, sentence: Sentence, text: str, lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.text = text
        self.lexicon = lexicon

    def __getattr__(self, name: str) -> object:
        """Make what is asked for the first time; from then on it stands in its slot."""
        if name == "tokens":
            self.tokens = self.columns.tokens()
        elif name in ("_begun", "_ended"):
            self._begun, self._ended = frozenset(self._starts), frozenset(self._ends)
        elif name in Work.__slots__:
            self.columns = columns(self.text)
            self._starts, self._ends, self.words, self.tags = self.columns
        else:
            raise AttributeError(name)
        return getattr(self, name)

    def token_at(self, position: int) -> int:
        """Index of the token that covers a position."""
        return bisect_right(self._starts, position) - 1

    def aligned(self, start: int, end: int) -> bool:
        """Whether a stretch begins and ends where tokens do."""
        return start in self._begun and end in self._ended

    def begins(self, position: int) -> bool:
        """Whether a token begins at a position."""
        return position in self._begun

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens of which some character stands between two positions."""
        return self.tokens[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def last_ending(self, position: int) -> int:
        """Index of the last token that ends at or before a position, or -1."""
        return bisect_right(self._ends, position) - 1

    def first_starting(self, position: int) -> int:
        """Index of the first token that starts at or after a position."""
        return bisect_left(self._starts, position)


class Endings:
    """The words in which a text may end, by their last characters, which say no to most of a thousand.

    >>> Endings(["公司", "集团"]).end("江州集团")
    True
    """

    def __init__(self, words: Iterable[str]) -> None:
        last = itemgetter(-1)
        longest_first = sorted(sorted(words, key=len, reverse=True), key=last)
        self._words = {char: tuple(found) for char, found in groupby(longest_first, last)}

    def end(self, text: str) -> bool:
        """Whether one of the words ends a text."""
        return text.endswith(self._words.get(text[-1:], ()))

    def of(self, text: str) -> str:
        """The longest of the words that ends a text, or nothing.

        >>> Endings(["公司", "有限公司"]).of("江州有限公司")
        '有限公司'
        """
        return next((word for word in self._words.get(text[-1:], ()) if text.endswith(word)), "")


def is_proper(token: Token) -> bool:
    """Whether a token can make a name proper: a name by its tag, Latin letters, or unknown."""
    if token.word[-1] in "型级性化式类者们":
        return False
    if token.tag == "nz":
        return len(token.word) <= 3
    return token.tag in PROPER_TAGS or (token.word.isascii() and token.word.isalpha())
