"""Figures and dates: what they say and of whom."""

from __future__ import annotations

import pytest

from tests.reading import facts, relations

CASES = [
    ("江州市设立总规模60亿元的云川文化基金。", "", {"云川文化基金 amount 6000000000"}),
    ("云川文化基金总规模达60亿元。", "", {"云川文化基金 amount 6000000000"}),
    ("江州市投入12亿元实施“云帆”计划。", "", {"“云帆”计划 amount 1200000000"}),
    ("2024年，湖南全省累计建成5G基站16.9万个。", "", {"湖南省 169000 个 @2024"}),
    ("江州大学在校生近3万名。", "", {"江州大学 30000 名"}),
    (
        "湖南省技术合同成交额突破3000亿元、增长15.1%。",
        "",
        {"湖南省 300000000000 元", "湖南省 15.1 %"},
    ),
    ("湖南工业、农业增加值分别增长6.8%、12.3%。", "", {"湖南省 6.8 %", "湖南省 12.3 %"}),
    ("湖南、湖北的出口额分别为3.26亿元和2.63亿元。", "", {"湖南省 326000000 元", "湖北省 263000000 元"}),
    ("“云川云”App下载量从1.3亿增长至2.61亿。", "", {"“云川云”App 261000000"}),
    ("2018年2月，江州纺织产业基地在江州开工建设。", "", {"江州纺织产业基地 date 2018-02"}),
    ("云江论坛于2024年5月6日在江州举行。", "", {"云江论坛 date 2024-05-06"}),
    ("9月5日，云江论坛在江州举行。", "2023-09-06", {"云江论坛 date 2023-09-05"}),
    ("9月5日，云江论坛在江州举行。", "", set()),
    ("湖南省财政收入一百七十九亿元。", "", {"湖南省 17900000000 元"}),
    ("江州市建成5万个5G基站。", "", {"江州市 50000 个"}),
    ("江州乳业公司于2010年5月15日成立。", "", {"江州乳业公司 date 2010-05-15"}),
    ("江州乳业公司于2010年5月15日推出了奶粉。", "", set()),
    ("江州乳业公司于2010年5月15日设立门店。", "", set()),
    ("江州市完成36项重点任务。", "", {"江州市 36 项"}),
    ("江州市财政局印发《江州市人才规划》。全文部署11项重点任务。", "", set()),
    (
        "年销售规模超过百亿元的企业有2家，包括云药集团(705亿元)和江州云海医药股份有限公司(130亿元)。",
        "",
        {"云药集团 70500000000 元", "江州云海医药股份有限公司 13000000000 元"},
    ),
    ("参会的有云药集团(705亿元)和江州云海医药股份有限公司(130亿元)。", "", set()),
    ("云川省拟安排5亿元设立云川文化基金。", "", {"云川文化基金 amount 500000000"}),
    ("云川省出资3亿元支持云川文化基金。", "", set()),
    (
        "江州电子公司2011年1月营收达新台币138.17亿元，成长17%。",
        "",
        {"江州电子公司 13817000000 新台币 @2011-01", "江州电子公司 17 % @2011-01"},
    ),
    ("据2015年1月22日发布的江州大学《智库报告》统计。", "", {"智库报告 date 2015-01-22"}),
    ("江州云海产业园2023年新增产能5万吨。", "", {"江州云海产业园 50000 吨 @2023"}),
    (
        "对于江州电子公司来说，要实现2020年销售规模突破3亿元并不容易。",
        "",
        {"江州电子公司 300000000 元 @2020"},
    ),
    ("云帆电子表示，2011年营收达2亿元。", "", {"云帆电子 200000000 元 @2011"}),
    ("江州大学2018年10月30日披露的《江州年度规划》。", "", {"江州年度规划 date 2018-10-30"}),
    ("江州大学排名第12位，是前20强高校。", "", set()),
    ("王强今年33岁。", "", set()),
    ("对符合条件的企业给予最高500万元奖励。", "", set()),
    ("江州、临溪等5个城市参加。", "", set()),
]


@pytest.mark.parametrize(("text", "date", "wanted"), CASES, ids=[c[0][:18] for c in CASES])
def test_facts(text: str, date: str, wanted: set[str]) -> None:
    found = {f.strip() for f in facts(text, date=date)}
    assert wanted <= found
    if not wanted:
        assert not found


def test_growth_keeps_its_baseline() -> None:
    from kg.model import Observation
    from tests.reading import reading

    statement = next(
        s
        for s in reading("“云川云”App下载量从1.3亿增长至2.61亿。").statements
        if isinstance(s.object, Observation)
    )
    assert isinstance(statement.object, Observation)
    assert statement.object.baseline is not None
    assert statement.object.baseline.value == 130000000


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云川省人民政府关于同意组建云川机场协调委员会的批复", ["云川省人民政府", "二〇〇六年五月二十三日"]),
        ("云川省人民政府关于修改《云川省数据条例》的决定", ["省长　陈云山", "2006年5月23日"]),
    ],
)
def test_the_date_of_a_document_stands_under_it(title: str, lines: list[str]) -> None:
    text = "\n".join([title, "江州市人民政府：", "现批复如下。", *lines, "一、加强领导。", ""])
    assert f"{title} date 2006-05-23" in facts(text)


@pytest.mark.parametrize(
    "line", ["（湖南省财政厅　二〇〇六年五月二十三日）", "（2006年5月23日湖南省财政厅令第3号公布）"]
)
def test_a_bracket_under_a_title_says_who_issued_it_and_when(line: str) -> None:
    title = "湖南省数据资金管理办法"
    text = f"{title}\n{line}\n第一条　为了加强管理，制定本办法。\n"
    assert f"{title} date 2006-05-23" in facts(text)
    assert {r for r in relations(text) if "issuedBy" in r} == {f"{title} issuedBy 湖南省财政厅"}
