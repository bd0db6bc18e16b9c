"""Relations that stand without a verb of their own: appositions, 旗下, 是…的子公司, 责任单位.

A pattern is a row of slots over the items of a sentence (``ontology/patterns/sequences.toml``). Each item becomes
two characters, the row becomes a regular expression over them: matching runs at the speed of ``re``.

    {a:Institution|Place} <office>+ {b:Person}

``{x:Class|Class}`` is a mention, ``<kind>`` an item of that kind, ``'word|word'`` a word as written; ``? * +``
follow a slot; ``...`` is a gap inside the clause, ``....`` one inside the sentence. ``[`` and ``]`` group. ``!'word'`` says
that no such word stands before.
A slot stands for every member of the list it is in, unless the row says that it is ``alone``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.extract.clauses import with_wider
from kg.extract.items import Item, Kind
from kg.extract.patterns import Entry, entries, refuse_doubles
from kg.extract.relations import statement
from kg.extract.rows import Row
from kg.model import CLASSES, RELATIONS, Sentence, Statement

_SLOT = re.compile(r"\s*(?:\{(\w+):([\w|]+)\}|<([\w|:-]+)>|(!?)'([^']+)'|(\.{3,4})|([?*+|()\[\]]))")
#: Characters of the private use area, one for each kind and class.
_CODE = {name: chr(0xE000 + n) for n, name in enumerate([*CLASSES, *(k.value for k in Kind)])}
#: Every item is two characters: its kind or class, and the word where a pattern spells it out.
_WORD = 0xE200
_NO_WORD = chr(_WORD - 1)
_ANY_WORD = f"[{_NO_WORD}-\uefff]"
_KEYS = ("id", "property", "pattern", "example", "yields", "counter")
#: Marks around a title, or around each member of a list.
_MARKS = frozenset("《》“”")
#: Classes whose marks alone part the members of a list: 《A》《B》, “A计划”“B计划”.
_TITLED = frozenset({"Policy", "Project"})
#: A part of the world or of the country that a company's officer is for, and such officers: 云海集团|亚太区|总裁.
_REGION = re.compile("(?:[亚欧非美]洲|[亚洲太华国]区|地区|大区)$")
_OFFICER = re.compile("总裁|经理|CEO|总监|负责人|首席|董事|主管|代表$")
_OF_FIRMS = re.compile("总裁|经理|CEO|总监|董事|分析师|店长|顾问$")
_ASIDE = re.compile("(?:[（(][^（）()]{0,40}[)）])?")
_ANY_KIND = "[\ue000-\ue0ff]"


@dataclass(frozen=True)
class Pattern:
    """A compiled row: relation from slot ``a`` to slot ``b``, with the classes that fit each."""

    id: str
    property: str
    regex: re.Pattern[str]
    sources: frozenset[str]
    targets: frozenset[str]
    example: str
    yields: tuple[str, ...]
    counter: str
    alone: str = ""  # the slot that stands for itself, not for the list it is in


class Sequences:
    """All rows with the words that they spell out."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._words: dict[str, str] = {}
        found = [
            entry
            for path in paths
            for entry in entries(path, "sequence", required=_KEYS, optional=("alone",))
        ]
        refuse_doubles(found)
        self.rows = tuple(self._compile(entry) for entry in found)

    def _compile(self, entry: Entry) -> Pattern:
        entry.choice("property", [entry.text("property")], RELATIONS, "property")
        source, position, out = entry.text("pattern"), 0, []
        classes: dict[str, frozenset[str]] = {}
        while position < len(source.rstrip()):
            match = _SLOT.match(source, position)
            if not match:
                raise entry.refusal(f"cannot read {source[position:]!r}", "pattern")
            out.append(self._slot(entry, match))
            if match[1]:
                classes[match[1]] = frozenset(match[2].split("|"))
            position = match.end()
        entry.choice("alone", [entry.text("alone")], ("a", "b", ""), "slot")
        try:
            regex = re.compile("".join(out))
        except re.error as error:
            raise entry.refusal(f"the pattern is not well formed ({error.msg})", "pattern") from error
        if set(regex.groupindex) != {"a", "b"}:
            raise entry.refusal("the pattern has one slot {a:…} and one slot {b:…}", "pattern")
        return Pattern(
            id=entry.id,
            property=entry.text("property"),
            regex=regex,
            sources=classes["a"],
            targets=classes["b"],
            example=entry.text("example"),
            yields=entry.texts("yields"),
            counter=entry.text("counter"),
            alone=entry.text("alone"),
        )

    def _slot(self, entry: Entry, match: re.Match[str]) -> str:
        slot, classes, kinds, absent, words, gap, operator = match.groups()
        if gap:
            ends = _CODE["comma"] if len(gap) == 3 else ""
            return f"(?:[^{ends}{_CODE['stop']}{_ANY_WORD[1:-1]}]{_ANY_WORD})*?"
        if operator:
            return {"[": "(?:", "]": ")"}.get(operator, operator)
        if words:
            codes = "".join(
                self._words.setdefault(w, chr(_WORD + len(self._words))) for w in words.split("|")
            )
            return f"(?{'<!' if absent else ':'}{_ANY_KIND}[{codes}])"
        choices = (classes or kinds).split("|")
        entry.choice("pattern", choices, tuple(_CODE), "class and no kind of item")
        body = "[" + "".join(_CODE[c] for c in choices) + "]" + _ANY_WORD
        return f"(?P<{slot}>{body})" if slot else f"(?:{body})"

    def find(self, row: Row) -> Iterator[Statement]:
        """Yield the relations of all rows; a slot under ``+`` stands for each of its items."""
        if len(row.references) < 2:
            return
        items, named = row.items, row.classes
        codes = "".join(map(self._code, items))
        for sequence in self.rows:
            if named.isdisjoint(sequence.sources) or named.isdisjoint(sequence.targets):
                continue
            for match in sequence.regex.finditer(codes):
                yield from self._statements(row.sentence, items, sequence, match)

    def _code(self, item: Item) -> str:
        if item.reference is not None:
            return _CODE[item.cls] + _NO_WORD
        return _CODE[item.kind] + self._words.get(item.text, _NO_WORD)

    def _statements(
        self, sentence: Sentence, items: Sequence[Item], sequence: Pattern, match: re.Match[str]
    ) -> Iterator[Statement]:
        if min(match.start("a"), match.start("b")) < 0:
            return  # an optional slot that was not there
        within = items[match.start() // 2 : match.end() // 2]
        body = (match.start("b") - match.start()) // 2
        person = (match.start("a") - match.start()) // 2
        others = any(i.cls == "Person" for i in within[body:person])  # A董事长B、总裁C
        role = (
            _office(sentence, within, person if others else body) if sequence.property == "memberOf" else ""
        )
        ends = {
            slot: [items[at]] if slot == sequence.alone else _listed(items, at)
            for slot, at in (("a", match.start("a") // 2), ("b", match.start("b") // 2))
        }
        if sequence.property == "locatedIn":
            ends["b"] = list(with_wider(items, ends["b"]))
        if _OF_FIRMS.search(role):  # 郑州|粮食批发市场分析师: of somebody there
            ends["b"] = [b for b in ends["b"] if b.cls != "Place" or _REGION.search(b.text)]
        if _OFFICER.search(role):
            ends["b"] = [of for b in ends["b"] if (of := _employer(sentence, items, b))]
        for a in ends["a"]:
            for b in ends["b"]:
                if a.reference is None or b.reference is None or a.reference.key == b.reference.key:
                    continue
                yield statement(
                    sentence,
                    a.reference.key,
                    sequence.property,
                    b.reference.key,
                    f"sequence/{sequence.id}",
                    [(a.start, a.end), (b.start, b.end)],
                    role=role,
                )


def _office(sentence: Sentence, items: Sequence[Item], at: int) -> str:
    """The office that stands nearest to the body or person at an index, with the 副 that the tokens left before it."""
    runs = [list(run) for held, run in groupby(enumerate(items), lambda i: i[1].kind is Kind.OFFICE) if held]
    if not runs:
        return ""
    nearest = min(runs, key=lambda run: min(abs(n - at) for n, _ in run))
    first = nearest[0][1]
    vice = first.text[0] != "副" and sentence.text[first.start - 1] == "副"
    return "副" * vice + "".join(item.text for _, item in nearest)


def _employer(sentence: Sentence, items: Sequence[Item], body: Item) -> Item | None:
    """The body at whose office somebody stands: of 云海集团|亚太区 the company, of 亚太区 alone nobody."""
    if body.cls != "Place" or body.reference is None or not _REGION.search(body.reference.key.name):
        return body
    ahead = [i for i in items if i.cls == "Institution" and i.end <= body.start]
    near = ahead and _ASIDE.fullmatch(sentence.text, ahead[-1].end, body.start)
    return ahead[-1] if near else None


def _listed(items: Sequence[Item], index: int) -> list[Item]:
    """The mention at an index and those that stand in a list with it, of the same class; titles between their marks too."""
    found = [items[index]]
    titles = items[index].cls in _TITLED
    for step in (-1, 1):
        i, links = index + step, 0
        while 0 <= i < len(items):
            item = items[i]
            if item.kind in (Kind.LIST, Kind.CONJUNCTION) and not links:
                links += 1
            elif item.cls == items[index].cls and (links or titles):
                found.append(item)
                links = 0
            elif not (item.kind is Kind.SKIP and item.text in _MARKS):
                break
            i += step
    return found
