"""Where work is done: in this process, in several, or on a cluster. The same functions, the same order of results.

Not more is under way than keeps the workers busy, so that memory follows their number and not that of the items.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from kg.cluster import dask_engine
from kg.errors import KgError, UsageError

#: What ``--engine`` knows.
ENGINES: Final = ("local", "dask")
#: Tasks under way for each worker: one in hand, one waiting, one to be taken up.
_AHEAD: Final = 3

A = TypeVar("A")
B = TypeVar("B")


class Engine(Protocol):
    """Applies a function to items; results come in the order of the items."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Yield the results."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How work is spread: ``scheduler`` is the address of a Dask cluster, else one is started here."""

    workers: int = 1
    engine: str = "local"
    scheduler: str = ""

    def start(self) -> AbstractContextManager[Engine]:
        """Start the engine; raises UsageError for one that is not known, or that is not installed."""
        if self.engine not in ENGINES:
            raise UsageError(f"--engine {self.engine}: choose from {', '.join(ENGINES)}")
        if self.engine == "dask":
            return dask_engine(self.workers, self.scheduler)
        if self.scheduler:
            raise UsageError(f"--scheduler {self.scheduler}: goes with --engine dask")
        return _here() if self.workers <= 1 else _processes(self.workers)


class Here:
    """This process."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Yield the results."""
        return map(function, items)


@contextmanager
def _here() -> Iterator[Engine]:
    yield Here()


class Processes:
    """Processes of this machine, started when there is work for more than one."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Yield the results; raises KgError when a process is killed twice over the same work."""
        todo = iter(items)
        first = list(_some(todo, 2))
        if len(first) < 2 and self._pool is None:
            yield from map(function, first)
            return
        waiting: deque[tuple[A, Future[B]]] = deque()
        died = False

        def submit(item: A) -> None:
            try:
                future = self._started().submit(function, item)
            except BrokenProcessPool as error:
                future = Future()
                future.set_exception(error)
            waiting.append((item, future))

        for item in first:
            submit(item)
        while waiting:
            for item in _some(todo, _AHEAD * self._workers - len(waiting)):
                submit(item)
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

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: the same on every system, and no lock of a forked thread is ever held.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, context, initializer=_begin)
        return self._pool


def _some(items: Iterator[A], count: int) -> Iterator[A]:
    for _, item in zip(range(count), items, strict=False):
        yield item


@contextmanager
def _processes(workers: int) -> Iterator[Engine]:
    engine = Processes(workers)
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
