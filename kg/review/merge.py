"""Several reviewers' decisions in one: a reviewer's newer word replaces the older, two reviewers stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kg.errors import InputError
from kg.model import Decision
from kg.replay.decisions import issue, order, stance, words

_Mine = tuple[str, tuple[object, ...]]


class Merged(NamedTuple):
    """The decisions together, and how many were added, changed, there already, or older than what was there."""

    decisions: tuple[Decision, ...]
    added: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0


def merge(kept: Iterable[Decision], files: Mapping[Path, Iterable[Decision]]) -> Merged:
    """Add the decisions of files to those that a project keeps; the order of the files does not matter.

    Of two of one reviewer on one thing the newer by date stands; on the same day the file stands before the project.
    Raises InputError where the files contradict each other on one day in one name.
    """
    new: dict[_Mine, tuple[Decision, Path]] = {}
    for path in sorted(files):
        for decision in files[path]:
            mine = (decision.reviewer, issue(decision))
            other = new.get(mine)
            if other is None or decision.date > other[0].date:
                new[mine] = (decision, path)
            elif decision.date == other[0].date:
                new[mine] = (_of_one_day(other[0], decision, path), path)
    held = {(d.reviewer, issue(d)): d for d in sorted(kept, key=order)}
    added = changed = same = older = 0
    for mine, (decision, _) in new.items():
        before = held.get(mine)
        if before is None:
            added += 1
        elif _alike(before, decision):
            same += 1
            continue
        elif decision.date < before.date:
            older += 1
            continue
        else:
            changed += 1
        held[mine] = decision
    return Merged(tuple(sorted(held.values(), key=order)), added, changed, same, older)


def _of_one_day(one: Decision, other: Decision, path: Path) -> Decision:
    if stance(one) != stance(other):
        who = one.reviewer or "未署名者"
        about = one.said or one.subject.name
        raise InputError(
            path,
            f"{who}在同一天（{one.date or '未注日期'}）对“{about}”既说{words(one)}又说{words(other)}",
            "请删去其中一条，或各自署名",
        )
    return max(one, other, key=order)


def _alike(one: Decision, other: Decision) -> bool:
    return replace(one, said="", statement="") == replace(other, said="", statement="")
