"""The page for everyone: axe-core finds nothing in any state, in both themes and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import kg.view.payload
from kg.export.iri import iri
from tests.fixtures_graph import FUND, UNIVERSITY, hostile_graph, sample_graph
from tests.view.conftest import DESKTOP, PHONE, Opener

#: axe-core 4, as the wheel axe-playwright-python carries it.
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


STATES: dict[str, tuple[str, Callable[[Page], Any]]] = {
    "picture": ("", lambda page: None),
    "an entity": (f"#e={iri(FUND)}", lambda page: page.locator("#drawer summary").first.click()),
    "a decided statement": ("#view=table", lambda page: press(page, "jn")),
    "table": ("#view=table", lambda page: page.locator("#table th button").first.click()),
    "text": ("#view=text", lambda page: page.locator(".mention").first.click()),
    "menu": ("", lambda page: page.locator("#menu-button").click()),
    "found": ("", lambda page: page.locator("#search").fill("云川")),
    "nothing found": ("", lambda page: page.locator("#search").fill("长安街")),
    "filtered": ("#hide=Place,Fund&status=planned&min=0.5", lambda page: None),
    "path": (f"#near={iri(FUND)}&hops=2", lambda page: None),
    "keys": ("", lambda page: page.keyboard.press("?")),
    "waiting for a second": (
        f"#e={iri(FUND)}",
        lambda page: page.get_by_role("button", name="到…的路径").click(),
    ),
    "entity under review": (
        f"#e={iri(FUND)}",
        lambda page: page.locator("#drawer .entity-review summary").click(),
    ),
    "timeline, in English": (f"#e={iri(UNIVERSITY)}&lang=en", lambda page: None),
    "said": (f"#e={iri(FUND)}", lambda page: page.get_by_role("button", name="引文").click()),
}


def violations(page: Page) -> list[str]:
    """What axe-core objects to, with the elements."""
    # through the protocol and not as a script element, which the page's policy forbids
    page.evaluate(AXE)
    found: list[str] = page.evaluate(
        """async () => {
          // targets of 24 pixels are of WCAG 2.2, which axe looks at only when told
          const { violations, passes } = await axe.run(document, { rules: { "target-size": { enabled: true } } });
          const looked = passes.map((p) => p.id);
          if (!looked.includes("color-contrast") || looked.length < 20) return [`axe looked at ${looked} only`];
          return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target + " " + n.failureSummary).join(" | ")}`);
        }"""
    )
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: Opener, state: str, theme: str) -> None:
    hash_, act = STATES[state]
    page = open_page(sample_graph(), hash_, color_scheme=theme)
    act(page)
    assert violations(page) == []


@pytest.mark.parametrize("state", ["picture", "an entity", "table", "text"])
def test_axe_finds_nothing_on_a_phone(open_page: Opener, state: str) -> None:
    hash_, act = STATES[state]
    page = open_page(sample_graph(), hash_, size=PHONE)
    act(page)
    assert violations(page) == []


@pytest.mark.parametrize("view", ["table", "text"])
def test_axe_finds_nothing_among_hostile_names(open_page: Opener, view: str) -> None:
    page = open_page(hostile_graph(), f"#view={view}")
    page.keyboard.press("j")
    assert violations(page) == []


def test_axe_finds_nothing_where_the_texts_stay_beside_the_page(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.view.payload, "TEXT_ABOVE", 10)
    page = open_page(sample_graph(), "#view=text")
    expect(page.locator(".picker")).to_be_visible()
    assert violations(page) == []


def test_every_part_is_reached_with_the_tab_key(open_page: Opener) -> None:
    page = open_page(sample_graph())
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => {
                  const e = document.activeElement;
                  const outlined = getComputedStyle(e).outlineStyle !== "none";
                  return `${e.closest("#top, #legend, #picture")?.id ?? "body"} ${outlined}`;
                }"""
            )
        )
    assert {"top true", "legend true", "picture true"} <= reached
    assert not {r for r in reached if r.endswith("false") and not r.startswith("body")}


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (820, 1180), (3840, 2160)])
def test_nothing_is_wider_than_the_screen(open_page: Opener, size: tuple[int, int]) -> None:
    page = open_page(sample_graph(), f"#e={iri(FUND)}", size=size)
    for name in ("关系图", "陈述表", "原文"):
        page.get_by_role("tab", name=name).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        expect(page.get_by_role("tab", name=name)).to_be_in_viewport()
