"""Who heads a stretch of a sentence: the mention that it begins with, unless a preposition or a verb governs it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.context import FactContext
from kg.extract.wording import Wording
from kg.lexicon import Lexicon
from kg.model import Reference, Span

#: Classes that figures speak of when they head a clause; a Policy does so only through what it lists.
SPOKEN_OF = frozenset({"Institution", "Place", "Park", "Platform", "Fund", "Project", "Event", "Technology"})
#: Groups of triggers that take what stands behind them for their object.
_TAKING = ("create", "carry", "organize", "develop", "down", "have", "issue", "fund")
_LINKS = frozenset({"、", "和", "与", "及", "以及", "”、“", "”和“"})
#: Prepositions behind which a subject may stand: 由X出资3亿元.
_NEUTRAL = frozenset({"截至", "自", "据", "到", "至", "由"})
_CHARGED = re.compile("(?:、[^（）]{2,60})?(?:等)?(?:牵头|负责|配合|按职责分工负责)[^（）]{0,12}）")
#: What is measured by something, right before its name.
_MEASURED_BY = re.compile("(?:占|占到|占了|相当于|等于|约合)(?:全|整个|同期)?$")
_RANKING = re.compile(r"\d+强")
#: Prepositions that govern the noun behind a whole relative clause.
_OUTSET = re.compile("(?:每年|每月|再|也)?(?:从|向|对|把|与|同)")
_FOREIGN_NAME = re.compile(r"\s?[A-Z][a-z]{2}")
_QUOTES = "“”《》‘’「」 "


class Leaders:
    """Finds the mentions that stretches speak of."""

    def __init__(self, lexicon: Lexicon, wording: Wording) -> None:
        self._has = lexicon.roles["has"]
        self._prepositions = lexicon.words["prepositions"]
        self._offices = tuple(sorted(lexicon.words["offices"]))
        self._inner = lexicon.words["inner_verbs"]
        self._surnames = lexicon.words["surnames"]
        self._taking = _words(lexicon, _TAKING)
        self.maker = _pattern(self._taking)
        self._trigger = _pattern(lexicon.triggers)
        self._located = _pattern(_words(lexicon, ("enter",)))
        self._foremost = wording.any("foremost")
        self._light = wording.any("level", "adverb", "growth", "each")
        self._wording = wording

    def find(self, context: FactContext, reach: Span, *, holders: bool = True) -> list[Reference]:
        """The mentions that head a stretch: one, or the members of a list.

        Of 江州大学校长叶知寒 it is the person, but for ``holders=False``.
        """
        chosen: list[Reference] = []
        place: Reference | None = None
        for reference in context.inside(reach.start, reach.end):
            if reference.key.cls not in SPOKEN_OF and reference.key.cls != "Person":
                continue
            span = context.span(reference)
            if _CHARGED.match(context.text, span.end):
                continue  # （省财政厅牵头）
            if _RANKING.match(context.text, span.end):
                continue  # 中国|500强企业4家
            if _MEASURED_BY.search(context.text, reach.start, span.start):
                continue  # 分别占|英国智库数量的65.3%
            if reference.key.cls == "Place" and _FOREIGN_NAME.match(context.text, span.end):
                continue  # 德国|Steinwerk账款
            if chosen:
                gap = context.text[context.span(chosen[-1]).end : span.start]
                if gap in _LINKS:
                    chosen.append(reference)
                    continue
                if holders and reference.key.cls == "Person" and gap.strip(_QUOTES).endswith(self._offices):
                    chosen = [reference]
                    break
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
                first = self.opening(context, reach.start, span.start)
                leads = span.start - first <= len(governor)
                place = place or (
                    reference if leads and not self._foremost.match(context.text, span.end) else None
                )
            elif not governor:
                chosen = [reference]
        return chosen or ([place] if place else [])

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

    def is_person(self, context: FactContext, reference: Reference) -> bool:
        """Whether a mention is a person, or only the body that a person behind it belongs to (江州大学王强表示)."""
        if reference.key.cls == "Person":
            return True
        end = context.span(reference).end
        token = next((t for t in context.work.tokens if t.start >= end), None)
        return (
            token is not None
            and token.start == end
            and token.tag in ("nr", "nrt")
            and 1 < len(token.word) <= 3
            and token.word[0] in self._surnames
        )

    def opening(self, context: FactContext, start: int, end: int) -> int:
        """Where a clause begins to say something, behind adverbs and dates (截至2024年底，全国…)."""
        while True:
            start = self._wording.opening(context, start, end)
            moment = next((m for m in context.moments if m.span.start <= start < m.span.end), None)
            if moment is None or start >= end:
                return start
            start = min(moment.span.end, end)

    def _governor(self, context: FactContext, start: int, end: int) -> str:
        """The preposition right before a position, or a verb anywhere between; "" when there is none."""
        words = context.text[start:end].strip(_QUOTES)
        if words.endswith("的") and self._located.match(words):
            return ""  # 坐落在云川数谷的|江州智算中心
        governing = self.maker.search(context.text, start, end)
        if governing and governing.group() not in self._inner:
            return governing.group()
        if words.endswith("的") and (outset := _OUTSET.match(words)):
            return outset.group()  # 从两家公司开发的|项目进口430万吨
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
        if word in self._taking or word in self._has:
            return True
        return tag in ("v", "vd") and word not in self._inner and not self._light.fullmatch(word)


def _words(lexicon: Lexicon, groups: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word, ts in lexicon.triggers.items() if any(t.group in groups for t in ts))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))))
