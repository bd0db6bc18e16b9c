"""A build is checked as a whole: SHACL over what it would write, and every quote against its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.check import check, check_files, verify_quotes
from kg.errors import EvidenceError
from kg.export import write
from kg.model import Entity, EntityKey, Graph, Severity, Span, Statement
from tests.fixtures_graph import FUND, hostile_graph, sample_graph

BASE = "https://graph.example/"


@pytest.mark.parametrize(
    "graph", [sample_graph(), hostile_graph(), Graph()], ids=["sample", "hostile", "empty"]
)
def test_a_sound_graph_has_no_problem(graph: Graph) -> None:
    assert check(graph) == ()
    verify_quotes(graph)


def test_files_are_checked_together(tmp_path: Path) -> None:
    graph, evidence = tmp_path / "graph.ttl", tmp_path / "evidence.ttl"
    write(sample_graph(), graph)
    write(sample_graph(), evidence, evidence=True)
    assert check_files(graph, evidence) == ()
    assert check_files(graph) == ()
    assert {p.shape.rpartition("#")[2] for p in check_files(evidence)} >= {"Mention-entity"}


def test_problems_come_violations_first_and_sorted() -> None:
    graph = sample_graph()
    long = Entity(EntityKey("Fund", "甲" * 61))
    below = Statement(FUND, "amount", Decimal(-1), graph.statements[0].evidence)
    worse = replace(graph, entities=(long, *graph.entities), statements=(*graph.statements, below))
    found = check(worse, BASE)
    assert [(p.severity, p.shape.rpartition("#")[2]) for p in found] == [
        (Severity.VIOLATION, "amount-value"),
        (Severity.WARNING, "Entity-length"),
    ]
    assert found[0].focus == f"{BASE}id/fund/云川数谷文化基金"
    assert found == check(worse, BASE)


def _shift_sentence(graph: Graph) -> Graph:
    first, *rest = graph.sentences
    return replace(graph, sentences=(replace(first, span=first.span.shift(1)), *rest))


def _alter_sentence(graph: Graph) -> Graph:
    first, *rest = graph.sentences
    return replace(graph, sentences=(replace(first, text=first.text + " "), *rest))


def _shift_mention(graph: Graph) -> Graph:
    (document, reference), *rest = graph.references
    mention = replace(reference.mention, span=reference.mention.span.shift(-1))
    return replace(graph, references=((document, replace(reference, mention=mention)), *rest))


def _evidence(span: Callable[[Span, int], Span]) -> Callable[[Graph], Graph]:
    def change(graph: Graph) -> Graph:
        first, *rest = graph.statements
        evidence = first.evidence[0]
        length = len(next(d.text for d in graph.documents if d.id == evidence.document))
        wrong = replace(evidence, span=span(evidence.span, length))
        return replace(graph, statements=(replace(first, evidence=(wrong,)), *rest))

    return change


def _mark_outside(graph: Graph) -> Graph:
    first, *rest = graph.statements
    evidence = first.evidence[0]
    wrong = replace(evidence, marks=(Span(evidence.span.end, evidence.span.end + 1),))
    return replace(graph, statements=(replace(first, evidence=(wrong,)), *rest))


BROKEN: dict[str, Callable[[Graph], Graph]] = {
    "sentence at another place": _shift_sentence,
    "sentence with other words": _alter_sentence,
    "mention at another place": _shift_mention,
    "evidence past the end": _evidence(lambda span, length: Span(span.start, length + 1)),
    "evidence before the start": _evidence(lambda span, length: Span(-1, span.end)),
    "empty evidence": _evidence(lambda span, length: Span(span.start, span.start)),
    "mark outside of its sentence": _mark_outside,
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_quote_that_its_text_does_not_hold_fails(change: Callable[[Graph], Graph]) -> None:
    with pytest.raises(EvidenceError, match=r"^(paper|report): characters "):
        verify_quotes(change(sample_graph()))
