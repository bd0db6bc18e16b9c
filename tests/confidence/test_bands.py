"""Bands of confidence: the interval, which construction told a thing, and that what is written was measured."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.confidence import (
    Band,
    Bands,
    Measured,
    band_at,
    by_construction,
    confidences,
    constructions,
    least,
    measured,
    pooled,
    wilson,
)
from kg.errors import UsageError
from kg.model import CLASSES, EntityKey, Evidence, Span, Statement
from tests.cli.shell import kg
from tests.reading import reading, resources

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT = ROOT.parent / "shared" / "gold" / "dev"
#: By how much the written lower end may lie above the one of today, and below, before it must be written anew.
ABOVE, BELOW = 0.02, 0.05
#: How a frame's ends may be found.
CIRCUMSTANCES = ("", "+by", "+relative", "+anaphor", "+far", "+topic")
BANDS = Bands.load()


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [  # by scipy.stats.binomtest(right, judged).proportion_ci(method="wilson")
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
        (81, 263, 0.2553, 0.3662),
        (151, 156, 0.9272, 0.9862),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilsons_interval(right: int, judged: int, low: float, high: float) -> None:
    assert wilson(right, judged) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(case: tuple[int, int]) -> None:
    right, judged = case
    low, high = wilson(right, judged)
    assert 0 <= low <= right / judged + 1e-9
    assert right / judged - 1e-9 <= high <= 1
    if right < judged:
        assert wilson(right + 1, judged)[0] > low


RULES = [
    ("江州市设立云江产业基金。", "frame/create"),
    ("云江产业基金由江州市设立。", "frame/create+by"),
    ("江州市设立的云江产业基金揭牌。", "frame/create+relative"),
    ("江州市抢抓机遇，设立云江产业基金。", "frame/create+far"),
    ("江州市设立云江产业基金。加快发展。设立云江研究院。", "frame/create+topic"),
    ("江州大学设立云江研究院。该校设立江州实验室。", "frame/create+anaphor"),
    ("江州市市长陈云山说，项目已经开工。", "sequence/office-before"),
    ("总规模60亿元的云江产业基金成立。", "fact/amount"),
    ("江州大学在校生3万名。", "fact/observation"),
    ("江州大学历史悠久，在校生3万名。", "fact/observation-carried"),
]


@pytest.mark.parametrize(("text", "rule"), RULES, ids=[rule for _, rule in RULES])
def test_the_rule_says_how_a_thing_was_told(text: str, rule: str) -> None:
    proofs = [e for s in reading(text).statements for e in s.evidence]
    assert rule in {e.rule for e in proofs}
    assert {e.confidence for e in proofs if e.rule == rule} == {confidences()[BANDS.of(rule)]}


GRADES = [
    ("frame/create", Band.SURE),
    ("frame/create+by", Band.SURE),
    ("frame/create+topic", Band.LIKELY),
    ("frame/approve", Band.LIKELY),
    ("frame/approve+topic", Band.DOUBTFUL),  # two doubts
    ("sequence/office-before", Band.SURE),
    ("sequence/from", Band.LIKELY),
    ("fact/observation", Band.SURE),
    ("fact/observation-topic", Band.DOUBTFUL),
    ("nothing/that-is-known", Band.DOUBTFUL),
]


@pytest.mark.parametrize(("rule", "band"), GRADES, ids=[rule for rule, _ in GRADES])
def test_grades(rule: str, band: Band) -> None:
    assert BANDS.of(rule) is band


def rules() -> Iterator[str]:
    """Every rule that a text can meet with: those of patterns by their names, the others as tests know them."""
    extractor = resources().extractor
    yield from (f"frame/{frame.id}{how}" for frame in extractor.frames for how in CIRCUMSTANCES)
    yield from (f"sequence/{sequence.id}" for sequence in extractor.sequences.rows)
    dated = set(CLASSES) - {"Person", "Place"}
    yield from (f"fact/date-{cls.lower()}" for cls in sorted(dated))
    for text in (ROOT / "examples").glob("*.*"):
        read = reading(text.read_text(encoding="utf-8"))
        yield from (e.rule for s in read.statements for e in s.evidence)


def test_every_rule_has_a_band() -> None:
    assert sorted({rule for rule in rules() if not BANDS.known(rule)}) == []


def test_every_construction_is_of_use() -> None:
    known = {name for rule in rules() for name in constructions(rule)}
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "kg" / "extract").glob("*.py"))
    idle = [
        name for name in BANDS.rows if name not in known and f'"{name.removeprefix("fact/")}"' not in source
    ]
    assert idle == [name for name in idle if f'"{name}/' in source]  # career: the family of career/held


def test_all_evidence_of_a_band_has_its_confidence() -> None:
    a, b = EntityKey("Fund", "甲基金"), EntityKey("Place", "江州市")
    proofs = tuple(Evidence("d", Span(0, 4), rule) for rule in ("frame/create", "frame/create+topic"))
    (graded,) = BANDS.graded([Statement(a, "establishedBy", b, proofs)])
    assert [e.confidence for e in graded.evidence] == [confidences()[Band.SURE], confidences()[Band.LIKELY]]
    assert graded.confidence == confidences()[Band.SURE]


def test_the_confidence_is_the_lower_end_and_the_bands_are_in_order() -> None:
    assert confidences() == {band: round(found.interval[0], 3) for band, found in measured().items()}
    sure, likely, doubtful = (confidences()[band] for band in Band)
    assert sure > likely > doubtful > 0
    assert [band_at(value) for value in (sure, sure - 0.001, likely, likely - 0.001, 0.0)] == [
        Band.SURE,
        Band.LIKELY,
        Band.LIKELY,
        Band.DOUBTFUL,
        Band.DOUBTFUL,
    ]


def test_what_is_pooled_adds_up() -> None:
    told = {
        "frame/create": Measured(9, 10),
        "frame/issue": Measured(5, 5),
        "frame/create+topic": Measured(3, 4),
        "frame/approve": Measured(1, 2),
        "frame/approve+topic": Measured(0, 1),
    }
    assert pooled(told, BANDS) == {
        Band.SURE: Measured(14, 15),
        Band.LIKELY: Measured(4, 6),
        Band.DOUBTFUL: Measured(0, 1),
    }
    assert list(by_construction(told, BANDS).items()) == [
        ("frame", Measured(14, 15)),
        ("frame+topic", Measured(3, 4)),
        ("frame/approve", Measured(1, 2)),
        ("frame/approve+topic", Measured(0, 1)),
    ]


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("confidence_tool", ROOT / "tools" / "confidence.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_written_was_measured() -> None:
    """The figures of confidence.toml are those of the development gold, as it is read today."""
    if not DEVELOPMENT.is_dir():
        pytest.skip("the development gold (../shared/gold) is not here")
    found = tool().measure(tool().GOLD)
    assert [rule for rule in found if not BANDS.known(rule)] == []
    for band, now in pooled(found, BANDS).items():
        written = measured()[band]
        assert -BELOW <= written.interval[0] - now.interval[0] <= ABOVE, (
            f"{band}: {now.right} of {now.judged} now, {written.right} of {written.judged} written; "
            "run make confidence"
        )


def test_the_tool_writes_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, query = tmp_path / "confidence.toml", tmp_path / "doubtful.rq"
    query.write_text(tool().DOUBTFUL.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(tool(), "TARGET", target)
    monkeypatch.setattr(tool(), "DOUBTFUL", query)
    tool().main([ROOT / "examples" / "gold"])
    written = target.read_text(encoding="utf-8")
    assert [line for line in written.splitlines() if line.startswith("[bands.")] == [
        f"[bands.{band}]" for band in Band
    ]
    below = pooled(tool().measure([ROOT / "examples" / "gold"]), BANDS)[Band.LIKELY].interval[0]
    assert f"# param below number {below:.3f} " in query.read_text(encoding="utf-8")
    assert f"VALUES ?below {{ {below:.3f} }}" in query.read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="no gold is there"):
        tool().main([tmp_path / "nowhere"])


def test_the_question_calls_doubtful_what_is_below_likely() -> None:
    text = (ROOT / "ontology" / "queries" / "doubtful.rq").read_text(encoding="utf-8")
    assert f"VALUES ?below {{ {confidences()[Band.LIKELY]:.3f} }}" in text


@pytest.mark.parametrize(
    ("given", "band"), [("sure", Band.SURE), ("较可靠", Band.LIKELY), ("存疑", Band.DOUBTFUL)]
)
def test_a_band_is_a_least_confidence(given: str, band: Band) -> None:
    assert least(given) == confidences()[band]


@pytest.mark.parametrize("given", ["2", "-0.1", "nan", "certain", ""])
def test_what_is_no_least_confidence(given: str) -> None:
    with pytest.raises(UsageError, match="sure, likely, doubtful"):
        least(given)


TEXT = "江州市设立云江产业基金。\n\n江州市抢抓机遇，设立云江研究院，2024年接待游客3000万人次。\n"


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("0", {"sure", "likely"}),
        ("doubtful", {"sure", "likely"}),
        ("likely", {"sure", "likely"}),
        ("sure", {"sure"}),
    ],
)
def test_build_keeps_what_is_sure_enough_and_counts_the_rest(
    wanted: str, kept: set[str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    done = kg("build", tmp_path / "a.txt", "--out", out, "--min-confidence", wanted)
    assert done.code == 0, done.err
    report = json.loads((out / "report.json").read_bytes())
    evidence = (out / "evidence.ttl").read_text(encoding="utf-8")
    for band in (Band.SURE, Band.LIKELY):
        assert (f"kgo:confidence {confidences()[band]:.4f}".rstrip("0") in evidence) is (band in kept)
    if wanted == "sure":
        assert report["leftOut"] == {"establishedBy": 1, "observation": 1}
        assert report["counts"]["leftOut"] == 2
        assert "低于 --min-confidence 而未收录的陈述 2：设立方 1　观测值 1" in done.out
    else:
        assert report["leftOut"] == {}
        assert report["counts"]["leftOut"] == 0
        assert "--min-confidence" not in done.out


def test_explain_says_the_band(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert kg("build", tmp_path / "a.txt", "--out", tmp_path / "out", "-q").code == 0
    told = kg("explain", tmp_path / "out", "江州市").out
    assert f"规则 frame/create，置信度 {confidences()[Band.SURE]}（确定）" in told
    assert f"规则 frame/create+far，置信度 {confidences()[Band.LIKELY]}（较可靠）" in told


def test_score_shows_each_band_with_its_interval() -> None:
    folder = ROOT / "examples" / "gold"
    scores = json.loads(kg("score", folder, "--json").out)
    shown = scores.pop("bands")
    assert list(shown) == list(Band)
    claims = [scores["relations"], scores["facts"]]
    assert sum(row["right"] for row in shown.values()) == sum(claim["tp"] for claim in claims)
    assert sum(row["judged"] for row in shown.values()) == sum(claim["tp"] + claim["fp"] for claim in claims)
    for band, row in shown.items():
        assert row["precision"] == pytest.approx(row["right"] / row["judged"], abs=1e-4)
        assert row["interval"] == pytest.approx(wilson(row["right"], row["judged"]), abs=1e-4)
        assert row["confidence"] == confidences()[Band(band)]
    lines = kg("score", folder).out.splitlines()[-3:]
    assert [line.split()[2:4] for line in lines] == [
        [str(row["judged"]), str(row["right"])] for row in shown.values()
    ]
    assert "  sure      frame " in kg("score", folder, "--errors").out
