"""Work kept between builds, by content: what was read, and what was understood of it.

A key is a hash of all that the kept value depends on, so that nothing is ever stale; an entry
that cannot be read counts as absent. This module is the door to msgspec.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Protocol, TypeVar

import msgspec

import kg
from kg.lexicon import TABLES, ontology_dir
from kg.model import (
    RELATIONS,
    Document,
    Entity,
    EntityKey,
    Evidence,
    Object,
    Observation,
    Reading,
    Reference,
    Sentence,
    Statement,
)
from kg.tables import own_files

T = TypeVar("T")

#: Files whose change may change a reading.
_SOURCES: Final = (".py", ".tsv", ".toml", ".txt", ".dic")
#: Libraries whose change may change a reading.
_LIBRARIES: Final = ("rjieba", "ahocorasick-rs", "trafilatura", "lxml")


class File(msgspec.Struct, frozen=True):
    """What was read in a file: id and key of its documents, and path and reason of what was unreadable."""

    documents: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...]


class _Rule(msgspec.Struct):
    rule: str


class _Reference(msgspec.Struct):
    mention: _Rule
    key: EntityKey


class Known(msgspec.Struct):
    """What a reading knows of names, and nothing else of it: decoded in a quarter of the time."""

    entities: tuple[Entity, ...]
    references: tuple[_Reference, ...]
    defined: tuple[tuple[EntityKey, str], ...] = ()

    def recognized(self) -> Iterator[tuple[EntityKey, str]]:
        """Yield the entities that were recognized, each with the rule that did."""
        return ((reference.key, reference.mention.rule) for reference in self.references)


class _Statement(msgspec.Struct):
    """A statement whose object is decoded by its predicate: msgspec knows no such union."""

    subject: EntityKey
    predicate: str
    object: msgspec.Raw
    evidence: tuple[Evidence, ...]


class _Reading(msgspec.Struct):
    document: Document
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...]
    statements: tuple[_Statement, ...]
    defined: tuple[tuple[EntityKey, str], ...]


_encode: Final = msgspec.msgpack.Encoder().encode
_document: Final = msgspec.msgpack.Decoder(Document).decode
_file: Final = msgspec.msgpack.Decoder(File).decode
_reading: Final = msgspec.msgpack.Decoder(_Reading).decode
_known: Final = msgspec.msgpack.Decoder(Known).decode
_objects: Final[Mapping[str, Callable[[msgspec.Raw], Object]]] = {
    **dict.fromkeys(RELATIONS, msgspec.msgpack.Decoder(EntityKey).decode),
    "amount": msgspec.msgpack.Decoder(Decimal).decode,
    "observation": msgspec.msgpack.Decoder(Observation).decode,
}
_text: Final = msgspec.msgpack.Decoder(str).decode


def pack(value: Document | Reading) -> bytes:
    """Encode a value as MessagePack."""
    return _encode(value)


def unpack_document(data: bytes) -> Document:
    """Decode what ``pack`` made of a document; raises ValueError on anything else."""
    return _document(data)


def unpack_reading(data: bytes) -> Reading:
    """Decode what ``pack`` made of a reading; raises ValueError on anything else."""
    raw = _reading(data)
    statements = tuple(
        Statement(s.subject, s.predicate, _objects.get(s.predicate, _text)(s.object), s.evidence)
        for s in raw.statements
    )
    return Reading(raw.document, raw.sentences, raw.entities, raw.references, statements, raw.defined)


def key_of(*parts: str | bytes) -> str:
    """Return a key for the parts; their borders count.

    >>> key_of("ab", "c") == key_of("a", "bc")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


@cache
def fingerprint() -> str:
    """Return a hash of the code, the lexicons and the libraries that a reading depends on."""
    parts: list[str | bytes] = []
    for folder in (Path(kg.__file__).parent, ontology_dir()):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _SOURCES):
            parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    for name in _LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(name)
    return key_of(*parts)


def lexicon_fingerprint(own: Path | None) -> str:
    """Return a hash of a user's folder of words, "" for none; raises UsageError or DataError for its names."""
    if own is None:
        return ""
    parts: list[str | bytes] = []
    for path in own_files(own, TABLES):
        parts += [path.relative_to(own).as_posix(), path.read_bytes()]
    return key_of(*parts)


class Place(Protocol):
    """Where entries are kept: names to bytes, an entry whole or not at all."""

    def read(self, name: str) -> bytes | None:
        """Return an entry, or None."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Keep an entry."""
        ...

    def has(self, name: str) -> bool:
        """Say whether there is an entry."""
        ...

    def names(self, kind: str) -> Iterator[str]:
        """Yield the names of the entries of a kind."""
        ...

    def remove(self, name: str) -> None:
        """Drop an entry, if there is one."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one that several machines share."""

    path: Path

    def read(self, name: str) -> bytes | None:
        """Return an entry, or None."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Keep an entry; written aside and renamed, so that a killed build leaves no half entry."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{platform.node()}.{os.getpid()}.tmp")
        aside.write_bytes(data)
        aside.replace(path)

    def has(self, name: str) -> bool:
        """Say whether there is an entry."""
        return (self.path / name).is_file()

    def names(self, kind: str) -> Iterator[str]:
        """Yield the names of the entries of a kind."""
        return (f"{kind}/{path.name}" for path in (self.path / kind).glob("*"))

    def remove(self, name: str) -> None:
        """Drop an entry, if there is one."""
        (self.path / name).unlink(missing_ok=True)


class Cache:
    """Entries by kind and key in a place."""

    def __init__(self, place: Place | Path) -> None:
        self._place = Folder(place) if isinstance(place, Path) else place

    def file(self, key: str) -> File | None:
        """Return what was read in a file, or None."""
        return self._load("file", key, _file)

    def document(self, key: str) -> Document | None:
        """Return the document kept under the key, or None."""
        return self._load("document", key, _document)

    def reading(self, key: str) -> Reading | None:
        """Return the reading kept under the key, or None."""
        return self._load("reading", key, unpack_reading)

    def known(self, key: str) -> Known | None:
        """Return what the reading kept under the key knows of names, or None."""
        return self._load("reading", key, _known)

    def has(self, kind: str, key: str) -> bool:
        """Say whether there is an entry; it may still turn out to be damaged."""
        return self._place.has(f"{kind}/{key}")

    def keep(self, key: str, kind: str, data: bytes) -> None:
        """Keep packed data."""
        self._place.write(f"{kind}/{key}", data)

    def keep_file(
        self, key: str, documents: Iterable[tuple[str, str]], unread: Iterable[tuple[str, str]]
    ) -> None:
        """Keep what was read in a file."""
        self.keep(key, "file", _encode(File(tuple(documents), tuple(unread))))

    def prune(self, keys: Iterable[str]) -> None:
        """Drop every entry under another key."""
        keep = frozenset(keys)
        for kind in ("file", "document", "reading"):
            for name in list(self._place.names(kind)):
                if name.partition("/")[2] not in keep:
                    self._place.remove(name)

    def _load(self, kind: str, key: str, decode: Callable[[bytes], T]) -> T | None:
        data = self._place.read(f"{kind}/{key}")
        try:
            return decode(data) if data is not None else None
        except ValueError:
            return None
