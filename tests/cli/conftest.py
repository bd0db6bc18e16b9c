"""Two short articles about an invented province, and a folder built from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import ARTICLE, SECOND, kg


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with the two articles."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles, built once; tests must not change it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    out = folder / "out"
    assert kg("build", folder / "article.txt", folder / "second.txt", "--out", out, "-q").code == 0
    return out
