"""What a build streams from the disk is what one graph in memory would give, byte for byte."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from kg import kept, summary
from kg.check import check
from kg.export import write
from kg.outputs import in_order
from tests.cli.shell import kg, outputs
from tests.scale.texts import articles

COUNT = 60


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles, some in rows of one file."""
    folder = tmp_path_factory.mktemp("texts")
    rows = []
    for number, (id, text) in enumerate(articles(COUNT)):
        if number % 3:
            rows.append(json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n")
        else:
            (folder / f"{id}.txt").write_text(text, encoding="utf-8")
    (folder / "rows.jsonl").write_text("".join(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    assert kg("build", texts, "--out", out, "-q").code == 0
    return out


@pytest.mark.parametrize(("name", "evidence"), [("graph.ttl", False), ("evidence.ttl", True)])
def test_turtle_is_that_of_the_graph_in_memory(
    name: str, evidence: bool, built: Path, tmp_path: Path
) -> None:
    write(kept.restore(built), tmp_path / name, "ttl", evidence=evidence)
    assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


def test_ntriples_are_those_of_the_graph_in_memory(built: Path, texts: Path, tmp_path: Path) -> None:
    write(kept.restore(built), tmp_path / "graph.nt", "nt")
    for only in ("nt", "ttl"):
        assert kg("build", texts, "--out", tmp_path / "only", "--only", only, "-q").code == 0
    assert outputs(tmp_path / "only") == {
        "graph.nt": (tmp_path / "graph.nt").read_bytes(),
        "graph.ttl": (built / "graph.ttl").read_bytes(),
    }


def test_the_report_counts_and_checks_what_the_graph_in_memory_holds(built: Path) -> None:
    graph = kept.restore(built)
    report = json.loads((built / "report.json").read_bytes())
    counts, numbers = summary.counts(graph), report["counts"]
    assert {k: v for k, v in counts.entities.items() if v} == numbers["entities"]
    assert {k: v for k, v in counts.statements.items() if v} == numbers["relations"] | numbers["facts"]
    assert counts.planned == numbers["planned"] > 0
    assert numbers["sentences"] == len(graph.sentences)
    assert numbers["silent"] == len(summary.silent_sentences(graph))
    found = [asdict(problem) | {"severity": str(problem.severity)} for problem in check(graph)]
    assert report["problems"] == in_order(found)


def test_least_confidence_counts_a_statement_by_its_best_document(texts: Path, tmp_path: Path) -> None:
    """云川联合研究院 is founded in some documents and planned in others, with different confidence."""
    for least in ("0.6", "0.9"):
        out = tmp_path / least
        assert kg("build", texts, "--out", out, "-q", "--min-confidence", least).code == 0
        graph = kept.restore(out)
        write(graph, tmp_path / "graph.ttl", "ttl")
        assert (tmp_path / "graph.ttl").read_bytes() == (out / "graph.ttl").read_bytes()
        everything = {
            (s.subject, s.predicate, repr(s.object)) for r in kept.readings(out) for s in r.statements
        }
        report = json.loads((out / "report.json").read_bytes())
        assert report["counts"]["leftOut"] == len(everything) - len(graph.statements)


@pytest.mark.parametrize("workers", [1, 2])
def test_order_and_workers_change_no_byte(workers: int, built: Path, texts: Path, tmp_path: Path) -> None:
    inputs = sorted(texts.iterdir(), reverse=True)
    assert kg("build", *inputs, "--out", tmp_path, "-q", "--workers", str(workers)).code == 0
    assert outputs(tmp_path) == outputs(built)
