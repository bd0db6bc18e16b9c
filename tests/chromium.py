"""The browser of all tests: one at a time, for Playwright keeps its loop running in the thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.tools import need

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: Slow machines draw late; no test measures time.
PATIENCE = 60_000


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium; asks for one to be installed when there is none."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("browser"), args=list(ARGUMENTS))
        yield chromium
        chromium.close()
