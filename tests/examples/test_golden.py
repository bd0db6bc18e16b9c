"""The three examples give the very graphs that stand beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.golden import EXAMPLES, GOLDEN, turtle


def test_there_are_three() -> None:
    assert [p.stem for p in EXAMPLES] == ["newspaper", "policy", "workreport"]
    assert sorted(p.stem for p in GOLDEN.iterdir()) == [p.stem for p in EXAMPLES]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.stem)
def test_the_graph_is_the_golden_one(example: Path, tmp_path: Path) -> None:
    expected = (GOLDEN / f"{example.stem}.ttl").read_text(encoding="utf-8")
    assert turtle(example, tmp_path) == expected, "read the difference; then python -m tests.examples.golden"
