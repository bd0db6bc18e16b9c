"""Web pages: the text of the article, all of it, once.

Blocks come from a walk over the whole page. Where the page has navigation around its
article, trafilatura says where the article stands; the blocks of that stretch are taken
from the walk, so that nothing inside is lost or doubled, whatever the tags look like.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import EmptyInputError
from kg.model import BlockKind
from kg.read import cues
from kg.read.draft import Draft
from kg.read.encoding import decode
from kg.read.head import iso_date
from kg.read.lines import Line, line, visible, width
from kg.read.shape import is_open, is_short

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?([\w-]{2,20})""", re.I
)
_HEAD_BYTES = 4096
#: HTML's white space; other spaces (no-break, ideographic) are the author's own.
_BLANK = re.compile(r"[ \t\r\n\f]+")
_NOT_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "nav",
        "select",
        "option",
        "button",
        "textarea",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "rt",
        "rp",
        "form",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "output",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_BOLD = frozenset(("b", "strong"))
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd", "td", "th"), BlockKind.ITEM),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
}
#: Columns of a table cell; what is longer is an article laid out by a table.
_CELL = 200
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)
#: Signs of a page whose article stands among other things.
_FRAMED = frozenset(["nav", "header", "footer", "aside", "form", "iframe"])
#: A page with fewer links than this has no navigation to leave out.
_FEW_LINKS = 5
#: A block of which this share is links is navigation.
_MOSTLY_LINKS = 0.5
#: Characters that a block must have for finding it again to mean something.
_TELLING = 10
_SITE = re.compile(r"\s{0,3}(?:[_|｜]|\s[-–—]\s).*$")


@dataclass(slots=True)
class _Piece:
    """Text between two block boundaries, while it is collected."""

    kind: BlockKind | None = None
    chars: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0

    def add(self, text: str, *, linked: bool, bold: bool) -> None:
        self.chars.append(text)
        size = len(text.strip())
        self.linked += size if linked else 0
        self.bold += size if bold else 0

    @property
    def text(self) -> str:
        return "".join(self.chars).strip()

    @property
    def mostly_links(self) -> bool:
        return self.linked > _MOSTLY_LINKS * len(self.text)


def read_html(data: bytes, path: Path, encoding: str) -> Draft:
    """Read a page or a fragment of one; raises the errors of ``decode`` and EmptyInputError."""
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    text = decode(data, path, encoding=encoding, declared=declared[1].decode() if declared else "").text
    return read_page(text, path)


def read_page(text: str, path: Path) -> Draft:
    """Read the text of a page that is decoded already."""
    root = _parse(visible(text))
    pieces = list(_pieces(root)) if root is not None else []
    if not pieces:
        raise EmptyInputError(path, "there is no text in the page", "save the page with its article")
    framed = any(element.tag in _FRAMED for element in root.iter()) or len(root.findall(".//a")) >= _FEW_LINKS
    chosen = _article(pieces, text) if framed else pieces
    lines = [one for piece in chosen for one in _lines(piece)]
    return Draft(tuple(lines), title=_title(root), date=_date(root), source=_meta(root, cues.META_SOURCE))


def _parse(text: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]  # 30 ms, wanted for pages only

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _pieces(root: Any) -> Iterator[_Piece]:
    """Walk the page without recursion and yield the text between block boundaries."""
    from lxml import etree

    piece = _Piece()
    linked = bold = skipped = verbatim = 0
    kinds: list[BlockKind | None] = [None]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag, start = element.tag, event == "start"
        step = 1 if start else -1
        if _unseen(element):
            skipped += step
        if not skipped or (not start and _unseen(element)):
            if tag not in _INLINE and tag != "br" and not _unseen(element):
                if piece.text:
                    yield piece
                if start:
                    kinds.append(_KINDS.get(tag, kinds[-1] if tag not in ("table", "ul", "ol") else None))
                else:
                    kinds.pop()
                piece = _Piece(kinds[-1])
            linked += step * (tag == "a")
            bold += step * (tag in _BOLD)
            verbatim += step * (tag == "pre")
            if start and tag == "br":
                piece.chars.append("\n")
            text = element.text if start else element.tail
            if text and not skipped:
                words = text if verbatim else _BLANK.sub(" ", text)
                piece.add(words, linked=linked > 0, bold=bold > 0)
    if piece.text:
        yield piece


def _unseen(element: Any) -> bool:
    if element.tag in _NOT_TEXT:
        return True
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _lines(piece: _Piece) -> Iterator[Line]:
    gap = 0
    for part in map(str.strip, piece.text.split("\n")):
        if part:
            yield line(part, gap=gap, kind=_kind(piece, part))
        gap = 0 if part else gap + 1


def _kind(piece: _Piece, part: str) -> BlockKind | None:
    if piece.kind is BlockKind.ITEM and width(part) > _CELL:
        return None
    if piece.kind:
        return piece.kind
    solid = "\n" not in piece.text and piece.bold >= 0.9 * len(piece.text)
    return BlockKind.HEADING if solid and is_open(part) and is_short(width(part), title=True) else None


def _article(pieces: list[_Piece], page: str) -> list[_Piece]:
    """Choose the stretch of blocks that trafilatura finds the article in."""
    import trafilatura  # 220 ms, wanted for framed pages only

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(page, favor_recall=True, include_comments=False, include_tables=True) or ""
    body = _bare(found)
    inside = [len(bare := _bare(piece.text)) >= _TELLING and bare in body for piece in pieces]
    if not any(inside):
        kept = [piece for piece in pieces if not piece.mostly_links]
        return kept or pieces
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    while first > 0 and _is_prose(pieces[first - 1]):
        first -= 1
    while last < len(pieces) and _is_prose(pieces[last]):
        last += 1
    return [
        piece
        for piece, sure in zip(pieces[first:last], inside[first:last], strict=True)
        if sure or not piece.mostly_links
    ]


def _is_prose(piece: _Piece) -> bool:
    return not piece.mostly_links and len(piece.text) >= 2 * _TELLING and not is_open(piece.text)


def _bare(text: str) -> str:
    return "".join(text.split())


def _title(root: Any) -> str:
    if named := _meta(root, cues.META_TITLE):
        return named
    headings = [" ".join(h1.text_content().split()) for h1 in root.findall(".//h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return _SITE.sub("", " ".join((root.findtext(".//title") or "").split()))


def _date(root: Any) -> str:
    for name in cues.META_DATE:
        if found := iso_date(_meta(root, (name,))):
            return found
    return ""


def _meta(root: Any, names: tuple[str, ...]) -> str:
    wanted = [name.lower() for name in names]
    values: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if key in wanted and (content := " ".join((meta.get("content") or "").split())):
            values.setdefault(key, content)
    return next((values[name] for name in wanted if name in values), "")
