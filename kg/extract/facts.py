"""Facts with a value: amounts, observations, dates; each with the words that carry it.

A figure speaks of the entity that its clause begins with (芒果…会员数突破…, 全省建成…), else of the
subject of the clause before, else of the topic. Money beside a fund or an investment is its amount;
all else is an observation. What is ranked, aged or numbered is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.model import BlockKind, EntityKey, Evidence, Observation, Period, Reference, Span, Statement, Status
from kg.recognize.base import Work
from kg.recognize.values import Figure, Moment, Values

#: Classes whose members figures speak of.
_SUBJECTS = frozenset(
    {"Institution", "Place", "Park", "Platform", "Fund", "Project", "Event", "Technology", "Policy"}
)
_FUNDED = frozenset({"Fund", "Project", "Park", "Policy"})
_CLAUSE = re.compile(r"[，。；：！？,;]")
_OBLIQUE = re.compile(r"(?:与|和|同|向|对|从|为|由|比|给|被|把|将|以|来自|按照|根据|依托|联合|支持|包括)$")
_AT = re.compile(r"(?:在|于)$")
_SIZE = re.compile(
    r"(?:总?规模|总额|总量|资金规模|首期规模|基金规模|资金总量|认缴总?规模|目标规模|注册资本)(?:将|预计|为|达|达到|约|约为|超|超过|近|不低于|共|合计)*$"
)
_INVESTED = re.compile(
    r"(?:总投资|投资总额|计划总投资|投资额|总投资额|投资概算|概算总投资|投资|估算总投资|项目总投资)(?:额)?(?:将|预计|为|达|达到|约|约为|超|超过|近|不低于|共|合计)*$"
)
_PUT = re.compile(r"(?:投入|投资|安排|拨付|斥资|下达)(?:资金|专项资金|财政资金)?(?:超|近|约|超过)?$")
#: Verbs that leave the mention behind them a subject: 截至…, 据… (by tag only).
_NEUTRAL = frozenset({"截至", "截止", "据", "到", "是", "来自", "包括", "以", "使", "让"})
_OF = re.compile(r"(?:人民币)?(?:规模)?的?(?:“)?$")
_GROWTH = re.compile(
    r"(?:同比|环比|年均|累计|分别|比上年|较上年|比上年同期|名义|实际|可比价)*(?:增长|增加|提高|提升|上升|下降|降低|减少|回落|增速|扩大|上涨|下滑|跌)(?:了|到|至|幅度)?(?:超|近|约|超过|达|达到|为)?$"
)
_FROM_TO = re.compile(r"(?:从|由)(?P<t1>[^，。；]{0,10}?)$")
_TO = re.compile(
    r"^(?:的)?(?:增长|增加|提高|提升|上升|下降|降低|减少|回落|扩大|升|降|增|发展|跃升|攀升|调整)(?:到|至|为)(?P<t2>[^，。；]{0,10}?的?)$"
)
_VERBS = re.compile(
    r"(?:已经|已|累计|共计|共|总计|合计|预计|首次|连续|有望|将|可|均|也|就|新|全年|去年|今年|目前|达到|达|突破|超过|超|逾|近|约|为|是|有|至|到|实现|完成|取得|保持|稳定在|增至|增长至|升至|增长到|降至|提高到|提升至|高达|仅|只|不足|占|接近|大约|多于|高于|不低于|不少于|至少|率先|顺利|成功)+$"
)
_LEAD = re.compile(
    r"^(?:其中|目前|截至目前|截至[^，]{0,12}|到[^，]{0,10}|据[^，]{0,12}|今年以来|近年来|同时|此外|另外|已|共|累计|并|还|也|全年|当年|一年来|预计|新|了|年|月|日|末|底|的|，|、|和|以及)+"
)
_BEHIND = re.compile(r"^(?:的|以上|以下|左右|余|多|人民币)*([^，。；：！？、（）\d]{1,24})")
#: Classes that the next clause may speak of when one has brought them forth.
_MADE = frozenset({"Platform", "Technology", "Event", "Park"})
#: What is counted at events: 签约项目67个, 520余名嘉宾参会.
_OF_EVENT = re.compile("签约|参会|参展|观众|嘉宾|成交|参赛|到会|意向|展位|展商|客商")
_SAYS = re.compile("(?:说|表示|称|指出|认为|介绍|透露|强调|批评|预计|指)[，：]")
_HELD = re.compile(
    r"召开|举行|举办|开幕|闭幕|举行|审议|明确|提出|强调|启动|在.{0,20}?(?:召开|举行|举办)|主持|出席|会上|指出|作出|通过|决定|部署"
)
_ISSUED = re.compile(r"印发|出台|发布|公布|颁布|施行|实施|执行|通过|生效|下发|签署|签订|制定")
_FOUNDED = re.compile(
    r"成立|创立|始建|设立|创办|创建|组建|建立|揭牌|挂牌|开工|动工|奠基|启动|投用|投产|建成|竣工|上线|启用|开业|开园|开馆|发布|落成|投运|开通|推出|获批|开建|问世|运行"
)


@dataclass
class Flow:
    """What one clause leaves to the next: subject, time, and the label that growth refers to."""

    subject: EntityKey | None = None
    mark: Span | None = None
    period: Period | None = None
    label: str = ""
    made: EntityKey | None = None  # what the sentence has just brought forth (推出“…”App，完成2.2万件…)
    listed: EntityKey | None = None  # the document just issued (编制目录，包含118项…)


class Facts:
    """Reads the figures and dates of a sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._values = Values(lexicon.units, lexicon.bounds)
        groups = ("create", "carry", "organize", "develop", "down", "have")
        self.bringing = frozenset(
            w for w, ts in lexicon.triggers.items() if any(t.group in groups for t in ts)
        )
        self.makers = re.compile("|".join(sorted(map(re.escape, self.bringing), key=len, reverse=True)))

    def extract(
        self, work: Work, references: Sequence[Reference], topic: EntityKey | None, anchor: str
    ) -> Iterator[Statement]:
        """Yield the facts of a sentence; ``anchor`` is the document's date, for 今年 and 9月29日."""
        if work.sentence.kind is BlockKind.HEADING:
            topic = None
        text, offset = work.text, work.sentence.span.start
        moments = self._values.moments(text, anchor)
        taken = [(r.mention.span.start - offset, r.mention.span.end - offset) for r in references]
        figures = self._values.figures(text, taken + [(m.start, m.end) for m in moments])
        if not figures and not moments:
            return
        reader = _Sentence(work, sorted(references, key=lambda r: r.mention.span), moments, self)
        yield from reader.dates()
        if figures:
            yield from reader.observations(figures, topic)


