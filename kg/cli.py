"""The command line: parse, call, echo, exit code. Click's door; heavy modules load inside commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg import shell
from kg.commands.review import review
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.questions import Question

_PATH = click.Path(path_type=Path)
_POSITIVE = click.FloatRange(0, min_open=True)
_folder = click.argument("folder", metavar="DIR", type=_PATH)
_lexicon = click.option(
    "--lexicon",
    metavar="DIR",
    type=_PATH,
    help="Folder of your own words and patterns, added to ours; docs/lexicon.md.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; the only place where errors become exit codes."""
    shell.speak_utf8()
    sys.exit(shell.guarded(lambda: _run(arguments)))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        with cli.make_context("kg", list(sys.argv[1:] if arguments is None else arguments)) as context:
            code = cli.invoke(context)
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        raise UsageError(f"{path}: {error.format_message()} See {path} --help.") from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(kg.__version__, message="policykg %(version)s")
def cli() -> None:
    """Chinese policy and industry prose in, a graph of evidenced statements out.

    把中文政策、产业文章变成可查询、可复核的知识图谱。
    """


cli.add_command(review)


@cli.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--out",
    "-o",
    metavar="DIR",
    type=_PATH,
    help="Folder to write [default: output/NAME of the input].",
)
@click.option("--title", default="", help="Title of the document, when it is only one.")
@click.option("--date", default="", metavar="ISO", help="Date of the documents: 2024, 2024-07 or 2024-07-01.")
@click.option("--source", default="", help="Where the documents come from: a name or an address.")
@click.option("--encoding", default="", help="Encoding of the inputs [default: found for each].")
@click.option("--text-column", default="", metavar="NAME", help="Column of a csv that holds the text.")
@click.option(
    "--base",
    default="",
    metavar="IRI",
    help="Root of the IRIs of things [default: https://w3id.org/policykg/].",
)
@click.option(
    "--workers",
    default=0,
    type=click.IntRange(0),
    help="Processes at work; 0: one for each core, up to 8, when there is much to do.  [default: 0]",
)
@click.option(
    "--engine", default="local", show_default=True, metavar="NAME", help="local, or dask for a cluster."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Dask's, tcp://…; else it is started here.")
@click.option("--shards", default="", metavar="URL", help="Where the workers keep documents and readings.")
@click.option(
    "--min-confidence",
    default="0",
    show_default=True,
    metavar="LEAST",
    help="Leave out statements below: a number, or the band sure or likely.",
)
@_lexicon
@click.option(
    "--decisions",
    metavar="FILE",
    type=_PATH,
    help="Decisions of reviewers to replay [default: decisions.json in the folder]; docs/review.md.",
)
@click.option("--add", is_flag=True, help="Keep the documents that DIR already holds.")
@click.option("--only", default="", metavar="FORMAT", help="Write one file alone: nt writes graph.nt.")
@click.option("--strict", is_flag=True, help="Exit 1 when the checks find a problem.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
@click.option(
    "--log-json", default="", metavar="FILE", help="Log of the build, a JSON object a line; - for stdout."
)
def build(
    inputs: tuple[str, ...],
    out: Path | None,
    title: str,
    date: str,
    source: str,
    encoding: str,
    text_column: str,
    base: str,
    workers: int,
    engine: str,
    scheduler: str,
    shards: str,
    min_confidence: str,
    lexicon: Path | None,
    decisions: Path | None,
    add: bool,
    only: str,
    strict: bool,
    quiet: bool,
    log_json: str,
) -> int:
    """Build the graph of texts into a folder.

    INPUT is a file, a folder, a glob, - for standard input, or an address (s3://…, with policykg[cluster]);
    formats: txt, md, html, mhtml, pdf, docx, jsonl, csv, and gz or zip of them.

    \b
    kg build article.txt --out output/article
    kg build reports/ page.html --out output/all --workers 2
    """
    from kg import confidence, corpus, progress, summary
    from kg.engine import Machine
    from kg.export.iri import BASE
    from kg.review import account
    from kg.work import Wishes

    out = out or corpus.default_out(inputs)
    options = corpus.Options(
        wishes=Wishes(title=title, date=date, source=source, encoding=encoding, text_column=text_column),
        base=base or BASE,
        machine=Machine(workers=workers, engine=engine, scheduler=scheduler),
        shards=shards,
        min_confidence=confidence.least(min_confidence),
        lexicon=lexicon,
        decisions=decisions,
        add=add,
        only=only,
    )
    with progress.listeners(log_json, draw=not quiet) as tell:
        tell("start", {"version": kg.__version__, "out": str(out), "inputs": len(inputs)})
        result = corpus.build(inputs, out, options, tell=tell)
        code = 1 if result.unread or (strict and result.problems) else 0
        tell("end", {"exit": code, **summary.outcome(result.report)})
    for unread in result.unread:
        shell.complain(unread.why)
    if result.report and not quiet and log_json != "-":
        click.echo(summary.words(result.report, str(out), account.lines(result.report, str(out))))
    if strict and result.problems:
        shell.complain(
            f"findings of the checks: {len(result.problems)}, and --strict was given; see {out}/report.json"
        )
    return code


@cli.command()
@click.argument("target", metavar="DIR|FILE", type=_PATH, required=False)
@click.argument("question", required=False)
@click.option("--list", "listing", is_flag=True, help="List the named questions and what they take.")
@click.option("--format", "-f", "fmt", default="table", show_default=True, help="table, csv, tsv or json.")
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value that a named question takes.",
)
@click.option(
    "--earlier",
    metavar="DIR|FILE",
    type=_PATH,
    help="An earlier build, as the graph <https://w3id.org/policykg/earlier>.",
)
@click.option("--allow-service", is_flag=True, help="Let SERVICE send data to other addresses.")
def query(
    target: Path | None,
    question: str | None,
    listing: bool,
    fmt: str,
    params: tuple[str, ...],
    earlier: Path | None,
    allow_service: bool,
) -> None:
    """Ask a folder of kg build or a Turtle file: SPARQL, a .rq file, or the name of a question.

    \b
    kg query output/examples 'SELECT ?fund { ?fund a kgo:Fund }'
    kg query output/examples neighbourhood --param name=江州大学
    kg query output/new changes --earlier output/old
    kg query --list
    """
    from kg import query as asking

    if listing:
        click.echo("\n".join(line for known in asking.list_queries() for line in _listed(known)))
        return
    if target is None or question is None:
        raise UsageError("kg query: give DIR and a question, or --list. See kg query --help.")
    given = dict(_pair(param) for param in params)
    result = asking.run(target, question, params=given, allow_service=allow_service, earlier=earlier)
    click.echo(asking.render(result, fmt), nl=False)


def _listed(question: Question) -> Iterator[str]:
    yield f"{question.name:20}{question.title.get('zh', '')}  {question.title.get('en', '')}".rstrip()
    for parameter in question.parameters:
        yield f"{'':20}  --param {parameter.name}={'…' if parameter.required else parameter.default}  {parameter.about}"


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals:
        raise UsageError(f"--param {param}: write NAME=VALUE")
    return name, value


@cli.command()
@_folder
@click.argument("name")
def explain(folder: Path, name: str) -> None:
    """Say why: all that the graph says of an entity, with sentence, place, rule and confidence.

    NAME is any name of it, or its IRI: kg explain output/examples 云川数谷
    """
    from kg import explain as explaining

    click.echo(explaining.words(explaining.explain(folder, name)))


@cli.command()
@click.argument("target", metavar="DIR|FILE", type=_PATH)
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
def check(target: Path, strict: bool) -> int:
    """Check a build or anybody's RDF file against the shapes; exit 1 for violations.

    A file is Turtle unless its name says nt, nq, trig, rdf or jsonld; one that does not parse is refused with
    line and column.
    """
    from kg import check as checking
    from kg.folder import turtle_files

    problems = checking.check_files(*turtle_files(target))
    for problem in problems:
        click.echo(f"{problem.severity}: {problem.zh} / {problem.en}\n    <{problem.focus}>")
    bad = [p for p in problems if strict or p.severity == "violation"]
    click.echo(f"发现 {len(problems)} 个问题" if problems else "没有发现问题")
    return 1 if bad else 0


@cli.command()
@click.argument("one", metavar="A", type=_PATH)
@click.argument("other", metavar="B", type=_PATH)
@click.option(
    "--format", "-f", "fmt", default="table", show_default=True, help="table, csv, tsv, json or patch."
)
@click.option("--evidence", is_flag=True, help="Compare the evidence of two folders too.")
@click.option("--graph", default="", metavar="IRI", help="The named graph that the patch is for.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when there is a difference.")
def diff(one: Path, other: Path, fmt: str, evidence: bool, graph: str, exit_code: bool) -> int:
    """Say what changed from A to B, in words or as a patch for SPARQL Update.

    Entities, relations, facts and figures that were added, removed or changed; A and B are folders of kg build or
    RDF files. The patch makes A's graph into B's.

    \b
    kg diff output/may output/june
    kg diff old.ttl new.ttl --format patch > june.ru
    """
    from kg import diff as comparing

    found = comparing.compare(one, other, evidence=evidence)
    click.echo(comparing.render(found, fmt, graph=graph), nl=False)
    return 1 if exit_code and found else 0


@cli.command()
@_folder
@click.option(
    "--format",
    "-f",
    "fmt",
    required=True,
    help="ttl, nt, nq, trig, jsonld, rdfxml, ttl12, inferred, csv, neo4j, gephi, graphml, gexf, cyjs; void describes the build.",
)
@click.option("--out", "-o", metavar="FILE", type=_PATH, help="File to write [default: DIR/graph.SUFFIX].")
@click.option("--evidence", is_flag=True, help="Write the evidence in place of the graph.")
@click.option("--license", "licence", default="", metavar="IRI", help="Licence of the graph, told by void.")
def export(folder: Path, fmt: str, out: Path | None, evidence: bool, licence: str) -> None:
    """Write the graph of a build in another format, or its description for catalogues (void)."""
    from kg import kept

    for path in kept.export(folder, fmt, out, evidence=evidence, licence=licence):
        click.echo(path)


@cli.command()
@click.argument("target", metavar="DIR|FILE", type=_PATH)
@click.option("--endpoint", required=True, metavar="URL", help="Where the store takes graphs, or updates.")
@click.option("--update", is_flag=True, help="URL takes SPARQL Update, not the Graph Store Protocol.")
@click.option(
    "--graph", default="", metavar="IRI", help="Named graph to replace [default: BASE/graph/NAME of DIR]."
)
@click.option("--no-evidence", is_flag=True, help="Publish graph.ttl alone.")
@click.option("--license", "licence", default="", metavar="IRI", help="Licence of the graph, told beside it.")
@click.option(
    "--timeout",
    default=300.0,
    show_default=True,
    type=_POSITIVE,
    help="Seconds that the store may be silent.",
)
def publish(
    target: Path, endpoint: str, update: bool, graph: str, no_evidence: bool, licence: str, timeout: float
) -> None:
    """Put a build into a SPARQL 1.1 store, in place of the named graph of the build before.

    The store replaces the graph at once or keeps the old one. Credentials come from the environment:
    KG_PUBLISH_USER and KG_PUBLISH_PASSWORD (Basic or Digest), or KG_PUBLISH_TOKEN (Bearer).

    \b
    kg publish output/examples --endpoint http://localhost:7878/store
    kg publish output/examples --endpoint http://localhost:7878/update --update
    """
    from kg import publish as publishing

    done = publishing.publish(
        target,
        endpoint,
        graph=graph,
        update=update,
        evidence=not no_evidence,
        licence=licence,
        credentials=publishing.Credentials.of(),
        timeout=timeout,
    )
    click.echo(f"<{done.graph}>：{done.triples} 个三元组")


@cli.command()
@click.argument("target", metavar="DIR|FILE", type=_PATH)
@click.argument("word", metavar="WORD")
@click.option("--in", "where", default="all", show_default=True, help="Where to look: names, text or all.")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="How many of each; 0 for all."
)
@click.option("--format", "-f", "fmt", default="table", show_default=True, help="table, csv, tsv or json.")
def search(target: Path, word: str, where: str, limit: int, fmt: str) -> None:
    """Find a word in names and sentences: a part of them, in either script; names by their pinyin too.

    Marks and spaces do not count. Exit 1 when nothing is found.

    \b
    kg search output/examples 数谷
    kg search output/examples jzdx --in names
    """
    from kg import find as finding
    from kg.query import render

    click.echo(render(finding.find(target, word, where=where, limit=limit), fmt), nl=False)


