"""Figures that are none of the subject: ranks, grants, limits, thresholds, parts of a description."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extract.context import RATES, FactContext, Flow, Stretch
from kg.extract.wording import Wording
from kg.lexicon import Lexicon
from kg.model import Bound, Span
from kg.recognize.values import ValueMention

#: A、B等340个项目 counts things, 农业农村部等5个部门 repeats a list.
_FEWEST_OF_LIST = 10
#: A clause with more figures is a table, and so is a long one with a quarter of digits.
_TABLE = 12
_TABLE_DIGITS = 4
_TABLE_LENGTH = 60
_RANKED = frozenset({"名", "位", "家", "个"})
#: How far before a figure 用时 or 周期 may stand.
_NEAR = 8
#: Units of things, of which a target is set; so many people or yuan rather say how large a thing is.
_COUNTED = frozenset({"项", "个", "家", "座", "场", "件", "处", "条", "所", "支", "款", "种"})
#: What behind a figure makes it part of a description.
_APART = ("级", "内", "外", "之外", "范围", "宽", "长的", "高的", "多长")
#: (26.26,-0.53,|-1.98%) is a price at the exchange; 比市场价格多|十元 compares.
_QUOTED_PRICE = re.compile(r"[（(\[][\d.,，\s-]+$")
_COMPARED = re.compile("比[^，。；]{1,12}(?:贵|(?<!增)多|(?<![提增])高|(?<!减)少|(?<!降)低)$")
#: What a table's cells run together say, and what would be if: 税种税基法定税率…, 美元对人民币贬值5%….
_LISTED = re.compile(
    "法定税率|税基|下表列示|敏感性分析|(?:升值|贬值|上升|下降|变动)\\d+(?:%|个基点)[^，。；]{0,4}[（(]"
)
_WITH = ("与", "同", "和")
_BODIES = re.compile("(?:中央|国家|省级|市级)?(?:部委|部门|单位|司局|厅局)")
#: 提出25项指标, 共4项任务: what a text counts of its own parts; 完成36项任务 is a deed.
_PARTS = re.compile("[^，。；、]{0,10}?(?:任务|指标|措施|举措|原则|要求)(?![\u4e00-\u9fff])")
_DONE = re.compile("完成|落实|承担|实现|办结|推进|达到|优于|高于")
_TOGETHER = re.compile("(?:(?!的)[\u4e00-\u9fff]){2,10}?(?:签约|签署|签订|合作|建立|达成|结对|缔结)")
_NATIONS = re.compile("[\u4e00-\u9fff]{0,4}?(?:国家|地区)(?:和地区)?(?!的)")
#: A noun between two figures, of which the first says what kind it is.
_KIND = re.compile("[\u4e00-\u9fff]{2,6}")
#: 最高资助|2000万元 limits.
_AT_BEST = re.compile("最高(?:可|不超过)?(?:资助|补助|奖励|补贴|支持|给予|达)?(?:[^，。；]{0,2})$")
#: 比2009年同期的|1065亿元增长: the figure that another is compared with.
_BASE = re.compile("[较比](?:“?[\\d一二三四五六七八九十○〇]|上年|去年|同期|往年)[^，。；]{0,14}的$")
_ARRANGED = re.compile("拟?按照?$")
#: 超过了前三年平均每年增加|二十三亿元的水平 compares too.
_BEYOND = re.compile("超[过出]了?(?:前|原|上|去|过去|计划|历史|历年)[^，。；]{0,20}$")
_LEVEL = re.compile("以?上?的?(?:[^，。；]{0,4})(?:水平|计划|指标|目标|规模|纪录|记录)")
_SOURCED = re.compile("(?:根?据|按照?)[^，。；]*(?:统计|调查|估计|估算|资料|报告|汇报|计算|了解|普查)，")
_COMPOSED = re.compile("[^，。；]{0,12}?[组构]成")
#: What a plant will make says how large it is: 300万吨|特钢项目.
_CAPACITY = re.compile("(?!的)[\u4e00-\u9fffA-Z]{0,9}?(?:项目|工程|生产线|技改)")
_MADE = frozenset({"吨", "台", "辆", "套", "瓦", "千瓦", "兆瓦", "吉瓦", "MW", "GW", "升"})
#: How large one machine is, up to what size it is said of one: 5兆瓦|风机, 1.8升|轿车.
_SIZES = {
    "兆瓦": 20,
    "MW": 20,
    "千瓦": 1000,
    "千伏": 10**9,
    "kV": 10**9,
    "升": 10,
    "英寸": 10**9,
    "纳米": 10**9,
}
_ONE = re.compile("(?:级|陆上|海上)?(?!左右|以[上下内]|的|和|与|至|到|及|提|增|降|减|上|下)[\u4e00-\u9fff“]")
_THRESHOLD = re.compile("以[上下内]$")
_WORD = re.compile(r"[^\W\d_的]")


def _in_speech(text: str, position: int) -> bool:
    """Whether a position lies in quotes that hold a sentence and no name."""
    start = text.rfind("“", 0, position)
    end = text.find("”", start)
    if start < 0 or -1 < end < position:
        return False
    return "，" in text[start : end if end >= 0 else len(text)]


class Doubts:
    """Refuses figures."""

    def __init__(self, lexicon: Lexicon, wording: Wording) -> None:
        self._durations = lexicon.roles["duration"]
        self._timed = wording.any("timed")
        # 限额以上的 is a kind of firm, 应当是 tells
        self._grant = re.compile(f"(?!限额以[上下]|应当[是为])(?:{wording.any('grant').pattern})")
        self._aid = re.compile(f"的?[^，。；]{{0,3}}?(?:{wording.any('aid').pattern})")
        self._opines = re.compile(f"的?[^，。；]{{0,6}}?(?:{wording.any('opines').pattern})")
        self._has = wording.any("has")
        self._among = wording.any("among")
        self._heads = re.compile(f"的?[^，。；]{{0,6}}?(?:{wording.any('growth', 'share', 'head').pattern})")
        governed = wording.any("governs").pattern
        self._governed = re.compile(f"(?:{governed})另?$")
        self._apart = re.compile(f"(?:{governed}|[与和在]|来自)")
        self._belongs = lexicon.roles["belongs"]
        self._yearly = wording.any("yearly")
        self._joined = re.compile(f"(?:{governed}|[与和])另?$")

    def of_clause(self, context: FactContext, clause: Span, figures: list[ValueMention]) -> bool:
        """Whether a clause is a table, or grants or limits instead of telling."""
        digits = sum(c.isdigit() for c in context.text[slice(*clause)])
        table = len(figures) > _TABLE or digits * _TABLE_DIGITS > clause.end - clause.start > _TABLE_LENGTH
        runs = any(  # 80亿元资产管理100.00%|100.00%
            a.span.end == b.span.start and b.text[0].isdigit() for a, b in pairwise(figures)
        )
        grants = self._grant.search(context.text, *clause) or (
            any(
                t.word == "对" and clause.start <= t.start < figures[0].span.start
                for t in context.work.tokens
            )
            and self._grant.search(context.text, clause.end, self._end_of(context, clause))
        )
        if _LISTED.search(context.text):
            return True
        sourced = _SOURCED.fullmatch(context.text, *clause)  # 据十二个省的统计
        return table or runs or bool(grants) or sourced is not None

    def _end_of(self, context: FactContext, clause: Span) -> int:
        """Where the words that go with a clause end: 对达到10亿元的企业，…，分别给予…."""
        stop = context.text.find("；", clause.end)
        return stop if stop >= 0 else len(context.text)

    def of_figure(
        self,
        context: FactContext,
        stretch: Stretch,
        figure: ValueMention,
        following: ValueMention | None,
        flow: Flow,
        *,
        grown: bool,
    ) -> bool:
        """Whether a figure is none of the subject; ``grown`` is that of 由5天压缩至2天."""
        text = context.text
        before = text[stretch.clause.start : figure.span.start]
        after = text[figure.span.end : stretch.clause.end]
        if figure.ordinal or (before.endswith("前") and figure.unit in _RANKED):
            return True
        if figure.unit in self._durations and not grown and not self._timed.search(before[-_NEAR:]):
            return True
        if figure.bound is Bound.AT_MOST and figure.unit == "元" and flow.source == "topic":
            return True  # 单个项目不超过1000万元 limits
        if before.endswith("“") and after.startswith("”"):
            return True  # “30条” is a name
        if flow.source == "topic" and _in_speech(text, figure.span.start):
            return True
        if figure.value <= _SIZES.get(figure.unit, -1) and _ONE.match(after):
            return True
        if figure.unit in _MADE and _CAPACITY.match(after):
            return True
        if _BASE.search(before) or (_BEYOND.search(before) and _LEVEL.match(after)):
            return True
        if _QUOTED_PRICE.search(before) or (figure.unit not in RATES and _COMPARED.search(before)):
            return True
        if figure.unit in ("元", "%") and _AT_BEST.search(before):
            return True
        if figure.unit == "%" and self._opines.match(after):
            return True  # 六成人赞成
        if after.startswith(_APART) or self._aid.match(after):
            return True  # 周边5公里内, 十亿美元级富豪, 500万元补贴
        if (
            flow.source in ("topic", "made")
            and figure.unit in ("项", "条")
            and _PARTS.match(after)
            and not _DONE.search(before)
        ):
            return True
        listed = [r.key for r in context.inside(stretch.clause.start, figure.span.start)][-1:]
        if before.endswith("等") and figure.unit == "家" and listed[:1] == flow.subjects[-1:]:
            return True  # 云海矿业等11家上市公司: it is one of them
        if before.endswith("等") and _BODIES.match(after):
            return True  # 市场监管总局等13个部委
        if before.endswith("等") and (
            figure.value < _FEWEST_OF_LIST or self._governs_list(context, stretch.clause, figure)
        ):
            return True
        if (
            figure.bound in (Bound.AT_LEAST, Bound.ABOUT)
            and flow.source == "topic"
            and self._yearly.search(before)
        ):
            return True  # 每年支持不少于30名 promises
        if _COMPOSED.match(after) and before.endswith("由"):
            return False  # 董事会由8名董事组成
        if before.endswith(_WITH) and _NATIONS.match(after):
            return False  # 与39个国家缔结118对友城
        if before.endswith(_WITH) and _TOGETHER.match(after):
            return False  # 与12家基金签约
        if _ARRANGED.search(before) and after.lstrip("左右").startswith("安排"):
            return False  # 赤字率拟按4%左右安排
        if (self._governed if stretch.follows else self._joined).search(before) or self._among.search(after):
            return True
        return self._describes(context, stretch.clause, figure, following)

    def _governs_list(self, context: FactContext, clause: Span, figure: ValueMention) -> bool:
        """Whether a preposition governs the list that a figure ends: 向A、B等20国; not 在A建成B、C等20座."""
        spans = [context.span(r) for r in context.inside(clause.start, figure.span.start)]
        found = next(
            (
                m
                for m in self._apart.finditer(context.text, clause.start, figure.span.start)
                if not any(s.start <= m.start() < s.end for s in spans)
            ),
            None,
        )
        if found is None:
            return False
        return not any(
            t.tag == "v" and t.word not in self._belongs and clause.start <= t.start < figure.span.start
            for t in context.work.tokens
        )

    def _is_target(self, context: FactContext, figure: ValueMention) -> bool:
        """Whether things are counted that a verb makes: 建成|200项以上|重点项目, but not 亿元以上项目."""
        if figure.unit not in _COUNTED or figure.value < _FEWEST_OF_LIST or not figure.text.endswith("上"):
            return False
        i = context.work.last_ending(figure.span.start)
        while i > 0 and context.work.words[i] in ("了", "好", "成", "出"):
            i -= 1
        return i >= 0 and context.work.tags[i][:1] == "v"

    def _describes(
        self, context: FactContext, clause: Span, figure: ValueMention, following: ValueMention | None
    ) -> bool:
        """Whether a figure only describes a noun: 亿元以上项目, 采购额超过2亿元的县区有3个."""
        text = context.text
        threshold = _THRESHOLD.search(figure.text) and not self._is_target(context, figure)
        if threshold and _WORD.match(text, figure.span.end, clause.end):
            return not self._heads.match(text, figure.span.end, clause.end)
        if (
            figure.bound is Bound.OVER
            and figure.unit == "元"
            and following is not None
            and _KIND.fullmatch(text[figure.span.end : following.span.start])
        ):
            return not self._heads.match(text, figure.span.end, clause.end)  # 超10亿元项目94个
        if not text.startswith("的", figure.span.end) or self._heads.match(text, figure.span.end, clause.end):
            return False
        inside = following is not None and following.span.end <= clause.end
        return inside or not self._has.search(text[: figure.span.start])
