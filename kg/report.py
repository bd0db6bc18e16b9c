"""What deserves a second look in a build: doubtful statements, sentences that should have said something, names without a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from kg import doubles, folder, kept, query, summary
from kg.confidence import Band, confidences
from kg.errors import UsageError
from kg.lexicon import load
from kg.model import Reading
from kg.unplaced import Leftovers, Sort

_SILENT: Final = """
SELECT ?document ?start ?end ?text ?names WHERE {
  { SELECT ?q (COUNT(DISTINCT ?e) AS ?count) (GROUP_CONCAT(DISTINCT ?label; separator="、") AS ?names)
    WHERE { ?m kgo:inSentence ?q ; kgo:mentionOf ?e . ?e skos:prefLabel ?label } GROUP BY ?q }
  FILTER(?count > 1)
  FILTER NOT EXISTS { ?statement prov:wasDerivedFrom ?q }
  ?q kgo:text ?text ; kgo:start ?start ; kgo:end ?end ; kgo:inDocument/dcterms:identifier ?document .
} ORDER BY ?document ?start
"""
_SEEN: Final = {Sort.HEADS: "词尾未收", Sort.QUOTED: "引号、书名号", Sort.SHORT: "短词"}

_Row = Mapping[str, str]


def words(out: Path, limit: int = 20, lexicon: Path | None = None) -> str:
    """Return the report on a folder of ``kg build`` as lines of Chinese, at most ``limit`` of each kind.

    ``lexicon`` is the folder of own words that the build was given.
    """
    report = folder.read_report(out)
    if report is None:
        raise UsageError(f"{out}: no build is there; make one with kg build INPUT --out {out}")
    likely = confidences()[Band.LIKELY]
    doubtful = _rows(out, "doubtful", below=str(likely))
    silent = _rows(out, _SILENT)
    parts = [
        summary.counted(report),
        *_section("检查的发现", [f"{p['zh']}  <{p['focus']}>" for p in report["problems"]], limit),
        *_section("未能读取", [u["why"] for u in report["unread"]], limit),
        *_section(f"{Band.DOUBTFUL.zh}的陈述（置信度低于 {likely}）", map(_doubtful, doubtful), limit),
        *_names_section(out, report, limit),
        *_section("提到两个以上实体、却没有抽出关系或数据的句子", map(_silent, silent), limit),
    ]
    try:
        parts += _section("见到而没有归类的名称", _names(kept.readings(out), lexicon), limit)
    except UsageError:
        parts.append(f"\n没有归类的名称无从列出：{folder.CACHE} 已不在，重新构建即可")
    return "\n".join(parts)


def _names_section(out: Path, report: Mapping[str, Any], limit: int) -> list[str]:
    """What was joined under one name and what was not, and what nobody may guess."""
    clusters = [
        f"{one.name}（{summary.label(one.cls)}）：别名 {one.aliases}，见于 {one.documents} 篇"
        for one in doubles.clusters(out, limit)
    ]
    merges = [f"{m.name} ← {m.other}：{m.why}" for m in doubles.doubtful(out, report)]
    pairs = [
        f"{p.one} / {p.other}（{'、'.join(map(summary.label, p.cls.split('/')))}）：{p.why}"
        for p in doubles.apart(out)
    ]
    namesakes = [
        f"{name}（{summary.label(cls)}）：{m.other}"
        for m in doubles.namesakes(out, report)
        for name, _, cls in [m.name.partition("\t")]
    ]
    lost = (report.get("review") or {}).get("lost") or ()
    return [
        *_section("别名或文本最多的实体", clusters, limit),
        *_section("存疑的合并", merges, limit),
        *_section("相近而未合并的名称（审阅页上可定为同一个或不是同一个）", pairs, limit),
        *_section("同名而归属不同，未合并", namesakes, limit),
        *_section("不一致或有歧义，未采用", [c["zh"] for c in report.get("conflicts") or ()], limit),
        *_section("未找到所指内容的评审", [row["zh"] for row in lost], limit),
    ]


def _names(readings: Iterable[Reading], lexicon: Path | None) -> list[str]:
    """What stands where names stand and got no class: the most frequent first, each with its first sentence."""
    leftovers = Leftovers(load(lexicon))
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for reading in readings:
        for unplaced in leftovers.find(reading):
            if unplaced.sort in _SEEN:
                name = (unplaced.name, _SEEN[unplaced.sort])
                counts[name] += 1
                place = f"{reading.document.id}:{unplaced.span.start}-{unplaced.span.end}"
                first.setdefault(name, f"{place}\n      {_flat(reading.sentences[unplaced.sentence].text)}")
    ranked = sorted(counts, key=lambda name: -counts[name])
    return [f"{name}（{kind}）{counts[name, kind]} 次  {first[name, kind]}" for name, kind in ranked]


def _rows(out: Path, question: str, **params: str) -> list[_Row]:
    result = query.run(out, question, params=params)
    return [
        dict(zip(result.variables, (getattr(t, "value", "") for t in r), strict=True)) for r in result.rows
    ]


def _section(title: str, items: Iterable[str], limit: int) -> list[str]:
    listed = list(items)
    if not listed:
        return []
    more = [f"  …另有 {len(listed) - limit} 条（--limit 可增）"] if len(listed) > limit else []
    return [f"\n{title}：{len(listed)}", *(f"  {item}" for item in listed[:limit]), *more]


def _doubtful(row: _Row) -> str:
    said = f"{row['subject']} —{row['relation']}→ {row['object']}"
    return f"{row['confidence']}  {said}  [{row['rule']}]\n      {_flat(row['sentence'])}"


def _silent(row: _Row) -> str:
    return f"{row['document']}:{row['start']}-{row['end']}  {row['names']}\n      {_flat(row['text'])}"


def _flat(text: str) -> str:
    return " ".join(text.split())
