"""Turtle of RDF 1.2: each relation and fact with its evidence beside it, as annotations.

    fund:甲 kgo:partOf fund:乙 ~ statement:1 {| kgo:confidence 0.9 ; prov:wasDerivedFrom sentence:2 |} .

The reifier is our kgo:Statement, whose IRI is that of ``evidence.ttl``; rdf:subject, rdf:predicate and rdf:object,
which say in RDF 1.1 what it is about, give way to rdf:reifies. One file holds graph and evidence; what a reviewer
rejected is a triple that a reifier tells of and nothing says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from kg.export.turtle import shortener, turtle, verb
from kg.rdf import RDF, NamedNode, Triple

_ABOUT: Final = tuple(f"{RDF}{name}" for name in ("subject", "predicate", "object"))
#: A reifier, what it is about, what is told of it.
_Told = tuple[str, tuple[Any, ...], list[Triple]]


def annotated(graph: list[Triple], evidence: list[Triple], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The text of the file."""
    write = shortener(prefixes)
    told, rest = _reifiers(evidence)
    asserted = {f"{t.subject} {t.predicate} {t.object}" for t in graph}
    yield from (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())
    for subject, block in groupby(graph, key=lambda triple: triple.subject):
        lines = [_line(predicate, list(same), told, write) for predicate, same in _by_predicate(block)]
        start = " " if lines[0].startswith("a ") else "\n    "
        yield f"\n{write(subject)}{start}" + " ;\n    ".join(lines) + " .\n"
    for key in sorted(told.keys() - asserted):
        yield from (_unasserted(*one, write) for one in told[key])
    yield from (block for block in turtle(rest, prefixes) if not block.startswith("@prefix "))


def _reifiers(evidence: list[Triple]) -> tuple[dict[str, list[_Told]], list[Triple]]:
    """What is told of each triple, by its N-Triples; and what of the evidence is no statement."""
    told: dict[str, list[_Told]] = defaultdict(list)
    rest: list[Triple] = []
    for subject, block in groupby(evidence, key=lambda triple: triple.subject):
        said = list(block)
        about: dict[str, Any] = {t.predicate.value: t.object for t in said if t.predicate.value in _ABOUT}
        if len(about) == len(_ABOUT):
            parts = tuple(about[name] for name in _ABOUT)
            kept = [t for t in said if t.predicate.value not in _ABOUT]
            told[" ".join(map(str, parts))].append((str(subject), parts, kept))
        else:
            rest += said
    return told, rest


def _by_predicate(triples: Iterable[Triple]) -> Iterator[tuple[Any, Iterator[Triple]]]:
    return groupby(triples, key=lambda triple: triple.predicate)


def _line(predicate: Any, triples: list[Triple], told: Mapping[str, list[_Told]], write: Any) -> str:
    objects = []
    for triple in triples:
        found = told.get(f"{triple.subject} {triple.predicate} {triple.object}", ())
        objects.append(write(triple.object) + "".join(_annotation(*one, write) for one in found))
    return f"{verb(predicate, write)} {' , '.join(objects)}"


def _unasserted(reifier: str, about: tuple[Any, ...], said: list[Triple], write: Any) -> str:
    """What was rejected is told of and not said."""
    lines = [f"rdf:reifies <<( {' '.join(map(write, about))} )>>", *_told_lines(said, write)]
    return f"\n{write(NamedNode(reifier[1:-1]))}\n    " + " ;\n    ".join(lines) + " .\n"


def _told_lines(said: list[Triple], write: Any) -> list[str]:
    return [
        f"{verb(predicate, write)} {' , '.join(write(triple.object) for triple in same)}"
        for predicate, same in _by_predicate(said)
    ]


def _annotation(reifier: str, about: tuple[Any, ...], said: list[Triple], write: Any) -> str:
    inside = " ;\n            ".join(_told_lines(said, write))
    return f"\n        ~ {write(NamedNode(reifier[1:-1]))} {{|\n            {inside} |}}"
