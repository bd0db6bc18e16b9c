"""The reading stage: a file in, a Document out, its layout repaired.

Source ─decode→ text ─reader of its suffix→ Draft ─layout→ Document
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kg.errors import EmptyInputError, FormatError, InputError
from kg.model import Document
from kg.read import head
from kg.read.discover import Source
from kg.read.discover import discover as _discover
from kg.read.draft import Draft
from kg.read.html import read_html
from kg.read.layout import repair
from kg.read.markdown import read_markdown
from kg.read.plain import read_plain

__all__ = ["LIMIT", "READERS", "Source", "discover", "read"]

#: A reader takes the bytes of a file, its path (for errors) and the encoding the user gave.
Reader = Callable[[bytes, Path, str], Draft]

#: The formats; another one is another row.
READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}

#: Bytes that one document may have. The longest of a 44 MB corpus has 0.3 MB.
LIMIT = 64 * 1024 * 1024


def discover(inputs: Sequence[str | Path]) -> tuple[Source, ...]:
    """Return the documents that files and folders hold, sorted by id.

    Raises InputError for what does not exist or holds nothing, UsageError for equal ids.
    """
    return _discover(inputs, READERS)


def read(
    source: Source, *, encoding: str = "", title: str = "", date: str = "", source_name: str = ""
) -> Document:
    """Read one document; title, date and source given here win over those that it gives itself.

    Raises InputError and its kinds, each one sentence for the user.
    """
    reader = _reader(source.path)
    draft = reader(_bytes(source.path), source.path, encoding)
    layout = repair(draft.lines)
    if not layout.text:
        raise EmptyInputError(source.path, "there is no text in the file", "give a file with text in it")
    return Document(
        id=source.id,
        text=layout.text,
        sha256=hashlib.sha256(layout.text.encode()).hexdigest(),
        title=title or draft.title or head.title_of(layout),
        date=date or draft.date or head.date_of(layout),
        source=source_name or draft.source or head.source_of(layout),
        blocks=layout.blocks,
        warnings=draft.warnings + layout.warnings,
    )


def _reader(path: Path) -> Reader:
    try:
        return READERS[path.suffix.lower()]
    except KeyError:
        what = f"no reader for files named {path.suffix}" if path.suffix else "a file without an extension"
        raise FormatError(path, what, "known are " + " ".join(READERS)) from None


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMIT:
            limit = LIMIT // 1024 // 1024
            raise FormatError(path, f"{size / 1e6:.0f} MB in one document", f"split it below {limit} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise InputError(path, "this is a folder", "name a file, or give the folder to kg build") from None
    except OSError as error:
        raise InputError(path, f"cannot be opened ({error.strerror})", "check its permissions") from None
