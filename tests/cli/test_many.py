"""Inputs that hold many documents, standard input, and what is kept of them."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.shell import ARTICLE, SECOND, kg, outputs


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    lines = [{"id": "one", "text": ARTICLE}, {"id": "bad", "text": ""}, {"id": "two", "text": SECOND}]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def texts_of(out: Path) -> set[str]:
    return {name.removeprefix("documents/") for name in outputs(out) if name.startswith("documents/")}


def test_each_row_is_a_document_and_a_bad_one_is_named(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = kg("build", rows, "--out", out)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "rows.jsonl" in done.err
    assert texts_of(out) == {"one.txt", "two.txt"}


def test_rows_are_kept_with_what_was_bad_among_them(rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = kg("build", rows, "--out", out)
    again = kg("build", rows, "--out", out)
    assert again.code == 1
    assert again.err == first.err
    assert "沿用上次结果 2 篇" in again.out


def test_a_file_that_is_given_again_replaces_all_of_its_documents(rows: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other.txt"
    kg("build", rows, "--out", out, "-q")
    other.write_text("江州市举办江州人工智能大会。\n", encoding="utf-8")
    assert kg("build", other, "--out", out, "--add").code == 0
    assert texts_of(out) == {"one.txt", "two.txt", "other.txt"}
    rows.write_text(json.dumps({"id": "three", "text": SECOND}), encoding="utf-8")
    assert kg("build", rows, "--out", out, "--add").code == 0
    assert texts_of(out) == {"three.txt", "other.txt"}


def test_two_files_with_one_id_are_refused(rows: Path, tmp_path: Path) -> None:
    other = tmp_path / "ONE.txt"
    other.write_text(SECOND, encoding="utf-8")
    done = kg("build", rows, other, "--out", tmp_path / "out")
    assert done.code == 2
    assert "would both be the document" in done.err
    assert not (tmp_path / "out/graph.ttl").exists()


def test_a_title_is_refused_for_many(rows: Path, tmp_path: Path) -> None:
    assert kg("build", rows, "--out", tmp_path / "out", "--title", "x").code == 2


def test_a_zip_in_two_processes_is_the_same(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr(f"{name}/1.txt", ARTICLE)
            archive.writestr(f"{name}/2.txt", SECOND)
    inputs = (tmp_path / "a.zip", tmp_path / "b.zip")
    assert kg("build", *inputs, "--out", tmp_path / "one").code == 0
    assert kg("build", *inputs, "--out", tmp_path / "two", "--workers", "2").code == 0
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")
    assert len(texts_of(tmp_path / "one")) == 4


def test_standard_input_is_a_document(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for text in (SECOND, ARTICLE):
        command = [sys.executable, "-m", "kg", "build", "-", str(texts), "--out", str(out), "--workers", "2"]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
    assert texts_of(out) == {"stdin.txt", "article.txt", "second.txt"}
    assert (out / "documents/stdin.txt").read_bytes() == (out / "documents/article.txt").read_bytes()


def test_the_column_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("编号,正文\n甲,云川省设立丹霞基金。\n", encoding="utf-8")
    assert kg("build", path, "--out", tmp_path / "out", "--text-column", "正文").code == 0
    assert kg("build", path, "--out", tmp_path / "out", "--text-column", "没有").code != 0
