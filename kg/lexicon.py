"""Words as data: read ``ontology/lexicon/*.tsv`` and refuse a bad row with file and line.

A table has comment lines (``# …``), a header row and tab-separated rows. A user's own folder
(``--lexicon DIR``) holds tables of the same names; its rows are added to ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kg.errors import DataError
from kg.model import CLASSES, RELATIONS

NEEDS = ("always", "proper", "content", "governed", "place", "marked", "brand", "listed", "named")
STATUSES = ("asserted", "planned")


def ontology_dir() -> Path:
    """The folder ``ontology/``: beside the package in a checkout, inside it in a wheel."""
    inside = Path(__file__).parent / "_ontology"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontology"


class Name(NamedTuple):
    """A row of a public list: a form as written, its class and its official name."""

    cls: str
    canonical: str
    parent: str


class Suffix(NamedTuple):
    """The head of a name: its class, and what must stand before it."""

    cls: str
    need: str


class Trigger(NamedTuple):
    """A word that carries a relation: its group and whether it tells a deed or a plan."""

    group: str
    status: str


@dataclass(frozen=True)
class Lexicon:
    """All tables, ready for use; ``names`` maps a form to every reading that a list gives it."""

    names: Mapping[str, tuple[Name, ...]]
    suffixes: Mapping[str, Suffix]
    triggers: Mapping[str, tuple[Trigger, ...]]
    words: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, tuple[str, str]]
    credits: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    bounds: Mapping[str, str]
    plans: Mapping[str, str]
    roles: Mapping[str, frozenset[str]]
    fold_table: Mapping[int, int]

    def is_generic(self, name: str, cls: str) -> bool:
        """Whether a name of a class is no identity by itself: only generic words before its head."""
        rest = name
        for end in range(len(name), 1, -1):
            if name[-end:] in self.suffixes and self.suffixes[name[-end:]].cls == cls:
                rest = name[:-end]
                break
        generic = self.words["generic"]
        while rest:
            for length in range(min(4, len(rest)), 0, -1):
                if rest[:length] in generic:
                    rest = rest[length:]
                    break
            else:
                return False
        return True

    def fold(self, text: str) -> str:
        """The matching form: half-width, Simplified, of the same length as ``text``."""
        folded = text.translate(self.fold_table)
        return _curl(folded) if '"' in folded else folded

    @cached_property
    def canonical(self) -> Mapping[tuple[str, str], str]:
        """(class, form) → official name, where the lists leave no doubt."""
        found: dict[tuple[str, str], set[str]] = {}
        for form, readings in self.names.items():
            for name in readings:
                found.setdefault((name.cls, form), set()).add(name.canonical)
        return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Official name of a place → that of the place around it."""
        return {
            n.canonical: n.parent
            for readings in self.names.values()
            for n in readings
            if n.cls == "Place" and n.parent
        }


