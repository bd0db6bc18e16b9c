"""Progress on a terminal, silence elsewhere, and the log for programs."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from kg.progress import Bar, Log, Rate
from tests.cli.shell import kg


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_is_that_of_the_last_seconds() -> None:
    clock = Clock()
    rate = Rate(clock)
    clock.now += 1
    assert rate.see(1000) == 1000  # kept ones pass at once
    for second in range(60):
        clock.now += 1
        last = rate.see(1000 + 2 * (second + 1))
    assert last == pytest.approx(2)


def test_the_bar_shows_rate_and_time_left() -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, clock)
    bar("step", {"name": "understand", "total": 100})
    clock.now += 10
    bar("progress", {"name": "understand", "done": 20, "total": 100})
    shown = stream.getvalue().split("\r\x1b[2K")
    assert "20/100" in shown[-1]
    assert "2.0 个/秒" in shown[-1]
    assert "约剩 40 秒" in shown[-1]
    clock.now += 0.01
    bar("progress", {"name": "understand", "done": 21, "total": 100})
    assert stream.getvalue().split("\r\x1b[2K") == shown  # not drawn for every item
    bar("end", {})
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_the_log_thins_out_progress_and_masks_secrets() -> None:
    clock, stream = Clock(), io.StringIO()
    log = Log(stream, clock)
    log("step", {"name": "read", "total": 1000})
    for done in range(1, 1001):
        clock.now += 0.01
        log("progress", {"name": "read", "done": done, "total": 1000})
    log(
        "unread", {"path": "s3://me:word@host/a.txt", "why": "s3://me:word@host/a.txt?key=word: no such file"}
    )
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert 10 <= sum(row["event"] == "progress" for row in rows) <= 12
    assert rows[-2]["done"] == 1000
    assert "word" not in stream.getvalue()


def test_the_log_of_a_build(texts: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    assert (
        kg("build", texts, tmp_path / "no.txt", "--out", tmp_path / "out", "-q", "--log-json", log).code == 1
    )
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {"time", "elapsed", "event"} <= set.intersection(*(set(row) for row in rows))
    assert [row["elapsed"] for row in rows] == sorted(row["elapsed"] for row in rows)
    steps = [row["name"] for row in rows if row["event"] == "step"]
    assert steps == ["read", "understand", "learn", "parts", "write", "page", "store", "check", "publish"]
    assert [row["path"] for row in rows if row["event"] == "unread"] == [str(tmp_path / "no.txt")]
    assert rows[0]["event"] == "start"
    assert (rows[-1]["event"], rows[-1]["exit"], rows[-1]["documents"]) == ("end", 1, 2)


def test_the_log_on_stdout_stands_alone(texts: Path, tmp_path: Path) -> None:
    done = kg("build", texts, "--out", tmp_path / "out", "--log-json", "-")
    assert [json.loads(line)["event"] for line in done.out.splitlines()][-1] == "end"


def test_the_log_ends_with_the_error(texts: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    done = kg("build", texts, "--out", tmp_path / "out", "--log-json", log, "--title", "x")
    assert done.code == 2
    last = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["exit"]) == ("error", 2)
    assert last["why"] in done.err


def test_a_log_that_cannot_be_written_is_told(texts: Path, tmp_path: Path) -> None:
    done = kg("build", texts, "--out", tmp_path / "out", "--log-json", tmp_path / "no" / "log")
    assert done.code == 2
    assert "--log-json" in done.err


@pytest.mark.skipif(os.name != "posix", reason="a terminal")
@pytest.mark.parametrize("quiet", [False, True])
def test_a_terminal_sees_a_bar_unless_quiet(quiet: bool, texts: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "kg", "build", str(texts), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(
        [*command, *(["-q"] if quiet else [])],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=os.environ | {"LC_ALL": "C"},
    )
    os.close(theirs)
    seen = b""
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                seen += os.read(ours, 4096)
            except OSError:  # Linux: the other end was closed
                break
    os.close(ours)
    assert process.wait() == 0
    assert ("理解文本" in seen.decode()) is not quiet
    assert seen.decode().endswith("\x1b[2K") is not quiet
