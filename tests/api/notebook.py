"""Write examples/graph.ipynb anew with what its cells give now: ``python -m tests.api.notebook``."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

PATH = Path(__file__).resolve().parents[2] / "examples" / "graph.ipynb"


def joined(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """The outputs with the pieces of a stream together: where it is cut depends on the kernel's timing."""
    whole: list[nbformat.NotebookNode] = []
    for output in outputs:
        last = whole[-1] if whole else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last["text"] += output.text
        else:
            whole.append(nbformat.from_dict(output))  # type: ignore[no-untyped-call]
    return whole


def main() -> None:
    """Run the cells and keep their outputs, and of the rest nothing that changes from run to run."""
    book = nbformat.read(PATH, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(PATH.parent)}}).execute()
    for number, cell in enumerate(book.cells):
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
        cell["id"] = f"cell-{number}"
        cell.metadata = {}
    book.metadata = {"kernelspec": book.metadata["kernelspec"]}
    nbformat.write(book, PATH)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
