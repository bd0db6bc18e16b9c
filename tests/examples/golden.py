"""The graphs of the examples as golden files: ``python -m tests.examples.golden`` writes them anew.

Read the difference before you commit it: every line of it is a statement that the graph makes or takes back.
"""

from __future__ import annotations

from pathlib import Path

from kg.export import write
from kg.pipeline import assemble, read_document
from kg.read import discover, read
from tests.reading import resources

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = tuple(sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".txt", ".md", ".html")))
GOLDEN = Path(__file__).parent / "golden"


def turtle(example: Path, folder: Path) -> str:
    """graph.ttl of one example."""
    (source,) = discover([example])
    path = folder / f"{example.stem}.ttl"
    write(assemble([read_document(read(source), resources())]), path)
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for example in EXAMPLES:
        turtle(example, GOLDEN)
