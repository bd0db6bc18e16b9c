"""Words as data: read ``ontology/lexicon/*.tsv`` and a user's own tables; refuse a bad row with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from kg.model import CLASSES, RELATIONS, Bound
from kg.tables import Row, Tables, own_files

NEEDS = (
    "always",
    "proper",
    "content",
    "governed",
    "place",
    "marked",
    "brand",
    "industry",
    "edition",
    "listed",
    "named",
)
NAME_COLUMNS = ("name", "class", "canonical", "parent")
STATUSES = ("asserted", "planned")
_YEARS: Final = re.compile(r"\d{4}/\d{4}")


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
    """All tables, ready for use; ``names`` maps a form to every reading that a list gives it.

    ``own`` are the forms that a user's own lists hold.
    """

    names: Mapping[str, tuple[Name, ...]]
    suffixes: Mapping[str, Suffix]
    compounds: Mapping[str, tuple[str, ...]]
    triggers: Mapping[str, tuple[Trigger, ...]]
    words: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, tuple[str, str]]
    credits: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    bounds: Mapping[str, str]
    plans: Mapping[str, str]
    roles: Mapping[str, frozenset[str]]
    fold_table: Mapping[int, int]
    own: frozenset[str] = frozenset()

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
        if not self._foldable.search(text):  # a sixth of the time, for a text that has nothing to fold
            return text
        return _folded(text, self.fold_table)

    @cached_property
    def _foldable(self) -> re.Pattern[str]:
        return re.compile("[" + re.escape("".join(map(chr, sorted(self.fold_table)))) + '"]')

    def is_company(self, name: str) -> bool:
        """Whether a name ends as companies do, also without 公司: 云海集团, 云海科技, 云海精密."""
        return name.endswith(self._firms)

    @cached_property
    def _firms(self) -> tuple[str, ...]:
        brands = (s for s, row in self.suffixes.items() if row.need in ("brand", "industry"))
        return tuple(
            sorted({"公司", "集团", "银行", "企业", "控股"}.union(self.words["company_tails"], brands))
        )

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

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, str]]:
        """Official name of a place → short form of each county, district and town in it → its official name."""
        found: dict[str, dict[str, str]] = {}
        for name, parent in self.parents.items():
            if len(name) > 2 and name[-1] in "市区县旗":
                found.setdefault(parent, {})[name[:-1]] = name
        return found


def _folded(text: str, table: Mapping[int, int]) -> str:
    folded = text.translate(table)
    return _curl(folded) if '"' in folded else folded


def _curl(text: str) -> str:
    """Straight quotes as opening and closing ones by turns; an odd one out stays, but not behind an open curly one.

    >>> _curl('“云"和"江"')
    '“云”和“江”'
    """
    if "“" in text:
        return _closed(text)
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return parts[0] + "".join(("“" if n % 2 == 0 else "”") + part for n, part in enumerate(parts[1:]))


def _closed(text: str) -> str:
    """The same where both kinds stand: a straight quote closes what is open (“云")."""
    chars, opened = list(text), -1
    for at, char in enumerate(chars):
        if char == '"':
            chars[at] = "“" if opened < 0 else "”"
        if char in '“”"':
            opened = at if chars[at] == "“" else -1
    if opened >= 0 and text[opened] == '"':
        chars[opened] = '"'
    return "".join(chars)


WORD_TABLES = (
    "facilities",
    "adverbs",
    "agent_nouns",
    "apposed_nouns",
    "company_kinds",
    "company_nouns",
    "company_offices",
    "company_signs",
    "company_tails",
    "describing",
    "generic",
    "hastening",
    "kinds",
    "openers",
    "holding",
    "callings",
    "charge_labels",
    "charge_words",
    "homonyms",
    "human_deeds",
    "inner_verbs",
    "negations",
    "offices",
    "pivots",
    "plan_words",
    "prepositions",
    "series",
    "serving",
    "speech",
    "stop_words",
    "strong_starts",
    "surnames",
    "title_heads",
    "title_verbs",
)


#: All tables of which a user's folder may hold its own.
TABLES = (
    *WORD_TABLES,
    "anaphora",
    "bounds",
    "compounds",
    "constructions",
    "credits",
    "fact_words",
    "plans",
    "suffixes",
    "traditional",
    "triggers",
    "units",
)


def load(own: Path | None = None) -> Lexicon:
    """Read the tables of ``ontology/lexicon`` and, added to them, those of ``own``.

    Raises UsageError when there is no such folder, DataError for a file or a row that is refused.
    """
    ours = ontology_dir() / "lexicon"
    if own is not None:
        own_files(own, TABLES)
    fold_table = _fold_table(Tables(ours, own))
    tables = Tables(ours, own, lambda word: _folded(word, fold_table))
    lists = list(tables.lists(NAME_COLUMNS))
    return Lexicon(
        names=_names(lists),
        suffixes=_suffixes(tables),
        compounds=_compounds(tables),
        triggers=_triggers(tables),
        anaphora=_anaphora(tables),
        credits=_credits(tables),
        units=_units(tables),
        bounds=_bounds(tables),
        plans=_plans(tables),
        roles=_roles(tables),
        words={table: _words(tables, table) for table in WORD_TABLES},
        fold_table=fold_table,
        own=frozenset(row.cells[0] for own_list in lists[1:] for row in own_list),
    )


def _names(lists: Sequence[Sequence[Row]]) -> Mapping[str, tuple[Name, ...]]:
    """Form → its readings; an own one goes before ours, and in place of ours of the same class."""
    found: dict[str, tuple[Name, ...]] = {}
    for listed in lists:
        fresh: dict[str, dict[Name, None]] = {}
        for row in listed:
            form, cls, canonical, parent = row.cells
            fresh.setdefault(form, {})[Name(row.choice(cls, CLASSES), canonical or form, parent)] = None
        for form, readings in fresh.items():
            classes = {name.cls for name in readings}
            found[form] = (*readings, *(n for n in found.get(form, ()) if n.cls not in classes))
    return found


def _suffixes(tables: Tables) -> Mapping[str, Suffix]:
    return {
        row.cells[0]: Suffix(row.choice(row.cells[1], CLASSES), row.choice(row.cells[2], NEEDS))
        for row in tables.rows("suffixes.tsv", ("suffix", "class", "need"), once=True)
    }


def _compounds(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Head of names → the words behind it that make another word of it."""
    found: dict[str, dict[str, None]] = {}
    for row in tables.rows("compounds.tsv", ("head", "follows")):
        head, follows = row.cells
        if not follows:
            raise row.refusal("nothing follows")
        found.setdefault(head, {})[follows] = None
    return {head: tuple(follows) for head, follows in found.items()}


def _triggers(tables: Tables) -> Mapping[str, tuple[Trigger, ...]]:
    found: dict[str, dict[Trigger, None]] = {}
    for row in tables.rows("triggers.tsv", ("word", "group", "status")):
        word, group, status = row.cells
        if not group:
            raise row.refusal("an empty group")
        found.setdefault(word, {})[Trigger(group, row.choice(status, STATUSES))] = None
    return {word: tuple(triggers) for word, triggers in found.items()}


def _anaphora(tables: Tables) -> Mapping[str, tuple[str, str]]:
    """Word that stands for an entity named before → its class and the head of that name."""
    return {
        row.cells[0]: (row.choice(row.cells[1], CLASSES), row.cells[2])
        for row in tables.rows("anaphora.tsv", ("word", "class", "head"), once=True)
    }


def _credits(tables: Tables) -> Mapping[str, tuple[str, str]]:
    """Label before a colon → the relation that it tells and the class that it tells it of."""
    return {
        row.cells[0]: (row.choice(row.cells[1], RELATIONS), row.choice(row.cells[2], CLASSES))
        for row in tables.rows("credits.tsv", ("label", "property", "class"), once=True)
    }


def _units(tables: Tables) -> Mapping[str, str]:
    return {row.cells[0]: row.cells[1] for row in tables.rows("units.tsv", ("word", "unit"), once=True)}


def _bounds(tables: Tables) -> Mapping[str, str]:
    return {
        row.cells[0]: row.choice(row.cells[1], tuple(Bound))
        for row in tables.rows("bounds.tsv", ("word", "bound"), once=True)
    }


def _plans(tables: Tables) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("plans.tsv", ("word", "years"), once=True):
        word, years = row.cells
        if not _YEARS.fullmatch(years):
            raise row.refusal(f"{years!r} is not first and last year, as 2021/2025")
        found[word] = years
    return found


def _roles(tables: Tables) -> Mapping[str, frozenset[str]]:
    """The parts that words play around figures and dates → those words; an own row plays a part of ours."""
    found: dict[str, set[str]] = {}
    for row in tables.rows("fact_words.tsv", ("word", "role")):
        word, role = row.cells
        if row.path.parent == tables.own:
            row.choice(role, found)
        found.setdefault(role, set()).add(word)
    return {role: frozenset(words) for role, words in found.items()}


def _words(tables: Tables, table: str) -> frozenset[str]:
    column = "surname" if table == "surnames" else "word"
    return frozenset(row.cells[0] for row in tables.rows(f"{table}.tsv", (column,)))


def _fold_table(tables: Tables) -> Mapping[int, int]:
    """Full-width ASCII to half-width, brackets to full width, Traditional to Simplified: one character for one."""
    table: dict[int, int] = {
        code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）～"
    }
    table |= {ord(a): ord(b) for a, b in zip("「」『』﹁﹂()•・‧･", "“”“”“”（）····", strict=True)}
    for row in tables.rows("traditional.tsv", ("traditional", "simplified"), once=True):
        if any(len(cell) != 1 for cell in row.cells):
            raise row.refusal(f"{' '.join(row.cells)}: one character stands for one")
        table[ord(row.cells[0])] = ord(row.cells[1])
    return table
