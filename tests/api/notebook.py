"""Write examples/graph.ipynb anew with what its cells give now: ``python -m tests.api.notebook``."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

PATH = Path(__file__).resolve().parents[2] / "examples" / "graph.ipynb"


def main() -> None:
    """Run the cells and keep their outputs, and of the rest nothing that changes from run to run."""
    book = nbformat.read(PATH, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(PATH.parent)}}).execute()
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number}"
        cell.metadata = {}
    book.metadata = {"kernelspec": book.metadata["kernelspec"]}
    nbformat.write(book, PATH)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