def _curl(text: str) -> str:
    """Straight quotes as opening and closing ones by turns; an odd one out stays."""
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return parts[0] + "".join(("“" if n % 2 == 0 else "”") + part for n, part in enumerate(parts[1:]))


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (line number, cells) of a table; raise DataError for a bad header, width, blank or double."""
    seen: set[tuple[str, ...]] = set()
    header = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not header:
            if cells != tuple(columns):
                raise DataError(path, number, f"the header must read {' '.join(columns)}")
            header = True
            continue
        if len(cells) != len(columns):
            raise DataError(path, number, f"{len(cells)} cells where {len(columns)} belong")
        if not cells[0]:
            raise DataError(path, number, f"an empty {columns[0]}")
        if cells in seen:
            raise DataError(path, number, f"{cells[0]} stands here twice")
        seen.add(cells)
        yield number, cells


def _choice(path: Path, number: int, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise DataError(path, number, f"{value!r} is none of {', '.join(known)}")
    return value


WORD_TABLES = (
    "adverbs",
    "agent_nouns",
    "apposed_nouns",
    "company_nouns",
    "describing",
    "generic",
    "inner_verbs",
    "negations",
    "offices",
    "pivots",
    "plan_words",
    "prepositions",
    "series",
    "speech",
    "stop_words",
    "strong_starts",
    "surnames",
    "title_heads",
    "title_verbs",
)


def load(own: Path | None = None) -> Lexicon:
    """Read the tables of ``ontology/lexicon`` and, added to them, those of ``own``."""
    folders = [ontology_dir() / "lexicon", *([own] if own else [])]
    return Lexicon(
        names=_names(folders),
        suffixes=_suffixes(folders),
        triggers=_triggers(folders),
        anaphora=_anaphora(folders),
        credits=_credits(folders),
        units=_pairs(folders, "units.tsv", ("word", "unit")),
        bounds=_pairs(folders, "bounds.tsv", ("word", "bound")),
        plans=_pairs(folders, "plans.tsv", ("word", "years")),
        roles=_roles(folders),
        words={table: _words(folders, table) for table in WORD_TABLES},
        fold_table=_fold_table(folders[0]),
    )


def _tables(folders: Sequence[Path], name: str) -> Iterator[Path]:
    return (path for folder in folders if (path := folder / name).is_file())


def _names(folders: Sequence[Path]) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, dict[Name, None]] = {}
    for folder in folders:
        for path in sorted((folder / "names").glob("*.tsv")):
            for number, (form, cls, canonical, parent) in rows(
                path, ("name", "class", "canonical", "parent")
            ):
                _choice(path, number, cls, CLASSES)
                found.setdefault(form, {})[Name(cls, canonical or form, parent)] = None
    return {form: tuple(readings) for form, readings in found.items()}


def _suffixes(folders: Sequence[Path]) -> Mapping[str, Suffix]:
    found: dict[str, Suffix] = {}
    for path in _tables(folders, "suffixes.tsv"):
        for number, (suffix, cls, need) in rows(path, ("suffix", "class", "need")):
            _choice(path, number, cls, CLASSES)
            found[suffix] = Suffix(cls, _choice(path, number, need, NEEDS))
    return found


def _triggers(folders: Sequence[Path]) -> Mapping[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for path in _tables(folders, "triggers.tsv"):
        for number, (word, group, status) in rows(path, ("word", "group", "status")):
            found.setdefault(word, []).append(Trigger(group, _choice(path, number, status, STATUSES)))
    return {word: tuple(triggers) for word, triggers in found.items()}


def _anaphora(folders: Sequence[Path]) -> Mapping[str, tuple[str, str]]:
    """Word that stands for an entity named before → its class and the head of that name."""
    found: dict[str, tuple[str, str]] = {}
    for path in _tables(folders, "anaphora.tsv"):
        for number, (word, cls, head) in rows(path, ("word", "class", "head")):
            found[word] = (_choice(path, number, cls, CLASSES), head)
    return found


def _credits(folders: Sequence[Path]) -> Mapping[str, tuple[str, str]]:
    """Label before a colon → the relation that it tells and the class that it tells it of."""
    found: dict[str, tuple[str, str]] = {}
    for path in _tables(folders, "credits.tsv"):
        for number, (label, property_, cls) in rows(path, ("label", "property", "class")):
            found[label] = (_choice(path, number, property_, RELATIONS), _choice(path, number, cls, CLASSES))
    return found


def _pairs(folders: Sequence[Path], table: str, columns: tuple[str, str]) -> Mapping[str, str]:
    return {a: b for path in _tables(folders, table) for _, (a, b) in rows(path, columns)}


def _roles(folders: Sequence[Path]) -> Mapping[str, frozenset[str]]:
    """The parts that words play around figures and dates → those words."""
    found: dict[str, set[str]] = {}
    for path in _tables(folders, "fact_words.tsv"):
        for _, (word, role) in rows(path, ("word", "role")):
            found.setdefault(role, set()).add(word)
    return {role: frozenset(words) for role, words in found.items()}


def _words(folders: Sequence[Path], table: str) -> frozenset[str]:
    column = "surname" if table == "surnames" else "word"
    return frozenset(
        cells[0] for path in _tables(folders, f"{table}.tsv") for _, cells in rows(path, (column,))
    )


def _fold_table(folder: Path) -> Mapping[int, int]:
    """Full-width ASCII to half-width, Traditional to Simplified: one character for one."""
    table: dict[int, int] = {
        code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）～"
    }
    table |= {ord(a): ord(b) for a, b in zip("「」『』﹁﹂", "“”“”“”", strict=True)}
    path = folder / "traditional.tsv"
    if path.is_file():
        table |= {ord(a): ord(b) for _, (a, b) in rows(path, ("traditional", "simplified"))}
    return table
