"""Write docs/commands.md from what ``--help`` says: ``python -m tests.cli.commands``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import cli

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
HEAD = """\
# Commands

Written from `kg COMMAND --help` by `make docs`; a test holds it to that.

Exit codes: 0, done; 1, an input was not read, a quote does not match its text, a check failed, or nothing was found; 2, wrong usage.
"""


def page() -> str:
    """The page as it should be."""
    context = _context(cli, "kg", None)
    sections = [_section(cli, context)]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        own = _context(command, name, context)
        sections.append(_section(command, own))
        if isinstance(command, click.Group):
            for sub, inner in sorted(command.commands.items()):
                sections.append(_section(inner, _context(inner, sub, own)))
    return "\n".join([HEAD, *sections])


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    # As wide as a terminal of 100 columns, wherever this runs.
    width: dict[str, Any] = {"terminal_width": 100, "max_content_width": 100}
    return click.Context(command, info_name=name, parent=parent, **width, **command.context_settings)


def _section(command: click.Command, context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
