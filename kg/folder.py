"""The folder that a build writes: what is ours in it, and how a new build replaces an old one.

Everything is written into a staging folder inside it and renamed at the end, so that a killed build
leaves the earlier outputs, and what a user put there is never touched.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import KgError, UsageError

GRAPH: Final = "graph.ttl"
EVIDENCE: Final = "evidence.ttl"
PAGE: Final = "graph.html"
DOCUMENTS: Final = "documents"
REPORT: Final = "report.json"
STORE: Final = "store"
#: Within the store's folder, of a graph that the page does not hold whole: the page that kg serve answers with.
SERVED: Final = "served.html"
CACHE: Final = ".cache"
GENERATOR: Final = "policykg"

#: Within the store's folder: which files it was made from.
STAMP: Final = "made-from"

_MANIFEST: Final = "policykg.json"
_STAGING: Final = ".building"
#: In the order of publication: who sees the new report sees a complete build.
_OUTPUTS: Final = (DOCUMENTS, EVIDENCE, GRAPH, PAGE, STORE, REPORT)


def claim(out: Path) -> None:
    """Make the folder; raises UsageError when it holds files of the names that we would replace."""
    if os.fsencode(out).decode("utf-8", "ignore") != str(out):
        raise UsageError(f"{out}: the name of this folder is no UTF-8; choose another for --out")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: this is a file, and --out needs a folder")
    if out.is_dir() and not _ours(out) and (foreign := [n for n in _OUTPUTS if (out / n).exists()]):
        raise UsageError(
            f"{out}: holds {', '.join(foreign)} that kg build did not write; choose another folder for --out"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: the folder cannot be made ({error.strerror})") from error


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Yield an empty folder to write into; a second build into ``out`` at the same time is a KgError.

    An ``out`` that ends up empty is removed again.
    """
    with _locked(out):
        place = out / _STAGING
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            with suppress(OSError):
                out.rmdir()


def publish(place: Path, out: Path, documents: Iterable[str]) -> None:
    """Move what was staged to its final names and drop the texts of documents that are gone.

    ``documents`` are the ids of the build; the ids of the one before come from its report.
    """
    gone = earlier_documents(out) - set(documents)
    for name in _OUTPUTS:
        if name == REPORT:  # it names what may be gone, and comes last: a build killed here does it again
            for document in gone:
                _remove_text(out / DOCUMENTS, document)
        if not (place / name).exists():
            continue
        if name == DOCUMENTS:
            _merge(place / name, out / name)
        elif name == STORE:
            _swap(place / name, out / name, place / "store.old")
        else:
            (place / name).replace(out / name)


def text_file(document: str) -> str:
    """Return the path of a document's text, relative to the folder.

    >>> text_file("2024/report")
    'documents/2024/report.txt'
    """
    return f"{DOCUMENTS}/{document}.txt"


def read_report(out: Path) -> Mapping[str, Any] | None:
    """Return the report of the build in the folder, or None when there is none of ours."""
    return _json_of_ours(out / REPORT)


def turtle_files(target: Path) -> tuple[Path, ...]:
    """Return graph and evidence of a folder, or the file itself; raises UsageError when there is none."""
    paths = (target / GRAPH, target / EVIDENCE) if target.is_dir() else (target,)
    if missing := [path for path in paths if not path.is_file()]:
        raise UsageError(f"{missing[0]}: there is no such file; make a graph with kg build INPUT --out DIR")
    return paths


def earlier_documents(out: Path) -> set[str]:
    """Return the ids of the documents of the build in the folder."""
    report = read_report(out) or {}
    return {d["id"] for d in report.get("documents", ())}


class Manifest(NamedTuple):
    """What a build keeps about itself: id, path and cache keys of each document, its options, where they are kept."""

    documents: list[dict[str, str]]
    min_confidence: float
    shards: str = ""


def read_manifest(out: Path) -> Manifest | None:
    """Return what the last build kept about itself, or None."""
    kept = _json_of_ours(out / CACHE / _MANIFEST)
    if kept is None:
        return None
    return Manifest(list(kept["documents"]), float(kept["minConfidence"]), str(kept.get("shards", "")))


def write_manifest(
    out: Path, documents: Iterable[Mapping[str, str]], min_confidence: float, shards: str = ""
) -> None:
    """Keep what ``--add`` and ``kg export`` will need."""
    path = out / CACHE / _MANIFEST
    path.parent.mkdir(exist_ok=True)
    aside = path.with_suffix(".tmp")
    documents = list(documents)
    head = {"generator": GENERATOR, "minConfidence": min_confidence, "shards": shards}
    write_json(aside, {**head, "documents": documents})
    aside.replace(path)


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write JSON as we do: readable, in the order of the value, UTF-8, closed by a line feed."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    # A path that is no UTF-8 has lone surrogates; escaped so, they are JSON again.
    path.write_bytes(text.encode("utf-8", "backslashreplace"))


def _ours(out: Path) -> bool:
    return read_report(out) is not None or read_manifest(out) is not None


def _json_of_ours(path: Path) -> Mapping[str, Any] | None:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) and value.get("generator") == GENERATOR else None


def _merge(source: Path, target: Path) -> None:
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        final = target / path.relative_to(source)
        final.parent.mkdir(parents=True, exist_ok=True)
        path.replace(final)


def _swap(new: Path, final: Path, old: Path) -> None:
    """Put a folder in the place of another; the old one goes with the staging folder."""
    if final.exists():
        final.replace(old)
    new.replace(final)


def _remove_text(folder: Path, document: str) -> None:
    path = folder / f"{document}.txt"
    path.unlink(missing_ok=True)
    with suppress(OSError):  # a parent that holds something else stays
        for parent in path.relative_to(folder).parents:
            if parent.name:
                (folder / parent).rmdir()


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it when the process is killed."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise KgError(
                f"{out}: another kg build is writing there; wait for it or choose another --out"
            ) from None
        yield
    finally:
        os.close(handle)
