"""PDF: the text of the pages in their order, without heads, feet and page numbers.

pdfium reads the characters and the columns (right on all Chinese two-column pages that were
measured; the other libraries mixed them). Size and place of a line tell headings, indents,
running heads and footnotes; footnotes come after the text, so that none cuts a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import EmptyInputError, FormatError
from kg.model import BlockKind
from kg.read import cues
from kg.read.draft import Draft
from kg.read.lines import Line, line, visible, width
from kg.read.shape import is_short
from kg.read.source import LIMIT, Input

#: Pages of the longest document that is read.
_PAGES = 20_000
#: The parts of a page's height above and below which its head and its foot stand.
_TOP, _BOTTOM = 0.9, 0.1
#: Sizes of a heading and of a footnote against the text's.
_LARGE, _SMALL = 1.15, 0.92
#: Indents of a paragraph's first line, in characters; how much more than usual a gap is.
_INDENT, _GAP = (1.5, 2.6), 1.3
#: A running head stands on so many pages.
_REPEATED = 3
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_NOTE = re.compile(r"[①-⑳*＊※¹²³⁴-⁹]|[\[［〔(（]?\d{1,2}[\]］〕)）]|\d{1,2}\s|注\s?[:：]?")
_DIGITS = re.compile(r"\d+")


class _Row(NamedTuple):
    """A line of a page: its words, its size in points, its left edge, its height (0 to 1)."""

    text: str
    size: float
    left: float
    height: float


def read_pdf(given: Input) -> Iterator[Draft]:
    """Yield the document; raises FormatError (broken, encrypted, too long), EmptyInputError (scanned)."""
    pages = _pages(given.read(), given.path)
    if not any(pages):
        what = "a PDF of pictures, without text"
        raise EmptyInputError(given.path, what, "run text recognition first, for instance ocrmypdf")
    blank = [str(number) for number, page in enumerate(pages, 1) if not page]
    warnings = (f"pages without text: {', '.join(blank)}",) if blank else ()
    yield Draft(tuple(_lines(_without_heads(pages))), warnings=warnings)


def _pages(data: bytes, path: Path) -> list[list[_Row]]:
    import pypdfium2  # type: ignore[import-untyped]  # 100 ms, wanted for PDF only

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise FormatError(path, "an encrypted PDF", "save it without a password") from None
        raise FormatError(path, "not a PDF, or broken", "download or save it again") from None
    with document:
        if len(document) > _PAGES:
            raise FormatError(path, f"a PDF of {len(document)} pages", "split it into smaller ones")
        return _rows(document, path)


def _rows(document: Any, path: Path) -> list[list[_Row]]:
    pages: list[list[_Row]] = []
    size = 0
    for number in range(len(document)):
        pages.append(_page(document, number))
        size += sum(len(row.text) for row in pages[-1])
        if size > LIMIT // 4:
            raise FormatError(path, "too much text in one PDF", "split it into smaller ones")
    return pages


def _page(document: Any, number: int) -> list[_Row]:
    """Return the lines of a page; none if it is broken."""
    from pypdfium2 import PdfiumError, raw

    try:
        page = document[number]
        height = page.get_height() or 1.0
        words = page.get_textpage()
    except PdfiumError:
        return []
    rows: list[_Row] = []
    chars: list[str] = []
    first = -1
    count = words.count_chars()
    for at in range(count + 1):
        char = chr(raw.FPDFText_GetUnicode(words, at)) if at < count else "\n"
        if char not in "\r\n":
            chars.append(char)
            first = at if first < 0 and not char.isspace() else first
        elif first >= 0:
            left, bottom, _, _ = words.get_charbox(first, loose=True)
            text = visible("".join(chars))
            if text.strip():
                rows.append(_Row(text, _size(words, first), left, bottom / height))
        if char in "\r\n":
            chars, first = [], -1
    return rows


def _size(words: Any, at: int) -> float:
    """Return the size of a character on the page, in points: that of its font, scaled as it is set."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    scale = hypot(matrix.b, matrix.d) if raw.FPDFText_GetMatrix(words, at, matrix) else 1.0
    return float(raw.FPDFText_GetFontSize(words, at) * (scale or 1.0)) or 1.0


def _without_heads(pages: Sequence[Sequence[_Row]]) -> list[list[_Row]]:
    """Drop page numbers, and what stands at the same edge of several pages."""
    often: Counter[str] = Counter()
    for page in pages:
        often.update({_key(row) for row in page if not _BOTTOM < row.height < _TOP})
    heads = {key for key, times in often.items() if times >= _REPEATED or 1 < times == len(pages)}
    return [[row for row in page if not _is_running(row, heads)] for page in pages]


def _key(row: _Row) -> str:
    return _DIGITS.sub("0", "".join(row.text.split()))


def _is_running(row: _Row, heads: set[str]) -> bool:
    if _BOTTOM < row.height < _TOP:
        return False
    bare = row.text.strip()
    number = cues.PAGE_MARK.fullmatch(bare) or cues.BARE_NUMBER.fullmatch(bare)
    return number is not None or _key(row) in heads


def _lines(pages: Sequence[Sequence[_Row]]) -> Iterator[Line]:
    """Yield the lines of the text, then the footnotes."""
    sizes: Counter[float] = Counter()
    for row in (row for page in pages for row in page):
        sizes[round(row.size, 1)] += len(row.text)
    text_size = max(sorted(sizes), key=sizes.__getitem__, default=1.0)
    notes: list[_Row] = []
    for page in pages:
        cut = _notes_from(page, text_size)
        notes += page[cut:]
        yield from _page_lines(page[:cut], text_size)
    for row in notes:
        yield line(row.text.strip(), kind=BlockKind.ITEM, soft=not _NOTE.match(row.text.strip()))


def _notes_from(page: Sequence[_Row], text_size: float) -> int:
    """Return where the footnotes of a page begin: small lines at its end, the first with a mark."""
    start = len(page)
    while start > 0 and page[start - 1].size < _SMALL * text_size:
        start -= 1
    while start < len(page) and not _NOTE.match(page[start].text.strip()):
        start += 1
    return start


def _page_lines(page: Sequence[_Row], text_size: float) -> Iterator[Line]:
    lefts = Counter(round(row.left) for row in page)
    steps = Counter(round(a.height - b.height, 3) for a, b in pairwise(page))
    step = max(sorted(steps), key=steps.__getitem__, default=1.0)
    before: _Row | None = None
    for row in page:
        text = row.text.strip()
        large = row.size >= _LARGE * text_size and is_short(width(text), title=True) and "。" not in text
        yield line(
            text,
            margin=_margin(row, lefts),
            gap=int(before is not None and before.height - row.height > _GAP * step),
            page=before is None,
            kind=BlockKind.HEADING if large else None,
            soft=large and before is not None and abs(before.size - row.size) < 0.5,
        )
        before = row


def _margin(row: _Row, lefts: Counter[int]) -> str:
    """Return the indent of a line: that of its words, or that of its place in the column."""
    own = row.text[: len(row.text) - len(row.text.lstrip())]
    near = [left for left in lefts if 0 <= row.left - left <= _INDENT[1] * row.size]
    edge = max(sorted(near), key=lefts.__getitem__, default=row.left)
    indent = (row.left - edge) / row.size
    return own or ("    " if indent >= _INDENT[0] else "")
