"""Whom a clause speaks of: the mention that it begins with, unless a preposition or a verb governs it."""

from __future__ import annotations

import re

from kg.extract.context import FactContext, Flow
from kg.extract.wording import Wording
from kg.lexicon import Lexicon
from kg.model import EntityKey, Reference, Span

#: Classes that figures speak of when they head a clause; a Policy does so only through what it lists.
SPOKEN_OF = frozenset({"Institution", "Place", "Park", "Platform", "Fund", "Project", "Event", "Technology"})
#: Classes that a clause can bring forth and the next one speak of.
MADE = frozenset({"Platform", "Technology", "Event", "Park", "Project", "Fund", "Institution"})
#: Classes of what a place names among its deeds; figures behind are its own (“启航”计划实施，成交额增长19.5%).
_NAMED = frozenset({"Project", "Technology", "Event", "Platform"})
#: After so many clauses without a figure a subject is no longer spoken of, where a place is the topic.
_FORGOTTEN = 3
_LINKS = frozenset({"、", "和", "与", "及", "以及", "”、“", "”和“"})
_COMPANY = re.compile("(?:公司|集团|银行|企业|控股)$")
#: Prepositions behind which a subject may stand: 由X出资3亿元.
_NEUTRAL = frozenset({"截至", "自", "据", "到", "至", "由"})
#: 由政府提供九成: somebody whom no reference names acts.
_BY = ("由", "被")
_RANKING = re.compile(r"\d+强")
_QUOTES = "“”《》‘’「」 "


