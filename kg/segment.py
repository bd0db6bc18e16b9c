"""Sentences that keep their offsets, and tokens; the one door to jieba.

Tokens and tags come from rjieba, jieba's algorithm and dictionary in Rust: its ``cut`` gave exactly
jieba's tokens on a text of 5,300 characters (2,910 of 2,910) at 24 times the speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

import rjieba

from kg.model import BlockKind, Document, Sentence, Span

#: A sentence ends at a full stop, with the quotes and brackets that close behind it.
_END = re.compile(r"[。！？!?]+[”’』」）)》\"]*|[…]{2,}(?=[”’』」])[”’』」]+")

#: Characters of the longest sentence, and where a longer one is cut. Of 13 million characters of real text one
#: sentence in 100,000 is longer; time goes with the square of a sentence: 330,000 characters took minutes.
_LONGEST = 3000
_PAUSES = "；;，,、 \u3000"

#: Kinds of block that hold prose.
FLOWING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


#: The tag of a word that no dictionary has, as names often are.
UNKNOWN = "oov"

#: Behind a commission that does something together with others.
_WITH = re.compile(
    "(?<=[^员管居村常编组]委)(?=会同)|(?<=\\d日)(?=本(?:行|公司|集团|院|校|市|省|县|区|局|部|厂|所|次|届|会|报|企业|单位|案))"
)
_PARTICLES = frozenset("由在与和对向从为将把被以于及是等使让经获交设后据报系请驻")
_MEASURES = frozenset("个场项座届批")
#: What begins a clause before a name (而|云海) or a small word (但|据, 但|本).
_TURNS = frozenset("但而")
_POINTERS = frozenset("本其该此")
#: Words of the dictionary that are a verb and its object: both have a part to play.
_SPLIT = frozenset({"出席会议", "主持会议", "举行会谈", "开发新"})
#: The last character of a body and what begins an office in it: 生态环境|部副|部长, 自然资源|部党组|成员.
_APART = re.compile("([部委局厅院署])(副|党组)")
#: Manner and verb in one word of the dictionary, which calls many of them nouns and some people (努力争取, 积极开展).
_MANNER = re.compile(
    "(大力|深入|积极|努力|广泛|全力|坚决|认真|切实|严格|不断|全面|继续|共同)"
    "(开展|实施|推进|推动|发展|落实|完成|支持|参与|争取|实现|推行|推广|贯彻|学习|执行|探索|加强|提高|扩大|利用|运用|控制|完善|创造|研究)"
)
#: A body and its head in one word of the dictionary: 科技|局局长, 商会会长, 中学校长.
_HEADED = re.compile(r"(.*(.)|[大中小]学)(\2长|校长)")
#: The head of a body, small words and the level of the next one: 科技|局和市|财政局, 送至市|科技局, 科技|局报|省科技厅.
_BETWEEN_BODIES = re.compile(
    "(?P<head>[局厅委办部院])?(?P<small>[和与及可经由报送至向交呈]{1,3})(?P<level>[省市县区])?"
)
_TAILS = frozenset("了着过的在和与向说是将由对从称为到赴以已予致经等")


class Token(NamedTuple):
    """A word of a sentence: offsets in the sentence's text, and jieba's part-of-speech tag."""

    start: int
    end: int
    word: str
    tag: str


def segment(document: Document) -> tuple[Sentence, ...]:
    """Cut every block into sentences; headings and captions stay whole.

    >>> text = "江州市位于云川省。全市人口100万人。"
    >>> block = __import__("kg.model").model.Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    >>> [s.text for s in segment(Document("d", text, "", blocks=(block,)))]
    ['江州市位于云川省。', '全市人口100万人。']
    """
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        start, end = block.span
        spans = _cut(document.text, start, end) if block.kind in FLOWING else [Span(start, end)]
        for span in spans:
            quote = document.text[span.start : span.end]
            sentences.append(Sentence(document.id, len(sentences), span, quote, number, block.kind))
    return tuple(sentences)


def _cut(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    position = start
    for match in _END.finditer(text, start, end):
        if match.end() > position:
            spans.append(_trim(text, position, match.end()))
            position = match.end()
    if position < end:
        spans.append(_trim(text, position, end))
    return [piece for span in spans for piece in _bounded(text, span) if piece.end > piece.start]


def _bounded(text: str, span: Span) -> list[Span]:
    """Cut what is too long for a sentence (a table in one line, a hostile file) where it pauses last, or anywhere."""
    pieces = []
    while span.end - span.start > _LONGEST:
        pause = max(text.rfind(sign, span.start + 1, span.start + _LONGEST) for sign in _PAUSES)
        cut = pause + 1 if pause > 0 else span.start + _LONGEST
        pieces.append(_trim(text, span.start, cut))
        span = _trim(text, cut, span.end)
    return [*pieces, span]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=1 << 17)
def in_dictionary(word: str) -> bool:
    """Whether jieba's dictionary has a word.

    >>> in_dictionary("基金"), in_dictionary("云川")
    (True, False)
    """
    return bool(rjieba.has_word(word))


class Columns(NamedTuple):
    """The tokens of a text as columns: who asks one thing of all of them reads a column."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]

    def tokens(self) -> tuple[Token, ...]:
        """The tokens one by one, which takes as long again as to find them."""
        return tuple(map(_token, zip(*self, strict=True)))


