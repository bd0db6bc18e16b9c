"""What only all documents together can break, asked of the store by SPARQL.

SHACL sees one document at a time; whatever a single document breaks is found there. Joined, an entity could have two
classes or names, a statement two subjects or grades, a name that is preferred in one document could be another form in
the next: each question finds these for the shape that SHACL would name. They are joins and need no memory for groups.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.check import violation
from kg.model import CLASSES, RELATIONS, Problem
from kg.rdf import NAMESPACES, QuerySolutions
from kg.store import open_read_only


def _two(kind: str, path: str) -> str:
    """What has two values where one may stand."""
    one = f"?focus a {kind} . " if kind else ""
    return f"SELECT DISTINCT ?focus WHERE {{ {one}?focus {path} ?a , ?b . FILTER(STR(?a) < STR(?b)) }}"


_CLASSES: Final = " ".join(f"kgo:{name}" for name in CLASSES)
_RELATIONS: Final = " ".join(f"kgo:{name}" for name in RELATIONS)

#: The shape that is broken → a question for what breaks it.
QUESTIONS: Final = {
    "Entity-class": f"""SELECT DISTINCT ?focus WHERE {{ ?focus skos:prefLabel ?name ; a ?a , ?b .
        VALUES ?a {{ {_CLASSES} }} VALUES ?b {{ {_CLASSES} }} FILTER(STR(?a) < STR(?b)) }}""",
    "Entity-prefLabel": _two("", "skos:prefLabel"),
    "Entity-altLabel": "SELECT DISTINCT ?focus ?value WHERE { ?focus skos:prefLabel ?value ; skos:altLabel ?value }",
    "Statement-subject": _two("kgo:Statement", "rdf:subject"),
    "Statement-predicate": _two("kgo:Statement", "rdf:predicate"),
    "Statement-object": _two("kgo:Statement", "rdf:object"),
    "Statement-confidence": _two("kgo:Statement", "kgo:confidence"),
    "Statement-status": """SELECT DISTINCT ?focus WHERE { ?focus a kgo:Statement ; kgo:status ?a , ?b .
        FILTER(STR(?a) < STR(?b) && kgo:confirmed NOT IN (?a, ?b)) }""",
    "Observation-value": _two("kgo:Observation", "kgo:value"),
    "Document-sha256": _two("kgo:Document", "kgo:sha256"),
    "Entity": f"""SELECT DISTINCT ?focus WHERE {{ VALUES ?p {{ {_RELATIONS} }} ?subject ?p ?focus .
        FILTER NOT EXISTS {{ ?focus skos:prefLabel ?name }} }}""",
}


def check_store(place: Path) -> tuple[Problem, ...]:
    """The findings over all documents of the store of a build, sorted; none when the contract is kept."""
    store = open_read_only(place)
    found = set()
    for shape, question in QUESTIONS.items():
        rows = store.query(question, prefixes=dict(NAMESPACES))
        assert isinstance(rows, QuerySolutions)
        valued = len(rows.variables) > 1
        for row in rows:
            focus, value = row["focus"], row["value"] if valued else None
            found.add(violation(shape, str(getattr(focus, "value", focus)), getattr(value, "value", None)))
    return tuple(sorted(found, key=lambda p: (p.focus, p.shape, p.en)))
