"""Settings that all tests share, and their browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No example may fail for being slow on a loaded machine, and every run tries the same examples.
settings.register_profile("policykg", deadline=None, derandomize=True)
settings.load_profile("policykg")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of a module, closed behind it: its loop, left running, would be in the way of others."""
    from tests.chromium import launched

    with launched() as chromium:
        yield chromium
