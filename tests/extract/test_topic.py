"""Of whom a document speaks where a sentence names nobody."""

from __future__ import annotations

import pytest

from kg.model import EntityKey
from tests.reading import reading

REPORT = "上海、海南深化改革。\n我国经济稳中有进。\n成功举办云江论坛。\n城镇新增就业1244万人。\n设立云江产业基金。\n"


def told(text: str, title: str) -> set[tuple[str, str]]:
    """Predicate and object of every statement."""
    return {
        (s.predicate, s.object.name)
        for s in reading(text, title=title).statements
        if isinstance(s.object, EntityKey)
    }


def test_a_report_of_the_nation_speaks_of_the_nation() -> None:
    title = "2024年国务院政府工作报告"
    assert told(REPORT, title) == {("organizedBy", "中国"), ("establishedBy", "中国")}


def test_the_cabinet_has_no_figures_of_its_own() -> None:
    text = REPORT.replace("我国经济", "国务院工作")
    said = reading(text, title="2024年国务院政府工作报告").statements
    assert {s.predicate for s in said if s.subject.name == "国务院"} == set()
    assert {s.object.name for s in said if isinstance(s.object, EntityKey)} == {"国务院"}


def test_who_says_we_is_a_company_only_where_it_prevails() -> None:
    text = "我们加快发展。\n支持云雅集团有限公司。\n我们设立了云江产业基金。\n"
    assert ("establishedBy", "云雅集团有限公司") not in told(text, "云川省的报告")
    text += "走进云雅集团有限公司。\n关于云雅集团有限公司。\n"
    assert ("establishedBy", "云雅集团有限公司") in told(text, "公司简介")


def test_who_is_quoted_says_we_of_others() -> None:
    text = "江州银行助力农户。\n江州银行放贷。\n江州银行很好。\n陈云山说：“我们增收了，我们设立了云江产业基金。”\n"
    assert ("establishedBy", "江州银行") not in told(text, "记者走访")


def test_a_report_under_the_name_of_a_company_alone_is_hers() -> None:
    text = "江州银行股份有限公司\n本行加快发展。\n公司贷款余额3亿元。\n湖南省的项目由本行支持。\n"
    said = reading(text, title="江州银行股份有限公司").statements
    assert {s.subject.name for s in said} == {"江州银行股份有限公司"}


def test_a_round_of_news_is_no_citys() -> None:
    """市场 is no 市 of its own (市委, 市重点项目)."""
    text = "广州站今天封顶。\n广州东站开工。\n市场监管总局检查。\n今天移交158个问题。\n广州地铁开通。\n"
    assert not [s for s in reading(text, title="国内快讯").statements if s.subject.name == "广州市"]


def test_an_autonomous_region_calls_itself_the_whole_district() -> None:
    """天山 and 防城 name districts elsewhere; 全区 of a report of a region is the region."""
    text = "我代表自治区人民政府报告工作，全区上下团结一心。\n乌鲁木齐与天山北坡发展。\n建设天山隧道。\n全区生产总值3亿元。\n"
    said = reading(text, title="2026年新疆维吾尔自治区政府工作报告").statements
    assert {s.subject.name for s in said if s.predicate == "observation"} == {"新疆维吾尔自治区"}


@pytest.mark.parametrize(
    "text",
    [
        # the only province named, and named by another name alone
        "新疆生产建设兵团报告病例。\n新增病例288例。\n其中输入72例。\n推进服务。\n完善机制。\n建设体系。",
        # of one of several: 河南全省
        "河南全省高速公路通车。\n河南加快发展。\n河南高速公路。\n今天发布数据，软件产品收入2142亿元。\n",
        # the city of the exchange where a company that nobody names is listed
        "本行在上海上市。\n发行股份5亿股。\n推进服务。\n完善机制。\n建设体系。\n提升水平。",
    ],
)
def test_a_place_named_in_passing_is_no_topic(text: str) -> None:
    assert not [s for s in reading(text, title="最新通报").statements if s.subject.cls == "Place"]


def test_a_city_that_calls_itself_the_whole_leads_its_region() -> None:
    """Of a city of an autonomous region 全市 speaks, not 自治区; a city with a clear lead needs no half."""
    text = "自治区政府部署。全市加快建设。\n包头市教育局、包头市财政局、包头市工信局、上海市、北京市、杭州市、苏州市。\n实施“云帆行动”。"
    said = reading(text, title="重点任务").statements
    assert ("云帆行动", "包头市") in {(s.subject.name, getattr(s.object, "name", "")) for s in said}


def test_the_banks_overseer_is_no_bank_that_speaks() -> None:
    text = "根据中国银监会的规定，本行开展业务。\n根据中国银监会的要求，本行设立云江基金。\n中国银监会检查。"
    assert ("establishedBy", "中国银行业监督管理委员会") not in told(text, "委托代理")


def test_what_an_office_looks_after_is_not_its_own() -> None:
    said = reading(
        "云川省应急管理厅印发《江州数据办法》。抽查企业7000家。江州大学设立云江研究院。目前在校生3万人。"
    ).statements
    counted = {s.subject.name for s in said if s.predicate == "observation"}
    assert counted == {"江州大学"}
