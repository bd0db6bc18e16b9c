"""What a query answers, and the four ways to write it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kg.errors import UsageError
from kg.export.turtle import turtle, used
from kg.rdf import (
    XSD,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    decimal,
    parse_query_results,
    serialize,
)

_NUMBERS: Final = (f"{XSD}decimal", f"{XSD}integer", f"{XSD}double")


@dataclass(frozen=True)
class Result:
    """The answer to SELECT (``variables`` and ``rows``), ASK (``boolean``) or CONSTRUCT and DESCRIBE (``triples``).

    Rows hold RDF terms, None where a variable is not bound.
    """

    kind: str  # select, ask or triples
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[object | None, ...], ...] = ()
    boolean: bool = False
    triples: tuple[Triple, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)
    _json: bytes = field(default=b"", repr=False)

    @staticmethod
    def of_solutions(answer: QuerySolutions, prefixes: Mapping[str, str]) -> Result:
        """Take the answer to SELECT; kept as SPARQL JSON, from which the library writes CSV and TSV."""
        variables = tuple(variable.value for variable in answer.variables)
        kept = answer.serialize(format=QueryResultsFormat.JSON) or b""
        again = parse_query_results(kept, format=QueryResultsFormat.JSON)
        rows = tuple(tuple(row) for row in again) if isinstance(again, QuerySolutions) else ()
        return Result("select", variables, rows, prefixes=prefixes, _json=kept)

    @staticmethod
    def of_boolean(answer: QueryBoolean, prefixes: Mapping[str, str]) -> Result:
        """Take the answer to ASK."""
        kept = answer.serialize(format=QueryResultsFormat.JSON) or b""
        return Result("ask", boolean=bool(answer), prefixes=prefixes, _json=kept)

    @staticmethod
    def of_triples(answer: Iterable[Triple], prefixes: Mapping[str, str]) -> Result:
        """Take the answer to CONSTRUCT or DESCRIBE, sorted, with decimals as our files write them."""
        triples = sorted(
            {canonical(triple) for triple in answer},
            key=lambda t: (str(t.subject), str(t.predicate), str(t.object)),
        )
        return Result("triples", triples=tuple(triples), prefixes=prefixes)


def canonical(triple: Triple) -> Triple:
    """The store drops the ``.0`` of a decimal; Turtle needs it to write the number bare."""
    value = triple.object
    if isinstance(value, Literal) and value.datatype.value == f"{XSD}decimal":
        return Triple(triple.subject, triple.predicate, decimal(Decimal(value.value)))
    return triple


def render(result: Result, fmt: str = "table") -> str:
    """Write a result as ``table`` (aligned; Turtle for triples), ``csv``, ``tsv`` or ``json``, ending in a line feed."""
    write = FORMATS.get(fmt)
    if write is None:
        raise UsageError(f"no format {fmt!r}; there are {', '.join(FORMATS)}")
    written = write(result)
    return written if written.endswith("\n") or not written else written + "\n"


def _table(result: Result) -> str:
    if result.kind == "ask":
        return "true" if result.boolean else "false"
    if result.kind == "triples":
        return "".join(turtle(result.triples, used(result.triples, result.prefixes)))
    rows = [[cell(term, result.prefixes) for term in row] for row in result.rows]
    right = [
        bool(column) and all(_is_number(term) for term in column)
        for column in (
            [row[i] for row in result.rows if row[i] is not None] for i in range(len(result.variables))
        )
    ]
    return aligned([list(result.variables), *rows], right or [False] * len(result.variables))


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> str:
    """Columns two spaces apart under a ruled head; a Chinese character takes two places.

    >>> print(aligned([["名称", "n"], ["云川省", "10"]], [False, True]))
    名称     n
    ------  --
    云川省  10
    """
    from wcwidth import wcswidth

    def width(text: str) -> int:
        return max(0, wcswidth(text))

    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    ruled = [rows[0], ["-" * w for w in widths], *rows[1:]]
    lines = []
    for row in ruled:
        gaps = [" " * (w - width(text)) for w, text in zip(widths, row, strict=True)]
        cells = [gap + text if r else text + gap for gap, text, r in zip(gaps, row, right, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def cell(term: object | None, prefixes: Mapping[str, str]) -> str:
    """A term for people: IRIs by prefix, literals by their text, nothing that a terminal would obey."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return printable(shortened(term.value, prefixes))
    return printable(term.value if isinstance(term, Literal) else str(term))


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by the prefix with the longest namespace that it starts with.

    >>> shortened("http://x/a", {"x": "http://x/"}), shortened("urn:a", {})
    ('x:a', '<urn:a>')
    """
    known = [(namespace, prefix) for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    if not known:
        return f"<{iri}>"
    namespace, prefix = max(known, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri[len(namespace) :]}"


def printable(text: str) -> str:
    """A text with a space for each character that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def _is_number(term: object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _separated(fmt: QueryResultsFormat, delimiter: str) -> Callable[[Result], str]:
    def write(result: Result) -> str:
        if result.kind == "ask":
            return "true" if result.boolean else "false"
        if result.kind == "triples":
            return _spo(result.triples, delimiter)
        answer = parse_query_results(result._json, format=QueryResultsFormat.JSON)
        assert isinstance(answer, QuerySolutions)
        return (answer.serialize(format=fmt) or b"").decode().replace("\r\n", "\n")

    return write


def _spo(triples: Iterable[Triple], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(("subject", "predicate", "object"))
    for triple in triples:
        writer.writerow(
            getattr(t, "value", str(t)) for t in (triple.subject, triple.predicate, triple.object)
        )
    return out.getvalue()


def _json(result: Result) -> str:
    if result.kind == "triples":
        return (
            serialize(result.triples, format=RdfFormat.JSON_LD, prefixes=dict(result.prefixes)) or b""
        ).decode()
    return json.dumps(json.loads(result._json), ensure_ascii=False, indent=1)


#: What ``kg query --format`` knows.
FORMATS: Final[Mapping[str, Callable[[Result], str]]] = {
    "table": _table,
    "csv": _separated(QueryResultsFormat.CSV, ","),
    "tsv": _separated(QueryResultsFormat.TSV, "\t"),
    "json": _json,
}
