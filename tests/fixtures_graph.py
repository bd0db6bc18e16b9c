"""Graphs made by hand for the tests of the RDF side and of the page.

``sample_graph()`` shows everything the contract knows about an invented province;
``hostile_graph()`` holds names that break a writer that forgets to escape.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from kg.model import (
    Block,
    BlockKind,
    Bound,
    Document,
    Entity,
    EntityKey,
    Evidence,
    Graph,
    Mention,
    Object,
    Observation,
    Period,
    Reference,
    Sentence,
    Span,
    Statement,
    Status,
)

PAPER = """云川数谷建设提速
2024年7月，云川省人民政府印发《云川省数字经济发展规划》，由云川省发展改革委组织实施。
云川省科学院与江州大学联合建设江州实验室，实验室位于云川数谷，依托江州大学运营。
总规模60亿元的云川数谷文化基金是“丹霞”基金的子基金，由云川产业投资集团有限公司管理。
云川省科学院院长林知远到临溪县调研。
2024年9月10日至12日，云川省人民政府在江州市举办第三届云川数字博览会，江州大学参展，并发布“墨溪”大模型。
全省5G基站从2023年的12.5万个增长至2024年的16.9万个，数字经济增加值突破3000亿元，占比9.7%。
临溪县人民政府拟筹建临溪算力中心，由“丹霞”基金出资，并获云川省发展改革委批复。
云溪智算工程总投资12.5亿元，由云川产业投资集团有限公司承担。
2021年，“丹霞”基金由云川省人民政府设立。"""

REPORT = """领导小组由江州市成立。
江州市人民政府与江州大学签署《江州市校地合作协议》。"""

PROVINCE = EntityKey("Place", "云川省")
CITY = EntityKey("Place", "江州市")
COUNTY = EntityKey("Place", "临溪县", "江州市")
GOVERNMENT = EntityKey("Institution", "云川省人民政府")
COMMISSION = EntityKey("Institution", "云川省发展和改革委员会")
ACADEMY = EntityKey("Institution", "云川省科学院")
UNIVERSITY = EntityKey("Institution", "江州大学")
LABORATORY = EntityKey("Institution", "江州实验室")
COMPANY = EntityKey("Institution", "云川产业投资集团有限公司")
COUNTY_GOVERNMENT = EntityKey("Institution", "临溪县人民政府")
CITY_GOVERNMENT = EntityKey("Institution", "江州市人民政府")
GROUP = EntityKey("Institution", "领导小组", "report")
PARK = EntityKey("Park", "云川数谷")
FUND = EntityKey("Fund", "云川数谷文化基金")
MOTHER_FUND = EntityKey("Fund", "“丹霞”基金")
POLICY = EntityKey("Policy", "云川省数字经济发展规划")
AGREEMENT = EntityKey("Policy", "江州市校地合作协议")
PROJECT = EntityKey("Project", "云溪智算工程")
PLATFORM = EntityKey("Platform", "临溪算力中心")
EVENT = EntityKey("Event", "第三届云川数字博览会")
MODEL = EntityKey("Technology", "“墨溪”大模型")
PERSON = EntityKey("Person", "林知远", "云川省科学院院长")

# What the text calls each entity: the first form is the one that mentions look for.
FORMS: dict[EntityKey, tuple[str, ...]] = {
    PROVINCE: ("全省", "云川"),
    CITY: ("江州市",),
    COUNTY: ("临溪县",),
    GOVERNMENT: ("云川省人民政府",),
    COMMISSION: ("云川省发展改革委",),
    ACADEMY: ("云川省科学院",),
    UNIVERSITY: ("江州大学",),
    LABORATORY: ("江州实验室",),
    COMPANY: ("云川产业投资集团有限公司",),
    COUNTY_GOVERNMENT: ("临溪县人民政府",),
    CITY_GOVERNMENT: ("江州市人民政府",),
    GROUP: ("领导小组",),
    PARK: ("云川数谷",),
    FUND: ("云川数谷文化基金",),
    MOTHER_FUND: ("“丹霞”基金", "丹霞基金"),
    POLICY: ("云川省数字经济发展规划",),
    AGREEMENT: ("江州市校地合作协议",),
    PROJECT: ("云溪智算工程",),
    PLATFORM: ("临溪算力中心",),
    EVENT: ("第三届云川数字博览会",),
    MODEL: ("“墨溪”大模型",),
    PERSON: ("林知远",),
}


def document(id_: str, text: str, *, title: str = "", date: str = "", source: str = "") -> Document:
    """Make a document of prose; its first line is a heading when it has no full stop."""
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        kind = BlockKind.PARAGRAPH if "。" in line else BlockKind.HEADING
        blocks.append(Block(kind, Span(at, at + len(line))))
        at += len(line) + 1
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(id_, text, sha256, title=title, date=date, source=source, blocks=tuple(blocks))


def sentences(doc: Document) -> tuple[Sentence, ...]:
    """One sentence a block."""
    return tuple(
        Sentence(doc.id, i, block.span, doc.text[block.span.start : block.span.end], i, block.kind)
        for i, block in enumerate(doc.blocks)
    )


class Builder:
    """Collects statements over documents of which every line is one sentence."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        self.sentences = tuple(s for d in self.documents for s in sentences(d))
        self.references: list[tuple[str, Reference]] = []
        self.statements: list[Statement] = []

    def mention(self, key: EntityKey, form: str, confidence: float = 1.0) -> None:
        """Every place where the words stand becomes a mention."""
        for s in self.sentences:
            at = s.text.find(form)
            while at >= 0:
                span = Span(at, at + len(form)).shift(s.span.start)
                found = Mention(span, form, key.cls, key.name, s.index, "name.test", confidence)
                self.references.append((s.document, Reference(found, key)))
                at = s.text.find(form, at + len(form))

    def say(
        self,
        subject: EntityKey,
        predicate: str,
        object_: Object,
        quote: str,
        *,
        words: tuple[str, ...] = (),
        rule: str = "",
        confidence: float = 0.9,
        status: Status = Status.ASSERTED,
        role: str = "",
    ) -> None:
        """Add a statement whose evidence is each sentence that holds ``quote``."""
        evidence = []
        for s in self.sentences:
            if quote in s.text:
                marks = sorted(
                    Span(s.text.index(w), s.text.index(w) + len(w)).shift(s.span.start)
                    for w in words
                    if w in s.text
                )
                evidence.append(
                    Evidence(
                        s.document,
                        s.span,
                        rule or f"{predicate}.test",
                        confidence,
                        marks=tuple(marks),
                        status=status,
                        role=role,
                    )
                )
        assert evidence, f"no sentence holds {quote!r}"
        self.statements.append(Statement(subject, predicate, object_, tuple(evidence)))

    def graph(self, entities: Iterable[Entity], planned: Iterable[EntityKey] = ()) -> Graph:
        """The graph, in the fixed order."""
        return Graph(
            documents=self.documents,
            sentences=self.sentences,
            entities=tuple(sorted(entities, key=lambda e: e.key)),
            references=tuple(sorted(self.references, key=lambda r: (r[0], r[1].mention.span, r[1].key))),
            statements=tuple(
                sorted(
                    self.statements, key=lambda s: (s.subject, s.predicate, str(s.object), str(s.evidence))
                )
            ),
            planned=frozenset(planned),
        )


