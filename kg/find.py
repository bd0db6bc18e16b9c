"""``kg search``: the entities and the sentences that a word is found in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import QueryError, UsageError
from kg.query import Data, Result, evaluate, open_data, result_of
from kg.rdf import Literal

PLACES: Final = ("all", "names", "text")

_COLUMNS: Final = "?what ?words ?name ?document ?start ?iri"
_NAMED: Final = """{{
  VALUES (?n ?iri ?words) {{ {rows} }}
  ?iri skos:prefLabel ?name ; a ?what .
}}"""
_SAID: Final = """{{
  VALUES (?n ?iri) {{ {rows} }}
  ?iri kgo:text ?words ; a ?what ; kgo:start ?start ; kgo:inDocument/dcterms:identifier ?document .
}}"""


def find(source: Path, word: str, *, where: str = "all", limit: int = 20) -> Result:
    """The entities whose names hold the word, the best first, then the sentences that do; 0 is no limit.

    ``where`` is one of PLACES. Raises QueryError when nothing is found.
    """
    if where not in PLACES:
        raise UsageError(f"--in {where}: choose from {', '.join(PLACES)}")
    data = open_data(source)
    parts = []
    if where != "text" and (rows := _named(data, word, limit)):
        parts.append(_NAMED.format(rows=rows))
    if where != "names" and (rows := _said(data, word, limit)):
        parts.append(_SAID.format(rows=rows))
    if not parts:
        raise QueryError(f"nothing in {source} holds {word!r}")
    text = f"SELECT {_COLUMNS} WHERE {{ {' UNION '.join(parts)} }} ORDER BY ?n"
    return result_of(evaluate(data, text), data.prefixes)


def _named(data: Data, word: str, limit: int) -> str:
    names = data.index().names(word)[: limit or None]
    return " ".join(f"({n} <{found.iri}> {Literal(found.form)})" for n, found in enumerate(names))


def _said(data: Data, word: str, limit: int) -> str:
    """Numbered behind all names."""
    sentences = data.index().sentences(word)[: limit or None]
    return " ".join(f"({n} <{iri}>)" for n, iri in enumerate(sentences, 10**9))
