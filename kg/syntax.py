"""Where a query is wrong, and whether it holds SERVICE: both asked of the parser that will run it.

Oxigraph's parser names the place up to a dozen characters too late (for ``SELEKT`` column 10,
since it has tried ``CONSTRUCT``), so the query is given to it word by word: the first word after
which it does not read on to the end is the wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from kg.errors import QueryError, RefusedError
from kg.rdf import Store

_SERVICE: Final = re.compile(
    "".join(rf"(?:{c}|\\u(?:0000)?00(?:{ord(c):x}|{ord(c) - 32:x}))" for c in "service"),
    re.IGNORECASE | re.ASCII,
)
_MISSPELT: Final = "servicx"
#: The words of a query: a comment, an IRI, a string, a name and a sign are one each.
WORD: Final = re.compile(
    r"""\#[^\n]* | <(?:[^<>"{}|^`\\\s]|\\[uU][0-9A-Fa-f]+)*>
      | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
      | [?$]\w+ | @[A-Za-z-]+ | [\w.:%\\-]+ | \|\| | && | \^\^ | [!<>]= | \S""",
    re.VERBOSE | re.DOTALL,
)
_PREFIX: Final = re.compile(r"[\w.-]*")
_PLACE: Final = re.compile(r"error at (\d+):")
#: More lines than the parser looks ahead, so that a good beginning is told by where reading ends.
_MARGIN: Final = 100


def refuse_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise a RefusedError for a query in which SERVICE is a keyword.

    Every ``service`` is misspelt and the text parsed again: inside a string, an IRI, a name or a
    comment that changes nothing, as a keyword it is an error. A second parser would be no judge:
    rdflib undoes ``\\u0022`` before it reads, so that a quote written that way makes it take for a
    comment what Oxigraph runs. Nothing is sent meanwhile, for what parses holds no SERVICE.
    """
    wrong, found = _SERVICE.subn(_MISSPELT, text)
    if not found:
        return
    try:
        Store().query(wrong, prefixes=dict(prefixes))
    except SyntaxError as error:
        at = wrong_word(wrong, prefixes)
        if at is not None and at[1].lower().startswith(_MISSPELT):
            message = "SERVICE is refused: it would send data to another address (kg query --allow-service allows it)"
            raise RefusedError(message) from error
        raise explained(text, at, prefixes) from error


def explain(text: str, prefixes: Mapping[str, str]) -> QueryError:
    """The error for a query that does not parse: line, column, and the line with a caret below."""
    if not text.strip():
        return QueryError("the query is empty")
    if _is_update(text):
        return RefusedError("updates are refused: a graph is only read; build it again to change it")
    return explained(text, wrong_word(text, prefixes), prefixes)


def wrong_word(text: str, prefixes: Mapping[str, str]) -> tuple[int, str] | None:
    """The offset and the words of the first word that cannot stand where it does; None when only the end is missing."""
    for word in WORD.finditer(text):
        if not _reads_on(text[: word.end()], prefixes):
            return word.start(), word.group()
    return None


def _reads_on(beginning: str, prefixes: Mapping[str, str]) -> bool:
    try:
        Store().query(beginning + "\n" * _MARGIN, prefixes=dict(prefixes))
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        return place is not None and int(place[1]) > beginning.count("\n") + _MARGIN // 2
    return True


def explained(text: str, wrong: tuple[int, str] | None, prefixes: Mapping[str, str]) -> QueryError:
    """The error for a wrong word, or for a missing end."""
    at, word = wrong or (len(text.rstrip()), "")
    line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
    shown = text[start:].partition("\n")[0]
    caret = "".join(map(_blank, text[start:at])) + "^"
    return QueryError(f"{_what(word, prefixes)}\n{shown}\n{caret}", line=line, column=at - start + 1)


def _what(word: str, prefixes: Mapping[str, str]) -> str:
    if not word:
        return "the query ends too early"
    prefix, colon, _ = word.partition(":")
    if colon and prefix not in prefixes and _PREFIX.fullmatch(prefix):
        return f"the prefix {prefix}: is not declared; known without declaration are {', '.join(prefixes)}"
    return f"{word.splitlines()[0]!r} cannot stand here"


def _blank(char: str) -> str:
    if char == "\t":
        return "\t"
    return "\u3000" if unicodedata.east_asian_width(char) in "WF" else " "


def _is_update(text: str) -> bool:
    """Whether a text that is no query is an update; rdflib's parser is loaded for this alone."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except (ParseException, RecursionError):
        return False
