"""A graph of any size about the invented province, in the form that ``kg build`` writes; the same size, the same bytes.

About 27 triples come from each relation: the relation itself, its statement, its share of sentences, mentions, entities.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path
from typing import Final, TextIO

from kg.export.iri import BASE
from kg.rdf import DCTERMS, KGO, PROV, RDF, SKOS, XSD

PLACES: Final = tuple(
    f"{name}{kind}"
    for name, kind in product("江临云溪砚丹墨稷澜赤", ("州市", "溪县", "川区", "阳市", "泽县"))
)
BRANDS: Final = tuple(
    a + b for a, b in product("砚稷澜赤青灵墨丹岚朔衡霁昭弘序启瑞源汇辰", "工川谷原岩坯纹枢图舟擎梭锋石光野")
)
FIELDS: Final = (
    "数字",
    "生物制造",
    "机器人",
    "新材料",
    "陶瓷",
    "文化旅游",
    "算力",
    "现代农业",
    "绿色能源",
    "低空经济",
)
HEADS: Final = {
    "Institution": ("研究院", "有限公司", "大学", "实验室"),
    "Platform": ("服务平台", "创新中心"),
    "Fund": ("产业基金", "天使投资基金"),
    "Project": ("示范工程", "建设项目"),
    "Policy": ("发展规划", "实施方案"),
    "Park": ("产业园", "开发区"),
    "Event": ("博览会", "大赛"),
    "Technology": ("大模型", "操作系统"),
}
#: Relation → classes of its subject and its object, and how the sentence says it.
RELATIONS: Final = (
    ("establishedBy", "Platform", "Institution", "{o}牵头设立{s}"),
    ("establishedBy", "Fund", "Institution", "{o}发起设立{s}"),
    ("partOf", "Fund", "Fund", "{s}是{o}的子基金"),
    ("partOf", "Institution", "Institution", "{s}隶属于{o}"),
    ("operatedBy", "Platform", "Institution", "{s}由{o}运营"),
    ("collaboratesWith", "Institution", "Institution", "{s}与{o}签署合作协议"),
    ("implementedBy", "Project", "Institution", "{o}承担{s}"),
    ("fundedBy", "Project", "Fund", "{s}获{o}出资"),
    ("issuedBy", "Policy", "Institution", "{o}印发《{s}》"),
    ("locatedIn", "Institution", "Place", "{s}位于{o}"),
    ("locatedIn", "Park", "Place", "{s}坐落在{o}"),
    ("organizedBy", "Event", "Institution", "{o}主办{s}"),
    ("developedBy", "Technology", "Institution", "{o}研发{s}"),
)
#: A prime, so that its multiples reach every combination.
_STRIDE: Final = 7_919


class Writer:
    """Writes N-Triples and counts them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.count = 0

    def say(self, subject: str, predicate: str, *objects: str) -> None:
        """Write a triple for each object; all are written as N-Triples write them."""
        for object_ in objects:
            self._file.write(f"{subject} {predicate} {object_} .\n")
            self.count += 1


def write(folder: Path, triples: int) -> tuple[Path, Path]:
    """Write graph.nt and evidence.nt of about so many triples together; return the paths."""
    paths = folder / "graph.nt", folder / "evidence.nt"
    rng = random.Random(triples)
    relations = triples // 27
    with paths[0].open("w", encoding="utf-8") as graph, paths[1].open("w", encoding="utf-8") as evidence:
        _write(Writer(graph), Writer(evidence), rng, relations)
    return paths


