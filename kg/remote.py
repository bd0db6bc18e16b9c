"""Files and kept work on file systems that have an address (s3://, gs://, hdfs://, file:// …): the door to fsspec."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kg.cache import Folder, Place
from kg.errors import EmptyInputError, InputError, UsageError

#: What to install, as the errors say it.
INSTALL: Final = "pip install 'policykg[cluster]'"


def is_remote(path: str) -> bool:
    """Say whether a path is an address.

    >>> is_remote("s3://bucket/a.txt"), is_remote("C:/a.txt"), is_remote("texts/a.txt")
    (True, False, False)
    """
    return "://" in path


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path on it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError(f"{address}: addresses of files need fsspec: {INSTALL}") from None
    try:
        found: tuple[Any, str] = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(address, f"no file system for this address ({error})", INSTALL) from None
    return found


def listed(address: str) -> list[tuple[str, str]]:
    """Return address and id of the files that an address names: a file, a folder, or a pattern.

    Raises InputError when nothing is there, UsageError without fsspec.
    """
    from kg.read import SUFFIXES, safe_id, stem

    files, path = _opened(address)
    root = path.rstrip("/")
    try:
        if "*" in path:
            root = str(PurePosixPath(path[: path.index("*")] + "x").parent)
            found = files.glob(path)
        elif files.isdir(path):
            found = files.find(path)
        else:
            root, found = str(PurePosixPath(path).parent), [path] if files.exists(path) else []
    except OSError as error:
        raise InputError(address, f"cannot be listed ({error})", "check the address") from None
    names = {one: one[len(root) :].lstrip("/") if root != "." else one for one in found}
    if len(found) != 1 or found != [path]:
        names = {
            p: n for p, n in names.items() if PurePosixPath(n).suffix.lower() in SUFFIXES and not _hidden(n)
        }
    if not names:
        raise EmptyInputError(address, "no file to read there", "known are " + " ".join(sorted(SUFFIXES)))
    short = Counter(safe_id(stem(name, SUFFIXES)) for name in names.values())
    ids = {p: safe_id(stem(n, SUFFIXES)) for p, n in names.items()}
    return sorted(
        (files.unstrip_protocol(p), id if short[id] == 1 else safe_id(names[p])) for p, id in ids.items()
    )


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """Copy a file here, under its own name, for as long as it is read; raises InputError."""
    files, path = _opened(address)
    with tempfile.TemporaryDirectory(prefix="kg-") as place:
        copy = Path(place) / PurePosixPath(path).name
        try:
            with files.open(path, "rb") as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except FileNotFoundError:
            raise InputError(address, "there is no such file", "check the address") from None
        except OSError as error:
            raise InputError(address, f"cannot be fetched ({error})", "check the address") from None
        yield copy


@dataclass(frozen=True, slots=True)
class Store:
    """Entries of kept work at an address."""

    address: str

    def _at(self, name: str) -> tuple[Any, str]:
        files, root = _opened(self.address)
        return files, f"{root.rstrip('/')}/{name}"

    def read(self, name: str) -> bytes | None:
        """Return an entry, or None."""
        files, path = self._at(name)
        try:
            return bytes(files.cat_file(path))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Keep an entry; stores of objects put one whole or not at all."""
        files, path = self._at(name)
        files.makedirs(path.rpartition("/")[0], exist_ok=True)
        files.pipe_file(path, data)

    def has(self, name: str) -> bool:
        """Say whether there is an entry."""
        files, path = self._at(name)
        return bool(files.exists(path))

    def names(self, kind: str) -> Iterator[str]:
        """Yield the names of the entries of a kind."""
        files, path = self._at(kind)
        if files.exists(path):
            yield from (f"{kind}/{one.rpartition('/')[2]}" for one in files.ls(path, detail=False))

    def remove(self, name: str) -> None:
        """Drop an entry, if there is one."""
        files, path = self._at(name)
        if files.exists(path):
            files.rm_file(path)


def place_of(where: str | Path) -> Place:
    """Return the place at a path or an address; a folder that is mounted is a folder."""
    if isinstance(where, Path) or not is_remote(where):
        return Folder(Path(where))
    files, path = _opened(where)
    return Folder(Path(path)) if "file" in files.protocol else Store(where)
