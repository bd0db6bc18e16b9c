"""Layout repair: from physical lines to blocks, one a paragraph, heading, caption or item.

The repair deletes white space, page numbers, running heads and captions that cut a
sentence in two; it never changes, adds or moves another character. A line goes on in the
next when it is as wide as its column and ends in mid-sentence; the width of a column is
taken from the lines around, because a newspaper page changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import multimode

from kg.model import Block, BlockKind, Span
from kg.read import cues
from kg.read.lines import Line, join, width
from kg.read.running import drop_running
from kg.read.shape import goes_on, is_aside, is_caption, is_numbered, is_open, is_short, is_titled, starts

#: Lines before (or after) a line that its column's width is taken from.
_WINDOW = 8
#: Shares of the column's width that a full line has at least and at most: print is justified,
#: and Latin, figures and squeezed signs count as wider or narrower than they are.
#: A line with a comma is hardly a heading and needs less.
_FULL, _PROSE_FULL, _OVERFULL = 0.82, 0.75, 1.18
#: Columns of the narrowest and the widest column of print (10 and 80 characters).
_NARROWEST, _WIDEST = 20, 160
#: A paragraph's first line whose indent was lost is short by two characters.
_INDENT = (3, 6)
#: So many short lines without a full stop before prose are headings; more are a list.
_HEADINGS = 3
#: Columns that a line without a full stop must have to be taken for prose cut off.
_PROSE = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """The repaired text, its blocks (which tile it, line by line), and what was left out."""

    text: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


def repair(lines: Sequence[Line]) -> Layout:
    """Join the broken lines of a document, drop running matter, and name the blocks.

    >>> from kg.read.lines import split_lines
    >>> repair(list(split_lines("一、总体要求\\n云川省加快建设科技创新平\\n台，成效明显。"))).text
    '一、总体要求\\n云川省加快建设科技创新平台，成效明显。'
    """
    kept, captions = _drop_cutting_captions(drop_running(lines))
    groups = _group(kept)
    texts = [join(group) for group in groups]
    kinds = _kinds(groups, texts)
    warnings = tuple(f"left out a caption in mid-sentence: {caption}" for caption in captions)
    return _lay_out(zip(texts, kinds, strict=True), warnings)


def _lay_out(parts: Iterable[tuple[str, BlockKind]], warnings: tuple[str, ...]) -> Layout:
    blocks, texts, at = [], [], 0
    for text, kind in parts:
        if not text:
            continue
        blocks.append(Block(kind, Span(at, at + len(text))))
        texts.append(text)
        at += len(text) + 1
    return Layout("\n".join(texts), tuple(blocks), warnings)


class _Columns:
    """The widths of print around every line; -1 where the lines are not those of a column."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._cut = [line.width >= _NARROWEST and is_open(line.flat) for line in lines]
        self._before = [_column(lines[max(0, at - _WINDOW + 1) : at + 1]) for at in range(len(lines))]
        self._after = [_column(lines[at : at + _WINDOW]) for at in range(len(lines))]

    def width(self, line: Line, at: int) -> int:
        """Return the column that the line fills, or -1."""
        columns = [self._before[at], self._after[at]]
        if columns[0] > 0 and not self._cut[at]:
            columns.pop()  # a full stop is measured by the column that it stands in, not by the next
        for column in columns:
            least = _PROSE_FULL if cues.FLOW.search(line.flat) else _FULL
            if column > 0 and least * column <= line.width <= _OVERFULL * column:
                return column
        return -1

    def near(self, at: int) -> int:
        """Return the width of the column that the line stands in, full or not, or -1."""
        return max(self._before[at], self._after[at])

    def sure(self, at: int) -> bool:
        """Whether so many lines around end in mid-sentence that the width must have broken them."""
        around = self._cut[max(0, at - _WINDOW) : at + _WINDOW]
        return 2 * sum(around) > len(around)


