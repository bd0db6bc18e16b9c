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


GOOD = {
    "frame": """[[frame]]
id = "x"
groups = ["create"]
property = "partOf"
from = "agents"
to = "at"
example = "a"
yields = []
counter = "b"
""",
    "sequence": """[[sequence]]
id = "x"
property = "partOf"
pattern = "{a:Fund} '旗下' {b:Fund}"
example = "a"
yields = []
counter = "b"
""",
}


def load(kind: str, *paths: Path) -> None:
    if kind == "frame":
        load_frames(paths, frozenset({"create", "issue"}))
    else:
        Sequences(paths)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_row_is_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD[kind], encoding="utf-8-sig")
    load(kind, path)


@pytest.mark.parametrize(
    ("kind", "old", "new", "line", "why"),
    [
        ("frame", 'counter = "b"', "", 1, "frame x: no counter"),
        ("frame", 'to = "at"', 'to = "at"\nwhat = 1', 7, "unknown key what; known are counter, example"),
        ("frame", '"partOf"', '"eats"', 4, "'eats' is no property; known are locatedIn"),
        ("frame", '"agents"', '"agent"', 5, "'agent' is no role; known are agents"),
        (
            "frame",
            '["create"]',
            '["crate"]',
            3,
            "'crate' is no group of triggers.tsv; known are create, issue",
        ),
        ("frame", '["create"]', '"create"', 3, "groups is a list of texts"),
        ("frame", '["create"]', "[]", 3, "names no group"),
        ("frame", 'to = "at"', 'to = "at"\nto_classes = ["Dragon"]', 7, "'Dragon' is no class"),
        ("frame", 'to = "at"', 'to = "at"\nwhen = "never"', 7, "'never' is no condition"),
        ("frame", '"x"', '"x+y"', 2, "an id is letters"),
        ("frame", '"x"', "7", 2, "id is a text in quotes"),
        ("frame", 'to = "at"', "to = at", 6, "no TOML"),
        ("frame", "[[frame]]", "[[frames]]", 1, "'frames' is unknown here; write \\[\\[frame"),
        ("frame", "[[frame]]", "[frame]", 1, "'frame' is unknown here"),
        ("sequence", "Fund} '", "Dragon} '", 4, "'Dragon' is no class and no kind of item"),
        ("sequence", "{a:Fund}", "{a:Fund", 4, "cannot read"),
        ("sequence", "{a:Fund}", "[{a:Fund}", 4, "not well formed"),
        ("sequence", "{a:Fund}", "{c:Fund}", 4, "one slot {a:…} and one slot {b:…}"),
        ("sequence", "{a:Fund}", "{b:Fund}", 4, "not well formed"),
        ("sequence", '"partOf"', '"eats"', 3, "'eats' is no property"),
        ("sequence", 'counter = "b"', "", 1, "sequence x: no counter"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, kind: str, old: str, new: str, line: int, why: str) -> None:
    path = tmp_path / "own.toml"
    assert GOOD[kind].count(old) == 1
    path.write_text(GOOD[kind].replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=why) as error:
        load(kind, path)
    assert (error.value.path, error.value.line) == (str(path), line)


@pytest.mark.parametrize("kind", GOOD)
def test_one_id_stands_once_in_all_files(tmp_path: Path, kind: str) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(GOOD[kind], encoding="utf-8")
    two.write_text("# mine\n" + GOOD[kind], encoding="utf-8")
    with pytest.raises(DataError, match=r"one\.toml:1 already") as error:
        load(kind, one, two)
    assert error.value.line == 3
