"""Work on a Dask cluster, by address or started here: the door to dask.distributed.

The functions and the order of results are those of ``kg.engine``. A worker that dies loses nothing: what it had in
hand is done by another one.
"""

from __future__ import annotations

import logging
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from kg.errors import KgError, UsageError
from kg.remote import INSTALL

if TYPE_CHECKING:
    from distributed import Client, Future

A = TypeVar("A")
B = TypeVar("B")

#: Tasks under way for each worker.
_AHEAD: Final = 3
#: Seconds to wait for a scheduler.
_PATIENCE: Final = 30


class Cluster:
    """A Dask cluster that a client is connected with."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def map(self, function: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
        """Yield the results; raises KgError when workers die again and again over the same work."""
        from distributed import KilledWorker

        todo = iter(items)
        waiting: deque[Future[B]] = deque()
        while True:
            workers = len(self._client.nthreads())  # type: ignore[no-untyped-call]  # they come and go
            room = _AHEAD * max(1, workers) - len(waiting)
            for item in islice(todo, max(0, room)):
                waiting.append(self._client.submit(function, item, pure=False))
            if not waiting:
                return
            try:
                yield waiting.popleft().result()
            except KilledWorker:
                why = "the workers of the cluster were killed over the same work, probably for want of memory"
                raise KgError(f"{why}; give them more") from None

    def beside(self, function: Callable[[], B]) -> Callable[[], B]:
        """Do it when it is called, here: it works on files of this machine."""
        return function

    def prepare(self, ready: Callable[[], object], *, now: bool) -> None:
        """The workers are there already."""


@contextmanager
def dask_engine(workers: int, scheduler: str) -> Iterator[Cluster]:
    """Connect with the cluster at an address, or start one here with so many workers.

    Raises UsageError when Dask is not installed, or nothing answers at the address.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise UsageError(f"--engine dask needs Dask: {INSTALL}") from None
    with ExitStack() as stack:
        stack.enter_context(_hushed())
        if not scheduler:
            place = stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-dask-"))
            cluster = stack.enter_context(
                LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    local_directory=place,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = Client(scheduler or cluster, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
            stack.enter_context(client)
        except (
            OSError,
            ValueError,
            AssertionError,
        ) as error:  # the last when time is up between two of its steps
            raise UsageError(f"--scheduler {scheduler}: no Dask scheduler answers there ({error})") from None
        yield Cluster(client)


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep the library's own messages away from our errors."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
