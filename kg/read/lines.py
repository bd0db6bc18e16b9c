"""Physical lines: split, measured and freed of the white space that is only typography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.model import BlockKind
from kg.read import cues
from kg.read.radicals import fold
from kg.read.shape import is_caption, is_credited, is_open, starts

#: Characters that no reader sees and that no XML may hold: controls but white space, BOM,
#: zero-width signs, soft hyphen, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ufff9-\uffff]"
)
_NARROW = re.compile(r"[\x20-\u02ff“”‘’]")
#: Characters of a line whose exact width no longer matters: it is no line of print.
_LONG = 400
_SPACE = re.compile(r"\s+")
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_CHAR = re.compile(f"[{_HAN}]")
#: Letters and digits that words of the West and figures are made of.
_LATIN = re.compile(r"[A-Za-z0-9\u00b5-\u024f\u0370-\u04ff]")
_LATIN_SIDE = re.compile(r"[\x21-\u02ff\u0370-\u04ff]")
_SPACED_PAIR = re.compile(f"(?<=[{_HAN}])\\s(?=[{_HAN}])")
_PAIR = re.compile(f"[{_HAN}](?=[{_HAN}])")
#: Two paragraphs on one line: a sentence ends and an indent of two characters follows.
_INNER_INDENT = re.compile(f"(?<=[{re.escape(cues.ENDERS + cues.CLOSERS)}])[\u3000\u2003]{{2,}}(?=\\S)")


class Line(NamedTuple):
    """A line that is not blank: its words, its place, and what its format says of it.

    ``raw`` is stripped (and not spaced out); ``flat`` is free of typographic spaces; ``width`` and ``indent``
    count columns (a Chinese character is two); ``marked`` says that an ideographic indent
    marks a paragraph; ``gap`` counts the blank lines before, ``page`` says that a page
    begins here. ``kind`` is what the format tells (a heading of HTML), ``whole`` that the
    format puts it in a block of its own, ``soft`` that it puts it in one paragraph with the
    line before. ``open`` (ends in mid-sentence), ``flow`` (holds signs of prose), ``caption``
    (begins as one), ``credited`` (ends as one) and ``starts`` (a block) are what
    ``kg.read.shape`` sees in the words.
    """

    raw: str
    flat: str
    width: int
    open: bool
    flow: bool
    caption: bool
    credited: bool
    starts: bool
    indent: int = 0
    marked: bool = False
    gap: int = 0
    page: bool = False
    kind: BlockKind | None = None
    whole: bool = False
    soft: bool = False


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a plain text that are not blank."""
    gap, page = 0, False
    text = _INNER_INDENT.sub("\n\u3000\u3000", visible(text))
    for physical in text.splitlines(keepends=True):
        page = page or "\f" in physical
        stripped = physical.strip()
        if not stripped:
            gap += 1
            continue
        margin = physical[: len(physical) - len(physical.lstrip())] if physical[0].isspace() else ""
        yield line(stripped, margin=margin, gap=gap, page=page)
        gap, page = 0, False


def line(
    raw: str,
    *,
    margin: str = "",
    gap: int = 0,
    page: bool = False,
    kind: BlockKind | None = None,
    whole: bool = False,
    soft: bool = False,
) -> Line:
    """Make a Line of stripped words, measured; ``margin`` is the white space before them."""
    flat = tidy(raw, flowing=True)
    if flat != raw and is_spaced(raw):
        raw = flat  # the block that it joins may be set normally
    columns = width(flat)
    caption = is_caption(raw, columns)
    return Line(
        raw=raw,
        flat=flat,
        width=columns,
        open=is_open(flat),
        flow=cues.FLOW.search(flat) is not None,
        caption=caption,
        credited=is_credited(raw, columns),
        starts=caption or starts(raw),
        indent=width(margin.expandtabs(4)) if margin else 0,
        marked=margin.endswith("\u3000\u3000"),
        gap=gap,
        page=page,
        kind=kind,
        whole=whole,
        soft=soft,
    )


