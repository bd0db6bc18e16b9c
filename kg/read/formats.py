"""The formats: which reader reads a file, by its name, or by its first bytes when it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from kg.errors import FormatError, InputError
from kg.read.archive import read_gz, read_zip
from kg.read.docx import read_docx
from kg.read.draft import Draft
from kg.read.html import read_html
from kg.read.markdown import read_markdown
from kg.read.mhtml import read_mhtml
from kg.read.pdf import read_pdf
from kg.read.plain import read_plain
from kg.read.rows import read_csv, read_jsonl
from kg.read.source import Input, Reader, Rejoined, buffered

#: Suffix to reader; another format is another row.
READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".gz": read_gz,
    ".zip": read_zip,
}
SUFFIXES = frozenset(READERS)
#: The formats whose files may hold several documents.
MANY = frozenset((".jsonl", ".ndjson", ".csv", ".gz", ".zip"))

#: First bytes to suffix, for what comes without a name.
_SIGNS = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".zip"),
    (b"\x1f\x8b", ".gz"),
    (b"{", ".jsonl"),
    (b"<", ".html"),
    (b"From: <Saved by", ".mhtml"),
    (b"MIME-Version:", ".mhtml"),
)
_SNIFFED = 1024


def drafts(given: Input) -> Iterator[Draft | InputError]:
    """Yield the documents of a file; raises FormatError, with the known ones, for an unknown format."""
    suffix = given.name.suffix.lower()
    if given.name == PurePosixPath("-") or (not suffix and given.depth):
        head = given.stream.read(_SNIFFED)
        suffix = sniffed(head)
        given = replace(
            given, stream=buffered(Rejoined(head, given.stream)), name=PurePosixPath("-" + suffix)
        )
    if suffix not in READERS:
        what = f"no reader for files named {suffix}" if suffix else "a file without an extension"
        raise FormatError(given.path, what, "known are " + " ".join(READERS))
    yield from READERS[suffix](given)


def sniffed(head: bytes) -> str:
    """Return the suffix that the first bytes speak for; plain text when none does.

    >>> sniffed(b"%PDF-1.7"), sniffed("云川省".encode())
    ('.pdf', '.txt')
    """
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((suffix for sign, suffix in _SIGNS if bare.startswith(sign)), ".txt")
