"""The state of a build on disk: the parts of its documents in one SQLite file, sorted by subject.

The files of a build are scans of it, so that no build holds a graph in memory; a build after a change takes out
what the changed documents said and puts in what they say now. A part and its document go in by one transaction:
what a killed build had done is there, and nothing of it by half. Another door to sqlite3 than that of the search.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from kg.part import EVIDENCE_FILE, GRAPH_FILE, Form, Made, Part, join

#: The name of the file in the folder of kept work.
FILE: Final = "ledger.sqlite"

#: Raise it when a table changes: a ledger of another version is made anew.
_VERSION: Final = 3
#: Memory for pages and for sorting, in KiB: what is more goes to the disk.
_MEMORY: Final = 24 * 1024
#: Documents that are put in by one transaction.
_BATCH: Final = 256
#: Subjects whose change is followed: a store of which more changed is made anew.
_FOLLOWED: Final = 20_000
_BLOCK: Final = "file INTEGER, subject TEXT, document INTEGER, deed INTEGER, text TEXT"
_SCHEMA: Final = f"""
CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT UNIQUE, part TEXT, basis TEXT, row TEXT, problems TEXT, prefixes TEXT);
CREATE TABLE said (document INTEGER, digest BLOB, predicate TEXT, subject TEXT, target TEXT, strong INTEGER);
CREATE INDEX said_by ON said (document);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE incoming ({_BLOCK});
CREATE TABLE block ({_BLOCK}, PRIMARY KEY (file, subject, document)) WITHOUT ROWID;
"""
_INDEX: Final = "CREATE INDEX IF NOT EXISTS block_of ON block (document)"


class Ledger:
    """The parts of the documents of a build; ``form`` is how they are made."""

    def __init__(self, path: Path, form: Form) -> None:
        self._path, self._form = path, form
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = _opened(path)
        self._before: dict[tuple[int, str], str] | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def follow(self, published: str) -> None:
        """Take note of what changes from now on, if what is held is what was published under this stamp."""
        found = self._connection.execute("SELECT value FROM note WHERE name = 'published'").fetchone()
        self._before = {} if found and published and found[0] == published else None

    def published(self, stamp: str) -> None:
        """Note that what is held stands in the files of the folder, as long as nothing changes."""
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO note VALUES ('published', ?)", (stamp,))

    def changes(self) -> tuple[list[str], list[str]] | None:
        """The blocks that are gone and those that have come since ``follow``; None when it is not known or much."""
        if self._before is None:
            return None
        now = {place: self._joined(*place) for place in self._before}
        changed = [place for place, text in self._before.items() if text != now[place]]
        return [self._before[place] for place in changed], [now[place] for place in changed]

    def _joined(self, file: int, subject: str) -> str:
        query = "SELECT deed, text FROM block WHERE file = ? AND subject = ?"
        rows = self._connection.execute(query, (file, subject)).fetchall()
        return join((text for _, text in rows), any(deed for deed, _ in rows), self._form) if rows else ""

    def _remember(self, places: Iterable[tuple[int, str]]) -> None:
        """Keep what stands at places before it changes."""
        if self._before is None:
            return
        self._before |= {place: self._joined(*place) for place in places if place not in self._before}
        if len(self._before) > _FOLLOWED:
            self._before = None

    def keys(self) -> dict[str, tuple[str, str]]:
        """The key of the part that is held of each document, and its basis: that of all it may depend on."""
        rows = self._connection.execute("SELECT id, part, basis FROM document")
        return {id: (part, basis) for id, part, basis in rows}

    def drop(self, documents: Iterable[str]) -> None:
        """Take out all that the documents said."""
        with self._connection:
            for id in documents:
                self._drop(id)

    def put(self, made: Iterable[Made], bases: Mapping[str, str]) -> None:
        """Put in parts in place of what is held of their documents; of the one that is held note the basis alone."""
        for number, one in enumerate(made, 1):
            basis = bases.get(one.id, "")
            if one.part is None:
                self._connection.execute("UPDATE document SET basis = ? WHERE id = ?", (basis, one.id))
            else:
                self._put(one.key, basis, one.part)
            if number % _BATCH == 0:
                self._connection.commit()
        self._connection.commit()

    def settle(self) -> None:
        """Sort what was put in among the rest; on disk when it is much."""
        run = self._connection.execute
        with self._connection:
            first = run("SELECT NOT EXISTS (SELECT 1 FROM block)").fetchone()[0]
            if first:
                run("DROP INDEX IF EXISTS block_of")
            run("INSERT INTO block SELECT * FROM incoming ORDER BY file, subject, document")
            run("DELETE FROM incoming")
            run(_INDEX)

    def blocks(self, file: int) -> Iterator[tuple[str, str]]:
        """Each subject of a file in order, with the text that all documents together give it."""
        rows = self._connection.execute(
            "SELECT subject, deed, text FROM block WHERE file = ? ORDER BY file, subject, document", (file,)
        )
        for subject, group in groupby(rows, key=itemgetter(0)):
            given = list(group)
            if len(given) == 1 and not given[0][1]:
                yield subject, given[0][2]
            else:
                deed = any(row[1] for row in given)
                yield subject, join((row[2] for row in given), deed, self._form)

    def prefixes(self, file: int) -> set[str]:
        """The prefixes that a file needs."""
        rows = self._connection.execute("SELECT DISTINCT prefixes FROM document")
        return {prefix for (text,) in rows for prefix in json.loads(text)[file]}

    def rows(self) -> Iterator[dict[str, Any]]:
        """What report.json says of each document, by id."""
        for (row,) in self._connection.execute("SELECT row FROM document WHERE id <> '' ORDER BY id"):
            yield json.loads(row)

    def problems(self) -> list[dict[str, str]]:
        """What the check of the documents found, each once."""
        rows = self._connection.execute("SELECT DISTINCT problems FROM document WHERE problems <> '[]'")
        found = {tuple(problem.items()) for (text,) in rows for problem in json.loads(text)}
        return [dict(problem) for problem in found]

    def statements(self) -> Mapping[str, int]:
        """How many statements of each predicate there are."""
        return self._counted("MAX(strong)")

    def left_out(self) -> Mapping[str, int]:
        """How many statements of each predicate no document lifts to the least confidence."""
        return self._counted("NOT MAX(strong)")

    def _counted(self, condition: str) -> Mapping[str, int]:
        one = f"SELECT predicate FROM said GROUP BY digest, predicate HAVING {condition}"  # noqa: S608 -- our words
        return dict(
            self._connection.execute(f"SELECT predicate, COUNT(*) FROM ({one}) GROUP BY predicate")  # noqa: S608
        )

    def most_linked(self, count: int) -> set[str]:
        """The IRIs of the entities with the most relations and facts, the first in order among equals."""
        rows = self._connection.execute(
            "WITH one AS (SELECT subject, target FROM said WHERE strong GROUP BY digest) "
            "SELECT entity FROM (SELECT subject AS entity FROM one UNION ALL SELECT target FROM one WHERE target <> '')"
            " GROUP BY entity ORDER BY COUNT(*) DESC, entity LIMIT ?",
            (count,),
        )
        return {iri for (iri,) in rows}

    def documents_of(self, entities: Iterable[str]) -> set[str]:
        """The ids of the documents that say something of the entities."""
        run = self._connection.execute
        run("CREATE TEMP TABLE IF NOT EXISTS wanted (iri TEXT PRIMARY KEY) WITHOUT ROWID")
        run("DELETE FROM wanted")
        self._connection.executemany("INSERT INTO wanted VALUES (?)", ((iri,) for iri in entities))
        rows = run(
            "SELECT DISTINCT id FROM said JOIN document ON number = document"
            " WHERE strong AND subject IN wanted AND (target = '' OR target IN wanted)"
        )
        return {id for (id,) in rows}

    def _put(self, key: str, basis: str, part: Part) -> None:
        self._drop(part.id)
        self._remember((block.file, block.subject) for block in part.blocks)
        run = self._connection.execute
        row = json.dumps(part.row), json.dumps(part.problems), json.dumps(part.prefixes)
        number = run(
            "INSERT INTO document (id, part, basis, row, problems, prefixes) VALUES (?, ?, ?, ?, ?, ?)",
            (part.id, key, basis, *row),
        ).lastrowid
        many = self._connection.executemany
        many(
            "INSERT INTO incoming VALUES (?, ?, ?, ?, ?)",
            ((b.file, b.subject, number, b.deed, b.text) for b in part.blocks),
        )
        many("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", ((number, *said) for said in part.said))

    def _drop(self, id: str) -> None:
        run = self._connection.execute
        found = run("SELECT number FROM document WHERE id = ?", (id,)).fetchone()
        run("DELETE FROM note WHERE name = 'published'")
        if found is None:
            return
        self._remember(run("SELECT file, subject FROM block WHERE document = ?", found).fetchall())
        for table in ("block", "said"):
            run(f"DELETE FROM {table} WHERE document = ?", found)  # noqa: S608 -- our own names
        if run("SELECT EXISTS (SELECT 1 FROM incoming)").fetchone()[0]:
            run("DELETE FROM incoming WHERE document = ?", found)
        run("DELETE FROM document WHERE number = ?", found)


def _opened(path: Path) -> sqlite3.Connection:
    """Open a ledger of our version; one that is damaged or of another version is made anew."""
    with suppress(sqlite3.DatabaseError):
        connection = _connected(path)
        if connection.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
            return connection
        connection.close()
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    connection = _connected(path)
    connection.executescript(f"BEGIN; {_SCHEMA} {_INDEX}; PRAGMA user_version = {_VERSION}; COMMIT;")
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    for setting in ("journal_mode = TRUNCATE", "synchronous = NORMAL", f"cache_size = -{_MEMORY}"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA temp_store = FILE")
    return connection


__all__ = ["EVIDENCE_FILE", "FILE", "GRAPH_FILE", "Ledger"]
