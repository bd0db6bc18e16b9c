"""Products by their marks: Latin letters with digits, 嫦娥四号, a quoted name before 轮 or 舰."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work

_CAPITAL = re.compile("[A-Z]")
#: Not a figure (GDP12.13), a mark on a road (K4179+897), nor the sign of a body (（WP29）, ISO/TC22).
_MODEL = re.compile(
    r"(?<![A-Za-z0-9/])(?!(?<=[（(])\w+[）)])[A-Z]{1,4}[-]?\d{2,4}(?:[×xX*]\d{2,5}|[A-Z])?(?![A-Za-z0-9%亿万个家]|[.+＋]\d)"
)
#: Signs of other things: roads (G318), dust (PM10), protection (IP54), classes of patents (C12N).
_OTHER = re.compile(r"G\d{2,4}|S\d{2,3}|PM\d+|IP-?\d{2}|[A-H]\d{2}[A-Z]")
_SHIP = re.compile(r"“[^“”]{2,12}”(?:轮|舰|船(?![舶端员厂用只队])|号)(?![一-龥]?主)")
#: What is chosen from a list of codes: 受理代码选择T01, 代码1选择F0602或者F0601.
_CODED = re.compile("代码[^，。；]{0,16}$")
#: Goods by their brand: 云星牌汽车.
_GOODS = re.compile(
    "牌(?:小汽车|汽车|轿车|卡车|客车|货车|拖拉机|摩托车|自行车|电动车|缝纫机|手表|电视机|电冰箱|冰箱|洗衣机|空调|收音机|照相机|电脑|手机"
    "|香烟|白酒|啤酒)"
)
_QUOTED = re.compile("“[^“”，。；]{1,6}”$")
_KINDS_OF_BRANDS = frozenset("品名老大杂洋铭")
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})"


class Models:
    """Finds products by marks and by the series of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        series = "|".join(sorted(map(re.escape, lexicon.words["series"]), key=len, reverse=True))
        self._series = re.compile(f"(?:{series}){_NUMBER}号[A-Z甲乙丙丁]?")

    def find(self, work: Work) -> Iterator[Found]:
        """Yield models (AC313A), craft (嫦娥四号) and vessels (“…”轮)."""
        if _CAPITAL.search(work.text):
            for match in _MODEL.finditer(work.text):
                if _OTHER.fullmatch(match.group()) or _CODED.search(work.text, 0, match.start()):
                    continue
                yield Found(match.start(), match.end(), "Technology", "model", 0.6)
        if "号" in work.text:
            for match in self._series.finditer(work.text):
                yield Found(match.start(), match.end(), "Technology", "series", 0.8)
        for match in _GOODS.finditer(work.text) if "牌" in work.text else ():
            if quoted := _QUOTED.search(work.text, 0, match.start()):
                yield Found(quoted.start(), match.end(), "Technology", "goods", 0.7)
                continue
            i = work.token_at(match.start() - 1) if match.start() else 0
            brand = work.tokens[i - 1 if i and match.start() - work.tokens[i].start == 1 else i]
            if 2 <= match.start() - brand.start <= 4 and not _KINDS_OF_BRANDS.intersection(brand.word):
                yield Found(brand.start, match.end(), "Technology", "goods", 0.7)
        for match in _SHIP.finditer(work.text) if "”" in work.text else ():
            yield Found(match.start(), match.end(), "Technology", "vessel", 0.8)
