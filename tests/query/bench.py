"""How fast questions are answered: ``python -m tests.query.bench [TRIPLES…]`` (make bench) prints a table a size.

Each question goes over HTTP to a ``kg serve`` of one worker, as a client's would, about entities drawn by a fixed
seed, each as likely as any; the hub is the one with the most relations. The first of each kind is not counted. At the smallest size rdflib answers from memory
what takes it seconds; what takes it minutes (a joined GRAPH, an optional chain) has a dash. Graphs are made
once and kept under build/bench.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from kg import store
from kg.export import namespaces
from kg.export.iri import BASE
from kg.questions import list_queries
from kg.search import FILE
from tests.query.generated import PLACES, write
from tests.serve.service import serving

PLACE: Final = Path(__file__).resolve().parents[2] / "build" / "bench"
SIZES: Final = (100_000, 1_000_000, 5_000_000)
#: What rdflib is asked too: it holds the graph in Python's memory.
SMALL: Final = 100_000
SEED: Final = 20_260
#: The entity with the most relations: every graph speaks of it often.
HUB: Final = f"{BASE}id/place/{PLACES[0]}"


class Ask(NamedTuple):
    """A kind of question: what it counts as, its name, its SPARQL for an entity, how often it is asked."""

    kind: str
    name: str
    text: Callable[[str, str], str]
    times: int = 60
    rdflib: bool = True


def _named(name: str) -> Callable[[str, str], str]:
    text = next(question for question in list_queries() if question.name == name)
    slots = {p.name: p.slot for p in text.parameters}
    return lambda iri, _: text.text.replace(slots.get("name", " "), f"VALUES ?name {{ <{iri}> }}")


def _whole(name: str) -> Callable[[str, str], str]:
    text = next(question for question in list_queries() if question.name == name).text
    return lambda iri, label: text


ASKS: Final = (
    Ask("look-up", "all of an entity", lambda iri, _: f"SELECT ?p ?o {{ <{iri}> ?p ?o }}"),
    Ask(
        "look-up", "by its name", lambda _, label: f'SELECT ?e ?c {{ ?e skos:prefLabel "{label}"@zh ; a ?c }}'
    ),
    Ask("look-up", "evidence", _named("evidence")),
    Ask("look-up", "mentions", _named("mentions")),
    Ask("look-up", "claim", _named("claim"), rdflib=False),
    Ask("neighbourhood", "neighbourhood", _named("neighbourhood")),
    Ask("neighbourhood", "history", _named("history"), rdflib=False),
    Ask("hub", "neighbourhood", lambda *_: _named("neighbourhood")(HUB, ""), 5),
    Ask("hub", "evidence", lambda *_: _named("evidence")(HUB, ""), 5),
    Ask("path", "ownership", _named("ownership"), rdflib=False),
    Ask("path", "two-removes", _named("two-removes")),
    Ask("path", "parts of a whole", lambda iri, _: f"SELECT ?p {{ ?p kgo:partOf+ <{iri}> }}"),
    Ask(
        "search",
        "search:name",
        lambda _, label: f'SELECT ?e {{ ?e search:name "{label[:4]}" }} LIMIT 20',
        rdflib=False,
    ),
    Ask(
        "search",
        "search:text",
        lambda _, label: f'SELECT ?t {{ ?q search:text "{label[:7]}" ; kgo:text ?t }} LIMIT 20',
        rdflib=False,
    ),
    Ask("aggregate", "overview", _whole("overview"), 5),
    Ask("aggregate", "central", _whole("central"), 5),
    Ask("aggregate", "central-platforms", _whole("central-platforms"), 5),
    Ask("aggregate", "largest-amounts", _whole("largest-amounts"), 5),
    Ask("aggregate", "documents", _whole("documents"), 5),
    Ask("aggregate", "contradictions", _whole("contradictions"), 5, rdflib=False),
    Ask(
        "aggregate",
        "statements by rule",
        lambda *_: "SELECT ?r (COUNT(*) AS ?n) { ?s kgo:rule ?r } GROUP BY ?r",
        5,
    ),
)


def folder(triples: int) -> Path:
    """A build of that size; made when it is not there yet."""
    place = PLACE / str(triples)
    if (place / "store" / FILE).is_file():
        return place
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    began = time.perf_counter()
    store.load(*write(place, triples), place / "store")
    (place / "report.json").write_text(json.dumps({"generator": "policykg", "base": BASE}), encoding="utf-8")
    print(f"made {triples:,} triples in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return place


def entities(place: Path, count: int) -> list[tuple[str, str]]:
    """IRI and name of entities, each as likely as any other."""
    with (place / "graph.nt").open(encoding="utf-8") as file:
        named = [line.split(" ", 2) for line in file if "prefLabel" in line]
    drawn = random.Random(SEED).sample(named, count)
    return [(iri[1:-1], label.partition('"')[2].partition('"')[0]) for iri, _, label in drawn]


class Client:
    """One connection that is kept open while one kind of question is asked."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._connection = HTTPConnection(place.hostname or "", place.port, timeout=600)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def __call__(self, text: str) -> int:
        """Ask and read it all; the number of rows."""
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
        self._connection.request("POST", "/sparql", text.encode(), headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {body.decode()}")
        return len(json.loads(body)["results"]["bindings"])


class Measured(NamedTuple):
    """Milliseconds in the middle and below which 95 of 100 stay, and rows on average."""

    p50: float
    p95: float
    rows: float


def measure(ask: Ask, of: list[tuple[str, str]], answer: Callable[[str], int]) -> Measured:
    """Ask it for one entity after the other."""
    times, rows = [], []
    for iri, label in of[: ask.times + 1]:
        began = time.perf_counter()
        rows.append(answer(ask.text(iri, label)))
        times.append((time.perf_counter() - began) * 1000)
    times = sorted(times[1:])
    return Measured(
        statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))], statistics.fmean(rows)
    )


