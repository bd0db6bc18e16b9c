"""The full-text index of a store: two-character grams of names and sentences in SQLite's FTS5. Its door.

Chosen by measurement on 100,000 sentences, words of one to eight characters, 95 % of the look-ups below: grams of two
51 ms for some 10,000 hits each (26 MB), FTS5's own grams of three 147 ms, for they find no word of two characters
and scan then, a scan of all texts 106 ms.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import QueryError
from kg.rdf import DCTERMS, KGO, RDF, SKOS, Literal, NamedNode, Triple
from kg.search.fold import fold, initial_pairs, sounds_at, spellings

#: The name of the index within the folder of a store.
FILE: Final = "search.sqlite"

#: No text holds it: it stands behind the last character, which would have no gram else.
_END: Final = "\u3000"
_TYPE: Final = f"{RDF}type"
_LABELS: Final = (f"{SKOS}prefLabel", f"{SKOS}altLabel")
#: What is read of a sentence, and the name of its document.
_SENTENCE: Final = (f"{KGO}text", f"{KGO}start", f"{KGO}inDocument", f"{DCTERMS}identifier")
#: What stands in the Turtle of every subject of which the index takes something.
SIGNS: Final = (b"Label", b":Sentence", b"#Sentence", b"identifier")
_SCHEMA: Final = """
CREATE TABLE name (id INTEGER PRIMARY KEY, iri TEXT, form TEXT, folded TEXT, alias INTEGER);
CREATE TABLE sentence (id INTEGER PRIMARY KEY, iri TEXT);
CREATE VIRTUAL TABLE names USING fts5(grams, sounds, content='', tokenize='ascii');
CREATE VIRTUAL TABLE sentences USING fts5(grams, content='', tokenize='ascii');
"""
#: What is gathered before it is in order: of a sentence and of documents, by the place of the predicate above.
_GATHERED: Final = """
CREATE TEMP TABLE gathered_name (iri TEXT, form TEXT, alias INTEGER);
CREATE TEMP TABLE said (kind INTEGER, iri TEXT, value TEXT);
"""
_IS_SENTENCE: Final = len(_SENTENCE)
#: IRI and text of the sentences by the identifier of the document, the place, and the IRI.
_IN_ORDER: Final = """
WITH one AS (
  SELECT iri, MAX(CASE kind WHEN 0 THEN value END) AS text, MAX(CASE kind WHEN 1 THEN value END) AS start,
         MAX(CASE kind WHEN 2 THEN value END) AS document
  FROM said WHERE kind IN (0, 1, 2, 4) GROUP BY iri HAVING MAX(kind = 4) AND text IS NOT NULL
), named AS (SELECT iri, MAX(value) AS value FROM said WHERE kind = 3 GROUP BY iri)
SELECT one.iri, text FROM one LEFT JOIN named ON named.iri = document
ORDER BY COALESCE(named.value, ''), CAST(COALESCE(start, '0') AS INTEGER), one.iri
"""


class Named(NamedTuple):
    """An entity by a form of its name; a lower rank is a better match."""

    iri: str
    form: str
    rank: float


class Index:
    """Answers which names and which sentences hold a word."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @staticmethod
    def open(path: Path) -> Index:
        """Open the index of a store; raises QueryError when there is none."""
        if not path.is_file():
            raise QueryError("this build has no index for searching; build it again with kg build")
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return Index(sqlite3.connect(address, uri=True, check_same_thread=False))

    def names(self, word: str) -> list[Named]:
        """The entities with a name that holds the word, or in Latin letters its pinyin: each by its best form."""
        folded = _searched(word)
        found: dict[str, Named] = {}
        for iri, form, known, alias in self._forms(folded):
            rank = _rank(known, folded)
            if rank is not None:
                named = Named(iri, form, rank + alias / 2)
                if iri not in found or named.rank < found[iri].rank:
                    found[iri] = named
        return sorted(found.values(), key=lambda named: (named.rank, len(named.form), named.form, named.iri))

    def _forms(self, folded: str) -> Iterator[tuple[str, str, str, int]]:
        asked = [f"grams : {_phrase(folded)}"]
        for way in spellings(folded):
            pairs = (f'"{a[0]}{b[0]}"' for a, b in pairwise(way))
            asked.append(f"sounds : ({' AND '.join(pairs)})" if len(way) > 1 else "")
        query = " OR ".join(filter(None, asked))
        yield from self._connection.execute(
            "SELECT iri, form, folded, alias FROM names JOIN name ON name.id = names.rowid WHERE names MATCH ?",
            (query,),
        )

    def sentences(self, word: str) -> list[str]:
        """The IRIs of the sentences that hold the word, in the order of documents and places."""
        rows = self._connection.execute(
            "SELECT iri FROM sentences JOIN sentence ON sentence.id = sentences.rowid WHERE sentences MATCH ? ORDER BY id",
            (_phrase(_searched(word)),),
        )
        return [iri for (iri,) in rows]


