"""The decisions of a project: the file beside the outputs of a build, or one that is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg import folder
from kg.errors import KgError, UsageError
from kg.export.iri import BASE
from kg.model import Decision
from kg.replay.decisions import disputes, order
from kg.review.account import conflict_row, digest, sentence, short
from kg.review.file import FILE, read, write
from kg.review.merge import Merged, merge

#: Characters of an id that take a decision back.
LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Project:
    """Where decisions are kept, and what the last build says of them."""

    path: Path
    report: Mapping[str, Any]
    out: Path | None = None

    @classmethod
    def at(cls, out: Path | None, decisions: Path | None = None) -> Project:
        """Find the project: the folder of a build, or the file alone."""
        if out is None and decisions is None:
            raise UsageError("kg review：请给出 kg build 的输出文件夹，或用 --decisions FILE 指明评审文件")
        report = (folder.read_report(out) if out is not None else None) or {}
        path = decisions or (out or Path()) / FILE
        if not report and not path.exists() and decisions is None:
            raise UsageError(f"{out}：这里没有 kg build 的结果；请先 kg build INPUT --out {out}")
        return cls(path, report, out)

    @property
    def base(self) -> str:
        """The base of the build, else that of the file, else ours."""
        if self.report:
            return str(self.report.get("base", BASE))
        return read(self.path).base if self.path.exists() else BASE

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions; raises InputError for a file that is broken."""
        return read(self.path, base=self.base).decisions if self.path.exists() else ()

    def apply(self, files: Sequence[Path], signed: str = "") -> Merged:
        """Add the decisions of files; nothing is written when one of them is refused.

        What another ``kg review`` writes meanwhile is not lost: then it is done once more.
        """
        if not self.report and not self.path.exists():
            (base,) = {read(f).base for f in files[:1]}
        else:
            base = self.base
        given = {path: read(path, base=base, signed=signed).decisions for path in files}
        while True:
            before = self._content()
            kept = read(self.path, base=base).decisions if before is not None else ()
            merged = merge(kept, given)
            if self._content() == before:
                write(self.path, merged.decisions, base)
                return merged

    def _content(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    def forget(self, ids: Sequence[str] = (), reviewer: str | None = None) -> tuple[Decision, ...]:
        """Take decisions back, by the beginning of their ids or all of a reviewer; return them."""
        all_ = self.decisions()
        gone = {d for d in all_ if reviewer is not None and d.reviewer == reviewer}
        for id in ids:
            meant = [d for d in all_ if len(id) >= LEAST and short(d, self.base).startswith(id)]
            if len(meant) != 1:
                what = "没有这条评审" if not meant else f"有 {len(meant)} 条评审以它开头"
                raise KgError(f"{id}：{what}；kg review list 列出各条的编号")
            gone.update(meant)
        if not gone:
            raise KgError(f"{self.path}：没有{reviewer or '未署名者'}的评审")
        write(self.path, (d for d in all_ if d not in gone), self.base)
        return tuple(sorted(gone, key=order))

    def status(self) -> Status:
        """Return how the decisions fare."""
        all_ = self.decisions()
        built = self.report.get("review") or {}
        fresh = bool(built) and built.get("digest") == digest(all_, self.base)
        open_ = [c for c in self.report.get("conflicts") or () if c["kind"] != "alias"] if fresh else None
        return Status(
            all_,
            fresh,
            dict(built),
            [conflict_row(c, self.base) for c in disputes(all_)] if open_ is None else open_,
        )


class Status(NamedTuple):
    """``fresh`` tells whether the last build knew these decisions; ``built`` is its account."""

    decisions: tuple[Decision, ...]
    fresh: bool
    built: dict[str, Any]
    conflicts: list[dict[str, Any]]


def reviewers(decisions: Iterable[Decision]) -> dict[str, int]:
    """Return how many decisions each reviewer made."""
    found: dict[str, int] = {}
    for decision in decisions:
        found[decision.reviewer] = found.get(decision.reviewer, 0) + 1
    return dict(sorted(found.items()))


def listed(decisions: Iterable[Decision], base: str) -> list[str]:
    """Return a line for each decision, its id first."""
    return [f"{short(d, base)}  {sentence(d)}" for d in decisions]


def named(counts: Mapping[str, int]) -> str:
    """Return reviewers and their numbers in words.

    >>> named({"": 2, "甲": 3})
    '未署名 2，甲 3'
    """
    return "，".join(f"{name or '未署名'} {count}" for name, count in counts.items())


def status_words(status: Status, path: Path, out: str) -> str:
    """Return the status as lines of Chinese."""
    built = status.built
    lines = [f"{path}：评审 {len(status.decisions)} 条（{named(reviewers(status.decisions)) or '无'}）"]
    if not built:
        lines.append("还没有构建过；kg build 时生效")
    elif not status.fresh:
        lines.append(f"上次构建之后评审有变动，尚未生效；请重新 kg build … --out {out}")
    else:
        lines.append(
            f"上次构建采用 {built['applied']} 条：陈述确认 {built['confirmed']}、否决 {built['rejected']}"
        )
        lines += _section(
            "所指内容已换了名称或类别，仍已采用", [f"{r['id']}  {r['zh']}" for r in built["moved"]]
        )
        lines += _section("未找到所指内容", [f"{r['id']}  {r['zh']}" for r in built["lost"]])
    lines += _section("评审人不一致，未采用", [c["zh"] for c in status.conflicts])
    return "\n".join(lines)


def _section(title: str, rows: Sequence[str]) -> list[str]:
    return [f"\n{title}：{len(rows)}", *(f"  {row}" for row in rows)] if rows else []
