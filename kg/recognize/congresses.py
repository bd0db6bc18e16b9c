"""Sessions of party and people's congresses: 党的二十届三中全会, 二十大, 全国两会."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognize.base import Found, Work

#: The shortest name of a session behind what leads to it.
_SHORTEST = 6
_AHEAD = frozenset(
    {"暨", "出席", "主持", "主持召开", "召开", "参加", "列席", "举行", "了", "的", "日", "今天", "昨天"}
)
_NUMBER = r"[一二三四五六七八九十百\d]+"
_SESSION = re.compile(
    rf"(?:党的|中共|中国共产党)?(?:第?{_NUMBER}届(?:中央委员会第?)?{_NUMBER}(?:中全会|次全体会议)|(?:(?<=党的)|(?<=中共))(?:{_NUMBER})大(?![\u4e00-\u9fff]?[项类个重])|第{_NUMBER}次全国代表大会)"
    rf"|第{_NUMBER}届全国人民代表大会(?=[，。、；作上以召开通审期会议已将是就]|$)(?!会议?常|第)"
    rf"|(?:[^\W\d日月年在于和的了，]{{2,6}}?(?:省|市|县|区|州))?第?{_NUMBER}届(?:全国)?(?:人大|人民代表大会|政协)(?:常委会)?第?{_NUMBER}次会议"
)


#: What leads to the place of a session and belongs to no place's name: 超额完成|区第十三届人民代表大会….
_LED = re.compile("(?:超额|全面|圆满|顺利)?(?:完成|落实|贯彻|学习|传达|审议|通过|按照|根据)(?=[省市县区州])")

#: A numbered session of a standing body: 全面深化改革领导小组第六次会议.
_MEETING = re.compile(
    rf"[\u4e00-\u9fff]{{2,24}}?(?:委员会|领导小组|理事会|常委会|常务委员会|协调小组|政治局|联席会)第{_NUMBER}次(?:全体)?(?:会议|集体学习)"
    rf"|(?:国务院|[\u4e00-\u9fff]{{2,8}}?(?:政府|人大常委会|政协|党委|省委|市委))第{_NUMBER}次(?:常务|主席|主任|常委|党组)?(?:扩大)?会议"
)
#: A summit by its number: 二十国集团领导人第十七次峰会.
_SUMMIT = re.compile(
    rf"[\u4e00-\u9fffA-Z0-9]{{2,20}}?(?:领导人|首脑|元首|部长|缔约方)第{_NUMBER}次(?:非正式)?(?:峰会|会议|会晤|大会|理事会)"
)
_IN_SESSION = re.compile("次(?:全体|常务|主席|主任|常委|党组)?(?:扩大)?会议|次集体学习")


def find_sessions(work: Work) -> Iterator[Found]:
    """Yield sessions by their fixed form."""
    if "届" in work.text or "党的" in work.text or "次全国代表大会" in work.text:
        for match in _SESSION.finditer(work.text):
            start = match.start()
            if led := _LED.match(work.text, start, match.end()):
                start = led.end()
            yield Found(start, match.end(), "Event", "session", 0.9)
    if "次" in work.text:
        for match in _SUMMIT.finditer(work.text):
            start = _opening(work, match.start(), match.end())
            yield Found(start, match.end(), "Event", "session", 0.85)
    if _IN_SESSION.search(work.text):
        for match in _MEETING.finditer(work.text):
            start = _opening(work, match.start(), match.end())
            yield Found(start, match.end(), "Event", "session", 0.85)


def _opening(work: Work, start: int, end: int) -> int:
    """Where the name of a body begins in a stretch: behind the last verb of attending, preposition or small word."""
    small = work.lexicon.words["prepositions"] | _AHEAD
    numbered = work.text.rindex("第", start, end)
    for token in reversed(work.between(start, numbered)):
        ahead = token.word in small or token.tag in ("r", "d", "uj", "c", "m", "t")
        if ahead and start < token.end < end - _SHORTEST:
            return token.end
    return start
