"""Which entities, statements and figures were added, removed or changed between two graphs, in words.

Things are compared by what they say and not by their IRIs alone: an entity that got another name or class is
changed, and so is a figure of which only the value is another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg import folder
from kg.diff.side import (
    PREFIXES,
    SAID,
    TYPE,
    Said,
    Side,
    figure_of,
    joined,
    label,
    name_of,
    named,
    numeral,
    short,
    shown,
    values,
)
from kg.model import RELATIONS, SYMMETRIC
from kg.rdf import DCTERMS, KGO, PROV, RDF, SKOS, BlankNode, Triple, ground, read_file
from kg.results import cell

KINDS: Final = ("entity", "relation", "fact", "figure", "statement", "document", "triple")
CHANGES: Final = ("removed", "added", "changed")


class Change(NamedTuple):
    """One difference; ``before`` and ``after`` are values as text, ``words`` the whole of it in Chinese."""

    change: str
    kind: str
    subject: str
    predicate: str
    before: str
    after: str
    words: str


@dataclass(frozen=True)
class Difference:
    """The changes in words, and the triples that lead from one graph to the other."""

    changes: tuple[Change, ...]
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    @property
    def blank(self) -> bool:
        """Whether a blank node is among the triples, which no update can name."""
        return any(
            isinstance(term, BlankNode)
            for triple in (*self.removed, *self.added)
            for term in (triple.subject, triple.object)
        )


def compare(one: Path, other: Path, *, evidence: bool = False) -> Difference:
    """Compare two folders of ``kg build``, or RDF files; ``evidence`` looks at that of the folders too.

    Raises FormatError for a file that is no RDF, UsageError for one that is not there.
    """
    before, after = (frozenset(ground(_triples(path, evidence))) for path in (one, other))
    return difference(before, after)


def difference(before: frozenset[Triple], after: frozenset[Triple]) -> Difference:
    """Compare two graphs."""
    old, new = Side(before), Side(after)
    old.rename(_renamed(old, new))
    found = [
        *_entities(old, new),
        *_statements(old, new),
        *_figures(old, new),
        *_evidence(old, new),
        *_documents(old, new),
        *_others(old, new),
    ]
    found.sort(key=lambda c: (KINDS.index(c.kind), CHANGES.index(c.change), c.words, c))
    return Difference(
        tuple(found), tuple(sorted(before - after, key=str)), tuple(sorted(after - before, key=str))
    )


def _triples(target: Path, evidence: bool) -> Iterator[Triple]:
    files = folder.turtle_files(target)
    for path in files if evidence else files[:1]:
        yield from read_file(path)


def _renamed(old: Side, new: Side) -> dict[str, str]:
    """Entities whose IRI is gone and who stand on the other side with another name or class.

    Of the same class they share a name that is a preferred one on either side; of another class they have
    the same preferred name. Two that could be meant are none.
    """
    gone = {iri: said for iri, said in old.of("entity").items() if iri not in new.said}
    come = {iri: said for iri, said in new.of("entity").items() if iri not in old.said}
    by_name: dict[str, set[str]] = defaultdict(set)
    for iri, said in come.items():
        for name in _names(said):
            by_name[name].add(iri)
    pairs = {
        (a, b)
        for a, said in gone.items()
        for name in _names(said)
        for b in by_name.get(name, ())
        if _same(said, come[b], name)
    }
    gone_often, come_often = (Counter(ends) for ends in zip(*pairs, strict=True)) if pairs else ({}, {})
    return {a: b for a, b in sorted(pairs) if gone_often[a] == come_often[b] == 1}


def _same(one: Said, other: Said, name: str) -> bool:
    preferred = [name in values(said, f"{SKOS}prefLabel") for said in (one, other)]
    return any(preferred) if values(one, TYPE) == values(other, TYPE) else all(preferred)


def _names(said: Said) -> tuple[str, ...]:
    return values(said, f"{SKOS}prefLabel") + values(said, f"{SKOS}altLabel")


def _entities(old: Side, new: Side) -> Iterator[Change]:
    before = {old.now(iri): said for iri, said in old.of("entity").items()}
    after = new.of("entity")
    for iri in before.keys() - after.keys():
        yield Change("removed", "entity", iri, "", short(iri), "", _entity(old, iri))
    for iri in after.keys() - before.keys():
        yield Change("added", "entity", iri, "", "", short(iri), _entity(new, iri))
    for iri in before.keys() & after.keys():
        for name in (before[iri].keys() | after[iri].keys()) - SAID:
            was, now = (shown(said[iri], name) for said in (before, after))
            if was != now:
                words = f"{new.called(iri)}：{named(name)} {was or '无'} → {now or '无'}"
                yield Change("changed", "entity", iri, name, was, now, words)


def _entity(side: Side, iri: str) -> str:
    classes = "、".join(label(name.removeprefix(KGO)) for name in values(side.said[iri], TYPE))
    return f"{side.called(iri)}（{classes}）"


_Triple = tuple[str, str, str]


def _statements(old: Side, new: Side) -> Iterator[Change]:
    """Relations and facts; where one value gave way to one other, the fact has changed."""
    was, now = (
        {
            (subject, p, value)
            for subject, p, value in (_told(side, triple) for triple in side.triples)
            if p in SAID
        }
        for side in (old, new)
    )

    def relation(said: _Triple) -> bool:
        return said[1].removeprefix(KGO) in RELATIONS

    def words(side: Side, said: _Triple) -> str:
        subject, predicate, value = said
        name = label(predicate.removeprefix(KGO))
        if relation(said):
            return f"{side.called(subject)} —{name}→ {side.called(value)}"
        return f"{side.called(subject)}：{name} {_amount(predicate, value)}"

    for said in filter(relation, was - now):
        yield Change("removed", "relation", said[0], said[1], said[2], "", words(old, _back(old, said)))
    for said in filter(relation, now - was):
        yield Change("added", "relation", said[0], said[1], "", said[2], words(new, said))
    facts = [{said for said in some if not relation(said)} for some in (was - now, now - was)]
    for gone, come in _paired(*facts, key=lambda said: said[:2]):
        either = gone or come
        assert either is not None
        told = words(new, come) if come else words(old, _back(old, either))
        if gone and come:
            told = f"{words(new, gone)} → {_amount(come[1], come[2])}"
        yield Change(
            _change(gone, come),
            "fact",
            either[0],
            either[1],
            gone[2] if gone else "",
            come[2] if come else "",
            told,
        )


def _told(side: Side, triple: Triple) -> _Triple:
    """A triple with the names of the other side; the two ends of a symmetric relation in one order."""
    subject = side.now(name_of(triple))
    value = side.now(str(getattr(triple.object, "value", triple.object)))
    if triple.predicate.value.removeprefix(KGO) in SYMMETRIC:
        subject, value = min(subject, value), max(subject, value)
    return subject, triple.predicate.value, value


def _back(side: Side, said: _Triple) -> _Triple:
    """With the names of this side again."""
    return side.was(said[0]), said[1], side.was(said[2])


def _amount(predicate: str, value: str) -> str:
    return f"{numeral(value)}元" if predicate == f"{KGO}amount" else value


def _change(gone: object, come: object) -> str:
    return "changed" if gone and come else "removed" if gone else "added"


def _paired(
    gone: Iterable[Any], come: Iterable[Any], *, key: Callable[[Any], Hashable]
) -> Iterator[tuple[Any | None, Any | None]]:
    """Pair what went with what came where each is the only one of its key; the rest stays alone."""
    groups: dict[Hashable, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for place, items in enumerate((gone, come)):
        for item in sorted(items):
            groups[key(item)][place].append(item)
    for lost, found in groups.values():
        if len(lost) == len(found) == 1:
            yield lost[0], found[0]
        else:
            yield from ((item, None) for item in lost)
            yield from ((None, item) for item in found)


def _figures(old: Side, new: Side) -> Iterator[Change]:
    was, now = ({figure_of(s, said) for said in s.of("Observation").values()} for s in (old, new))
    predicate = f"{KGO}observationOf"
    for gone, come in _paired(was - now, now - was, key=lambda figure: figure[:3]):
        either = come or gone
        assert either is not None
        name = new.called(either.of) if either.of in new.said else old.called(either.of)
        before, after = (figure.words if figure else "" for figure in (gone, come))
        words = f"{name}：{either.label} {' → '.join(filter(None, (before, after)))}"
        yield Change(_change(gone, come), "figure", either.of, predicate, before, after, words)


def _evidence(old: Side, new: Side) -> Iterator[Change]:
    """Statements that both sides make, on other grounds."""
    was, now = (dict(_grounds(side)) for side in (old, new))
    for said in was.keys() & now.keys():
        before, after = was[said], now[said]
        parts = [
            f"{name} {one or '无'} → {other or '无'}"
            for name, one, other in zip(_GROUNDS, before, after, strict=True)
            if one != other
        ]
        if parts:
            subject, predicate, value = said
            end = (
                _figure_words(new, subject)
                if predicate == f"{KGO}observationOf"
                else f"{new.called(subject)} —{label(predicate.removeprefix(KGO))}→ {new.called(value) if value in new.said else value}"
            )
            yield Change(
                "changed",
                "statement",
                subject,
                predicate,
                " ".join(before),
                " ".join(after),
                f"{end}：{'；'.join(parts)}",
            )


_GROUNDS: Final = ("置信度", "状态", "规则", "职务", "句子")


def _grounds(side: Side) -> Iterator[tuple[_Triple, tuple[str, ...]]]:
    for said in side.of("Statement").values():
        subject, predicate, value = (joined(said, RDF + name) for name in ("subject", "predicate", "object"))
        sentences = values(said, f"{PROV}wasDerivedFrom")
        texts = (joined(side.said.get(sentence, {}), f"{KGO}text") for sentence in sentences)
        told = (
            joined(said, f"{KGO}confidence"),
            shown(said, f"{KGO}status"),
            joined(said, f"{KGO}rule"),
            joined(said, f"{KGO}role"),
            "｜".join(sorted(texts)),
        )
        yield (side.now(subject), predicate, side.now(value)), told


def _figure_words(side: Side, iri: str) -> str:
    figure = figure_of(side, side.said.get(iri, {}))
    return f"{side.called(figure.of)}：{figure.label} {figure.words}"


def _documents(old: Side, new: Side) -> Iterator[Change]:
    was, now = (
        {joined(said, f"{DCTERMS}identifier"): (iri, said) for iri, said in side.of("Document").items()}
        for side in (old, new)
    )
    for id in was.keys() | now.keys():
        (old_iri, before), (new_iri, after) = was.get(id, ("", {})), now.get(id, ("", {}))
        if not before or not after:
            change = "removed" if before else "added"
            yield Change(change, "document", new_iri or old_iri, "", old_iri, new_iri, id)
            continue
        for name in before.keys() | after.keys():
            one, other = joined(before, name), joined(after, name)
            if one != other:
                words = f"{id}：{named(name)} {one or '无'} → {other or '无'}"
                yield Change("changed", "document", new_iri, name, one, other, words)


def _others(old: Side, new: Side) -> Iterator[Change]:
    """Triples of subjects that our vocabulary does not know."""
    for change, side, other in (("removed", old, new), ("added", new, old)):
        for triple in side.triples - other.triples:
            subject = name_of(triple)
            if side.kinds[subject] != "triple" or other.kinds.get(subject, "triple") != "triple":
                continue
            if triple.predicate.value in SAID:
                continue
            value = cell(triple.object, PREFIXES)
            words = f"{short(subject)} {cell(triple.predicate, PREFIXES)} {value}"
            ends = (value, "") if change == "removed" else ("", value)
            yield Change(change, "triple", subject, triple.predicate.value, *ends, words)
