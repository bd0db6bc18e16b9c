"""The places of a document: which of its homonyms a place is, and of which province, city and county the text speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.automaton import Automaton
from kg.lexicon import Lexicon
from kg.model import Document, EntityKey, Mention
from kg.recognize.places import LEVELS

#: The year with which the title of a report begins.
_YEAR = re.compile(r"^\d{4}年")
#: How a text speaks of its place as the whole: 全市, 我市; as its own: 我区, 区委; as either: 全省, 省委, 省重点项目.
_WHOLE = {
    level: re.compile(f"(?<![安完健齐])[全我]{level}(?![\u4e00-\u9fff]?级|[场面值容])") for level in "市县区"
}
_OWN = {
    level: re.compile(
        f"(?:我|全){level}(?![\u4e00-\u9fff]?级)|{level}(?:委|政府)(?![\u4e00-\u9fff]{{0,2}}级)"
    )
    for level in "区县"
}
#: A text of an autonomous region, which calls itself 全区 and 我区.
_REGIONAL = re.compile("自治区(?:党委|政府|人民政府|主席)")
#: Words of the nation and of companies: the only place that such a text names it names in passing.
_NOT_LOCAL = re.compile("本行|本公司|本集团|我国|我们党|全党")
_SPOKEN = {
    level: re.compile(
        f"(?<![安完健齐资])(?:全|我|本){level}(?![场面值容])|(?<![\u4e00-\u9fff]){level}(?:委|政府|(?![场面值容民井域间块别分级会际市])[\u4e00-\u9fff]{{2}})"
    )
    for level in "省市县区"
}


class Places:
    """Answers about the places of one document; the lexicon gives the administrative divisions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        #: Bare form of each county and district → what it lies in and its name.
        self._districts: dict[str, list[tuple[str, str]]] = {}
        for parent, parts in lexicon.parts.items():
            for form, name in parts.items():
                self._districts.setdefault(form, []).append((parent, name))
        self._bare = tuple(self._districts)
        self._automaton = Automaton(self._bare)

    def full(self, name: str, names: Mapping[tuple[str, str], int], around: frozenset[str]) -> str:
        """The full name of a place's short form: one that the document writes, or a county of its city."""
        written = next((name + level for level in LEVELS if ("Place", name + level) in names), "")
        if written or ("Place", name) in self.lexicon.canonical:
            return written
        inside = {parts[name] for place in around if name in (parts := self.lexicon.parts.get(place, {}))}
        return inside.pop() if len(inside) == 1 else ""

    def home(
        self, document: Document, mentions: Sequence[Mention]
    ) -> tuple[Mapping[str, EntityKey], EntityKey | None, EntityKey | None]:
        """The province, city and county that the document speaks of, by level; the narrowest that covers it; the sole."""
        counts: dict[str, Counter[str]] = {}
        parents = self.lexicon.parents
        around = self.named(mentions)
        shaped = {m.name for m in mentions if m.rule == "place-shape"}
        for text, weight in [(document.title, 3), *((m.name, 1) for m in mentions)]:
            place = self.leading(self.lexicon.fold(_YEAR.sub("", text)), around) or _leading_shape(
                text, shaped
            )
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
            ahead = n >= 3 and n >= 3 * (ranked[1][1] if ranked[1:] else 0)
            whole = ahead and level in _WHOLE and _WHOLE[level].search(document.text)
            if (n >= 2 and n * 2 > rest) or (n >= 4 and n * 5 > rest * 2) or whole:
                home[level] = EntityKey("Place", best)
                weights[level] = n
        region = home.get("省")
        if region and region.name.endswith("自治区") and _REGIONAL.search(document.text):
            district = home.get("区")
            if district is None or district.name not in document.title:
                home["区"], weights["区"] = region, weights["省"]
        for level in ("区", "县"):
            own = "" if level in home else self._own_district(document.text, level, around)
            most = counts["省"].most_common(1)[0][0] if own and "省" in counts else ""
            if own and most in ("", own, parents.get(own), parents.get(parents.get(own, ""))):
                home[level] = EntityKey("Place", own)
                weights[level] = 3
        narrowest: EntityKey | None = None
        for level in ("省", "市", "县", "区"):
            if level not in home or (level != "省" and home[level] == region):
                continue
            if level != "省" and _WHOLE[level].search(document.text):
                narrowest = home[level]
                continue
            spoken = "区" if level == "省" and home.get("区") == region else level
            vouched = home[level].name in document.title or _speaks_of(
                document.text, spoken, home[level].name
            )
            if vouched and weights[level] >= max(3, 0.8 * max(weights.values())):
                narrowest = home[level]
        bare = {self.lexicon.canonical.get(("Place", self.lexicon.fold(m.name))) for m in mentions}
        alone = next((one for one in "省市" if len(counts.get(one, ())) == 1), "")
        if alone and not _speaks_of(document.text, alone):
            passing = bare.isdisjoint(counts[alone])  # only other names begin with it: 新疆生产建设兵团
            alone = "" if passing or _NOT_LOCAL.search(document.text) else alone
        return home, narrowest, EntityKey("Place", next(iter(counts[alone]))) if alone else None

    def _own_district(self, text: str, level: str, around: frozenset[str]) -> str:
        """The district that a text calls 我区 and names by its bare form alone (海拉尔机场)."""
        if not _OWN[level].search(text):
            return ""
        folded = self.lexicon.fold(text)
        counts: Counter[str] = Counter()
        for form in sorted({self._bare[n] for n, _, _ in self._automaton.find(folded)}):
            if ("Place", form) in self.lexicon.canonical:
                continue  # 河北 is the province
            for parent, name in self._districts[form]:
                if name.endswith(level) and (len(form) > 2 or parent in around):
                    counts[name] = folded.count(form)
        ranked = counts.most_common(2)
        clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear and ranked[0][1] > 1 else ""

    def leading(self, name: str, around: frozenset[str] = frozenset()) -> str:
        """The listed place with which a name begins; one of several by what is ``around`` it in the text."""
        for end in range(min(len(name), 12), 1, -1):
            if name[:end] not in self.lexicon.names:
                continue
            canonical = self.lexicon.canonical.get(("Place", name[:end])) or self.nearby(name[:end], around)
            if canonical:
                return canonical
        return ""

    def named(self, mentions: Sequence[Mention]) -> frozenset[str]:
        """Official names of the places that the text names beyond doubt."""
        names = (
            self.lexicon.canonical.get(("Place", self.lexicon.fold(m.name)))
            for m in mentions
            if m.cls == "Place"
        )
        return frozenset(name for name in names if name)

    def nearby(self, form: str, around: frozenset[str]) -> str:
        """Of the places of one name (南山区) that whose city or province stands in ``around``, if it is one."""
        readings = {
            n.canonical for n in self.lexicon.names.get(form, ()) if n.cls == "Place" and n.parent in around
        }
        return readings.pop() if len(readings) == 1 else ""

    def at_home(self, name: str, home: Mapping[str, EntityKey]) -> str:
        """Of the places of one name the only one in the ``home`` of the document; otherwise the name."""
        homes = {k.name for k in home.values()}
        readings = [n for n in self.lexicon.names[name] if n.cls == "Place"]
        inside = [
            n.canonical for n in readings if n.parent in homes or self.lexicon.parents.get(n.parent) in homes
        ]
        return inside[0] if len(inside) == 1 else name


def _speaks_of(text: str, level: str, name: str = "") -> bool:
    """Whether a text speaks of a place as its own: 全省, 我市, 省委, 省重点项目; 河南全省 names it as one of many."""
    stem = name.removesuffix(level)
    return any(not (stem and text.endswith(stem, 0, m.start())) for m in _SPOKEN[level].finditer(text))


def _leading_shape(text: str, shaped: set[str]) -> str:
    """The unlisted place of the document with whose name, or its short form, a text begins."""
    return next((p for p in sorted(shaped, key=lambda p: (-len(p), p)) if text.startswith(p[:-1])), "")


def _level(place: str) -> str:
    if place.endswith(("地区", "湾区", "特别行政区", "城市群", "都市圈")):
        return ""
    if place.endswith(("省", "自治区")) or place in ("北京市", "上海市", "天津市", "重庆市"):
        return "省" if not place.endswith("市") else "市"
    return {"市": "市", "县": "县", "区": "区", "州": "州"}.get(place[-1:], "")
