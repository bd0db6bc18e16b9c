"""Gold annotations: what a careful reader takes from a text, in files beside the texts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import DataError, InputError
from kg.model import SYMMETRIC

_QUOTES: Final = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉﹁﹂·•-—–~～ \t\n\r\u3000\u00a0")

#: A relation or a fact by the ids of its ends, or by the keys of what has no id.
Link = tuple[Any, ...]


class Named(NamedTuple):
    """An entity of the gold."""

    id: str
    cls: str
    names: tuple[str, ...]
    optional: bool

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.names[0]


class Claim(NamedTuple):
    """A relation or fact of the gold."""

    link: Link
    label: str
    evidence: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotations of one document."""

    path: Path
    text_path: Path
    entities: Mapping[str, Named]
    relations: Mapping[Link, Claim]
    facts: Mapping[Link, Claim]


def load(path: Path) -> Gold:
    """Read a gold file; raises InputError or DataError."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(path, f"cannot be opened ({error.strerror})", "check the path") from error
    except ValueError as error:
        raise DataError(path, getattr(error, "lineno", 1), "this is not JSON") from error
    try:
        entities = {e["id"]: _named(e) for e in raw["entities"]}
        relations = {(r["property"], r["from"], r["to"]): r for r in raw["relations"]}
        facts = {(f["kind"], f["of"], value_of(f["kind"], f["value"])): f for f in raw["facts"]}
        text_path = path.parent / raw["text"]
    except (KeyError, TypeError) as error:
        raise DataError(path, 1, f"no gold file: {error} is missing or of the wrong kind") from error
    return Gold(path, text_path, entities, _claims(relations, entities), _claims(facts, entities))


def gold_files(paths: Iterable[Path]) -> list[Path]:
    """Return the gold files among files and folders, sorted."""
    found = [p for path in paths for p in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise InputError(" ".join(map(str, paths)), "no gold file (*.json) in it", "see docs/gold.md")
    return found


def normal(name: str) -> str:
    """Return the name without quote marks, dashes and spaces, widths and case folded.

    >>> normal("“山海” ＡＰＰ")
    '山海app'
    """
    return unicodedata.normalize("NFKC", name.translate(_QUOTES)).translate(_QUOTES).lower()


def _named(raw: Mapping[str, Any]) -> Named:
    return Named(raw["id"], raw["class"], (raw["name"], *raw["aliases"]), bool(raw.get("optional")))


def _claims(raw: Mapping[Link, Mapping[str, Any]], entities: Mapping[str, Named]) -> dict[Link, Claim]:
    claims = {}
    for link, row in raw.items():
        optional = row.get("optional") or any(entities[p].optional for p in link if p in entities)
        claims[ordered(link)] = Claim(link, link[0], row.get("evidence", ""), bool(optional))
    return claims


def value_of(kind: str, value: object) -> str | float:
    """Return the value of a fact as it is compared: a date as text, a number to six digits."""
    return str(value) if kind == "date" else round(float(str(value)), 6)


def ordered(link: Link) -> Link:
    """Put the ends of a symmetric relation in one order."""
    label, *ends = link
    return (label, *sorted(ends, key=str)) if label in SYMMETRIC else link
