"""Numbers as Chinese prose writes them: 16.9万, 3,000亿, 一百七十九亿, 2.75万亿, 千亿, 八九十亿."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

#: Characters with which a number can begin; the search runs on them alone.
STARTS = "0-9零〇一二三四五六七八九十百千万亿两"
#: 千 and 百 are no multipliers where they begin a unit (千瓦, 百分点).
_MULTIPLIER = r"(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|十|百(?!分)|千(?![克米瓦伏卡赫字帕安吨焦]))"
_UNIT = re.compile("千[克米瓦伏卡赫字帕安吨焦]")
_NUMBER = re.compile(
    rf"(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?P<multiplier>{_MULTIPLIER}))?"
    r"|(?P<chinese>[零〇一二三四五六七八九十百千万亿两]+(?:点[零〇一二三四五六七八九]+(?P<scale>万?亿|万)?)?)"
)
_VAGUE = re.compile("^([一两二三四五六七八九])([二三四五六七八九])(十?[百千万亿]*)$")


class Number(NamedTuple):
    """A number in a text: where it ends, its value (two for 八九十), and how it is written."""

    end: int
    values: tuple[Decimal, ...]
    scale: int  # the multiplier as a factor, 1 when there is none
    chinese: bool
    bare: bool  # only a scale without a digit: 千亿, 百


def read_number(text: str, start: int) -> Number | None:
    """The number that begins at a position, or None.

    >>> read_number("2.75万亿元", 0).values, read_number("3,000亿", 0).scale
    ((Decimal('2750000000000'),), 100000000)
    >>> read_number("八九十亿元", 0).values
    (Decimal('8000000000'), Decimal('9000000000'))
    """
    match = _NUMBER.match(text, start)
    if match is None:
        return None
    if match["arabic"]:
        scale = _factor(match["multiplier"] or "")
        value = Decimal(match["arabic"].replace(",", "")) * scale
        return Number(match.end(), (tidy(value),), scale, False, False)
    words, end = match["chinese"], match.end()
    if _UNIT.match(text, end - 1) and re.search("[十百万亿]千$", words):
        words, end = words[:-1], end - 1  # 二百零五万|千瓦
    values = parse_chinese(words)
    if not values:
        return None
    scale = _factor(re.sub("^.*?(?=[万亿]+$)|^.*[^万亿]$", "", words))
    return Number(end, values, scale, True, not re.search("[一二三四五六七八九两]", words))


def parse_chinese(words: str) -> tuple[Decimal, ...]:
    """The value of a number in Chinese digits; two for a range, none for what is no number.

    >>> parse_chinese("一百七十九亿"), parse_chinese("千亿"), parse_chinese("二点五")
    ((Decimal('17900000000'),), (Decimal('100000000000'),), (Decimal('2.5'),))
    >>> parse_chinese("八九十"), parse_chinese("二三"), parse_chinese("二〇二四")
    ((Decimal('80'), Decimal('90')), (), (Decimal('2024'),))
    """
    if vague := _VAGUE.match(words):
        low, high, rest = vague.groups()
        if not rest or int(parse_chinese(low)[0]) + 1 != int(parse_chinese(high)[0]):
            return ()
        return parse_chinese(low + rest) + parse_chinese(high + rest)
    tail = re.search("(?<=[点零〇一二三四五六七八九])(万?亿|万)$", words) if "点" in words else None
    scale = tail.group() if tail else ""
    whole, _, fraction = words.removesuffix(scale).partition("点")
    if all(c in _DIGITS for c in whole):
        if not fraction and len(whole) in (2, 3):
            return ()
        value = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        total = _sum(whole)
        if total is None:
            return ()
        value = Decimal(total)
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return (tidy(value * _factor(scale)),)


def tidy(value: Decimal) -> Decimal:
    """The value without zeros behind the point, never in exponents.

    >>> tidy(Decimal("169000.0")), tidy(Decimal("13.10"))
    (Decimal('169000'), Decimal('13.1'))
    """
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _sum(words: str) -> int | None:
    """Add up 三千二百亿; None where digits stand side by side (一二百)."""
    total = section = 0
    digit: int | None = None
    smallest = 10**5
    for char in words:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            if _SMALL[char] >= smallest:
                return None
            smallest = _SMALL[char]
            section += (1 if digit is None else digit) * smallest
            digit = None
        else:
            section = section + (digit or 0) or (0 if total else 1)
            if char == "万" and total >= 10**8:
                total += section * 10**4  # 一亿|二千万
            else:
                total = (total + section) * _LARGE[char]
            section, digit, smallest = 0, None, 10**5
    return total + section + (digit or 0)


def _factor(words: str) -> int:
    factor = 1
    for char in words:
        factor *= (_SMALL | _LARGE)[char]
    return factor
