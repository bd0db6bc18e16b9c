"""Every bound is met by an honest status, and the service lives on with its memory back."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from tests.serve.service import PATIENCE, Service, serving

ASK = "ASK { ?f a kgo:Fund }"
#: Never done: a product of three times the whole graph.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?g != ?d) }"
#: Keeps all that it finds.
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
DIRECT = "application/sparql-query"
PAIRS = "{ ?a ?b ?c . ?d ?e ?f }"


def lives(service: Service) -> bool:
    return service.ask(query=ASK).text == '{"head":{},"boolean":true}'


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_query_that_runs_too_long(folder: Path) -> None:
    with serving(folder, "--timeout", "1", "--workers", "1") as service:
        (worker,) = service.workers()
        answer = service.ask(query=ENDLESS)
        assert (answer.status, answer.text) == (504, "the query ran longer than 1 s; ask for less\n")
        assert lives(service)
        assert not worker.is_running()
        assert len(service.workers()) == 1


def test_a_query_that_wants_too_much_memory_gives_it_back(service: Service) -> None:
    before = {worker.pid for worker in service.workers()}
    answer = service.ask(query=GREEDY)
    if answer.status != 504:  # a slow machine may not fill its memory in time
        assert (answer.status, answer.text) == (
            500,
            "the query needed more than 400 MB of memory; ask for less\n",
        )
    assert lives(service)
    until(lambda: len(service.workers()) == 2)
    assert {worker.pid for worker in service.workers()} != before
    assert sum(worker.memory_info().rss for worker in service.workers()) < 400e6


def test_a_worker_that_has_grown_is_replaced_though_its_answer_was_good(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "60") as service:
        (worker,) = service.workers()
        parts = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?g), STR(?i)) AS ?x)"
        pair = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ SELECT ?x {{ {parts} }} LIMIT 1000000 }}"
        assert service.ask(query=pair).status == 200
        until(lambda: not worker.is_running())
        assert lives(service)


def test_a_query_nested_so_deeply_that_the_engine_breaks(service: Service) -> None:
    body = f"SELECT * {'{' * 20_000}{'}' * 20_000}".encode()
    answer = service.ask(method="POST", body=body, Content_Type=DIRECT)
    assert (answer.status, answer.text) == (400, "the query is nested too deeply\n")
    assert lives(service)


@pytest.mark.parametrize("accept", ["json", "xml", "csv", "tsv"])
def test_rows_are_bounded_exactly(accept: str, service: Service) -> None:
    names = {"csv": "text/csv", "tsv": "text/tab-separated-values"}
    type_ = names.get(accept, f"application/sparql-results+{accept}")
    query = 'SELECT ?x { { SELECT * PAIRS LIMIT MOST } BIND("a\\n\\",{<result>" AS ?x) }'
    asked = [query.replace("PAIRS", PAIRS).replace("MOST", most) for most in ("500", "501")]
    good, bad = (service.ask(query=text, Accept=type_) for text in asked)
    assert good.status == 200
    assert (bad.status, bad.text) == (422, "the answer has more than 500 rows; ask for less, as with LIMIT\n")


def test_triples_are_bounded_and_counted_once(service: Service) -> None:
    same = f"CONSTRUCT {{ <urn:a> a <urn:b> }} WHERE {{ SELECT * {PAIRS} LIMIT 5000 }}"
    assert service.ask(query=same).text.count("<urn:a>") == 1
    many = f"CONSTRUCT {{ ?a ?b ?f }} WHERE {{ SELECT * {PAIRS} LIMIT 50000 }}"
    assert service.ask(query=many).status == 422


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?x { ?s a kgo:Entity BIND("x" AS ?x) } LIMIT 0',
        f"SELECT (GROUP_CONCAT(STR(?f)) AS ?x) {{ SELECT ?f {PAIRS} LIMIT 20000 }}",
        f"CONSTRUCT {{ <urn:a> <urn:b> ?x }} {{ SELECT (GROUP_CONCAT(STR(?f)) AS ?x) {{ SELECT ?f {PAIRS} LIMIT 20000 }} }}",
    ],
)
def test_the_size_of_an_answer_is_bounded(query: str, service: Service) -> None:
    answer = service.ask(query=query)
    if "LIMIT 0" in query:
        assert answer.status == 200
    else:
        assert (answer.status, answer.text) == (
            422,
            "the answer is larger than 0.2 MB; ask for less, as with LIMIT\n",
        )


def test_a_query_that_fails_at_its_last_row_is_no_200(folder: Path) -> None:
    """The rows before are long written; a server that had begun to send could only break off."""
    with serving(folder, "--max-rows", "20000", "--timeout", "60") as service:
        query = f"SELECT ?a ?c {{ SELECT * {PAIRS} LIMIT 20001 }}"
        assert service.ask(query=query).status == 422
        assert service.ask(query=query.replace("20001", "20000")).status == 200


@pytest.mark.parametrize("size", [50_001, 5_000_000])
def test_the_size_of_a_query_is_bounded(size: int, service: Service) -> None:
    body = ASK.encode().ljust(size)
    for type_ in (DIRECT, "application/x-www-form-urlencoded"):
        answer = service.ask(method="POST", body=body, Content_Type=type_)
        assert (answer.status, answer.text) == (413, "a query may have 0.05 MB\n")
    assert service.ask(method="POST", body=ASK.encode().ljust(50_000), Content_Type=DIRECT).status == 200


def test_work_in_parallel_is_bounded(folder: Path) -> None:
    with (
        serving(folder, "--timeout", "2", "--workers", "1", "--waiting", "1") as service,
        ThreadPoolExecutor(6) as threads,
    ):
        answers = list(threads.map(lambda _: service.ask(query=ENDLESS), range(6)))
        assert sorted({answer.status for answer in answers}) == [503, 504]
        full = next(answer for answer in answers if answer.status == 503)
        assert "ask again later" in full.text
        assert full.headers["Retry-After"] == "5"
        assert lives(service)


def test_a_client_that_goes_away_takes_its_query_with_it(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "60") as service:
        (worker,) = service.workers()
        place = urlsplit(service.url)
        with socket.create_connection((place.hostname, place.port)) as client:
            head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {DIRECT}\r\n"
            client.sendall(f"{head}Content-Length: {len(ENDLESS)}\r\n\r\n{ENDLESS}".encode())
            until(lambda: worker.cpu_percent(0.1) > 20)
        until(lambda: not worker.is_running())
        assert lives(service)


def test_a_worker_that_is_killed_from_outside_is_replaced(folder: Path) -> None:
    with serving(folder, "--workers", "1") as service:
        (worker,) = service.workers()
        worker.kill()
        assert service.ask(query=ASK).status in (200, 500)
        assert lives(service)


def test_many_clients_get_their_own_answers(service: Service) -> None:
    def number(n: int) -> bool:
        answer = service.ask(query=f"SELECT ({n} AS ?n) {{ ?f a kgo:Fund }} LIMIT 1")
        return bool(json.loads(answer.text)["results"]["bindings"][0]["n"]["value"] == str(n))

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(number, range(100)))


def test_nothing_is_left_when_answers_are_sent(folder: Path, tmp_path: Path) -> None:
    with serving(folder, "--workers", "1", scratch=tmp_path) as service:
        service.ask(query=ASK)
        server = psutil.Process(service.process.pid)
        until(lambda: not [file for file in server.open_files() if "kg-serve-" in file.path])
        (place,) = tmp_path.glob("kg-serve-*")
        until(lambda: not list(place.iterdir()))
    assert not list(tmp_path.glob("kg-serve-*"))
