"""A user's folder of words (``--lexicon DIR``): do its patterns do what their examples say?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.extract.frames import Frame
from kg.extract.patterns import entries
from kg.extract.sequences import Pattern
from kg.lexicon import TABLES
from kg.model import Block, BlockKind, Document, EntityKey, Span
from kg.pipeline import Resources, read_document
from kg.tables import PATTERNS, own_files


@dataclass(frozen=True)
class Proof:
    """What the examples of a pattern gave: of ``yields`` what is missing, of the counter-example what is too much."""

    rule: str
    missing: tuple[str, ...]
    given: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether both examples came out as the row says."""
        return not self.missing and not self.wrong


def prove(own: Path) -> tuple[Proof, ...]:
    """Read the examples of the folder's patterns with all words and patterns; raises UsageError, DataError."""
    resources = Resources.load(own)
    patterns: Iterable[tuple[str, Frame | Pattern]] = [
        *(("frame", frame) for frame in resources.extractor.frames),
        *(("sequence", sequence) for sequence in resources.extractor.sequences.rows),
    ]
    rules = set(_rules(own))
    return tuple(
        _proof(rule, pattern, resources)
        for kind, pattern in patterns
        if (rule := f"{kind}/{pattern.id}") in rules
    )


def words(own: Path, proofs: Iterable[Proof]) -> str:
    """Return in Chinese what the folder holds and what its patterns did."""
    names = "、".join(path.relative_to(own).as_posix() for path in own_files(own, TABLES))
    return "\n".join([f"{own}：{names or '空'}，各行均可用", *map(_said, proofs)])


def _rules(own: Path) -> Iterator[str]:
    for name in PATTERNS:
        if (path := own / name).is_file():
            kind = name.removesuffix("s.toml")
            yield from (f"{kind}/{entry.id}" for entry in entries(path, kind))


def _proof(rule: str, pattern: Frame | Pattern, resources: Resources) -> Proof:
    given = _relations(pattern.example, resources)
    return Proof(
        rule,
        tuple(said for said in pattern.yields if said not in given),
        given,
        tuple(said for said in _relations(pattern.counter, resources) if f" {pattern.property} " in said),
    )


def _relations(text: str, resources: Resources) -> tuple[str, ...]:
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
    document = Document("example", text, sha256(text.encode()).hexdigest(), blocks=blocks)
    found = (
        f"{s.subject.name} {s.predicate} {s.object.name}"
        for s in read_document(document, resources).statements
        if isinstance(s.object, EntityKey)
    )
    return tuple(dict.fromkeys(found))


def _said(proof: Proof) -> str:
    if proof.good:
        return f"  {proof.rule}：样例、反例都如所写"
    parts = []
    if proof.missing:
        given = "；".join(proof.given) or "什么也没有"
        parts.append(f"样例没有得出 {'；'.join(proof.missing)}（得出的是：{given}）")
    if proof.wrong:
        parts.append(f"反例却得出 {'；'.join(proof.wrong)}")
    return f"  {proof.rule}：{'，'.join(parts)}"