def sample_graph() -> Graph:
    """All ten classes, fourteen relations, five kinds of fact, a plan, two documents."""
    b = Builder(
        (
            document(
                "paper",
                PAPER,
                title="云川数谷建设提速",
                date="2024-09-13",
                source="https://news.example/2024/0913",
            ),
            document("report", REPORT),
        )
    )
    for key, forms in FORMS.items():
        b.mention(key, forms[0])
    issued = "印发《云川省数字经济发展规划》"
    lab = "联合建设江州实验室"
    fund = "总规模60亿元"
    expo = "举办第三届云川数字博览会"
    plan = "拟筹建临溪算力中心"
    b.say(POLICY, "issuedBy", GOVERNMENT, issued, words=("云川省人民政府", "印发", "云川省数字经济发展规划"))
    b.say(POLICY, "implementedBy", COMMISSION, issued, words=("组织实施",), confidence=0.8)
    b.say(POLICY, "date", "2024-07", issued, words=("2024年7月",))
    b.say(LABORATORY, "establishedBy", ACADEMY, lab, words=("云川省科学院", "联合建设", "江州实验室"))
    b.say(LABORATORY, "establishedBy", UNIVERSITY, lab)
    b.say(LABORATORY, "locatedIn", PARK, lab, words=("位于",))
    b.say(LABORATORY, "operatedBy", UNIVERSITY, lab, words=("依托", "运营"), confidence=0.7)
    b.say(ACADEMY, "collaboratesWith", UNIVERSITY, lab, words=("与", "联合"))
    b.say(FUND, "amount", Decimal("6000000000"), fund, words=("总规模60亿元",))
    b.say(FUND, "partOf", MOTHER_FUND, fund, words=("子基金",), confidence=0.95)
    b.say(FUND, "operatedBy", COMPANY, fund, words=("管理",))
    b.say(PERSON, "memberOf", ACADEMY, "院长林知远", words=("院长",), role="院长")
    b.say(PERSON, "visited", COUNTY, "院长林知远", words=("调研",))
    b.say(EVENT, "organizedBy", GOVERNMENT, expo, words=("举办",))
    b.say(EVENT, "locatedIn", CITY, expo, words=("在江州市",))
    b.say(EVENT, "dateStart", "2024-09-10", expo)
    b.say(EVENT, "dateEnd", "2024-09-12", expo)
    b.say(EVENT, "date", "2024-09", expo, confidence=0.6)
    b.say(UNIVERSITY, "participatesIn", EVENT, expo, words=("参展",))
    b.say(MODEL, "developedBy", UNIVERSITY, expo, words=("发布",), confidence=0.45)
    before = Observation("5G基站", Decimal("125000"), "个", Period("2023", "2023"))
    now = Observation("5G基站", Decimal("169000"), "个", Period("2024", "2024"), baseline=before)
    value = Observation("数字经济增加值", Decimal("300000000000"), "元", bound=Bound.OVER)
    share = Observation("占比", Decimal("9.7"), "%", Period("2023", "2024"))
    for observation, quote in ((now, "5G基站"), (value, "数字经济增加值"), (share, "占比9.7%")):
        b.say(PROVINCE, "observation", observation, quote, words=(quote,))
    b.say(PLATFORM, "establishedBy", COUNTY_GOVERNMENT, plan, words=("拟筹建",), status=Status.PLANNED)
    b.say(PLATFORM, "fundedBy", MOTHER_FUND, plan, words=("出资",), status=Status.PLANNED)
    b.say(PLATFORM, "approvedBy", COMMISSION, plan, words=("批复",))
    b.say(PROJECT, "amount", Decimal("1250000000.50"), "总投资12.5亿元")
    b.say(PROJECT, "implementedBy", COMPANY, "总投资12.5亿元", words=("承担",))
    b.say(MOTHER_FUND, "establishedBy", GOVERNMENT, "由云川省人民政府设立")
    b.say(MOTHER_FUND, "date", "2021", "由云川省人民政府设立", words=("2021年",))
    b.say(GROUP, "establishedBy", CITY, "领导小组由江州市成立")
    b.say(AGREEMENT, "issuedBy", CITY_GOVERNMENT, "签署《江州市校地合作协议》")
    b.say(AGREEMENT, "issuedBy", UNIVERSITY, "签署《江州市校地合作协议》")
    b.say(UNIVERSITY, "collaboratesWith", CITY_GOVERNMENT, "签署《江州市校地合作协议》")
    entities = [Entity(key, tuple(sorted(set(forms) - {key.name}))) for key, forms in FORMS.items()]
    return b.graph(entities, planned=(PLATFORM,))


