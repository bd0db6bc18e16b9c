"""Builds of the two graphs, as ``kg build`` lays them out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import store
from kg.export import BASE, write
from kg.model import Graph
from tests.fixtures_graph import hostile_graph, sample_graph
from tests.query.gallery import earlier_graph, gallery_graph


def build(graph: Graph, folder: Path, base: str = BASE) -> Path:
    """Write what a query needs of a build."""
    folder.mkdir(exist_ok=True)
    write(graph, folder / "graph.ttl", base=base)
    write(graph, folder / "evidence.ttl", base=base, evidence=True)
    store.load(folder / "graph.ttl", folder / "evidence.ttl", folder / "store")
    (folder / "report.json").write_text(json.dumps({"base": base}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sample_graph(), tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(hostile_graph(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(gallery_graph(), tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(earlier_graph(), tmp_path_factory.mktemp("earlier"))
