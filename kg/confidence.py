"""How sure a statement is: the band of the construction that told it, and what the band came to on the gold.

``ontology/lexicon/constructions.tsv`` puts every construction in one of three bands; ``ontology/confidence.toml``
holds how often each was right on the annotated texts, and ``tools/confidence.py`` alone writes it. The confidence of a
statement is the lower end of the interval of its band (E. B. Wilson, Probable inference, JASA 22, 1927).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Final

from kg.errors import DataError, UsageError
from kg.lexicon import ontology_dir
from kg.model import Statement
from kg.tables import Tables

#: Quantile of the normal distribution for 95 %.
_Z: Final = 1.959964
TABLE: Final = "constructions.tsv"
COLUMNS: Final = ("construction", "band", "about")


class Band(StrEnum):
    """How sure a construction is, the surest first."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"

    @property
    def zh(self) -> str:
        """The Chinese word.

        >>> [band.zh for band in Band]
        ['确定', '较可靠', '存疑']
        """
        return _WORDS[self]


_WORDS: Final[Mapping[Band, str]] = {Band.SURE: "确定", Band.LIKELY: "较可靠", Band.DOUBTFUL: "存疑"}
_ORDER: Final = tuple(Band)


@dataclass(frozen=True, slots=True)
class Measured:
    """How many statements were judged and how many of them were right."""

    right: int = 0
    judged: int = 0

    def __add__(self, other: Measured) -> Measured:
        return Measured(self.right + other.right, self.judged + other.judged)

    @property
    def precision(self) -> float:
        """Share of the judged that was right; 0 when none was judged."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the precision at 95 %."""
        return wilson(self.right, self.judged)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Return Wilson's score interval at 95 %; all of (0, 1) when nothing was judged.

    >>> [round(end, 3) for end in wilson(45, 50)]
    [0.786, 0.957]
    """
    if not judged:
        return 0.0, 1.0
    share, weight = right / judged, _Z**2 / judged
    middle = (share + weight / 2) / (1 + weight)
    half = _Z * sqrt(share * (1 - share) / judged + weight / judged / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def constructions(rule: str) -> tuple[str, ...]:
    """Return the constructions that grade a rule: its circumstance, and itself.

    >>> constructions("frame/approve+topic"), constructions("fact/amount")
    (('frame+topic', 'frame/approve'), ('fact/amount',))
    """
    head, plus, circumstance = rule.partition("+")
    kind, slash, _ = head.partition("/")
    return (rule,) if not slash or kind == "fact" else (kind + plus + circumstance, head)


@dataclass(frozen=True)
class Bands:
    """Construction → band, and band → the confidence of its statements."""

    rows: Mapping[str, Band]
    confidences: Mapping[Band, float]

    @classmethod
    def load(cls, own: Path | None = None) -> Bands:
        """Read the tables; ``own`` is a user's folder of words. Raises DataError."""
        found: dict[str, Band] = {}
        for row in Tables(ontology_dir() / "lexicon", own).rows(TABLE, COLUMNS, once=True):
            found[row.cells[0]] = Band(row.choice(row.cells[1], _ORDER))
        return cls(found, confidences())

    def known(self, rule: str) -> bool:
        """Whether a construction of the rule stands in the table."""
        return any(name in self.rows for name in constructions(rule))

    def of(self, rule: str) -> Band:
        """Return the band of a rule: each doubt of its constructions takes it down by one.

        A rule that no row knows is doubtful; a test holds that we have none.
        """
        if not self.known(rule):
            return Band.DOUBTFUL
        doubts = sum(_ORDER.index(self.rows[name]) for name in constructions(rule) if name in self.rows)
        return _ORDER[min(doubts, len(_ORDER) - 1)]

    def construction(self, rule: str) -> str:
        """Return the construction under which a rule is counted: itself where it has a row, else its circumstance."""
        circumstance, *itself = constructions(rule)
        return rule if any(name in self.rows for name in itself) else circumstance

    def graded(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Give all evidence the confidence of its band."""
        sure = cache(lambda rule: self.confidences[self.of(rule)])
        for statement in statements:
            proofs = (replace(e, confidence=sure(e.rule)) for e in statement.evidence)
            yield replace(statement, evidence=tuple(proofs))


def pooled(rules: Mapping[str, Measured], bands: Bands) -> dict[Band, Measured]:
    """Return what each band came to, from what each rule came to."""
    found = dict.fromkeys(Band, Measured())
    for rule, one in rules.items():
        found[bands.of(rule)] += one
    return found


def by_construction(rules: Mapping[str, Measured], bands: Bands) -> dict[str, Measured]:
    """Return what each construction came to, the surest bands first."""
    found: dict[str, Measured] = {}
    for rule, one in rules.items():
        construction = bands.construction(rule)
        found[construction] = found.get(construction, Measured()) + one
    return dict(sorted(found.items(), key=lambda item: (_ORDER.index(bands.of(item[0])), item[0])))


@cache
def measured() -> Mapping[Band, Measured]:
    """Return what each band came to on the development gold; raises DataError."""
    path = ontology_dir() / "confidence.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["bands"]
        return {band: Measured(table[band]["right"], table[band]["judged"]) for band in Band}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise DataError(path, 1, f"not what tools/confidence.py writes ({error}); run it again") from error


@cache
def confidences() -> Mapping[Band, float]:
    """Return the confidence of the statements of each band, to three digits."""
    return {band: round(found.interval[0], 3) for band, found in measured().items()}


def least(given: str) -> float:
    """Return the least confidence that is meant: a number from 0 to 1, or that of a band.

    >>> least("0.5"), least("likely") == least("较可靠") == confidences()[Band.LIKELY]
    (0.5, True)
    """
    for band, confidence in confidences().items():
        if given in (band, band.zh):
            return confidence
    try:
        number = float(given)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise UsageError(f"--min-confidence {given}: give a number from 0 to 1, or {', '.join(Band)}")
    return number


def band_at(confidence: float) -> Band:
    """Return the band that a confidence reaches.

    >>> band_at(1.0).zh, band_at(0.0).zh
    ('确定', '存疑')
    """
    known = confidences()
    return next((band for band in _ORDER[:-1] if confidence >= known[band]), Band.DOUBTFUL)
