"""Names that were joined and names that were not: the largest clusters, the doubtful merges, the near-duplicates.

Nothing here changes a graph. Candidates are found by blocking, so that the cost grows with the names and not with
their pairs: two names of one class meet when they are equal without the words that a short form leaves out, or when
taking one character from each makes them equal (the deletion neighbourhood of T. Bocek, E. Hunt, B. Stiller, Fast
similarity search in large dictionaries, 2007), which is every pair at an edit distance of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg import query
from kg.export.iri import BASE, key_of
from kg.link.names import bare, reduced
from kg.model import CLASSES

#: Names that are compared at most, in the order of their IRIs.
COMPARED: Final = 300_000
#: Shorter names differ by a character for good reason; longer ones are sentences.
_SHORTEST, _LONGEST = 4, 60
#: More names than this under one key are a series and no doubles: 第N届…, 某镇人民政府.
_CROWD: Final = 8
#: How many entities of one name a line names.
_NAMED: Final = 4
#: A form that means what it means in its text: 市政府, 省教育厅, 该中心.
_RELATIVE: Final = re.compile("[省市县区州镇乡全我本该此各]")
#: What tells members of a series apart.
_SERIES: Final = re.compile(
    r"[0-9０-９A-Za-z一二三四五六七八九十百千零〇两首东南西北中上下左右前后内外甲乙丙丁新老]"
)

#: What follows where two names of places differ.
_PLACED: Final = re.compile(".{0,2}[省市县区州镇乡村旗盟]")

_CLUSTERS: Final = """
SELECT ?name ?class ?aliases ?documents WHERE {
  { SELECT ?e (COUNT(DISTINCT ?d) AS ?documents) WHERE { ?m kgo:mentionOf ?e ; kgo:inSentence/kgo:inDocument ?d } GROUP BY ?e }
  OPTIONAL { SELECT ?e (COUNT(?alias) AS ?count) WHERE { ?e skos:altLabel ?alias } GROUP BY ?e }
  BIND(COALESCE(?count, 0) AS ?aliases)
  ?e skos:prefLabel ?name ; a ?class .
  FILTER(STRSTARTS(STR(?class), STR(kgo:)) && ?class != kgo:Entity)
} ORDER BY DESC(?aliases) DESC(?documents) ?name LIMIT %d
"""
_ALIASES: Final = """
SELECT ?name ?alias ?class WHERE {
  ?e skos:altLabel ?alias ; skos:prefLabel ?name ; a ?class .
  FILTER(STRSTARTS(STR(?class), STR(kgo:)) && ?class != kgo:Entity)
} ORDER BY ?name ?alias
"""
_NAMES: Final = f"""
SELECT ?e ?name ?class WHERE {{
  ?e skos:prefLabel ?name ; a ?class .
  FILTER(STRSTARTS(STR(?class), STR(kgo:)) && ?class != kgo:Entity)
}} ORDER BY ?e LIMIT {COMPARED}
"""
_APART: Final = "SELECT ?a ?b WHERE { ?a owl:differentFrom ?b }"


class Cluster(NamedTuple):
    """An entity that many names or documents were joined in."""

    name: str
    cls: str
    aliases: int
    documents: int


class Merge(NamedTuple):
    """Two names in one entity, and why that is doubtful."""

    name: str
    other: str
    why: str


class Pair(NamedTuple):
    """Two entities that are kept apart though their names are near, and why they are near."""

    one: str
    other: str
    cls: str
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as it is compared."""

    iri: str
    name: str
    cls: str


def clusters(out: Path, limit: int) -> list[Cluster]:
    """Return the entities with the most names, then those in the most documents."""
    rows = (_texts(row) for row in query.run(out, _CLUSTERS % limit).rows)
    found = [
        Cluster(name, _local(cls), int(aliases), int(documents)) for name, cls, aliases, documents in rows
    ]
    return [one for one in found if one.aliases or one.documents > 1]


def doubtful(out: Path, report: Mapping[str, Any]) -> list[Merge]:
    """Return the merges that deserve a look: learned from another document, a name of two entities, a name unlike."""
    learned = [
        Merge(row["into"], row["name"], "按另一篇文本的简称合并") for row in report.get("learned") or ()
    ]
    carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
    unlike: list[Merge] = []
    for name, alias, cls in map(_texts, query.run(out, _ALIASES).rows):
        if len(alias) > 2 and not _RELATIVE.match(alias):
            carriers[alias, cls].add(name)
            if not alias.isascii() and not alike(name, alias):  # WTO cannot be judged so
                unlike.append(Merge(name, alias, "与名称不相像"))
    for _, name, cls in map(_texts, query.run(out, _NAMES).rows):
        if (name, cls) in carriers:
            carriers[name, cls].add(name)
    shared = [
        Merge(_listed(names), alias, "一名多指") for (alias, _), names in carriers.items() if len(names) > 1
    ]
    return [*dict.fromkeys([*learned, *shared, *unlike])]


