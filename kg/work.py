"""The part of a build that can be done document by document: in this process or in several.

Job → Document (kept by content) → Reading (kept by content) → Outcome
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from kg.cache import Cache, fingerprint, key_of, pack
from kg.errors import InputError, KgError, UsageError
from kg.model import Document, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says of the documents, in place of what they say of themselves."""

    title: str = ""
    date: str = ""
    source: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to understand: a file, or with ``kept`` the key of one that an earlier build read."""

    id: str
    path: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a reading and its keys, or a sentence of error."""

    job: Job
    reading: Reading | None = None
    document_key: str = ""
    reading_key: str = ""
    reused: bool = False
    error: str = ""
    fatal: type[KgError] | None = None


def understand_all(
    jobs: Sequence[Job], wishes: Wishes, *, kept: Path | None, workers: int = 1
) -> Iterator[Outcome]:
    """Read and understand the jobs, in their order; ``kept`` is the folder of the cache.

    What is wrong with one document stands in its outcome. Raises KgError when a process dies.
    """
    work = partial(_understand, wishes=wishes, kept=kept)
    if workers <= 1 or len(jobs) <= 1:
        yield from map(work, jobs)
        return
    # spawn: the same on every system, and no lock of a forked thread is ever held.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), context, initializer=_leave_interrupts) as pool:
        try:
            yield from pool.map(work, jobs, chunksize=max(1, min(16, len(jobs) // (4 * workers))))
        except BrokenProcessPool:
            raise KgError(
                "a worker process was killed, probably for want of memory; try fewer --workers"
            ) from None


def _leave_interrupts() -> None:
    """Let Ctrl-C reach the main process alone, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _understand(job: Job, *, kept: Path | None, wishes: Wishes) -> Outcome:
    """Read and understand one document; whatever is wrong with it stays with it."""
    try:
        return _understood(job, Cache(kept), wishes)
    except InputError as error:
        return Outcome(job, error=str(error))
    except OSError as error:
        return Outcome(job, error=f"{job.path}: cannot be opened ({error.strerror})")
    except KgError as error:
        # Carried as a value: not every error finds its way back through the pickle of a process pool.
        return Outcome(job, error=str(error), fatal=UsageError if isinstance(error, UsageError) else KgError)
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return Outcome(
            job, error=f"{job.path}: policykg failed on it ({what}); please report this with the file"
        )


def _understood(job: Job, kept: Cache, wishes: Wishes) -> Outcome:
    document_key, document = _document(job, kept, wishes)
    reading_key = key_of("reading", pack(document), fingerprint())
    reading = kept.reading(reading_key)
    reused = reading is not None
    if reading is None:
        from kg.pipeline import read_document

        reading = read_document(document, _resources())
        kept.keep(reading_key, "reading", pack(reading))
    return Outcome(job, reading, document_key, reading_key, reused)


def _document(job: Job, kept: Cache, wishes: Wishes) -> tuple[str, Document]:
    if job.kept:
        document = kept.document(job.kept)
        if document is None:
            raise InputError(job.path, "its text is gone from the cache", "name it again as an input")
        return job.kept, document
    path = Path(job.path)
    key = key_of("document", job.id, path.name, *astuple(wishes), path.read_bytes(), fingerprint())
    document = kept.document(key)
    if document is None:
        document = _read(path, job.id, wishes)
        kept.keep(key, "document", pack(document))
    return key, document


def _read(path: Path, id: str, wishes: Wishes) -> Document:
    from kg.read import Source, read

    return read(
        Source(path, id),
        encoding=wishes.encoding,
        title=wishes.title,
        date=wishes.date,
        source_name=wishes.source,
    )


@cache
def _resources() -> Any:
    """Load the lexicons once in a process, and only when a document is new."""
    from kg.pipeline import Resources

    return Resources.load()
