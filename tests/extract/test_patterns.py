"""Every pattern's own example yields what it says, and its counter-example nothing of its property."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.extract.frames import Frame, load_frames
from kg.extract.sequences import Pattern, Sequences
from tests.reading import relations, resources

FRAMES = resources().extractor.frames
SEQUENCES = resources().extractor.sequences.rows
ROWS: list[Frame | Pattern] = [*FRAMES, *SEQUENCES]


def test_there_are_patterns() -> None:
    assert len(FRAMES) >= 35
    assert len(SEQUENCES) >= 15


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.id)
def test_the_example_yields(row: Frame | Pattern) -> None:
    missing = set(row.yields) - relations(row.example)
    assert not missing, f"{row.example} gives {sorted(relations(row.example))}"


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.id)
def test_the_counter_example_does_not(row: Frame | Pattern) -> None:
    assert row.counter
    assert not [r for r in relations(row.counter) if f" {row.property} " in r]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('[[frame]]\nid = "x"\n', "no "),
        ('[[frame]]\nid = "x"\nwhat = 1\n', "unknown key"),
        (
            '[[frame]]\nid="x"\ngroups=["create"]\nproperty="eats"\nfrom="agents"\nto="at"\n\n'
            'example="a"\nyields=[]\ncounter="b"\n',
            "'eats' is no property",
        ),
    ],
)
def test_a_bad_frame_is_refused(tmp_path: Path, body: str, why: str) -> None:
    path = tmp_path / "frames.toml"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(DataError, match=why):
        load_frames(path, frozenset({"create"}))


def test_a_bad_sequence_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sequences.toml"
    path.write_text('[[sequence]]\nid="x"\nproperty="partOf"\npattern="{a:Dragon}"\n', encoding="utf-8")
    with pytest.raises(DataError, match="Dragon"):
        Sequences(path)
