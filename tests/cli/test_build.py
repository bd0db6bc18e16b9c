"""``kg build`` as its users meet it: what stands in the folder, and what it never touches."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.cli.shell import ARTICLE, SECOND, kg, outputs, process

OUTPUTS = {
    "graph.ttl",
    "evidence.ttl",
    "graph.html",
    "report.json",
    "documents/article.txt",
    "documents/second.txt",
}


def test_everything_that_the_contract_lists_is_written(built: Path) -> None:
    assert set(outputs(built)) == OUTPUTS
    assert (built / "store").is_dir()
    assert (built / ".cache").is_dir()
    assert not list(built.glob(".building*"))


def test_the_summary_says_what_was_found_and_where_to_look(texts: Path, tmp_path: Path) -> None:
    done = kg("build", texts, "--out", tmp_path / "out")
    assert done.code == 0
    assert done.err == ""
    for words in (
        "2 篇文本",
        "实体 ",
        "关系 ",
        "基金 2",
        "句没有抽出关系或数据",
        "检查：",
        "graph.html",
        "kg query",
    ):
        assert words in done.out


def test_quiet_says_nothing(texts: Path, tmp_path: Path) -> None:
    assert kg("build", texts, "--out", tmp_path / "out", "--quiet") == (0, "", "")


def test_the_report_counts_and_names(built: Path) -> None:
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["entities"]["Fund"] == 2
    assert report["counts"]["relations"]["issuedBy"] == 1
    assert [d["id"] for d in report["documents"]] == ["article", "second"]
    assert report["documents"][0]["textFile"] == "documents/article.txt"
    assert report["unread"] == []
    assert report["reused"] == []
    assert report["versions"]["policykg"]


def test_a_second_build_reuses_what_did_not_change(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", texts, "--out", out)
    first = outputs(out)
    (texts / "second.txt").write_text(SECOND + "江州市举办江州人工智能大会。\n", encoding="utf-8")
    done = kg("build", texts, "--out", out)
    assert "沿用上次结果 1 篇" in done.out
    assert json.loads((out / "report.json").read_bytes())["reused"] == ["article"]
    assert outputs(out)["documents/article.txt"] == first["documents/article.txt"]
    assert outputs(out)["graph.ttl"] != first["graph.ttl"]
    assert len(list((out / ".cache" / "reading").iterdir())) == 2


def test_the_folder_holds_exactly_the_inputs_named(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", texts, "--out", out)
    kg("build", texts / "second.txt", "--out", out)
    assert not (out / "documents/article.txt").exists()
    assert "云川数谷文化基金" not in (out / "graph.ttl").read_text(encoding="utf-8")


def test_add_keeps_the_earlier_ones(texts: Path, tmp_path: Path) -> None:
    both, one = tmp_path / "both", tmp_path / "one"
    kg("build", texts, "--out", both)
    kg("build", texts / "article.txt", "--out", one)
    assert kg("build", texts / "second.txt", "--out", one, "--add").code == 0
    both_files, one_files = outputs(both), outputs(one)
    del both_files["report.json"], one_files["report.json"]  # which says what was reused
    assert one_files == both_files


def test_add_reads_a_named_file_again(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", texts, "--out", out)
    (texts / "second.txt").write_text("江州市举办江州人工智能大会。\n", encoding="utf-8")
    assert kg("build", texts / "second.txt", "--out", out, "--add").code == 0
    assert "江州人工智能大会" in (out / "graph.ttl").read_text(encoding="utf-8")
    assert (out / "documents/article.txt").exists()


def test_add_refuses_another_file_of_the_same_id(texts: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    (other / "second.txt").write_text("江州市举办江州人工智能大会。\n", encoding="utf-8")
    kg("build", texts, "--out", out)
    before = outputs(out)
    done = kg("build", other / "second.txt", "--out", out, "--add")
    assert done.code == 2
    assert "'second'" in done.err
    assert outputs(out) == before


def test_add_without_what_it_needs_says_so(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", texts, "--out", out)
    for path in sorted((out / ".cache").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    done = kg("build", texts / "second.txt", "--out", out, "--add")
    assert done.code == 2
    assert "build again from all inputs" in done.err


def test_only_nt_writes_one_file(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", texts, "--out", out, "--only", "nt").code == 0
    assert [p.name for p in out.iterdir()] == ["graph.nt"]
    assert "<https://w3id.org/policykg/id/fund/" in (out / "graph.nt").read_text(encoding="utf-8")


def test_files_of_the_user_stay(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "documents").mkdir(parents=True)
    (out / "notes.md").write_text("mine", encoding="utf-8")
    (out / "documents").rmdir()
    kg("build", texts, "--out", out)
    (out / "documents" / "mine.txt").write_text("mine", encoding="utf-8")
    kg("build", texts / "second.txt", "--out", out)
    assert (out / "notes.md").read_text(encoding="utf-8") == "mine"
    assert (out / "documents" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not (out / "documents" / "article.txt").exists()


@pytest.mark.parametrize("name", ["graph.ttl", "store", "documents"])
def test_a_folder_with_foreign_files_of_our_names_is_refused(name: str, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / name).mkdir(parents=True)
    (out / name / "theirs").write_text("theirs", encoding="utf-8")
    done = kg("build", texts, "--out", out)
    assert done.code == 2
    assert f"holds {name} that kg build did not write" in done.err
    assert [p.relative_to(out).as_posix() for p in sorted(out.rglob("*"))] == [name, f"{name}/theirs"]


def test_out_inside_the_input_folder_is_not_read_again(texts: Path) -> None:
    out = texts / "out"
    assert kg("build", texts, "--out", out).code == 0
    assert kg("build", texts, "--out", out).code == 0
    assert {p.name for p in (out / "documents").iterdir()} == {"article.txt", "second.txt"}


def test_out_has_a_default_for_one_input(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("build", texts / "article.txt").code == 0
    assert (tmp_path / "output/article/graph.ttl").is_file()


def test_subfolders_name_their_documents(texts: Path, tmp_path: Path) -> None:
    (texts / "2024").mkdir()
    (texts / "article.txt").rename(texts / "2024/article.txt")
    out = tmp_path / "out"
    assert kg("build", texts, "--out", out).code == 0
    assert (out / "documents/2024/article.txt").is_file()
    assert kg("build", texts / "second.txt", "--out", out).code == 0
    assert not (out / "documents/2024").exists()


def test_wishes_reach_the_evidence(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wishes = (
        "--title",
        "数谷",
        "--date",
        "2024-08-01",
        "--source",
        "云川日报",
        "--base",
        "https://example.org/",
    )
    assert kg("build", texts / "article.txt", "--out", out, *wishes).code == 0
    document = json.loads((out / "report.json").read_bytes())["documents"][0]
    assert (document["title"], document["date"], document["source"]) == ("数谷", "2024-08-01", "云川日报")
    evidence = (out / "evidence.ttl").read_text(encoding="utf-8")
    assert "云川日报" in evidence
    assert "https://w3id.org/policykg/id/" not in evidence
    assert "https://example.org/id/" in (out / "graph.ttl").read_text(encoding="utf-8")


def test_min_confidence_leaves_out_and_says_how_many(texts: Path, tmp_path: Path) -> None:
    done = kg("build", texts, "--out", tmp_path / "out", "--min-confidence", "1")
    counts = json.loads((tmp_path / "out/report.json").read_bytes())["counts"]
    assert counts["leftOut"] > 0
    assert "--min-confidence" in done.out
    everything = kg("build", texts, "--out", tmp_path / "all")
    assert "--min-confidence" not in everything.out


USAGE = [
    ((), "Missing argument"),
    (("a.txt", "b.txt"), "--out DIR"),
    (("a.txt", "--nope"), "No such option"),
    (("a.txt", "--date", "2024-13"), "2024-07-01"),
    (("a.txt", "--date", "24-1-1"), "2024-07-01"),
    (("a.txt", "--base", "example"), "absolute IRI"),
    (("a.txt", "--workers", "-1"), "--workers"),
    (("a.txt", "--min-confidence", "2"), "--min-confidence"),
    (("a.txt", "--only", "pdf"), "nt"),
    (("article.txt", "second.txt", "--title", "x", "--out", "o"), "--title names one document"),
    (("article.txt", "--out", "second.txt"), "needs a folder"),
    (("article.txt", "--encoding", "utf-99"), "unknown encoding"),
]


@pytest.mark.parametrize(("arguments", "words"), USAGE)
def test_wrong_usage_is_one_sentence_and_exit_2(
    arguments: tuple[str, ...], words: str, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(texts)
    done = kg("build", *arguments)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
    assert {p.name for p in texts.rglob("*") if p.is_file()} == {"article.txt", "second.txt"}


def test_two_builds_at_once_into_one_folder_are_refused(texts: Path, tmp_path: Path) -> None:
    from kg import folder

    out = tmp_path / "out"
    folder.claim(out)
    with folder.staging(out):
        done = process("build", texts, "--out", out)
    assert done.code == 1
    assert "another kg build" in done.err


@pytest.mark.parametrize("workers", ["1", "2"])
def test_hash_seed_order_and_workers_change_no_byte(
    workers: str, built: Path, texts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    inputs = (texts / "second.txt", texts / "article.txt")
    done = process("build", *inputs, "--out", out, "--workers", workers, env={"PYTHONHASHSEED": "7"})
    assert done.code == 0, done.err
    assert outputs(out) == outputs(built)


DEATHS = ("kg.folder.publish", "kg.view.write_page", "kg.part.verify_quotes")


@pytest.mark.parametrize("where", DEATHS)
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_build_leaves_the_earlier_outputs(where: str, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", texts, "--out", out)
    before = outputs(out)
    (texts / "article.txt").write_text(SECOND, encoding="utf-8")
    module = where.rsplit(".", 1)[0]
    die = f"import os, signal, {module}\n{where} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)"
    assert process("build", texts, "--out", out, code=die).code == -9
    assert {n: d for n, d in outputs(out).items() if not n.startswith(".building")} == before
    (texts / "article.txt").write_text(ARTICLE, encoding="utf-8")
    assert kg("build", texts, "--out", out).code == 0
    assert not list(out.glob(".building*"))


def test_a_quote_that_does_not_match_ends_the_build(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from kg import pipeline

    original = pipeline.read_document

    def shifted(*arguments: object) -> object:
        reading = original(*arguments)  # type: ignore[arg-type]
        wrong = replace(reading.sentences[0], text="另一句话。")
        return replace(reading, sentences=(wrong, *reading.sentences[1:]))

    monkeypatch.setattr(pipeline, "read_document", shifted)
    done = kg("build", texts, "--out", tmp_path / "out")
    assert done.code == 1
    assert "do not read '另一句话。'" in done.err
    assert not (tmp_path / "out/graph.ttl").exists()


def test_strict_fails_on_findings_only(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import part
    from kg.model import Problem, Severity

    out = tmp_path / "out"
    assert kg("build", texts, "--out", out, "--strict").code == 0
    found = (Problem(Severity.VIOLATION, "https://example.org/x", "shape", "缺少名称", "no name"),)
    monkeypatch.setattr(part, "check", lambda graph, base: found)
    shutil.rmtree(out)  # parts are kept
    assert kg("build", texts, "--out", out).code == 0
    done = kg("build", texts, "--out", out, "--strict")
    assert done.code == 1
    assert "--strict" in done.err
    assert json.loads((out / "report.json").read_bytes())["problems"][0]["zh"] == "缺少名称"