def visible(text: str) -> str:
    """Drop the characters that cannot be seen, which would split words and break XML; radicals become characters."""
    return fold(_INVISIBLE.sub("", text))


def width(text: str) -> int:
    """Count columns as a terminal does, Chinese signs as two, quotes as one (print squeezes them).

    >>> width("5G基站")
    6
    """
    if len(text) > _LONG:
        return 2 * len(text)
    return 2 * len(text) - len(_NARROW.findall(text))


def has_han(text: str) -> bool:
    """Whether a Chinese character stands in the text."""
    return _HAN_CHAR.search(text) is not None


def tidy(text: str, *, flowing: bool) -> str:
    """Delete typographic white space; what stays is one space.

    Spaces beside punctuation, between Chinese and Latin, and between spaced-out
    characters go. Between two Chinese words a wide gap stays (李江川　王小川); a single
    space stays unless the text is ``flowing`` prose, where it is noise.

    >>> tidy("统 筹 推 进 ，建成 5G 基站 3.6 万个 。", flowing=True)
    '统筹推进，建成5G基站3.6万个。'
    >>> tidy("云川 AI Cloud", flowing=True), tidy("江州设立基金 临溪跟进", flowing=False)
    ('云川AI Cloud', '江州设立基金 临溪跟进')
    """
    if not _SPACE.search(text):
        return text
    if not has_han(text):
        return _SPACE.sub(" ", text).strip()
    spaced = is_spaced(text)
    pieces = _SPACE.split(text)
    gaps = _SPACE.findall(text)
    out = [pieces[0]]
    for gap, left, right in zip(gaps, pieces, pieces[1:], strict=False):
        out.append(_kept(gap, left, right, flowing=flowing, spaced=spaced))
        out.append(right)
    return "".join(out).strip()


def is_spaced(text: str) -> bool:
    """Whether the characters of a line are set apart: 总 体 布 局."""
    return len(_SPACED_PAIR.findall(text)) > max(2, len(_PAIR.findall(text)))


def _kept(gap: str, left: str, right: str, *, flowing: bool, spaced: bool) -> str:
    """Return the one space that stays of a gap, or nothing."""
    if not left or not right:
        return ""
    before, after = left[-1], right[0]
    if _LATIN_SIDE.match(before) and _LATIN_SIDE.match(after):
        single = len(left) == len(right) == 1
        return "" if spaced and single and _LATIN.match(before) and _LATIN.match(after) else " "
    if not (_HAN_CHAR.match(before) and _HAN_CHAR.match(after)):
        return ""
    if len(left) == len(right) == 1 or spaced:
        return ""
    wide = len(gap) > 1 or gap in "\u3000\u2003\t"
    return " " if wide or not flowing else ""


def joint(left: str, right: str) -> str:
    """Return what stands between two lines that are one: a space between Latin words.

    A figure that the line end cut (16.|9万) is one figure.

    >>> joint("China Science", "Daily"), joint("达16.", "9万个"), joint("建成", "5G")
    (' ', '', '')
    """
    before, after = left[-1:], right[:1]
    if not (_LATIN_SIDE.match(before) and _LATIN_SIDE.match(after)):
        return ""
    if after.isdigit() and (before.isdigit() or before in ".,") and (has_han(left) or has_han(right)):
        return ""
    return "" if before in "-/" else " "


def join(lines: Sequence[Line]) -> str:
    """Put the lines of one block together and tidy it as prose or as a heading.

    >>> join([line("建成云川省互"), line("联网 平台 20 个，")])
    '建成云川省互联网平台20个，'
    """
    parts = [lines[0].raw]
    for before, after in pairwise(lines):
        parts += (joint(before.raw, after.raw), after.raw)
    return tidy("".join(parts), flowing=any(line.flow for line in lines))
