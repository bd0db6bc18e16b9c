"""Draws the pictures of docs/page.md anew: ``python -m tests.view.screenshots [NAME…]`` (needs a Chromium and a Chinese font)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, sync_playwright

from kg.export.iri import BASE
from kg.view import write_page
from tests.chromium import ARGUMENTS
from tests.tools import ROOT, chromium
from tests.view.conftest import DESKTOP, PHONE, ready
from tests.view.generated import generated

Act = Callable[[Page], Any]


class Shot(NamedTuple):
    """A picture: how large, in which theme, at which address, after what."""

    size: tuple[int, int]
    theme: str
    hash: str = ""
    act: Act = lambda page: None
    large: bool = False


def find(page: Page, name: str) -> None:
    """Choose an entity by search and unfold its first evidence."""
    page.locator("#search").fill(name)
    page.keyboard.press("Enter")
    page.locator("#drawer summary").first.click()


def review(page: Page) -> None:
    """Decide the first statements of the table."""
    for key in "jyjnjy":
        page.keyboard.press(key)


def read(page: Page) -> None:
    """Choose a mention in the text."""
    page.locator("article .mention").nth(3).click()


def look_up(page: Page) -> None:
    """Type pinyin."""
    page.locator("#search").fill("shengwu")


SHOTS: dict[str, Shot] = {
    "page": Shot(DESKTOP, "light", act=lambda page: find(page, "生物制造产业基金")),
    "page-dark": Shot(DESKTOP, "dark"),
    "page-table": Shot(DESKTOP, "light", "#view=table", review),
    "page-text": Shot(DESKTOP, "light", "#view=text", read),
    "page-search": Shot(DESKTOP, "dark", act=look_up),
    "page-communities": Shot(DESKTOP, "dark", "#colour=community", large=True),
    "page-phone": Shot(PHONE, "light", act=lambda page: find(page, "生物制造产业基金")),
    "page-phone-dark": Shot(PHONE, "dark", "#view=text"),
}


def main(names: list[str]) -> None:
    """Build the examples and look at their page, and at a generated one of 5,000 entities."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "kg", "build", "examples", "--out", folder, "--quiet"],
            cwd=ROOT,
            check=True,
        )
        large = Path(folder) / "large.html"
        write_page(generated(5000), large, base=BASE)
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for name in names:
            shot = SHOTS[name]
            viewport = {"width": shot.size[0], "height": shot.size[1]}
            options: dict[str, Any] = {"viewport": viewport, "color_scheme": shot.theme, "offline": True}
            context = browser.new_context(**options, reduced_motion="reduce")
            page = context.new_page()
            file = large if shot.large else Path(folder) / "graph.html"
            page.goto(file.as_uri() + shot.hash)
            ready(page)
            shot.act(page)
            page.wait_for_timeout(400)
            page.screenshot(path=ROOT / "docs" / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or list(SHOTS))
