"""The index in SPARQL: ``?entity search:name "词"`` and ``?sentence search:text "词"``.

No such triples exist. Before the engine reads a query, each pair of predicate and text becomes a path of no steps to a
variable (``<urn:…>? ?found1``: the subject itself), and the group around it begins with the IRIs that the index found
(``VALUES ?found1 { … }``). The engine then joins them as it joins anything: the pattern may stand wherever a triple
with a path may. Another engine takes the query as it is, and finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from kg.errors import QueryError
from kg.rdf import Literal, NamedNode, QuerySolutions, Store
from kg.syntax import WORD

NAMESPACE: Final = "https://w3id.org/policykg/search#"
#: Known without being declared, beside those of the vocabularies.
PREFIXES: Final[Mapping[str, str]] = {"search": NAMESPACE}
KINDS: Final = ("name", "text")

#: So many IRIs of a word still read faster than the query that holds them runs.
_MOST: Final = 50_000
_NEVER: Final = "<urn:policykg:never>?"
_VARIABLE: Final = "policykgFound"

Find = Callable[[str, str], Sequence[str]]


def rewritten(text: str, prefixes: Mapping[str, str], find: Find) -> str:
    """The query with what ``find(kind, word)`` gives in the place of each search; the same text when it holds none.

    The query must parse. A QueryError says when a search has no text in quotes or finds too much.
    """
    words = [word for word in WORD.finditer(text) if not word[0].startswith("#")]
    known = _prefixes(words, prefixes)
    if not any(_kind(word[0], known) for word in words):
        return text
    query = _Query(text, words)
    opened: list[int] = []
    for i, word in enumerate(words):
        if word[0] == "{":
            opened.append(word.end())
        elif word[0] == "}" and opened:
            opened.pop()
        elif kind := _kind(word[0], known):
            if not opened:
                raise _misplaced(word[0])
            query.search(i, opened[-1], partial(_found, find, kind))
    return _named(query.text(), words, prefixes)


class _Query:
    """A text and what is put into it."""

    def __init__(self, text: str, words: Sequence[re.Match[str]]) -> None:
        self._text = text
        self._words = words
        self._cuts: list[tuple[int, int, str]] = []
        self._count = 0

    def search(self, at: int, group: int, found: Callable[[str], str]) -> None:
        """Replace predicate and texts; a text behind a comma is a further search of the same subject."""
        pairs = []
        end = at
        while True:
            literal = self._words[end + 1] if end + 1 < len(self._words) else None
            if literal is None or literal[0][0] not in "\"'":
                raise _misplaced(self._words[at][0])
            self._count += 1
            variable = f"?{_VARIABLE}{self._count}"
            pairs.append(f"{_NEVER} {variable}")
            self._cuts.append((group, group, f" VALUES {variable} {{ {found(literal[0])} }}"))
            end += 1
            if end + 1 < len(self._words) and self._words[end + 1][0].startswith("@"):
                end += 1
            if end + 1 == len(self._words) or self._words[end + 1][0] != ",":
                break
            end += 1
        self._cuts.append((self._words[at].start(), self._words[end].end(), " ; ".join(pairs)))

    def text(self) -> str:
        """The whole."""
        parts, at = [], 0
        for start, end, new in sorted(self._cuts, key=lambda cut: cut[:2]):
            parts += [self._text[at:start], new]
            at = end
        return "".join([*parts, self._text[at:]])


def _prefixes(words: Sequence[re.Match[str]], prefixes: Mapping[str, str]) -> dict[str, str]:
    declared = {
        name[0].removesuffix(":"): iri[0][1:-1]
        for keyword, name, iri in zip(words, words[1:], words[2:], strict=False)
        if keyword[0].upper() == "PREFIX" and iri[0].startswith("<")
    }
    return {**prefixes, **declared}


def _kind(word: str, prefixes: Mapping[str, str]) -> str:
    """Which search a word of the query is, if any."""
    prefix, colon, local = word.partition(":")
    iri = word[1:-1] if word.startswith("<") else prefixes.get(prefix, "") + local if colon else ""
    kind = iri.removeprefix(NAMESPACE) if iri.startswith(NAMESPACE) else ""
    return kind if kind in KINDS else ""


def _found(find: Find, kind: str, literal: str) -> str:
    answer = Store().query(f"SELECT ({literal} AS ?x) {{}}")
    assert isinstance(answer, QuerySolutions)
    term = next(iter(answer))[0]
    assert isinstance(term, Literal)
    iris = find(kind, term.value)
    if len(iris) > _MOST:
        raise QueryError(f"search:{kind} {literal} finds more than {_MOST}; give a longer word")
    return " ".join(str(NamedNode(iri)) for iri in iris)


def _named(text: str, words: Sequence[re.Match[str]], prefixes: Mapping[str, str]) -> str:
    """``SELECT *`` with the variables of the query itself: those that hold what was found are ours."""
    try:
        answer = Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise _misplaced("search:name") from error
    star = _star(words)
    if star is None or not isinstance(answer, QuerySolutions):
        return text
    named = " ".join(str(v) for v in answer.variables if not v.value.startswith(_VARIABLE))
    return text[: star.start()] + named + text[star.end() :] if named else text


def _star(words: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The star of the outermost SELECT, which stands before every group, so that nothing was put in before it."""
    for i, word in enumerate(words):
        if word[0] == "{":
            return None
        if word[0].upper() == "SELECT":
            rest = [w for w in words[i + 1 : i + 3] if w[0].upper() not in ("DISTINCT", "REDUCED")]
            return rest[0] if rest and rest[0][0] == "*" else None
    return None


def _misplaced(word: str) -> QueryError:
    return QueryError(
        f'{word} cannot stand here: in a pattern, it is a predicate before a text in quotes, as ?entity search:name "云川"'
    )
