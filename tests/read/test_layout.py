"""Layout repair: cases as files (NAME.txt, NAME.blocks), and what holds for every text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.layout import Layout, repair
from kg.read.lines import split_lines, tidy, visible

CASES = sorted((Path(__file__).parents[1] / "data" / "read" / "layout").glob("*.txt"))

#: Strings that look like broken pages, so that hypothesis meets the rules and not only noise.
PIECES = st.sampled_from(
    [
        "云川省",
        "江州市",
        "，",
        "。",
        "、",
        "“",
        "”",
        "（",
        "）",
        "《",
        "》",
        "：",
        "总\u3000体\u3000布\u3000局",
        "5G",
        "2024年",
        "16.9",
        "万个",
        "\n",
        "\n\n",
        "\r\n",
        "\u3000\u3000",
        "\t",
        "一、",
        "（二）",
        "图1",
        "第3页",
        "12",
        "—",
        "2",
        "—",
        "AI",
        "Cloud",
        "・",
        "\x0c",
        "\u200b",
        "摄",
        "关于",
        "的通知",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=80).map("".join))


def _read(path: Path) -> Layout:
    return repair(list(split_lines(path.read_bytes().decode("utf-8"))))


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_repairs_the_case(path: Path) -> None:
    layout = _read(path)
    got = [f"{block.kind.value}\t{layout.text[block.span.start : block.span.end]}" for block in layout.blocks]
    assert got == path.with_suffix(".blocks").read_text(encoding="utf-8").splitlines()


def test_runs_every_case() -> None:
    assert len(CASES) >= 20


@given(TEXTS)
@settings(deadline=None)
def test_deletes_and_never_adds(text: str) -> None:
    assert _is_subsequence(_bare(repair(list(split_lines(text))).text), _bare(visible(text)))


@given(TEXTS)
@settings(deadline=None)
def test_blocks_tile_the_text(text: str) -> None:
    layout = repair(list(split_lines(text)))
    assert [layout.text[block.span.start : block.span.end] for block in layout.blocks] == (
        layout.text.split("\n") if layout.text else []
    )
    assert all(block.span.start < block.span.end for block in layout.blocks)


@given(TEXTS)
@settings(deadline=None)
def test_repair_is_stable_on_paragraphs(text: str) -> None:
    """A repaired block is one line, without white space at its ends or doubled inside."""
    for row in repair(list(split_lines(text))).text.split("\n"):
        assert row == row.strip()
        assert "  " not in row


def test_says_which_caption_it_left_out() -> None:
    path = next(path for path in CASES if path.stem == "caption-in-mid-sentence")
    assert _read(path).warnings == ("left out a caption in mid-sentence: 图1云川省算力布局",)


@pytest.mark.parametrize(
    ("raw", "flowing", "tidied"),
    [
        ("统 筹 推 进 ，分 步 实 施 、年 底 完 工 。", True, "统筹推进，分步实施、年底完工。"),
        ("建成 5G 基站 16.9 万个", True, "建成5G基站16.9万个"),
        ("芒云 TV 国际 App", True, "芒云TV国际App"),
        ("Yunchuan  Data Center", False, "Yunchuan Data Center"),
        ("采用 Yunchuan  Data 平台", False, "采用Yunchuan Data平台"),
        ("算力 平台 数据要素", False, "算力 平台 数据要素"),
        ("江州 市长", True, "江州市长"),
        ("李江川　张　华　王小川", True, "李江川 张华 王小川"),
        ("２０２４ 年", False, "２０２４年"),
        ("2 0 2 4 年 云 川 省 总 体 布 局", False, "2024年云川省总体布局"),
        ("3 000 亿元", True, "3 000亿元"),
    ],
)
def test_tidies_spaces(raw: str, flowing: bool, tidied: str) -> None:
    assert tidy(raw, flowing=flowing) == tidied


def test_a_million_lines_take_linear_time_and_one_line_of_a_million_signs_too() -> None:
    assert repair(list(split_lines("（" * 200_000))).text
    assert repair(list(split_lines("云川省，" * 100_000))).text
    assert len(repair(list(split_lines("江州市建成平台。\n" * 5_000))).blocks) == 5_000
