"""The query page in a real browser: it asks this service and nobody else, and nothing in it is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import PATIENCE
from tests.serve.service import Service


@pytest.fixture(scope="module")
def page(service: Service, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}"))
    page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
    page.on("request", lambda r: wrong.extend([] if ours(r.url, service) else [r.url]))
    page.goto(f"{service.url}/query")
    page.wait_for_selector('html[data-state="ready"]')
    yield page
    page.close()
    assert [words for words in wrong if "the server responded with a status of 4" not in words] == []


def ours(address: str, service: Service) -> bool:
    return address.startswith((service.url, "data:", "blob:"))


def ask(page: Page, name: str) -> None:
    page.click(f'button[data-name="{name}"]')


def test_a_question_is_asked_by_a_click(page: Page) -> None:
    ask(page, "funds")
    expect(page.locator(".yasr table tbody tr")).to_have_count(2)
    expect(page.locator(".yasr table")).to_contain_text("云川数谷文化基金")
    expect(page.locator(".CodeMirror-code")).to_contain_text("PREFIX kgo:")


def test_a_value_is_asked_for(page: Page) -> None:
    ask(page, "neighbourhood")
    page.fill("#values input", "云川数谷文化基金")
    page.click("#values button")
    expect(page.locator(".yasr table")).to_contain_text("“丹霞”基金")
    page.fill("#values input", "云川数谷文化基")
    page.click("#values button")
    expect(page.locator("#said")).to_contain_text("did you mean 云川数谷文化基金")


def test_one_s_own_query(page: Page) -> None:
    page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT ?f { ?f a <https://w3id.org/policykg/ontology#Fund> } ORDER BY ?f')"
    )
    page.click(".yasqe_queryButton")
    link = page.locator(".yasr table a.iri").first
    expect(link).to_contain_text("基金")


def test_a_thing_opens_here(page: Page, service: Service) -> None:
    link = page.locator(".yasr table a.iri").first
    with page.context.expect_page() as opened:
        link.click()
    other = opened.value
    other.wait_for_url(f"{service.url}/#e=**")
    other.wait_for_selector('html[data-state="ready"]')
    expect(other.locator("#drawer")).to_contain_text("基金")
    other.close()


def test_what_is_refused_is_said(page: Page) -> None:
    page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT ?s { ?s ?p ?o . ?a ?b ?c } LIMIT 501')"
    )
    page.click(".yasqe_queryButton")
    expect(page.locator(".yasr")).to_contain_text("more than 500 rows")


def test_the_questions_can_be_narrowed(page: Page) -> None:
    page.fill("#narrow", "fund")
    expect(page.locator("#questions li:visible")).to_have_count(2)
    page.fill("#narrow", "")
