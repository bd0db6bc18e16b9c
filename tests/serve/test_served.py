"""The reviewer's page over a store that it holds a part of: what it lacks it asks for in SPARQL, here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import kg.view.network
from kg.export import BASE
from kg.export.iri import iri
from kg.folder import SERVED, STORE
from kg.view.page import render_served
from kg.view.payload import payload
from tests.chromium import PATIENCE
from tests.fixtures_graph import FUND, MODEL, PARK, PERSON, sample_graph
from tests.query.conftest import build
from tests.serve.service import Service, serving
from tests.view.test_access import violations

#: With so many entities the page starts.
START = 6


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample graph, of which the page brings six entities."""
    graph = sample_graph()
    folder = build(graph, tmp_path_factory.mktemp("part"))
    report = f'{{"generator": "policykg", "base": "{BASE}"}}'
    (folder / "report.json").write_text(report, encoding="utf-8")
    for document in graph.documents:
        path = folder / "documents" / f"{document.id}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(document.text.encode("utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.view.network, "MOST", START - 1)
        patch.setattr(kg.view.network, "START_WITH", START)
        (folder / STORE / SERVED).write_text(render_served(graph, base=BASE), encoding="utf-8")
    with serving(folder) as running:
        yield running


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, served: Service) -> Iterator[Opener]:
    """Open the page at an address; a request to anywhere else, an error or a warning fails the test."""
    wrong: list[str] = []
    pages: list[Page] = []

    def open_(hash_: str = "") -> Page:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
        page.on("request", lambda r: wrong.extend([] if r.url.startswith((served.url, "data:")) else [r.url]))
        page.goto(f"{served.url}/{hash_}")
        page.locator("html[data-state=ready]").wait_for(state="attached")
        return page

    yield open_
    for page in pages:
        page.close()
    assert wrong == []


def quiet(page: Page) -> None:
    """Wait until nothing is being asked."""
    page.locator("html:not([data-asking])").wait_for(state="attached")


def names(page: Page, only: str = "true") -> set[str]:
    found: list[str] = page.evaluate(
        f"policykg.graph.entities.filter((e) => {only}).map((entity) => entity.name)"
    )
    return set(found)


def test_the_page_starts_with_a_part_and_says_so(opened: Opener) -> None:
    page = opened()
    assert len(names(page)) == START
    expect(page.locator("#counts")).to_contain_text("22 个实体")
    expect(page.locator("#counts")).to_contain_text("24 条关系")
    expect(page.locator(".subset-note")).to_contain_text("6 / 22 个实体在图中")
    expect(page.locator('#legend [data-id="Institution"]').first).to_contain_text("9")


@pytest.mark.parametrize("typed", ["墨溪", "墨溪大模型", "moxi"])
def test_search_finds_what_only_the_store_holds(opened: Opener, typed: str) -> None:
    page = opened()
    assert MODEL.name not in names(page)
    page.locator("#search").fill(typed)
    expect(page.locator("#found li").first).to_contain_text(MODEL.name)
    page.keyboard.press("Enter")
    expect(page.locator("#drawer h2")).to_have_text(MODEL.name)
    expect(page.locator("#drawer .sentence")).to_have_text("“墨溪”大模型由江州大学研发")
    page.locator("#drawer summary").first.click()
    expect(page.locator("#drawer blockquote mark")).to_have_text(["江州大学", "“墨溪”大模型"])
    expect(page.locator("#drawer figcaption")).to_contain_text("developedBy.test")


def test_an_address_opens_what_only_the_store_holds(opened: Opener) -> None:
    page = opened(f"#e={iri(PERSON)}")
    expect(page.locator("#drawer h2")).to_have_text(PERSON.name)
    expect(page.locator("#drawer .sentence")).to_have_count(2)
    page.evaluate("(hash) => { location.hash = hash }", f"e={iri(FUND)}")
    expect(page.locator("#drawer h2")).to_have_text(FUND.name)
    expect(page.locator("#drawer")).to_contain_text("60亿元")


@pytest.mark.parametrize("hash_", ["#e=b:no%3E%20%7B%7D", f"#e={BASE}id/fund/无此基金"])
def test_an_address_of_nothing_opens_the_page_as_it_is(opened: Opener, hash_: str) -> None:
    page = opened(hash_)
    quiet(page)
    expect(page.locator("#drawer")).to_be_hidden()
    assert len(names(page)) == START


def test_expanding_brings_neighbours_from_the_store(opened: Opener) -> None:
    page = opened()
    page.locator("#search").fill("江州大学")
    page.keyboard.press("Enter")
    quiet(page)
    page.locator('#drawer [data-focus="expand"]').click()
    drawn = "policykg.picture.inPicture.has(e.index)"
    expect(page.locator(".subset-note")).not_to_contain_text("6 / 22")
    assert {"“墨溪”大模型", "江州市校地合作协议", "江州市人民政府"} <= names(page, drawn)
    page.reload()
    page.locator("html[data-state=ready]").wait_for(state="attached")
    expect(page.locator(".subset-note")).not_to_contain_text("6 / 22")
    assert {"“墨溪”大模型", "江州市校地合作协议", "江州市人民政府"} <= names(page, drawn)


