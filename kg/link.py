"""What a mention stands for: official names, aliases in the document, 全省 and 该园区, scoped names.

Two names become one entity only for a reason that can be said: a public list, a definition (以下简称),
a bracket, a dropped place in front, a dropped word that carries no meaning (有限, 产业). Looking alike is none:
中国科学院 and 中国社会科学院 stay two.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from kg.automaton import Automaton
from kg.lexicon import Lexicon
from kg.model import Document, Entity, EntityKey, Mention, Reference, Span
from kg.recognize.base import Work
from kg.recognize.places import LEVELS

_BRACKET = re.compile(r"[”」』]?[（(]([^（）()]{2,40})[）)]")
_SECOND = re.compile(r"[”」』]?（[^（）]{2,40}）（([^（）]{2,40})）")
_DEFINITION = re.compile(
    r"^(?:以下|下文|下)?(?:统)?(?:简称|称|又称|亦称|又名|即)为?[:：]?[“「《]?([^“”「」《》，。]{2,20})[”」》]?"
)
#: How an anaphor begins that may stand anywhere; a bare noun (公司, 论坛) must begin a clause.
_POINTING = frozenset("该本此这《园我")
_LEVELS = {"省": "省", "市": "市", "区": "区", "县": "县", "州": "州"}
#: Words that a short form of the same name may leave out.
_OMISSIBLE = re.compile(
    "(?<=银行)股份有限公司|(?<=集团)(?:股份)?有限(?:责任)?公司|产业|有限|股份|责任|人民|集团|集聚|壮族|回族|维吾尔|自治|高新技术(?=产业开发区)|经济技术(?=开发区)"
)
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")
_FULL = re.compile("的?(?:全称|全名)(?:为|是|：)?[“「]?")
_LATIN = re.compile("[“]?([A-Z][A-Za-z0-9&-]{1,11})[”]?(?:[，,]|$)")
_OWN_POLICY = re.compile("本(?:实施)?(?:政策|方案|规划|办法|意见|条例|计划|措施|细则|规定|行动计划|纲要)")
#: A bare noun that speaks of the last of its kind, told by what follows it.
_BARE = re.compile("(项目|基金|平台|工程)(?=总投资|总规模|规模|首期|计划总?投资|由|将于|自)")
_BARE_CLASSES = {"项目": "Project", "工程": "Project", "基金": "Fund", "平台": "Platform"}
#: How far a mention may begin from what it overlaps.
_NEAR = 80
_NATION_KEY = EntityKey("Place", "中国")
_WHOLE_SIGN = re.compile("[全我本该][省市区县州自]|省内")
_WHOLE = re.compile(
    r"(?<![安完健齐资保])(?:全|我|本|该)(省|市(?![场面值容民])|区|县|州|自治区)|(?<![\u4e00-\u9fff])(省)(?=内)"
)
#: 全国 speaks of the country where it opens a clause and something is counted.
_NATION = re.compile(r"(?:^|[，。；：、]|年|月|日|底|前|期间|来)(全国)(?=[^，。；：]{0,24}?\d)")
#: What is attended or opened is the event named last: 出席开幕会, 主持会议.
_ATTENDED = re.compile(
    "(?:出席|参加|主持|列席|参与|举行|召开)(?:了|本次|此次|该)?(开幕会|闭幕会|开幕式|闭幕式|会议|大会|论坛|座谈会|活动|仪式|峰会|年会)(?![\u4e00-\u9fff])"
    "|(?:出席|参加|主持|列席)(?:了|本次|此次|该)?(开幕会|闭幕会|开幕式|闭幕式|会议|大会|座谈会|仪式)(?=[并和，。；、]|上)"
)
_OPENS = re.compile("[”」]?[^，。；]{0,12}(?:在[^，。；]{2,12})?(?:开幕|召开|举行|举办|拉开帷幕|启幕)")
#: How a company speaks of itself in its report.
_SELF = re.compile("(我们|我行|本行|本公司|本集团|我公司|我集团|我司)")
_REPORT = re.compile(
    r"\s{0,3}\d{0,4}年?(?:半?年度?报告|招股|募集说明|社会责任报告|可持续发展报告|第[一三]季度报告)"
)
_COUNTRY = re.compile("我国|中方(?!股东|企业|投资|人员|代表|员工|院校)")


@dataclass
class Links:
    """References of a document and the entities that they stand for."""

    references: list[Reference] = field(default_factory=list)
    aliases: dict[EntityKey, set[str]] = field(default_factory=dict)
    home: Mapping[str, EntityKey] = field(default_factory=dict)
    place: EntityKey | None = None
    sole: EntityKey | None = None  # the only place of its level that the text names
    speaker: EntityKey | None = None  # the company that says 我们 and 本行 of itself

    def entities(self) -> tuple[Entity, ...]:
        """Entities with their other forms."""
        return tuple(
            Entity(key, tuple(sorted(names - {key.name}))) for key, names in sorted(self.aliases.items())
        )


class Linker:
    """Links the mentions of one document at a time."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._anaphora = tuple(lexicon.anaphora)
        self._anaphor = Automaton(self._anaphora, longest=True)

    def link(self, document: Document, works: Sequence[Work], mentions: Sequence[Mention]) -> Links:
        """Return every mention, and every word that stands for one, with its entity."""
        home, place, sole = self._home(document, mentions)
        around = self._named_places(mentions)
        keys: dict[tuple[str, str], EntityKey] = {}
        names = Counter((m.cls, self.lexicon.fold(m.name)) for m in mentions)
        for cls, name in sorted(names, key=lambda n: (-len(n[1]), n)):
            full = self._full_place(name, names, around) if cls == "Place" else ""
            keys[cls, name] = self._key(document, cls, full or name, home, around)
        self._merge_definitions(works, mentions, keys)
        self._merge_short_forms(keys)
        links = Links(home=home, place=place, sole=sole)
        for mention in mentions:
            key = _resolve(keys, keys[mention.cls, self.lexicon.fold(mention.name)])
            links.references.append(Reference(mention, key))
            links.aliases.setdefault(key, set()).add(mention.name)
        for (cls, name), key in keys.items():
            final = _resolve(keys, key)
            if final in links.aliases and (cls, name) in names:
                links.aliases[final].add(name)
        self._bracket_aliases(works, links)
        links.speaker = _speaker(document, links)
        self._anaphors(works, links)
        links.references.sort(key=lambda r: (r.mention.span, r.key))
        return links

    def _full_place(self, name: str, names: Mapping[tuple[str, str], int], around: frozenset[str]) -> str:
        """The full name of a place's short form: one that the document writes, or a county of its city."""
        written = next((name + level for level in LEVELS if ("Place", name + level) in names), "")
        if written or ("Place", name) in self.lexicon.canonical:
            return written
        inside = {parts[name] for place in around if name in (parts := self.lexicon.parts.get(place, {}))}
        return inside.pop() if len(inside) == 1 else ""

    def _home(
        self, document: Document, mentions: Sequence[Mention]
    ) -> tuple[Mapping[str, EntityKey], EntityKey | None, EntityKey | None]:
        """The province, city and county that the document speaks of, by level; the narrowest that covers it; the sole."""
        counts: dict[str, Counter[str]] = {}
        parents = self.lexicon.parents
        around = self._named_places(mentions)
        shaped = {m.name for m in mentions if m.rule == "place-shape"}
        for text, weight in [(document.title, 3), *((m.name, 1) for m in mentions)]:
            place = self._leading_place(self.lexicon.fold(text), around) or _leading_shape(text, shaped)
            seen = set()
            while place and place not in seen:
                seen.add(place)
                level = _level(place)
                if level:
                    counts.setdefault(level, Counter())[place] += weight
                place = parents.get(place, "")
        home: dict[str, EntityKey] = {}
        weights: dict[str, int] = {}
        for level, counter in counts.items():
            ranked = counter.most_common(2)
            (best, n), rest = ranked[0], sum(counter.values())
            if (n >= 2 and n * 2 > rest) or (n >= 4 and n * 5 > rest * 2):
                home[level] = EntityKey("Place", best)
                weights[level] = n
        for level in ("区", "县"):
            own = "" if level in home else self._own_district(document.text, level, around)
            if own:
                home[level] = EntityKey("Place", own)
                weights[level] = 3
        narrowest: EntityKey | None = None
        for level in ("省", "市", "县", "区"):
            if (
                level in home
                and level != "省"
                and re.search(f"(?<![安完健齐])[全我]{level}(?![\u4e00-\u9fff]?级|[场面值容])", document.text)
            ):
                narrowest = home[level]
                continue
            vouched = home.get(level) and (
                home[level].name in document.title or _speaks_of(document.text, level)
            )
            if vouched and weights[level] >= max(3, 0.8 * max(weights.values())):
                narrowest = home[level]
        alone = next((one for one in "省市" if len(counts.get(one, ())) == 1), "")
        return home, narrowest, EntityKey("Place", next(iter(counts[alone]))) if alone else None

    def _own_district(self, text: str, level: str, around: frozenset[str]) -> str:
        """The district that a text calls 我区 and names by its bare form alone (海拉尔机场)."""
        if not re.search(
            f"(?:我|全){level}(?![\u4e00-\u9fff]?级)|{level}(?:委|政府)(?![\u4e00-\u9fff]{{0,2}}级)", text
        ):
            return ""
        folded = self.lexicon.fold(text)
        counts: Counter[str] = Counter()
        for parent, parts in self.lexicon.parts.items():
            for form, name in parts.items():
                if name.endswith(level) and (len(form) > 2 or parent in around) and form in folded:
                    counts[name] = folded.count(form)
        ranked = counts.most_common(2)
        clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear and ranked[0][1] > 1 else ""

    def _leading_place(self, name: str, around: frozenset[str] = frozenset()) -> str:
        """The listed place with which a name begins; one of several by what is ``around`` it in the text."""
        for end in range(min(len(name), 12), 1, -1):
            if name[:end] not in self.lexicon.names:
                continue
            canonical = self.lexicon.canonical.get(("Place", name[:end])) or self._around(name[:end], around)
            if canonical:
                return canonical
        return ""

    def _named_places(self, mentions: Sequence[Mention]) -> frozenset[str]:
        """Official names of the places that the text names beyond doubt."""
        names = (
            self.lexicon.canonical.get(("Place", self.lexicon.fold(m.name)))
            for m in mentions
            if m.cls == "Place"
        )
        return frozenset(name for name in names if name)

    def _around(self, form: str, around: frozenset[str]) -> str:
        """Of the places of one name (南山区) that whose city or province stands in ``around``, if it is one."""
        readings = {
            n.canonical for n in self.lexicon.names.get(form, ()) if n.cls == "Place" and n.parent in around
        }
        return readings.pop() if len(readings) == 1 else ""

    def _key(
        self,
        document: Document,
        cls: str,
        name: str,
        home: Mapping[str, EntityKey],
        around: frozenset[str],
    ) -> EntityKey:
        listed = self.lexicon.canonical.get((cls, name))
        if listed:
            return EntityKey(cls, listed)
        if cls == "Place" and name in self.lexicon.names:
            return EntityKey(cls, self._around(name, around) or self._ambiguous_place(name, home))
        if name[:1] in _LEVELS and len(name) > 2 and cls != "Place" and _LEVELS[name[0]] in home:
            rest = name[1:] if not name.startswith(("省级", "市级", "区级", "县级")) else ""
            if rest:
                return EntityKey(cls, home[_LEVELS[name[0]]].name + rest)
        if self.lexicon.is_generic(name, cls):
            return EntityKey(cls, name, document.id)
        return EntityKey(cls, name)

    def _ambiguous_place(self, name: str, home: Mapping[str, EntityKey]) -> str:
        homes = {k.name for k in home.values()}
        readings = [n for n in self.lexicon.names[name] if n.cls == "Place"]
        inside = [
            n.canonical for n in readings if n.parent in homes or self.lexicon.parents.get(n.parent) in homes
        ]
        return inside[0] if len(inside) == 1 else name

    def _merge_definitions(
        self, works: Sequence[Work], mentions: Sequence[Mention], keys: dict[tuple[str, str], EntityKey]
    ) -> None:
        """X（以下简称“Y”）: Y is X; X全称“Y”: X is Y."""
        by_start = {m.span.start: m for m in mentions}
        for mention in mentions:
            work = works[mention.sentence]
            end = mention.span.end - work.sentence.span.start
            brackets = [b.match(work.text, end) for b in (_BRACKET, _SECOND)]
            definition = next((d for b in brackets if b and (d := _DEFINITION.match(b.group(1)))), None)
            if definition is None and mention.cls == "Institution" and brackets[0]:
                definition = _LATIN.match(brackets[0].group(1))  # （“SIPC”，…）
            full = _FULL.match(work.text, end)
            named = by_start.get(full.end() + work.sentence.span.start) if full else None
            if named is not None and named.cls == mention.cls:  # 上港集团全称“…股份有限公司”
                one, other = (keys[m.cls, self.lexicon.fold(m.name)] for m in (named, mention))
                keys[mention.cls, self.lexicon.fold(mention.name)] = one if other != one else other
            if definition:
                short = (mention.cls, self.lexicon.fold(definition.group(1)))
                keys[short] = _resolve(keys, keys[mention.cls, self.lexicon.fold(mention.name)])

    def _merge_short_forms(self, keys: dict[tuple[str, str], EntityKey]) -> None:
        """衡阳白沙洲工业园区 and 白沙洲工业园区; …文创产业园 and …文创园."""
        owners = sorted(
            {k for k in keys.values() if k.cls not in ("Place", "Person")}, key=lambda k: (-len(k.name), k)
        )
        merged: dict[EntityKey, EntityKey] = {}
        longer = self._longer(owners)
        for short in reversed(owners):
            if self.lexicon.canonical.get((short.cls, short.name)) or short.scope:
                continue
            roots = {merged.get(k, k) for k in longer[short]}
            if len(roots) == 1 and short not in roots:
                merged[short] = roots.pop()
        for name, key in keys.items():
            while key in merged:
                key = merged[key]
            keys[name] = key

    def _longer(self, owners: Sequence[EntityKey]) -> Mapping[EntityKey, set[EntityKey]]:
        """Each entity with those of which its name is a short form; found by keys, for a report names hundreds."""
        alike: dict[tuple[str, str], list[EntityKey]] = {}
        for key in owners:
            for form in {key.name, _bare(key.name), _reduced(key.name)}:
                alike.setdefault((key.cls, form), []).append(key)
        longer: dict[EntityKey, set[EntityKey]] = {key: set() for key in owners}
        for full in owners:
            name = full.name
            tails = (name[n:] for n in range(1, len(name) - 4))
            fronts = (name[:n] for n, char in enumerate(name) if char in "（(")
            for form in {_bare(name), _reduced(name), *tails, *fronts}:
                for short in alike.get((full.cls, form), ()):
                    if len(name) > len(short.name) and self._short_form(short.name, name):
                        longer[short].add(full)
        return longer

    def _short_form(self, short: str, full: str) -> bool:
        if _bare(short) == _bare(full):
            return True
        if full.endswith(short) and len(short) > 4:
            front = full[: -len(short)]
            if re.fullmatch("[\u4e00-\u9fff]{2,4}[省市县区州]", front):
                return True
            return bool(self._leading_place(front)) and (
                ("Place", front) in self.lexicon.canonical
                or front[-1:] in "省市县区州"
                or front in ("中国", "国家")
            )
        if full.startswith(short) and _ASIDE.fullmatch(full, len(short)):
            return True
        reduced = _reduced(full)
        return len(short) >= 4 and reduced != full and reduced == _reduced(short)

    def _note(
        self,
        work: Work,
        reference: Reference,
        recent: dict[str, EntityKey],
        heads: dict[str, EntityKey],
        leading: dict[str, EntityKey],
    ) -> None:
        """Remember a mention for the words that will stand for it."""
        _remember(reference, recent, heads)
        if _clause_start(work.text, reference.mention.span.start - work.sentence.span.start):
            _remember(reference, {}, leading)

    def _bracket_aliases(self, works: Sequence[Work], links: Links) -> None:
        """湖南省社会科学院（省人民政府发展研究中心）: one institution with two names."""
        by_start = {r.mention.span.start: r for r in links.references}
        swap: dict[EntityKey, EntityKey] = {}
        for reference in list(links.references):
            mention = reference.mention
            if mention.cls not in ("Institution", "Park", "Platform"):
                continue
            work = works[mention.sentence]
            offset = work.sentence.span.start
            bracket = _BRACKET.match(work.text, mention.span.end - offset)
            if not bracket:
                continue
            inner = by_start.get(bracket.start(1) + offset)
            if (
                inner
                and inner.mention.span.end == bracket.end(1) + offset
                and inner.mention.cls == mention.cls
                and inner.key != reference.key
            ):
                swap[inner.key] = reference.key
            else:
                definition = _DEFINITION.match(bracket.group(1))
                if definition:
                    links.aliases[reference.key].add(definition.group(1))
        if swap:
            for old, new in swap.items():
                links.aliases.setdefault(new, set()).update(links.aliases.pop(old, set()) | {old.name})
            links.references[:] = [Reference(r.mention, swap.get(r.key, r.key)) for r in links.references]

    def _anaphors(self, works: Sequence[Work], links: Links) -> None:
        """Words that stand for an entity named before: 全省, 我国, 该园区, 《规划》."""
        taken = sorted(r.mention.span for r in links.references)
        document_policy = next((r.key for r in links.references if r.mention.rule == "title-line"), None)
        before = sorted(links.references, key=lambda r: r.mention.span)
        recent: dict[str, EntityKey] = {}
        leading: dict[str, EntityKey] = {}  # by the heads of those that opened a clause
        heads: dict[str, EntityKey] = {}
        opened: EntityKey | None = None  # the event that the text says is held
        index = 0
        for work in works:
            offset = work.sentence.span.start
            stretch = Span(offset, work.sentence.span.end)
            inside = []
            while index < len(before) and before[index].mention.span.start < stretch.end:
                inside.append(before[index])
                index += 1
            for match in _WHOLE.finditer(work.text) if _WHOLE_SIGN.search(work.text) else ():
                level = (match.group(1) or match.group(2)).removeprefix("自治")
                key = links.home.get("省" if match.group(1) == "自治区" else level)
                if key:
                    _add(links, work, match.start(), match.end(), key, taken, "anaphor-level")
            if links.speaker is not None:
                for match in _SELF.finditer(work.text):
                    _add(links, work, match.start(1), match.end(1), links.speaker, taken, "anaphor-self")
            for match in _COUNTRY.finditer(work.text):
                _add(
                    links,
                    work,
                    match.start(),
                    match.end(),
                    _NATION_KEY,
                    taken,
                    "anaphor-country",
                )
            if hits := self._anaphor.find(work.text):
                cursor = 0
                for n, start, end in hits:
                    word = self._anaphora[n]
                    while cursor < len(inside) and inside[cursor].mention.span.start < start + offset:
                        self._note(work, inside[cursor], recent, heads, leading)
                        cursor += 1
                    cls, head = self.lexicon.anaphora[word]
                    key = (
                        heads.get(f"{cls}:{head}")
                        if head
                        else recent.get(cls) or (recent.get("Park") if cls == "Project" else None)
                    )
                    if word[0] not in _POINTING:
                        if not _clause_start(work.text, start):
                            continue
                        key = leading.get(
                            f"{cls}:{head}", key
                        )  # 公司…: who spoke before, not who was spoken of
                    if key and (word[0] in "该这《" or work.aligned(start, end)):
                        _add(links, work, start, end, key, taken, "anaphor")
            nation = "全国" in work.text and _NATION_KEY in links.aliases
            for match in _NATION.finditer(work.text) if nation else ():
                _add(
                    links,
                    work,
                    match.start(1),
                    match.end(1),
                    _NATION_KEY,
                    taken,
                    "anaphor-country",
                )
            for match in _BARE.finditer(work.text):
                key = (
                    recent.get(_BARE_CLASSES[match.group(1)])
                    if _clause_start(work.text, match.start(1))
                    else None
                )
                if key:
                    _add(links, work, match.start(1), match.end(1), key, taken, "anaphor-bare")
            if opened is not None:
                for match in _ATTENDED.finditer(work.text):
                    group = 1 if match.group(1) else 2
                    _add(links, work, match.start(group), match.end(group), opened, taken, "anaphor-attended")
            if document_policy and (own := _OWN_POLICY.search(work.text)):
                _add(links, work, own.start(), own.end(), document_policy, taken, "anaphor-own")
            for reference in inside:
                self._note(work, reference, recent, heads, leading)
                if reference.key.cls == "Event" and _OPENS.match(
                    work.text, reference.mention.span.end - offset
                ):
                    opened = reference.key


