"""Ask a build, or any Turtle file, in SPARQL.

What is asked only reads: an update is refused, and so is SERVICE, which would send what a
query finds to an address in the query. Prefixes need no declaration.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from kg import questions, search, store
from kg.errors import FormatError, QueryError
from kg.export.formats import namespaces
from kg.export.iri import BASE
from kg.model import CLASSES
from kg.questions import Question, list_queries
from kg.rdf import (
    DCTERMS,
    KGO,
    RDF,
    SKOS,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    clean,
)
from kg.results import Result, render
from kg.syntax import explain, refuse_service

__all__ = [
    "Data",
    "Question",
    "Result",
    "evaluate",
    "list_queries",
    "open_data",
    "prepare",
    "render",
    "result_of",
    "run",
]

_MARKS: Final = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉 \t\u3000\u00a0")


@dataclass(frozen=True)
class Data:
    """An open graph and the prefixes that a query about it need not declare."""

    store: Store
    prefixes: Mapping[str, str]
    base: str
    index: Callable[[], search.Index]

    def find(self, kind: str, word: str) -> list[str]:
        """The IRIs that ``search:name`` or ``search:text`` stands for."""
        index = self.index()
        return [named.iri for named in index.names(word)] if kind == "name" else index.sentences(word)


def run(
    source: Path,
    query: str | Question,
    *,
    params: Mapping[str, str] | None = None,
    allow_service: bool = False,
    earlier: Path | None = None,
) -> Result:
    """Ask a folder of ``kg build`` or an RDF file; the query is SPARQL, an .rq file or a known name.

    The graph of an ``earlier`` build is at hand as the graph ``<https://w3id.org/policykg/earlier>``. A QueryError says where a query is wrong; a FormatError, that the file is no RDF.
    """
    data = open_data(source, earlier)
    text = prepare(data, questions.find(query), params or {}, allow_service=allow_service)
    with _explained():
        return result_of(evaluate(data, text), data.prefixes)


def open_data(source: Path, earlier: Path | None = None) -> Data:
    """Open a folder of ``kg build`` for reading, or load an RDF file; beside an earlier one, files are loaded."""
    opened = _open(source) if earlier is None else _open_both(source, earlier)
    base = _base(source, opened)
    prefixes = {**namespaces(base), **search.PREFIXES}
    return Data(opened, prefixes, base, cache(lambda: _index(source, opened)))


def _index(source: Path, opened: Store) -> search.Index:
    folder = source / "store"
    return (
        search.Index.open(folder / search.FILE)
        if source.is_dir()
        else search.in_memory(
            quad.triple for quad in opened.quads_for_pattern(None, None, None, DefaultGraph())
        )
    )


def prepare(data: Data, question: Question, params: Mapping[str, str], *, allow_service: bool = False) -> str:
    """The SPARQL of a question with its values in place; a RefusedError when it names SERVICE."""
    text = clean(
        questions.fill(question, params, lambda name: _entities(data.store, clean(name), data.prefixes))
    )
    if not allow_service:
        refuse_service(text, data.prefixes)
    return text


def evaluate(
    data: Data,
    text: str,
    *,
    default_graphs: Sequence[NamedNode] | None = None,
    named_graphs: Sequence[NamedNode] | None = None,
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The engine's answer, which it works out while it is read; given graphs stand in place of FROM and FROM NAMED.

    A QueryError says where the query is wrong. What fails later is an OSError, RuntimeError or ValueError.
    """
    graphs: dict[str, list[NamedNode]] = {}
    if default_graphs is not None or named_graphs is not None:
        graphs = {"default_graph": list(default_graphs or ()), "named_graphs": list(named_graphs or ())}
    try:
        answer = data.store.query(text, prefixes=dict(data.prefixes), **graphs)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise explain(text, data.prefixes) from error
    searched = search.rewritten(text, data.prefixes, data.find)
    if searched == text:
        return answer
    return data.store.query(searched, prefixes=dict(data.prefixes), **graphs)  # type: ignore[arg-type]


def result_of(answer: QuerySolutions | QueryBoolean | QueryTriples, prefixes: Mapping[str, str]) -> Result:
    """Take the whole of an answer."""
    if isinstance(answer, QuerySolutions):
        return Result.of_solutions(answer, prefixes)
    if isinstance(answer, QueryBoolean):
        return Result.of_boolean(answer, prefixes)
    return Result.of_triples(list(answer), prefixes)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query could not be answered: {error}") from error


def _open_both(source: Path, earlier: Path) -> Store:
    now = (source / "graph.ttl", source / "evidence.ttl") if source.is_dir() else (source,)
    before = earlier / "graph.ttl" if earlier.is_dir() else earlier
    for path in (*now, before):
        if not path.is_file():
            raise QueryError(f"there is no file {path}")
    try:
        return store.of_files(*now, earlier=before)
    except (SyntaxError, ValueError) as error:
        raise FormatError(
            before, f"not RDF that can be read, or what it is compared with: {error}"
        ) from error


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


def _entities(data: Store, name: str, prefixes: Mapping[str, str]) -> list[str]:
    """The IRIs of the entities that bear a name, written for SPARQL.

    An IRI stands for itself, one that was given up for the one in use. A name is taken as it stands first, then without quotes, marks and spaces.
    """
    if (node := _node(name, prefixes)) is not None:
        replaced = data.quads_for_pattern(node, NamedNode(f"{DCTERMS}isReplacedBy"), None, None)
        return sorted(str(quad.object) for quad in replaced) or [str(node)]
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
