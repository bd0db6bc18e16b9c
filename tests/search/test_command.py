"""``kg search`` as a user runs it, and the same pattern over HTTP."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.shell import kg
from tests.fixtures_graph import sample_graph
from tests.query.conftest import build
from tests.serve.service import serving

HEAD = ["what", "words", "name", "document", "start", "iri"]
FUND = "https://w3id.org/policykg/id/fund/云川数谷文化基金"


def found(folder: Path, *arguments: str) -> list[list[str]]:
    done = kg("search", folder, *arguments, "-f", "csv")
    assert done.code == 0, done.err
    head, *rows = csv.reader(io.StringIO(done.out))
    assert head == HEAD
    return [[row[0].rpartition("#")[2], *row[1:]] for row in rows]


def test_names_then_sentences(sample: Path) -> None:
    rows = found(sample, "数谷文化")
    assert rows[0] == ["Fund", "云川数谷文化基金", "云川数谷文化基金", "", "", FUND]
    (what, words, name, document, start, _) = rows[1]
    assert (what, name, document) == ("Sentence", "", "paper")
    assert "云川数谷文化基金" in words
    assert int(start) > 0
    assert len(rows) == 2


def test_an_alias_shows_the_name(sample: Path) -> None:
    (row,) = found(sample, "发展改革委", "--in", "names")
    assert row[1:3] == ["云川省发展改革委", "云川省发展和改革委员会"]


@pytest.mark.parametrize("word", ["雲川數谷文化", "ycsgwhjj", "yunchuanshuguwenhua"])
def test_either_script_and_pinyin(word: str, sample: Path) -> None:
    assert found(sample, word, "--in", "names")[0][5] == FUND


def test_where_and_how_many(sample: Path) -> None:
    assert {row[0] for row in found(sample, "云川", "--in", "text")} == {"Sentence"}
    assert "Sentence" not in {row[0] for row in found(sample, "云川", "--in", "names")}
    assert len(found(sample, "云川", "--limit", "1")) == 2
    assert len(found(sample, "云川", "--limit", "0")) > 10


def test_nothing_is_exit_code_1(sample: Path) -> None:
    done = kg("search", sample, "没有这个")
    assert (done.code, done.out, done.err) == (1, "", f"nothing in {sample} holds '没有这个'\n")
    assert kg("search", sample, "云川", "--in", "x").code == 2
    assert kg("search", sample, "云川", "-f", "x").code == 2
    assert kg("search", sample.parent / "none", "云川").code == 1


def test_formats(sample: Path) -> None:
    assert "云川数谷文化基金" in kg("search", sample, "数谷文化").out
    data = json.loads(kg("search", sample, "数谷文化", "-f", "json").out)
    assert data["head"]["vars"] == HEAD


def test_the_pattern_over_http(tmp_path: Path) -> None:
    with serving(build(sample_graph(), tmp_path / "out")) as service:
        answer = service.ask(query='SELECT ?e { ?e search:name "雲川數谷文化" }')
        assert [row["e"]["value"] for row in json.loads(answer.text)["results"]["bindings"]] == [FUND]
        refused = service.ask(query="SELECT ?e { ?e search:name ?x }")
        assert (refused.status, "cannot stand here" in refused.text) == (400, True)
