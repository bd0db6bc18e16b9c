"""The sample graph, built as ``kg build`` lays it out, and served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.export import BASE
from kg.view import write_page
from tests.fixtures_graph import sample_graph
from tests.query.conftest import build
from tests.serve.service import Service, serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = build(sample_graph(), tmp_path_factory.mktemp("served"))
    report = '{"generator": "policykg", "base": "https://w3id.org/policykg/"}'
    (made / "report.json").write_text(report, encoding="utf-8")
    write_page(sample_graph(), made / "graph.html", base=BASE)
    return made


@pytest.fixture(scope="session")
def service(folder: Path) -> Iterator[Service]:
    """With bounds that tests reach; two queries at once."""
    bounds = (
        "--timeout",
        "5",
        "--max-rows",
        "500",
        "--max-size",
        "0.2",
        "--max-body",
        "0.05",
        "--memory",
        "400",
    )
    with serving(folder, *bounds) as running:
        yield running
