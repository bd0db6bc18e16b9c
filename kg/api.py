"""policykg from Python: read, build, ask, hand on. ``import kg`` shows these names and loads them when they are used.

>>> import kg
>>> graph = kg.build(texts={"简报": "2024年7月，云川省人民政府印发《云川省数字经济发展规划》。"})
>>> graph
<KnowledgeGraph: 1 document, 2 entities, 1 relation, 1 fact>
>>> for policy, issuer in graph.query("SELECT ?p ?i { ?x kgo:issuedBy/skos:prefLabel ?i ; skos:prefLabel ?p }"):
...     print(issuer, "印发", policy)
云川省人民政府 印发 云川省数字经济发展规划
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, overload

from kg.confidence import least
from kg.corpus import Options
from kg.corpus import build as build_folder
from kg.engine import Machine
from kg.errors import InputError, UsageError
from kg.export.iri import BASE
from kg.folder import GRAPH, PAGE, read_report, turtle_files
from kg.kept import export, restore
from kg.model import Document, Entity, EntityKey, Graph, Statement
from kg.query import Data, evaluate, open_data, prepare, render, result_of
from kg.questions import find
from kg.rdf import XSD, Literal, NamedNode
from kg.results import Result
from kg.work import Wishes

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

__all__ = ["KnowledgeGraph", "Rows", "build", "load", "read"]

Value = str | int | float | bool | Decimal | None
_READ_AS: Final[Mapping[str, Callable[[str], Value]]] = {
    f"{XSD}decimal": Decimal,
    f"{XSD}integer": int,
    f"{XSD}double": float,
    f"{XSD}boolean": lambda text: text in ("true", "1"),
}


def read(
    *inputs: str | Path, title: str = "", date: str = "", source: str = "", encoding: str = ""
) -> tuple[Document, ...]:
    """Read files, folders or globs as ``kg build`` does: documents with their layout repaired.

    Raises InputError for the first one that cannot be read.
    """
    from kg.read import discover, read_all

    return tuple(
        document
        for found in discover(inputs)
        for document in read_all(found, title=title, date=date, source_name=source, encoding=encoding)
    )


def build(
    *inputs: str | Path,
    texts: Mapping[str, str] | None = None,
    out: str | Path | None = None,
    add: bool = False,
    title: str = "",
    date: str = "",
    source: str = "",
    encoding: str = "",
    base: str = BASE,
    min_confidence: float | str = 0.0,
    lexicon: str | Path | None = None,
    decisions: str | Path | None = None,
    workers: int = 1,
) -> KnowledgeGraph:
    """Build the graph of files, folders or globs, and of ``texts`` by their id.

    ``decisions`` is a file of reviewers' decisions to replay; ``decisions.json`` in ``out`` is replayed without being named.

    Without ``out`` it stands in a temporary folder that goes with the object. What cannot be read is in
    ``unread``; an InputError is raised when nothing can be. More ``workers`` than one are processes that import the
    module which calls: it needs ``if __name__ == "__main__":``; 0 is one for each core when there is much to do.
    """
    folder = Path(out) if out is not None else Path(tempfile.mkdtemp(prefix="kg-"))
    options = Options(
        wishes=Wishes(title=title, date=date, source=source, encoding=encoding),
        base=base,
        machine=Machine(workers=workers),
        min_confidence=least(str(min_confidence)),
        lexicon=None if lexicon is None else Path(lexicon),
        decisions=None if decisions is None else Path(decisions),
        add=add,
    )
    try:
        with _written(texts or {}) as written:
            result = build_folder([*inputs, *written], folder, options)
        if not result.report:
            first = result.unread[0] if result.unread else None
            raise InputError(
                first.path if first else "kg.build", first.why if first else "no input was given"
            )
    except BaseException:
        if out is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    graph = KnowledgeGraph(folder, None, dict(result.report))
    if out is None:
        weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
    return graph


def load(folder: str | Path) -> KnowledgeGraph:
    """Open a folder of ``kg build``; raises UsageError when there is none."""
    report = read_report(Path(folder))
    if report is None:
        raise UsageError(f"{folder}: no build is there; make one with kg build INPUT --out {folder}")
    return KnowledgeGraph(Path(folder), None, dict(report))


@contextmanager
def _written(texts: Mapping[str, str]) -> Iterator[list[Path]]:
    """Texts as files for the reading of a build, named by their ids."""
    with tempfile.TemporaryDirectory(prefix="kg-texts-") as place:
        root = Path(place).resolve()
        for id, text in texts.items():
            path = (root / f"{id}.txt").resolve()
            if not path.is_relative_to(root) or not id:
                raise UsageError(f"texts: {id!r} cannot be the id of a document")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        yield [root] if texts else []


@dataclass(frozen=True)
class Rows(Sequence[tuple[Value, ...]]):
    """The rows of an answer as Python values: IRIs and dates as text, xsd:decimal as Decimal, no value as None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    result: Result

    @overload
    def __getitem__(self, index: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Value, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Value, ...] | Sequence[tuple[Value, ...]]:
        """The row at a place."""
        return self.rows[index]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """The answer to ASK; else whether there is a row."""
        return self.result.boolean if self.result.kind == "ask" else bool(self.rows)

    def __str__(self) -> str:
        """The answer as ``kg query`` prints it."""
        return self.text()

    def text(self, format: str = "table") -> str:
        """The answer as ``table``, ``csv``, ``tsv`` or ``json``."""
        return render(self.result, format)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Each row as a dictionary by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame; needs pandas (``pip install 'policykg[pandas]'``)."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True, eq=False, repr=False)
