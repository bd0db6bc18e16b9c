"""The documents that show commands and what they print: run them, compare, or write them anew.

``python -m tests.docs.blocks`` replaces the outputs in both READMEs, and in the page on own words, by those of the commands. Blocks are

- ``console``: lines ``$ command`` and what each prints; a line ``…`` stands for any number of lines;
- ``python`` with a following ``text`` block: what the snippet prints;
- ``turtle``: each paragraph is one of graph.ttl, found again by its first line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", ROOT / "README.zh.md")
#: Pages of which only some blocks are commands.
OTHERS = (ROOT / "docs" / "lexicon.md", ROOT / "docs" / "exchange.md", ROOT / "docs" / "python.md")
GRAPH = Path("output/examples/graph.ttl")

_BLOCK = re.compile(r"^```(console|python|text|turtle)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, its body and where the body stands in the page."""

    language: str
    body: str
    start: int
    end: int


def blocks(page: str) -> list[Block]:
    """Return the blocks of a page that this module knows.

    >>> [b.language for b in blocks("```console\\n$ kg --version\\n```\\n")]
    ['console']
    """
    return [Block(m.group(1), m.group(2), *m.span(2)) for m in _BLOCK.finditer(page)]


def commands(body: str) -> Iterator[tuple[str, str]]:
    r"""Split a console block into commands, which end when their quotes do, and what they print.

    >>> list(commands("$ a 'b\nc'\nout\n$ d\n"))
    [("a 'b\nc'", 'out\n'), ('d', '')]
    """
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        count = 1
        while "".join(lines[:count]).count("'") % 2:
            count += 1
        yield "".join(lines[:count]).rstrip("\n"), "".join(lines[count:])


def workplace() -> Path:
    """Make a folder as a fresh checkout would be for the commands: the examples, no output."""
    place = Path(tempfile.mkdtemp(prefix="kg-docs-"))
    shutil.copytree(ROOT / "examples", place / "examples")
    return place


def run(command: str, place: Path) -> str:
    """Run a command as bash would and return what it prints; raise on failure."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=place,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command}\nexits {done.returncode}: {done.stderr}")
    return done.stdout


def agrees(shown: str, printed: str) -> bool:
    r"""Whether a page shows what a command prints, ``…`` lines standing for any lines.

    >>> agrees("a\n…\nd\n", "a\nb\nc\nd\n"), agrees("a\n", "b\n")
    (True, False)
    """
    parts = [re.escape(part) for part in re.split(r"^…\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(parts), printed) is not None


def outputs(page: str, place: Path) -> Iterator[tuple[Block, str]]:
    """Yield each block that shows a result, with the result as it is now."""
    snippet = ""
    for block in blocks(page):
        if block.language == "console":
            now = ""
            for command, shown in commands(block.body):
                now += f"$ {command}\n" + _elided(shown, run(command, place))
            yield block, now
        elif block.language == "python":
            snippet = block.body
        elif block.language == "text" and snippet:
            (place / "snippet.py").write_text(snippet, encoding="utf-8")
            yield block, run("python snippet.py", place)
            snippet = ""
        elif block.language == "turtle":
            yield block, _paragraphs(block.body, (place / GRAPH).read_text(encoding="utf-8"))


def _elided(shown: str, printed: str) -> str:
    """What is printed, shortened where the page shortens it."""
    if agrees(shown, printed) or not re.search(r"^…$", shown, re.MULTILINE):
        return shown if agrees(shown, printed) else printed
    head = shown.partition("…\n")[0].count("\n")
    tail = shown.rpartition("…\n")[2].count("\n")
    lines = printed.splitlines(keepends=True)
    if head + tail >= len(lines):
        return printed
    return "".join([*lines[:head], "…\n", *lines[len(lines) - tail :]])


def _paragraphs(shown: str, graph: str) -> str:
    known = {p.partition("\n")[0]: p for p in graph.strip().split("\n\n")}
    missing = [first for p in shown.strip().split("\n\n") if (first := p.partition("\n")[0]) not in known]
    if missing:
        raise AssertionError(f"graph.ttl has no paragraph that begins {missing[0]!r}")
    return "\n\n".join(known[p.partition("\n")[0]] for p in shown.strip().split("\n\n")) + "\n"


def refreshed(page: str, place: Path) -> str:
    """Return the page with the outputs of now."""
    for block, now in reversed(list(outputs(page, place))):
        page = page[: block.start] + now + page[block.end :]
    return page


def main() -> None:
    """Write the outputs in the pages anew."""
    for path in (*PAGES, *OTHERS):
        place = workplace()
        page = path.read_text(encoding="utf-8")
        path.write_text(refreshed(page, place), encoding="utf-8", newline="\n")
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
