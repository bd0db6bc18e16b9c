"""Mentions: what the sentences of a document name.

Each family of names has its recognizer; one policy resolves overlaps; a second pass finds again
what one sentence made certain (以下简称“…”, a person with an office, a quoted name).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.automaton import Automaton, Hit
from kg.lexicon import Lexicon
from kg.model import Mention, Sentence, Span
from kg.recognize.acceptance import countries
from kg.recognize.base import Found, Work
from kg.recognize.charged import Charged
from kg.recognize.congresses import find_sessions
from kg.recognize.events import Events
from kg.recognize.firms import Firms
from kg.recognize.gazetteer import Gazetteer
from kg.recognize.heads import Heads
from kg.recognize.lists import Lists
from kg.recognize.models import Models
from kg.recognize.overlap import resolve
from kg.recognize.persons import Persons, parts_of
from kg.recognize.places import LEVELS, find_places
from kg.recognize.quoted import Quoted
from kg.recognize.rosters import Rosters
from kg.recognize.running import Running
from kg.recognize.titles import Titles, issuers, statute
from kg.recognize.undertakings import Undertakings
from kg.segment import UNKNOWN, in_dictionary, tokenize

_DEFINED = re.compile(
    r"(?:（[^（）]{2,20}）)?（[^（）]{0,6}?(?:以下|下)?(?:简称|称|又称|亦称|即)为?[:：]?[“「]?([^“”「」（）]{2,16})[”」]?(?:[、，][^（）]*)?）"
)

#: The Latin short form in a bracket: 国际勘探开发公司（“SIPC”，…）.
_LATIN = re.compile("（[“]?([A-Z][A-Za-z0-9&-]{1,11})[”]?(?:[，,）])")
_NUMBERED = re.compile("[东西南北中]?(?:路|街|道|大道|大街)\\d+")
_LINE = re.compile("线(?![上下路索条人性城])|站(?=[、，。；的及和至]|开通|启用|$)")
_STREET = re.compile(
    "杯[”、，足篮赛]|[东西南北中]?[一二三四五]?(?:路|大街|街|大道|巷|胡同)\\d*(?:号|[，。、；）]|$)"
)
#: What makes the letters of a document's number of a short name: 国办|函〔2004〕71号.
_NUMBER_OF = re.compile(r"[发函字电明秘规]{1,3}[〔\[（(]\d{4}[〕\]）)]")
#: What shows that 和 only joins: 部门和|县（市）, 省和|县级….
_EACH_LEVEL = re.compile("[（(][市区]|级|以[上下]|[市区乡镇]")
#: An area of a free trade zone, behind the zone's name.
_ZONES = ("自贸试验区", "自由贸易试验区", "自贸区")
_AREA = re.compile("(?![及和与将的在各新])[\u4e00-\u9fff]{2,6}?片区")
#: What two bodies sign.
_AGREEMENTS = ("协议", "协议书", "合同", "备忘录", "意向书", "协定")
#: Bodies that other countries have too: 美国|司法部.
_MINISTRIES = frozenset(
    [
        "司法部",
        "财政部",
        "国防部",
        "商务部",
        "外交部",
        "教育部",
        "农业部",
        "交通部",
        "卫生部",
        "劳动部",
        "能源部",
        "国务院",
        "央行",
        "证监会",
        "最高法院",
    ]
)
#: How documents end that the body issues whose name they begin with, and what stands behind that name.
_NOTICES = ("通知", "批复", "决定", "意见", "通报", "公告", "通告", "复函", "函", "请示", "报告", "规定")
_ISSUES = re.compile("关于|印发|转发|批转")
#: Small words before names, and how long what stands behind them is.
_LEADS = "指称由与经据向在对为从和及但而是该被把将让使"
_LED_LENGTH = 4
_NATION = "中华人民共和国"
#: Tags of names of people.
_OF_PEOPLE = frozenset({"nr", "nrt", "nrfg"})
#: White space that no Latin words part (Charles Brown keeps its own).
_SPACE = re.compile(r"(?<![A-Za-z.,])\s|\s(?![A-Za-z])")


class Recognizer:
    """All recognizers, built once from a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._gazetteer = Gazetteer(lexicon)
        self._titles = Titles(lexicon)
        self._quoted = Quoted(lexicon)
        self._heads = Heads(lexicon)
        self._countries = countries(lexicon)
        self._persons = Persons(lexicon)
        self._firms = Firms(lexicon)
        self._running = Running(lexicon)
        self._lists = Lists(lexicon)
        self._models = Models(lexicon)
        self._events = Events(lexicon)
        self._undertakings = Undertakings(lexicon)
        self._charged = Charged(lexicon)
        self._rosters = Rosters(lexicon)

    def recognize(self, works: Sequence[Work]) -> tuple[Mention, ...]:
        """Return the mentions of a document, in order, without overlaps."""
        first = [self._first_pass(work) for work in works]
        if title := statute(works):
            first[0] = resolve([title, *first[0]])
        for n, issuer in issuers(works):
            first[n] = resolve([issuer, *first[n]])
        _cut_leads(works, first)
        if brands := self._firms.brands(works, first):
            first = [
                [
                    f._replace(cls="Institution", rule="list-brand")
                    if work.text[f.start : f.end] in brands
                    else f
                    for f in some
                ]
                for work, some in zip(works, first, strict=True)
            ]
        running = self._running.find(works)
        said = running | self._firms.find(works, first)
        second_pass = self._second_pass(said | self._parts(works, first) | self._certain(works, first))
        return tuple(
            _mention(work, found)
            for work, founds in zip(works, first, strict=True)
            for found in second_pass(work, founds)
            if found.cls
        )

    def _first_pass(self, work: Work) -> list[Found]:
        titles = list(self._titles.find(work))
        listed = [f for f in self._gazetteer.find(work) if not _is_street(work, f)]
        listed = [f for f in listed if not _NUMBER_OF.match(work.text, f.end)]
        named = [*(f for f in find_places(work) if not _is_street(work, f)), *listed]
        candidates = [
            *titles,
            *named,
            *self._heads.find(work, {f.start: f for f in named}),
            *self._quoted.find(work),
            *self._models.find(work),
            *find_sessions(work),
            *self._events.find(work),
            *self._titles.of_laws(work, listed),
        ]
        if named:
            candidates += [line for f in named if f.cls == "Place" and (line := _line(work, f))]
            candidates += self._local_bodies(work, named)
        candidates += self._undertakings.find(work, candidates)
        candidates += self._charged.find(work, candidates)
        candidates += _areas(work, candidates) if "片区" in work.text else ()
        candidates += self._rosters.find(work, candidates)
        people = [
            p
            for p in self._persons.find(work)
            if not any(
                _overlap(p, c) for c in candidates if not (c.rule.startswith("place-") or _given(c, p))
            )
        ]
        rows = {p[:2] for p in people if p.rule == "person-row"}
        candidates = [c for c in candidates if c.cls != "Place" or c[:2] not in rows]
        found = self._lists.extend(work, resolve([*candidates, *people]))
        inside = (
            *_organizers(found, listed),
            *_documents(found, titles),
            *_reporting(work, found, listed),
            *_parties(work, found, candidates),
            *_issuers(work, found, candidates),
        )
        return sorted([*found, *inside]) if inside else found

    def _local_bodies(self, work: Work, listed: Sequence[Found]) -> Iterator[Found]:
        """云川省|发展改革委, 省|市场监管局: a place before the short form of a national body names another body."""
        places = {f.end: f.start for f in listed if f.cls == "Place"}
        for body in listed:
            form = work.text[body.start : body.end]
            country = work.text[places[body.start] : body.start] if body.start in places else ""
            if body.cls == "Institution" and form in _MINISTRIES and country in self._countries - {"中国"}:
                yield Found(places[body.start], body.end, "Institution", "local-body", 0.9)
            if body.cls != "Institution" or self.lexicon.canonical.get(("Institution", form), form) == form:
                continue
            if form.startswith(("国", "中", "全国")):
                continue
            level = work.text[body.start - 1 : body.start]
            if body.start in places:
                yield Found(places[body.start], body.end, "Institution", "local-body", 0.9)
            elif level in ("省", "市", "区", "县", "州") and work.aligned(body.start - 1, body.start):
                yield Found(body.start - 1, body.end, "Institution", "local-body", 0.85)

    def _certain(self, works: Sequence[Work], founds: Iterable[list[Found]]) -> dict[str, str]:
        """Names that the document defines or vouches for, with their classes."""
        names: dict[str, str] = {}
        for work, some in zip(works, founds, strict=True):
            for found in some:
                text = work.text[found.start : found.end]
                if "（" in work.text[found.end : found.end + 2]:
                    latin = _LATIN.match(work.text, found.end) if found.cls == "Institution" else None
                    if latin:
                        names[latin.group(1)] = found.cls
                    defined = _DEFINED.match(work.text, found.end) or _DEFINED.match(work.text, found.end + 1)
                    if defined and found.cls:
                        names.setdefault(defined.group(1), found.cls)
                if found.rule == "place-shape" and len(text) > 2 and text[-1] in LEVELS[:5]:
                    names[text[:-1]] = "Place"  # whatever else it looks like
                if found.rule == "person-foreign":
                    last = parts_of(text)[-1]
                    if len(last) > 1 and last not in self.lexicon.names and _is_surname(last):
                        names.setdefault(last, "Person")
                if (
                    found.cls == "Person"
                    or found.rule.startswith("list")
                    or found.rule == "isa"
                    or (found.rule.startswith("quoted") and len(text) > 3)
                ):
                    names.setdefault(text, found.cls)
                elif found.rule == "quoted-context":
                    names.setdefault(f"“{text}”", found.cls)  # a short one is a word without its quotes
        return names

    def _parts(self, works: Sequence[Work], founds: Iterable[list[Found]]) -> dict[str, str]:
        """Short forms of the counties of the cities that the document names: 烟台市…牟平, 栖霞."""
        canonical, parts = self.lexicon.canonical, self.lexicon.parts
        named = {
            place
            for work, some in zip(works, founds, strict=True)
            for f in some
            if f.cls == "Place" and (place := canonical.get(("Place", work.text[f.start : f.end])))
        }
        forms = {form: "Place" for place in sorted(named) for form in parts.get(place, ())}
        homonyms = self.lexicon.words["homonyms"]  # 惠民|生
        return {
            form: cls
            for form, cls in forms.items()
            if len(form) > 1 and form not in homonyms and not _is_common(form)
        }

    def _second_pass(self, names: Mapping[str, str]) -> Callable[[Work, list[Found]], list[Found]]:
        """What finds the names again that the document is certain of; one automaton for all of its sentences."""
        forms = tuple(names)
        automaton = Automaton(forms, longest=True, brief=True)

        def find(work: Work, founds: list[Found]) -> list[Found]:
            hits = automaton.find(work.text)
            return self._with(work, founds, hits, names, forms) if hits else founds

        return find

    def _with(
        self,
        work: Work,
        founds: list[Found],
        hits: Iterable[Hit],
        names: Mapping[str, str],
        forms: Sequence[str],
    ) -> list[Found]:
        again = [
            Found(start + quoted, end - quoted, names[forms[index]], "again", 0.85)
            for index, start, end in hits
            if end - start > 2 or work.aligned(start, end)
            for quoted in (forms[index][0] == "“" and forms[index][-1] == "”",)
        ]
        firms = {(f.start, f.end) for f in again if f.cls == "Institution"}
        founds = [f for f in founds if f.cls != "Platform" or (f.start, f.end) not in firms]  # 京东商城|总裁…
        nested = [f for f in founds if any(o != f and o.start <= f.start and f.end <= o.end for o in founds)]
        kept = resolve([*(f for f in founds if f not in nested), *again])
        return sorted(
            [*kept, *(f for f in nested if any(o.start <= f.start and f.end <= o.end for o in kept))]
        )


