"""Figures in a sentence, normalised: 近6万名 is 60000 名, 一百七十九亿元 is 17900000000 元, 三成 is 30 %.

Decimal arithmetic only. Vague numbers (数十亿), bare scales in words (百姓, 千方百计) and numbers without a unit
or a multiplier (第三条, （2）, 房间 1203) are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.model import Bound, Period, Span
from kg.recognize.dates import Dates
from kg.recognize.numbers import STARTS, Number, parse_chinese, read_number, tidy


@dataclass(frozen=True, slots=True)
class ValueMention:
    """A figure or a date in a text; offsets are the text's own.

    ``values`` has two members for a range that the text writes as one (八九十亿元). ``side`` is a date's
    ("since", "until" or ""). ``ordinal`` is 第380位; ``chinese`` says that it is written 两家, 三百户.
    """

    span: Span
    text: str
    kind: str  # "quantity" or "date"
    values: tuple[Decimal, ...] = ()
    unit: str = ""
    bound: Bound = Bound.EXACT
    scale: int = 1
    ordinal: bool = False
    chinese: bool = False
    period: Period | None = None
    side: str = ""

    @property
    def value(self) -> Decimal:
        """The first value of a quantity."""
        return self.values[0]


_PREFILTER = re.compile(f"[{STARTS}]")
_DATED = re.compile("[年月日天季]")
_RELATIVE = re.compile("[今本去前明昨上][年月天日]")
_MORE = re.compile(r"\s?(?P<more>[多余来])?\s?(?P<late>万亿|亿|万)?\s?")
_PERCENT = re.compile(r"(?P<base>[百千])分之(?=[零〇一二三四五六七八九十百\d])")
#: A percentage as papers in Markdown write it: $2 8 . 4 \\%$, $4 \\% ^ { [ 2 ] }$.
_TEX_PERCENT = re.compile(r"\$\s?(?P<number>\d(?:\s?[\d.])*)\s?\\%(?:\s?\^\s?\{[^{}$]*\})?\s?\$")
_TENTHS = re.compile("成(?:(?P<half>[半五])|(?![立为功员果都绩就长本交份型熟品片渝效分千套]))")
_BEHIND = re.compile(r"(?P<over>以上|之多|多|余)|(?P<most>以下|以内|之内)|(?P<about>左右|上下)|[（(]?含")
#: What may follow a figure that has a multiplier but no unit: 7331万, 50亿大关, 1.3亿增长至….
_FREE = re.compile(
    r"[，。；：、！？）”\s]|$|以上|以下|左右|大关|关口|增长|增至|增加|提高|提升|下降|上升|降至|升至|[至到多余]|[-—─~～–]|的"
)
_LINK = re.compile(r"\s?(?:[-—–－─~～]{1,2}|至|到)\s?")
_LIST = re.compile(r"[、和及与,，]|以及")
#: Signs in front of which a number is part of a code, a date, a ratio or a longer number.
_GLUED = re.compile(r"[A-Za-z\d./·№〔\[_:∶×]$|(?<=\d)[,，]$|[A-Za-z]-$")
#: The currency in front of a figure, as Taiwan and accounts write it: 新台币138亿元, 美元3亿元, 港币2000万元.
_CURRENCY = re.compile(r"(新台币|台币|美元|美金|港币|港元|欧元|日元|韩元|英镑)\s?$")
_NEGATIVE = re.compile(r"(?<![\d%个家名元年月日至到])[-－−负]$")


class Values:
    """Finds figures and dates; built once from tables of units, bounds and plans.

    ``units`` maps a word behind a number to the unit's name ("skip" for what makes no figure);
    ``bounds`` maps a word in front of a number to a Bound.
    """

    def __init__(self, units: Mapping[str, str], bounds: Mapping[str, str], plans: Mapping[str, str]) -> None:
        self._units = units
        #: By its first character: to try five hundred words one after the other takes a microsecond.
        self._unit = {
            first: re.compile("|".join(f"{re.escape(w)}{_edge(w)}" for w in _longest_first(words)))
            for first, words in _by_first(units).items()
        }
        # 一 alone counts only what has a unit: 统一, 进一步 are passed over without a second look.
        counted = re.escape("".join(sorted(self._unit))) + r"多余来万亿成点分\s"
        self._figure_sign = re.compile(f"[{STARTS}]{{2,}}|[0-9]|[{STARTS[3:]}](?=[{counted}])")
        self._bounds = {word: Bound(name) for word, name in bounds.items()}
        self._bound = re.compile(f"({'|'.join(map(re.escape, _longest_first(bounds)))})了?\\s?$")
        self._dates = Dates(plans)

    def find(
        self, text: str, anchor: str = "", skip: Sequence[tuple[int, int]] = ()
    ) -> tuple[ValueMention, ...]:
        """Figures and dates of a text in order, outside of the stretches to skip (names, titles).

        ``anchor`` is the document's ISO date or "": without it 今年 and 9月29日 have no time and are left out.
        """
        if not self.may_be_in(text, anchor):
            return ()
        moments = [m for m in self._dates.find(text, anchor) if not _overlaps(m.start, m.end, skip)]
        found = [
            ValueMention(Span(m.start, m.end), text[m.start : m.end], "date", period=m.period, side=m.side)
            for m in moments
        ]
        formulas = list(self._formulas(text)) if "\\%" in text else []
        taken = sorted([*skip, *((v.span.start, v.span.end) for v in (*found, *formulas))])
        found += [*formulas, *self._figures(text, taken)]
        return tuple(sorted(found, key=lambda v: v.span))

    def may_be_in(self, text: str, anchor: str = "") -> bool:
        """Whether a look at single characters leaves the chance of a figure or a date."""
        if self._figure_sign.search(text):
            return True
        dated = _DATED.search(text) or self._dates.plans_in(text)
        return bool(dated and (_PREFILTER.search(text) or (anchor and _RELATIVE.search(text))))

    def _formulas(self, text: str) -> Iterator[ValueMention]:
        for match in _TEX_PERCENT.finditer(text):
            number = re.sub(r"\s", "", match["number"])
            if re.fullmatch(r"\d+(?:\.\d+)?", number):
                bound, end = self._bound_of(text, match.start(), match.end(), "")
                span = Span(match.start(), end)
                yield ValueMention(span, text[slice(*span)], "quantity", (tidy(Decimal(number)),), "%", bound)

    def _figures(self, text: str, taken: list[tuple[int, int]]) -> list[ValueMention]:
        starts = [start for start, _ in taken]
        figures: list[ValueMention] = []
        position = 0
        while match := self._figure_sign.search(text, position):
            start = match.start()
            position = match.end()
            index = bisect_right(starts, start) - 1
            if index >= 0 and taken[index][1] > start:
                position = taken[index][1]
                continue
            figure = self._figure(text, start)
            if figure is not None:
                position = figure.span.end
                figures.append(figure)
            elif (number := read_number(text, start)) is not None:
                position = number.end
        return [f for f in _carried(text, figures) if f.unit or _stands_free(text, f)]

    def _figure(self, text: str, start: int) -> ValueMention | None:
        if _GLUED.search(text, max(0, start - 2), start):
            return None
        fraction = _PERCENT.match(text, start)
        number = read_number(text, fraction.end() if fraction else start)
        if number is None or (number.bare and text[max(0, start - 1) : start] in ("数", "几")):
            return None
        if fraction:
            return self._percentage(text, start, number, fraction["base"])
        more = _MORE.match(text, number.end)
        assert more is not None  # it matches the empty text
        late, vague = more["late"] or "", more["more"] or ""
        if late and not vague:
            return None
        factor = int(parse_chinese(late)[0]) if late else 1
        end = more.end() if more.group().strip() else number.end
        unit, end = self._unit_at(text, end)
        scale = number.scale * factor
        if scale == 1 and not unit and number.values[0] < 10 and (tenths := _TENTHS.match(text, end)):
            return self._tenths(text, start, number, tenths)
        if unit in ("元", "") and (currency := _CURRENCY.search(text, max(0, start - 4), start)):
            unit, start = self._units.get(currency[1], "新台币"), currency.start()
        bound, end = self._bound_of(text, start, end, vague)
        if unit == "skip" or not _counts(
            text, number, unit, self._bound.search(text, max(0, start - 6), start), scale
        ):
            return None
        sign = 1
        if _NEGATIVE.search(text, max(0, start - 1), start):
            sign, start = -1, start - 1
        return ValueMention(
            Span(start, end),
            text[start:end],
            "quantity",
            tuple(tidy(v * factor * sign) for v in number.values),
            unit,
            bound,
            scale,
            ordinal=text[max(0, start - 1) : start] == "第",
            chinese=number.chinese,
        )

    def _unit_at(self, text: str, position: int) -> tuple[str, int]:
        words = self._unit.get(text[position : position + 1])
        match = words.match(text, position) if words else None
        return (self._units[match.group()], match.end()) if match else ("", position)

    def _percentage(self, text: str, start: int, number: Number, base: str) -> ValueMention:
        bound, end = self._bound_of(text, start, number.end, "")
        unit = "%" if base == "百" else "‰"
        return ValueMention(
            Span(start, end), text[start:end], "quantity", number.values, unit, bound, chinese=True
        )

    def _tenths(self, text: str, start: int, number: Number, match: re.Match[str]) -> ValueMention:
        bound, end = self._bound_of(text, start, match.end(), "")
        extra = 5 if match["half"] else 0
        values = tuple(tidy(v * 10 + extra) for v in number.values)
        return ValueMention(
            Span(start, end), text[start:end], "quantity", values, "%", bound, chinese=number.chinese
        )

    def _bound_of(self, text: str, start: int, end: int, vague: str) -> tuple[Bound, int]:
        """The bound that the words around a figure give, and where it ends with those behind it."""
        behind = _BEHIND.match(text, end)
        if behind and behind.lastgroup:
            end = behind.end()
        if before := self._bound.search(text, max(0, start - 6), start):
            return self._bounds[before.group(1)], end
        if vague or (behind and behind["over"]):
            return Bound.OVER, end
        if behind and behind["most"]:
            return Bound.AT_MOST, end
        return Bound.ABOUT if behind and behind["about"] else Bound.EXACT, end


def _counts(text: str, number: Number, unit: str, bounded: object, scale: int) -> bool:
    """Whether a number is a figure: no 百姓, no 万元 without a digit, no 百家 but 近百家."""
    if not number.chinese:
        return bool(unit) or scale > 1 or bool(_LINK.match(text, number.end) or _LIST.match(text, number.end))
    if number.bare and not bounded and number.values[0] != 10:
        return bool(unit) and number.values[0] > 10**8  # 千亿元 stands for a figure
    return bool(unit) or (scale > 1 and not number.bare)


def _stands_free(text: str, figure: ValueMention) -> bool:
    """Whether a number without a unit is a figure: 7331万，, 1.3亿增长至, 33万农民工; but no 第3, no 万里."""
    if figure.scale == 1:
        return False
    return bool(_FREE.match(text, figure.span.end)) or (not figure.chinese and figure.scale >= 10**4)


def _longest_first(words: Mapping[str, str]) -> list[str]:
    return sorted(words, key=lambda w: (-len(w), w))


def _by_first(words: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word, unit in words.items():
        found.setdefault(word[0], {})[word] = unit
    return found


def _edge(word: str) -> str:
    """Latin units end where no letter follows: 5G网络 is no weight."""
    return "(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""


def _overlaps(start: int, end: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in stretches)


def _carried(text: str, figures: list[ValueMention]) -> Iterator[ValueMention]:
    """7500亿至1万亿元, 1.5—2亿元, 12、15和18个: what a figure lacks is that of the next one."""
    result = list(figures)
    for n in range(len(result) - 2, -1, -1):
        here, following = result[n], result[n + 1]
        between = text[here.span.end : following.span.start]
        linked = _LINK.fullmatch(between)
        if not here.unit and (linked or _LIST.fullmatch(between)):
            here = replace(here, unit=following.unit)
            if linked and here.scale == 1 < following.scale:
                here = _scaled_like(here, following)
            result[n] = here
        if (
            linked
            and here.unit == following.unit
            and following.bound is Bound.EXACT
            and here.bound is not Bound.EXACT
        ):
            result[n + 1] = replace(following, bound=here.bound)
    yield from result


def _scaled_like(low: ValueMention, high: ValueMention) -> ValueMention:
    """1.5—2亿: the low end takes the multiplier of the high one; 5000至1万亿: the largest that keeps it below."""
    for scale in (high.scale, 10**8, 10**4):
        value = low.value * scale
        if scale <= high.scale and value <= high.value:
            return replace(low, values=(tidy(value),), scale=scale)
    return low
