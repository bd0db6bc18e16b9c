"""The ontology: complete in two languages, aligned, clean OWL, and the same to four readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

from kg import rdf
from kg.errors import DataError
from kg.export import evidence_triples, graph_triples
from kg.model import CLASSES, FACTS, RELATIONS, SYMMETRIC, Bound, Status
from kg.ontology import Ontology, ontology_dir
from tests.fixtures_graph import sample_graph
from tests.readers import READERS, by_pyoxigraph

KGO = Namespace("https://w3id.org/policykg/ontology#")
GRAPH = Graph().parse(ontology_dir() / "policykg.ttl")
TERMS = sorted({s for s in GRAPH.subjects() if isinstance(s, URIRef) and str(s).startswith(KGO)})
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

ALL = "Entity"
AGENT = "Institution Place Park"
WHO = f"{AGENT} Person"  # what people found, write and hold
#: Property → domain and range, as the annotation guidelines have them.
SIGNATURES = {
    "locatedIn": ("Institution Platform Fund Project Park Place Event Technology", "Place Park"),
    "partOf": (ALL, ALL),
    "establishedBy": ("Institution Platform Fund Park Place", WHO),
    "issuedBy": ("Policy", WHO),
    "implementedBy": ("Project Policy", AGENT),
    "organizedBy": ("Event", WHO),
    "developedBy": ("Technology Platform", AGENT),
    "operatedBy": ("Platform Park Fund Institution", "Institution"),
    "fundedBy": (ALL, f"Fund {AGENT}"),
    "collaboratesWith": (AGENT, AGENT),
    "participatesIn": (WHO, "Project Event Platform"),
    "memberOf": ("Person", "Institution Place"),
    "approvedBy": (ALL, AGENT),
    "visited": ("Person", "Place Park Institution"),
    "amount": ("Fund Project Policy Park", "decimal"),
    "date": (ALL, "Literal"),
    "dateStart": ("Entity Observation", "Literal"),
    "dateEnd": ("Entity Observation", "Literal"),
    "status": ("Entity Statement", "Status"),
    "observationOf": ("Observation", ALL),
    "value": ("Observation", "decimal"),
    "unit": ("Observation", "string"),
    "time": ("Observation", "Literal"),
    "bound": ("Observation", "Bound"),
    "baseline": ("Observation", "Observation"),
    "inDocument": ("Sentence", "Document"),
    "inSentence": ("Mention", "Sentence"),
    "mentionOf": ("Mention", ALL),
    "text": ("Sentence Mention", "PlainLiteral"),
    "start": ("Sentence Mention", "integer"),
    "end": ("Sentence Mention", "integer"),
    "rule": ("Statement", "string"),
    "confidence": ("Statement", "decimal"),
    "role": ("Statement", "PlainLiteral"),
    "review": ("Entity Statement", "Decision"),
    "verdict": ("Decision", "string"),
    "reviewer": ("Decision", "string"),
    "reason": ("Decision", "string"),
    "decided": ("Decision", "string"),
    "sha256": ("Document", "string"),
    "textFile": ("Document", "string"),
}


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t.removeprefix(KGO))
def test_every_term_is_said_in_two_languages_and_aligned(term: URIRef) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        texts = [o for o in GRAPH.objects(term, predicate) if isinstance(o, Literal)]
        assert sorted(str(t.language) for t in texts) == ["en", "zh"]
        assert all(t.strip() for t in texts)
    assert (term, RDFS.isDefinedBy, URIRef("https://w3id.org/policykg/ontology")) in GRAPH
    ours = {o for o in GRAPH.objects(term, RDF.type) if str(o).startswith(KGO)}
    aligned = {
        o
        for p in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)
        for o in GRAPH.objects(term, p)
        if not str(o).startswith(KGO)
    }
    # statuses and bounds are aligned by being SKOS concepts
    concepts = any((cls, RDFS.subClassOf, SKOS.Concept) in GRAPH for cls in ours)
    assert aligned or concepts


def test_the_ten_classes_are_the_model_s() -> None:
    assert set(Ontology.load().classes) == set(CLASSES)
    assert len(TERMS) >= 60


def test_every_property_has_the_domain_and_range_of_the_guidelines() -> None:
    ontology = Ontology.load()
    properties = {name for name, term in ontology.terms.items() if term.kind in ("relation", "fact")}
    assert properties == set(SIGNATURES)
    found = {name: (" ".join(ontology.domain(name)), " ".join(ontology.range(name))) for name in SIGNATURES}
    assert {n: tuple(map(set, map(str.split, s))) for n, s in found.items()} == {
        n: tuple(map(set, map(str.split, s))) for n, s in SIGNATURES.items()
    }


def test_the_model_s_words_are_terms() -> None:
    names = Ontology.load().terms
    assert {*RELATIONS, *(f for f in FACTS if f != "observation")} <= names.keys()
    assert {status.value for status in Status} | {b.value for b in Bound if b.value} <= names.keys()
    assert {str(p).removeprefix(KGO) for p in GRAPH.subjects(RDF.type, OWL.SymmetricProperty)} == SYMMETRIC
    assert all(names[r].kind == "relation" and names[r].example for r in RELATIONS)


def test_whatever_an_output_says_is_a_term() -> None:
    graph = sample_graph()
    used = set()
    for triple in graph_triples(graph) + evidence_triples(graph):
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, rdf.NamedNode) and term.value.startswith(KGO):
                used.add(URIRef(term.value))
    assert used <= set(TERMS)
    assert len(used) > 50


def test_owl_is_clean() -> None:
    """Each property is of one kind, each term in an axiom is declared, blank nodes are unions and lists."""
    kinds = {t: [k for k in KINDS if (t, RDF.type, k) in GRAPH] for t in set(GRAPH.subjects(RDF.type))}
    assert {t: k for t, k in kinds.items() if len(k) > 1} == {}
    reserved = (rdf.RDF, rdf.RDFS, rdf.XSD, "http://www.w3.org/2002/07/owl#")
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for term in GRAPH.objects(None, predicate):
            assert isinstance(term, BNode) or str(term).startswith(reserved) or kinds.get(term), term
    for sub, parent in GRAPH.subject_objects(RDFS.subPropertyOf):
        assert kinds[sub] == kinds[parent], f"{sub} under {parent}"
    undeclared = {p for p in GRAPH.predicates() if not str(p).startswith(reserved) and p not in kinds}
    assert undeclared == set()


def test_labels_fall_back_to_the_name() -> None:
    ontology = Ontology.load()
    assert ontology.class_label("Fund") == "基金"
    assert ontology.class_label("Fund", "en") == "Fund"
    assert ontology.property_label("issuedBy") == "发布方"
    assert ontology.class_label("Novel") == "Novel"
    assert ontology.property_label("partOf", "fr") == "partOf"


def test_a_broken_ontology_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "policykg.ttl").write_text("@prefix a: <urn:a:> .\n\na:b a:c\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"policykg\.ttl:[34]: "):
        Ontology.load(tmp_path)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["policykg.ttl", "shapes.ttl"])
def test_four_readers_find_the_same(name: str, reader: str) -> None:
    """Blank nodes are named by each reader as it likes: compare what has none, and count the rest."""
    path = ontology_dir() / name
    found, wanted = READERS[reader](path), by_pyoxigraph(path)

    def named(triples: frozenset[str]) -> set[str]:
        return {t for t in triples if "_:" not in t}

    assert named(found) == named(wanted)
    assert len(found) == len(wanted) > 500
