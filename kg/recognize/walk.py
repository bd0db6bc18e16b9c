"""Where a name begins: from its head to the left, and what is cut off again.

The walk goes over tokens and stops at punctuation, function words and verbs. What was gathered is
then cut at a strong start (两家央企|中国…公司), split at a verb that governs a whole name
(江州市|建设|云川大数据中心), and freed of leading modifiers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.lexicon import Lexicon
from kg.recognize.base import CLOSE_QUOTES, OPEN_QUOTES, PAIRS, Endings, Found, Work, is_proper
from kg.segment import UNKNOWN, Token

#: Tags at which the walk ends: particles, pronouns, prepositions, conjunctions, adverbs, directions, times.
_STOP_TAGS = frozenset(
    {"c", "p", "r", "d", "y", "e", "o", "u", "uj", "ul", "uz", "ug", "ud", "uv", "ad", "rr", "rz"}
)
#: Countries by one character, as they stand behind 中.
_COUNTRIES = frozenset("美俄英法德日韩欧非阿拉葡加澳新意西印巴泰越老缅柬蒙哈土以朝")
#: For whom events are held: 跨国公司领导人|江州峰会.
_GUESTS = frozenset({"企业家", "领导人", "科学家", "市长", "院士", "校长", "部长"})
_EMBASSIES = (
    *("大使馆", "使馆", "总领事馆", "领事馆", "代表处", "代表团", "使团"),
    *("办事处", "联络处", "招商处", "分社", "记者站", "商会"),
)
_CONJUNCTIONS = frozenset("和与及暨")
#: The edition of an event, whose characters the tokens may part.
EDITION = re.compile(r"第[\d一二三四五六七八九十]{1,3}届")
ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]+[次届期批]?|[一二三四五六七八九十百\d]+大|[\d]{1,3}[A-Za-z]*|[一二三四五六七八九十]+[届期年局院]"
)
_LONGEST = 40
YEAR = re.compile("20\\d\\d|19\\d\\d")
VERSION = re.compile("[Vv]?\\d{1,2}\\.\\d{1,2}")
#: Bodies that a number names: 十五局, 二院.
_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}[局院所厂].?")
#: How a company holds another whose name follows.
_HOLDS = frozenset({"全资", "控股", "参股", "全资控股", "绝对控股"})
_FIRMS = ("公司", "集团", "银行")
_LEGAL = ("有限公司", "有限责任公司", "股份公司")
_LEVELS = frozenset("省市县区州")
_FIRM = re.compile(".{0,6}公司|集团")
#: Verbs that names hold and none begins with, but for programmes: 提升|敦煌研究院, 处置|国有商业银行.
_NEVER_FIRST = frozenset(
    {
        "提升",
        "培育",
        "做强",
        "做大",
        "做优",
        "建强",
        "改造",
        "处置",
        "拓展",
        "帮助",
        "运行",
        "完善",
        "巩固",
        "加强",
        "建好",
        "提速",
        "壮大",
        "引进",
        "扩大",
        "深化",
        "优化",
    }
)
#: What a place is done good to in, before what it builds: 支持|江州|建设|…中心.
_SUPPORTS = frozenset({"支持", "助力", "鼓励", "同意", "帮助", "赋予", "批准"})
_FOUNDS = frozenset({"建设", "打造", "创建", "建成", "设立", "建立", "组建"})
#: Bodies that bear the name of a calling: 友成|企业家|扶贫|基金会.
_GATHERED = ("协会", "学会", "联合会", "商会", "基金会", "联盟", "俱乐部", "公会", "工会")
#: Games and fairs that have a year.
_GAMES = re.compile("(?:奥运会|残奥会|冬奥会|亚运会|世博会|大运会|世园会)(?!.*(?:奥运|亚运))")
#: How verbs do what they do, before a name: 高标准|建设|国家|…中心.
_MANNERS = frozenset({"高标准", "高质量", "高水平", "高起点", "高效"})
#: What is a thing of its own before 和: 党代会|和|省委, 科研院所|和|大学.
_WHOLE_THING = re.compile("(?:党代会|人代会|院所|机构|单位|设施|企业|高校|卫生室|大学|学校|部门|国家)$")
#: What brings a name before the verb that builds another on it: 依托|江州走廊|建设|云川科学城.
_LEANS = frozenset({"依托", "依靠", "借助", "立足", "围绕"})
#: What is done at one of two events that are held as one: 经贸洽谈|暨|商品展销会.
_HELD = ("洽谈", "发布", "展示", "推介", "签约", "颁奖", "启动", "研讨", "交易")
#: What programmes do for those whom they name: 领军人才|支持|计划.
_AIMS = frozenset({"支持", "扶持", "资助", "引进", "培养", "补助", "奖补"})
_PROGRAMMES = ("计划", "工程", "行动", "专项", "基金")
#: Who builds, or how, before the verb: 主管部门|统一|建设|…平台.
_BUILDERS = ("部门", "单位", "企业", "机构", "院校", "高校", "院所", "法院", "政府", "联合", "统一", "集约")
#: What makes a brand of the place behind it: 数字|江州.
_BRANDS = frozenset({"数字", "智慧", "平安", "健康", "美丽", "书香", "法治"})
#: With what the planning of a place is one office: 江州市|规划|和|自然资源局.
_FIELDS = ("自然资源", "国土", "建设局", "住房", "建设委", "生育")
#: A bracket inside a name; one that defines, dates or counts is none.
_BRACKETED = re.compile(
    r"（(?!以下|下称|下同|简称|又称|亦称|原|即|记者|通讯员|见习|本报|特派|实习|\d|[一二三四五六七八九十IVX]{1,4}）)[^（）]{1,8}）$"
)


class Span(NamedTuple):
    """Token indexes of a candidate: first token, token that holds the head."""

    first: int
    head: int


class Walk:
    """Finds the left boundary of names; knows the suffixes, since a name before 和 ends in one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        # an industry is a field too: 广州市|科技和信息化|局
        self._suffixes = Endings(s for s, row in lexicon.suffixes.items() if row.need != "industry")
        self._industries = frozenset(
            s for s, row in lexicon.suffixes.items() if row.need in ("brand", "industry")
        )
        words = lexicon.words
        self._stop = words["stop_words"]
        self._inner = words["inner_verbs"]
        self._generic = words["generic"]
        self._strong = words["strong_starts"]
        self._openers = words["openers"]
        self._offices = words["offices"]
        self._surnames = words["surnames"]
        self._apposed = words["apposed_nouns"]
        self._modifiers = words["generic"] | words["company_nouns"]
        self._verbs = governing_verbs(lexicon)
        self._ending = (self._verbs | words["offices"]) - words["inner_verbs"] - frozenset(lexicon.suffixes)
        self._events = tuple(s for s, row in lexicon.suffixes.items() if row.cls == "Event" and len(s) > 1)
        self._undertakings = tuple(
            s for s, row in lexicon.suffixes.items() if row.cls in ("Project", "Event", "Policy")
        )
        self._parks = tuple(s for s, row in lexicon.suffixes.items() if row.cls == "Park" and len(s) > 1)
        self._founding = frozenset(
            w for w, rows in lexicon.triggers.items() if any(t.group == "create" for t in rows)
        )
        self._bodies = tuple(
            s
            for s, row in lexicon.suffixes.items()
            if row.cls in ("Institution", "Park", "Fund") and len(s) > 1
        )

    def first(self, work: Work, head: int, known: Mapping[int, Found]) -> tuple[int, bool]:
        """The first token of the name whose head stands in token ``head``, and whether a quote is part of it."""
        first, quoted = self._walk(work, head, known)
        first = self._from_place(work, Span(first, head), known)
        first = self._trim(work, Span(first, head), known)
        return self._dated(work, Span(first, head)), quoted

    def _dated(self, work: Work, span: Span) -> int:
        """The year that begins the name of an event (2022|世界博览会), or of a body for one (2008年|北京奥运会…委员会)."""
        before = span.first - 1
        event = work.text.endswith(self._events, 0, work.tokens[span.head].end)
        name = work.text[work.tokens[span.first].start : work.tokens[span.head].end]
        if not event and before > 0 and _GAMES.search(name) and work.words[before] == "年":
            return before - 1 if YEAR.fullmatch(work.words[before - 1]) else span.first
        return before if before >= 0 and event and YEAR.fullmatch(work.words[before]) else span.first

    def _walk(self, work: Work, head: int, known: Mapping[int, Found]) -> tuple[int, bool]:
        """Go left from the head; return the first token of the name and whether a quote is part of it."""
        tokens, quoted = work.tokens, False
        event = tokens[head].word.endswith(self._events)
        gathers = tokens[head].word.endswith(_GATHERED)
        first, i = head, head - 1
        while i >= 0 and tokens[head].end - tokens[i].start <= _LONGEST:
            token = tokens[i]
            if token.word in CLOSE_QUOTES:
                opening = self._opening(work, i)
                if (
                    opening is None
                    or quoted
                    or self._acts(work, i, head, known)
                    or (first != head and tokens[first].start - token.end > 20)
                ):
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
                if i >= 0 and tokens[i].word.isalnum() and tokens[i].word not in self._ending:
                    first, i = i, i - 1  # a name before its bracket, whatever its tag (嘉力|（集团）有限公司)
                continue
            if token.word in "至到—-" and i and self._route(work, i, known):
                first, i = i - 1, i - 2
                continue
            if token.word == "暨" and self._twin(work, i):
                first, i = i - 1, i - 2
                continue
            if token.word in _CONJUNCTIONS and self._crosses(work, i, known):
                first, i = i - 1, i - 2
                continue
            if token.start in known and known[token.start].cls == "Person":
                break  # 陈云山|中美交流基金会
            listed = known.get(token.start)  # whatever the tokens make of it: 大连 is an adverb to jieba
            whole = listed is not None and listed.end == token.end and listed.cls == "Place"
            guests = (event or gathers) and token.word in _GUESTS
            within = None if whole else self._known_around(work, i, known)
            if within is not None and not quoted:
                first, i = within, within - 1  # 中|石油 is one name
                continue
            if not whole and not guests and not self._inside(work, i):
                if self._behind_place(work, i, head, known):
                    first = i - 1
                elif self._behind_verb(work, i, head):
                    first = i
                break
            first, i = i, i - 1
        return first, quoted

    def _known_around(self, work: Work, i: int, known: Mapping[int, Found]) -> int | None:
        """The first token of the listed name of several tokens that ends with a token, if it belongs to what follows."""
        end = work.tokens[i].end
        for back in range(1, 5):
            if i - back < 0:
                break
            listed = known.get(work.tokens[i - back].start)
            if listed is not None and listed.end == end and listed.cls == "Institution":
                return i - back
        return None

    def _twin(self, work: Work, i: int) -> bool:
        """Whether 暨 joins two events that are held as one (江州论坛暨产业大会)."""
        left = work.text[: work.tokens[i].start]
        return i > 0 and left.endswith((*self._events, *_HELD))

    def _route(self, work: Work, i: int, known: Mapping[int, Found]) -> bool:
        """Whether a token joins the two ends of a line (江州|至|临溪|高铁)."""
        ends = (work.tokens[i - 1], work.tokens[i + 1])
        return all(is_proper(t) or t.start in known or t.tag in ("ns", "nz", "nr", "j") for t in ends)

    def _from_place(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """The place with which a company's full name begins, past verbs in the middle (江州|安靠|智能|输电|…有限公司)."""
        head = work.tokens[span.head].start
        if not _FIRM.match(work.text, head) or work.tokens[span.first].start in known:
            return span.first
        for i in range(span.first - 1, max(-1, span.first - 7), -1):
            token = work.tokens[i]
            place = known.get(token.start)
            if place and place.cls in ("Place", "Institution") and place.end == token.end:
                inside = i and work.tokens[i - 1].start in known  # 江州|ABB|高压|开关|有限公司
                if place.cls == "Institution" and inside:
                    continue
                starts = self._starts(work, i - 1) or (place.cls == "Place" and work.tags[i - 1][:1] == "v")
                return i if starts else span.first
            if token.word == "中" and i and work.tokens[i - 1].start in known:
                continue  # 北京|中|软|国际|…公司
            if token.word in (work.tokens[i - 1].word, work.tokens[i + 1].word) and i:
                continue  # 江州|上|上|电缆|…公司
            stops = token.word in self._stop and token.tag != "f"  # 软件|外|包|有限公司
            small = token.tag == "r" and len(token.word) == 1  # 湖南|他|普亚|食品|有限公司
            if stops or (token.tag[:1] in "pcruxmq" and not small) or token.word in self._verbs:
                return span.first
        return span.first

    def _behind_place(self, work: Work, i: int, head: int, known: Mapping[int, Found]) -> bool:
        """Whether a verb or adjective stands between a place and the rest of a name (云川|通用|人工智能|研究院)."""
        token = work.tokens[i]
        if i == 0 or head - i < 2 or token.tag[:1] not in "vad" or len(token.word) < 2:
            return False
        if token.word in self._stop or token.word in self._ending:
            return False
        place = next((f for f in known.values() if f.end == token.start and f.cls == "Place"), None)
        return place is not None and place.start == work.tokens[i - 1].start and self._starts(work, i - 2)

    def _behind_verb(self, work: Work, i: int, head: int) -> bool:
        """Whether a verb that begins a name stands behind the verb that governs it (设立|仿生|机器人|…中心)."""
        token = work.tokens[i]
        plain = token.tag == "v" and len(token.word) == 2 and head - i > 1
        if not plain or i == 0 or token.word in self._stop or token.word in self._ending:
            return False
        if work.tags[i + 1] == "ns":
            return False  # 开通|运行|江州…中心
        return work.tokens[i - 1].word in self._founding

    def _starts(self, work: Work, i: int) -> bool:
        """Whether a name can start behind token ``i``: a mark, 和, or a verb that governs."""
        if i < 0:
            return True
        word = work.tokens[i].word
        return (
            not any(c.isalnum() for c in word)
            or word in self._verbs
            or word in _CONJUNCTIONS
            or (word == "的" and i > 0 and work.tags[i - 1][:1] in "vm")  # 2010年成立的|深圳|排放权|交易所
        )

    def _acts(self, work: Work, quote: int, head: int, known: Mapping[int, Found]) -> bool:
        """Whether a verb with a name behind it stands between a quote and the head (“…”模式|建设|江州物流园)."""
        return any(
            work.tokens[k].word in self._verbs
            and (work.tokens[k + 1].start in known or is_proper(work.tokens[k + 1]))
            for k in range(quote + 1, head - 1)
        )

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
        if word in _AIMS and 0 < i < len(work.tokens) - 1 and work.tags[i - 1][:1] == "n":
            return work.words[i + 1].startswith(_PROGRAMMES)  # 领军人才|支持|计划
        if word == "中" and i + 2 < len(work.tokens) and work.words[i + 1] in _COUNTRIES:
            return True  # 中|美|交流|基金会
        abroad = work.tokens[i + 1] if word == "驻" and 0 < i < len(work.tokens) - 1 else None
        if abroad and (abroad.word.endswith(_EMBASSIES) or work.text.startswith(_EMBASSIES, abroad.end)):
            return True  # 中国|驻|美国|大使馆
        if "届" in work.text and self._is_edition(work, i):
            return True  # 第|12|届|世界运动会
        if word in self._stop or word in self._ending:
            return False
        if tag in _STOP_TAGS or not any(c.isalnum() for c in word):
            if word == "·":  # 中国·江州国际博览会, but not 约翰·福斯特
                before = work.tokens[i - 1] if i else None
                return before is not None and (
                    before.tag in ("ns", "nt", "nz", UNKNOWN) or before.word in self._strong
                )
            if work.text.endswith(self._bodies, 0, token.start):
                return False  # 江州公司－临溪公司: two
            dash = word in "-—" and i > 0 and work.tokens[i - 1].word != word and i + 1 < len(work.tokens)
            return dash and work.tokens[i + 1].word != word  # 单位——江州公司: two
        if word == "一":  # a dash that a scan turned into a numeral
            return (
                0 < i < len(work.tokens) - 1
                and is_proper(work.tokens[i - 1])
                and work.tokens[i + 1].word != "批"
            )
        if word == "段" and i and work.tags[i - 1] in ("ns", "nr", "nz", UNKNOWN, "j"):
            return True  # 云江|江州|段|河道治理工程
        if tag == "m" and VERSION.fullmatch(word) and following_system(work, i):
            return True  # 企业网银|2.0|系统
        if word == "系" and work.text.endswith(("公司", "集团", "银行", "企业"), 0, token.start):
            return False  # 江州公司|系|云川集团…
        if word == "第" and i + 1 < len(work.tokens) and work.tokens[i + 1].word.isdigit():
            return True
        following = work.tokens[i + 1].word if i + 1 < len(work.tokens) else ""
        if (
            tag == "m"
            and _NUMBERED.fullmatch(word + following[:1])
            and i
            and work.tokens[i - 1].tag[:1] == "n"
        ):
            return True  # 中铁|十五|局
        if word.isdigit() and following[:1] in "亿万千百家个项条座处元":
            return False  # 250|亿|抗疫基金
        if tag in ("m", "q", "t") or word.isdigit():
            return (
                word == "首届"
                or bool(ORDINAL.fullmatch(word))
                or (tag == "q" and i > 0 and work.tokens[i - 1].word.startswith("第"))
            )
        if tag.startswith("v") and tag != "vn":
            return is_proper(token)
        return True

    def _crosses(self, work: Work, i: int, known: Mapping[int, Found]) -> bool:
        """Whether 和 joins words inside the name and not two names."""
        if i == 0 or not self._inside(work, i - 1) or work.tokens[i + 1].start in known:
            return False
        if work.words[i + 1] in _LEVELS or (i > 1 and work.tokens[i - 2].word == "·"):
            return False  # 法律监督|和|区政协, 约翰·福斯特|和
        before = work.tokens[i - 1]
        if before.word in self._industries and i > 1 and work.words[i - 2] in self._strong:
            return True  # 中国|保险|与|社会安全|研究中心: a field
        brand = before.word in self._industries and i > 1 and work.tags[i - 2] == UNKNOWN
        if brand and (work.tags[i + 1] == "ns" or is_proper(work.tokens[i + 1])):
            return False  # 云海资本|和|江州银行
        if before.word in ("思想", "精神"):
            return False  # …思想|和|全国教育大会
        if work.tokens[i + 1].tag == "ns" and is_proper(before):
            return False  # 江州新达|与|江州电梯有限公司
        text = work.text[: before.end]
        if any(f.end == before.end and f.start < before.end for f in known.values()):
            return False
        placed = any(f.end == before.start and f.cls == "Place" for f in known.values())
        if placed and before.word in ("规划", "计划") and work.text.startswith(_FIELDS, work.tokens[i].end):
            return True  # 江州市|规划|和|自然资源局
        return not self._suffixes.end(text) and not _WHOLE_THING.search(text)

    def _trim(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        tokens = work.tokens
        first = self._strong_cut(work, span, known)
        first = self._split(work, Span(first, span.head), known)
        first = self._supported(work, Span(first, span.head), known)
        acts = work.text.endswith(self._undertakings, 0, tokens[span.head].end)
        versioned = any(VERSION.fullmatch(w) for w in work.words[first : span.head])  # 企业网银|2.0|系统
        while first < span.head:
            token = tokens[first]
            if (
                token.word in OPEN_QUOTES
                and first + 2 < span.head
                and tokens[first + 2].word in CLOSE_QUOTES
                and len(tokens[first + 1].word) == 1
            ):
                first += 3  # “借”|唯益公司
                continue
            if token.start in known or token.word in OPEN_QUOTES or self._behind_verb(work, first, span.head):
                break
            if "届" in work.text and self._is_edition(work, first):
                break
            if token.word in _NEVER_FIRST and not acts:
                first += 1
                continue
            if token.word in _MANNERS and work.words[first + 1] in _FOUNDS and first + 2 < span.head:
                first += 2  # 高水平|建设|绥哈大齐…集群
                continue
            if first == span.head - 1 and self._is_brand(token) and tokens[span.head].word == "集团":
                break
            if YEAR.fullmatch(token.word) and tokens[first + 1].word == "（":
                break  # 2025（中国）江州博览会
            if token.word == "首届" and work.text.endswith(self._events, 0, tokens[span.head].end):
                break
            if self._leads_on(work, first):
                first += 1
                continue
            leading = (
                token.word in self._verbs
                or (token.tag == "v" and len(token.word) > 1 and self._takes(work, first, span.head, known))
                or (token.word in self._openers and self._opens(work, first, span.head, known))
                or (token.tag in ("v", "vn", "vd") and token.word not in self._inner and not is_proper(token))
                or (
                    token.tag in ("a", "b", "m", "q")
                    and token.word in self._generic
                    and not (token.word == "大" and tokens[first + 1].word.startswith("数据"))
                    and not ORDINAL.fullmatch(token.word)
                )
                or token.word in _CONJUNCTIONS
                or token.word == "批"  # 新获|批|国家…实验室
                or (
                    token.word in _HOLDS
                    and (tokens[first + 1].start in known or tokens[first + 1].word in _HOLDS)
                )  # 全资控股|江州重工公司
                or (
                    token.word in ("公司", "企业", "单位", "机构") and first + 1 < span.head and not versioned
                )
                or (
                    token.tag in ("i", "l")
                    and len(token.word) > 3
                    and token.word not in self._inner
                    and not is_proper(token)
                )
                or (token.word in ("图", "表") and tokens[first + 1].word.isdigit())
                or (token.word.isdigit() and first and tokens[first - 1].word in ("图", "表"))
                or (token.tag == "m" and not ORDINAL.fullmatch(token.word))
            )
            if not leading:
                break
            first += 1
        return first

    def _takes(self, work: Work, first: int, head: int, known: Mapping[int, Found]) -> bool:
        """Whether a verb only takes the name behind it, though names may hold it: 采购|奥的斯|电梯|集团."""
        after = work.tokens[first + 1]
        return first + 1 < head and (after.start in known or after.tag in ("ns", "eng", UNKNOWN))

    def _opens(self, work: Work, first: int, head: int, known: Mapping[int, Found]) -> bool:
        """Whether a name of its own begins behind the word with which a stretch begins (领导|首都机场|管委会)."""
        at = first + 1 + (work.words[first + 1] == "好")  # 利用|好|中国…博览会
        after = work.tokens[at]
        named = (
            after.start in known
            or is_proper(after)
            or after.word in self._strong
            or self._edition(after.word)
        )
        return named and (at < head or (at == head and len(after.word) > 3))

    def _is_brand(self, token: Token) -> bool:
        """Whether a word that jieba takes for a verb can be a group's whole name: 传化|集团."""
        word = token.word
        return token.tag == "vn" and len(word) == 2 and word not in self._verbs and word not in self._generic

    def _leads_on(self, work: Work, first: int) -> bool:
        """Whether a person with an office and the verb of leading are one word to jieba (主任|陈云率|临溪管委会)."""
        word = work.words[first]
        led = (
            len(word) == 3 and word[-1] == "率" and word[0] in self._surnames and work.tags[first] == UNKNOWN
        )
        return led and first > 0 and work.words[first - 1] in self._offices

    def _person(self, work: Work, first: int, place: int) -> bool:
        """Whether a person with an office stands before a place (主任|陈云山率|临溪新城管委会)."""
        named = place == first + 1 and work.words[first][0] in self._surnames and work.tags[first] == UNKNOWN
        return named and first > 0 and work.words[first - 1] in self._offices

    def _is_edition(self, work: Work, i: int) -> bool:
        """Whether a token belongs to the number of an edition, which the tokens may part: 第|12|届."""
        start, end = work.tokens[i].start, work.tokens[i].end
        return any(m.start() <= start and end <= m.end() for m in EDITION.finditer(work.text))

    def _edition(self, word: str) -> bool:
        return word in ("首届", "历届") or (word[-1] in "届次" and bool(ORDINAL.fullmatch(word)))

    def _led_in(self, before: Sequence[Token]) -> bool:
        """Whether what stands before a place only leads to it (情况|报|济南市…局, 规范|济南…中心)."""
        return (
            0 < len(before) <= 2
            and all(
                t.tag in ("v", "vn", "vd", "n", "ad", "a") and t.word not in self._strong and not is_proper(t)
                for t in before
            )
            and any(t.tag[:1] == "v" or t.word in self._openers for t in before)
        )

    def _strong_cut(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Skip common nouns that stand before a listed name or 国家, 中国."""
        if any(w.endswith(_FIRMS) for w in work.words[span.head : span.head + 2]):  # 电子|公司 is one head
            for k in range(span.head - 1, span.first - 1, -1):
                if work.tokens[k].word in self._apposed:
                    return k + 1
            if acted := self._acted_on(work, span, known):
                return acted
        for k in range(span.first + 1, span.head):
            token = work.tokens[k]
            if token.start in known or token.word in self._strong:
                before = work.tokens[span.first : k]
                if before[-1].word in _BRANDS and token.start in known and known[token.start].cls == "Place":
                    continue  # 数字|江州|展示中心
                edition = self._edition(before[0].word) or self._is_edition(work, span.first)
                if edition and work.text.endswith(self._events, 0, work.tokens[span.head].end):
                    break  # 首届|企业家|江州|峰会
                place = token.start in known and known[token.start].cls == "Place"
                named = before[0].start in known or before[0].word in self._strong
                if (place and (self._led_in(before) or self._person(work, span.first, k))) or all(
                    t.word in self._modifiers
                    or t.word in self._verbs
                    or t.tag in ("m", "q")
                    or (not named and (t.tag in ("v", "d") or t.word in _MANNERS))
                    for t in before
                ):
                    return k
        return span.first

    def _acted_on(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Where the second of two companies begins that a verb parts which names may hold: X有限公司战略投资|Y公司, or 0."""
        if work.text.endswith("分公司", 0, work.tokens[span.head].end):
            return 0
        for k in range(span.head - 2, span.first, -1):
            if not work.words[k].endswith(_LEGAL):
                continue
            verbs = [i for i in range(k + 1, min(k + 4, span.head)) if work.words[i] in self._verbs]
            after = work.tokens[verbs[-1] + 1] if verbs else None
            named = after is not None and (after.start in known or after.tag == "ns" or is_proper(after))
            return verbs[-1] + 1 if named else 0
        return 0

    def _split(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Cut behind a verb in the middle when a whole name follows it and a whole name precedes it."""
        for k in range(span.head - 1, span.first, -1):
            word = work.tokens[k].word
            after = work.tokens[k + 1]
            verbal = work.tokens[k].tag[:1] == "v" and (after.start in known or after.word in _LEVELS)
            if word in self._inner and (word in self._verbs or verbal or word in self._openers):
                cut = k
                while cut - 1 > span.first and work.words[cut - 1] in self._inner | _HOLDS:
                    cut -= 1  # 临溪县|规划建设
                place = work.tokens[cut].start
                left = work.text[work.tokens[span.first].start : place]
                office = len(left) > 3 and left[-1] in "厅局部委办院署"
                serves = word in self._founding and left.endswith(_BUILDERS)
                leans = serves or (
                    span.first > 0 and work.words[span.first - 1] in _LEANS and word in self._founding
                )
                named = any(f.end == place for f in known.values())
                left_whole = office or leans or named or left.endswith(self._bodies)
                if (
                    left_whole
                    and k + 1 <= span.head
                    and (
                        serves
                        or after.start in known
                        or is_proper(after)
                        or after.word in self._strong
                        or after.word in _LEVELS
                    )
                ):
                    return k + 1
        return span.first

    def _supported(self, work: Work, span: Span, known: Mapping[int, Found]) -> int:
        """Behind the place that builds what is named: 支持|江州|建设|云江文化中心; of parks without 支持 too."""
        before, place = span.first - 1, known.get(work.tokens[span.first].start)
        if place is None or place.cls != "Place":
            return span.first
        head = work.tokens[span.head]  # 集聚|区: the tokens may cut it
        park = work.text.endswith(self._parks, 0, head.end) or work.text.startswith(self._parks, head.start)
        if not park and (before < 0 or work.words[before] not in _SUPPORTS):
            return span.first
        for k in range(span.first + 1, min(span.first + 4, span.head - 1)):
            if work.words[k] in _FOUNDS:
                return k + 1
        return span.first


def following_system(work: Work, i: int) -> bool:
    """Whether what a number counts is the version of a system or platform."""
    return work.text.startswith(("系统", "平台", "版"), work.tokens[i].end)


def governing_verbs(lexicon: Lexicon) -> frozenset[str]:
    """Words that govern a name and are no part of its beginning."""
    words = lexicon.words
    return frozenset(lexicon.triggers) | words["prepositions"] | words["pivots"] | words["plan_words"]
