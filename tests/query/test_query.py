"""SPARQL over a folder or a file: prefixes, forms, formats, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from rdflib import Graph as RdflibGraph
from wcwidth import wcswidth

from kg.errors import FormatError, QueryError, UsageError
from kg.export import write
from kg.model import Graph
from kg.query import render, run
from kg.rdf import Store
from tests.fixtures_graph import hostile_graph, sample_graph
from tests.query.conftest import build

FUNDS = "SELECT ?name ?amount { ?f a kgo:Fund ; skos:prefLabel ?name . OPTIONAL { ?f kgo:amount ?amount } } ORDER BY ?name"


def test_prefixes_are_known_without_being_declared(sample: Path) -> None:
    asked = "ASK { fund:云川数谷文化基金 kgo:partOf ?whole ; rdf:type kgo:Fund }"
    assert run(sample, asked).boolean
    for prefix in (
        "rdfs",
        "xsd",
        "prov",
        "dcterms",
        "observation",
        "statement",
        "sentence",
        "mention",
        "document",
    ):
        run(sample, f"ASK {{ ?s {prefix}:x ?o }}")


def test_a_declared_prefix_wins(sample: Path) -> None:
    assert not run(sample, "PREFIX fund: <urn:x:> ASK { fund:云川数谷文化基金 kgo:partOf ?whole }").boolean


@pytest.mark.parametrize("named", [True, False], ids=["by report.json", "by the data"])
def test_the_base_of_the_build_is_respected(named: bool, tmp_path: Path) -> None:
    folder = build(sample_graph(), tmp_path / "out", "https://a.example/kg/")
    if not named:
        (folder / "report.json").unlink()
    for source in (folder, folder / "graph.ttl"):
        result = run(source, "SELECT ?whole { fund:云川数谷文化基金 kgo:partOf ?whole }")
        assert render(result) == "whole\n---------------\nfund:“丹霞”基金\n"
    assert len(run(folder, "mentions", params={"name": "fund:云川数谷文化基金"}).rows) == 1


@pytest.mark.parametrize("format_", ["ttl", "nt", "rdfxml"])
def test_a_file_answers_as_the_folder_does(format_: str, sample: Path, tmp_path: Path) -> None:
    path = tmp_path / {"ttl": "x.ttl", "nt": "x.nt", "rdfxml": "x.rdf"}[format_]
    write(sample_graph(), path, format_)
    assert run(path, FUNDS).rows == run(sample, FUNDS).rows
    assert len(run(path, "neighbourhood", params={"name": "云川省科学院"}).rows) == 3


def test_the_ontology_is_at_hand_but_not_in_the_way(sample: Path) -> None:
    counted = run(sample, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    lines = sum(len(RdflibGraph().parse(sample / f"{name}.ttl")) for name in ("graph", "evidence"))
    assert render(counted, "csv") == f"n\n{lines}\n"
    assert run(sample, "ASK { GRAPH <https://w3id.org/policykg/ontology> { kgo:Fund a ?x } }").boolean


def test_a_table_is_aligned_whatever_the_width_of_its_signs(sample: Path) -> None:
    written = render(run(sample, FUNDS))
    assert written == (
        "name                  amount\n"
        "----------------  ----------\n"
        "“丹霞”基金\n"
        "云川数谷文化基金  6000000000\n"
    )
    assert {wcswidth(line) for line in written.splitlines()} == {28, 10}


def test_csv_tsv_and_json_are_the_standards(sample: Path) -> None:
    result = run(sample, FUNDS)
    rows = list(csv.reader(io.StringIO(render(result, "csv"))))
    assert rows == [["name", "amount"], ["“丹霞”基金", ""], ["云川数谷文化基金", "6000000000"]]
    assert render(result, "tsv").splitlines()[0] == "?name\t?amount"
    assert '"云川数谷文化基金"@zh\t' in render(result, "tsv")
    data = json.loads(render(result, "json"))
    assert data["head"] == {"vars": ["name", "amount"]}
    assert data["results"]["bindings"][0] == {
        "name": {"type": "literal", "xml:lang": "zh", "value": "“丹霞”基金"}
    }


@pytest.mark.parametrize("fmt", ["table", "csv", "tsv", "json"])
@pytest.mark.parametrize(
    "query",
    [
        FUNDS,
        "SELECT ?x { ?x a <urn:none> }",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }",
        "DESCRIBE fund:云川数谷文化基金",
    ],
)
def test_every_form_has_every_format(query: str, fmt: str, sample: Path) -> None:
    written = render(run(sample, query), fmt)
    assert written.endswith("\n")
    assert "\r" not in written
    assert written == render(run(sample, query), fmt)


def test_ask_and_construct(sample: Path) -> None:
    yes, no = run(sample, "ASK { ?s a kgo:Fund }"), run(sample, "ASK { ?s a <urn:none> }")
    assert (render(yes), render(no)) == ("true\n", "false\n")
    assert json.loads(render(yes, "json")) == {"head": {}, "boolean": True}
    built = run(sample, "CONSTRUCT { ?f kgo:amount ?a } WHERE { ?f kgo:amount ?a }")
    assert render(built) == (
        "@prefix kgo: <https://w3id.org/policykg/ontology#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix fund: <https://w3id.org/policykg/id/fund/> .\n"
        "@prefix project: <https://w3id.org/policykg/id/project/> .\n\n"
        "fund:云川数谷文化基金\n    kgo:amount 6000000000.0 .\n\n"
        "project:云溪智算工程\n    kgo:amount 1250000000.5 .\n"
    )


def test_hostile_names_stay_in_their_cells(hostile: Path) -> None:
    result = run(hostile, "SELECT ?n { ?e skos:prefLabel ?n }")
    lines = render(result).splitlines()
    assert len(lines) == 2 + 15
    assert all(line.isprintable() for line in lines)
    assert len(list(csv.reader(io.StringIO(render(result, "csv"))))) == 1 + 15
    assert len(render(result, "tsv").splitlines()) == 1 + 15
    assert render(run(hostile, 'SELECT ("\\u001b[31mred\\u0007" AS ?x) { }')) == "x\n---------\n [31mred\n"


#: A query → line and column of the wrong word, what is said of it.
WRONG = {
    "SELECT * {\n  ?s ?p ?o\n  FILTER(?x > )\n}": (3, 15, "')' cannot stand here"),
    "SELEKT * { ?s ?p ?o }": (1, 1, "'SELEKT' cannot stand here"),
    "SELECT * { ?s ?p ?o": (1, 20, "the query ends too early"),
    "SELECT * { ?s ?p ?o }\n}\n": (2, 1, "'}' cannot stand here"),
    "SELECT * WHERE ?s ?p ?o }": (1, 16, "'?s' cannot stand here"),
    'SELECT * { ?s rdfs:label "云川 . }': (1, 26, "'\"' cannot stand here"),
    "SELECT * { ?s ?p '''云\n川''' \n . ?s a b }": (3, 9, "'b' cannot stand here"),
    "SELECT ?x { ?x a kgo:Fund } ORDER ?x": (1, 35, "'?x' cannot stand here"),
    "# 甲\nSELECT ?a { ?a a kgo:Fund FILTER(?a || ) }": (2, 40, "')' cannot stand here"),
    "SELECT * { ?s 马:bar ?o }": (1, 15, "the prefix 马: is not declared"),
    'SELECT * { ?s rdfs:label "云川" . ?s foo:bar ?x }': (1, 36, "the prefix foo: is not declared"),
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } !": (1, 7, "SERVICE is refused"),
    "SELECT * { ?service ! }": (1, 23, "'}' cannot stand here"),
}


@pytest.mark.parametrize(("query", "wrong"), WRONG.items())
def test_a_wrong_query_shows_where(query: str, wrong: tuple[int, int, str], sample: Path) -> None:
    with pytest.raises(QueryError) as caught:
        run(sample, query)
    line, column, message = wrong
    assert message in str(caught.value)
    if "SERVICE" in message:
        return
    assert (caught.value.line, caught.value.column) == (line, column)
    _, shown, caret = str(caught.value).split("\n")
    assert shown == query.split("\n")[line - 1]
    assert wcswidth(caret) == wcswidth(shown[: column - 1]) + 1


def test_the_whole_message(sample: Path) -> None:
    with pytest.raises(QueryError) as caught:
        run(sample, "SELECT ?x {\n  ?x skos:prefLabel “云川” }")
    assert str(caught.value) == (
        "line 2, column 21: '“' cannot stand here\n  ?x skos:prefLabel “云川” }\n                    ^"
    )


def test_an_empty_query_is_refused(sample: Path) -> None:
    with pytest.raises(QueryError, match=r"^the query is empty$"):
        run(sample, " \n")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <urn:a> DELETE { ?s ?p ?o } INSERT { ?s ?p a:b } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <urn:a>",
        "LOAD <http://127.0.0.1:9/>",
    ],
)
def test_an_update_is_refused(update: str, sample: Path) -> None:
    before = (sample / "graph.ttl").read_bytes(), run(sample, "overview").rows
    with pytest.raises(QueryError, match="updates are refused"):
        run(sample, update)
    assert ((sample / "graph.ttl").read_bytes(), run(sample, "overview").rows) == before


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that writes down every request."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"y"}}]}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", seen
    server.shutdown()
    thread.join()
    server.server_close()


SENDING = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <URL> { ?s ?p ?o } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c . OPTIONAL { { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "PREFIX service: <URL> SELECT * { SERVICE service: { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:{ ?s ?p ?o } }",
    "SELECT * { # SERVICE\n SERVICE#\n<URL>#\n{ ?s ?p ?o } }",
    # what a reader that undoes escapes first takes for a comment
    'SELECT * { BIND("\\u0022 #" AS ?x) SERVICE <URL> { ?s ?p ?o }\n}',
    "SELECT * { ?a <urn:x\\u00e9#> ?b . SERVICE <URL> { ?s ?p ?o }\n}",
]


@pytest.mark.parametrize("query", SENDING)
def test_service_is_refused_before_anything_is_sent(
    query: str, sample: Path, endpoint: tuple[str, list[str]]
) -> None:
    url, seen = endpoint
    with pytest.raises(QueryError, match="SERVICE is refused"):
        run(sample, query.replace("URL", url))
    assert seen == []


@pytest.mark.parametrize(
    "query", ["SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }", "SELECT * { S\\U00000045RVICE <URL> {} }"]
)
def test_an_escaped_keyword_is_none(query: str, sample: Path, endpoint: tuple[str, list[str]]) -> None:
    """The engine undoes no escapes outside of strings and IRIs; should it begin to, we refuse all the same."""
    url, seen = endpoint
    with pytest.raises(QueryError):
        run(sample, query.replace("URL", url))
    with pytest.raises(SyntaxError):
        Store().query(query.replace("URL", url))
    assert seen == []


HARMLESS = [
    'SELECT ?x { BIND("SERVICE <http://a.example/> {" AS ?x) }',
    "SELECT ?x { BIND('''\nSERVICE''' AS ?x) }",
    "SELECT ?service { VALUES ?service { 1 } } # SERVICE <http://a.example/> { }",
    "PREFIX service: <urn:service:> SELECT ?x { VALUES ?x { service:service <urn:SERVICE> } }",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_alone_is_no_service(query: str, sample: Path) -> None:
    assert run(sample, query).rows


def test_service_works_when_it_is_allowed(sample: Path, endpoint: tuple[str, list[str]]) -> None:
    url, seen = endpoint
    result = run(sample, f"SELECT ?x {{ SERVICE <{url}> {{ ?s ?p ?x }} }}", allow_service=True)
    assert render(result, "csv") == "x\ny\n"
    assert seen == ["/sparql"]


def test_a_service_that_fails_is_one_sentence(sample: Path) -> None:
    with pytest.raises(QueryError, match="could not be answered"):
        run(sample, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", allow_service=True)


def test_sources_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no folder and no file"):
        run(tmp_path / "none", FUNDS)
    with pytest.raises(QueryError, match="holds no graph; make one with: kg build"):
        run(tmp_path, FUNDS)
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix a: <urn:a:> .\na:b a:c .\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"broken\.ttl: not RDF that can be read: .*line 2"):
        run(broken, FUNDS)
    binary = tmp_path / "binary.ttl"
    binary.write_bytes(b"\x00\xff\xfe" * 100)
    with pytest.raises(FormatError):
        run(binary, FUNDS)


def test_an_unknown_format_names_the_known(sample: Path) -> None:
    with pytest.raises(UsageError, match="no format 'xml'; there are table, csv, tsv, json"):
        render(run(sample, FUNDS), "xml")


def test_an_empty_graph_answers_every_question(tmp_path: Path) -> None:
    folder = build(Graph(), tmp_path / "out")
    assert render(run(folder, "funds")).splitlines()[0].split() == [
        "fund",
        "amount",
        "parent",
        "founder",
        "manager",
    ]
    assert len(run(folder, "overview").rows) == 0


def test_a_hostile_title_does_not_break_a_file(tmp_path: Path) -> None:
    write(hostile_graph(), tmp_path / "evidence.ttl", evidence=True)
    result = run(tmp_path / "evidence.ttl", "SELECT ?t { ?d dcterms:title ?t }")
    assert [str(t) for (t,) in result.rows] == ['"<b>\\"\'&"@zh']
