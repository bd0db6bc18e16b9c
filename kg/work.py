"""The part of a build that can be done file by file: in this process or in several.

Job → Document* (kept by content) → Reading* (kept by content) → Outcome
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from kg.cache import Cache, fingerprint, key_of, lexicon_fingerprint, pack
from kg.errors import InputError, KgError, UsageError
from kg.model import Document, Reading

#: The input that is not a file: it is read in the main process, and never found again by its bytes.
STDIN: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says of the documents, in place of what they say of themselves."""

    title: str = ""
    date: str = ""
    source: str = ""
    encoding: str = ""
    text_column: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to understand, or with ``kept`` the key of a document that an earlier build read in it."""

    id: str
    path: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that could not be read, and one sentence that says why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The reading of a document, the keys that it is kept under, whether it was found there."""

    reading: Reading
    document_key: str
    reading_key: str
    reused: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job; ``fatal`` is the error that ends the build."""

    job: Job
    done: tuple[Understood, ...] = ()
    unread: tuple[Unread, ...] = ()
    file_key: str = ""
    fatal: KgError | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A user's folder of words and patterns, or None, and the hash of what it holds."""

    folder: Path | None = None
    content: str = ""

    @classmethod
    def of(cls, folder: Path | None) -> Words:
        """Look at the folder once; raises UsageError or DataError for its names."""
        return cls(folder, lexicon_fingerprint(folder))


def understand_all(
    jobs: Sequence[Job], wishes: Wishes, *, kept: Path | None, workers: int = 1, lexicon: Path | None = None
) -> Iterator[Outcome]:
    """Read and understand the jobs; ``kept`` is the folder of the cache, ``lexicon`` a user's words.

    What is wrong with one file stands in its outcome. Raises KgError when a process dies, UsageError or
    DataError for words that are refused.
    """
    words = Words.of(lexicon)
    if words.folder is not None:
        _resources(words)  # a bad row is told once, before anything is read
    work = partial(_understand, wishes=wishes, kept=kept, words=words)
    here = [job for job in jobs if job.path == STDIN and not job.kept]
    files = [job for job in jobs if job not in here]
    yield from map(work, here)
    if workers <= 1 or len(files) <= 1:
        yield from map(work, files)
        return
    # spawn: the same on every system, and no lock of a forked thread is ever held.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(files)), context, initializer=_leave_interrupts) as pool:
        try:
            yield from pool.map(work, files, chunksize=max(1, min(16, len(files) // (4 * workers))))
        except BrokenProcessPool:
            raise KgError(
                "a worker process was killed, probably for want of memory; try fewer --workers"
            ) from None


def _leave_interrupts() -> None:
    """Let Ctrl-C reach the main process alone, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _understand(job: Job, *, kept: Path | None, wishes: Wishes, words: Words) -> Outcome:
    """Read and understand one file; whatever is wrong with it stays with it."""
    try:
        store = Cache(kept)
        documents, unread, file_key = _documents(job, store, wishes)
        done = tuple(_understood(key, document, store, words) for key, document in documents)
        return Outcome(job, done, unread, file_key)
    except InputError as error:
        return Outcome(job, unread=(Unread(job.path, str(error)),))
    except OSError as error:
        return Outcome(job, unread=(Unread(job.path, f"{job.path}: cannot be opened ({error.strerror})"),))
    except KgError as error:
        # Made anew: not every error finds its way through the pickle of a process pool.
        kind = UsageError if isinstance(error, UsageError) else KgError
        return Outcome(job, fatal=kind(str(error)))
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        what = f"policykg failed on it ({type(error).__name__}: {error}); please report this with the file"
        return Outcome(job, unread=(Unread(job.path, f"{job.path}: {what}"),))


def _understood(key: str, document: Document, kept: Cache, words: Words) -> Understood:
    reading_key = key_of("reading", pack(document), fingerprint(), words.content)
    reading = kept.reading(reading_key)
    if reading is not None:
        return Understood(reading, key, reading_key, True)
    from kg.pipeline import read_document

    reading = read_document(document, _resources(words))
    kept.keep(reading_key, "reading", pack(reading))
    return Understood(reading, key, reading_key, False)


def _documents(
    job: Job, kept: Cache, wishes: Wishes
) -> tuple[list[tuple[str, Document]], tuple[Unread, ...], str]:
    """The documents of a job with their keys, what was unreadable among them, the key of the file."""
    if job.kept:
        document = kept.document(job.kept)
        if document is None:
            raise InputError(job.path, "its text is gone from the cache", "name it again as an input")
        return [(job.kept, document)], (), ""
    file_key = _file_key(job, wishes)
    known = kept.file(file_key) if file_key else None
    if known is not None:
        found = [(key, kept.document(key)) for key in known.documents]
        documents = [(key, document) for key, document in found if document is not None]
        if len(documents) == len(found):
            return documents, tuple(Unread(*pair) for pair in known.unread), file_key
    errors: list[InputError] = []
    documents = [(key_of("document", pack(d)), d) for d in _read(job, wishes, errors)]
    for key, document in documents:
        kept.keep(key, "document", pack(document))
    unread = tuple(Unread(error.path, str(error)) for error in errors)
    if file_key:
        kept.keep_file(file_key, [key for key, _ in documents], [(u.path, u.why) for u in unread])
    return documents, unread, file_key


def _file_key(job: Job, wishes: Wishes) -> str:
    if job.path == STDIN:
        return ""
    path = Path(job.path)
    with path.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").digest()
    return key_of("file", job.id, path.name, *astuple(wishes), content, fingerprint())


def _read(job: Job, wishes: Wishes, errors: list[InputError]) -> Iterator[Document]:
    from kg.read import Source, read_all

    return read_all(
        Source(Path(job.path), job.id),
        encoding=wishes.encoding,
        title=wishes.title,
        date=wishes.date,
        source_name=wishes.source,
        text_column=wishes.text_column,
        on_error=errors.append,
    )


@cache
def _resources(words: Words) -> Any:
    """Load the lexicons once in a process, and only when a document is new."""
    from kg.pipeline import Resources

    resources = Resources.load(words.folder)
    gc.collect()
    gc.freeze()  # they stay: a ninth of the time goes when the collector walks over them
    return resources
