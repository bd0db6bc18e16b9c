"""What reviewers found: how often rules, classes and relations are right, and how far reviewers agree.

Precision counts statements, each once, where its reviewers agree on right or wrong; the interval is Wilson's at 95 %
(kg/confidence.py). What was reviewed is no random sample unless the reviewer took one. Agreement is Cohen's kappa
(J. Cohen, A coefficient of agreement for nominal scales, 1960) of each pair over the statements that both judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kg import query
from kg.confidence import Measured
from kg.model import Decision, Verdict
from kg.replay.decisions import ON_STATEMENTS, issue
from kg.summary import label

_REVIEWED = """
SELECT ?s ?property ?class ?rule ?verdict WHERE {
  ?s kgo:review/kgo:verdict ?verdict ; rdf:predicate ?property ; rdf:subject ?a ; rdf:object ?b ; kgo:rule ?rule .
  BIND(IF(?property = kgo:observationOf, ?b, ?a) AS ?e)
  ?e a ?class . FILTER(?class != kgo:Entity)
} ORDER BY ?s ?rule ?verdict
"""


class Agreement(NamedTuple):
    """Two reviewers: statements that both judged, alike, and kappa (None when they judged none together)."""

    one: str
    other: str
    both: int
    same: int
    kappa: float | None


class Stats(NamedTuple):
    """Precision as a whole, by rule, class and relation; statements on which nobody agrees; agreement in pairs."""

    all: Measured
    rules: dict[str, Measured]
    classes: dict[str, Measured]
    relations: dict[str, Measured]
    unsettled: int
    agreement: list[Agreement]


def stats(out: Path, decisions: Iterable[Decision]) -> Stats:
    """Count over the last build in ``out`` and the decisions that are kept."""
    verdicts: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in query.run(out, _REVIEWED).rows:
        statement, property_, cls, rule, verdict = (getattr(term, "value", "") for term in row)
        verdicts[statement].add(verdict)
        rows[statement]["relation"].add(_local(property_))
        rows[statement]["class"].add(_local(cls))
        rows[statement]["rule"].add(rule)
    judged = {s: v == {Verdict.RIGHT} for s, v in verdicts.items() if v in ({Verdict.RIGHT}, {Verdict.WRONG})}

    def by(kind: str) -> dict[str, Measured]:
        found: dict[str, Measured] = defaultdict(Measured)
        for statement, right in judged.items():
            for name in rows[statement][kind]:
                found[name] += Measured(int(right), 1)
        return dict(sorted(found.items(), key=lambda item: (-item[1].judged, item[0])))

    return Stats(
        Measured(sum(judged.values()), len(judged)),
        by("rule"),
        by("class"),
        by("relation"),
        len(verdicts) - len(judged),
        agreements(decisions),
    )


def _local(name: str) -> str:
    local = name.rpartition("#")[2]
    return "observation" if local == "observationOf" else local


def agreements(decisions: Iterable[Decision]) -> list[Agreement]:
    """Return the agreement of each two reviewers on statements."""
    said: dict[str, dict[tuple[object, ...], Verdict]] = defaultdict(dict)
    for decision in decisions:
        if decision.verdict in ON_STATEMENTS:
            said[decision.reviewer][issue(decision)] = decision.verdict
    return [_agreement(one, other, said[one], said[other]) for one, other in combinations(sorted(said), 2)]


def _agreement(
    one: str,
    other: str,
    mine: Mapping[tuple[object, ...], Verdict],
    theirs: Mapping[tuple[object, ...], Verdict],
) -> Agreement:
    pairs = [(mine[about], theirs[about]) for about in mine.keys() & theirs.keys()]
    both, same = len(pairs), sum(a == b for a, b in pairs)
    if not both:
        return Agreement(one, other, 0, 0, None)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[v] * second[v] for v in ON_STATEMENTS) / both**2
    return Agreement(one, other, both, same, 1.0 if chance == 1 else (same / both - chance) / (1 - chance))


def numbers(found: Stats) -> dict[str, Any]:
    """Return the statistics as JSON values."""

    def row(one: Measured) -> dict[str, Any]:
        low, high = one.interval
        return {
            "right": one.right,
            "judged": one.judged,
            "precision": round(one.precision, 4),
            "interval": [round(low, 4), round(high, 4)],
        }

    def table(counts: Mapping[str, Measured]) -> dict[str, Any]:
        return {name: row(one) for name, one in counts.items()}

    return {
        "all": row(found.all),
        "rules": table(found.rules),
        "classes": table(found.classes),
        "relations": table(found.relations),
        "unsettled": found.unsettled,
        "agreement": [
            pair._asdict() | {"kappa": None if pair.kappa is None else round(pair.kappa, 4)}
            for pair in found.agreement
        ],
    }


def words(found: Stats) -> str:
    """Return the statistics as lines of Chinese."""
    lines = [f"评审过的陈述：{_measured(found.all)}；存疑或不一致 {found.unsettled}"]
    for title, counts, name in (
        ("按规则", found.rules, str),
        ("按主体类别", found.classes, label),
        ("按关系与数据", found.relations, label),
    ):
        if counts:
            lines += ["", title, *(f"  {name(key)}  {_measured(one)}" for key, one in counts.items())]
    if found.agreement:
        lines += ["", "评审人之间（科恩 κ）", *map(_pair, found.agreement)]
    return "\n".join(lines)


def _measured(one: Measured) -> str:
    if not one.judged:
        return "0 条"
    low, high = one.interval
    return f"{one.judged} 条，正确 {one.right}，正确率 {one.precision:.3f}（95% 区间 {low:.3f}–{high:.3f}）"


def _pair(pair: Agreement) -> str:
    names = f"{pair.one or '未署名'} 与 {pair.other or '未署名'}"
    if pair.kappa is None:
        return f"  {names}：没有共同评审的陈述"
    return f"  {names}：共同 {pair.both}，一致 {pair.same}，κ {pair.kappa:.2f}"
