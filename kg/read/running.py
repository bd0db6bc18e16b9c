"""What runs through a document without belonging to its text: page numbers and page heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set

from kg.read import cues
from kg.read.lines import Line

_DIGITS = re.compile(r"\d+")
#: A running head is repeated at least so often.
_REPEATED = 3
#: Columns that a running head takes at most.
_HEAD_WIDTH = 80
#: A line this wide beside a bare number is text, not a row of a table.
_TEXT_WIDTH = 24


def drop_running(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without page numbers and running heads; the next line notes the page."""
    numbers = _numbers(lines) | {at for at in range(len(lines)) if _is_page_number(lines, at)}
    kept = _without(lines, numbers) if numbers else list(lines)
    heads = _running_heads(kept)
    return _without(kept, heads) if heads else kept


def _without(lines: Sequence[Line], drop: Set[int]) -> list[Line]:
    kept: list[Line] = []
    page = False
    for at, line in enumerate(lines):
        if at in drop:
            page = True
            continue
        kept.append(line._replace(page=True) if page else line)
        page = False
    return kept


def _is_page_number(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if line.whole or line.width > _HEAD_WIDTH // 2:
        return False
    if cues.PAGE_MARK.fullmatch(line.raw):
        return True
    if not cues.BARE_NUMBER.fullmatch(line.raw) or cues.YEAR.fullmatch(line.raw):
        return False
    if index in (0, len(lines) - 1):
        return len(lines) > 1
    around = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return bool(around) and all(one.width >= _TEXT_WIDTH or one.flow for one in around)


def _numbers(lines: Sequence[Line]) -> set[int]:
    """Return where bare numbers count the pages: each one more than the last, three or more."""
    bare = [
        (at, int(line.raw)) for at, line in enumerate(lines) if line.raw.isdecimal() and len(line.raw) < 4
    ]
    found: set[int] = set()
    run: list[int] = []
    before = -1
    for at, number in bare:
        run = [*run, at] if number == before + 1 else [at]
        before = number
        if len(run) >= _REPEATED and not lines[at].whole:
            found.update(run)
    return found


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the repeated short lines that mostly stand where a page begins or a sentence is cut."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if key := _head_key(line):
            places[key].append(at)
    heads: set[int] = set()
    for found in places.values():
        if len(found) >= _REPEATED and 2 * sum(_at_page_edge(lines, at) for at in found) > len(found):
            heads.update(found)
    # The first stands where the title does: it stays if it opens the document.
    return {at for at in heads if at > 2}


def _head_key(line: Line) -> str:
    if line.whole or line.kind or line.width > _HEAD_WIDTH or line.flat[-1] in "。！？；":
        return ""
    return _DIGITS.sub("0", line.flat)


def _at_page_edge(lines: Sequence[Line], index: int) -> bool:
    following = lines[index + 1].page if index + 1 < len(lines) else True
    if lines[index].page or following:
        return True
    before = lines[index - 1] if index else None
    return before is not None and before.width >= _TEXT_WIDTH and before.open and before.flow