@lru_cache(maxsize=1 << 14)
def _bare(name: str) -> str:
    """A name without quotes and book-title marks."""
    return re.sub("[“”「」《》]", "", name)


@lru_cache(maxsize=1 << 14)
def _reduced(name: str) -> str:
    """A name without the words that a short form of it may leave out."""
    return _OMISSIBLE.sub("", name)


def _remember(reference: Reference, recent: dict[str, EntityKey], heads: dict[str, EntityKey]) -> None:
    key = reference.key
    recent[key.cls] = key
    name = re.sub(r"[（(][^（）()]*[)）]$", "", key.name)
    for length in (1, 2, 3, 4):
        heads[f"{key.cls}:{name[-length:]}"] = key


def _speaker(document: Document, links: Links) -> EntityKey | None:
    """The company that writes, when the text speaks as one (本行, 我们) and one company prevails."""
    for reference in links.references[:3]:  # the head of a report: X股份有限公司2019年年度报告
        if reference.key.cls == "Institution" and _REPORT.match(document.text, reference.mention.span.end):
            return reference.key
    if len(_SELF.findall(document.text)) < 2:
        return None
    for reference in links.references:  # X（以下简称“本行”）
        bracket = (
            _BRACKET.match(document.text, reference.mention.span.end)
            if reference.key.cls == "Institution"
            else None
        )
        definition = _DEFINITION.match(bracket.group(1)) if bracket else None
        if definition and _SELF.fullmatch(definition.group(1)):
            return reference.key
    counts = Counter(
        r.key
        for r in links.references
        if r.key.cls == "Institution" and re.search("(?:公司|银行|集团)$", r.key.name)
    )
    ranked = sorted(counts, key=lambda k: (-counts[k], k))
    if not ranked or (len(ranked) > 1 and counts[ranked[0]] < 1.5 * counts[ranked[1]]):
        return None
    return ranked[0]


