"""The browser of the page's tests, and a small project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import texts
from tests.cli.shell import kg
from tests.view.conftest import open_page

__all__ = ["open_page", "project", "texts"]


@pytest.fixture
def project(texts: Path, tmp_path: Path) -> Path:
    """The two articles of an invented province, built."""
    out = tmp_path / "out"
    done = kg("build", texts, "--out", out)
    assert done.code == 0, done.err
    return out
