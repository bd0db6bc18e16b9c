"""``kg review``: the decisions of reviewers, from the page into the project and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import shell
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.review.project import Project

_PATH = click.Path(path_type=Path)
_folder = click.argument("folder", metavar="[DIR]", type=_PATH, required=False)
_decisions = click.option(
    "--decisions",
    metavar="FILE",
    type=_PATH,
    help="Where the project keeps its decisions [default: DIR/decisions.json].",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def review() -> None:
    """Keep what reviewers decide on the page, and replay it at every build.

    把审阅页下载的评审结果收进项目；kg build 每次都会重放。

    \b
    kg review apply output/june 甲.json 乙.json
    kg build reports/ --out output/june
    kg review status output/june
    """


@review.command()
@click.argument("files", metavar="[DIR] DECISIONS...", nargs=-1, required=True, type=_PATH)
@_decisions
@click.option("--as", "signed", default="", metavar="NAME", help="Sign what is not signed.")
@_json
def apply(files: tuple[Path, ...], decisions: Path | None, signed: str, as_json: bool) -> None:
    """Add files of decisions to the project of DIR; kg build then replays them.

    A reviewer's newer word replaces the older; what two reviewers see differently is listed and changes
    nothing. A file that is broken or speaks of another base is refused, and nothing is written.
    """
    folders = [path for path in files if path.is_dir()]
    given = [path for path in files if path not in folders]
    if len(folders) > 1 or not given:
        raise UsageError("kg review apply：请给出一个输出文件夹和至少一个评审结果文件")
    project = _project(folders[0] if folders else _here(), decisions)
    merged = project.apply(given, signed)
    status = project.status()
    from kg.review.project import named, reviewers

    if as_json:
        counts = {name: getattr(merged, name) for name in ("added", "changed", "same", "older")}
        told = {"file": str(project.path), "decisions": len(merged.decisions), "conflicts": status.conflicts}
        _print(counts | told)
        return
    older = f"，早于已有而未取 {merged.older}" * bool(merged.older)
    click.echo(f"新增 {merged.added}，改变 {merged.changed}，相同 {merged.same}{older}")
    click.echo(f"{project.path}：共 {len(merged.decisions)} 条（{named(reviewers(merged.decisions))}）")
    for row in status.conflicts:
        click.echo(f"  {_plain(row['zh'])}")
    if not status.fresh:
        click.echo(f"重新 kg build … --out {project.out or 'DIR'} 后生效")


@review.command()
@_folder
@_decisions
@_json
def status(folder: Path | None, decisions: Path | None, as_json: bool) -> None:
    """Say how the decisions fare: applied, not found, in conflict, not built yet."""
    from kg.review.project import reviewers, status_words

    project = _project(folder or _here(), decisions)
    found = project.status()
    if as_json:
        _print(
            {
                "decisions": len(found.decisions),
                "reviewers": reviewers(found.decisions),
                "fresh": found.fresh,
                "built": found.built,
                "conflicts": found.conflicts,
            }
        )
        return
    click.echo(_plain(status_words(found, project.path, str(project.out or "DIR"))))


@review.command("list")
@_folder
@_decisions
@click.option("--reviewer", metavar="NAME", help="Those of one reviewer.")
@_json
def list_(folder: Path | None, decisions: Path | None, reviewer: str | None, as_json: bool) -> None:
    """List the decisions, each with the id that kg review forget takes."""
    from kg.review.account import short
    from kg.review.project import listed
    from kg.review.rows import row_of

    project = _project(folder or _here(), decisions)
    base = project.base
    found = [d for d in project.decisions() if reviewer is None or d.reviewer == reviewer]
    if as_json:
        _print([{"id": short(d, base)} | row_of(d, base) for d in found])
        return
    for line in listed(found, base):
        click.echo(_plain(line))


@review.command()
@_folder
@_decisions
@_json
def stats(folder: Path | None, decisions: Path | None, as_json: bool) -> None:
    """Say how often rules, classes and relations were right, and how far reviewers agree.

    Precision with Wilson's interval at 95 %, over the statements of the last build on which reviewers agree; Cohen's
    kappa for each two reviewers.
    """
    from kg.review import stats as counting

    project = _project(folder or _here(), decisions)
    if project.out is None or not project.report:
        raise UsageError("kg review stats：请给出 kg build 的输出文件夹")
    found = counting.stats(project.out, project.decisions())
    if as_json:
        _print(counting.numbers(found))
        return
    click.echo(_plain(counting.words(found)))
    if not project.status().fresh:
        shell.complain(
            f"上次构建之后评审有变动；以上按上次构建统计，重新 kg build … --out {project.out} 后更新"
        )


@review.command()
@click.argument("folder", metavar="DIR", type=_PATH)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@_decisions
@click.option("--reviewer", metavar="NAME", help="Take back all of one reviewer.")
def forget(folder: Path, ids: tuple[str, ...], decisions: Path | None, reviewer: str | None) -> None:
    """Take decisions back: by id (its beginning is enough), or all of a reviewer."""
    if not ids and reviewer is None:
        raise UsageError("kg review forget：请给出评审的编号（kg review list）或 --reviewer NAME")
    from kg.review.project import listed

    project = _project(folder, decisions)
    for line in listed(project.forget(ids, reviewer), project.base):
        click.echo(f"已收回 {_plain(line)}")


@review.command()
@_folder
@_decisions
@click.option("--reviewer", default="", metavar="NAME", help="The reviewer who goes on with the file.")
@click.option("--out", "-o", "target", metavar="FILE", type=_PATH, required=True, help="File to write.")
def export(folder: Path | None, decisions: Path | None, reviewer: str, target: Path) -> None:
    """Write the decisions of one reviewer as the page reads them, to go on elsewhere."""
    from kg.review.file import write

    project = _project(folder or _here(), decisions)
    found = [d for d in project.decisions() if d.reviewer == reviewer]
    if not found:
        raise UsageError(f"{project.path}：没有{reviewer or '未署名者'}的评审")
    write(target, found, project.base, reviewer)
    click.echo(f"{target}：{len(found)} 条")


def _project(folder: Path | None, decisions: Path | None) -> Project:
    from kg.review.project import Project

    return Project.at(folder, decisions)


def _here() -> Path | None:
    """The current folder, when it holds a build or its decisions."""
    from kg.folder import read_report
    from kg.review.file import FILE

    here = Path()
    return here if read_report(here) is not None or (here / FILE).exists() else None


def _print(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _plain(text: str) -> str:
    """What a reviewer wrote, without what a terminal would obey or what turns the line around."""
    from kg.results import printable

    return "\n".join(map(printable, text.split("\n")))
