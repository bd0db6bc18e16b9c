"""Whom a figure speaks of and what it counts, construction by construction, with what must yield nothing."""

from __future__ import annotations

import re

import pytest

from kg.model import FACTS, Observation, Status
from tests.reading import reading

#: A report on a province needs a title that says so; figures without a subject are the province's.
REPORT = "湖南省2026年政府工作报告"


def told(text: str, *, title: str = "", date: str = "") -> set[str]:
    """``subject | label value unit time bound`` of every fact of a text."""
    found = set()
    for statement in reading(text, title=title, date=date).statements:
        if statement.predicate not in FACTS:
            continue
        o = statement.object
        if isinstance(o, Observation):
            parts = [o.label, f"{o.value:f}{o.unit}", str(o.time or ""), o.bound.value]
            found.add(f"{statement.subject.name} | {' '.join(p for p in parts if p)}")
        else:
            found.add(f"{statement.subject.name} | {statement.predicate} {o}")
    return found


CASES = {
    # the label of the clause before, for places with a figure of the same unit and nothing else
    "云川省占全国总产能的50%，浙江15%，四川将近10%。": {"浙江省 | 占全国总产能 15%", "四川省 | 占全国总产能 10% nearly"},
    # dealt out over the labels of several clauses
    "江州市企业承接外包合同额8159亿元人民币，执行额5504亿元，同比分别增长12.3%和18.0%。": {
        "江州市 | 企业承接外包合同额增长 12.3%",
        "江州市 | 执行额增长 18%",
    },
    # what the sentence called a project, and what it holds when it is built
    "云海集团建设云江智造项目，项目占地500亩，项目达产后年产值50亿元。": {
        "云江智造项目 | 占地 500亩",
        "云江智造项目 | 达产后年产值 5000000000元",
    },
    # what is measured, but not how large one machine is
    "江州云海有限公司装机容量提高到18兆瓦以上。": {"江州云海有限公司 | 装机容量提高 18兆瓦 over"},
    # a label holds no half of a bracket; what stands before 由 has the figures, not who did it
    "云江股份（300123.SZ）营业收入5亿元。": {"云江股份 | 营业收入 500000000元"},
    "云江大桥项目由江州公司提供设备，总投资5亿元。": {"云江大桥项目 | amount 500000000"},
    # what moved in the clause before, and how far
    "江州市新农合参合率再创新高，达到98.5%。": {"江州市 | 新农合参合率 98.5%"},
    "江州数据公司市场份额不断提高，2020年为12%。": {"江州数据公司 | 市场份额 12% 2020"},
    # what 园区 is part of another word does not speak of the park before
    "江州公司入驻云江汽车产业园。江州公司推进农业发展园区建设，大棚面积6000亩。": {"江州公司 | 大棚面积 6000亩"},
    # one word for two things, and what goes over the labels of the clause before
    "江州市城乡居民人均可支配收入分别达到52000元和21000元，增长5.2%和6.9%。": {
        "江州市 | 城镇居民人均可支配收入 52000元",
        "江州市 | 农村居民人均可支配收入 21000元",
        "江州市 | 城镇居民人均可支配收入增长 5.2%",
        "江州市 | 农村居民人均可支配收入增长 6.9%",
    },
    "江州市地区生产总值、进出口分别增长7%、5.2%和6.9%。": {
        "江州市 | 地区生产总值增长 7%",
        "江州市 | 进口增长 5.2%",
        "江州市 | 出口增长 6.9%",
    },
    "江州市和临溪市分别实现收入3亿元和5亿元。": {"江州市 | 收入 300000000元", "临溪市 | 收入 500000000元"},
    # events in the sentences behind them, money put in so far, what was founded just now
    "云江人才交流会在江州举行。据统计，现场参会人才达9300余人次。": {"云江人才交流会 | 现场参会人才 9300人次 over"},
    "“四个云”项目完成投资超21亿元。": {"“四个云”项目 | 完成投资 2100000000元 over"},
    "江州云帆集团有限公司出资设立江州数据有限公司，注册资本5000万元。": {"江州数据有限公司 | 注册资本 50000000元"},
    "成立于2008年的江州交易所、临溪交易所开业。": {"江州交易所 | date 2008", "临溪交易所 | date 2008"},
    "江州钢铁升级项目总投资120亿，占地3800亩。": {
        "江州钢铁升级项目 | amount 12000000000",
        "江州钢铁升级项目 | 占地 3800亩",
    },
    "云江新区与12家重点基金签约。": {"云江新区 | 重点基金签约 12家"},
    "江州市人均可支配收入4.2万元。": {"江州市 | 人均可支配收入 42000元"},
    # the subject of the clause
    "江州大学在校生近3万名。": {"江州大学 | 在校生 30000名 nearly"},
    "江州市人民医院拥有床位1200张、医护人员860人。": {
        "江州市人民医院 | 床位 1200张",
        "江州市人民医院 | 医护人员 860人",
    },
    "2024年，湖南全省累计建成5G基站16.9万个。": {"湖南省 | 建成5G基站 169000个 2024"},
    "在湖南省，建成8个县级农业园区。": {"湖南省 | 县级农业园区 8个"},
    "影响较大的是1986年成立的云川公共安全研究所。": {"云川公共安全研究所 | date 1986"},
    "2019年8月，江州数据有限公司投资设立了全资子公司江州云帆科技有限公司。": {"江州云帆科技有限公司 | date 2019-08"},
    # a name that no reference gives is spoken of, not who was before
    "江州大学在校生近3万名，阿凡提持股12%。": {"江州大学 | 在校生 30000名 nearly"},
    # carried from clause to clause
    "江州大学在校生3万名，专任教师1800人。": {"江州大学 | 在校生 30000名", "江州大学 | 专任教师 1800人"},
    "湖南省技术合同成交额突破3000亿元、增长15.1%。": {
        "湖南省 | 技术合同成交额 300000000000元 over",
        "湖南省 | 技术合同成交额增长 15.1%",
    },
    "湖南省农业贷款余额500亿元，占全部贷款余额的12%。": {
        "湖南省 | 农业贷款余额 50000000000元",
        "湖南省 | 农业贷款余额占全部贷款余额 12%",
    },
    # what stands behind 由…组成, what is counted at several dates, who bears a project
    "江州大学董事会由8名董事组成，其中独立董事3名。": {"江州大学 | 董事 8名", "江州大学 | 独立董事 3名"},
    "江州大学于2013年12月和2014年12月分别增资20亿元和100亿元。": {
        "江州大学 | 增资 2000000000元 2013-12",
        "江州大学 | 增资 10000000000元 2014-12",
    },
    "江州大学、临溪大学所持股份分别由50%降至42.5%。": {"江州大学 | 所持股份 42.5%", "临溪大学 | 所持股份 42.5%"},
    "江州大学设研究所20个，由江州市教育局管理，实验室30个。": {"江州大学 | 实验室 30个"},
    "江州大学校长叶知寒捐款30万元。": {"叶知寒 | 捐款 300000元"},
    "江州数据有限公司捐款30万元。": {"江州数据有限公司 | 捐款 300000元"},
    "2023年，江州控股有限公司煤炭产量4886万吨，大唐煤炭产量1135万吨。": {"江州控股有限公司 | 煤炭产量 48860000吨 2023"},
    "湖南省粮食产量300亿斤，比上年减少2亿斤。": {"湖南省 | 粮食产量减少 200000000斤"},
    "湖南省地区生产总值跨越3个千亿元台阶、达1.5万亿元。": {"湖南省 | 地区生产总值 1500000000000元"},
    "2019年湖南省出口额达30亿元（2018年：28亿元），进口额20亿元。": {"湖南省 | 进口额 2000000000元 2019"},
    # who stands behind its measure, kinds, lists
    "占地10平方公里的江州数字产业园正在建设。": {"江州数字产业园 | 占地 10平方公里"},
    "湖南省引进超10亿元项目94个。": {"湖南省 | 引进超10亿元项目 94个"},
    "江州大学在校内建成书院、学苑等14个机构。": {"江州大学 | 机构 14个"},
    "湖南省与39个国家缔结118对友城。": {"湖南省 | 国家缔结 39个", "湖南省 | 友城 118对"},
    "江州大学，在全国率先推行改革，窗口由155个减少到55个。": {"江州大学 | 窗口 55个"},
    "湖南省加入《云川湿地公约》，截至2022年，累计恢复耕地62万亩。": {"湖南省 | 恢复耕地 620000亩 2022"},
    # the year of a comparison is not the figure's
    "2025年湖南省游客人数较2020年增长90%。": {"湖南省 | 游客人数增长 90% 2025"},
    "湖南省事故起数、死亡人数比2020年分别下降65.3%、58.3%。": {"湖南省 | 事故起数下降 65.3%", "湖南省 | 死亡人数下降 58.3%"},
    "湖南省增加1万个学前教育学位。": {"湖南省 | 增加学前教育学位 10000个"},
    "湖南省PM2.5平均浓度降到32.4微克/立方米。": {"湖南省 | PM2.5平均浓度降到 32.4微克/立方米"},
    "湖南省进口额比2009年同期的106亿元增长47%。": {"湖南省 | 进口额增长 47%"},
    # in brackets behind a name
    "江州大学（持股75%）与临溪大学（持股5%）设有实验室8个。": {"江州大学 | 持股 75%", "临溪大学 | 持股 5%"},
    # what a maker's clause brought forth
    "湖南省推出“云帆”App，完成2.2万件文物的数字化采集。": {"“云帆”App | 文物的数字化采集 22000件"},
    "江州数据有限公司研发的“云帆”平台，注册商户5300家。": {"“云帆”平台 | 注册商户 5300家"},
    # lists and dealt-out figures
    "湖南工业、农业增加值分别增长6.8%、12.3%。": {
        "湖南省 | 工业增加值增长 6.8%",
        "湖南省 | 农业增加值增长 12.3%",
    },
    "湖南、湖北的出口额分别为3.26亿元和2.63亿元。": {
        "湖南省 | 出口额 326000000元",
        "湖北省 | 出口额 263000000元",
    },
    "湖南省新增规上工业企业149家、专精特新企业81家。": {
        "湖南省 | 新增规上工业企业 149家",
        "湖南省 | 新增专精特新企业 81家",
    },
    # growth with its baseline, ranges
    "江州大学在校生从2021年的1.2万名增长至2024年的1.5万名。": {"江州大学 | 在校生 15000名 2024"},
    "湖南省数字产业规模将达7500亿至1万亿元。": {
        "湖南省 | 数字产业规模 750000000000元",
        "湖南省 | 数字产业规模 1000000000000元",
    },
    "湖南省接待游客3.2亿人次、游客花费3700亿元，分别增长8%、9%。": {
        "湖南省 | 接待游客增长 8%",
        "湖南省 | 游客花费增长 9%",
    },
    "湖南省一般公共预算收入从3826亿元增长到4398亿元，5年增长18.7%。": {
        "湖南省 | 一般公共预算收入 439800000000元",
        "湖南省 | 一般公共预算收入增长 18.7%",
    },
    "湖南省启用10个“二线口岸”，育儿补贴惠及60万人。": {"湖南省 | 二线口岸 10个", "湖南省 | 育儿补贴惠及 600000人"},
    # amounts
    "江州市设立总规模60亿元的云川文化基金。": {"云川文化基金 | amount 6000000000"},
    "江州市投资35亿元建设临溪低空经济产业园。": {"临溪低空经济产业园 | amount 3500000000"},
    "江州数据有限公司投资32亿元，在湖南省建立临溪低空产业园。": {"临溪低空产业园 | amount 3200000000"},
    "湖南省实施“云帆”专项，由江州大学承担，总投入1.2亿元。": {"“云帆”专项 | amount 120000000"},
    # dates
    "2018年2月，江州纺织产业基地在江州开工建设。": {"江州纺织产业基地 | date 2018-02"},
    "2023年6月，湖南省人民政府批准设立江州数字产业园。": {"江州数字产业园 | date 2023-06"},
    "江州大学成立于1958年。": {"江州大学 | date 1958"},
    "2024年5月6日至8日，云江论坛在江州举行。": {"云江论坛 | dateStart 2024-05-06", "云江论坛 | dateEnd 2024-05-08"},
    "2012年江州数据有限公司引进设备，在湖南省建立临溪低空产业园。": {"临溪低空产业园 | date 2012"},
    "2023年8月，湖南省人民政府印发《湖南省数据条例》。": {"湖南省数据条例 | date 2023-08"},
}  # fmt: skip

