"""Whom a clause speaks of: who heads it, else who was spoken of before, what was made, the topic."""

from __future__ import annotations

import re

from kg.extract.context import FactContext, Flow
from kg.extract.leaders import SPOKEN_OF, Leaders
from kg.extract.wording import Wording
from kg.model import EntityKey, Reference, Span
from kg.recognize.base import is_proper

#: Classes that a clause can bring forth and the next one speak of.
MADE = frozenset({"Platform", "Technology", "Event", "Park", "Project", "Fund", "Institution"})
#: Of these, those that do things themselves (推出“…”App，完成2.2万件…); a project is the doing of its maker.
_DOING = frozenset({"Platform", "Technology", "Park", "Fund"})
#: What a company has that was founded just now: 设立X公司，注册资本5000万元.
_CAPITAL = ("注册资本", "注册资金", "注册资本金")
#: Classes of what a place names among its deeds; figures behind are its own (“启航”计划实施，成交额增长19.5%).
_NAMED = frozenset({"Project", "Technology", "Event", "Platform", "Place"})
#: After so many clauses without a figure a subject is no longer spoken of, where a place is the topic.
_FORGOTTEN = 3
#: 由政府提供九成: somebody whom no reference names acts.
_BY = ("由", "被")
#: 截至2022年 looks back, 到2025年 ahead.
_SO_FAR = re.compile("截[至止]到?$")
#: 对于X来说: whom what follows is about.
_ABOUT = re.compile("(?:对于?|就)[^，。；]{2,20}(?:来说|而言|来讲)")
#: Tags of words that name somebody; what the dictionary does not know is rather a measure.
_NAMES = frozenset({"nr", "nrt", "nrfg", "nt"})
_OPENING = "“‘（( "


