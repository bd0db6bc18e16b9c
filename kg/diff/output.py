"""A difference as a table, as rows for programs, and as a patch that SPARQL Update runs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from kg.diff.compare import CHANGES, KINDS, Change, Difference
from kg.errors import UsageError
from kg.export.turtle import turtle, used
from kg.rdf import NAMESPACES, Triple
from kg.results import aligned, printable

_ZH: Final = {"removed": "删去", "added": "新增", "changed": "改动"}
_KIND_ZH: Final = dict(zip(KINDS, ("实体", "关系", "事实", "数值", "出处", "文档", "三元组"), strict=True))


def render(difference: Difference, fmt: str = "table", *, graph: str = "") -> str:
    """Write a difference as ``table`` (in words), ``csv``, ``tsv``, ``json`` or ``patch``, of a named graph if asked."""
    if fmt == "patch":
        return patch(difference, graph)
    write = _FORMATS.get(fmt)
    if write is None:
        raise UsageError(f"no format {fmt!r}; there are {', '.join((*_FORMATS, 'patch'))}")
    return write(difference)


def patch(difference: Difference, graph: str = "") -> str:
    """The SPARQL Update that makes the one graph the other; empty when they are the same.

    Raises UsageError when a blank node would have to be named.
    """
    if difference.blank:
        raise UsageError(
            "the difference holds blank nodes, which SPARQL Update cannot name; give them IRIs first"
        )
    if not difference:
        return ""
    # Names stand in full: Oxigraph 0.5 reads prefixed ones beyond U+FFFF (𠮷, 😀) in Turtle, but not in SPARQL.
    prefixes = used((*difference.removed, *difference.added), NAMESPACES)
    lines = [f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items()]
    steps = [
        "".join(_step(verb, triples, prefixes, graph))
        for verb, triples in (("DELETE", difference.removed), ("INSERT", difference.added))
        if triples
    ]
    return "".join(lines) + "\n" + ";\n\n".join(steps)


def _step(verb: str, triples: Iterable[Triple], prefixes: Mapping[str, str], graph: str) -> Iterator[str]:
    yield f"{verb} DATA {{"
    yield f" GRAPH <{graph}> {{" if graph else ""
    yield from (block for block in turtle(triples, prefixes) if not block.startswith("@prefix"))
    yield "}" if graph else ""
    yield "}\n"


def _table(difference: Difference) -> str:
    if not difference:
        return "没有不同\n"
    head = ["变化", "类别", "内容"]
    rows = [[_ZH[c.change], _KIND_ZH[c.kind], printable(c.words)] for c in difference.changes]
    counted = Counter(change.change for change in difference.changes)
    told = "　".join(f"{_ZH[name]} {counted[name]}" for name in CHANGES if counted[name])
    triples = f"三元组 −{len(difference.removed)} +{len(difference.added)}"
    body = aligned([head, *rows], [False] * 3) + "\n\n" if rows else ""
    return f"{body}{'　'.join(filter(None, (told, triples)))}\n"


def _separated(delimiter: str) -> Callable[[Difference], str]:
    def write(difference: Difference) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(Change._fields)
        writer.writerows(difference.changes)
        return out.getvalue()

    return write


def _json(difference: Difference) -> str:
    told = {
        "changes": [change._asdict() for change in difference.changes],
        "triples": {"removed": len(difference.removed), "added": len(difference.added)},
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


_FORMATS: Final[Mapping[str, Callable[[Difference], str]]] = {
    "table": _table,
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
}
