"""Title, date and source that the text itself gives in its head or its signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.model import BlockKind
from kg.read import cues
from kg.read.layout import Layout

#: Blocks that count as the head of a document, and as its signature.
_HEAD, _TAIL = 14, 2
#: The title stands within so many blocks, and has so many characters (下载, 打印 have less).
_TITLE_WITHIN, _SHORTEST = 12, 6
#: Characters of a line of the head; what is longer is text.
_LINE = 80


def title_of(layout: Layout) -> str:
    """Return the heading that opens the document, or "".

    >>> from kg.read.lines import split_lines
    >>> from kg.read.layout import repair
    >>> title_of(repair(list(split_lines("云川省算力规划\\n\\n云川省建成平台。"))))
    '云川省算力规划'
    """
    for block in layout.blocks[:_TITLE_WITHIN]:
        text = layout.text[block.span.start : block.span.end]
        if block.kind is BlockKind.PARAGRAPH and not cues.DATE_LABEL.match(text) and len(text) > _SHORTEST:
            return ""
        named = block.kind in (BlockKind.HEADING, BlockKind.ITEM) and len(text) >= _SHORTEST
        if named and not cues.NUMBERED.match(text) and not cues.ITEM_START.match(text):
            return text
    return ""


def date_of(layout: Layout) -> str:
    """Return the date that stands labelled or alone in the head, or alone at the end, or ""."""
    texts = _texts(layout)
    for text in texts[:_HEAD]:
        label = cues.DATE_LABEL.search(text)
        if label and (found := iso_date(text[label.end() :], start=True)):
            return found
    for text in [*texts[:_HEAD], *texts[-_TAIL:]]:
        bare = text.strip("（）()[]【】 ")
        match = cues.DATE.fullmatch(bare)
        if match and len(bare) > len("2024") + 1 and (found := iso_date(bare)):
            return found
    return ""


def source_of(layout: Layout) -> str:
    """Return what the label 来源： names in the head, or ""."""
    for text in _texts(layout)[:_HEAD]:
        if match := cues.SOURCE_LABEL.search(text):
            return match[1]
    return ""


def _texts(layout: Layout) -> Sequence[str]:
    spans = [block.span for block in layout.blocks]
    ends = spans if len(spans) <= _HEAD + _TAIL else spans[:_HEAD] + spans[-_TAIL:]
    return [text for span in ends if len(text := layout.text[span.start : span.end]) <= _LINE]


def iso_date(text: str, *, start: bool = False) -> str:
    """Return the first calendar date in ISO 8601, as exact as written, or "".

    >>> iso_date("发布于2024年7月1日"), iso_date("2024-07"), iso_date("2024年13月")
    ('2024-07-01', '2024-07', '')
    """
    match = cues.DATE.match(text.strip()) if start else cues.DATE.search(text)
    if not match:
        return ""
    parts = [match["y"], match["m"] or match["m2"], match["d"] or match["d2"]]
    numbers = [int(part) for part in parts if part]
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return ""
    return "-".join(f"{number:02d}" for number in numbers)
