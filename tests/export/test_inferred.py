"""What follows: the symmetric, the transitive, the terms above ours; two reasoners agree; no text is put words in."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, BNode, URIRef

from kg.errors import UsageError
from kg.export import graph_triples, iri, write
from kg.export.inferred import HEAD
from kg.model import Entity, EntityKey, Graph, Statement
from kg.ontology import ontology_dir
from tests.fixtures_graph import hostile_graph, sample_graph

KGO = rdflib.Namespace("https://w3id.org/policykg/ontology#")
SCHEMA = rdflib.Namespace("https://schema.org/")
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
ELI = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
FIRST, SECOND, THIRD = (EntityKey("Fund", name) for name in ("甲基金", "乙基金", "丙基金"))
ONE, OTHER = (EntityKey("Institution", name) for name in ("甲大学", "乙大学"))
PERSON, POLICY = EntityKey("Person", "林知远", "甲大学"), EntityKey("Policy", "规划")


def small() -> Graph:
    evidence = sample_graph().statements[0].evidence
    said: list[tuple[EntityKey, str, EntityKey | str]] = [
        (FIRST, "partOf", SECOND),
        (SECOND, "partOf", THIRD),
        (ONE, "collaboratesWith", OTHER),
        (PERSON, "memberOf", ONE),
        (POLICY, "issuedBy", ONE),
        (POLICY, "date", "2024-07"),
    ]
    keys = (FIRST, SECOND, THIRD, ONE, OTHER, PERSON, POLICY)
    return Graph(
        entities=tuple(map(Entity, keys)),
        statements=tuple(Statement(s, p, o, evidence) for s, p, o in said),
    )


def read(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle")


def node(key: EntityKey) -> URIRef:
    return URIRef(iri(key))


def test_what_follows_stands_apart(tmp_path: Path) -> None:
    write(small(), tmp_path / "graph.ttl")
    write(small(), tmp_path / "inferred.ttl", "inferred")
    said, found = read(tmp_path / "graph.ttl"), read(tmp_path / "inferred.ttl")
    assert (tmp_path / "inferred.ttl").read_text(encoding="utf-8").startswith(HEAD)
    assert set(said) & set(found) == set()
    for triple in (
        (node(FIRST), KGO.partOf, node(THIRD)),
        (
            node(ONE),
            KGO.collaboratesWith,
            node(OTHER),
        ),  # said of 乙大学 and 甲大学, in the order of their code points
        (node(PERSON), ORG.memberOf, node(ONE)),
        (node(PERSON), SCHEMA.memberOf, node(ONE)),
        (node(PERSON), RDF.type, PROV.Agent),
        (node(POLICY), ELI.passed_by, node(ONE)),
        (node(POLICY), PROV.wasAttributedTo, node(ONE)),
        (node(ONE), RDF.type, ORG.Organization),
        (node(FIRST), RDF.type, KGO.Entity),
    ):
        assert triple in found, triple
    for triple in (
        (node(THIRD), KGO.partOf, node(FIRST)),
        (node(ONE), RDF.type, KGO.Place),
        (node(FIRST), RDF.type, OWL.Thing),
        (node(FIRST), OWL.sameAs, node(FIRST)),
    ):
        assert triple not in found, triple


@pytest.mark.parametrize(
    "graph", [small(), sample_graph(), hostile_graph(), Graph()], ids=["small", "sample", "hostile", "empty"]
)
def test_owlrl_infers_the_same(graph: Graph, tmp_path: Path) -> None:
    write(graph, tmp_path / "graph.ttl")
    write(graph, tmp_path / "inferred.ttl", "inferred")
    said = read(tmp_path / "graph.ttl")
    closed = said + rdflib.Graph().parse(ontology_dir() / "policykg.ttl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    things = set(said.subjects())
    theirs = {
        (s, p, o)
        for s, p, o in closed
        if s in things
        and (s, p, o) not in said
        and not isinstance(o, BNode)
        and o not in (OWL.Thing, RDFS.Resource)
        and p != OWL.sameAs
    }
    assert set(read(tmp_path / "inferred.ttl")) == theirs
    assert bool(theirs) == bool(graph_triples(graph))


def test_without_the_reasoner_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "reasonable", None)
    with pytest.raises(UsageError, match=r"pip install 'policykg\[infer\]'"):
        write(small(), tmp_path / "inferred.ttl", "inferred")
