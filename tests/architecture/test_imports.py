"""Dependencies point one way, and each library has one door: read off the imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Modules and packages of kg/, each importing only those before it.
ORDER = (
    # values and words
    *("model", "errors", "tables", "lexicon", "confidence", "automaton"),
    # from a file to a graph
    *("read", "segment", "recognize", "link", "extract", "identity", "aliases", "replay"),
    *("assemble", "pipeline"),
    *("own", "unplaced"),
    # RDF
    *("rdf", "ontology", "export", "check", "syntax", "search", "store", "across", "questions"),
    *("results", "query", "find"),
    # the page
    "view",
    # a build and what looks at it
    *(
        "folder",
        "cache",
        "summary",
        "review",
        "part",
        "ledger",
        "remote",
        "cluster",
        "engine",
        "work",
        "outputs",
        "dataset",
        "corpus",
        "kept",
    ),
    *("explain", "diff", "publish"),
    *("doubles", "report", "mine", "release"),
    *("gold", "claims", "causes", "score", "scorecard"),
    # the service, and what ``import kg`` shows
    *("serve", "api"),
    # the shell
    *("shell", "progress", "commands", "cli", "__main__"),
)
#: Library → the modules that may import it. One is the rule; a second stands here with its reason.
DOORS = {
    "ahocorasick_rs": {"automaton"},
    # a group of commands has a room of its own
    "click": {"cli", "commands/review"},
    "distributed": {"cluster"},
    "docx": {"read/docx"},
    "fsspec": {"remote"},
    "lxml": {"read/html"},
    "markdown_it": {"read/markdown"},
    "msgspec": {"cache"},
    # two formats of files, and the layout of the page
    "networkx": {"export/networks", "view/communities", "view/layout", "api"},
    "pandas": {"api"},
    "pyoxigraph": {"rdf"},
    # rdflib's own parser of updates, to tell an update from a fault
    "pyparsing": {"syntax"},
    "pypdfium2": {"read/pdf"},
    "pyvis": {"view/network"},
    # and what is given to users of Python, as networkx and pandas are
    "rdflib": {"syntax", "api"},
    "reasonable": {"export/inferred"},
    "rjieba": {"segment"},
    "shacl": {"check"},
    # the addresses, and what stands before them
    "starlette": {"serve/app", "serve/guard", "serve/headers", "serve/terms"},
    "trafilatura": {"read/html"},
    "uvicorn": {"serve/run"},
    "wcwidth": {"results"},
}
#: Distribution → what is imported, where the names differ.
IMPORTED_AS = {"ahocorasick-rs": "ahocorasick_rs", "markdown-it-py": "markdown_it", "python-docx": "docx"}
#: Dependencies that another one loads, or that comes with another one.
UNIMPORTED = {"lxml_html_clean": "trafilatura"}
UNDECLARED = {"pyparsing": "rdflib"}


@cache
def imports() -> dict[str, set[str]]:
    """Module → what it imports, anywhere in it: kg's own as kg.NAME, libraries by their name."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        module = path.relative_to(ROOT / "kg").with_suffix("").as_posix()
        found[module] = set(_imported(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _named(alias.name)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            whole = [f"kg.{a.name}" for a in node.names] if node.module == "kg" else [node.module or ""]
            for name in whole:
                yield from _named(name)


def _named(name: str) -> Iterator[str]:
    top, _, rest = name.partition(".")
    if top == "kg":
        yield f"kg.{rest.split('.')[0]}"
    elif top not in sys.stdlib_module_names:
        yield top


def test_every_module_has_a_place() -> None:
    units = {module.split("/")[0] for module in imports()} - {"__init__"}
    assert units == set(ORDER)


@pytest.mark.parametrize("unit", ORDER)
def test_imports_point_one_way(unit: str) -> None:
    below = {f"kg.{name}" for name in ORDER[: ORDER.index(unit)]} | {f"kg.{unit}", "kg.", "kg.__version__"}
    for module, names in imports().items():
        if module.split("/")[0] == unit:
            assert {n for n in names if n.startswith("kg.")} <= below, module


def test_values_know_no_library() -> None:
    assert imports()["model"] == set()
    assert imports()["errors"] == set()


def test_each_library_has_its_door() -> None:
    doors = defaultdict(set)
    for module, names in imports().items():
        for name in names:
            if not name.startswith("kg."):
                doors[name].add(module)
    assert dict(doors) == DOORS


def test_dependencies_are_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[<>=!~ \[]", d)[0] for d in project["dependencies"]}
    imported = {IMPORTED_AS.get(name, name) for name in named - UNIMPORTED.keys()}
    extras = project["optional-dependencies"].values()
    optional = {re.split(r"[<>=!~ \[]", d)[0] for some in extras for d in some}
    assert imported | optional == DOORS.keys() - UNDECLARED.keys()
    assert not imported & optional
