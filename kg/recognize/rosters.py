"""Bodies in the rows of a list of members, by the office behind them: 陈云山　　统计局局长、林业局党组成员."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work

#: A row: the label of the first of a kind, the name, wide spaces, and offices that 、 parts.
_ROW = re.compile(
    "(?:[\u4e00-\u9fff \u3000]{1,9}[：:])?\\s*[\u4e00-\u9fff](?:[\u4e00-\u9fff]{1,3}|[ \u3000]{1,3}[\u4e00-\u9fff])[ \u3000]+"
    "(?P<offices>[\u4e00-\u9fff、（）]{4,60})$"
)
#: In what the short names of bodies end that the nation or a place has one of.
_BODY = re.compile("[\u4e00-\u9fff]{1,12}(?:局|委|办|部|院|署|会|社|总局|集团|公司)$")
_VAGUE = re.compile("^(?:原|副|本|该|各|有关)|干部$|[一二三四五六七八九十]院$")


class Rosters:
    """Finds the bodies that no list and no proper part vouches for."""

    def __init__(self, lexicon: Lexicon) -> None:
        offices = "|".join(sorted(map(re.escape, lexicon.words["offices"]), key=len, reverse=True))
        self._held = re.compile(f"(?P<body>[\u4e00-\u9fff]{{2,14}}?)原?(?:常务)?副?(?:{offices})+$")

    def find(self, work: Work, founds: Sequence[Found]) -> Iterator[Found]:
        """Yield the bodies of a row, where nobody else has found a name."""
        row = _ROW.match(work.text)
        if row is None:
            return
        at = row.start("offices")
        for part in row["offices"].split("、"):
            held = self._held.match(part)
            start, end = at, at + (held.end("body") if held else 0)
            at += len(part) + 1
            if held is None or not _BODY.match(held["body"]) or _VAGUE.search(held["body"]):
                continue
            if not any(f.start < end and start < f.end for f in founds):
                yield Found(start, end, "Institution", "roster", 0.8)
