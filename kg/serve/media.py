"""The formats of answers, and which of them an Accept header asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple


class Media(NamedTuple):
    """A media type, whether it is text that needs its charset said, and the engine's name of the format."""

    type: str
    format: str
    text: bool = False

    @property
    def header(self) -> str:
        """The value of Content-Type."""
        return f"{self.type}; charset=utf-8" if self.text else self.type


#: Answers to SELECT and ASK; the first is given to who accepts anything.
BINDINGS: Final = (
    Media("application/sparql-results+json", "JSON"),
    Media("application/sparql-results+xml", "XML"),
    Media("text/csv", "CSV", text=True),
    Media("text/tab-separated-values", "TSV", text=True),
    Media("application/json", "JSON"),
    Media("application/xml", "XML"),
    Media("text/xml", "XML", text=True),
)
#: Answers to CONSTRUCT and DESCRIBE, and descriptions.
TRIPLES: Final = (
    Media("text/turtle", "TURTLE", text=True),
    Media("application/n-triples", "N_TRIPLES"),
    Media("application/ld+json", "JSON_LD"),
    Media("application/rdf+xml", "RDF_XML"),
    Media("application/n-quads", "N_QUADS"),
    Media("application/trig", "TRIG"),
    Media("text/plain", "N_TRIPLES", text=True),
    Media("application/json", "JSON_LD"),
    Media("application/xml", "RDF_XML"),
)
HTML: Final = Media("text/html", "", text=True)


def choose(accept: str, offered: Sequence[Media]) -> Media | None:
    """The offered type that an Accept header likes best; among equals the first offered, None for none.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", BINDINGS).format
    'XML'
    >>> choose("text/*", TRIPLES).format, choose("", BINDINGS).format, choose("image/png", BINDINGS)
    ('TURTLE', 'JSON', None)
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*", "*", 1.0)]
    best: tuple[float, int] | None = None
    chosen = None
    for media in offered:
        liked = _liking(media.type, ranges)
        if liked is not None and liked[0] > 0 and (best is None or liked > best):
            best, chosen = liked, media
    return chosen


def _range(part: str) -> tuple[str, str, float]:
    words, *parameters = (word.strip().lower() for word in part.split(";"))
    kind, _, subtype = words.partition("/")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return kind, subtype, quality


def _liking(type_: str, ranges: Sequence[tuple[str, str, float]]) -> tuple[float, int] | None:
    """Quality, and how exactly the type is named, by the range that names it most exactly."""
    kind, _, subtype = type_.partition("/")
    fits = [
        ((r_subtype != "*") + (r_kind != "*"), quality)
        for r_kind, r_subtype, quality in ranges
        if r_kind in (kind, "*") and r_subtype in (subtype, "*")
    ]
    if not fits:
        return None
    exact, quality = max(fits)
    return quality, exact
