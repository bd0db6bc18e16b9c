"""Bytes to text, strictly: a byte that does not fit is never guessed over.

A byte order mark decides; then UTF-8; then, between the encodings that decode without an
error, the one whose characters are the common ones of Chinese. No statistical model: on
short texts those named GB18030 Korean.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from kg.errors import EmptyInputError, EncodingError, FormatError, UsageError
from kg.read.source import Rejoined, buffered

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: First bytes of files that are no text, whatever their name.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (Word, Excel or zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, ppt)"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)
#: In the order of choice when two fit equally well. cp950 is what Windows calls Big5.
_LEGACY = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be", "utf-8")
#: Names that pages declare and the superset that decodes what they really hold.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "ascii": "utf-8"}
#: Bytes of a table that its encoding is told from.
_HEAD = 1024 * 1024
#: As much text as the choice between encodings looks at, in characters.
_SAMPLE = 20_000
#: Below this share of common characters no encoding is believed. Real Chinese text stands
#: above 0.95, a wrong decoding of it mostly below 0.6.
_PLAUSIBLE = 0.7


class Decoded(NamedTuple):
    """Text and the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes, path: Path, *, encoding: str = "", declared: str = "") -> Decoded:
    """Decode strictly: as told, by byte order mark, as declared, UTF-8, or by the evidence.

    ``encoding`` is the user's word and admits no other; ``declared`` is the page's own
    word and counts when it decodes. Raises EmptyInputError, FormatError (binary),
    EncodingError; UsageError for an unknown encoding.

    >>> decode("云川省设立基金".encode("gb18030"), Path("a.txt"))
    Decoded(text='云川省设立基金', encoding='gb18030')
    """
    if not data.strip():
        raise EmptyInputError(path, "the file is empty", "give a file with text in it")
    if encoding:
        return _as_told(data, path, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, path, name)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise FormatError(
                path, f"this is {what}, not text", "give the file its right extension or convert it"
            )
    for name in (declared, "utf-8"):
        text = _try(data, _wider(name)) if name else None
        if text is not None and "\0" not in text and not (name == "utf-8" and _doubtful(text)):
            return Decoded(text, _wider(name))
    return _by_evidence(data, path)


def text_stream(stream: BinaryIO, path: Path, *, encoding: str = "", newline: str | None = None) -> TextIO:
    """Open a large table as text, in the encoding that its first megabyte is in.

    Reading it raises UnicodeError where a later byte does not fit. Raises what ``decode`` does.
    """
    head = stream.read(_HEAD)
    # Not to cut a character in two; a table has a line end somewhere.
    sample = head[: head.rfind(b"\n") + 1] or head if len(head) == _HEAD else head
    name = decode(sample, path, encoding=encoding).encoding
    return io.TextIOWrapper(buffered(Rejoined(head, stream)), encoding=name, errors="strict", newline=newline)


def _as_told(data: bytes, path: Path, encoding: str) -> Decoded:
    try:
        codecs.lookup(encoding)
        b"".decode(encoding)
    except LookupError:
        raise UsageError(
            f"unknown encoding {encoding!r}; known are for instance utf-8, gb18030, big5, utf-16"
        ) from None
    name = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else _wider(encoding)
    return _strict(data, path, name)


def _strict(data: bytes, path: Path, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        raise EncodingError(
            path, f"not valid {encoding} at byte {at}", "give its right encoding with --encoding"
        ) from None


def _wider(name: str) -> str:
    try:
        canonical = codecs.lookup(name.strip()).name
    except LookupError:
        return "utf-8"
    return _WIDER.get(canonical, canonical)


def _doubtful(text: str) -> bool:
    """Whether this may be a word or two of GB18030 that happen to be UTF-8 (学习 is one).

    3 % of two-character words are; of four-character ones, 0.1 %.
    """
    return len(text) < 32 and not text.isascii() and max(text) < "\u0800" and not re.search("[A-Za-z]", text)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _by_evidence(data: bytes, path: Path) -> Decoded:
    fits = [Decoded(text, name) for name in _LEGACY if (text := _try(data, name)) is not None]
    if fits:
        best = max(fits, key=lambda fit: likeness(fit.text))  # the first of equals
        if likeness(best.text) >= _PLAUSIBLE:
            return best
    if b"\0" in data[:_SAMPLE]:
        raise FormatError(path, "this is a binary file, not text", "convert it to text first")
    raise EncodingError(
        path,
        f"neither UTF-8 ({_utf8_fault(data)}) nor UTF-16, GB18030 or Big5",
        "give its encoding with --encoding",
    )


def _utf8_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.end == len(data) and error.reason == "unexpected end of data"
        return "cut off in its last character" if cut else f"it breaks at byte {error.start}"
    return "it holds zero bytes"


def likeness(text: str) -> float:
    """Return how much of the text is what Chinese text is made of, 0 to 1.

    Common characters are those of the first levels of GB 2312 and Big5 (the standards
    split their characters by frequency), signs and ASCII.

    >>> likeness("中國") > likeness("中國".encode("big5").decode("gb18030"))
    True
    """
    counts = Counter(text[:_SAMPLE])
    whole = good = 0.0
    for char, times in counts.items():
        # ASCII says little: all of the encodings share it.
        weight = times * (0.05 if char.isascii() else 1.0)
        whole += weight
        good += weight * _worth(char)
    return good / whole if whole else 0.0


def _worth(char: str) -> float:
    if char in _common():
        return 1.0
    if "一" <= char <= "鿿":
        return 0.3
    return 0.6 if unicodedata.category(char)[0] in "LNS" and char < "\uac00" else 0.0


@cache
def _common() -> frozenset[str]:
    """First-level characters of GB 2312 (rows 16-55) and Big5 (A440-C67E), signs, ASCII text."""
    simplified = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(b for row in range(0xA4, 0xC6) for cell in trails for b in (row, cell))
    ascii_text = "\t\n\r\f" + "".join(map(chr, range(0x20, 0x7F)))
    signs = "　、。·—…‘’“”〈〉《》「」『』【】〔〕，！？：；（）％－～／．＋０１２３４５６７８９①②③④⑤\u00a0"
    return frozenset(
        simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore") + ascii_text + signs
    )
