"""What policy documents name: bodies that brackets charge, and names behind the verbs of such texts."""

from __future__ import annotations

import pytest

from tests.reading import names

#: A sentence, names that it gives, and names that it must not give.
CASES = [
    # bodies by the bracket that charges them, whatever their names end in
    (
        "推进改革。（牵头单位：市审批服务局，责任单位：市重点项目办、市住房和城乡建设委、各区县政府、市相关部门）",
        {"Institution 市审批服务局", "Institution 市重点项目办", "Institution 市住房和城乡建设委"},
        {"Institution 县政府", "Institution 各区县政府", "Institution 市相关部门"},
    ),
    (
        "（省新兴产业推进组工作专班牵头，人民银行江州分行营管部、省推进数据专项工作组成员单位按职责分工配合）",
        {
            "Institution 省新兴产业推进组工作专班",
            "Institution 人民银行江州分行营管部",
            "Institution 省推进数据专项工作组",
        },
        {"Institution 人民银行"},
    ),
    (
        "责任单位：市海洋发展局、市科技局及相关行业主管部门。",
        {"Institution 市海洋发展局", "Institution 市科技局"},
        {"Institution 发展局", "Institution 市科技局及相关行业主管部门"},
    ),
    ("会议通报了情况（市民普遍配合、持续推进）。", set(), {"Institution 市民普遍", "Institution 持续"}),
    ("鼓励各市政府先行先试（各市政府负责）。", set(), {"Institution 市政府"}),
    # what stands before a name and is no part of it
    (
        "江州市充分发挥新旧动能转换基金作用。",
        {"Place 江州市", "Fund 新旧动能转换基金"},
        {"Fund 江州市充分发挥新旧动能转换基金"},
    ),
    ("江州市拓展智慧养老服务平台功能。", {"Platform 智慧养老服务平台"}, set()),
    ("整理江州文化艺术节资料。", {"Event 江州文化艺术节"}, {"Event 整理江州文化艺术节"}),
    ("江州市土地整理中心成立。", {"Institution 江州市土地整理中心"}, set()),
    (
        "送至市工业和信息化局和市财政局备案，报教育部网信领导小组。",
        {"Institution 市工业和信息化局", "Institution 市财政局", "Institution 教育部网信领导小组"},
        set(),
    ),
    ("印发江州市智能网联汽车道路测试细则。", {"Place 江州市"}, {"Platform 江州市智能网"}),
    ("（一）建设云川数据平台。", {"Platform 云川数据平台"}, {"Platform （一）建设云川数据平台"}),
    ("江州（国际）会展中心开馆。", {"Place 江州（国际）会展中心"}, set()),
    # who lays down, and what is only to be written
    (
        "具体办法由江州市财政局规定，按国务院税务主管部门规定执行。",
        {"Institution 江州市财政局"},
        {"Policy 江州市财政局规定", "Policy 国务院税务主管部门规定"},
    ),
    ("工业和信息化部决定开展试点。", {"Institution 工业和信息化部"}, {"Policy 工业和信息化部决定"}),
    (
        "修订完善云川省数据共享管理办法，制定出台具体实施办法。",
        {"Policy 云川省数据共享管理办法"},
        {"Policy 完善云川省数据共享管理办法", "Policy 出台具体实施办法"},
    ),
    (
        "各市县、外省市和完成人及省科学技术奖获得者参加。",
        set(),
        {"Place 各市县", "Place 外省市", "Place 人及省"},
    ),
    # slogans in quotes are no projects and no products; campaigns, and what two names share behind them, are
    (
        "推进“高效办成一件事”，打造“强磁场”，落实“河长制”，实施“双减”，推行“互联网+监管”。",
        set(),
        {
            "Project 高效办成一件事",
            "Technology 强磁场",
            "Project 河长制",
            "Project 双减",
            "Project 互联网+监管",
        },
    ),
    (
        "深入推进“百企千团”“云企出海”“云车出海”行动计划，开展“四水同治”，推出“云岭贷”。",
        {
            "Project 百企千团",
            "Project 云企出海",
            "Project “云车出海”行动计划",
            "Project 四水同治",
            "Technology 云岭贷",
        },
        set(),
    ),
    # members of a list of works, behind what is done with them
    (
        "江州市实施了次干道路、变电站、输配电线路等基础设施工程。",
        {"Project 次干道路", "Project 输配电线路"},
        {"Project 了次干道路"},
    ),
    (
        "建成江州中学、确保云润啤酒迁建、重点做好大云风电二期等项目。",
        {"Project 云润啤酒迁建", "Project 大云风电二期"},
        {"Project 确保云润啤酒迁建"},
    ),
    # no names: pilots of a place, kinds that 和 joins, numbers of documents, laws as such
    (
        "云川省江州市深化改革试点，江州市试点“先建后验”，江州市创新海绵城市试点。",
        set(),
        {
            "Project 云川省江州市深化改革试点",
            "Project 江州市试点",
            "Project 江州市创新海绵城市试点",
        },
    ),
    ("江州市国家服务贸易创新发展试点启动。", {"Project 江州市国家服务贸易创新发展试点"}, set()),
    (
        "科研院所和医院、优势企业与学校参加，江州技术与应用委员会出席。",
        {"Institution 江州技术与应用委员会"},
        {"Institution 科研院所和医院", "Institution 优势企业与学校"},
    ),
    (
        "根据发改能源〔2020〕283号和国办函〔2004〕71号，完善职业教育法律法规。",
        set(),
        {"Institution 发改能源", "Institution 国办", "Policy 职业教育法"},
    ),
    ("根据职业教育法，民航总局发文。", {"Policy 职业教育法", "Institution 民航总局"}, set()),
    # 新一代 inside a name, 大 of 大数据, what another is built on, 获批
    (
        "济南国家新一代人工智能创新发展试验区和大数据平台云川分中心建成。",
        {"Park 济南国家新一代人工智能创新发展试验区", "Institution 大数据平台云川分中心"},
        set(),
    ),
    ("依托云江科创大走廊建设江州科学城。", {"Park 江州科学城"}, {"Park 云江科创大走廊建设江州科学城"}),
    ("支持新获批国家重点实验室的企业。", set(), {"Institution 批国家重点实验室"}),
    # what looks like people
    (
        "韩立副总理批示，大公司通过兼并重组，主管单位应认真核查，边应用、边迭代、边完善。",
        {"Person 韩立"},
        {"Person 韩立副", "Person 司通过", "Person 单位应", "Person 边应用", "Person 边迭代"},
    ),
    (
        "引导工程技术等领域专家加强合作，列明管理事项类别，打响好客山东·云游品牌。",
        {"Place 山东"},
        {"Person 程技术", "Person 项类别", "Person 山东·云"},
    ),
    # kinds that the state recognizes many of; what has a name of its own is one
    (
        "对省级技术创新中心、工程研究中心、省重点实验室、国家先进制造业集群给予扶持，新建省重点实验室。",
        set(),
        {
            "Institution 工程研究中心",
            "Institution 省重点实验室",
            "Park 国家先进制造业集群",
            "Project 省工程",
            "Place 新建省",
        },
    ),
    ("江州市动力电池制造业创新中心揭牌。", {"Institution 江州市动力电池制造业创新中心"}, set()),
    # what several are called together, 和 that joins levels, a brand with its place, aims before 计划, counts of events
    (
        "推进云川数据产业园、江州三大数据产业聚集区建设，州级部门和县（市）参加。",
        {"Park 云川数据产业园"},
        {"Park 江州三大数据产业聚集区", "Place 和县"},
    ),
    ("筹建数字山东展示中心，推广数据共享交换平台。", {"Institution 数字山东展示中心"}, set()),
    ("实施江城产业领军人才支持计划。", {"Project 江城产业领军人才支持计划"}, set()),
    ("政府支持计划单列市发展。", set(), {"Project 政府支持计划"}),
    (
        "启动80余场次“相约云川”文化演出活动，第十四届云川经贸洽谈暨商品展销会开幕。",
        {"Event “相约云川”文化演出活动", "Event 第十四届云川经贸洽谈暨商品展销会"},
        set(),
    ),
    # what leads to a name: 好 of the verb, who builds, 等 that the tokens hold to the last member
    (
        "协调首都国际机场运行，利用好中国国际进口博览会，筹办好北京冬奥会。",
        {"Place 首都国际机场", "Event 中国国际进口博览会", "Event 北京冬奥会"},
        {"Event 好北京冬奥会", "Place 协调首都国际机场"},
    ),
    (
        "推进云江绿色产业城等项目建设，主管部门统一建设城市交通数据资源中心。",
        {"Park 云江绿色产业城"},
        {"Project 云江绿色产业城等项目", "Platform 主管部门统一建设城市交通数据资源中心"},
    ),
    (
        "开展10万场以上“银龄数字课堂”活动，举办“云川展”“江州展”等活动。",
        {"Event “银龄数字课堂”活动", "Event 云川展", "Event 江州展"},
        {"Event “云川展”“江州展”"},
    ),
    # areas of free trade zones; what 一批 counts is none
    (
        "云川自贸试验区江州片区挂牌，云川自贸试验区及临江新片区加快建设。",
        {"Park 云川自贸试验区江州片区", "Park 云川自贸试验区"},
        {"Park 云川自贸试验区及临江新片区"},
    ),
    ("实施一批数字博物馆、江城图书馆等工程。", set(), {"Project 一批数字博物馆"}),
    ("区人大依法监督和区政协民主监督有力。", {"Institution 区政协"}, {"Institution 区人大依法监督和区政协"}),
    # areas by what they are for, codes, ships that are an industry
    (
        "滨州市调结构、惠民生，启动普惠县建设，周边地区和禁燃区实行先入区、后检测，以城带乡。",
        set(),
        {"Place 惠民", "Place 普惠县", "Place 周边地区", "Place 禁燃区", "Place 先入区", "Place 城带乡"},
    ),
    (
        "受理代码选择T01，直升机AC313A首飞，国家“十四五”船舶工业规划，“云江”船下水。",
        {"Technology AC313A", "Technology “云江”船"},
        {"Technology T01", "Technology “十四五”船"},
    ),
    # a straight quote closes a curly one
    (
        '通过“云川文化云"平台服务，开展“强企"行动。',
        {'Platform “云川文化云"平台', 'Project “强企"行动'},
        set(),
    ),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_names(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = names(text)
    assert wanted <= found
    assert not unwanted & found
