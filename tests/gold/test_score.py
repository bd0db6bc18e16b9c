"""Scores of small graphs: what counts, what is excused, and the cause that an error is given."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg import gold, score, scorecard
from kg.errors import DataError, InputError
from kg.model import Document, Entity, EntityKey, Evidence, Graph, Object, Observation, Span, Statement
from tests.cli.shell import kg

TEXT = "云川省设立丹霞基金。江州大学与云川省科学院合作。\n"
PROVINCE = EntityKey("Place", "云川省")
FUND = EntityKey("Fund", "丹霞基金")
UNIVERSITY = EntityKey("Institution", "江州大学")
ACADEMY = EntityKey("Institution", "云川省科学院")

GOLD: dict[str, Any] = {
    "text": "a.txt",
    "entities": [
        {"id": "e1", "class": "Place", "name": "云川省", "aliases": ["云川"]},
        {"id": "e2", "class": "Fund", "name": "“丹霞”基金", "aliases": []},
        {"id": "e3", "class": "Institution", "name": "江州大学", "aliases": []},
        {"id": "e4", "class": "Institution", "name": "云川省科学院", "aliases": [], "optional": True},
    ],
    "relations": [
        {"from": "e2", "property": "establishedBy", "to": "e1", "evidence": "设立"},
        {"from": "e3", "property": "collaboratesWith", "to": "e4", "evidence": "合作"},
    ],
    "facts": [
        {"kind": "amount", "of": "e2", "value": 100, "unit": "CNY", "evidence": "1"},
        {"kind": "date", "of": "e2", "value": "2024-07", "evidence": "2"},
        {"kind": "observation", "of": "e1", "label": "x", "value": 9.7, "unit": "%", "evidence": "3"},
    ],
}


def said(subject: EntityKey, predicate: str, target: Object) -> Statement:
    return Statement(subject, predicate, target, (Evidence("a", Span(0, 10), "test/rule", 1.0),))


def graph(entities: list[EntityKey | Entity], statements: list[Statement]) -> Graph:
    made = tuple(e if isinstance(e, Entity) else Entity(e) for e in entities)
    return Graph(documents=(Document("a", TEXT, ""),), entities=made, statements=tuple(statements))


#: Every statement of the gold, in the other order of a symmetric one and with optional ends.
ALL = [
    said(FUND, "establishedBy", PROVINCE),
    said(ACADEMY, "collaboratesWith", UNIVERSITY),
    said(FUND, "amount", Decimal("100.0")),
    said(FUND, "date", "2024-07"),
    said(PROVINCE, "observation", Observation("x", Decimal("9.70"), "%")),
]
EVERYONE: list[EntityKey | Entity] = [PROVINCE, FUND, UNIVERSITY, ACADEMY]

#: Entities, statements → right, false, missed of entities, relations, facts; and causes of the faults.
CASES: dict[str, tuple[list[EntityKey | Entity], list[Statement], list[tuple[int, int, int]], set[str]]] = {
    "all": (EVERYONE, ALL, [(3, 0, 0), (1, 0, 0), (3, 0, 0)], set()),
    "nothing": ([], [], [(0, 0, 3), (0, 0, 1), (0, 0, 3)], {"not seen", "entity not seen"}),
    "optional left out": (EVERYONE[:3], [], [(3, 0, 0), (0, 0, 1), (0, 0, 3)], {"no counterpart"}),
    "class": (
        [PROVINCE, EntityKey("Project", "丹霞基金"), UNIVERSITY],
        [said(EntityKey("Project", "丹霞基金"), "establishedBy", PROVINCE), *ALL[2:4], ALL[4]],
        [(2, 1, 1), (1, 0, 0), (1, 0, 2)],
        {"class: Project", "class: Fund", "no counterpart"},
    ),
    "boundary": (
        [PROVINCE, EntityKey("Fund", "云川省设立丹霞基金"), UNIVERSITY],
        [],
        [(2, 1, 1), (0, 0, 1), (0, 0, 3)],
        {"boundary: 云川省设立丹霞基金", "boundary: “丹霞”基金", "entity not seen", "no counterpart"},
    ),
    "a wrong boundary is not healed by an alias": (
        [PROVINCE, Entity(EntityKey("Fund", "设立丹霞基金"), ("丹霞基金",)), UNIVERSITY],
        [],
        [(2, 1, 1), (0, 0, 1), (0, 0, 3)],
        {"boundary: 设立丹霞基金", "boundary: “丹霞”基金", "entity not seen", "no counterpart"},
    ),
    "double": (
        [*EVERYONE, EntityKey("Place", "云川")],
        ALL,
        [(3, 1, 0), (1, 0, 0), (3, 0, 0)],
        {"= 云川省"},
    ),
    "property": (
        EVERYONE,
        [said(FUND, "fundedBy", PROVINCE), *ALL[2:]],
        [(3, 0, 0), (0, 1, 1), (3, 0, 0)],
        {"property: establishedBy", "property: fundedBy"},
    ),
    "object": (
        EVERYONE,
        [said(FUND, "establishedBy", UNIVERSITY), *ALL[2:]],
        [(3, 0, 0), (0, 1, 1), (3, 0, 0)],
        {"object: 云川省", "object: 江州大学"},
    ),
    "what is said of optional things counts for nothing": (
        EVERYONE,
        [*ALL, said(ACADEMY, "establishedBy", PROVINCE), said(ACADEMY, "amount", Decimal(5))],
        [(3, 0, 0), (1, 0, 0), (3, 0, 0)],
        set(),
    ),
    "value": (
        EVERYONE,
        [*ALL[:2], said(FUND, "amount", Decimal(101)), *ALL[3:]],
        [(3, 0, 0), (1, 0, 0), (2, 1, 1)],
        {"object: 100.0", "object: 101.0"},
    ),
    "baselines are figures too": (
        EVERYONE,
        [
            *ALL[:4],
            said(
                PROVINCE,
                "observation",
                Observation("x", Decimal(12), "%", baseline=Observation("x", Decimal("9.7"), "%")),
            ),
        ],
        [(3, 0, 0), (1, 0, 0), (3, 1, 0)],
        {"object: 9.7"},
    ),
}


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "a.json"
    path.write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", CASES)
def test_what_counts(name: str, annotated: Path) -> None:
    entities, statements, wanted, causes = CASES[name]
    result = score.score(gold.load(annotated), graph(entities, statements))
    kinds = ("entities", "relations", "facts")
    assert [(t.right, t.false, t.missed) for t in (result.kinds[k] for k in kinds)] == wanted
    assert {fault.cause for fault in result.faults} == causes
    for fault in result.faults:
        assert fault.text in scorecard.details(result)


def test_the_command_prints_a_table_errors_and_json(annotated: Path) -> None:
    table = kg("score", annotated)
    assert table.code == 0
    assert [line.split()[0] for line in table.out.splitlines()[1:]] == ["a", "all"]
    assert "by" not in table.out
    assert "江州大学" in kg("score", annotated.parent, "--errors").out or "missed" not in table.out
    assert set(json.loads(kg("score", annotated, "--json").out)) == {
        "entities",
        "names",
        "relations",
        "facts",
    }


def test_refusals(tmp_path: Path, annotated: Path) -> None:
    with pytest.raises(InputError, match="no gold file"):
        gold.gold_files([tmp_path / ".."])
    (tmp_path / "bad.json").write_text('{"entities": [}', encoding="utf-8")
    with pytest.raises(DataError, match="not JSON"):
        gold.load(tmp_path / "bad.json")
    (tmp_path / "other.json").write_text('{"entities": []}', encoding="utf-8")
    with pytest.raises(DataError, match="no gold file"):
        gold.load(tmp_path / "other.json")
    assert kg("score", tmp_path / "missing.json").code == 1
