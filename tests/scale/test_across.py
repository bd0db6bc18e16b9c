"""What SHACL finds in all documents at once, SHACL by document and SPARQL over all find too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import store
from kg.across import QUESTIONS, check_store
from kg.check import validate
from kg.export.iri import BASE
from kg.rdf import NAMESPACES

HEAD = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in NAMESPACES.items())
HEAD += (
    f"@prefix i: <{BASE}id/institution/> .\n@prefix s: <{BASE}statement/> .\n@prefix d: <{BASE}document/> .\n"
)
GOOD = (
    'i:甲 a kgo:Institution ; skos:prefLabel "甲"@zh .\ni:乙 a kgo:Institution ; skos:prefLabel "乙"@zh .\n'
)
TOLD = "s:1 a kgo:Statement ; rdf:subject i:甲 ; rdf:predicate kgo:partOf ; rdf:object i:乙 ; kgo:confidence 0.9 ; "
#: What two documents say, each of them right by itself, and the shape that they break together.
CASES = [
    (GOOD, "i:甲 a kgo:Platform .", "Entity-class"),
    (GOOD, 'i:甲 skos:prefLabel "丙"@zh .', "Entity-prefLabel"),
    (GOOD, 'i:甲 skos:altLabel "甲"@zh .', "Entity-altLabel"),
    (GOOD + TOLD + "kgo:status kgo:asserted .", "s:1 kgo:confidence 0.8 .", "Statement-confidence"),
    (GOOD + TOLD + "kgo:status kgo:asserted .", "s:1 kgo:status kgo:planned .", "Statement-status"),
    (GOOD + TOLD + "kgo:status kgo:asserted .", "s:1 rdf:subject i:乙 .", "Statement-subject"),
    (GOOD + TOLD + "kgo:status kgo:asserted .", "s:1 rdf:object i:甲 .", "Statement-object"),
    (GOOD + TOLD + "kgo:status kgo:asserted .", "s:1 rdf:predicate kgo:memberOf .", "Statement-predicate"),
    ('d:1 a kgo:Document ; kgo:sha256 "a" .', 'd:1 kgo:sha256 "b" .', "Document-sha256"),
    ("s:2 a kgo:Observation ; kgo:value 1.0 .", "s:2 kgo:value 2.0 .", "Observation-value"),
]


def findings(text: str, place: Path) -> set[str]:
    (place / "graph.ttl").write_text(HEAD + text, encoding="utf-8")
    (place / "evidence.ttl").write_text(HEAD, encoding="utf-8")
    store.load(place / "graph.ttl", place / "evidence.ttl", place / "store")
    return {problem.shape.rpartition("#")[2] for problem in check_store(place / "store")}


@pytest.mark.parametrize(("one", "other", "shape"), CASES, ids=[shape for _, _, shape in CASES])
def test_what_two_documents_break_together(one: str, other: str, shape: str, tmp_path: Path) -> None:
    assert findings(one, tmp_path) == set()
    assert findings(f"{one}\n{other}", tmp_path) == {shape}
    assert shape in {problem.shape.rpartition("#")[2] for problem in validate(f"{HEAD}{one}\n{other}")}


def test_a_thing_that_no_document_describes(tmp_path: Path) -> None:
    assert findings(GOOD + "i:甲 kgo:partOf i:丙 .", tmp_path) == {"Entity"}


def test_confirmed_stands_beside_another_status(tmp_path: Path) -> None:
    assert findings(GOOD + TOLD + "kgo:status kgo:asserted , kgo:confirmed .", tmp_path) == set()


def test_every_question_was_asked() -> None:
    assert {shape for _, _, shape in CASES} | {"Entity"} == QUESTIONS.keys()
