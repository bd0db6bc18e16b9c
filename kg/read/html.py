"""Web pages: the text of the article, all of it, once.

Blocks come from a walk over the whole page. Where the page has navigation around its
article, trafilatura says where the article stands; the blocks of that stretch are taken
from the walk, so that nothing inside is lost or doubled, whatever the tags look like.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import EmptyInputError, FormatError
from kg.model import BlockKind
from kg.read import cues
from kg.read.draft import Draft
from kg.read.encoding import decode
from kg.read.head import iso_date
from kg.read.lines import Line, line, visible, width
from kg.read.shape import is_open, is_short
from kg.read.source import Input

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
_LISTS = frozenset(("table", "ul", "ol", "dl"))
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
#: Characters of the longest page in which the article is looked for; a longer one is taken whole.
_FINDABLE = 2_000_000
_SITE = re.compile(r"\s{0,3}(?:[_|｜]|\s[-–—]\s).*$")


class _Piece(NamedTuple):
    """The text between two block boundaries, and how much of it is linked or bold."""

    text: str
    kind: BlockKind | None
    linked: int
    bold: int

    @property
    def mostly_links(self) -> bool:
        return self.linked > _MOSTLY_LINKS * len(self.text)

    @property
    def is_prose(self) -> bool:
        return not self.mostly_links and len(self.text) >= 2 * _TELLING and not is_open(self.text)


class _Collector:
    """Text of one piece while the walk goes over it."""

    def __init__(self) -> None:
        self.kinds: list[BlockKind | None] = [None]
        self._clear()

    def _clear(self) -> None:
        self._chars: list[str] = []
        self._linked = self._bold = 0

    def add(self, text: str, *, linked: bool = False, bold: bool = False) -> None:
        self._chars.append(text)
        size = len(text.strip())
        self._linked += size * linked
        self._bold += size * bold

    def take(self) -> Iterator[_Piece]:
        """Yield the piece so far, if there is text in it, and begin another."""
        if text := "".join(self._chars).strip():
            yield _Piece(text, self.kinds[-1], self._linked, self._bold)
        self._clear()


def read_html(given: Input) -> Iterator[Draft]:
    """Yield the document of a page, or a fragment of one; raises what ``page_draft`` does."""
    yield page_draft(given.read(), given.path, given.encoding)


def page_draft(data: bytes, path: Path, encoding: str = "", *, declared: str = "") -> Draft:
    """Return the document of a page's bytes; ``declared`` is its encoding as the transport gave it.

    Raises the errors of ``decode``, EmptyInputError and, for tags without end, FormatError.
    """
    own = _DECLARED.search(data[:_HEAD_BYTES])
    declared = declared or (own[1].decode() if own else "")
    return text_draft(decode(data, path, encoding=encoding, declared=declared).text, path)


def text_draft(text: str, path: Path) -> Draft:
    """Return the document of a page that is decoded already."""
    root = _parse(visible(text), path)
    pieces = list(_pieces(root)) if root is not None else []
    if not pieces:
        raise EmptyInputError(path, "there is no text in the page", "save the page with its article")
    framed = any(element.tag in _FRAMED for element in root.iter()) or len(root.findall(".//a")) >= _FEW_LINKS
    chosen = _article(pieces, text) if framed and len(text) <= _FINDABLE else pieces
    lines = [one for piece in chosen for one in _lines(piece)]
    return Draft(tuple(lines), title=_title(root), date=_date(root), source=_meta(root, cues.META_SOURCE))


def _parse(text: str, path: Path) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]  # 30 ms, wanted for pages only

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("depth" in entry.message for entry in parser.error_log):
        # libxml2 drops what lies deeper than 2,048 tags.
        raise FormatError(path, "its tags are nested too deeply to be a page", "save it as text")
    return root


def _pieces(root: Any) -> Iterator[_Piece]:
    """Walk the page without recursion and yield the text between block boundaries."""
    from lxml import etree

    piece = _Collector()
    linked = bold = verbatim = 0
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag, start = element.tag, event == "start"
        unseen = _unseen(element)
        if start and unseen:
            events.skip_subtree()
        elif tag == "br":
            piece.add("\n" if start else "")
        elif tag not in _INLINE and not unseen:
            yield from piece.take()
            if start:
                piece.kinds.append(None if tag in _LISTS else _KINDS.get(tag, piece.kinds[-1]))
            else:
                piece.kinds.pop()
        elif not unseen:
            linked += (tag == "a") * (1 if start else -1)
            bold += (tag in _BOLD) * (1 if start else -1)
        verbatim += (tag == "pre") * (1 if start else -1)
        text = (None if unseen else element.text) if start else element.tail
        if text:
            piece.add(text if verbatim else _BLANK.sub(" ", text), linked=linked > 0, bold=bold > 0)
    yield from piece.take()


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
    while first > 0 and pieces[first - 1].is_prose:
        first -= 1
    while last < len(pieces) and pieces[last].is_prose:
        last += 1
    return [
        piece
        for piece, sure in zip(pieces[first:last], inside[first:last], strict=True)
        if sure or not piece.mostly_links
    ]


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
