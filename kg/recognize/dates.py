"""Dates and periods: 2024年7月1日, 二〇二四年七月, 2023—2027年, “十四五”期间, 今年上半年, 29日.

What the text leaves out is taken from the date before it in the sentence, else from the anchor, which is the
document's date; without either there is no date. ISO 8601, as exact as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.model import Period
from kg.recognize.numbers import parse_chinese


class Moment(NamedTuple):
    """A date or period: offsets in the text, the time, and how it lies to it.

    ``side`` is "since" (2020年以来), "until" (到2027年, 截至2024年底), or "".
    """

    start: int
    end: int
    period: Period
    side: str = ""


_N = "〇零一二三四五六七八九十"
_YEAR = rf"(?:(?P<y>(?:19|20)\d\d)|(?P<cy>[一二][{_N}]{{3}}))\s?年"
_MONTH = rf"(?P<m>\d{{1,2}}|[{_N}]{{1,2}})\s?月(?:份)?"
_DAY = rf"(?P<d>\d{{1,2}}|[{_N}]{{1,3}})\s?[日号](?![电系楼线])"
_PART = r"(?P<part>上半年|下半年|[前第]?[一二三四1-4]季度)"
_RELATIVE_YEAR = r"(?P<ry>今年|本年度?|去年|上年|前年|明年)"
_TO = r"\s?(?:[-—–－─~～]{1,2}|至|到)\s?"
#: With what a date can begin, and what none is without: the search takes 30 µs where it must look for itself.
_FIRST = rf"(?=[\d{_N}今本去上前明下第昨当])"
_SIGN = re.compile("[年月日天季]")
_DATE = re.compile(
    rf"{_FIRST}(?:(?P<range>(?P<a>(?:19|20)\d\d)\s?年?{_TO}(?P<b>(?:19|20)\d\d)\s?年(?![\d月])(?:度)?)"
    rf"|(?:{_YEAR}|{_RELATIVE_YEAR})(?:度)?的?(?:{_PART}|(?P<ma>\d{{1,2}})月?{_TO}(?P<mb>\d{{1,2}})月(?:份)?|{_MONTH}(?:{_DAY})?)?"
    rf"|(?P<sa>\d{{1,2}})月?{_TO}(?P<sb>\d{{1,2}})月(?:份)?(?!\d)"
    rf"|(?P<m2>\d{{1,2}}|[{_N}]{{1,2}}(?=月[{_N}]{{1,3}}日))\s?月(?:份)?(?!\s?\d{{1,2}}\s?日电)(?:{_DAY.replace('?P<d>', '?P<d2>')})?"
    rf"|{_PART.replace('?P<part>', '?P<part2>')}"
    rf"|(?P<rm>本月|上月|当月)(?:{_DAY.replace('?P<d>', '?P<d3>')})?"
    rf"|(?P<rd>今天|今日|昨天|昨日|前天|明天)(?:（(?P<m4>\d{{1,2}})月(?P<d4>\d{{1,2}})日）)?"
    rf"|(?P<d5>\d{{1,2}})日(?![电系楼线均程内]))"
)
#: A date's second end: 10月18日至20日, 2021年3月至2022年5月.
_END = re.compile(rf"{_TO}(?:{_YEAR})?(?:{_MONTH})?(?:{_DAY})?")
_TAIL = re.compile(r"(?:年)?(?:底|末|初|年中|中旬|上旬|下旬)")
_SINCE = re.compile(r"(?:年)?(?:以来|以后|起|开始|至今)")
_UNTIL = re.compile(r"(?:到|至|截至|截止|截止到|力争到)$")
_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: A number in front makes 5日 a span of days and 3月 a part of 2.3月.
_JOINED = re.compile(r"[\d.,/·第]$")


class Dates:
    """Finds dates and periods; ``plans`` maps the five-year plans to their years (十四五 → 2021/2025)."""

    def __init__(self, plans: Mapping[str, str]) -> None:
        self._plans = {word: Period(*years.split("/")) for word, years in plans.items()}
        words = "|".join(sorted(map(re.escape, plans), key=len, reverse=True))
        self._named = re.compile(words)
        self._plan = re.compile(
            rf"(?P<open>[“‘「]?)(?P<name>{words})[”’」]?(?:时期|期间|以来|期(?=[末间内])|(?=末|初|[，开时]))"
            r"(?P<edge>末|初)?"
        )

    def find(self, text: str, anchor: str = "") -> tuple[Moment, ...]:
        """The dates of a text in order; ``anchor`` is an ISO date or "".

        >>> dates = Dates({"十四五": "2021/2025"})
        >>> [str(m.period) for m in dates.find("2024年7月1日，“十四五”期间，2023—2027年")]
        ['2024-07-01', '2021/2025', '2023/2027']
        >>> [str(m.period) for m in dates.find("9月29日，今年上半年", "2011-10-01")], dates.find("9月29日")
        (['2011-09-29', '2011-01/2011-06'], ())
        """
        found: list[Moment] = []
        if not _SIGN.search(text):
            return tuple(sorted(self._planned(text)))
        context = ""
        position = 0
        while match := _DATE.search(text, position):
            position = max(match.end(), position + 1)
            if _JOINED.search(text, max(0, match.start() - 1), match.start()):
                continue
            period = self._read(match, context or anchor, anchor)
            if period is None:
                continue
            if match["y"] or match["cy"] or match["ry"]:
                context = period.start
            end = match.end()
            if period.start == period.end and (second := _END.match(text, end)):
                later = _second(second, period.start)
                if later:
                    period, end = Period(period.start, later), second.end()
            found.append(_dress(text, match.start(), end, period))
            position = max(end, position)
        found += self._planned(text)
        return tuple(sorted(found)) if found else ()

    def plans_in(self, text: str) -> bool:
        """Whether a text holds the name of a plan."""
        return self._named.search(text) is not None

    def _planned(self, text: str) -> Iterator[Moment]:
        for match in self._plan.finditer(text) if self._named.search(text) else ():
            if not match["open"] and text[match.end("name") : match.end("name") + 1] in "，开末初":
                continue
            period = self._plans[match["name"]]
            edge = {"末": period.end, "初": period.start}.get(match["edge"] or "")
            side = "since" if match.group().endswith("以来") else ""
            yield Moment(match.start(), match.end(), Period(edge, edge) if edge else period, side)

    def _read(self, match: re.Match[str], context: str, anchor: str) -> Period | None:
        if match["range"]:
            return Period(match["a"], match["b"]) if match["a"] < match["b"] else None
        if match["y"] or match["cy"] or match["ry"]:
            return _dated(match, anchor)
        if match["rd"]:
            return _day_from(match, anchor)
        if not context:
            return None
        year = context[:4]
        if match["sa"]:
            return _months(year, match["sa"], match["sb"])
        if match["part2"]:
            return _part(year, match["part2"])
        if match["rm"]:
            month = _month_of(anchor, -1 if match["rm"] == "上月" else 0)
            return _point(month, match["d3"]) if month else None
        if match["d5"]:
            return _day_alone(context, match["d5"])
        return _short(match, context, anchor)


def _dated(match: re.Match[str], anchor: str) -> Period | None:
    if match["ry"]:
        if not anchor:
            return None
        year = str(int(anchor[:4]) + _YEARS[match["ry"]])
    else:
        year = match["y"] or _digits(match["cy"])
    if len(year) != 4:
        return None
    if match["part"]:
        return _part(year, match["part"])
    if match["ma"]:
        return _months(year, match["ma"], match["mb"])
    if not match["m"]:
        return Period(year, year)
    month = _small(match["m"])
    return _point(f"{year}-{month:02}", match["d"]) if 1 <= month <= 12 else None


def _short(match: re.Match[str], context: str, anchor: str) -> Period | None:
    """9月29日: of the year of the context; of the year before when it would lie far ahead of the anchor."""
    month = _small(match["m2"])
    if not 1 <= month <= 12:
        return None
    year = int(context[:4])
    if context == anchor and len(anchor) >= 7 and month > int(anchor[5:7]) + 6:
        year -= 1
    return _point(f"{year}-{month:02}", match["d2"])


def _point(month: str, day: str | None) -> Period | None:
    if not day:
        return Period(month, month)
    number = _small(day)
    if not 1 <= number <= _MONTH_DAYS[int(month[5:7]) - 1]:
        return None
    at = f"{month}-{number:02}"
    return Period(at, at)


def _day_alone(context: str, day: str) -> Period | None:
    """29日: of the month of the context, of the month before when that day has not come yet."""
    if len(context) < 7:
        return None
    ahead = len(context) == 10 and int(day) > int(context[8:10])
    month = _month_of(context, -1 if ahead else 0)
    return _point(month, day) if month else None


def _day_from(match: re.Match[str], anchor: str) -> Period | None:
    if match["m4"] and len(anchor) >= 4:
        return (
            _point(f"{anchor[:4]}-{int(match['m4']):02}", match["d4"])
            if 1 <= int(match["m4"]) <= 12
            else None
        )
    if len(anchor) != 10:
        return None
    day = int(anchor[8:10]) + _DAYS[match["rd"]]
    return _point(anchor[:7], str(day)) if 1 <= day <= 28 else None


def _month_of(date: str, shift: int) -> str:
    """The month of an ISO date, moved by months; "" when it has none."""
    if len(date) < 7:
        return ""
    months = int(date[:4]) * 12 + int(date[5:7]) - 1 + shift
    return f"{months // 12}-{months % 12 + 1:02}"


def _part(year: str, words: str) -> Period:
    """上半年, 一季度, 前三季度."""
    if "半年" in words:
        return Period(f"{year}-01", f"{year}-06") if words[0] == "上" else Period(f"{year}-07", f"{year}-12")
    last = _small(re.sub("[前第季度]", "", words))
    first = 1 if words[0] == "前" else last
    return Period(f"{year}-{first * 3 - 2:02}", f"{year}-{last * 3:02}")


def _months(year: str, first: str, last: str) -> Period | None:
    a, b = int(first), int(last)
    return Period(f"{year}-{a:02}", f"{year}-{b:02}") if 1 <= a < b <= 12 else None


def _second(match: re.Match[str], first: str) -> str:
    """The later end of 10月18日至20日 in full; "" when it is none."""
    year = match["y"] or (_digits(match["cy"]) if match["cy"] else "")
    month = _small(match["m"]) if match["m"] else 0
    if not (year or month or match["d"]) or month > 12:
        return ""
    if not year:
        year = first[:4]
    elif not month:
        return year if len(first) == 4 and year > first else ""
    head = f"{year}-{month:02}" if month else first[:7]
    if match["d"] and len(head) == 7:
        point = _point(head, match["d"])
        head = point.start if point and len(first) == 10 else ""
    elif len(first) == 10:
        return ""
    return head if head > first else ""


def _dress(text: str, start: int, end: int, period: Period) -> Moment:
    """Take in 底, 以来 and the like, and see on which side of the date the words put it."""
    if tail := _TAIL.match(text, end):
        end = tail.end()
    if since := _SINCE.match(text, end):
        return Moment(start, since.end(), period, "since")
    until = _UNTIL.search(text, max(0, start - 4), start)
    return Moment(start, end, period, "until" if until else "")


def _digits(words: str) -> str:
    """二〇二四 or 二零二四 as 2024, "" for another number."""
    values = parse_chinese(words) if not re.search("十", words) else ()
    return str(values[0]) if values and len(str(values[0])) == 4 else ""


def _small(words: str) -> int:
    if words.isdigit():
        return int(words)
    values = parse_chinese(words)
    return int(values[0]) if len(values) == 1 else 0
