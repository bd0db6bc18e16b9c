"""Tables of words: tab-separated files, ours and a user's own, each row with its file and line.

A table has comment lines (``# …``), a header row and tab-separated rows. A user's own folder
(``--lexicon DIR``) holds files of the same names; their rows are added to ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import DataError, UsageError

#: Files of patterns that an own folder may hold beside tables.
PATTERNS: Final = ("frames.toml", "sequences.toml")
#: The folder of lists of names, and the one list that may stand for it in an own folder.
NAMES: Final = "names"
#: Of more known values than these an error names the nearest only.
_LISTED: Final = 40


class Row(NamedTuple):
    """A row with the place where it stands."""

    path: Path
    number: int
    cells: tuple[str, ...]

    def choice(self, value: str, known: Collection[str], why: str = "no such value:") -> str:
        """Return the value; raises DataError when it is none of those known."""
        if value not in known:
            choices = sorted(filter(None, known))
            if len(choices) > _LISTED:
                choices = [*(get_close_matches(value, choices, cutoff=0.4) or choices[:3]), "…"]
            raise self.refusal(f"{why} {value!r}; known are {', '.join(choices)}")
        return value

    def refusal(self, why: str) -> DataError:
        """Return the error that refuses the row."""
        return DataError(self.path, self.number, why)


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (line number, cells) of a table; raise DataError for a bad header, width, blank or double."""
    seen: set[tuple[str, ...]] = set()
    header = False
    for number, line in enumerate(utf8(path).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not header:
            if cells != tuple(columns):
                raise DataError(path, number, f"the header must read {' '.join(columns)}, with tabs between")
            header = True
            continue
        if len(cells) != len(columns):
            wanted = " ".join(columns)
            raise DataError(path, number, f"{len(cells)} cells where {len(columns)} belong ({wanted})")
        if not cells[0]:
            raise DataError(path, number, f"an empty {columns[0]}")
        if cells in seen:
            raise DataError(path, number, f"{cells[0]} stands here twice")
        seen.add(cells)
        yield number, cells


def utf8(path: Path) -> str:
    """Return the text of a file; raises DataError with the line that is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(path, line, "not UTF-8; save the file as UTF-8") from None


@dataclass(frozen=True)
class Tables:
    """The tables of our folder and, added to them, those of a user's ``own``, whose words are folded."""

    ours: Path
    own: Path | None = None
    fold: Callable[[str], str] = str

    def rows(self, name: str, columns: Sequence[str], *, once: bool = False) -> Iterator[Row]:
        """Yield the rows of a table, ours first; ``once``: a file has one row for each first cell."""
        for folder in (self.ours, self.own):
            if folder is not None and (path := folder / name).is_file():
                yield from self._read(path, columns, once)

    def lists(self, columns: Sequence[str]) -> Iterator[list[Row]]:
        """Yield the rows of all lists of names: one list of ours, one of the user's own."""
        for folder in (self.ours, self.own):
            if folder is not None:
                files = [folder / f"{NAMES}.tsv", *sorted((folder / NAMES).glob("*.tsv"))]
                yield [row for path in files if path.is_file() for row in self._read(path, columns, False)]

    def _read(self, path: Path, columns: Sequence[str], once: bool) -> Iterator[Row]:
        ours = self.own is None or not path.is_relative_to(self.own)
        seen: set[str] = set()
        for number, (first, *others) in rows(path, columns):
            word = first if ours else self.fold(first)
            if once and word in seen:
                raise DataError(path, number, f"{word} stands here twice")
            seen.add(word)
            yield Row(path, number, (word, *others))


def own_files(own: Path, tables: Collection[str]) -> tuple[Path, ...]:
    """Return the files of a user's folder, sorted; raises UsageError or DataError for what is unknown there.

    ``tables`` are the tables that it may hold beside lists of names and patterns. Hidden files and notes (``*.md``) are passed over.
    """
    if not own.is_dir():
        raise UsageError(f"--lexicon {own}: there is no such folder; see docs/lexicon.md")
    found = [p for p in _visible(own) if p.name != NAMES or not p.is_dir()]
    known = {*(f"{table}.tsv" for table in tables), f"{NAMES}.tsv", *PATTERNS}
    lists = list(_visible(own / NAMES)) if (own / NAMES).is_dir() else []
    for path in [*found, *lists]:
        listed = path.parent != own
        if not path.is_file() or (path.suffix != ".tsv" if listed else path.name not in known):
            names = f"only *.tsv may stand in {NAMES}/" if listed else ", ".join(sorted(known))
            where = "" if listed else f"known are {NAMES}/*.tsv, "
            raise DataError(path, 1, f"no file of words has this name; {where}{names}")
    return tuple(sorted([*found, *lists]))


def _visible(folder: Path) -> Iterable[Path]:
    return (p for p in sorted(folder.iterdir()) if not p.name.startswith(".") and p.suffix != ".md")
