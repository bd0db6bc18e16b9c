"""Companies by what only companies have or are: cases of both polarities."""

from __future__ import annotations

import pytest

from tests.reading import names

#: A text, names that it gives, and names that it must not give.
CASES = [
    # whose shares are bought; whose president stands behind the name that its company has too
    ("云海集团收购麦考云19%股份。麦考云很好。", {"Institution 麦考云"}, {"Person 麦考云"}),
    ("陈云山持有的19%股份卖了。", set(), {"Institution 陈云山"}),
    ("云米科技发布财报。他接任云米董事长。云米认为，市场很好。", {"Institution 云米"}, {"Person 云米"}),
    # what stands before the bracket of a full name; to where a page leads is no platform
    ("神川租车（中国）有限公司扩产，神川租车（微博）招人。", {"Institution 神川租车"}, {"Platform 微博"}),
    ("他在微博（平台）上说，很好。", {"Platform 微博"}, set()),
    # the own word of a company that the document names in full, alone and with the trade behind it
    (
        "江州砚川智能装备股份有限公司上市。砚川智能扩产。砚川招人。",
        {"Institution 砚川智能", "Institution 砚川"},
        set(),
    ),
    ("云江软件公司入围。长江软件公司入围。长江很好。", set(), {"Institution 长江"}),
    ("砚川集团有限公司与砚川科技有限公司签约。砚川招人。", set(), {"Institution 砚川"}),
    ("敬沧基金有限公司成立。敬沧基金招人。", set(), {"Institution 敬沧基金"}),
    ("额沧赛项目公司成立。额沧赛很好。", set(), {"Institution 额沧赛"}),
    ("蓝黛斯软件公司入围。蓝黛斯表示，市场很好。", {"Institution 蓝黛斯"}, {"Person 蓝黛斯"}),
    ("云沧精密（300999，收盘价23元）公布了公告。", {"Institution 云沧精密"}, set()),
    (
        "涨幅居前的有江屿锌锗（600999.SH）、云沧稀土(000999.SZ)。",
        {"Institution 江屿锌锗", "Institution 云沧稀土"},
        set(),
    ),
    ("沧屿旗下的商城上线。沧屿今年扩产。", {"Institution 沧屿"}, set()),
    ("沧铨股价上涨。", {"Institution 沧铨"}, set()),
    ("沧铨精密总裁陈云山表示看好市场。", {"Institution 沧铨精密", "Person 陈云山"}, set()),
    ("南方家私总经理陈云山表示看好市场。", {"Institution 南方家私"}, set()),
    ("市场总经理陈云山表示看好。", set(), {"Institution 市场"}),
    ("亚太总裁陈云山表示看好。", set(), {"Institution 亚太"}),
    ("LED大厂沧铨电子宣布量产。", {"Institution 沧铨电子"}, set()),
    (
        "通过策略伙伴泰铨、沧铨、江镓的产能扩张。",
        {"Institution 泰铨", "Institution 沧铨", "Institution 江镓"},
        set(),
    ),
    ("两家企业设立合资公司--江州沧屿光电。", {"Institution 江州沧屿光电"}, set()),
    ("软件厂商Yunchuan Soft发布了产品。", {"Institution Yunchuan Soft"}, set()),
    ("上市公司LED投资额增加，经销商备肥结束。", set(), {"Institution LED", "Institution 备肥"}),
    ("国外厂商短于营销，运营商集采开始。", set(), {"Institution 短于", "Institution 集采"}),
    ("该公司拥有七大产品线。", set(), {"Institution 七大"}),
    # a listed platform with a chief of its own is a company
    ("京东商城CEO陈云山表示看好。", {"Institution 京东商城"}, {"Platform 京东商城"}),
    ("京东商城开放注册。", {"Platform 京东商城"}, set()),
    (
        "沧铨电子通过合作伙伴江州电子公司扩产。",
        {"Institution 江州电子公司"},
        {"Institution 合作伙伴江州电子公司"},
    ),
    ("沧铨电子2010年扩产。", {"Institution 沧铨电子"}, set()),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_firms(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = names(text)
    assert wanted <= found
    assert not unwanted & found
