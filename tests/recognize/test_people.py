"""People: behind offices, in lists and rows, at the head of a life; and what only looks like one."""

from __future__ import annotations

import pytest

from tests.reading import names

CASES = [
    ("他接过董事长帅印。", set(), {"Person 帅印"}),
    ("提名雷云军出任董事长，请雷云军出山。", {"Person 雷云军"}, {"Person 雷云军出"}),
    # addressed by the whole name, however the tokens cut it
    ("聘任牛新庄先生为首席信息官。白建军先生的任职生效。", {"Person 牛新庄", "Person 白建军"}, set()),
    (
        "车主李先生和张先生令焦女士不快，女士们先生们。",
        set(),
        {"Person 车主李", "Person 和张", "Person 令焦"},
    ),
    ("云米科技发布财报。云米认为，市场很好。", {"Institution 云米科技", "Institution 云米"}, {"Person 云米"}),
    ("云米科技发布财报。总裁云米认为，市场很好。", {"Person 云米"}, {"Institution 云米"}),
    ("江州快递集团副总裁黄云赓则向记者表示，市场很好。", {"Person 黄云赓"}, {"Person 黄云赓则"}),
    ("江州市市长李云则出席会议。", {"Person 李云则"}, set()),
    ("江州粮油有限公司经理白书宇称，市场很好。", {"Person 白书宇"}, set()),
    ("根据官网介绍，产品很好。", set(), {"Person 官网"}),
    ("约翰·库克来到江州。1998年，库克加入江州数据有限公司。", {"Person 约翰·库克", "Person 库克"}, set()),
    ("江州市人民政府市长 林知远", {"Person 林知远"}, {"Person 林知"}),
    # in running text: by what only people do, or because the document repeats a name and lets it act
    ("在江州，“轮胎王”周清岚曾把生意做到全市最大。", {"Person 周清岚"}, set()),
    ("周清娜今天在江州设展。与周清娜同行的有很多人。", {"Person 周清娜"}, set()),
    ("汤溪镇今天在江州设展。与汤溪镇同行的有很多镇。", set(), {"Person 汤溪镇"}),
    ("根据周清欣长篇小说《江州》改编的电影上映。", {"Person 周清欣"}, set()),
    (
        "让-皮埃尔·杜邦和阿卜杜勒—哈米德·热马里出席。",
        {"Person 让-皮埃尔·杜邦", "Person 阿卜杜勒—哈米德·热马里"},
        set(),
    ),
    ("临昌党委书记、江州市委书记陈云山宣布开工。", {"Person 陈云山"}, {"Person 临昌"}),
    ("云川大学孔子学院中方院长孔云涛说，学生很多。", {"Person 孔云涛"}, set()),
    ("公司法定代表人顾金山表示。", {"Person 顾金山"}, set()),
    ("時任司長林鄭月娥表示。", {"Person 林鄭月娥"}, set()),
    ("云川研究院总司长维冈表示，合作顺利。", {"Person 维冈"}, set()),
    ("云川学院教授汗·弗林托普说。", {"Person 汗·弗林托普"}, set()),
    (
        "石泰峰、王川明、魏凤和、卢川工出席云江论坛。",
        {"Person 石泰峰", "Person 魏凤和", "Person 卢川工"},
        set(),
    ),
    ("名誉会长：蒋川震、吕明华、黄成华。", {"Person 蒋川震", "Person 吕明华", "Person 黄成华"}, set()),
    ("孙　尧　　云川省教育厅副厅长", {"Person 孙尧"}, set()),
    ("1、陈云晖：男，1972年出生，高级经济师。", {"Person 陈云晖"}, set()),
    ("许云印捐款3亿元。", {"Person 许云印"}, set()),
    ("云帆集团总裁Charles Brown说。", {"Person Charles Brown"}, {"Person CharlesBrown"}),
    ("云川省副省长陈云山接受采访。", {"Person 陈云山"}, {"Person 陈云山接受", "Person 陈云山接"}),
    ("由省长任双组长的领导小组成立。", set(), {"Person 任双"}),
    ("扩大卓越工程师培养规模。", set(), {"Person 卓越"}),
    ("书记致贺词。", set(), {"Person 贺词"}),
    ("北京、上海、天津、重庆参会。", {"Place 北京"}, {"Person 上海"}),
    # a life tells where somebody comes from, scholars are cited with numbers, an office may stand in brackets
    ("叶云虹，江苏淮安人，1932年3月出生。", {"Person 叶云虹"}, set()),
    (
        "国内陈云媛[14]、崔云军[15]、唐云媛[16]等多位学者作了评述。",
        {"Person 陈云媛", "Person 崔云军", "Person 唐云媛"},
        set(),
    ),
    (
        "公司负责人陈云晖、主管会计工作负责人陈云凌及会计机构负责人（会计主管人员）王云梅声明。",
        {"Person 陈云晖", "Person 陈云凌", "Person 王云梅"},
        {"Person 陈云凌及"},
    ),
    ("王云梅、黄云芹、王好云被授予荣誉称号。", {"Person 王云梅", "Person 黄云芹", "Person 王好云"}, set()),
    ("自治区主席艾尔肯·吐尼亚孜代表自治区讲话。", {"Person 艾尔肯·吐尼亚孜"}, set()),
    ("行业协会会长瓦季姆·德罗比兹认为存在歧视。", {"Person 瓦季姆·德罗比兹"}, set()),
    ("云川省陶瓷协会选举陈云山为会长。", {"Person 陈云山"}, set()),
    ("审议委员由总统任命。", set(), {"Person 由总统", "Person 由总"}),
    ("研究院副院长梅宏作了题为《数据》的讲座。", {"Person 梅宏"}, {"Person 梅宏作"}),
    # words that look like names
    ("江州市人民医院的康复专家到场。", set(), {"Person 康复"}),
    ("有議員曾稱教育有問題。", set(), {"Person 曾稱"}),
    ("省长陈云山未考察江州。", {"Person 陈云山"}, {"Person 陈云山未"}),
    ("贾云建 云川省党史研究院副院长、云川省编译局局长", {"Person 贾云建"}, set()),
    ("王云峰 云川省自然资源厅党组成员", {"Person 王云峰", "Institution 云川省自然资源厅"}, set()),
    # callings show a person, a body lends its name to whom works there, dots are written in many ways
    ("小关社区居民郁云富高兴地告诉记者。", {"Person 郁云富"}, set()),
    ("村医葛云福，身患重病仍坚守岗位。", {"Person 葛云福"}, set()),
    ("江州大学朱云龙承担的重点项目结题。", {"Person 朱云龙"}, set()),
    ("江州市市长吉尔拉•依沙木出席。", {"Person 吉尔拉•依沙木"}, {"Person 吉尔拉"}),
    ("各地中小企业主管部门要加强工作。", set(), {"Person 管部门"}),
    ("党员代表中，有老战士。", set(), {"Person 代表中"}),
    ("千名党员向祖国作汇报。", set(), {"Person 向祖国"}),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_people(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = names(text)
    assert wanted <= found
    assert not unwanted & found
