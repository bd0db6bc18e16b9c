"""Names that break a writer which forgets to escape, from the text to every output."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from tests.cli.shell import ARTICLE, kg

#: Stand in quotes before 平台, which makes them names of platforms.
NAMES = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    'a"b\\c\\nd',
    "{x} ?y . } DROP ALL #",
    "a^b`c|d%20e%",
    "٠١٢‮云溪",
    "𠮷野𝒜",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_text_builds_and_reads_back(name: str, tmp_path: Path) -> None:
    text = f"临溪县人民政府建设“{name}”平台。江州市发布《{name}管理办法》，由江州大学研发“{name}”系统。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    done = kg("build", tmp_path / "a.txt", "--out", out)
    assert done.code == 0, done.err
    for file in ("graph.ttl", "evidence.ttl"):
        theirs = rdflib.Graph().parse(out / file)
        ours = pyoxigraph.parse(path=str(out / file), format=pyoxigraph.RdfFormat.TURTLE)
        assert len(theirs) == len(set(ours))
    page = (out / "graph.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page
    assert "<script>alert(1)" not in page


FILES = [
    "a b.txt",
    "it's.txt",
    '"q".txt',
    "a&b<c>.txt",
    "数谷（一）.txt",
    "-o.txt",
    "a%20b.txt",
    "e\u0301.txt",
]


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "out"
    done = kg("build", folder, "--out", out)
    assert done.code == 0, done.err
    assert len(list((out / "documents").rglob("*.txt"))) == 1
    rdflib.Graph().parse(out / "evidence.ttl")
    assert kg("build", folder, "--out", out).code == 0


@pytest.mark.skipif(os.name != "posix", reason="bytes in names")
def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"\xca\xfd\xb9\xc8.txt")  # 数谷.txt in GBK
    (folder / name).write_text(ARTICLE, encoding="utf-8")
    done = kg("build", folder, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    empty = folder / os.fsdecode(b"x\xca\xfd.txt")
    empty.write_bytes(b"")
    assert kg("build", folder, "--out", tmp_path / "out").code == 1


def test_a_folder_name_that_is_no_utf8_is_refused(texts: Path, tmp_path: Path) -> None:
    done = kg("build", texts, "--out", tmp_path / os.fsdecode(b"\xca\xfd"))
    assert done.code == 2
    assert "UTF-8" in done.err
