"""The part of a build that can be done piece by piece, here or elsewhere, in three steps.

    Job → Found (the documents of a file)      Asked → Understood (the reading of a document)      key → Part

What passes between the steps are keys: documents and readings stand in the cache under them. A step asks the cache
first, so that what was done in an earlier build, or before this one was killed, is not done again.
"""

from __future__ import annotations

import errno
import gc
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.cache import Cache, Place, fingerprint, key_of, lexicon_fingerprint, pack
from kg.errors import InputError, KgError, UsageError
from kg.model import Apart, Document, Reading
from kg.part import Form, Made, part_of
from kg.remote import fetched, is_remote
from kg.replay import Rulings
from kg.replay.decisions import joined

#: The input that is not a file: it is read in the main process, and never found again by its bytes.
STDIN: Final = "-"

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


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
    """A file to read, or with ``kept`` the key of a document that an earlier build read in it."""

    id: str
    path: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that could not be read, and one sentence that says why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A document to understand: its id, the file that it came from, the key that it is kept under."""

    id: str
    path: str
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a job; ``fatal`` is the error that ends the build."""

    job: Job
    documents: tuple[Asked, ...] = ()
    unread: tuple[Unread, ...] = ()
    file_key: str = ""
    fatal: KgError | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A document and the key of its reading, which may have been there; or what went wrong with it.

    ``first_key`` is that of a reading that joined what reviewers say is not the same, and was made anew.
    """

    asked: Asked
    reading_key: str = ""
    reused: bool = False
    unread: Unread | None = None
    fatal: KgError | None = None
    first_key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A document whose part is wanted, and the key of the part that is held of it."""

    document: Understood
    held: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A user's folder of words and patterns, or None, and the hash of what it holds."""

    folder: Path | None = None
    content: str = ""

    @classmethod
    def of(cls, folder: Path | None) -> Words:
        """Look at the folder once; raises UsageError or DataError for its names and its rows."""
        words = cls(folder, lexicon_fingerprint(folder))
        if folder is not None:
            _resources(words)  # a bad row is told once, before anything is read
        return words


@dataclass(frozen=True, slots=True)
class Shop:
    """What every step needs to know: where entries are kept, the user's wishes and words, how parts are made."""

    place: Place
    wishes: Wishes
    words: Words
    form: Form
    rulings: Rulings = field(default_factory=Rulings)
    apart: Apart = frozenset()

    @property
    def cache(self) -> Cache:
        """The entries."""
        return Cache(self.place)


def find(jobs: Sequence[Job], *, shop: Shop) -> tuple[Found, ...]:
    """Read files; their documents are kept."""
    return tuple(_find(job, shop) for job in jobs)


def understand(documents: Sequence[Asked], *, shop: Shop) -> tuple[Understood, ...]:
    """Understand documents that are kept; their readings are kept."""
    return tuple(_understand(asked, shop) for asked in documents)


def make_parts(pieces: Sequence[Piece], *, shop: Shop) -> tuple[Made, ...]:
    """Make the parts of readings that are kept."""
    return tuple(_make(piece, shop) for piece in pieces)


def make_ready(*, shop: Shop) -> None:
    """Load what understanding needs, before there is anything to understand."""
    _resources(shop.words)


def _make(piece: Piece, shop: Shop) -> Made:
    asked = piece.document.asked
    try:
        reading = read_kept(piece.document, shop)
        ruled = shop.rulings.apply(reading)
        what = key_of(pack(ruled)) if ruled is not reading else ""
        key = key_of("part", piece.document.reading_key, *shop.form.key(), what)
        return Made(asked.id, key, None if key == piece.held else part_of(ruled, shop.form))
    except KgError as error:
        # Made anew: not every error finds its way through the pickle of a pool.
        return Made(asked.id, "", fatal=KgError(str(error)))


def read_kept(document: Understood, shop: Shop) -> Reading:
    """Return a reading that is kept; one whose entry is damaged is made again."""
    reading = shop.cache.reading(document.reading_key)
    if reading is None:
        reading = _read_again(document.asked, shop)
        pairs = joined(reading, shop.apart)
        reading = _read_again(document.asked, shop, pairs) if pairs else reading
    return reading


def _find(job: Job, shop: Shop) -> Found:
    """Read one file; whatever is wrong with it stays with it."""
    try:
        return _documents(job, shop)
    except Exception as error:
        unread, fatal = _fault(job.path, error)
        return Found(job, unread=(unread,) if unread else (), fatal=fatal)


