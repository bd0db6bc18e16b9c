"""Where the name of a site (a road, station, park, harbour) begins: behind what is only done to it or said of it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.recognize.base import Found, Work, is_proper

#: What a site's name does not hold before its proper word: deeds, manners, joints.
_OUTSIDE = ("v", "vn", "vd", "d", "p", "c", "a", "f")
#: Of these, those of one character that count too,
_DEEDS = ("v", "d", "p", "c")
#: and those behind which no site stands without a proper word: 改造|农村公路.
_GOVERNING = ("v", "d", "p")
#: Deeds that the dictionary has as names or not at all.
_WORKS = frozenset({"新开工", "新建", "改扩建", "扩建", "在建", "续建", "提质", "扩能"})
_NAMES = ("ns", "nz", "nr", "nrt")
_KINDS = ("工程", "项目")
#: What joins the ends of a line: 江州|至|临溪|铁路.
_ROUTE = ("至", "到")


def site_start(
    work: Work, first: int, head: int, known: Mapping[int, Found], inner: frozenset[str]
) -> int | None:
    """The token where the name of a site begins that the walk began at ``first``; None where no name stands.

    提升|陇海铁路, 协同|提升|成渝|机场 begin behind the deed; 改造|农村公路, 锁阳城等|国家遗址公园 are none.
    ``inner`` are the verbs that names hold (国际医药|创新|公园).
    """
    proper = [i for i in range(first, head + 1) if _is_name(work, i, head, known)]
    begin = first
    for i in range(first, head):
        word = work.words[i]
        tag = "v" if word in _WORKS else work.tags[i]
        listed = word[-1] == "等"
        outside = tag in _OUTSIDE and (len(word) > 1 or tag in _DEEDS) and word not in _ROUTE
        if not listed and (i in proper or not (outside or word in _KINDS)):
            continue
        if proper and proper[-1] > i:
            if tag != "vn" or not any(begin <= p < i for p in proper):
                begin = i + 1
            continue
        governs = tag in _GOVERNING and word not in inner
        if listed or governs or word == "不通" or (tag == "c" and i == head - 1):
            return None
    return begin


def _is_name(work: Work, i: int, head: int, known: Mapping[int, Found]) -> bool:
    """Whether a token names something; of the head 陇海铁路 does, 高速铁路 does not."""
    word, tag = work.words[i], work.tags[i]
    if i == head:
        return tag in _NAMES and not word.startswith("高速")
    return word not in _WORKS and (
        work.tokens[i].start in known or tag in _NAMES or is_proper(work.tokens[i])
    )
