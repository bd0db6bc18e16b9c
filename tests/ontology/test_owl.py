"""The ontology before other judges: the OWL API's profile, HermiT, pyLODE, and the questions that FOOPS! asks."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VANN

from kg.ontology import ontology_dir
from tests.cli.shell import SECOND, kg
from tests.ontology.html import lode
from tests.ontology.test_ontology import GRAPH, KGO, TERMS
from tests.serve.service import Service, serving
from tests.tools import need

ONTOLOGY = URIRef("https://w3id.org/policykg/ontology")
PROPERTIES = [
    t for t in TERMS if {OWL.ObjectProperty, OWL.DatatypeProperty} & set(GRAPH.objects(t, RDF.type))
]


# Completeness


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t.removeprefix(KGO))
def test_every_term_has_label_definition_and_example_in_both_languages(term: URIRef) -> None:
    for predicate in (RDFS.label, RDFS.comment, SKOS.example):
        languages = [o.language for o in GRAPH.objects(term, predicate) if isinstance(o, Literal)]
        assert sorted(map(str, languages)) == ["en", "zh"], predicate


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda t: t.removeprefix(KGO))
def test_every_property_has_one_domain_and_one_range(term: URIRef) -> None:
    assert len(list(GRAPH.objects(term, RDFS.domain))) == 1
    assert len(list(GRAPH.objects(term, RDFS.range))) == 1


# OWL 2 DL


def judged(path: Path, ontology: Graph) -> list[str]:
    """What the OWL API and HermiT say of an ontology."""
    spec = find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).parent / "hermit" / "HermiT.jar"
    ontology.serialize(path, format="xml", encoding="utf-8")
    command = [str(need("java")), "-cp", str(jar), str(Path(__file__).with_name("Profile.java")), str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    # HermiT throws what it cannot reason about
    return (done.stdout + done.stderr).decode("utf-8").splitlines()


def test_the_owl_api_finds_owl_2_dl_and_hermit_no_contradiction(tmp_path: Path) -> None:
    said = judged(tmp_path / "o.rdf", Graph().parse(ontology_dir() / "policykg.ttl"))
    assert re.fullmatch(r"axioms [5-9]\d\d", said[0])
    assert said[1:] == ["consistent true"]


#: Triples that would spoil it → what one of the lines of the judges says then.
SPOILT = [
    ("kgo:Statement rdfs:subClassOf rdf:Statement .", "violation Use of "),
    ("kgo:partOf a owl:IrreflexiveProperty .", "violation "),
    ("kgo:Fund rdfs:subClassOf kgo:Policy .", "unsatisfiable <https://w3id.org/policykg/ontology#Fund>"),
    ("kgo:x a kgo:Fund , kgo:Policy , owl:NamedIndividual .", "consistent false"),
]


@pytest.mark.parametrize(("triples", "words"), SPOILT)
def test_the_judges_find_what_is_wrong(triples: str, words: str, tmp_path: Path) -> None:
    text = (ontology_dir() / "policykg.ttl").read_text(encoding="utf-8") + triples
    said = judged(tmp_path / "o.rdf", Graph().parse(data=text, format="turtle"))
    assert any(line.startswith(words) for line in said), said


# Documentation


def test_pylode_makes_a_page_of_every_term(tmp_path: Path) -> None:
    page = lode(tmp_path / "ontology.html").read_text(encoding="utf-8")
    terms = [t for t in TERMS if (t, RDF.type, OWL.NamedIndividual) not in GRAPH]  # it shows no individuals
    assert len(terms) > 50
    for term in terms:
        assert f"<code>{term}</code>" in page, term
        for text in [*GRAPH.objects(term, RDFS.label), *GRAPH.objects(term, RDFS.comment)]:
            assert _plain(str(text)) in _plain(page), text
    assert re.findall(r'(?:src|href)="(?!#)[^"]+\.(?:js|css|png|svg)"|@import', page) == []


def _plain(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(entity, sign)
    return re.sub(r"\W", "", text)


# FOOPS!: findable, accessible, interoperable, reusable


def test_its_metadata_are_whole() -> None:
    """OM1 to OM5, VER1: what FOOPS! looks for in the header."""
    wanted = {
        *(
            DCTERMS[n]
            for n in ["title", "description", "license", "creator", "contributor", "publisher", "created"]
        ),
        *(DCTERMS[n] for n in ["issued", "modified", "bibliographicCitation"]),
        *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
        *(OWL.versionIRI, OWL.versionInfo, RDFS.seeAlso, SKOS.historyNote),
        URIRef("http://purl.org/ontology/bibo/status"),
    }
    assert wanted <= set(GRAPH.predicates(ONTOLOGY))
    assert GRAPH.value(ONTOLOGY, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    version = str(GRAPH.value(ONTOLOGY, OWL.versionInfo))
    assert GRAPH.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert version in str(GRAPH.value(ONTOLOGY, DCTERMS.bibliographicCitation))
    notes = [o for o in GRAPH.objects(ONTOLOGY, SKOS.historyNote) if isinstance(o, Literal)]
    assert sorted(str(note.language) for note in notes) == ["en", "zh"]
    assert all(version in note for note in notes)


def test_its_address_is_persistent_and_its_own() -> None:
    """FIND1, URI2: the namespace is under w3id.org, the header is at the namespace."""
    assert str(ONTOLOGY).startswith("https://w3id.org/")
    assert str(KGO) == f"{ONTOLOGY}#" == str(GRAPH.value(ONTOLOGY, VANN.preferredNamespaceUri))
    assert list(GRAPH.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]


def test_it_reuses_the_terms_of_others() -> None:
    """VOC1, VOC2: metadata and terms of vocabularies that are known."""
    roots = ("http://www.w3.org/ns/org#", "http://www.w3.org/ns/prov#", "https://schema.org/")
    for root in (*roots, "http://purl.org/dc/terms/", str(SKOS), "http://data.europa.eu/eli/ontology#"):
        under = {
            s
            for p in (RDFS.subClassOf, RDFS.subPropertyOf)
            for s, o in GRAPH.subject_objects(p)
            if str(o).startswith(root)
        }
        assert under, f"no term of ours stands under one of {root}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("resolved")
    (folder / "a.txt").write_text(SECOND, encoding="utf-8")
    assert kg("build", folder / "a.txt", "--out", folder / "out", "-q").code == 0
    with serving(folder / "out") as running:
        yield running


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's own reader of JSON-LD
@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
    ],
)
def test_it_resolves_in_every_format_under_kg_serve(accept: str, format_: str, service: Service) -> None:
    """URI1, RDF1, CN1: each term's address answers with what is said of the term."""
    answer = service.ask("/ontology", Accept=accept)
    assert answer.status == 200
    assert answer.type.startswith(accept)
    read = Graph().parse(data=answer.text, format=format_)
    assert len(read) == len(GRAPH)
    assert {t for t in TERMS if (t, RDFS.isDefinedBy, ONTOLOGY) in read} == set(TERMS)


def test_it_resolves_for_people_under_kg_serve(service: Service) -> None:
    """HTML1: a browser gets a page with an anchor for every term."""
    answer = service.ask("/ontology", Accept="text/html")
    assert answer.type.startswith("text/html")
    anchors = set(re.findall(r"""id=["'](\w+)["']""", answer.text))
    assert {t.removeprefix(KGO) for t in TERMS} - anchors == set()
