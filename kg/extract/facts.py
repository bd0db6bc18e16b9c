"""Facts with a value: amounts, observations, dates; each with the words that carry it.

A figure speaks of the entity that its clause begins with (芒果…会员数突破…, 全省建成…), else of the
subject of the clause before, else of the topic. Money that is the size of a fund or the whole investment of a
project is its amount; all else is an observation. What is ranked, aged, granted or only limits something is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.amounts import Amounts
from kg.extract.context import FactContext, Flow
from kg.extract.dating import Dating
from kg.extract.labels import Labels
from kg.extract.subjects import Subjects
from kg.extract.wording import Wording
from kg.lexicon import Lexicon
from kg.model import BlockKind, EntityKey, Observation, Period, Reference, Span, Statement, Status
from kg.recognize.base import Work
from kg.recognize.values import ValueMention, Values
from kg.segment import UNKNOWN

#: Chinese digits below this are words more than figures (两家企业, 三项任务).
_FEWEST_CHINESE = 10
#: A、B等340个项目 counts things, 农业农村部等5个部门 repeats a list.
_FEWEST_OF_LIST = 10
_WORD = re.compile("[\u4e00-\u9fffA-Za-z]{2}")
_EACH = "分别"
#: What parts the members of a list, the surest sign first (软件和信息服务业、租赁和商务服务业 are two).
_SEPARATORS = (re.compile("、"), re.compile("、|以及|[和及与]"), re.compile("以及|[和及与]"))
_RECENT = 4


class Facts:
    """Reads the facts of documents, sentence by sentence; one reader for each document."""

    def __init__(self, lexicon: Lexicon) -> None:
        roles = lexicon.roles
        wording = Wording(roles, lexicon.bounds, lexicon.words["plan_words"])
        self._values = Values(lexicon.units, lexicon.bounds, lexicon.plans)
        self._subjects = Subjects(lexicon, wording)
        self._labels = Labels(wording)
        self._amounts = Amounts(wording)
        self._dating = Dating(lexicon, wording, self._subjects)
        self._wording = wording
        self._plans = lexicon.words["plan_words"]
        self._inner = lexicon.words["inner_verbs"]
        self._durations = roles["duration"]
        self._timed = wording.any("timed")
        self._grant = wording.any("grant")
        self._measure = re.compile(f"(?:{wording.any('measure').pattern})$")
        self._has = wording.any("has")
        self._among = wording.any("among")
        self._heads = re.compile(f"的?[^，。；]{{0,6}}?(?:{wording.any('growth', 'share', 'head').pattern})")

    def extract(
        self,
        work: Work,
        references: Sequence[Reference],
        topic: EntityKey | None,
        anchor: str,
        *,
        nation: EntityKey | None = None,
        recent: Sequence[EntityKey] = (),
        period: Period | None = None,
    ) -> Iterator[Statement]:
        """Yield the facts of a sentence; ``anchor`` is the document's date, for 今年 and 9月29日."""
        offset = work.sentence.span.start
        outer = _outermost(references)
        names = [(r.mention.span.start - offset, r.mention.span.end - offset) for r in outer]
        values = self._values.find(work.text, anchor, names)
        if not values:
            return
        heading = work.sentence.kind is BlockKind.HEADING
        context = FactContext(work, outer, values, None if heading else topic, period, nation, tuple(recent))
        yield from self._dating.find(context)
        if context.figures:
            yield from self._figures(context)

    def _figures(self, context: FactContext) -> Iterator[Statement]:
        flow = Flow([context.topic] if context.topic else [], period=context.period)
        for clause in context.clauses:
            figures = [f for f in context.figures if clause.start <= f.span.start < clause.end]
            flow.prefix = ""
            for moment in context.moments:
                if clause.start <= moment.span.start < clause.end and moment.side != "since":
                    flow.period = moment.period
            limit = figures[0].span.start if figures else clause.end
            self._subjects.enter(context, clause, flow, limit)
            if self._deals(context, clause, figures):
                yield from self._dealt(context, clause, figures, flow)
            elif figures:
                yield from self._clause(context, clause, figures, flow)
            self._subjects.leave(context, clause, flow, counted=bool(figures))

    # -- one clause --------------------------------------------------------------------------------

    def _clause(
        self, context: FactContext, clause: Span, figures: list[ValueMention], flow: Flow
    ) -> Iterator[Statement]:
        cursor = self._start(context, clause, figures[0])
        low: ValueMention | None = None
        for n, figure in enumerate(figures):
            following = figures[n + 1] if n + 1 < len(figures) else None
            amounts = list(self._amounts.find(context, clause, figure, flow))
            if amounts:
                yield from amounts
            elif following is not None and self._origin(context, clause, figure, following):
                low = figure
                continue
            elif self._unsure(context, clause, cursor, figure, following, low is not None):
                low = None
                continue
            else:
                start = clause.start if low is not None else cursor
                end = low.span.start if low is not None else figure.span.start
                yield from self._observe(
                    context,
                    clause,
                    max(start, self._start(context, clause, low or figure)) if low else cursor,
                    end,
                    figure,
                    low,
                    flow,
                )
            cursor, low = figure.span.end, None

    def _start(self, context: FactContext, clause: Span, figure: ValueMention) -> int:
        """Where the words before the first figure begin: behind the subject and behind a date."""
        start = clause.start
        for reference in self._subjects.find(context, Span(clause.start, figure.span.start)):
            start = max(start, context.span(reference).end)
        for moment in context.moments:
            if start < moment.span.end <= figure.span.start:
                start = moment.span.end
        return start

    def _observe(
        self,
        context: FactContext,
        clause: Span,
        cursor: int,
        end: int,
        figure: ValueMention,
        low: ValueMention | None,
        flow: Flow,
    ) -> Iterator[Statement]:
        """The observation of a figure; ``end`` is where the words before it (or before 从…) end."""
        if low is None:
            label = self._labels.of(context, clause, cursor, figure, flow).text
        else:
            origin = self._wording.origin.search(context.text[cursor:end])
            end = cursor + origin.start() if origin else end
            label = self._wording.trim(context, cursor, end) or flow.stem
            flow.stem = label
        if not _WORD.search(label) or flow.blocked or not flow.subjects:
            return
        if not self._names(context, label):
            return
        baseline = None
        if low is not None:
            unit = low.unit or figure.unit
            baseline = Observation(label, low.value, unit, self._time(context, low, None), low.bound)
        status = self._status(context, clause, figure)
        mark = Span(*figure.span)
        for subject in flow.subjects:
            if subject.cls == "Person":
                continue
            for value in figure.values:
                time = self._time(context, figure, flow.period)
                observation = Observation(label, value, figure.unit, time, figure.bound, baseline)
                confidence = 0.9 if flow.mark and not flow.carried else 0.75
                yield context.statement(
                    subject, "observation", observation, "observation", confidence, [flow.mark, mark], status
                )

    def _names(self, context: FactContext, label: str) -> bool:
        """Whether a label holds a noun: 参加 alone does not say what is counted."""
        return any(
            t.word in label
            and (t.tag[:1] in "njlisx" or t.tag in ("vn", "eng", UNKNOWN) or t.word in self._inner)
            for t in context.work.tokens
        )

    def _time(self, context: FactContext, figure: ValueMention, default: Period | None) -> Period | None:
        """The date right before a figure (由2005年的40.97亿), else that of the clause."""
        close = [m for m in context.moments if m.span.end <= figure.span.start <= m.span.end + 1]
        return close[-1].period if close else default

    def _status(self, context: FactContext, clause: Span, figure: ValueMention) -> Status:
        words = (t.word for t in context.work.tokens if clause.start <= t.start < figure.span.start)
        return Status.PLANNED if any(w in self._plans for w in words) else Status.ASSERTED

    # -- what is no figure of the subject ----------------------------------------------------------

    def _origin(
        self, context: FactContext, clause: Span, figure: ValueMention, following: ValueMention
    ) -> bool:
        """Whether a figure is the earlier one of 从…增长至…."""
        text = context.text
        return bool(
            self._wording.origin.search(text[clause.start : figure.span.start])
            and self._wording.toward.match(text[figure.span.end : following.span.start])
        )

    def _unsure(
        self,
        context: FactContext,
        clause: Span,
        cursor: int,
        figure: ValueMention,
        following: ValueMention | None,
        grown: bool,
    ) -> bool:
        text = context.text
        before, after = text[clause.start : figure.span.start], text[figure.span.end : clause.end]
        if figure.ordinal or (figure.chinese and figure.unit != "%" and figure.value < _FEWEST_CHINESE):
            return True
        if figure.unit in self._durations and not grown and not self._timed.search(before[-8:]):
            return True
        if self._grant.search(text[clause.start : clause.end]):
            return True
        if text[figure.span.start - 1 : figure.span.start] == "“" and after.startswith("”"):
            return True  # “30条” is a name
        if before.endswith("等") and not (figure.value >= _FEWEST_OF_LIST and self._subjects.makes(before)):
            return True
        oblique = r"[与和由对向将按每](?:另)?$" if cursor == clause.start else r"[由对向将按每](?:另)?$"
        if re.search(oblique, before) or self._among.search(after):
            return True
        if re.search("以[上下内]$", figure.text) and re.match(r"[^\W\d_的]", after):
            return not self._heads.match(after)
        if after.startswith("的"):
            return self._relative(context, clause, figure, following)
        return False

    def _relative(
        self, context: FactContext, clause: Span, figure: ValueMention, following: ValueMention | None
    ) -> bool:
        """Whether a figure only describes the noun behind 的 (采购额超过2亿元的县区有3个)."""
        text = context.text
        if self._heads.match(text, figure.span.end, clause.end):
            return False
        return (following is not None and following.span.end <= clause.end) or not self._has.search(
            text[: figure.span.start]
        )

    # -- 分别 --------------------------------------------------------------------------------------

    def _deals(self, context: FactContext, clause: Span, figures: list[ValueMention]) -> bool:
        """Whether 分别 deals out the figures of a clause."""
        at = context.text.find(_EACH, clause.start, clause.end)
        return at >= 0 and len(figures) > 1 and figures[0].span.start > at

    def _dealt(
        self, context: FactContext, clause: Span, figures: list[ValueMention], flow: Flow
    ) -> Iterator[Statement]:
        """Figures dealt out over a list of entities or of labels; nothing when the numbers differ."""
        text = context.text
        at = text.find(_EACH, clause.start, clause.end)
        found = self._subjects.find(context, Span(clause.start, at)) or self._subjects.listed_before(
            context, clause
        )
        words = text[at + len(_EACH) : figures[0].span.start]
        if len(found) == len(figures):
            named = self._wording.trim(context, max(clause.start, context.span(found[-1]).end), at)
            label = self._grown(named or flow.stem, words)
            for reference, figure in zip(found, figures, strict=True):
                yield from self._one(context, reference.key, context.span(reference), label, figure, flow)
            flow.stem, flow.subjects, flow.blocked = named or flow.stem, [r.key for r in found], True
            return
        start = self._start(context, clause, figures[0])
        labels = self._items(context, start, at, len(figures))
        if labels and not flow.blocked and len(flow.subjects) == 1:
            for label, figure in zip(labels, figures, strict=True):
                yield from self._one(
                    context, flow.subjects[0], flow.mark, self._grown(label, words), figure, flow
                )
            flow.stem = labels[-1]

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
            yield context.statement(subject, "observation", value, "observation-each", 0.85, marks)

    def _grown(self, label: str, words: str) -> str:
        growth = self._wording.growth.search(words)
        return f"{label}{growth['word']}" if label and growth else label

    def _items(self, context: FactContext, start: int, end: int, number: int) -> list[str]:
        """A、B和C增加值 as three labels, each with the tail (增加值) that the last one has."""
        for separator in _SEPARATORS:
            cuts = [start, *(m.end() for m in separator.finditer(context.text, start, end)), end]
            items = [i for a, b in pairwise(cuts) if (i := self._wording.trim(context, a, b))]
            if len(items) == number:
                tail = self._measure.search(items[-1])
                if tail and not any(self._measure.search(i) for i in items[:-1]):
                    items = [*(i + tail.group() for i in items[:-1]), items[-1]]
                return items
        return []


def _outermost(references: Sequence[Reference]) -> tuple[Reference, ...]:
    ordered = sorted(references, key=lambda r: (r.mention.span.start, -r.mention.span.end))
    found: list[Reference] = []
    for reference in ordered:
        if not found or reference.mention.span.end > found[-1].mention.span.end:
            found.append(reference)
    return tuple(found)
