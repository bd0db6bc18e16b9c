"""Take docs/page.png, the picture of the READMEs: ``python -m tests.docs.picture``."""

from __future__ import annotations

import shutil
import sys

from playwright.sync_api import ViewportSize, sync_playwright

from tests.docs import blocks
from tests.tools import TOOLS

PICTURE = blocks.ROOT / "docs" / "page.png"
#: The entity that the READMEs speak of, and the statement whose evidence is unfolded.
ENTITY = "https://w3id.org/policykg/id/fund/云川陶瓷文化基金"
RELATION = 1
SIZE: ViewportSize = {"width": 1280, "height": 760}


def main() -> None:
    """Build the examples, open the page at the entity, unfold the evidence, take the picture."""
    executable = TOOLS["browser"].find()
    if executable is None:
        sys.exit(f"no browser: {TOOLS['browser'].remedy}")
    place = blocks.workplace()
    blocks.run("kg build examples --out output/examples --quiet", place)
    address = (place / "output" / "examples" / "graph.html").as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(viewport=SIZE, offline=True, locale="zh-CN").new_page()
        page.goto(f"{address}#e={ENTITY}")
        page.locator("html[data-state=ready]").wait_for(state="attached")
        page.locator("details[data-statement]:not(.entity-review) > summary").nth(RELATION).click()
        page.wait_for_timeout(800)  # the view glides to the entity
        page.screenshot(path=PICTURE)
        browser.close()
    shutil.rmtree(place)


if __name__ == "__main__":
    main()
