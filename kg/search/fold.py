"""How words are compared: half width, small letters, Simplified, without marks and spaces; and how they sound."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from typing import Final

from kg.ontology import ontology_dir
from kg.tables import rows

#: Longer is no name that anyone spells out; more ways to read it are cut off.
_SPELLED: Final = 24
_WAYS: Final = 64


def fold(text: str) -> str:
    """The form that is compared.

    >>> fold("“丹霞”基金 ＡI"), fold("雲川數谷")
    ('丹霞基金ai', '云川数谷')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_simplified())
    return "".join(char for char in plain.casefold() if char.isalnum())


@cache
def _simplified() -> dict[int, int]:
    path = ontology_dir() / "lexicon" / "traditional.tsv"
    return {ord(a): ord(b) for _, (a, b) in rows(path, ("traditional", "simplified"))}


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, (syllable, characters) in rows(
        ontology_dir() / "lexicon" / "pinyin.tsv", ("syllable", "characters")
    ):
        for char in characters:
            found[char] = (*found.get(char, ()), syllable)
    return found


@cache
def _syllables() -> frozenset[str]:
    return frozenset(syllable for said in _readings().values() for syllable in said)


@cache
def initials(char: str) -> frozenset[str]:
    """The first letters of a character's readings; any other sign stands for itself."""
    return frozenset(said[0] for said in _readings().get(char, (char,)))


def initial_pairs(folded: str) -> set[str]:
    """Every two neighbouring initials that a folded name can be read with.

    >>> sorted(initial_pairs("重庆"))
    ['cq', 'tq', 'zq']
    """
    return {a + b for one, two in pairwise(folded) for a, b in product(initials(one), initials(two))}


@cache
def spellings(latin: str) -> tuple[tuple[str, ...], ...]:
    """How letters can be read as pinyin: initials, or whole syllables.

    >>> spellings("xian")
    (('x', 'i', 'a', 'n'), ('xi', 'an'), ('xian',))
    """
    if len(latin) > _SPELLED * 6 or not latin.isascii():
        return ()
    ways = [tuple(latin)] if 2 <= len(latin) <= _SPELLED else []
    for way in _cut(latin):
        ways.append(way)
        if len(ways) == _WAYS:
            break
    return tuple(ways)


def _cut(latin: str) -> Iterator[tuple[str, ...]]:
    if not latin:
        yield ()
    for end in range(1, min(6, len(latin)) + 1):
        if latin[:end] in _syllables():
            for rest in _cut(latin[end:]):
                yield (latin[:end], *rest)


def sounds_at(folded: str, way: Sequence[str]) -> int:
    """Where a folded name can be read so, or -1; one letter is an initial, more are a syllable.

    >>> sounds_at("云川重庆", ("chong", "qing")), sounds_at("云川", ("y", "c")), sounds_at("云川", ("c", "y"))
    (2, 0, -1)
    """
    for start in range(len(folded) - len(way) + 1):
        if all(_sounds(folded[start + i], part) for i, part in enumerate(way)):
            return start
    return -1


def _sounds(char: str, part: str) -> bool:
    return part in initials(char) if len(part) == 1 else part in _readings().get(char, ())
