"""Processes are called when there is work for them, and no result is lost or out of order whoever works."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from kg import engine
from kg.engine import Machine, Processes


def whose(number: int) -> tuple[int, int]:
    """A number, and the process that had it in hand."""
    return number, os.getpid()


def one_of(killed: int) -> int:
    """Die in any process but the one that asks."""
    if os.getpid() != killed:
        os.kill(os.getpid(), signal.SIGKILL)
    return killed


def patient(number: int, *, main: int, ready: Path) -> tuple[int, int]:
    """A number, and who had it in hand: the main process gives the other one time to make ready and to take some."""
    end = time.monotonic() + 60
    while number > 1 and os.getpid() == main and not ready.exists() and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.02)
    return whose(number)


def test_others_are_called_when_what_is_left_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_ALONE", 0.0)
    monkeypatch.setattr(engine, "_LEFT", 0.0)
    monkeypatch.setattr(engine, "_cores", lambda: 2)
    with Machine(workers=0).start() as at_work:
        at_work.prepare(partial((tmp_path / "ready").touch), now=False)
        found = list(at_work.map(partial(patient, main=os.getpid(), ready=tmp_path / "ready"), range(60)))
    assert [number for number, _ in found] == list(range(60))
    assert len({pid for _, pid in found}) == 2, "this process and one other"


@pytest.mark.parametrize("now", [False, True])
def test_this_process_works_while_the_others_make_ready(now: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_cores", lambda: 2)
    with Machine(workers=0).start() as at_work:
        at_work.prepare(partial(time.sleep, 2), now=now)
        assert (at_work.beside(os.getpid)() == os.getpid()) != now
        assert [number for number, _ in at_work.map(whose, range(40))] == list(range(40))


def test_an_error_is_the_same_whoever_meets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_cores", lambda: 2)
    with Machine(workers=0).start() as at_work:
        at_work.prepare(os.getpid, now=True)
        with pytest.raises(ZeroDivisionError):
            list(at_work.map(partial(divmod, 1), range(2)))


def test_one_core_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_cores", lambda: 1)
    assert Machine(workers=0).most == 1
    monkeypatch.setattr(engine, "_cores", lambda: 1000)
    assert Machine(workers=0).most == 8
    assert Machine(workers=20).most == 20


def test_what_is_done_beside_is_done_here_when_nobody_was_called_or_the_process_is_killed() -> None:
    at_work = Processes(2)
    try:
        assert at_work.beside(os.getpid)() == os.getpid()
        list(at_work.map(whose, range(4)))
        assert at_work.beside(os.getpid)() != os.getpid()
        assert at_work.beside(partial(one_of, os.getpid()))() == os.getpid()
        assert at_work.beside(os.getpid)() == os.getpid()  # no pool is left
        assert [number for number, _ in at_work.map(whose, range(4))] == [0, 1, 2, 3]
    finally:
        at_work.close()
