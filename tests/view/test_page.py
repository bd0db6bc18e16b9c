"""The page as a reviewer uses it: real clicks and keys in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kg.export.iri import BASE, iri
from kg.model import CLASSES, Entity, EntityKey, Graph
from tests.fixtures_graph import (
    FUND,
    HOSTILE_NAMES,
    UNIVERSITY,
    Builder,
    document,
    hostile_graph,
    sample_graph,
)
from tests.view.conftest import PHONE, Opener, spot
from tests.view.generated import generated


def index_of(graph: Graph, subject: EntityKey, predicate: str) -> int:
    return next(
        i for i, s in enumerate(graph.statements) if s.subject == subject and s.predicate == predicate
    )


def shown(page: Page) -> tuple[int, int]:
    """How many nodes and edges the picture shows."""
    nodes, edges = page.evaluate(
        """() => {
          const { body } = window.policykg.picture.network;
          const nodes = Object.values(body.nodes).filter((n) => !n.options.hidden);
          const edges = Object.values(body.edges).filter((e) => !e.options.hidden && !e.from.options.hidden && !e.to.options.hidden);
          return [nodes.length, edges.length];
        }"""
    )
    return nodes, edges


def test_header_counts_entities_relations_and_facts(open_page: Opener) -> None:
    page = open_page(sample_graph())
    expect(page.locator("#counts")).to_contain_text("22 个实体")
    expect(page.locator("#counts")).to_contain_text("24 条关系")
    expect(page.locator("#counts")).to_contain_text("10 项事实")
    assert shown(page) == (22, 24)


def test_click_on_a_node_opens_its_drawer(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.mouse.click(*spot(page, entity=FUND.name))
    drawer = page.locator("#drawer")
    expect(drawer.locator("h2")).to_have_text("云川数谷文化基金")
    expect(drawer).to_contain_text("基金")
    expect(drawer).to_contain_text("60亿元")
    drawer.locator("summary").first.click()
    expect(drawer.locator("mark").first).to_have_text("总规模60亿元")
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#e={iri(FUND)}"


def test_click_on_an_edge_shows_its_sentence_with_the_words_marked(open_page: Opener) -> None:
    graph = sample_graph()
    page = open_page(graph)
    page.mouse.click(*spot(page, statement=index_of(graph, FUND, "partOf")))
    drawer = page.locator("#drawer")
    expect(drawer.locator("h2")).to_have_text("云川数谷文化基金隶属于“丹霞”基金")
    expect(drawer.locator("blockquote")).to_contain_text("总规模60亿元的云川数谷文化基金是“丹霞”基金的子基金")
    expect(drawer.locator("blockquote mark")).to_have_text("子基金")
    caption = drawer.locator("figcaption")
    for words in ("云川数谷建设提速", "字符", "partOf.test", "0.95", "已述"):
        expect(caption).to_contain_text(words)


def test_a_click_beside_everything_closes_the_drawer(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(FUND)}")
    expect(page.locator("#drawer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()


@pytest.mark.parametrize("cls", CLASSES)
def test_the_legend_hides_and_shows_a_class(open_page: Opener, cls: str) -> None:
    graph = sample_graph()
    page = open_page(graph)
    of_class = sum(e.key.cls == cls for e in graph.entities)
    switch = page.locator(f'#legend button.toggle[data-id="{cls}"]')
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert shown(page)[0] == 22 - of_class
    switch.click()
    assert shown(page) == (22, 24)


def test_the_legend_filters_relations_and_says_only(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.locator('#legend button.toggle[data-id="establishedBy"]').click()
    assert shown(page) == (22, 19)
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_role("button", name="仅看 设立方").focus()
    page.keyboard.press("Enter")
    assert shown(page) == (22, 5)


def test_plans_can_be_seen_alone_and_are_dashed(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.locator("#legend select").first.select_option("planned")
    assert shown(page) == (22, 2)
    dashed = page.evaluate(
        "Object.values(window.policykg.picture.network.body.edges).filter(e => e.options.dashes).length"
    )
    assert dashed == 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("江州大学", "江州大学"),
        ("丹霞", "“丹霞”基金"),
        ("《云川省数字", "云川省数字经济发展规划"),
        ("云川省发展改革委", "云川省发展和改革委员会"),
        ("jzdx", "江州大学"),
    ],
)
def test_search_finds_by_name_alias_and_pinyin(open_page: Opener, typed: str, found: str) -> None:
    page = open_page(sample_graph())
    page.keyboard.press("/")
    page.keyboard.type(typed)
    expect(page.locator("#found li").first).to_contain_text(found)
    page.keyboard.press("Enter")
    expect(page.locator("#drawer h2")).to_have_text(found)


def test_search_says_that_nothing_matches(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.locator("#search").fill("长安街")
    expect(page.locator("#found")).to_contain_text("没有找到")
    page.keyboard.press("Enter")
    expect(page.locator("#drawer")).to_be_hidden()


@pytest.mark.parametrize("raw", [True, False])
def test_the_address_opens_an_entity(open_page: Opener, raw: bool) -> None:
    page = open_page(sample_graph())
    address = iri(UNIVERSITY) if raw else page.evaluate("encodeURIComponent", iri(UNIVERSITY))
    page.evaluate("(hash) => { location.hash = hash }", f"e={address}")
    expect(page.locator("#drawer h2")).to_have_text("江州大学")


def test_back_and_forward_follow_what_was_chosen(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(UNIVERSITY)}")
    page.locator("#drawer .entity-link", has_text="江州实验室").first.click()
    expect(page.locator("#drawer h2")).to_have_text("江州实验室")
    page.go_back()
    expect(page.locator("#drawer h2")).to_have_text("江州大学")
    page.go_forward()
    expect(page.locator("#drawer h2")).to_have_text("江州实验室")


def test_an_unknown_address_opens_the_page_as_it_is(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={BASE}id/fund/无此基金&%E4%zz&hide=Nothing")
    expect(page.locator("#drawer")).to_be_hidden()
    assert shown(page) == (22, 24)


def test_the_keyboard_walks_from_entity_to_entity(open_page: Opener) -> None:
    page = open_page(sample_graph())
    page.locator("#picture canvas").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#drawer h2").inner_text()
    assert first == "江州大学"  # the most linked one
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_shows_as_text(open_page: Opener, name: str) -> None:
    key = EntityKey("Fund", name)
    page = open_page(hostile_graph(), f"#e={iri(key)}")
    heading = page.locator("#drawer h2 bdi")
    expect(heading).to_be_visible()
    # a lone surrogate does not survive the protocol between browser and test
    same = page.evaluate(
        "(name) => policykg.graph.entities.some((e) => e.name === name)", name.replace("\ud800", "?")
    )
    assert same or "\ud800" in name
    assert heading.evaluate("(e) => policykg.graph.entities.some((x) => x.name === e.textContent)")
    for summary in page.locator("#drawer summary").all():
        summary.click()
    assert page.locator("#drawer img, #drawer script, #drawer style").count() == 0
    page.locator("#search").fill(name[:4])
    assert page.locator("#found img, #found script").count() == 0


def test_the_phone_has_sheets_and_no_sideways_scrolling(open_page: Opener) -> None:
    page = open_page(sample_graph(), size=PHONE, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator("#panel-button").click()
    expect(page.locator("#legend")).to_be_in_viewport()
    page.locator('#legend button.toggle[data-id="Place"]').click()
    page.keyboard.press("Escape")
    expect(page.locator("#legend")).not_to_be_in_viewport()
    page.touchscreen.tap(*spot(page, entity="江州大学"))
    expect(page.locator("#drawer h2")).to_have_text("江州大学")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_page_speaks_english_too(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(FUND)}")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#counts")).to_contain_text("22 entities")
    expect(page.locator("#drawer")).to_contain_text("CNY 6 billion")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.reload()
    expect(page.locator("#counts")).to_contain_text("22 entities")


@pytest.mark.parametrize("size", [(1400, 900), PHONE, (3840, 2160)])
@pytest.mark.parametrize(
    "make", [sample_graph, hostile_graph, lambda: generated(900)], ids=["sample", "hostile", "900"]
)
def test_labels_at_rest_overlap_nothing(
    open_page: Opener, make: Callable[[], Graph], size: tuple[int, int]
) -> None:
    page = open_page(make(), size=size)
    boxes = page.evaluate(
        """(() => {
          const { picture } = policykg;
          return [...picture.labels.boxes.map((b) => b.slice(0, 4)), ...picture.covered()];
        })()"""
    )
    assert len(boxes) > 8
    for i, (left, top, right, bottom) in enumerate(boxes):
        for l2, t2, r2, b2 in boxes[:i]:
            assert left >= r2 or l2 >= right or top >= b2 or t2 >= bottom


def test_an_empty_graph_still_opens(open_page: Opener) -> None:
    page = open_page(Graph())
    expect(page.locator("#counts")).to_contain_text("0 个实体")


def test_loops_many_parallel_relations_and_a_name_of_ten_thousand_characters(open_page: Opener) -> None:
    b = Builder((document("d", "甲属甲，甲属乙。"),))
    one, two = EntityKey("Fund", "甲"), EntityKey("Policy", "😀" + "长" * 9_990 + "\u202e<b>")
    b.mention(one, "甲")
    b.say(one, "partOf", one, "甲属甲")
    for predicate in ("partOf", "establishedBy", "issuedBy", "fundedBy", "operatedBy", "approvedBy"):
        b.say(one, predicate, two, "甲属乙")
        b.say(two, predicate, one, "甲属乙")
    page = open_page(b.graph([Entity(one), Entity(two)]), f"#e={iri(one)}")
    assert shown(page) == (2, 13)
    for view in ("陈述表", "原文", "关系图"):
        page.get_by_role("tab", name=view).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1400
    page.locator("#drawer .entity-link", has_text="长长").first.click()
    expect(page.locator("#drawer h2")).to_contain_text("长长长")
    box = page.locator("#drawer").bounding_box()
    assert box
    assert box["width"] <= 420
    assert page.evaluate("policykg.picture.svg().length") > 1000


def test_the_page_prints_the_picture_and_what_is_open(open_page: Opener) -> None:
    page = open_page(sample_graph(), f"#e={iri(FUND)}")
    page.emulate_media(media="print")
    expect(page.locator("#legend")).to_be_hidden()
    expect(page.locator("#drawer h2")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


def test_paper_is_light_and_takes_the_whole_table(open_page: Opener) -> None:
    page = open_page(generated(400), "#view=table", color_scheme="dark")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("#table tbody tr").count() < 399
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("#table tbody tr")).to_have_count(399)
    page.emulate_media(media="screen", color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_colours_of_communities_follow_the_system(open_page: Opener) -> None:
    page = open_page(generated(400), "#colour=community", color_scheme="light")
    tint = page.locator("#legend .glyph.tint").first
    light = tint.get_attribute("fill")
    page.emulate_media(color_scheme="dark")
    expect(tint).not_to_have_attribute("fill", light or "")
