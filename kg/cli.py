"""The command line: parse, call, echo, exit code. Click's door; heavy modules load inside commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

import kg
from kg import shell
from kg.errors import UsageError

_TARGET = click.argument("target", metavar="DIR", type=click.Path(path_type=Path))


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


@cli.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--out",
    "-o",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to write [default: output/NAME of the input].",
)
@click.option("--title", default="", help="Title of the document, when it is only one.")
@click.option("--date", default="", metavar="ISO", help="Date of the documents: 2024, 2024-07 or 2024-07-01.")
@click.option("--source", default="", help="Where the documents come from: a name or an address.")
@click.option("--encoding", default="", help="Encoding of the inputs [default: found for each].")
@click.option(
    "--base",
    default="",
    metavar="IRI",
    help="Root of the IRIs of things [default: https://w3id.org/policykg/].",
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes that read.")
@click.option(
    "--min-confidence",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Leave out statements below.",
)
@click.option("--add", is_flag=True, help="Keep the documents that DIR already holds.")
@click.option("--only", type=click.Choice(["nt"]), help="Write graph.nt alone.")
@click.option("--strict", is_flag=True, help="Exit 1 when the checks find a problem.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary.")
def build(
    inputs: tuple[str, ...],
    out: Path | None,
    title: str,
    date: str,
    source: str,
    encoding: str,
    base: str,
    workers: int,
    min_confidence: float,
    add: bool,
    only: str | None,
    strict: bool,
    quiet: bool,
) -> int:
    """Build the graph of texts (files and folders of txt, md, html) into a folder.

    \b
    kg build article.txt --out output/article
    kg build reports/ more.html --out output/all --workers 2
    """
    from kg import corpus, summary
    from kg.export.iri import BASE
    from kg.work import Wishes

    out = out or corpus.default_out(inputs)
    options = corpus.Options(
        wishes=Wishes(title=title, date=date, source=source, encoding=encoding),
        base=base or BASE,
        workers=workers,
        min_confidence=min_confidence,
        add=add,
        only=only or "",
    )
    result = corpus.build(inputs, out, options, track=shell.untracked if quiet else shell.track)
    for unread in result.unread:
        shell.complain(unread.why)
    if result.report and not quiet:
        click.echo(summary.words(result.report, str(out)))
    if strict and result.problems:
        shell.complain(
            f"{len(result.problems)} findings of the checks, and --strict was given; see {out}/report.json"
        )
    return 1 if result.unread or (strict and result.problems) else 0


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Show every error by class, property and cause.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def score(gold: tuple[Path, ...], errors: bool, as_json: bool) -> None:
    """Compare what is built from annotated texts with their gold (files or folders of JSON)."""
    from kg import gold as annotations
    from kg import score as scoring
    from kg import scorecard

    whole = scoring.Score()
    rows = []
    files = annotations.gold_files(gold)
    for read, result in shell.track(scoring.read_and_score(files), len(files)):
        whole += result
        rows.append((read.path.stem, result))
    if as_json:
        click.echo(json.dumps(scorecard.numbers(whole)))
        return
    click.echo(scorecard.table([*rows, ("all", whole)]))
    if errors:
        click.echo(scorecard.details(whole))
