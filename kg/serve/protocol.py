"""The SPARQL 1.1 Protocol: what a request asks, or the status that says why it asks nothing.

https://www.w3.org/TR/sparql11-protocol/ , query operation by GET, by POST with a form, by POST directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_FIELDS: Final = 1_000


class ProtocolError(Exception):
    """A request that is answered by a status and a sentence."""

    def __init__(self, status: int, says: str) -> None:
        self.status = status
        self.says = says
        super().__init__(says)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs that the request names as its dataset; None where it names none at all."""

    query: str
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def asked(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked | None:
    """What a request asks; None for a GET without any query, which asks what the service is.

    >>> asked("GET", b"query=ASK%7B%7D", "", b"")
    Asked(query='ASK{}', default=None, named=None)
    >>> asked("POST", b"", "text/plain", b"ASK{}")
    Traceback (most recent call last):
    kg.serve.protocol.ProtocolError: a query is posted as application/sparql-query or application/x-www-form-urlencoded
    """
    fields = _fields(query_string)
    if method != "POST":
        return _of_fields(fields, required=False)
    media, _, parameters = (word.strip().lower() for word in content_type.partition(";"))
    _refuse_charset(parameters)
    if media == FORM:
        return _of_fields([*fields, *_fields(body)], required=True)
    if media == DIRECT:
        if any(name == "query" for name, _ in fields):
            raise ProtocolError(400, "the query stands both in the address and in the body; send one")
        return _of_fields([*fields, ("query", _text(body))], required=True)
    if media == UPDATE:
        raise ProtocolError(403, "updates are refused: this service only reads")
    raise ProtocolError(415, f"a query is posted as {DIRECT} or {FORM}")


def _of_fields(fields: list[tuple[str, str]], *, required: bool) -> Asked | None:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    if values("update"):
        raise ProtocolError(403, "updates are refused: this service only reads")
    queries = values("query")
    if len(queries) > 1:
        raise ProtocolError(400, "a request holds one query, and this one holds several")
    default, named = values("default-graph-uri"), values("named-graph-uri")
    if not queries:
        if required or default or named:
            raise ProtocolError(400, "the request holds no query; give it as the field query")
        return None
    return Asked(queries[0], default, named) if default or named else Asked(queries[0])


def _fields(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the request is not UTF-8, percent-encoded") from error
    except ValueError as error:
        raise ProtocolError(400, f"the request has more than {_FIELDS} fields") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the query is not UTF-8") from error


def _refuse_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8"):
            raise ProtocolError(415, f"a query is UTF-8, and not {value.strip()}")
