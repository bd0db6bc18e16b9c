"""One ``kg build``: inputs in, a folder out.

    discover → read → understand (kept by content) → assemble → verify quotes → check → write → publish

Files, processes and the order of publication are here; what a text means is the pipeline's.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from kg import dataset, folder, summary
from kg.cache import Cache
from kg.errors import InputError, UsageError
from kg.export import BASE, FORMATS
from kg.export.iri import root
from kg.model import EntityKey, Graph, Object, Problem, Reading
from kg.work import STDIN, Job, Outcome, Understood, Unread, Wishes, understand_all

#: The format of ``kg export`` that is no graph.
DESCRIPTION: Final = "void"

_DATES: Final = ("%Y", "%Y-%m", "%Y-%m-%d")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build came to; ``report`` is the content of report.json, empty when nothing was read."""

    graph: Graph
    problems: tuple[Problem, ...]
    unread: tuple[Unread, ...]
    report: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build; every field is an option of ``kg build``."""

    wishes: Wishes = field(default_factory=Wishes)
    base: str = BASE
    workers: int = 1
    min_confidence: float = 0.0
    lexicon: Path | None = None
    add: bool = False
    only: str = ""


class Track(Protocol):
    """Hands items through, and may draw how many of the total have passed."""

    def __call__(self, items: Iterable[_T], total: int, /) -> Iterable[_T]:
        """Yield the items."""
        ...


def build(
    inputs: Sequence[str | Path],
    out: Path,
    options: Options | None = None,
    *,
    track: Track = lambda items, total: items,
) -> BuildResult:
    """Build the graph of the inputs into the folder ``out``.

    Inputs that cannot be read are in ``unread``, the others are built; when none can be read the folder
    stays as it was. Raises UsageError, EvidenceError, DataError.
    """
    options = options or Options()
    _validate(options)
    folder.claim(out)
    with folder.staging(out) as place:
        jobs, unread = _jobs(inputs, out, options)
        kept = None if options.only else out / folder.CACHE
        work = understand_all(
            jobs, options.wishes, kept=kept, workers=options.workers, lexicon=options.lexicon
        )
        outcomes = list(track(work, len(jobs)))
        _refuse(outcomes, options)
        unread += [u for outcome in outcomes for u in outcome.unread]
        done = [(outcome.job, one) for outcome in outcomes for one in outcome.done]
        if not done:
            return BuildResult(Graph(), (), tuple(unread), {})
        result = _assemble([one for _, one in done], options, unread)
        if options.only:
            _write_only(result.graph, place, out, options)
        else:
            _write(result, place, options.base)
            folder.write_manifest(out, itertools.starmap(_manifest_row, done), options.min_confidence)
            folder.publish(place, out, [d.id for d in result.graph.documents])
            Cache(out / folder.CACHE).prune(_keys(outcomes))
    return result


def restore(out: Path) -> Graph:
    """Return the graph of an earlier build from what it kept; raises UsageError when that is gone."""
    from kg.assemble import assemble

    manifest = folder.read_manifest(out)
    return assemble(readings(out), min_confidence=manifest.min_confidence if manifest else 0.0)


def readings(out: Path) -> Iterator[Reading]:
    """Yield the readings that an earlier build kept, one at a time; raises UsageError when one is gone."""
    manifest = folder.read_manifest(out)
    kept = Cache(out / folder.CACHE)
    for reading in map(kept.reading, (row["reading"] for row in manifest.documents)) if manifest else (None,):
        if reading is None:
            raise UsageError(
                f"{out}: no build is there, or its {folder.CACHE} is gone; make one with kg build INPUT --out {out}"
            )
        yield reading


def export(
    out: Path, format: str, path: Path | None = None, *, evidence: bool = False, licence: str = ""
) -> list[Path]:
    """Write the graph of an earlier build, or its evidence, in a format of FORMATS; return what was written.

    ``void`` describes the build, with the IRI of a licence if one is given.
    """
    from kg.export import write

    if format == DESCRIPTION:
        path = path or out / f"{DESCRIPTION}.ttl"
        dataset.write(out, path, licence=licence)
        return [path]
    if format not in FORMATS:
        raise UsageError(f"--format {format}: choose from {', '.join((*FORMATS, DESCRIPTION))}")
    if licence:
        raise UsageError(f"--license goes with --format {DESCRIPTION}")
    report = folder.read_report(out) or {}
    graph = restore(out)
    path = path or out / f"{'evidence' if evidence else FORMATS[format].stem}.{FORMATS[format].suffix}"
    write(graph, path, format, report.get("base", BASE), evidence=evidence)
    return [path] if path.is_file() else sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"))


def default_out(inputs: Sequence[str | Path]) -> Path:
    """Return output/NAME for the only input; raises UsageError when there are several.

    >>> default_out(["texts/report.txt"]).as_posix()
    'output/report'
    """
    if len(inputs) != 1:
        raise UsageError("several inputs need --out DIR, the folder to write")
    return Path("output") / (Path(inputs[0]).resolve().stem or "graph")


def _validate(options: Options) -> None:
    root(options.base)
    if options.wishes.date and not any(_is_date(options.wishes.date, form) for form in _DATES):
        raise UsageError(f"--date {options.wishes.date}: write 2024, 2024-07 or 2024-07-01")
    if options.only and options.only not in FORMATS:
        raise UsageError(f"--only {options.only}: choose from {', '.join(FORMATS)}")


def _is_date(text: str, form: str) -> bool:
    try:
        return datetime.strptime(text, form).strftime(form) == text
    except ValueError:
        return False


def _jobs(inputs: Sequence[str | Path], out: Path, options: Options) -> tuple[list[Job], list[Unread]]:
    from kg.read import discover

    good, unread = [], []
    for given in inputs:
        try:
            discover([given])
        except InputError as error:
            unread.append(Unread(str(given), str(error)))
        else:
            good.append(given)
    sources = discover(good) if good else ()
    ours = out.resolve()  # an input folder may hold the output of an earlier build
    jobs = [Job(s.id, str(s.path)) for s in sources if not s.path.resolve().is_relative_to(ours)]
    _refuse_title(options, len(jobs))
    return (_with_earlier(jobs, out) if options.add else jobs), unread


def _with_earlier(jobs: list[Job], out: Path) -> list[Job]:
    """Add the documents of the build in the folder; a file that is given again is read again."""
    earlier = folder.read_manifest(out)
    if earlier is None:
        if folder.earlier_documents(out):
            raise UsageError(
                f"{out}: what --add needs is gone from {folder.CACHE}; build again from all inputs"
            )
        return jobs
    again = {_resolved(job) for job in jobs}
    kept = [Job(row["id"], row["path"], row["key"]) for row in earlier.documents if row["path"] not in again]
    return [*jobs, *kept]


def _resolved(job: Job) -> str:
    return job.path if job.path == STDIN else str(Path(job.path).resolve())


def _refuse(outcomes: Sequence[Outcome], options: Options) -> None:
    """Raise what ends the build: a fatal error, two documents of one id, a title for several."""
    seen: dict[str, str] = {}
    for outcome in outcomes:
        if outcome.fatal:
            raise outcome.fatal
        for one in outcome.done:
            id, path = one.reading.document.id, outcome.job.path
            # Case is folded: documents/ may stand on a file system that does not tell A from a.
            other = seen.setdefault(id.casefold(), path)
            if other != path:
                raise UsageError(f"{other} and {path} would both be the document {id!r}; rename one of them")
    _refuse_title(options, sum(len(outcome.done) for outcome in outcomes if not outcome.job.kept))


def _refuse_title(options: Options, count: int) -> None:
    if options.wishes.title and count > 1:
        raise UsageError(
            f"--title names one document, and {count} are given; build them one by one with --add"
        )


def _assemble(done: Sequence[Understood], options: Options, unread: list[Unread]) -> BuildResult:
    from kg.assemble import assemble
    from kg.check import check, verify_quotes

    readings = [one.reading for one in done]
    graph = assemble(readings, min_confidence=options.min_confidence)
    verify_quotes(graph)
    problems = () if options.only else check(graph, options.base)
    report = summary.report(
        graph,
        problems,
        base=options.base,
        unread=[(u.path, u.why) for u in unread],
        reused=sorted(one.reading.document.id for one in done if one.reused),
        left_out=_left_out(readings, options.min_confidence),
    )
    return BuildResult(graph, problems, tuple(unread), report)


def _left_out(readings: Iterable[Reading], min_confidence: float) -> Mapping[str, int]:
    """How many statements of each predicate no evidence lifts to the least confidence."""
    best: dict[tuple[EntityKey, str, Object], float] = {}
    for statement in (s for reading in readings for s in reading.statements if min_confidence):
        said = (statement.subject, statement.predicate, statement.object)
        best[said] = max(best.get(said, 0.0), statement.confidence)
    return Counter(predicate for (_, predicate, _), sure in best.items() if sure < min_confidence)


def _write(result: BuildResult, place: Path, base: str) -> None:
    from kg import store
    from kg.export import write
    from kg.view import write_page

    graph = result.graph
    write(graph, place / folder.GRAPH, "ttl", base)
    write(graph, place / folder.EVIDENCE, "ttl", base, evidence=True)
    write_page(graph, place / folder.PAGE, base=base)
    for document in graph.documents:
        path = place / folder.text_file(document.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.text.encode("utf-8"))
    folder.write_json(place / folder.REPORT, result.report)
    store.load(place / folder.GRAPH, place / folder.EVIDENCE, place / folder.STORE)


def _write_only(graph: Graph, place: Path, out: Path, options: Options) -> None:
    from kg.export import write

    row = FORMATS[options.only]
    write(graph, place / f"{row.stem}.{row.suffix}", options.only, options.base)
    for path in place.iterdir():
        path.replace(out / path.name)


def _manifest_row(job: Job, one: Understood) -> dict[str, str]:
    keys = {"key": one.document_key, "reading": one.reading_key}
    return {"id": one.reading.document.id, "path": _resolved(job)} | keys


def _keys(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        yield outcome.file_key
        for one in outcome.done:
            yield from (one.document_key, one.reading_key)
