"""Whom a text speaks of where it names no subject: the topic of the document and of the paragraph.

The document's topic is the agent that prevails among the subjects, else the company that says 我们, else the
place that the text calls 全省 or 我市. Within a paragraph the last subject takes over, but for a document
on a place: there a city named in passing does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from kg.extract.clauses import is_agent
from kg.extract.grammar import Grammar
from kg.extract.items import Kind
from kg.extract.rows import Row
from kg.link import Links
from kg.model import Document, EntityKey, Sentence

#: A document has a topic when one agent holds this share of the subjects of its sentences
_SHARE = 0.4
#: and is the subject of this share of all of them: two of a hundred are chance.
_OFTEN = 0.06
_FOR_EXAMPLE = ("例如", "比如", "譬如", "举例")
#: What a text on the whole country speaks of.
_NATIONAL = re.compile("国内生产总值|全国各族人民|各位代表|国务院政府工作报告|中央财政")
#: Signs of a text in which several have their say (a newspaper, a paper): its figures are not all the place's.
_SPOKEN = re.compile(r"记者|(?:表示|介绍|认为|称|说|指出|透露)[，：]|\[\d+(?:[-,，]\d+)*\]")
#: Whoever says something is not spoken of in the next sentence.
_SPEAKS = re.compile("表示|认为|指出|称|分析|介绍|透露|预计|预测|强调|[说指][，：]")
#: Whose figures these are is not who counted them: 市场监管总局最新数据显示.
_SHOWS = re.compile("(?:数据|统计|调查|报告)[^，。；]{0,4}(?:显示|表明)|[公发]布[^，。；]{0,6}数据")
#: A report quotes once in forty sentences (measured on a province's), a newspaper page once in eight.
_SELDOM = 20
#: A document that grants in every fifth sentence tells what others may get.
_GRANTS = re.compile("给予|予以|补助|奖励|补贴|资助|最高(?:不超过)?\\d")
_RARELY = 5
#: Levels of places, each within the one before.
_WHOLES = "省市区县镇乡村"
_WHOLE = re.compile(f"[全我]([{_WHOLES}])")
_COUNTRY = EntityKey("Place", "中国")
_CABINET = EntityKey("Institution", "国务院")
#: Titles of the nation's own reports.
_OF_NATION = re.compile(
    "国务院政府工作报告|国民经济和社会发展(?:计划|统计公报)|中央和地方预算|全国人民代表大会"
)
#: Offices of the state, whose figures are those of what they oversee.
_OVERSEES = re.compile("(?:[^干].部|局|总局|厅|署|委|委员会|办公室|政府)$")
_PASSED = frozenset({Kind.SKIP, Kind.NUMBER})
_VERBAL = frozenset({Kind.VERB, Kind.OTHER_VERB, Kind.PLAN})


class Topics:
    """Follows the topic through a document, sentence by sentence."""

    def __init__(
        self,
        document: Document,
        rows: Sequence[Row],
        links: Links,
        grammar: Grammar,
        inner: frozenset[str],
    ) -> None:
        self._agents = [
            [i.reference.key for i in grammar.subject(row) if i.reference and is_agent(i)] for row in rows
        ]
        reports = cache(lambda: _reports(rows, inner))  # asked of few documents, and dear: items of all rows
        titled = links.place if links.place and links.place.name in document.title else None
        self._home = (
            titled
            or self._prevailing()
            or links.speaker
            or links.place
            or (links.sole if links.sole and reports() else None)
        )
        self.country = _COUNTRY if _COUNTRY in links.aliases else None
        if _OF_NATION.search(document.title):
            cabinet = _CABINET if _CABINET in links.aliases else None
            self._home = self.country or cabinet  # no city that it names in passing
        self._told = self._speaks_throughout(document, links, len(rows), reports)
        national = links.place is None and _NATIONAL.search(f"{document.title}\n{document.text}")
        self._nation = self.country if national else None
        self._block = self._named = -1
        self.current = self._home

    def enter(self, sentence: Sentence) -> None:
        """A new paragraph begins with the document's topic."""
        if sentence.block != self._block:
            self.current, self._block, self._named = self._home, sentence.block, -1

    def of_figures(self, sentence: Sentence) -> EntityKey | None:
        """Whom a figure without a subject speaks of: what the title names, who reports, or who was named just before."""
        if sentence.text.startswith(_FOR_EXAMPLE):
            return None  # of one factory, not of the country
        if self._nation:
            return self._nation
        named = self._named == sentence.index - 1 >= 0
        if named and not self._told and self.current and _OVERSEES.search(self.current.name):
            return None  # 应急管理部检查企业。… 7000家: what an office looks after is not its own
        return self.current if self._told or named else None

    def leave(self, sentence: Sentence) -> None:
        """Take over the sentence's own subject."""
        subject = next(iter(self._agents[sentence.index]), None)
        on_a_place = self._home is not None and self._home.cls == "Place"
        shows = subject is not None and _SHOWS.search(sentence.text) is not None
        if subject and subject.cls != "Person" and not on_a_place and not shows:
            self.current = subject
        if subject and subject == self.current and not _SPEAKS.search(sentence.text):
            self._named = sentence.index

    def _speaks_throughout(
        self, document: Document, links: Links, sentences: int, reports: Callable[[], bool]
    ) -> bool:
        """Whether all figures without a subject are the topic's: its title, its own words or its form say so."""
        home = self._home
        if home is None or home == _CABINET:  # the nation's figures are not its government's
            return False
        if home.cls == "Place" and len(_GRANTS.findall(document.text)) * _RARELY > sentences:
            return False
        if _stem(home.name) in document.title:
            return home.cls != "Place" or not _is_discussed(document, sentences)
        if home not in (links.place, links.sole, links.speaker) or _speaks_of_less(
            document, home, least=int(reports())
        ):
            return False
        if home == links.speaker or (reports() and home == links.place):
            return True
        return not _is_discussed(document, sentences)

    def _prevailing(self) -> EntityKey | None:
        """The agent that most sentences have as their subject, when it clearly prevails."""
        subjects = Counter(key for agents in self._agents for key in agents if key.cls != "Person")
        ranked = sorted(subjects, key=lambda k: (-subjects[k], k))
        least = max(2, _SHARE * sum(subjects.values()), _OFTEN * len(self._agents))
        return ranked[0] if ranked and subjects[ranked[0]] >= least else None


def _stem(name: str) -> str:
    """A place's name without its level: 云川 in the title is 云川省."""
    return name[:-1] if name[-1:] in "省市县区州" and len(name) > 2 else name


def _speaks_of_less(document: Document, home: EntityKey, *, least: int) -> bool:
    """Whether a text calls a part of its place the whole: 全区, 全村 in what would be the province's."""
    _, level, narrower = _WHOLES.partition(home.name[-1:])
    wholes = Counter(_WHOLE.findall(document.text))
    return bool(level) and sum(wholes[n] for n in narrower) > max(least, wholes[level])


def _is_discussed(document: Document, sentences: int) -> bool:
    """Whether a text lets others speak, or cites, more than now and then."""
    return len(_SPOKEN.findall(document.text)) * _SELDOM > sentences


def _reports(rows: Sequence[Row], inner: frozenset[str]) -> bool:
    """Whether a text reads like a report: many sentences begin with a verb and name no subject."""
    firsts = [f for row in rows if (f := next((i for i in row.items if i.kind not in _PASSED), None))]
    verbal = sum(f.kind in _VERBAL or f.text in inner for f in firsts)
    return len(firsts) >= 4 and 3 * verbal >= len(firsts)
