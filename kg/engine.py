"""Where work is done: in this process, in several, or on a cluster. The same functions, the same order of results.

Not more is under way than keeps the workers busy, so that memory follows their number and not that of the items.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, Protocol, TypeVar

from kg.cluster import dask_engine
from kg.errors import KgError, UsageError

#: What ``--engine`` knows.
ENGINES: Final = ("local", "dask")
#: Tasks handed to each worker, one in hand and one waiting, and those whose results may wait for an earlier one.
_HANDED, _AHEAD = 2, 6
#: The most processes that are started unasked: each takes some 120 MB.
_MOST: Final = 8
#: Seconds of work alone before others are called, and of work that must be left for it: a process takes 0.7 s to begin.
_ALONE, _LEFT = 0.5, 2.0

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Applies a function to items; results come in the order of the items."""

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
        """Yield the results."""
        ...

    def beside(self, function: Callable[[], B]) -> Callable[[], B]:
        """Have something done beside what follows here, where another process waits for work; call for the result."""
        ...

    def prepare(self, ready: Callable[[], object], *, now: bool) -> None:
        """Say what a worker does before its first task, and whether to call workers now, for much is to be done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How work is spread: ``scheduler`` is the address of a Dask cluster, else one is started here.

    No ``workers`` are as many as there are cores, up to 8, called when there is work for them.
    """

    workers: int = 1
    engine: str = "local"
    scheduler: str = ""

    @property
    def most(self) -> int:
        """How many work at once."""
        return self.workers or min(_MOST, _cores())

    def start(self) -> AbstractContextManager[Engine]:
        """Start the engine; raises UsageError for one that is not known, or that is not installed."""
        if self.engine not in ENGINES:
            raise UsageError(f"--engine {self.engine}: choose from {', '.join(ENGINES)}")
        if self.engine == "dask":
            return dask_engine(self.most, self.scheduler)
        if self.scheduler:
            raise UsageError(f"--scheduler {self.scheduler}: goes with --engine dask")
        return _here() if self.most <= 1 else _processes(self.most, asked=self.workers > 1)


def _cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


class Here:
    """This process."""

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
        """Yield the results."""
        return map(function, items)

    def beside(self, function: Callable[[], B]) -> Callable[[], B]:
        """Do it when it is called."""
        return function

    def prepare(self, ready: Callable[[], object], *, now: bool) -> None:
        """Nobody is there to be called."""


@contextmanager
def _here() -> Iterator[Engine]:
    yield Here()


class Processes:
    """Processes of this machine: as many workers when they were ``asked`` for, and called at once.

    Else this process is one of the workers, and works alone until it is seen that what is left takes longer than
    calling the others. Until one of them has made ready it gets no task, for the results have an order.
    """

    def __init__(self, workers: int, *, asked: bool = True) -> None:
        self._others, self._asked = workers if asked else workers - 1, asked
        self._pool: ProcessPoolExecutor | None = None
        self._ready: Callable[[], object] = _nothing
        self._getting_ready: list[Future[object]] = []

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
        """Yield the results; raises KgError when a process is killed twice over the same work."""
        done = 0
        for result in self._alone(function, items):
            done += 1
            yield result
        if done < len(items):
            yield from self._together(function, iter(items[done:]))

    def prepare(self, ready: Callable[[], object], *, now: bool) -> None:
        """Say what the others do before their first task; called now, they do so while this process makes ready too."""
        self._ready = ready
        if now and not self._asked:
            self._started()

    def beside(self, function: Callable[[], B]) -> Callable[[], B]:
        """Give it to a process when they were called; it is done here when that one is killed."""
        if self._pool is None:
            return function
        try:
            return partial(_fetched, self._pool.submit(function), function)
        except BrokenProcessPool:
            return function

    def _alone(self, function: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
        """The results of the items that are worked on here, before others are called."""
        began = time.monotonic()
        for done, item in enumerate(items):
            if self._pool is not None or (self._asked and len(items) > 1):
                return
            if done == 1:
                began = time.monotonic()  # what the first one loads is not loaded again
            took = time.monotonic() - began
            if done > 1 and took > _ALONE and took / (done - 1) * (len(items) - done) > _LEFT:
                return
            yield function(item)

    def _together(self, function: Callable[[A], B], todo: Iterator[A]) -> Iterator[B]:
        waiting: deque[tuple[A, Future[B]]] = deque()
        died = False

        def submit(item: A) -> None:
            try:
                future = self._started().submit(function, item)
            except BrokenProcessPool as error:
                future = Future()
                future.set_exception(error)
            waiting.append((item, future))

        while True:
            room = _AHEAD * self._others - len(waiting)
            handed = sum(not future.done() for _, future in waiting)
            for item in islice(todo, max(0, min(room, _HANDED * self._at_work() - handed))):
                submit(item)
            if not self._asked and len(waiting) < _AHEAD * self._others:
                here = [] if waiting and waiting[0][1].done() else [*islice(todo, 1)]
                waiting.extend((item, _done(function, item)) for item in here)
                if here:
                    continue
            if not waiting:
                return
            try:
                result = waiting[0][1].result()
            except BrokenProcessPool:
                if died:
                    raise KgError(
                        "a worker process was killed, probably for want of memory; try fewer --workers"
                    ) from None
                died = True
                again = [item for item, _ in waiting]
                self.close()
                waiting.clear()
                for item in again:
                    submit(item)
                continue
            died = False
            waiting.popleft()
            yield result

    def close(self) -> None:
        """End the processes; what waits is not begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _at_work(self) -> int:
        """How many others take tasks: all that were asked for, else those that have made ready."""
        self._started()
        return self._others if self._asked else sum(one.done() for one in self._getting_ready)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: the same on every system, and no lock of a forked thread is ever held.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._others, context, initializer=_begin)
            if not self._asked:
                self._getting_ready = [self._pool.submit(self._ready) for _ in range(self._others)]
        return self._pool


def _done(function: Callable[[A], B], item: A) -> Future[B]:
    """What is done here, as if another process had done it."""
    future: Future[B] = Future()
    try:
        future.set_result(function(item))
    except Exception as error:
        future.set_exception(error)
    return future


def _nothing() -> None:
    """What there is to do before a task of which nothing is known."""


def _fetched(future: Future[B], function: Callable[[], B]) -> B:
    try:
        return future.result()
    except BrokenProcessPool:
        return function()


@contextmanager
def _processes(workers: int, *, asked: bool) -> Iterator[Engine]:
    engine = Processes(workers, asked=asked)
    try:
        yield engine
    finally:
        engine.close()


def _begin() -> None:
    """Let Ctrl-C reach the main process alone, which ends the others; go with it when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Wait for the end of the main process: its pipes stay open in its workers, which would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
