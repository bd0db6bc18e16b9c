"""Amounts in yuan: the size of a fund, the whole investment of a project, platform or park."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import FactContext, Flow
from kg.extract.wording import Wording
from kg.model import EntityKey, Reference, Span, Statement
from kg.recognize.values import ValueMention

_INVESTED = frozenset({"Project", "Park"})
_OPEN = ("（", "(")
_QUOTES = "“”《》‘’「」"
_IN = re.compile(r"^(?:并|用于)?(?:在[^，。；]{1,14}?(?=[建投兴打设]))?")
_OF = re.compile(r"(?:人民币)?(?:规模)?的?“?")
#: Money with which a fund is set up: 安排500亿元|设立X基金.
_GIVEN = re.compile(
    "(?:安排|拨款|拨付|拨出|出资|投入|筹[集措]|募集|注资|斥资|捐[资款])(?:了|人民币|资金|约|超过?|逾|近)*$"
)
_SETS_UP = re.compile("(?:人民币|资金)?，?(?:用于|专门|共同|联合|发起|参与)*(?:设立|建立|组建|成立)了?")
#: What was put in up to now is no size: 完成投资2100亿元.
_SO_FAR = re.compile("完成(?:[^，。；]{0,4})投资|已投|累计投[资入]|到位")
#: What else a park tells of before a sum: 签约69个项目，总投资315亿元 are the projects'.
_PROJECTS = re.compile(r"\d[余多]?[个项][^，。；]{0,12}项目")
#: A sum without its unit has so many zeros at least.
_LARGE = 10**8
#: Words of which the whole size of a fund may be told in brackets or behind a comma.
_NEAR = 20


class Amounts:
    """Finds amounts."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def find(
        self, context: FactContext, clause: Span, figure: ValueMention, flow: Flow
    ) -> Iterator[Statement]:
        """The amount that a figure is, or nothing."""
        money = figure.unit == "元" or (figure.unit == "" and figure.scale >= _LARGE)  # 总投资120亿，
        if not money or figure.ordinal:
            return
        before = context.text[clause.start : figure.span.start]
        owner = self._behind(context, clause, figure, before) or self._ahead(context, clause, figure, before)
        rule, mark = "amount", None
        if owner is not None:
            key, mark = owner.key, context.span(owner)
        else:
            carried = self._carried(context, clause, figure, flow)
            if carried is None:
                return
            key, rule = carried, "amount-carried"
        for value in figure.values:
            yield context.statement(key, "amount", value, rule, [mark, Span(*figure.span)])

    def _behind(
        self, context: FactContext, clause: Span, figure: ValueMention, before: str
    ) -> Reference | None:
        """总规模60亿元的X基金, 5亿元的X基金, 总投资30亿元的X项目, 投入12亿元实施X."""
        behind = context.inside(figure.span.end, clause.end)
        if not behind:
            return self._built_next(context, clause, figure, before)
        gap = context.text[figure.span.end : context.span(behind[0]).start]
        cls = behind[0].key.cls
        if _OF.fullmatch(gap):
            if cls == "Fund" and not self._wording.put.search(before):
                return behind[0]
            return behind[0] if cls in _INVESTED and self._wording.invest.search(before) else None
        if cls == "Fund" and _GIVEN.search(before) and _SETS_UP.fullmatch(gap.rstrip(_QUOTES)):
            return behind[0]
        if (
            cls in _INVESTED
            and self._wording.put.search(before)
            and self._wording.build.fullmatch(gap.rstrip(_QUOTES))
        ):
            return behind[0]
        return None

    def _built_next(
        self, context: FactContext, clause: Span, figure: ValueMention, before: str
    ) -> Reference | None:
        """X投资12亿元，在P建设Y."""
        n = context.clause_at(clause.start) + 1
        closes = not context.text[figure.span.end : clause.end].strip("，,")
        if not closes or n >= len(context.clauses) or not self._wording.put.search(before):
            return None
        following = context.clauses[n]
        for reference in context.inside(*following):
            gap = context.text[following.start : context.span(reference).start].rstrip(_QUOTES)
            if reference.key.cls in _INVESTED and self._wording.build.fullmatch(_IN.sub("", gap)):
                return reference
        return None

    def _ahead(
        self, context: FactContext, clause: Span, figure: ValueMention, before: str
    ) -> Reference | None:
        """X基金规模达60亿元, X项目总投资30亿元, X基金（50亿元）."""
        opened = context.text[clause.start - 1 : clause.start] in _OPEN
        ahead = context.inside(0 if opened else clause.start, figure.span.start)
        if not ahead:
            return None
        owner = ahead[-1]
        gap = context.text[context.span(owner).end : figure.span.start]
        if len(gap) > _NEAR:
            return None
        if owner.key.cls == "Fund" and (
            self._wording.size.search(gap) or re.fullmatch(r"[”（(]{1,2}(?:约|超)?", gap)
        ):
            return owner
        invested = owner.key.cls in _INVESTED and self._wording.invest.search(gap)
        theirs = owner.key.cls == "Park" and "项目" in gap  # 产业园签约项目139个、总投资1022亿元
        return owner if invested and not theirs and not _SO_FAR.search(gap) else None

    def _carried(
        self, context: FactContext, clause: Span, figure: ValueMention, flow: Flow
    ) -> EntityKey | None:
        """建设X项目，总投资30亿元: the clause begins with the measure, its owner stands in the clause before."""
        opening = self._wording.opening(context, clause.start, figure.span.start)
        ahead = [r.key for r in context.inside(0, clause.start)][::-1]
        known = [k for k in (flow.made, *flow.subjects[:1], *ahead) if k is not None]
        for key in known:
            if key.cls == "Fund" and self._wording.size.match(context.text, opening, figure.span.start):
                return key
            theirs = key.cls == "Park" and _PROJECTS.search(context.text, 0, clause.start)
            if key.cls in _INVESTED and self._wording.invest.match(context.text, opening, figure.span.start):
                return None if theirs or _SO_FAR.search(context.text, opening, figure.span.start) else key
            if key.cls in ("Policy", "Project") and self._wording.contract.match(
                context.text, opening, figure.span.start
            ):
                return key
        return None
