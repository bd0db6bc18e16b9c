"""kg diff: what changed is told in words, and the patch turns the one graph into the other, in two engines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.diff import compare, patch, render
from kg.errors import FormatError, UsageError
from kg.export import namespaces, write
from kg.model import Entity, EntityKey, Graph, Observation, Status
from tests.cli.shell import ARTICLE, SECOND, kg
from tests.fixtures_graph import hostile_graph, sample_graph

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in namespaces().items())
BEFORE = """
fund:云川基金 a kgo:Fund ; skos:prefLabel "云川基金"@zh ; kgo:status kgo:planned ;
    kgo:establishedBy place:云川省 ; kgo:partOf fund:总基金 ; kgo:amount 2000000000.0 ; kgo:date "2023"^^xsd:gYear .
fund:总基金 a kgo:Fund ; skos:prefLabel "总基金"@zh .
place:云川省 a kgo:Place ; skos:prefLabel "云川省"@zh .
observation:1 a kgo:Observation ; kgo:observationOf place:云川省 ; rdfs:label "5G基站"@zh ; kgo:value 120000.0 ;
    kgo:unit "个" ; kgo:time "2023"^^xsd:gYear .
<urn:x> <urn:y> 1 .
"""

#: What is replaced in BEFORE by what → the changes: change, kind and words.
CASES: dict[str, tuple[dict[str, str], list[tuple[str, str, str]]]] = {
    "nothing": ({}, []),
    "other spelling": ({"2000000000.0": '"2000000000.0"^^xsd:decimal', " .\n": "\n.\n"}, []),
    "amount": (
        {"2000000000.0": "3000000000.0"},
        [("changed", "fact", "云川基金：金额 2,000,000,000元 → 3,000,000,000元")],
    ),
    "date gone": ({' ; kgo:date "2023"^^xsd:gYear': ""}, [("removed", "fact", "云川基金：日期 2023")]),
    "relation": (
        {"kgo:partOf fund:总基金": "kgo:fundedBy fund:总基金"},
        [
            ("removed", "relation", "云川基金 —隶属于→ 总基金"),
            ("added", "relation", "云川基金 —出资方→ 总基金"),
        ],
    ),
    "built at last": ({" ; kgo:status kgo:planned": ""}, [("changed", "entity", "云川基金：状态 计划 → 无")]),
    "another name beside": (
        {'"总基金"@zh': '"总基金"@zh ; skos:altLabel "总的"@zh'},
        [("changed", "entity", "总基金：别名 无 → 总的")],
    ),
    "renamed": (
        {"fund:总基金": "fund:云川总基金", '"总基金"@zh': '"云川总基金"@zh ; skos:altLabel "总基金"@zh'},
        [
            ("changed", "entity", "云川总基金：别名 无 → 总基金"),
            ("changed", "entity", "云川总基金：名称 总基金 → 云川总基金"),
        ],
    ),
    "another class": (
        {
            "fund:总基金 a kgo:Fund": "project:总基金 a kgo:Project",
            "kgo:partOf fund:总基金": "kgo:partOf project:总基金",
        },
        [("changed", "entity", "总基金：类别 基金 → 项目")],
    ),
    "figure": (
        {"120000.0": "169000.0 ; kgo:bound kgo:over", "observation:1": "observation:2"},
        [("changed", "figure", "云川省：5G基站 120,000个（2023） → 超169,000个（2023）")],
    ),
    "figure of another year": (
        {'kgo:time "2023"': 'kgo:time "2024"', "observation:1": "observation:2"},
        [
            ("removed", "figure", "云川省：5G基站 120,000个（2023）"),
            ("added", "figure", "云川省：5G基站 120,000个（2024）"),
        ],
    ),
    "entity": (
        {'\nplace:云川省 a kgo:Place ; skos:prefLabel "云川省"@zh .': ""},
        [("removed", "entity", "云川省（地点）")],
    ),
    "what we do not know": (
        {"<urn:y> 1": "<urn:y> 2"},
        [("removed", "triple", "<urn:x> <urn:y> 1"), ("added", "triple", "<urn:x> <urn:y> 2")],
    ),
}


def _other(changes: dict[str, str]) -> str:
    text = BEFORE
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def applied(before: Path, update: str, graph: str = "") -> set[str]:
    """What the file holds after the update, by Oxigraph."""
    store = pyoxigraph.Store()
    name = pyoxigraph.NamedNode(graph) if graph else pyoxigraph.DefaultGraph()
    store.load(path=before, format=pyoxigraph.RdfFormat.TURTLE, to_graph=name)
    if update:
        store.update(update)
    assert set(store.named_graphs()) <= ({name} if graph else set())
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, name)}


def holds(path: Path) -> set[str]:
    return applied(path, "")


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES)
def test_changes_are_told_in_words_and_patched(
    changes: dict[str, str], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    one.write_text(HEAD + BEFORE, encoding="utf-8")
    other.write_text(HEAD + _other(changes), encoding="utf-8")
    found = compare(one, other)
    assert [(c.change, c.kind, c.words) for c in found.changes] == expected
    assert bool(found) == bool(expected)
    assert applied(one, patch(found)) == holds(other)
    assert applied(other, patch(compare(other, one))) == holds(one)
    assert applied(one, patch(found, "urn:g"), "urn:g") == holds(other)


def _other_amount(graph: Graph) -> Graph:
    changed = tuple(
        replace(s, object=s.object + 1) if isinstance(s.object, Decimal) else s for s in graph.statements
    )
    return replace(graph, statements=changed)


def _other_figure(graph: Graph) -> Graph:
    changed = tuple(
        replace(s, object=replace(s.object, value=s.object.value * 2))
        if isinstance(s.object, Observation)
        else s
        for s in graph.statements
    )
    return replace(graph, statements=changed)


#: A graph of the model → another one: whatever an output can hold, the patch leads from one to the other.
EDITS: dict[str, Callable[[Graph], Graph]] = {
    "same": lambda graph: graph,
    "emptied": lambda graph: Graph(),
    "amounts": _other_amount,
    "figures": _other_figure,
    "half of the statements": lambda graph: replace(graph, statements=graph.statements[::2]),
    "built": lambda graph: replace(graph, planned=frozenset()),
    "one more": lambda graph: replace(
        graph, entities=(*graph.entities, Entity(EntityKey("Fund", '新"基金'), ("新\\基",)))
    ),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("graph", [sample_graph(), hostile_graph()], ids=["sample", "hostile"])
def test_the_patch_makes_one_graph_the_other_in_two_engines(graph: Graph, edit: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    write(graph, one)
    write(EDITS[edit](graph), other)
    update = render(compare(one, other), "patch")
    assert bool(update) == (one.read_bytes() != other.read_bytes())
    assert applied(one, update) == holds(other)
    ours = rdflib.Graph().parse(one)
    if update:
        ours.update(update)
    assert isomorphic(ours, rdflib.Graph().parse(other))


def test_every_edit_is_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    write(sample_graph(), one)
    for name, edit in EDITS.items():
        write(edit(sample_graph()), other)
        assert bool(compare(one, other).changes) == (name != "same"), name


def test_evidence_that_changed_is_told(tmp_path: Path) -> None:
    graph = sample_graph()
    first, *rest = graph.statements
    grounds = tuple(replace(e, confidence=0.5, rule="other", status=Status.PLANNED) for e in first.evidence)
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, what in (
        (one, graph),
        (other, replace(graph, statements=(replace(first, evidence=grounds), *rest))),
    ):
        folder.mkdir()
        write(what, folder / "graph.ttl")
        write(what, folder / "evidence.ttl", evidence=True)
    assert not compare(one, other)
    found = compare(one, other, evidence=True)
    assert [(c.change, c.kind) for c in found.changes] == [("changed", "statement")]
    assert "状态 已述 → 计划；规则 " in found.changes[0].words
    assert " → 0.5；" in found.changes[0].words


def test_blank_nodes_are_compared_by_what_they_say(tmp_path: Path) -> None:
    one, same, other = (tmp_path / f"{name}.ttl" for name in ("one", "same", "other"))
    one.write_text("<urn:a> <urn:b> [ <urn:c> 1 ] . <urn:d> <urn:e> 1 .", encoding="utf-8")
    same.write_text("_:x <urn:c> 1 . <urn:a> <urn:b> _:x . <urn:d> <urn:e> 2 .", encoding="utf-8")
    other.write_text("<urn:a> <urn:b> [ <urn:c> 2 ] . <urn:d> <urn:e> 1 .", encoding="utf-8")
    assert "_:" not in patch(compare(one, same))
    assert len(compare(one, other).changes) == 2
    with pytest.raises(UsageError, match="blank nodes"):
        patch(compare(one, other))


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> a x:b .", encoding="utf-8")
    (tmp_path / "good.ttl").write_text("<urn:a> a <urn:b> .", encoding="utf-8")
    with pytest.raises(FormatError, match=r"bad\.ttl: line 1, column 11: The prefix x: "):
        compare(tmp_path / "good.ttl", tmp_path / "bad.ttl")
    with pytest.raises(UsageError, match=r"no\.ttl"):
        compare(tmp_path / "good.ttl", tmp_path / "no.ttl")
    with pytest.raises(UsageError, match="table, csv, tsv, json, patch"):
        render(compare(tmp_path / "good.ttl", tmp_path / "good.ttl"), "pdf")


def test_two_builds_by_the_command(tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    outs = []
    for name, words in (("a", ARTICLE), ("b", ARTICLE.replace("总规模60亿元", "总规模80亿元") + SECOND)):
        text.write_text(words, encoding="utf-8")
        outs.append(tmp_path / name)
        assert kg("build", text, "--out", outs[-1], "-q").code == 0
    table = kg("diff", *outs)
    assert table.code == 0
    assert "改动  事实  云川数谷文化基金：金额 6,000,000,000元 → 8,000,000,000元" in table.out
    assert "新增  关系  第三届云川数字博览会 —主办方→ 云川省人民政府" in table.out
    assert table.out.splitlines()[-1].startswith("新增 ")
    rows = list(csv.DictReader(io.StringIO(kg("diff", *outs, "-f", "csv").out)))
    told = json.loads(kg("diff", *outs, "-f", "json").out)
    assert rows == told["changes"]
    assert {row["change"] for row in rows} == {"added", "changed"}
    update = kg("diff", *outs, "-f", "patch").out
    assert applied(outs[0] / "graph.ttl", update) == holds(outs[1] / "graph.ttl")
    both = kg("diff", *outs, "-f", "patch", "--evidence").out
    assert applied(outs[0] / "evidence.ttl", both) >= holds(outs[1] / "evidence.ttl")
    assert "文档  article：SHA-256" in kg("diff", *outs, "--evidence").out
    assert kg("diff", *outs, "--exit-code").code == 1
    assert kg("diff", outs[0], outs[0], "--exit-code") == (0, "没有不同\n", "")
    assert kg("diff", outs[0], outs[0], "-f", "patch").out == ""