class Subjects:
    """Finds the subjects of clauses and keeps the flow from one to the next."""

    def __init__(self, wording: Wording, leaders: Leaders) -> None:
        self._leaders = leaders
        self._says = re.compile(f"(?:{wording.any('says').pattern})[：，“]?[，：]?$")
        self._holds = wording.role("holds")
        self._gives = wording.any("deed")
        self._shows = re.compile(f"(?:{wording.any('shows').pattern})[：，]?[，：]?$")
        self._foreign = re.compile(f"(?:{wording.any('foreign', 'stranger').pattern})")
        self._among = wording.any("among")
        self._nation = re.compile(
            f"(?:{wording.any('nation').pattern})(?!{wording.any('foremost').pattern}|游客|旅游|旅客|航线)"
        )
        self._both = wording.any("both")
        self._does = re.compile(f"(?:{wording.any('does').pattern})")
        self._event = wording.any("event")
        self._lists = wording.any("lists")
        self._macro = wording.any("macro")
        self._contains = wording.any("contains")
        self._new = wording.any("new")
        self._each_word = wording.any("each")

    def enter(self, context: FactContext, clause: Span, flow: Flow, limit: int) -> None:
        """Take the subject that a clause gives itself before ``limit``, else keep what flows in."""
        text = context.text
        self._bracket(context, clause, flow)
        if flow.age >= _FORGOTTEN or (flow.age and text[clause.start - 1 : clause.start] == "；"):
            self._reset(context, flow)
        begin = self._behind_speaker(context, clause.start, limit)
        found = self._leaders.find(context, Span(begin, limit))
        if not found and text.startswith(("对", "就"), begin) and _ABOUT.fullmatch(text, begin, clause.end):
            found = context.inside(begin, clause.end)[:1]
        opening = text[self._leaders.opening(context, clause.start, limit) : limit]
        words = text[clause.start : limit].lstrip(_OPENING).removeprefix("其中")
        if words.startswith(_BY) and limit == clause.end and found and flow.subjects:
            return  # 由江州大学承担，总投入1.2亿元
        if found and limit == clause.end and self._does_to(context, clause.start, found[0]):
            flow.blocked = True
            return
        if self._shows.search(text[clause.start : clause.end]):
            self._reset(context, flow, else_blocked=True)
        elif self._says.search(text[clause.start : clause.end]) and not text.startswith("如", clause.start):
            self._spoken(context, flow, self._leaders.find(context, Span(begin, limit), holders=False))
        elif found and self._ends_list(context, found, limit) and (place := self._place(context)):
            self._take(flow, [place], "topic")
        elif found and not self._among.search(text, *clause):
            self._take(flow, [r.key for r in found], "own", context.span(found[0]))
            flow.blocked = self._is_somebody(context, found, limit) or (
                len(found) > 1 and not self._each(context, found, limit)
            )
        elif begin > clause.start and flow.source != "topic" and not self._of_company(context, flow):
            flow.stranger = not flow.blocked
            flow.blocked = True
        elif self._both.search(opening) and self._each_word.search(opening):
            self._take(flow, self._pair(context), "carried")
            flow.blocked = len(flow.subjects) != 2
        elif self._nation.match(opening):
            self._take(flow, [context.nation] if context.nation else [], "own")
            flow.blocked = context.nation is None
        elif self._foreign.match(opening) or self._foreign.match(words) or opening.startswith(_BY):
            flow.stranger = not flow.blocked
            flow.blocked = True
        elif (
            flow.source != "topic"
            and self._macro.match(opening)
            and (place := self._place(context))
            and not any(k.cls == "Place" for k in flow.subjects)
        ):
            self._take(flow, [place], "topic")  # “云帆”工程完成投资…，民间投资增长2.7%
        elif self._is_of_unnamed(flow, opening) or self._is_named_else(context, clause, limit):
            flow.blocked = True
        elif key := self._object(context, Span(clause.start, limit), clause.end, flow, opening):
            self._take(flow, [key], "topic" if key == context.topic else "made")
        elif self._place_speaks(context, flow, opening):
            self._reset(context, flow)
        elif self._aims(context, clause, flow):
            flow.blocked = True
        elif flow.source == "own":
            flow.source = "carried"

    def _does_to(self, context: FactContext, start: int, found: Reference) -> bool:
        """Whether somebody only does it to what stands before: 夹具由|江州科技|提供，…; that has no reference."""
        before = context.text[start : context.span(found).start]
        return before.endswith(_BY) and before not in _BY

    def _ends_list(self, context: FactContext, found: list[Reference], limit: int) -> bool:
        """A、B等1700多个新项目开工: the figure counts for the place what the list only begins."""
        listed = len(found) > 1 and all(r.key.cls in ("Project", "Institution") for r in found)
        return listed and context.text[context.span(found[-1]).end : limit].lstrip("”》") == "等"

    def _is_of_unnamed(self, flow: Flow, opening: str) -> bool:
        """编制了目录，包含118项; 启动项目，首批确定100个: what somebody made, which no reference names."""
        makers = bool(flow.subjects) and all(k.cls == "Institution" for k in flow.subjects)
        unnamed = flow.listed is None and (flow.made is None or flow.made.cls not in _DOING)
        return makers and unnamed and self._contains.match(opening) is not None

    def _is_named_else(self, context: FactContext, clause: Span, limit: int) -> bool:
        """Whether a clause begins with a name that no reference gives: 西云线整体载客量提升14%."""
        start = self._leaders.opening(context, clause.start, limit)
        token = next((t for t in context.work.tokens if t.start >= start), None)
        if token is None or token.start != start or token.end >= limit:
            return False
        taken = any(context.span(r).start <= start < context.span(r).end for r in context.references)
        generic = token.word in context.work.lexicon.words["generic"]
        return not taken and not generic and token.tag in _NAMES and is_proper(token)

    def _of_company(self, context: FactContext, flow: Flow) -> bool:
        """Whether a company is spoken of: what it says without another subject it says of itself."""
        return len(flow.subjects) == 1 and context.work.lexicon.is_company(flow.subjects[0].name)

    def _bracket(self, context: FactContext, clause: Span, flow: Flow) -> None:
        """江州大学（在校生3万名）: a bracket speaks of what stands right before it, what follows again of the clause."""
        if flow.outside is not None:
            flow.subjects, flow.source, flow.mark, flow.blocked = flow.outside
            flow.outside = None
        if context.text[clause.start - 1 : clause.start] in ("（", "("):
            owner = next(
                (r for r in context.inside(0, clause.start) if context.span(r).end == clause.start - 1), None
            )
            if owner is not None and owner.key.cls in SPOKEN_OF:
                flow.outside = (flow.subjects, flow.source, flow.mark, flow.blocked)
                self._take(flow, [owner.key], "own", context.span(owner))

    def _behind_speaker(self, context: FactContext, start: int, end: int) -> int:
        """Where what somebody says begins: 江州大学指|云川省….; the start of the clause when nobody speaks in it."""
        if self._holds.isdisjoint(context.work.words):
            return start
        said = [t.end for t in context.work.tokens if start <= t.start < end and t.word in self._holds]
        return said[-1] if said and context.text[said[-1] : end].strip("：，") else start

    def _is_somebody(self, context: FactContext, found: list[Reference], limit: int) -> bool:
        """Whether a clause is headed by a person; what people give is told of them (叶知寒捐款3万元)."""
        people = [r for r in found if self._leaders.is_person(context, r)]
        if not people:
            return False
        gives = people[-1].key.cls == "Person" and self._gives.search(
            context.text, context.span(people[-1]).end, limit
        )
        return not gives

    def _place_speaks(self, context: FactContext, flow: Flow, opening: str) -> bool:
        """X入选…，新增智能工厂4家: the place that is the topic speaks again, not what it has just named."""
        if flow.source == "topic" or self._place(context) in (None, *flow.subjects):
            return False
        silent = flow.age > 0 and not self._does.match(opening)
        classes = {k.cls for k in flow.subjects}
        return bool(self._new.match(opening)) or (silent and (not opening or classes <= _NAMED))

    def _aims(self, context: FactContext, clause: Span, flow: Flow) -> bool:
        """部门发布《规划》，到2025年，占比达25%: what a document aims at is none of who issued it."""
        policy = any(r.key.cls == "Policy" for r in context.inside(0, clause.start))
        return (
            policy
            and flow.source != "topic"
            and any(
                m.side == "until"
                and m.span.start < clause.end
                and not _SO_FAR.search(context.text, 0, m.span.start)
                for m in context.moments
            )
        )

    def _take(self, flow: Flow, keys: list[EntityKey], source: str, mark: Span | None = None) -> None:
        flow.subjects, flow.source, flow.mark = keys, source, mark
        flow.blocked, flow.age = False, 0

    def _object(
        self, context: FactContext, ahead: Span, end: int, flow: Flow, opening: str
    ) -> EntityKey | None:
        """Who is spoken of in a clause without a subject, when its words tell.

        The topic that it names as an object, an event, a document that lists, or what was just made.
        """
        place = self._place(context)
        if place and ahead.end < end and any(r.key == place for r in context.inside(ahead.end, end)):
            return place
        if event := self._event_of(context, Span(ahead.start, end)):
            return event
        for reference in context.inside(*ahead):
            if reference.key.cls == "Policy" and self._lists.match(
                context.text[context.span(reference).end : ahead.end].lstrip("》”")
            ):
                return reference.key
        if flow.listed and self._lists.match(opening):
            return flow.listed
        does = flow.made is not None and (
            flow.made.cls in _DOING or (flow.made.cls == "Institution" and opening.startswith(_CAPITAL))
        )
        return flow.made if does and self._does.match(opening) else None

    def _place(self, context: FactContext) -> EntityKey | None:
        return context.topic if context.topic and context.topic.cls == "Place" else None

    def leave(self, context: FactContext, clause: Span, flow: Flow, *, counted: bool) -> None:
        """Remember what the clause brought forth: the next may speak of it."""
        if flow.stranger and not counted:
            flow.blocked = False
        flow.stranger = False
        only_named = (
            flow.mark is not None and clause.start <= flow.mark.start and flow.mark.end >= clause.end - 2
        )
        if counted:
            flow.age = 0
        elif not only_named:
            flow.age += 1
        made = [r for r in context.inside(clause.start, clause.end) if r.key.cls in MADE]
        if made:
            ahead = context.text[clause.start : context.span(made[-1]).start]
            flow.made = made[-1].key if self._leaders.maker.search(ahead) else None
        policies = [r for r in context.inside(clause.start, clause.end) if r.key.cls == "Policy"]
        flow.listed = policies[-1].key if policies else None

    def _each(self, context: FactContext, found: list[Reference], limit: int) -> bool:
        between = context.text[context.span(found[-1]).end : limit]
        return bool(self._each_word.search(between))

    def _spoken(self, context: FactContext, flow: Flow, found: list[Reference]) -> None:
        """X表示，…: what follows speaks of X when it is a company, else of nobody whom we know."""
        if (
            len(found) == 1
            and found[0].key.cls == "Institution"
            and context.work.lexicon.is_company(found[0].key.name)
            and not self._leaders.is_person(context, found[0])
        ):
            self._take(flow, [found[0].key], "carried", context.span(found[0]))
        else:
            flow.blocked = True

    def _reset(self, context: FactContext, flow: Flow, *, else_blocked: bool = False) -> None:
        """A subject too far back is forgotten when a place is the topic; a company is still spoken of later on."""
        if place := self._place(context):
            self._take(flow, [place], "topic")
        elif else_blocked:
            flow.blocked = True

    def _event_of(self, context: FactContext, clause: Span) -> EntityKey | None:
        """The event that the sentence names, when the clause tells what is counted at events (520名嘉宾参会)."""
        events = [r.key for r in context.inside(0, clause.start) if r.key.cls == "Event"]
        told = events[-1] if events else context.event
        return told if told and self._event.search(context.text, clause.start, clause.end) else None

    def _pair(self, context: FactContext) -> list[EntityKey]:
        """The two institutions that 两家公司 stands for: those of the sentence, else the last two."""
        here = list(dict.fromkeys(r.key for r in context.references if r.key.cls == "Institution"))
        return here if len(here) == 2 else [k for k in context.recent if k.cls == "Institution"][:2][::-1]
