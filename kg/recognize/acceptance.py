"""Whether a stretch before a head is a name: by what the head needs, and by what no name is.

What a head needs before it stands in ``suffixes.tsv``: a proper part, a specific word, a verb that governs it.
What is counted (5家上市公司), described (的…) or praised (首家…) is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.lexicon import Lexicon, Suffix
from kg.recognize.base import Endings, Found, Work, is_proper
from kg.recognize.walk import EDITION, ORDINAL, VERSION, YEAR, governing_verbs
from kg.segment import UNKNOWN, Token

#: How far an event reaches: a name when more is said of it (全国教育大会).
_WIDE = frozenset(
    {"全国", "全省", "全市", "全球", "国际", "亚太", "中外", "两岸", "海峡两岸", "中国", "世界"}
)
#: How a programme is said to go on.
_UNDER_WAY = re.compile(
    "(?:接续|深入|扎实|加快|全面|顺利|有序|持续|稳步|正式|成功|已经?|将|基本|如期|高质量|圆满)*(?:推进|实施|启动|完成|进展|开展|落地|见效|收官|开工|竣工|推开|铺开|贯通|通水|投产|投运|投用|建成|动工|开建|通车|合龙|封顶|试运行|并网|蓄水|深化|拓展)"
)
#: What counts the points of a report: 一是, 九是.
_NTH = re.compile("[一二三四五六七八九十]是$")
#: What follows the short name of a company.
_COMPANY = re.compile("(?:股份|集团|公司|（[^（）]{0,6}[\\d.]{5,6}|（以下|等(?:企业|公司|央企|国企|上市))")
_COUNTS = re.compile("(?:约|近|超|达|共|共计|总数达?)?\\d+(?:\\.\\d+)?(?![\\d.%年月日])")
#: Money behind a body is what it gives or has: 获得江州银行|5000万元贷款.
_SUM = re.compile("[约近超达]?\\d+(?:\\.\\d+)?[万亿千百]{0,3}(?:元|美元|欧元|港元|英镑|日元)")
#: What no name holds: 的, a rank, a pointer.
_DESCRIPTION = re.compile(
    "唯一|以[上下]|.[二三四五六七八九十两]大(?:数据|子)?[\u4e00-\u9fff]{0,4}(?:子?平台|聚集区|集聚区|基地|园区|中心)$|部分(?!省)|新一[届轮]|上一届|本届|历届|第[一二三四五六七八九十]+大|最大|[该此这][\u4e00-\u9fff]{1,4}$|^[各某非占]|^个别|^另|^家(?!乐福|家悦)|两高|双控|(?<!日)本(?:公司|集团|企业|单位)$|分行.{2,12}分行$|\\d+[项个条座处家]|思想和行动$"
)
#: What only kinds of documents are called by.
_UNNAMED = re.compile("有关|相关|法律法规|各项|具体|配套")
_NUMERAL = re.compile(r"\d+[家个所]|[两三四五六七八九十][大家个]|[两双]$")
_AMOUNT_OF = re.compile(r"元(?:人民币|港币|港元)?的?$")
LEVEL_WORDS = frozenset(
    ["省", "市", "区", "县", "州", "我省", "我市", "全省", "省委", "市委", "县委", "区委"]
)
#: Heads that 省 or 市 alone does not make proper (市医院).
_BARE = frozenset({"公司", "中心", "平台", "学校", "大学", "银行", "集团", "医院", "中学", "小学"})
#: What a whole country has many of.
_MANY = _BARE | {
    "核电站",
    "电站",
    "光伏电站",
    "发电站",
    "生产线",
    "工厂",
    "分公司",
    "总部",
    "基地",
    "生产基地",
}
#: Heads of companies: before them a trade alone makes no name.
_FIRMS = frozenset({"公司", "集团", "集团公司", "总公司", "分公司"})
#: Forms that the law gives to companies.
_LEGAL = ("有限公司", "有限责任公司", "股份公司")
#: Levels of which every one has its own bodies.
_EACH = frozenset({"直辖市", "计划单列市", "副省级城市"})
#: What says of a level that each has the body: 各|市政府, 有关区、|市政府.
_OF_EACH = re.compile("(?:各|有关|相关)(?:[省市县区州][、和]?){0,2}$")
#: Who lays something down, or how, right before the verb that says so.
_RULING = re.compile(
    "(?:[部委局厅院府办]|部门|机关|机构|法规|规章|法律|[^方办普]法|统一|另行|明确|具体|按|[暂试]行)$"
)
#: Who stands at the head of a body of the state.
_CHIEFS = ("主任", "副主任", "局长", "副局长", "厅长", "副厅长", "处长", "副处长", "秘书长", "副秘书长")
#: Heads before which 和 joins kinds of bodies and no fields: 科研院所和|医院.
_KINDS = (
    "医院",
    "校",
    "学",
    "园",
    "矿",
    "厂",
    "公司",
    "集团",
    "平台",
    "系统",
    "网",
    "网站",
    "数据中心",
    "银行",
    "实验室",
)
#: Of what level or rank a kind of bodies is.
_LEVEL_OF = re.compile("^(?:(?:国家|全国|省|市|区|县)级?|各类|重点|高水平|一流|新建)*")
#: The year of a document's number.
_NUMBERS = re.compile(r"[〔\[（(]\d{4}[〕\]）)]")
#: What the state establishes for one field: 稀土|国家技术创新中心.
_OF_STATE = ("实验室", "创新中心", "工程研究中心", "技术研究中心", "医学研究中心")
#: What is launched has a name, where others only carry out what there is.
_LAUNCHED = re.compile("(?:启动|发起|推出|开展了|实施了)了?“?$")


#: What banks do, and by what means: 手机银行, 投资银行, 种子银行.
_SERVICES = frozenset(
    [
        "网上",
        "微信",
        "手机",
        "电话",
        "电子",
        "掌上",
        "移动",
        "私人",
        "投资",
        "交易",
        "开放",
        "直销",
        "数字",
        "智慧",
        "零售",
        "公司",
        "血液",
        "种子",
        "基因",
        "土地",
        "数据",
    ]
)
#: What ends a list of industries.
_IN_FIELDS = re.compile(
    "(?:、[\u4e00-\u9fffA-Za-z0-9]{2,12})*(?:和[\u4e00-\u9fff]{2,10})?等[\u4e00-\u9fff\\d]{0,8}?(?:领域|产业|行业|赛道|方向|技术|学科|板块)"
)
#: Tags of names.
_NAMES = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz", "eng"})
#: Situations, in the words of slogans.
_SITUATIONS = ("新局", "破局", "开局", "变局", "全局", "大局", "困局", "僵局", "定局", "残局", "时局")
#: Classes of what is made, where 和 before the head joins two things.
_MADE = frozenset({"Platform", "Project", "Event", "Technology"})
_DEEDS = ("管理", "服务", "保护", "研究", "交易", "监管", "建设", "监测")
_JOINTS = frozenset({"和", "与", "及", "以及"})


class Candidate(NamedTuple):
    """A stretch that may be a name: first token, offsets of name and head, tokens before the head."""

    first: int
    begin: int
    start: int
    end: int
    body: tuple[Token, ...]
    quoted: bool
    listed: bool


def _of_state(body: tuple[Token, ...], head: str) -> bool:
    """Whether a field stands before 国家 or 全国 and such a head: 稀土|国家|技术创新中心."""
    at = next((n for n, t in enumerate(body) if n and t.word in ("国家", "全国")), 0)
    return bool(at) and head.endswith(_OF_STATE) and all(t.tag[:1] not in "vdpcrmqu" for t in body[:at])


def _is_service(body: tuple[Token, ...], head: str) -> bool:
    """Whether a nation's platform or system serves with data: 国家企业信用信息公示|系统, but not 全国供销合作社|系统."""
    return "平台" in head or body[-1].word in (
        "公示",
        "信息",
        "管理",
        "监管",
        "查询",
        "备案",
        "申报",
        "服务",
        "登记",
    )


