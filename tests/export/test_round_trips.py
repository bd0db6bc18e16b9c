"""There and back: what is written, read by the other side's own program, is the same again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest

from kg.export import FORMATS, evidence_triples, graph_triples, write
from kg.export.datasets import named_graphs, quads
from kg.export.networks import network, nodes
from kg.export.triples import identity_triples
from kg.model import Graph
from kg.rdf import Quad
from tests.fixtures_graph import hostile_graph, sample_graph
from tests.review.made import reviewed_graph
from tests.tools import need

BASE = "https://w3id.org/policykg/"
GRAPHS = {
    "sample": sample_graph(),
    "hostile": hostile_graph(),
    "empty": Graph(),
    "reviewed": reviewed_graph(),
}
#: Our format → its name for rapper, and for N3.js; "" where that reads none of it.
NAMES = {
    "nt": ("ntriples", "N-Triples"),
    "rdfxml": ("rdfxml", ""),
    "nq": ("nquads", "N-Quads"),
    "trig": ("trig", "TriG"),
}


def expected(graph: Graph, format_: str, evidence: bool) -> set[str]:
    """The quads of a file of ours."""
    if format_ in ("nq", "trig"):
        default = {*([] if evidence else graph_triples(graph)), *identity_triples(graph)}
        return set(map(str, quads(default, named_graphs(graph, BASE, evidence=evidence))))
    triples = (evidence_triples if evidence else graph_triples)(graph)
    return {str(Quad(t.subject, t.predicate, t.object)) for t in triples}


def output(*command: str | Path) -> bytes:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def read(text: bytes) -> set[str]:
    return {str(q) for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)}


def without_graph(quads_: set[str]) -> set[str]:
    parsed = pyoxigraph.parse("\n".join(f"{q} ." for q in quads_), format=pyoxigraph.RdfFormat.N_QUADS)
    return {str(q.triple) for q in parsed}


@pytest.mark.parametrize("evidence", [False, True], ids=["graph", "evidence"])
@pytest.mark.parametrize("format_", [f for f, (_, theirs) in NAMES.items() if theirs])
@pytest.mark.parametrize("name", GRAPHS)
def test_n3_reads_what_was_written(name: str, format_: str, evidence: bool, tmp_path: Path) -> None:
    path = tmp_path / f"x.{FORMATS[format_].suffix}"
    write(GRAPHS[name], path, format_, evidence=evidence)
    script = Path(__file__).with_name("quads.cjs")
    found = read(output(need("node"), script, need("n3"), path, NAMES[format_][1]))
    assert found == expected(GRAPHS[name], format_, evidence)


@pytest.mark.parametrize("evidence", [False, True], ids=["graph", "evidence"])
@pytest.mark.parametrize("format_", NAMES)
@pytest.mark.parametrize("name", GRAPHS)
def test_rapper_reads_what_was_written(name: str, format_: str, evidence: bool, tmp_path: Path) -> None:
    """rapper writes triples: of a dataset the graphs together."""
    path = tmp_path / f"x.{FORMATS[format_].suffix}"
    write(GRAPHS[name], path, format_, evidence=evidence)
    options = ("--quiet", "--input", NAMES[format_][0], "--output", "ntriples")
    found = without_graph(read(output(need("rapper"), *options, path)))
    assert found == without_graph(expected(GRAPHS[name], format_, evidence))


def _said(graph: Any) -> tuple[dict[str, Any], list[tuple[str, str, dict[str, Any]]]]:
    found = {
        str(node): {k: str(v) for k, v in data.items() if v != ""} for node, data in graph.nodes(data=True)
    }
    edges = [
        (str(s), str(o), {k: str(v) for k, v in data.items() if v != ""})
        for s, o, data in graph.edges(data=True)
    ]
    return found, sorted(edges, key=str)


@pytest.mark.parametrize("name", GRAPHS)
def test_networkx_reads_its_graphml_and_json_back(name: str, tmp_path: Path) -> None:
    wanted = _said(network(GRAPHS[name], BASE))
    write(GRAPHS[name], tmp_path / "x.graphml", "graphml")
    again = networkx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert _said(again) == _lines_kept(wanted)
    write(GRAPHS[name], tmp_path / "x.cyjs", "cyjs")
    told = json.loads((tmp_path / "x.cyjs").read_text(encoding="utf-8"))
    found, edges = _said(networkx.cytoscape_graph(told))
    for data in found.values():
        assert data.pop("name") == data["label"]
        del data["id"], data["value"]
    for _, _, data in edges:
        for key in ("source", "target", "key"):
            data.pop(key, None)
    assert (found, edges) == wanted


def _lines_kept(said: tuple[dict[str, Any], Any]) -> tuple[dict[str, Any], Any]:
    """XML makes a line end of every kind a line feed."""
    return json.loads(json.dumps(said[0]).replace("\\r", "\\n")), said[1]


@pytest.mark.parametrize("name", GRAPHS)
def test_networkx_reads_gexf_back(name: str, tmp_path: Path) -> None:
    write(GRAPHS[name], tmp_path / "x.gexf", "gexf")
    again = networkx.read_gexf(tmp_path / "x.gexf", version="1.3")
    rows = {row["id"]: row for row in nodes(GRAPHS[name], BASE)}
    assert set(again.nodes) == set(rows)
    for node, data in again.nodes(data=True):
        for key in ("class", "status", "date", "start", "end"):
            assert str(data.get(key, "")) == rows[node][key]
        assert float(data.get("amount", 0)) == float(rows[node]["amount"] or 0)
    assert again.number_of_edges() == network(GRAPHS[name], BASE).number_of_edges()
