"""How fast texts are read, beside jieba.posseg: ``python -m tests.bench.reading [FOLDER]`` (make bench) prints two tables.

In one process and on the same text, by turns: jieba.posseg, our tokens alone, every stage, and all of them from the
file to N-Triples; then ``kg build`` as a program of its own, with its start. Seconds are those of the processor, the
fewest of three rounds, so that a machine with other work measures the same. FOLDER holds texts as JSON Lines
(``../shared/corpus`` unless named); where there is none, the examples are read again and again under other names.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice, permutations
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.engine import Machine
from kg.identity import identify
from kg.model import Document, Reading
from kg.part import Form, part_of
from kg.pipeline import Resources
from kg.read import Source, read_all
from kg.recognize import works_of
from kg.segment import columns, segment
from tests.bench.build import run

ROOT: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = ROOT.parent / "shared" / "corpus"
#: Kinds of text and the file of each in the folder.
GENRES: Final = {
    "newspaper": "people_daily_2019_2020",
    "television": "xinwenlianbo_2022_2026",
    "policy": "policy_documents",
    "reports": "provincial_reports_2026",
    "web": "industry_web_pages",
}
EXAMPLES: Final = ("newspaper.txt", "policy.md", "workreport.html")
#: Characters of each kind, and how often they are read.
SIZE: Final = 100_000
ROUNDS: Final = 3
POSSEG: Final = "jieba.posseg"
WHOLE: Final = "file to N-Triples"
#: What the invented names of the examples are changed to, so that no copy is another's.
_NAMES: Final = "云江临川海宁平安东南新丰华兴"

_Seconds = dict[str, float]


class Text(NamedTuple):
    """A file of one kind of text, and how many characters the documents in it have."""

    path: Path
    documents: tuple[Document, ...]

    @property
    def size(self) -> int:
        """Characters."""
        return sum(len(document.text) for document in self.documents)


def texts(corpus: Path, place: Path) -> Iterator[tuple[str, Text]]:
    """The kinds of text, each as a file in ``place``."""
    for genre, rows in _corpus(corpus) if corpus.is_dir() else _examples():
        path = place / f"{genre}.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        yield genre, Text(path, tuple(read_all(Source(path, genre))))


def _corpus(folder: Path) -> Iterator[tuple[str, list[dict[str, str]]]]:
    for genre, name in GENRES.items():
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            yield genre, list(_enough(json.loads(line) for line in lines))


def _examples() -> Iterator[tuple[str, list[dict[str, str]]]]:
    for name in EXAMPLES:
        source = Source(ROOT / "examples" / name, name)
        text = "\n".join(document.text for document in read_all(source))
        stem, named = Path(name).stem, cycle(permutations(_NAMES, 2))
        copies = (
            {"id": f"{stem}-{n}", "text": text.replace("云川", a + b)} for n, (a, b) in enumerate(named)
        )
        yield stem, list(_enough(copies))


def _enough(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The first rows that have SIZE characters, the last of them cut."""
    left = SIZE
    for row in rows:
        yield row | {"text": row["text"][:left]}
        left -= len(row["text"])
        if left <= 0:
            return


