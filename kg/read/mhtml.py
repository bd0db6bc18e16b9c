"""Web pages that a browser saved as one file: the page among its parts."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.policy import default

from kg.errors import FormatError
from kg.read.draft import Draft
from kg.read.html import page_draft
from kg.read.source import Input


def read_mhtml(given: Input) -> Iterator[Draft]:
    """Yield the first page of the file; raises FormatError when it holds none."""
    message = email.message_from_bytes(given.read(), policy=default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                yield page_draft(data, given.path, given.encoding, declared=part.get_content_charset() or "")
                return
    raise FormatError(given.path, "no web page in this mhtml file", "save the page again, as HTML")
