"""Works by their form: phases (云江电厂三期), diversions (引江济淮), facilities whose names the tokens break (椒花水库).

These stand in lists and headlines where no verb and no proper word vouches for them; their form does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work

_PHASE = re.compile(
    "(?:[一二三四五六七八九]|(?<!\\d)[1-9])期(?:工程|项目)?(?=[、，。；：）等及和与建开投竣已将正全加总顺主]|$)"
)
_BOUNDARY = re.compile("[，。；：、“”（）！？\\s]|以及|[和及与]")
#: Provinces by one character, and the rivers of the great diversions.
_NAMED = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇藏陕秦甘陇青宁新疆江淮汉黄滦渭"
_DIVERSION = re.compile(
    f"(?:引[{_NAMED}松大洮绰][入济补润调](?:[{_NAMED}辽大]|[\u4e00-\u9fff]{{2}}(?=工程))"
    f"|(?:[{_NAMED}]|[\u4e00-\u9fff]{{2}}(?=[电水气煤算粮][入送]))[电水气煤算粮](?:[入送][{_NAMED}]|[东西南北外][送调输运]))(?:工程|直流工程|特高压工程)?"
)
_DIVERTS = re.compile("引|[电水气煤算粮][入送东西南北外]")
_FACILITY = re.compile(
    "(?<![\u4e00-\u9fff])(?P<body>[\u4e00-\u9fff]{2,4}?)(?:水库|水电站|电站|机场|特大桥|大桥|隧道|灌区|水闸)"
)
#: What a facility is like, where its name would stand.
_KINDS = re.compile("大|中|小|各|该|本|新|老|旧|病险|重点|全|两|多|座|个|型|级|性|条|处|第|等|的")
#: What a project will make in a year is its name: 年产100万吨煤制乙二醇项目.
_CAPACITY = re.compile(
    "年产[\\d.]+[万亿]?[吨台套辆件片米只支个条立方平千瓦时安GWh]{1,4}[\u4e00-\u9fffA-Za-z0-9]{2,20}?(?:项目|工程|生产线)(?!建设)"
)
_LONGEST = 20


class Undertakings:
    """Finds them beside the names that others have found in the sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._generic = lexicon.words["generic"]
        self._stop = lexicon.words["stop_words"]

    def find(self, work: Work, found: Sequence[Found]) -> Iterator[Found]:
        """Yield phases of what is named, diversions, and facilities in lists."""
        if "期" in work.text:
            yield from self._phases(work, found)
        for match in _DIVERSION.finditer(work.text) if _DIVERTS.search(work.text) else ():
            yield Found(match.start(), match.end(), "Project", "diversion", 0.75)
        for match in _CAPACITY.finditer(work.text) if "年产" in work.text else ():
            yield Found(match.start(), match.end(), "Project", "capacity", 0.75)
        for match in _FACILITY.finditer(work.text):
            if self._is_broken(work, *match.span("body")):
                yield Found(match.start(), match.end(), "Place", "facility-broken", 0.65)

    def _phases(self, work: Work, found: Sequence[Found]) -> Iterator[Found]:
        """A phase takes the name before it, or the stretch from the place that begins it; of a fund it is a fund."""
        for match in _PHASE.finditer(work.text):
            named = [
                f for f in found if f.end == match.start() and f.cls not in ("Person", "Event", "Policy")
            ]
            whole = min(named, default=None)
            if whole is not None and whole.end - whole.start > 3:
                cls = "Fund" if whole.cls == "Fund" else "Project"
                yield Found(whole.start, match.end(), cls, "phase", 0.75)
                continue
            begin = max((b.end() for b in _BOUNDARY.finditer(work.text, 0, match.start())), default=0)
            words = [t.word for t in work.between(begin, match.start())]
            leads = any(f.start == begin and f.cls in ("Place", "Institution", "Park") for f in found)
            long = 4 <= match.start() - begin <= _LONGEST
            if leads and long and self._stop.isdisjoint(words) and "的" not in words:
                yield Found(begin, match.end(), "Project", "phase", 0.65)

    def _is_broken(self, work: Work, start: int, end: int) -> bool:
        """Whether the tokens cut a word that they do not know: 椒|花, 大兴|寨."""
        tokens = work.between(start, end)
        if not work.aligned(start, end) or _KINDS.search(work.text[start:end]):
            return False
        pieces = [t for t in tokens if len(t.word) == 1 and t.tag[:1] not in "mqpcudfrx"]
        return bool(pieces) and not any(t.word in self._generic or t.word in self._stop for t in tokens)
