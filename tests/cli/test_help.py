"""The help is complete, short at the top, and the same as the documentation."""

from __future__ import annotations

import pytest

from kg.cli import cli
from kg.export import FORMATS
from tests.cli.commands import PAGE, page
from tests.cli.shell import kg

COMMANDS = [
    "build",
    "check",
    "diff",
    "explain",
    "export",
    "lexicon",
    "mine",
    "ontology",
    "publish",
    "query",
    "report",
    "review",
    "score",
    "search",
    "serve",
    "view",
]


def test_the_help_lists_every_command() -> None:
    assert sorted(cli.commands) == COMMANDS
    said = kg("--help").out
    for name in COMMANDS:
        assert f"\n  {name} " in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_a_help(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"{name} {parameter.opts}"
    assert kg(name, "--help").out.startswith(f"Usage: kg {name} ")


def test_the_documentation_is_the_help() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


def test_the_help_of_export_names_the_formats() -> None:
    said = kg("export", "--help").out
    for name in FORMATS:
        assert name in said
