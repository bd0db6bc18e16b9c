"""Columns of print: how wide the lines are around a line, where width has broken them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import multimode

from kg.read.lines import Line

#: Lines before (or after) a line that its column's width is taken from.
WINDOW = 8
#: Shares of the column's width that a full line has at least and at most: print is justified,
#: and Latin, figures and squeezed signs count as wider or narrower than they are.
#: A line with a comma is hardly a heading and needs less.
FULL, PROSE_FULL, OVERFULL = 0.82, 0.75, 1.18
#: Columns by which a line may be short however wide the column is: an indent that was lost,
#: a sign that may not start the next line, squeezed signs.
SHORT = 9
#: Columns of a paragraph's indent; a line further in is centred.
_INDENT = 4
#: Widths of the narrowest and the widest column of print (10 and 80 characters).
NARROWEST, WIDEST = 20, 160


class Columns:
    """The widths of print around every line; -1 where the lines are not those of a column."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._reach = [0 if line.whole else printed(line) for line in lines]
        self._cut = [0]  # how many of the lines so far end in mid-sentence
        for line, reach in zip(lines, self._reach, strict=True):
            self._cut.append(self._cut[-1] + (line.open and reach >= NARROWEST))
        self._known: dict[tuple[int, int], int] = {}
        self._page = column(lines, self._reach, share=0.5) if self._cut[-1] >= WINDOW else -1

    def width(self, at: int) -> int:
        """Return the column that the line fills, or -1."""
        line, before = self._lines[at], self._before(at)
        if before > 0 and not line.open:
            # A full stop is measured by the column that it stands in, not by the next one.
            return before if fills(line, before) else -1
        columns = [column for column in (before, self._after(at)) if column > 0] or [self._page]
        return next((column for column in columns if column > 0 and fills(line, column)), -1)

    def near(self, at: int) -> int:
        """Return the width of the column that the line stands in, full or not, or -1."""
        around = max(self._before(at), self._after(at))
        return around if around > 0 else self._page

    def sure(self, at: int) -> bool:
        """Whether so many lines around end in mid-sentence that the width must have broken them."""
        low, high = self._around(at)
        return 2 * (self._cut[high] - self._cut[low]) > high - low

    def usual_gap(self, at: int) -> int:
        """Return how many blank lines mostly stand before a line here; the fewer of two."""
        low, high = self._around(at)
        return min(multimode(min(one.gap, 3) for one in self._lines[low:high] if not one.page) or [0])

    def usual_indent(self, at: int) -> int:
        """Return how far lines are mostly indented here; the less of two."""
        low, high = self._around(at)
        return min(multimode(one.indent for one in self._lines[low:high]))

    def _around(self, at: int) -> tuple[int, int]:
        return max(0, at - WINDOW), min(len(self._lines), at + WINDOW)

    def _before(self, at: int) -> int:
        return self._column(max(0, at - WINDOW + 1), at + 1)

    def _after(self, at: int) -> int:
        return self._column(at, min(len(self._lines), at + WINDOW))

    def _column(self, low: int, high: int) -> int:
        if self._cut[low] == self._cut[high]:
            return -1  # quickly: most texts are not broken by width
        if (low, high) not in self._known:
            self._known[low, high] = column(self._lines[low:high], self._reach[low:high])
        return self._known[low, high]


def printed(line: Line) -> int:
    """Return how far a line reaches, an indent of a paragraph included."""
    return line.width + min(line.indent, _INDENT)


def fills(line: Line, column: int) -> bool:
    """Whether the line reaches about as far as the column."""
    least = max((PROSE_FULL if line.flow else FULL) * column, column - SHORT)
    return least <= printed(line) <= OVERFULL * column


def column(lines: Sequence[Line], reach: Sequence[int], *, share: float = 0.4) -> int:
    """Return the width that the given share of the lines fills, or -1; ``reach`` are their widths.

    The lines must look like prose that width has broken: half of them end in mid-sentence,
    two in five hold a comma or a full stop.
    """
    counts = Counter(one for one in reach if NARROWEST <= one <= WIDEST)
    most, top = 0, 0
    for width in sorted(counts):
        filled = sum(times for at, times in counts.items() if FULL * width <= at <= width)
        if filled > most:
            most, top = filled, width
    if most < max(2, share * len(lines)):
        return -1
    least = max(FULL * top, NARROWEST)
    best = [line for line, one in zip(lines, reach, strict=True) if least <= one <= top]
    if 2 * sum(line.open for line in best) < most or 5 * sum(line.flow for line in best) < 2 * most:
        return -1
    # The upper quartile: squeezed signs and first lines without their indent count as less.
    return sorted(map(printed, best))[-1 - most // 4]