_NO_TOKENS = Columns((), (), (), ())


def tokenize(text: str) -> tuple[Token, ...]:
    """Words of a text with their offsets and tags, as jieba cuts them.

    >>> [t.word for t in tokenize("湖南省设立基金")]
    ['湖南省', '设立', '基金']
    """
    return columns(text).tokens()


def columns(text: str) -> Columns:
    """What ``tokenize`` gives, in columns.

    >>> columns("湖南省设立基金").ends
    (3, 5, 7)
    """
    tagged = _tagged(text)
    if not tagged:
        return _NO_TOKENS
    words, tags = zip(*tagged, strict=True)
    if not _whole.issuperset(words):
        words, tags = zip(*_cut_up(tagged), strict=True)
    ends = tuple(accumulate(map(len, words)))
    return _columns(((0, *ends[:-1]), ends, words, tags))


def _tagged(text: str) -> list[tuple[str, str]]:
    """What jieba cuts; 发展改革委|会同 is cut first, where it would see 革委会 and 同, and 9月6日|本行."""
    if "委会同" not in text and "日本" not in text:
        return rjieba.tag(text)
    return [word for part in _WITH.split(text) for word in rjieba.tag(part)]


#: A NamedTuple's own constructor is a Python function: twice the time, for 550 tokens in 1,000 characters.
_token: Callable[[tuple[int, int, str, str]], Token] = partial(tuple.__new__, Token)
_columns: Callable[[tuple[object, ...]], Columns] = partial(tuple.__new__, Columns)

#: Words that were seen to stay as they are, so that most texts need no second look at each of theirs.
_whole: set[str] = set()
_MOST = 1 << 17


def _cut_up(tagged: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words with their tags, those of jieba's taken apart that are more than a word."""
    if len(_whole) > _MOST:
        _whole.clear()
    for pair in tagged:
        word = pair[0]
        if word in _whole:
            yield pair
        elif (parts := _parts(pair)) == (pair,):
            _whole.add(word)
            yield pair
        else:
            yield from parts


@lru_cache(maxsize=1 << 16)
def _parts(tagged: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The words, with their tags, that one word of jieba's is taken for."""
    word, _ = tagged
    if apart := _APART.fullmatch(word):
        return (apart[1], "n"), (apart[2], "n" if apart[2] == "党组" else "b")
    if word in _SPLIT:
        return (word[:2], "v"), (word[2:], "n")
    if len(word) == 4 and (manner := _MANNER.fullmatch(word)):
        return (manner[1], "ad"), (manner[2], "v")
    if word[-1] == "长" and len(word) > 2 and (headed := _HEADED.fullmatch(word)):
        return (headed[1], "n"), (headed[3], "n")
    if len(word) > 1 and not word.isascii() and not in_dictionary(word):
        return tuple(_unknown(word))
    return (tagged,)


def _unknown(word: str) -> Iterator[tuple[str, str]]:
    """An unknown word, freed of the particles that the model glues to it (由|省, 请|区, 建|了)."""
    bodies = _BETWEEN_BODIES.fullmatch(word)
    if bodies and (bodies["head"] or bodies["level"]):
        if bodies["head"]:
            yield bodies["head"], "n"
        yield from ((small, "c" if small in "和与及" else "p") for small in bodies["small"])
        if bodies["level"]:
            yield bodies["level"], "n"
        return
    if word[0] in _TURNS and (len(word) > 2 or word[1:] in _PARTICLES | _POINTERS):
        yield word[0], "c"
        word = word[1:]
        if word in _POINTERS:
            yield word, "r"
            return
        if word in _PARTICLES:
            yield word, "p"
            return
    if word[0] == "有" and len(word) > 2 and word[1] != "研":  # 有|哈东, but 有研新材
        yield word[0], "v"
        word = word[1:]
    if word[0] in _PARTICLES or word[0] in _MEASURES:
        yield word[0], "p" if word[0] in _PARTICLES else "q"
        word = word[1:]
    tail = word[-1] if len(word) > 1 and word[-1] in _TAILS else ""
    core = word.removesuffix(tail) if tail else word
    known = len(core) == 1 or in_dictionary(core)
    yield core, "n" if known else UNKNOWN
    if tail:
        yield tail, "u"
