"""Figures and dates in a sentence, normalised: value, unit and bound; ISO 8601 as exact as the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kg.model import Bound, Period
from kg.recognize.numbers import NUMBER, parse_chinese, value_of


class Figure(NamedTuple):
    """A figure: offsets in the text (with its unit and bounds), value, unit, bound."""

    start: int
    end: int
    value: Decimal
    unit: str
    bound: Bound


class Moment(NamedTuple):
    """A date or period: offsets in the text, and the period."""

    start: int
    end: int
    period: Period


_CURRENCIES = {
    "元": "元",
    "元人民币": "元",
    "人民币": "元",
    "块": "元",
    "美元": "美元",
    "美金": "美元",
    "港元": "港元",
    "港币": "港元",
    "欧元": "欧元",
    "日元": "日元",
    "英镑": "英镑",
}
_ANY = re.compile(r"[\d一二三四五六七八九十百千两]")
_YEAR = r"(?:(?P<y>(?:19|20)\d{2})|(?P<cy>[一二][零〇一二三四五六七八九]{3}))年"
_MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九]|十[一二]?)月(?:份)?"
_DAY = r"(?P<d>\d{1,2}|[二三]?十?[一二三四五六七八九十])[日号]"
_DATE = re.compile(rf"{_YEAR}(?:{_MONTH}(?:{_DAY})?)?(?P<since>以来|起)?(?:底|末|初|年底|年初|年末)?")
_SHORT = re.compile(r"(?<![\d年月])(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?(?!电)")
_RANGE = re.compile(r"(?P<a>(?:19|20)\d{2})年?\s*(?:[-—–－~～]{1,2}|至|到)\s*(?P<b>(?:19|20)\d{2})年?")
_PLAN = re.compile(r"[“\"]?(?P<n>[一二三四五六七八九十]{1,3})五[”\"]?(?:规划)?(?:期间|时期|以来|期末|末)")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2}


@dataclass(frozen=True)
class Units:
    """What may stand behind a number; read from the lexicon, longest first."""

    words: Mapping[str, str]

    def pattern(self) -> re.Pattern[str]:
        """Number, bound, unit, in one expression."""
        units = "|".join(sorted(map(re.escape, self.words), key=len, reverse=True))
        return re.compile(
            r"(?P<percent>百分之)?" + NUMBER + r"(?P<more>多|余|来)?(?P<late>万亿|亿|万)?\s*"
            rf"(?P<unit>{units})?(?P<after>以上|以下|以内|左右|上下|多|余)?"
        )


class Values:
    """Finds figures and dates; built once from the units and bounds of the lexicon."""

    def __init__(self, units: Mapping[str, str], bounds: Mapping[str, str]) -> None:
        self._figure = Units(units).pattern()
        self._units = units
        before = {word: Bound(name) for word, name in bounds.items()}
        self._before = before
        self._bound = re.compile(
            "(?:" + "|".join(sorted(map(re.escape, before), key=len, reverse=True)) + ")$"
        )

    def moments(self, text: str, anchor: str = "") -> list[Moment]:
        """Dates and periods; without an anchor (the document's date) 9月29日 has no year and is left out."""
        found: list[Moment] = []
        for match in _RANGE.finditer(text):
            found.append(Moment(match.start(), match.end(), Period(match["a"], match["b"])))
        for match in _DATE.finditer(text):
            if not _inside(match.start(), found):
                found.append(Moment(match.start(), match.end(), _point(match)))
        for match in _PLAN.finditer(text):
            number = parse_chinese(match["n"])
            if number is not None:
                start = 1953 + (int(number) - 1) * 5 if number < 5 else 1976 + (int(number) - 5) * 5
                found.append(Moment(match.start(), match.end(), Period(str(start), str(start + 4))))
        if len(anchor) >= 4:
            found += self._anchored(text, anchor, found)
        return sorted(found)

    def _anchored(self, text: str, anchor: str, found: list[Moment]) -> Iterator[Moment]:
        year = int(anchor[:4])
        for word, shift in _RELATIVE.items():
            for match in re.finditer(word, text):
                at = str(year + shift)
                yield Moment(match.start(), match.end(), Period(at, at))
        for match in _SHORT.finditer(text):
            if not _inside(match.start(), found) and 1 <= int(match["m"]) <= 12:
                at = f"{year:04}-{int(match['m']):02}" + (f"-{int(match['d']):02}" if match["d"] else "")
                yield Moment(match.start(), match.end(), Period(at, at))

    def figures(self, text: str, taken: list[tuple[int, int]]) -> list[Figure]:
        """Figures outside of the stretches that are taken (names, dates)."""
        if not _ANY.search(text):
            return []
        found: list[Figure] = []
        for match in self._figure.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            figure = self._read(text, match)
            if figure:
                found.append(figure)
        return _carry_units(text, found)

    def _read(self, text: str, match: re.Match[str]) -> Figure | None:
        value = value_of(match["arabic"], match["multiplier"], match["chinese"])
        if value is None:
            return None
        unit = match["unit"] or ""
        if match["late"]:
            value *= {"万亿": 10**12, "亿": 10**8, "万": 10**4}[match["late"]]
        scaled = bool(match["multiplier"] or match["late"]) or (match["chinese"] or "").endswith(("万", "亿"))
        if match["percent"]:
            unit = "%"
        previous = text[match.start() - 1] if match.start() else ""
        if previous in ("第", "前", "之", "～", "-", "—", "·", ".", "№") or (
            previous.isascii() and previous.isalnum()
        ):
            return None
        if not unit and not scaled:
            return None
        if match["chinese"] and not match["percent"] and not self._counts(match["chinese"], unit):
            return None
        if not unit and not _ends_here(text, match.end()):
            return None
        name = _CURRENCIES.get(unit, self._units.get(unit, unit))
        if (unit and unit[-1] in "年月日岁天时分秒周") or name == "skip":
            return None
        return Figure(match.start(), match.end(), value, name, self._bound_of(text, match))

    def _counts(self, digits: str, unit: str) -> bool:
        """Whether Chinese digits count: 一百七十九亿元, 两家; but not 一家, 百家, 千万."""
        if len(digits) == 1:
            return False  # 两家企业, 三项任务: words more than figures
        return digits[0] in "零〇一二两三四五六七八九十千百" and bool(unit)

    def _bound_of(self, text: str, match: re.Match[str]) -> Bound:
        before = self._bound.search(text[max(0, match.start() - 5) : match.start()])
        if before:
            return self._before[before.group()]
        after = match["after"] or match["more"]
        if after in ("以上", "多", "余", "来"):
            return Bound.OVER
        if after in ("左右", "上下"):
            return Bound.ABOUT
        return Bound.AT_MOST if after else Bound.EXACT


#: What may follow a figure without a unit: 7331万， 50亿大关, 从1.3亿增长至2.61亿.
_FREE = re.compile(
    r"[，。；、：）！”\s]|$|以上|以下|左右|大关|增长|增至|增加|提高|提升|下降|上升|至|到|[-—~～–]|的"
)


def _ends_here(text: str, end: int) -> bool:
    return bool(_FREE.match(text, end))


def _inside(position: int, moments: list[Moment]) -> bool:
    return any(m.start <= position < m.end for m in moments)


def _point(match: re.Match[str]) -> Period:
    year = match["y"] or str(parse_chinese(match["cy"].replace("〇", "零")))
    at = year
    if match["m"]:
        month = _small(match["m"])
        if 1 <= month <= 12:
            at += f"-{month:02}"
            if match["d"] and 1 <= _small(match["d"]) <= 31:
                at += f"-{_small(match['d']):02}"
    return Period(at, at)


def _small(text: str) -> int:
    return int(text) if text.isdigit() else int(parse_chinese(text) or 0)


def _carry_units(text: str, figures: list[Figure]) -> list[Figure]:
    """7500亿至1万亿元, 6.8%、12.3%: a figure without a unit before 至 takes that of the next."""
    result = list(figures)
    for n in range(len(result) - 2, -1, -1):
        here, following = result[n], result[n + 1]
        if not here.unit and re.fullmatch(r"(?:至|到|-|—|~|～|–|、|和)+", text[here.end : following.start]):
            result[n] = here._replace(unit=following.unit)
    return result
