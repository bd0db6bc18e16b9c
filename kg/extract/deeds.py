"""What the grammar makes of a clause: deeds with their roles, what stands before a verb, what flows to the next clause."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.items import Item
from kg.model import EntityKey, Status


@dataclass
class Deed:
    """A verb of a group with its roles; every role is a list of items, ``topic`` a dropped subject."""

    verb: Item
    group: str
    status: Status
    agents: list[Item] = field(default_factory=list)
    topic: EntityKey | None = None
    patients: list[Item] = field(default_factory=list)
    at: list[Item] = field(default_factory=list)
    partners: list[Item] = field(default_factory=list)
    subjects: list[Item] = field(default_factory=list)  # mentions before the verb, of any class
    objects: list[Item] = field(default_factory=list)  # mentions behind the verb, of any class
    by: list[Item] = field(default_factory=list)  # 由, 被
    to: list[Item] = field(default_factory=list)  # 向, 对, 为, 给
    relative: bool = False
    intransitive: bool = False  # the patient is the subject: X在Y揭牌


@dataclass
class Flow:
    """What one clause leaves to the next: the subject, or that it is unknown."""

    subjects: list[Item] = field(default_factory=list)
    partners: list[Item] = field(default_factory=list)
    theme: list[Item] = field(default_factory=list)  # subject of a passive clause: X由A主办，B承办
    objects: list[Item] = field(default_factory=list)  # of the last verb: …X，由A承担
    at: list[Item] = field(default_factory=list)  # of a clause without a verb: 在云江论坛上，…
    by: list[Item] = field(default_factory=list)  # who did what the clause before told: 由A牵头，联合B建设
    opened: list[Item] = field(default_factory=list)  # who was spoken of last: X位于江州，由A打造
    blocked: bool = False
    charged: list[Item] = field(default_factory=list)  # objects of 负责: …A的运营
    paid: tuple[Item, ...] = ()  # verbs of giving with a sum and no object: 投资20亿元，建设X


@dataclass
class Phrase:
    """What stands before a verb."""

    subjects: list[Item] = field(default_factory=list)
    partners: list[Item] = field(default_factory=list)
    at: list[Item] = field(default_factory=list)
    by: list[Item] = field(default_factory=list)
    to: list[Item] = field(default_factory=list)
    denied: bool = False
    planned: bool = False
    unknown: bool = False
    purpose: bool = False  # 为深入贯彻落实《…》: why, not what
    joined: bool = False  # the partners stand behind 联合
    theme: list[Item] = field(default_factory=list)  # what stands before 是: X是由A建设的园区
    made: list[Item] = field(default_factory=list)  # what is built, before its verb: 加快X建设
    basis: list[Item] = field(default_factory=list)  # behind 根据, 按照: the subject of a relative clause
    held: list[Item] = field(default_factory=list)  # behind the last preposition: 在|国务院|印发的《…》中
