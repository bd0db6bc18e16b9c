"""Dropped subjects, plans, denials, passives: who is said to have done what."""

from __future__ import annotations

import pytest

from kg.model import EntityKey, Status
from tests.reading import reading, relations

CASES = [
    # the subject of the clause before
    ("江州市加快发展，设立云江产业基金。", {"云江产业基金 establishedBy 江州市"}),
    # passive
    (
        "云江论坛由云川大学主办，江州市科技局承办。",
        {"云江论坛 organizedBy 云川大学", "云江论坛 organizedBy 江州市科技局"},
    ),
    # who founded what a company is said to be, each of them, also behind 由
    (
        "江州数据公司是云帆集团与江州集团共同出资组建的合资企业。",
        {
            "江州数据公司 establishedBy 云帆集团",
            "江州数据公司 establishedBy 江州集团",
            "江州数据公司 fundedBy 江州集团",
            "云帆集团 collaboratesWith 江州集团",
        },
    ),
    (
        "江州数据公司由云帆集团与江州集团共同组建。",
        {"江州数据公司 establishedBy 云帆集团", "江州数据公司 establishedBy 江州集团"},
    ),
    ("江州数据公司被云帆集团以3亿元全资收购。", {"江州数据公司 partOf 云帆集团"}),
    # what happened before: who acts behind 在
    (
        "在云川大学、江州大学印发《云江数据规划》之后，江州市加快建设云江云平台。",
        {
            "云江数据规划 issuedBy 云川大学",
            "云江数据规划 issuedBy 江州大学",
            "云江云平台 establishedBy 江州市",
        },
    ),
    # relative clause
    ("由云川大学研发的“云川大模型”发布。", {"云川大模型 developedBy 云川大学"}),
    # joint act: both ways
    (
        "云川大学联合江州大学成立云江智能研究院。",
        {
            "云江智能研究院 establishedBy 云川大学",
            "云江智能研究院 establishedBy 江州大学",
            "云川大学 collaboratesWith 江州大学",
        },
    ),
    # lists, and the list that goes on behind a comma
    (
        "云川大学开设江州研究中心、临溪研究中心，以及云江论坛。",
        {"江州研究中心 establishedBy 云川大学", "云江论坛 organizedBy 云川大学"},
    ),
    # what is hastened stands before the verb that builds it
    (
        "云川大学推进江州研究院、云江种业实验室建设，筹建云海实验室。",
        {
            "江州研究院 establishedBy 云川大学",
            "云江种业实验室 establishedBy 云川大学",
            "云海实验室 establishedBy 云川大学",
        },
    ),
    # what jieba takes for a noun is manner and verb
    (
        "江州市人民政府认真学习贯彻全会精神，编制了《江州市数据规划》。",
        {"江州市数据规划 issuedBy 江州市人民政府"},
    ),
    # what is driven is carried out by who drives it
    (
        "江州市加快云江大桥工程、临溪水库工程等重大工程建设，推动“云帆”项目投产，支持“星火”项目建设。",
        {f"{name} implementedBy 江州市" for name in ("云江大桥工程", "临溪水库工程", "“云帆”项目")},
    ),
    # a list of deeds, each with who does it
    (
        "云江论坛由江州市主办、云川大学承办、江州数据有限公司协办。",
        {f"云江论坛 organizedBy {name}" for name in ("江州市", "云川大学", "江州数据有限公司")},
    ),
    # a preposition before a relative clause: it governs the head, not who did it
    ("在云川省人民政府印发的《云川省数据规划》中，项目很多。", {"云川省数据规划 issuedBy 云川省人民政府"}),
    # with somebody of a place whom no reference names, and with the place itself
    ("云海集团下属公司与湖南商联药业共同组建云川药业有限公司。", {"云川药业有限公司 establishedBy 云海集团"}),
    (
        "云海集团与湖南方面共同组建云川药业有限公司。",
        {"云川药业有限公司 establishedBy 云海集团", "云川药业有限公司 establishedBy 湖南省"},
    ),
    ("由我国自行设计建造的“云海救103”轮列编，正式投入使用。", {"“云海救103”轮 developedBy 中国"}),
    ("江州大学研发的“云芯”芯片量产。", {"“云芯”芯片 developedBy 江州大学"}),
    ("江州大学研发的“云芯”芯片软件。", set()),
    ("对江州大学研发的“云川大模型”进行测试。", {"云川大模型 developedBy 江州大学"}),
    # days joined by 至 leave the place to 在
    ("在6月21日至22日江州市召开的“云江座谈会”上，项目很多。", {"云江座谈会 locatedIn 江州市"}),
    # the board of a body is the body
    ("江州大学董事会审议通过《云江办法》。", {"云江办法 issuedBy 江州大学"}),
    # a body and its head in one word of the dictionary
    ("江州市科技局局长陈云山说，项目很多。", {"陈云山 memberOf 江州市科技局"}),
    ("江州市财政局预算处处长陈云山说，项目很多。", {"陈云山 memberOf 江州市财政局"}),
    # where something lies is not what is made; what lies there is
    (
        "江州能源工程位于江州经济技术开发区内，由江州投资有限公司投资。",
        {"江州能源工程 fundedBy 江州投资有限公司"},
    ),
    # 将…列为 disposes and does not plan
    ("江州市将“云帆计划”列为“云川工程”。", {"云帆计划 partOf 云川工程"}),
]

