"""The description of a build: its counts are those that a store counts, its sums those of the files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, PROV, VOID

import kg
from kg.errors import UsageError
from kg.publish import publish
from tests.cli.shell import ARTICLE, SECOND
from tests.cli.shell import kg as command
from tests.publish.conftest import Store, oxigraph  # noqa: F401  # a fixture

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Namespace("https://schema.org/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
KGO = Namespace("https://w3id.org/policykg/ontology#")
NAME = URIRef("https://w3id.org/policykg/graph/六月")
CC = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("dataset")
    (root / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (root / "b.txt").write_text(SECOND, encoding="utf-8")
    done = command("build", root / "a.txt", root / "b.txt", "--out", root / "六月", "--date", "2024-07", "-q")
    assert done.code == 0
    return root / "六月"


@pytest.fixture(scope="module")
def told(folder: Path) -> Graph:
    done = command("export", folder, "-f", "void", "--license", CC)
    assert done.out == f"{folder / 'void.ttl'}\n"
    return Graph().parse(folder / "void.ttl")


#: Property of the description → the query that counts it in the two files.
COUNTS = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    VOID.classes: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
    VOID.entities: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }",
    VOID.documents: f"SELECT (COUNT(*) AS ?n) {{ ?s a <{KGO.Document}> }}",
}


@pytest.fixture(scope="module")
def store(folder: Path) -> pyoxigraph.Store:
    made = pyoxigraph.Store()
    for name in ("graph.ttl", "evidence.ttl"):
        made.load(path=folder / name, format=pyoxigraph.RdfFormat.TURTLE)
    return made


def counted(store: pyoxigraph.Store, query: str) -> int:
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return int(next(iter(solutions))["n"].value)


@pytest.mark.parametrize("name", COUNTS, ids=lambda n: n.rpartition("#")[2])
def test_the_counts_are_those_of_a_store(name: URIRef, told: Graph, store: pyoxigraph.Store) -> None:
    assert told.value(NAME, name) == Literal(counted(store, COUNTS[name]))


def test_the_partitions_are_counted_too(told: Graph, store: pyoxigraph.Store) -> None:
    parts = {p: told.value(p, VOID.property) for p in told.objects(NAME, VOID.propertyPartition)}
    assert len(parts) == int(str(told.value(NAME, VOID.properties)))
    for part, name in parts.items():
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s <{name}> ?o }}"
        assert told.value(part, VOID.triples) == Literal(counted(store, query))
    for part in told.objects(NAME, VOID.classPartition):
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s a <{told.value(part, VOID['class'])}> }}"
        assert told.value(part, VOID.entities) == Literal(counted(store, query))


def test_it_says_what_whose_and_whence(folder: Path, told: Graph) -> None:
    assert {VOID.Dataset, DCAT.Dataset} == set(told.objects(NAME, RDF.type))
    assert told.value(NAME, DCTERMS.license) == URIRef(CC)
    assert {o.language for o in told.objects(NAME, DCTERMS.description) if isinstance(o, Literal)} == {
        "zh",
        "en",
    }
    sources = set(told.objects(NAME, DCTERMS.source))
    assert {str(told.value(source, DCTERMS.identifier)) for source in sources} == {"a", "b"}
    (period,) = told.objects(NAME, DCTERMS.temporal)
    assert str(told.value(period, DCAT.startDate)) == str(told.value(period, DCAT.endDate)) == "2024-07"
    for example in told.objects(NAME, VOID.exampleResource):
        assert str(example).startswith(str(told.value(NAME, VOID.uriSpace)))


def test_the_sums_are_those_of_the_files(folder: Path, told: Graph) -> None:
    files = {str(told.value(d, DCTERMS.title)): d for d in told.objects(NAME, DCAT.distribution)}
    assert set(files) == {"graph.ttl", "evidence.ttl"}
    for name, node in files.items():
        content = (folder / name).read_bytes()
        assert told.value(node, DCAT.byteSize) == Literal(len(content))
        sum_ = told.value(told.value(node, SPDX.checksum), SPDX.checksumValue)
        assert str(sum_) == hashlib.sha256(content).hexdigest()


def test_it_says_how_it_was_made(told: Graph) -> None:
    run = told.value(NAME, PROV.wasGeneratedBy)
    said = {
        str(told.value(p, SCHEMA.name)): str(told.value(p, SCHEMA.value))
        for p in told.objects(run, SCHEMA.additionalProperty)
    }
    assert said["minConfidence"] == "0"
    assert said["base"] == "https://w3id.org/policykg/"
    assert said["version-policykg"] == kg.__version__
    assert said["shaclFindings"] == "0"


def test_the_same_build_is_described_by_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / folder.name
    inputs = (folder.parent / "a.txt", folder.parent / "b.txt")
    for _ in range(2):  # the second time from what was kept
        assert command("build", *inputs, "--out", other, "--date", "2024-07", "-q").code == 0
    for place in (folder, other):
        assert command("export", place, "-f", "void", "-o", tmp_path / f"{place.parent.name}.ttl").code == 0
    one, two = (tmp_path / f"{place.parent.name}.ttl" for place in (folder, other))
    assert one.read_bytes() == two.read_bytes()
    assert "_:" not in one.read_text(encoding="utf-8")


def test_what_it_cannot_say_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no build is there"):
        kg.KnowledgeGraph(tmp_path, None, {}).export("void")
    assert "IRI of a licence" in command("export", folder, "-f", "void", "--license", "CC BY").err
    assert "goes with --format void" in command("export", folder, "-f", "nt", "--license", CC).err


def test_what_is_published_describes_itself(folder: Path, oxigraph: Store) -> None:  # noqa: F811
    from tests.publish.test_publish import count, stored

    done = publish(folder, oxigraph.graphs, licence=CC)
    assert done.triples == count(oxigraph, str(NAME)) == len(stored(oxigraph, str(NAME)))
    assert f"{NAME.n3()} {DCTERMS.license.n3()} <{CC}>" in stored(oxigraph, str(NAME))
    named = publish(folder, oxigraph.graphs, graph="urn:other")
    assert f"<urn:other> {RDF.type.n3()} {DCAT.Dataset.n3()}" in stored(oxigraph, named.graph)


def test_the_citation_is_of_this_version() -> None:
    said = dict(
        re.findall(r"^([\w-]+): (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert said["cff-version"] == "1.2.0"
    assert said["version"] == kg.__version__
    assert said["license"] == "Apache-2.0"
    assert said["type"] == "software"