@cli.command()
@_folder
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for all.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option(
    "--timeout", default=30.0, show_default=True, type=_POSITIVE, help="Seconds that a query may run."
)
@click.option(
    "--max-rows", default=1_000_000, show_default=True, type=click.IntRange(1), help="Rows of an answer."
)
@click.option("--max-size", default=100.0, show_default=True, type=_POSITIVE, help="MB of an answer.")
@click.option("--max-body", default=1.0, show_default=True, type=_POSITIVE, help="MB of a query.")
@click.option(
    "--memory", default=2_000, show_default=True, type=click.IntRange(200), help="MB of memory for a query."
)
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1), help="Queries that run at once."
)
@click.option(
    "--waiting", default=64, show_default=True, type=click.IntRange(1), help="Queries that may wait."
)
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="A further name of this service; * for any."
)
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN", help="A page's origin that may ask; * for any."
)
def serve(
    folder: Path,
    host: str,
    port: int,
    timeout: float,
    max_rows: int,
    max_size: float,
    max_body: float,
    memory: int,
    workers: int,
    waiting: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
) -> int:
    """Serve a build on this machine: SPARQL at /sparql, a query page at /query, the page at /.

    Reads only; SERVICE and updates are refused. Ctrl-C or SIGTERM ends it.
    """
    from kg.serve.options import Limits, Options
    from kg.serve.run import serve as run

    limits = Limits(
        timeout=timeout,
        rows=max_rows,
        answer=max_size,
        body=max_body,
        memory=memory,
        workers=workers,
        waiting=waiting,
    )
    options = Options(host=host, port=port, hosts=hosts, origins=origins, limits=limits)
    return run(folder, options, lambda address: click.echo(f"{folder}：{address}"))


