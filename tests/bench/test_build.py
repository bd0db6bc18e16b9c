"""The bench of builds runs; what it measures is nobody's promise here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import build


def test_a_share_of_a_corpus_is_taken_evenly(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    rows = [json.dumps({"id": str(n), "text": "x" * 980}) + "\n" for n in range(1000)]
    (corpus / "a.jsonl").write_text("".join(rows), encoding="utf-8")
    build.take(corpus, 0.1, tmp_path / "some")
    taken = [int(json.loads(row)["id"]) for row in (tmp_path / "some/a.jsonl").read_text().splitlines()]
    assert 95 <= len(taken) <= 105
    assert taken[0] == 0
    assert taken[-1] > 950
    build.take(corpus, 44, tmp_path / "all")
    assert (tmp_path / "all/a.jsonl").read_bytes() == (corpus / "a.jsonl").read_bytes()


def test_tables_have_a_row_for_each_size_and_each_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "SIZES", (0.01, 0.01))
    monkeypatch.setattr(build, "TRIPLES", 4_000)
    assert len(list(build.sizes(tmp_path / "none", tmp_path))) == 4
    rows = list(build.turtle(tmp_path))
    assert len(rows) == 5
    assert all(
        float(cell) >= 0 for row in rows[2:] for cell in row.strip("| ").split(" | ")[1:] if cell != "–"
    )
