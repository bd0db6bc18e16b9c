"""Files: four readers agree, the same bytes whatever the order and the hash seed, a golden Turtle."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree as ET

import networkx
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph as RdflibGraph

from kg.errors import UsageError
from kg.export import FORMATS, evidence_triples, graph_triples, write
from kg.export.turtle import shortener, turtle
from kg.model import Entity, EntityKey, Graph
from kg.rdf import Literal, NamedNode, Triple, text
from tests.fixtures_graph import HOSTILE_NAMES, hostile_graph, sample_graph
from tests.readers import READERS

ROOT = Path(__file__).parents[2]
T = TypeVar("T")
GOLDEN = Path(__file__).parent / "golden"
GRAPHS = {"sample": sample_graph(), "hostile": hostile_graph(), "empty": Graph()}
#: A table is two files, and RDF is written twice, with the evidence.
TABLES = ("csv", "neo4j", "gephi")
RDF_FORMATS = [name for name, row in FORMATS.items() if row.rdf]
FILES = len(FORMATS) + len(TABLES) + len(RDF_FORMATS)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("evidence", [False, True], ids=["graph", "evidence"])
@pytest.mark.parametrize("name", GRAPHS)
def test_four_readers_read_the_triples_that_were_written(
    name: str, evidence: bool, reader: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.ttl"
    write(GRAPHS[name], path, evidence=evidence)
    stream = (evidence_triples if evidence else graph_triples)(GRAPHS[name])
    assert READERS[reader](path) == frozenset(map(str, stream))
    assert name == "empty" or len(stream) > 50


@pytest.mark.parametrize("evidence", [False, True], ids=["graph", "evidence"])
def test_the_turtle_of_the_sample_is_the_golden_file(evidence: bool, tmp_path: Path) -> None:
    name = "evidence.ttl" if evidence else "graph.ttl"
    write(sample_graph(), tmp_path / name, evidence=evidence)
    assert (tmp_path / name).read_text(encoding="utf-8") == (GOLDEN / name).read_text(encoding="utf-8")


def shuffled(graph: Graph, seed: int) -> Graph:
    """The same graph, every tuple of it in another order."""
    order = random.Random(seed)

    def mix(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(order.sample(items, len(items)))

    return replace(
        graph,
        documents=mix(graph.documents),
        sentences=mix(graph.sentences),
        entities=mix(graph.entities),
        references=mix(graph.references),
        statements=tuple(replace(s, evidence=mix(s.evidence)) for s in mix(graph.statements)),
    )


def all_files(graph: Graph, folder: Path) -> dict[str, bytes]:
    """The bytes of every format, evidence too."""
    folder.mkdir(exist_ok=True)
    for name, row in FORMATS.items():
        write(graph, folder / f"{row.stem}.{row.suffix}", name)
        if row.rdf:
            write(graph, folder / f"evidence.{row.suffix}", name, evidence=True)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", GRAPHS)
def test_the_order_of_the_input_is_of_no_matter(name: str, tmp_path: Path) -> None:
    one, other = (all_files(shuffled(GRAPHS[name], seed), tmp_path / str(seed)) for seed in (1, 2))
    assert {n for n in one if one[n] != other[n]} == set()
    assert len(one) == FILES


def test_two_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.export.test_formats import all_files, GRAPHS\n"
        "for name, graph in GRAPHS.items(): all_files(graph, Path(sys.argv[1]) / name)"
    )
    for seed in ("1", "2"):
        out = tmp_path / seed
        out.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(out)], check=True, env=environment, cwd=ROOT)
    one, other = (
        {path.relative_to(tmp_path / seed): path.read_bytes() for path in (tmp_path / seed).rglob("*.*")}
        for seed in ("1", "2")
    )
    assert one == other
    assert len(one) == 3 * FILES


@pytest.mark.parametrize("format_", RDF_FORMATS)
@pytest.mark.parametrize("name", GRAPHS)
def test_every_rdf_format_holds_the_same_triples(name: str, format_: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{FORMATS[format_].suffix}"
    write(GRAPHS[name], path, format_)
    known = pyoxigraph.RdfFormat.from_extension(FORMATS[format_].suffix)
    quads = list(pyoxigraph.parse(path=path, format=known))
    default = pyoxigraph.DefaultGraph()
    assert {str(q.triple) for q in quads if q.graph_name == default} == set(
        map(str, graph_triples(GRAPHS[name]))
    )
    assert (format_ in ("trig", "nq")) or all(q.graph_name == default for q in quads)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
@pytest.mark.parametrize(("format_", "theirs"), [("rdfxml", "xml"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_rdflib_reads_the_other_formats(format_: str, theirs: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    write(hostile_graph(), path, format_)
    assert len(RdflibGraph().parse(path, format=theirs)) == len(graph_triples(hostile_graph()))


def test_tables_hold_entities_and_relations(tmp_path: Path) -> None:
    graph = sample_graph()
    write(graph, tmp_path / "graph.csv", "csv")
    with (tmp_path / "graph-nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row["label"]: row for row in csv.DictReader(file)}
    with (tmp_path / "graph-edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    assert len(nodes) == len(graph.entities)
    assert nodes["云川数谷文化基金"]["amount"] == "6000000000.0"
    assert nodes["临溪算力中心"]["status"] == "planned"
    assert nodes["云川省"]["aliases"] == "云川|全省"
    assert {e["relation"] for e in edges} >= {"partOf", "issuedBy"}
    assert {e["source"] for e in edges} | {e["target"] for e in edges} <= {n["id"] for n in nodes.values()}


@pytest.mark.parametrize("name", GRAPHS)
def test_network_formats_open_again(name: str, tmp_path: Path) -> None:
    graph = GRAPHS[name]
    for format_ in ("graphml", "gexf", "cyjs"):
        write(graph, tmp_path / f"x.{format_}", format_)
    labels = {
        e.key.name.replace("\x00", "\ufffd").replace("\x07", "\ufffd").replace("\ud800", "\ufffd")
        for e in graph.entities
    }
    graphml = networkx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert {d["label"] for _, d in graphml.nodes(data=True)} == labels
    gexf = networkx.read_gexf(tmp_path / "x.gexf")
    assert set(gexf.nodes) == set(graphml.nodes)
    assert ET.parse(tmp_path / "x.gexf").getroot() is not None
    cyjs = json.loads((tmp_path / "x.cyjs").read_text(encoding="utf-8"))
    assert {n["data"]["name"] for n in cyjs["elements"]["nodes"]} == labels
    assert graphml.number_of_edges() == len(cyjs["elements"]["edges"]) == gexf.number_of_edges()


def test_no_file_names_the_day(tmp_path: Path) -> None:
    assert b"lastmodifieddate" not in all_files(sample_graph(), tmp_path)["graph.gexf"]


def test_another_base_changes_every_iri_of_a_thing(tmp_path: Path) -> None:
    base = "https://a.example/kg/"
    for evidence in (False, True):
        write(sample_graph(), tmp_path / "x.ttl", base=base, evidence=evidence)
        written = (tmp_path / "x.ttl").read_text(encoding="utf-8")
        assert "w3id.org/policykg/id" not in written
        assert f"@prefix fund: <{base}id/fund/> ." in written
        assert "@prefix kgo: <https://w3id.org/policykg/ontology#> ." in written


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no format 'docx'; there are ttl, nt, "):
        write(Graph(), tmp_path / "x", "docx")
    with pytest.raises(
        UsageError, match="gexf cannot hold the evidence alone; ttl, nt, nq, trig, jsonld and rdfxml can"
    ):
        write(Graph(), tmp_path / "x", "gexf", evidence=True)
    with pytest.raises(UsageError, match="--base"):
        write(Graph(), tmp_path / "x", base="nowhere")
    assert list(tmp_path.iterdir()) == []


#: Local name → whether Turtle takes it without an escape.
LOCAL = {
    "云川基金": True,
    "江州市:临溪县": True,
    "5G平台": True,
    "a%20b": True,
    "%41": True,
    "a.b": True,
    "a-b": True,
    "𠮷基金": True,
    "😀": True,
    "（甲）": True,
    "": False,
    "“丹霞”": False,
    "《规划》": False,
    "甲—乙": False,
    "-a": False,
    "a.": False,
    ".a": False,
    "·a": False,
    "a(b)": False,
    "a'b": False,
}


@pytest.mark.parametrize(("local", "short"), LOCAL.items())
def test_names_that_need_an_escape_stand_in_full(local: str, short: bool) -> None:
    written = shortener({"x": "http://x/"})(NamedNode(f"http://x/{local}"))
    assert written == (f"x:{local}" if short else f"<http://x/{local}>")


@given(st.text(min_size=1), st.text())
def test_any_text_survives_turtle(name: str, words: str) -> None:
    """Two readers find what was written, whatever the name and the words."""
    graph = Graph(entities=(Entity(EntityKey("Fund", name), (words,) if words else ()),))
    wanted = graph_triples(graph)
    data = "".join(turtle(wanted, {"fund": "https://w3id.org/policykg/id/fund/"}))
    assert {str(q.triple) for q in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE)} == set(
        map(str, wanted)
    )
    assert len(RdflibGraph().parse(data=data, format="turtle")) == len(set(wanted))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_text_stays_text(name: str) -> None:
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:b"), text(name))
    (quad,) = pyoxigraph.parse("".join(turtle([triple], {})), format=pyoxigraph.RdfFormat.TURTLE)
    assert quad.triple == triple


def test_rdf_type_is_a_word_only_where_a_verb_stands() -> None:
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    triples = [Triple(NamedNode("urn:a"), kind, kind), Triple(kind, NamedNode("urn:b"), kind)]
    text_ = "".join(turtle(triples, {}))
    assert "<urn:a> a <http" in text_
    assert len(RdflibGraph().parse(data=text_, format="turtle")) == 2


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        ("6000000000.0", "decimal", "6000000000.0"),
        ("-9.7", "decimal", "-9.7"),
        ("5", "decimal", '"5"^^xsd:decimal'),
        ("5.", "decimal", '"5."^^xsd:decimal'),
        ("12", "integer", "12"),
        ("1.0", "integer", '"1.0"^^xsd:integer'),
        ("2024", "gYear", '"2024"^^xsd:gYear'),
        ("x", "string", '"x"'),
    ],
)
def test_numbers_are_bare_when_turtle_reads_them_back(value: str, kind: str, written: str) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert shortener({"xsd": xsd})(Literal(value, datatype=NamedNode(xsd + kind))) == written
