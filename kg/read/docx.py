"""Word documents: paragraphs, headings, list items, tables and text boxes, in their order.

python-docx opens the package and knows the styles; the text is walked here, because its own
``paragraph.text`` leaves out inserted text, fields' results, content controls and text boxes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import FormatError
from kg.model import BlockKind
from kg.read.draft import Draft
from kg.read.lines import Line, line, visible
from kg.read.source import EXPANSION, LIMIT, Input, reason

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_STYLE = re.compile(r"(?:heading|title|subtitle|标题|副标题|標題)\b", re.I)
_CAPTION_STYLE = re.compile(r"(?:caption|题注|圖表標題)\b", re.I)
_OLE = b"\xd0\xcf\x11\xe0"
#: Elements whose text is none of the document's: deletions, field codes, the second copy of a drawing.
_SKIPPED = frozenset(
    (
        f"{_W}del",
        f"{_W}instrText",
        f"{_W}moveFrom",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)


def read_docx(given: Input) -> Iterator[Draft]:
    """Yield the document; raises FormatError when it is none, is encrypted or expands like a bomb."""
    package = _open(given.read(), given.path)
    lines = tuple(_blocks(package.element.body, package.part))
    title = (package.core_properties.title or "").strip()
    yield Draft(lines, title=visible(title))


def _open(data: bytes, path: Path) -> Any:
    import docx  # 150 ms, wanted for Word only
    from docx.opc.exceptions import OpcError

    if data.startswith(_OLE):
        raise FormatError(path, "an old or an encrypted Word document", "save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > LIMIT + EXPANSION * len(data) or size > 16 * LIMIT:
            raise FormatError(path, f"unpacks to {size / 1e6:.0f} MB, as bombs do", "save it again from Word")
        return docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        OpcError,
        SyntaxError,  # what lxml raises for broken XML
        KeyError,
        ValueError,
        EOFError,
        OSError,
    ) as error:
        raise FormatError(
            path, f"not a Word document, or broken ({reason(error)})", "save it again from Word"
        ) from None


def _blocks(parent: Any, part: Any) -> Iterator[Line]:
    """Yield the lines of a body, a table cell, a text box or a content control."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, part)
        elif element.tag == f"{_W}tbl":
            for cell in element.iter(f"{_W}tc"):
                yield from (
                    one._replace(kind=one.kind or BlockKind.ITEM, whole=True) for one in _cell(cell, part)
                )
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(element, part)


def _cell(cell: Any, part: Any) -> Iterator[Line]:
    for element in cell:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, part)
        elif element.tag == f"{_W}sdt":
            yield from _blocks(element, part)


def _paragraph(paragraph: Any, part: Any) -> Iterator[Line]:
    kind = _kind(paragraph, part)
    boxes = list(paragraph.iter(f"{_W}txbxContent"))
    for row in visible("".join(_text(paragraph))).split("\n"):
        if row.strip():
            yield line(row.strip(), kind=kind)
    for box in boxes:
        if not any(parent.tag in _SKIPPED for parent in box.iterancestors()):
            yield from _blocks(box, part)


def _text(element: Any) -> Iterator[str]:
    """Yield the text of a paragraph; its text boxes are blocks of their own."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield "\t" if element.tag == f"{_W}r" else ""
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _text(child)


def _kind(paragraph: Any, part: Any) -> BlockKind | None:
    """Return what the style of a paragraph says that it is."""
    style = paragraph.pPr.pStyle if paragraph.pPr is not None else None
    name = _style_name(style.val, part) if style is not None else ""
    if _HEADING_STYLE.match(name):
        return BlockKind.HEADING
    if _CAPTION_STYLE.match(name):
        return BlockKind.CAPTION
    return None


def _style_name(id: str, part: Any) -> str:
    style = next((one for one in part.styles if one.style_id == id), None)
    return (style.name or "") if style is not None else id
