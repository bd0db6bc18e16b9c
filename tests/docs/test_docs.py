"""What the documents say is so: commands print it, links lead somewhere, every term is explained."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.lexicon import NEEDS
from kg.model import CLASSES, RELATIONS
from tests.docs import blocks, reference

DOCUMENTS = sorted([*blocks.ROOT.glob("*.md"), *(blocks.ROOT / "docs").rglob("*.md")])

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture
def place() -> Iterator[Path]:
    folder = blocks.workplace()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("path", blocks.PAGES, ids=lambda p: p.name)
def test_readme_shows_what_its_commands_print(path: Path, place: Path) -> None:
    page = path.read_text(encoding="utf-8")
    count = 0
    for block, now in blocks.outputs(page, place):
        assert block.body == now, "python -m tests.docs.blocks writes the outputs anew"
        count += 1
    assert count >= 6


def test_both_readmes_run_the_same() -> None:
    ours, theirs = (
        [
            command
            for block in blocks.blocks(path.read_text(encoding="utf-8"))
            if block.language == "console"
            for command, _ in blocks.commands(block.body)
        ]
        for path in blocks.PAGES
    )
    assert ours == theirs


def test_make_targets_of_the_readmes_exist() -> None:
    makefile = (blocks.ROOT / "Makefile").read_text(encoding="utf-8")
    for path in blocks.PAGES:
        targets = set(re.findall(r"\bmake (\w+)", path.read_text(encoding="utf-8")))
        assert {"demo", "test"} <= targets
        assert {t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(blocks.ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = _LINK.findall(path.read_text(encoding="utf-8"))
    inside = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in inside if not (path.parent / link).exists()] == []


def test_every_decision_that_code_names_is_written() -> None:
    sources = [p for folder in ("kg", "docs", "ontology") for p in (blocks.ROOT / folder).rglob("*.*")]
    named = {
        name
        for source in sources
        if source.suffix in (".py", ".md", ".ttl")
        for name in re.findall(r"docs/decisions/[\w-]+\.md", source.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if not (blocks.ROOT / name).exists()] == []


def test_ontology_page_is_that_of_the_ontology() -> None:
    graph = reference.load()
    listed = [name for _, _, names in reference.SECTIONS for name in names]
    assert sorted(listed) == sorted(reference.terms(graph)), "tests/docs/reference.py lists every term once"
    assert set(CLASSES) | set(RELATIONS) <= set(listed)
    assert reference.PAGE.read_text(encoding="utf-8") == reference.render(graph), (
        "python -m tests.docs.reference writes the page anew"
    )


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        ("a\n", "a\n", True),
        ("…\nz\n", "a\nb\nz\n", True),
        ("a\n…\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\nz\n", "b\nz\n", False),
    ],
)
def test_elision(shown: str, printed: str, right: bool) -> None:
    assert blocks.agrees(shown, printed) is right


def test_confidence_page_shows_what_was_measured() -> None:
    page = reference.BANDS.read_text(encoding="utf-8")
    assert page == reference.confidence(page), "python -m tests.docs.reference writes the tables anew"


def test_own_words_example_shows_what_its_commands_print(place: Path) -> None:
    count = 0
    for block, now in blocks.outputs(reference.WORDS.read_text(encoding="utf-8"), place):
        assert block.body == now, "python -m tests.docs.blocks writes the outputs anew"
        count += block.body.count("\n$ ") + 1
    assert count >= 6


def test_lexicon_page_describes_every_table_pattern_need_and_role() -> None:
    page = reference.WORDS.read_text(encoding="utf-8")
    assert page == reference.tables(page), "python -m tests.docs.reference writes the tables anew"
    roles = {
        line.split("\t")[1]
        for line in (blocks.ROOT / "ontology/lexicon/fact_words.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#") and line != "word\trole"
    }
    patterns = {path.name for path in (blocks.ROOT / "ontology" / "patterns").glob("*.toml")}
    named = set(re.findall(r"`([\w.-]+)`", page))
    missing = (roles | patterns | set(NEEDS)) - named
    assert missing == set(), "docs/lexicon.md explains every need, role and file of patterns"
