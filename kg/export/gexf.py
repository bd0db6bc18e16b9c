"""GEXF 1.3, Gephi's own format, with the times of the entities for its time line.

The schema is that of the GEXF working group (gexf.net, 1.3). networkx writes GEXF too, but with the day of
writing, a ``name`` that the schema does not know, and without times.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

#: Attribute → its type in GEXF, for nodes and for edges.
_NODE: Final = {
    "class": "string",
    "aliases": "string",
    "status": "string",
    "amount": "double",
    "date": "string",
}
_EDGE: Final = {"relation": "string", "status": "string", "confidence": "double", "evidence": "integer"}


def first_day(date: str) -> str:
    """The first day of a year, a month or a day.

    >>> first_day("2024"), first_day("2024-02"), first_day("")
    ('2024-01-01', '2024-02-01', '')
    """
    return date + "-01-01"[3 * (date.count("-")) :] if date else ""


def last_day(date: str) -> str:
    """The last day of a year, a month or a day.

    >>> last_day("2024"), last_day("2024-02"), last_day("2024-02-03")
    ('2024-12-31', '2024-02-29', '2024-02-03')
    """
    if date.count("-") == 1:
        year, month = map(int, date.split("-"))
        return f"{date}-{monthrange(year, month)[1]:02}"
    return date + "-12-31" if date.isdigit() else date


def write_gexf(
    nodes: Iterable[Mapping[str, str]], edges: Iterable[Mapping[str, str]], path: Path, *, described: str
) -> None:
    """Write nodes (with ``start`` and ``end`` where they have a time) and edges."""
    nodes, edges = list(nodes), list(edges)
    timed = any(node["start"] or node["end"] for node in nodes)
    time = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if timed else ' mode="static"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f" <meta><creator>policykg</creator><description>{described}</description></meta>",
        f' <graph defaultedgetype="directed" idtype="string"{time}>',
        *_columns("node", _NODE),
        *_columns("edge", _EDGE),
        f'  <nodes count="{len(nodes)}">',
        *(_node(node) for node in nodes),
        "  </nodes>",
        f'  <edges count="{len(edges)}">',
        *(_edge(number, edge) for number, edge in enumerate(edges)),
        "  </edges>",
        " </graph>",
        "</gexf>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _columns(kind: str, columns: Mapping[str, str]) -> Iterable[str]:
    yield f'  <attributes class="{kind}" mode="static">'
    for name, type_ in columns.items():
        yield f'   <attribute id="{name}" title="{name}" type="{type_}"/>'
    yield "  </attributes>"


def _node(node: Mapping[str, str]) -> str:
    times = "".join(f" {name}={_quoted(node[name])}" for name in ("start", "end") if node[name])
    label = _quoted(" ".join(node["label"].split()))
    return f"   <node id={_quoted(node['id'])} label={label}{times}>{_values(node, _NODE)}</node>"


def _edge(number: int, edge: Mapping[str, str]) -> str:
    ends = f"source={_quoted(edge['source'])} target={_quoted(edge['target'])}"
    kind = f'label={_quoted(edge["relation"])} weight="{edge["evidence"]}.0"'
    return f'   <edge id="{number}" {ends} {kind}>{_values(edge, _EDGE)}</edge>'


def _values(row: Mapping[str, str], columns: Mapping[str, str]) -> str:
    said = "".join(f'<attvalue for="{name}" value={_quoted(row[name])}/>' for name in columns if row[name])
    return f"<attvalues>{said}</attvalues>" if said else ""


def _quoted(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