NOTHING = [
    "2010年5月，云海矿业有限公司等11家上市公司被通报批评。",
    "两国的智库仅占英国智库数量的65.3%。",
    "自2015年至今，客商每年都来参加云江博览会。",
    "江州云海有限公司研发的5兆瓦风电机组下线，江州云海有限公司推出1.8升轿车。",
    "云江智造项目开工。其次是云缆，内容为新建厂房，项目建成后，年产光缆300公里。",
    "夹具由江州富云公司提供；顶盖采用30台点焊机器人。",
    "江州数据有限公司在临溪市的300万吨特钢项目、100万吨技改工程开工。",
    "据江州市教育局批准，本行新增网点20个。",
    "1本集团适用的税种列示如下。税种税基法定税率企业所得税按应纳税所得额25%。",
    "云川展览中心发布2023年重点节目。",
    "江州大学排名第12位，是全国前20强高校。",
    "江州大学校长王强今年58岁。",
    "湖南省对符合条件的企业给予最高500万元奖励。",
    "湖南省支持亿元以上项目落地。",
    "江州大学与30个国家的高校合作。",
    "王强表示，去年的销售额达到3亿元。",
    "全球新能源汽车销量达到1000万辆。",
    "湖南省提出两项任务、三个目标。",
    "“去年厂里只剩50个工人，日子难过”，王强说。",
    "到2027年，江州数字产业园建成投用。",
    "江州市统计局数据显示，出口额达到3亿元。",
    "江州市教育局指损失超过3亿元。",
    "湖南省对收入首次突破100亿元、50亿元的企业，分别给予奖励。",
    "湖南省支持平台建设，最高资助2000万元。",
    "江州市教育局请求，投资4亿元建设校舍。",
    "2014年，江州大学成立学前班。",
    "江州市教育局联合有关部门编制了一份目录，收录产品118项。",
    "江州大学与临溪大学下属书院、学苑等14个机构合作。",
    "江州市教育局公布调查，约六成人赞成，73%不满意。",
    "江州数据有限公司江州市80亿元资产管理100.00%100.00%。",
    "江州大学的叶同学和李同学，两人相距300公里。",
    "江州大学新楼造价不低，每平方米造价11万元。",
    "上市公司砚川建设持有江州大学股份76%。",
    "江州市教育局公布调查，称“整个市场超过7万亿元”。",
    "江州数据有限公司(26.26,-0.53,-1.98%)。",
    "江州数据有限公司每斤比市场价格多十元。",
    "湖南Steinwerk账款余额1275万元。",
    "江州市教育局同意临时幼儿园招收300人。",
    "每年从江州大学和乡邻共同开发的“云帆”平台购买数据300万条。",
    "江州数据有限公司于2019年12月10日在云川证券交易所上市。",
    "江州数据有限公司准备2026年投产，计划在湖南省建立临溪低空产业园。",
    "江州市教育局表示，其他捐赠人中：老周捐款3万元，乡邻李家捐款5万元。",
    "江州大学开学，另一个协会采购口罩500个，并添置桌椅30套。",
    "江州大学王强估计，损失超过3亿元。",
    "湖南省工业和信息化厅发布《湖南省数字产业规划》，到2027年，新车销量占比达25%。",
]

