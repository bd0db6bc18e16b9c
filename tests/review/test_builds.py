"""Builds with decisions: the same bytes however they came about, and true to the rules of a build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.export.iri import BASE, iri
from kg.model import Decision, EntityKey, Verdict
from kg.rdf import RdfFormat, parse
from kg.review import write
from tests.cli.shell import ARTICLE, SECOND, kg, outputs, process

FULL = EntityKey("Institution", "砚川数字科技集团有限公司")
SHORT = EntityKey("Institution", "砚川集团")
UNIVERSITY = EntityKey("Institution", "江州大学")
COLLEGE = EntityKey("Institution", "江州学院")
EVENT = EntityKey("Event", "第三届云川数字博览会")
CITY = EntityKey("Place", "江州市")
TEXTS = {
    "article": ARTICLE,
    "second": SECOND,
    "defines": "砚川数字科技集团有限公司（以下简称“砚川集团”）位于江州市。砚川集团与江州大学签署合作协议。\n",
    "uses": "砚川集团与江州学院签署合作协议。江州学院位于江州市。\n",
}
DAY = "2026-11-24"
DECISIONS = (
    Decision(Verdict.WRONG, EVENT, "locatedIn", CITY, "甲", DAY, "在临溪县"),
    Decision(Verdict.RIGHT, COLLEGE, "locatedIn", CITY, "甲", DAY),
    Decision(Verdict.WRONG, EVENT, "date", "2024-09", "甲", DAY),
    Decision(Verdict.RIGHT, EVENT, "date", "2024-09", "乙", DAY),
    Decision(Verdict.RENAME, UNIVERSITY, object="江州综合大学", reviewer="甲", date=DAY),
    Decision(Verdict.SAME, COLLEGE, object=UNIVERSITY, reviewer="乙", date=DAY),
    Decision(Verdict.CLASS, EVENT, object="Project", reviewer="甲", date=DAY),
)
APART = Decision(Verdict.NOT_SAME, SHORT, object=FULL, reviewer="甲", date=DAY)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Four texts: one defines a short name that another uses."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def built(corpus: Path, out: Path, *decisions: Decision, workers: int = 1) -> dict[str, bytes]:
    """What a build writes, without what it took over from an earlier one."""
    if decisions:
        write(out / "decisions.json", decisions, BASE)
    done = kg("build", corpus, "--out", out, "--workers", str(workers), "-q")
    assert done.code == 0, done.err
    written = outputs(out)
    report = json.loads(written.pop("report.json"))
    report.pop("reused")
    return written | {"report": json.dumps(report).encode()}


@pytest.mark.parametrize("decisions", [DECISIONS, (*DECISIONS, APART)], ids=["some", "and apart"])
def test_the_same_bytes_at_once_and_step_by_step(
    corpus: Path, tmp_path: Path, decisions: tuple[Decision, ...]
) -> None:
    clean = built(corpus, tmp_path / "clean", *decisions)
    assert built(corpus, tmp_path / "two", *decisions[::-1], workers=2) == clean
    step = tmp_path / "step"
    (corpus / "defines.txt").rename(tmp_path / "later.txt")
    built(corpus, step)
    built(corpus, step, *decisions[:3])
    (tmp_path / "later.txt").rename(corpus / "defines.txt")
    built(corpus, step, *decisions[:3], APART)
    assert built(corpus, step, *decisions) == clean
    assert built(corpus, step) == clean


def test_taking_all_back_gives_the_graph_as_it_was(corpus: Path, tmp_path: Path) -> None:
    before = built(corpus, tmp_path / "out")
    assert built(corpus, tmp_path / "out", *DECISIONS, APART) != before
    (tmp_path / "out" / "decisions.json").unlink()
    assert built(corpus, tmp_path / "out") == before


def test_one_document_changes_and_the_decisions_hold(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(corpus, out, *DECISIONS)
    (corpus / "uses.txt").write_text("江州学院位于江州市。云川大学位于江州市。\n", encoding="utf-8")
    done = kg("build", corpus, "--out", out)
    assert "沿用上次结果 3 篇" in done.out
    assert built(corpus, tmp_path / "clean", *DECISIONS) == built(corpus, out)
    graph = (out / "graph.ttl").read_text(encoding="utf-8")
    assert "江州综合大学" in graph
    assert "institution:江州学院" not in graph


def test_what_must_stay_apart_is_read_apart_in_every_document(corpus: Path, tmp_path: Path) -> None:
    plain = built(corpus, tmp_path / "plain")
    assert f"institution:{SHORT.name}" not in plain["graph.ttl"].decode("utf-8")
    graph = built(corpus, tmp_path / "apart", APART)["graph.ttl"].decode("utf-8")
    for key in (SHORT, FULL):
        assert f"institution:{key.name}\n" in graph or f"institution:{key.name} " in graph
    evidence = (tmp_path / "apart" / "evidence.ttl").read_text(encoding="utf-8")
    assert "owl:differentFrom" in evidence
    # what 砚川集团 signs in the text that defines it is its own deed now
    assert f"kgo:collaboratesWith institution:{SHORT.name}" in graph


def test_other_ways_out_replay_the_same(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(corpus, out, *DECISIONS)
    for name, evidence in (("graph", False), ("evidence", True)):
        path = tmp_path / f"{name}.ttl"
        done = kg("export", out, "-f", "ttl", "-o", path, *(["--evidence"] if evidence else []))
        assert done.code == 0
        assert path.read_bytes() == (out / f"{name}.ttl").read_bytes()
    whole = {q.triple for q in parse((out / "graph.ttl").read_bytes(), RdfFormat.TURTLE)}
    for only, known in (("nt", RdfFormat.N_TRIPLES), ("jsonld", RdfFormat.JSON_LD)):
        kept = tmp_path / only
        kept.mkdir()
        write(kept / "decisions.json", DECISIONS, BASE)
        assert kg("build", corpus, "--out", kept, "--only", only, "-q").code == 0
        (path,) = kept.glob("graph.*")
        assert {q.triple for q in parse(path.read_bytes(), known)} == whole
    # a class that a reviewer gave is checked as any other: an organizer is that of an event
    assert "发现 1 个问题" in kg("check", out).out


def test_applying_does_not_change_what_was_built(corpus: Path, tmp_path: Path) -> None:
    """Until the next build, everything speaks of the last one."""
    out = tmp_path / "out"
    built(corpus, out)
    before = (out / "graph.ttl").read_bytes()
    write(out / "decisions.json", DECISIONS, BASE)
    path = tmp_path / "x.ttl"
    kg("export", out, "-f", "ttl", "-o", path)
    assert path.read_bytes() == before


def test_another_base_is_refused(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out / "decisions.json", DECISIONS, BASE)
    done = kg("build", corpus, "--out", out, "--base", "https://example.org/kg/")
    assert done.code == 1
    assert "另一个 base" in done.err


def test_a_hash_seed_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        write(out / "decisions.json", (*DECISIONS, APART), BASE)
        assert process("build", corpus, "--out", out, "-q", env={"PYTHONHASHSEED": seed}).code == 0
        found.append(outputs(out))
    assert found[0] == found[1]


def test_python_sees_the_decisions_too(corpus: Path, tmp_path: Path) -> None:
    import kg as policykg

    kept = tmp_path / "decisions.json"
    write(kept, DECISIONS, BASE)
    graph = policykg.build(corpus, out=tmp_path / "out", decisions=kept)
    assert {iri(s.subject) for s in graph.model.rejected} == {f"{BASE}id/project/{EVENT.name}"}
    assert graph.query("SELECT ?s { ?s kgo:status kgo:confirmed }").rows
    assert policykg.load(tmp_path / "out").model.rejected == graph.model.rejected
