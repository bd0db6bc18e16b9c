"""Offices that a life tells, rows of members, boards that are announced."""

from __future__ import annotations

import pytest

from tests.reading import relations

CASES = [
    (
        "陈云山，现任江州数据有限公司董事长、云帆集团董事。",
        {"陈云山 memberOf 江州数据有限公司", "陈云山 memberOf 云帆集团"},
        set(),
    ),
    (
        "1、陈云晖：男，1972年出生。1997年参与创立江州云帆贸易有限公司并担任总经理。",
        {"江州云帆贸易有限公司 establishedBy 陈云晖", "陈云晖 memberOf 江州云帆贸易有限公司"},
        set(),
    ),
    ("陈云山曾就职于江州数据有限公司、云川大学。", {"陈云山 memberOf 云川大学"}, set()),
    ("陈云山表示，他担任主席的云江研究中心与江州市合作。", {"陈云山 memberOf 云江研究中心"}, set()),
    ("由云帆集团下属企业江州数据有限公司承建。", {"江州数据有限公司 partOf 云帆集团"}, set()),
    # a place has no analysts and no presidents: they are of somebody there
    ("湖南粮食批发市场小麦分析师陈云山表示，很好。", set(), {"陈云山 memberOf 湖南省"}),
    ("湖南省副省长陈云山表示，很好。", {"陈云山 memberOf 湖南省"}, set()),
    # one behind the other, whatever joins the offices of the first
    ("云海集团董事长兼CEO陈云山、副总裁林知远出席。", {"林知远 memberOf 云海集团"}, set()),
    ("云海集团董事长兼CEO陈云山与副总裁林知远无关。", set(), {"林知远 memberOf 云海集团"}),
    # of a part of the world: the company's officer, and nobody's when the company has no name
    (
        "云海集团大中华区总裁陈云山认为，市场很好。",
        {"陈云山 memberOf 云海集团"},
        {"陈云山 memberOf 大中华区"},
    ),
    ("云图集团（Otto Group）亚太地区负责人陈云山表示。", {"陈云山 memberOf 云图集团"}, set()),
    ("一家厂商大中华区总裁陈云山认为，市场很好。", set(), {"陈云山 memberOf 大中华区"}),
    ("陈云山不再担任江州数据有限公司董事长。", set(), {"陈云山 memberOf 江州数据有限公司"}),
    ("陈云山批评，时任云川大学校长正是李江川。", set(), {"陈云山 memberOf 云川大学"}),
    (
        "江州数据协会设理事会，名誉会长：蒋川震、吕明华、黄成华。",
        {"吕明华 memberOf 江州数据协会"},
        set(),
    ),
    (
        "江州数据协会，由蒋川震、吕明华一同任名誉会长。",
        {"蒋川震 memberOf 江州数据协会", "吕明华 memberOf 江州数据协会"},
        set(),
    ),
    (
        "云江合作委员会成员名单\n孙川尧 云川省教育厅副厅长",
        {"孙川尧 memberOf 云川省教育厅", "孙川尧 memberOf 云江合作委员会"},
        set(),
    ),
    (
        "云川省加快发展，云川省生产总值增长6%。省长陈云山、副省长林知远出席。",
        {"陈云山 memberOf 云川省", "林知远 memberOf 云川省"},
        set(),
    ),
    ("云川省加快发展，云川省生产总值增长6%。县长陈云山出席。", set(), {"陈云山 memberOf 云川省"}),
    ("江州日报社驻上海记者陈云山报道。", {"陈云山 memberOf 江州日报社"}, {"陈云山 memberOf 上海市"}),
    ("本报驻上海记者陈云山报道。", set(), {"陈云山 memberOf 上海市"}),
    ("云川大学表示，参会代表包括：蒋川震、吕明华、黄成华。", set(), {"蒋川震 memberOf 云川大学"}),
    (
        "江州市人民政府代市长　陈云山",
        {"陈云山 memberOf 江州市人民政府"},
        set(),
    ),
    # the group whose members the rows list is named before; a title stands before the body, and 局长 shows one
    (
        "国务院决定对云江教材委员会组成人员进行调整。\n现将名单通知如下：\n"
        "主 任：孙川尧 云川省教育厅副厅长\n陈云山 教授、云川大学原校长\n林知远 统计局局长",
        {
            "孙川尧 memberOf 云江教材委员会",
            "陈云山 memberOf 云江教材委员会",
            "陈云山 memberOf 云川大学",
            "林知远 memberOf 统计局",
        },
        {"孙川尧 memberOf 国务院"},
    ),
    (
        "组建江州机场协调委员会，由云江组委会领导。江州机场协调委员会负责协调。\n"
        "#二、组成人员\n孙川尧 云川省教育厅副厅长\n陈云山说，工作由他负责。",
        {"孙川尧 memberOf 江州机场协调委员会"},
        {"陈云山 memberOf 江州机场协调委员会", "孙川尧 memberOf 云江组委会"},
    ),
    (
        "云川大学陈云山教授、林知远研究员、刘远博士参加。",
        {"陈云山 memberOf 云川大学", "林知远 memberOf 云川大学", "刘远 memberOf 云川大学"},
        set(),
    ),
    (
        "云川大学陈云山教授、临溪大学林知远研究员参加。",
        {"林知远 memberOf 临溪大学"},
        {"林知远 memberOf 云川大学"},
    ),
    ("陈云山 云川省财政厅副厅长、云川省编译局局长", {"陈云山 memberOf 云川省编译局"}, set()),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_careers(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = relations(text)
    assert wanted <= found, sorted(found)
    assert not unwanted & found
