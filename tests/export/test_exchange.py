"""Formats for others, read by them: JSON-LD by PyLD, datasets by rdflib, RDF 1.2 by N3.js, GEXF by graphology."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from lxml import etree  # type: ignore[import-untyped]
from pyld import jsonld

from kg.export import evidence_triples, graph_triples, namespaces, write
from kg.export.datasets import by_document
from kg.export.iri import document_iri
from kg.export.jsonld import published
from kg.export.triples import identity_triples
from kg.model import Entity, EntityKey, Graph, Statement
from kg.ontology import Ontology, ontology_dir
from tests.fixtures_graph import hostile_graph, sample_graph
from tests.review.made import reviewed_graph
from tests.tools import need

GRAPHS = {
    "sample": sample_graph(),
    "hostile": hostile_graph(),
    "empty": Graph(),
    "reviewed": reviewed_graph(),
}
BASE = "https://a.example/kg/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
graphs = pytest.mark.parametrize("name", GRAPHS)


def _ntriples(text: str) -> set[str]:
    return {str(q.triple) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)}


# JSON-LD


@pytest.mark.parametrize("base", ["https://w3id.org/policykg/", BASE])
@pytest.mark.parametrize("evidence", [False, True], ids=["graph", "evidence"])
@graphs
def test_pyld_reads_the_triples_that_were_written(
    name: str, evidence: bool, base: str, tmp_path: Path
) -> None:
    write(GRAPHS[name], tmp_path / "x.jsonld", "jsonld", base, evidence=evidence)
    document = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    # PyLD writes IRIs and texts into N-Quads as they are: what has quotes is compared by the other readers
    read = jsonld.to_rdf(document, {"format": "application/n-quads"})
    triples = (evidence_triples if evidence else graph_triples)(GRAPHS[name], base)
    assert _ntriples(read) == set(map(str, triples))


@graphs
def test_json_ld_is_short_and_says_itself_what_it_means(name: str, tmp_path: Path) -> None:
    write(GRAPHS[name], tmp_path / "x.jsonld", "jsonld")
    document = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    assert document["@context"] == published()
    for node in document["graph"]:
        for key in node.keys() - {"id", "type"}:
            assert key in published(), key


def test_json_ld_expands_by_the_published_file_alone(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path / "x.jsonld", "jsonld")
    document = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    file = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))
    assert jsonld.expand({**document, **file}) == jsonld.expand(document)
    compacted = jsonld.compact(jsonld.expand(document), file)
    fund = next(n for n in compacted["graph"] if n["id"] == "fund:云川数谷文化基金")
    assert fund["partOf"] == "fund:“丹霞”基金"
    assert fund["amount"] == "6000000000.0"


def test_the_context_has_every_term_with_its_range() -> None:
    kinds = {
        "decimal": {"@type": "xsd:decimal"},
        "integer": {"@type": "xsd:integer"},
        "PlainLiteral": {"@language": "zh"},
    }
    for name, term in Ontology.load().terms.items():
        rule: dict[str, str] = {}
        if term.kind == "relation":
            rule = {"@type": "@vocab" if term.range[0] in ("Status", "Bound") else "@id"}
        elif term.kind == "fact":
            rule = kinds.get(term.range[0], {})
        assert published()[name] == ({"@id": f"kgo:{name}", **rule} if rule else f"kgo:{name}")
    assert {name: published()[name] for name in namespaces()} == namespaces()


# Datasets


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's own readers of datasets
@pytest.mark.parametrize(("format_", "theirs"), [("trig", "trig"), ("nq", "nquads")])
@graphs
def test_rdflib_reads_a_named_graph_a_document(name: str, format_: str, theirs: str, tmp_path: Path) -> None:
    graph = GRAPHS[name]
    write(graph, tmp_path / "x", format_)
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / "x", format=theirs)
    told = {str(g.identifier): _triples(g) for g in dataset.graphs() if len(g)}
    default = told.pop(str(dataset.default_graph.identifier), set())
    assert default == set(map(str, graph_triples(graph) + identity_triples(graph)))
    parts = {
        document_iri(document): set(map(str, graph_triples(part) + evidence_triples(part)))
        for document, part in by_document(graph)
    }
    assert told == parts
    assert name != "sample" or len(told) == 2


def _triples(graph: rdflib.Graph) -> set[str]:
    return _ntriples(graph.serialize(format="nt"))


def test_the_documents_together_say_what_the_graph_says() -> None:
    graph = sample_graph()
    said: set[str] = set()
    for _, part in by_document(graph):
        assert set(map(str, graph_triples(part))) <= set(map(str, graph_triples(graph)))
        said |= set(map(str, graph_triples(part)))
    assert said == set(map(str, graph_triples(graph)))


def test_a_statement_of_two_documents_stands_in_both_as_each_says_it() -> None:
    graph = sample_graph()
    one, other = (
        next(s for s in graph.statements if s.evidence[0].document == d.id) for d in graph.documents
    )
    weak = replace(other.evidence[0], confidence=0.25, rule="weak")
    both = replace(one, evidence=(*one.evidence, weak))
    parts = {d.id: part for d, part in by_document(replace(graph, statements=(both, *graph.statements[1:])))}
    here, there = (
        next(s for s in part.statements if (s.subject, s.predicate) == (one.subject, one.predicate))
        for part in parts.values()
    )
    assert here.confidence == one.confidence
    assert (there.confidence, there.evidence) == (0.25, (weak,))


# RDF 1.2


def _wanted(graph: Graph) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Triples that stay, and what each statement reifies."""
    told = evidence_triples(graph)
    about: dict[str, dict[str, str]] = {}
    for t in told:
        part = t.predicate.value.removeprefix(RDF_TYPE)
        if part in ("subject", "predicate", "object"):
            about.setdefault(str(t.subject), {})[part] = str(t.object)
    stay = {
        str(t)
        for t in graph_triples(graph) + told
        if t.predicate.value.removeprefix(RDF_TYPE) not in ("subject", "predicate", "object")
    }
    return stay, {(s, a["subject"], f"{a['predicate']} {a['object']}") for s, a in about.items()}


