"""docs/exchange.md shows what its commands and snippets print."""

from __future__ import annotations

import shutil

from tests.docs import blocks

PAGE = blocks.ROOT / "docs" / "exchange.md"


def test_the_page_shows_what_its_commands_print() -> None:
    place = blocks.workplace()
    count = 0
    for block, now in blocks.outputs(PAGE.read_text(encoding="utf-8"), place):
        assert block.body == now, "python -m tests.docs.blocks writes the outputs anew"
        count += 1
    assert count >= 1
    shutil.rmtree(place)
