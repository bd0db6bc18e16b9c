"""docs/exchange.md and docs/python.md show what their commands and snippets print."""

from __future__ import annotations

import shutil

import pytest

from tests.docs import blocks


@pytest.mark.parametrize(("name", "least"), [("exchange.md", 3), ("python.md", 4)])
def test_the_page_shows_what_its_commands_print(name: str, least: int) -> None:
    place = blocks.workplace()
    page = (blocks.ROOT / "docs" / name).read_text(encoding="utf-8")
    count = 0
    for block, now in blocks.outputs(page, place):
        assert block.body == now, "python -m tests.docs.blocks writes the outputs anew"
        count += 1
    assert count >= least
    shutil.rmtree(place)
