"""What decisions leave in graph.ttl and evidence.ttl, and that every shape is content with it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.check import check
from kg.export import FORMATS, evidence_triples, graph_triples, write
from kg.export.iri import iri, key_of
from kg.export.triples import CONFIRMED, REJECTED
from kg.model import Entity, EntityKey, Graph, Observation, Statement, Verdict
from kg.rdf import DCTERMS, KGO, OWL, RDF, NamedNode, RdfFormat, parse
from tests.fixtures_graph import (
    FUND,
    HOSTILE_NAMES,
    MOTHER_FUND,
    PLATFORM,
    UNIVERSITY,
    hostile_graph,
    sample_graph,
)
from tests.review.golden import GOLDEN, text
from tests.review.made import of, on, readings, replayed, reviewed_graph

GRAPH = sample_graph()
REVIEWED = reviewed_graph()


def statuses(graph: Graph, subject: EntityKey, predicate: str) -> set[str]:
    """The statuses of the statements of a subject and a predicate."""
    triples = evidence_triples(graph)
    about = {
        t.subject
        for t in triples
        if t.predicate.value == f"{RDF}subject" and t.object == NamedNode(iri(subject))
    } & {t.subject for t in triples if t.object == NamedNode(KGO + predicate)}
    found = [t.object for t in triples if t.subject in about and t.predicate.value == f"{KGO}status"]
    return {str(getattr(o, "value", "")).removeprefix(KGO) for o in found}


@pytest.mark.parametrize(
    ("subject", "predicate", "found"),
    [
        (FUND, "partOf", {REJECTED}),
        (FUND, "amount", {"asserted", CONFIRMED}),
        (PLATFORM, "establishedBy", {"planned", CONFIRMED}),
        (FUND, "operatedBy", {"asserted"}),
        (MOTHER_FUND, "date", {"asserted"}),
        (MOTHER_FUND, "establishedBy", {"asserted"}),
    ],
)
def test_status_of_what_was_reviewed(subject: EntityKey, predicate: str, found: set[str]) -> None:
    assert statuses(REVIEWED, subject, predicate) == found


def test_the_rejected_leave_the_graph_and_stay_with_their_evidence() -> None:
    gone = set(graph_triples(GRAPH)) - set(graph_triples(REVIEWED))
    assert {(t.predicate.value, t.object) for t in gone} == {(f"{KGO}partOf", NamedNode(iri(MOTHER_FUND)))}
    before, after = (evidence_triples(g) for g in (GRAPH, REVIEWED))
    lost = {t.predicate.value for t in set(before) - set(after)}
    assert lost == {f"{KGO}status"}


def test_a_decision_says_who_when_and_why() -> None:
    (statement,) = REVIEWED.rejected
    triples = evidence_triples(REVIEWED)
    nodes = {t.object for t in triples if t.predicate.value == f"{KGO}review"}
    said = [(t.predicate.value, t.object) for t in triples if t.subject in nodes]
    reviewers = {o.value for p, o in said if p == f"{KGO}reviewer" and hasattr(o, "value")}
    assert reviewers == {"甲", "乙"}
    assert {str(o) for p, o in said if p == f"{DCTERMS}date"} == {
        '"2026-11-24"^^<http://www.w3.org/2001/XMLSchema#date>'
    }
    assert len([1 for p, _ in said if p == f"{KGO}verdict"]) == len(nodes) == 8
    assert len(statement.reviews) == 2


def test_a_baseline_goes_with_its_figure() -> None:
    figures = [s for s in GRAPH.statements if isinstance(s.object, Observation) and s.object.baseline]
    (figure,) = figures
    rejected = replace(figure, reviews=(on(figure, Verdict.WRONG),))
    without = replace(
        GRAPH, statements=tuple(s for s in GRAPH.statements if s != figure), rejected=(rejected,)
    )
    assert check(without) == ()
    gone = {t.subject for t in graph_triples(GRAPH)} - {t.subject for t in graph_triples(without)}
    assert len(gone) == 2
    # a figure that another statement tells too is kept
    assert isinstance(figure.object, Observation)
    earlier = Statement(figure.subject, "observation", figure.object.baseline or Decimal(0), figure.evidence)
    both = replace(without, statements=(*without.statements, earlier))
    assert check(both) == ()


def test_names_given_up_lead_on_and_what_differs_says_so() -> None:
    several = readings("江州大学位于江州市。江州学院位于江州市。云川大学位于江州市。")
    college, other = EntityKey("Institution", "江州学院"), EntityKey("Institution", "云川大学")
    graph = replayed(
        several,
        of(UNIVERSITY, Verdict.RENAME, "江州综合大学"),
        of(college, Verdict.SAME, UNIVERSITY),
        of(other, Verdict.NOT_SAME, UNIVERSITY),
    )
    now = replace(UNIVERSITY, name="江州综合大学")
    triples = {(t.subject, t.predicate.value, t.object) for t in evidence_triples(graph)}
    for old in (UNIVERSITY, college):
        assert (NamedNode(iri(old)), f"{DCTERMS}isReplacedBy", NamedNode(iri(now))) in triples
    differing = {(s, o) for s, p, o in triples if p == f"{OWL}differentFrom"}
    assert {frozenset(pair) for pair in differing} == {
        frozenset((NamedNode(iri(now)), NamedNode(iri(other))))
    }
    decided = sorted(o.value for _, p, o in triples if p == f"{KGO}decided" and hasattr(o, "value"))
    assert decided == ["江州大学", "江州大学", "江州综合大学"]
    assert check(graph) == ()


def hostile() -> Graph:
    """Every hostile name as a reviewer, a reason and a new name."""
    graph = hostile_graph()
    statements = tuple(
        replace(
            s,
            reviews=(
                replace(on(s, Verdict.RIGHT), reviewer=HOSTILE_NAMES[n % len(HOSTILE_NAMES)]),
                replace(on(s, Verdict.RIGHT, "乙"), reason=HOSTILE_NAMES[n % len(HOSTILE_NAMES)]),
            ),
        )
        for n, s in enumerate(graph.statements)
    )
    named = [(e.key, of(e.key, Verdict.RENAME, HOSTILE_NAMES[0])) for e in graph.entities]
    return replace(graph, statements=statements, identities=replace(graph.identities, decided=tuple(named)))


@pytest.mark.parametrize("graph", [REVIEWED, hostile()], ids=["sample", "hostile"])
@pytest.mark.parametrize("format", ["ttl", "nt", "jsonld", "rdfxml"])
def test_every_format_carries_the_same(graph: Graph, format: str, tmp_path: Path) -> None:
    path = tmp_path / f"evidence.{FORMATS[format].suffix}"
    write(graph, path, format, evidence=True)
    known = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    read = {q.triple for q in parse(path.read_bytes(), known.get(format, RdfFormat.RDF_XML))}
    assert read == set(evidence_triples(graph))


def test_shapes_are_content() -> None:
    assert check(REVIEWED) == ()


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "甲:乙", ".."])
@pytest.mark.parametrize("scope", ["", "a:b/c", "云川省"])
def test_an_iri_gives_its_entity_back(name: str, scope: str) -> None:
    key = EntityKey("Fund", name, scope)
    assert key_of(iri(key)) == key


@pytest.mark.parametrize(
    "other",
    [
        "",
        "https://w3id.org/policykg/id/",
        "https://w3id.org/policykg/id/novel/红楼梦",
        "https://w3id.org/policykg/id/fund/",
        "https://w3id.org/policykg/id/fund/a/b",
        "https://w3id.org/policykg/id/fund/%FF",
        "https://w3id.org/policykg/id/fund/a b",
        "https://example.org/id/fund/甲",
    ],
)
def test_what_is_no_entity_of_ours(other: str) -> None:
    assert key_of(other) is None


def test_one_prefix_of_a_class_is_no_other() -> None:
    assert Entity(EntityKey("Place", "甲")).key == key_of(iri(EntityKey("Place", "甲")))


def test_what_decisions_add_is_as_it_was() -> None:
    assert GOLDEN.read_text(encoding="utf-8") == text(), "python -m tests.review.golden"
