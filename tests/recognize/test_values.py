"""Figures and dates as values: what is read, and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.recognize.values import ValueMention, Values
from tests.reading import resources


def finder() -> Values:
    lexicon = resources().lexicon
    return Values(lexicon.units, lexicon.bounds, lexicon.plans)


def shown(value: ValueMention) -> str:
    if value.period is not None:
        return f"{value.period} {value.side}".strip()
    text = "/".join(f"{v:f}" for v in value.values)
    marks = [value.unit, value.bound.value, "ordinal" if value.ordinal else ""]
    return " ".join([text, *(m for m in marks if m)])


FIGURES: dict[str, Sequence[str]] = {
    "建成16.9万个": ["169000 个"],
    "近6万名": ["60000 名 nearly"],
    "总规模3,000亿元": ["300000000000 元"],
    "收入一百七十九亿元": ["17900000000 元"],
    "产量二百三十万吨": ["2300000 吨"],
    "一亿二千万元": ["120000000 元"],
    "增长9.7%": ["9.7 %"],
    r"占比约为$2 8 . 4 \%$，": ["28.4 % about"],
    r"占$4 \% ^ { [ 2 ] }$": ["4 %"],
    "增长百分之九点七": ["9.7 %"],
    "三成以上": ["30 % over"],
    "三成五": ["35 %"],
    "会员突破7331万，": ["73310000 over"],
    "7500亿至1万亿元": ["750000000000 元", "1000000000000 元"],
    "1.5—2亿元": ["150000000 元", "200000000 元"],
    "5,000至1万亿元": ["500000000000 元", "1000000000000 元"],
    "5-8%": ["5 %", "8 %"],
    "增长6.8%、12.3%和7.8%": ["6.8 %", "12.3 %", "7.8 %"],
    "12、15和18个": ["12 个", "15 个", "18 个"],
    "八九十亿元": ["8000000000/9000000000 元"],
    "10余家": ["10 家 over"],
    "620多万套": ["6200000 套 over"],
    "均超过千亿元": ["100000000000 元 over"],
    "近万人": ["10000 人 nearly"],
    "第380位左右": ["380 位 about ordinal"],
    "第三条": ["3 条 ordinal"],
    "1亿美元": ["100000000 美元"],
    "超7000PF": ["7000 PF over"],
    "装机200万千瓦": ["2000000 千瓦"],
    "不少于8万株": ["80000 株 atLeast"],
    "控制在5.2%以内": ["5.2 % atMost"],
    "从1.3亿增长至2.61亿。": ["130000000", "261000000"],
    "近4 万个": ["40000 个 nearly"],
    "新增40.8万青年": ["408000"],
    "净利润-3.5%": ["-3.5 %"],
    "提高2个百分点": ["2 个百分点"],
    "14亿人口": ["1400000000 人"],
    "两家": ["2 家"],
    "单价32元/吨": ["32 元/吨"],
    # words, codes and vague numbers
    **dict.fromkeys(
        (
            "一带一路", "三农", "统一", "百姓", "万达", "两江新区", "三亚", "十大品牌", "百家争鸣", "千方百计",
            "数十亿元", "十几家", "百亿级", "亿元以上项目", "单位：万元", "第一", "三分之一", "两三个", "一个多月",
            "5G基站", "G60走廊", "A320飞机", "云发〔2019〕5号", "0571-8888888", "4.0∶37.7∶58.3", "33岁", "二十届三中全会",
            "230千伏变电站", "每万人口", r"$\textcircled{1}$企业", r"$k = 0 . 5$",
        ),
        (),
    ),
}  # fmt: skip

DATES: dict[tuple[str, str], Sequence[str]] = {
    ("2024年7月", ""): ["2024-07"],
    ("2024年7月1日上午", ""): ["2024-07-01"],
    ("二〇二四年七月", ""): ["2024-07"],
    ("二零一九年十二月二十三日", ""): ["2019-12-23"],
    ("2024年底", ""): ["2024"],
    ("截至2024年底", ""): ["2024 until"],
    ("到2027年", ""): ["2027 until"],
    ("2020年以来", ""): ["2020 since"],
    ("2023—2027年", ""): ["2023/2027"],
    ("2021年至2025年", ""): ["2021/2025"],
    ("2024年10月18日至20日", ""): ["2024-10-18/2024-10-20"],
    ("2021年3月至2022年5月", ""): ["2021-03/2022-05"],
    ("“十四五”期间", ""): ["2021/2025"],
    ("“十四五”末", ""): ["2025"],
    ("2024年前三季度", ""): ["2024-01/2024-09"],
    ("今年上半年", "2024-08-01"): ["2024-01/2024-06"],
    ("去年底", "2024-05-01"): ["2023"],
    ("今天（1月31日）", "2024-02-01"): ["2024-01-31"],
    ("昨天", "2024-02-02"): ["2024-02-01"],
    ("9月29日", "2011-10-01"): ["2011-09-29"],
    ("29日", "2011-10-01"): ["2011-09-29"],
    ("12月28日", "2024-01-05"): ["2023-12-28"],
    ("2024年，7月1日", ""): ["2024", "2024-07-01"],
    **dict.fromkeys(
        (
            ("9月29日", ""), ("今年", ""), ("今天", "2024"), ("29日", "2024"), ("“十四五”规划", ""), ("2022年2月30日", ""),
            ("新华社江州9月29日电", "2011-10-01"), ("人间四月天", "2024-01-01"),
        ),
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FIGURES.items())
def test_figures(text: str, wanted: Sequence[str]) -> None:
    assert [shown(v) for v in finder().find(text) if v.kind == "quantity"] == list(wanted)


@pytest.mark.parametrize(("text", "anchor", "wanted"), [(*k, v) for k, v in DATES.items()])
def test_dates(text: str, anchor: str, wanted: Sequence[str]) -> None:
    assert [shown(v) for v in finder().find(text, anchor) if v.kind == "date"] == list(wanted)


def test_what_stands_in_names_is_skipped() -> None:
    text = "《江州市规划（2023—2027年）》提出5项任务"
    assert [shown(v) for v in finder().find(text, "", [(0, 19)])] == ["5 项"]


@given(st.text("零一二两三九十百千万亿0123456789.,年月日个元%至—第近超余 ", max_size=24))
def test_every_value_is_in_its_text(text: str) -> None:
    for value in finder().find(text, "2024-05-01"):
        assert text[value.span.start : value.span.end] == value.text
        assert value.values or value.period