REPORTED = {
    # a list that the figure sums up, a target of things
    "云帆乙烯、江州炼化二期等170个新项目开工。": {"湖南省 | 新项目开工 170个"},
    "实施好200项以上重点项目，引进1亿元以上项目30个。": {
        "湖南省 | 重点项目 200项 over",
        "湖南省 | 引进1亿元以上项目 30个",
    },
    # without a subject the figures of a report are the place's
    "全年新增就业68万人，居民收入增长5.5%。": {
        "湖南省 | 新增就业 680000人",
        "湖南省 | 居民收入增长 5.5%",
    },
    # and again behind what it names
    "我省“启航”计划启动实施，登记技术合同成交额增长19.5%。": {"湖南省 | 登记技术合同成交额增长 19.5%"},
}


@pytest.mark.parametrize(("text", "wanted"), CASES.items())
def test_figures(text: str, wanted: set[str]) -> None:
    assert wanted <= told(text)


def test_a_baseline_is_none_of_its_own() -> None:
    assert told("湖南省进口额比2009年同期的106亿元增长47%。") == {"湖南省 | 进口额增长 47%"}


def test_a_name_without_a_reference_takes_its_figure_along() -> None:
    assert told("江州控股有限公司煤炭产量4886万吨，大唐煤炭产量1135万吨。") == {
        "江州控股有限公司 | 煤炭产量 48860000吨"
    }


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_told(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(("text", "wanted"), REPORTED.items())
def test_reports(text: str, wanted: set[str]) -> None:
    assert wanted <= told(f"湖南省稳中求进，全省经济向好。\n{text}", title=REPORT)


#: Texts in which a figure without a subject is not the place's that the text names most.
DISCUSSED = {
    "a newspaper lets people speak": (
        "湖南省多地迎来春耕。我省农机手走进田间。湖南省农技员来到地头。\n"
        "老周说，今年不愁。老李说，机手好找。\n新修水渠30公里，添置水泵12台。"
    ),
    "a policy grants": (
        "湖南省稳中求进，我省经济向好。\n对新办企业给予补助。对老企业予以补贴。对农户给予奖励。\n新修水渠30公里，添置水泵12台。"
    ),
    "a district is the whole of which it speaks": (
        "湖南省稳中求进，我省经济向好。\n全区项目多，全区企业忙，全区上下齐心。\n新修水渠30公里，添置水泵12台。"
    ),
}


@pytest.mark.parametrize("text", DISCUSSED.values(), ids=DISCUSSED)
def test_discussed(text: str) -> None:
    assert not told(text)
    plain = re.sub("说，|给予|予以|补助|补贴|奖励", "", text)
    assert told(plain, title=REPORT) == {
        "湖南省 | 新修水渠 30公里",
        "湖南省 | 添置水泵 12台",
    }


def test_how_the_subject_was_found_is_the_rule() -> None:
    text = "江州大学在校生3万名，专任教师1800人。"
    rules = {
        s.object.label: s.evidence[0].rule
        for s in reading(text).statements
        if isinstance(s.object, Observation)
    }
    assert rules == {"在校生": "fact/observation", "专任教师": "fact/observation-carried"}


def test_a_target_is_planned() -> None:
    statements = reading("到2027年，湖南省力争新增企业150家。").statements
    assert [s.status for s in statements if isinstance(s.object, Observation)] == [Status.PLANNED]


def test_the_marks_are_the_words() -> None:
    text = "江州大学在校生近3万名。"
    evidence = next(s.evidence[0] for s in reading(text).statements if isinstance(s.object, Observation))
    assert [text[m.start : m.end] for m in evidence.marks] == ["江州大学", "3万名"]


def test_so_many_cases() -> None:
    assert (len(CASES), len(NOTHING), len(REPORTED)) == (71, 45, 4)


OLD = "1957年中华人民共和国国务院政府工作报告"
OLD_CASES = {
    # the date, a comma or a remark between what is measured and its figure
    "工业总产值在一九五六年达到了七十亿元，增长百分之六点五。": {
        "中国 | 工业总产值 7000000000元 1956",
        "中国 | 工业总产值增长 6.5% 1956",
    },
    "一九五六年新建和修复的铁路，就有三千一百零八公里。": {"中国 | 新建和修复的铁路 3108公里 1956"},
    "据十二个省的统计，有七千六百个。": set(),
    "农业歉收，如前所说，总产值仍然增加了二十七亿元，超过了前三年平均每年增加二十亿元的水平。": {
        "中国 | 总产值增加 2700000000元"
    },
    "一九五六年的工业总产值就应当是七十亿元。": {"中国 | 工业总产值 7000000000元 1956"},
    "新增加的发电能力为二百零五万千瓦。": {"中国 | 增加的发电能力 2050000千瓦"},
    "今年赤字率拟按4%左右安排、比上年提高1个百分点。": {
        "中国 | 赤字率 4% about",
        "中国 | 赤字率提高 1个百分点",
    },
    "例如，有一个厂积压材料七百万元。": set(),
}


@pytest.mark.parametrize(("text", "wanted"), OLD_CASES.items(), ids=list(OLD_CASES))
def test_old_reports_of_the_nation(text: str, wanted: set[str]) -> None:
    assert told(f"{OLD}\n{text}\n", title=OLD) == wanted
