"""kg publish to real stores: the graph that arrives, what it replaces, and what the old one survives."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest
from SPARQLWrapper import CSV, JSON, POST, SPARQLWrapper

from kg.errors import PublishError, UsageError
from kg.export import evidence_triples, graph_triples, write
from kg.model import Graph
from kg.publish import PASSWORD, TOKEN, USER, Credentials, publish
from tests.cli.shell import kg
from tests.fixtures_graph import hostile_graph, sample_graph
from tests.publish.conftest import Store

NAME = "https://w3id.org/policykg/graph/五月"
HOW = pytest.mark.parametrize("update", [False, True], ids=["graph-store", "update"])


def stored(store: Store, graph: str) -> set[str]:
    """The triples of a named graph, asked by a client that others wrote."""
    asked = SPARQLWrapper(store.query)
    asked.setQuery(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    asked.setReturnFormat(JSON)
    asked.setMethod(POST)
    answer: Any = asked.queryAndConvert()
    rows = ((row["s"], row["p"], row["o"]) for row in answer["results"]["bindings"])
    return {" ".join(_term(term) for term in row) for row in rows}


def _term(term: dict[str, str]) -> str:
    if term["type"] == "uri":
        return str(pyoxigraph.NamedNode(term["value"]))
    if language := term.get("xml:lang"):
        return str(pyoxigraph.Literal(term["value"], language=language))
    return _literal(term["value"], term.get("datatype", "http://www.w3.org/2001/XMLSchema#string"))


def _literal(value: str, datatype: str) -> str:
    """Stores write decimals as they like."""
    if datatype.endswith(("decimal", "integer")):
        value = format(float(value), "f")
    return f"{value}^^{datatype}"


def sent(graph: Graph) -> set[str]:
    found = set()
    for t in graph_triples(graph) + evidence_triples(graph):
        o = t.object
        told = (
            _literal(o.value, o.datatype.value)
            if isinstance(o, pyoxigraph.Literal) and not o.language
            else str(o)
        )
        found.add(f"{t.subject} {t.predicate} {told}")
    return found


def count(store: Store, graph: str) -> int:
    asked = SPARQLWrapper(store.query)
    asked.setQuery(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    asked.setReturnFormat(CSV)
    answer: Any = asked.queryAndConvert()
    return int(answer.decode().split()[1].strip('"'))


# Oxigraph


@HOW
@pytest.mark.parametrize("graph", [sample_graph(), hostile_graph()], ids=["sample", "hostile"])
def test_oxigraph_holds_what_was_built(graph: Graph, update: bool, oxigraph: Store, built: Path) -> None:
    write(graph, built / "graph.ttl")
    write(graph, built / "evidence.ttl", evidence=True)
    done = publish(built, oxigraph.updates if update else oxigraph.graphs, update=update)
    assert done.graph == NAME
    assert stored(oxigraph, NAME) == sent(graph)
    assert done.triples == len(sent(graph))


@HOW
def test_a_new_build_takes_the_place_of_its_old_one_alone(update: bool, oxigraph: Store, built: Path) -> None:
    endpoint = oxigraph.updates if update else oxigraph.graphs
    other = publish(built, endpoint, update=update, graph="urn:other", evidence=False)
    publish(built, endpoint, update=update)
    for path in (built / "graph.ttl", built / "evidence.ttl"):
        path.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    publish(built, endpoint, update=update)
    assert stored(oxigraph, NAME) == {"<urn:a> <urn:b> <urn:c>"}
    assert count(oxigraph, "urn:other") == other.triples == len(graph_triples(sample_graph()))


@HOW
def test_readers_see_the_old_graph_or_the_new_one(update: bool, oxigraph: Store, built: Path) -> None:
    """Asked all the time while two graphs replace each other, the store never shows a part of one."""
    endpoint = oxigraph.updates if update else oxigraph.graphs
    sizes = {publish(built, endpoint, update=update, evidence=evidence).triples for evidence in (True, False)}
    seen: set[int] = set()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            seen.add(count(oxigraph, NAME))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(20):
        publish(built, endpoint, update=update, evidence=bool(turn % 2))
    over.set()
    reader.join()
    assert seen
    assert seen <= sizes


@HOW
def test_what_the_store_refuses_leaves_the_old_graph(
    update: bool, oxigraph: Store, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = oxigraph.updates if update else oxigraph.graphs
    before = publish(built, endpoint, update=update)
    monkeypatch.setattr("kg.publish._ntriples", lambda triples: b"<urn:a> <urn:b> <urn:c> .\n<urn:a> bad .\n")
    with pytest.raises(PublishError, match="answers 400"):
        publish(built, endpoint, update=update)
    assert count(oxigraph, NAME) == before.triples


# Virtuoso, which wants Digest


@HOW
def test_virtuoso_holds_what_was_built(update: bool, virtuoso: Store, built: Path) -> None:
    endpoint, known = (
        (virtuoso.updates if update else virtuoso.graphs),
        Credentials(virtuoso.user, virtuoso.password),
    )
    publish(built, endpoint, update=update, credentials=known)
    assert stored(virtuoso, NAME) == sent(sample_graph())
    publish(built, endpoint, update=update, credentials=known, evidence=False)
    assert count(virtuoso, NAME) == len(graph_triples(sample_graph()))
    with pytest.raises(PublishError, match=rf"refuses us \(401\); look at {USER}"):
        publish(built, endpoint, update=update, credentials=Credentials("dba", "wrong"))
    with pytest.raises(PublishError, match=rf"refuses us \(401\); set {USER}"):
        publish(built, endpoint, update=update)
    assert count(virtuoso, NAME) == len(graph_triples(sample_graph()))


# What is sent, seen by a server of our own


class _Server(ThreadingHTTPServer):
    seen: list[tuple[str, str, str, str]]
    ask = ""
    status = 204
    location = ""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        known = self.headers.get("Authorization", "")
        self.server.seen.append((self.command, self.path, known, body))
        status = 401 if self.server.ask and not known else self.server.status
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", self.server.ask)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    do_PUT = do_POST = do_GET = _take  # noqa: N815

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def listening(**said: Any) -> Iterator[tuple[str, _Server]]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.seen = []
        for name, value in said.items():
            setattr(server, name, value)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server
        finally:
            server.shutdown()
            thread.join()


def test_one_put_or_one_post_is_sent(built: Path) -> None:
    with listening() as (url, server):
        publish(built, f"{url}/rdf-graphs/service?key=1")
        publish(built, f"{url}/更新", update=True, graph="urn:g", evidence=False)
    (put, post) = server.seen
    assert put[0] == "PUT"
    assert parse_qs(urlsplit(put[1]).query) == {"key": ["1"], "graph": [NAME]}
    assert post[:3] == ("POST", "/%E6%9B%B4%E6%96%B0", "")
    assert post[3].startswith("DROP SILENT GRAPH <urn:g> ;\nINSERT DATA { GRAPH <urn:g> {\n")


def test_credentials_are_sent_when_asked_for_and_never_told(
    built: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(USER, "ada")
    monkeypatch.setenv(PASSWORD, "s3cret-密")
    basic = "Basic " + base64.b64encode("ada:s3cret-密".encode()).decode()
    with listening(ask='Basic realm="x"') as (url, server):
        done = kg("publish", built, "--endpoint", url)
        assert done.code == 0
        assert [known for _, _, known, _ in server.seen] == ["", basic]
        server.status = 403
        refused = kg("publish", built, "--endpoint", f"{url}/store?key=hidden")
    gone = kg("publish", built, "--endpoint", f"{url}/?key=hidden")
    monkeypatch.delenv(USER)
    monkeypatch.delenv(PASSWORD)
    monkeypatch.setenv(TOKEN, "t0ken")
    with listening() as (url, server):
        assert kg("publish", built, "--endpoint", url).code == 0
        assert [known for _, _, known, _ in server.seen] == ["Bearer t0ken"]
    assert (refused.code, gone.code) == (1, 1)
    assert "refuses us (403)" in refused.err
    assert "cannot be reached" in gone.err
    told = "".join(map(str, (done, refused, gone)))
    for hidden in ("s3cret", "hidden", "t0ken", basic[6:]):
        assert hidden not in told + caplog.text
    assert "s3cret" not in repr(Credentials("ada", "s3cret")) + repr(Credentials(token="t0ken"))


def test_a_redirection_is_not_followed(built: Path) -> None:
    with listening() as (other, elsewhere), listening(status=307, location=f"{other}/x?y=1") as (url, _):
        with pytest.raises(PublishError, match=rf"sends us on to {other}/x \(307\)"):
            publish(built, url, credentials=Credentials(token="t"))
        assert elsewhere.seen == []


@pytest.mark.parametrize(
    ("status", "words"), [(404, "takes no graphs here"), (405, "--update"), (500, "answers 500")]
)
def test_what_the_store_answers_is_told(status: int, words: str, built: Path) -> None:
    with listening(status=status) as (url, _), pytest.raises(PublishError, match=words):
        publish(built, url)


#: Endpoint, options and credentials → what is wrong with them.
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("store", {}, "begins with http"),
    ("ftp://a.example/store", {}, "begins with http"),
    ("http:///store", {}, "begins with http"),
    ("https://ada:s3cret@a.example/store", {}, "leave name and password out"),
    ("http://a.example/store?key=k", {"credentials": Credentials("ada", "s3cret")}, "over https only"),
    ("https://a.example/store", {"graph": "a b"}, "absolute IRI"),
]


@pytest.mark.parametrize(("endpoint", "options", "words"), REFUSED)
def test_what_cannot_be_meant_is_refused(
    endpoint: str, options: dict[str, Any], words: str, built: Path
) -> None:
    with pytest.raises(UsageError, match=words) as error:
        publish(built, endpoint, **options)
    assert "s3cret" not in str(error.value)
    assert "key=k" not in str(error.value)


def test_credentials_are_whole_or_none() -> None:
    assert not Credentials.of({})
    assert Credentials.of({USER: "a", PASSWORD: "b"}) == Credentials("a", "b")
    for broken in ({USER: "a"}, {PASSWORD: "b"}, {USER: "a", PASSWORD: "b", TOKEN: "c"}):
        with pytest.raises(UsageError, match=USER):
            Credentials.of(broken)


def test_a_file_is_published_under_its_name(oxigraph: Store, tmp_path: Path) -> None:
    (tmp_path / "六月.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    done = kg("publish", tmp_path / "六月.ttl", "--endpoint", oxigraph.graphs)
    assert done.out == "<https://w3id.org/policykg/graph/六月>：1 个三元组\n"
    assert count(oxigraph, "https://w3id.org/policykg/graph/六月") == 1
