"""Offices that a life tells: 现任A董事长、B董事，历任C院长；参与创立D并担任总经理.

The person is the one whom the sentence, or the paragraph before it, speaks of; each office belongs to the
body named before it, 并担任… to the body of the verb before, and one without a body to the topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from kg.extract.items import Item, Kind
from kg.extract.relations import statement
from kg.extract.rows import Row
from kg.lexicon import Lexicon
from kg.model import EntityKey, Sentence, Statement

_BODIES = frozenset({"Institution", "Place", "Park"})
#: Items that may stand between a verb, a body and the office in it.
_BETWEEN = frozenset(
    {
        Kind.NOUN,
        Kind.SKIP,
        Kind.NUMBER,
        Kind.OF,
        Kind.LIST,
        Kind.CONJUNCTION,
        Kind.PLACE_WORD,
        Kind.OPEN,
        Kind.CLOSE,
    }
)
#: Words of which one stands where a life begins.
_LIFE = frozenset({"出生", "生于", "国籍", "学历", "毕业", "毕业于", "籍贯", "本科学历", "研究生学历"})
_GUESTS = frozenset({"出席者", "与会者", "参会者", "与会嘉宾", "出席嘉宾", "与会代表"})
_ROSTER = re.compile(r"(?:成员|委员|组成人员|专家|理事|代表)名单\s*$")
#: What announces the members of the group last named, and what heads those of the group that the text is about.
_FOLLOWS = re.compile(r"名单(?:通知|公布|公告|印发)?如下[：:。]?\s*$")
_COMPOSED = re.compile("^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]）)?组成人员$")
#: In what the names of groups end that are composed for a task.
_GROUPS = ("委员会", "小组", "联席会议", "指挥部", "组委会", "工作组", "专班", "理事会", "协调组", "专家组")
#: A sentence is no row, and the label before the first of a kind is the office: 副组长：陈云山.
_TOLD = re.compile("[，。；]")
_LABEL = re.compile(r"\s*([\u4e00-\u9fff][\u4e00-\u9fff\s]{0,6})[：:]")
#: Rows of a list of members are shorter, in characters.
_ROW_LENGTH = 60
#: Offices of which a body has several, whom it may announce; 代表 and 专家 may be anybody's.
_BOARDS = ("董事", "理事", "监事", "会长", "主席", "顾问", "赞助人", "理事长", "秘书长", "总监")
_LINKS = (Kind.LIST, Kind.CONJUNCTION)
#: Who governs a place that need not be named: 省长陈云山, 常务副市长林知远.
_GOVERNS = re.compile("(?:常务)?副?([省市县区州])长(?:助理)?")


class Careers:
    """Reads the sentences of one document in order; remembers whom a paragraph speaks of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._holding = lexicon.words["holding"]
        self._serving = lexicon.words["serving"]
        self._person: EntityKey | None = None
        self.life: EntityKey | None = None  # whose life the paragraph tells
        self._block = -1
        self._roster: EntityKey | None = None  # whose members the rows list
        self._group: EntityKey | None = None  # the committee, group or staff last named
        self._groups = Counter[EntityKey]()  # how often each was
        self._event: EntityKey | None = None  # the event last named
        self._home: Mapping[str, EntityKey] = {}

    def start(self, home: Mapping[str, EntityKey]) -> None:
        """Forget the person: a document begins, whose places are at ``home`` in it by their level."""
        self._home = home
        self._person, self.life, self._block, self._roster, self._event = None, None, -1, None, None
        self._group = None
        self._groups.clear()

    def find(self, row: Row, topic: EntityKey | None) -> Iterator[Statement]:
        """Yield the offices that a sentence says a person holds or held."""
        sentence = row.sentence
        if sentence.block != self._block:
            self._person, self.life, self._block = None, None, sentence.block
        yield from self._row(row)
        if not row.classes.isdisjoint(("Event", "Person")):
            yield from self._attended(sentence, row.items)
        if self._person is None and "Person" not in row.classes:
            return
        items = row.items
        named = [i for i in items if i.cls == "Person"]
        words = {i.text for i in items}
        if named:
            yield from self._boards(sentence, items, topic)
            yield from self._governing(sentence, items)
            yield from _colleagues(sentence, items)
        if words & (self._holding | self._serving) and (named or self._person):
            yield from self._told(sentence, items, topic)
        if named and named[0].reference:
            self._person = named[0].reference.key if len(named) == 1 else None
            if words & _LIFE:
                self.life = self._person

    def _governing(self, sentence: Sentence, items: Sequence[Item]) -> Iterator[Statement]:
        """Yield who governs the place that the document speaks of, when the office opens a clause or stands in a list."""
        for before, office, person in zip([None, *items], items, items[1:], strict=False):
            if office.kind is not Kind.OFFICE or person.cls != "Person" or person.reference is None:
                continue
            level = _GOVERNS.fullmatch(office.text)
            opens = before is None or before.kind in (Kind.COMMA, Kind.STOP, Kind.LIST, Kind.OPEN)
            if level and opens and (place := self._home.get(level[1])):
                marks = [(office.start, office.end), (person.start, person.end)]
                yield statement(
                    sentence,
                    person.reference.key,
                    "memberOf",
                    place,
                    "career/governs",
                    marks,
                    role=office.text,
                )

    def _attended(self, sentence: Sentence, items: Sequence[Item]) -> Iterator[Statement]:
        """People whom a list of guests names: 出席者包括A、B; the event is the one last named."""
        cue: Item | None = None
        told = False
        for n, item in enumerate(items):
            if item.cls == "Event" and item.reference:
                self._event = item.reference.key
            elif item.kind is Kind.STOP:
                cue, told = None, False
            elif item.text in _GUESTS or (item.text in ("出席", "参加", "与会") and _lists(items, n)):
                cue = item
            elif cue is not None and item.text in ("包括", "有", "：", ":", "分别为"):
                told = True
            elif told and cue is not None and item.cls == "Person" and item.reference and self._event:
                marks = [(cue.start, cue.end), (item.start, item.end)]
                yield statement(
                    sentence, item.reference.key, "participatesIn", self._event, "career/attended", marks
                )

    def _row(self, row: Row) -> Iterator[Statement]:
        """Members in the rows under X成员名单."""
        sentence = row.sentence
        # Items are made only where a body is named: most sentences name none, and items cost the most of a sentence.
        items = row.items if "Institution" in row.classes else ()
        bodies = [i.reference.key for i in items if i.cls == "Institution" and i.reference]
        groups = [b for b in bodies if b.name.endswith(_GROUPS)]
        self._groups.update(groups)
        self._group = groups[-1] if groups else self._group
        if _ROSTER.search(sentence.text):
            self._roster = bodies[-1] if bodies else None
        elif _FOLLOWS.search(sentence.text):
            self._roster = self._group
        elif _COMPOSED.search(sentence.text) and self._groups:
            self._roster = max(self._groups, key=lambda group: (self._groups[group], group))
        elif len(sentence.text) > _ROW_LENGTH or _TOLD.search(sentence.text):
            self._roster = None
        elif self._roster is not None and "Person" in row.classes:
            for item in row.items:
                if item.cls == "Person" and item.reference:
                    mark = [(item.start, item.end)]
                    label = _LABEL.match(sentence.text)
                    role = re.sub(r"\s", "", label[1]) if label else ""
                    yield statement(
                        sentence,
                        item.reference.key,
                        "memberOf",
                        self._roster,
                        "career/roster",
                        mark,
                        role=role,
                    )

    def _told(
        self, sentence: Sentence, items: Sequence[Item], topic: EntityKey | None
    ) -> Iterator[Statement]:
        people = [(self._person, None)] if self._person else list[tuple[EntityKey, tuple[int, int] | None]]()
        body: Item | None = None
        acted = False  # another verb stands before in the clause: 参与创立…并担任
        for n, item in enumerate(items):
            if item.cls == "Person" and item.reference:
                listed = n > 1 and items[n - 1].kind in _LINKS and items[n - 2].cls == "Person"
                people = [*(people if listed else ()), (item.reference.key, (item.start, item.end))]
            elif item.cls in _BODIES:
                body = item
            elif item.kind in (Kind.COMMA, Kind.STOP):
                body, acted = (body if _by(items, n) else None), False
            elif item.text not in self._holding | self._serving:
                acted |= item.kind in (Kind.VERB, Kind.OTHER_VERB)
            elif any(i.kind is Kind.NEGATION for i in items[max(0, n - 2) : n]):
                continue
            else:
                holds = item.text in self._holding
                found = _held(items, n, body, None if acted else topic) if holds else _served(items, n)
                for (rule, key, told, office), (person, mark) in product(list(found), people):
                    marks = [*([mark] if mark else []), *told]
                    yield statement(sentence, person, "memberOf", key, rule, marks, role=office)

    def _boards(
        self, sentence: Sentence, items: Sequence[Item], topic: EntityKey | None
    ) -> Iterator[Statement]:
        """Yield the members whom an office announces: 创始人董事包括A、B；名誉会长：C、D."""
        body: Item | None = None
        for n, item in enumerate(items):
            if item.cls == "Institution":
                body = item
            if item.kind is not Kind.OFFICE or n + 2 >= len(items) or not _announces(items[n + 1]):
                continue
            key = body.reference.key if body is not None and body.reference else topic
            if key is None or key.cls != "Institution" or not item.text.endswith(_BOARDS):
                continue
            for member in items[n + 2 :]:
                if member.kind is Kind.STOP or (member.kind is Kind.COMMA and member.text in "，,"):
                    break
                if member.cls == "Person" and member.reference:
                    marks = [(item.start, item.end), (member.start, member.end)]
                    yield statement(
                        sentence, member.reference.key, "memberOf", key, "career/board", marks, role=item.text
                    )