SILENT = [
    "加快江州研究院建设，筹建云海实验室。",
    "江州市尚未设立云江产业基金。",
    "江州市不再实施“云帆计划”。",
    "企业出台《云江数据办法》。",  # who? not the topic
    "相关高校设立云江研究院。",
    "云川大学与江州高新区建设提速。",  # both are built
    "云川大学与江州高新区举行座谈。",  # they meet
    "江州市财政局下发通知，要求各地集中开展“云帆行动”。",  # the others do
    "江州数据有限公司通过了ISO9001认证。",  # passed it, did not approve it
    "《云江数据办法》深受欢迎。",
    "新华社江州10月19日电 《云江数据办法》出台。",
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0][:20] for c in CASES])
def test_relations(text: str, wanted: set[str]) -> None:
    assert wanted <= relations(text)


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_guessed(text: str) -> None:
    assert not relations(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [("江州市筹建云江研究院。", Status.PLANNED), ("江州市成立云江研究院。", Status.ASSERTED)],
)
def test_plans_are_told_from_deeds(text: str, status: Status) -> None:
    found = [s for s in reading(text).statements if isinstance(s.object, EntityKey)]
    assert found
    assert {s.status for s in found} == {status}


def test_the_topic_of_a_paragraph() -> None:
    text = "湖南实施改革。湖南打造高地。\n出台《云江数据条例》，建设云江算力平台。"
    assert {"云江数据条例 issuedBy 湖南省", "云江算力平台 establishedBy 湖南省"} <= relations(text)


def test_labelled_lines() -> None:
    text = "云江能源论坛开幕。\n主办单位：云川省能源局、江州市人民政府　承办单位：云川大学"
    wanted = {f"云江能源论坛 organizedBy {name}" for name in ("云川省能源局", "江州市人民政府", "云川大学")}
    assert wanted <= relations(text)


def test_a_label_without_an_event_says_nothing() -> None:
    assert not relations("主办单位：云川省能源局、江州市人民政府")


def test_a_signed_approval() -> None:
    text = "#云川省人民政府关于同意设立江州数据产业园的批复\n一、同意设立江州数据产业园。\n云川省人民政府\n2015年4月8日"
    policy = "云川省人民政府关于同意设立江州数据产业园的批复"
    assert {f"{policy} issuedBy 云川省人民政府", "江州数据产业园 approvedBy 云川省人民政府"} <= relations(
        text
    )


def test_the_company_that_speaks_is_not_its_shareholder() -> None:
    text = "江州云帆科技有限公司成立。公司控股股东为云川投资集团有限公司。公司下设江州传感研究院。"
    assert "江州传感研究院 partOf 江州云帆科技有限公司" in relations(text)


@pytest.mark.parametrize(("members", "pairs"), [("甲乙丙", 3), ("甲乙丙丁戊己庚辛壬癸子丑寅卯", 0)])
def test_a_crowd_is_no_pairs(members: str, pairs: int) -> None:
    partners = "、".join(f"江{m}大学" for m in members)
    found = relations(f"云川大学与{partners}签署合作协议。")
    assert len([f for f in found if "collaboratesWith" in f]) == pairs


def test_an_aim_goes_on_to_the_clause_with_a_subject() -> None:
    text = "湖南实施改革。湖南打造高地。\n为贯彻精神，深入实施《江州数据规划》，江州市财政局印发《江州数据办法》。"
    said = relations(text)
    assert "江州数据办法 issuedBy 江州市财政局" in said
    assert not any(r.startswith("江州数据规划") for r in said)


def test_an_aim_alone_leaves_the_deed_to_the_topic() -> None:
    text = "湖南实施改革。湖南打造高地。\n为贯彻精神，制定《江州数据办法》，实施“云帆行动”。"
    assert {"江州数据办法 issuedBy 湖南省", "云帆行动 implementedBy 湖南省"} <= relations(text)


@pytest.mark.parametrize("who", ["", "双方"])
def test_the_parties_of_an_agreement_go_on_together(who: str) -> None:
    found = relations(f"云川大学与江州集团、江州数据产业园签署协议，{who}共同出资建设江州“云脑”项目。")
    for role in ("fundedBy", "implementedBy"):
        ends = {"云川大学", "江州集团", "江州数据产业园"}
        assert {f"江州“云脑”项目 {role} {end}" for end in ends} <= found


def test_other_parties_are_not_those_of_the_agreement() -> None:
    found = relations("云川大学与江州集团签署协议，多家企业共同建设江州“云脑”项目。")
    assert not any("implementedBy" in r for r in found)


