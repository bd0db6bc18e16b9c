"""kg mine: what is counted over a corpus, how it is ranked and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import mine
from kg.errors import InputError, UsageError
from kg.unplaced import Leftovers, Sort
from tests.cli.shell import kg
from tests.reading import reading, resources

#: Three documents: 茶肆 ends two names in two of them, 画册 one; 羡慕 stands in two.
TEXTS = {
    "a": "江州市建设砚川茶肆。云川大学羡慕江州实验室。",
    "b": "江州茶肆主任陈云山说。云川省印发《江州画册》。砚智设立云江产业基金。",
    "c": "云川大学羡慕江州实验室。云川大学羡慕云川省科学院。",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [json.dumps({"id": id, "text": text}, ensure_ascii=False) for id, text in TEXTS.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path / "corpus.jsonl"


def test_words_are_ranked_by_documents(corpus: Path) -> None:
    found = mine.mine([corpus], resources())
    assert found.documents == 3
    counts = {(f.sort.value, f.key): (f.documents, f.occurrences, f.names) for f in found.findings(9)}
    assert counts == {
        ("heads", "茶肆"): (2, 2, 2),
        ("verbs", "羡慕"): (2, 3, 1),
        ("quoted", "江州画册"): (1, 1, 1),
        ("short", "砚智"): (1, 1, 1),
    }


def test_examples_come_from_different_documents(corpus: Path) -> None:
    (verb,) = mine.mine([corpus], resources(), kinds=["verbs"]).findings(9)
    assert [(e.document, e.text) for e in verb.examples] == [
        ("a", "云川大学【羡慕】江州实验室。"),
        ("c", "云川大学【羡慕】江州实验室。"),
    ]
    assert verb.how == (("Institution→Institution", 3),)


def test_a_head_is_worth_as_many_names_as_it_ends() -> None:
    found = mine.Mine(Leftovers(resources().lexicon), [Sort.HEADS])
    for text in ["江州市建设砚川茶肆。"] * 3 + ["江州瓦肆主任陈云山说。", "临溪瓦肆主任陈云山说。"]:
        found.add(reading(text))
    assert [(f.key, f.weight, f.documents) for f in found.findings(9)] == [("瓦肆", 2, 2), ("茶肆", 1, 3)]


def test_the_rarest_words_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "KEPT", 1)
    found = mine.Mine(Leftovers(resources().lexicon), [Sort.HEADS])
    for text in ("江州市建设砚川茶肆。", "江州茶肆主任陈云山说。", "江州瓦肆主任陈云山说。"):
        found.add(reading(text))
    assert [f.key for f in found.findings(9)] == ["茶肆"]
    assert list(found.notes()) == ["heads: 1 rare words were dropped, since 1 are counted at a time"]


def test_the_table_names_places_and_the_same_twice(corpus: Path) -> None:
    done = kg("mine", corpus)
    assert (done.code, done.err) == (0, "")
    assert "  茶肆　2 篇 2 次　2 名　office 1，建设… 1" in done.out.splitlines()
    assert "      江州市建设【砚川茶肆】。  [a:5-9]" in done.out.splitlines()
    assert kg("mine", corpus).out == done.out


def test_tsv_json_and_limits(corpus: Path) -> None:
    rows = [line.split("\t") for line in kg("mine", corpus, "-f", "tsv", "--kind", "verbs").out.splitlines()]
    assert rows[0][:6] == ["kind", "word", "documents", "occurrences", "names", "how"]
    assert [row[:4] for row in rows[1:]] == [["verbs", "羡慕", "2", "3"]]
    plain = json.loads(kg("mine", corpus, "-f", "json", "--limit-documents", "1", "--examples", "1").out)
    assert [(f["kind"], f["word"], f["documents"]) for f in plain] == [
        ("heads", "茶肆", 1),
        ("verbs", "羡慕", 1),
    ]
    assert plain[0]["examples"] == [
        {"document": "a", "start": 5, "end": 9, "text": "江州市建设【砚川茶肆】。"}
    ]
    assert len(json.loads(kg("mine", corpus, "-f", "json", "--top", "1", "--kind", "verbs").out)) == 1


def test_what_cannot_be_read_is_named_and_the_rest_counted(corpus: Path) -> None:
    missing = corpus.parent / "missing.txt"
    done = kg("mine", corpus, missing)
    assert done.code == 1
    assert "missing.txt" in done.err
    assert "茶肆" in done.out
    with pytest.raises(InputError):
        mine.mine([missing], resources())


@pytest.mark.parametrize(("option", "known"), [("--format", "tsv"), ("--kind", "heads")])
def test_wrong_usage_names_the_choices(option: str, known: str, corpus: Path) -> None:
    done = kg("mine", corpus, option, "xyz")
    assert done.code == 2
    assert known in done.err
    with pytest.raises(UsageError):
        mine.validate("xyz", [])


def test_words_that_were_looked_at_are_passed_over(corpus: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen.tsv"
    seen.write_text(kg("mine", corpus, "-f", "tsv", "--kind", "heads").out + "羡慕\n", encoding="utf-8")
    assert mine.looked_at(seen) == {"kind", "茶肆", "羡慕"}
    rows = kg("mine", corpus, "-f", "tsv", "--without", seen).out.splitlines()[1:]
    assert [row.split("\t")[1] for row in rows] == ["江州画册", "砚智"]
    assert kg("mine", corpus, "--without", tmp_path / "missing").code == 1


def test_own_words_take_a_place(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "suffixes.tsv").write_text(
        "suffix\tclass\tneed\n茶肆\tInstitution\tproper\n", encoding="utf-8"
    )
    assert "茶肆" in kg("mine", corpus, "--kind", "heads").out
    assert "茶肆" not in kg("mine", corpus, "--kind", "heads", "--lexicon", tmp_path / "own").out
