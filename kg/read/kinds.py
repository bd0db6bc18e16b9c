"""What the blocks of a repaired text are: headings, captions, items, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import BlockKind
from kg.read import cues
from kg.read.lines import Line, width
from kg.read.shape import is_numbered, is_open, is_short

#: So many short lines without a full stop before prose are headings; more are a list.
_HEADINGS = 3
#: Lines of the longest title (a government's notice), and of the longest caption.
_TITLE_LINES = 3
_CAPTION_LINES = 5
#: Signs that no numbered heading ends in.
_NO_HEADING = "；;：:，"


def block_kinds(groups: Sequence[Sequence[Line]], texts: Sequence[str]) -> list[BlockKind]:
    """Name the kind of every block, given the lines that it was made of and its text.

    >>> from kg.read.lines import line
    >>> words = ["一、目标", "江州市建成平台。", "图1 布局"]
    >>> [kind.value for kind in block_kinds([[line(text)] for text in words], words)]
    ['heading', 'paragraph', 'caption']
    """
    kinds: list[BlockKind] = []
    short = _HEADINGS + 1  # short lines without a full stop from here to the next prose
    for group, text in zip(reversed(groups), reversed(texts), strict=True):
        kind = _sure_kind(group, text)
        if kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            short = 0
        elif kind is None:
            short += 1
            kind = BlockKind.HEADING if short <= _HEADINGS else BlockKind.ITEM
        kinds.append(kind)
    return _headed(kinds[::-1], groups, texts)


def _sure_kind(group: Sequence[Line], text: str) -> BlockKind | None:
    """Return the kind that a block shows by itself; None for a short one without a full stop."""
    first = group[0]
    captioned = len(group) <= _CAPTION_LINES and (first.caption or group[-1].credited)
    if captioned and first.kind is not BlockKind.ITEM:
        return BlockKind.CAPTION
    if first.kind:
        return first.kind
    columns = width(text) if len(group) > 1 else first.width
    if not is_short(columns, title=True):
        return BlockKind.PARAGRAPH
    if is_numbered(text) and "。" not in text and text[-1] not in _NO_HEADING:
        return BlockKind.HEADING
    if cues.BULLET.match(text):
        return BlockKind.ITEM
    return None if is_open(text) and is_short(columns) else BlockKind.PARAGRAPH


def _headed(
    kinds: list[BlockKind], groups: Sequence[Sequence[Line]], texts: Sequence[str]
) -> list[BlockKind]:
    """Turn the lines without a full stop that open the document into headings."""
    if len(kinds) == 1:
        return kinds
    for at, kind in enumerate(kinds[:_HEADINGS]):
        title = len(groups[at]) <= _TITLE_LINES and is_short(width(texts[at]), title=True)
        if kind is BlockKind.CAPTION or not groups[at][-1].open or not title:
            break
        kinds[at] = BlockKind.HEADING
    return kinds
