"""Clauses: where they end, and the small questions that the grammar asks of their items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.items import Item, Kind

_REGION = re.compile(
    "(?:地区|湾区|流域|三角洲?|经济带|半岛|高原|平原|盆地|城市群|都市圈|沿海|[东西中南北]部|南方|北方|东北|西北|华[东南北中]|西南|"
    "东南|江|河|湖|海|山|洲|港|机场|车站|大桥|水库|丝绸之路|走廊|通道|口岸|公路|高速|铁路|高铁|城际|线|站|运河|电站|隧道)$"
)
#: Words behind a comma that go on with the list before it.
_CONTINUES = frozenset({"以及", "及", "和", "分别", "包括", "即"})
#: Classes that can found, issue and hold.
#: What befalls a thing, to the dictionary a noun: A研发的X|量产.
_HAPPENS = frozenset({"量产", "下线", "首飞", "首发", "奠基", "封顶", "点火", "试车", "揭牌", "挂牌"})
AGENTS = frozenset({"Institution", "Place", "Park", "Person"})


def add_mention(mentions: list[Item], item: Item) -> None:
    """Add a mention; what stands right before it only says where or whose it is (江州市|临溪区, 江州大学|陈云山)."""
    last = mentions[-1] if mentions else None
    owner = "Institution" if item.cls == "Person" else "Place"
    if last is not None and last.end == item.start and last.cls == owner:
        mentions.pop()
    mentions.append(item)


def with_wider(items: Sequence[Item], places: Iterable[Item]) -> Iterator[Item]:
    """Places and those in which they lie, named right before them: 位于云川省|江州市."""
    ends = {item.end: item for item in items if item.cls == "Place"}
    for place in places:
        item: Item | None = place
        while item is not None:
            yield item
            item = ends.get(item.start)


def is_agent(item: Item) -> bool:
    """Whether a mention can act: no river, no region."""
    return item.cls in AGENTS and not (
        item.cls == "Place" and item.reference and _REGION.search(item.reference.key.name)
    )


def measures(clause: Sequence[Item], at: int) -> bool:
    """Whether a verb only gives a measure to the noun behind it (总规模达3000亿元的…)."""
    i = at + 1
    while i < len(clause) and clause[i].kind in (Kind.NUMBER, Kind.SKIP):
        i += 1
    return i > at + 1 and i < len(clause) and clause[i].kind is Kind.OF


def between_numbers(items: Sequence[Item], n: int) -> bool:
    """Whether a word joins two numbers: 21日|至|22日."""
    return 0 < n < len(items) - 1 and items[n - 1].kind is items[n + 1].kind is Kind.NUMBER


def goes_on(clause: Sequence[Item], at: int) -> bool:
    """Whether a list of deeds goes on behind a verb: 由A主办|、B承办."""
    following = [i for i in clause[at + 1 : at + 4] if i.kind is not Kind.SKIP]
    return len(following) > 1 and following[0].kind is Kind.LIST and following[1].kind is Kind.MENTION


def is_topic_of(clause: Sequence[Item], at: int) -> bool:
    """Whether a deed without a subject is itself what is spoken of: 开展“A行动”|是…的举措."""
    following = [i for i in clause[at + 1 :] if i.kind is not Kind.SKIP]
    last = next(
        (n for n, i in enumerate(following) if i.kind not in (Kind.MENTION, Kind.LIST, Kind.CONJUNCTION)), 0
    )
    return bool(last) and following[last].text in ("是", "对", "需要", "有助于", "有利于", "意味着")


#: Deeds whose doer stands behind any preposition, when they modify: 在|国务院|印发的《…》中, 对|江州大学|研发的…
_DONE_BY = frozenset({"issue", "develop", "sign", "fund", "operate", "lead", "carry"})
_HOSTS = ("主办", "承办", "协办", "联合主办", "共同主办")


def made_by(verb: Item, doer: Item) -> bool:
    """Whether what stands before the verb of a relative clause does it; of a place this is sure of documents only."""
    groups = {t.group for t in verb.triggers}
    issued = not groups.isdisjoint(("issue", "sign"))
    told = issued or not groups.isdisjoint(_DONE_BY) or verb.text in _HOSTS
    return told and is_agent(doer) and (doer.cls == "Institution" or (issued and doer.cls == "Place"))


def urges(clause: Sequence[Item], at: int, until: int) -> bool:
    """Whether 推动 and the like only urge on the subject's own verb (推动设立基金)."""
    return clause[at].text in ("推动", "推进", "促进") and all(
        i.kind is Kind.SKIP for i in clause[at + 1 : until]
    )


def disposed(clause: Sequence[Item], at: int) -> bool:
    """Whether 将 before the verb disposes (将…列为…) and does not plan."""
    return any(i.kind is Kind.PLAN and i.text == "将" for i in clause[:at]) and any(
        i.text in ("列为", "纳入", "列入", "作为", "写入") for i in clause[at + 1 :]
    )


def head_of(clause: Sequence[Item], start: int, until: int) -> list[Item]:
    """The noun that a relative clause modifies: the mentions up to the next verb, no modifiers."""
    heads = []
    for n in range(start, until):
        item = clause[n]
        following = clause[n + 1] if n + 1 < len(clause) else None
        if item.kind in (Kind.PREPOSITION, Kind.CLOSE):
            break
        goes_on = (
            following is not None
            and following.kind in (Kind.OF, Kind.NOUN)
            and following.start == item.end
            and following.text not in _HAPPENS
        )
        if item.kind is Kind.MENTION and not goes_on:
            heads.append(item)
    return heads


def clauses(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut at commas; what stands in brackets is left to the sequences."""
    clause: list[Item] = []
    depth = 0
    for n, item in enumerate(items):
        if item.kind is Kind.OPEN:
            depth += 1
        elif item.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif item.kind is Kind.COMMA and n + 1 < len(items) and items[n + 1].text in _CONTINUES:
            continue  # A、B，以及C: one list
        elif item.kind in (Kind.COMMA, Kind.STOP):
            if clause:
                yield clause
            clause = []
        else:
            clause.append(item)
    if clause:
        yield clause


def joint(items: Sequence[Item]) -> bool:
    """Whether the agents of a clause act together: 共同, 联合, 合作, 携手."""
    return any(
        i.text.startswith(("共同", "联合", "携手", "合作", "联手", "共建", "会同"))
        for i in items
        if not i.reference
    )


#: Verbs of building behind what they build.
_BUILDS = frozenset({"建设", "筹建", "组建", "创建", "开发建设", "规划建设"})


def hastened(clause: Sequence[Item], verb: int, hastening: frozenset[str]) -> list[Item]:
    """The mentions between 加快 and the verb of building that closes the clause: 加快A、B建设; none otherwise."""
    if clause[verb].text not in _BUILDS or any(i.kind is not Kind.SKIP for i in clause[verb + 1 : verb + 2]):
        return []
    at = next((n for n in range(verb - 1, -1, -1) if clause[n].text in hastening), -1)
    between = clause[at + 1 : verb] if at >= 0 else []
    last = next((i for i in reversed(between) if i.kind is not Kind.SKIP), None)
    plain = all(i.kind in (Kind.MENTION, Kind.LIST, Kind.CONJUNCTION, Kind.SKIP) for i in between)
    return (
        [i for i in between if i.kind is Kind.MENTION] if plain and last and last.kind is Kind.MENTION else []
    )
