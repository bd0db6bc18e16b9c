"""Bodies by the bracket that charges them: （牵头单位：市审批服务局，配合单位：市重点项目办）.

What such a bracket lists are bodies, whatever their names end in and wherever the tokens cut them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Found, Work

#: How the name of a body begins that a level or the state has.
_LEVEL = re.compile("[省市区州](?!民|区|县)|县|团[省市县区]")
_STATE = ("自治区", "国家", "中央", "国务院", "中国", "人民银行")
#: In what the other names of bodies end.
_HEADS = "局委办厅部院署所校行社会"
_LONGER_HEADS = ("公司", "集团", "中心", "专班", "海关", "支队", "分行", "组委")
#: What stands for bodies without naming one.
_VAGUE = re.compile(
    "有关|相关|各|所在|分别|其他|企业$|单位|部门|机构|地区|[省市县区州镇]$|^[省市县区州](?:人民)?政府$"
)
_MEMBER = re.compile("[\u4e00-\u9fff“”（）]{3,26}?(?=成员单位|等|$)")
_BRACKET = re.compile("[（(]([^（）()。]{4,400})[）)]")
_MARKS = re.compile("[、，,；;：:\\s]+")
_SIGN = re.compile("负责|牵头|责任|配合|单位[:：]")


class Charged:
    """Finds the bodies that brackets and labelled lines charge with a task."""

    def __init__(self, lexicon: Lexicon) -> None:
        labels, charges = (
            "|".join(sorted(lexicon.words[table], key=len, reverse=True))
            for table in ("charge_labels", "charge_words")
        )
        label = f"(?:{labels}|(?:牵头|责任|配合)[\u4e00-\u9fff]{{2,4}}(?:单位|部门))[:：]"
        self._label = re.compile(label)
        self._charges = re.compile(f"(?:分别|按职责分工|按职责|共同)*(?:{charges})$")
        self._charge = re.compile(f"{label}|(?:{charges})(?=[，,；;]|$)")

    def find(self, work: Work, founds: Sequence[Found]) -> Iterator[Found]:
        """Yield the members that nobody else has found whole."""
        if not _SIGN.search(work.text):
            return
        for start, end in self._lists(work.text):
            for begin, stop in self._members(work.text, start, end):
                if self._is_body(work, begin, stop, founds):
                    yield Found(begin, stop, "Institution", "charged", 0.8)

    def _lists(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the bodies stand: in the brackets that charge, or behind the label that begins the line."""
        for bracket in _BRACKET.finditer(text):
            if self._charge.search(bracket[1]):
                yield bracket.span(1)
        if label := self._label.match(text):
            yield label.end(), len(text.rstrip("。；"))

    def _members(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The members of a list, without the label before and the charge behind them."""
        at = start
        while at < end:
            mark = _MARKS.search(text, at, end)
            stop = mark.start() if mark else end
            charge = self._charges.search(text, at, stop)
            if member := _MEMBER.match(text, at, charge.start() if charge else stop):
                yield member.span()
            at = mark.end() if mark else end

    def _is_body(self, work: Work, start: int, end: int, founds: Sequence[Found]) -> bool:
        """Whether a member is the name of one body, of which others have found a part at most."""
        name = work.text[start:end]
        bodied = name.endswith(_LONGER_HEADS) or name[-1] in _HEADS
        if not (_LEVEL.match(name) or name.startswith(_STATE) or bodied) or _VAGUE.search(name):
            return False
        inside = [f for f in founds if f.start < end and start < f.end]
        if any(f.start <= start and end <= f.end for f in inside):
            return False
        joint = any(c in name for c in "和及与")
        return not (joint and any(f.cls == "Institution" for f in inside))