def _column(lines: Sequence[Line]) -> int:
    """Return the width that most of the lines fill, if they look like prose broken by width."""
    candidates = [line for line in lines if _NARROWEST <= line.width <= _WIDEST and not line.whole]
    best: list[Line] = []
    for top in candidates:
        filled = [line for line in candidates if _FULL * top.width <= line.width <= top.width]
        if len(filled) > len(best):
            best = filled
    if len(best) < 2 or 5 * len(best) < 2 * len(lines):
        return -1
    cut = sum(is_open(line.flat) for line in best)
    prose = sum(cues.FLOW.search(line.flat) is not None for line in best)
    if 2 * cut < len(best) or 5 * prose < 2 * len(best):
        return -1
    # The upper quartile: squeezed signs and first lines without their indent count as less.
    return sorted(line.width for line in best)[-1 - len(best) // 4]


def _group(lines: Sequence[Line]) -> list[list[Line]]:
    columns = _Columns(lines)
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and (_continues(lines, at - 1, columns, groups[-1][0]) or _same_title(groups, line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(lines: Sequence[Line], at: int, columns: _Columns, first: Line) -> bool:
    """Whether the line at ``at`` goes on in the next; ``first`` is the first of its block."""
    line, following = lines[at], lines[at + 1]
    opens = line is first
    if line.whole or following.whole or line.kind != following.kind:
        return False
    if (is_caption(line) and opens) or is_aside(first.flat, line.flat) or _starts(lines, at + 1):
        return False
    if goes_on(line.flat) or following.flat[0] in cues.CLOSING_HEAD:
        return True
    if following.soft and is_open(line.flat) and cues.FLOW.search(line.flat):
        return True
    column = columns.width(line, at)
    if column < 0:
        return (
            _cut_off(line, following, opens=opens)
            or _same_heading(lines, at, columns)
            or _tail(lines, at, columns)
        )
    if following.width > _OVERFULL * columns.near(at):
        return False
    far = following.gap > _usual_gap(lines, at + 1)
    if is_open(line.flat):
        return not (far and opens and not cues.FLOW.search(line.flat))
    if is_open(following.flat) and columns.width(following, at + 1) < 0:
        return False  # a heading between two paragraphs
    return not far and columns.sure(at) and not _lost_indent(lines, at + 1, column)


def _same_title(groups: Sequence[Sequence[Line]], following: Line) -> bool:
    """Whether the title that opens the document, 关于…的通知, goes on in the line."""
    title = "".join(line.flat for line in groups[0])
    whole = title + following.flat
    return (
        len(groups) == 1
        and not following.kind
        and cues.TITLE_OPEN.match(title) is not None
        and cues.TITLE_CLOSED.search(title) is None
        and cues.TITLE_CLOSED.search(whole) is not None
        and is_short(width(whole), title=True)
    )


def _starts(lines: Sequence[Line], at: int) -> bool:
    """Whether the line starts a block: by its first signs, or indented more than lines are here."""
    line = lines[at]
    if line.marked or starts(line):
        return True
    return line.indent >= 2 and line.indent > min(multimode(one.indent for one in _around(lines, at)))


def _around(lines: Sequence[Line], at: int) -> Sequence[Line]:
    return lines[max(0, at - _WINDOW) : at + _WINDOW]


def _usual_gap(lines: Sequence[Line], at: int) -> int:
    return min(multimode(min(line.gap, 3) for line in _around(lines, at) if not line.page) or [0])


def _lost_indent(lines: Sequence[Line], at: int, column: int) -> bool:
    """Whether the line is a paragraph's first whose indent was lost in copying."""
    line = lines[at]
    indented = any(one.indent >= 2 for one in _around(lines, at))
    return not indented and is_open(line.flat) and _INDENT[0] <= column - line.width <= _INDENT[1]


def _cut_off(line: Line, following: Line, *, opens: bool) -> bool:
    """Whether prose that is not broken by width stops in mid-sentence, as at a page's end."""
    if not is_open(line.flat) or cues.CREDIT.search(line.flat):
        return False
    if is_open(following.flat) and "。" not in following.flat:
        return False
    if line.flat[-1] in "”」』":
        return False
    if "。" in line.flat:
        return not cues.STUB.search(line.flat)
    if not cues.FLOW.search(line.flat) or (opens and is_titled(line.flat)):
        return False
    if following.page:
        return line.width >= 2 * _NARROWEST
    return line.width >= _PROSE and following.width <= line.width


def _tail(lines: Sequence[Line], at: int, columns: _Columns) -> bool:
    """Whether a line, not full, goes on in a shorter one that ends it: no text is shorter than its heading."""
    line, following = lines[at], lines[at + 1]
    ends = following.flat.rstrip(cues.CLOSERS).endswith("。")
    if not is_open(line.flat) or not ends or following.gap > _usual_gap(lines, at + 1):
        return False
    if following.width <= line.width and 5 * line.width >= 3 * columns.near(at) > 0:
        return True
    return line.width >= _NARROWEST and 5 * following.width <= 4 * line.width


def _same_heading(lines: Sequence[Line], at: int, columns: _Columns) -> bool:
    """Whether two short lines, closer than lines are around, are one heading."""
    line, following = lines[at], lines[at + 1]
    if not (is_open(line.flat) and is_open(following.flat)):
        return False
    if following.gap >= _usual_gap(lines, at + 1) or columns.width(following, at + 1) > 0:
        return False
    return is_short(line.width + following.width)


def _drop_cutting_captions(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Leave out the captions that stand between the halves of a sentence."""
    kept: list[Line] = []
    dropped: list[str] = []
    columns = _Columns(lines)
    for at, line in enumerate(lines):
        if 0 < at < len(lines) - 1 and is_caption(line) and not line.whole and not line.kind:
            before, after = lines[at - 1], lines[at + 1]
            cut = is_open(before.flat) and not is_caption(before) and cues.CLAUSE.search(before.flat)
            if cut and columns.width(before, at - 1) > 0 and not _starts(lines, at + 1) and not after.kind:
                dropped.append(line.flat)
                continue
        kept.append(line)
    return kept, dropped


def _kinds(groups: Sequence[Sequence[Line]], texts: Sequence[str]) -> list[BlockKind]:
    kinds: list[BlockKind] = []
    before_prose = _HEADINGS + 1  # blocks without a full stop from here on to the next prose
    for at in reversed(range(len(groups))):
        kind = _sure_kind(groups[at], texts[at])
        before_prose = (
            before_prose + 1 if kind is None else 0 if kind is BlockKind.PARAGRAPH else before_prose
        )
        if kind is BlockKind.HEADING:
            before_prose = 0
        if kind is None:
            kind = BlockKind.HEADING if before_prose <= _HEADINGS else BlockKind.ITEM
        kinds.append(kind)
    return _headed(kinds[::-1], groups)


def _sure_kind(group: Sequence[Line], text: str) -> BlockKind | None:
    """Return the kind that a block shows by itself; None for a short one without a full stop."""
    first = group[0]
    if is_caption(first) and len(group) <= 2 and first.kind is not BlockKind.ITEM:
        return BlockKind.CAPTION
    if first.kind:
        return first.kind
    columns = width(text)
    if (
        is_numbered(text)
        and is_short(columns, title=True)
        and "。" not in text
        and text[-1] not in "；;：:，"
    ):
        return BlockKind.HEADING
    if cues.BULLET.match(text):
        return BlockKind.ITEM
    return None if is_open(text) and is_short(columns) else BlockKind.PARAGRAPH


def _headed(kinds: list[BlockKind], groups: Sequence[Sequence[Line]]) -> list[BlockKind]:
    """Turn the lines without a full stop that open the document into headings."""
    for at, kind in enumerate(kinds[:_HEADINGS]):
        text = groups[at][0].flat
        if len(kinds) == 1 or kind is BlockKind.CAPTION or not is_open(groups[at][-1].flat):
            break
        if kind is BlockKind.PARAGRAPH and not (len(groups[at]) <= 2 and is_short(width(text), title=True)):
            break
        kinds[at] = BlockKind.HEADING
    return kinds
