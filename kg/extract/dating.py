"""When events were held, policies issued, things founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import FactContext
from kg.extract.leaders import Leaders
from kg.extract.wording import Wording
from kg.lexicon import Lexicon
from kg.model import Reference, Span, Statement
from kg.recognize.values import ValueMention

_FOUNDED = frozenset({"Institution", "Park", "Platform", "Fund", "Project", "Technology"})
#: What may stand before the date that opens a report: nothing, or its dateline.
_OPENS = re.compile(r"[（( ]*(?:如|例如|早在)?|[^，。；]{0,24}电(?:[（(][^（）()]*[)）])?\s*")
#: In X上市 the exchange is where, not what.
_WHERE = re.compile("[在于][^，。的]*$")
#: How a clause goes on behind a founding that is its subject's own.
_CLOSED = re.compile(
    "了?(?:[，。；：、！）)]|$|于|并|后|以来|至今|时|之际|仪式|大会|运营|运行|使用|投产|以|为标志)"
)
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_QUOTES = "“”《》‘’「」）) "
#: How far a date may stand from what it dates, in characters.
_REACH = 30

#: What a body brings out does not date the body: 中心发布2023年节目.
_BROUGHT_OUT = re.compile("发布|推出|上线|开放|启动|启用|更名")
#: Who founds something stands behind these: 江州新区经|国务院|批准设立.
_BY = re.compile("(?:经|由|被|获|报请?)$")


class Dating:
    """Finds the dates of entities."""

    def __init__(self, lexicon: Lexicon, wording: Wording, leaders: Leaders) -> None:
        self._leaders = leaders
        self._plan = re.compile("|".join(sorted(map(re.escape, lexicon.words["plan_words"]))))
        create = {
            w for w, ts in lexicon.triggers.items() if any(t.group in ("create", "develop") for t in ts)
        }
        founded = "|".join(sorted(map(re.escape, create), key=lambda w: (-len(w), w)))
        self._founding = re.compile(f"(?:{wording.any('founded').pattern}|{founded})")
        self._creating = re.compile(f"(?:{founded})了?(?:(?:全资|控股)?[子分孙]公司)?[“《]?$")
        self._held = wording.any("held")
        self._issued = wording.any("issued")
        self._cited = wording.any("cited")
        self._behind = re.compile(
            rf"[{_QUOTES}]*(?:(?:正式|已|全面|顺利|成功|经批准|获批|获准|在[^，。]{{1,14}}?|于[^，。]{{1,14}}?))*(?P<verb>{self._founding.pattern})"
        )
        self._after_date = re.compile(
            rf"(?:正式|经[^，。]{{1,12}}|在[^，。]{{1,14}}?)*(?P<verb>{self._founding.pattern})"
        )
        self._since = re.compile(f"(?:{self._founding.pattern})于")
        self._before_date = re.compile(
            rf"[{_QUOTES}]*(?:正式|将|拟|预计|计划|定)*(?:{self._founding.pattern})?(?:于|在)?$"
        )

    def find(self, context: FactContext) -> Iterator[Statement]:
        """Yield the dates that a sentence gives to the entities in it."""
        for moment in context.moments:
            if moment.side == "until":
                continue
            for reference in self._owners(context, moment):
                if moment.side == "since" and reference.key.cls == "Event":
                    continue  # 自2015年至今每年都来参加云江大会
                yield from self._date(context, reference, moment)

    def _owners(self, context: FactContext, moment: ValueMention) -> Iterator[Reference]:
        n = context.clause_at(moment.span.start)
        start = context.clauses[n].start
        alone = len(context.text[moment.span.end : context.clauses[n].end].strip("（） ")) <= 3
        end = context.clauses[min(n + 1, len(context.clauses) - 1) if alone else n].end
        later = [m.span.start for m in context.moments if m.span.start > moment.span.start]
        end = min([end, *later])
        dated = [r for r in context.inside(start, end) if self._dated(context, r, moment, end)]
        since = self._since.search(context.text, start, moment.span.start)
        if since and since.end() == moment.span.start and len(dated) > 1:  # X成立于2014年，是在…全会之后
            dated = [r for r in dated if context.span(r).end <= since.start()] or dated
        if since and since.end() == moment.span.start:
            dated = self._founded_at(context, moment, context.clauses[n].end) or dated
        since = self._since.fullmatch(context.text, start, moment.span.start)
        if not dated and (since or _is_word(context, self._after_date.match(context.text, moment.span.end))):
            head = self._head(context, n, moment)
            dated = [head] if head else []
        if dated:
            yield from dated[:1] if dated[0].key.cls == "Event" else _listed(context, dated)
            return
        yield from self._further(context, moment, min([len(context.text), *later]))

    def _founded_at(self, context: FactContext, moment: ValueMention, end: int) -> list[Reference]:
        """成立于2008年的A、B: the members of the list behind the date."""
        behind = context.inside(moment.span.end, end)
        gap = context.text[moment.span.start : context.span(behind[0]).start] if behind else ""
        if gap.rstrip(_QUOTES + "“《") != moment.text.removesuffix("的") + "的":
            return []
        return [r for r in _listed(context, behind) if r.key.cls in _FOUNDED]

    def _head(self, context: FactContext, clause: int, moment: ValueMention) -> Reference | None:
        """X总投资5亿元，2023年9月建成投用: what the sentence begins with, when the clause names nothing itself."""
        if clause == 0 or context.inside(context.clauses[clause].start, context.clauses[clause].end):
            return None
        heads = self._leaders.find(context, context.clauses[0])
        return heads[0] if len(heads) == 1 and heads[0].key.cls in _FOUNDED else None

    def _further(self, context: FactContext, moment: ValueMention, end: int) -> Iterator[Reference]:
        """1月15日，…，双方签署《协议》: the date at the head of the sentence holds for what is issued, and what is founded
        in the clause behind the next comma.
        """
        if not _OPENS.fullmatch(context.text, 0, moment.span.start):
            return
        for reference in context.inside(moment.span.end, end):
            start = context.span(reference).start
            clause = context.clauses[context.clause_at(start)]
            between = context.text[max(clause.start, start - 14) : start]
            if reference.key.cls == "Policy":
                if self._issued.search(between) and not self._cited.search(between):
                    yield reference
            elif (
                reference.key.cls in _FOUNDED
                and len(re.findall("[，；]", _BRACKETED.sub("", context.text[moment.span.end : start]))) <= 2
            ):
                planned = self._plan.search(context.text, moment.span.end, start)
                if self._creating.search(between) and not planned:
                    yield reference

    def _dated(self, context: FactContext, reference: Reference, moment: ValueMention, end: int) -> bool:
        span = context.span(reference)
        text = context.text
        between = _BRACKETED.sub(
            "", text[min(span.end, moment.span.end) : max(span.start, moment.span.start)]
        )
        if len(between) > _REACH:
            return False
        ahead = moment.span.end <= span.start
        match reference.key.cls:
            case "Event":
                return self._is_held(context, span, moment, between, end)
            case "Policy":
                if self._cited.search(between):
                    return False
                if ahead:
                    return bool(self._issued.search(between))
                return bool(re.fullmatch(rf"[{_QUOTES}]*(?:已|自|将|拟)?(?:于|在)?", between)) and bool(
                    self._issued.search(text, moment.span.end, min(end, moment.span.end + 12))
                )
            case cls if cls in _FOUNDED:
                return self._is_founded(context, span, moment, between, ahead, cls)
        return False

    def _is_held(
        self, context: FactContext, span: Span, moment: ValueMention, between: str, end: int
    ) -> bool:
        text = context.text
        if moment.span.end <= span.start:
            if re.search("以来|以后", moment.text) or self._cited.search(between):
                return False
            return bool(
                self._held.search(between) or self._held.search(text, span.end, min(span.end + 24, end))
            )
        return bool(re.fullmatch(rf"[{_QUOTES}]*(?:将|拟|定|计划|预计)*(?:于|在)?", between)) and bool(
            self._held.search(text, moment.span.end, end)
        )

    def _is_founded(
        self, context: FactContext, span: Span, moment: ValueMention, between: str, ahead: bool, cls: str
    ) -> bool:
        text = context.text
        if moment.side == "since":
            return False
        if self._plan.search(text, *sorted((span.start, moment.span.start))):
            return False
        if ahead:
            if _WHERE.search(between) or _BY.search(text, 0, span.start):
                return False
            if self._creating.search(between) and not re.search("的", between):
                return True
            behind = between.rstrip(_QUOTES + "“《")
            if behind.endswith("的") and self._founding.fullmatch(behind[:-1]):
                return cls != "Institution" or not _BROUGHT_OUT.fullmatch(
                    behind[:-1]
                )  # 发布的X大学《报告》  # 1986年成立的X
            verb = self._behind.match(text, span.end)
            if not _is_word(context, verb) or verb is None or self._founding.search(between):
                return False
            clause = context.clauses[context.clause_at(verb.end() - 1)]
            return bool(_CLOSED.match(text, verb.end(), clause.end))  # A设立了B, 学校成立学前班 date B
        before = self._before_date.match(between)
        if not before or (cls == "Institution" and _BROUGHT_OUT.search(between)):
            return False
        if self._founding.search(between):
            return True
        verb = self._after_date.match(text, moment.span.end)
        if verb is None or not _is_word(context, verb):
            return False
        if cls not in ("Institution", "Park"):
            return True
        # 公司于2010年推出了奶粉, 公司于2010年设立子公司: what it does to others does not date it
        return not _BROUGHT_OUT.search(verb["verb"]) and bool(_CLOSED.match(text, verb.end()))

    def _date(self, context: FactContext, reference: Reference, moment: ValueMention) -> Iterator[Statement]:
        period = moment.period
        assert period is not None  # every date has one
        marks = [context.span(reference), Span(*moment.span)]
        rule = f"date-{reference.key.cls.lower()}"
        if moment.side == "since":
            yield context.statement(reference.key, "dateStart", period.start, rule, marks)
        elif period.start == period.end:
            yield context.statement(reference.key, "date", period.start, rule, marks)
        else:
            yield context.statement(reference.key, "dateStart", period.start, rule, marks)
            yield context.statement(reference.key, "dateEnd", period.end, rule, marks)


def _is_word(context: FactContext, match: re.Match[str] | None) -> bool:
    """Whether a verb was found, and not in the middle of a word (公|开发|行)."""
    return match is not None and context.work.aligned(*match.span("verb"))


def _listed(context: FactContext, references: list[Reference]) -> Iterator[Reference]:
    """The first and those that stand in a list with it."""
    previous: Reference | None = None
    for reference in references:
        if previous is not None:
            gap = context.text[context.span(previous).end : context.span(reference).start]
            if gap.strip(_QUOTES + "“《") not in ("、", "和", "与", "及", "以及", ""):
                return
        yield reference
        previous = reference
