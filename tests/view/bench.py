"""Figures of the page as a Markdown table: ``python -m tests.view.bench [SIZE…]``.

Of generated graphs: MB of the file; seconds until its first picture, as the browser counts; the median of
milliseconds between frames while the picture is dragged and while it is zoomed by the wheel, and the worst of
twenty; milliseconds that a search and the opening of the most linked entity take; MB that the page's script holds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kg.export.iri import BASE
from kg.view import write_page
from tests.chromium import ARGUMENTS
from tests.tools import chromium
from tests.view.conftest import ready
from tests.view.generated import generated

SIZES = (500, 5000, 50_000)
HEAD = (
    "entities",
    "file",
    "written in",
    "first picture",
    "dragging",
    "zooming",
    "search",
    "open the hub",
    "script's memory",
)

#: Notes the time between frames while ``window.frames_`` is watched.
WATCH = """() => {
  window.frames_ = [];
  let last = performance.now();
  const note = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""
#: The median, and what one frame in twenty exceeds.
MEDIAN = """() => {
  const t = window.frames_.slice(1).sort((a, b) => a - b);
  return [t[Math.floor(t.length / 2)], t[Math.floor(t.length * 0.95)]].map((ms) => Math.round(ms));
}"""
#: Milliseconds from a call to the frame after it.
TIMED = """(code) => new Promise((done) => {
  const { policykg } = window;
  const start = performance.now();
  if (code === "search") {
    const input = document.getElementById("search");
    input.value = "jiangz";
    input.dispatchEvent(new Event("input"));
  } else policykg.select({ entity: policykg.picture.order[0] });
  requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - start))));
})"""


def drag(page: Page) -> None:
    """Drag the picture as a hand does."""
    page.mouse.move(760, 300)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(765 + step * 5, 305 + step * 3)
    page.mouse.up()


def zoom(page: Page) -> None:
    """Turn the wheel there and back."""
    page.mouse.move(760, 450)
    for step in range(40):
        page.mouse.wheel(0, -120 if step < 20 else 120)


def frames(page: Page, act: Callable[[Page], None]) -> str:
    """Milliseconds between frames meanwhile: the median, and what one in twenty exceeds."""
    page.evaluate(WATCH)
    act(page)
    median, slow = page.evaluate(MEDIAN)
    return f"{median} ms (5 % over {slow})"


def main(sizes: list[int]) -> None:
    """Write, open and use a page of each size."""
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for size in sizes:
            print(f"| {' | '.join(_row(browser, Path(folder) / 'graph.html', size))} |", flush=True)
        browser.close()


def _row(browser: Browser, path: Path, size: int) -> tuple[str, ...]:
    graph = generated(size)
    began = time.perf_counter()
    write_page(graph, path, base=BASE)
    written = time.perf_counter() - began
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    ready(page)
    first = page.evaluate("window.policykg.readyAt") / 1000
    drawn = page.evaluate("window.policykg.picture.inPicture.size")
    memory = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    row = (
        f"{size:,}" + (f" ({drawn:,} drawn)" if drawn < size else ""),
        f"{path.stat().st_size / 1e6:.1f} MB",
        f"{written:.1f} s",
        f"{first:.1f} s",
        frames(page, drag),
        frames(page, zoom),
        f"{page.evaluate(TIMED, 'search')} ms",
        f"{page.evaluate(TIMED, 'open')} ms",
        f"{memory:.0f} MB",
    )
    context.close()
    return row


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