class Subjects:
    """Finds the subjects of clauses and keeps the flow from one to the next."""

    def __init__(self, lexicon: Lexicon, wording: Wording) -> None:
        self._has = lexicon.roles["has"]
        self._prepositions = lexicon.words["prepositions"]
        self._inner = lexicon.words["inner_verbs"]
        groups = ("create", "carry", "organize", "develop", "down", "have", "issue", "fund")
        self._bringing = frozenset(
            word for word, triggers in lexicon.triggers.items() if any(t.group in groups for t in triggers)
        )
        self._maker = re.compile("|".join(sorted(map(re.escape, self._bringing), key=len, reverse=True)))
        everything = sorted(map(re.escape, lexicon.triggers), key=len, reverse=True)
        self._trigger = re.compile("|".join(everything))
        located = [w for w, ts in lexicon.triggers.items() if any(t.group == "enter" for t in ts)]
        self._located = re.compile("|".join(sorted(map(re.escape, located), key=len, reverse=True)))
        self._says = re.compile(f"(?:{wording.any('says').pattern})[：，“]?[，：]?$")
        self._foreign = re.compile(f"(?:{wording.any('foreign', 'stranger').pattern})")
        self._among = wording.any("among")
        self._nation = wording.any("nation")
        self._both = wording.any("both")
        self._does = re.compile(f"(?:{wording.any('does').pattern})")
        self._event = wording.any("event")
        self._lists = wording.any("lists")
        self._new = wording.any("new")
        self._each_word = wording.any("each")
        self._light = wording.any("level", "adverb", "growth", "each")
        self._wording = wording

    def enter(self, context: FactContext, clause: Span, flow: Flow, limit: int) -> None:
        """Take the subject that a clause gives itself before ``limit``, else keep what flows in."""
        text = context.text
        if flow.age >= _FORGOTTEN or (flow.age and text[clause.start - 1 : clause.start] == "；"):
            self._reset(context, flow)
        found = self.find(context, Span(clause.start, limit))
        opening = text[self._opening(context, clause.start, limit) : limit]
        if self._says.search(text[clause.start : clause.end]):
            self._spoken(context, flow, found)
        elif found and not self._among.search(text, *clause):
            self._take(flow, [r.key for r in found], "own", context.span(found[0]))
            flow.blocked = any(r.key.cls == "Person" for r in found) or (
                len(found) > 1 and not self._each(context, found, limit)
            )
        elif self._both.search(opening) and self._each_word.search(opening):
            self._take(flow, self._pair(context), "carried")
            flow.blocked = len(flow.subjects) != 2
        elif self._nation.match(opening):
            self._take(flow, [context.nation] if context.nation else [], "own")
            flow.blocked = context.nation is None
        elif self._foreign.match(opening) or opening.startswith(_BY):
            flow.blocked = flow.stranger = True
        elif key := self._object(context, Span(clause.start, limit), clause.end, flow, opening):
            self._take(flow, [key], "topic" if key == context.topic else "made")
        elif self._place_speaks(context, flow, opening):
            self._reset(context, flow)
        elif flow.source == "own":
            flow.source = "carried"

    def _place_speaks(self, context: FactContext, flow: Flow, opening: str) -> bool:
        """X入选…，新增智能工厂4家: the place that is the topic speaks again, not what it has just named."""
        if flow.source == "topic" or self._place(context) in (None, *flow.subjects):
            return False
        silent = flow.age > 0 and not self._does.match(opening)
        return bool(self._new.match(opening)) or (silent and {k.cls for k in flow.subjects} <= _NAMED)

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
        return flow.made if flow.made and self._does.match(opening) else None

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
            flow.made = made[-1].key if self._maker.search(ahead) else None
        policies = [r for r in context.inside(clause.start, clause.end) if r.key.cls == "Policy"]
        flow.listed = policies[-1].key if policies else None

    def listed_before(self, context: FactContext, clause: Span) -> list[Reference]:
        """The list of mentions with which the clause before ends: 有A、B、C，采购额分别为…."""
        found: list[Reference] = []
        end = clause.start - 1
        for reference in reversed(context.inside(0, clause.start)):
            gap = context.text[context.span(reference).end : end]
            if gap.strip(_QUOTES) not in ("、", "和", "与", "及", "以及", "") or (not gap and found):
                break
            found.insert(0, reference)
            end = context.span(reference).start
        return found

    def find(self, context: FactContext, reach: Span) -> list[Reference]:
        """The mentions that head a stretch: one, or the members of a list."""
        chosen: list[Reference] = []
        place: Reference | None = None
        for reference in context.inside(reach.start, reach.end):
            if reference.key.cls not in SPOKEN_OF and reference.key.cls != "Person":
                continue
            span = context.span(reference)
            if _RANKING.match(context.text, span.end):
                continue  # 中国|500强企业4家
            if chosen:
                gap = context.text[context.span(chosen[-1]).end : span.start]
                if gap in _LINKS:
                    chosen.append(reference)
                    continue
                if gap.strip(_QUOTES).endswith("的") and self._trigger.search(gap):
                    chosen = [reference]  # 该公司研发的|“灵砚”模组
                    continue
                narrower = gap.strip(_QUOTES) in ("", "的") and chosen[-1].key.cls in ("Place", "Institution")
                if narrower and len(chosen) == 1:
                    chosen = [reference]
                    continue
                break
            governor = self._governor(context, reach.start, span.start)
            if governor in ("在", "于") and reference.key.cls in ("Place", "Park"):
                first = self._opening(context, reach.start, span.start)
                place = place or (reference if span.start - first <= len(governor) else None)
            elif not governor:
                chosen = [reference]
        return chosen or ([place] if place else [])

    def _governor(self, context: FactContext, start: int, end: int) -> str:
        """The preposition right before a position, or a verb anywhere between; "" when there is none."""
        words = context.text[start:end].strip(_QUOTES)
        if words.endswith("的") and self._located.match(words):
            return ""  # 坐落在云川数谷的|江州智算中心
        governing = self._maker.search(context.text, start, end)
        if governing and governing.group() not in self._inner:
            return governing.group()
        last = ""
        for token in context.work.tokens:
            if token.start < start or token.end > end:
                continue
            if token.word in self._prepositions and token.word not in _NEUTRAL:
                last = token.word
            elif token.word in _QUOTES:
                continue
            elif self._is_verb(token.word, token.tag):
                return token.word
            elif last not in ("在", "于"):
                last = last if last and token.word in ("、", "和", "及") else ""
            else:
                last = ""
        return last

    def _is_verb(self, word: str, tag: str) -> bool:
        if word in self._bringing or word in self._has:
            return True
        return tag in ("v", "vd") and word not in self._inner and not self._light.fullmatch(word)

    def _each(self, context: FactContext, found: list[Reference], limit: int) -> bool:
        between = context.text[context.span(found[-1]).end : limit]
        return bool(self._each_word.search(between))

    def _spoken(self, context: FactContext, flow: Flow, found: list[Reference]) -> None:
        """X表示，…: what follows speaks of X when it is a company, else of nobody whom we know."""
        if len(found) == 1 and _COMPANY.search(found[0].key.name):
            self._take(flow, [found[0].key], "carried", context.span(found[0]))
        else:
            flow.blocked = True

    def _reset(self, context: FactContext, flow: Flow) -> None:
        """A subject too far back is forgotten when a place is the topic; a company is still spoken of later on."""
        if place := self._place(context):
            self._take(flow, [place], "topic")

    def _event_of(self, context: FactContext, clause: Span) -> EntityKey | None:
        """The event that the sentence names, when the clause tells what is counted at events (520名嘉宾参会)."""
        events = [r.key for r in context.inside(0, clause.start) if r.key.cls == "Event"]
        return events[-1] if events and self._event.search(context.text, clause.start, clause.end) else None

    def _pair(self, context: FactContext) -> list[EntityKey]:
        """The two institutions that 两家公司 stands for: those of the sentence, else the last two."""
        here = list(dict.fromkeys(r.key for r in context.references if r.key.cls == "Institution"))
        return here if len(here) == 2 else [k for k in context.recent if k.cls == "Institution"][:2][::-1]

    def _opening(self, context: FactContext, start: int, end: int) -> int:
        """Where a clause begins to say something, behind adverbs and dates (截至2024年底，全国…)."""
        while True:
            start = self._wording.opening(context, start, end)
            moment = next((m for m in context.moments if m.span.start <= start < m.span.end), None)
            if moment is None or start >= end:
                return start
            start = min(moment.span.end, end)
