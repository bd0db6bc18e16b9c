"""What stands where: the page, the terms, the things, the questions, the state."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg import release
from kg.export.iri import BASE
from kg.query import run
from kg.questions import list_queries
from tests.serve.service import Service

ID = "https://w3id.org/policykg/id/"
FUND = "fund/“丹霞”基金"
STATIC = Path(__file__).resolve().parents[2] / "kg" / "serve" / "static"


def test_the_page_is_the_build_s(service: Service, folder: Path) -> None:
    answer = service.ask("/")
    assert answer.type == "text/html; charset=utf-8"
    assert answer.text == (folder / "graph.html").read_text(encoding="utf-8")


def test_the_ontology_at_its_address(service: Service) -> None:
    assert service.ask("/ontology").text == release.text("ttl")
    wanted = Graph().parse(data=release.text("ttl"), format="turtle")
    found = service.ask("/ontology", Accept="application/n-triples")
    assert Graph().parse(data=found.text, format="nt").isomorphic(wanted)
    assert service.ask("/ontology", Accept="application/ld+json").status == 200
    assert service.ask("/ontology", Accept="application/rdf+xml").status == 200
    assert service.ask("/ontology", Accept="image/png").status == 406
    page = service.ask("/ontology", Accept="text/html")
    assert "<section id='Fund'>" in page.text
    assert "基金" in page.text


def test_what_the_ontology_points_to_is_there(service: Service) -> None:
    """Its version, its shapes and its context are at the addresses that the file gives them."""
    ontology = URIRef(BASE.removesuffix("/") + "/ontology")
    terms = Graph().parse(data=release.text("ttl"), format="turtle")
    version = str(terms.value(ontology, OWL.versionIRI))
    assert service.ask("/" + version.removeprefix(BASE)).text == release.text("ttl")
    assert service.ask("/ontology/0.0.0").status == 404
    pointed = sorted(str(address) for address in terms.objects(ontology, RDFS.seeAlso))
    assert pointed == [f"{BASE}context.jsonld", f"{BASE}shapes"]
    context = service.ask("/context.jsonld")
    assert context.type == "application/ld+json"
    assert context.headers["Access-Control-Allow-Origin"] == "*"
    assert context.text == release.text("context")
    shapes = Graph().parse(data=release.text(shapes=True), format="turtle")
    found = service.ask("/shapes", Accept="application/n-triples")
    assert len(Graph().parse(data=found.text, format="nt")) == len(shapes) > 100
    assert service.ask("/shapes", Accept="text/html").status == 406


@pytest.mark.parametrize("escaped", [quote(FUND), quote(FUND).lower().replace("/%", "/%")])
def test_a_thing_at_its_address(escaped: str, service: Service) -> None:
    answer = service.ask(f"/id/{escaped}", Accept="text/turtle")
    assert answer.status == 200
    said = Graph().parse(data=answer.text, format="turtle")
    thing = URIRef(ID + FUND)
    assert (thing, RDF.type, URIRef("https://w3id.org/policykg/ontology#Fund")) in said
    assert list(said.subjects(None, thing))


def test_who_reads_html_sees_the_page(service: Service) -> None:
    answer = service.ask(f"/id/{quote(FUND)}", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.status == 303
    assert answer.headers["Location"] == f"/#e={quote(ID + FUND, safe='')}"


def test_a_scoped_name_keeps_its_colon(service: Service) -> None:
    assert service.ask(f"/id/{quote('institution/report:领导小组', safe='/:')}").status == 200


def test_the_nodes_of_the_evidence_too(service: Service, folder: Path) -> None:
    for cls in ("Statement", "Sentence", "Mention", "Document", "Observation"):
        ((node,),) = run(folder, f"SELECT ?x {{ ?x a kgo:{cls} }} LIMIT 1").rows
        iri = str(node).strip("<>")
        answer = service.ask(quote(iri.removeprefix("https://w3id.org/policykg")))
        assert (answer.status, answer.type) == (200, "text/turtle; charset=utf-8")
        assert "kgo:" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/fund/none",
        "/id/",
        "/id/fund/%ff",
        "/id/%3Cx%3E%20",
        "/statement/0",
        "/id/fund/..%2f..",
        "/x",
        "//",
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_nothing_is_there(path: str, accept: str, service: Service) -> None:
    answer = service.ask(path, Accept=accept)
    assert (answer.status, answer.type) == (404, "text/plain; charset=utf-8")


def test_health(service: Service) -> None:
    answer = service.ask("/health")
    assert (answer.status, json.loads(answer.text)["status"]) == (200, "ok")


def test_the_questions(service: Service, folder: Path) -> None:
    known = json.loads(service.ask("/questions").text)
    assert [row["name"] for row in known["questions"]] == [question.name for question in list_queries()]
    assert known["prefixes"]["fund"] == f"{ID}fund/"
    text = service.ask(f"/questions/neighbourhood?name={quote('江州大学')}").text
    assert text.startswith("PREFIX ")
    answer = service.ask(method="POST", body=text.encode(), Content_Type="application/sparql-query")
    rows = json.loads(answer.text)["results"]["bindings"]
    assert len(rows) == len(run(folder, "neighbourhood", params={"name": "江州大学"}).rows)
    assert service.ask("/questions/neighbourhood").status == 400
    assert "did you mean" in service.ask(f"/questions/neighbourhood?name={quote('江州学')}").text
    assert service.ask("/questions/none").status == 404


@pytest.mark.parametrize("question", list_queries(), ids=lambda question: question.name)
def test_every_question_runs_as_it_is_handed_out(question: object, service: Service) -> None:
    name = question.name  # type: ignore[attr-defined]
    asked = {
        p.name: "云川省" if p.type == "entity" else "2024"
        for p in question.parameters  # type: ignore[attr-defined]
        if p.required
    }
    fields = "&".join(f"{key}={quote(value)}" for key, value in asked.items())
    text = service.ask(f"/questions/{name}?{fields}")
    assert text.status == 200, text.text
    answer = service.ask(method="POST", body=text.text.encode(), Content_Type="application/sparql-query")
    assert answer.status == 200, answer.text


def test_the_bundled_scripts_are_what_their_note_says(service: Service) -> None:
    note = service.ask("/static/yasgui.txt").text
    for name in ("yasgui.min.js", "yasgui.min.css"):
        digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
        assert f"sha256 {digest}  {name}\n" in note
        assert "sourceMappingURL" not in service.ask(f"/static/{name}").text