@lru_cache(maxsize=1 << 13)
def _is_common(form: str) -> bool:
    """Whether a short form is rather a word: 新城, 和平."""
    tokens = tokenize(form)
    return len(tokens) > 1 or tokens[0].tag not in ("ns", "nr", "nrt", "nz", UNKNOWN)


def _is_surname(last: str) -> bool:
    """Whether the last part of a name with dots stands for the whole: no word, or one that the dictionary has as a name."""
    tokens = tokenize(last)
    return (len(last) > 2 and not in_dictionary(last)) or (len(tokens) == 1 and tokens[0].tag in _OF_PEOPLE)


def _organizers(found: Iterable[Found], listed: Iterable[Found]) -> Iterator[Found]:
    """The body with whose name an event's begins: 中共中央政治局|第十七次集体学习 names both."""
    bodies = {f.start: f for f in listed if f.cls == "Institution"}
    for event in found:
        body = bodies.get(event.start)
        if event.cls == "Event" and body and body.end < event.end:
            yield body


def _documents(found: Iterable[Found], titles: Iterable[Found]) -> Iterator[Found]:
    """The document with whose title an event's name begins: 《江州规划》宣讲会 names both."""
    policies = {f.start: f for f in titles if f.cls == "Policy"}
    for event in found:
        policy = policies.get(event.start + 1)
        if event.cls == "Event" and policy and policy.end < event.end:
            yield policy