def rdflib(place: Path) -> Callable[[str], int]:
    """What rdflib answers, from memory."""
    from rdflib import Dataset, URIRef

    from kg.ontology import ontology_dir

    data = Dataset()
    for name in ("graph.nt", "evidence.nt"):
        data.default_graph.parse(place / name, format="nt")
    data.graph(URIRef(str(store.ONTOLOGY.value))).parse(ontology_dir() / "policykg.ttl")
    prefixes: Any = namespaces()
    return lambda text: len(data.query(text, initNs=prefixes))


def lines(triples: int, most: int = 60) -> Iterator[str]:
    """The table of a size, in Markdown; no question is asked more often than ``most``."""
    place = folder(triples)
    of = entities(place, 61)
    beside = rdflib(place) if triples <= SMALL else None
    yield f"| {triples:,} triples | question | rows | p50 ms | p95 ms |" + (
        " rdflib p50 ms | p95 ms |" if beside else ""
    )
    yield "|---|---|---|---|---|" + ("---|---|" if beside else "")
    with serving(place, "--workers", "1", "--timeout", "600", "--waiting", "1") as service:
        for ask in (known._replace(times=min(known.times, most)) for known in ASKS):
            with closing(Client(service.url)) as client:
                found = measure(ask, of, client)
            row = f"| {ask.kind} | {ask.name} | {found.rows:.0f} | {found.p50:.1f} | {found.p95:.1f} |"
            if beside:
                theirs = measure(ask._replace(times=min(ask.times, 5)), of, beside) if ask.rdflib else None
                row += f" {theirs.p50:.1f} | {theirs.p95:.1f} |" if theirs else " – | – |"
            yield row


def main(sizes: list[int]) -> None:
    """Print the tables."""
    for triples in sizes:
        for line in lines(triples):
            print(line, flush=True)
        print(flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
