"""``search:name`` and ``search:text`` in SPARQL mean what a join with the found IRIs means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.export import write
from kg.export.formats import namespaces
from kg.query import run
from kg.search import PREFIXES, rewritten
from tests.fixtures_graph import sample_graph

#: A query with a search → the same question asked by a filter over all names or sentences.
SAME = {
    'SELECT ?e { ?e search:name "江州" }': 'SELECT DISTINCT ?e { ?e skos:prefLabel|skos:altLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'SELECT ?e ?c { ?e a ?c ; search:name "基金" . }': 'SELECT DISTINCT ?e ?c { ?e skos:prefLabel|skos:altLabel ?n ; a ?c FILTER(CONTAINS(?n, "基金")) }',
    'SELECT * { ?e search:name "江州" ; a ?c }': 'SELECT DISTINCT ?e ?c { ?e skos:prefLabel|skos:altLabel ?n ; a ?c FILTER(CONTAINS(?n, "江州")) }',
    'SELECT DISTINCT * { ?p ?r ?e . ?e search:name "江州" }': 'SELECT DISTINCT ?p ?r ?e { ?p ?r ?e . ?e skos:prefLabel|skos:altLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'SELECT (COUNT(*) AS ?n) { ?e search:name "基金", "云川" }': 'SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e skos:prefLabel ?n FILTER(CONTAINS(?n, "基金") && CONTAINS(?n, "云川")) }',
    'SELECT ?q { ?q search:text "5G基站" }': 'SELECT ?q { ?q a kgo:Sentence ; kgo:text ?t FILTER(CONTAINS(?t, "5G基站")) }',
    'SELECT ?q { ?s prov:wasDerivedFrom ?q . ?q search:text "云川"@zh }': 'SELECT ?q { ?s prov:wasDerivedFrom ?q . ?q kgo:text ?t FILTER(CONTAINS(?t, "云川")) }',
    'SELECT ?e { ?e a kgo:Institution OPTIONAL { ?e search:name "江州" . ?p ?q ?e } }': 'SELECT ?e { ?e a kgo:Institution OPTIONAL { ?e skos:prefLabel ?n . ?p ?q ?e FILTER(CONTAINS(?n, "江州")) } }',
    'SELECT ?e { ?e a kgo:Institution FILTER NOT EXISTS { ?e search:name "江州" } }': 'SELECT ?e { ?e a kgo:Institution ; skos:prefLabel ?n FILTER(!CONTAINS(?n, "江州")) }',
    'SELECT ?e { ?e a kgo:Institution MINUS { ?e search:name "江州" } }': 'SELECT ?e { ?e a kgo:Institution ; skos:prefLabel ?n FILTER(!CONTAINS(?n, "江州")) }',
    'SELECT ?e { { ?e search:name "江州" } UNION { ?e search:name "基金" } }': 'SELECT DISTINCT ?e { ?e skos:prefLabel|skos:altLabel ?n FILTER(CONTAINS(?n, "江州") || CONTAINS(?n, "基金")) }',
    'SELECT ?n { { SELECT * { ?e search:name "江州" } } ?e skos:prefLabel ?n }': 'SELECT ?n { ?e skos:prefLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'SELECT ?n { ?s rdf:subject [ search:name "江州" ; skos:prefLabel ?n ] }': 'SELECT ?n { ?s rdf:subject ?e . ?e skos:prefLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'PREFIX s: <https://w3id.org/policykg/search#> SELECT ?e { ?e s:name "江州" }': 'SELECT DISTINCT ?e { ?e skos:prefLabel|skos:altLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'SELECT ?e { ?e <https://w3id.org/policykg/search#name> """江州""" }': 'SELECT DISTINCT ?e { ?e skos:prefLabel|skos:altLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'SELECT ?e { ?e search:name "\\u6C5F州" } # search:name': 'SELECT DISTINCT ?e { ?e skos:prefLabel|skos:altLabel ?n FILTER(CONTAINS(?n, "江州")) }',
    'SELECT ?c (COUNT(?e) AS ?n) { ?e search:name "云川" ; a ?c } GROUP BY ?c': 'SELECT ?c (COUNT(DISTINCT ?e) AS ?n) { ?e skos:prefLabel|skos:altLabel ?m ; a ?c FILTER(CONTAINS(?m, "云川")) } GROUP BY ?c',
    'SELECT ?e { ?e search:name "没有" }': "SELECT ?e { VALUES ?e { } }",
    'ASK { ?e search:name "江州" }': "ASK { }",
    'ASK { place:江州市 search:name "江州" }': "ASK { }",
    'ASK { place:江州市 search:name "云川" }': "ASK { FILTER(false) }",
    'SELECT ?x { BIND("} search:name {" AS ?x) }': 'SELECT ?x { BIND("} search:name {" AS ?x) }',
    'SELECT ?x { ?x search:other "江州" }': "SELECT ?x { VALUES ?x { } }",
}


@pytest.mark.parametrize(("searched", "filtered"), SAME.items())
def test_a_search_is_a_join(searched: str, filtered: str, sample: Path) -> None:
    one, other = run(sample, searched), run(sample, filtered)
    assert sorted(one.variables) == sorted(other.variables)
    if one.kind == "ask":
        assert one.boolean == other.boolean
        return
    order = [other.variables.index(variable) for variable in one.variables]
    assert Counter(one.rows) == Counter(tuple(row[i] for i in order) for row in other.rows)


def test_the_cases_find_something(sample: Path) -> None:
    empty = [query for query in SAME if run(sample, query).kind == "select" and not run(sample, query).rows]
    assert len(empty) == 2


def test_construct_and_describe(sample: Path) -> None:
    built = run(sample, 'CONSTRUCT { ?e a kgo:Fund } WHERE { ?e search:name "基金" ; a kgo:Fund }')
    assert len(built.triples) == 2
    assert run(sample, 'DESCRIBE ?e { ?e search:name "丹霞" }').triples


REFUSED = {
    "SELECT ?e { ?e search:name ?word }": "search:name cannot stand here",
    "SELECT ?e { VALUES ?p { search:name } ?e ?p ?o }": "search:name cannot stand here",
    "SELECT ?e { ?e search:name 5 }": "search:name cannot stand here",
    "SELECT ?e { ?e search:name/skos:prefLabel 'a' }": "search:name cannot stand here",
    'CONSTRUCT { ?e search:name "江州" } WHERE { ?e a kgo:Fund }': "search:name cannot stand here",
    'SELECT ?e { ?e search:name "，" }': "holds no letter",
    'SELECT ?e { ?e search:name "江州" ': "the query ends too early",
    'INSERT DATA { <urn:a> search:name "江州" }': "updates are refused",
}


@pytest.mark.parametrize(("query", "words"), REFUSED.items())
def test_what_cannot_be_searched_is_said(query: str, words: str, sample: Path) -> None:
    with pytest.raises(QueryError, match=words):
        run(sample, query)


def test_a_word_that_stands_everywhere_is_refused() -> None:
    prefixes = {**namespaces(), **PREFIXES}
    iris = [f"urn:{n}" for n in range(50_001)]
    query = 'SELECT ?e { ?e search:text "的" }'
    assert "urn:49999" in rewritten(query, prefixes, lambda kind, word: iris[:50_000])
    with pytest.raises(QueryError, match="finds more than 50000; give a longer word"):
        rewritten(query, prefixes, lambda kind, word: iris)


def test_a_file_is_searched_too(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path / "graph.ttl")
    assert len(run(tmp_path / "graph.ttl", 'SELECT ?e { ?e search:name "雲川數谷" }').rows) == 2
