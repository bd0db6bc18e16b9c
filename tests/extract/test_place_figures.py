"""Figures of a report on a place: when it is meant again behind what it names."""

from __future__ import annotations

import pytest

from kg.model import Observation
from tests.reading import reading

TITLE = "湖南省2026年政府工作报告"
CASES = {
    "“云帆”工程完成投资1.2万亿元，民间投资增长2.7%。": {"“云帆”工程 12000", "湖南省 2.7"},
    "“云帆”工程完成投资1.2万亿元，同比增长2.7%。": {"“云帆”工程 12000", "“云帆”工程 2.7"},
}


@pytest.mark.parametrize(("text", "wanted"), CASES.items(), ids=list(CASES))
def test_whose_figures(text: str, wanted: set[str]) -> None:
    text = f"全省经济向好。\n{text}\n"
    said = [s for s in reading(text, title=TITLE).statements if isinstance(s.object, Observation)]
    assert {
        f"{s.subject.name} {_short(s.object)}" for s in said if isinstance(s.object, Observation)
    } == wanted


def _short(figure: Observation) -> str:
    """The value, money in hundred millions."""
    return f"{figure.value / 10**8 if figure.unit == '元' else figure.value:f}".removesuffix(".0")
