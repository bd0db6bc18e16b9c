"""Clients that others wrote: curl, SPARQLWrapper, rdflib's SPARQLStore, Oxigraph, Comunica."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from kg.query import run
from tests.serve.service import Service
from tests.tools import need

PREFIXES = (
    "PREFIX kgo: <https://w3id.org/policykg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
SELECT = f"{PREFIXES}SELECT ?f ?n WHERE {{ ?f a kgo:Fund ; skos:prefLabel ?n }} ORDER BY ?n"
ASK = f"{PREFIXES}ASK {{ ?f a kgo:Fund }}"
CONSTRUCT = f"{PREFIXES}CONSTRUCT {{ ?f skos:prefLabel ?n }} WHERE {{ ?f a kgo:Fund ; skos:prefLabel ?n }}"
NAMES = ["“丹霞”基金", "云川数谷文化基金"]
FUND = URIRef("https://w3id.org/policykg/id/fund/云川数谷文化基金")
ONTOLOGY = "https://w3id.org/policykg/ontology"


# curl


def curl(*arguments: str, code: int = 0) -> str:
    done = subprocess.run([need("curl"), "-sS", *arguments], capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout.decode("utf-8")


def test_curl_by_get_form_and_directly(service: Service) -> None:
    url = f"{service.url}/sparql"
    asked = [
        curl("-G", url, "--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv"),
        curl(url, "--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv"),
        curl(url, "-H", "Content-Type: application/sparql-query", "--data", SELECT, "-H", "Accept: text/csv"),
    ]
    for text in asked:
        assert [row[1] for row in csv.reader(io.StringIO(text))] == ["n", *NAMES]


def test_curl_fails_where_the_query_does(service: Service) -> None:
    """``-f`` goes by the status: a script is told."""
    url = f"{service.url}/sparql"
    assert curl("-f", "-G", url, "--data-urlencode", "query=SELECT *", code=22) == ""
    assert "cannot be" not in curl("-G", url, "--data-urlencode", f"query={ASK}")


def test_curl_follows_a_thing_to_its_page(service: Service) -> None:
    page = curl(
        "-L",
        "-H",
        "Accept: text/html",
        f"{service.url}/id/fund/%E4%BA%91%E5%B7%9D%E6%95%B0%E8%B0%B7%E6%96%87%E5%8C%96%E5%9F%BA%E9%87%91",
    )
    assert page.startswith("<!DOCTYPE html>")


def test_curl_takes_the_ontology(service: Service) -> None:
    text = curl("-H", "Accept: application/n-triples", f"{service.url}/ontology")
    assert len(Graph().parse(data=text, format="nt")) > 100


# SPARQLWrapper


def wrapper(
    service: Service, query: str, format_: str, method: str = GET, how: str = URLENCODED
) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{service.url}/sparql")
    made.setQuery(query)
    made.setReturnFormat(format_)
    made.setMethod(method)
    made.setRequestMethod(how)
    return made


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_by_every_way(method: str, how: str, service: Service) -> None:
    answer: Any = wrapper(service, SELECT, JSON, method, how).queryAndConvert()
    assert [row["n"]["value"] for row in answer["results"]["bindings"]] == NAMES
    asked: Any = wrapper(service, ASK, JSON, method, how).queryAndConvert()
    assert asked["boolean"] is True


@pytest.mark.parametrize("format_", [XML, CSV, TSV])
def test_sparqlwrapper_in_every_format(format_: str, service: Service) -> None:
    answer: Any = wrapper(service, SELECT, format_).queryAndConvert()
    text = answer.toxml() if format_ == XML else answer.decode("utf-8")
    assert all(name in text for name in NAMES)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's own parsers
@pytest.mark.parametrize("format_", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_takes_graphs(format_: str, service: Service) -> None:
    answer: Any = wrapper(service, CONSTRUCT, format_).queryAndConvert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert sorted(str(name) for name in graph.objects(None, SKOS.prefLabel)) == NAMES


def test_sparqlwrapper_names_graphs(service: Service) -> None:
    asked = wrapper(service, f"{PREFIXES}ASK {{ kgo:Fund a ?c }}", JSON)
    asked.addDefaultGraph(ONTOLOGY)
    answer: Any = asked.queryAndConvert()
    assert answer["boolean"] is True


def test_sparqlwrapper_raises_what_is_wrong(service: Service) -> None:
    with pytest.raises(QueryBadFormed, match="cannot stand here"):
        wrapper(service, f"{PREFIXES}SELECT ?f {{ ?f ?f }}", JSON).query()
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with pytest.raises((EndPointInternalError, OSError)):  # memory, 500, or on a slow machine time, 504
        wrapper(service, greedy, JSON).query()


# rdflib


def test_rdflib_reads_the_service_as_a_graph(service: Service) -> None:
    graph = Graph(SPARQLStore(f"{service.url}/sparql"))
    kgo = "https://w3id.org/policykg/ontology#"
    assert (
        sorted(
            str(graph.value(fund, SKOS.prefLabel)) for fund in graph.subjects(RDF.type, URIRef(f"{kgo}Fund"))
        )
        == NAMES
    )
    assert (FUND, SKOS.prefLabel, Literal("云川数谷文化基金", lang="zh")) in graph
    assert (FUND, SKOS.prefLabel, Literal("云川数谷文化基金")) not in graph
    assert len(graph) > 500


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_queries(method: str, service: Service) -> None:
    graph = Graph(SPARQLStore(f"{service.url}/sparql", method=method))
    assert [str(row[1]) for row in graph.query(SELECT)] == NAMES  # type: ignore[index]
    assert graph.query(ASK).askAnswer is True


# Oxigraph


def test_oxigraph_federates_to_the_service(service: Service, folder: Path) -> None:
    """Others may ask us by SERVICE, though we ask nobody unless we are told to."""
    query = (
        f"SELECT ?n {{ ?f a kgo:Fund SERVICE <{service.url}/sparql> {{ ?f skos:prefLabel ?n }} }} ORDER BY ?n"
    )
    assert [row[0].value for row in run(folder, query, allow_service=True).rows] == NAMES  # type: ignore[union-attr]


# Comunica


def comunica(service: Service, query: str, code: int = 0) -> Any:
    script = Path(__file__).with_name("comunica.cjs")
    command = (need("node"), script, need("comunica"), f"{service.url}/sparql", query)
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout) if code == 0 else done.stderr.decode("utf-8")


def test_comunica_selects_asks_and_constructs(service: Service) -> None:
    assert [row["n"] for row in comunica(service, SELECT)] == NAMES
    assert comunica(service, ASK) is True
    assert sorted(row[2] for row in comunica(service, CONSTRUCT)) == NAMES


def test_comunica_searches(service: Service) -> None:
    query = f'{PREFIXES}PREFIX search: <https://w3id.org/policykg/search#> SELECT ?n {{ ?f search:name "雲川數谷文化" ; skos:prefLabel ?n }}'
    assert comunica(service, query) == [{"n": "云川数谷文化基金"}]


def test_comunica_is_told_what_is_refused(service: Service) -> None:
    pairs = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 501"
    assert "422" in comunica(service, pairs, code=1)
