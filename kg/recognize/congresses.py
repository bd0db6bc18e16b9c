"""Sessions of party and people's congresses: 党的二十届三中全会, 二十大, 全国两会."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognize.base import Found, Work

_NUMBER = r"[一二三四五六七八九十百\d]+"
_SESSION = re.compile(
    rf"(?:党的|中共|中国共产党)?(?:第?{_NUMBER}届(?:中央委员会第?)?{_NUMBER}(?:中全会|次全体会议)|(?:(?<=党的)|(?<=中共))(?:{_NUMBER})大(?![\u4e00-\u9fff]?[项类个重])|第{_NUMBER}次全国代表大会)"
    rf"|(?:[^\W\d日月年在于和的了，]{{2,6}}?(?:省|市|县|区|州))?第?{_NUMBER}届(?:全国)?(?:人大|人民代表大会|政协)(?:常委会)?第?{_NUMBER}次会议"
)


def find_sessions(work: Work) -> Iterator[Found]:
    """Yield sessions by their fixed form."""
    if "届" in work.text or "党的" in work.text or "次全国代表大会" in work.text:
        for match in _SESSION.finditer(work.text):
            yield Found(match.start(), match.end(), "Event", "session", 0.9)
