"""Works by their form: phases (云江电厂三期), diversions (引江济淮), facilities whose names the tokens break (椒花水库).

These stand in lists and headlines where no verb and no proper word vouches for them; their form does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work
from kg.segment import UNKNOWN

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
_VERBS = "建设|推进|加快|开工|建成|实施|贯通|启动|完成|通车|新建|续建|改建|扩建|推动|争取|动工|开建"
_OPENS = f"(?:(?<![\u4e00-\u9fff])|(?<={_VERBS}))"
_FACILITY = re.compile(
    f"{_OPENS}(?P<body>(?!{_VERBS})[\u4e00-\u9fff]{{2,4}}?)"
    "(?P<head>水库|水利枢纽|抽水蓄能电站|水电站|电站|机场|特大桥|大桥|隧道|灌区|水闸)(?P<work>工程)?"
)
#: The section of a line: 云临高速江州段, 江临高铁云川至临溪段.
_SECTION = re.compile(
    "(?:高速公路|高速铁路|高速|高铁|铁路|城际)(?P<part>[\u4e00-\u9fff]{1,5}?(?:[至到—－-]+[\u4e00-\u9fff]{1,5}?)?(?<!阶)段)(?![时落])"
)
_LINE = re.compile(f"{_OPENS}(?!{_VERBS})[\u4e00-\u9fff]{{2,5}}$")
_IS_BUILT = re.compile(
    "[^，。；]{0,12}(?:建设|开工|通车|贯通|建成|开通|工程|扩容|扩建|改造|架梁|铺轨|合龙|封顶|联调|竣工|完工|投用|前期)"
)
_BUILDS = re.compile(f"(?:{_VERBS})[^，。；]{{0,20}}$")
#: What a facility is like, where its name would stand.
_KINDS = re.compile("大|中|小|各|该|本|新|老|旧|病险|重点|全|两|多|座|个|型|级|性|条|处|第|等|的")
#: What a project will make in a year is its name: 年产100万吨煤制乙二醇项目.
_CAPACITY = re.compile(
    "年产[\\d.]+[万亿]?[吨台套辆件片米只支个条立方平千瓦时安GWh]{1,4}[\u4e00-\u9fffA-Za-z0-9]{2,20}?(?:项目|工程|生产线)(?!建设)"
)
#: A pilot of the state behind the verb that admits to it, whole with the verbs in it: 入选|国家生态产品价值实现机制试点.
_PILOT = re.compile(
    "(?:入选|入围|获批|列入|纳入|成为|获评|承担|申报|争取)(?:为|了)?(?:第[一二三四五六七八九十]批|首批)?"
    "(?P<name>(?:国家|全国|国务院)(?!级?试点)[\u4e00-\u9fffA-Za-z“”]{4,24}?试点)(?=[，。；、]|$)"
)
#: What counts the whole of something, by its number: 第七次全国人口普查, 第三次海洋污染基线调查.
_CENSUS = re.compile(
    "第[一二三四五六七八九十\\d]{1,3}次(?!会议)[\u4e00-\u9fff]{2,14}?(?:普查|调查|国土调查|大检查)(?![\u4e00-\u9fff]{0,3}(?:领导小组|办公室|问卷|报告|发现|表明))"
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
        for match in _PILOT.finditer(work.text) if "试点" in work.text else ():
            yield Found(*match.span("name"), "Project", "pilot", 0.75)
        for match in _CENSUS.finditer(work.text) if "次" in work.text else ():
            yield Found(match.start(), match.end(), "Project", "census", 0.75)
        for match in _FACILITY.finditer(work.text):
            if self._is_broken(work, *match.span("body")):
                built = match["work"] or _is_built(work.text, *match.span())
                cls = "Project" if built else "Place"
                yield Found(match.start(), match.end(), cls, "facility-broken", 0.65)
        for match in _SECTION.finditer(work.text) if "段" in work.text else ():
            if (start := self._line(work, match, found)) >= 0:
                cls = "Project" if _is_built(work.text, start, match.end()) else "Place"
                yield Found(start, match.end(), cls, "section", 0.75)

    def _line(self, work: Work, match: re.Match[str], found: Sequence[Found]) -> int:
        """Where the name of the line begins of which a section is told, or -1; the section has a place's name."""
        part = work.between(*match.span("part"))
        if not any(t.tag in ("ns", "nr", "nz", "nt", "j", UNKNOWN) or t.word in _NAMED for t in part):
            return -1
        head = match.start("part")
        named = min((f.start for f in found if f.end == head and f.cls in ("Place", "Project")), default=-1)
        if named >= 0:
            return named
        line = _LINE.search(work.text, max(0, match.start() - 9), match.start())
        plain = line and not any(t.word in self._stop for t in work.between(*line.span()))
        return line.start() if line and plain else -1

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
        if len(tokens) > 1 and tokens[0].tag == "f" and tokens[1].tag in ("nr", "ns", "nz", UNKNOWN):
            tokens = tokens[1:]  # 上|白石
            return not any(t.word in self._generic or t.word in self._stop for t in tokens)
        pieces = [t for t in tokens if len(t.word) == 1 and t.tag[:1] not in "mqpcudfrx"]
        return bool(pieces) and not any(t.word in self._generic or t.word in self._stop for t in tokens)


def _is_built(text: str, start: int, end: int) -> bool:
    """Whether a facility is spoken of as a work: 开工建设X, X全线贯通."""
    return bool(_IS_BUILT.match(text, end) or _BUILDS.search(text, max(0, start - 24), start))
