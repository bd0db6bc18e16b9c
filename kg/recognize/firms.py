"""Companies by their short names in running text: by what only companies have or are, for the whole document.

A word that no dictionary has is a company's name beside its code at the exchange (云海精工（300123）), before what only
companies have (云海旗下, 云海总裁陈云山), and behind what says that it is one (子公司云海, LED大厂云海、江达).
Once said, it holds wherever the document has the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Endings, Found, Work
from kg.recognize.shorts import one_each, short_names
from kg.segment import UNKNOWN, Token, in_dictionary

#: The code of a share behind its company's name: （300123，收盘价…）, （600123.SH）, （股票代码：300123）, （00123.HK）.
_CODE = re.compile(
    r"(?<!\d)(?P<name>(?:\*?ST)?[\u4e00-\u9fffA-Za-z]{2,})（(?:(?:股票|证券|上市)?(?:代码|代号)[:：]?|[A-Z]{2,6}[:：])?\s?"
    r"(?:[03689]\d{5}|\d{4,5}(?=\.HK))(?:\.(?:SZ|SH|HK|BJ))?[，,；;）]"
)
#: What leads from the word that says what it is to the name: 厂商如云海, 合资公司——云海.
_LED = re.compile("(?:有|如|像|包括|分别为|分别是|[-—–]{1,3}|:|：|“)?")
_JOINTS = "、和与及"
#: Behind what a name begins that has its code.
_BEHIND = re.compile(".*[和与及有是为如像对由继]|.*(?:包括|公司|企业|其中)")
_LATIN = re.compile("[A-Z][A-Za-z0-9&-]+(?: [A-Z][A-Za-z&-]+){0,2}")
_SPACED = re.compile("(?:[A-Z][A-Za-z&/-]* )+$")
#: Kinds of goods and of trade that Latin letters name, no companies.
_ACRONYMS = frozenset(
    [
        "LED",
        "LCD",
        "OLED",
        "OEM",
        "ODM",
        "IT",
        "IC",
        "CPU",
        "GPU",
        "MCU",
        "PC",
        "PLC",
        "DRAM",
        "NAND",
        "SaaS",
        "PaaS",
        "IaaS",
        "ERP",
        "CRM",
        "AI",
        "VR",
        "AR",
        "APP",
        "App",
        "SUV",
        "EDA",
        "IP",
        "IDC",
        "ISP",
        "MRO",
        "CEO",
    ]
)
#: Small words that the tokens glue to others (但|净, 晶电|则) and no name holds.
_SMALL = frozenset(
    "但更其有则之于在也都又还很不没我你他她这那个两各每只最将已被把给的了是和与及均仍却再才就若并且或某率额"
)
#: What stands before a name in one breath with it: 但|云海.
_LEADING = frozenset("但而据对继")
#: Whose name stands before them, or whose company's.
_CHIEFS = ("董事长", "总裁", "创始人", "CEO", "总经理", "股东", "高管", "首席执行官")
#: Whose shares somebody has or buys: 收购|麦云林|29%股份.
_SHARES = re.compile(
    "(?<=收购|持有|认购|增持|减持)[了的]?(?P<name>[\u4e00-\u9fff]{2,5})(?=\\d+(?:\\.\\d+)?%的?(?:股份|股权))"
)
_NAMED = frozenset({UNKNOWN, "nz", "nr", "nrt", "nrfg", "nt", "l", "i"})
_INNER = frozenset({UNKNOWN, "eng", "nr", "nrt", "nrfg", "nt", "n", "j", "nz", "b", "ns", "a", "vn"})
_LONGEST = 8
#: Parts of the world that a company's officer is for: 亚太|总裁.
_WORLD = frozenset({"亚太", "亚洲", "欧洲", "大中华", "全球", "中国区"})
_COUNTED = re.compile("[一二两三四五六七八九十\\d]+[大家个]")


class Firms:
    """Finds what a document lets be a company; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        words = lexicon.words
        self._signs = _alternatives(words["company_signs"])
        self._kinds = _alternatives(words["company_kinds"])
        self._offices = _alternatives(words["company_offices"])
        self._closed = frozenset(lexicon.triggers).union(
            *(
                words[t]
                for t in ("generic", "stop_words", "prepositions", "offices", "agent_nouns", "callings")
            ),
            *(words[t] for t in ("company_nouns", "company_kinds", "company_signs")),
        )
        suffixes = lexicon.suffixes.items()
        self._tails = words["company_tails"].union(s for s, r in suffixes if r.need in ("brand", "industry"))
        self._heads = frozenset(s for s, r in suffixes if r.need not in ("brand", "industry"))
        # 敬云基金 of 敬云基金有限公司 is a fund
        self._others = Endings(s for s, r in suffixes if r.cls != "Institution")
        self._surnames = words["surnames"]
        self._titles, self._officers = Endings(words["offices"]), tuple(sorted(words["offices"]))

    def find(self, works: Sequence[Work], founds: Sequence[Sequence[Found]]) -> dict[str, str]:
        """The short names of companies that the document vouches for, with their class."""
        names: dict[str, str] = {}
        for work, some in zip(works, founds, strict=True):
            for start, end in self._spans(work, some):
                if not any(_bars(f, start, end) for f in some):
                    names.setdefault(work.text[start:end], "Institution")
        full = (
            work.text[f.start : f.end]
            for work, some in zip(works, founds, strict=True)
            for f in some
            if f.cls == "Institution"
        )
        for short in one_each(self._lexicon, full):
            if short not in self._lexicon.names and not self._others.end(short):
                names.setdefault(short, "Institution")
        return names

    def brands(self, works: Sequence[Work], founds: Sequence[Sequence[Found]]) -> frozenset[str]:
        """What looks like a person and begins the name of a company of the document: 云米|认为, of 云米科技."""
        people, officers, firms = set[str](), set[str](), set[str]()
        for work, some in zip(works, founds, strict=True):
            for found in some:
                text = work.text[found.start : found.end]
                if found.cls == "Person" and len(text) < 4:
                    before, behind = work.text[: found.start].rstrip("、 "), work.text[found.end :]
                    # 金川董事长 is the president of 金川软件 as well
                    office = self._titles.end(before) or (
                        behind.startswith(self._officers) and not behind.startswith(_CHIEFS)
                    )
                    (officers if office else people).add(text)
                elif found.cls == "Institution":
                    firms.add(text)
        sold = {m["name"] for work in works if "%" in work.text for m in _SHARES.finditer(work.text)}
        return frozenset(sold & people - officers) | frozenset(
            one
            for one in people - officers
            for firm in firms
            if one in short_names(self._lexicon, firm)
            or (
                firm.startswith(one)
                and (
                    firm[len(one) :] in self._tails or (len(one) == 2 and firm.endswith(("公司", "集团"), 2))
                )
            )
        )

    def _spans(self, work: Work, founds: Sequence[Found]) -> Iterator[tuple[int, int]]:
        text = work.text
        for match in _CODE.finditer(text) if "（" in text else ():
            if span := self._coded(work, *match.span("name")):
                yield span
        for match in _SHARES.finditer(text) if "%" in text else ():
            tokens = work.between(*match.span("name"))
            named = any(t.tag == UNKNOWN for t in tokens) or (len(tokens) == 1 and tokens[0].tag in _NAMED)
            if named and work.aligned(*match.span("name")):
                yield match.span("name")
        for match in self._signs.finditer(text):
            span = self._before(work, match.start())
            boss = (
                span
                and match.group() == "旗下"
                and span[1] - span[0] == 2
                and text[span[0]] in self._surnames
            )
            if span and not boss:  # 严彬|旗下
                yield span
        people = [f.start for f in founds if f.cls == "Person"]
        for match in self._offices.finditer(text) if people else ():
            if any(0 <= p - match.end() < 2 for p in people):
                end = match.start()
                yield from (
                    (f.start, end) for f in founds if f.end == end and f.cls == "Platform"
                )  # 京东商城|CEO
                if span := self._before(work, end) or self._headed(work, end):
                    yield span
        for match in self._kinds.finditer(text):
            yield from self._behind(work, match.start(), match.end())

    def _coded(self, work: Work, start: int, end: int) -> tuple[int, int] | None:
        """The name before its code: all words back to a mark when they are few, else by its own word."""
        lead = _BEHIND.match(work.text, start, end)
        start = lead.end() if lead else start
        return (start, end) if 2 < end - start < 7 else self._before(work, end)

    def _before(self, work: Work, end: int) -> tuple[int, int] | None:
        """The name that ends here, by the word of its own: 江州|云海|光电."""
        last = work.last_ending(end)
        if last < 0 or work.tokens[last].end != end:
            return None
        first, kernel = last + 1, False
        while first and end - work.tokens[first - 1].start <= _LONGEST:
            token = work.tokens[first - 1]
            if token.word in self._closed or not token.word.isalnum():
                break
            if token.tag not in _INNER and token.word not in self._tails:
                break
            if token.tag == "ns" and not kernel:
                return None  # 好莱客|沧州
            if kernel and token.tag != "ns":
                break
            kernel = kernel or self._is_kernel(token)
            first -= 1
        if not kernel or not self._opens(work, first):
            return None
        return self._stretch(work, first, end)

    def _stretch(self, work: Work, first: int, end: int) -> tuple[int, int] | None:
        start = work.tokens[first].start
        if work.tokens[first].tag == "eng" and (spaced := _SPACED.search(work.text, 0, start)):
            return spaced.start(), end  # Trading|Card
        start += work.text[start] in _LEADING and end - start > 3
        return (start, end) if 2 <= end - start <= _LONGEST else None

    def _headed(self, work: Work, end: int) -> tuple[int, int] | None:
        """The words between a mark and an office that has its person behind it: ，南方家居|总经理陈云山."""
        text, start = work.text, end
        while start and end - start < 8 and text[start - 1].isalnum():
            start -= 1
        tokens = work.between(start, end)
        if not 2 <= end - start <= 7 or not work.aligned(start, end):
            return None
        if any(t.word in self._closed or t.tag[:1] in "vpcrmqtu" for t in tokens):
            return None
        if tokens[-1].tag == "ns" or tokens[-1].word in self._heads or text[end - 1] in "区部":
            return None
        if "兼" in text[start:end] or (tokens[0].word in _WORLD and len(tokens) == 1):
            return None
        if len(tokens) == 1 and tokens[0].tag not in _NAMED:
            return None  # 市场|总经理
        return self._stretch(work, work.token_at(start), end)

    def _behind(self, work: Work, kind: int, start: int) -> Iterator[tuple[int, int]]:
        """The name, or the list of names, that begins behind the word that says what they are."""
        lead = _LED.match(work.text, start)
        at = lead.end() if lead else start
        found: list[tuple[int, int]] = []
        while end := self._name_from(work, at, listed=bool(found)):
            found.append((at, end))
            if work.text[end : end + 1] not in _JOINTS or not work.text[end:]:
                break
            at = end + 1
        i = work.last_ending(kind)
        told = work.text[start - 3 : start] in ("子公司", "资公司") or (
            kind > 0 and (not work.aligned(kind, start) or work.tags[i][:1] in "njbvse")  # 软件厂商, LED|大厂
        )
        if told or len(found) > 1:
            yield from found

    def _name_from(self, work: Work, start: int, *, listed: bool) -> int:
        """Where the name ends that begins here and behind which a name can end, or 0."""
        i = work.first_starting(start)
        if i >= len(work.tokens) or work.tokens[i].start != start:
            return 0
        latin = _LATIN.match(work.text, start)
        if latin:
            short = latin.end() - start == 2 and work.text[latin.end() : latin.end() + 1].isalnum()  # ST|云海
            return 0 if short or latin.group() in _ACRONYMS else latin.end()
        if work.tokens[i].tag == "ns" and len(work.words[i]) < 4:
            i += 1
        if i >= len(work.tokens) or not self._is_kernel(work.tokens[i]):
            return 0
        while i + 1 < len(work.tokens) and work.words[i + 1] in self._tails:
            i += 1
        end = work.tokens[i].end
        after = work.tokens[i + 1] if i + 1 < len(work.tokens) else None
        closed = after is None or not after.word[0].isalnum()
        closed |= (listed or end - start > 2) and after is not None and after.tag[:1] in "vdpcutran"
        return end if closed and end - start <= _LONGEST else 0

    def _is_kernel(self, token: Token) -> bool:
        """Whether a word that no dictionary has can be a name by itself; three characters may be a person's."""
        word = token.word
        if token.tag == "eng":
            return len(word) > 2 and word[0].isupper() and word not in _ACRONYMS
        own = (
            token.tag == UNKNOWN
            and 2 <= len(word) <= 5
            and not in_dictionary(word)
            and not _COUNTED.match(word)
        )
        person = len(word) == 3 and (word[0] in self._surnames or word[:2] in self._surnames)
        return own and _SMALL.isdisjoint(word[1:]) and word[0] not in _SMALL - _LEADING and not person

    def _opens(self, work: Work, first: int) -> bool:
        """Whether a name can begin at a token: behind a mark, a small word, a verb or what closes names."""
        before = work.tokens[first - 1] if first else None
        return (
            before is None
            or not before.word[-1].isalnum()
            or before.tag[:1] in "vdpcutr"
            or before.word in self._closed
        )


def _alternatives(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _bars(found: Found, start: int, end: int) -> bool:
    """Whether a mention stands against a company's name: any in it but a place; a platform that has a chief is a company."""
    if found.end <= start or end <= found.start or found.cls in ("Place", ""):
        return False
    return not (found.cls == "Platform" and found.rule in ("gazetteer", "head") and found[:2] == (start, end))