def _is_government(word: str) -> bool:
    """Whether one word is a level and its government: 省政府, 市政府."""
    return len(word) == 3 and word[0] in "省市县区州" and word[1:] == "政府"


def countries(lexicon: Lexicon) -> frozenset[str]:
    """The names of countries, which no place has for its parent."""
    return frozenset(
        form
        for form, readings in lexicon.names.items()
        if any(n.cls == "Place" and not n.parent and n.canonical[-1] not in "省市区县州" for n in readings)
    )


class Acceptance:
    """Judges candidates; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = lexicon.words
        self._inner = words["inner_verbs"]
        self._kinds = words["kinds"]
        self._generic = words["generic"]
        self._strong = words["strong_starts"]
        self._trades = self._generic | frozenset(
            s for s, row in lexicon.suffixes.items() if row.need in ("brand", "industry")
        )
        self._provinces = frozenset(
            form for form, ns in lexicon.names.items() if len(form) == 1 and ns[0].cls == "Place"
        )
        self._governing = Endings(("、", "将", "把", "推动", "支持", *sorted(lexicon.triggers)))
        self._makes = Endings(
            w for w, rows in lexicon.triggers.items() if any(t.group == "develop" for t in rows)
        )
        self._triggers_set = frozenset(lexicon.triggers)
        self._verbs = governing_verbs(lexicon)
        self._issues = frozenset(
            w for w, rows in lexicon.triggers.items() if any(t.group == "issue" for t in rows)
        )
        self._countries = countries(lexicon)
        self._brands = frozenset(s for s, row in lexicon.suffixes.items() if row.need == "brand")
        self._company_signs = tuple(sorted(words["speech"] | words["offices"]))

    def _governs_nothing(self, name: Candidate) -> bool:
        """Whether what stands before 政府 is neither a place, a level, nor the name of who leads it: 赋能|政府."""
        return not name.listed and not any(
            t.tag in _NAMES
            or t.word in LEVEL_WORDS
            or t.word[-1] in "省市县区州镇乡国党"
            or ("Place", t.word) in self.lexicon.canonical
            or (t.tag == UNKNOWN and len(t.word) > 2)
            for t in name.body
        )

    def _of_two(self, body: Sequence[Token], cls: str) -> bool:
        """Whether nothing but a common noun stands between 和 and the head: each of the two is a thing.

        Deeds are joined (管理与|服务平台), and what events are about (经贸和文化|论坛).
        """
        plain = len(body) > 1 and body[-1].word in self._generic and body[-1].tag[:1] == "n"
        joint = len(body) - (2 if plain and cls != "Event" else 1)
        if joint < 1 or body[joint].word not in _JOINTS:
            return False
        before = body[joint - 1]
        return before.tag[:1] != "v" and not before.word.endswith(_DEEDS)

    def accepts(self, work: Work, suffix: Suffix, name: Candidate, known: Mapping[int, Found]) -> bool:
        """Whether what stands before a head makes a name of it, by the need of the suffix."""
        body, sure = name.body, name.quoted or name.listed
        funded = suffix.cls == "Fund" and (
            self._behind_amount(work, name.begin) or (len(body) > 1 and self._governed(work, name.begin))
        )
        if not body or suffix.need == "always":
            return bool(body)
        if _NUMBERS.match(work.text, name.end) and suffix.need in ("brand", "industry"):
            return False  # 发改|能源〔2020〕283号
        if (
            work.text[name.start : name.end] == "项目"
            and not name.quoted
            and _COUNTS.match(work.text, name.end)
        ):
            return False  # 签约江州项目465个
        if not name.listed and self._counted(work, name):
            return False
        if not name.quoted and suffix.cls in _MADE and self._of_two(body, suffix.cls):
            return False  # 官网和|网站, 战略和|研究计划
        stretch, suffix_text = work.text[name.begin : name.end], work.text[name.start : name.end]
        if suffix.cls == "Platform" and len(body) > 1 and any(VERSION.fullmatch(t.word) for t in body):
            return True  # 企业网银2.0系统: what has a version is one
        if suffix_text == "政府" and (re.search("[和与及]", stretch) or self._governs_nothing(name)):
            return False  # 责任和地方政府, 现届政府
        if suffix.cls == "Policy" and not sure and _UNNAMED.search(stretch):
            return False  # 有关政策规定
        if not name.quoted and _LEVEL_OF.sub("", stretch) in self._kinds:
            return False  # 工程研究中心, 省级技术创新中心
        if suffix_text == "银行" and len(body) == 1 and body[0].word in _SERVICES:
            return False  # 微信银行
        if suffix_text == "局" and stretch.endswith(_SITUATIONS):
            return False  # 开放合作拓新局
        if "首届" in stretch and suffix.cls != "Event":
            return False  # 首届政府
        if not name.quoted and (any(t.word.endswith("的") for t in body) or _DESCRIPTION.search(stretch)):
            return False  # 世界第三大制药公司, 转移至该园区; but 奥的斯|集团
        if (not sure and _EACH.intersection(t.word for t in body)) or self._within(work, name):
            return False  # 直辖市及计划单列市|科技厅, 在|晋|全国重点实验室
        if not sure and suffix.cls == "Institution" and _NUMERAL.match(work.text, name.begin):
            return False  # 3家央企总部, 两大电网公司
        if not sure and (self._described(work, name) and not funded):
            return False
        level = bool(body) and (body[0].word in LEVEL_WORDS or _is_government(body[0].word))
        if level and _OF_EACH.search(work.text, max(0, name.begin - 4), name.begin):
            return False  # 各|市政府, 各区|县政府
        if level and suffix_text == "大楼":
            return False  # 市政府|大楼
        rest = body[1:] if level else body
        national = suffix.cls == "Platform" and body[0].word == "国家" and name.end - name.begin > 7
        if (
            not sure
            and not funded
            and not national
            and (rest or not level)
            and all(t.word in self._generic or t.word in "（）" for t in rest)
        ):
            return False
        if not sure and suffix_text in _FIRMS and all(t.word in self._trades for t in body):
            return False  # 电缆|集团, 外资|保险|公司
        if len(body) == 1 and body[0].word in self._countries and work.text[name.start : name.end] in _MANY:
            return False  # 美国大学, 日本核电站
        if len(body) == 1 and suffix_text == "总部" and ("Place", body[0].word) in self.lexicon.canonical:
            return False  # 在其南京总部
        if (
            not sure
            and name.begin > 1
            and level
            and work.text[name.begin - 1] in "、和及"
            and work.text[name.begin - 2] in "省市区县级家"
        ):
            return False  # 国家、省、市|工业设计中心: of each
        bare = not sure and name.end - name.start == 1 and len(body) == 1
        if bare and (body[0].word in self._strong or len(body[0].word) == 1):
            return False  # 信|局
        if level and not rest and work.text[name.start : name.end] in _BARE:
            return False
        if name.listed and work.text[name.start : name.end] == "公司":
            behind = [t for t in body if t.start >= known[name.begin].end]
            if behind and all(t.word in self._generic for t in behind):
                return False  # 北交所|上市|公司
        dated = bool(YEAR.fullmatch(body[0].word))  # 2022|世界博览会
        whole = work.tokens[work.token_at(name.start)]  # 港珠澳大桥, one word
        named = name.begin <= whole.start < name.start and whole.tag in ("nz", "ns", "nt")
        named = named and whole.word not in self._generic  # 露天煤矿
        own = (
            named
            or self._of_group(suffix, body)
            or any(is_proper(t) and t.word not in self._generic for t in body)
        )
        proper = sure or level or own or any(t.word in self._strong for t in body[: 1 + dated])
        content = [
            t
            for t in body
            if t.word not in self._generic and t.word not in self._inner and t.tag[:1] not in "mqx"
        ]
        legal = suffix_text.endswith(_LEGAL) and name.start - name.begin > 1
        if legal and content and (len(body) > 1 or own) and not all(t.word in self._trades for t in body):
            return True  # the form of a company stands in its name alone
        joint = suffix.cls in ("Institution", "Platform", "Park") and any(t.word in "和与及或" for t in body)
        if joint and not proper and suffix_text.endswith(_KINDS):
            return False  # 路侧单元|和|云平台, 科研院所|和|医院
        if suffix_text.endswith("试点") and self._pilots(body):
            return False  # 江州市|深化改革|试点, 江州市|试点“…”
        governed = funded or self._governed(work, name.begin)
        long = name.end - name.begin >= 6
        placed = body[0].tag == "ns" and len(body) > 1
        match suffix.need:
            case "marked" if suffix.cls == "Technology":
                made = body[0].tag == UNKNOWN and self._made(work, name.begin)  # but 推出的|高清|芯片
                listed = governed or made or work.text[name.end : name.end + 1] == "、"
                return sure or (own and listed and is_proper(body[0]))
            case "marked":
                return sure
            case "listed" if body[-1].word in self._issues or self._rules(work, name, known):
                return False  # 江州市科技局|制定|方案, 江州市财政局|规定
            case "listed":
                national = body[0].word == "国家" and name.end - name.begin >= 10
                return (sure or national or (level and len(body) > 2)) and name.end - name.begin >= 8
            case "named":
                return bool(proper) or (bool(content) and long)
            case "place":
                return name.listed and known[name.begin].end == name.start
            case "edition":
                return (
                    bool(proper)
                    or bool(EDITION.search(stretch))
                    or any(t.word == "首届" or ORDINAL.fullmatch(t.word) for t in body)
                )
            case "brand":
                return (
                    len(body[0].word) == 2
                    and (is_proper(body[0]) or body[0].tag in ("s", "nz", "j"))
                    and all(t.word in self._brands for t in body[1:])
                )
            case "industry" if _IN_FIELDS.match(work.text, name.end):
                return False  # 硅基半导体、铜基新材料等领域
            case "industry":  # 江州能源 may be what the place has, 前沿科技 is no name
                region = self.lexicon.canonical.get(("Place", body[0].word), "").endswith("地区")
                known_place = len(body[0].word) < 3 or ("Place", body[0].word) in self.lexicon.canonical
                local = not region and ((body[0].tag == "ns" and known_place) or name.listed)
                short = len(body) == 1 and self._is_short_name(body[0])
                short = short and body[0].word not in self._generic and body[0].word[0] not in "每各"
                return short and self._speaks(work, name.end, local)
            case "proper" if suffix.cls == "Event":
                wide = body[0].word in _WIDE and any(t.word not in self._generic for t in body[1:])
                edition = bool(EDITION.search(stretch)) and not stretch.endswith("会议")  # 第12届世界运动会
                return bool(proper) or edition or (long and (wide or (governed and bool(content))))
            case "proper" if suffix.cls not in ("Institution", "Park", "Place"):
                known_word = named or any(t.tag in ("ns", "nr", "nt", "eng") and is_proper(t) for t in body)
                return (
                    sure
                    or level
                    or known_word
                    or (
                        long
                        and (own or body[0].word in self._strong)
                        and (governed or (body[0].tag[:1] != "v" and self._leads(work, name)))
                    )
                    or national
                    or (body[0].word == "国家" and bool(content) and name.end - name.begin >= 7)
                    or (body[0].word in ("国家", "全国") and len(body) > 2 and _is_service(body, suffix_text))
                )
            case "proper" if suffix_text == "集团" and len(body) == 1 and len(body[0].word) in (2, 3):
                kind = body[0].word in self._inner or body[0].word in self._trades  # 出版|集团
                return bool(proper) or (body[0].tag in ("n", "j", "vn") and not kind)
            case "proper" if suffix.cls == "Institution" and long and bool(content):
                return bool(proper) or governed or self._headed(work, name) or _of_state(body, suffix_text)
            case "proper":
                return bool(proper)
            case "content":
                leads = long and len(content) > 1 and self._leads(work, name)
                return bool(proper) or leads or (governed and (bool(content) or long or funded))
            case _ if suffix_text == "项目":
                if long and (placed or own) and self._runs(work, name):
                    return True  # 中石油转型升级项目|建成投产
                named_one = own or any(t.tag == UNKNOWN for t in body)
                launched = _LAUNCHED.search(work.text, max(0, name.begin - 6), name.begin)
                if launched and len(content) >= 2 and name.end - name.begin >= 8:
                    return True  # 启动了|乡村医生健康扶贫|项目
                return sure or placed or (level and bool(content)) or (governed and named_one)
            case _ if long and self._runs(work, name):
                return bool(content) and not all(t.word in self._generic for t in body)
            case _:
                return (
                    sure
                    or placed
                    or (level and bool(content))
                    or (
                        governed and (bool(proper) or len(content) >= 2 or (bool(content) and len(body) >= 3))
                    )
                )

    def _rules(self, work: Work, name: Candidate, known: Mapping[int, Found]) -> bool:
        """Whether a head is the verb of what stands before it: 由财政部|规定, 另行|规定, 财政部|决定开展."""
        word = work.text[name.start : name.end]
        if word in ("决定", "通知"):
            return not re.search("关于|的", work.text[name.begin : name.start])
        body = any(f.end == name.start and f.cls in ("Institution", "Policy") for f in known.values())
        return word in ("规定", "规划") and (body or bool(_RULING.search(work.text, name.begin, name.start)))

    def _pilots(self, body: tuple[Token, ...]) -> bool:
        """Whether a place tries something out, or deepens what it tries: then no name stands before the head."""
        rest = [t for t in body if t.tag != "ns" and t.word[-1] not in "省市县区州"]
        placed = len(rest) < len(body)
        return placed and (not rest or rest[0].tag == "v" or rest[0].word.startswith("深化"))

    def _is_short_name(self, token: Token) -> bool:
        """Whether a token is as long as names of companies are: two characters, or three that name no place."""
        three = (
            len(token.word) == 3
            and not token.word.isascii()
            and token.word[0] not in "但却又而且其该"
            and ("Place", token.word) not in self.lexicon.canonical
        )
        return (len(token.word) == 2 or three) and is_proper(token)

    def _within(self, work: Work, name: Candidate) -> bool:
        """Whether the one character of a province only says where: 在|晋|全国重点实验室."""
        short = len(name.body[0].word) == 1 and name.body[0].word in self._provinces
        return short and name.begin > 0 and work.text[name.begin - 1] in "在驻来入"

    def _headed(self, work: Work, name: Candidate) -> bool:
        """Whether the name opens a clause and its head's office stands behind it: 空中交通管制办|副主任."""
        opens = name.begin == 0 or not work.text[name.begin - 1].isalnum()
        return opens and work.text.startswith(_CHIEFS, name.end)

    def _speaks(self, work: Work, end: int, local: bool) -> bool:
        """Whether what follows shows a company: it speaks, acts, has a director, or ends there; no noun goes on (江州能源|供应)."""
        if _COMPANY.match(work.text, end) or work.text.startswith(self._company_signs, end):
            return True
        i = work.first_starting(end)
        after = work.tokens[i] if i < len(work.tokens) else None
        return (
            after is None
            or not after.word[0].isalnum()
            or after.tag[:1] in ("d", "t", "p", "c")
            or YEAR.fullmatch(after.word) is not None  # 云海电子|2010年…
            or (after.tag[:1] == "u" and not local)  # 江州能源|的 may be what the place has
            or after.word == "是"
            or after.word in self._triggers_set
        )

    def _of_group(self, suffix: Suffix, body: tuple[Token, ...]) -> bool:
        """Whether a body belongs to a group that its name begins with (零点|集团|国际发展|研究院)."""
        at = next((n for n, t in enumerate(body) if n and t.word == "集团"), 0)
        return (
            bool(at)
            and suffix.cls == "Institution"
            and all(t.tag[:1] in "nbj" or t.tag == "vn" for t in body[at:])
        )

    def _runs(self, work: Work, name: Candidate) -> bool:
        """Whether a programme opens a clause and goes on there: 长江保护修复攻坚行动|接续推进."""
        opens = (
            name.begin == 0
            or work.text[name.begin - 1] in "，。；：！？"
            or _NTH.search(work.text, max(0, name.begin - 4), name.begin)
        )
        return bool(opens) and bool(_UNDER_WAY.match(work.text, name.end))

    def _leads(self, work: Work, name: Candidate) -> bool:
        """Whether a name opens a clause and a verb follows it: 国史教育中心|将举办."""
        opens = name.begin == 0 or work.text[name.begin - 1] in "，。；：！？“的"
        i = work.first_starting(name.end)
        ahead = [t.word for t in work.tokens[i : i + 2]]
        return opens and any(w in self._triggers_set or w in ("将", "由", "是") for w in ahead)

    def _governed(self, work: Work, begin: int) -> bool:
        """Whether a verb of a relation, or a list, stands before the name."""
        before = work.text[:begin].rstrip("了过一个这")
        return self._governing.end(before)

    def _made(self, work: Work, begin: int) -> bool:
        """Whether somebody made what stands behind: 江州云海公司研发的|云腾操作系统."""
        before = work.text[:begin]
        return before.endswith("的") and bool(self._makes.end(before[:-1]))

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
            and not YEAR.fullmatch(before.word)
            and not ORDINAL.fullmatch(before.word)
            and not named
        ):
            return True
        counts = _COUNTS.match(work.text, name.end) and not _SUM.match(work.text, name.end)
        return not name.quoted and bool(counts)

    def _described(self, work: Work, name: Candidate) -> bool:
        """Whether 的 stands before it: what follows is a description (垂直领域的…大模型)."""
        return (
            name.first > 0
            and work.tokens[name.first - 1].word == "的"
            and not (name.body and name.body[0].tag in ("ns", "nt", "nr", UNKNOWN))
        )
