"""What the rules see in a corpus and cannot place, ranked by how often: the lexicon grows from this.

    inputs ─read→ Document* ─pipeline→ Reading* ─unplaced→ counts ─rank→ Finding*

One document is in memory at a time; of each kind at most ``KEPT`` words are counted, and when there are more the rarest
go first and are owned up to.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import InputError, UsageError
from kg.model import Document, Reading
from kg.pipeline import Resources, read_document
from kg.read import discover, read_all
from kg.unplaced import Leftovers, Sort, Unplaced
from kg.work import Wishes

#: Words of one kind that are counted at a time: the 13 million characters of the development corpus have 14,000.
KEPT: Final = 50_000
EXAMPLES: Final = 3
FORMATS: Final = ("table", "tsv", "json")

_AROUND: Final = 36
_NAMES: Final = 200
_TITLES: Final = {
    Sort.HEADS: "词尾：出现在名称位置上、而词表没有的末词（suffixes.tsv）",
    Sort.VERBS: "动词：连着实体、而触发词表没有的动词（triggers.tsv）",
    Sort.FRAMES: "触发词：两边都是实体，而没有得出陈述（frames.toml、sequences.toml）",
    Sort.QUOTED: "引号、书名号中的名称：没有归类（suffixes.tsv、title_heads.tsv、names/）",
    Sort.SHORT: "短词：像简称或品牌的生词（names/）",
}


class Example(NamedTuple):
    """Where a word stands, with the words around it; it stands between 【】."""

    document: str
    start: int
    end: int
    text: str


class Finding(NamedTuple):
    """A word that has no place, how often, in how many documents and different names, how it stands, examples."""

    sort: Sort
    key: str
    documents: int
    occurrences: int
    names: int
    how: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]

    @property
    def weight(self) -> int:
        """What it is ranked by: documents, and for a head that ends fewer different names their number."""
        return min(self.documents, self.names) if self.sort is Sort.HEADS else self.documents


@dataclass(slots=True)
class _Count:
    """What is counted of one word."""

    documents: int = 0
    occurrences: int = 0
    last: int = 0
    names: set[str] = field(default_factory=set)
    how: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)

    def add(self, unplaced: Unplaced, reading: Reading, number: int, examples: int) -> None:
        """Count one occurrence in the document of a number; examples come from different documents."""
        self.occurrences += 1
        self.how[unplaced.how] += 1
        if len(self.names) < _NAMES:
            self.names.add(unplaced.name)
        if self.last != number:
            self.last = number
            self.documents += 1
            if len(self.examples) < examples:
                self.examples.append(_example(unplaced, reading))


class Mine:
    """Counts what readings leave over."""

    def __init__(
        self,
        leftovers: Leftovers,
        sorts: Iterable[Sort] = Sort,
        *,
        examples: int = EXAMPLES,
        without: Collection[str] = (),
    ) -> None:
        self._leftovers = leftovers
        self._without = without
        self._examples = examples
        self._counts: dict[Sort, dict[str, _Count]] = {sort: {} for sort in sorts}
        self.documents = 0
        self.dropped: Counter[Sort] = Counter()

    def add(self, reading: Reading) -> None:
        """Count what one reading leaves over."""
        self.documents += 1
        for unplaced in self._leftovers.find(reading):
            counts = self._counts.get(unplaced.sort)
            if counts is not None and unplaced.key not in self._without:
                count = counts.setdefault(unplaced.key, _Count())
                count.add(unplaced, reading, self.documents, self._examples)
        for sort, counts in self._counts.items():
            self.dropped[sort] += _prune(counts)

    def notes(self) -> Iterator[str]:
        """One sentence for each kind of which words were dropped."""
        for sort, count in self.dropped.items():
            if count:
                yield f"{sort}: {count} rare words were dropped, since {KEPT} are counted at a time"

    def findings(self, top: int) -> list[Finding]:
        """The most frequent words of each kind."""
        return [f for sort, counts in self._counts.items() for f in _ranked(sort, counts)[:top]]


def validate(format: str, kinds: Iterable[str]) -> None:
    """Raise UsageError for a format or a kind that is none."""
    if format not in FORMATS:
        raise UsageError(f"--format {format}: choose from {', '.join(FORMATS)}")
    for kind in kinds:
        if kind not in list(Sort):
            raise UsageError(f"--kind {kind}: choose from {', '.join(Sort)}")


def looked_at(path: Path) -> frozenset[str]:
    """Read words, one a line, or lines that ``render`` wrote as tsv; raises InputError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, "cannot be read as UTF-8 text", "give a file of words, one a line") from error
    rows = [line.split("\t") for line in lines]
    return frozenset(row[1] if len(row) > 1 and row[0] in list(Sort) else row[0] for row in rows)