def _colleagues(sentence: Sentence, items: Sequence[Item]) -> Iterator[Statement]:
    """Who is of the body of the one before in a list of people with their ranks: 云川大学陈云山教授、林知远博士."""
    kinds = [i.kind for i in items]
    for n in range(len(items) - 5):
        body, first = items[n], items[n + 1]
        if (
            body.cls != "Institution"
            or first.cls != "Person"
            or first.start != body.end
            or not body.reference
        ):
            continue
        at = n + 2
        while kinds[at : at + 4 : 3] == [Kind.OFFICE, Kind.OFFICE] and kinds[at + 1] is Kind.LIST:
            member, office = items[at + 2], items[at + 3]
            if member.cls != "Person" or member.reference is None:
                break
            marks = [(body.start, body.end), (member.start, member.end)]
            key, rule = member.reference.key, "career/colleague"
            yield statement(sentence, key, "memberOf", body.reference.key, rule, marks, role=office.text)
            at += 3


def _lists(items: Sequence[Item], at: int) -> bool:
    """Whether 出席 heads a list of guests: 出席者, 出席的领导和专家有."""
    ahead = [i.text for i in items[at + 1 : at + 8]]
    if ahead[:1] == ["者"]:
        return True
    return "的" in ahead[:2] and any(w in ("有", "包括") for w in ahead)


