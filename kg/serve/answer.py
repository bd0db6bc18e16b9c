"""What a worker does with a job: SPARQL into a file, a thing described, a named question filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, cast

from kg import questions
from kg.errors import KgError, QueryError, RefusedError
from kg.export.turtle import used
from kg.query import Data, evaluate, prepare
from kg.questions import Question
from kg.rdf import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)
from kg.serve.media import BINDINGS, TRIPLES, Media, choose
from kg.serve.options import Limits
from kg.serve.spool import Spool, TooLargeError, counted, counter

Reply = dict[str, Any]

#: So much of a sentence goes to a client: a query of one long line would be quoted whole.
_SAID: Final = 2_000


def answer(data: Data, job: Mapping[str, Any], limits: Limits) -> Reply:
    """Do a job; what is wrong with it becomes a status and a sentence."""
    try:
        return _KINDS[job["kind"]](data, job, limits)
    except RefusedError as error:
        return refusal(403, str(error))
    except QueryError as error:
        return refusal(400, str(error))
    except TooLargeError as error:
        return refusal(422, str(error))
    except (KgError, OSError, RuntimeError, ValueError) as error:
        return refusal(500, f"the query could not be answered: {error}")


def refusal(status: int, says: str) -> Reply:
    """A reply that holds no answer."""
    return {"status": status, "says": says[:_SAID]}


def _sparql(data: Data, job: Mapping[str, Any], limits: Limits) -> Reply:
    text = prepare(data, Question("", job["query"], {}, {}, ()), {})
    found = evaluate(data, text, default_graphs=_graphs(job["default"]), named_graphs=_graphs(job["named"]))
    if isinstance(found, QuerySolutions | QueryBoolean):
        media = choose(job["accept"], BINDINGS)
        if media is None:
            return _unacceptable(BINDINGS)
        return _bindings(found, media, job["path"], limits)
    media = choose(job["accept"], TRIPLES)
    if media is None:
        return _unacceptable(TRIPLES)
    return _triples(found, media, data, job["path"], limits)


def _graphs(iris: Sequence[str] | None) -> list[NamedNode] | None:
    try:
        return None if iris is None else [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"a graph of the dataset is no absolute IRI: {error}") from error


def _unacceptable(offered: Sequence[Media]) -> Reply:
    known = ", ".join(dict.fromkeys(media.type for media in offered))
    return refusal(406, f"this answer cannot be had as Accept asks; there are {known}")


def _bindings(found: QuerySolutions | QueryBoolean, media: Media, path: str, limits: Limits) -> Reply:
    rows_in = counter(media.format) if isinstance(found, QuerySolutions) else lambda _: 0
    with Path(path).open("wb") as file:
        spool = Spool(file, size=limits.answer_bytes, rows=limits.rows, rows_in=rows_in)
        found.serialize(cast("IO[bytes]", spool), format=getattr(QueryResultsFormat, media.format))
    return {"status": 200, "type": media.header, "size": spool.size, "rows": spool.rows}


def _triples(found: Iterable[Triple], media: Media, data: Data, path: str, limits: Limits) -> Reply:
    triples = list(counted(found, limits.rows))
    prefixes = used(triples, data.prefixes) if media.format not in ("N_TRIPLES", "N_QUADS") else {}
    with Path(path).open("wb") as file:
        spool = Spool(file, size=limits.answer_bytes, rows=limits.rows, rows_in=lambda _: 0)
        rdf_format = getattr(RdfFormat, media.format)
        serialize(triples, cast("IO[bytes]", spool), format=rdf_format, prefixes=prefixes)
    return {"status": 200, "type": media.header, "size": spool.size, "rows": len(triples)}


def _describe(data: Data, job: Mapping[str, Any], limits: Limits) -> Reply:
    """All that is said of a thing and with it; 404 when that is nothing."""
    try:
        node = NamedNode(job["iri"])
    except ValueError:
        return refusal(404, f"{job['iri']} is no IRI")
    about = (quad.triple for quad in data.store.quads_for_pattern(node, None, None, None))
    with_it = (quad.triple for quad in data.store.quads_for_pattern(None, None, node, None))
    media = choose(job["accept"], TRIPLES)
    if media is None:
        return _unacceptable(TRIPLES)
    reply = _triples(chain(about, with_it), media, data, job["path"], limits)
    return reply if reply["rows"] else refusal(404, f"the graph says nothing of <{node.value}>")


def _question(data: Data, job: Mapping[str, Any], limits: Limits) -> Reply:
    """The SPARQL of a named question with its values and its prefixes, to be sent as it is."""
    known = {question.name: question for question in questions.list_queries()}
    if job["name"] not in known:
        return refusal(404, f"no question is named {job['name']!r}; there are {'、'.join(known)}")
    text = prepare(data, known[job["name"]], job["params"])
    return {"status": 200, "text": with_prefixes(text, data.prefixes)}


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """A query that declares every prefix that it may use, so that it runs in any engine."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if f"{name}:" in text)
    return f"{head}{text}"


_KINDS: Final = {"sparql": _sparql, "describe": _describe, "question": _question}
