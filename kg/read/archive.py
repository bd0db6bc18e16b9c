"""Packed files: gz of one file, zip of many; each is read as the format that its name says."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kg.errors import EmptyInputError, FormatError, InputError
from kg.read.discover import stem
from kg.read.draft import Draft
from kg.read.source import Counted, Input, Unpacked, buffered, reason

#: Files that one archive may hold.
_MEMBERS = 100_000
#: What the unpacking libraries raise for broken or encrypted data.
_FAULTS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)
#: The flags of a zip member: encrypted; its name is UTF-8.
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
#: The members that make a zip a Word document.
_WORD = "word/document.xml"


def read_gz(given: Input) -> Iterator[Draft | InputError]:
    """Yield the documents of the one file that is packed; raises FormatError."""
    counted = Counted(given.stream)
    unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=buffered(counted), mode="rb"))
    stream = buffered(Unpacked(unpacked, given.path, lambda: counted.count, _FAULTS))
    yield from given.inner(PurePosixPath(given.name.stem), stream, path=given.path)


def read_zip(given: Input) -> Iterator[Draft | InputError]:
    """Yield the documents of the files that are packed, by name; what is wrong with one is yielded.

    Raises FormatError for a broken archive, EmptyInputError when nothing in it can be read.
    """
    seekable = given.depth == 0 and given.stream.seekable()
    try:
        archive = zipfile.ZipFile(given.stream if seekable else io.BytesIO(given.read()))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FormatError(
            given.path, f"not a zip archive, or cut off ({reason(error)})", "pack it again"
        ) from None
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > _MEMBERS:
            raise FormatError(given.path, f"more than {_MEMBERS} files in one archive", "unpack it first")
        if any(member.filename == _WORD for member in members):
            yield from _whole(given, archive)
        else:
            yield from _members(given, archive, members)


def _whole(given: Input, archive: zipfile.ZipFile) -> Iterator[Draft | InputError]:
    """Read a Word document that is named as an archive, or came without a name."""
    stream = cast(BinaryIO, archive.fp)
    stream.seek(0)
    return given.inner(given.name.with_suffix(".docx"), stream, path=given.path)


def _members(
    given: Input, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[Draft | InputError]:
    from kg.read.formats import SUFFIXES

    named = sorted((_name(member), at) for at, member in enumerate(members))
    wanted = [(name, members[at]) for name, at in named if _is_wanted(name, SUFFIXES)]
    if not wanted:
        raise EmptyInputError(
            given.path, "no file to read in the archive", "known are " + " ".join(sorted(SUFFIXES))
        )
    stems = Counter(stem(str(name), SUFFIXES) for name, _ in wanted)
    for name, member in wanted:
        short = stem(str(name), SUFFIXES)
        id = short if stems[short] == 1 else str(name)
        try:
            for one in _member(given, archive, name, member):
                yield (
                    one
                    if isinstance(one, InputError)
                    else replace(one, member=f"{id}/{one.member}".strip("/"))
                )
        except InputError as error:
            yield error


def _is_wanted(name: PurePosixPath, suffixes: frozenset[str]) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
    return not hidden and name.suffix.lower() in suffixes


def _member(
    given: Input, archive: zipfile.ZipFile, name: PurePosixPath, member: zipfile.ZipInfo
) -> Iterator[Draft | InputError]:
    path = given.path / name
    if member.flag_bits & _ENCRYPTED:
        raise FormatError(path, "encrypted", "pack it again without a password")
    try:
        unpacked = cast(BinaryIO, archive.open(member))
    except _FAULTS as error:
        raise FormatError(path, f"cannot be unpacked ({reason(error)})", "pack it again") from None
    with unpacked:
        stream = buffered(Unpacked(unpacked, path, lambda: member.compress_size, _FAULTS))
        yield from given.inner(name, stream, path=path)


def _name(member: zipfile.ZipInfo) -> PurePosixPath:
    """Return the member's name; Chinese Windows writes it in GB18030 without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
            name = raw.decode("utf-8")
        except UnicodeEncodeError:
            pass
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return PurePosixPath(name.replace("\\", "/"))
