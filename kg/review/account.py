"""How decisions fared in a build: rows of report.json, and the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from kg.export.iri import decision_iri, iri
from kg.model import Conflict, Decision, EntityKey, Observation, Verdict
from kg.replay import Rulings
from kg.replay.decisions import ON_STATEMENTS, order, words
from kg.review.file import text_file
from kg.review.rows import row_of
from kg.summary import label

#: How many lost decisions and conflicts the summary of a build names.
_NAMED: Final = 3


def account(rulings: Rulings, decisions: Sequence[Decision], base: str) -> dict[str, Any]:
    """Return what report.json says of decisions and of names that stay open; nothing of them comes from a clock."""
    agreed = Counter(
        reviews[0].verdict
        for reviews in rulings.verdicts.values()
        if len({review.verdict for review in reviews}) == 1
    )
    replay = rulings.replay
    return {
        "review": {
            "decisions": len(decisions),
            "digest": digest(decisions, base),
            "applied": len(replay.applied),
            "confirmed": agreed[Verdict.RIGHT],
            "rejected": agreed[Verdict.WRONG],
            "replaced": len(rulings.identities.replaced),
            "moved": [_row(d, base) for d in replay.moved],
            "lost": [_row(d, base) for d in replay.lost],
        },
        "learned": [
            {"name": old.name, "cls": old.cls, "into": new.name} for old, new in rulings.identities.learned
        ],
        "conflicts": [conflict_row(conflict, base) for conflict in rulings.conflicts],
    }


def digest(decisions: Iterable[Decision], base: str) -> str:
    """Return what tells whether a build was made with these decisions."""
    return sha256(text_file(decisions, base).encode("utf-8")).hexdigest()


def short(decision: Decision, base: str) -> str:
    """Return the short name of a decision, by which it can be taken back."""
    about = decision.statement or iri(decision.subject, base)
    return decision_iri(about, decision, base).rpartition("/")[2][:10]


def sentence(decision: Decision) -> str:
    """Return a decision in words: what it is about, what it says, who and when."""
    signed = "，".join(part for part in (decision.reviewer or "未署名", decision.date) if part)
    about = decision.said if decision.verdict in ON_STATEMENTS else ""
    reason = f"：{decision.reason}" if decision.reason else ""
    return f"{about or _about(decision)} → {words(decision)}（{signed}）{reason}"


def _about(decision: Decision) -> str:
    if decision.verdict not in ON_STATEMENTS:
        return f"{decision.subject.name}（{label(decision.subject.cls)}）"
    target = decision.object
    if isinstance(target, EntityKey):
        told = target.name
    elif isinstance(target, Observation):
        told = f"{target.label} {target.value:f}{target.unit}"
    else:
        told = str(target)
    return f"{decision.subject.name} {label(decision.predicate)} {told}"


def _row(decision: Decision, base: str) -> dict[str, Any]:
    return {"id": short(decision, base), "zh": sentence(decision)} | row_of(decision, base)


def conflict_row(conflict: Conflict, base: str) -> dict[str, Any]:
    """Return a conflict as it stands in report.json."""
    return {
        "kind": conflict.kind,
        "zh": conflict.zh,
        "about": [iri(key, base) for key in conflict.keys],
        "decisions": [short(d, base) for d in sorted(conflict.decisions, key=order)],
    }


def lines(report: Mapping[str, Any], out: str) -> list[str]:
    """Return what the summary of a build says of decisions and conflicts; nothing when there are none."""
    review, conflicts = report.get("review") or {}, report.get("conflicts") or []
    told = []
    if review.get("decisions"):
        moved = f"，其中 {len(review['moved'])} 条的内容已换了名称或类别" if review["moved"] else ""
        told.append(
            f"评审 {review['decisions']} 条：采用 {review['applied']}{moved}；"
            f"陈述确认 {review['confirmed']}、否决 {review['rejected']}"
        )
    if review.get("lost"):
        told.append(f"评审未找到所指内容 {len(review['lost'])} 条（kg review status {out}）：")
        told += [f"  {row['zh']}" for row in review["lost"][:_NAMED]]
    if conflicts:
        told.append(f"不一致或有歧义、未采用 {len(conflicts)} 处（kg report {out}）：")
        told += [f"  {row['zh']}" for row in conflicts[:_NAMED]]
    return told
