"""The Oxigraph store of a build, and the index for searching in it: made in bulk under another name, then only read.

Graph and evidence share the default graph, so that a question needs no GRAPH; the ontology
stands in a graph of its own name, so that counting triples counts none of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from kg.ontology import ontology_dir
from kg.rdf import NamedNode, Quad, RdfFormat, Store, parse
from kg.search import FILE, SIGNS, build

#: The graph that holds the ontology, in stores and beside files that are queried.
ONTOLOGY: Final = NamedNode("https://w3id.org/policykg/ontology")
#: The graph that holds an earlier build, when one is compared.
EARLIER: Final = NamedNode("https://w3id.org/policykg/earlier")

#: How the files of RocksDB begin that a copy needs, besides the sorted ones and the log of what was written last.
_KEPT: Final = ("CURRENT", "IDENTITY", "MANIFEST-", "OPTIONS-")
#: Lines of Turtle that are loaded at once.
_PIECE: Final = 50_000


def load(graph_ttl: Path, evidence_ttl: Path, store_dir: Path, *, earlier: Earlier | None = None) -> None:
    """Build the store from the two files; an older one at the same place is replaced when it is done.

    With ``earlier`` it is made from an earlier store and what has changed since.
    """
    making = store_dir.with_name(f"{store_dir.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    files = graph_ttl, evidence_ttl
    making.mkdir()
    with ThreadPoolExecutor(1) as beside:  # the loader leaves the interpreter to others
        loading = (
            beside.submit(_load, files, making)
            if earlier is None
            else beside.submit(_change, earlier, making)
        )
        _index(files, making / FILE)
        loading.result()
    _replace(making, store_dir)


def _index(files: Iterable[Path], place: Path) -> None:
    told = (parse(piece, RdfFormat.TURTLE) for path in files for piece in _pieces(path, SIGNS))
    build((quad.triple for quad in chain.from_iterable(told)), place)


def _load(files: Iterable[Path], place: Path) -> None:
    store = Store(place)
    for path in files:
        for some in _pieces(path):
            store.bulk_load(input=some, format=RdfFormat.TURTLE)
    _add_ontology(store)
    store.flush()
    store.optimize()  # what was loaded in pieces, so that a question looks in one place
    del store  # lets go of the lock, which a rename would carry along


class Earlier(NamedTuple):
    """An earlier store, and the Turtle that is gone and that has come since it was made."""

    place: Path
    gone: str
    come: str


def _change(earlier: Earlier, place: Path) -> None:
    """Copy an earlier store, its sorted files by links, for nobody ever writes them again, and change the copy."""
    for path in earlier.place.iterdir():
        if path.suffix == ".sst":
            _link(path, place / path.name)
        elif path.name.startswith(_KEPT) or path.suffix == ".log":
            shutil.copy2(path, place / path.name)
    gone, come = ({q.triple for q in parse(text, RdfFormat.TURTLE)} for text in (earlier.gone, earlier.come))
    store = Store(place)
    for triple in gone - come:
        store.remove(Quad(triple.subject, triple.predicate, triple.object))
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in come - gone)
    store.flush()
    del store


def _link(path: Path, copy: Path) -> None:
    try:
        copy.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copy2(path, copy)


def _pieces(path: Path, signs: Sequence[bytes] = ()) -> Iterator[bytes]:
    """A Turtle file of ours in pieces that are Turtle themselves: the loader holds a million triples in memory.

    With signs only the subjects that hold one of them. 290,000 triples: whole 326 MB, in pieces of 50,000 lines
    84 MB and no more time.
    """
    lines = path.suffix == ".nt"  # each of which stands by itself
    with path.open("rb") as file:
        head: list[bytes] = []
        piece: list[bytes] = []
        for line in file:
            (head if line.startswith(b"@prefix ") else piece).append(line)
            if len(piece) > _PIECE and (lines or line == b"\n"):  # before the next subject
                yield _with(signs, head, piece)
                piece = []
        yield _with(signs, head, piece)


def _with(signs: Sequence[bytes], head: list[bytes], piece: list[bytes]) -> bytes:
    whole = b"".join(piece)
    if signs:
        subjects = whole.split(b"\n\n")  # no literal of ours holds a line's end
        whole = b"\n\n".join(one for one in subjects if any(sign in one for sign in signs)) + b"\n"
    return b"".join(head) + whole


def _replace(new: Path, place: Path) -> None:
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def open_read_only(store_dir: Path) -> Store:
    """The store for questions; any number of readers may open it at once."""
    return Store.read_only(str(store_dir))


def of_files(*paths: Path, earlier: Path | None = None) -> Store:
    """A store in memory that holds RDF files: Turtle unless the name says N-Triples, RDF/XML, TriG …

    ``earlier`` is loaded into the graph EARLIER. A SyntaxError names the line of the first fault.
    """
    store = Store()
    for path in paths:
        store.bulk_load(path=path, format=_format(path))
    if earlier is not None:
        store.bulk_load(path=earlier, format=_format(earlier), to_graph=EARLIER)
    _add_ontology(store)
    return store


def _format(path: Path) -> RdfFormat:
    return RdfFormat.from_extension(path.suffix.removeprefix(".")) or RdfFormat.TURTLE


def _add_ontology(store: Store) -> None:
    path = ontology_dir() / "policykg.ttl"
    store.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=ONTOLOGY)
