"""A build of a graph that the picture does not hold whole writes the page that kg serve answers with."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.folder import PAGE, SERVED, STORE
from kg.view import network, page
from tests.cli.shell import ARTICLE, kg


def test_a_large_build_writes_the_page_that_asks_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "out"
    assert kg("build", str(tmp_path / "article.txt"), "--out", str(out)).code == 0
    assert not (out / STORE / SERVED).exists()
    for module in (network, page):
        monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(network, "START_WITH", 2)
    assert kg("build", str(tmp_path / "article.txt"), "--out", str(out)).code == 0
    served = (out / STORE / SERVED).read_text(encoding="utf-8")
    assert "connect-src 'self'" in served
    assert "connect-src" not in (out / PAGE).read_text(encoding="utf-8")
    assert not (out / SERVED).exists()
