"""Where a document comes from: the path that the user gave, its bytes, how much of them we take."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from kg.errors import EmptyInputError, FormatError, InputError
from kg.read.draft import Draft

#: The path that stands for standard input.
STDIN = Path("-")
#: Bytes that one document may have. The longest of a 44 MB corpus has 0.3 MB.
LIMIT = 64 * 1024 * 1024
#: Archives may stand in archives so deep, and unpack to so many times their size: text packs
#: to a tenth, rows that repeat to a fiftieth, a bomb of deflate to a thousandth.
DEPTH, EXPANSION = 2, 200


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the id of its document (its path under the input root, made safe)."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Input:
    """An open file as a reader gets it.

    ``path`` stands in errors (archive.zip/inner.txt), ``name`` tells the format, ``read_inner``
    reads what stands in an archive, ``text_column`` is the column of a csv.
    """

    path: Path
    name: PurePosixPath
    stream: BinaryIO
    read_inner: Reader
    encoding: str = ""
    text_column: str = ""
    depth: int = 0

    def read(self) -> bytes:
        """Return all the bytes; raises EmptyInputError or, above the limit, FormatError."""
        data = self.stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            limit = LIMIT // 1024 // 1024
            raise FormatError(
                self.path, f"more than {limit} MB in one document", "split it into smaller ones"
            )
        if not data:
            raise EmptyInputError(self.path, "the file is empty", "give a file with text in it")
        return data

    def inner(self, name: PurePosixPath, stream: BinaryIO, *, path: Path) -> Iterator[Draft | InputError]:
        """Yield the documents of a file that is packed in this one; raises its errors."""
        if self.depth >= DEPTH:
            raise FormatError(self.path, "archives packed in archives", "unpack it first")
        return self.read_inner(replace(self, path=path, name=name, stream=stream, depth=self.depth + 1))


#: A reader yields the documents of a file; an error among them is that of one of many.
Reader = Callable[[Input], Iterator[Draft | InputError]]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, or standard input; raises InputError in words."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise InputError(path, "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError(path, "this is a folder", "name a file, or give the folder to kg build") from None
    except OSError as error:
        raise InputError(path, f"cannot be opened ({error.strerror})", "check its permissions") from None
    with stream:
        yield stream


class Counted(io.RawIOBase):
    """A stream that knows how many bytes were read of it; it need not be seekable."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Say that the stream can be read: io asks."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer."""
        data = self._stream.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


class Rejoined(io.RawIOBase):
    """A stream of which some bytes were read already, with those bytes before it again."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        """Say that the stream can be read: io asks."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer."""
        data = self._head[: len(buffer)] if self._head else self._stream.read(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)


class Unpacked(io.RawIOBase):
    """What is packed in an archive, bounded: refuses a bomb and says what is broken.

    ``packed`` tells how many packed bytes were read so far; ``faults`` are what the
    unpacking library raises.
    """

    def __init__(
        self, stream: BinaryIO, path: Path, packed: Callable[[], int], faults: tuple[type[Exception], ...]
    ) -> None:
        self._stream, self._path, self._packed, self._faults = stream, path, packed, faults
        self._count = 0

    def readable(self) -> bool:
        """Say that the stream can be read: io asks."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; raises FormatError."""
        try:
            data = self._stream.read(len(buffer))
        except self._faults as error:
            raise FormatError(self._path, f"cannot be unpacked ({reason(error)})", "pack it again") from None
        self._count += len(data)
        if self._count > LIMIT + EXPANSION * self._packed():
            what = f"unpacks to more than {EXPANSION} times its size, as bombs do"
            raise FormatError(self._path, what, "unpack it yourself if you trust it")
        buffer[: len(data)] = data
        return len(data)


def reason(error: Exception) -> str:
    """Return what an error of a library says, on one line."""
    return " ".join(str(error).split()) or type(error).__name__


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Give a raw stream the methods of a file."""
    return cast(BinaryIO, io.BufferedReader(raw))
