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
#: After so many clauses without a figure a subject is no longer spoken of, where a place is the topic.
_FORGOTTEN = 3
_LINKS = frozenset({"、", "和", "与", "及", "以及", "”、“", "”和“"})
_COMPANY = re.compile("(?:公司|集团|银行|企业|控股)$")
#: Prepositions behind which a subject may stand: 由X出资3亿元.
_NEUTRAL = frozenset({"截至", "自", "据", "到", "至", "由"})
_QUOTES = "“”《》‘’「」 "


class Subjects:
    """Finds the subjects of clauses and keeps the flow from one to the next."""

    def __init__(self, lexicon: Lexicon, wording: Wording) -> None:
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
        self._nation = wording.any("nation")
        self._both = wording.any("both")
        self._does = re.compile(f"(?:{wording.any('does').pattern})")
        self._event = wording.any("event")
        self._lists = wording.any("lists")
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
        if self._says.search(text[clause.start : clause.end]) and not self._company_speaks(found):
            self._reset(context, flow)
        elif found:
            keys = [r.key for r in found]
            flow.subjects, flow.mark = keys, context.span(found[0])
            flow.blocked = any(k.cls == "Person" for k in keys)
            flow.carried, flow.age = False, 0
            if len(keys) > 1 and not self._each(context, found, limit):
                flow.blocked = True
        elif self._both.search(opening) and self._each_word.search(opening):
            keys = self._pair(context)
            flow.subjects, flow.mark, flow.blocked = keys, None, len(keys) != 2
        elif self._nation.match(opening):
            flow.subjects, flow.mark = ([context.nation] if context.nation else []), None
            flow.blocked = context.nation is None
        elif self._foreign.match(opening):
            flow.blocked = True
            flow.stranger = True
        elif (
            context.topic
            and context.topic.cls == "Place"
            and any(r.key == context.topic for r in context.inside(clause.start, clause.end))
        ):
            flow.subjects, flow.mark, flow.blocked = [context.topic], None, False
        elif event := self._event_of(context, clause):
            flow.subjects, flow.mark, flow.blocked = [event], None, False
        elif flow.listed and self._lists.match(opening):
            flow.subjects, flow.mark, flow.blocked = [flow.listed], None, False
        elif flow.made and self._does.match(opening):
            flow.subjects, flow.mark, flow.blocked = [flow.made], None, False

    def leave(self, context: FactContext, clause: Span, flow: Flow, *, counted: bool) -> None:
        """Remember what the clause brought forth: the next may speak of it."""
        if flow.stranger and not counted:
            flow.blocked = False
        flow.stranger = False
        flow.age = 0 if counted else flow.age + 1
        made = [r for r in context.inside(clause.start, clause.end) if r.key.cls in MADE]
        if made:
            flow.made = None
        if made and self._maker.search(context.text, clause.start, context.span(made[-1]).start):
            flow.made = made[-1].key
        policies = [r for r in context.inside(clause.start, clause.end) if r.key.cls == "Policy"]
        flow.listed = policies[-1].key if policies else None
        flow.carried = True

    def makes(self, words: str) -> bool:
        """Whether words hold a verb that brings something forth."""
        return bool(self._maker.search(words))

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
                place = place or reference
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
        if word in self._bringing:
            return True
        return tag in ("v", "vd") and word not in self._inner and not self._light.fullmatch(word)

    def _each(self, context: FactContext, found: list[Reference], limit: int) -> bool:
        between = context.text[context.span(found[-1]).end : limit]
        return bool(self._each_word.search(between))

    def _company_speaks(self, found: list[Reference]) -> bool:
        return bool(found) and bool(_COMPANY.search(found[0].key.name))

    def _reset(self, context: FactContext, flow: Flow) -> None:
        """What follows speaks of the topic (X表示，…; a subject too far back), when the topic is a place.

        Without such a topic the subject stays: a company is still spoken of three clauses on.
        """
        if context.topic is not None and context.topic.cls == "Place":
            flow.subjects, flow.mark, flow.blocked, flow.age = [context.topic], None, False, 0

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
