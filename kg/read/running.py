"""What runs through a document without belonging to its text: page numbers and page heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from itertools import pairwise

from kg.read import cues
from kg.read.lines import Line

#: The page number that stands in a running head.
_NUMBER = re.compile(r"^\d{1,4}(?=[\s·|－—-])|(?<=[\s·|－—-])\d{1,4}$")
#: A running head is repeated at least so often, at least so many lines apart.
_REPEATED, _APART = 3, 3
#: Columns that a running head takes at most.
_HEAD_WIDTH = 80
#: A line this wide beside a bare number is text, not a row of a table.
_TEXT_WIDTH = 24


def drop_running(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without page numbers and running heads; the next line notes the page."""
    pages = {at for at in range(len(lines)) if _is_page_number(lines, at)}
    numbers = pages | _numbers(lines)
    kept = _without(lines, numbers, pages) if numbers else list(lines)
    heads = _running_heads(kept)
    return _without(kept, heads, heads) if heads else kept


def _without(lines: Sequence[Line], drop: Set[int], pages: Set[int]) -> list[Line]:
    kept: list[Line] = []
    page = False
    for at, line in enumerate(lines):
        if at in drop:
            page = page or at in pages
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
    """Return where bare numbers count the pages: each one more than the last, three or more, after text."""
    found: set[int] = set()
    run: list[int] = []
    before = -1
    for at, line in enumerate(lines):
        if not (line.raw.isdecimal() and len(line.raw) < 4) or line.whole:
            continue
        number = int(line.raw)
        if number != before + 1:
            found |= _counting(run, lines)
            run = []
        run.append(at)
        before = number
    return found | _counting(run, lines)


def _counting(run: Sequence[int], lines: Sequence[Line]) -> set[int]:
    """Return the places of the numbers if they are those of pages, not of the rows of a table."""
    after_text = sum(lines[at - 1].width >= _TEXT_WIDTH for at in run if at)
    return set(run) if len(run) >= _REPEATED and 2 * after_text >= len(run) else set()


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the repeated short lines that mostly stand where a page begins or a sentence is cut."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if key := _head_key(line):
            places[key].append(at)
    heads: set[int] = set()
    for found in places.values():
        near = any(later - earlier < _APART for earlier, later in pairwise(found))
        if len(found) < _REPEATED or near:
            continue
        edges = sum(_begins_page(lines, at) for at in found)
        cuts = sum(_cuts_sentence(lines, at) for at in found)
        if 2 * edges > len(found) or 3 * cuts >= 2 * len(found):
            heads.update(found)
    # The first stands where the title does: it stays if it opens the document.
    return {at for at in heads if at > 2}


def _head_key(line: Line) -> str:
    if line.whole or line.kind or line.starts or line.width > _HEAD_WIDTH or line.flat[-1] in "。！？；":
        return ""
    return _NUMBER.sub("", line.raw)


def _begins_page(lines: Sequence[Line], at: int) -> bool:
    return lines[at].page or at + 1 == len(lines) or lines[at + 1].page


def _cuts_sentence(lines: Sequence[Line], at: int) -> bool:
    """Whether prose stops before the line; not so for a word that a link set on a line of its own."""
    before = lines[at - 1] if at else None
    if before is None or before.width < _TEXT_WIDTH or before.flat[-1] in cues.BRACKETS:
        return False
    return before.open and before.flow
