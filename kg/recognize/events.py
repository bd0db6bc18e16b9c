"""Events by the verb that holds them: 举办4届华商聚云川, 由A主办的2023云川好声音展播活动.

What stands whole behind 主办, 举办, 召开 and ends in the head of an event, or is counted in 届, is one:
also where the tokens inside it are verbs, at which the walk from the head would stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.recognize.base import OPEN_QUOTES, PAIRS, Found, Work, is_proper
from kg.segment import UNKNOWN, in_dictionary

_COUNT = re.compile(
    r"(?:成功|圆满|连续|共|了|好)*(?:[\d一二三四五六七八九十百千万两多余]+(?:场次|[届次场个])(?:以上)?)?"
)
_COUNTED = re.compile(r"[\d一二三四五六七八九十两]+届$")
_MARKED = re.compile(r"第[\d一二三四五六七八九十百]+[届次]|\d{4}|首届|[“”]")
#: A member of a list; what stands in quotes is one piece.
_MEMBER = re.compile(r"(?:“[^“”]{1,30}”|[^、，。；：！？（）的,;])+")
_LINK = re.compile("[、和与及]|以及")
_LONGEST, _SHORT = 30, 3
#: What closes a list of events: …论坛等重大活动.
_ETC = re.compile("(?<!高)(?<!中)(?<!平)(?<!同)等[^，。；]{0,12}$")
#: An event that bears the title of the document it is about.
_TITLED = re.compile(
    "《[^《》]{4,60}》[\u4e00-\u9fff]{0,4}?(?:宣讲会|发布会|培训班|培训会|座谈会|研讨会|解读会|推进会|首发式|签约仪式|论证会|说明会|听证会)"
)


class Events:
    """Finds the events that a verb of holding takes."""

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = [w for w, rows in lexicon.triggers.items() if any(t.group == "organize" for t in rows)]
        self._verb = re.compile(
            "(?:" + "|".join(sorted(map(re.escape, verbs), key=len, reverse=True)) + ")(?:了|过|的)?"
        )
        heads = [s for s, row in lexicon.suffixes.items() if row.cls == "Event"]
        self._head = re.compile("(?:" + "|".join(sorted(map(re.escape, heads), key=len, reverse=True)) + ")$")
        self._last = re.compile("(?:" + "|".join(sorted(map(re.escape, heads), key=len, reverse=True)) + ")")
        self._generic = lexicon.words["generic"]

    def find(self, work: Work) -> Iterator[Found]:
        """Yield events in the lists behind a verb that holds events, and those on a document (《…》宣讲会)."""
        for titled in _TITLED.finditer(work.text) if "》" in work.text else ():
            yield Found(titled.start(), titled.end(), "Event", "event-titled", 0.8)
        for verb in self._verb.finditer(work.text):
            position = verb.end()
            while member := _MEMBER.match(work.text, position):
                start, end = member.start(), member.end()
                kind = ""
                if etc := _ETC.search(work.text, start, end):
                    end, kind = etc.start(), etc.group()
                named = bool(self._last.search(kind))
                found = self._member(work, start, end, named=named, modified=verb.group().endswith("的"))
                if found:
                    yield found
                link = _LINK.match(work.text, member.end())
                if not link:
                    break
                position = link.end()

    def _is_short(self, work: Work, start: int, end: int) -> bool:
        """Whether three characters are the short name of a fair, in a list: 举办智博会、西洽会."""
        text = work.text[start:end]
        listed = "、" in (work.text[end : end + 1], work.text[start - 1 : start])
        known = in_dictionary(text) and work.tokens[work.token_at(start)].tag[:2] != "nr"
        return (
            listed and text[-1] in "会节展赛" and text[0] not in "各该本" and text[1:] != "环节" and not known
        )

    def _member(self, work: Work, start: int, end: int, *, named: bool, modified: bool) -> Found | None:
        """The event that a member of the list names: from behind its count to its last head.

        Behind a relative clause (举办的…活动) a word that the tokens do not know makes no name yet.
        """
        count = _COUNT.match(work.text, start, end)
        begin = count.end() if count else start
        counted = bool(count and _COUNTED.search(count.group()))
        text = work.text[begin:end]
        heads = [m.end() for m in self._last.finditer(text)]
        short = end - begin == _SHORT and self._is_short(work, begin, end)
        stop = begin + heads[-1] if heads else end if counted or named or short else 0
        if not stop or not work.aligned(begin, stop) or stop - begin > _LONGEST:
            return None
        if short:
            return Found(begin, stop, "Event", "event-held", 0.65)
        if stop - begin <= _SHORT:
            return None
        if work.text[begin] in OPEN_QUOTES and PAIRS[work.text[begin]] not in work.text[begin:stop]:
            begin += 1  # “云江论坛”: the quotes enclose the name
        if any(close + first in work.text[begin:stop] for first, close in PAIRS.items()):
            return None  # “城市管理年”“服务提升年”活动: two
        if any(
            close in work.text[begin:stop] and first not in work.text[begin:stop]
            for first, close in PAIRS.items()
        ):
            return None  # a quote that closes what the scan has lost
        opened = [quote for quote in OPEN_QUOTES if quote in work.text[begin:stop]]
        if any(PAIRS[quote] == work.text[stop : stop + 1] for quote in opened):
            stop += 1  # 首届“云江消费季”
        name = work.text[begin:stop]
        tokens = work.tokens[work.token_at(begin) : work.token_at(stop - 1) + 1]
        own = _MARKED.search(name) or any(
            is_proper(t) and t.word not in self._generic and not (modified and t.tag == UNKNOWN)
            for t in tokens
        )
        follows = work.text[stop : stop + 1]
        if not own or (follows and follows == "的") or any(t.tag in ("p", "c") for t in tokens):
            return None
        return Found(begin, stop, "Event", "event-held", 0.75)
