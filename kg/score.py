"""Compare graphs with gold annotations: precision, recall, and why each error is one.

The rules are those of the annotation guidelines: names are compared without quote marks, spaces and
widths; relations and facts follow names, so that a wrong class is paid for once; optional items count
for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from kg import claims
from kg.causes import NO_WORDS, Cause, Trace, Why, Words, words_of
from kg.gold import Claim, Gold, Link, Named, load, normal, ordered
from kg.model import EntityKey, Graph, Statement

KINDS: Final = ("entities", "names", "relations", "facts")


@dataclass(slots=True)
class Tally:
    """Right, false and missed items."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.right += other.right
        self.false += other.false
        self.missed += other.missed
        return self

    @property
    def precision(self) -> float:
        """Share of what we said that is right."""
        return self.right / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that we said."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Fault(NamedTuple):
    """One error: missed, false or double; of which class or property; why; its sentence, rule and document."""

    sort: str
    kind: str
    label: str
    text: str
    why: Why
    document: str
    rule: str = ""

    @property
    def cause(self) -> Cause:
        """Why it is an error, in two words."""
        return self.why.cause


@dataclass(slots=True)
class Score:
    """The tallies of one or more documents by kind, by class or property, by rule, and the faults."""

    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    labels: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    rules: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    faults: list[Fault] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        for kind, tally in other.kinds.items():
            self.kinds[kind] += tally
        for label, tally in other.labels.items():
            self.labels[label] += tally
        for rule, tally in other.rules.items():
            self.rules[rule] += tally
        self.faults += other.faults
        return self

    def right(self, kind: str, label: str) -> None:
        """Count an item of the gold that was found."""
        self.kinds[kind].right += 1
        self.labels[kind, label].right += 1

    def fault(self, fault: Fault) -> None:
        """Count an error."""
        for tally in (self.kinds[fault.kind], self.labels[fault.kind, fault.label]):
            if fault.sort == "missed":
                tally.missed += 1
            else:
                tally.false += 1
        self.faults.append(fault)


def read_and_score(files: Iterable[Path], lexicon: Path | None = None) -> Iterator[tuple[Gold, Score]]:
    """Build the text of each gold file in memory and score it; ``lexicon`` is a user's folder of words."""
    from kg.pipeline import Resources, assemble, read_document
    from kg.read import Source, read

    resources = Resources.load(lexicon)
    words = words_of(resources)
    for path in files:
        gold = load(path)
        document = read(Source(gold.text_path, gold.text_path.stem))
        yield gold, score(gold, assemble([read_document(document, resources)]), words)


def score(gold: Gold, graph: Graph, words: Words = NO_WORDS) -> Score:
    """Score the graph of one document; ``words`` are those of the run, to tell causes by."""
    return _Comparison(gold, graph, Trace(graph, words)).score


