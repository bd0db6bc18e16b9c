"""Who may ask: names of this machine, and pages of this service, unless an option opens more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.serve.service import Service, serving

ASK = "ASK { ?f a kgo:Fund }"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:80", "[::1]:8000", "LOCALHOST:1"])
def test_names_of_this_machine(host: str, service: Service) -> None:
    assert service.ask(query=ASK, Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "x]"],
)
def test_foreign_names(host: str, service: Service) -> None:
    answer = service.ask(query=ASK, Host=host)
    assert answer.status == 421
    assert "kg serve --allow-host NAME adds one" in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost"])
def test_foreign_pages(origin: str, service: Service) -> None:
    for answer in (
        service.ask(query=ASK, Origin=origin),
        service.ask(method="OPTIONS", Origin=origin, Access_Control_Request_Method="POST"),
    ):
        assert answer.status == 403
        assert "kg serve --cors ORIGIN lets one in" in answer.text
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_our_own_page(service: Service) -> None:
    assert service.ask(query=ASK, Origin=service.url).status == 200


def test_what_every_answer_carries(service: Service) -> None:
    for path in ("/", "/query", "/health", "/nothing", "/static/query.js"):
        headers = service.ask(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Server" not in headers


def test_what_is_opened_is_open(folder: Path) -> None:
    friend, host = "https://friend.example", "kg.example"
    with serving(folder, "--cors", friend, "--allow-host", host) as service:
        answer = service.ask(query=ASK, Host=host, Origin=friend)
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == friend
        assert "Origin" in answer.headers["Vary"]
        asked = service.ask(method="OPTIONS", Origin=friend, Access_Control_Request_Method="POST")
        assert asked.status == 200
        assert "POST" in asked.headers["Access-Control-Allow-Methods"]
        assert service.ask(query="ASK {", Origin=friend).headers["Access-Control-Allow-Origin"] == friend
        assert service.ask(query=ASK, Origin="https://other.example").status == 403
        assert service.ask(query=ASK, Host="other.example").status == 421


def test_all_may_be_let_in(folder: Path) -> None:
    with serving(folder, "--cors", "*", "--allow-host", "*") as service:
        assert service.ask(query=ASK, Host="any.example", Origin="https://any.example").status == 200