def _write(graph: Writer, evidence: Writer, rng: random.Random, relations: int) -> None:
    entities = _entities(graph, rng, max(200, relations // 2))
    for n in range(relations):
        predicate, cls, other, words = RELATIONS[n % len(RELATIONS)]
        at = rng.randrange(len(entities[cls]))
        s, o = entities[cls][at], _skewed(rng, entities[other])
        if predicate == "partOf":  # a tree: nothing is a part of itself
            o = entities[cls][at // 8]
        if s == o:
            continue
        graph.say(_entity(cls, s), _kgo(predicate), _entity(other, o))
        document = f"<{BASE}document/{n // 40:020x}>"
        if n % 40 == 0:
            _document(evidence, document, n // 40, rng)
        _evidence(evidence, n, document, (cls, s), predicate, (other, o), words)


def _entities(graph: Writer, rng: random.Random, size: int) -> dict[str, list[str]]:
    """Names by class; places are few, institutions most."""
    entities: dict[str, list[str]] = {"Place": list(PLACES)}
    for place in PLACES:
        _name(graph, "Place", place)
    shares = {"Institution": 0.4, "Fund": 0.1, "Project": 0.12, "Policy": 0.1, "Platform": 0.1, "Park": 0.06}
    for cls, heads in HEADS.items():
        names = list(islice(_names(heads), int(size * shares.get(cls, 0.06))))
        entities[cls] = names
        for name in names:
            _name(graph, cls, name)
            if cls in ("Fund", "Project") and rng.random() < 0.7:
                amount = rng.randrange(1, 500) * 10_000_000
                graph.say(_entity(cls, name), _kgo("amount"), f'"{amount}.0"^^<{XSD}decimal>')
            if cls in ("Event", "Policy"):
                date = f"{rng.randrange(2015, 2026)}-{rng.randrange(1, 13):02}"
                graph.say(_entity(cls, name), _kgo("date"), f'"{date}"^^<{XSD}gYearMonth>')
            if rng.random() < 0.1:
                graph.say(_entity(cls, name), f"<{SKOS}altLabel>", f'"{name[3:]}"@zh')
            if rng.random() < 0.03:
                graph.say(_entity(cls, name), _kgo("status"), _kgo("planned"))
    return entities


def _names(heads: tuple[str, ...]) -> Iterator[str]:
    """All combinations, neighbours unlike; then again with a number."""
    combinations = list(product(PLACES, BRANDS, FIELDS, heads))
    for number in count(1):
        numbered = "" if number == 1 else f"第{number}"
        for n in range(len(combinations)):
            place, brand, field, head = combinations[n * _STRIDE % len(combinations)]
            yield f"{place}{brand}{field}{numbered}{head}"


def _skewed(rng: random.Random, names: list[str]) -> str:
    """Few are spoken of often, most seldom."""
    return names[int(len(names) * rng.random() ** 3)]


def _name(graph: Writer, cls: str, name: str) -> None:
    graph.say(_entity(cls, name), f"<{RDF}type>", _kgo(cls))
    graph.say(_entity(cls, name), f"<{SKOS}prefLabel>", f'"{name}"@zh')


def _document(evidence: Writer, document: str, n: int, rng: random.Random) -> None:
    evidence.say(document, f"<{RDF}type>", _kgo("Document"))
    evidence.say(document, f"<{DCTERMS}identifier>", f'"text-{n:06}"')
    evidence.say(document, f"<{DCTERMS}title>", f'"{rng.choice(PLACES)}{rng.choice(FIELDS)}工作简报"@zh')


def _evidence(
    evidence: Writer,
    n: int,
    document: str,
    subject: tuple[str, str],
    predicate: str,
    object_: tuple[str, str],
    words: str,
) -> None:
    sentence, statement = f"<{BASE}sentence/{n:020x}>", f"<{BASE}statement/{n:020x}>"
    text = (
        words.format(s=subject[1], o=object_[1])
        + f"，项目编号{n}，推动{FIELDS[n % len(FIELDS)]}产业加快集聚。"
    )
    start = n % 40 * 80
    _span(evidence, sentence, "Sentence", text, start)
    evidence.say(sentence, _kgo("inDocument"), document)
    evidence.say(statement, f"<{RDF}type>", _kgo("Statement"))
    evidence.say(statement, f"<{RDF}subject>", _entity(*subject))
    evidence.say(statement, f"<{RDF}predicate>", _kgo(predicate))
    evidence.say(statement, f"<{RDF}object>", _entity(*object_))
    evidence.say(statement, f"<{PROV}wasDerivedFrom>", sentence)
    evidence.say(statement, _kgo("status"), _kgo("asserted"))
    evidence.say(statement, _kgo("confidence"), f'"0.{50 + n % 50}"^^<{XSD}decimal>')
    evidence.say(statement, _kgo("rule"), '"frame/generated"')
    for i, (cls, name) in enumerate((subject, object_)):
        mention = f"<{BASE}mention/{n * 2 + i:020x}>"
        _span(evidence, mention, "Mention", name, start + text.find(name))
        evidence.say(mention, _kgo("mentionOf"), _entity(cls, name))
        evidence.say(mention, _kgo("inSentence"), sentence)


def _span(evidence: Writer, node: str, cls: str, text: str, start: int) -> None:
    evidence.say(node, f"<{RDF}type>", _kgo(cls))
    evidence.say(node, _kgo("text"), f'"{text}"@zh')
    evidence.say(node, _kgo("start"), f'"{start}"^^<{XSD}integer>')
    evidence.say(node, _kgo("end"), f'"{start + len(text)}"^^<{XSD}integer>')


def _entity(cls: str, name: str) -> str:
    return f"<{BASE}id/{cls.lower()}/{name}>"


def _kgo(name: str) -> str:
    return f"<{KGO}{name}>"
