"""Quoted names without a head behind them: classed by their own head, by the list's head, or by the verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.recognize.base import Endings, Found, Work
from kg.segment import UNKNOWN

_CHAIN = re.compile(r"(?:“[^“”]{2,40}”(?:、|，|和|与|及|以及)?)+")
_ANNOUNCED = re.compile(r"[，,]?(?:分别)?(?:是|为|有|包括|涵盖|[:：]|——)$")
_NUMBERED = re.compile(r"[\u4e00-\u9fff](?:[一二三四五六七八九十百]+|\d+)号$")
_COUNTED = re.compile(
    "[两双二三四五六七八九十\\d]+(?:个|大|项|座)?[\u4e00-\u9fff]{0,3}(?:[一二两三四五六七八九十][\u4e00-\u9fff]{1,4})*(?:中心|基地|平台|园区|高地|医院|学院|示范区)$"
)
#: What a slogan counts: “四个注重”, “三不变”, “双减”.
_MAXIMS = re.compile(
    "[一两二三四五六七八九十\\d]+(?:个|不|大|项|条)[\u4e00-\u9fff]{1,4}$|[一两双二三四五六七八九十][\u4e00-\u9fff]$"
)
#: A way of doing things is no project: “河长制”, “互联网+监管”, “蓝天、碧水”, “一网通办”.
_WAYS = re.compile("制$|[+、]|一次|一网|通办|合一$")
#: What carries a thing out that has a name of its own; a slogan is pushed and deepened.
_CARRIES = ("实施", "开展", "启动", "发起")
#: What a product does when it comes out, to the dictionary a noun: “灵砚”模组|量产.
_APPEARS = frozenset({"量产", "下线", "上市", "上线", "投产", "问世", "亮相", "首发", "首飞", "交付", "发布"})
_ONE = re.compile(r"“([^“”]{2,40})”")
#: What is awarded is a title: 授予“…”称号, 被命名为省级“…”.
_TITLE = re.compile("等?(?:光荣|荣誉)?(?:称号|荣誉|牌匾|头衔|美誉|奖牌|证书|的称号)")
_AWARDED = re.compile(
    "(?:命名为|授予|评为|评选为|誉为|荣获|荣膺|确定为|获评|授牌)(?:了)?[\u4e00-\u9fff\\d]{0,10}$"
)
_LIST_END = re.compile(
    r"等(?:一批|一系列|多个|[\d一二三四五六七八九十百余多两]+[个项款大类只支场届]+)?([^，。；：“”]{0,12})"
)

#: The head that two and more names in quotes share.
_LIST_HEAD = re.compile("((?:系列|专项|重点)?(?:行动计划|行动|工程|计划))")
#: Classes of which a list in quotes is no name.
_BODIES = frozenset({"Institution", "Park", "Place"})


class Quoted:
    """Finds quoted names by their surroundings."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._heads = Endings(lexicon.suffixes)

    def find(self, work: Work) -> Iterator[Found]:
        """Yield quoted names that something classes; a slogan has nothing that does."""
        for chain in _CHAIN.finditer(work.text) if "“" in work.text else ():
            if _TITLE.match(work.text, chain.end()) or _AWARDED.search(work.text, 0, chain.start()):
                continue
            listed = self._list_class(work.text, chain.end()) or self._announced(work.text, chain.start())
            outer = listed or self._verb_class(work, chain.start())
            for match in _ONE.finditer(work.text, chain.start(), chain.end()):
                inner = self._heads.of(match.group(1))
                counted = _COUNTED.match(match.group(1))  # “两个中心”, “两专科一中心”: no body
                short = len(match.group(1)) < 8
                if inner and self.lexicon.suffixes[inner].need in ("brand", "industry"):
                    inner = ""  # “互联网+物流”
                if len(inner) == 1 and len(match.group(1)) < 4:
                    inner = ""  # “破局”
                if "、" in match.group(1) and inner and self.lexicon.suffixes[inner].cls in _BODIES:
                    continue  # “基础存贷、交易银行、投资银行”三大体系
                if counted or (inner and short and self.lexicon.suffixes[inner].cls == "Policy"):
                    inner = ""
                if inner and len(match.group(1)) > len(inner) and "的" not in match.group(1):
                    yield Found(
                        match.start(1),
                        match.end(1),
                        self.lexicon.suffixes[inner].cls,
                        "quoted-head",
                        0.85,
                    )
                elif _NUMBERED.search(match.group(1)):
                    yield Found(match.start(1), match.end(1), "Technology", "quoted-numbered", 0.75)
                elif outer == "Technology" and (end := self._product_end(work, match.end())):
                    yield Found(match.start(), end, "Technology", "quoted-product", 0.7)
                elif (
                    outer
                    and not _MAXIMS.match(match.group(1))
                    and not (outer == "Project" and not listed and _WAYS.search(match.group(1)))
                    and not re.search(r"[，。；：！？的]|^\d|[条字事]$", match.group(1))
                    and not self._modifies(work, match.end())
                ):
                    yield Found(match.start(1), match.end(1), outer, "quoted-context", 0.7)

    def _modifies(self, work: Work, end: int) -> bool:
        """Whether a noun follows that the quoted words only describe (“四个最严”要求)."""
        i = work.first_starting(end)
        if i >= len(work.tokens):
            return False
        token = work.tokens[i]
        return token.word == "的" or (
            token.tag[:1] in ("n", "v") and (token.start == end or token.word not in self.lexicon.triggers)
        )

    def _list_class(self, text: str, end: int) -> str:
        """The class of the head behind a list: “A”“B”等专项行动, “A”“B”行动."""
        match = _LIST_END.match(text, end) or _LIST_HEAD.match(text, end)
        head = self._heads.of(match.group(1)) if match else ""
        return self.lexicon.suffixes[head].cls if head else ""

    def _product_end(self, work: Work, end: int) -> int:
        """Where a product's name ends whose kind stands behind the quotes (“灵砚”关节模组), or 0."""
        i = work.first_starting(end)
        last = i
        while (
            last < len(work.tokens)
            and last < i + 3
            and work.tokens[last].tag in ("n", "nz", "b", UNKNOWN, "j")
            and work.words[last] not in _APPEARS
        ):
            last += 1
        return work.tokens[last - 1].end if last > i else 0

    def _announced(self, text: str, start: int) -> str:
        """The class of the head that announces a list: 分论坛包括“…”“…”."""
        match = _ANNOUNCED.search(text[:start])
        head = self._heads.of(text[: match.start()]) if match else ""
        return self.lexicon.suffixes[head].cls if head else ""

    def _verb_class(self, work: Work, start: int) -> str:
        """The class that the nearest verb to the left gives, within the clause and a short way."""
        for i in range(work.last_ending(start), max(-1, work.last_ending(start) - 10), -1):
            word = work.tokens[i].word
            if word == "的" and i and work.tokens[i - 1].word in self.lexicon.triggers:
                continue  # 研发的“…”
            if word in "，。；：！？" or word in ("在", "为", "以", "由", "对", "称", "的"):
                return ""
            groups = {t.group for t in self.lexicon.triggers.get(word, ())}
            if groups:
                return _class_by(word, groups)
        return ""


def _class_by(word: str, groups: set[str]) -> str:
    """The class that a verb gives to what it takes in quotes; what is made and is no product has none (打造“强磁场”)."""
    if "carry" in groups:
        return "Project" if word.endswith(_CARRIES) else ""
    if "develop" in groups:
        return "" if "create" in groups else "Technology"
    return "Event" if "organize" in groups else ""