@graphs
def test_annotations_are_the_evidence_by_oxigraph(name: str, tmp_path: Path) -> None:
    write(GRAPHS[name], tmp_path / "x.ttl", "ttl12")
    plain, reified = set(), set()
    for quad in pyoxigraph.parse(path=tmp_path / "x.ttl", format=pyoxigraph.RdfFormat.TURTLE):
        inner = quad.object
        if isinstance(inner, pyoxigraph.Triple):
            assert quad.predicate.value == f"{RDF_TYPE}reifies"
            reified.add((str(quad.subject), str(inner.subject), f"{inner.predicate} {inner.object}"))
        else:
            plain.add(str(quad.triple))
    assert (plain, reified) == _wanted(GRAPHS[name])


@graphs
def test_annotations_are_read_alike_by_n3(name: str, tmp_path: Path) -> None:
    write(GRAPHS[name], tmp_path / "x.ttl", "ttl12")
    script = Path(__file__).with_name("rdf12.cjs")
    command = [str(need("node")), str(script), str(need("n3")), str(tmp_path / "x.ttl")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    ours = pyoxigraph.parse(path=tmp_path / "x.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    read = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert sorted(map(json.dumps, read)) == sorted(json.dumps(_term(quad.triple)) for quad in ours)


def _term(term: Any) -> Any:
    if isinstance(term, pyoxigraph.Triple):
        return [_term(term.subject), _term(term.predicate), _term(term.object)]
    if isinstance(term, pyoxigraph.Literal):
        return ["literal", term.value, term.language or term.datatype.value]
    return term.value


# Tables


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@graphs
def test_neo4j_headers_and_rows(name: str, tmp_path: Path) -> None:
    """As the manual of neo4j-admin's import has it: types in the headers, one line a row, arrays by semicolons."""
    write(GRAPHS[name], tmp_path / "x.csv", "neo4j")
    nodes, edges = _table(tmp_path / "x-nodes.csv"), _table(tmp_path / "x-edges.csv")
    text = (tmp_path / "x-nodes.csv").read_text(encoding="utf-8")
    assert text.count("\n") == len(nodes) + 1
    for head in (text.splitlines()[0] + "," + (tmp_path / "x-edges.csv").read_text().splitlines()[0]).split(
        ","
    ):
        assert re.fullmatch(r":(?:ID|LABEL|START_ID|END_ID|TYPE)|\w+(?::(?:string\[\]|double|int))?", head)
    ids = {row[":ID"] for row in nodes}
    assert len(ids) == len(nodes) == len(GRAPHS[name].entities)
    assert {row[":START_ID"] for row in edges} | {row[":END_ID"] for row in edges} <= ids
    assert all(not row["amount:double"] or Decimal(row["amount:double"]) >= 0 for row in nodes)
    if name == "sample":
        (place,) = [row for row in nodes if row["name"] == "云川省"]
        assert place["aliases:string[]"].split(";") == ["云川", "全省"]


def test_a_semicolon_in_a_name_splits_no_array(tmp_path: Path) -> None:
    graph = Graph(entities=(Entity(EntityKey("Fund", "甲"), ("a;b", "c\nd")),))
    write(graph, tmp_path / "x.csv", "neo4j")
    assert _table(tmp_path / "x-nodes.csv")[0]["aliases:string[]"].split(";") == ["a；b", "c d"]


@graphs
def test_gephi_tables_make_its_graph(name: str, tmp_path: Path) -> None:
    write(GRAPHS[name], tmp_path / "x.csv", "gephi")
    nodes, edges = _table(tmp_path / "x-nodes.csv"), _table(tmp_path / "x-edges.csv")
    assert all({"Id", "Label", "Start", "End"} <= row.keys() for row in nodes)
    assert {row["Type"] for row in edges} <= {"Directed", "Undirected"}
    assert {row["Source"] for row in edges} | {row["Target"] for row in edges} <= {n["Id"] for n in nodes}
    undirected = {row["Label"] for row in edges if row["Type"] == "Undirected"}
    assert undirected == ({"collaboratesWith"} if name in ("sample", "reviewed") else set())


# GEXF


@graphs
def test_gexf_is_valid_by_the_grammar(name: str, tmp_path: Path) -> None:
    write(GRAPHS[name], tmp_path / "x.gexf", "gexf")
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf.rng")))
    grammar.assertValid(etree.parse(tmp_path / "x.gexf"))


@graphs
def test_graphology_reads_gexf(name: str, tmp_path: Path) -> None:
    graph = GRAPHS[name]
    write(graph, tmp_path / "x.gexf", "gexf")
    script = Path(__file__).with_name("graphology.cjs")
    command = [str(need("node")), str(script), str(need("graphology")), str(tmp_path / "x.gexf")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    read = json.loads(done.stdout)
    assert len(read["nodes"]) == len(graph.entities)
    assert len(read["edges"]) == len([s for s in graph.statements if isinstance(s.object, EntityKey)])
    if name == "sample":
        said = {node["label"]: node for _, node in read["nodes"]}
        assert said["云川数谷文化基金"]["amount"] == 6e9
        assert said["临溪算力中心"]["status"] == "planned"


#: Class and facts of an entity → its time in GEXF.
TIMES = [
    ("Event", {"date": "2024-02"}, "2024-02-01", "2024-02-29"),
    ("Event", {"date": "2024"}, "2024-01-01", "2024-12-31"),
    ("Event", {"dateStart": "2024-09-10", "dateEnd": "2024-09-12"}, "2024-09-10", "2024-09-12"),
    ("Event", {"date": "2024-09", "dateStart": "2024-09-10"}, "2024-09-10", ""),
    ("Fund", {"date": "2021"}, "2021-01-01", ""),
    ("Policy", {"dateStart": "2023", "dateEnd": "2027"}, "2023-01-01", "2027-12-31"),
    ("Fund", {}, "", ""),
]


@pytest.mark.parametrize(("cls", "facts", "start", "end"), TIMES)
def test_time_is_as_exact_as_the_text(
    cls: str, facts: dict[str, str], start: str, end: str, tmp_path: Path
) -> None:
    key, evidence = EntityKey(cls, "甲"), sample_graph().statements[0].evidence
    statements = tuple(Statement(key, name, value, evidence) for name, value in facts.items())
    write(Graph(entities=(Entity(key),), statements=statements), tmp_path / "x.gexf", "gexf")
    (node,) = etree.parse(tmp_path / "x.gexf").iter("{*}node")
    assert (node.get("start", ""), node.get("end", "")) == (start, end)
