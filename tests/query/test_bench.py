"""The bench runs; what it measures is nobody's promise here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ontology import Ontology
from kg.questions import list_queries
from tests.query import bench
from tests.query.generated import write


def test_the_same_size_is_the_same_graph(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    one, other = ([path.read_bytes() for path in write(folder, 2_000)] for folder in folders)
    assert one == other
    assert 1_500 < sum(text.count(b"\n") for text in one) < 3_500


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib's own evaluation uses it
def test_a_table_has_a_line_for_each_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "PLACE", tmp_path)
    head, rule, *rows = bench.lines(4_000, 2)
    assert head.startswith("| 4,000 triples | question |")
    assert rule.count("|") == head.count("|")
    assert [row.split(" | ")[1] for row in rows] == [ask.name for ask in bench.ASKS]
    assert all(row.count("|") == head.count("|") for row in rows)


@pytest.mark.parametrize("name", ["overview", "central", "central-platforms"])
def test_questions_about_the_whole_graph_name_every_relation(name: str) -> None:
    """A variable in the place of the predicate would read the evidence too: 11 s and not 0.03 s at 1 million."""
    ontology = Ontology.load()
    classes = {*ontology.classes, "Entity"}
    relations = {
        term.name
        for term in ontology.terms.values()
        if term.kind == "relation" and {*term.domain, *term.range} <= classes
    }
    text = next(question.text for question in list_queries() if question.name == name)
    named = set(text.partition("VALUES ?t {")[2].partition("}")[0].replace("kgo:", "").split())
    assert named == relations
    assert len(named) == 14
