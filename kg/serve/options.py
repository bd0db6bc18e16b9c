"""What bounds a service, and where it listens."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one query, and of all at once; sizes in MB, times in seconds."""

    timeout: float = 30.0
    rows: int = 1_000_000
    answer: float = 100.0
    body: float = 1.0
    memory: int = 2_000
    workers: int = 2
    waiting: int = 64

    @property
    def answer_bytes(self) -> int:
        """The most bytes of an answer."""
        return int(self.answer * MEGABYTE)

    @property
    def body_bytes(self) -> int:
        """The most bytes of a query."""
        return int(self.body * MEGABYTE)

    def plain(self) -> dict[str, Any]:
        """As JSON takes it to a worker."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Where a service listens and whom it lets in; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
