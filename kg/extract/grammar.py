"""Who did what: a clause's verbs with their agents, patients and obliques.

One walk over the items of a sentence. The subject is looked for before the first verb; when it is
dropped it is that of the clause before, else the topic (of the paragraph, of the document). A subject
that the text gives but that names nothing we know (相关高校, 企业) blocks: nothing is guessed past it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.extract.clauses import (
    add_mention,
    between_numbers,
    disposed,
    goes_on,
    hastened,
    head_of,
    is_agent,
    is_topic_of,
    made_by,
    measures,
    urges,
)
from kg.extract.deeds import Deed, Flow, Phrase
from kg.extract.items import Item, Kind
from kg.extract.rows import Row
from kg.lexicon import Lexicon
from kg.model import EntityKey, Status
from kg.recognize.base import CLOSE_QUOTES

#: Words that count the members of a list again: 京津冀|三地, A、B|双方.
_TOGETHER = re.compile(
    "[两三四五六七八九十双多各][地省市区县国校院方家]|[两三四五六七八九十]省[市区]|双方|各方"
)
#: Words for those who were named together before.
_PARTIES = re.compile("[双两三四各]方|[两三四]院|[两三四]校|两国|两地|两省|两市")
#: How many of those that a place has: 我国|大多数|智库, 江州市|部分|企业.
_SOME = frozenset(
    {
        "大多数",
        "多数",
        "许多",
        "不少",
        "部分",
        "一些",
        "很多",
        "众多",
        "各类",
        "所有",
        "大部分",
        "大批",
        "一批",
        "一大批",
    }
)
#: What is done to what is named behind, by words that are no verbs of ours: 培育壮大|云江中心.
_NURTURES = frozenset(
    {
        "培育",
        "壮大",
        "做强",
        "做大",
        "做优",
        "提升",
        "优化",
        "完善",
        "用好",
        "建好",
        "强化",
        "增强",
        "巩固",
        "拓展",
        "盘活",
        "擦亮",
    }
)
#: Verbs of charge: what follows their objects is done to them (负责A、B建设运营).
_CHARGES = ("负责", "承担", "承接", "主要负责", "具体负责")
_RELIED = "依托"
#: What acts for its place: 江州市|财政|出资.
#: Behind a place, what stands for it or says how it acts.
_SIDES = re.compile(
    "自[行主筹]|独[立资家]|对口|统[一筹]|全[额资程]|牵头|分别|方面|双方|[各两三]方|政府|[省市县区州]政府|当局|[省市县]委|人民政府|军方|方$"
)
_PURSES = frozenset({"财政", "方面", "本级", "各级", "董事会", "监事会", "股东大会", "股东会"})
#: With what a clause ends that tells when.
_WHEN = frozenset({"之后", "以后", "后", "之前", "前", "之际", "时", "期间"})
_IS = ("是", "系", "属", "地属")
#: Prepositions behind which a relative clause may stand with its own subject: 根据A与B签署的《…》.
_BASES = ("根据", "按照", "依据", "依照", "遵照", "随着")
_BY = ("由", "被", "经", "获", "获得", "交由", "交", "委托")
_JOINING = ("联合", "携手", "会同", "联手")
_WITH = ("与", "和", "同", "跟", *_JOINING)
_VERBS = (Kind.VERB, Kind.OTHER_VERB, Kind.COPULA)


def _modified(clause: Sequence[Item], verb: int, subjects: Sequence[Item]) -> bool:
    """Whether a verb before only modifies the subject: 拥有经验的|A与B组建."""
    return (
        any(
            clause[k].kind is Kind.OF and clause[k + 1] == subjects[0]
            for k in range(verb + 1, len(clause) - 1)
        )
        if subjects
        else False
    )


def _parted(items: Sequence[Item], subjects: Sequence[Item]) -> bool:
    """Whether 及 stands between the mention and the verb of a relative clause: A及稍后成立的B."""
    last = subjects[-1] if subjects else None
    if last is None:
        return False
    behind = takewhile(lambda i: i.kind is not Kind.PREPOSITION, (i for i in items if i.start >= last.end))
    return any(i.kind in (Kind.CONJUNCTION, Kind.LIST) for i in behind)  # of A会同B、C: none


def _adjoin(clause: Sequence[Item], first: int, second: int) -> bool:
    """Whether two verbs stand together so that one does both (由A投资|建设); who approves does not build (获A批准|建设)."""
    approves = any(t.group == "approve" for t in clause[first].triggers)
    return not approves and all(i.kind is Kind.SKIP for i in clause[first + 1 : second])


def _sum(clause: Sequence[Item], at: int) -> bool:
    """Whether an amount stands right behind a verb of giving: 投资20亿元."""
    following = next((i for i in clause[at + 1 :] if i.kind is not Kind.SKIP), None)
    return following is not None and following.kind in (Kind.NUMBER, Kind.NOUN)


def _at_a_time(clause: Sequence[Item], verb: int) -> bool:
    """Whether 在 opens a clause that tells when, and bodies stand in it that act: 在A印发《B》之后."""
    held = any(t.group in ("organize", "join", "enter") for t in clause[verb].triggers)
    places = any(i.cls in ("Place", "Park", "Event") for i in clause[:verb])
    return clause[0].text == "在" and clause[-1].text in _WHEN and not held and not places


class Grammar:
    """Reads items into deeds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._agent_nouns = lexicon.words["agent_nouns"]
        self._pivots = lexicon.words["pivots"]
        self._inner = lexicon.words["inner_verbs"]
        self._hastening = lexicon.words["hastening"]
        self._drives = self._hastening - self._pivots  # 推动A设立B: A does it

    def deeds(self, row: Row, topic: EntityKey | None) -> Iterator[Deed]:
        """Yield the deeds of a sentence in order."""
        if not any(item.triggers or item.text in _JOINING for item in row.items):
            return
        flow = Flow()
        aims = self._aims(row)
        end = 0
        for n, clause in enumerate(row.clauses):
            if "；" in row.work.text[end : clause[0].start]:
                flow.partners, flow.at, flow.paid = [], [], ()  # who did one thing need not do the next
            end = clause[-1].end
            if n not in aims:
                yield from self._clause(clause, flow, topic)

    def _aims(self, row: Row) -> range:
        """The clauses between 为贯彻… and the first with a subject of its own: they go on with the aim (为…，落实《…》，江州市印发…)."""
        aim = next((n for n, clause in enumerate(row.clauses) if clause[0].text in ("为", "为了")), None)
        if aim is None or len(row.clauses) < aim + 3:
            return range(0)
        for n in range(aim + 1, len(row.clauses)):
            clause = row.clauses[n]
            verb = next((i for i, item in enumerate(clause) if item.kind in _VERBS), len(clause))
            if clause[0].kind is Kind.NOUN or self._before(clause[:verb]).subjects:
                return range(aim, n)
        return range(0)

    def subject(self, row: Row) -> list[Item]:
        """The explicit subjects of the sentence's first clause that has any; none where nothing is named."""
        for clause in row.clauses if row.references else ():
            verb = next(
                (i for i, item in enumerate(clause) if item.kind in _VERBS),
                None,
            )
            phrase = self._before(clause[:verb] if verb is not None else [])
            if phrase.subjects:
                return phrase.subjects
            if phrase.unknown:
                return []
        return []

    def _clause(self, clause: Sequence[Item], flow: Flow, topic: EntityKey | None) -> Iterator[Deed]:
        verbs = [
            i
            for i, item in enumerate(clause)
            if item.kind is Kind.VERB or (item.kind is Kind.OTHER_VERB and not measures(clause, i))
        ]
        verbs = self._outside_names(clause, verbs)
        if not verbs:
            phrase = self._before(clause)
            subjects = phrase.theme or phrase.subjects
            first = next((i for i in clause if i.kind is not Kind.SKIP), None)
            if first is not None and first.text in self._inner and topic is not None:
                return  # 提升江州等城市能级，实施…: a deed of the topic
            if clause[0].text in _NURTURES or (
                first is not None and (first.text == "争创" or first.text in self._hastening)
            ):
                return  # 争创国家示范区，加快云江新区发展，实施…: what is striven for or driven does nothing
            if subjects and not phrase.unknown:
                flow.opened = subjects
                flow.subjects, flow.partners, flow.blocked = subjects, phrase.partners, False
            elif phrase.unknown:
                flow.subjects, flow.partners, flow.blocked = [], [], True
            elif phrase.at:
                flow.at = phrase.at
            elif phrase.joined:  # A牵头，联合B、C，组建D
                flow.partners = phrase.partners
            return
        own: Phrase | None = None
        previous = -1
        pivot = planned = listed = moved = False
        for n, at in enumerate(verbs):
            phrase = self._before(clause[previous + 1 : at])
            if n == 0 and phrase.unknown and flow.partners:  # A与B签约，|双方|共建C
                phrase.unknown = not self._parties(clause[:at])
            if listed and own is not None:  # 由A主办、B承办
                phrase.by, phrase.subjects = phrase.subjects, own.subjects
            if n == 0 and phrase.at and not phrase.subjects and _at_a_time(clause, at):
                phrase.subjects, phrase.at = phrase.at, []
            moved |= pivot and phrase.unknown  # 要求各地集中|开展: whom it is asked of does all that follows
            phrase.unknown |= moved and not phrase.subjects
            phrase.made = hastened(clause, at, self._hastening)
            driven = next((i.start for i in clause[:at] if i.text in self._drives), None)
            if driven is not None:  # 加快云江科创城等载体|建设: no subject stands behind 加快
                phrase.subjects = [i for i in phrase.subjects if i.start < driven]
            if phrase.made:
                phrase.subjects = [i for i in phrase.subjects if i not in phrase.made]
                pivot = False  # 推动|X建设: whoever drives it builds it
            if previous >= 0 and clause[previous].text == _RELIED:
                phrase.subjects = []  # 依托A建设B: A does not build it
            if (
                previous >= 0
                and not pivot
                and not listed
                and clause[previous].kind is Kind.VERB
                and self._relative(clause, previous) is None
                and self._relative(clause, at) is None
                and not (
                    own is not None and not own.subjects and _modified(clause, previous, phrase.subjects)
                )
            ):
                phrase.subjects = []  # they are objects of the verb before
            phrase.planned = (phrase.planned or planned) and not disposed(clause, at)
            relative_head = self._relative(clause, at)
            gives = any(t.group == "fund" for t in clause[at].triggers)
            if relative_head is None and gives and n + 1 < len(verbs) and _adjoin(clause, at, verbs[n + 1]):
                relative_head = self._relative(clause, verbs[n + 1])  # A与B出资|组建的X
            elif (
                relative_head is not None and own is not None and own.theme and _adjoin(clause, previous, at)
            ):
                phrase = own  # X是A与B出资|组建的企业
            if relative_head is None:
                phrase.subjects = phrase.theme + phrase.subjects
            elif not phrase.subjects:
                phrase.subjects = phrase.basis
            elif _parted(clause[previous + 1 : at], phrase.subjects):
                phrase.subjects = []
            if own is None:
                own = phrase
                if flow.at and not phrase.at:
                    phrase.at = flow.at
                flow.at = []
                if phrase.theme and relative_head is not None:  # X是由A建设的园区，…: X goes on
                    flow.subjects, flow.partners, flow.blocked = phrase.theme, [], False
                    flow.opened = phrase.theme
                else:
                    self._flow(phrase, flow)
            elif relative_head is None and not phrase.subjects and not phrase.by:
                if own.by and _adjoin(clause, previous, at):
                    phrase.by, phrase.subjects = own.by, own.subjects  # 由A投资|建设: both are done by A
                phrase.partners = phrase.partners or own.partners
                phrase.at = phrase.at or own.at
                phrase.denied |= own.denied
                phrase.purpose |= own.purpose
            until = verbs[n + 1] if n + 1 < len(verbs) else len(clause)
            if relative_head is not None and relative_head > until:  # 由A主办、B承办|的X
                until = next((v for v in verbs if v >= relative_head), len(clause))
            if n + 1 < len(verbs) and all(i.kind in (Kind.SKIP, Kind.NUMBER) for i in clause[at + 1 : until]):
                until = verbs[n + 2] if n + 2 < len(verbs) else len(clause)  # 出资建设A: both take A
            listed = relative_head is None and bool(phrase.by and phrase.subjects) and goes_on(clause, at)
            if listed:
                until = at + 1
            verb = clause[at]
            if relative_head is not None and not (phrase.subjects or phrase.by):
                phrase.subjects = [i for i in phrase.held if made_by(verb, i)]
                phrase.at = [i for i in phrase.at if i not in phrase.subjects]
                phrase.to = [i for i in phrase.to if i not in phrase.subjects]
            if verb.kind is Kind.OTHER_VERB and phrase.joined and n == 0 and not phrase.denied:
                yield from self._joined(verb, phrase, flow, topic)
            if verb.kind is Kind.VERB:
                yield from self._deed(
                    clause, at, until, phrase, flow, topic, relative_head, first=own is phrase, pivot=pivot
                )
            pivot = verb.text in self._pivots and verb.text != _RELIED and not urges(clause, at, until)
            planned = verb.text in self._pivots and verb.text != _RELIED and not pivot
            previous = at

    def _outside_names(self, clause: Sequence[Item], verbs: list[int]) -> list[int]:
        """The verbs without those that describe the project that closes the clause: 实施让文物活起来、…等“六大工程”."""
        if len(verbs) < 2 or not any(i.cls == "Project" for i in clause):
            return verbs
        last = next(i for i in reversed(clause) if i.kind is not Kind.SKIP)
        if last.cls != "Project" or last.start < clause[verbs[-1]].end:
            return verbs
        first = next((n for n in verbs if any(t.group == "carry" for t in clause[n].triggers)), None)
        if first is None:
            return verbs
        between = clause[first + 1 : -1]
        listed = any(i.kind in (Kind.LIST, Kind.ETC) for i in between)
        plain = all(
            i is last
            or (
                i.kind not in (Kind.VERB, Kind.MENTION)
                and (i.text not in self._pivots or before.kind is Kind.LIST)
            )
            for before, i in zip(clause[first:], between, strict=False)
        )
        return [n for n in verbs if n <= first] if listed and plain else verbs

    def _joined(self, verb: Item, phrase: Phrase, flow: Flow, topic: EntityKey | None) -> Iterator[Deed]:
        """联合A、B提出…: whatever they do, they do it together."""
        agents = [i for i in phrase.subjects or flow.subjects if is_agent(i)]
        dropped = topic if not agents and not flow.blocked and not phrase.unknown else None
        status = Status.PLANNED if phrase.planned else Status.ASSERTED
        yield Deed(verb, "cooperate", status, agents=agents, topic=dropped, partners=phrase.partners)

    def _flow(self, phrase: Phrase, flow: Flow) -> None:
        flow.by = phrase.by if phrase.by and phrase.subjects else flow.by if phrase.joined else []
        if phrase.subjects and phrase.by:
            flow.theme = phrase.subjects
        elif phrase.subjects:
            flow.opened = phrase.subjects
        if phrase.subjects:
            flow.subjects, flow.partners, flow.blocked = phrase.subjects, phrase.partners, False
        elif phrase.by:
            flow.subjects, flow.partners, flow.blocked = phrase.by, [], False
        elif phrase.unknown:
            flow.subjects, flow.partners, flow.blocked = [], [], True
        elif phrase.partners:
            flow.partners = phrase.partners

    def _deed(
        self,
        clause: Sequence[Item],
        at: int,
        until: int,
        phrase: Phrase,
        flow: Flow,
        topic: EntityKey | None,
        relative_head: int | None,
        *,
        first: bool,
        pivot: bool,
    ) -> Iterator[Deed]:
        verb = clause[at]
        if phrase.denied or phrase.purpose or self._conditioned(clause, at):
            return
        relative = relative_head is not None
        if first and not phrase.subjects and not phrase.by and is_topic_of(clause, at):
            return
        objects = phrase.made or (
            self._objects(clause[at + 1 : until])
            if not relative
            else self._head(clause, relative_head or at + 1, until, phrase.theme)
        )
        carried = not (first or relative or pivot or phrase.unknown)
        subjects = list(phrase.subjects) or (list(flow.subjects) if carried else [])
        agents = [i for i in (phrase.by or subjects) if is_agent(i)]
        dropped = (
            not agents
            and not phrase.subjects
            and not phrase.by
            and not relative
            and not pivot
            and not phrase.unknown
        )
        follows = dropped or (carried and not phrase.subjects and not phrase.by)
        if dropped and not flow.blocked:
            agents = [i for i in (flow.by if phrase.joined else []) or flow.subjects if is_agent(i)]
        bare = not any(i.kind is Kind.NOUN for i in clause[at + 1 : until])
        theme = flow.theme if bare and not phrase.by else []
        if phrase.by and not phrase.subjects and not objects and not relative and bare:
            made = [i for i in flow.objects if i.cls not in ("Place", "Person")]
            theme = flow.theme = made or flow.opened
        before = clause[at - 1] if at else None
        if not objects and not relative and before is not None and before in flow.charged:
            objects = list(flow.charged)  # 负责A、B|运营: what is in charge is run
        flow.charged = objects if verb.text in _CHARGES else []
        if objects:
            lies = not relative and any(t.group == "enter" for t in verb.triggers)
            made = [i for i in objects if not lies or i.cls not in ("Place", "Park")]
            flow.objects = made or flow.objects  # where something lies is not what is made: 位于A内，由B建设
        intransitive = not objects and not relative and not theme
        patients = objects or theme or (phrase.subjects if intransitive and bare else [])
        gives = any(t.group == "fund" for t in verb.triggers)
        if gives and not objects and not phrase.to and at + 1 < len(clause) and _sum(clause, at):
            flow.paid = (verb,)
        groups = [(verb, trigger) for trigger in verb.triggers]
        if (
            flow.paid
            and not gives
            and objects
            and not relative
            and any(t.group == "create" for t in verb.triggers)
        ):
            groups += [(paid, t) for paid in flow.paid for t in paid.triggers if t.group == "fund"]
        for told, trigger in groups:
            status = (
                Status.PLANNED if phrase.planned or pivot or trigger.status == "planned" else Status.ASSERTED
            )
            yield Deed(
                told,
                trigger.group,
                status,
                agents=agents,
                topic=topic if dropped and not agents and not flow.blocked else None,
                patients=patients,
                at=phrase.at,
                partners=phrase.partners or (flow.partners if follows else []),
                subjects=subjects or (flow.subjects if dropped else []),
                objects=objects,
                by=phrase.by,
                to=phrase.to,
                relative=relative,
                intransitive=intransitive,
            )

    def _conditioned(self, clause: Sequence[Item], at: int) -> bool:
        """Whether a verb only tells to whom something is given: 对|承担|A、B|的|机构，给予补助."""
        first = next((i for i in clause[:at] if i.kind is not Kind.SKIP), None)
        if first is None or first.text not in ("对", "对于", "凡", "凡是"):
            return False
        return any(
            one.kind is Kind.MENTION and of.kind is Kind.OF and (who is None or self._agentive(who.text))
            for one, of, who in zip(clause[at:], clause[at + 1 :], [*clause[at + 2 :], None], strict=False)
        )

    def _head(self, clause: Sequence[Item], start: int, until: int, theme: list[Item]) -> list[Item]:
        """What a relative clause modifies: its head, or what is said to be it (X是由A建设的园区)."""
        heads = head_of(clause, start, until)
        named = [i for i in heads if i.reference and not i.reference.mention.rule.startswith("anaphor")]
        return named or theme or heads

    def _relative(self, clause: Sequence[Item], at: int) -> int | None:
        """Index behind the 的 that closes a relative clause with this verb as its last, or None."""
        i = at + 1
        while i < len(clause) and clause[i].kind is Kind.SKIP:
            i += 1
        if i < len(clause) and clause[i].kind is Kind.LIST:  # A建设、B运营的园区: both modify it
            following = next((j for j in range(i + 1, len(clause)) if clause[j].kind is Kind.VERB), None)
            return self._relative(clause, following) if following is not None else None
        if i < len(clause) and clause[i].text == "于":  # 创办于2006年的
            while i < len(clause) and (clause[i].kind in (Kind.SKIP, Kind.NUMBER) or clause[i].text == "于"):
                i += 1
        return i + 1 if i < len(clause) and clause[i].kind is Kind.OF else None

    def _before(self, items: Sequence[Item]) -> Phrase:
        """Read what stands before a verb: subjects, obliques, negation, plan."""
        phrase = Phrase()
        preposition = ""
        gathered: list[Item] = []
        noun: Item | None = None

        def close() -> None:
            nonlocal preposition, gathered
            if preposition in ("在", "于"):
                phrase.at += gathered
            elif preposition in _BY:
                phrase.by += gathered
            elif preposition in _WITH:
                phrase.partners += gathered
                phrase.joined |= preposition in _JOINING and bool(gathered)
            elif preposition in ("向", "对", "为", "给"):
                phrase.to += gathered
            elif preposition in _BASES:
                phrase.basis += gathered
            preposition, gathered = "", []

        for n, item in enumerate(items):
            following = items[n + 1] if n + 1 < len(items) else None
            if item.kind is Kind.NEGATION:
                phrase.denied = True
            elif item.kind is Kind.PLAN:
                phrase.planned = True
                if preposition in ("由", "与", "和", "联合", "在"):
                    close()
            elif preposition and item.text in ("至", "到") and between_numbers(items, n):
                continue  # 在6月21日至22日江州召开的
            elif item.kind is Kind.PREPOSITION or (
                item.kind is Kind.CONJUNCTION and not phrase.subjects and not gathered and not preposition
            ):
                if preposition and not gathered:
                    preposition = item.text  # 将由, 从在: the inner one governs
                else:
                    close()
                    preposition = item.text
            elif item.kind is Kind.MENTION:
                if following is not None and following.text in _SOME and n + 2 < len(items):
                    following = items[n + 2]._replace(
                        start=item.end
                    )  # 我国|大多数|智库: they, not the country
                modifier = following is not None and following.kind is Kind.OF
                compound = (
                    following is not None
                    and (
                        following.kind is Kind.NOUN
                        or (following.kind is Kind.OFFICE and item.cls != "Person")
                    )
                    and following.start == item.end
                    and not _TOGETHER.fullmatch(following.text)
                    and following.text not in _PURSES
                )
                if preposition:
                    held = following is not None and following.kind is Kind.OFFICE and item.cls != "Person"
                    # 与山东|商联生化药业: somebody there, whom no reference names
                    held |= (
                        item.cls == "Place"
                        and compound
                        and preposition in (*_BY, *_WITH)
                        and following is not None
                        and _SIDES.match(following.text) is None
                    )
                    if not modifier and not held:  # 由江州市市长陈云山…: he, not the city
                        add_mention(gathered, item)
                elif not modifier and not compound:
                    add_mention(phrase.subjects, item)
                    noun = None
                elif compound:
                    noun = None
            elif item.kind is Kind.NOUN:
                if not preposition:
                    noun = item
            elif item.kind is Kind.PLACE_WORD and preposition:
                close()
            elif item.kind is Kind.COPULA and phrase.subjects and item.text in _IS:
                phrase.theme, phrase.subjects = phrase.subjects, []
            elif item.kind is Kind.OF:
                noun = None
                if preposition == "于" and not gathered:
                    preposition = ""  # 成立于2008年的A
        phrase.purpose = preposition in ("为", "为了") and not gathered
        phrase.held = [] if preposition in (*_BY, *_WITH) else list(gathered)
        close()
        phrase.unknown = noun is not None and not phrase.subjects and self._agentive(noun.text)
        return phrase

    def _parties(self, items: Sequence[Item]) -> bool:
        """Whether all that stands before a verb is who was named together in the clause before."""
        nouns = [i.text for i in items if i.kind in (Kind.NOUN, Kind.MENTION)]
        return len(nouns) == 1 and _PARTIES.fullmatch(nouns[0]) is not None

    def _agentive(self, word: str) -> bool:
        return word in self._agent_nouns or word.endswith(
            ("部门", "单位", "企业", "政府", "人员", "高校", "机构", "公司", "团队")
        )

    def _joins(self, items: Sequence[Item], n: int) -> bool:
        """Whether a preposition leaves the objects going on: 于, 将, or 与 behind one of them."""
        if items[n].text in ("于", "将", "把", "和"):
            return True
        return n > 0 and items[n - 1].kind is Kind.MENTION and items[n].text in ("与", "同", "跟")

    def _objects(self, items: Sequence[Item]) -> list[Item]:
        """The mentions that a verb takes: no modifiers, no obliques."""
        objects = []
        oblique = False
        for n, item in enumerate(items):
            following = next((i for i in items[n + 1 : n + 3] if i.text not in CLOSE_QUOTES), None)
            if item.kind is Kind.PREPOSITION and not self._joins(items, n):
                oblique = True
            elif item.kind is Kind.PLACE_WORD or item.kind is Kind.OF:
                oblique = False
            elif item.kind is Kind.MENTION and not oblique:
                if following is not None and following.kind is Kind.OF and item.end == following.start:
                    continue
                if (
                    following is not None
                    and following.start <= item.end + 1
                    and (
                        following.kind is Kind.NOUN
                        or (following.kind is Kind.OFFICE and item.cls != "Person")
                        or following.text == "之一"
                    )
                ):
                    continue
                objects.append(item)
        return objects
