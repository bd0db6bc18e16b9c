"""The examples show everything, and their gold is well formed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import CLASSES, RELATIONS
from tests.docs.reference import ROOT

GOLD = sorted((ROOT / "examples" / "gold").glob("*.json"))

AGENTS = {"Institution", "Place", "Park", "Person"}
#: Property → classes that its subject and its object may have; other properties take any.
FROM = {
    "issuedBy": {"Policy"},
    "implementedBy": {"Project", "Policy"},
    "organizedBy": {"Event"},
    "memberOf": {"Person"},
    "visited": {"Person"},
}
TO = {
    "locatedIn": {"Place", "Park"},
    "issuedBy": AGENTS,
    "implementedBy": AGENTS,
    "organizedBy": AGENTS,
    "visited": AGENTS - {"Person"},
}


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def required(kind: str) -> list[dict[str, Any]]:
    return [row for path in GOLD for row in load(path)[kind] if not row.get("optional")]


def test_together_they_show_all_classes_relations_and_kinds_of_fact() -> None:
    assert len(GOLD) == 3
    assert {e["class"] for e in required("entities")} == set(CLASSES)
    assert {r["property"] for r in required("relations")} == set(RELATIONS)
    assert {f["kind"] for f in required("facts")} == {"amount", "observation", "date"}


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_is_well_formed(path: Path) -> None:
    gold = load(path)
    text = _bare((path.parent / gold["text"]).read_text(encoding="utf-8"))
    classes = {e["id"]: e["class"] for e in gold["entities"]}
    names = [name for e in gold["entities"] for name in {_bare(n) for n in (e["name"], *e["aliases"])}]
    assert len(classes) == len(gold["entities"])
    assert sorted(names) == sorted(set(names)), "two entities share a name"
    for entity in gold["entities"]:
        assert any(_bare(n) in text for n in (entity["name"], *entity["aliases"])), entity
    for relation in gold["relations"]:
        assert classes[relation["from"]] in FROM.get(relation["property"], set(CLASSES)), relation
        assert classes[relation["to"]] in TO.get(relation["property"], set(CLASSES)), relation
    for fact in gold["facts"]:
        assert fact["of"] in classes
        assert isinstance(fact["value"], str if fact["kind"] == "date" else (int, float)), fact


def _bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "“”《》")
