"""An answer written to a file before its status is known, and counted meanwhile.

The engine works while it is read, so that a query may fail at its last row. A response that has
begun cannot be taken back: nothing is sent before the answer stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final

from kg.rdf import Triple
from kg.results import canonical

_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class TooLargeError(Exception):
    """An answer beyond a bound; its text says which."""


class Spool:
    """A file that refuses what exceeds the bounds: bytes, and rows as ``rows_in`` finds them."""

    def __init__(self, file: BinaryIO, *, size: int, rows: int, rows_in: Callable[[bytes], int]) -> None:
        self._file = file
        self._most = size
        self._most_rows = rows
        self._rows_in = rows_in
        self.size = 0
        self.rows = 0

    def write(self, data: bytes) -> int:
        """Write and count; raises TooLargeError."""
        self.size += len(data)
        self.rows += self._rows_in(data)
        if self.size > self._most:
            raise TooLargeError(
                f"the answer is larger than {self._most / 1e6:g} MB; ask for less, as with LIMIT"
            )
        if self.rows > self._most_rows:
            raise too_many(self._most_rows)
        return self._file.write(data)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._file.flush()


def too_many(rows: int) -> TooLargeError:
    """The error for more rows than allowed."""
    return TooLargeError(f"the answer has more than {rows} rows; ask for less, as with LIMIT")


def counted(triples: Iterable[Triple], most: int) -> Iterator[Triple]:
    """The triples, each once; raises TooLargeError behind the last that is allowed."""
    seen: set[Triple] = set()
    for triple in map(canonical, triples):
        if triple not in seen:
            if len(seen) == most:
                raise too_many(most)
            seen.add(triple)
            yield triple


def counter(format: str) -> Callable[[bytes], int]:
    """What counts the rows in the pieces of an answer to SELECT, as the engine writes that format."""
    return _COUNTERS[format]()


def _lines() -> Callable[[bytes], int]:
    """TSV: a line feed within a value is written as an escape. The head is no row."""
    return _less_head(lambda data: data.count(b"\n"))


def _csv() -> Callable[[bytes], int]:
    """CSV: line feeds outside of quotes; a quote within a value is doubled, so that parity holds."""
    quoted = False

    def count(data: bytes) -> int:
        nonlocal quoted
        found = 0
        for i, part in enumerate(data.split(b'"')):
            quoted ^= i > 0
            found += 0 if quoted else part.count(b"\n")
        return found

    return _less_head(count)


def _less_head(count: Callable[[bytes], int]) -> Callable[[bytes], int]:
    head = 1

    def without(data: bytes) -> int:
        nonlocal head
        found = count(data)
        cut = min(head, found)
        head -= cut
        return found - cut

    return without


def _xml() -> Callable[[bytes], int]:
    """XML: the tag of a row, which no value can hold unescaped."""
    tag = b"<result>"
    rest = b""

    def count(data: bytes) -> int:
        nonlocal rest
        data = rest + data
        rest = data[-len(tag) + 1 :]
        return data.count(tag)

    return count


def _json() -> Callable[[bytes], int]:
    """JSON: outside of strings, a brace that opens behind ``[`` or ``,``."""
    rest = b""

    def count(data: bytes) -> int:
        nonlocal rest
        bare = _STRING.sub(b"", rest + data)
        cut = bare.find(b'"')  # a string that goes on in the next piece
        whole = bare if cut < 0 else bare[:cut]
        rest = whole[-1:] + (b"" if cut < 0 else bare[cut:])
        return whole.count(b"[{") + whole.count(b",{")

    return count


_COUNTERS: Final[dict[str, Callable[[], Callable[[bytes], int]]]] = {
    "JSON": _json,
    "XML": _xml,
    "CSV": _csv,
    "TSV": _lines,
}
