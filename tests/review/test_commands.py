"""kg review as people call it: what it says, what it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.export.iri import BASE
from kg.kept import restore
from kg.model import Decision, EntityKey, Statement, Verdict
from kg.review import read, write
from kg.review.stats import agreements
from kg.view.payload import payload
from tests.cli.shell import Run, kg, process
from tests.review.made import on

EVENT = EntityKey("Event", "第三届云川数字博览会")
LABORATORY = EntityKey("Institution", "江州实验室")
UNIVERSITY = EntityKey("Institution", "江州大学")


def statements(out: Path) -> list[Statement]:
    return list(restore(out).statements)


def of(out: Path, subject: EntityKey, predicate: str) -> Statement:
    return next(s for s in statements(out) if (s.subject, s.predicate) == (subject, predicate))


def given(path: Path, reviewer: str, *decisions: Decision) -> Path:
    """A file as the page writes it."""
    write(path, decisions, BASE, reviewer)
    return path


@pytest.fixture
def files(project: Path, tmp_path: Path) -> tuple[Path, Path]:
    """甲 rejects one and confirms two; 乙 agrees on one and differs on another."""
    located, organized = of(project, EVENT, "locatedIn"), of(project, EVENT, "organizedBy")
    founded = of(project, LABORATORY, "establishedBy")
    first = given(
        tmp_path / "甲.json",
        "甲",
        on(located, Verdict.WRONG, reason="在临溪县"),
        on(organized, Verdict.RIGHT),
        on(founded, Verdict.RIGHT),
        Decision(Verdict.RENAME, UNIVERSITY, object="江州综合大学", reviewer="甲", date="2026-11-24"),
    )
    second = given(
        tmp_path / "乙.json", "乙", on(organized, Verdict.RIGHT, "乙"), on(founded, Verdict.WRONG, "乙")
    )
    return first, second


def said(done: Run) -> Any:
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_apply_build_status_stats(texts: Path, project: Path, files: tuple[Path, Path]) -> None:
    applied = kg("review", "apply", project, *files)
    assert applied.code == 0
    assert "新增 6" in applied.out
    assert "乙 2，甲 4" in applied.out
    assert "评审不一致" in applied.out
    assert "尚未生效" in kg("review", "status", project).out
    built = kg("build", texts, "--out", project)
    assert "评审 6 条：采用 4" in built.out
    assert "不一致或有歧义、未采用 1 处" in built.out
    status = said(kg("review", "status", project, "--json"))
    assert status["fresh"]
    assert status["reviewers"] == {"乙": 2, "甲": 4}
    assert (status["built"]["confirmed"], status["built"]["rejected"]) == (1, 1)
    stats = said(kg("review", "stats", project, "--json"))
    assert stats["all"] == {"right": 1, "judged": 2, "precision": 0.5, "interval": [0.0945, 0.9055]}
    assert stats["unsettled"] == 1
    assert stats["relations"].keys() == {"locatedIn", "organizedBy"}
    assert stats["classes"]["Event"]["judged"] == 2
    assert stats["agreement"] == [{"one": "乙", "other": "甲", "both": 2, "same": 1, "kappa": 0.0}]
    words = kg("review", "stats", project).out
    assert "正确率 0.500（95% 区间 0.095–0.905）" in words
    assert "κ 0.00" in words
    given_up = f"{BASE}id/institution/江州大学"
    assert kg("explain", project, given_up).out.startswith("江州综合大学")
    explained = kg("explain", project, EVENT.name).out
    assert "（已否决）\n      评审：错误（甲，2026-11-24）：在临溪县" in explained


def test_kappa_is_that_of_the_textbook() -> None:
    """20 both yes, 15 both no, 5 and 10 apart: Cohen's kappa is 0.4."""
    place = EntityKey("Place", "江州市")

    def about(n: int, verdict: Verdict, reviewer: str) -> Decision:
        return Decision(verdict, EntityKey("Park", f"园区{n}"), "locatedIn", place, reviewer)

    yes, no = Verdict.RIGHT, Verdict.WRONG
    pairs = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    decisions = [
        about(n, v, who) for n, pair in enumerate(pairs) for v, who in zip(pair, "甲乙", strict=True)
    ]
    (found,) = agreements(decisions)
    assert (found.both, found.same) == (50, 35)
    assert found.kappa == pytest.approx(0.4)
    assert agreements(decisions[::2]) == []
    assert agreements([decisions[0], about(99, no, "乙")])[0].kappa is None


