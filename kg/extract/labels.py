"""What a figure counts: the words before it (会员数突破7331万), behind it (5家上市公司), or those of the figure before."""

from __future__ import annotations

import re

from kg.extract.context import RATES, FactContext, Flow, Stretch
from kg.extract.wording import PER, Wording, noun_behind
from kg.lexicon import Lexicon
from kg.model import Span
from kg.recognize.values import ValueMention
from kg.segment import UNKNOWN

#: Units that measure what stands before the figure; what stands behind is no label of theirs.
_MEASURES = frozenset({"元", "%", "‰", "个百分点", "美元", "港元", "欧元", "日元"})
_JOIN = re.compile(r"(?:分别)?[、,]?(?:和|及|与|以及|至|到|[-—–－~～]{1,2})?(?:分别)?")
_CUT_BEHIND = re.compile(r"(?:的|以上|和|及|与|等|组成|构成)$|^(?:的|左右|以上|以下)+")
_RANK = re.compile("第[一二三四五六七八九十]+[个位名]")
_WORD = re.compile("[\u4e00-\u9fffA-Za-z]{2}")
#: 人数|较2020: with what a figure is compared is no part of its label.
COMPARED = re.compile("(?:预计)?[较比]“?[\\d一二三四五六七八九十〇○零]{2,}.*$")
_NOUNS = "njlisx"
_NAMES = frozenset({"j", "nz", "nt", "nr", "nrt", "nrfg"})
_PROPER = frozenset({"nr", "nrt", "nrfg"})
#: jieba tags 农村居民 as a person.
_LONGEST_NAME = 3
_LONGEST = 30
#: 按4%左右|安排、比上年|提高: what stands around the words of a comparison.
_AROUND = re.compile("^(?:左右)?安排[、，]?|(?:将|要|又|还|均)?[、，]?[比较](?:上年|去年|同期|往年)?$")
_ARRANGED = re.compile("拟?按照?$")
#: A preposition in front tells to whom or for what something was given.
_GOVERNED = re.compile("[向为给对经]|通过")
#: Names that jieba does not know end in single characters of any kind.
_GIVERS = frozenset({"v", "vn", "m", "u", "r"})