def _understand(asked: Asked, shop: Shop) -> Understood:
    try:
        return _reading(asked, shop)
    except Exception as error:
        unread, fatal = _fault(asked.path, error)
        return Understood(asked, unread=unread, fatal=fatal)


def _fault(path: str, error: Exception) -> tuple[Unread | None, KgError | None]:
    """What an error says of an input, or the error that ends the build."""
    if isinstance(error, InputError):
        return Unread(path, str(error)), None
    if isinstance(error, OSError) and error.errno in _FULL:
        return None, KgError(f"{error.filename or 'the disk'}: {error.strerror}; make room and run it again")
    if isinstance(error, OSError):
        return Unread(path, f"{path}: cannot be opened ({error.strerror})"), None
    if isinstance(error, KgError):
        kind = UsageError if isinstance(error, UsageError) else KgError
        return None, kind(str(error))
    if os.environ.get("KG_DEBUG"):
        raise error
    what = f"policykg failed on it ({type(error).__name__}: {error}); please report this with the file"
    return Unread(path, f"{path}: {what}"), None


def _documents(job: Job, shop: Shop) -> Found:
    """The documents of a job with their keys, what was unreadable among them, the key of the file."""
    kept = shop.cache
    if job.kept:
        if not kept.has("document", job.kept):
            raise InputError(job.path, "its text is gone from the cache", "name it again as an input")
        return Found(job, (Asked(job.id, job.path, job.kept),))
    with _at_hand(job) as near:
        file_key = _file_key(near, shop.wishes)
        known = kept.file(file_key) if file_key else None
        if known is not None and all(kept.has("document", key) for _, key in known.documents):
            found, told = known.documents, known.unread
        else:
            found, told = _read_file(near, shop)
            if file_key:
                kept.keep_file(file_key, found, told)
    documents = tuple(Asked(id, job.path, key) for id, key in found)
    named = ((path.replace(near.path, job.path), why.replace(near.path, job.path)) for path, why in told)
    return Found(job, documents, tuple(Unread(*pair) for pair in named), file_key)


def _read_file(job: Job, shop: Shop) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Id and key of each document of a file, which are kept now; path and reason of what was unreadable."""
    errors: list[InputError] = []
    found = []
    for document in _read(job, shop.wishes, errors):
        packed = pack(document)
        key = key_of("document", packed)
        shop.cache.keep(key, "document", packed)
        found.append((document.id, key))
    return tuple(found), tuple((error.path, str(error)) for error in errors)


def _reading(asked: Asked, shop: Shop) -> Understood:
    key = _reading_key(asked, shop.words)
    known = shop.cache.has("reading", key)
    if known and not shop.apart:
        return Understood(asked, key, True)
    reading = shop.cache.reading(key) if known else None
    pairs = joined(reading or _read_again(asked, shop), shop.apart)
    if not pairs:
        return Understood(asked, key, known)
    without = _reading_key(asked, shop.words, pairs)
    known = shop.cache.reading(without) is not None
    if not known:
        _read_again(asked, shop, pairs)
    return Understood(asked, without, known, first_key=key)


def _reading_key(asked: Asked, words: Words, apart: Apart = frozenset()) -> str:
    told = sorted("\t".join(name) for pair in apart for name in sorted(pair))
    return key_of("reading", asked.key, fingerprint(), words.content, *told)


def _read_again(asked: Asked, shop: Shop, apart: Apart = frozenset()) -> Reading:
    from kg.pipeline import read_document

    document = shop.cache.document(asked.key)
    if document is None:
        raise InputError(asked.path, "its text is gone from the cache", "run the same command again")
    reading = read_document(document, _resources(shop.words), apart)
    shop.cache.keep(_reading_key(asked, shop.words, apart), "reading", pack(reading))
    return reading


def _file_key(job: Job, wishes: Wishes) -> str:
    if job.path == STDIN:
        return ""
    path = Path(job.path)
    with path.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").digest()
    return key_of("file", job.id, path.name, *astuple(wishes), content, fingerprint())


@contextmanager
def _at_hand(job: Job) -> Iterator[Job]:
    """The job with its file on this machine; what is said of the copy is said of the address."""
    if not is_remote(job.path):
        yield job
        return
    with fetched(job.path) as copy:
        try:
            yield replace(job, path=str(copy))
        except InputError as error:
            raise InputError(job.path, error.what, error.remedy) from None


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
