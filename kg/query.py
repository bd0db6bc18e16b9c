"""Ask a build, or any Turtle file, in SPARQL.

What is asked only reads: an update is refused, and so is SERVICE, which would send what a
query finds to an address in the query. Prefixes need no declaration.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kg import questions, store
from kg.errors import FormatError, QueryError
from kg.export.formats import namespaces
from kg.export.iri import BASE
from kg.model import CLASSES
from kg.questions import Question, list_queries
from kg.rdf import KGO, RDF, SKOS, Literal, NamedNode, QueryBoolean, QuerySolutions, Store
from kg.results import Result, render

__all__ = ["Question", "Result", "list_queries", "render", "run"]

_SERVICE: Final = re.compile(
    "".join(rf"(?:{c}|\\u(?:0000)?00(?:{ord(c):x}|{ord(c) - 32:x}))" for c in "service"),
    re.IGNORECASE | re.ASCII,
)
_ERROR: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_WORD: Final = re.compile(r"\b[A-Za-z]{3,}\b")
_MARKS: Final = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉 \t\u3000\u00a0")


def run(
    source: Path,
    query: str | Question,
    *,
    params: Mapping[str, str] | None = None,
    allow_service: bool = False,
) -> Result:
    """Ask a folder of ``kg build`` or an RDF file; the query is SPARQL, an .rq file or a known name.

    A QueryError says where a query is wrong; a FormatError, that the file is no RDF.
    """
    data = _open(source)
    prefixes = namespaces(_base(source, data))
    question = questions.find(query)
    text = questions.fill(question, params or {}, lambda name: _entities(data, name, prefixes))
    if not allow_service:
        _refuse_service(text, prefixes)
    return _ask(data, text, prefixes)


def _open(source: Path) -> Store:
    if source.is_dir():
        if not (source / "store").is_dir():
            raise QueryError(f"{source} holds no graph; make one with: kg build INPUT --out {source}")
        return store.open_read_only(source / "store")
    if not source.is_file():
        raise QueryError(f"there is no folder and no file {source}")
    try:
        return store.of_files(source)
    except (SyntaxError, ValueError) as error:
        raise FormatError(source, f"not RDF that can be read: {error}") from error


def _base(source: Path, data: Store) -> str:
    """The root of the IRIs: what the build's report says, or else what the entities show."""
    report = source / "report.json"
    if source.is_dir() and report.is_file():
        found = json.loads(report.read_text(encoding="utf-8")).get("base", "")
        if found:
            return str(found)
    for cls in CLASSES:
        for quad in data.quads_for_pattern(None, NamedNode(f"{RDF}type"), NamedNode(KGO + cls), None):
            root, found, _ = str(getattr(quad.subject, "value", "")).partition(f"id/{cls.lower()}/")
            if found:
                return root
    return BASE


def _ask(data: Store, text: str, prefixes: Mapping[str, str]) -> Result:
    try:
        answer = data.query(text, prefixes=dict(prefixes))
        if isinstance(answer, QuerySolutions):
            return Result.of_solutions(answer, prefixes)
        if isinstance(answer, QueryBoolean):
            return Result.of_boolean(answer, prefixes)
        return Result.of_triples(list(answer), prefixes)
    except SyntaxError as error:
        raise _explained(str(error), text) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query could not be answered: {error}") from error


def _refuse_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Let the parser that will run the query say whether SERVICE is a keyword in it.

    Every ``service`` is misspelled and the text parsed again: inside a string, an IRI, a name or
    a comment that changes nothing, as a keyword it is an error. A second parser would be no
    judge: rdflib expands ``\\u0022`` before it reads, so that a quote hidden that way makes it
    take for a comment what Oxigraph runs.
    """
    wrong, found = _SERVICE.subn("servicx", text)
    if not found:
        return
    try:
        Store().query(wrong, prefixes=dict(prefixes))
    except SyntaxError as error:
        place = _ERROR.match(str(error))
        at = _offset(text, int(place[1]), int(place[2])) if place else 0
        if not any(match.start() <= at <= match.end() + 1 for match in _SERVICE.finditer(text)):
            raise _explained(str(error), text) from error
        raise QueryError(
            "SERVICE is refused: it would send data to another address; --allow-service allows it"
        ) from error


def _explained(message: str, text: str) -> QueryError:
    """The parser's message with its place, the line, and a caret below the character."""
    place = _ERROR.match(message)
    if place is None:
        return QueryError(message)
    if not text.strip():
        return QueryError("the query is empty")
    line, column = int(place[1]), int(place[2])
    if _is_update(text):
        return QueryError("updates are refused: a graph is only read; build it again to change it")
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    caret = "".join(_blank(char) for char in shown[: column - 1]) + "^"
    return QueryError(f"{_expected(place[3])}\n{shown}\n{caret}", line=line, column=column)


def _blank(char: str) -> str:
    if char == "\t":
        return "\t"
    return "\u3000" if unicodedata.east_asian_width(char) in "WF" else " "


def _expected(what: str) -> str:
    """The parser's list of what could stand here, without its classes of characters."""
    if "Prefix not found" in what:
        return "this prefix is not declared"
    words = list(dict.fromkeys(w for w in _WORD.findall(re.sub(r"\[.*?\]", "", what)) if w.isupper()))
    return (
        f"the query is not SPARQL from here on; it could be {', '.join(words[:6])}"
        if words
        else ("the query is not SPARQL from here on")
    )


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1


def _is_update(text: str) -> bool:
    """Whether a text that is no query is an update; rdflib's parser is loaded for this alone."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except (ParseException, RecursionError):
        return False


def _entities(data: Store, name: str, prefixes: Mapping[str, str]) -> list[str]:
    """The IRIs of the entities that bear a name, written for SPARQL; an IRI stands for itself.

    A name is taken as it stands first, then without quotes, marks and spaces.
    """
    if (node := _node(name, prefixes)) is not None:
        return [str(node)]
    exact = _bearing(data, {name})
    if exact:
        return exact
    names = _names(data)
    bare = _folded(name)
    alike = _bearing(data, {known for known in names if _folded(known) == bare})
    if alike:
        return alike
    near = get_close_matches(name, sorted(names), n=5, cutoff=0.5)
    near += sorted((known for known in names if name and name in known and known not in near), key=len)[:5]
    hint = f"; did you mean {'、'.join(near[:5])}?" if near else ""
    raise QueryError(f"nothing in the graph is called {name!r}{hint}")


def _node(name: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    prefix, colon, local = name.partition(":")
    iri = (
        name.strip("<>")
        if "://" in name
        else prefixes[prefix] + local
        if colon and prefix in prefixes
        else ""
    )
    try:
        return NamedNode(iri) if iri else None
    except ValueError:
        return None


def _bearing(data: Store, names: set[str]) -> list[str]:
    found = {
        str(quad.subject)
        for name in names
        for label in ("prefLabel", "altLabel")
        for quad in data.quads_for_pattern(None, NamedNode(SKOS + label), Literal(name, language="zh"), None)
    }
    return sorted(found)


def _names(data: Store) -> set[str]:
    return {
        quad.object.value
        for label in ("prefLabel", "altLabel")
        for quad in data.quads_for_pattern(None, NamedNode(SKOS + label), None, None)
        if isinstance(quad.object, Literal)
    }


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name.translate(_MARKS)).translate(_MARKS).lower()