@dataclass
class _Sentence:
    """One sentence in work; offsets are the sentence's own."""

    work: Work
    references: list[Reference]
    moments: list[Moment]
    rules: Facts

    def span(self, reference: Reference) -> Span:
        return reference.mention.span.shift(-self.work.sentence.span.start)

    def clauses(self) -> Iterator[Span]:
        start = 0
        for match in _CLAUSE.finditer(self.work.text):
            if match.group() == "," and self.work.text[match.end() : match.end() + 1].isdigit():
                continue
            yield Span(start, match.end())
            start = match.end()
        if start < len(self.work.text):
            yield Span(start, len(self.work.text))

    def statement(
        self,
        subject: EntityKey,
        predicate: str,
        value: object,
        rule: str,
        confidence: float,
        marks: Sequence[Span | None],
    ) -> Statement:
        sentence = self.work.sentence
        spans = sorted({m.shift(sentence.span.start) for m in marks if m})
        evidence = Evidence(
            sentence.document, sentence.span, f"fact/{rule}", confidence, tuple(spans), Status.ASSERTED
        )
        return Statement(subject, predicate, value, (evidence,))  # type: ignore[arg-type]

    # -- dates -------------------------------------------------------------------------------------

    def dates(self) -> Iterator[Statement]:
        """The dates of events, policies and foundings."""
        text = self.work.text
        for moment in self.moments:
            clause = next((c for c in self.clauses() if c.start <= moment.start < c.end), None)
            if clause is None:
                continue
            reach = self._reach(clause, moment)
            for reference in self.references:
                span = self.span(reference)
                if not (reach.start <= span.start and span.end <= reach.end):
                    continue
                if span.start <= moment.start < span.end:
                    continue
                if self._dated(reference, span, moment, text[reach.start : reach.end]):
                    yield from self._date(reference.key, span, moment)
                    break

    def _reach(self, clause: Span, moment: Moment) -> Span:
        """The clause of a date, and the next where the date stands alone (2024年7月，全会…)."""
        text = self.work.text
        rest = re.sub(r"^[（）\s]*", "", text[moment.end : clause.end])
        if len(rest) <= 3:
            following = next((c for c in self.clauses() if c.start >= clause.end), None)
            if following:
                return Span(clause.start, following.end)
        return clause

    def _dated(self, reference: Reference, span: Span, moment: Moment, reach: str) -> bool:
        cls = reference.key.cls
        between = self.work.text[min(span.end, moment.end) : max(span.start, moment.start)]
        if len(between) > 30:
            return False
        if re.search(r"[到至]$", self.work.text[: moment.start]):
            return False
        if cls == "Event":
            return bool(_HELD.search(reach))
        if cls == "Policy":
            verb = _ISSUED.search(between) or _ISSUED.search(self.work.text[span.end : span.end + 24])
            return bool(verb) and "贯彻" not in between
        if (
            cls in ("Institution", "Park", "Platform", "Fund", "Project", "Technology")
            and moment.period.start == moment.period.end
        ):
            behind = self.work.text[span.end : span.end + 16]
            verb = _FOUNDED.search(between) if moment.end <= span.start else None
            if verb and not re.search(r"[，、]|的", between[verb.end() :]):
                return True
            after = re.match(
                rf"[”）]?(?:正式|在[^，。]{{1,12}}|于[^，。]{{1,12}}|已|全面|顺利)*(?:{_FOUNDED.pattern})",
                behind,
            )
            return bool(after) and moment.start < span.end + 30 and not (verb is None and len(between) > 14)
        return False

    def _date(self, key: EntityKey, span: Span, moment: Moment) -> Iterator[Statement]:
        marks = [span, Span(moment.start, moment.end)]
        period = moment.period
        if period.start == period.end:
            yield self.statement(key, "date", period.start, "date", 0.8, marks)
        else:
            yield self.statement(key, "dateStart", period.start, "period", 0.7, marks)
            yield self.statement(key, "dateEnd", period.end, "period", 0.7, marks)

    # -- figures -----------------------------------------------------------------------------------

    def observations(self, figures: list[Figure], topic: EntityKey | None) -> Iterator[Statement]:
        """Amounts and observations, clause by clause."""
        flow = Flow(topic)
        for clause in self.clauses():
            inside = [f for f in figures if clause.start <= f.start < clause.end]
            self._enter(clause, flow, inside, topic)
            shared = self._shared(clause, inside)
            if shared:
                yield from self._distribute(clause, inside, shared, flow)
                continue
            previous: Figure | None = None
            for n, figure in enumerate(inside):
                following = inside[n + 1] if n + 1 < len(inside) else None
                amounts = list(self._amount(clause, figure))
                if amounts:
                    yield from amounts
                elif not (following and self._baseline_of(figure, following)):
                    yield from self._observe(clause, figure, previous, flow)
                previous = figure
            self._leave(clause, flow)

    def _shared(self, clause: Span, figures: list[Figure]) -> list[Reference]:
        """The list of entities over which 分别 deals out the figures, one each; else nothing."""
        text = self.work.text
        at = text.find("分别", clause.start, clause.end)
        if at < 0 or len(figures) < 2 or figures[0].start < at:
            return []
        before = [r for r in self.references if self.span(r).end <= at]
        if not before:
            return []
        members = [before[-1]]
        for reference in reversed(before[:-1]):
            gap = text[self.span(reference).end : self.span(members[0]).start]
            if reference.key.cls != members[0].key.cls or gap.strip("”“") not in (
                "、",
                "和",
                "与",
                "及",
                "以及",
            ):
                break
            members.insert(0, reference)
        return members if len(members) == len(figures) else []

    def _distribute(
        self, clause: Span, figures: list[Figure], members: list[Reference], flow: Flow
    ) -> Iterator[Statement]:
        text = self.work.text
        label = self._clean(
            text[max(clause.start, self.span(members[-1]).end) : text.find("分别", clause.start)]
        )
        for reference, figure in zip(members, figures, strict=True):
            value = Observation(label or flow.label, figure.value, figure.unit, flow.period, figure.bound)
            marks = [self.span(reference), Span(figure.start, figure.end)]
            if value.label:
                yield self.statement(reference.key, "observation", value, "observation-each", 0.85, marks)

    def _enter(self, clause: Span, flow: Flow, figures: list[Figure], topic: EntityKey | None) -> None:
        """Take the subject and the time that the clause gives itself."""
        for moment in self.moments:
            if clause.start <= moment.start < clause.end:
                flow.period = moment.period
        limit = figures[0].start if figures else clause.end
        said = _SAYS.search(self.work.text, clause.start, clause.end)
        heads = self._subject(Span(clause.start, clause.end))
        if (
            said
            and said.end() >= clause.end - 1
            and not (heads and re.search("(?:公司|集团|银行)$", heads.key.name))
        ):
            flow.subject, flow.mark = topic, None  # X表示，…: what follows need not speak of X
            return
        subject = self._subject(Span(clause.start, limit))
        if subject:
            flow.subject, flow.mark = subject.key, self.span(subject)
        elif flow.listed and re.match(
            r"(?:其中)?(?:包含|包括|收录|涵盖|列出)", self.work.text[clause.start : clause.end]
        ):
            flow.subject, flow.mark = flow.listed, None
        elif flow.made and (
            flow.made.cls != "Event" or _OF_EVENT.search(self.work.text, clause.start, clause.end)
        ):
            flow.subject, flow.mark = flow.made, None

    def _leave(self, clause: Span, flow: Flow) -> None:
        """Remember what the clause brought forth: the next may speak of it."""
        flow.made = None
        made = [
            r
            for r in self.references
            if r.key.cls in _MADE and clause.start <= self.span(r).start < clause.end
        ]
        if made and self.rules.makers.search(self.work.text, clause.start, self.span(made[-1]).start):
            flow.made = made[-1].key
        policies = [
            r
            for r in self.references
            if r.key.cls == "Policy" and clause.start <= self.span(r).start < clause.end
        ]
        flow.listed = policies[-1].key if policies else None

    def _subject(self, reach: Span) -> Reference | None:
        """The entity with which a stretch begins to speak: the first that no preposition makes oblique."""
        chosen: Reference | None = None
        for reference in self.references:
            span = self.span(reference)
            if (
                not (reach.start <= span.start and span.end <= reach.end)
                or reference.key.cls not in _SUBJECTS
            ):
                continue
            before = self.work.text[reach.start : span.start].rstrip("“《")
            if _OBLIQUE.search(before):
                continue
            if reference.key.cls == "Policy" or (chosen is None and self._governed(reach.start, span.start)):
                continue
            if _AT.search(before) and reference.key.cls not in ("Place", "Park"):
                continue
            if chosen is None:
                chosen = reference
                continue
            previous = self.span(chosen)
            gap = self.work.text[previous.end : span.start]
            if chosen.key.cls == "Place" and gap in ("", "的"):
                chosen = reference  # 江州市|江州高新区: the narrower
        return chosen

    def _governed(self, start: int, end: int) -> bool:
        """Whether a verb stands before a mention in its clause: then it is an object and no subject."""
        inner = self.rules.lexicon.words["inner_verbs"]
        return any(
            start <= t.start
            and t.end <= end
            and (
                t.word in self.rules.bringing
                or (t.tag in ("v", "vd") and t.word not in inner and t.word not in _NEUTRAL)
            )
            for t in self.work.tokens
        )

    def _baseline_of(self, figure: Figure, following: Figure) -> bool:
        text = self.work.text
        return bool(_FROM_TO.search(text[: figure.start]) and _TO.match(text[figure.end : following.start]))

    def _amount(self, clause: Span, figure: Figure) -> Iterator[Statement]:
        if figure.unit != "元":
            return
        text = self.work.text
        mark = Span(figure.start, figure.end)
        before = text[clause.start : figure.start]
        after = [
            r for r in self.references if self.span(r).start >= figure.end and self.span(r).start < clause.end
        ]
        if after:
            span = self.span(after[0])
            gap = text[figure.end : span.start]
            if after[0].key.cls == "Fund" and _OF.fullmatch(gap):
                yield self.statement(after[0].key, "amount", figure.value, "amount-of", 0.9, [span, mark])
                return
            if after[0].key.cls in ("Project", "Park") and _OF.fullmatch(gap) and _INVESTED.search(before):
                yield self.statement(
                    after[0].key, "amount", figure.value, "amount-invested", 0.85, [span, mark]
                )
                return
            carried = re.fullmatch(
                r"(?:资金)?(?:用于)?(?:实施|建设|推进|启动|打造|支持)[^，。；]{0,18}“?", gap
            )
            if after[0].key.cls in ("Project", "Park") and carried and _PUT.search(before):
                yield self.statement(after[0].key, "amount", figure.value, "amount-put", 0.8, [span, mark])
                return
        owners = [r for r in self.references if self.span(r).end <= figure.start and r.key.cls in _FUNDED]
        if not owners:
            return
        owner, span = owners[-1], self.span(owners[-1])
        gap = text[span.end : figure.start]
        if len(gap) > 20 or re.search(r"[。；]", gap):
            return
        if owner.key.cls == "Fund" and (
            _SIZE.search(before) or re.fullmatch(r"[”（]?(?:达|达到|规模|总规模|为|约)*", gap)
        ):
            yield self.statement(owner.key, "amount", figure.value, "amount-size", 0.9, [span, mark])
        elif owner.key.cls in ("Project", "Park") and _INVESTED.search(before):
            yield self.statement(owner.key, "amount", figure.value, "amount-investment", 0.85, [span, mark])

    def _observe(
        self, clause: Span, figure: Figure, previous: Figure | None, flow: Flow
    ) -> Iterator[Statement]:
        label = self._label(clause, figure, previous, flow)
        if not label or flow.subject is None:
            return
        if self._foreign(label, flow) or self._unsure(clause, figure, flow):
            return
        baseline = None
        if previous is not None and self._baseline_of(previous, figure):
            baseline = Observation(
                label,
                previous.value,
                previous.unit or figure.unit,
                self._time(previous, None),
                previous.bound,
            )
        observation = Observation(
            label, figure.value, figure.unit, self._time(figure, flow.period), figure.bound, baseline
        )
        marks = [flow.mark, Span(figure.start, figure.end)]
        confidence = 0.85 if flow.mark and clause.start <= flow.mark.start else 0.7
        yield self.statement(flow.subject, "observation", observation, "observation", confidence, marks)

    def _time(self, figure: Figure, default: Period | None) -> Period | None:
        """The date right before a figure (由2005年的40.97亿), else that of the clause."""
        close = [m for m in self.moments if m.end <= figure.start <= m.end + 2]
        return close[-1].period if close else default

    def _label(self, clause: Span, figure: Figure, previous: Figure | None, flow: Flow) -> str:
        """What is counted: the words before the verb and the figure, or those behind it."""
        text = self.work.text
        start = previous.end if previous else clause.start
        subject = self._subject(Span(clause.start, figure.start))
        if subject and self.span(subject).end > start:
            start = self.span(subject).end
        for moment in self.moments:
            if start < moment.end <= figure.start:
                start = moment.end
        before = text[start : figure.start]
        if previous is not None and self._baseline_of(previous, figure):
            return flow.label or self._clean(text[clause.start : previous.start])
        if figure.unit in ("%", "个百分点") and _GROWTH.search(before):
            stem = self._clean(_GROWTH.sub("", before))
            if previous is not None and text[previous.end : figure.start] in ("、", "和"):
                stem = ""
            flow.label = stem or flow.label
            word = re.search(r"(增长|增加|提高|提升|上升|下降|降低|减少|回落|增速|扩大|上涨|下滑|跌)", before)
            return (flow.label or "") + (word.group(1) if word else "增长")
        if previous is not None and re.fullmatch(r"[、和及至到—~～-]+(?:分别)?", before.strip()):
            return flow.label or self._behind(figure)
        named = self._clean(before)
        behind = self._behind(figure)
        if (
            _VERBS.search(before) and named and figure.unit in ("元", "%", "", "人", "美元", "个百分点")
        ) or not behind:
            flow.label = named or flow.label
            return named or behind
        flow.label = behind if self._counted_behind(figure, behind) else (named or behind)
        return flow.label

    def _clean(self, words: str) -> str:
        words = _VERBS.sub("", words.strip("“”《》（）() 　"))
        words = re.sub(r"(?:从|由)$", "", _VERBS.sub("", _LEAD.sub("", words)))
        return re.sub(r"^(?:的|了|，|、)+|[的，、：]+$", "", words)[-30:]

    def _behind(self, figure: Figure) -> str:
        match = _BEHIND.match(self.work.text[figure.end :])
        return re.sub(r"(?:的|以上|和|及|与)$", "", match.group(1)) if match else ""

    def _counted_behind(self, figure: Figure, behind: str) -> bool:
        return bool(behind) and figure.unit not in ("元", "%", "")

    def _foreign(self, label: str, flow: Flow) -> bool:
        """Whether the label names another subject than the one assumed: 全国, 全球, 企业 …"""
        if flow.mark is not None:
            return False
        return bool(
            re.match(r"全国|全球|世界|我国|国际|两家|该|其|每|人均|平均|一个|单个|两国|各地|各国", label)
        )

    def _unsure(self, clause: Span, figure: Figure, flow: Flow) -> bool:
        text = self.work.text
        before = text[max(clause.start, figure.start - 6) : figure.start]
        if re.search(r"(?:等|[与和由对向将](?:另)?)$", before):
            return True  # A、B等5个: the list again
        if re.match(r"[^，。；]*之一", text[figure.end : clause.end]):
            return True
        if re.search(
            r"(?:第|前|每|平均每|最高|给予|不超过|最低|按|奖励|补助|补贴|限额|上限|不得|罚款|处以)[^，。]{0,3}$",
            before,
        ):
            return True
        return bool(re.match(r"的?(?:奖励|补助|补贴|罚款|资助|时间|工作日)", text[figure.end :]))
