"""Every shape accepts what is right, finds what is wrong, and pyshacl thinks the same."""

from __future__ import annotations

from collections.abc import Iterable

import pyshacl
import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from kg.check import validate
from kg.model import Problem, Severity
from kg.ontology import ontology_dir
from tests.check.cases import BLANK, CASES, FAULTS, blank, good, node, turtle

KGS = "https://w3id.org/policykg/shapes#"
SHAPES = Graph().parse(ontology_dir() / "shapes.ttl")
NAMED = {
    str(shape).removeprefix(KGS)
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in SHAPES.subjects(RDF.type, kind)
}


def test_every_shape_is_broken_by_a_case() -> None:
    assert {*FAULTS, *BLANK} == NAMED
    assert len(CASES) > 200


def test_every_shape_speaks_two_languages_and_has_a_name() -> None:
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in SHAPES.subjects(RDF.type, kind):
            assert not isinstance(shape, BNode)
            texts = [o for o in SHAPES.objects(shape, SH.message) if isinstance(o, Literal)]
            assert sorted(str(t.language) for t in texts) == ["en", "zh"], shape


def test_what_is_right_passes() -> None:
    assert validate(good()) == ()


@pytest.mark.parametrize(("shape", "cls", "predicate", "wrong"), CASES)
def test_what_is_wrong_is_found(shape: str, cls: str, predicate: str, wrong: str) -> None:
    found = [p for p in validate(turtle(cls, predicate, wrong)) if p.shape == KGS + shape]
    assert [p.focus for p in found][:1] == [f"urn:{cls}"]
    for problem in found:
        assert problem.severity is (Severity.WARNING if shape == "Entity-length" else Severity.VIOLATION)
        assert problem.zh != problem.en
        assert KGS not in problem.zh + problem.en


@pytest.mark.parametrize("shape", BLANK)
def test_a_blank_node_is_found(shape: str) -> None:
    assert f"{KGS}{shape}" in {problem.shape for problem in validate(blank(shape))}


def _one_a_shape() -> Iterable[tuple[str, str, str, str]]:
    """pyshacl takes a quarter of a second a graph: the first case of each shape."""
    return {case[0]: case for case in reversed(CASES)}.values()


@pytest.mark.parametrize(("shape", "cls", "predicate", "wrong"), _one_a_shape())
def test_pyshacl_finds_the_same(shape: str, cls: str, predicate: str, wrong: str) -> None:
    text = turtle(cls, predicate, wrong)
    assert {(p.focus, p.shape) for p in validate(text)} == _by_pyshacl(text)


def test_pyshacl_finds_the_same_in_everything_at_once() -> None:
    """All faults together, each at a node of its own."""
    nodes = (node(*fault, subject=f"<urn:case:{i}>") for i, (_, *fault) in enumerate(CASES))
    text = good() + "".join(nodes)
    assert {(p.focus, p.shape) for p in validate(text)} == _by_pyshacl(text)


def _by_pyshacl(text: str) -> set[tuple[str, str]]:
    data = Graph().parse(data=text, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    assert isinstance(report, Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if isinstance(report.value(result, SH.sourceShape), URIRef)
    }


def test_a_finding_says_what_is_there() -> None:
    problem, *_ = validate(turtle("Fund", "kgo:amount", "-1.0"))
    assert problem == Problem(
        Severity.VIOLATION,
        "urn:Fund",
        f"{KGS}amount-value",
        "kgo:amount 必须是不小于0的 xsd:decimal（人民币元）。（现为：-1.0）",
        "kgo:amount is an xsd:decimal of 0 or more (CNY). (It is: -1.0)",
    )
