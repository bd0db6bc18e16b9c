"""Draws the pictures of docs/page.md anew: ``python -m tests.view.screenshots`` (needs a Chromium)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.tools import ROOT, chromium
from tests.view.conftest import ARGUMENTS, DESKTOP, PHONE, ready

Act = Callable[[Page], Any]


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


SHOTS: dict[str, tuple[tuple[int, int], str, str, Act]] = {
    "page-dark": (DESKTOP, "dark", "", lambda page: None),
    "page-table": (DESKTOP, "light", "#view=table", review),
    "page-text": (DESKTOP, "light", "#view=text", read),
    "page-phone": (PHONE, "light", "", lambda page: find(page, "生物制造产业基金")),
}


def main() -> None:
    """Build the examples and look at their page."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "kg", "build", "examples", "--out", folder, "--quiet"],
            cwd=ROOT,
            check=True,
        )
        uri = (Path(folder) / "graph.html").as_uri()
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for name, (size, theme, hash_, act) in SHOTS.items():
            viewport = {"width": size[0], "height": size[1]}
            options: dict[str, Any] = {"viewport": viewport, "color_scheme": theme, "offline": True}
            context = browser.new_context(**options, reduced_motion="reduce")
            page = context.new_page()
            page.goto(uri + hash_)
            ready(page)
            act(page)
            page.wait_for_timeout(400)
            page.screenshot(path=ROOT / "docs" / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
