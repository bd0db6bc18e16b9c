"""What a build costs: ``python -m tests.bench.build [FOLDER]`` (make bench) prints three tables.

Peak memory (all processes together, looked at ten times a second) and seconds of ``kg build`` at 1, 5 and 44 MB of text;
a build of 10,000 documents after one has changed; reading and writing Turtle beside rdflib. Seconds are those of the
processor, so that a machine with other work measures the same; the clock's stand beside them. FOLDER holds texts as JSON
Lines (``../shared/corpus`` unless named); where there is none, the invented articles of tests/scale are read, 1 and 5 MB.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import psutil

from kg.export import namespaces
from kg.export.turtle import turtle as turtle_of
from kg.export.turtle import used
from kg.rdf import read_file
from tests.query.generated import write
from tests.scale.texts import article, articles

ROOT: Final = Path(__file__).resolve().parents[2]
CORPUS: Final = ROOT.parent / "shared" / "corpus"
#: MB of text; the last one is all that there is.
SIZES: Final = (1, 5, 44)
DOCUMENTS: Final = 10_000
TRIPLES: Final = 100_000
_LOOK: Final = 0.1


class Cost(NamedTuple):
    """Seconds of the processor and of the clock, MB of memory at most."""

    processor: float
    clock: float
    memory: float


def run(*arguments: str | Path) -> Cost:
    """Run a command of ours in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, peak = time.monotonic(), 0
    process = psutil.Popen([sys.executable, "-m", *map(str, arguments)], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, _memory(process))
        time.sleep(_LOOK)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, arguments
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(processor, time.monotonic() - start, peak / 2**20)


def _memory(process: psutil.Popen) -> int:
    try:
        return sum(p.memory_info().rss for p in (process, *process.children(recursive=True)))
    except psutil.Error:
        return 0


def take(corpus: Path, megabytes: float, place: Path) -> None:
    """Write so much of the corpus, its documents evenly spaced, one file for each of its files."""
    files = sorted(corpus.glob("*.jsonl"))
    share = min(1.0, megabytes * 1e6 / sum(path.stat().st_size for path in files))
    place.mkdir()
    for path in files:
        wanted, taken = share * path.stat().st_size, 0.0
        with path.open("rb") as lines, (place / path.name).open("wb") as out:
            due = 0.0
            for number, line in enumerate(lines):
                if number >= due and taken < wanted:
                    out.write(line)
                    taken += len(line)
                    due += 1 / share


def _invented(megabytes: float, place: Path) -> None:
    place.mkdir()
    size = 0
    with (place / "rows.jsonl").open("w", encoding="utf-8") as out:
        for id, text in articles(10**9):
            size += out.write(json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n") * 5 // 2
            if size > megabytes * 1e6:
                return


def sizes(corpus: Path, place: Path) -> Iterator[str]:
    """The table of memory and time by size."""
    yield "| text | documents | `--only nt`: MB | s | s by the clock | whole build: MB | s | s by the clock |"
    yield "|---|---|---|---|---|---|---|---|"
    for size in SIZES if corpus.is_dir() else SIZES[:2]:
        texts = place / f"texts-{len(list(place.iterdir()))}"
        take(corpus, size, texts) if corpus.is_dir() else _invented(size, texts)
        count = sum(path.read_bytes().count(b"\n") for path in texts.iterdir())
        cells = [f"{size} MB", f"{count:,}"]
        for only in (("--only", "nt"), ()):
            cost = run("kg", "build", texts, "--out", place / "out", "-q", "--workers", "1", *only)
            shutil.rmtree(place / "out")
            cells += [f"{cost.memory:.0f}", f"{cost.processor:.0f}", f"{cost.clock:.0f}"]
        yield f"| {' | '.join(cells)} |"


def increments(place: Path) -> Iterator[str]:
    """The table of builds of many documents after a change."""
    texts, out = place / "many", place / "many-out"
    texts.mkdir()
    for id, text in articles(DOCUMENTS):
        (texts / f"{id}.txt").write_text(text, encoding="utf-8")
    yield f"| {DOCUMENTS:,} documents | s | s by the clock | MB |"
    yield "|---|---|---|---|"
    for name, change in (
        ("first build", None),
        ("nothing changed", None),
        ("one changed", 5000),
        ("one added", DOCUMENTS),
    ):
        if change is not None:
            (texts / f"brief-{change:05}.txt").write_text(article(change + 7) + article(3), encoding="utf-8")
        cost = run("kg", "build", texts, "--out", out, "-q", "--workers", "1")
        yield f"| {name} | {cost.processor:.1f} | {cost.clock:.1f} | {cost.memory:.0f} |"


_OURS: Final = {
    "write Turtle": "from kg.rdf import read_file; from kg.export.turtle import turtle, used; from kg.export import namespaces;"
    "t = list(read_file(p)); s = c(); o.writelines(turtle(t, used(t, namespaces())))",
    "load into memory": "from kg.store import of_files; s = c(); of_files(p)",
    "load on disk, with the index for searching": "from kg import store; s = c(); store.load(p, e, d)",
}
_RDFLIB: Final = {
    "write Turtle": "import rdflib; g = rdflib.Graph().parse(p); s = c(); o.write(g.serialize(format='turtle'))",
    "load into memory": "import rdflib; s = c(); rdflib.Graph().parse(p)",
}
_FRAME: Final = (
    "import time; from pathlib import Path; c = time.process_time; p, e, d = map(Path, {paths!r}); "
    "o = open({out!r}, 'w', encoding='utf-8'); {code}; print(c() - s)"
)


def turtle(place: Path) -> Iterator[str]:
    """The table of Turtle beside rdflib's."""
    paths = [str(path) for path in (*_generated(place), place / "store")]
    yield f"| {TRIPLES:,} triples | s | rdflib, s |"
    yield "|---|---|---|"
    for name, code in _OURS.items():
        cells = [name]
        for one in (code, _RDFLIB.get(name)):
            frame = _FRAME.format(paths=paths, out=str(place / "written.ttl"), code=one)
            cells.append(f"{float(_said(frame)):.1f}" if one else "–")
        yield f"| {' | '.join(cells)} |"


def _generated(place: Path) -> Iterator[Path]:
    """Evidence and graph as Turtle."""
    for path in reversed(write(place, TRIPLES)):
        triples = sorted(read_file(path), key=str)
        made = path.with_suffix(".ttl")
        made.write_text("".join(turtle_of(triples, used(triples, namespaces()))), encoding="utf-8")
        yield made


def _said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout


def main(corpus: Path) -> None:
    """Print the tables as they come."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        place = Path(folder)
        for table in (sizes(corpus, place), increments(place), turtle(place)):
            for line in table:
                print(line, flush=True)
            print(flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
