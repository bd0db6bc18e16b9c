"""Tables of documents: JSON lines and csv, one document a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TextIO

from kg.errors import EmptyInputError, EncodingError, FormatError, InputError
from kg.read.draft import Draft
from kg.read.encoding import text_stream
from kg.read.head import iso_date
from kg.read.lines import split_lines
from kg.read.source import LIMIT, Input

#: The column of the text, unless the user names another.
_TEXT = "text"
#: Rows of which one must be JSON, or the file is something else, and is told of once.
_TRIED = 20


def read_jsonl(given: Input) -> Iterator[Draft | InputError]:
    """Yield a document a line: ``id``, ``title``, ``text``, optional ``date`` and ``source``.

    A bad line is yielded as its error; the others still count. Raises EmptyInputError,
    EncodingError, and FormatError for a line above the limit.
    """
    stream = text_stream(given.stream, given.path, encoding=given.encoding)
    rows = (_json_draft(r, given, n) for n, r in enumerate(_lines(stream, given), 1) if r.strip())
    first = list(islice(rows, _TRIED))
    if not first:
        raise EmptyInputError(given.path, "the file is empty", "give a file with one JSON object a line")
    if len(first) > 1 and all(isinstance(row, FormatError) for row in first):
        raise FormatError(
            given.path, "no JSON lines", "write one JSON object a line, or give its right extension"
        )
    yield from first
    yield from rows


def _lines(stream: TextIO, given: Input) -> Iterator[str]:
    try:
        while row := stream.readline(LIMIT + 1):
            if len(row) > LIMIT:
                raise FormatError(given.path, "a line of more than 64 MB", "write one document a row")
            yield row
    except UnicodeError as error:
        raise _misfit(given, error) from None


def _misfit(given: Input, error: UnicodeError) -> EncodingError:
    name = getattr(error, "encoding", "the encoding of its first lines")
    return EncodingError(given.path, f"not valid {name} throughout", "give its encoding with --encoding")


def _json_draft(row: str, given: Input, number: int) -> Draft | InputError:
    try:
        value = json.loads(row)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        return FormatError(f"{given.path}:{number}", f"not JSON ({reason})", "write one JSON object a line")
    if not isinstance(value, dict):
        return FormatError(f"{given.path}:{number}", "not a JSON object", "write one JSON object a line")
    return _draft(value, given.text_column or _TEXT, given, number)


def _draft(row: Mapping[str, Any], column: str, given: Input, number: int) -> Draft | InputError:
    place = f"{given.path}:{number}"
    text = row.get(column)
    if not isinstance(text, str) or not text.strip():
        return EmptyInputError(place, f"no text in {column!r}", "give the row a text, or name its column")
    return Draft(
        tuple(split_lines(text)),
        title=_field(row, "title"),
        date=iso_date(_field(row, "date"), start=True),
        source=_field(row, "source"),
        id=_field(row, "id"),
        number=number,
    )


def _field(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def read_csv(given: Input) -> Iterator[Draft | InputError]:
    """Yield a document a row of a csv with a head; its text stands in ``text_column``.

    Raises FormatError naming the columns when there is no such one, EmptyInputError,
    EncodingError.
    """
    csv.field_size_limit(LIMIT)
    stream = text_stream(given.stream, given.path, encoding=given.encoding, newline="")
    table = csv.DictReader(_lines(stream, given), strict=True)
    column = given.text_column or _TEXT
    try:
        if not table.fieldnames:
            raise EmptyInputError(given.path, "the file is empty", "give a csv with a head and rows")
        if column not in table.fieldnames:
            columns = ", ".join(table.fieldnames)
            raise FormatError(
                given.path, f"no column {column!r}", f"name one of {columns} with --text-column"
            )
        for row in table:
            yield _draft(row, column, given, table.line_num)
    except UnicodeError as error:
        raise _misfit(given, error) from None
    except csv.Error as error:
        raise FormatError(f"{given.path}:{table.line_num}", f"not csv ({error})", "write it again") from None
