"""What policy documents say of themselves: who answers, approves and signs, and what a notice issues."""

from __future__ import annotations

from kg.model import Observation
from tests.reading import reading, relations


def test_a_reply_agrees_to_a_plan_and_to_what_is_to_be_founded() -> None:
    text = (
        "#云川省人民政府关于云江新区总体规划的批复\n一、原则同意《云江新区总体规划》。\n"
        "二、同意江州市财政局与云川大学合作。\n云川省人民政府\n2015年4月8日"
    )
    said = relations(text)
    assert "云江新区总体规划 approvedBy 云川省人民政府" in said
    assert "江州市财政局 approvedBy 云川省人民政府" not in said


def test_a_title_approves_what_has_a_year_or_a_kind_behind_it() -> None:
    text = "#云川省人民政府关于同意组建2008年江州机场协调委员会的批复\n江州机场协调委员会不刻制印章。\n云川省人民政府\n2006年5月23日"
    assert "江州机场协调委员会 approvedBy 云川省人民政府" in relations(text)


def test_who_signs_a_notice_signs_what_it_issues() -> None:
    text = (
        "#云川省人民政府办公厅关于印发“无废江州”建设方案的通知\n现将《“无废江州”建设方案》印发给你们。\n"
        "为推进工作，拟定基本政策，制定本方案。\n云川省人民政府办公厅\n2018年12月29日"
    )
    said = relations(text)
    assert {
        "“无废江州”建设方案 issuedBy 云川省人民政府办公厅",
        "云川省人民政府办公厅关于印发“无废江州”建设方案的通知 issuedBy 云川省人民政府办公厅",
    } <= said
    own = {r.key.name for r in reading(text).references if r.mention.name == "本方案"}
    assert not any(r.mention.name == "本政策" for r in reading(text).references)
    assert own == {"“无废江州”建设方案"}


def test_the_body_that_begins_a_title_is_one_where_it_signs() -> None:
    text = (
        "#云川省推进“三地一区”建设领导小组开放执行小组办公室关于加快对接云江经贸规则的通知\n请落实。\n"
        "#云川省推进“三地一区”建设领导小组开放执行小组办公室\n#2022年3月23日"
    )
    found = {f"{r.key.cls} {r.mention.name}" for r in reading(text).references}
    assert "Institution 云川省推进“三地一区”建设领导小组开放执行小组办公室" in found
    spoken = "#陈云山关于推进“云帆”的意见\n陈云山\n"
    assert not any(r.mention.rule == "issuer" for r in reading(spoken).references)


def test_a_decision_that_suspends_a_law_is_a_document() -> None:
    text = "#国务院关于在云江先行区暂时调整实施《云川数据条例》有关规定的决定\n国务院\n2018年12月21日"
    assert "国务院关于在云江先行区暂时调整实施《云川数据条例》有关规定的决定 issuedBy 国务院" in relations(
        text
    )


def test_where_an_office_sits_is_not_what_settles() -> None:
    text = "湖南加快发展。湖南推进改革。湖南成立领导小组，领导小组办公室设在江州市经济和信息化局。"
    assert not any("locatedIn" in r for r in relations(text))
    assert "云江创业基金 locatedIn 湖南省" in relations("湖南加快发展。湖南成功引进云江创业基金。")


def told(text: str) -> set[str]:
    """``label value`` of every observation of a text on 湖南省."""
    objects = (s.object for s in reading(text, title="湖南省2026年政府工作报告").statements)
    return {f"{o.label} {o.value:f}{o.unit}" for o in objects if isinstance(o, Observation)}


def test_a_floor_is_no_part_of_the_label_and_a_rule_is_no_fact() -> None:
    assert told("政务服务事项网上可办率不低于90%。") == {"政务服务事项网上可办率 90%"}
    assert told("测试时间原则上不超过18个月，资助强度为30万元。") == set()


def test_to_whom_something_is_given_is_not_the_topic() -> None:
    title = "湖南省2026年政府工作报告"

    def said(text: str) -> set[str]:
        return {f"{s.subject.name} {s.predicate}" for s in reading(text, title=title).statements}

    assert said("对承担或参与实施云帆计划、云江计划的机构，给予资金支持。") == set()
    assert "云帆计划 implementedBy" in said("对标先进地区，实施云帆计划、云江计划。")