HOSTILE_NAMES = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    'say "hi" \\ back\\n',
    "line\nfeed\ttab",
    "😀基金🧪",
    "a/b?c#d:e%20f",
    "“引号”《书名》—破折号",
    "null\x00bell\x07del\x7f",
    "lone\ud800surrogate",
    "'''three''' \"\"\"quotes\"\"\"",
    "{{ 7*7 }} ${x} `y` ^z|",
    "-起头.结尾.",
    "IDEOGRAPHIC\u3000SPACE\u00a0nbsp\u200b\u202e",
    "ﬀ Ａ１ é e\u0301",
)


def hostile_graph() -> Graph:
    """One entity of each hostile name, in a row of partOf; the names stand in the text."""
    text = "\n".join(name.replace("\n", " ").replace("\ud800", "?") + "属于。" for name in HOSTILE_NAMES)
    doc = document("hostile", text, title="<b>\"'&", source='javascript:alert("1")<>')
    b = Builder((doc,))
    keys = [EntityKey("Fund", name) for name in HOSTILE_NAMES]
    keys.append(EntityKey("Fund", "“引号”基金", 'a:b/c<>"'))
    for key in keys:
        b.mention(key, key.name)
    for part, whole in pairwise(keys):
        quote = part.name.replace("\n", " ").replace("\ud800", "?")
        b.say(part, "partOf", whole, quote, rule='<rule> "x"')
    b.say(
        keys[0],
        "observation",
        Observation(HOSTILE_NAMES[1], Decimal("1E+3"), HOSTILE_NAMES[0]),
        HOSTILE_NAMES[0],
        role=HOSTILE_NAMES[2],
    )
    return b.graph([Entity(key, tuple(sorted((f"{key.name} 2", key.name * 2)))) for key in keys])