def _announces(item: Item) -> bool:
    """Whether a word or colon opens a list of those who hold an office."""
    return item.text in ("：", ":", "包括", "为", "有", "分别为", "由", "是")


def _by(items: Sequence[Item], comma: int) -> bool:
    """Whether 由 follows a comma: 总会，由A、B任会长 speaks of the body before it."""
    return comma + 1 < len(items) and items[comma + 1].text == "由"


def _held(
    items: Sequence[Item], at: int, before: Item | None, topic: EntityKey | None
) -> Iterator[tuple[str, EntityKey, list[tuple[int, int]], str]]:
    """Rule, body, marks and office for each office behind 任; it goes to the body last named."""
    body, rule = before, "career/held-before"
    for n in range(at + 1, len(items)):
        item = items[n]
        if item.cls in _BODIES:
            body, rule = item, "career/held"
        elif item.kind is Kind.OFFICE:
            if n + 1 < len(items) and items[n + 1].kind is Kind.OFFICE:
                continue  # 董事会|主席: one office
            if any(i.cls == "Person" or i.text in ("正是", "就是") for i in items[n + 1 : n + 4]):
                return  # 时任司长正是陈云山: it is hers
            mark = (item.start, item.end)
            led = _led(items, n)
            if led is not None and led.reference is not None:  # 担任主席的X
                yield "career/held", led.reference.key, [(led.start, led.end), mark], item.text
                return
            if body is not None and body.reference is not None:
                yield rule, body.reference.key, [(body.start, body.end), mark], item.text
            elif topic is not None and topic.cls == "Institution":
                yield "career/held-topic", topic, [mark], item.text
        elif (item.kind is Kind.COMMA and not _goes_on(items, n)) or (
            item.kind is not Kind.COMMA and item.kind not in _BETWEEN
        ):
            return


def _led(items: Sequence[Item], office: int) -> Item | None:
    """The body behind 的 that an office leads: 担任主席的“江州中心”."""
    ahead = [i for i in items[office + 1 : office + 4] if i.kind is not Kind.SKIP]
    of = len(ahead) > 1 and ahead[0].kind is Kind.OF and ahead[1].cls == "Institution"
    return ahead[1] if of else None


def _served(items: Sequence[Item], at: int) -> Iterator[tuple[str, EntityKey, list[tuple[int, int]], str]]:
    """Bodies behind 就职于: all members of the list."""
    for item in items[at + 1 :]:
        if item.text.startswith("资格"):
            return  # 任职资格获云川监管局核准
        if item.cls == "Institution" and item.reference is not None:
            yield "career/served", item.reference.key, [(item.start, item.end)], ""
        elif item.kind not in (*_LINKS, Kind.NOUN, Kind.SKIP, Kind.PREPOSITION):
            return


def _goes_on(items: Sequence[Item], at: int) -> bool:
    """Whether a body with an office follows the comma: …董事长，本公司董事."""
    ahead = [i for i in items[at + 1 : at + 8] if i.kind is not Kind.SKIP]
    return bool(ahead) and ahead[0].cls in _BODIES and any(i.kind is Kind.OFFICE for i in ahead[1:3])
