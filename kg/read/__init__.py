"""The reading stage: files in, Documents out, their layout repaired.

Source ─reader of its suffix→ Draft* ─layout→ Document*
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import ModuleType

from kg.errors import EmptyInputError, FormatError, InputError, UsageError
from kg.model import Document
from kg.read import head
from kg.read.discover import discover as _discover
from kg.read.discover import safe_id, stem
from kg.read.draft import Draft
from kg.read.formats import MANY, READERS, SUFFIXES, drafts
from kg.read.layout import repair
from kg.read.source import Input, Source, opened

__all__ = ["MANY", "READERS", "SUFFIXES", "Source", "discover", "read", "read_all", "safe_id", "stem"]


def discover(inputs: Sequence[str | Path]) -> tuple[Source, ...]:
    """Return the files that paths, folders, globs and ``-`` name, sorted by id.

    Raises InputError for what does not exist or holds nothing, UsageError for equal ids.
    """
    return _discover(inputs, SUFFIXES)


def read(
    source: Source,
    *,
    encoding: str = "",
    title: str = "",
    date: str = "",
    source_name: str = "",
    text_column: str = "",
) -> Document:
    """Read a file of one document; what is given here wins over what the document says of itself.

    Raises InputError and its kinds, each one sentence for the user; FormatError when the
    file holds several documents.
    """
    documents = read_all(
        source, encoding=encoding, title=title, date=date, source_name=source_name, text_column=text_column
    )
    document = next(documents, None)
    if document is None:
        raise EmptyInputError(source.path, "there is no document in the file", "give a file with text in it")
    if next(documents, None) is not None:
        raise FormatError(source.path, "holds several documents", "read them with kg.read.read_all")
    return document


def read_all(
    source: Source,
    *,
    encoding: str = "",
    title: str = "",
    date: str = "",
    source_name: str = "",
    text_column: str = "",
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Document]:
    """Yield the documents of a file: one, or those of its rows or of what is packed in it.

    Ids: that of the source for a single document; else what the row gives; else the
    source's with the path in the archive or the number of the row. One bad document of
    many goes to ``on_error`` and the others follow; without it, it is raised.
    """
    given_of = {"title": title, "date": date, "source": source_name}
    taken: set[str] = set()
    with opened(source.path) as stream:
        given = Input(source.path, PurePosixPath(source.path.name), stream, drafts, encoding, text_column)
        for item in drafts(given):
            try:
                if isinstance(item, InputError):
                    raise item
                document = _document(item, _id(item, source, taken), source.path, given_of)
            except InputError as error:
                if on_error is None or (isinstance(item, Draft) and not item.number and not item.member):
                    raise
                on_error(error)
            else:
                yield document


def _id(draft: Draft, source: Source, taken: set[str]) -> str:
    """Return the id of a document; raises FormatError for one that the file has already."""
    parts = [source.id, draft.member, str(draft.number) if draft.number else ""]
    try:
        id = safe_id(draft.id or "/".join(part for part in parts if part))
    except UsageError as error:
        raise FormatError(source.path, str(error), "give it another id") from None
    if id.casefold() in taken:
        raise FormatError(
            source.path, f"the id {id!r} stands twice in the file", "give each document its own"
        )
    taken.add(id.casefold())
    return id


def _document(draft: Draft, id: str, path: Path, wishes: Mapping[str, str]) -> Document:
    layout = repair(draft.lines)
    if not layout.text:
        raise EmptyInputError(path, "there is no text in the file", "give a file with text in it")
    return Document(
        id=id,
        text=layout.text,
        sha256=hashlib.sha256(layout.text.encode()).hexdigest(),
        title=wishes["title"] or draft.title or head.title_of(layout),
        date=wishes["date"] or draft.date or head.date_of(layout),
        source=wishes["source"] or draft.source or head.source_of(layout),
        blocks=layout.blocks,
        warnings=draft.warnings + layout.warnings,
    )


class _Callable(ModuleType):
    """This package, which ``kg.read(...)`` calls: the name is that of the stage and that of its use from Python."""

    def __call__(
        self, *inputs: str | Path, title: str = "", date: str = "", source: str = "", encoding: str = ""
    ) -> tuple[Document, ...]:
        """Read files, folders or globs, as kg.api.read says."""
        wishes = {"title": title, "date": date, "source_name": source, "encoding": encoding}
        return tuple(d for found in discover(inputs) for d in read_all(found, **wishes))  # type: ignore[arg-type]


sys.modules[__name__].__class__ = _Callable