def test_what_finds_nothing_any_more_is_said_and_kept(
    texts: Path, project: Path, files: tuple[Path, Path]
) -> None:
    kg("review", "apply", project, files[0])
    (texts / "second.txt").write_text(
        "临溪县工作简报\n\n临溪县人民政府拟筹建临溪算力中心。\n", encoding="utf-8"
    )
    built = kg("build", texts, "--out", project)
    assert built.code == 0
    assert "评审未找到所指内容 2 条" in built.out
    report = json.loads((project / "report.json").read_text(encoding="utf-8"))
    assert [row["predicate"] for row in report["review"]["lost"]] == ["locatedIn", "organizedBy"]
    assert "未找到所指内容：2" in kg("review", "status", project).out
    assert len(read(project / "decisions.json").decisions) == 4
    # the text is as it was again, and so is the decision
    from tests.cli.shell import SECOND

    (texts / "second.txt").write_text(SECOND, encoding="utf-8")
    assert "未找到" not in kg("build", texts, "--out", project).out


def test_forget_list_and_export(texts: Path, project: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    kg("review", "apply", project, *files)
    listed = said(kg("review", "list", project, "--json"))
    assert len(listed) == 6
    first = next(row for row in listed if row.get("verdict") == "wrong" and row["reviewer"] == "甲")
    assert f"{first['id']}  " in kg("review", "list", project, "--reviewer", "甲").out
    assert kg("review", "forget", project, first["id"][:6]).out.startswith("已收回 ")
    assert kg("review", "forget", project, first["id"]).code == 1
    assert kg("review", "forget", project, "abc").code == 1  # too short to mean one
    out = tmp_path / "乙 again.json"
    assert kg("review", "export", project, "--reviewer", "乙", "-o", out).code == 0
    assert read(out).reviewer == "乙"
    assert kg("review", "forget", project, "--reviewer", "乙").code == 0
    assert {d.reviewer for d in read(project / "decisions.json").decisions} == {"甲"}
    again = kg("review", "apply", project, out)
    assert "新增 2" in again.out
    kg("build", texts, "--out", project)
    assert "江州综合大学" in (project / "graph.ttl").read_text(encoding="utf-8")
    kg("review", "forget", project, "--reviewer", "甲")
    kg("build", texts, "--out", project)
    assert "江州综合大学" not in (project / "graph.ttl").read_text(encoding="utf-8")


def test_a_refused_file_leaves_everything_as_it_was(
    project: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    kg("review", "apply", project, files[0])
    before = (project / "decisions.json").read_bytes()
    broken = tmp_path / "broken.json"
    broken.write_bytes(files[1].read_bytes()[:-40])
    done = kg("review", "apply", project, files[1], broken)
    assert done.code == 1
    assert "不是完整的 JSON" in done.err
    assert len(done.err.splitlines()) == 1
    other = given(tmp_path / "other.json", "丙")
    other.write_text(
        other.read_text(encoding="utf-8").replace(BASE, "https://example.org/"), encoding="utf-8"
    )
    assert "另一个 base" in kg("review", "apply", project, other).err
    assert (project / "decisions.json").read_bytes() == before
    assert [p.name for p in project.iterdir() if "tmp" in p.name] == []


def test_a_broken_project_file_stops_the_build_before_it_begins(texts: Path, project: Path) -> None:
    before = (project / "graph.ttl").read_bytes()
    (project / "decisions.json").write_text("{", encoding="utf-8")
    done = kg("build", texts, "--out", project)
    assert done.code == 1
    assert "decisions.json：" in done.err or "decisions.json: " in done.err
    assert (project / "graph.ttl").read_bytes() == before
    assert (project / "decisions.json").read_text(encoding="utf-8") == "{"


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["apply"], 2, "Missing argument"),
        (["apply", "OUT"], 2, "至少一个评审结果文件"),
        (["apply", "OUT", "missing.json"], 1, "无法打开"),
        (["status", "nowhere"], 2, "这里没有 kg build 的结果"),
        (["stats", "nowhere"], 2, "这里没有 kg build 的结果"),
        (["forget", "OUT"], 2, "请给出评审的编号"),
        (["forget", "OUT", "--reviewer", "丁"], 1, "没有丁的评审"),
        (["export", "OUT", "-o", "x.json"], 2, "没有未署名者的评审"),
    ],
)
def test_wrong_calls_are_told_in_one_sentence(
    project: Path, arguments: list[str], code: int, word: str
) -> None:
    done = kg("review", *(str(project) if a == "OUT" else a for a in arguments))
    assert done.code == code
    assert word in done.err
    assert len(done.err.splitlines()) == 1


