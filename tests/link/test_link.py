"""Which names are one entity, and which are not."""

from __future__ import annotations

from kg.model import EntityKey
from tests.reading import reading, relations


def entities(text: str, *, title: str = "") -> dict[str, set[str]]:
    """Canonical name (scope:name) → its aliases."""
    return {
        f"{e.key.scope}:{e.key.name}" if e.key.scope else e.key.name: set(e.aliases)
        for e in reading(text, title=title).entities
    }


def test_official_names_of_places() -> None:
    assert entities("湖南和内蒙古签约。") == {"湖南省": {"湖南"}, "内蒙古自治区": {"内蒙古"}}


def test_definitions() -> None:
    found = entities("江州云帆科技股份有限公司（以下简称“云帆科技”）开业。云帆科技招人。")
    assert found["江州云帆科技股份有限公司"] == {"云帆科技"}


def test_a_title_in_marks_may_be_defined_too() -> None:
    found = entities("江州市财政局印发《江州市人才发展规划》（以下简称《规划》）。《规划》共六章。")
    assert found["江州市人才发展规划"] == {"规划"}
    assert "规划" not in found


def test_look_alikes_stay_apart() -> None:
    found = entities("中国科学院、中国工程院、中国社会科学院参加。湖南省政府与湖北省政府签约。")
    assert {"中国科学院", "中国工程院", "中国社会科学院"} <= found.keys()
    assert len([n for n in found if n.endswith(("省政府", "省人民政府"))]) == 2


def test_short_forms_need_a_reason() -> None:
    found = entities("江州视频文创产业园开园。江州视频文创园集聚企业。江州视频学院成立。")
    assert "江州视频文创园" in found["江州视频文创产业园"]
    assert "江州视频学院" in found


def test_a_company_by_its_brand_alone() -> None:
    found = entities("上海云星集团在江州投资建厂。云星集团董事长李文发言。")
    assert found["上海云星集团"] == {"云星集团"}
    found = entities("俊云兴实业公司承建项目。俊云兴公司签字。")
    assert found["俊云兴实业公司"] == {"俊云兴公司"}
    apart = entities("俊云兴实业公司与俊云兴科技公司签约。俊云兴公司签字。")
    assert {"俊云兴实业公司", "俊云兴科技公司", "俊云兴公司"} <= apart.keys()


def test_a_company_without_its_last_word() -> None:
    found = entities("云江乘用车公司扩产。云江乘用车推出新车。云江汽车董事长陈云山发言。")
    assert found["云江乘用车公司"] == {"云江乘用车"}
    assert "云江汽车" in found


def test_a_company_by_its_own_word() -> None:
    found = entities("江州砚川智能装备股份有限公司上市。砚川智能扩产。砚川招人。")
    assert found == {"江州砚川智能装备股份有限公司": {"砚川智能", "砚川"}}
    apart = entities("江州砚川智能股份有限公司与江州砚川实业股份有限公司签约。砚川智能扩产。")
    assert apart["江州砚川智能股份有限公司"] == {"砚川智能"}
    assert apart["江州砚川实业股份有限公司"] == set()


def test_a_bank_speaks_and_not_who_watches_it() -> None:
    def speakers(text: str) -> set[str]:
        return {r.key.name for r in reading(text).references if r.mention.name == "本行"}

    text = "本行增资。中国银行保险监督管理委员会批准。本行扩大经营。"
    assert speakers(text) == set()
    assert speakers("江州银行股份有限公司增资。" + text) == {"江州银行股份有限公司"}


def test_a_company_by_its_first_word() -> None:
    assert entities("云米科技发布财报。云米认为，市场很好。") == {"云米科技": {"云米"}}


def test_a_company_without_its_province_and_its_form() -> None:
    found = entities("湖南通海电缆股份有限公司的前身是湖南通海电缆有限公司。通海电缆表示，市场很好。")
    assert found["湖南通海电缆股份有限公司"] == {"湖南通海电缆有限公司", "通海电缆"}


def test_a_short_form_of_another_form() -> None:
    found = entities("本行与邮政集团签约。邮政集团出席。中国邮政集团公司表示支持。")
    assert "邮政集团" not in found


def test_a_short_name_is_a_company_too() -> None:
    text = "云沧科技（300999）发布公告。公司投资建设“云江平台”。"
    assert "云江平台 establishedBy 云沧科技" in relations(text)


def test_a_listed_short_name_with_its_form() -> None:
    assert "中国储备粮管理集团有限公司" in entities("中储粮总公司与江州市签约。")
    assert "中国水电公司" in entities("中国水电公司与江州市签约。")


def test_an_edition_and_its_series_are_one_where_only_one_is_named() -> None:
    assert entities("第六届江州国际经济论坛开幕。江州国际经济论坛由江州市主办。")["第六届江州国际经济论坛"]
    found = entities("第五届江州国际经济论坛闭幕。第六届江州国际经济论坛开幕。江州国际经济论坛由江州市主办。")
    assert "江州国际经济论坛" in found


def test_the_province_of_a_document() -> None:
    found = entities("湖南省科技厅发文。湖南加快发展。全省建成基站5万个。省财政厅安排资金。")
    assert "省财政厅" in found["湖南省财政厅"]


def test_scope_of_a_name_that_is_no_identity() -> None:
    owned = reading("江州市在江州高新区组建3亿元的产业引导基金。").entities
    assert EntityKey("Fund", "产业引导基金", "江州高新区") in {e.key for e in owned}
    alone = reading("3亿元的产业引导基金很好。").entities
    assert EntityKey("Fund", "产业引导基金", "d") in {e.key for e in alone}


def test_traditional_and_simplified_are_one() -> None:
    assert entities("廣東省與湖南省合作。广东省发文。")["广东省"] == {"廣東省"}


def test_a_person_carries_the_body() -> None:
    assert "云川大学:陈云山" in entities("云川大学校长陈云山出席。")
    assert "d:陈云山" in entities("陈云山说，很好。")


def test_a_name_of_several_places_is_the_one_around_it() -> None:
    found = entities("深圳市南山区发布报告。南山区发展很快。")
    assert "深圳市南山区" in found
    assert "南山区" not in found


def test_what_stands_alone_for_the_one_in_full() -> None:
    found = entities("教授安德鲁·卡内基发言。卡内基表示，合作顺利。")
    assert found["d:安德鲁·卡内基"] == {"卡内基"}
    found = entities("江州大学孔子学院揭牌。孔子学院学生很多。")
    assert found["江州大学孔子学院"] == {"孔子学院"}
    found = entities("云帆科技江苏公司开业。江苏公司总经理陈云山发言。")
    assert found["云帆科技江苏公司"] == {"江苏公司"}


def test_a_charged_body_without_the_level_of_the_others() -> None:
    found = entities("湖南加快发展。湖南增长。（责任单位：省财政厅、地方金融监管局，各市政府）\n")
    assert found["湖南省地方金融监管局"] == {"地方金融监管局"}
    apart = entities("湖南加快发展。湖南增长。（责任单位：教育部、地方金融监管局）\n")
    assert "湖南省地方金融监管局" not in apart


def test_a_kind_of_park_or_company_is_not_the_one_before() -> None:
    def meant(text: str) -> set[tuple[str, str]]:
        return {
            (r.mention.name, r.key.name) for r in reading(text).references if r.mention.name != r.key.name
        }

    assert (
        meant("云川大学建设江州数据产业园。推动建设合作园区。云川大学设立云帆公司。采取“公司+农户”的方式。")
        == set()
    )
    assert meant("云川大学建设江州数据产业园。园区面积大。") == {("园区", "江州数据产业园")}
