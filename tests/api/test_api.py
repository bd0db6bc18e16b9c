"""policykg from Python: what a user types, and that it is typed for him."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import nbformat
import networkx
import pytest
import rdflib
from mypy import api as mypy

import kg
from kg.errors import InputError, QueryError, UsageError
from tests.api.notebook import joined
from tests.cli.shell import ARTICLE, SECOND

ROOT = Path(__file__).resolve().parents[2]
NAMES = "SELECT ?name ?amount { ?f a kgo:Fund ; skos:prefLabel ?name OPTIONAL { ?f kgo:amount ?amount } } ORDER BY ?name"
FUND = "https://w3id.org/policykg/id/fund/云川数谷文化基金"


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build(texts={"article": ARTICLE, "notes/second": SECOND})


def test_importing_loads_nothing_of_ours() -> None:
    code = "import sys; before = set(sys.modules); import kg; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names
    assert loaded == {"kg"}
    assert not [name for name in done.stdout.split() if name.startswith("kg.")]


def test_the_names_are_there_and_no_others() -> None:
    assert set(dir(kg)) == {"KnowledgeGraph", "Rows", "__version__", "build", "load", "read"}
    for name in dir(kg):
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        _ = getattr(kg, "guess")  # noqa: B009


def test_read_gives_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        "\n".join(json.dumps({"id": i, "text": SECOND}) for i in "xy"), encoding="utf-8"
    )
    documents = kg.read(tmp_path, date="2024")
    assert [(d.id, d.date) for d in documents] == [("a", "2024"), ("x", "2024"), ("y", "2024")]
    assert documents[0].text.startswith("云川数谷建设提速\n")
    with pytest.raises(InputError):
        kg.read(tmp_path / "nothing.txt")


def test_read_is_the_package_of_readers_too() -> None:
    code = "import kg.read, kg; from kg.read import discover; print(kg.read.discover is discover, len(kg.read('x.txt')))"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("x.txt", str(ROOT / "examples" / "policy.md"))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True 1\n"


def test_build_of_texts(graph: kg.KnowledgeGraph) -> None:
    assert [d.id for d in graph.documents] == ["article", "notes/second"]
    assert repr(graph).startswith("<KnowledgeGraph: 2 documents, ")
    assert len(graph.entities) == sum(graph.report["counts"]["entities"].values())
    assert any(s.predicate == "issuedBy" for s in graph.statements)
    assert not graph.problems
    assert not graph.unread
    assert graph.page.is_file()


def test_the_same_bytes_as_the_command(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    from tests.cli.shell import kg as command

    (tmp_path / "in" / "notes").mkdir(parents=True)
    (tmp_path / "in" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "in" / "notes" / "second.txt").write_text(SECOND, encoding="utf-8")
    assert command("build", tmp_path / "in", "--out", tmp_path / "out", "-q").code == 0
    for name in ("graph.ttl", "evidence.ttl", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (graph.folder / name).read_bytes()


def test_query_gives_values(graph: kg.KnowledgeGraph) -> None:
    rows = graph.query(NAMES)
    assert rows.columns == ("name", "amount")
    assert list(rows) == [("“丹霞”基金", None), ("云川数谷文化基金", Decimal("6000000000"))]
    assert rows[1] == rows[1:][0]
    assert rows.to_dicts()[0] == {"name": "“丹霞”基金", "amount": None}
    assert str(rows).splitlines()[0].split() == ["name", "amount"]
    assert rows.text("csv").splitlines()[0] == "name,amount"
    assert graph.query("SELECT (COUNT(*) AS ?n) { ?f a kgo:Fund }")[0] == (2,)
    assert graph.query("SELECT ?f { ?f skos:prefLabel '云川数谷文化基金'@zh }")[0] == (FUND,)


def test_query_asks_constructs_and_takes_named_questions(graph: kg.KnowledgeGraph) -> None:
    assert graph.query("ASK { ?f a kgo:Fund }")
    assert not graph.query("ASK { ?f a kgo:Novel }")
    assert not graph.query("SELECT ?f { ?f a kgo:Novel }")
    triples = graph.query("CONSTRUCT { ?f kgo:amount ?a } WHERE { ?f kgo:amount ?a }")
    assert list(triples) == [(FUND, "https://w3id.org/policykg/ontology#amount", Decimal("6000000000.0"))]
    assert "云川省人民政府" in str(graph.query("neighbourhood", name="“丹霞”基金"))
    with pytest.raises(QueryError, match="line 1"):
        graph.query("SELECT ?x {")


def test_query_gives_a_data_frame(graph: kg.KnowledgeGraph) -> None:
    frame = graph.query(NAMES).to_pandas()
    assert list(frame.columns) == ["name", "amount"]
    assert frame["amount"].dropna().sum() == 6_000_000_000
    assert graph.query("SELECT ?f { ?f a kgo:Novel }").to_pandas().empty


def test_networkx_and_rdflib_hold_the_same(graph: kg.KnowledgeGraph) -> None:
    network, triples = graph.to_networkx(), graph.to_rdflib()
    kgo = rdflib.Namespace("https://w3id.org/policykg/ontology#")
    assert isinstance(network, networkx.MultiDiGraph)
    assert len(network) == len(graph.entities)
    for source, target, relation in network.edges(keys=True):
        assert (rdflib.URIRef(source), kgo[relation], rdflib.URIRef(target)) in triples
    assert network.nodes[FUND]["label"] == "云川数谷文化基金"
    both = graph.to_rdflib(evidence=True)
    assert set(triples) < set(both)
    assert (None, rdflib.RDF.type, kgo.Statement) in both


def test_export_save_and_load(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    (written,) = graph.export("jsonld", tmp_path / "x.jsonld")
    assert json.loads(written.read_text(encoding="utf-8"))["graph"]
    assert graph.export("ttl") == [graph.folder / "graph.ttl"]
    saved = graph.save(tmp_path / "kept")
    assert kg.load(str(tmp_path / "kept")).query(NAMES).rows == graph.query(NAMES).rows
    assert saved.model == graph.model
    assert {graph.iri(e.key) for e in saved.entities} >= {FUND}
    with pytest.raises(UsageError, match="something already"):
        graph.save(tmp_path / "kept")
    with pytest.raises(UsageError, match="no build is there"):
        kg.load(tmp_path / "nothing")


def test_a_build_of_its_own_goes_with_its_object(tmp_path: Path) -> None:
    graph = kg.build(texts={"a": SECOND})
    folder = graph.folder
    assert folder.is_dir()
    del graph
    gc.collect()
    assert not folder.exists()
    kept = kg.build(texts={"a": SECOND}, out=tmp_path / "out", base="https://a.example/")
    del kept
    gc.collect()
    assert kg.load(tmp_path / "out").base == "https://a.example/"


def test_options_are_those_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
    first = kg.build(tmp_path / "a.txt", out=tmp_path / "out", title="标题", date="2024", source="云川日报")
    assert [(d.title, d.date, d.source) for d in first.documents] == [("标题", "2024", "云川日报")]
    both = kg.build(tmp_path / "b.txt", out=tmp_path / "out", add=True, min_confidence="sure")
    assert len(both.documents) == 2
    assert len(both.statements) < len(kg.build(tmp_path).statements)


def test_what_cannot_be_built_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"  # the machine's own is shared with tests that run beside this one
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with pytest.raises(InputError, match=r"nothing\.txt"):
        kg.build(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="no input"):
        kg.build()
    with pytest.raises(UsageError, match="cannot be the id"):
        kg.build(texts={"../up": SECOND})
    partly = kg.build(tmp_path / "nothing.txt", texts={"a": SECOND})
    assert len(partly.unread) == 1
    assert partly.folder.parent == scratch
    assert list(scratch.iterdir()) == [partly.folder]


#: What a user writes → what mypy --strict says of it, empty when it is right.
TYPED = [
    ("for d in kg.read('a.txt', date='2024'):\n    print(d.text.upper())", ""),
    (
        "graph = kg.build('a.txt', texts={'b': '…'})\nrows = graph.query('overview')\nprint(rows.to_dicts()[0]['n'])",
        "",
    ),
    ("kg.load('out').to_networkx().nodes\nkg.load('out').to_rdflib().serialize()", ""),
    ("kg.read('a.txt', dat='2024')", 'Unexpected keyword argument "dat"'),
    ("kg.build('a.txt').query(1)", "incompatible type"),
    ("kg.build('a.txt').kwery", "has no attribute"),
    ("x: int = kg.load('out').query('overview')", "Incompatible types"),
]


def test_it_is_typed_for_its_users(tmp_path: Path) -> None:
    for number, (code, _) in enumerate(TYPED):
        (tmp_path / f"use{number}.py").write_text(f"import kg\n\n{code}\n", encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n", encoding="utf-8")
    said, errors, _ = mypy.run(
        [
            "--config-file",
            str(tmp_path / "mypy.ini"),
            "--follow-imports=silent",
            f"--cache-dir={tmp_path}",
            str(tmp_path),
        ]
    )
    assert errors == ""
    for number, (_, words) in enumerate(TYPED):
        lines = [line for line in said.splitlines() if f"use{number}.py" in line]
        assert bool(lines) == bool(words), (number, said)
        assert not words or any(words in line for line in lines), (number, said)


@pytest.mark.filterwarnings("ignore")  # of the notebook's own machinery
def test_the_notebook_runs_and_shows_what_it_stored(tmp_path: Path) -> None:
    from nbclient import NotebookClient

    path = ROOT / "examples" / "graph.ipynb"
    stored = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    fresh = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    NotebookClient(fresh, timeout=120, resources={"metadata": {"path": str(ROOT / "examples")}}).execute()
    shown, now = ([_shown(cell) for cell in book.cells] for book in (stored, fresh))
    assert shown == now, "python -m tests.api.notebook runs the notebook anew"
    assert sum(bool(texts) for texts in now) >= 5


def _shown(cell: nbformat.NotebookNode) -> list[str]:
    return [
        output.get("text") or output["data"]["text/plain"]
        for output in joined(cell.get("outputs", []))
        if output["output_type"] != "error"
    ]
