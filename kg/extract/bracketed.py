"""Figures in brackets behind the members of a list: 年销售额过百亿元的有云药集团（705亿元）、江州医药（145亿元）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.context import FactContext
from kg.extract.wording import Wording
from kg.model import Observation, Reference, Span, Statement
from kg.recognize.values import ValueMention

#: One figure in brackets may be anything; two of one unit are a column of a table.
_FEWEST: Final = 2
#: What may stand before a measure and belongs to it: 年|销售, 上半年|出口.
_LEAD: Final = r"(?:年度?|月均?|日均?|人均|累计|上半年|全年)?[\u4e00-\u9fff]{0,6}?"


class Bracketed:
    """Reads them; the label is the measure that the sentence names before the list."""

    def __init__(self, wording: Wording) -> None:
        measures = wording.any("measure").pattern
        self._measure = re.compile(
            rf"(?:^|(?<=[，、；：。其中按从以]))(?P<label>{_LEAD}(?:{measures})(?:规模|总额|额)?)"
        )

    def find(self, context: FactContext) -> Iterator[Statement]:
        """Yield an observation for each member, where two or more have a figure and a measure is named."""
        if "（" not in context.text and "(" not in context.text:
            return
        found = list(self._pairs(context))
        units = {figure.unit for _, figure in found}
        if len(found) < _FEWEST or len(units) > 1:
            return
        first = context.span(found[0][0]).start
        labels = [m["label"] for m in self._measure.finditer(context.text, 0, first)]
        if not labels:
            return
        period = next((m.period for m in reversed(context.moments) if m.span.end <= first), None)
        for reference, figure in found:
            value = Observation(labels[-1], figure.value, figure.unit, period, figure.bound)
            marks = [context.span(reference), Span(*figure.span)]
            yield context.statement(reference.key, "observation", value, "observation", marks)

    def _pairs(self, context: FactContext) -> Iterator[tuple[Reference, ValueMention]]:
        """Names and the figures that fill a bracket right behind them."""
        text = context.text
        starts = {figure.span.start: figure for figure in context.figures if not figure.ordinal}
        for reference in context.references:
            end = context.span(reference).end
            figure = starts.get(end + 1)
            if (
                figure is not None
                and text[end] in "（("
                and text[figure.span.end : figure.span.end + 1] in ("）", ")")
            ):
                yield reference, figure