class _Comparison:
    """Matches the entities of a graph with those of the gold, then what is said of them."""

    def __init__(self, gold: Gold, graph: Graph, trace: Trace) -> None:
        self.score = Score()
        self.gold = gold
        self.trace = trace
        self.names = claims.names(graph, gold)
        self.by_name: dict[str, list[Named]] = defaultdict(list)
        for named in gold.entities.values():
            for name in named.names:
                self.by_name[normal(name)].append(named)
        self.compare_entities()
        mapping, _, doubles = self.match(by_class=False)
        self.ids = mapping
        self.doubles = {key for key in doubles if not gold.entities[mapping[key]].optional}
        self.compare("relations", gold.relations, claims.relations(graph))
        self.compare("facts", gold.facts, claims.facts(graph))

    def match(self, *, by_class: bool) -> tuple[dict[EntityKey, str], set[str], set[EntityKey]]:
        """Map our entities to ids of the gold; a second match of one id is a double."""
        mapping: dict[EntityKey, str] = {}
        taken: set[str] = set()
        doubles: set[EntityKey] = set()
        for key in sorted(self.names, key=lambda key: (-self.rank(key), _iri(key))):
            names = self.names[key]
            fits = [n for name in sorted(names) for n in self.by_name.get(name, ())]
            fits = [n for n in fits if not by_class or n.cls == key.cls]
            if not fits:
                continue
            best = min(fits, key=lambda n: (n.id in taken, n.optional, normal(n.name) not in names))
            mapping[key] = best.id
            (doubles.add(key) if best.id in taken else taken.add(best.id))
        return mapping, taken, doubles

    def rank(self, key: EntityKey) -> int:
        """2 when it bears the first name of a gold entity, 1 another of its names, else 0."""
        names = self.names[key]
        fits = [n for name in names for n in self.by_name.get(name, ())]
        return max((2 if normal(n.name) in names else 1 for n in fits), default=0)

    def compare_entities(self) -> None:
        for kind in ("names", "entities"):
            mapping, taken, doubles = self.match(by_class=kind == "entities")
            for named in self.gold.entities.values():
                if named.optional:
                    continue
                if named.id in taken:
                    self.score.right(kind, named.cls)
                else:
                    self.fault("missed", kind, named.cls, named.name, self.missed_name(named))
            for key in self.names:
                if key not in mapping:
                    self.fault("false", kind, key.cls, key.name, self.false_name(key))
                elif key in doubles and not self.gold.entities[mapping[key]].optional:
                    why = Why(
                        Cause.LINK, f"= {self.gold.entities[mapping[key]].name}", self.trace.mentioning(key)
                    )
                    self.fault("double", kind, key.cls, key.name, why)
        self.score.faults = [f for f in self.score.faults if f.kind != "names"]

    def fault(self, sort: str, kind: str, label: str, text: str, why: Why, rule: str = "") -> None:
        self.score.fault(Fault(sort, kind, label, text, why, self.gold.path.stem, rule))

    def missed_name(self, named: Named) -> Why:
        """Why an entity of the gold is none of ours."""
        sentence = self.trace.naming(named.names)
        ours = {name: key for key, names in self.names.items() for name in names}
        wanted = [normal(name) for name in named.names]
        if same := next((ours[name] for name in wanted if name in ours), None):
            cause = Cause.CLASS if same.cls != named.cls else Cause.LINK
            return Why(cause, f"{same.name} as {same.cls}", sentence)
        strange = [name for name in sorted(ours) if name not in self.by_name]
        if near := next((ours[o] for o in strange for w in wanted if _overlap(o, w)), None):
            return Why(Cause.BOUNDARY, near.name, sentence)
        return Why(Cause.NAME, self.trace.head(named.names), sentence)

    def false_name(self, key: EntityKey) -> Why:
        """Why an entity of ours is none of the gold."""
        names, sentence = self.names[key], self.trace.mentioning(key)
        if same := next((n for name in sorted(names) for n in self.by_name.get(name, ())), None):
            return Why(Cause.CLASS, f"{same.name} is {same.cls}", sentence)
        found = {name for others in self.names.values() for name in others}
        gold = sorted(
            self.by_name, key=lambda name: (name in found, name)
        )  # those that we miss before others
        if near := next((g for g in gold for o in sorted(names) if _overlap(g, o)), None):
            return Why(Cause.BOUNDARY, self.by_name[near][0].name, sentence)
        return Why(Cause.INVENTED, "", sentence)

    def compare(self, kind: str, wanted: Mapping[Link, Claim], said: Mapping[Link, Statement]) -> None:
        found: dict[Link, list[Statement]] = defaultdict(list)
        false: dict[Link, Statement] = {}
        for link, statement in said.items():
            keys = [part for part in link if isinstance(part, EntityKey)]
            if any(key in self.doubles for key in keys):
                continue
            ours = self.told(link)
            if ours in wanted:
                found[ours].append(statement)
            elif ours not in false and not self.excused(kind, [self.ids.get(key) for key in keys]):
                false[ours] = statement
        missed = {link: c for link, c in wanted.items() if link not in found and not c.optional}
        for link, claim in wanted.items():
            if link in found and not claim.optional:
                self.score.right(kind, claim.label)
                self.score.rules[_surest(*found[link])].right += 1
        for link, statement in false.items():
            self.score.rules[_surest(statement)].false += 1
            why = self.false_claim(link, statement, missed)
            self.fault("false", kind, link[0], self.shown(link), why, statement.evidence[0].rule)
        for link, claim in missed.items():
            self.fault("missed", kind, claim.label, self.shown(link), self.missed_claim(link, claim, false))

    def excused(self, kind: str, ids: Sequence[str | None]) -> bool:
        """Whether a claim that the gold has not counts for nothing: about an optional thing or itself."""
        optional = any(i is not None and self.gold.entities[i].optional for i in ids)
        return optional or (kind == "relations" and ids[0] is not None and ids[0] == ids[1])

    def told(self, link: Link) -> Link:
        return ordered(tuple(self.ids.get(p, p) if isinstance(p, EntityKey) else p for p in link))

    def missed_claim(self, link: Link, claim: Claim, false: Mapping[Link, Statement]) -> Why:
        """Why a claim of the gold was not said; an end that is unknown is the first cause of all."""
        sentences = self.trace.quoted(claim.evidence)
        shown = " ".join(s.text for s in sentences) or claim.evidence
        ends = [self.gold.entities[part] for part in link if part in self.gold.entities]
        ours = [frozenset(key for key, id in self.ids.items() if id == end.id) for end in ends]
        for end, keys in zip(ends, ours, strict=True):
            if not keys:
                why = self.missed_name(end)
                return why._replace(detail=f"{end.name}: {why.detail}", sentence=shown)
        places = {s.span for s in sentences}
        near = [o for o, s in false.items() if not places or any(e.span in places for e in s.evidence)]
        if differs := self.difference(link, near):
            return differs._replace(sentence=shown)
        if len(ends) < 2:
            return Why(Cause.FIGURE, "", shown)
        return self.trace.missed(link[0], list(zip(ends, ours, strict=True)), sentences)._replace(
            sentence=shown
        )

    def false_claim(self, link: Link, statement: Statement, missed: Mapping[Link, Claim]) -> Why:
        """Why we said a claim that the gold has not."""
        shown = " ".join(s.text for s in self.trace.proofs(statement))
        strange = next((p for p in link if isinstance(p, EntityKey)), None)
        if strange is not None:
            return self.false_name(strange)._replace(detail=strange.name, sentence=shown)
        return (self.difference(link, list(missed)) or Why(Cause.UNSAID))._replace(sentence=shown)

    def difference(self, link: Link, others: Sequence[Link]) -> Why | None:
        """What nearly the same claim of the other side differs in; of a relation, which end is another."""
        label, subject, target = link
        if same := next((o for o in others if o[0] != label and set(o[1:]) == {subject, target}), None):
            return Why(Cause.PROPERTY, str(same[0]))
        if near := next((o for o in others if o[0] == label and o[2] == target), None):
            return Why(Cause.SUBJECT, self.name(near[1]))
        if near := next((o for o in others if o[0] == label and o[1] == subject), None):
            relation = target in self.gold.entities or isinstance(target, EntityKey)
            return Why(Cause.OBJECT if relation else Cause.VALUE, self.name(near[2]))
        return None

    def shown(self, link: Link) -> str:
        label, subject, target = link
        return f"{self.name(subject)} {label} {self.name(target)}"

    def name(self, part: object) -> str:
        if isinstance(part, EntityKey):
            return part.name
        named = self.gold.entities.get(part) if isinstance(part, str) else None
        return named.name if named else str(part)


def _surest(*statements: Statement) -> str:
    """The rule that gives statements of one claim their confidence."""
    return min((e for s in statements for e in s.evidence), key=lambda e: (-e.confidence, e.rule)).rule


def _iri(key: EntityKey) -> str:
    from kg.export.iri import iri

    return iri(key)


def _overlap(one: str, other: str) -> bool:
    """Whether one name ends in the other, or holds it and is not more than twice as long (云川省 and 云川省…平台)."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and (long.endswith(short) or (short in long and 2 * len(short) >= len(long)))
