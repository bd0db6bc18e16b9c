"""Names by their heads (…研究院, …基金): find the head, then walk left to where the name begins.

The walk goes over tokens and stops at punctuation, function words and verbs. What was gathered is
then cut at a strong start (两家央企|中国…公司), split at a verb that governs a whole name
(江州市|建设|云川大数据中心), and freed of leading modifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.automaton import Automaton
from kg.lexicon import Lexicon, Suffix
from kg.recognize.base import CLOSE_QUOTES, OPEN_QUOTES, PAIRS, Found, Work, is_proper
from kg.segment import UNKNOWN, Token, in_dictionary

#: Tags at which the walk ends: particles, pronouns, prepositions, conjunctions, adverbs, directions, times.
_STOP_TAGS = frozenset(
    {"c", "p", "r", "d", "y", "e", "o", "u", "uj", "ul", "uz", "ug", "ud", "uv", "ad", "rr", "rz"}
)
_CONJUNCTIONS = frozenset("和与及暨")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]+[次届期批]?|[一二三四五六七八九十百\d]+大|[\d]{1,3}[A-Za-z]*|[一二三四五六七八九十]+[届期年]"
)
_AMOUNT_OF = re.compile(r"元的?$")
_LEVEL_WORDS = frozenset(
    ["省", "市", "区", "县", "州", "我省", "我市", "全省", "省委", "市委", "县委", "区委"]
)
#: Words that praise or single out: what holds one describes and does not name.
_DESCRIBING = frozenset(
    {
        "唯一",
        "首家",
        "首个",
        "最大",
        "知名",
        "著名",
        "领先",
        "一流",
        "传统",
        "优秀",
        "先进",
        "主要",
        "这家",
        "该",
        "某",
    }
)
#: Nouns in apposition before a company's name: 全资子公司|江州数据有限公司.
_OWNED = frozenset(
    {"子公司", "全资子公司", "控股子公司", "分公司", "央企", "国企", "民企", "企业", "上市公司", "控股公司"}
)
#: Heads that 省 or 市 alone does not make proper (市医院).
_BARE = frozenset({"公司", "中心", "平台", "学校", "大学", "银行", "集团", "医院", "中学", "小学"})
_LONGEST = 40
_BRACKETED = re.compile(r"（[^（）]{1,8}）$")


class Candidate(NamedTuple):
    """A stretch that may be a name: first token, offsets of name and head, tokens before the head."""

    first: int
    begin: int
    start: int
    end: int
    body: tuple[Token, ...]
    quoted: bool
    listed: bool


class Span(NamedTuple):
    """Token indexes of a candidate: first token, token that holds the head."""

    first: int
    head: int


def _is_government(word: str) -> bool:
    """Whether one word is a level and its government: 省政府, 市政府."""
    return len(word) == 3 and word[0] in "省市县区州" and word[1:] == "政府"


class Heads:
    """Finds names that end in a suffix of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._suffixes = sorted(lexicon.suffixes)
        self._automaton = Automaton(self._suffixes)
        words = lexicon.words
        self._stop = words["stop_words"]
        self._inner = words["inner_verbs"]
        self._generic = words["generic"]
        self._strong = words["strong_starts"]
        self._bodies = tuple(
            s
            for s, row in lexicon.suffixes.items()
            if row.cls in ("Institution", "Park", "Fund") and len(s) > 1
        )
        self._glued = words["inner_verbs"] | words["offices"]
        self._triggers = tuple(sorted(lexicon.triggers))
        self._modifiers = words["generic"] | words["company_nouns"]
        self._verbs = (
            frozenset(lexicon.triggers) | words["prepositions"] | words["pivots"] | words["plan_words"]
        )

    def find(self, work: Work, known: Mapping[int, Found]) -> Iterator[Found]:
        """Yield names; ``known`` maps the start of each listed name to it."""
        for start, end in self._heads(work):
            found = self._name(work, start, end, known)
            if found:
                yield found

    def _heads(self, work: Work) -> list[tuple[int, int]]:
        """Occurrences of suffixes that end where a token does, none inside another."""
        longest: dict[int, int] = {}
        for _, start, end in self._automaton.find(work.text):
            longest[end] = min(start, longest.get(end, start))
        spans = sorted(longest.items())
        return [
            (start, end)
            for end, start in spans
            if self._is_head(work, start, end) and not any(s <= start and end < e for e, s in spans)
        ]

    def _is_head(self, work: Work, start: int, end: int) -> bool:
        """Whether a suffix ends where a token does and is not the tail of a common word (格局)."""
        i = work.token_at(end - 1)
        token = work.tokens[i]
        if token.end != end and (token.start != start or work.text[end : token.end] not in self._glued):
            return False  # but 工程|建设 and 大学|校长, which the dictionary has as one word
        if end - start > 1 or token.start == start:
            return True
        return (is_proper(token) or len(token.word) > 2) and not in_dictionary(token.word[-2:])

    def _name(self, work: Work, start: int, end: int, known: Mapping[int, Found]) -> Found | None:
        suffix = self.lexicon.suffixes[work.text[start:end]]
        head = work.token_at(start)
        first, quoted = self._walk(work, head, known)
        first = self._trim(work, Span(first, head), known)
        begin = work.tokens[first].start
        if (begin >= start and not quoted) or self._listed_tail(work, begin, end, known):
            return None
        body = work.tokens[first:head]
        if work.tokens[head].start < start:
            body = (*body, work.tokens[head])
        if not self._accepts(
            work, suffix, Candidate(first, begin, start, end, body, quoted, begin in known), known
        ):
            return None
        proper = quoted or begin in known or any(is_proper(t) for t in body)
        return Found(begin, end, suffix.cls, "head", 0.9 if proper else 0.7)

    def _accepts(self, work: Work, suffix: Suffix, name: Candidate, known: Mapping[int, Found]) -> bool:
        """Whether what stands before a head makes a name of it, by the need of the suffix."""
        body, sure = name.body, name.quoted or name.listed
        funded = suffix.cls == "Fund" and (
            self._behind_amount(work, name.begin) or (len(body) > 1 and self._governed(work, name.begin))
        )
        if not body or suffix.need == "always":
            return bool(body)
        if not name.listed and self._counted(work, name):
            return False
        if not sure and (self._described(work, name) and not funded):
            return False
        level = bool(body) and (body[0].word in _LEVEL_WORDS or _is_government(body[0].word))
        rest = body[1:] if level else body
        if not sure and not funded and (rest or not level) and all(t.word in self._generic for t in rest):
            return False
        if not sure and len(body) == 1 and body[0].word in self._strong and name.end - name.start == 1:
            return False
        if level and not rest and work.text[name.start : name.end] in _BARE:
            return False
        whole = work.tokens[work.token_at(name.start)]  # 港珠澳大桥, one word
        named = name.begin <= whole.start < name.start and whole.tag in ("nz", "ns", "nt")
        own = named or any(is_proper(t) and t.word not in self._generic for t in body)
        proper = sure or level or own or body[0].word in self._strong
        content = [
            t
            for t in body
            if t.word not in self._generic and t.word not in self._inner and t.tag[:1] not in "mqx"
        ]
        governed = funded or self._governed(work, name.begin)
        long = name.end - name.begin >= 6
        suffix_text = work.text[name.start : name.end]
        match suffix.need:
            case "marked":
                return sure
            case "listed":
                national = body[0].word == "国家" and name.end - name.begin >= 10
                return (sure or national or (level and len(body) > 2)) and name.end - name.begin >= 8
            case "named":
                return bool(proper) or (bool(content) and long)
            case "place":
                return name.listed and known[name.begin].end == name.start
            case "brand":
                return (
                    len(body) == 1
                    and len(body[0].word) == 2
                    and (is_proper(body[0]) or body[0].tag in ("s", "nz"))
                )
            case "proper" if suffix.cls == "Event":
                return bool(proper) or (governed and bool(content) and long)
            case "proper" if suffix.cls not in ("Institution", "Park"):
                known_word = named or any(t.tag in ("ns", "nr", "nt", "eng") and is_proper(t) for t in body)
                return (
                    sure
                    or level
                    or known_word
                    or (governed and long and (own or body[0].word in self._strong))
                )
            case "proper" if suffix_text == "集团" and len(body) == 1 and len(body[0].word) in (2, 3):
                return bool(proper) or body[0].tag == "n"
            case "proper":
                return bool(proper) or (governed and bool(content) and suffix.cls == "Institution" and long)
            case "content":
                return bool(proper) or (governed and (bool(content) or long or funded))
            case _:
                placed = body[0].tag == "ns" and len(body) > 1
                return (
                    sure
                    or placed
                    or (level and bool(content))
                    or (
                        governed and (bool(proper) or len(content) >= 2 or (bool(content) and len(body) >= 3))
                    )
                )

    def _governed(self, work: Work, begin: int) -> bool:
        """Whether a verb of a relation, or a list, stands before the name."""
        before = work.text[:begin].rstrip("了过一个这")
        return before.endswith(("、", "将", "把", "推动", "支持", *self._triggers))

    def _behind_amount(self, work: Work, begin: int) -> bool:
        return bool(_AMOUNT_OF.search(work.text[:begin]))

    def _counted(self, work: Work, name: Candidate) -> bool:
        """Whether a number makes it a description: 5家主板上市公司, 省级重点实验室10余家."""
        i = name.first - 1
        while i >= 0 and work.tokens[i].word in self._generic and work.tokens[i].word not in self._verbs:
            i -= 1
        before = work.tokens[i] if i >= 0 else None
        if before and before.word in ("以上", "余", "多", "个", "家") and not name.listed:
            return True
        named = name.body and name.body[0].tag in ("ns", "nt", "nr")
        if (
            before
            and before.tag in ("m", "q", "mq")
            and before.word not in ("年", "月", "日")
            and not _ORDINAL.fullmatch(before.word)
            and not named
        ):
            return True
        after = work.first_starting(name.end)
        return after < len(work.tokens) and work.tokens[after].word[0].isdigit()

    def _described(self, work: Work, name: Candidate) -> bool:
        """Whether 的 stands before it: what follows is a description (垂直领域的…大模型)."""
        return (
            name.first > 0
            and work.tokens[name.first - 1].word == "的"
            and not (name.body and name.body[0].tag in ("ns", "nt", "nr", UNKNOWN))
        )

    def _listed_tail(self, work: Work, begin: int, end: int, known: Mapping[int, Found]) -> bool:
        """Whether a listed institution or park ends the stretch: it stands for itself (北京|国务院国资委)."""
        lists = self.lexicon.canonical
        for found in known.values():
            if found.end != end or found.start <= begin or found.cls not in ("Institution", "Park"):
                continue
            form = work.text[found.start : end]
            if lists.get((found.cls, form)) == form or form.startswith(
                ("国务院", "国家", "中央", "全国", "中国")
            ):
                return (
                    True  # 省|发展改革委 is another body than 发展改革委, the short form of the national one
                )
            if begin not in known and work.text[begin : found.start] not in _LEVEL_WORDS:
                return True
        return False

    def _walk(self, work: Work, head: int, known: Mapping[int, Found]) -> tuple[int, bool]:
        """Go left from the head; return the first token of the name and whether a quote is part of it."""
        tokens, quoted = work.tokens, False
        first, i = head, head - 1
        while i >= 0 and tokens[head].end - tokens[i].start <= _LONGEST:
            token = tokens[i]
            if token.word in CLOSE_QUOTES:
                opening = self._opening(work, i)
                if opening is None or quoted or (first != head and tokens[first].start - token.end > 20):
                    break
                quoted, first, i = True, opening, opening - 1
                if i < 0 or not self._prefix(work, i, known):
                    break
                continue
            if token.word == "）":
                match = _BRACKETED.search(work.text[: token.end])
                if not match:
                    break
                first = work.token_at(match.start())
                i = first - 1
                continue
            if token.word in _CONJUNCTIONS and self._crosses(work, i, known):
                first, i = i - 1, i - 2
                continue
            if not self._inside(work, i):
                break
            first, i = i, i - 1
        return first, quoted

    def _prefix(self, work: Work, i: int, known: Mapping[int, Found]) -> bool:
        """Whether the token before a quote belongs to the name: a proper word, no head of its own."""
        token = work.tokens[i]
        ends = any(f.end == token.end for f in known.values())
        named = is_proper(token) or (len(token.word) == 1 and i > 0 and is_proper(work.tokens[i - 1]))
        return (named or ends) and self._inside(work, i)

    def _opening(self, work: Work, closing: int) -> int | None:
        for i in range(closing - 1, max(closing - 16, -1), -1):
            word = work.tokens[i].word
            if word in OPEN_QUOTES:
                return i if PAIRS[word] == work.tokens[closing].word else None
            if word in "，。；：！？" or word in CLOSE_QUOTES:
                return None
        return None

    def _inside(self, work: Work, i: int) -> bool:
        token = work.tokens[i]
        word, tag = token.word, token.tag
        if word in self._inner:
            return True
        if word in self._stop or word in self.lexicon.triggers:
            return False
        if tag in _STOP_TAGS or not any(c.isalnum() for c in word):
            if word == "·":  # 中国·江州国际博览会, but not 约翰·福斯特
                return i > 0 and (work.tokens[i - 1].tag == "ns" or work.tokens[i - 1].word in self._strong)
            return word in "-—" and i > 0
        if word == "一":  # a dash that a scan turned into a numeral
            return (
                0 < i < len(work.tokens) - 1
                and is_proper(work.tokens[i - 1])
                and work.tokens[i + 1].word != "批"
            )
        if tag in ("m", "q", "t") or word.isdigit():
            return bool(_ORDINAL.fullmatch(word)) or (
                tag == "q" and i > 0 and work.tokens[i - 1].word.startswith("第")
            )
        if tag.startswith("v") and tag != "vn":
            return is_proper(token)
        return True

    def _crosses(self, work: Work, i: int, known: Mapping[int, Found]) -> bool:
        """Whether 和 joins words inside the name and not two names."""
        if i == 0 or not self._inside(work, i - 1) or work.tokens[i + 1].start in known:
            return False
        before = work.tokens[i - 1]
        text = work.text[: before.end]
        if any(f.end == before.end and f.start < before.end for f in known.values()):
            return False
        return not any(text.endswith(s) for s in self._suffixes)

    def _trim(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        tokens = work.tokens
        first = self._strong_cut(work, span, known)
        first = self._split(work, Span(first, span.head), known)
        while first < span.head:
            token = tokens[first]
            if token.start in known or token.word in OPEN_QUOTES:
                break
            leading = (
                token.word in self._verbs
                or (token.tag in ("v", "vn", "vd") and token.word not in self._inner and not is_proper(token))
                or (
                    token.tag in ("a", "b", "m", "q")
                    and token.word in self._generic
                    and not _ORDINAL.fullmatch(token.word)
                )
                or token.word in _CONJUNCTIONS
                or (token.tag == "m" and not _ORDINAL.fullmatch(token.word))
            )
            if not leading:
                break
            first += 1
        return first

    def _strong_cut(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Skip common nouns that stand before a listed name or 国家, 中国."""
        for k in range(span.head - 1, span.first - 1, -1):
            if work.tokens[k].word in _OWNED:
                return k + 1
        for k in range(span.first + 1, span.head):
            token = work.tokens[k]
            if token.start in known or token.word in self._strong:
                before = work.tokens[span.first : k]
                if all(
                    t.word in self._modifiers or t.word in self._verbs or t.tag in ("m", "q") for t in before
                ):
                    return k
        return span.first

    def _split(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Cut behind a verb in the middle when a whole name follows it and a whole name precedes it."""
        for k in range(span.head - 1, span.first, -1):
            word = work.tokens[k].word
            if word in self._verbs and word in self._inner:
                after = work.tokens[k + 1]
                cut = k
                while cut - 1 > span.first and work.tokens[cut - 1].word in self._inner:
                    cut -= 1  # 临溪县|规划建设
                place = work.tokens[cut].start
                left = work.text[work.tokens[span.first].start : place]
                left_whole = any(f.end == place for f in known.values()) or left.endswith(self._bodies)
                if (
                    left_whole
                    and k + 1 < span.head
                    and (after.start in known or is_proper(after) or after.word in self._strong)
                ):
                    return k + 1
        return span.first