def _searched(word: str) -> str:
    folded = fold(word)
    if not folded:
        raise QueryError(f"{word!r} holds no letter, no figure and no character to search for")
    return folded


def _phrase(folded: str) -> str:
    grams = [a + b for a, b in pairwise(folded)]
    return f'"{" ".join(grams)}"' if grams else f'"{folded}"*'


def _rank(known: str, folded: str) -> float | None:
    if known == folded:
        return 0
    if (at := known.find(folded)) >= 0:
        return 1 if at == 0 else 2
    places = [at for way in spellings(folded) if (at := sounds_at(known, way)) >= 0]
    return None if not places else 3 + (min(places) > 0)


def build(triples: Iterable[Triple], path: Path) -> None:
    """Write the index of a graph into a new file; the same triples give the same rows in the same order."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA temp_store = FILE")
        _fill(connection, triples)


def in_memory(triples: Iterable[Triple]) -> Index:
    """The index of a graph, for a file that is asked once."""
    connection = sqlite3.connect(":memory:")
    _fill(connection, triples)
    return Index(connection)


def _fill(connection: sqlite3.Connection, triples: Iterable[Triple]) -> None:
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_GATHERED} {_SCHEMA}")
    _gather(connection, triples)
    run = connection.execute
    names = run("SELECT DISTINCT iri, form, alias FROM gathered_name ORDER BY iri, form, alias")
    for n, (iri, form, alias) in enumerate(names):
        folded = fold(form)
        run("INSERT INTO name VALUES (?, ?, ?, ?, ?)", (n, iri, form, folded, alias))
        sounds = " ".join(sorted(filter(str.isascii, initial_pairs(folded))))
        run("INSERT INTO names (rowid, grams, sounds) VALUES (?, ?, ?)", (n, _grams(folded), sounds))
    for n, (iri, text) in enumerate(run(_IN_ORDER)):
        run("INSERT INTO sentence VALUES (?, ?)", (n, iri))
        run("INSERT INTO sentences (rowid, grams) VALUES (?, ?)", (n, _grams(fold(text))))
    for table in ("names", "sentences"):
        run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 -- our own names
    connection.commit()


def _grams(folded: str) -> str:
    return " ".join(a + b for a, b in pairwise(folded + _END))


def _gather(connection: sqlite3.Connection, triples: Iterable[Triple]) -> None:
    """Put what is said of names and sentences into tables that are gone with the connection, on the disk when it is much.

    One pass over the files: read from the store on disk, each of these strings takes 40 microseconds.
    """
    connection.executemany("INSERT INTO said VALUES (?, ?, ?)", _told(connection, triples))


def _told(connection: sqlite3.Connection, triples: Iterable[Triple]) -> Iterator[tuple[int, str, str]]:
    for triple in triples:
        predicate, subject, value = triple.predicate.value, triple.subject, triple.object
        if not isinstance(subject, NamedNode) or isinstance(value, Triple):
            continue
        if predicate in _LABELS and isinstance(value, Literal):
            name = subject.value, value.value, _LABELS.index(predicate)
            connection.execute("INSERT INTO gathered_name VALUES (?, ?, ?)", name)
        elif predicate in _SENTENCE:
            yield _SENTENCE.index(predicate), subject.value, value.value
        elif predicate == _TYPE and value.value == f"{KGO}Sentence":
            yield _IS_SENTENCE, subject.value, ""
