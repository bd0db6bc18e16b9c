"""Near names that were kept apart, doubtful merges, the largest clusters."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import doubles
from kg.doubles import Named, near
from kg.export.iri import BASE
from kg.model import Decision, EntityKey, Verdict
from kg.review import write
from tests.cli.shell import kg


def why(one: str, other: str, cls: str = "Institution", second: str = "") -> list[str]:
    """Why two names are near."""
    return [p.why for p in near([Named("a", one, cls), Named("b", other, second or cls)])]


NEAR = {
    ("云川省科学院", "云川省科学园"): "差一个字",
    ("云川数据集团", "云川大数据集团"): "差一个字",
    ("砚川数字科技有限公司", "砚川数字科技股份有限公司"): "去掉可省的字后相同",
    ("“丹霞”基金会", "丹霞基金会"): "去掉可省的字后相同",
}
FAR = (
    ("中国科学院", "中国社会科学院"),
    ("北京大学", "北京交通大学"),
    ("第三届云川数字博览会", "第四届云川数字博览会"),
    ("2023年云川论坛", "2024年云川论坛"),
    ("云川东方集团", "云川西方集团"),
    ("江州市人民政府", "沧州市人民政府"),
    ("云川A公司", "云川B公司"),
    ("江大", "江太"),
    ("云川省科学院", "云川省学科院"),
)


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_near_names(one: str, other: str) -> None:
    assert why(one, other) == why(other, one) == [NEAR[one, other]]


@pytest.mark.parametrize(("one", "other"), FAR)
def test_far_names(one: str, other: str) -> None:
    assert why(one, other) == []


def test_one_name_in_two_classes() -> None:
    assert why("云川数谷", "云川数谷", "Park", "Platform") == ["同名而类别不同"]
    assert why("产业引导基金", "产业引导基金", "Fund") == []
    assert why("云川省科学院", "云川省科学园", "Institution", "Park") == []


def test_what_a_reviewer_decided_is_listed_no_more() -> None:
    names = [Named("a", "云川省科学院", "Institution"), Named("b", "云川省科学园", "Institution")]
    assert len(list(near(names))) == 1
    assert not list(near(names, [frozenset(("a", "b"))]))


def test_a_series_is_no_crowd_of_doubles() -> None:
    """Twenty villages of one pattern: every two differ by a character, and none is listed."""
    names = [
        Named(str(n), f"云川{char}科技园区", "Park")
        for n, char in enumerate("梅兰竹菊松柏桃李杏梨枣桂榆槐柳")
    ]
    assert not list(near(names))


def test_the_order_of_names_does_not_matter() -> None:
    names = [Named(str(n), name, "Institution") for n, pair in enumerate(NEAR) for name in pair]
    assert list(near(names)) == list(near(names[::-1]))


def test_the_cost_grows_with_the_names() -> None:
    """Names under one key are few: what is compared is bounded by the names and not by their pairs."""
    names = [Named(str(n), f"{n:06}号云川实验室", "Institution") for n in range(3000)]
    calls = 0

    def counted(named: Named) -> list[str]:
        nonlocal calls
        calls += 1
        return list(doubles._deletions(named))

    assert not list(near(names))
    list(doubles._pairs(names, counted))
    assert calls == len(names)


@pytest.mark.parametrize(
    ("name", "alias", "wanted"),
    [
        ("中国科学院大学", "国科大", True),
        ("云川大学", "云川大学（江州校区）", True),
        ("ＡＢ", "ab", False),
        ("云川省社会科学院", "云川省发展研究中心", False),
    ],
)
def test_whether_a_name_is_like_another(name: str, alias: str, wanted: bool) -> None:
    assert doubles.alike(name, alias) is wanted


TEXTS = {
    "defines": "砚川数字科技集团有限公司（以下简称“砚川集团”）位于江州市。",
    "uses": "砚川集团与江州大学签署合作协议。",
    "bracket": "云川省社会科学院（云川省发展研究中心）位于江州市。江州大学位于江州市。",
    "near": "云川省科学研究院位于江州市。云川省科技研究院位于江州市。",
    "one": "墨溪制造集团有限公司（以下简称“墨溪集团”）位于江州市。",
    "two": "墨溪农业集团有限公司（以下简称“墨溪集团”）位于江州市。",
    "people": "云川大学校长林疏桐出席。",
    "others": "江州大学校长林疏桐出席。江州市加快发展。市图书馆位于江州市。临溪市图书馆位于临溪市。",
    "open": "墨溪集团与江州大学签署合作协议。",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


def test_the_report_lists_what_was_joined_and_what_was_not(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", corpus, "--out", out, "-q").code == 0
    said = kg("report", out).out
    assert "砚川数字科技集团有限公司 ← 砚川集团：按另一篇文本的简称合并" in said
    assert "云川省社会科学院 ← 云川省发展研究中心：与名称不相像" in said
    assert "墨溪农业集团有限公司、墨溪制造集团有限公司、墨溪集团 ← 墨溪集团：一名多指" in said
    assert "林疏桐（人物）：云川大学、江州大学" in said
    assert "← 市图书馆" not in said
    assert "简称“墨溪集团”可指 墨溪农业集团有限公司、墨溪制造集团有限公司，未合并" in said
    assert "云川省科学研究院 / 云川省科技研究院（机构）：差一个字" in said
    assert "江州大学（机构）：别名 0，见于 4 篇" in said
    # a reviewer says that they are two, and they are asked about no more
    one = EntityKey("Institution", "云川省科学研究院")
    other = EntityKey("Institution", "云川省科技研究院")
    write(out / "decisions.json", [Decision(Verdict.NOT_SAME, one, object=other, reviewer="甲")], BASE)
    assert kg("build", corpus, "--out", out, "-q").code == 0
    assert "云川省科学研究院 / 云川省科技研究院" not in kg("report", out).out


def test_a_report_of_clusters_is_limited(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("build", corpus, "--out", out, "-q").code == 0
    found = doubles.clusters(out, 2)
    assert len(found) == 2
    assert found[0].aliases >= found[1].aliases
