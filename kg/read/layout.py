"""Layout repair: from physical lines to blocks, one a paragraph, heading, caption or item.

The repair deletes white space, page numbers, running heads and captions that cut a
sentence in two; it never changes, adds or moves another character. A line goes on in the
next when it is as wide as its column and ends in mid-sentence; the width of a column is
taken from the lines around, because a newspaper page changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Block, BlockKind, Span
from kg.read import cues
from kg.read.columns import NARROWEST, OVERFULL, WINDOW, Columns, fills
from kg.read.kinds import block_kinds
from kg.read.lines import Line, join
from kg.read.running import drop_running
from kg.read.shape import goes_on, is_aside, is_short, is_titled

#: Columns by which a paragraph's first line is short when its indent was lost in copying.
_INDENT = (3, 6)
#: Columns that a line without a full stop must have to be taken for prose cut off.
_PROSE = 60
#: Lines that a title may span.
_TITLE_LINES = 3


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
    warnings = tuple(f"left out a caption in mid-sentence: {caption}" for caption in captions)
    return _lay_out(zip(texts, block_kinds(groups, texts), strict=True), warnings)


def _lay_out(parts: Iterable[tuple[str, BlockKind]], warnings: tuple[str, ...]) -> Layout:
    blocks, texts, at = [], [], 0
    for text, kind in parts:
        if not text:
            continue
        blocks.append(Block(kind, Span(at, at + len(text))))
        texts.append(text)
        at += len(text) + 1
    return Layout("\n".join(texts), tuple(blocks), warnings)


def _group(lines: Sequence[Line]) -> list[list[Line]]:
    columns = Columns(lines)
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and (_continues(lines, at - 1, columns, groups[-1][0]) or _same_title(groups, lines[at:])):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(lines: Sequence[Line], at: int, columns: Columns, first: Line) -> bool:
    """Whether the line at ``at`` goes on in the next; ``first`` is the first of its block."""
    line, following = lines[at], lines[at + 1]
    opens = line is first
    if line.whole or following.whole or line.kind != following.kind or following.marked:
        return False
    if cues.DOCUMENT_NUMBER.fullmatch(line.flat) or cues.DOCUMENT_NUMBER.fullmatch(following.flat):
        return False
    column = columns.width(at)
    certain = following.flat[0] in cues.CLOSING_HEAD or (line.open and goes_on(line.flat))
    if not certain and not line.open and column < 0:
        return False  # the usual case: a paragraph a line
    if line.credited or is_aside(first.flat, line.flat) or _starts(lines, at + 1, columns):
        return False
    if certain or (following.soft and line.open and (line.flow or line.kind)):
        return True
    if line.caption and opens and (column < 0 or not line.open):
        return False
    if column < 0:
        return _cut_off(line, following, opens=opens) or _short_line_goes_on(lines, at, columns)
    return _full_line_goes_on(lines, at, columns, opens=opens)


def _full_line_goes_on(lines: Sequence[Line], at: int, columns: Columns, *, opens: bool) -> bool:
    line, following = lines[at], lines[at + 1]
    if following.width > OVERFULL * columns.near(at):
        return False
    far = following.gap > 0 and following.gap > columns.usual_gap(at + 1)
    column = columns.width(at)
    heading = line.open and opens and (not line.flow or is_titled(line.flat))
    if heading and (far or _lost_indent(lines, at + 1, column)):
        return False  # as wide as its column
    if line.open:
        return True
    if following.open and not fills(following, column):
        return False  # a heading between two paragraphs
    return not far and columns.sure(at) and not _lost_indent(lines, at + 1, column)


def _lost_indent(lines: Sequence[Line], at: int, column: int) -> bool:
    """Whether the line is a paragraph's first whose indent was lost in copying."""
    line = lines[at]
    indented = any(one.indent >= 2 for one in lines[max(0, at - WINDOW) : at + WINDOW])
    return not indented and line.open and _INDENT[0] <= column - line.width <= _INDENT[1]


def _starts(lines: Sequence[Line], at: int, columns: Columns) -> bool:
    """Whether the line starts a block: by its first signs, or indented more than lines are here."""
    line = lines[at]
    return line.marked or line.starts or (line.indent >= 2 and line.indent > columns.usual_indent(at))


def _same_title(groups: Sequence[Sequence[Line]], following: Sequence[Line]) -> bool:
    """Whether the title that opens the document, 关于…的通知, goes on in the lines: one of the next closes it."""
    if len(groups) > 1 or len(groups[0]) >= _TITLE_LINES:
        return False
    title = "".join(line.flat for line in groups[0])
    if cues.TITLE_OPEN.match(title) is None or cues.TITLE_CLOSED.search(title):
        return False
    width = sum(line.width for line in groups[0])
    for line in following[: _TITLE_LINES - len(groups[0])]:
        title, width = title + line.flat, width + line.width
        if line.kind or line.gap or not is_short(width, title=True):
            return False
        if cues.TITLE_CLOSED.search(title):
            return True
    return False


def _cut_off(line: Line, following: Line, *, opens: bool) -> bool:
    """Whether prose that is not broken by width stops in mid-sentence, as at a page's end."""
    if not line.open or line.flat[-1] in "”」』" or cues.CREDIT.search(line.flat):
        return False
    if following.open and "。" not in following.flat:
        return False
    if "。" in line.flat:
        return not cues.STUB.search(line.flat)
    if not line.flow or (opens and is_titled(line.flat)):
        return False
    if following.page:
        return line.width >= 2 * NARROWEST
    return line.width >= _PROSE and following.width <= line.width


def _short_line_goes_on(lines: Sequence[Line], at: int, columns: Columns) -> bool:
    """Whether a line that its column does not fill goes on: the first part of a heading, or a tail."""
    line, following = lines[at], lines[at + 1]
    gap = columns.usual_gap(at + 1)
    if not line.open or following.gap > gap:
        return False
    if following.open:  # one heading, where its lines stand closer than lines do here
        short = is_short(line.width + following.width)
        return short and following.gap < gap and columns.width(at + 1) < 0
    if not following.flat.rstrip(cues.CLOSERS).endswith("。"):
        return False
    if following.width <= line.width and 5 * line.width >= 3 * columns.near(at) > 0:
        return True
    # No text is shorter than its heading.
    return line.width >= NARROWEST and 5 * following.width <= 4 * line.width


def _drop_cutting_captions(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Leave out the captions that stand between the halves of a sentence."""
    if not any(line.caption or line.credited for line in lines):
        return list(lines), []
    columns = Columns(lines)
    cutting = {at for at in range(1, len(lines) - 1) if _cuts(lines, at, columns)}
    kept = [line for at, line in enumerate(lines) if at not in cutting]
    return kept, [lines[at].flat for at in sorted(cutting)]


def _cuts(lines: Sequence[Line], at: int, columns: Columns) -> bool:
    before, line, after = lines[at - 1 : at + 2]
    # A credit after a full stop ends the caption that the lines before began.
    caption = line.caption or (line.credited and "。" not in line.flat)
    if not caption or line.whole or line.kind or after.kind or before.caption:
        return False
    prose = before.open and cues.CLAUSE.search(before.flat) is not None
    return prose and columns.width(at - 1) > 0 and not _starts(lines, at + 1, columns)