def test_words_that_describe_a_project_are_no_deeds_of_their_own() -> None:
    topic = "湖南实施改革。湖南打造高地。\n"
    found = relations(topic + "实施企业找技术、让成果走出去等科技“三云工程”。")
    assert "三云工程 implementedBy 湖南省" in found
    assert not relations(topic + "实施方案、发布消息，企业关注“三云工程”。")


def test_some_of_a_places_are_not_the_place() -> None:
    assert not relations("江州市一批企业设立云江产业基金，我国大多数智库位于北京。")


def test_a_title_names_who_issued_it() -> None:
    found = relations("会议学习了《云川省财政厅关于加强江州数据管理的通知》。")
    assert found == {"云川省财政厅关于加强江州数据管理的通知 issuedBy 云川省财政厅"}
    asked = relations("江州市上报了《江州市财政局关于申请资金的请示》。")
    assert not any("issuedBy" in r for r in asked)


def test_what_lies_in_two_places_lies_in_both() -> None:
    found = relations("云江数据产业园在四川成都开工建设。")
    assert {"云江数据产业园 locatedIn 四川省", "云江数据产业园 locatedIn 成都市"} <= found
    assert not any("locatedIn" in r for r in relations("四川成都与云江数据产业园合作。"))


def test_what_is_striven_for_does_nothing() -> None:
    topic = "湖南实施改革。湖南打造高地。\n"
    found = relations(topic + "建设一批集群，争创国家新型工业化示范区，实施“云帆行动”。")
    assert "云帆行动 implementedBy 湖南省" in found
    assert not any(r.endswith("国家新型工业化示范区") for r in found)


def test_spirit_is_no_money() -> None:
    found = relations("江州市打造集群，为云江老工业基地振兴注入新的活力。")
    assert not any("fundedBy" in r for r in found)
    assert "云江数据有限公司 fundedBy 江州市" in relations("江州市为云江数据有限公司注入资金5亿元。")


def test_what_is_nurtured_does_nothing_else() -> None:
    topic = "湖南实施改革。湖南打造高地。\n"
    found = relations(topic + "培育壮大江州消费中心，实施“云帆行动”。")
    assert "云帆行动 implementedBy 湖南省" in found


def test_partners_end_with_their_clauses() -> None:
    found = relations("江州市与云江集团合作；推进建设，组建云江数据有限公司。")
    assert not any(r == "云江数据有限公司 establishedBy 云江集团" for r in found)


def test_what_is_driven_does_nothing_else() -> None:
    topic = "湖南实施改革。湖南打造高地。\n"
    found = relations(topic + "加快云江科创城等重大载体建设，高质量建设江州实验室。")
    assert "江州实验室 establishedBy 湖南省" in found
    assert "江州数据有限公司 establishedBy 云江集团" in relations("江州市推动云江集团设立江州数据有限公司。")


def test_a_line_is_no_partner() -> None:
    topic = "湖南实施改革。湖南打造高地。\n"
    assert not any("collaboratesWith" in r for r in relations(topic + "云江复线和江临铁路将投入运营。"))


def test_in_a_long_list_not_each_acts_with_each() -> None:
    names = [f"云川{letter}大学" for letter in "甲乙丙丁戊己庚辛"]
    assert not any("collaboratesWith" in r for r in relations("、".join(names) + "联合主办云江论坛。"))


def test_a_sentence_says_a_thing_once() -> None:
    found = [
        s for s in reading("云川大学与江州大学开展深度合作。").statements if s.predicate == "collaboratesWith"
    ]
    assert len(found) == 1


def test_a_number_behind_the_last_title_is_of_that_one() -> None:
    said = relations("《云川省数据条例》、《江州数据办法》（云川省财政厅令第12号）已经公布。")
    assert {r for r in said if "issuedBy" in r} == {"江州数据办法 issuedBy 云川省财政厅"}


def test_a_deed_that_is_spoken_of_is_nobodys() -> None:
    topic = "湖南实施改革。湖南打造高地。\n"
    assert "云帆行动 implementedBy 湖南省" in relations(f"{topic}开展“云帆行动”，建设云江算力平台。")
    assert not relations(f"{topic}开展“云帆行动”是深入落实精神的举措。")


def test_where_something_lies_is_not_paid_for() -> None:
    said = relations("江州能源工程位于江州经济技术开发区内，由江州投资有限公司投资。")
    assert not any(r.startswith("江州经济技术开发区 fundedBy") for r in said)


def test_a_title_that_names_who_issued_it_is_not_the_topics() -> None:
    text = "湖南实施改革。湖南打造高地。\n现公布《国务院关于修改数据条例的决定》，出台《湖南省数据办法》。"
    assert {r for r in relations(text) if "issuedBy" in r} == {
        "湖南省数据办法 issuedBy 湖南省",
        "国务院关于修改数据条例的决定 issuedBy 国务院",
    }
