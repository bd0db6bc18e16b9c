"""The words around figures and dates, compiled from ``ontology/lexicon/fact_words.tsv`` by their roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.extract.context import FactContext
from kg.segment import UNKNOWN, Token

#: Signs that a label neither begins nor ends with.
_SIGNS = r"[，、：；（）()《》“”‘’\s—,:·…]"
#: Words that make a measure one by the head, by the day.
PER = frozenset({"人均", "日均", "年均", "月均", "户均", "亩均", "地均"})
#: What a label has of a bracket that opens or closes outside it: 300123）|营业收入, 县|（市.
_HALF_BRACKET = re.compile("^[^（）]{0,24}）[，、]?|（[^（）]{0,24}$")
_PLANNED = frozenset({"面积", "用地", "人口", "总面积", "建筑", "占地", "总用地", "床位", "产能"})
#: What a figure counts; a name may begin with a sign of its own: 5万个|5G基站.
_BEHIND = re.compile(r"“?(?:\d[A-Z])?[^，。；：！？、（）(),;:\d\s“”]{1,24}")


class Wording:
    """Regular expressions over the words of a role; a lookup that fails is the empty match's."""

    def __init__(
        self, roles: Mapping[str, frozenset[str]], bounds: Iterable[str], plans: Iterable[str]
    ) -> None:
        self._roles = roles
        light = roles["level"] | roles["adverb"] | frozenset(bounds)
        self._long_tail = re.compile(f"(?:{_any(w for w in light if len(w) > 1)})+$")
        self._reaching = roles["reaching"]
        self._light = light
        self._adverbs = roles["adverb"] | frozenset(plans)
        self._tail = re.compile(rf"(?:{_SIGNS}|{_any(light)})+$")
        levels = rf"(?:了|幅度)?(?:{_any(light)}|\s)*$"
        self.growth = re.compile(
            rf"(?P<how>同比|环比|年均|实际|名义)?(?:{_any(roles['adverb'])})*(?P<word>{_any(roles['growth'])}){levels}"
        )
        self.toward = re.compile(
            rf"^[^，。；]{{0,8}}?(?:{_any(roles['toward'])})(?:{_any(light)})*[^，。；]{{0,8}}$"
        )
        self.origin = re.compile(rf"(?:{_any(roles['from'])})[^，。；]{{0,10}}?$")
        self.share = re.compile(
            rf"(?P<word>(?:{_any(roles['share'])})[^，。；]{{0,20}}?)(?:{_any(light - roles['share'])}|的|\s)*$"
        )
        self.size = re.compile(rf"(?:{_any(roles['size'])}){levels}")
        self.invest = re.compile(rf"(?:{_any(roles['invest'])}){levels}")
        self.contract = re.compile(rf"(?:{_any(roles['contract'])}){levels}")
        self.put = re.compile(rf"(?:{_any(roles['put'])}){levels}")
        self.build = re.compile(rf"(?:资金|专项资金)?(?:{_any(roles['build'])})(?:了)?[^，。；]{{0,14}}$")

    def role(self, role: str) -> frozenset[str]:
        """The words of a role."""
        return self._roles[role]

    def any(self, *roles: str) -> re.Pattern[str]:
        """Any word of the roles."""
        return re.compile(_any(frozenset().union(*(self._roles[r] for r in roles))))

    def trim(self, context: FactContext, start: int, end: int) -> str:
        """The words of a label without what only leads to the figure (累计建成 stays, 已达到 goes)."""
        tokens = list(context.work.between(start, end))
        while tokens and self._leads(tokens[0]) and not _measures(tokens):
            tokens.pop(0)
        while tokens and self._closes(tokens[-1]):
            tokens.pop()
        while len(tokens) > 1 and tokens[0].word in self._reaching:
            tokens.pop(0)
        if not tokens:
            return ""
        words = _HALF_BRACKET.sub("", context.text[max(start, tokens[0].start) : min(end, tokens[-1].end)])
        return (self._tail if tokens[-1].tag == UNKNOWN else self._long_tail).sub("", words)

    def opening(self, context: FactContext, start: int, end: int) -> int:
        """Where the words of a stretch begin, behind adverbs and signs."""
        for token in context.work.between(start, end):
            if not self._leads(token):
                return max(token.start, start)
        return end

    def _leads(self, token: Token) -> bool:
        return token.word in self._adverbs or _is_sign(token.word)

    def _closes(self, token: Token) -> bool:
        return token.word in self._light or token.word == "不" or _is_sign(token.word)  # 可办率|不|低于90%


def _measures(tokens: list[Token]) -> bool:
    """Whether a word that only leads elsewhere says what is measured here: 人均|可支配收入, 规划|面积."""
    return len(tokens) > 1 and (
        tokens[0].word in PER or (tokens[0].word == "规划" and tokens[1].word in _PLANNED)
    )


@lru_cache(maxsize=1 << 16)
def _is_sign(word: str) -> bool:
    return not any(c.isalnum() for c in word)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) or "(?!)"


def noun_behind(text: str, position: int) -> str:
    """The words that follow a figure, up to a sign or the next figure."""
    match = _BEHIND.match(text, position)
    return match.group().lstrip("“") if match else ""
