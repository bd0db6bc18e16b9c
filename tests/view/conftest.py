"""A real Chromium with the network cut: any request but the page's own file fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from kg.export.iri import BASE
from kg.model import Graph
from kg.view import write_page
from tests.chromium import PATIENCE

DESKTOP = (1400, 900)
PHONE = (360, 740)
Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Write the page of a graph and open it; what goes wrong in it is raised at the end."""
    with _opener(browser, tmp_path) as opener:
        yield opener


@contextmanager
def _opener(browser: Browser, folder: Path) -> Iterator[Opener]:
    contexts = []
    wrong: list[str] = []

    def open_(
        graph: Graph | None = None,
        hash_: str = "",
        *,
        size: tuple[int, int] = DESKTOP,
        path: Path | None = None,
        **options: Any,
    ) -> Page:
        if path is None:
            assert graph is not None
            path = folder / "graph.html"
            write_page(graph, path, base=BASE)
        given: dict[str, Any] = {"viewport": {"width": size[0], "height": size[1]}, "offline": True}
        context = browser.new_context(**(given | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        uri = path.as_uri()
        page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
        page.on("dialog", lambda d: _refuse(d, wrong))
        page.on("request", lambda r: wrong.extend(_unwanted(r.url, uri)))
        page.goto(uri + hash_)
        ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not wrong, wrong


def _refuse(dialog: Dialog, wrong: list[str]) -> None:
    wrong.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _unwanted(url: str, own: str) -> list[str]:
    return [] if url.startswith((own, "data:", "blob:")) else [f"request: {url}"]


def ready(page: Page) -> None:
    """Wait for the first frame; wait_for_function would need the eval that the policy forbids."""
    page.locator("html:not([data-state=loading])").wait_for(state="attached")
    assert page.locator("html").get_attribute("data-state") == "ready"


def spot(page: Page, *, entity: str = "", statement: int = -1) -> tuple[float, float]:
    """Where a node's middle, or the middle of an edge, is on the screen."""
    found: dict[str, float] | None = page.evaluate(
        """([name, statement]) => {
          const { graph, picture } = window.policykg;
          const { network } = picture;
          const { body } = network;
          const point = name
            ? body.nodes[graph.entities.find((e) => e.name === name).index]
            : body.edges[`s${statement}`].edgeType.getPoint(0.5);
          const dom = network.canvasToDOM({ x: point.x, y: point.y });
          const box = picture.canvas.getBoundingClientRect();
          return { x: dom.x + box.left, y: dom.y + box.top };
        }""",
        [entity, statement],
    )
    assert found
    return found["x"], found["y"]
