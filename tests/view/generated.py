"""A graph of any size about invented bodies, for what only large graphs show."""

from __future__ import annotations

import hashlib
import random

from kg.model import (
    CLASSES,
    BlockKind,
    Document,
    Entity,
    EntityKey,
    Evidence,
    Graph,
    Mention,
    Reference,
    Sentence,
    Span,
    Statement,
    Status,
)

SYLLABLES = "云川江州临溪丹霞墨数谷智算光电新材科创海岳青松明德远航启元星河瑞华"
TAILS = dict(
    zip(CLASSES, ("规划", "基金", "工程", "大会", "园区", "平台", "研究院", "模型", "县", ""), strict=True)
)
LINES = 100


def generated(size: int, *, seed: int = 1) -> Graph:
    """``size`` entities, nearly as many relations, 100 sentences a document."""
    pick = random.Random(seed)
    keys = [
        EntityKey(cls, "".join(pick.choices(SYLLABLES, k=4)) + TAILS[cls], str(i))
        for i, cls in enumerate(pick.choices(CLASSES, weights=(10, 6, 10, 7, 6, 9, 30, 6, 8, 8), k=size))
    ]
    texts: dict[str, list[str]] = {}
    statements, references, sentences = [], [], []
    for nth, subject in enumerate(keys[1:]):
        whole = keys[int(nth * pick.random() ** 2.6)]
        document = f"d{nth // LINES:04}"
        lines = texts.setdefault(document, [])
        start = sum(len(line) + 1 for line in lines)
        lines.append(f"近日，{subject.name}成为{whole.name}的组成部分。")
        span = Span(start, start + len(lines[-1]))
        sentences.append(
            Sentence(document, len(lines) - 1, span, lines[-1], len(lines) - 1, BlockKind.PARAGRAPH)
        )
        a = Span(start + 3, start + 3 + len(subject.name))
        b = Span(a.end + 2, a.end + 2 + len(whole.name))
        status = Status.PLANNED if pick.random() < 0.1 else Status.ASSERTED
        evidence = Evidence(document, span, "test", 0.8, marks=(a, b), status=status)
        statements.append(Statement(subject, "partOf", whole, (evidence,)))
        for named, key in ((a, subject), (b, whole)):
            mention = Mention(named, key.name, key.cls, key.name, len(lines) - 1, "test")
            references.append((document, Reference(mention, key)))
    return Graph(
        documents=tuple(_document(id_, "\n".join(lines)) for id_, lines in sorted(texts.items())),
        sentences=tuple(sentences),
        entities=tuple(Entity(key) for key in sorted(keys)),
        references=tuple(references),
        statements=tuple(sorted(statements, key=lambda s: (s.subject, s.predicate, str(s.object)))),
    )


def _document(id_: str, text: str) -> Document:
    return Document(
        id_, text, hashlib.sha256(text.encode()).hexdigest(), title=f"第{id_[1:]}号文件", date="2024-05"
    )
