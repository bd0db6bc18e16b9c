"""What a figure counts: the words before it (会员数突破7331万), behind it (5家上市公司), or those of the figure before."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.context import FactContext, Flow
from kg.extract.wording import Wording, noun_behind
from kg.model import Span
from kg.recognize.values import ValueMention

#: Units that measure what stands before the figure; what stands behind is no label of theirs.
_MEASURES = frozenset({"元", "%", "‰", "个百分点", "美元", "港元", "欧元", "日元", ""})
_JOIN = re.compile(r"(?:分别)?[、,]?(?:和|及|与|以及)?(?:分别)?")
_CUT_BEHIND = re.compile(r"(?:的|以上|和|及|与|等)$|^(?:的|左右|以上|以下)+")
_LONGEST = 30


class Label(NamedTuple):
    """A label, and whether it is that of the figure before with growth or share added."""

    text: str
    derived: bool = False


class Labels:
    """Names figures."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._new = re.compile(f"(?:{wording.any('new').pattern})")

    def of(self, context: FactContext, clause: Span, cursor: int, figure: ValueMention, flow: Flow) -> Label:
        """The label of a figure; ``cursor`` is where the words before it begin."""
        text = context.text
        before = text[cursor : figure.span.start]
        behind = self._behind(text, figure)
        if (
            _JOIN.fullmatch(before)
            and cursor > clause.start
            and not (behind and figure.unit not in _MEASURES)
        ):
            return Label(flow.stem, True)
        if figure.unit in ("%", "‰", "个百分点", "倍") and (share := self._wording.share.search(before)):
            stem = self._wording.trim(context, cursor, cursor + share.start()) or flow.stem
            return Label(stem + share["word"].rstrip("的"), True)
        if growth := self._wording.growth.search(before):
            stem = self._wording.trim(context, cursor, cursor + growth.start())
            if stem:
                flow.stem = stem[-_LONGEST:]
            return Label(f"{flow.stem}{growth['how'] or ''}{growth['word']}" if flow.stem else "", True)
        named = self._wording.trim(context, cursor, figure.span.start)[-_LONGEST:]
        label = self._choose(named, behind, figure, flow)
        flow.stem = label or flow.stem
        return Label(label)

    def _choose(self, named: str, behind: str, figure: ValueMention, flow: Flow) -> str:
        if figure.unit in _MEASURES and (figure.unit or not behind):
            return named or behind
        new = self._new.match(named)
        if not behind:
            if new:
                flow.prefix = new.group()
                return named
            return flow.prefix + named if named and flow.prefix and flow.carried is False else named
        if new and new.group() == named:
            flow.prefix = named
            return named + behind
        return flow.prefix + behind if not named and flow.prefix else behind

    def _behind(self, text: str, figure: ValueMention) -> str:
        return _CUT_BEHIND.sub("", noun_behind(text, figure.span.end))
