"""A graph for the questions about several documents: they cite, repeat, rename, plan and contradict."""

from __future__ import annotations

from decimal import Decimal

from kg.model import Entity, EntityKey, Graph, Observation, Period, Status
from tests.fixtures_graph import Builder, document

PLAN = """云川省人民政府印发《云川省算力发展规划》。
临溪县人民政府拟建设临溪算力中心。
江州数谷基金总规模20亿元，由江州大学发起设立。
江州市2023年建成5G基站1200个。"""
NOTICE = """为贯彻落实《云川省算力发展规划》，江州市人民政府印发《江州市算力实施方案》。
江州数谷基金总规模30亿元，是云川母基金的子基金。
临溪算力中心仍在筹备。
江州大学与云川省科学院合作，共建云溪平台。
云川省科学院与临溪研究院合作。
江州市2023年建成5G基站1500个。
江州学院更名为江州应用大学，由江州市人民政府设立。"""

PROVINCE = EntityKey("Institution", "云川省人民政府")
CITY_GOVERNMENT = EntityKey("Institution", "江州市人民政府")
COUNTY = EntityKey("Institution", "临溪县人民政府")
UNIVERSITY = EntityKey("Institution", "江州大学")
ACADEMY = EntityKey("Institution", "云川省科学院")
INSTITUTE = EntityKey("Institution", "临溪研究院")
RENAMED = EntityKey("Institution", "江州应用大学")
CITY = EntityKey("Place", "江州市")
PROVINCIAL = EntityKey("Policy", "云川省算力发展规划")
MUNICIPAL = EntityKey("Policy", "江州市算力实施方案")
CENTRE = EntityKey("Platform", "临溪算力中心")
PLATFORM = EntityKey("Platform", "云溪平台")
FUND = EntityKey("Fund", "江州数谷基金")
MOTHER_FUND = EntityKey("Fund", "云川母基金")

FORMS = {
    RENAMED: ("江州学院", "江应大", "江州应用大学本部"),
    ACADEMY: ("省科学院",),
    **dict.fromkeys(
        (
            *(PROVINCE, CITY_GOVERNMENT, COUNTY, UNIVERSITY, INSTITUTE, CITY),
            *(PROVINCIAL, MUNICIPAL, CENTRE, PLATFORM, FUND, MOTHER_FUND),
        ),
        (),
    ),
}


def gallery_graph() -> Graph:
    """Two documents of 2022 and 2024."""
    return _graph(2)


def earlier_graph() -> Graph:
    """The same before the second document came."""
    return _graph(1)


def _graph(count: int) -> Graph:
    plan = document("plan2022", PLAN, title="云川省算力发展规划解读", date="2022-05-10")
    notice = document("notice2024", NOTICE, title="江州市算力工作通报", date="2024-03-01")
    b = Builder((plan, notice)[:count])
    for key in FORMS:
        b.mention(key, key.name)
    b.say(PROVINCIAL, "issuedBy", PROVINCE, "印发《云川省算力发展规划》")
    b.say(PROVINCIAL, "date", "2022-05", "印发《云川省算力发展规划》")
    b.say(CENTRE, "establishedBy", COUNTY, "拟建设临溪算力中心", status=Status.PLANNED)
    b.say(FUND, "amount", Decimal("2000000000"), "总规模20亿元")
    b.say(FUND, "establishedBy", UNIVERSITY, "由江州大学发起设立")
    b.say(CITY, "observation", Observation("5G基站", Decimal(1200), "个", Period("2023", "2023")), "1200个")
    if count == 2:
        b.say(MUNICIPAL, "issuedBy", CITY_GOVERNMENT, "印发《江州市算力实施方案》")
        b.say(FUND, "amount", Decimal("3000000000"), "总规模30亿元")
        b.say(FUND, "partOf", MOTHER_FUND, "子基金")
        b.say(UNIVERSITY, "collaboratesWith", ACADEMY, "江州大学与云川省科学院合作")
        b.say(PLATFORM, "establishedBy", UNIVERSITY, "共建云溪平台")
        b.say(PLATFORM, "establishedBy", ACADEMY, "共建云溪平台")
        b.say(ACADEMY, "collaboratesWith", INSTITUTE, "与临溪研究院合作")
        b.say(RENAMED, "establishedBy", CITY_GOVERNMENT, "由江州市人民政府设立")
        b.say(
            CITY, "observation", Observation("5G基站", Decimal(1500), "个", Period("2023", "2023")), "1500个"
        )
    return b.graph([Entity(key, tuple(sorted(forms))) for key, forms in FORMS.items()], planned=(CENTRE,))
