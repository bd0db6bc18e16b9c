"""Named questions: files ``ontology/queries/NAME.rq`` whose head says what they ask and take.

    # title zh: …      # about zh: …
    # title en: …      # about en: …
    # param NAME TYPE DEFAULT description

A parameter stands in the query as ``VALUES ?NAME { DEFAULT }``, so that the file runs in any
SPARQL engine as it is. A given value replaces the default as a term that the RDF library
wrote: it is a literal or an IRI whatever it holds. Types: string, number, date, entity (the
IRIs of all entities of a name); the default is a literal, UNDEF (any), or ``required``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import DataError, QueryError
from kg.ontology import ontology_dir

TYPES: Final = ("string", "number", "date", "entity")
REQUIRED: Final = "required"

_TITLE: Final = re.compile(r"# (title|about) (zh|en): (\S.*)")
_PARAM: Final = re.compile(r'# param (\w+) (\w+) ("[^"\\]*"|\S+) (\S.*)')
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NAME: Final = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Parameter:
    """What a question takes: name, type, default as SPARQL writes it, a description."""

    name: str
    type: str
    default: str
    about: str

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default == REQUIRED

    @property
    def slot(self) -> str:
        """The words of the query that a value replaces."""
        return f"VALUES ?{self.name} {{ {'UNDEF' if self.required else self.default} }}"


@dataclass(frozen=True)
class Question:
    """A query with a head; ``line`` counts the lines of the head, for messages about the body."""

    name: str
    text: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    parameters: tuple[Parameter, ...]


def list_queries() -> tuple[Question, ...]:
    """All named questions, sorted by name."""
    return _questions(ontology_dir() / "queries")


@cache
def _questions(folder: Path) -> tuple[Question, ...]:
    return tuple(read(path) for path in sorted(folder.glob("*.rq"), key=lambda path: path.stem))


def find(query: str | Question) -> Question:
    """The question that is meant: a known name, the path of an .rq file, or SPARQL itself."""
    if isinstance(query, Question):
        return query
    for question in list_queries():
        if question.name == query:
            return question
    if query.endswith(".rq"):
        path = Path(query)
        if not path.is_file():
            raise QueryError(f"there is no file {query}")
        return read(path)
    if _NAME.fullmatch(query.strip()):
        known = "、".join(question.name for question in list_queries())
        raise QueryError(f"no question is named {query.strip()!r}; there are {known}")
    return Question("", query, {}, {}, ())


def read(path: Path) -> Question:
    """Read a question; a head line that says title, about or param wrongly is a DataError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(path, 1, "a query is UTF-8") from error
    said: dict[str, dict[str, str]] = {"title": {}, "about": {}}
    parameters = []
    for number, line in enumerate(text.splitlines(), start=1):
        if titled := _TITLE.fullmatch(line):
            said[titled[1]][titled[2]] = titled[3]
        elif line.startswith("# param"):
            parameters.append(_parameter(path, number, line, text))
    return Question(path.stem, text, said["title"], said["about"], tuple(parameters))


def _parameter(path: Path, number: int, line: str, text: str) -> Parameter:
    found = _PARAM.fullmatch(line)
    if found is None or found[2] not in TYPES:
        raise DataError(
            path, number, f"not '# param NAME TYPE DEFAULT description' with TYPE of {', '.join(TYPES)}"
        )
    parameter = Parameter(*found.groups())
    if parameter.slot not in text:
        raise DataError(path, number, f"the query does not hold '{parameter.slot}'")
    return parameter


def fill(question: Question, params: Mapping[str, str], entities: Callable[[str], list[str]]) -> str:
    """The query with the values in place; ``entities`` gives the IRIs of a name as SPARQL writes them."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in params:
        if name not in known:
            takes = f"it takes {'、'.join(known)}" if known else "it takes none"
            raise QueryError(f"{question.name or 'this query'} has no parameter {name!r}; {takes}")
    text = question.text
    for parameter in known.values():
        if parameter.name in params:
            terms = _terms(parameter, params[parameter.name], entities)
            text = text.replace(parameter.slot, f"VALUES ?{parameter.name} {{ {terms} }}")
        elif parameter.required:
            raise QueryError(f"{question.name} needs --param {parameter.name}=… ({parameter.about})")
    return text


def _terms(parameter: Parameter, value: str, entities: Callable[[str], list[str]]) -> str:
    from kg.rdf import decimal, text

    if parameter.type == "entity":
        return " ".join(entities(value))
    if parameter.type == "number":
        number = _number(value)
        if number is None:
            raise QueryError(f"--param {parameter.name}={value}: must be a number, as 100000000")
        return str(decimal(number))
    if parameter.type == "date" and value and not _DATE.fullmatch(value):
        raise QueryError(f"--param {parameter.name}={value}: must be a date, as 2024, 2024-07 or 2024-07-01")
    return str(text(value))


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
