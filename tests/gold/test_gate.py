"""The gate: what is built from the annotated texts, judged on its Turtle, stays above the pinned floors.

Our own examples are always judged; the development gold when the folder ../shared/gold is there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from kg import gold, score, scorecard
from tests.cli.shell import kg

ROOT = Path(__file__).resolve().parents[2]
JUDGE = ROOT.parent / "shared" / "gold" / "score.py"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
FOLDERS = {"examples": ROOT / "examples" / "gold", "dev": JUDGE.parent / "dev"}

Scores = Mapping[str, Mapping[str, float]]


@cache
def ours(name: str) -> tuple[dict[str, Scores], str]:
    """The scores of each gold file of a folder and of all, and the table of them."""
    whole, rows = score.Score(), []
    for read, result in score.read_and_score(gold.gold_files([FOLDERS[name]])):
        whole += result
        rows.append((read.path.stem, result))
    scores: dict[str, Scores] = {stem: scorecard.numbers(result) for stem, result in rows}
    return scores | {"all": scorecard.numbers(whole)}, scorecard.table([*rows, ("all", whole)])


def cases() -> list[tuple[str, str, str]]:
    """Folder, file or all, kind."""
    return [(folder, of, kind) for folder, rows in FLOORS.items() for of, row in rows.items() for kind in row]


@pytest.mark.parametrize(("folder", "of", "kind"), cases())
def test_no_score_falls_below_its_floor(folder: str, of: str, kind: str) -> None:
    if not FOLDERS[folder].is_dir():
        pytest.skip("the development gold (../shared/gold) is not here")
    scores, table = ours(folder)
    measured, floor = scores[of][kind]["f1"], FLOORS[folder][of][kind]
    assert measured >= floor, f"{folder}/{of}: {kind} F1 {measured} is below {floor}\n{table}"


def test_our_numbers_are_the_judges(tmp_path: Path) -> None:
    """`kg score` scores values; score.py, which is the judge, scores the Turtle of `kg build`."""
    if not JUDGE.is_file():
        pytest.skip("the judge (../shared/gold/score.py) is not here")
    files = [f for name in FOLDERS for f in gold.gold_files([FOLDERS[name]])]
    pairs: list[str] = []
    whole = score.Score()
    for path, (_, result) in zip(files, score.read_and_score(files), strict=True):
        out = tmp_path / str(len(pairs))
        assert kg("build", gold.load(path).text_path, "--out", out, "-q").code == 0
        pairs += [str(path), str(out / "graph.ttl")]
        whole += result
    judged = subprocess.run(
        [sys.executable, str(JUDGE), "--json", *pairs], capture_output=True, check=True, text=True
    )
    assert scorecard.numbers(whole) == json.loads(judged.stdout)
