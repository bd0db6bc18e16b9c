"""The store: whole or not there, replaced in one step, read by many."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import store
from kg.export import evidence_triples, graph_triples, write
from kg.model import Graph
from tests.fixtures_graph import hostile_graph, sample_graph


def files(graph: Graph, folder: Path) -> tuple[Path, Path]:
    write(graph, folder / "graph.ttl")
    write(graph, folder / "evidence.ttl", evidence=True)
    return folder / "graph.ttl", folder / "evidence.ttl"


def count(place: Path) -> int:
    return len(list(store.open_read_only(place).quads_for_pattern(None, None, None, None))) - ontology_size()


def ontology_size() -> int:
    return len(list(store.of_files().quads_for_pattern(None, None, None, store.ONTOLOGY)))


def size(graph: Graph) -> int:
    return len(graph_triples(graph)) + len(evidence_triples(graph))


def test_a_store_holds_both_files_and_replaces_the_older(tmp_path: Path) -> None:
    place = tmp_path / "store"
    for graph in (sample_graph(), hostile_graph(), Graph()):
        store.load(*files(graph, tmp_path), place)
        assert count(place) == size(graph)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evidence.ttl", "graph.ttl", "store"]


def test_what_an_interrupted_run_left_is_no_obstacle(tmp_path: Path) -> None:
    for name in ("store.new", "store.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "junk").write_text("x")
    store.load(*files(sample_graph(), tmp_path), tmp_path / "store")
    assert count(tmp_path / "store") == size(sample_graph())


def test_a_file_that_does_not_load_leaves_the_older_store(tmp_path: Path) -> None:
    place = tmp_path / "store"
    graph, evidence = files(sample_graph(), tmp_path)
    store.load(graph, evidence, place)
    evidence.write_text("broken", encoding="utf-8")
    with pytest.raises(SyntaxError):
        store.load(graph, evidence, place)
    assert count(place) == size(sample_graph())


def test_many_may_read_at_once_and_none_may_write(tmp_path: Path) -> None:
    place = tmp_path / "store"
    store.load(*files(sample_graph(), tmp_path), place)
    one, other = store.open_read_only(place), store.open_read_only(place)
    assert len(list(one)) == len(list(other)) > 500
    with pytest.raises(RuntimeError, match="read-write"):
        one.update("CLEAR ALL")