def _reporting(work: Work, found: Iterable[Found], listed: Iterable[Found]) -> Iterator[Found]:
    """The place whose report a title names: 2026年|云川省|政府工作报告 names both."""
    for title in found:
        if title.rule == "title-line" and title.confidence > 0.85:
            nation = work.text.find(_NATION, title.start, title.end)
            if nation >= 0:  # whose cabinet reports, of it the report tells
                yield Found(nation, nation + len(_NATION), "Place", "gazetteer", 0.9)
            yield from (
                f for f in listed if f.cls == "Place" and title.start <= f.start and f.end < title.end
            )


def _issuers(work: Work, found: Iterable[Found], candidates: Sequence[Found]) -> Iterator[Found]:
    """The body with whose name a title begins that it issues: 国务院办公厅|关于调整…的通知 names both."""
    for title in found:
        if title.cls == "Policy" and work.text.endswith(_NOTICES, title.start, title.end):
            bodies = [f for f in candidates if f.cls == "Institution" and f.start == title.start]
            yield from (f for f in bodies[:1] if _ISSUES.match(work.text, f.end) and f.end < title.end)


def _parties(work: Work, found: Iterable[Found], candidates: Sequence[Found]) -> Iterator[Found]:
    """The bodies between whom an agreement is that bears their names: 《A与B之框架协议》 names both."""
    for title in found:
        if title.cls != "Policy" or not work.text.endswith(_AGREEMENTS, title.start, title.end):
            continue
        bodies = {f.start: f for f in candidates if f.cls == "Institution" and f.end < title.end}
        parties, at = list[Found](), title.start
        while body := bodies.get(at):
            parties.append(body)
            if work.text[body.end] not in "与和及、同":
                break
            at = body.end + 1
        yield from parties if len(parties) > 1 else ()