def test_a_path_and_a_neighbourhood_reach_through_the_store(opened: Opener) -> None:
    page = opened(f"#e={iri(PERSON)}")
    expect(page.locator("#drawer h2")).to_have_text(PERSON.name)
    page.get_by_role("button", name="到…的路径").click()
    page.locator("#search").fill("墨溪")
    expect(page.locator("#found li").first).to_contain_text(MODEL.name)
    page.keyboard.press("Enter")
    expect(page.locator("#legend .counted")).to_contain_text("实体 4 /")
    assert names(page, "policykg.shown.entities[e.index]") == {
        "林知远",
        "云川省科学院",
        "江州大学",
        "“墨溪”大模型",
    }
    page = opened(f"#e={iri(PARK)}")
    for hops, nodes in ((1, 2), (2, 4), (3, 9)):
        page.locator("#drawer .stepper button", has_text=f"{hops} 步").click()
        expect(page.locator("#legend .counted")).to_contain_text(f"实体 {nodes} /")


@pytest.mark.parametrize("view", ["picture", "table", "text"])
def test_axe_finds_nothing(opened: Opener, view: str) -> None:
    page = opened(f"#e={iri(FUND)}&view={view}")
    quiet(page)
    expect(page.locator("#drawer h2")).to_have_text(FUND.name)
    assert violations(page) == []


def test_the_text_comes_from_the_service_with_its_mentions(opened: Opener) -> None:
    page = opened(f"#e={iri(FUND)}")
    page.locator("#drawer summary").first.click()
    page.locator("#drawer details[open] figcaption button").click()
    expect(page.locator("article .asked").first).to_be_visible()
    assert page.locator("article.document > p").all_inner_texts() == sample_graph().documents[0].text.split(
        "\n"
    )
    expect(page.locator("article .mention", has_text="云川数谷文化基金")).to_have_count(1)


def test_what_the_store_gives_is_what_the_file_holds(opened: Opener) -> None:
    page = opened()
    for _ in range(4):
        page.evaluate("Promise.all(policykg.graph.entities.map((e) => policykg.complete(e.index)))")
    given = page.evaluate(
        """policykg.graph.statements.map(({ iri, subject, predicate, object, planned, confidence, evidence }) => ({
          iri, predicate, planned, confidence, subject: policykg.graph.entities[subject].iri,
          object: object.entity === undefined ? object : policykg.graph.entities[object.entity].iri,
          spans: evidence.map((e) => [policykg.graph.documents[e.document].id, ...e.span]),
        }))"""
    )
    data = payload(sample_graph(), base=BASE)
    held = [plain(row, data) for row in data["statements"]]
    linked = {row["subject"] for row in held} | {
        row["object"] for row in held if isinstance(row["object"], str)
    }
    reached = {row["iri"] for row in page.evaluate("policykg.graph.entities.map(({ iri }) => ({ iri }))")}
    assert len(linked - reached) == 1  # the province, of which there are figures only
    expected = [row for row in held if row["subject"] in reached]
    assert sorted(given, key=lambda row: row["iri"]) == sorted(expected, key=lambda row: row["iri"])


def plain(row: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    entity = row["object"].get("entity")
    return {
        "iri": row["iri"],
        "predicate": row["predicate"],
        "planned": row["planned"],
        "confidence": row["confidence"],
        "subject": data["entities"][row["subject"]]["iri"],
        "object": short(row["object"]) if entity is None else data["entities"][entity]["iri"],
        "spans": [[data["documents"][e["document"]]["id"], *e["span"]] for e in row["evidence"]],
    }


def short(value: dict[str, Any]) -> dict[str, Any]:
    """Amounts as a store keeps them: without zeros at the end."""
    amount = value.get("amount")
    return value if amount is None else {"amount": f"{Decimal(amount).normalize():f}"}


def test_what_the_store_refuses_is_said(opened: Opener, served: Service) -> None:
    page = opened()
    page.route("**/sparql", lambda route: route.fulfill(status=200, body="no JSON"))
    page.locator("#search").fill("墨溪")
    expect(page.locator("#hint")).to_contain_text("图库没有回答")
    assert len(names(page)) == START


def test_texts_have_an_address_and_nothing_beside_them_has(served: Service, tmp_path: Path) -> None:
    answer = served.ask("/documents/paper.txt")
    assert answer.status == 200
    assert answer.text == sample_graph().documents[0].text
    for path in (
        "/documents/none.txt",
        "/documents/../report.json",
        "/documents/%2e%2e/graph.ttl",
        "/documents/",
    ):
        assert served.ask(path).status == 404