class Labels:
    """Names figures."""

    def __init__(self, lexicon: Lexicon, wording: Wording) -> None:
        self._wording = wording
        self._new = wording.any("new")
        self._told = lexicon.roles["told"]
        self._measure = re.compile(
            f"(?:{wording.any('measure').pattern})(?:{wording.any('growth').pattern})?$"
        )
        self._inner = lexicon.words["inner_verbs"]
        self._deeds = lexicon.roles["deed"]
        self._prefaces = tuple(sorted(lexicon.roles["preface"]))
        self._money = tuple(sorted(self._deeds | lexicon.roles["put"]))
        self._light = lexicon.roles["adverb"] | lexicon.roles["level"]

    def of(self, context: FactContext, stretch: Stretch, figure: ValueMention, flow: Flow) -> str:
        """The label of a figure, "" when it has none."""
        text = context.text
        before = text[stretch.cursor : figure.span.start]
        behind = _CUT_BEHIND.sub("", noun_behind(text, figure.span.end))
        if stretch.follows and _JOIN.fullmatch(before) and not (behind and figure.unit not in _MEASURES):
            return flow.stem
        share = self._wording.share.search(text[stretch.begin : figure.span.start])
        if share and figure.unit in RATES:
            end = max(stretch.cursor, stretch.begin + share.start())
            return (self._wording.trim(context, stretch.cursor, end) or flow.stem) + share["word"].rstrip(
                "的）"
            )
        if growth := self._wording.growth.search(before):
            stem = self._wording.trim(context, stretch.cursor, stretch.cursor + growth.start())[-_LONGEST:]
            stem = _AROUND.sub("", COMPARED.sub("", stem)) or (
                "" if behind and figure.unit not in _MEASURES else flow.ahead
            )
            flow.stem = stem if self._measure.search(stem) or self._noun(context, stem) else flow.stem
            if not stem and behind and figure.unit not in _MEASURES:
                return growth["word"] + behind  # 增加1万个学位
            return f"{flow.stem}{growth['how'] or ''}{growth['word']}" if flow.stem else ""
        arranged = _ARRANGED.search(text, stretch.cursor, figure.span.start)  # 赤字率|拟按4%左右安排
        end = arranged.start() if arranged else figure.span.start
        named = self._wording.trim(context, stretch.cursor, end)[-_LONGEST:]
        named = named or ("" if behind and figure.unit not in _MEASURES else flow.ahead)
        label = self._choose(named, behind, figure, flow, follows=stretch.follows)
        if flow.source == "carried" and label != flow.stem and self._is_parallel(context, label, flow.stem):
            flow.blocked = True
        flow.stem = label or flow.stem
        return label

    def grown(self, context: FactContext, words: Span, flow: Flow) -> str:
        """The label of 从…增长至…: the words before 从, else the label before."""
        flow.stem = self._wording.trim(context, *words)[-_LONGEST:] or flow.stem
        return flow.stem

    def means(self, context: FactContext, label: str, source: str) -> bool:
        """Whether a label says what is counted: 参加 alone does not.

        With the topic for its subject it may not hold a subject of its own (高新区就完成采购额).
        """
        if source == "topic" and (self._has_subject(context, label) or label.startswith(self._prefaces)):
            return False
        if _RANK.search(label) or label.startswith("方面"):
            return False  # 北方第一个过|10万亿元; 做了6个|方面工作
        if label.endswith("%"):
            return True  # 超过20%的有23种
        return bool(_WORD.search(label)) and (
            self._measure.search(label) is not None
            or self._noun(context, label)
            or label.endswith(("率", "额", "量", *self._money))
        )

    def _noun(self, context: FactContext, label: str) -> bool:
        return any(
            t.word in label
            and (t.tag[:1] in _NOUNS or t.tag in ("vn", "eng", UNKNOWN) or t.word in self._inner)
            for t in context.work.tokens
        )

    def _has_subject(self, context: FactContext, label: str) -> bool:
        """Whether a label tells of somebody else: 高新区就完成…, 哈马斯释放…."""
        return any(
            t.word in label[2:]
            if t.word in self._told
            else label.startswith(t.word) and t.tag in _PROPER and len(t.word) <= _LONGEST_NAME
            for t in context.work.tokens
        )

    def tells_deed(self, context: FactContext, words: Span) -> bool:
        """Whether words before a figure tell what somebody gave or holds whom no reference names: 老周捐款3万元."""
        before = ""
        for token in context.work.tokens:
            if token.start < words.start or token.end > words.end:
                continue
            if token.word in self._deeds:
                return bool(before) and not _GOVERNED.match(context.text, words.start)
            named = token.tag[:1] in _NOUNS or token.tag in _GIVERS
            before = token.word if named and token.word not in self._light else ""
        return False

    def _is_parallel(self, context: FactContext, label: str, stem: str) -> bool:
        """X的产量达…，Y产量达…: a name that no reference holds, with what was measured of the subject before."""
        return any(
            t.tag in _NAMES
            and t.word not in PER
            and label.startswith(t.word)
            and stem.endswith(label[len(t.word) :])
            and label != t.word
            for t in context.work.tokens
        )

    def _choose(self, named: str, behind: str, figure: ValueMention, flow: Flow, *, follows: bool) -> str:
        if figure.unit in _MEASURES:
            return named or behind or (flow.stem if follows or flow.moved else "")
        new = self._new.match(named)
        if not behind:
            if new:
                flow.prefix = new.group()
                return named
            return flow.prefix + named if named else ""
        if new and new.group() == named:
            flow.prefix = named
            return named + behind
        return flow.prefix + behind if not named else behind
