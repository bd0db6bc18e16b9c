"""The one place that mints IRIs: readable ones for entities, content hashes for evidence.

An entity is ``BASE id/class/[scope:]name``. Chinese, quotes and book-title marks stay as
they are; what an IRI may not hold, what would change its meaning (``% : / ? #``) and what
no reader can see (spaces, format characters) is percent-encoded as UTF-8, so that two
names never share an IRI. The decision is recorded in docs/decisions/iri-scheme.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote_to_bytes

from kg.errors import UsageError
from kg.model import CLASSES, Decision, Document, EntityKey, Observation, Span

#: The root of all IRIs of things; ``--base`` changes it. The ontology's namespace is fixed.
BASE: Final = "https://w3id.org/policykg/"

#: The kinds of nodes whose IRI is a hash of their content.
NODES: Final = ("observation", "statement", "sentence", "mention", "document", "decision")

_RESERVED: Final = frozenset(' <>"{}|\\^`%:/?#[]')
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ROOT: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]")


def root(base: str) -> str:
    """The base, checked: an absolute IRI that ends in ``/`` or ``#``.

    >>> root("https://example.org/kg")
    Traceback (most recent call last):
    kg.errors.UsageError: --base https://example.org/kg: must be an absolute IRI that ends with / or #
    """
    if not _ROOT.fullmatch(base):
        raise UsageError(f"--base {base}: must be an absolute IRI that ends with / or #")
    return base


def safe(name: str) -> str:
    """A name as the last segment of an IRI.

    >>> safe("“丹霞”基金 A/B"), safe("..")
    ('“丹霞”基金%20A%2FB', '%2E%2E')
    """
    if set(name) <= {"."}:  # a dot segment would be resolved away
        return name.replace(".", "%2E")
    return "".join(map(_safe_char, name))


def _safe_char(char: str) -> str:
    if char in _RESERVED or unicodedata.category(char) in _UNSEEN:
        return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
    return char


@lru_cache(maxsize=1 << 16)
def iri(key: EntityKey, base: str = BASE) -> str:
    """The IRI of an entity.

    >>> iri(EntityKey("Fund", "产业引导基金", "云川省"))
    'https://w3id.org/policykg/id/fund/云川省:产业引导基金'
    """
    scope = f"{safe(key.scope)}:" if key.scope else ""
    return f"{base}id/{key.cls.lower()}/{scope}{safe(key.name)}"


def prefixes(base: str = BASE) -> Mapping[str, str]:
    """One prefix for each class and for each kind of node.

    >>> prefixes()["fund"]
    'https://w3id.org/policykg/id/fund/'
    """
    classes = {cls.lower(): f"{base}id/{cls.lower()}/" for cls in sorted(CLASSES)}
    return classes | {node: f"{base}{node}/" for node in NODES}


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI.

    >>> is_iri("https://a.example/甲"), is_iri("a.example"), is_iri("urn:a b")
    (True, False, False)
    """
    return bool(_IRI.fullmatch(text))


def graph_iri(name: str, base: str = BASE) -> str:
    """The named graph of a build in a store that holds several.

    >>> graph_iri("五月 北京")
    'https://w3id.org/policykg/graph/五月%20北京'
    """
    return f"{base}graph/{safe(name)}"


def document_iri(document: Document, base: str = BASE) -> str:
    """A document is its id and its text: two builds that name different texts alike stay apart."""
    return _node("document", base, document.id, document.sha256)


def sentence_iri(document: Document, span: Span, base: str = BASE) -> str:
    """A sentence is a span of a document."""
    return _node("sentence", base, document.id, document.sha256, str(span.start), str(span.end))


def mention_iri(document: Document, span: Span, key: EntityKey, base: str = BASE) -> str:
    """A mention is a span of a document that stands for an entity."""
    place = (document.id, document.sha256, str(span.start), str(span.end))
    return _node("mention", base, *place, iri(key, base))


def observation_iri(key: EntityKey, observation: Observation, base: str = BASE) -> str:
    """A figure is what it says; its baseline is another figure and no part of it."""
    o = observation
    value = format(o.value.normalize(), "f")
    return _node("observation", base, iri(key, base), o.label, value, o.unit, str(o.time or ""), o.bound)


def statement_iri(subject: str, predicate: str, object_: str, base: str = BASE) -> str:
    """A statement is its triple; the object is given as N-Triples writes it."""
    return _node("statement", base, subject, predicate, object_)


def decision_iri(about: str, decision: Decision, base: str = BASE) -> str:
    """A decision is what it is about (an IRI), who said it, when, and what."""
    target = decision.object
    named = iri(target, base) if isinstance(target, EntityKey) and not decision.predicate else ""
    told = named or (target if isinstance(target, str) and not decision.predicate else "")
    d = decision
    return _node("decision", base, about, d.verdict, told, d.reviewer, d.date, d.reason)


_CLASS: Final = {cls.lower(): cls for cls in CLASSES}


def key_of(name: str, base: str = BASE) -> EntityKey | None:
    """The entity that an IRI of ours names, or None.

    >>> key_of("https://w3id.org/policykg/id/fund/云川省:产业引导基金")
    EntityKey(cls='Fund', name='产业引导基金', scope='云川省')
    """
    root_ = f"{base}id/"
    kind, slash, rest = name.removeprefix(root_).partition("/")
    if not name.startswith(root_) or not slash or kind not in _CLASS or not rest or "/" in rest:
        return None
    scope, _, last = rest.rpartition(":")
    try:
        key = EntityKey(_CLASS[kind], _read(last), _read(scope))
    except ValueError:
        return None
    return key if iri(key, base) == name else None


def _read(part: str) -> str:
    return unquote_to_bytes(part).decode("utf-8", "surrogatepass")


def _node(kind: str, base: str, *content: str) -> str:
    """Eighty bits: among ten million nodes two collide with a chance of one in 10^10."""
    hashed = blake2b(digest_size=10)
    for part in content:
        encoded = part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % len(encoded) + encoded)
    return f"{base}{kind}/{hashed.hexdigest()}"