@cli.command()
@_folder
@click.argument("name", required=False)
@click.option("--print", "printing", is_flag=True, help="Print the address and open nothing.")
def view(folder: Path, name: str | None, printing: bool) -> None:
    """Open the page of a build in the browser, at an entity when a NAME is given."""
    import webbrowser

    from kg import explain as explaining

    address = explaining.page_address(folder, name or "")
    click.echo(address)
    if not printing:
        webbrowser.open(address)


@cli.command()
@_folder
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0), help="How many of each kind.")
@_lexicon
def report(folder: Path, limit: int, lexicon: Path | None) -> None:
    """Say what deserves a second look.

    Findings, doubtful statements, the largest clusters of names, doubtful merges, near-duplicates that were kept
    apart, what is in conflict, sentences that gave nothing, unknown names.
    """
    from kg import report as reporting

    click.echo(reporting.words(folder, limit, lexicon))


@cli.command()
@click.argument("inputs", metavar="CORPUS...", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="heads, verbs, frames, quoted or short; may be repeated [default: all].",
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="How many of each kind.")
@click.option("--examples", default=3, show_default=True, type=click.IntRange(0), help="Examples of each.")
@click.option("--format", "-f", "fmt", default="table", show_default=True, help="table, tsv or json.")
@click.option(
    "--limit-documents",
    "limit",
    metavar="N",
    type=click.IntRange(1),
    help="Read N documents of each file at most.",
)
@click.option(
    "--without",
    metavar="FILE",
    type=_PATH,
    help="Words to pass over, one a line, or an earlier output as tsv.",
)
@click.option("--encoding", default="", help="Encoding of the inputs [default: found for each].")
@click.option("--text-column", default="", metavar="NAME", help="Column of a csv that holds the text.")
@_lexicon
def mine(
    inputs: tuple[str, ...],
    kinds: tuple[str, ...],
    top: int,
    examples: int,
    fmt: str,
    limit: int | None,
    without: Path | None,
    encoding: str,
    text_column: str,
    lexicon: Path | None,
) -> int:
    """Count what the rules see in a corpus and cannot place, so that the word lists grow from real text.

    Unknown words that end names (heads), verbs between entities that carry no relation (verbs), verbs that
    do and said nothing (frames), names in quotes without a class (quoted), and short words that act (short).
    CORPUS is as for kg build.

    \b
    kg mine reports/ --kind heads --top 50
    kg mine news.jsonl --limit-documents 500 --format tsv
    """
    from kg import mine as mining
    from kg.pipeline import Resources
    from kg.work import Wishes

    mining.validate(fmt, kinds)
    unread: list[str] = []
    found = mining.mine(
        inputs,
        Resources.load(lexicon),
        kinds=kinds,
        wishes=Wishes(encoding=encoding, text_column=text_column),
        limit=limit,
        examples=examples,
        without=mining.looked_at(without) if without else (),
        on_error=lambda error: unread.append(str(error)),
        track=shell.counted,
    )
    for note in [*unread, *found.notes()]:
        shell.complain(note)
    click.echo(mining.render(found, fmt, top))
    return 1 if unread else 0