def mine(
    inputs: Sequence[str | Path],
    resources: Resources,
    *,
    kinds: Iterable[str] = (),
    wishes: Wishes | None = None,
    limit: int | None = None,
    examples: int = EXAMPLES,
    without: Collection[str] = (),
    on_error: Callable[[InputError], None] | None = None,
    track: Callable[[Iterable[Document]], Iterable[Document]] = lambda documents: documents,
) -> Mine:
    """Read and understand the documents of files and folders and count what is left over.

    ``kinds`` are values of Sort, none for all; ``limit`` is how many documents of each file are read; ``without`` are
    words to pass over. What cannot be read goes to ``on_error``; raises InputError without it.
    """
    sorts = map(Sort, kinds or Sort)
    found = Mine(Leftovers(resources.lexicon), sorts, examples=examples, without=without)
    for document in track(_documents(inputs, wishes or Wishes(), limit, on_error)):
        found.add(read_document(document, resources))
    return found


def _documents(
    inputs: Sequence[str | Path],
    wishes: Wishes,
    limit: int | None,
    on_error: Callable[[InputError], None] | None,
) -> Iterator[Document]:
    for source in discover(list(_existing(inputs, on_error))):
        try:
            documents = read_all(
                source, encoding=wishes.encoding, text_column=wishes.text_column, on_error=on_error
            )
            yield from islice(documents, limit)
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)


def _existing(
    inputs: Sequence[str | Path], on_error: Callable[[InputError], None] | None
) -> Iterator[str | Path]:
    """The inputs that are there; the others go to ``on_error``."""
    for given in inputs:
        try:
            discover([given])
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield given


def _prune(counts: dict[str, _Count]) -> int:
    """Drop the words of the fewest documents when there are too many; return how many went."""
    before, fewest = len(counts), 1
    while len(counts) > KEPT:
        for key in [key for key, count in counts.items() if count.documents <= fewest]:
            del counts[key]
        fewest += 1
    return before - len(counts)


def _ranked(sort: Sort, counts: Mapping[str, _Count]) -> list[Finding]:
    findings = [
        Finding(sort, key, c.documents, c.occurrences, len(c.names), tuple(_common(c.how)), tuple(c.examples))
        for key, c in counts.items()
    ]
    return sorted(findings, key=lambda f: (-f.weight, -f.documents, -f.occurrences, f.key))


def _common(how: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    yield from sorted(how.items(), key=lambda item: (-item[1], item[0]))[:4]


def _example(unplaced: Unplaced, reading: Reading) -> Example:
    text, (start, end) = reading.document.text, unplaced.span
    sentence = reading.sentences[unplaced.sentence].span
    before = text[max(sentence.start, start - _AROUND) : start]
    behind = text[end : min(sentence.end, end + _AROUND)]
    shown = " ".join(f"{before}【{text[start:end]}】{behind}".split())
    return Example(reading.document.id, start, end, shown)


def render(found: Mine, format: str, top: int) -> str:
    """Return the findings as a table for people, or as tsv or json for programs."""
    findings = found.findings(top)
    if format == "json":
        return json.dumps([_plain(f) for f in findings], ensure_ascii=False, indent=1)
    return "\n".join(_tsv(findings) if format == "tsv" else _table(findings))


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.sort.value,
        "word": finding.key,
        "documents": finding.documents,
        "occurrences": finding.occurrences,
        "names": finding.names,
        "how": dict(finding.how),
        "examples": [example._asdict() for example in finding.examples],
    }


def _tsv(findings: Iterable[Finding]) -> Iterator[str]:
    yield "kind\tword\tdocuments\toccurrences\tnames\thow\texamples"
    for f in findings:
        examples = " ｜ ".join(example.text for example in f.examples)
        yield f"{f.sort}\t{f.key}\t{f.documents}\t{f.occurrences}\t{f.names}\t{_how(f)}\t{examples}"


def _table(findings: Iterable[Finding]) -> Iterator[str]:
    sort = None
    for f in findings:
        if f.sort is not sort:
            sort = f.sort
            yield f"\n{_TITLES[sort]}"
        names = f"　{f.names} 名" if sort is Sort.HEADS else ""
        yield f"  {f.key}　{f.documents} 篇 {f.occurrences} 次{names}　{_how(f)}"
        yield from (f"      {e.text}  [{e.document}:{e.start}-{e.end}]" for e in f.examples)


def _how(finding: Finding) -> str:
    return "，".join(f"{how} {count}" for how, count in finding.how)