def _clause_start(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in "，。；：“（"


def _add(
    links: Links, work: Work, start: int, end: int, key: EntityKey, taken: list[Span], rule: str
) -> None:
    offset = work.sentence.span.start
    span = Span(start, end).shift(offset)
    first = bisect_left(taken, (span.start - _NEAR + 1,))
    near = takewhile(lambda t: t.start < span.start + _NEAR, taken[first : first + 2 * _NEAR])
    if any(span.start < t.end and t.start < span.end for t in near):
        return
    text = work.sentence.text[start:end]
    mention = Mention(span, text, key.cls, text, work.sentence.index, rule, 0.7)
    links.references.append(Reference(mention, key))
    links.aliases.setdefault(key, set())
    insort(taken, span)


def _speaks_of(text: str, level: str) -> bool:
    """Whether a text speaks of the province or city as its own: 全省, 我市, 省委, 省重点项目."""
    return bool(
        re.search(
            f"(?<![安完健齐资])(?:全|我|本){level}(?![场面值容])|(?<![\u4e00-\u9fff]){level}(?:委|政府|[\u4e00-\u9fff]{{2}})",
            text,
        )
    )


def _leading_shape(text: str, shaped: set[str]) -> str:
    """The unlisted place of the document with whose name, or its short form, a text begins."""
    return next((p for p in sorted(shaped, key=lambda p: (-len(p), p)) if text.startswith(p[:-1])), "")


def _level(place: str) -> str:
    if place.endswith(("地区", "湾区", "特别行政区", "城市群", "都市圈")):
        return ""
    if place.endswith(("省", "自治区")) or place in ("北京市", "上海市", "天津市", "重庆市"):
        return "省" if not place.endswith("市") else "市"
    return {"市": "市", "县": "县", "区": "区", "州": "州"}.get(place[-1:], "")


def _resolve(keys: Mapping[tuple[str, str], EntityKey], key: EntityKey) -> EntityKey:
    seen = set()
    while key not in seen:
        seen.add(key)
        following = keys.get((key.cls, key.name))
        if following is None or following == key:
            break
        key = following
    return key