def posseg() -> Callable[[str], object]:
    """What tags a text by jieba.posseg, its dictionary loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg

        jieba.setLogLevel("ERROR")
        list(jieba.posseg.cut("云川省"))
    return lambda text: sum(1 for _ in jieba.posseg.cut(text))


def stages(text: Text, resources: Resources, seconds: _Seconds) -> None:
    """Read a text stage by stage; what each took goes to ``seconds`` where it is less than what stands there."""
    form = Form(only="nt")

    def step(name: str, of: Callable[..., Any], *given: Sequence[Any]) -> Any:
        return _timed(seconds, name, lambda: [of(*row) for row in zip(*given, strict=True)])

    documents = _timed(seconds, "read", lambda: list(read_all(Source(text.path, "text"))))
    sentences = step("segment", segment, documents)
    _timed(seconds, "tokens alone", lambda: [columns(s.text) for some in sentences for s in some])
    works = [tuple(works_of(some, resources.lexicon)) for some in sentences]
    mentions = step("recognize", resources.recognizer.recognize, works)
    links = step("link", resources.linker.link, documents, works, mentions)
    statements = step("extract", resources.extractor.extract, documents, works, links)
    readings = [
        Reading(document, some, link.entities(), tuple(link.references), said)
        for document, some, link, said in zip(documents, sentences, links, statements, strict=True)
    ]
    step("assemble, write", lambda reading: part_of(identify(reading), form), readings)


def _timed(seconds: _Seconds, name: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    found = work()
    seconds[name] = min(seconds.get(name, 1e9), time.process_time() - began)
    return found


def measure(text: Text, resources: Resources, tag: Callable[[str], object]) -> Mapping[str, float]:
    """Characters a second of everything, for one kind of text."""
    theirs, ours = _Seconds(), _Seconds()
    stages(text, resources, _Seconds())  # what is remembered of words is remembered in a long build too
    for _ in range(ROUNDS):
        _timed(theirs, POSSEG, lambda: [tag(document.text) for document in text.documents])
        stages(text, resources, ours)
        gc.collect()
    alone = {"tokens alone": ours.pop("tokens alone")}
    whole = {WHOLE: sum(ours.values())}
    return {name: text.size / took for name, took in (theirs | alone | ours | whole).items()}


def stage_table(found: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Characters a second, in Markdown: a row a stage, a column a kind of text."""
    yield f"| thousand characters a second | {' | '.join(found)} |"
    yield "|---" * (len(found) + 1) + "|"
    for name in next(iter(found.values())):
        yield f"| {name} | " + " | ".join(f"{rates[name] / 1000:,.0f}" for rates in found.values()) + " |"
    factors = (rates[WHOLE] / rates[POSSEG] for rates in found.values())
    yield f"| times {POSSEG} | " + " | ".join(f"{factor:.1f}" for factor in factors) + " |"


def build_table(of: Sequence[Text], rate: float, place: Path) -> Iterator[str]:
    """Whole builds with their start, in Markdown; ``rate`` is that of jieba.posseg on the same text."""
    short = place / "short.txt"
    short.write_text("云川省设立云川基金。\n", encoding="utf-8")
    size = sum(text.size for text in of)
    paths = [text.path for text in of]
    yield f"| {size:,} characters | seconds | thousand characters a second | times {POSSEG} | memory, MB |"
    yield "|---|---|---|---|---|"
    alone = ("--workers", "1")
    for number, (name, inputs, options, many) in enumerate(
        (
            ("`kg build --only nt`, one core", paths, ("--only", "nt", *alone), size),
            ("`kg build`, one core", paths, alone, size),
            (f"`kg build`, {Machine(workers=0).most} cores, by the clock", paths, (), size),
            ("`kg build --only nt` of one sentence: the start", [short], ("--only", "nt"), 0),
        )
    ):
        cost = run("kg", "build", *inputs, "--out", place / f"out-{number}", "--quiet", *options)
        seconds = cost.processor if alone[0] in options or not many else cost.clock
        rates = (many / seconds / 1000, many / seconds / rate)
        speed = "{:,.0f} | {:.1f}".format(*rates) if many else "– | –"
        yield f"| {name} | {seconds:.1f} | {speed} | {cost.memory:,.0f} |"


def main(corpus: Path = CORPUS) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        of = dict(texts(corpus, place))
        resources, tag = Resources.load(), posseg()
        gc.collect()
        gc.freeze()
        found = {genre: measure(text, resources, tag) for genre, text in of.items()}
        for line in stage_table(found):
            print(line, flush=True)
        print(flush=True)
        size = sum(text.size for text in of.values())
        rate = size / sum(text.size / found[genre][POSSEG] for genre, text in of.items())
        for line in build_table(list(of.values()), rate, place):
            print(line, flush=True)


if __name__ == "__main__":
    main(*map(Path, islice(sys.argv, 1, 2)))
