"""Figures of the page: ``python -m tests.view.bench [SIZE…]`` prints one line a size.

write: seconds to write the file; ready: to its first frame, as the browser counts; frame: median
milliseconds between frames while the picture is dragged; heap: MB that the page's script holds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kg.export.iri import BASE
from kg.view import write_page
from tests.tools import chromium
from tests.view.conftest import ARGUMENTS, ready
from tests.view.generated import generated

SIZES = (100, 500, 5000, 50_000)

#: Notes the time between frames while ``window.dragging`` holds.
WATCH = """() => {
  window.dragging = [];
  let last = performance.now();
  const note = (now) => { window.dragging.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""
MEDIAN = "() => { const t = window.dragging.sort((a, b) => a - b); return t[Math.floor(t.length / 2)]; }"


def drag(page: Page) -> float:
    """Drag the picture as a hand does; the median time between frames in milliseconds."""
    page.mouse.move(760, 300)
    page.mouse.down()
    page.mouse.move(765, 305)
    page.evaluate(WATCH)
    for step in range(40):
        page.mouse.move(765 + step * 6, 305 + step * 3)
    median: float = page.evaluate(MEDIAN)
    page.mouse.up()
    return median


def main(sizes: list[int]) -> None:
    """Write, open and drag a page of each size."""
    print(f"{'entities':>9} {'write s':>8} {'file MB':>8} {'ready s':>8} {'frame ms':>9} {'heap MB':>8}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for size in sizes:
            print(_line(browser, Path(folder) / "graph.html", size), flush=True)
        browser.close()


def _line(browser: Browser, path: Path, size: int) -> str:
    graph = generated(size)
    began = time.perf_counter()
    write_page(graph, path, base=BASE)
    written = time.perf_counter() - began
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    ready(page)
    first = page.evaluate("window.policykg.readyAt") / 1000
    frame = drag(page)
    heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    context.close()
    megabytes = path.stat().st_size / 1e6
    return f"{size:>9,} {written:>8.2f} {megabytes:>8.2f} {first:>8.2f} {frame:>9.0f} {heap:>8.0f}"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
