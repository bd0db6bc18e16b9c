"""Markdown: headings, paragraphs, items and cells as blocks, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.read.draft import Draft
from kg.read.encoding import decode
from kg.read.head import iso_date
from kg.read.lines import Line, has_han, line, visible
from kg.read.source import Input

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\n(.{0,5000}?)\n---[ \t]*\n", re.S)
_FIELD = re.compile(r"^(title|date|source)\s{0,3}:\s{0,3}[\"']?(.{1,200}?)[\"']?\s*$", re.M)
#: Emphasis that CommonMark leaves standing beside Chinese punctuation: **重点：**内容.
_STARS = re.compile(r"\*\*|__(?=\S)")
#: Figures that a PDF converter set as formulas: $9 0 \\%$ is 90%.
_FIGURE = re.compile(r"\$([\d\s.,+~\\%-]{1,60})\$")
#: A heading whose author left out the space: ###总体要求.
_TIGHT_HEADING = re.compile(r"#{1,6}(?=[^#\s])")
_KINDS = {"heading_open": BlockKind.HEADING, "th_open": BlockKind.ITEM, "td_open": BlockKind.ITEM}
_LEAVES = frozenset(("fence", "code_block"))


def read_markdown(given: Input) -> Iterator[Draft]:
    """Yield the document of a Markdown file; raises the errors of ``decode``."""
    yield markdown_draft(decode(given.read(), given.path, encoding=given.encoding).text)


def markdown_draft(text: str) -> Draft:
    """Return the document of a text in Markdown."""
    text = visible(text).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    fields = dict(_FIELD.findall(front[1])) if front else {}
    lines = tuple(_walk(_tokens(text[front.end() :] if front else text)))
    title = fields.get("title", "") or next((one.flat for one in lines if one.kind is BlockKind.HEADING), "")
    return Draft(lines, title, iso_date(fields.get("date", "")), fields.get("source", ""))


def _tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt  # 50 ms, wanted for Markdown only

    # An indent is a paragraph's in Chinese text, never code.
    return MarkdownIt("commonmark").enable("table").disable("code").parse(text)


def _walk(tokens: Sequence[Token]) -> Iterator[Line]:
    kind: BlockKind | None = None
    items = 0
    for token in tokens:
        items += token.nesting if token.type.startswith("list_item") else 0
        if token.type.endswith("_open"):
            kind = _KINDS.get(token.type, BlockKind.ITEM if items else None)
        elif token.type == "inline":
            yield from _inline(token, kind)
        elif token.type in _LEAVES:
            yield from (line(row.strip(), whole=True) for row in token.content.splitlines() if row.strip())
        elif token.type == "html_block":
            yield from _html(token.content)


def _inline(token: Token, kind: BlockKind | None) -> Iterator[Line]:
    children = token.children or []
    rows, captions = _rows(children)
    broken = any(child.type == "hardbreak" for child in children)
    if len(rows) == 1 and kind is None and (_is_bold(children) or _TIGHT_HEADING.match(rows[0])):
        yield line(_TIGHT_HEADING.sub("", rows[0]), gap=1, kind=BlockKind.HEADING)
    else:
        for at, row in enumerate(rows):
            # A blank line stands before a paragraph of Markdown; its hard breaks are meant.
            yield line(row, gap=0 if at else 1, kind=kind, whole=broken, soft=at > 0)
    for caption in captions:
        yield line(caption, kind=BlockKind.CAPTION, whole=True)


def _rows(children: Sequence[Token]) -> tuple[list[str], list[str]]:
    """Return the rows of a paragraph (one for a row of the source) and the texts of its pictures."""
    rows, captions = [""], []
    for child in children:
        if child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            rows.append("")
        elif child.type == "image":
            captions += [child.content.strip()] if has_han(child.content) else []
        elif child.type in ("text", "code_inline"):
            rows[-1] += child.content
    return [clean for row in rows if (clean := _clean(row))], captions


def _clean(row: str) -> str:
    return _STARS.sub("", _FIGURE.sub(lambda figure: re.sub(r"[\s\\]", "", figure[1]), row)).strip()


def _is_bold(children: Sequence[Token]) -> bool:
    seen = [child.type for child in children if child.type != "text" or child.content.strip()]
    return seen[:1] == ["strong_open"] and seen[-1:] == ["strong_close"] and seen.count("strong_open") == 1


def _html(content: str) -> Iterator[Line]:
    from kg.errors import EmptyInputError
    from kg.read.html import text_draft

    try:
        yield from text_draft(content, Path("html")).lines
    except EmptyInputError:
        return