class KnowledgeGraph:
    """A built graph: its values, its questions, its ways out. ``folder`` holds what ``kg build`` writes."""

    folder: Path
    _model: Graph | None
    report: Mapping[str, Any]

    def __repr__(self) -> str:
        """How much of what there is."""
        counts = self.report["counts"]
        parts = (
            (len(self.report["documents"]), "document", "documents"),
            *((sum(counts[name].values()), name[:-1], name) for name in ("entities", "relations", "facts")),
        )
        told = (
            f"{n} {(one if one != 'entitie' else 'entity') if n == 1 else many}" for n, one, many in parts
        )
        return f"<KnowledgeGraph: {', '.join(told)}>"

    @cached_property
    def model(self) -> Graph:
        """The frozen values of ``kg.model``; a loaded folder reads them from its cache."""
        return self._model if self._model is not None else restore(self.folder)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The texts as the offsets count them."""
        return self.model.documents

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What the texts name."""
        return self.model.entities

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Relations and facts with their evidence."""
        return self.model.statements

    @property
    def base(self) -> str:
        """The root of the IRIs."""
        return str(self.report["base"])

    @property
    def unread(self) -> tuple[str, ...]:
        """What could not be read, a sentence each."""
        return tuple(row["why"] for row in self.report["unread"])

    @property
    def problems(self) -> tuple[Mapping[str, str], ...]:
        """The findings of SHACL: severity, focus, shape, and a sentence in ``zh`` and ``en``."""
        return tuple(self.report["problems"])

    @property
    def page(self) -> Path:
        """The reviewer's page, one HTML file."""
        return self.folder / PAGE

    @cached_property
    def _data(self) -> Data:
        return open_data(self.folder)

    def query(self, question: str, /, **parameters: str) -> Rows:
        """Ask in SPARQL, whose prefixes need no declaration, or a named question with its parameters.

        Raises QueryError where the query is wrong.
        """
        text = prepare(self._data, find(question), parameters)
        result = result_of(evaluate(self._data, text), self._data.prefixes)
        if result.kind == "triples":
            rows = tuple(tuple(map(_value, (t.subject, t.predicate, t.object))) for t in result.triples)
            return Rows(("subject", "predicate", "object"), rows, result)
        return Rows(result.variables, tuple(tuple(map(_value, row)) for row in result.rows), result)

    def iri(self, key: EntityKey) -> str:
        """The IRI of an entity."""
        from kg.export import iri

        return iri(key, self.base)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities and relations as networkx knows them: nodes by IRI, keys of edges are the relations."""
        from kg.export.networks import network

        return network(self.model, self.base)

    def to_rdflib(self, *, evidence: bool = False) -> rdflib.Graph:
        """The triples in rdflib; with ``evidence`` the statements, sentences, mentions and documents too."""
        import rdflib

        graph = rdflib.Graph()
        for path in turtle_files(self.folder)[: 2 if evidence else 1]:
            graph.parse(path, format="turtle")
        return graph

    def export(self, format: str, path: str | Path | None = None, *, evidence: bool = False) -> list[Path]:
        """Write the graph in a format of ``kg export``; return the files."""
        if path is None and format == "ttl" and not evidence:
            return [self.folder / GRAPH]
        return export(self.folder, format, None if path is None else Path(path), evidence=evidence)

    def save(self, folder: str | Path) -> KnowledgeGraph:
        """Copy the folder of the build to a place that stays, where nothing may be yet."""
        target = Path(folder)
        if target.exists():
            raise UsageError(f"{target}: there is something already; choose another folder")
        shutil.copytree(self.folder, target)
        return load(target)


def _value(term: object) -> Value:
    if isinstance(term, Literal):
        return _READ_AS.get(term.datatype.value, str)(term.value)
    if isinstance(term, NamedNode):
        return term.value
    return None if term is None else str(term)
