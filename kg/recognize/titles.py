"""Policies: what stands in book-title marks, and full titles without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.lexicon import Lexicon
from kg.model import BlockKind
from kg.recognize.base import Found, Work

_MARKED = re.compile(r"《((?:[^《》]|《[^《》]*》|〈[^〈〉]*〉){2,120})》")
#: The number of a standard before its title: GB/T 41723—2022《…》.
_STANDARD = re.compile(r"(?:GB|DB|ISO|IEC|[A-Z]{2})(?:/[TZ])?\s?\d{2,6}(?:[.．]\d+)?(?:[-—–]\d{2,4})?\s?$")
#: What may follow the head of a title inside its marks: a period, an edition, (试行).
_STRONG_HEADS = (
    "意见",
    "方案",
    "规划",
    "办法",
    "条例",
    "纲要",
    "若干措施",
    "政策措施",
    "细则",
    "行动计划",
    "的决定",
    "规定",
    "的通知",
    "的批复",
    "的公告",
    "的函",
    "的通报",
    "的复函",
    "的请示",
    "的报告",
    "的意见",
)
#: The report of a government as a title: 2026年云川省政府工作报告, but not 省长作政府工作报告.
_REPORT = re.compile("(?:\\d{4}年)?[\u4e00-\u9fff]{2,14}(?:人民)?政府工作报告")
_REPORTED = re.compile("(?<!工)作|[听谈]|审议|讨论|解读|批准|代表")
#: 第三个五年计划.
_FIVE_YEARS = re.compile("第[一二三四五六七八九十]{1,3}个五年(?:计划|规划)(?!纲要|时期|期间|期|的建议)")
_CONGRESS = re.compile("党的[一二三四五六七八九十]{1,3}大报告")
#: A package of measures by its number: “科创九条”, “高光20条”.
_ITEMS = re.compile("“([\u4e00-\u9fff]{1,8}(?:\\d{1,3}|[一二三四五六七八九十百]{1,4})条)”")
#: A document without marks behind the verb that issues it, whole with its 的 (出台金融支持…的意见).
_ISSUES = re.compile("出台|印发|制定|颁布|公布|下发")
_ISSUED = re.compile(
    "(?:出台|印发|制定|颁布|公布|下发)了?((?![的一两三四五六七八九十\\d相有系多各该])[^，。；、《》“”]{6,40}的(?:实施|指导|若干)?(?:意见|通知|决定|办法|措施|方案))(?=[，。；、]|等|$)"
)
#: An agreement without marks behind the verb that signs it, when it names what it is about: 签署云川与江州驾驶证互认协议.
_SIGNS_IT = re.compile("签[署订]|缔结")
_SIGNED = re.compile(
    "(?:签署|签订|缔结)了?((?!的)(?:[^，。；、《》“”是]|“[^“”]{1,12}”){6,40}?(?:协议书?|备忘录|协定|公约|条约|联合声明|意向书))(?=[，。；、]|等|$)"
)
_COUNTED = re.compile("[\\d一二两三四五六七八九十多]+[份项个]|系列|相关|有关|战略合作|合作|框架")
_TWO_SIDES = re.compile(".[与和同].{2,}|关于|”")
#: What a law is carried out or changed by, behind its name: 专利法|实施细则.
_OF_LAW = re.compile(
    "(?:实施细则|实施条例|实施办法|实施规定|修正案|修正草案|修订草案|修改草案|司法解释|草案)(?:（[^（）]{2,6}稿?）)?"
)
#: A report of a year without marks behind the verb that issues it: 发布2022年度审计整改报告.
_REPORTS = re.compile(
    "(?:发布|公布|出版|推出)了?(\\d{4}年?度?[^，。；、《》“”]{2,24}?(?:报告|白皮书|蓝皮书|绿皮书|统计公报|年度公报))(?=[，。；：、]|等|$)"
)
#: A second verb before what is issued: 制定|出台云川省…办法.
_REDRAFTS = re.compile("出台|完善|落实|修订|印发|或?调整(?:完善)?(?:后的)?")
#: What a document without a title is called by: whose it is to be, that it is detailed or follows another.
_PLAIN = re.compile(
    "具体|相应|相关|配套|有关|相衔接|自身|工作方案和|(?:本(?:地区|单位|部门|省|市|行业|规范)|符合|与|或|各).*(?:办法|意见|方案|细则|规定|条例|措施)"
)
#: What no title holds that stands alone.
_SIGNS = re.compile(r"[，。；：！？《》“”、]")
#: A title that tells what another document becomes: 国务院关于修改《…条例》的决定; what is 印发 is the document itself.
_CHANGES = re.compile(
    "[^，。；：！？《》]{0,30}关于(?:[^，。；：！？《》印]{0,24}暂[时停])?(?:修改|修订|废止|公布|施行|执行|解释|延长|调整|停止|实施)[^，。；：！？印]{0,8}《"
)
_CHANGED = re.compile("《[^》]*》[、和及与]?")
#: The title of what a body issues, in one line.
_NOTICE = re.compile(
    r"(?P<by>[^，。；：！？《》、\s]{2,48}?)关于[^，。；：！？《》]+的(?:通知|意见|决定|批复|函|复函|公告|通报|通告)"
)
#: In what the names of bodies end that issue notices.
_ISSUERS = (
    "办公室",
    "办公厅",
    "局",
    "委员会",
    "委",
    "厅",
    "部",
    "院",
    "政府",
    "小组",
    "指挥部",
    "管委会",
    "联席会议",
)
#: How headings begin, and what the title of an annex holds: 1.云川省财政厅关于…的报告.
_HEADED = re.compile(
    "[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\\d{1,2}\\.\\d"
)
_WRITES = re.compile("关于|印发|转发|意见$|名单$|办法$|条例$")
#: What counts the annexes before their titles: 附件：1.…, 2.….
_NUMBERING = re.compile(r"(?:附件[:：]?\s*)?\d{1,2}\s*[.．、](?!\d)\s*|附件\d{0,2}[:：]\s*")
#: What a text calls a document right behind its title: 《云海年度上限》公告.
_CALLED = re.compile("(?:的|等)?(?:公告|通知|议案|文件|协议|合同|办法|方案|意见|条例|标准)")
_TAIL = re.compile(r"(?:19|20)\d\d$|[（(][^（）()]*[)）]$|\d{4}年版$|第[一二三四五六七八九十]+版$")


#: How the titles of what has articles end, and within how many sentences the first article stands.
_STATUTES = ("条例", "规定", "办法", "规则", "细则", "章程", "法", "规程", "准则")
_WAYS = ("用法", "方法", "做法", "手法", "看法", "说法", "想法", "打法")
_FIRST_ARTICLE = 80


class Titles:
    """Finds titles by the heads that the lexicon gives for class Policy."""

    def __init__(self, lexicon: Lexicon) -> None:
        heads = sorted((w for w in lexicon.words["title_heads"]), key=len, reverse=True)
        self._head = re.compile("(?:" + "|".join(map(re.escape, heads)) + ")$")
        self._bare = re.compile(
            "(?:"
            + "|".join(map(re.escape, sorted(lexicon.words["title_verbs"], key=len, reverse=True)))
            + ")了?"
            "((?:关于|促进|支持|推进|加快|加强|推动|鼓励|进一步|深化|全面|规范|完善|[\u4e00-\u9fff“”]{2,12}?)"
            "[\u4e00-\u9fffA-Za-z0-9“”、和与]{2,40}?的?(?:若干|实施|指导|暂行|管理|试行|推广|产品|指导性)"
            "(?:政策措施|措施|意见|办法|方案|细则|规定|条例))(?:（[^（）]{2,12}）)?(?=[，。；、,;]|等|$)"
        )

    def find(self, work: Work) -> Iterator[Found]:
        """Yield policies; other book titles are masked with class ``""``."""
        for match in _MARKED.finditer(work.text) if "《" in work.text else ():
            named = match.group() not in work.lexicon.anaphora and self.is_policy(match.group(1))
            named |= _CALLED.match(work.text, match.end()) is not None
            named |= _STANDARD.search(work.text, max(0, match.start() - 24), match.start()) is not None
            yield Found(match.start(1), match.end(1), "Policy" if named else "", "title", 0.95)
        if _REPORT.fullmatch(work.text) and not _REPORTED.search(work.text):
            yield Found(0, len(work.text), "Policy", "title-line", 0.9)
        elif self._is_title_line(work):
            lead = _NUMBERING.match(work.text)
            yield Found(lead.end() if lead else 0, len(work.text), "Policy", "title-line", 0.85)
        for match in _CONGRESS.finditer(work.text) if "大报告" in work.text else ():
            yield Found(match.start(), match.end(), "Policy", "title-congress", 0.85)
        for match in _FIVE_YEARS.finditer(work.text) if "个五年" in work.text else ():
            yield Found(match.start(), match.end(), "Policy", "title-plan", 0.8)
        for match in _ITEMS.finditer(work.text) if "条”" in work.text else ():
            yield Found(match.start(1), match.end(1), "Policy", "title-items", 0.75)
        for match in _ISSUED.finditer(work.text) if _ISSUES.search(work.text) else ():
            counted = _COUNTED.match(match.group(1)) or "等" in match.group(1)
            if not counted and not _PLAIN.search(match.group(1)):
                yield Found(match.start(1), match.end(1), "Policy", "title-issued", 0.65)
        for match in _SIGNED.finditer(work.text) if _SIGNS_IT.search(work.text) else ():
            if not _COUNTED.match(match.group(1)) and _TWO_SIDES.search(match.group(1)):
                yield Found(match.start(1), match.end(1), "Policy", "title-signed", 0.7)
        for match in _REPORTS.finditer(work.text) if "发布" in work.text or "公布" in work.text else ():
            yield Found(match.start(1), match.end(1), "Policy", "title-issued", 0.7)
        for match in self._bare.finditer(work.text):
            lead = _REDRAFTS.match(work.text, *match.span(1))
            begin = lead.end() if lead else match.start(1)
            if not _PLAIN.search(work.text, begin, match.end(1)) and match.end(1) - begin > 7:
                yield Found(begin, match.end(1), "Policy", "title-bare", 0.7)

    def of_laws(self, work: Work, laws: Iterable[Found]) -> Iterator[Found]:
        """What is named by the law that it carries out or changes: 专利法|实施细则."""
        for law in laws:
            tail = _OF_LAW.match(work.text, law.end) if law.cls == "Policy" else None
            if tail and work.text[law.end - 1] in "法典例":
                yield Found(law.start, tail.end(), "Policy", "title-of-law", 0.9)

    def _is_title_line(self, work: Work) -> bool:
        """Whether the sentence is a title that stands alone: a heading, or a line without a full stop."""
        lead = _NUMBERING.match(work.text)
        text = work.text[lead.end() :] if lead else work.text
        if _HEADED.match(work.text) or (lead and "附件" not in lead.group() and not _WRITES.search(text)):
            return False  # （一）培育…解决方案, 3.4 …规划: headings
        notice = _NOTICE.fullmatch(text)
        if notice and notice["by"].endswith(_ISSUERS) and len(text) <= 100:
            return True
        return (
            10 <= len(text) <= (100 if _CHANGES.match(text) else 60)
            and not _SIGNS.search(_CHANGED.sub("", text) if _CHANGES.match(text) else text)
            and _TAIL.sub("", text).endswith(_STRONG_HEADS)
            and (
                work.sentence.kind is BlockKind.HEADING
                or work.sentence.index == 0
                or work.sentence.text.endswith(text)
            )
        )

    def is_policy(self, title: str) -> bool:
        """Whether a title names a document of the Policy kind, by its head."""
        core = title
        while match := _TAIL.search(core):
            core = core[: match.start()]
        return bool(self._head.search(core))


def statute(works: Sequence[Work]) -> Found | None:
    """The title of a text that has articles (第一条 …): its first line, however short (云川省数据条例)."""
    if not works or not any(work.text.startswith("第一条") for work in works[1:_FIRST_ARTICLE]):
        return None
    text = works[0].text
    core = _TAIL.sub("", text)
    named = (
        4 <= len(core) <= 60
        and core.endswith(_STATUTES)
        and not core.endswith(_WAYS)
        and not _SIGNS.search(core)
    )
    return Found(0, len(text), "Policy", "title-line", 0.85) if named else None


def issuers(works: Sequence[Work]) -> Iterator[tuple[int, Found]]:
    """The body whose name begins the title of a notice, wherever a line holds nothing else: index of the sentence, name."""
    titles = (_NOTICE.fullmatch(work.text.strip()) for work in works[:4])
    bodies = {match["by"] for match in titles if match and match["by"].endswith(_ISSUERS)}
    for n, work in enumerate(works) if bodies else ():
        line = work.text.strip()
        if line in bodies:
            start = work.text.index(line)
            yield n, Found(start, start + len(line), "Institution", "issuer", 0.9)
