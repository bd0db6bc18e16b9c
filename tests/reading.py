"""A document from plain lines, and what the pipeline says of it: for tests of language."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from kg.model import Block, BlockKind, Document, EntityKey, Observation, Reading, Span
from kg.pipeline import Resources, read_document


@cache
def resources() -> Resources:
    """Lexicon and patterns, loaded once for all tests."""
    return Resources.load()


def document(text: str, *, title: str = "", date: str = "") -> Document:
    """One paragraph a line; a line that begins with # is a heading."""
    blocks, lines, position = [], [], 0
    for line in text.split("\n"):
        kind = BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH
        line = line.lstrip("# ")
        blocks.append(Block(kind, Span(position, position + len(line))))
        lines.append(line)
        position += len(line) + 1
    whole = "\n".join(lines)
    return Document(
        "d", whole, sha256(whole.encode()).hexdigest(), title=title, date=date, blocks=tuple(blocks)
    )


def reading(text: str, *, title: str = "", date: str = "") -> Reading:
    """The reading of a text."""
    return read_document(document(text, title=title, date=date), resources())


def names(text: str) -> set[str]:
    """``Class name`` of every mention."""
    return {f"{r.key.cls} {r.mention.name}" for r in reading(text).references}


def relations(text: str) -> set[str]:
    """``subject predicate object`` of every relation."""
    return {
        f"{s.subject.name} {s.predicate} {s.object.name}"
        for s in reading(text).statements
        if isinstance(s.object, EntityKey)
    }


def facts(text: str, *, date: str = "") -> set[str]:
    """``subject predicate value [unit] [@time]`` of every fact."""
    found = set()
    for s in reading(text, date=date).statements:
        if isinstance(s.object, Observation):
            time = f" @{s.object.time}" if s.object.time else ""
            found.add(
                f"{s.subject.name} {s.object.value.normalize():f} {s.object.unit}{time}".replace("  ", " ")
            )
        elif not isinstance(s.object, EntityKey):
            value = s.object if isinstance(s.object, str) else f"{s.object.normalize():f}"
            found.add(f"{s.subject.name} {s.predicate} {value}")
    return found
