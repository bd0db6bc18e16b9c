"""The SPARQL 1.1 Protocol as a client sees it, after the cases of the W3C's protocol test suite."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from rdflib import Graph

from tests.serve.service import Service

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ONTOLOGY = "https://w3id.org/policykg/ontology"
ASK = "ASK { ?f a kgo:Fund }"
SELECT = "SELECT ?f ?n { ?f a kgo:Fund ; skos:prefLabel ?n } ORDER BY ?n"
CONSTRUCT = "CONSTRUCT { ?f a kgo:Fund } WHERE { ?f a kgo:Fund }"
FUNDS = ["“丹霞”基金", "云川数谷文化基金"]


def form(**fields: Any) -> bytes:
    return urlencode({k.replace("_", "-"): v for k, v in fields.items()}, doseq=True).encode()


def test_query_by_get(service: Service) -> None:
    answer = service.ask(query=ASK)
    assert (answer.status, answer.type) == (200, "application/sparql-results+json")
    assert json.loads(answer.text) == {"head": {}, "boolean": True}


def test_query_by_post_form(service: Service) -> None:
    answer = service.ask(method="POST", body=form(query=ASK), Content_Type=f"{FORM}; charset=utf-8")
    assert json.loads(answer.text)["boolean"] is True


def test_query_by_post_directly(service: Service) -> None:
    answer = service.ask(method="POST", body=SELECT.encode(), Content_Type=f"{DIRECT}; charset=UTF-8")
    rows = json.loads(answer.text)["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == FUNDS


@pytest.mark.parametrize("method", ["GET", "form", "direct"])
@pytest.mark.parametrize(
    ("graphs", "query", "expected"),
    [
        ({}, "ASK { kgo:Fund a ?c }", False),
        ({"default-graph-uri": [ONTOLOGY]}, "ASK { kgo:Fund a ?c }", True),
        ({"default-graph-uri": [ONTOLOGY]}, ASK, False),
        ({"default-graph-uri": ["urn:none", ONTOLOGY]}, "ASK { kgo:Fund a ?c }", True),
        ({"default-graph-uri": ["urn:none"]}, "ASK { ?s ?p ?o }", False),
        ({"named-graph-uri": [ONTOLOGY]}, "ASK { GRAPH ?g { kgo:Fund a ?c } }", True),
        ({"named-graph-uri": [ONTOLOGY]}, "ASK { ?s ?p ?o }", False),
        ({"named-graph-uri": ["urn:none"]}, "ASK { GRAPH ?g { ?s ?p ?o } }", False),
        ({"default-graph-uri": [ONTOLOGY]}, "ASK { GRAPH ?g { ?s ?p ?o } }", False),
        # the request's dataset stands in place of the query's
        ({"default-graph-uri": [ONTOLOGY]}, "ASK FROM <urn:none> { kgo:Fund a ?c }", True),
        ({}, f"ASK FROM <{ONTOLOGY}> {{ kgo:Fund a ?c }}", True),
        ({}, f"ASK FROM NAMED <{ONTOLOGY}> {{ GRAPH ?g {{ kgo:Fund a ?c }} }}", True),
    ],
)
def test_the_dataset(
    method: str, graphs: dict[str, list[str]], query: str, expected: bool, service: Service
) -> None:
    if method == "GET":
        answer = service.ask(f"/sparql?{urlencode({'query': query, **graphs}, doseq=True)}")
    elif method == "form":
        answer = service.ask(method="POST", body=form(query=query, **graphs), Content_Type=FORM)
    else:
        address = f"/sparql?{urlencode(graphs, doseq=True)}"
        answer = service.ask(address, method="POST", body=query.encode(), Content_Type=DIRECT)
    assert json.loads(answer.text)["boolean"] is expected


#: What is wrong → the request, its status, words of its sentence.
WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "two queries": ({"path": "/sparql?query=ASK%7B%7D&query=ASK%7B%7D"}, 400, "holds one query"),
    "two in form": (
        {"method": "POST", "body": b"query=ASK%7B%7D&query=ASK%7B%7D", "Content_Type": FORM},
        400,
        "holds one query",
    ),
    "twice": (
        {"path": "/sparql?query=ASK%7B%7D", "method": "POST", "body": b"ASK{}", "Content_Type": DIRECT},
        400,
        "send one",
    ),
    "no query": ({"method": "POST", "body": b"x=1", "Content_Type": FORM}, 400, "holds no query"),
    "graphs alone": ({"path": "/sparql?default-graph-uri=urn:x"}, 400, "holds no query"),
    "no media type": ({"method": "POST", "body": ASK.encode()}, 415, "a query is posted as"),
    "other media type": (
        {"method": "POST", "body": ASK.encode(), "Content_Type": "text/plain"},
        415,
        "posted as",
    ),
    "charset": (
        {"method": "POST", "body": ASK.encode("utf-16"), "Content_Type": f"{DIRECT}; charset=utf-16"},
        415,
        "UTF-8",
    ),
    "bytes": ({"method": "POST", "body": b"ASK { ?s ?p '\xff' }", "Content_Type": DIRECT}, 400, "not UTF-8"),
    "escapes": ({"path": "/sparql?query=ASK%7B%FF%7D"}, 400, "not UTF-8"),
    "syntax": ({"query": "ASK { ?s ?p }"}, 400, "line 1, column 13: '}' cannot stand here"),
    "empty": ({"query": " "}, 400, "the query is empty"),
    "graph": ({"path": "/sparql?query=ASK%7B%7D&default-graph-uri=x%20y"}, 400, "no absolute IRI"),
    "method": ({"method": "PUT", "body": ASK.encode(), "Content_Type": DIRECT}, 405, "no such method"),
    "delete": ({"method": "DELETE"}, 405, "no such method"),
    "accept": ({"query": ASK, "Accept": "image/png"}, 406, "application/sparql-results+json, application/"),
    "accept of a graph": ({"query": CONSTRUCT, "Accept": "text/csv"}, 406, "text/turtle"),
    "refused by q": ({"query": ASK, "Accept": "*/*;q=0"}, 406, "there are"),
    "update by form": (
        {"method": "POST", "body": b"update=CLEAR+ALL", "Content_Type": FORM},
        403,
        "updates are",
    ),
    "update directly": (
        {"method": "POST", "body": b"CLEAR ALL", "Content_Type": "application/sparql-update"},
        403,
        "updates are refused",
    ),
    "update by get": ({"path": "/sparql?update=CLEAR+ALL"}, 403, "updates are refused"),
    "update as query": ({"query": "INSERT DATA { <urn:a> <urn:b> 1 }"}, 403, "updates are refused"),
    "service": (
        {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"},
        403,
        "SERVICE is refused",
    ),
    "silent": ({"query": "ASK { SERVICE SILENT <http://127.0.0.1:9/> {} }"}, 403, "SERVICE is refused"),
    "elsewhere": ({"path": "/sparql/x"}, 404, "nothing at this address"),
    "up": ({"path": "/static/..%2f..%2fcli.py"}, 404, "nothing at this address"),
    "a file": ({"path": "/graph.ttl"}, 404, "nothing at this address"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_what_is_wrong_has_a_status_and_a_sentence(
    case: tuple[dict[str, Any], int, str], service: Service
) -> None:
    request, status, words = case
    answer = service.ask(**request)
    assert (answer.status, answer.type) == (status, "text/plain; charset=utf-8")
    assert words in answer.text


ROWS: dict[str, Callable[[str], list[str]]] = {
    "application/sparql-results+json": lambda text: [
        row["n"]["value"] for row in json.loads(text)["results"]["bindings"]
    ],
    "application/sparql-results+xml": lambda text: [
        node.text or ""
        for node in ElementTree.fromstring(text).iterfind(
            ".//{*}binding[@name='n']/{http://www.w3.org/2005/sparql-results#}literal"
        )
    ],
    "text/csv; charset=utf-8": lambda text: [row[1] for row in list(csv.reader(io.StringIO(text)))[1:]],
    "text/tab-separated-values; charset=utf-8": lambda text: [
        line.split("\t")[1].partition('"@zh')[0].strip('"') for line in text.splitlines()[1:]
    ],
}


@pytest.mark.parametrize("type_", ROWS)
def test_rows_in_every_format(type_: str, service: Service) -> None:
    answer = service.ask(query=SELECT, Accept=type_.partition(";")[0])
    assert (answer.status, answer.type) == (200, type_)
    assert ROWS[type_](answer.text) == FUNDS
    assert int(answer.headers["Content-Length"]) == len(answer.text.encode())
    assert answer.headers["Vary"] == "Accept"


GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's own parser of JSON-LD
@pytest.mark.parametrize("form_", [CONSTRUCT, "DESCRIBE ?f { ?f a kgo:Fund }"])
@pytest.mark.parametrize("type_", GRAPHS)
def test_triples_in_every_format(type_: str, form_: str, service: Service) -> None:
    answer = service.ask(query=form_, Accept=f"{type_}, text/html;q=0.1")
    assert answer.type.partition(";")[0] == type_
    wanted = Graph().parse(data=service.ask(query=form_).text, format="turtle")
    assert len(wanted) >= 2
    assert Graph().parse(data=answer.text, format=GRAPHS[type_]).isomorphic(wanted)


ACCEPTED = [
    ("*/*", "application/sparql-results+json"),
    ("text/*", "text/csv; charset=utf-8"),
    ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ("application/sparql-results+json;q=0.5, */*;q=0.6, text/csv;q=0", "application/sparql-results+xml"),
    ("application/json", "application/json"),
]


@pytest.mark.parametrize(("accept", "type_"), ACCEPTED)
def test_negotiation(accept: str, type_: str, service: Service) -> None:
    assert service.ask(query=ASK, Accept=accept).type == type_


def test_head_has_the_headers_alone(service: Service) -> None:
    answer = service.ask(method="HEAD", query=ASK)
    assert (answer.status, answer.text) == (200, "")
    assert answer.headers["Content-Length"] == "26"


def test_the_service_describes_itself(service: Service) -> None:
    answer = service.ask()
    assert answer.type == "text/turtle; charset=utf-8"
    asked = """
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        ASK { ?s a sd:Service ; sd:endpoint ?s ; sd:supportedLanguage sd:SPARQL11Query ;
                 sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON> ;
                 sd:defaultDataset/sd:namedGraph/sd:name <https://w3id.org/policykg/ontology> }"""
    described = Graph().parse(data=answer.text, format="turtle")
    assert described.query(asked).askAnswer
    assert service.url in answer.text
    assert service.ask(Accept="text/html").headers["Location"] == "/query"
    assert service.ask(Accept="image/png").status == 406