@cli.command()
@click.option(
    "--format", "-f", "fmt", default="ttl", show_default=True, help="ttl, nt, jsonld, rdfxml or context."
)
@click.option(
    "--write",
    "folder",
    metavar="DIR",
    type=_PATH,
    help="Write all of it: terms, shapes, word lists, patterns, queries.",
)
def ontology(fmt: str, folder: Path | None) -> None:
    """Print the ontology, or write it with its shapes, word lists, patterns and queries."""
    from kg import release

    if folder is None:
        click.echo(release.text(fmt), nl=False)
    else:
        click.echo(f"{release.write(folder)} files in {folder}")


@cli.command()
@click.argument("words", metavar="DIR", type=_PATH)
def lexicon(words: Path) -> int:
    """Check your own words and patterns, before kg build --lexicon DIR uses them.

    A bad file or row is refused with its line and the reason; of each pattern the example and the
    counter-example are read. Exit 1 when one does not come out as its row says.
    """
    from kg import own

    proofs = own.prove(words)
    click.echo(own.words(words, proofs))
    return 0 if all(proof.good for proof in proofs) else 1


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=_PATH)
@click.option("--errors", is_flag=True, help="Show every error by class, property and cause.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
@_lexicon
def score(gold: tuple[Path, ...], errors: bool, as_json: bool, lexicon: Path | None) -> None:
    """Compare what is built from annotated texts with their gold (files or folders of JSON)."""
    from kg import gold as annotations
    from kg import score as scoring
    from kg import scorecard
    from kg.confidence import Bands

    bands = Bands.load(lexicon)
    whole = scoring.Score()
    rows = []
    files = annotations.gold_files(gold)
    for read, result in shell.track(scoring.read_and_score(files, lexicon), len(files)):
        whole += result
        rows.append((read.path.stem, result))
    if as_json:
        click.echo(json.dumps(scorecard.numbers(whole) | {"bands": scorecard.band_numbers(whole, bands)}))
        return
    click.echo(scorecard.table([*rows, ("all", whole)]))
    click.echo("\n" + scorecard.bands(whole, bands))
    if errors:
        click.echo("\n" + scorecard.constructions(whole, bands))
        click.echo("\n" + scorecard.details(whole))
