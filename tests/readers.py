"""Four readers of Turtle that share no code: what one wrote, the others must read alike."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import rdflib

from tests.tools import need

_N3 = """
const { Parser, Writer } = require(process.argv[1]);
const text = require("fs").readFileSync(process.argv[2], "utf8");
const writer = new Writer({ format: "N-Triples" });
writer.addQuads(new Parser({ format: "text/turtle" }).parse(text));
writer.end((error, result) => { if (error) throw error; process.stdout.write(result); });
"""


def by_pyoxigraph(path: Path) -> frozenset[str]:
    return frozenset(
        str(quad.triple) for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    )


def by_rdflib(path: Path) -> frozenset[str]:
    return _canonical(rdflib.Graph().parse(path, format="turtle").serialize(format="nt").encode())


def by_rapper(path: Path) -> frozenset[str]:
    command = [str(need("rapper")), "--quiet", "--input", "turtle", "--output", "ntriples", str(path)]
    return _canonical(_output(command))


def by_n3(path: Path) -> frozenset[str]:
    return _canonical(_output([str(need("node")), "-e", _N3, str(need("n3")), str(path)]))


def _output(command: list[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout


def _canonical(triples: bytes) -> frozenset[str]:
    """N-Triples of any writer, its escapes undone."""
    return frozenset(
        str(quad.triple) for quad in pyoxigraph.parse(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    )


READERS: dict[str, Callable[[Path], frozenset[str]]] = {
    "pyoxigraph": by_pyoxigraph,
    "rdflib": by_rdflib,
    "rapper": by_rapper,
    "n3": by_n3,
}
