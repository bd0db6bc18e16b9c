"""What is a name and where it begins: cases of both polarities."""

from __future__ import annotations

import pytest

from tests.reading import names

#: A sentence, names that it gives, and names that it must not give.
CASES = [
    ("江州市建设云川大数据中心。", {"Place 江州市"}, {"Platform 江州市建设云川大数据中心"}),
    (
        "在总规模60亿元的云川文化基金中专设子基金。",
        {"Fund 云川文化基金"},
        {"Fund 总规模60亿元的云川文化基金"},
    ),
    ("江州市实施“云帆”人才计划。", {"Project “云帆”人才计划"}, set()),
    ("先后实施“高温窑炉控制”“釉料生成”等攻关项目。", {"Project 高温窑炉控制", "Project 釉料生成"}, set()),
    ("推出数字平台“釉见”App。", {"Platform “釉见”App"}, set()),
    ("出台《云川省数据条例》《流浪的山》。", {"Policy 云川省数据条例"}, {"Policy 流浪的山"}),
    ("衡江云川大学经济与管理学院揭牌。", {"Institution 衡江云川大学经济与管理学院"}, set()),
    (
        "两家央企中国云川集团公司重组。",
        {"Institution 中国云川集团公司"},
        {"Institution 央企中国云川集团公司"},
    ),
    ("建有省级重点实验室10余家。", set(), {"Institution 省级重点实验室"}),
    ("集聚了5家主板上市公司。", set(), {"Institution 主板上市公司"}),
    ("建设一批新型研发机构和重点实验室。", set(), {"Institution 重点实验室"}),
    ("构建城市发展新格局。", set(), {"Institution 新格局"}),
    ("云川省省长陈云山考察江州高新区。", {"Person 陈云山", "Park 江州高新区", "Place 云川省"}, set()),
    ("美国富商安德鲁·卡内基捐款。", {"Person 安德鲁·卡内基"}, {"Person 富商安德鲁·卡内基"}),
    ("2024年7月，党的二十届三中全会明确要求。", {"Event 党的二十届三中全会"}, set()),
    ("嫦娥四号成功落月。", {"Technology 嫦娥四号"}, set()),
    ("江州大学与东软集团、云浪软件、江达信息签署协议。", {"Institution 江州大学"}, set()),
    ("全力落实“四个最严”要求。", set(), {"Project 四个最严"}),
    ("云川省科技厅、省财政厅联合发文。", {"Institution 云川省科技厅", "Institution 省财政厅"}, set()),
    ("「雲川基金」規模三億元。", {"Fund 雲川基金"}, set()),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_names(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = names(text)
    assert wanted <= found
    assert not unwanted & found


def test_a_name_made_certain_once_is_found_again() -> None:
    text = "江州云帆科技股份有限公司（以下简称“云帆”）成立。昨天，云帆在江州开业。"
    assert "Institution 云帆" in names(text)
