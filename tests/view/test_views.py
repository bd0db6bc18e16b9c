"""Table, texts, paths, decisions and downloads: what a reviewer does after looking."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from playwright.sync_api import Download, Page, expect

import kg.view.payload
from kg.export.iri import BASE, iri
from kg.export.triples import evidence_triples, graph_triples
from kg.rdf import Quad, QuerySolutions, RdfFormat, Store, parse
from tests.fixtures_graph import (
    FUND,
    HOSTILE_NAMES,
    PARK,
    PERSON,
    UNIVERSITY,
    document,
    hostile_graph,
    sample_graph,
)
from tests.view.conftest import Opener, ready, spot
from tests.view.test_page import index_of, shown


def download(page: Page, item: str) -> bytes:
    """What an entry of the menu hands to the browser."""
    page.locator("#menu-button").click()
    with page.expect_download() as waiting:
        page.locator(f'#menu [data-item="{item}"]').click()
    got: Download = waiting.value
    return Path(got.path()).read_bytes()


def rows(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    )
    return found


def test_the_table_holds_what_the_picture_shows(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.get_by_role("tab", name="陈述表").click()
    assert len(rows(page)) == 34
    page.locator('#legend button.toggle[data-id="Fund"]').click()
    fewer = rows(page)
    assert len(fewer) == 34 - 6
    assert not any("基金" in cell for row in fewer for cell in row[:3:2])


@pytest.mark.parametrize(("column", "place"), [("subject", 0), ("confidenceShort", 4), ("predicate", 1)])
def test_the_table_sorts_both_ways(open_page: Opener, column: str, place: int) -> None:
    page = open_page(sample_graph(), "#view=table")
    heading = page.locator(f'#table th:has([data-column="{column}"])')
    heading.locator("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    up = [row[place] for row in rows(page)]
    heading.locator("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    down = [row[place] for row in rows(page)]
    assert down == up[::-1]
    assert up != down


def test_a_row_opens_its_statement_and_the_picture_agrees(open_page: Opener) -> None:
    graph = sample_graph()
    page = open_page(graph, "#view=table")
    page.locator("#table tbody tr", has_text="60亿元").click()
    expect(page.locator("#drawer h2")).to_have_text("云川数谷文化基金的金额为60亿元")
    expect(page.locator("#table tr.chosen")).to_have_count(1)
    page.get_by_role("tab", name="关系图").click()
    expect(page.locator("#drawer h2")).to_have_text("云川数谷文化基金的金额为60亿元")


def test_the_address_holds_view_filters_and_language(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(FUND)}")
    page.get_by_role("tab", name="陈述表").click()
    page.locator('#legend button.toggle[data-id="Place"]').click()
    page.get_by_role("button", name="English").click()
    before = rows(page)
    page.reload()
    ready(page)
    assert rows(page) == before
    expect(page.locator("#drawer h2")).to_have_text(FUND.name)
    expect(page.locator('#legend button.toggle[data-id="Place"]')).to_have_attribute("aria-pressed", "false")


def test_a_reload_shows_the_same_part_of_the_picture_and_order_of_the_table(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.locator("#picture canvas").focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowDown", "+"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("xy="))
    where = "[policykg.picture.network.getViewPosition(), policykg.picture.network.getScale()].map(JSON.stringify)"
    page.get_by_role("tab", name="陈述表").click()
    page.locator('#table [data-column="object"]').click()
    page.locator('#table [data-column="object"]').click()
    before = rows(page)
    page.reload()
    ready(page)
    assert rows(page) == before
    assert page.evaluate("policykg.store.state.camera") is not None
    again = page.evaluate(where)
    page.reload()
    ready(page)
    assert page.evaluate(where) == again


def test_back_takes_a_filter_away_and_forward_brings_it_again(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.locator('#legend button.toggle[data-id="Place"]').click()
    fewer = shown(page)
    page.go_back()
    assert shown(page) == (22, 24)
    page.go_forward()
    assert shown(page) == fewer
    expect(page.locator("#legend .counted")).to_contain_text("实体 19 / 22")


def test_the_drawer_tells_relations_in_sentences_and_what_happened_when(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(UNIVERSITY)}")
    sentences = page.locator("#drawer .sentence").all_inner_texts()
    assert "江州大学参与第三届云川数字博览会" in sentences
    when = page.locator("#drawer .timeline li").all_inner_texts()
    assert [line.split("\n") for line in when] == [
        ["2024年9月", "江州大学参与第三届云川数字博览会"],
        ["2024年9月10日 · 起始日期", "江州大学参与第三届云川数字博览会"],
    ]


def test_a_box_says_what_the_keys_do(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("走到那个方向上相连的实体")
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_the_first_stop_of_the_tab_key_leads_to_the_table(open_page: Opener) -> None:
    page = open_page(sample_graph(), "#hide=Place")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#table")).to_be_focused()
    assert page.locator("#table tbody tr").count() > 0
    assert "hide=Place" in page.evaluate("location.hash")


def test_the_text_leads_through_the_mentions_of_an_entity(open_page: Opener) -> None:
    page = open_page(sample_graph(), "#view=text")
    page.locator(".document .mention", has_text="“丹霞”基金").first.click()
    page.locator(".pager").get_by_role("button", name="下一条").click()
    expect(page.locator(".pager .count")).to_have_text("1 / 3")
    page.locator(".pager").get_by_role("button", name="上一条").click()
    expect(page.locator(".pager .count")).to_have_text("3 / 3")
    expect(page.locator(".mention.current")).to_be_in_viewport()


def test_the_text_shows_every_mention_and_the_asked_sentence(open_page: Opener) -> None:
    graph = sample_graph()
    page = open_page(graph)
    page.mouse.click(*spot(page, statement=index_of(graph, FUND, "partOf")))
    page.locator("#drawer figcaption button").click()
    expect(page.locator("#tab-text")).to_have_attribute("aria-selected", "true")
    asked = page.locator(".document .asked").all_inner_texts()
    assert (
        "".join(asked)
        == "总规模60亿元的云川数谷文化基金是“丹霞”基金的子基金，由云川产业投资集团有限公司管理。"
    )
    assert page.locator("article.document > p").all_inner_texts() == graph.documents[0].text.split("\n")
    page.locator(".document .mention", has_text="林知远").first.click()
    expect(page.locator("#drawer h2")).to_have_text("林知远")
    expect(page.locator("#tab-text")).to_have_attribute("aria-selected", "true")


def test_marks_are_right_behind_characters_of_two_units(open_page: Opener) -> None:
    from dataclasses import replace

    graph = sample_graph()
    text = "😀𠀀" + graph.documents[1].text
    moved = document("report", text)
    shifted = tuple(
        replace(
            s,
            evidence=tuple(
                replace(e, span=e.span.shift(2), marks=tuple(m.shift(2) for m in e.marks))
                if e.document == "report"
                else e
                for e in s.evidence
            ),
        )
        for s in graph.statements
    )
    page = open_page(
        replace(graph, documents=(graph.documents[0], moved), statements=shifted), f"#e={iri(UNIVERSITY)}"
    )
    page.locator("#drawer .relation-group", has_text="发布了").locator("summary").click()
    expect(page.locator("#drawer details[open] blockquote")).to_have_text(
        "江州市人民政府与江州大学签署《江州市校地合作协议》。"
    )


def test_the_neighbourhood_is_kept_and_grows_by_hops(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(PARK)}")
    for hops, nodes in ((1, 2), (2, 4), (3, 9)):
        page.locator("#drawer .stepper button", has_text=f"{hops} 步").click()
        assert shown(page)[0] == nodes
    page.reload()
    ready(page)
    assert shown(page)[0] == 9
    page.locator("#legend .chip button").click()
    assert shown(page)[0] == 22


def test_a_bar_shows_a_year_alone(open_page: Opener) -> None:
    page = open_page(sample_graph())
    bars = page.locator("#legend .years button")
    assert [b.split(" ·")[0] for b in bars.evaluate_all("(all) => all.map((b) => b.ariaLabel)")] == [
        "2021",
        "2023",
        "2024",
    ]
    bars.first.click()
    expect(page.locator("#legend .counted")).to_contain_text("关系 0 / 24")
    expect(bars.first).to_have_attribute("aria-pressed", "true")
    assert "from=2021&to=2021" in page.evaluate("location.hash")
    page.get_by_role("tab", name="陈述表").click()
    assert [row[:3] for row in rows(page)] == [["“丹霞”基金", "日期", "2021年"]]
    bars.first.click()
    assert len(rows(page)) == 34


def test_the_shortest_path_between_two_entities(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(PERSON)}")
    page.get_by_role("button", name="到…的路径").click()
    page.locator("#search").fill("墨溪")
    page.keyboard.press("Enter")
    expect(page.locator("#legend .chip")).to_contain_text("林知远 → “墨溪”大模型")
    assert shown(page) == (4, 3)


def test_decisions_are_kept_undone_written_and_read(open_page: Opener, tmp_path: Path) -> None:
    graph = sample_graph()
    page = open_page(graph)
    page.mouse.click(*spot(page, statement=index_of(graph, FUND, "partOf")))
    page.get_by_role("button", name="错误").click()
    page.get_by_label("理由").fill("应为参股")
    page.get_by_label("理由").press("Enter")
    page.locator("#menu-button").click()
    page.get_by_label("评审人").fill("甲")
    page.get_by_label("评审人").press("Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("y")
    file = json.loads(download(page, "decisions"))
    assert file["format"] == "policykg-decisions/1"
    assert file["reviewer"] == "甲"
    wrong, right = sorted(file["decisions"], key=lambda d: d["verdict"], reverse=True)
    assert (wrong["verdict"], wrong["reason"], wrong["subject"]) == ("wrong", "应为参股", iri(FUND))
    assert wrong["predicate"] == "partOf"
    assert (right["verdict"], right["reviewer"]) == ("right", "甲")
    page.reload()
    ready(page)
    page.get_by_role("tab", name="陈述表").click()
    expect(page.locator("#table td.verdict.wrong")).to_have_text("错误")
    page.locator("#menu-button").click()
    page.evaluate("localStorage.clear()")
    page.reload()
    ready(page)
    assert page.locator("#table td.verdict.wrong").count() == 0
    (tmp_path / "decisions.json").write_text(json.dumps(file), encoding="utf-8")
    page.locator("#menu-button").click()
    page.locator("#menu input[type=file]").set_input_files(tmp_path / "decisions.json")
    expect(page.locator("#table td.verdict.wrong")).to_have_text("错误")
    expect(page.locator("#menu")).to_be_visible()
    page.locator('#menu [data-item="undo"]').click()
    assert page.locator("#table td.verdict:not(:empty)").count() == 0


def test_two_entities_are_said_to_be_the_same(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(UNIVERSITY)}")
    page.locator("#drawer .entity-review summary").click()
    page.get_by_label("更名为").fill("江州综合大学")
    page.get_by_label("更名为").press("Enter")
    page.get_by_role("button", name="与…是同一个").click()
    expect(page.locator("#hint")).to_contain_text("请选另一个实体")
    page.mouse.click(*spot(page, entity="江州实验室"))
    expect(page.locator("#drawer h2")).to_have_text("江州大学")
    expect(page.locator("#drawer .decided")).to_contain_text("与…是同一个 · 江州实验室")
    file = json.loads(download(page, "decisions"))
    assert [(d["kind"], d["value"].rpartition("/")[2]) for d in file["decisions"]] == [
        ("rename", "江州综合大学"),
        ("sameAs", "江州实验室"),
    ]


def test_another_reviewer_is_set_beside(open_page: Opener, tmp_path: Path) -> None:
    page = open_page(sample_graph(), "#view=table")
    page.keyboard.press("j")
    page.keyboard.press("y")
    file = json.loads(download(page, "decisions"))
    file["reviewer"] = "乙"
    file["decisions"][0] |= {"verdict": "wrong", "reason": "日期不对"}
    (tmp_path / "other.json").write_text(json.dumps(file), encoding="utf-8")
    page.locator("#menu-button").click()
    page.locator("#menu input[type=file]").set_input_files(tmp_path / "other.json")
    expect(page.locator("#menu .others")).to_contain_text("一致 0 / 1 · κ 0.00")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer .other")).to_contain_text("乙 错误 · 日期不对")
    page.locator('#legend select[data-focus="review"]').select_option("split")
    assert len(rows(page)) == 1


@pytest.mark.parametrize("content", ["{", "[]", '{"format": "other"}', "null"])
def test_a_file_that_holds_no_decisions_is_refused_in_words(
    open_page: Opener, tmp_path: Path, content: str
) -> None:
    page = open_page(sample_graph())
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    page.locator("#menu-button").click()
    page.locator("#menu input[type=file]").set_input_files(tmp_path / "x.json")
    expect(page.locator("#hint")).to_contain_text("不是评审结果文件")


def test_csv_holds_the_rows_of_the_table(open_page: Opener) -> None:
    page = open_page(sample_graph(), "#without=locatedIn")
    data = download(page, "exportCsv")
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert table[0][:3] == ["主体", "关系", "客体"]
    assert len(table) == 1 + 32
    assert ["云川数谷文化基金", "金额", "60亿元"] in [row[:3] for row in table]


def test_turtle_of_everything_says_what_graph_ttl_says(open_page: Opener) -> None:
    graph = sample_graph()
    page = open_page(graph)
    data = download(page, "exportTtl")
    read = {(str(q.subject), str(q.predicate), str(q.object)) for q in parse(data, RdfFormat.TURTLE)}
    written = {(str(t.subject), str(t.predicate), str(t.object)) for t in graph_triples(graph, BASE)}
    assert {t for t in written if "amount" not in t[1] and "#value" not in t[1]} <= read
    assert len(read) == len(written)


def test_turtle_csv_and_svg_carry_hostile_names(open_page: Opener) -> None:
    graph = hostile_graph()
    page = open_page(graph)
    data = download(page, "exportTtl")
    other = rdflib.Graph().parse(data=data, format="turtle")
    assert len(other) == len(list(parse(data, RdfFormat.TURTLE))) == len(graph_triples(graph, BASE))
    labels = {str(label) for label in other.objects(None, rdflib.SKOS.prefLabel)}
    clean = [n for n in HOSTILE_NAMES if not re.search("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800]", n)]
    assert len(clean) == len(HOSTILE_NAMES) - 2
    assert set(clean) <= labels
    table = list(csv.reader(io.StringIO(download(page, "exportCsv").decode("utf-8-sig"), newline="")))
    assert {len(row) for row in table} == {len(table[0])}
    assert {name for row in table for name in row} >= {n for n in clean if not n.startswith("-")}
    assert not any(cell.startswith(("=", "@", "+", "-起")) for row in table for cell in row)
    svg = ElementTree.fromstring(download(page, "exportSvg"))
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}title"))) == 15
    assert not list(svg.iter("{http://www.w3.org/2000/svg}script"))


def test_what_is_copied_runs(open_page: Opener, tmp_path: Path) -> None:
    graph = hostile_graph()
    store = Store()
    for triple in (*graph_triples(graph, BASE), *evidence_triples(graph, BASE)):
        store.add(Quad(triple.subject, triple.predicate, triple.object))
    page = open_page(graph)
    page.evaluate("window.policykg.copy = (text) => { window.copied = text }")
    for entity in graph.entities:
        page.evaluate(
            "(iri) => policykg.select({ entity: policykg.graph.byIri.get(iri).index })", iri(entity.key)
        )
        page.get_by_role("button", name="SPARQL").click()
        answer = store.query(page.evaluate("copied"))
        assert isinstance(answer, QuerySolutions)
        assert list(answer)
        page.get_by_role("button", name="Turtle").click()
        assert list(parse(page.evaluate("copied").encode("utf-8", "replace"), RdfFormat.TURTLE))
        page.get_by_role("button", name="引文").click()
        assert "（<b>\"'&，" in page.evaluate("copied")


def test_png_and_svg_show_the_picture(open_page: Opener) -> None:
    page = open_page(sample_graph())
    png = download(page, "exportPng")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width > 800
    assert height > 600
    svg = ElementTree.fromstring(download(page, "exportSvg"))
    texts = {t.text for t in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert {"江州大学", "“丹霞”基金"} <= texts
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}title"))) == 22


def test_texts_of_a_large_corpus_stay_beside_the_page(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(kg.view.payload, "TEXT_ABOVE", 10)
    graph = sample_graph()
    page = open_page(graph)
    page.mouse.click(*spot(page, statement=index_of(graph, FUND, "partOf")))
    expect(page.locator("#drawer blockquote mark")).to_have_text("子基金")
    page.locator("#drawer figcaption button").click()
    expect(page.locator(".picker")).to_contain_text("documents/paper.txt")
    wrong = tmp_path / "report.txt"
    wrong.write_text("另一篇", encoding="utf-8")
    right = tmp_path / "paper.txt"
    right.write_text(graph.documents[0].text, encoding="utf-8", newline="\n")
    page.locator(".picker input").first.set_input_files([wrong])
    expect(page.locator(".picker .refused")).to_have_text(
        "report.txt 不是这一版图谱的正文：内容的 SHA-256 与任何文档都不符，没有读入。"
    )
    renamed = tmp_path / "renamed.txt"
    renamed.write_bytes(right.read_bytes())
    page.locator(".picker input").first.set_input_files([wrong, renamed])
    expect(page.locator(".document .asked").first).to_be_visible()
    page.locator(".documents button", has_text="report").click()
    expect(page.locator(".picker")).to_be_visible()
