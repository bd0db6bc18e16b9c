"""Files of decisions: read, merged and written; what is broken is refused whole, in one Chinese sentence."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.export.iri import BASE
from kg.model import Bound, Decision, EntityKey, Observation, Period, Verdict
from kg.review import file
from kg.review.file import read, text_file, write
from kg.review.merge import merge
from kg.review.rows import LONGEST, Refused, decision_of, row_of

FUND = EntityKey("Fund", "“丹霞”基金")
OTHER = EntityKey("Fund", "产业引导基金", "云川省:A/B")
FIGURE = Observation(
    "5G基站",
    Decimal("169000"),
    "个",
    Period("2023", "2024"),
    Bound.OVER,
    Observation("5G基站", Decimal("125000.50"), "个"),
)
#: One decision of each kind.
DECISIONS = (
    Decision(
        Verdict.WRONG,
        FUND,
        "partOf",
        OTHER,
        "甲",
        "2026-11-24",
        "应为参股",
        "…隶属于…",
        f"{BASE}statement/6f1c",
    ),
    Decision(Verdict.RIGHT, FUND, "amount", Decimal("6000000000"), "甲", "2026-11-24"),
    Decision(Verdict.UNSURE, FUND, "date", "2024-07", "乙"),
    Decision(Verdict.RIGHT, FUND, "observation", FIGURE, "", "2026-11-24"),
    Decision(Verdict.RENAME, FUND, object="“丹霞”母基金", reviewer="甲", date="2026-11-24"),
    Decision(Verdict.CLASS, FUND, object="Project", reviewer="甲", date="2026-11-24"),
    Decision(Verdict.SAME, FUND, object=OTHER, reviewer="甲", date="2026-11-24", said="产业引导基金"),
    Decision(Verdict.NOT_SAME, OTHER, object=EntityKey("Fund", "另一基金"), reviewer="甲", date="2026-11-24"),
)
ROW = row_of(DECISIONS[0], BASE)
ENTITY_ROW = row_of(DECISIONS[6], BASE)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "decisions.json"
    write(path, DECISIONS, BASE)
    found = read(path, base=BASE)
    assert set(found.decisions) == set(DECISIONS)
    assert found.base == BASE
    assert len(DECISIONS) == len(found.decisions)


def test_one_line_a_decision_in_a_fixed_order() -> None:
    texts = {text_file(order, BASE) for order in list(permutations(DECISIONS))[:200]}
    assert len(texts) == 1
    (text,) = texts
    lines = text.splitlines()
    assert len(lines) == len(DECISIONS) + 2
    assert all(line.startswith("{") and "基金" in line for line in lines[1:-1])
    assert len(text_file(DECISIONS[:-1], BASE).splitlines()) == len(lines) - 1
    assert json.loads(text_file((), BASE))["decisions"] == []


def test_a_file_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "decisions.json"
    write(path, DECISIONS, BASE)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(path, DECISIONS[:1], BASE)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["decisions.json"]


def whole(*rows: Any, **other: Any) -> dict[str, Any]:
    """A file with rows."""
    return {"format": "policykg-decisions/1", "base": BASE, "reviewer": "甲", "decisions": list(rows)} | other


#: What is no file of decisions, and a word of the sentence that says so.
BROKEN: dict[str, tuple[object, str]] = {
    "empty": (b"", "不是完整的 JSON"),
    "truncated": (json.dumps(whole(ROW)).encode()[:-30], "不是完整的 JSON"),
    "not UTF-8": (json.dumps(whole(ROW), ensure_ascii=False).encode("gb18030"), "UTF-8"),
    "a list": ([], "不是评审结果文件"),
    "null": (None, "不是评审结果文件"),
    "another format": (whole(format="policykg-decisions/2"), "不是评审结果文件"),
    "no list": (whole(decisions={"a": 1}), "decisions 列表"),
    "no base": (whole(ROW, base=""), "没有写明 base"),
    "a base that is none": (whole(ROW, base=[1]), "base 应为文字"),
    "another base": (whole(ROW, base="https://example.org/"), "另一个 base"),
    "deep": (b'{"format":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "嵌套过深"),
    "a long number": (b'{"format": ' + b"1" * 10_000 + b"}", "数字过长"),
    "no row": (whole(1), "第 1 条评审有误"),
    "an unknown verdict": (whole(ROW | {"verdict": "perhaps"}), "不认识"),
    "a verdict that is none": (whole(ROW | {"verdict": ["right"]}), "verdict 应为文字"),
    "an unknown kind": (whole(ENTITY_ROW | {"kind": "delete"}), "不认识"),
    "an unknown predicate": (whole(ROW | {"predicate": "hates"}), "没有“hates”这种关系"),
    "no object": (whole(ROW | {"object": None}), "缺少 object"),
    "an object of another kind": (whole(ROW | {"object": {"amount": "1"}}), "不是本图实体"),
    "an amount in words": (whole(ROW | {"predicate": "amount", "object": {"amount": "60亿"}}), "不是数"),
    "an endless amount": (
        whole(ROW | {"predicate": "amount", "object": {"amount": "1e999999999"}}),
        "不是数",
    ),
    "a date in words": (whole(ROW | {"predicate": "date", "object": {"date": "去年"}}), "日期"),
    "an empty figure": (whole(ROW | {"predicate": "observation", "object": {}}), "观测值有误"),
    "a day that is none": (whole(ROW | {"date": "2026-02-30"}), "不是形如"),
    "a day with a script": (whole(ROW | {"date": "<script>"}), "不是形如"),
    "an entity of nobody": (whole(ROW | {"subject": "https://example.org/a"}), "不是本图实体"),
    "an IRI with markup": (whole(ROW | {"subject": f"{BASE}id/fund/<b>"}), "不是本图实体"),
    "about nothing": (whole({"verdict": "right"}), "没有说明"),
    "the same as itself": (whole(ENTITY_ROW | {"value": ENTITY_ROW["entity"]}), "同一个实体"),
    "no new name": (whole(ENTITY_ROW | {"kind": "rename", "value": " \n "}), "新名称是空的"),
    "a name without end": (whole(ENTITY_ROW | {"kind": "rename", "value": "甲" * 500}), "超过 200 字"),
    "a class of its own": (whole(ENTITY_ROW | {"kind": "class", "value": "Novel"}), "没有“Novel”这一类"),
    "a reason without end": (whole(ROW | {"reason": "长" * (LONGEST + 1)}), "超过"),
    "half a character": (
        b'{"format": "policykg-decisions/1", "base": "b", "reviewer": "\\ud800", "decisions": []}',
        "UTF-8",
    ),
}


def content(value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    value, word = BROKEN[name]
    path = tmp_path / "x.json"
    path.write_bytes(content(value))
    with pytest.raises(InputError, match=word) as caught:
        read(path, base=BASE)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content(whole(ROW)))
    monkeypatch.setattr(file, "LARGEST", 10)
    with pytest.raises(InputError, match="不像评审结果文件"):
        read(path, base=BASE)


@pytest.mark.parametrize("path", ["missing.json", "."])
def test_what_cannot_be_opened_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法打开"):
        read(tmp_path / path, base=BASE)


def test_a_byte_order_mark_and_unknown_fields_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"\xef\xbb\xbf" + content(whole(ROW | {"colour": "red"}, version=3)))
    assert read(path, base=BASE).decisions == (DECISIONS[0],)


def test_what_a_reviewer_wrote_is_one_line_and_kept() -> None:
    reason = "<b>不对</b>\n\x1b[31m \u202e&amp; \"'"
    found = decision_of(ROW | {"reason": reason}, BASE)
    assert found.reason == "<b>不对</b> [31m \u202e&amp; \"'"
    assert decision_of(row_of(found, BASE), BASE) == found


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(),
        lambda s: st.lists(s) | st.dictionaries(st.sampled_from([*ROW, *ENTITY_ROW]), s),
        max_leaves=20,
    )
)
def test_any_json_is_a_decision_or_refused(value: object) -> None:
    for row in (value, {**ROW, **value} if isinstance(value, dict) else value):
        try:
            found = decision_of(row, BASE)
        except Refused:
            continue
        assert decision_of(row_of(found, BASE), BASE) == found


# Merging

ONE, TWO = Path("a.json"), Path("b.json")
WRONG = DECISIONS[0]


def test_two_reviewers_stand_side_by_side() -> None:
    merged = merge((WRONG,), {ONE: [replace(WRONG, verdict=Verdict.RIGHT, reviewer="乙")]})
    assert len(merged.decisions) == 2
    assert (merged.added, merged.changed) == (1, 0)


@pytest.mark.parametrize(
    ("date", "stands", "counted"),
    [
        ("2026-11-25", Verdict.RIGHT, "changed"),
        ("2026-11-24", Verdict.RIGHT, "changed"),
        ("2026-11-23", Verdict.WRONG, "older"),
        ("", Verdict.WRONG, "older"),
    ],
)
def test_a_reviewer_s_newer_word_stands(date: str, stands: Verdict, counted: str) -> None:
    merged = merge((WRONG,), {ONE: [replace(WRONG, verdict=Verdict.RIGHT, date=date)]})
    (found,) = merged.decisions
    assert found.verdict is stands
    assert getattr(merged, counted) == 1


def test_the_order_of_files_does_not_matter() -> None:
    early, late = WRONG, replace(WRONG, verdict=Verdict.UNSURE, date="2026-11-30")
    assert merge((), {ONE: [early], TWO: [late]}) == merge((), {ONE: [late], TWO: [early]})


def test_applying_again_changes_nothing() -> None:
    once = merge((), {ONE: DECISIONS}).decisions
    again = merge(once, {ONE: DECISIONS})
    assert again.decisions == once
    assert (again.same, again.added, again.changed) == (len(DECISIONS), 0, 0)


def test_doubles_count_once_and_contradictions_of_one_day_are_refused() -> None:
    assert len(merge((), {ONE: [WRONG, WRONG]}).decisions) == 1
    with pytest.raises(InputError, match=r"既说(错误|正确)又说"):
        merge((), {ONE: [WRONG], TWO: [replace(WRONG, verdict=Verdict.RIGHT)]})
    turned = replace(DECISIONS[6], verdict=Verdict.NOT_SAME, subject=OTHER, object=FUND)
    with pytest.raises(InputError, match="不是同一个"):
        merge((), {ONE: [DECISIONS[6], turned]})