def test_the_folder_may_be_where_one_stands(project: Path, files: tuple[Path, Path], tmp_path: Path) -> None:
    code = f"import os; os.chdir({str(project)!r})"
    assert process("review", "apply", *files, code=code).code == 0
    assert "评审 6 条" in process("review", "status", code=code).out
    nowhere = process("review", "apply", *files, code=f"import os; os.chdir({str(tmp_path)!r})")
    assert nowhere.code == 2
    assert "请给出 kg build 的输出文件夹" in nowhere.err


def test_the_decisions_may_stand_elsewhere(
    texts: Path, project: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    kept = tmp_path / "kept" / "decisions.json"
    assert kg("review", "apply", *files, "--decisions", kept).code == 0
    assert not (project / "decisions.json").exists()
    assert kg("build", texts, "--out", project, "--decisions", tmp_path / "missing.json").code == 2
    assert kg("build", texts, "--out", project, "--decisions", kept, "-q").code == 0
    assert said(kg("review", "status", project, "--decisions", kept, "--json"))["fresh"]
    assert "江州综合大学" in (project / "graph.ttl").read_text(encoding="utf-8")


def test_what_is_not_signed_can_be_signed(project: Path, tmp_path: Path) -> None:
    unsigned = given(tmp_path / "x.json", "", on(of(project, EVENT, "locatedIn"), Verdict.RIGHT, ""))
    assert "未署名 1" in kg("review", "apply", project, unsigned).out
    kg("review", "forget", project, "--reviewer", "")
    assert "丙 1" in kg("review", "apply", project, unsigned, "--as", "丙").out


def test_terminals_obey_nobody(project: Path, tmp_path: Path) -> None:
    located = of(project, EVENT, "locatedIn")
    given(tmp_path / "x.json", "甲\u202e", on(located, Verdict.WRONG, "甲\u202e", reason="\x9b31m红"))
    kg("review", "apply", project, tmp_path / "x.json")
    for command in ("status", "list"):
        out = kg("review", command, project).out
        assert all(char.isprintable() or char == "\n" for char in out)


def test_the_page_s_rows_are_what_the_command_reads(project: Path) -> None:
    """Statement and entity IRIs of the page's payload are those by which decisions find their statements."""
    graph = restore(project)
    iris = {row["iri"] for row in payload(graph, base=BASE)["statements"]}
    evidence = (project / "evidence.ttl").read_text(encoding="utf-8")
    assert iris
    assert all(f"statement:{iri.rpartition('/')[2]}" in evidence for iri in iris)


def test_what_decisions_changed_is_told_by_kg_diff(
    texts: Path, project: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    kg("build", texts, "--out", tmp_path / "before", "-q")
    kg("review", "apply", project, files[0])
    kg("build", texts, "--out", project, "-q")
    told = kg("diff", tmp_path / "before", project).out
    assert "江州综合大学" in told
    assert kg("diff", project, tmp_path / "before", "--evidence", "--exit-code").code == 1
    assert kg("diff", project, project, "--evidence", "--exit-code").code == 0


def test_two_who_apply_at_once_lose_nothing(
    project: Path, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While 甲's file is merged, 乙's is written: it is taken up and not overwritten."""
    from kg.review.merge import merge

    once: list[bool] = []

    def slow(*arguments: Any) -> Any:
        if not once:
            once.append(True)
            assert kg("review", "apply", project, files[1]).code == 0
        return merge(*arguments)

    monkeypatch.setattr("kg.review.project.merge", slow)
    assert kg("review", "apply", project, files[0]).code == 0
    assert {d.reviewer for d in read(project / "decisions.json").decisions} == {"甲", "乙"}
