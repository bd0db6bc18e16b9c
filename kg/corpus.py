"""One ``kg build``: inputs in, a folder out.

    discover → read → understand → learn what holds over all → parts → ledger → files → publish

Files, processes and the order of publication are here; what a text means is the pipeline's. Documents, readings and
parts stand on the disk and pass through memory one by one, so that memory does not grow with the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from kg import folder, ledger, outputs, summary
from kg.aliases import Names
from kg.assemble import assemble
from kg.cache import fingerprint, key_of
from kg.engine import Engine, Machine
from kg.errors import InputError, KgError, UsageError
from kg.export import BASE, FORMATS
from kg.export.iri import root
from kg.ledger import Ledger
from kg.model import Decision, Reading
from kg.part import COMMON, Form, Made, common_part, heading, row_of
from kg.remote import is_remote, listed, place_of
from kg.replay import Rulings, rule
from kg.replay.decisions import pairs
from kg.review import account, file
from kg.work import (
    STDIN,
    Found,
    Job,
    Piece,
    Shop,
    Understood,
    Unread,
    Wishes,
    Words,
    find,
    make_parts,
    make_ready,
    read_kept,
    understand,
)

#: The formats of ``--only`` that are written without holding the graph in memory.
STREAMED: Final = ("nt", "ttl")

_DATES: Final = ("%Y", "%Y-%m", "%Y-%m-%d")
#: How many files, documents and parts a worker takes at once: results come back soon, and hands change seldom.
_FILES, _DOCUMENTS, _PARTS = 8, 8, 32
#: Bytes of plain text, new to a build, for which workers are called at once: some three seconds of work.
_MUCH: Final = 1_000_000
_PLAIN: Final = (".txt", ".md", ".jsonl", ".csv")
_T = TypeVar("_T")

#: Hears what a build does: the name of an event and its data (docs/scale.md lists them).
Tell = Callable[[str, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build came to; ``report`` is the content of report.json, empty when nothing was read."""

    unread: tuple[Unread, ...]
    report: dict[str, Any]

    @property
    def problems(self) -> list[dict[str, str]]:
        """The findings of the checks."""
        return list(self.report.get("problems", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build; every field is an option of ``kg build``.

    ``shards`` is the folder or address where documents and readings are kept, when it is not the output's.
    """

    wishes: Wishes = field(default_factory=Wishes)
    base: str = BASE
    machine: Machine = field(default_factory=Machine)
    min_confidence: float = 0.0
    lexicon: Path | None = None
    add: bool = False
    only: str = ""
    decisions: Path | None = None
    shards: str = ""


def silent(event: str, data: Mapping[str, Any]) -> None:
    """Hear nothing."""


def build(
    inputs: Sequence[str | Path], out: Path, options: Options | None = None, *, tell: Tell = silent
) -> BuildResult:
    """Build the graph of the inputs into the folder ``out``.

    Inputs that cannot be read are in ``unread``, the others are built; when none can be read the folder
    stays as it was. Raises UsageError, EvidenceError, DataError.
    """
    options = options or Options()
    _validate(options)
    folder.claim(out)
    with folder.staging(out) as place, options.machine.start() as engine:
        return _Build(inputs, out, place, options, engine, tell).run()


class _Build:
    """One build on its way; each method is a step of it."""

    def __init__(
        self,
        inputs: Sequence[str | Path],
        out: Path,
        place: Path,
        options: Options,
        engine: Engine,
        tell: Tell,
    ) -> None:
        self.inputs, self.out, self.place = inputs, out, place
        self.options, self.engine, self.tell = options, engine, tell
        self.kept = place / folder.CACHE if options.only else out / folder.CACHE
        self.form = Form(options.base, options.min_confidence, options.only)
        self.shop = Shop(
            place_of(options.shards or self.kept), options.wishes, Words.of(options.lexicon), self.form
        )
        self.decisions = _decisions(out, options)
        self.shop = replace(self.shop, apart=pairs(self.decisions))
        self.unread: list[Unread] = []

    def run(self) -> BuildResult:
        """Take all steps."""
        jobs = self._jobs()
        much = not self.kept.exists() and _plain_bytes(jobs) > _MUCH
        self.engine.prepare(partial(make_ready, shop=self.shop), now=much)
        found = self._find(jobs)
        documents = self._understand(found)
        if not documents:
            return BuildResult(tuple(self.unread), {})
        if self.options.only and self.options.only not in STREAMED:
            return self._whole(documents)
        rulings = self._learn(documents)
        held = Ledger(self.kept / ledger.FILE, self.form)
        try:
            self._fill(held, documents, rulings)
            return self._write(held, found, documents, rulings)
        finally:
            held.close()

    def _jobs(self) -> list[Job]:
        from kg.read import discover

        good, far = [], []
        for given in self.inputs:
            try:
                if is_remote(str(given)):
                    far += [Job(id, address) for address, id in listed(str(given))]
                    continue
                discover([given])
            except InputError as error:
                self._refused(Unread(str(given), str(error)))
            else:
                good.append(given)
        sources = discover(good) if good else ()
        ours = self.out.resolve()  # an input folder may hold the output of an earlier build
        jobs = [Job(s.id, str(s.path)) for s in sources if not s.path.resolve().is_relative_to(ours)]
        jobs = sorted({job.path: job for job in (*jobs, *far)}.values(), key=lambda job: job.id)
        _refuse_title(self.options, len(jobs))
        return _with_earlier(jobs, self.out) if self.options.add else jobs

    def _find(self, jobs: list[Job]) -> list[Found]:
        here = [job for job in jobs if job.path == STDIN and not job.kept]
        files = [job for job in jobs if job.path != STDIN or job.kept]
        found = [one for job in here for one in find([job], shop=self.shop)]
        found += self._done("read", partial(find, shop=self.shop), files, _FILES)
        for one in found:
            if one.fatal:
                raise one.fatal
            for unread in one.unread:
                self._refused(unread)
        _refuse_doubles(found)
        _refuse_title(self.options, sum(len(one.documents) for one in found if not one.job.kept))
        return found

    def _understand(self, found: list[Found]) -> list[Understood]:
        asked = [document for one in found for document in one.documents]
        good = []
        for one in self._done("understand", partial(understand, shop=self.shop), asked, _DOCUMENTS):
            if one.fatal:
                raise one.fatal
            if one.unread:
                self._refused(one.unread)
            else:
                good.append(one)
        return good

    def _learn(self, documents: list[Understood]) -> Rulings:
        self.tell("step", {"name": "learn", "total": 0})
        names = Names()
        for one in documents:
            known = self.shop.cache.known(one.reading_key)
            if known is None:  # damaged
                names.add(read_kept(one, self.shop))
            else:
                names.take(known.entities, known.defined, known.recognized())
        return rule(lambda: self._readings(documents), self.decisions, names=names)

    def _fill(self, held: Ledger, documents: list[Understood], rulings: Rulings) -> None:
        """Bring the ledger to what the documents say."""
        held.follow(self._stamp(self.out))
        known = held.keys()
        held.drop(known.keys() - {one.asked.id for one in documents} - {COMMON})
        ruled = key_of(repr(sorted(rulings.names.items())), repr(sorted(rulings.verdicts.items(), key=repr)))
        shop = replace(self.shop, rulings=Rulings(names=rulings.names, verdicts=rulings.verdicts))
        bases = {one.asked.id: key_of(one.reading_key, *self.form.key(), ruled) for one in documents}
        pieces = [
            Piece(one, held_key)
            for one in documents
            for held_key, basis in (known.get(one.asked.id, ("", "")),)
            if basis != bases[one.asked.id]
        ]
        made = self._done("parts", partial(make_parts, shop=shop), pieces, _PARTS)
        held.put(_checked(made), bases)
        held.put([Made(COMMON, "", common_part(rulings, self.form))], {})
        held.settle()

    def _write(
        self,
        held: Ledger,
        found: list[Found],
        documents: list[Understood],
        rulings: Rulings,
    ) -> BuildResult:
        self.tell("step", {"name": "write", "total": 0})
        name = f"graph.{FORMATS[self.options.only].suffix}" if self.options.only else folder.GRAPH
        counts = outputs.write_graph(held, self.place / name, self.form)
        rows = list(held.rows())
        if self.options.only:
            (self.place / name).replace(self.out / name)
            return BuildResult(tuple(self.unread), self._report(counts, rows, [], documents, rulings))
        outputs.write_evidence(held, self.place / folder.EVIDENCE, self.form)
        texts = {one.asked.id: one.asked.key for one in documents}
        outputs.write_texts(rows, lambda id: self._text(texts[id]), self.place, self.out)
        loaded = self.engine.beside(self._store(held.changes()))
        self._write_page(held, counts, documents, rulings)
        self._write_store(loaded)
        problems = outputs.in_order([*held.problems(), *self._across()])
        report = self._report(counts, rows, problems, documents, rulings)
        folder.write_json(self.place / folder.REPORT, report)
        self.tell("step", {"name": "publish", "total": 0})
        folder.write_manifest(
            self.out, map(_manifest_row, documents), self.options.min_confidence, self.options.shards
        )
        file.write(self.kept / file.FILE, self.decisions, self.form.base)
        stamp = self._stamp(self.place)
        folder.publish(self.place, self.out, [row["id"] for row in rows])
        held.published(stamp)
        if not self.options.shards:  # which may be those of other builds too
            self.shop.cache.prune(_keys(found, documents))
        return BuildResult(tuple(self.unread), report)

    def _report(
        self,
        counts: summary.Counts,
        rows: list[dict[str, Any]],
        problems: list[dict[str, str]],
        documents: list[Understood],
        rulings: Rulings,
    ) -> dict[str, Any]:
        report = summary.report(
            counts,
            rows,
            problems,
            base=self.form.base,
            unread=[(u.path, u.why) for u in self.unread],
            reused=sorted(one.asked.id for one in documents if one.reused),
        )
        return report | account.account(rulings, self.decisions, self.form.base)

    def _across(self) -> list[dict[str, str]]:
        from kg.across import check_store

        self.tell("step", {"name": "check", "total": 0})
        return [row_of(problem) for problem in check_store(self.place / folder.STORE)]

    def _write_page(
        self, held: Ledger, counts: summary.Counts, documents: list[Understood], rulings: Rulings
    ) -> None:
        from kg.view import Totals, write_page, write_served

        self.tell("step", {"name": "page", "total": 0})

        def readings(wanted: set[str] | None) -> Iterator[Reading]:
            return self._readings(one for one in documents if wanted is None or one.asked.id in wanted)

        size = sum(path.stat().st_size for path in self._text_files(one.asked.id for one in documents))
        graph = outputs.shown(held, counts, size, readings, rulings, self.form)
        part = len(graph.entities) < sum(counts.entities.values())
        totals = Totals(counts.entities, counts.statements, len(documents)) if part else None
        write_page(graph, self.place / folder.PAGE, base=self.form.base, totals=totals)
        write_served(graph, self.place / folder.SERVED, base=self.form.base, totals=totals)

    def _text_files(self, documents: Iterable[str]) -> Iterator[Path]:
        for id in documents:
            name = folder.text_file(id)
            yield self.place / name if (self.place / name).exists() else self.out / name

    def _store(self, changes: tuple[list[str], list[str]] | None) -> Callable[[], None]:
        """What loads the store, from the files that are written alone, so that another process can do it."""
        from kg import store

        earlier = None
        if changes is not None:
            head = heading(self.form.base)
            earlier = store.Earlier(self.out / folder.STORE, *(head + "".join(texts) for texts in changes))
        files = self.place / folder.GRAPH, self.place / folder.EVIDENCE
        return partial(store.load, *files, self.place / folder.STORE, earlier=earlier)

    def _write_store(self, loaded: Callable[[], None]) -> None:
        self.tell("step", {"name": "store", "total": 0})
        loaded()
        (self.place / folder.STORE / folder.STAMP).write_text(self._stamp(self.place), encoding="utf-8")
        if (self.place / folder.SERVED).exists():
            (self.place / folder.SERVED).replace(self.place / folder.STORE / folder.SERVED)

    def _stamp(self, place: Path) -> str:
        """What tells that a store holds the files beside it, and was made by this code; nothing when it does not."""
        try:
            content = [(place / name).read_bytes() for name in (folder.GRAPH, folder.EVIDENCE)]
            stamp = key_of(fingerprint(), *self.form.key(), *content)
            noted = place / folder.STORE / folder.STAMP
            return stamp if place == self.place or noted.read_text(encoding="utf-8") == stamp else ""
        except OSError:
            return ""

    def _whole(self, documents: list[Understood]) -> BuildResult:
        """Write one file in a format that needs the whole graph in memory."""
        from kg.check import verify_quotes
        from kg.export import write

        rulings = self._learn(documents)
        graph = assemble(
            self._readings(documents), min_confidence=self.options.min_confidence, rulings=rulings
        )
        verify_quotes(graph)
        row = FORMATS[self.options.only]
        write(graph, self.place / f"{row.stem}.{row.suffix}", self.options.only, self.options.base)
        for path in sorted(p for p in self.place.iterdir() if p.is_file()):
            path.replace(self.out / path.name)
        least = self.options.min_confidence
        alone = (assemble([r], min_confidence=least, rulings=Rulings()) for r in self._readings(documents))
        rows = [summary.document_row(one) for one in alone]
        unread = [(u.path, u.why) for u in self.unread]
        report = summary.report(summary.counts(graph), rows, [], base=self.form.base, unread=unread)
        return BuildResult(
            tuple(self.unread), report | account.account(rulings, self.decisions, self.form.base)
        )

    def _done(
        self, name: str, function: Callable[[Sequence[_T]], Sequence[Any]], items: Sequence[_T], size: int
    ) -> Iterator[Any]:
        """Have items worked on, some at a time, and tell how far it is."""
        total, done = len(items), 0
        size = max(1, min(size, total // (4 * self.options.machine.most)))
        self.tell("step", {"name": name, "total": total})
        for results in self.engine.map(function, list(_some(items, size))):
            done += len(results)
            yield from results
            self.tell("progress", {"name": name, "done": done, "total": total})

    def _readings(self, documents: Iterable[Understood]) -> Iterator[Reading]:
        return (read_kept(one, self.shop) for one in documents)

    def _text(self, key: str) -> str:
        document = self.shop.cache.document(key)
        if document is None:
            raise KgError(f"{self.kept}: a text is gone; run the same command again")
        return document.text

    def _refused(self, unread: Unread) -> None:
        self.unread.append(unread)
        self.tell("unread", {"path": unread.path, "why": unread.why})


def default_out(inputs: Sequence[str | Path]) -> Path:
    """Return output/NAME for the only input; raises UsageError when there are several.

    >>> default_out(["texts/report.txt"]).as_posix()
    'output/report'
    """
    if len(inputs) != 1:
        raise UsageError("several inputs need --out DIR, the folder to write")
    return Path("output") / (Path(inputs[0]).resolve().stem or "graph")


def _decisions(out: Path, options: Options) -> tuple[Decision, ...]:
    """The reviewers' decisions: of the file that was named, else of the project's."""
    if options.decisions is not None and not options.decisions.is_file():
        raise UsageError(f"--decisions {options.decisions}：没有这个文件；kg review apply 可以生成")
    return file.load(options.decisions or out / file.FILE, options.base)


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


def _with_earlier(jobs: list[Job], out: Path) -> list[Job]:
    """Add the documents of the build in the folder; a file that is given again is read again."""
    earlier = folder.read_manifest(out)
    if earlier is None:
        if folder.earlier_documents(out):
            raise UsageError(
                f"{out}: what --add needs is gone from {folder.CACHE}; build again from all inputs"
            )
        return jobs
    again = {_resolved(job.path) for job in jobs}
    kept = [Job(row["id"], row["path"], row["key"]) for row in earlier.documents if row["path"] not in again]
    return [*jobs, *kept]


def _resolved(path: str) -> str:
    return path if path == STDIN or is_remote(path) else str(Path(path).resolve())


def _refuse_doubles(found: Iterable[Found]) -> None:
    seen: dict[str, str] = {}
    for document in (document for one in found for document in one.documents):
        # Case is folded: documents/ may stand on a file system that does not tell A from a.
        other = seen.setdefault(document.id.casefold(), document.path)
        if other != document.path:
            raise UsageError(
                f"{other} and {document.path} would both be the document {document.id!r}; rename one of them"
            )


def _refuse_title(options: Options, count: int) -> None:
    if options.wishes.title and count > 1:
        raise UsageError(
            f"--title names one document, and {count} are given; build them one by one with --add"
        )


def _checked(made: Iterable[Made]) -> Iterator[Made]:
    for one in made:
        if one.fatal:
            raise one.fatal
        yield one


def _plain_bytes(jobs: Iterable[Job]) -> int:
    """How much plain text there is for certain: what a PDF or a page holds is known when it is read."""
    files = (Path(job.path) for job in jobs if not job.kept and job.path.lower().endswith(_PLAIN))
    return sum(path.stat().st_size for path in files if path.is_file())


def _some(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    rest = iter(items)
    while some := tuple(islice(rest, size)):
        yield some


def _manifest_row(one: Understood) -> dict[str, str]:
    keys = {"key": one.asked.key, "reading": one.reading_key}
    return {"id": one.asked.id, "path": _resolved(one.asked.path)} | keys


def _keys(found: Iterable[Found], documents: Iterable[Understood]) -> Iterator[str]:
    yield from (one.file_key for one in found)
    for document in documents:
        yield from (document.asked.key, document.reading_key, document.first_key)
