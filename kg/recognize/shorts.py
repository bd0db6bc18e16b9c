"""What a text calls a company once it has named it in full: 江州砚川智能装备股份有限公司, then 砚川智能 or 砚川."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from kg.lexicon import Lexicon
from kg.segment import UNKNOWN, in_dictionary, tokenize

#: The form of a company behind its trade, and a bracket in its name.
_FORM = re.compile("(?:股份)?(?:有限)?(?:责任)?公司$")
_BRANCH = re.compile("(?:[分子总母]|项目|工程|合资|合营)公司$")
_BRACKET = re.compile("（[^（）]{1,8}）")
#: Tags of a company's own word, and what such a word looks like that is a place.
_OWN = frozenset({UNKNOWN, "nz", "nr", "nrt", "nrfg"})
_PLACE = re.compile("[省市县区州镇乡村山江河湖海岛]$")
#: Of how many characters the own word of a company is, and its short name.
_WORD = range(2, 6)
_LONGEST = 6


def short_names(lexicon: Lexicon, name: str) -> tuple[str, ...]:
    """The short names by which a text may mean a company: its own word, alone and with the trade behind it.

    A word that is in the dictionary too does not stand for the company alone.
    """
    bare = _BRACKET.sub("", name)
    stem = _FORM.sub("", bare)
    if stem == bare or _BRANCH.search(name):
        return ()
    lead = name[: name.find("（")] if bare != name else ""
    first = tokenize(lead)[:1] if len(lead) in range(3, _LONGEST + 1) and not in_dictionary(lead) else ()
    own = any(t.tag in _OWN or (t.tag == "ns" and ("Place", t.word) not in lexicon.canonical) for t in first)
    return tuple(dict.fromkeys([*((lead,) if own else ()), *_forms(lexicon, stem)]))  # 神州租车（中国）


def _forms(lexicon: Lexicon, stem: str) -> tuple[str, ...]:
    """A company's own word, alone and with the trade behind it, of its name without its legal form."""
    tokens = tokenize(stem)
    first = 0
    while first < len(tokens) and _is_place(lexicon, tokens[first].word, tokens[first].tag):
        first += 1
    unlisted = 0 < first < len(tokens) and ("Place", tokens[first - 1].word) not in lexicon.canonical
    if unlisted and tokens[first].tag not in _OWN:
        first -= 1  # 永中|软件: what only looks like a place
    last = first + (unlisted and tokens[first].tag not in _OWN)
    while last < len(tokens) and tokens[last].tag in _OWN:
        last += 1
    own, trades = tokens[first:last], tokens[last:]
    word = "".join(t.word for t in own)
    if len(word) not in _WORD or not word.isalpha() or _PLACE.search(word):
        return ()
    alone = any(t.tag == UNKNOWN for t in own) and not in_dictionary(word)
    longer = (stem[own[0].start : t.end] for t in trades)
    return (*((word,) if alone else ()), *(form for form in longer if len(form) <= _LONGEST))


def one_each(lexicon: Lexicon, names: Iterable[str]) -> dict[str, str]:
    """The short names that mean one company only of those that a document names in full, with its name."""
    owners: dict[str, set[str]] = {}
    for name in names:
        for short in short_names(lexicon, name):
            owners.setdefault(short, set()).add(name)
    return {short: max(full, key=lambda n: (len(n), n)) for short, full in owners.items() if _are_one(full)}


def _are_one(names: Iterable[str]) -> bool:
    """Whether the names are one and its shorter forms: 砚川科技公司, 江州砚川科技有限公司."""
    stems = sorted((_FORM.sub("", name) for name in names), key=len)
    return all(short in longer for short, longer in pairwise(stems))


def _is_place(lexicon: Lexicon, word: str, tag: str) -> bool:
    return tag == "ns" or ("Place", word) in lexicon.canonical
