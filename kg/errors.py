"""The errors of policykg; the shell turns them into one sentence and an exit code.

    KgError
    ├── UsageError            wrong option or argument            exit 2
    ├── InputError            a file that cannot be read          exit 1
    │   ├── EncodingError       no encoding fits its bytes
    │   ├── EmptyInputError     nothing to read in it
    │   └── FormatError         not what its name says, or broken
    ├── DataError             a bad row in ontology/ or --lexicon exit 1
    ├── EvidenceError         a quote that its text does not hold exit 1
    ├── QueryError            a query that cannot be run          exit 1
    │   └── RefusedError        one that is not allowed to
    ├── PublishError          a remote store that takes it not    exit 1
    └── CheckError            findings under --strict             exit 1

Each error carries its data and reads as one sentence: where, what, what to do.
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """Anything that policykg refuses; ``exit_code`` is the shell's."""

    exit_code = 1


class UsageError(KgError):
    """The call itself is wrong."""

    exit_code = 2


class InputError(KgError):
    """An input that cannot be read; the others are still built."""

    def __init__(self, path: Path | str, what: str, remedy: str = "") -> None:
        self.path = str(path)
        self.what = what
        self.remedy = remedy
        super().__init__(f"{self.path}: {what}" + (f"; {remedy}" if remedy else ""))


class EncodingError(InputError):
    """No encoding that we try decodes the bytes strictly."""


class EmptyInputError(InputError):
    """There is no text in the input."""


class FormatError(InputError):
    """The input is not what its name says, or it is broken."""


class DataError(KgError):
    """A row of the ontology, the lexicon or the patterns that is refused."""

    def __init__(self, path: Path | str, line: int, why: str) -> None:
        self.path = str(path)
        self.line = line
        self.why = why
        super().__init__(f"{self.path}:{line}: {why}")


class EvidenceError(KgError):
    """A quote does not stand in its document where it says."""

    def __init__(self, document: str, start: int, end: int, quote: str) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.quote = quote
        super().__init__(
            f"{document}: characters {start} to {end} do not read {quote!r}; "
            "this is a fault of policykg, please report it with the document"
        )


class QueryError(KgError):
    """A query that cannot be parsed, is not allowed, or is not known."""

    def __init__(self, what: str, *, line: int | None = None, column: int | None = None) -> None:
        self.what = what
        self.line = line
        self.column = column
        place = f"line {line}, column {column}: " if line is not None else ""
        super().__init__(f"{place}{what}")


class RefusedError(QueryError):
    """A query that would write, or send data elsewhere."""


class PublishError(KgError):
    """A remote store that cannot be reached or refuses; its address is shown without its query."""

    def __init__(self, endpoint: str, why: str) -> None:
        self.endpoint = endpoint
        self.why = why
        super().__init__(f"{endpoint}: {why}")


class CheckError(KgError):
    """The checks found problems and --strict was given."""
