"""Graphs of 5,000 and 50,000 entities, used from end to end: nothing is refused, everything is reached."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from kg.export.iri import BASE, iri
from kg.model import EntityKey, Graph
from kg.rdf import RdfFormat, parse
from kg.view import Totals, write_page
from tests.view.conftest import PHONE, Opener, ready
from tests.view.generated import generated
from tests.view.test_access import violations
from tests.view.test_page import shown
from tests.view.test_views import download


class Large(NamedTuple):
    """A generated graph and its page."""

    graph: Graph
    path: Path


@pytest.fixture(scope="module")
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Large:
    graph = generated(request.param)
    path = tmp_path_factory.mktemp("large") / "graph.html"
    write_page(graph, path, base=BASE)
    return Large(graph, path)


only_5000 = pytest.mark.parametrize("large", [5000], indirect=True)
only_50000 = pytest.mark.parametrize("large", [50_000], indirect=True)


def find(page: Page, key: EntityKey) -> None:
    """Choose an entity by its address: names of generated entities repeat."""
    page.evaluate("(hash) => { location.hash = hash }", f"e={iri(key)}")
    expect(page.locator("#drawer h2")).to_have_text(key.name)


@only_5000
def test_five_thousand_are_drawn_filtered_read_and_taken_away(
    large: Large, open_page: Opener, tmp_path: Path
) -> None:
    assert large.path.stat().st_size < 3_000_000
    page = open_page(path=large.path)
    assert shown(page) == (5000, 4999)
    expect(page.locator(".subset-note")).to_be_hidden()
    assert violations(page) == []
    switch = page.locator('#legend button.toggle[data-id="Institution"]')
    switch.click()
    assert shown(page)[0] < 4000
    switch.click()
    hub, last = _hub(large.graph), large.graph.statements[-1].subject
    find(page, hub)
    expect(page.locator("#drawer .relation-group").first).to_contain_text("更多")
    page.locator("#drawer .stepper button", has_text="1 步").click()
    near = {s.subject for s in large.graph.statements if s.object == hub}
    near |= {s.object for s in large.graph.statements if s.subject == hub and isinstance(s.object, EntityKey)}
    assert shown(page)[0] == len(near) + 1
    page.go_back()
    expect(page.locator("#legend .counted")).to_contain_text("实体 5,000 / 5,000")
    assert shown(page)[0] == 5000
    page.get_by_role("tab", name="陈述表").click()
    expect(page.locator("#table caption")).to_contain_text("4,999")
    page.locator("#legend select").nth(2).select_option(label="第0007号文件")
    expect(page.locator("#table caption")).to_contain_text("100")
    rows = list(csv.reader(io.StringIO(download(page, "exportCsv").decode("utf-8-sig"))))
    assert len(rows) == 101
    triples = list(parse(download(page, "exportTtl"), RdfFormat.TURTLE))
    assert sum("#partOf" in str(t.predicate) for t in triples) == 100
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_role("tab", name="关系图").click()
    page.get_by_role("button", name="按社群着色").click()
    names = page.locator("#legend .legend-group", has_text="社群").locator(".toggle .name")
    expect(names.first).to_have_text(hub.name)
    assert violations(page) == []
    of_hub = page.evaluate("policykg.graph.communities.get('0').length")
    page.get_by_role("button", name=f"仅看 {hub.name}").focus()
    page.keyboard.press("Enter")
    others = page.evaluate("policykg.graph.entities.filter((e) => e.community === undefined).length")
    assert shown(page)[0] == of_hub + others
    page.reload()
    ready(page)
    assert shown(page)[0] == of_hub + others
    page.get_by_role("button", name="按类别着色").click()
    assert shown(page)[0] == 5000
    find(page, last)
    page.locator("#drawer .mentions button").first.click()
    expect(page.locator("article .mention.chosen").first).to_be_attached()
    page.close()
    _a_file_of_a_part_says_so(large, open_page, tmp_path)


@only_50000
def test_fifty_thousand_start_with_the_most_linked_and_reach_the_rest(
    large: Large, open_page: Opener
) -> None:
    assert large.path.stat().st_size < 12_000_000
    page = open_page(path=large.path)
    expect(page.locator("#counts")).to_contain_text("50,000 个实体")
    expect(page.locator(".subset-note")).to_contain_text("3,000 / 50,000 个实体在图中")
    assert shown(page)[0] == 3000
    # found by name, and brought
    last = large.graph.statements[-1].subject
    page.locator("#search").fill(last.name)
    page.keyboard.press("Enter")
    expect(page.locator("#drawer h2")).to_have_text(last.name)
    assert shown(page)[0] > 3000
    # a shortest path between two that the picture did not hold
    away = _away(page)
    page.evaluate("(i) => policykg.select({ entity: i }, { show: true })", away[0])
    page.get_by_role("button", name="到…的路径").click()
    page.evaluate("(i) => policykg.select({ entity: i })", away[1])
    expect(page.locator("#legend .chip")).to_contain_text("路径")
    nodes, edges = shown(page)
    assert edges >= nodes - 1 >= 1
    page.reload()
    ready(page)
    assert shown(page) == (nodes, edges)
    page.get_by_role("button", name="清除筛选").click()
    # expanded by a key, undone by going back, opened again by a reload
    hub = _hub(large.graph)
    find(page, hub)
    before = shown(page)[0]
    expect(page.locator('#drawer [data-focus="expand"]')).to_contain_text("展开 +")
    page.locator("#drawer h2").focus()
    page.keyboard.press("e")
    expect(page.locator("#hint")).to_contain_text("已加入图中")
    assert shown(page)[0] > before
    # the table reaches all
    page.get_by_role("tab", name="陈述表").click()
    expect(page.locator("#table caption")).to_contain_text("49,999")
    page.locator('#table [data-column="subject"]').click()
    assert page.locator("#table tbody tr").count() == 150
    # and what is chosen there is in the picture
    page.locator("#table tbody tr").nth(100).click()
    page.get_by_role("tab", name="关系图").click()
    seen = """() => {
      const { picture, graph, store } = policykg;
      const { subject, object } = graph.statements[store.state.selection.statement];
      return [subject, object.entity].every((i) => picture.inPicture.has(i)) && Boolean(picture.network.body.edges[`s${store.state.selection.statement}`]);
    }"""
    assert page.evaluate(seen)
    page.close()
    _on_a_phone(large, open_page)  # here, so that the graph is written once


def _a_file_of_a_part_says_so(large: Large, open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "part.html"
    totals = Totals({"Institution": 900_000}, {"partOf": 1_000_000, "amount": 5}, 7000)
    write_page(large.graph, path, base=BASE, totals=totals)
    page = open_page(path=path)
    expect(page.locator("#counts")).to_contain_text("900,000 个实体")
    expect(page.locator("#counts")).to_contain_text("1,000,000 条关系")
    expect(page.locator(".subset-note")).to_contain_text(
        "5,000 / 900,000 个实体在图中，从连接最多的开始；其余可查找、展开，或从陈述表和路径打开。这份文件收入连接最多的 5,000 个，全部用 kg serve 打开。"
    )


def _on_a_phone(large: Large, open_page: Opener) -> None:
    page = open_page(path=large.path, size=PHONE, has_touch=True)
    page.locator("#search").fill(large.graph.entities[-1].key.name)
    page.locator("#found li").first.tap()
    expect(page.locator("#drawer h2")).to_have_text(large.graph.entities[-1].key.name)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def _hub(graph: Graph) -> EntityKey:
    ends = Counter(s.object for s in graph.statements if isinstance(s.object, EntityKey))
    return max(ends, key=lambda key: (ends[key], key))


def _away(page: Page) -> list[int]:
    """Two linked entities that are not in the picture."""
    found: list[int] = page.evaluate(
        "policykg.graph.entities.filter((e) => e.degree && !policykg.picture.inPicture.has(e.index)).slice(0, 2).map((e) => e.index)"
    )
    return found
