"""Garbage in: one sentence each, the others still built, exit 1."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import ARTICLE, kg, outputs


def _write(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _unreadable(path: Path) -> None:
    path.write_text(ARTICLE, encoding="utf-8")
    path.chmod(0)


#: Name of the input, how it is made, what the sentence says.
GARBAGE: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing.txt", lambda path: None, "no such file or folder"),
    ("empty.txt", _write(b""), "the file is empty"),
    ("blank.txt", _write(" \n\u3000\n".encode()), "no text"),
    ("mark.txt", _write(b"\xef\xbb\xbf"), "no text"),
    ("image.txt", _write(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8), "a PNG image"),
    ("picture.xyz", _write(b"\x00\x01" * 64), "no reader for files named .xyz"),
    ("zip.md", _write(b"PK\x03\x04" + bytes(64)), "a ZIP archive"),
    ("zeros.txt", _write(bytes(4096)), "binary"),
    ("noise.html", _write(bytes((i * 89 + i // 7 * 151) % 256 for i in range(4096))), ""),
    ("cut.txt", _write(("云川省" * 40).encode()[:-1]), "UTF-8"),
    ("folder", lambda path: path.mkdir(), "no file to read in this folder"),
    ("page.html", _write(b"<html><body><script>var a = 1</script></body></html>"), "no text"),
]


@pytest.mark.parametrize(("name", "make", "words"), GARBAGE, ids=[name for name, _, _ in GARBAGE])
def test_garbage_is_one_sentence_and_the_others_are_built(
    name: str, make: Callable[[Path], object], words: str, texts: Path, tmp_path: Path
) -> None:
    bad, out = tmp_path / name, tmp_path / "out"
    make(bad)
    done = kg("build", bad, texts, "--out", out)
    assert done.code == 1
    assert done.err.count("\n") == 1, done.err
    assert str(bad) in done.err
    assert words in done.err
    assert "2 篇文本" in done.out
    assert "未能读取 1 个输入" in done.out
    (unread,) = json.loads((out / "report.json").read_bytes())["unread"]
    assert unread["path"] == str(bad)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(texts: Path, tmp_path: Path) -> None:
    _unreadable(tmp_path / "secret.txt")
    done = kg("build", tmp_path / "secret.txt", texts, "--out", tmp_path / "out")
    assert done.code == 1
    assert "cannot be opened" in done.err


def test_when_nothing_can_be_read_nothing_changes(texts: Path, tmp_path: Path) -> None:
    out, empty = tmp_path / "out", tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert kg("build", empty, "--out", out).code == 1
    assert not (out / "graph.ttl").exists()
    kg("build", texts, "--out", out)
    before = outputs(out)
    assert kg("build", empty, tmp_path / "missing.txt", "--out", out).code == 1
    assert outputs(out) == before


def test_a_fault_of_ours_stays_with_its_document(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import pipeline

    original = pipeline.read_document

    def failing(document: object, *how: object) -> object:
        if getattr(document, "id", "") == "second":
            raise ValueError("boom")
        return original(document, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "read_document", failing)
    done = kg("build", texts, "--out", tmp_path / "out")
    assert done.code == 1
    assert "second.txt: policykg failed on it (ValueError: boom); please report" in done.err
    assert "1 篇文本" in done.out


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_text_in_five_encodings_is_one_text(encoding: str, tmp_path: Path) -> None:
    text = "江州大學與江州市人民政府合作。江州大學位於江州市。\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    out = tmp_path / "out"
    assert kg("build", tmp_path / "a.txt", "--out", out).code == 0
    assert (out / "documents/a.txt").read_bytes() == text.rstrip("\n").encode()
