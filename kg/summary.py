"""What a build came to: the counts of report.json, and the same in words."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NamedTuple

import kg
from kg.folder import GENERATOR, text_file
from kg.model import CLASSES, FACTS, RELATIONS, BlockKind, Graph, Sentence, Severity
from kg.ontology import Ontology

#: Libraries whose version may change an output.
_LIBRARIES: Final = (
    "ahocorasick-rs",
    "networkx",
    "pyoxigraph",
    "pyvis",
    "rjieba",
    "shacl",
    "trafilatura",
)
#: How many bad inputs and warnings the words name before they point at report.json.
_NAMED: Final = 5


class Counts(NamedTuple):
    """How many there are of each kind."""

    entities: Mapping[str, int]
    statements: Mapping[str, int]
    planned: int
    left_out: Mapping[str, int]


def report(
    counts: Counts,
    documents: list[dict[str, Any]],
    problems: list[dict[str, str]],
    *,
    base: str,
    unread: Iterable[tuple[str, str]] = (),
    reused: Iterable[str] = (),
) -> dict[str, Any]:
    """Return what report.json says; nothing in it comes from a clock.

    ``documents`` are rows of ``document_row``.
    """
    less = counts.left_out
    return {
        "generator": GENERATOR,
        "base": base,
        "versions": versions(),
        "counts": {
            "entities": _present(CLASSES, counts.entities),
            "relations": _present(RELATIONS, counts.statements),
            "facts": _present(FACTS, counts.statements),
            "planned": counts.planned,
            "sentences": sum(row["sentences"] for row in documents),
            "silent": sum(row["silent"] for row in documents),
            "leftOut": sum(less.values()),
        },
        "leftOut": _present((*RELATIONS, *FACTS), less),
        "documents": documents,
        "problems": problems,
        "unread": [{"path": path, "why": why} for path, why in unread],
        "reused": list(reused),
    }


def _present(names: Iterable[str], numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: numbers[name] for name in names if numbers.get(name)}


def document_row(graph: Graph) -> dict[str, Any]:
    """What report.json says of the one document of a graph."""
    (document,) = graph.documents
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "sha256": document.sha256,
        "textFile": text_file(document.id),
        "sentences": len(graph.sentences),
        "silent": len(silent_sentences(graph)),
        "warnings": list(document.warnings),
    }


def counts(graph: Graph) -> Counts:
    """Count what a graph holds."""
    return Counts(
        Counter(entity.key.cls for entity in graph.entities),
        Counter(statement.predicate for statement in graph.statements),
        len(graph.planned),
        {},
    )


def silent_sentences(graph: Graph) -> tuple[Sentence, ...]:
    """Return the sentences, headings and captions aside, that are evidence of nothing."""
    speaking = {(e.document, e.span) for s in (*graph.statements, *graph.rejected) for e in s.evidence}
    prose = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    return tuple(s for s in graph.sentences if s.kind in prose and (s.document, s.span) not in speaking)


def versions() -> dict[str, str]:
    """Return the versions of policykg, Python and the libraries behind the outputs."""
    found = {"policykg": kg.__version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def outcome(report: Mapping[str, Any]) -> dict[str, int]:
    """Return what a build came to in a few numbers; none of a build that read nothing."""
    if not report:
        return {}
    numbers = report["counts"]
    return {
        "documents": len(report["documents"]),
        "reused": len(report["reused"]),
        "entities": sum(numbers["entities"].values()),
        "relations": sum(numbers["relations"].values()),
        "facts": sum(numbers["facts"].values()),
        "problems": len(report["problems"]),
        "unread": len(report["unread"]),
    }


def words(report: Mapping[str, Any], out: str, more: Iterable[str] = ()) -> str:
    """Return the summary that ends a build, a few lines of Chinese; ``more`` is what others say of it."""
    lines = [counted(report, out), _findings(report["problems"]), *more, *_warnings(report["documents"])]
    if report["unread"]:
        lines.append(f"未能读取 {len(report['unread'])} 个输入（见上，亦见 report.json）")
    return "\n".join([*lines, *_next_steps(out)])


def counted(report: Mapping[str, Any], out: str = "") -> str:
    """Return the counts of a report in words."""
    numbers = report["counts"]
    documents, reused = len(report["documents"]), len(report["reused"])
    lines = [
        f"{out}：" * bool(out) + f"{documents} 篇文本" + f"（沿用上次结果 {reused} 篇）" * bool(reused),
        _tally("实体", numbers["entities"]),
        _tally("关系", numbers["relations"]),
        _tally("数据", numbers["facts"]),
        f"句子 {numbers['sentences']}，其中 {numbers['silent']} 句没有抽出关系或数据",
    ]
    if numbers["planned"]:
        lines.append(f"规划中、尚未建成的实体 {numbers['planned']}")
    if numbers["leftOut"]:
        lines.append(_tally("低于 --min-confidence 而未收录的陈述", report["leftOut"]))
    return "\n".join(lines)


def label(name: str) -> str:
    """Return the Chinese name of a class, a relation or a kind of fact.

    >>> label("Fund"), label("observation")
    ('基金', '观测值')
    """
    # A figure is a node of its own in RDF, so that its class names it.
    return Ontology.load().property_label("Observation" if name == "observation" else name)


def _tally(title: str, numbers: Mapping[str, int]) -> str:
    parts = sorted(numbers.items(), key=lambda item: -item[1])
    listed = "　".join(f"{label(name)} {count}" for name, count in parts)
    return f"{title} {sum(numbers.values())}" + (f"：{listed}" if listed else "")


def _findings(problems: Iterable[Mapping[str, str]]) -> str:
    severities = Counter(p["severity"] for p in problems)
    if not severities:
        return "检查：没有发现问题"
    bad, odd = severities[Severity.VIOLATION], severities[Severity.WARNING]
    return f"检查：违规 {bad}，提醒 {odd}（见 report.json）"


def _warnings(documents: Iterable[Mapping[str, Any]]) -> list[str]:
    found = [f"注意：{d['id']}：{warning}" for d in documents for warning in d["warnings"]]
    more = [f"另有 {len(found) - _NAMED} 条提示，见 report.json"] if len(found) > _NAMED else []
    return found[:_NAMED] + more


def _next_steps(out: str) -> list[str]:
    return [
        f"接着看：用浏览器打开 {out}/graph.html（kg view {out}）",
        f"　　　　kg query {out} --list　　kg explain {out} 名称　　kg report {out}",
    ]
