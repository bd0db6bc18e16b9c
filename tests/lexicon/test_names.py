"""The public lists: their form, their size, and cases of both polarities."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from kg import lexicon
from kg.model import CLASSES

FOLDER = lexicon.ontology_dir() / "lexicon"
TABLES = sorted((FOLDER / "names").glob("*.tsv"))
COLUMNS = ["name", "class", "canonical", "parent"]
Row = tuple[str, str, str, str]


def read(path: Path) -> list[list[str]]:
    lines = [
        line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    return [line.split("\t") for line in lines]


def names(table: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, _, canonical, _ in read(FOLDER / "names" / f"{table}.tsv")[1:]:
        found[name].add(canonical)
    return found


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# source: ")
    assert "\n# licence: " in text
    assert "\r" not in text
    assert text.endswith("\n")
    header, *rows = read(path)
    assert header == COLUMNS
    assert rows
    assert [row for row in rows if len(row) != 4 or row != [cell.strip() for cell in row]] == []
    assert [row for row in rows if not all(row[:3]) or row[1] not in CLASSES] == []
    assert rows == sorted(rows)
    assert len({tuple(row[:3]) for row in rows}) == len(rows)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_official_names_have_a_row_of_their_own(path: Path) -> None:
    _, *rows = read(path)
    if path.stem in ("place_abbreviations", "places"):
        return  # 湘 stands for a name of places.tsv; 北京市朝阳区 is written 朝阳区
    forms = {(name, cls) for name, cls, _, _ in rows}
    assert [row for row in rows if (row[2], row[1]) not in forms] == []


def test_names_are_in_the_form_that_texts_are_folded_to() -> None:
    fold = lexicon.load().fold
    assert [name for path in TABLES for name, *_ in read(path)[1:] if fold(name) != name] == []


def test_a_form_has_one_reading_but_for_places_of_one_name() -> None:
    readings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path in TABLES:
        for name, cls, canonical, _ in read(path)[1:]:
            readings[name].add((cls, canonical))
    doubled = {name for name, found in readings.items() if len(found) > 1}
    assert {name for name in doubled if not name.endswith("区")} == set()


def test_everything_is_listed_in_the_sources() -> None:
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert [path.name for path in TABLES if f"`names/{path.name}`" not in text] == []


def test_divisions_are_complete() -> None:
    with (FOLDER / "names" / "places.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    provinces = {row["canonical"] for row in rows if row["parent"] == "中国"}
    assert len(provinces) == 34
    prefectures = {row["canonical"] for row in rows if row["parent"] in provinces}
    assert len(prefectures) > 333
    assert len({row["canonical"] for row in rows}) > 3100


PLACES = [
    ("湖南", {"湖南省"}),
    ("内蒙古", {"内蒙古自治区"}),
    ("香港", {"香港特别行政区"}),
    ("吉林", {"吉林省"}),
    ("吉林市", {"吉林市"}),
    ("长沙", {"长沙市"}),
    ("恩施", {"恩施土家族苗族自治州"}),
    ("恩施州", {"恩施土家族苗族自治州"}),
    ("酉阳县", {"酉阳土家族苗族自治县"}),
    ("浦东", {"浦东新区"}),
    ("雄县", {"雄县"}),
    ("望城县", {"望城区"}),  # only its rank changed
    ("朝阳区", {"北京市朝阳区", "长春市朝阳区"}),
    ("晋城市城区", {"晋城市城区"}),
    # Ordinary words and names of other things are no short forms.
    *(
        (word, set[str]())
        for word in ("东方", "和平", "城区", "郊区", "朝阳", "白银", "来宾", "公安", "资源", "阿里", "雄")
    ),
]


@pytest.mark.parametrize(("form", "official"), PLACES, ids=[form for form, _ in PLACES])
def test_places(form: str, official: set[str]) -> None:
    assert names("places").get(form, set()) == official


BODIES = [
    ("bodies", "国家发改委", "国家发展和改革委员会"),
    ("bodies", "工信部", "工业和信息化部"),
    ("bodies", "中科院", "中国科学院"),
    ("bodies", "中国银保监会", "中国银行保险监督管理委员会"),
    ("party", "中组部", "中共中央组织部"),
    ("party", "中央政治局", "中共中央政治局"),
    ("party", "中共", "中国共产党"),
    ("central_enterprises", "中国电建", "中国电力建设集团有限公司"),
    ("central_enterprises", "中国水利水电建设集团公司", "中国水利水电建设集团公司"),
    ("central_enterprises", "上交所", "上海证券交易所"),
    ("companies", "华为", "华为"),
    ("universities", "中科大", "中国科学技术大学"),
    ("universities", "国防科大", "中国人民解放军国防科技大学"),
    ("parks", "中关村", "中关村科技园区"),
    ("parks", "湖南自贸试验区", "中国（湖南）自由贸易试验区"),
    ("parks", "长沙高新区", "长沙高新技术产业开发区"),
    ("funds", "国家大基金", "国家集成电路产业投资基金"),
    ("countries", "印尼", "印度尼西亚"),
    ("countries", "欧盟", "欧洲联盟"),
    ("regions", "长三角", "长江三角洲"),
    ("place_abbreviations", "湘", "湖南省"),
]


@pytest.mark.parametrize(("table", "form", "official"), BODIES, ids=[form for _, form, _ in BODIES])
def test_bodies(table: str, form: str, official: str) -> None:
    assert names(table)[form] == {official}


@pytest.mark.parametrize("word", ["小米", "联想", "奔驰", "人大", "重大", "天大", "平安", "我国", "航空工业"])
def test_ordinary_words_are_no_names(word: str) -> None:
    assert not any(word in names(path.stem) for path in TABLES)


SIZES = {
    "bodies": 600,
    "central_enterprises": 900,
    "companies": 1100,
    "countries": 550,
    "funds": 50,
    "parks": 2300,
    "party": 240,
    "place_abbreviations": 45,
    "places": 5000,
    "regions": 280,
    "universities": 2900,
}


def test_sizes() -> None:
    found = {table: len(read(FOLDER / "names" / f"{table}.tsv")) - 1 for table in SIZES}
    assert {table: size for table, size in found.items() if size < SIZES[table]} == {}


def test_traditional_maps_one_character_to_one() -> None:
    header, *rows = read(FOLDER / "traditional.tsv")
    assert header == ["traditional", "simplified"]
    assert len(rows) > 2900
    assert all(len(a) == len(b) == 1 and a != b for a, b in rows)
    assert rows == sorted(rows)
    table = {ord(a): b for a, b in rows}
    assert "雲川省人民政府於江州簽署協議，強化綫路、衞生與產業發展".translate(table) == (
        "云川省人民政府于江州签署协议，强化线路、卫生与产业发展"
    )
    assert "乾县著名瞭望台里后面干部".translate(table) == "乾县著名瞭望台里后面干部"


def test_surnames() -> None:
    header, *rows = read(FOLDER / "surnames.tsv")
    found = [row[0] for row in rows]
    assert header == ["surname"]
    assert found == sorted(set(found))
    assert {"王", "李", "欧阳", "诸葛"} <= set(found)
    assert not {"和", "从", "时", "有"} & set(found)
    assert len(found) > 450