def _areas(work: Work, candidates: Sequence[Found]) -> list[Found]:
    """The areas of free trade zones, by the zone before them: 云川自贸试验区|江州片区."""
    zones = [f for f in candidates if f.cls == "Park" and work.text.endswith(_ZONES, f.start, f.end)]
    areas = ((zone, _AREA.match(work.text, zone.end)) for zone in zones)
    return [Found(zone.start, area.end(), "Park", "area", 0.85) for zone, area in areas if area]


def _line(work: Work, place: Found) -> Found | None:
    """The railway line or the station that bears a place's name (落马洲|线, 红磡|站)."""
    if not _LINE.match(work.text, place.end):
        return None
    cls = "Project" if work.text[place.end] == "线" else "Place"
    return Found(place.start, place.end + 1, cls, "line", 0.7)


def _is_street(work: Work, found: Found) -> bool:
    """Whether a name is a street's (昆明湖|南路, 清华|街10号), or a place's no more than its level (市)."""
    if found.cls == "Place":
        each = work.text[found.start] == "和" and bool(_EACH_LEVEL.match(work.text, found.end))
        return bool(each or _STREET.match(work.text, found.end)) or (
            found.end - found.start < 2 and found.rule != "gazetteer-short"
        )
    return bool(_NUMBERED.match(work.text, found.end))


def _given(place: Found, person: Found) -> bool:
    """Whether a name is only part of a person's: of one that its surroundings vouch for (唐|虎林), or that has dots (杜邦)."""
    if person.rule == "person-foreign":
        return person.start <= place.start and place.end <= person.end
    if place.cls == "Place" and person.rule == "person-row" and person[:2] == place[:2]:
        return True  # 吉林　云川省副省长: a row of a list of members
    vouched = person.rule in ("person-life", "person-behind", "person-row")
    return vouched and place.cls == "Place" and person.start < place.start and place.end <= person.end


def _cut_leads(works: Sequence[Work], first: list[list[Found]]) -> None:
    """Take off a small word that the tokens hold together with a name that stands by itself elsewhere: 指|中美交流基金会."""
    named = {(f.cls, w.text[f.start : f.end]) for w, some in zip(works, first, strict=True) for f in some}
    for n, (work, some) in enumerate(zip(works, first, strict=True)):
        if any(_is_led(work, f, named) for f in some):
            first[n] = [f._replace(start=f.start + 1) if _is_led(work, f, named) else f for f in some]


def _is_led(work: Work, found: Found, named: set[tuple[str, str]]) -> bool:
    long = found.end - found.start > _LED_LENGTH
    return (
        long
        and work.text[found.start] in _LEADS
        and (found.cls, work.text[found.start + 1 : found.end]) in named
    )


def _overlap(a: Found, b: Found) -> bool:
    return a.start < b.end and b.start < a.end


def _mention(work: Work, found: Found) -> Mention:
    sentence: Sentence = work.sentence
    text = sentence.text[found.start : found.end]
    span = Span(found.start, found.end).shift(sentence.span.start)
    return Mention(span, text, found.cls, _name(text), sentence.index, found.rule, found.confidence)


def _name(text: str) -> str:
    """The name without white space (but between Latin words) and without quotes that enclose all of it."""
    name = _SPACE.sub("", " ".join(text.split()))
    if (
        len(name) > 2
        and name[0] in "“「『《"
        and name[-1] in "”」』》"
        and not re.search("[“”「」『』《》]", name[1:-1])
    ):
        return name[1:-1]
    return name


def works_of(sentences: Iterable[Sentence], lexicon: Lexicon) -> Iterator[Work]:
    """Put sentences into work: fold their text for matching."""
    return (Work(s, lexicon.fold(s.text), lexicon) for s in sentences)
