"""Runs ``kg`` as a user does, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kg import shell
from kg.cli import _run

ARTICLE = """云川数谷建设提速

2024年7月，云川省人民政府印发《云川省数字经济发展规划》，由云川省发展和改革委员会组织实施。
云川省科学院与江州大学联合建设江州实验室，实验室位于云川数谷，依托江州大学运营。
总规模60亿元的云川数谷文化基金是“丹霞”基金的子基金，由云川产业投资集团有限公司管理。
2021年，“丹霞”基金由云川省人民政府设立。
"""
SECOND = """临溪县工作简报

临溪县人民政府拟筹建临溪算力中心，由“丹霞”基金出资。
2024年9月，云川省人民政府在江州市举办第三届云川数字博览会。
"""


class Run(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


def kg(*arguments: str | Path) -> Run:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = shell.guarded(lambda: _run([str(a) for a in arguments]))
    return Run(code, out.getvalue(), err.getvalue())


def process(*arguments: str | Path, env: Mapping[str, str] | None = None, code: str = "") -> Run:
    """Run a command in a process of its own; ``code`` is Python that runs before it."""
    start = f"{code}\nfrom kg.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", start, *map(str, arguments)],
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file that a build writes for others, by its path; store and cache are no such files."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    named = {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}
    return {name: data for name, data in named.items() if not name.startswith(("store/", ".cache/"))}
