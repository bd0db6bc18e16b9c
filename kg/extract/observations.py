"""Figures of a sentence as amounts and observations, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from kg.extract.amounts import Amounts
from kg.extract.context import RATES, FactContext, Flow, Stretch
from kg.extract.doubts import Doubts
from kg.extract.labels import COMPARED, Labels
from kg.extract.leaders import SPOKEN_OF, Leaders
from kg.extract.subjects import Subjects
from kg.extract.wording import Wording, noun_behind
from kg.lexicon import Lexicon
from kg.model import EntityKey, Observation, Period, Reference, Span, Statement, Status
from kg.recognize.values import ValueMention

#: How the subject of a figure was found → the rule's name.
_SOURCES = {
    "own": "observation",
    "carried": "observation-carried",
    "made": "observation-made",
    "topic": "observation-topic",
}
_EACH = "分别"
#: How a clause says that what it names has moved, before the next one says how far: …率再创新高，达到98.5%.
_MOVED = re.compile(
    "(?:[再又连续屡]*创(?:历史|近年)?(?:来)?新[高低]|(?:不断|持续|稳步|稳定|逐[年步]|进一步|明显|显著|大幅度?|快速|平稳|有所|继续|较快)*"
    "(?:提高|提升|增长|增加|下降|扩大|改善|壮大|攀升|上升|降低|回升|优化|向好|突破))$"
)
#: How a quantity ends that moves: 新农合参合率, 市场份额.
_QUANTITY = re.compile("[率额量值]$|(?:份额|比例|水平|面积|人数|人口|寿命|指数|价格|薪酬|标准|成本)$")
#: What stands between a subject and a figure whose label the clause before gives.
_BARE = re.compile(
    "(?:则|也|仅|只|还)?(?:有|占|为|达|是|占到|达到)?(?:不到|不足|将近|接近|近|约|超|超过|大约)?"
)
#: What may stand before 分别 and says since when: 同比分别增长.
_SAME_TIME = re.compile("(?:同比|环比|比上年|较上年|较去年|比去年|比上年同期|较上年同期)?")
#: Words that name two things of which each may have a figure.
_TWO_IN_ONE = {"城乡": ("城镇", "农村"), "进出口": ("进口", "出口")}
#: 较2020年增长: of that year is only what the figure is compared with.
_COMPARES = re.compile("[较比]$")
_LONGEST = 30
#: How a clause begins that only counts what the one before names: 新建的铁路，|就有三千公里.
_COUNTED = re.compile("(?:就|便|也|共|已经?|一共|总共|将|均|只)*(?:有|达到|达|为|是)了?")
_OBLIQUE = re.compile("[据在从对按由为经除随比]|根据|通过|这样|因此|所以|但是|同时|其中|其次|此外|目前")
_AT = re.compile("[在于到至]$")
#: What parts the members of a list, the surest sign first (软件和信息服务业、租赁和商务服务业 are two).
_SEPARATORS = (re.compile("、"), re.compile("、|以及|[和及与]"), re.compile("以及|[和及与]"))


def _in_bracket(text: str, position: int) -> bool:
    opened = max(text.rfind("（", 0, position), text.rfind("(", 0, position))
    return opened > max(text.rfind("）", 0, position), text.rfind(")", 0, position))


class Observations:
    """Reads figures."""

    def __init__(self, lexicon: Lexicon, wording: Wording, leaders: Leaders) -> None:
        self._wording = wording
        self._leaders = leaders
        self._subjects = Subjects(wording, leaders)
        self._amounts = Amounts(wording)
        self._labels = Labels(lexicon, wording)
        self._doubts = Doubts(lexicon, wording)
        self._gives = wording.any("deed")
        self._plans = lexicon.words["plan_words"]
        words, levels = wording.any("does", "measure", "size").pattern, wording.any("level").pattern
        self._attribute = re.compile(f"(?P<word>{words})(?:{levels})*$")
        self._measure = re.compile(f"(?:{wording.any('measure').pattern})$")

    def find(self, context: FactContext) -> Iterator[Statement]:
        """Yield the amounts and observations of a sentence."""
        if not context.figures:
            return
        flow = Flow([context.topic] if context.topic else [])
        last = context.figures[-1].span.start
        for clause in takewhile(lambda clause: clause.start <= last, context.clauses):
            figures = [f for f in context.figures if clause.start <= f.span.start < clause.end]
            self._enter(context, clause, figures, flow)
            if self._deals(context, clause, figures):
                yield from self._dealt(context, clause, figures, flow)
            elif self._deals_again(context, clause, figures, flow):
                words = context.text[clause.start : figures[0].span.start]
                yield from self._dealt_over(context, flow.last, words, figures, flow)
            elif not figures:
                self._name(context, clause, flow)
            elif not self._doubts.of_clause(context, clause, figures):
                yield from self._clause(context, clause, figures, flow)
            flow.moved = flow.moved and not figures
            self._subjects.leave(context, clause, flow, counted=bool(figures))

    def _enter(self, context: FactContext, clause: Span, figures: list[ValueMention], flow: Flow) -> None:
        flow.prefix = ""
        if figures:
            flow.last, flow.labels = flow.labels, []
        if _in_bracket(context.text, clause.start):
            flow.aside = flow.aside or (flow.period,)
        elif flow.aside:
            flow.period, flow.aside = flow.aside[0], ()
        for moment in context.moments:
            founding = context.text[: moment.span.start].endswith("于")  # 成立于2005年，…
            compared = _COMPARES.search(context.text, 0, moment.span.start)
            inside = clause.start <= moment.span.start < clause.end
            if inside and moment.side != "since" and not founding and not compared:
                flow.period = moment.period
        self._subjects.enter(context, clause, flow, figures[0].span.start if figures else clause.end)

    def _name(self, context: FactContext, clause: Span, flow: Flow) -> None:
        """在总产值中所占的比重，已由…上升到…: a clause may name what the next one measures."""
        words = self._wording.trim(context, self._behind_subject(context, clause, clause.end), clause.end)
        measured = _MOVED.sub("", words)
        moved = measured != words
        if self._measure.search(measured) or (moved and _QUANTITY.search(measured)):
            flow.stem, flow.moved = measured[-_LONGEST:], moved
        counts = _COUNTED.match(context.text, clause.end) and not _OBLIQUE.match(context.text, clause.start)
        flow.ahead = measured if counts and len(words) <= _LONGEST and self._nominal(context, clause) else ""

    def _nominal(self, context: FactContext, clause: Span) -> bool:
        """Whether a clause is a noun, which the next one counts: 新建和修复的铁路，就有三千公里."""
        token = context.work.tokens[context.work.last_ending(clause.end - 1)]
        return token.tag[:1] == "n" or token.tag in ("vn", "l")

    def _before_date(self, context: FactContext, clause: Span, end: int) -> str:
        """What is measured before a date that nothing but a verb follows: 总产值|在一九五七年达到了…."""
        moments = [m for m in context.moments if clause.start < m.span.start and m.span.end <= end]
        if not moments or _COMPARES.search(context.text, 0, moments[-1].span.start):
            return ""
        start, stop = moments[-1].span.end, end
        growth = self._wording.growth.search(context.text[start:stop])
        stop = start + growth.start() if growth else stop
        if self._wording.trim(context, start, stop):
            return ""
        behind = self._behind_subject(context, clause, moments[-1].span.start)
        words = self._wording.trim(context, behind, moments[-1].span.start)
        words = _AT.sub("", words)
        return words[-_LONGEST:] if self._measure.search(words) else ""

    def _clause(
        self, context: FactContext, clause: Span, figures: list[ValueMention], flow: Flow
    ) -> Iterator[Statement]:
        stretch = Stretch(clause, clause.start, self._behind_subject(context, clause, figures[0].span.start))
        flow.ahead = flow.ahead or self._before_date(context, clause, figures[0].span.start)
        low: ValueMention | None = None
        for figure, following in pairwise([*figures, None]):
            assert figure is not None  # only the last of the pairs has a None
            if following is not None and following.span.start == figure.span.end:
                flow.stem = self._wording.trim(context, stretch.cursor, figure.span.start) or flow.stem
                low = following  # 迈上4个|万亿元台阶: the steps are no figures of their own
                continue
            if low is not None and low is figure:
                steps = figure.span.end + len(noun_behind(context.text, figure.span.end))
                stretch, low = Stretch(clause, figure.span.end, min(steps, clause.end)), None
                continue
            if amounts := list(self._amounts.find(context, clause, figure, flow)):
                yield from amounts
            elif described := self._described(context, clause, figure):
                yield from self._of(context, stretch, figure, *described, flow)
            elif following is not None and self._grows(context, clause, figure, following):
                low = figure
                continue
            elif self._doubts.of_figure(context, stretch, figure, following, flow, grown=low is not None):
                low = None
                continue
            else:
                yield from self._observe(context, stretch, figure, low, flow)
            stretch, low = Stretch(clause, figure.span.end, figure.span.end), None
            flow.ahead = ""
        flow.ahead = ""

    def _described(
        self, context: FactContext, clause: Span, figure: ValueMention
    ) -> tuple[Reference, str] | None:
        """占地10平方公里的X: a figure with its measure before 的 is that of the name behind."""
        measure = self._attribute.search(context.text, clause.start, figure.span.start)
        owner = next(iter(context.inside(figure.span.end, clause.end)), None)
        if not measure or owner is None or owner.key.cls not in SPOKEN_OF - {"Place"} or figure.unit in RATES:
            return None
        between = context.text[figure.span.end : context.span(owner).start]
        return (owner, measure["word"]) if between.strip("“《") == "的" else None

    def _of(
        self,
        context: FactContext,
        stretch: Stretch,
        figure: ValueMention,
        owner: Reference,
        label: str,
        flow: Flow,
    ) -> Iterator[Statement]:
        value = Observation(
            label, figure.value, figure.unit, self._time(context, figure, flow.period), figure.bound
        )
        marks = [context.span(owner), Span(*figure.span)]
        status = self._status(context, stretch.clause, figure)
        yield context.statement(owner.key, "observation", value, "observation", marks, status)

    def _behind_subject(self, context: FactContext, clause: Span, end: int) -> int:
        """Where the words before a position begin: behind the subject and the date of its clause."""
        ends = [context.span(r).end for r in self._leaders.find(context, Span(clause.start, end))]
        dates = [
            m.span.end
            for m in context.moments
            if clause.start < m.span.end <= end and not _COMPARES.search(context.text, 0, m.span.start)
        ]
        return max([clause.start, *ends, *dates])

    def _ahead_of_growth(self, context: FactContext, clause: Span, low: ValueMention) -> Span:
        """The words before 从 in 从2021年的1200家增长至…, behind the subject."""
        origin = self._wording.origin.search(context.text, clause.start, low.span.start)
        end = origin.start() if origin else low.span.start
        return Span(self._behind_subject(context, clause, end), end)

    def _grows(
        self, context: FactContext, clause: Span, figure: ValueMention, following: ValueMention
    ) -> bool:
        """Whether a figure is the earlier one of 从…增长至…."""
        text = context.text
        return bool(
            self._wording.origin.search(text[clause.start : figure.span.start])
            and self._wording.toward.match(text[figure.span.end : following.span.start])
        )

    def _observe(
        self,
        context: FactContext,
        stretch: Stretch,
        figure: ValueMention,
        low: ValueMention | None,
        flow: Flow,
    ) -> Iterator[Statement]:
        if low is None:
            label = self._labels.of(context, stretch, figure, flow)
        else:
            label = self._labels.grown(context, self._ahead_of_growth(context, stretch.clause, low), flow)
        words = Span(stretch.cursor, figure.span.start)
        if not label and low is None and flow.source == "own" and flow.given[1] == figure.unit:
            bare = _BARE.fullmatch(context.text, stretch.cursor, figure.span.start)
            label = flow.given[0] if bare else label  # 云川占总产能的50%，江州|15%
        if flow.source != "own" and self._labels.tells_deed(context, words):
            flow.blocked = True
        if flow.blocked or not self._labels.means(context, label, flow.source):
            return
        flow.labels.append(label)
        flow.given = (label, figure.unit)
        flow.series.append((list(flow.subjects), label))
        rule = _SOURCES[flow.source]
        status = self._status(context, stretch.clause, figure)
        for subject in flow.subjects:
            for value in figure.values if subject.cls != "Person" or self._gives.search(label) else ():
                observation = Observation(
                    label,
                    value,
                    figure.unit,
                    self._time(context, figure, flow.period),
                    figure.bound,
                    self._baseline(context, label, low, figure),
                )
                marks = [flow.mark, Span(*figure.span)]
                yield context.statement(subject, "observation", observation, rule, marks, status)

    def _baseline(
        self, context: FactContext, label: str, low: ValueMention | None, figure: ValueMention
    ) -> Observation | None:
        if low is None:
            return None
        return Observation(
            label, low.value, low.unit or figure.unit, self._time(context, low, None), low.bound
        )

    def _time(self, context: FactContext, figure: ValueMention, default: Period | None) -> Period | None:
        """The date right before a figure (由2005年的40.97亿), else that of the clause."""
        close = [m for m in context.moments if m.span.end <= figure.span.start <= m.span.end + 1]
        return close[-1].period if close else default

    def _status(self, context: FactContext, clause: Span, figure: ValueMention) -> Status:
        words = (t.word for t in context.work.tokens if clause.start <= t.start < figure.span.start)
        return Status.PLANNED if any(w in self._plans for w in words) else Status.ASSERTED

    # -- 分别 --------------------------------------------------------------------------------------

    def _deals(self, context: FactContext, clause: Span, figures: list[ValueMention]) -> bool:
        """Whether 分别 deals out the figures of a clause."""
        at = context.text.find(_EACH, clause.start, clause.end)
        return (
            at >= 0
            and len(figures) > 1
            and figures[0].span.start > at
            and not self._grows(context, clause, *figures[:2])
        )

    def _dealt(
        self, context: FactContext, clause: Span, figures: list[ValueMention], flow: Flow
    ) -> Iterator[Statement]:
        """Figures dealt out over a list of entities or of labels; nothing when the numbers differ."""
        text = context.text
        if self._doubts.of_clause(context, clause, figures):
            return
        at = text.find(_EACH, clause.start, clause.end)
        words = text[at + len(_EACH) : figures[0].span.start]
        found = self._leaders.find(context, Span(clause.start, at)) or self._leaders.listed_before(
            context, clause
        )
        if len(found) == len(figures):
            start = max(clause.start, context.span(found[-1]).end)
            flow.stem = self._wording.trim(context, start, at) or flow.stem
            own = self._wording.trim(context, at + len(_EACH), figures[0].span.start)
            label = self._grown(flow.stem, words) or own  # A市和B市分别实现收入…
            for reference, figure in zip(found, figures, strict=True):
                yield from self._one(context, reference.key, context.span(reference), label, figure, flow)
            flow.subjects, flow.blocked = [r.key for r in found], True
            return
        moments = [m for m in context.moments if clause.start <= m.span.start < figures[0].span.start]
        if len(moments) == len(figures):
            yield from self._dated(context, Span(at, figures[0].span.start), moments, figures, flow)
            return
        labels = self._items(context, self._behind_subject(context, clause, at), at, len(figures))
        plain = _SAME_TIME.fullmatch(text, clause.start, at)
        if not labels and (plain or at == self._wording.opening(context, clause.start, at)):
            labels = flow.last if len(flow.last) == len(figures) else self._series(flow, len(figures))
        if labels:
            yield from self._dealt_over(context, labels, words, figures, flow)

    def _series(self, flow: Flow, number: int) -> list[str]:
        """The labels of so many clauses before, of one subject: 合同额8亿元，执行额5亿元，分别增长12%和18%."""
        labels = [label for subjects, label in flow.series if subjects == flow.subjects][-number:]
        return labels if len(labels) == number and len(set(labels)) == number else []

    def _deals_again(
        self, context: FactContext, clause: Span, figures: list[ValueMention], flow: Flow
    ) -> bool:
        """Whether the figures of a clause go over the labels of the clause before: …分别达5万元和2万元，增长5%和6%."""
        if len(figures) < 2 or len(flow.last) != len(figures):
            return False
        words = context.text[clause.start : figures[0].span.start]
        growth = self._wording.growth.search(words)
        return growth is not None and len(words) <= len(growth.group()) + 2

    def _dealt_over(
        self, context: FactContext, labels: list[str], words: str, figures: list[ValueMention], flow: Flow
    ) -> Iterator[Statement]:
        """A figure for each label; the words before them may say that it grew so much."""
        if flow.blocked or len(flow.subjects) != 1:
            return
        for label, figure in zip(labels, figures, strict=True):
            yield from self._one(
                context, flow.subjects[0], flow.mark, self._grown(label, words), figure, flow
            )
        flow.stem, flow.labels = labels[-1], list(labels)

    def _dated(
        self,
        context: FactContext,
        words: Span,
        moments: list[ValueMention],
        figures: list[ValueMention],
        flow: Flow,
    ) -> Iterator[Statement]:
        """于2013年12月和2014年12月分别增资20亿元和100亿元: one figure for each date."""
        label = self._wording.trim(context, max(words.start + len(_EACH), moments[-1].span.end), words.end)
        if flow.blocked or len(flow.subjects) != 1 or not self._labels.means(context, label, flow.source):
            return
        for moment, figure in zip(moments, figures, strict=True):
            flow.period = moment.period
            yield from self._one(context, flow.subjects[0], flow.mark, label, figure, flow)

    def _one(
        self,
        context: FactContext,
        subject: EntityKey,
        mark: Span | None,
        label: str,
        figure: ValueMention,
        flow: Flow,
    ) -> Iterator[Statement]:
        if label and subject.cls != "Person" and not figure.ordinal:
            value = Observation(label, figure.value, figure.unit, flow.period, figure.bound)
            marks = [mark, Span(*figure.span)]
            yield context.statement(subject, "observation", value, "observation-each", marks)

    def _grown(self, label: str, words: str) -> str:
        growth = self._wording.growth.search(words)
        return f"{label}{growth['word']}" if label and growth else label

    def _items(self, context: FactContext, start: int, end: int, number: int) -> list[str]:
        """A、B和C增加值 as three labels, each with the tail (增加值) that the last one has."""
        for separator in _SEPARATORS:
            cuts = [start, *(m.end() for m in separator.finditer(context.text, start, end)), end]
            trimmed = (self._wording.trim(context, a, b) for a, b in pairwise(cuts))
            items = [i for words in trimmed if (i := COMPARED.sub("", words))]
            if len(items) < number:
                items = [apart for item in items for apart in _apart(item)]
            if len(items) == number:
                tail = self._measure.search(items[-1])
                if tail and not any(self._measure.search(i) for i in items[:-1]):
                    items = [*(i + tail.group() for i in items[:-1]), items[-1]]
                return items
        return []


def _apart(label: str) -> list[str]:
    """The two labels of a word that names two things: 城乡居民收入, 进出口."""
    for whole, parts in _TWO_IN_ONE.items():
        if whole in label:
            return [label.replace(whole, part) for part in parts]
    return [label]
