"""Places that no list has: a word before 省, 市, 县 …, or one that jieba's dictionary tags as a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognize.base import Found, Work
from kg.segment import UNKNOWN

_HEADS = (
    "省|市|县|区|州|盟|旗|镇|乡|村|街道|河|江|湖|海|岛|山|港|机场|大桥|水库|口岸|高原|平原|盆地|半岛|海峡"
)
_SHAPED = re.compile(rf"[\u4e00-\u9fff]{{1,6}}(?:{_HEADS})$")
#: Half of the sentences hold no head of a place's name: of these nobody need look at the tokens.
_HEAD = re.compile(_HEADS)
#: Words of the same shape that name no place: 全市, 城区, 超市, 军区.
_VAGUE = re.compile(
    r"^新一|^各|^外省|及[省市县区]$|[下带]乡$|^(?:普惠|普及|示范|试点|先入|禁燃|禁养|跨关|农高|无人|隔离|管控)[县区市]$|^(?:周边|偏远|边远|沿边|发达)地区$|城市$|城区$|军区$|战区$|^(?:全|各|本|该|我|城|市|郊|山|沿|边|地|老|新|外|内|大|小|跨|省|县|乡|片|园|小|社|港|农|牧|林|库|灾|辖"
    r"|景|校|厂|矿|特|战|禁|时|选|赛|展)区$|^(?:城|都|股|楼|夜|早|开|上|超|集|门|黑|牛|熊|房|车|菜)市$"
)
#: On what something is done: 大会|上.
_HELD = ("会", "会议", "仪式", "论坛")
#: Levels of administration, with which a place's full name ends.
LEVELS = "省市县区州镇乡村"


#: A village behind 县, 市, 镇, and what closes its name.
_VILLAGE = re.compile(
    "(?<=[\u4e00-\u9fff][县市区旗镇乡])(?P<name>[\u4e00-\u9fff]{2,4}(?:村|乡|镇|嘎查|苏木))"
    "(?=[，。、；：的（）！？和与]|村[医支民委]|[党老]|书记|主任|第一书记|驻村|是|位于|有|在|政府|境内|[\u4e00-\u9fff]{2,4}村|$)"
)
_VAGUE_VILLAGE = re.compile(
    "[各该本全个多每两的所有等一及和与在到是]|贫困|示范|文明|重点|新农|行政|自然|试点|美丽|特色|城中|乡村|农村|国村|建制|中心|小城|城镇|乡镇|重镇|强镇|名镇|古镇|卫星|经济"
)


def find_places(work: Work) -> Iterator[Found]:
    """Yield places by their shape: 云川|省, 临溪县, and tagged ones."""
    if not _HEAD.search(work.text):
        return
    if any(head in work.text for head in ("村", "镇", "乡", "嘎查", "苏木")):
        yield from _villages(work)
    words, tags = work.words, work.tags
    for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
        if tag == "ns" and len(word) > 2 and _SHAPED.fullmatch(word) and not _VAGUE.search(word):
            yield Found(work.tokens[i].start, work.tokens[i].end, "Place", "place-tag", 0.6)
        elif word[-1] not in LEVELS:
            continue
        elif tag == UNKNOWN and 3 <= len(word) <= 4 and _is_place(work, i, i):
            yield Found(_behind_preposition(work, i), work.tokens[i].end, "Place", "place-shape", 0.7)
        elif len(word) == 1 and i and _stem(work, words[i - 1], tags[i - 1]) and _is_place(work, i - 1, i):
            cut = _behind_preposition(work, i - 1)
            start = cut if cut > work.tokens[i - 1].start else _behind_small(work, i - 1)
            yield Found(start, work.tokens[i].end, "Place", "place-shape", 0.7)


def _villages(work: Work) -> Iterator[Found]:
    """Villages behind the county or town that they lie in, however the tokens cut them: 泸江市|大练地村."""
    for match in _VILLAGE.finditer(work.text):
        begins = any(t.start == match.start("name") for t in work.between(*match.span("name")))
        name = match["name"]
        placed = any(("Place", name[:n]) in work.lexicon.canonical for n in (2, 3))  # 香港|村
        if begins and not placed and name[0] not in LEVELS and not _VAGUE_VILLAGE.search(name):
            yield Found(match.start("name"), match.end("name"), "Place", "place-village", 0.7)


def _behind_small(work: Work, i: int) -> int:
    """Where a village's name begins of which the tokens cut off the first character (在|思|山岭|村)."""
    words, tags = work.words, work.tags
    small = i > 1 and len(words[i - 1]) == 1 and tags[i - 1] in ("v", "n", "a", "ng", "g", "j", "nr")
    leads = small and (tags[i - 2] in ("p", "ns") or not words[i - 2][0].isalnum())
    return work.tokens[i - 1 if leads else i].start


def _behind_preposition(work: Work, i: int) -> int:
    """Where a place's name begins that the tokens hold together with 上 before it: 会议|上云川省."""
    token = work.tokens[i]
    leads = token.word[0] == "上" and work.text.endswith(_HELD, 0, token.start)
    return token.start + (leads and len(token.word) > 2)


def _is_place(work: Work, first: int, last: int) -> bool:
    """Whether the tokens are neither a word of the shape of a place nor an area of something (会展|会所|区)."""
    word = "".join(work.words[first : last + 1])
    area = word[-1] == "区" and first > 0 and work.tags[first - 1] in ("n", "vn", "b", "k", UNKNOWN)
    return not area and not _VAGUE.search(word)


def _stem(work: Work, word: str, tag: str) -> bool:
    return (
        2 <= len(word) <= 3
        and tag in (UNKNOWN, "ns", "nr", "nz")
        and word not in work.lexicon.words["generic"]
        and word not in work.lexicon.words["stop_words"]
        and ("Place", word) not in work.lexicon.canonical
    )
