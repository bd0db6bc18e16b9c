"""What a single line looks like: does it end a sentence, does it start a block, what is it."""

from __future__ import annotations

from kg.read import cues

#: The brackets of an aside, closing to opening; titles and quotes are part of the sentence.
_PAIRS = {closing: opening for opening, closing in cues.BRACKETS.items() if opening in "（(【〔["}
#: Characters at the end of a line that tell whether it ends a sentence.
_TAIL = 200
#: Columns of the longest heading: 40 characters; a numbered one or a title may take 60.
_HEADING = 80
_TITLE = 120
_CAPTION = 120


def is_open(text: str) -> bool:
    """Whether the line ends in mid-sentence: no ender, but for closing signs, at its end.

    A bracket that follows an ender, or holds the whole line, ends it.

    >>> is_open("建成云川大数据"), is_open("前景很好。”"), is_open("予以支持。（责任单位：省财政厅）")
    (True, False, False)
    >>> is_open("出台《实施方案》"), is_open("【作者系云川大学教授】")
    (True, False)
    """
    rest = text[-_TAIL:]
    if cues.CITATION.search(rest) or (rest.endswith(".") and not rest[-2:-1].isdigit()):
        return False
    while rest:
        if rest[-1] in cues.ENDERS:
            return False
        if rest[-1] not in cues.CLOSERS:
            return True
        at = rest.rfind(_PAIRS.get(rest[-1], "\0"))
        if at == 0 and rest == text:
            return False
        rest = rest[:at] if at > 0 else rest[:-1]
    return False


def is_aside(first: str, last: str) -> bool:
    """Whether a block from its first line to its last is one bracket: 【作者系…】.

    >>> is_aside("【作者系云川大学", "教授（院长）】"), is_aside("（一）目标", "建成平台（中心）")
    (True, False)
    """
    return first[0] in _PAIRS.values() and _PAIRS.get(last[-1]) == first[0] and not cues.NUMBERED.match(first)


def goes_on(text: str) -> bool:
    """Whether the line must go on: it ends in a comma or inside a bracket or a title.

    >>> goes_on("江州市、"), goes_on("出台《云川省算"), goes_on("出台《实施方案》")
    (True, True, False)
    """
    if text[-1] in cues.OPEN_TAIL:
        return True
    return is_open(text) and any(text.count(opening) > text.count(closing) for opening, closing in _TAKEN)


#: Quotes are left out: every paragraph of a long quotation opens one.
_TAKEN = tuple((a, b) for a, b in cues.BRACKETS.items() if a in "（《〔【")


def starts(text: str) -> bool:
    """Whether a line starts a block whatever stands before: numbered, bulleted, labelled.

    >>> [starts(text) for text in ("一、总体要求", "（二）目标", "1.建设平台", "3.5亿元")]
    [True, True, True, False]
    """
    return any(sign.match(text) for sign in (cues.NUMBERED, cues.ITEM_START, cues.LABEL))


def is_caption(text: str, columns: int) -> bool:
    """Whether a line so wide begins as the caption of a figure or a table does.

    >>> is_caption("图1　云川省算力布局", 18), is_caption("图1显示，云川省算力增长。", 24)
    (True, False)
    """
    if columns > _CAPTION:
        return False
    if cues.CAPTION_SURE.match(text):
        return True
    return cues.CAPTION.match(text) is not None and is_open(text) and not cues.FLOW.search(text)


def is_credited(text: str, columns: int) -> bool:
    """Whether a line so wide ends by crediting a photographer, as captions do.

    >>> is_credited("本报记者　王小川　摄", 18), is_credited("影片由云川电视台拍摄", 20)
    (True, False)
    """
    return columns <= _CAPTION and cues.CREDIT.search(text) is not None


def is_numbered(text: str) -> bool:
    """Whether the text starts as a numbered heading does: 一、 （一） 第一章."""
    return cues.NUMBERED.match(text) is not None


def is_titled(text: str) -> bool:
    """Whether the text carries the number of a heading or an item, of any form."""
    return any(sign.match(text) for sign in (cues.NUMBERED, cues.ITEM_START, cues.DECIMAL))


def is_short(text_width: int, *, title: bool = False) -> bool:
    """Whether the width is that of a heading (or of a title, which may be longer)."""
    return text_width <= (_TITLE if title else _HEADING)
