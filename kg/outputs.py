"""The files of a build, written by scans of the ledger: what they hold is never in memory at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kg import folder
from kg.assemble import assemble
from kg.export.iri import iri
from kg.ledger import EVIDENCE_FILE, GRAPH_FILE, Ledger
from kg.model import CLASSES, EntityKey, Graph, Reading, Severity, Statement
from kg.part import Form, heading
from kg.replay import Rulings
from kg.summary import Counts

#: The page holds so many entities at most, and so many bytes of text: beyond, the most linked ones.
SHOWN: Final = 50_000
SHOWN_TEXT: Final = 6_000_000

_PLANNED: Final = "\n    kgo:status kgo:planned "


def write_graph(ledger: Ledger, path: Path, form: Form) -> Counts:
    """Write graph.ttl, or graph.nt when the form is lines; return what it holds."""
    entities: Counter[str] = Counter()
    planned = 0
    classes = {f"{form.base}id/{name.lower()}/": name for name in CLASSES}
    ends = {len(start) for start in classes}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if not form.lines:
            file.write(heading(form.base, ledger.prefixes(GRAPH_FILE)))
        for subject, text in ledger.blocks(GRAPH_FILE):
            file.write(text)
            entities.update(classes[subject[:end]] for end in ends if subject[:end] in classes)
            planned += _PLANNED in text
    return Counts(entities, ledger.statements(), planned, ledger.left_out())


def write_evidence(ledger: Ledger, path: Path, form: Form) -> None:
    """Write evidence.ttl."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(heading(form.base, ledger.prefixes(EVIDENCE_FILE)))
        file.writelines(text for _, text in ledger.blocks(EVIDENCE_FILE))


def write_texts(
    documents: Iterable[Mapping[str, Any]], text_of: Callable[[str], str], place: Path, out: Path
) -> None:
    """Write the texts that do not stand in ``out`` already as they should."""
    for row in documents:
        name = folder.text_file(row["id"])
        if _holds(out / name, row["sha256"]):
            continue
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text_of(row["id"]).encode("utf-8"))


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def in_order(problems: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Findings in the order of report.json, each once: violations first."""
    once = {tuple(sorted(problem.items())): problem for problem in problems}
    return sorted(
        once.values(), key=lambda p: (p["severity"] == Severity.WARNING, p["focus"], p["shape"], p["en"])
    )


def shown(
    ledger: Ledger,
    counts: Counts,
    text_size: int,
    readings: Callable[[set[str] | None], Iterator[Reading]],
    rulings: Rulings,
    form: Form,
) -> Graph:
    """The graph of the page: all, or of a large corpus the most linked entities and what is said between them.

    ``readings`` gives those of some documents, or of all.
    """
    if sum(counts.entities.values()) <= SHOWN and text_size <= SHOWN_TEXT:
        return assemble(readings(None), min_confidence=form.min_confidence, rulings=rulings)
    chosen = ledger.most_linked(SHOWN)
    wanted = ledger.documents_of(chosen)

    def known(key: object) -> bool:
        return not isinstance(key, EntityKey) or iri(key, form.base) in chosen

    def about(statement: Statement) -> bool:
        return known(statement.subject) and known(statement.object)

    narrowed = (_narrowed(rulings.apply(reading), known, about) for reading in readings(wanted))
    rest = replace(rulings, names={}, verdicts={})
    return assemble(narrowed, min_confidence=form.min_confidence, rulings=rest)


def _narrowed(
    reading: Reading, known: Callable[[object], bool], about: Callable[[Statement], bool]
) -> Reading:
    return replace(
        reading,
        sentences=(),
        references=(),
        entities=tuple(entity for entity in reading.entities if known(entity.key)),
        statements=tuple(statement for statement in reading.statements if about(statement)),
    )
