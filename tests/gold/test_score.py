"""Scores of small graphs: what counts, what is excused, and the cause that an error is given."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg import gold, score, scorecard
from kg.causes import Words
from kg.errors import DataError, InputError
from kg.model import (
    BlockKind,
    Document,
    Entity,
    EntityKey,
    Evidence,
    Graph,
    Mention,
    Object,
    Observation,
    Reference,
    Sentence,
    Span,
    Statement,
)
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
    "nothing": ([], [], [(0, 0, 3), (0, 0, 1), (0, 0, 3)], {"missed name"}),
    "optional left out": (EVERYONE[:3], [], [(3, 0, 0), (0, 0, 1), (0, 0, 3)], {"far end", "missed figure"}),
    "class": (
        [PROVINCE, EntityKey("Project", "丹霞基金"), UNIVERSITY],
        [said(EntityKey("Project", "丹霞基金"), "establishedBy", PROVINCE), *ALL[2:4], ALL[4]],
        [(2, 1, 1), (1, 0, 0), (1, 0, 2)],
        {"class", "missed figure"},
    ),
    "boundary": (
        [PROVINCE, EntityKey("Fund", "云川省设立丹霞基金"), UNIVERSITY],
        [],
        [(2, 1, 1), (0, 0, 1), (0, 0, 3)],
        {"boundary", "missed figure"},
    ),
    "a longer name that only begins alike is no boundary": (
        [PROVINCE, EntityKey("Project", "丹霞基金数字化转型升级工程"), UNIVERSITY],
        [],
        [(2, 1, 1), (0, 0, 1), (0, 0, 3)],
        {"invented name", "missed name", "missed figure"},
    ),
    "a wrong boundary is not healed by an alias": (
        [PROVINCE, Entity(EntityKey("Fund", "设立丹霞基金"), ("丹霞基金",)), UNIVERSITY],
        [],
        [(2, 1, 1), (0, 0, 1), (0, 0, 3)],
        {"boundary", "missed figure"},
    ),
    "double": (
        [*EVERYONE, EntityKey("Place", "云川")],
        ALL,
        [(3, 1, 0), (1, 0, 0), (3, 0, 0)],
        {"wrong link"},
    ),
    "property": (
        EVERYONE,
        [said(FUND, "fundedBy", PROVINCE), *ALL[2:]],
        [(3, 0, 0), (0, 1, 1), (3, 0, 0)],
        {"wrong property"},
    ),
    "object": (
        EVERYONE,
        [said(FUND, "establishedBy", UNIVERSITY), *ALL[2:]],
        [(3, 0, 0), (0, 1, 1), (3, 0, 0)],
        {"wrong object"},
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
        {"wrong value"},
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
        {"not said"},
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


@pytest.mark.parametrize(
    ("heads", "said"), [(("基金",), "its head 基金 was refused"), ((), "no head of ours")]
)
def test_a_missed_name_says_what_is_known_of_its_head(
    heads: tuple[str, ...], said: str, annotated: Path
) -> None:
    result = score.score(gold.load(annotated), graph([PROVINCE, UNIVERSITY], []), Words({}, heads))
    (fund,) = [f for f in result.faults if f.kind == "entities"]
    assert (fund.text, fund.why.detail, fund.why.sentence) == ("“丹霞”基金", said, "")
    (relation,) = [f for f in result.faults if f.kind == "relations"]
    assert relation.why.detail == f"“丹霞”基金: {said}"


def test_the_errors_begin_with_a_table_of_causes(annotated: Path) -> None:
    entities, statements, _, _ = CASES["boundary"]
    result = score.score(gold.load(annotated), graph(entities, statements))
    lines = scorecard.details(result).splitlines()
    assert lines[:4] == [
        "errors by cause                   entities             relations                 facts",
        "                            missed   false        missed   false        missed   false",
        "  boundary                       1       1             1       ·             2       ·",
        "  missed figure                  ·       ·             ·       ·             1       ·",
    ]
    assert "entities, boundary: 2" in lines
    assert "  missed Fund: “丹霞”基金 (云川省设立丹霞基金)  [a]" in lines


def test_the_command_prints_a_table_errors_and_json(annotated: Path) -> None:
    table = kg("score", annotated)
    assert table.code == 0
    scores, bands = table.out.split("\n\n")
    assert [line.split()[0] for line in scores.splitlines()[1:]] == ["a", "all"]
    assert [line.split()[0] for line in bands.splitlines()[1:]] == ["sure", "likely", "doubtful"]
    assert "by" not in table.out
    assert "errors by cause" in kg("score", annotated.parent, "--errors").out
    assert set(json.loads(kg("score", annotated, "--json").out)) == {
        "entities",
        "names",
        "relations",
        "facts",
        "bands",
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


#: Gold text → what each sentence's references are (words in it, entity), what was said, cause and its detail.
RUN = "云川省设立丹霞基金。该省另设“丹霞”基金。云川省看好丹霞基金。"
CAUSES: dict[str, tuple[str, list[tuple[str, EntityKey]], tuple[str, str]]] = {
    "both ends and a word": (
        "云川省设立丹霞基金",
        [("云川省", PROVINCE), ("丹霞基金", FUND)],
        ("grammar", "设立"),
    ),
    "no word": ("云川省看好丹霞基金", [("云川省", PROVINCE), ("丹霞基金", FUND)], ("missed trigger", "")),
    "an end that nobody linked": (
        "该省另设“丹霞”基金",
        [("“丹霞”基金", FUND)],
        ("far end", "云川省 is not named here"),
    ),
    "an end taken for another": (
        "云川省设立丹霞基金",
        [("云川省", UNIVERSITY), ("丹霞基金", FUND)],
        ("wrong link", "云川省 is taken for 江州大学"),
    ),
    "an end not recognized here": (
        "云川省设立丹霞基金",
        [("丹霞基金", FUND)],
        ("missed name", "云川省 is not recognized here"),
    ),
    "evidence with words left out": (
        "该省…基金",
        [("“丹霞”基金", FUND)],
        ("far end", "云川省 is not named here"),
    ),
    "an end of another class": (
        "云川省设立丹霞基金",
        [("云川省", PROVINCE), ("丹霞基金", EntityKey("Project", "丹霞基金"))],
        ("class", "“丹霞”基金 as Project"),
    ),
}


def run(evidence: str, references: list[tuple[str, EntityKey]]) -> Graph:
    """A graph whose references stand in the sentence of the evidence."""
    cuts = [n + 1 for n, sign in enumerate(RUN) if sign == "。"]
    spans = [Span(start, end) for start, end in zip([0, *cuts], cuts, strict=False)]
    sentences = tuple(
        Sentence("a", n, span, RUN[span.start : span.end], 0, BlockKind.PARAGRAPH)
        for n, span in enumerate(spans)
    )
    at = next(s for s in sentences if evidence.split("…")[0] in s.text)
    found = []
    for text, key in references:
        start = at.span.start + at.text.index(text)
        mention = Mention(Span(start, start + len(text)), text, key.cls, text, at.index, "test")
        found.append(("a", Reference(mention, key)))
    named = {key.name: key for key in (PROVINCE, FUND)} | {key.name: key for _, key in references}
    return Graph((Document("a", RUN, ""),), sentences, tuple(map(Entity, named.values())), tuple(found))


@pytest.mark.parametrize("name", CAUSES)
def test_the_cause_of_a_missed_relation(name: str, tmp_path: Path) -> None:
    evidence, references, why = CAUSES[name]
    (tmp_path / "a.txt").write_text(RUN, encoding="utf-8")
    relation = {"from": "e2", "property": "establishedBy", "to": "e1", "evidence": evidence}
    (tmp_path / "a.json").write_text(
        json.dumps(GOLD | {"relations": [relation], "facts": []}, ensure_ascii=False), encoding="utf-8"
    )
    words = Words({"establishedBy": frozenset({"设立", "另设"})})
    result = score.score(gold.load(tmp_path / "a.json"), run(evidence, references), words)
    (fault,) = [f for f in result.faults if f.kind == "relations"]
    assert (fault.why.cause, fault.why.detail) == why
    assert evidence.split("…")[0] in fault.why.sentence
    assert fault.document == "a"