def _listed(names: Iterable[str], last: Container[str] = ()) -> str:
    """Some names, those that are no ``last`` ones first."""
    ordered = sorted(names, key=lambda name: (name in last, name))
    return "、".join(ordered[:_NAMED]) + f" 等 {len(ordered)} 个" * (len(ordered) > _NAMED)


def alike(name: str, alias: str) -> bool:
    """Whether one name can be short for the other: its characters stand in the other in their order.

    >>> alike("中国科学院大学", "国科大"), alike("云川省社会科学院", "发展研究中心")
    (True, False)
    """
    one, other = _plain(name), _plain(alias)
    return _within(one, other) or _within(other, one)


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", bare(name)).casefold()


def apart(out: Path) -> list[Pair]:
    """Return the near-duplicates of a build that nothing joined, without those that a reviewer said are two."""
    names = [Named(e, name, _local(cls)) for e, name, cls in map(_texts, query.run(out, _NAMES).rows)]
    decided = {frozenset(_texts(row)) for row in query.run(out, _APART).rows}
    return list(near(names, decided))


def namesakes(out: Path, report: Mapping[str, Any]) -> list[Merge]:
    """Return the entities of one name and class that their owners or bodies tell apart; ``other`` names these.

    A generic name that has no owner but its document is nobody's double; a person may be. Those with most owners first.
    """
    documents = {row["id"] for row in report.get("documents") or ()}
    base = str(report.get("base", BASE))
    scopes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for e, name, cls in map(_texts, query.run(out, _NAMES).rows):
        key = key_of(e, base)
        if key is not None and (key.cls == "Person" or key.scope not in documents):
            scopes[name, _local(cls)].append(key.scope)
    several = {named: owners for named, owners in scopes.items() if len(owners) > 1}

    def owned(named: tuple[str, str]) -> tuple[int, tuple[str, str]]:
        return -len(set(several[named]) - documents), named

    return [
        Merge(f"{name}\t{cls}", _listed(several[name, cls], documents), "同名")
        for name, cls in sorted(several, key=owned)
    ]


def near(names: Iterable[Named], decided: Iterable[frozenset[str]] = ()) -> Iterator[Pair]:
    """Yield pairs of names that are near, each once, in a fixed order.

    >>> pair = near([Named("a", "云川省科学院", "Institution"), Named("b", "云川省科学园", "Institution")])
    >>> [one.why for one in pair]
    ['差一个字']
    """
    known = sorted(names, key=lambda n: (n.name, n.cls, n.iri))
    told = set(decided)
    blocks = (("去掉可省的字后相同", _short), ("差一个字", _deletions), ("同名而类别不同", _same))
    for why, block in blocks:
        for one, other in _pairs(known, block):
            both = frozenset((one.iri, other.iri))
            if both in told or (block is _deletions and _series(one.name, other.name)):
                continue
            told.add(both)
            cls = one.cls if one.cls == other.cls else f"{one.cls}/{other.cls}"
            yield Pair(one.name, other.name, cls, why)


def _pairs(names: Iterable[Named], block: Any) -> Iterator[tuple[Named, Named]]:
    blocks: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        for key in block(name):
            blocks[key].append(name)
    found = {
        (one, other) if (one.name, one.iri) <= (other.name, other.iri) else (other, one)
        for several in blocks.values()
        if 1 < len(several) <= _CROWD
        for one, other in combinations(several, 2)
        if (one.cls != other.cls if block is _same else one.name != other.name)
    }
    return iter(sorted(found, key=lambda pair: (pair[0].name, pair[1].name, pair[0].iri, pair[1].iri)))


def _same(named: Named) -> Iterator[str]:
    yield named.name


def _short(named: Named) -> Iterator[str]:
    key = _plain(reduced(bare(named.name)))
    if len(key) >= _SHORTEST:
        yield f"{named.cls}\t{key}"


def _deletions(named: Named) -> Iterator[str]:
    """The name, and the name without each of its characters."""
    name = named.name
    if _SHORTEST <= len(name) <= _LONGEST:
        yield f"{named.cls}\t{name}"
        yield from {f"{named.cls}\t{name[:i]}{name[i + 1 :]}" for i in range(len(name))}


def _series(one: str, other: str) -> bool:
    """Whether two names are told apart by a number, a letter or a direction, or are further than one edit."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if max(len(left), len(right)) > 1:
        return True
    if left and right and _PLACED.match(one, start + 1):  # 江州市… and 沧州市…
        return True
    return any(part and _SERIES.fullmatch(part) for part in (left, right))


def _texts(row: Iterable[object]) -> list[str]:
    return [str(getattr(term, "value", "")) for term in row]


def _local(name: str) -> str:
    local = name.rpartition("#")[2]
    return local if local in CLASSES else ""
