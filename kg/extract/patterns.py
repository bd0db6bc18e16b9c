"""Files of patterns: TOML whose rows know their line, so that a bad one is refused with file, line and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.tables import utf8

_ID: Final = re.compile(r"[\w-]+")
_AT: Final = re.compile(r"at line (\d+)")
_KEY: Final = re.compile(r"\s*([\w-]+)\s*=")


@dataclass(frozen=True)
class Entry:
    """A row ``[[kind]]`` of a file: its values, and the line of its head and of each key."""

    path: Path
    kind: str
    values: Mapping[str, object]
    line: int
    lines: Mapping[str, int]

    @property
    def id(self) -> str:
        """The name of the row."""
        return self.text("id")

    def refusal(self, why: str, key: str = "") -> DataError:
        """Return the error that refuses the row, at the line of a key."""
        name = self.values.get("id")
        named = f"{self.kind} {name}" if isinstance(name, str) else f"a {self.kind}"
        return DataError(self.path, self.lines.get(key, self.line), f"{named}: {why}")

    def text(self, key: str, default: str = "") -> str:
        """Return a text; raises DataError for a value of another kind."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.refusal(f"{key} is a text in quotes", key)
        return value

    def texts(self, key: str, default: Iterable[str] = ()) -> tuple[str, ...]:
        """Return a list of texts; raises DataError for a value of another kind."""
        value = self.values.get(key)
        if value is None:
            return tuple(default)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refusal(f'{key} is a list of texts: ["…", "…"]', key)
        return tuple(value)

    def choice(self, key: str, values: Iterable[str], known: Collection[str], what: str) -> None:
        """Raise DataError for a value that is none of those known."""
        for value in values:
            if value not in known:
                raise self.refusal(
                    f"{value!r} is no {what}; known are {', '.join(k for k in known if k)}", key
                )


def entries(
    path: Path, kind: str, *, required: Collection[str] = (), optional: Collection[str] | None = None
) -> Iterator[Entry]:
    """Yield the rows of a file; raise DataError for what is no TOML, an unknown key or a missing one.

    Without ``optional`` any key will do.
    """
    text = utf8(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise DataError(path, line, f"no TOML: {error}") from error
    places = list(_places(text, kind))
    rows = table.pop(kind, [])
    if table or not isinstance(rows, list):
        found = next(iter(table), kind)
        raise DataError(path, _line_of(text, found), f"{found!r} is unknown here; write [[{kind}]]")
    known = None if optional is None else [*required, *optional]
    for n, values in enumerate(rows):
        line, lines = places[n] if len(places) == len(rows) else (1, {})
        entry = Entry(path, kind, values, line, lines)
        for key in values:
            if known is not None and key not in known:
                raise entry.refusal(f"unknown key {key}; known are {', '.join(sorted(known))}", key)
        for key in required:
            if key not in values:
                raise entry.refusal(f"no {key}")
        if not _ID.fullmatch(entry.id):
            raise entry.refusal("an id is letters, digits, - and _", "id")
        yield entry


def refuse_doubles(found: Iterable[Entry]) -> None:
    """Raise DataError for a second row of one id, in whichever of the files."""
    seen: dict[str, Entry] = {}
    for entry in found:
        first = seen.setdefault(entry.id, entry)
        if first is not entry:
            raise entry.refusal(f"stands in {first.path}:{first.line} already; give it another id", "id")


def _places(text: str, kind: str) -> Iterator[tuple[int, dict[str, int]]]:
    """The line of each [[kind]], with the lines of its keys."""
    head = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    line, inside = 0, False
    keys: dict[str, int] = {}
    for number, written in enumerate(text.splitlines(), start=1):
        if head.match(written):
            if inside:
                yield line, keys
            line, keys, inside = number, {}, True
        elif key := _KEY.match(written):
            keys.setdefault(key[1], number)
    if inside:
        yield line, keys


def _line_of(text: str, key: str) -> int:
    lines = enumerate(text.splitlines(), start=1)
    return next((n for n, line in lines if re.match(rf"\s*(?:\[+\s*)?{re.escape(key)}\b", line)), 1)
