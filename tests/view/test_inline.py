"""What is written into the file: hashes, escapes, the same bytes every time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from kg.export.iri import BASE
from kg.export.triples import evidence_triples
from kg.model import Graph
from kg.view.inline import bundle, json_pieces, pack, to_json
from kg.view.labels import classes, predicates
from kg.view.network import script
from kg.view.page import render
from kg.view.payload import payload
from tests.fixtures_graph import hostile_graph, sample_graph
from tests.tools import ROOT


class Reader(HTMLParser):
    """Tags of the file and the text of its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if tag in self.raw:
            self.raw[tag].append("")
        assert not any(name.startswith("on") or name == "src" for name in given), given

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in self.raw:
            self.raw[self.cdata_elem][-1] += data


def parsed(graph: Graph) -> Reader:
    reader = Reader()
    reader.feed(render(graph, base=BASE))
    return reader


@pytest.mark.parametrize("make", [sample_graph, hostile_graph, Graph])
def test_each_script_and_style_stands_in_the_policy_and_nothing_else(make: type[Graph]) -> None:
    reader = parsed(make())
    data, *scripts = reader.raw["script"]
    assert len(scripts) == 2
    allowed = set(re.findall(r"'(sha256-[^']+)'", reader.policy))
    for text in (*scripts, *reader.raw["style"]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        allowed.remove(f"sha256-{digest}")
    assert not allowed
    assert reader.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in reader.policy
    assert json.loads(data)["format"] == 1


def test_hostile_names_make_no_tag() -> None:
    assert parsed(hostile_graph()).tags == parsed(Graph()).tags


def test_the_data_says_what_the_graph_says() -> None:
    graph = sample_graph()
    data = json.loads(to_json(payload(graph, base=BASE)))
    assert len(data["entities"]) == len(graph.entities)
    for row, statement in zip(data["statements"], graph.statements, strict=True):
        assert data["entities"][row["subject"]]["name"] == statement.subject.name
        for quoted, evidence in zip(row["evidence"], statement.evidence, strict=True):
            document = data["documents"][quoted["document"]]
            start, end = quoted["span"]
            assert (
                document["text"][start:end] == graph.documents[quoted["document"]].text[slice(*evidence.span)]
            )


def test_statements_have_the_iris_of_the_evidence_file() -> None:
    graph = sample_graph()
    iris = {row["iri"] for row in payload(graph, base=BASE)["statements"]}
    written = {str(t.subject)[1:-1] for t in evidence_triples(graph, BASE) if "/statement/" in str(t.subject)}
    assert len(iris) == len(graph.statements)
    assert iris <= written


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_same_graph_same_bytes(seed: str) -> None:
    code = (
        "import hashlib; from kg.view.page import render; from tests.fixtures_graph import sample_graph;"
        f"print(hashlib.sha256(render(sample_graph(), base={BASE!r}).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == hashlib.sha256(render(sample_graph(), base=BASE).encode()).hexdigest()


def test_the_script_is_the_vendored_vis_network_with_its_licence() -> None:
    text = script()
    vendored = (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    assert vendored.startswith(text)
    assert "@license" in text[:1000]
    assert "MIT" in text[:1000]
    assert "sourceMappingURL" not in text
    assert "</script" not in text.lower()
    assert "eval(" not in text


def test_packing_depends_on_the_text_alone() -> None:
    pieces = ["云川", "", "省" * 1000, "😀"]
    packed = "".join(pack(pieces))
    assert packed == "".join(pack(["".join(pieces)]))
    assert gzip.decompress(base64.b64decode(packed)).decode() == "".join(pieces)


def test_json_in_pieces_is_the_json_of_the_whole() -> None:
    data = {"a": [1, {"b": None}], "c": "云<", "d": []}
    assert "".join(json_pieces({"a": iter(data["a"]), "c": "云<", "d": iter(())})) == to_json(data)
    assert "".join(json_pieces({})) == "{}"


def test_the_bundle_holds_every_module_once() -> None:
    modules = {
        p.name.removesuffix(".js") for p in (files("kg.view") / "static").iterdir() if p.name.endswith(".js")
    }
    text = bundle()
    for name in modules:
        assert text.count(f"const ${name} = ") == 1, name
    assert not re.search(r"^(import|export) ", text, re.M)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|new Function|\beval\b", text
    )


def test_every_class_and_predicate_is_named_in_both_languages() -> None:
    for row in classes():
        assert row["zh"] != row["class"]
        assert row["en"]
    assert len({row["shape"] for row in classes()}) == 10
    for said in predicates():
        for lang in ("zh", "en"):
            assert {"{s}", "{o}"} <= set(re.findall(r"\{.\}", str(said[f"{lang}_sentence"])))
