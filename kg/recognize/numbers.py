"""Numbers as Chinese prose writes them: 16.9万, 3,000亿, 一百七十九亿, 2.75万亿, 千亿."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

#: A number with its multiplier, in Arabic or Chinese digits; groups: arabic, multiplier, chinese.
NUMBER = (
    r"(?:(?P<arabic>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<multiplier>万亿|百万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?!克|米|瓦|伏|卡)|百(?!分))?"
    r"|(?P<chinese>[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?))"
)


def parse_chinese(text: str) -> Decimal | None:
    """The value of a number in Chinese digits, or None when it is vague (八九十) or no number.

    >>> parse_chinese("一百七十九亿"), parse_chinese("千亿"), parse_chinese("二点五")
    (Decimal('17900000000'), Decimal('100000000000'), Decimal('2.5'))
    >>> parse_chinese("八九十") is None
    True
    """
    whole, _, fraction = text.partition("点")
    if re.search("[一二三四五六七八九两]{2}", whole) and re.search("[十百千万亿]", whole):
        return None
    if whole and all(c in _DIGITS for c in whole):
        value = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        value = Decimal(_sum(whole))
    if fraction:
        value += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return value


def _sum(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            unit = _LARGE[char]
            section = section + digit or 1
            total = (total + section) * unit if unit > 10**4 and total else total + section * unit
            section = digit = 0
    return total + section + digit


def value_of(arabic: str | None, multiplier: str | None, chinese: str | None) -> Decimal | None:
    """The value of a match of NUMBER.

    >>> value_of("16.9", "万", None), value_of("3,000", "亿", None), value_of("2.75", "万亿", None)
    (Decimal('169000.0'), Decimal('300000000000'), Decimal('2750000000000.00'))
    """
    if arabic is not None:
        value = Decimal(arabic.replace(",", ""))
        for char in multiplier or "":
            value *= (_SMALL | _LARGE)[char]
        return value
    return parse_chinese(chinese or "")
