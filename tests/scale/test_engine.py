"""Processes are called when there is work for them, and no result is lost or out of order whoever works."""

from __future__ import annotations

import os
import signal
from functools import partial

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


@pytest.mark.parametrize("left", [0.0, 1e9])
def test_others_are_called_when_what_is_left_takes_long(left: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_ALONE", 0.0)
    monkeypatch.setattr(engine, "_LEFT", left and 1e9)
    monkeypatch.setattr(engine, "_cores", lambda: 2)
    with Machine(workers=0).start() as at_work:
        found = list(at_work.map(whose, range(40)))
    assert [number for number, _ in found] == list(range(40))
    assert ({pid for _, pid in found} == {os.getpid()}) == bool(left)


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
