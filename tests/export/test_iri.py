"""IRIs: readable, legal, one name one IRI; evidence by content."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.export.iri import (
    BASE,
    document_iri,
    iri,
    mention_iri,
    observation_iri,
    prefixes,
    root,
    safe,
    sentence_iri,
    statement_iri,
)
from kg.model import CLASSES, Bound, EntityKey, Observation, Period, Span
from kg.rdf import NamedNode
from tests.fixtures_graph import FUND, GROUP, HOSTILE_NAMES, PROVINCE, document

NAMES = {
    "中国云川科学院": "中国云川科学院",
    "“丹霞”基金": "“丹霞”基金",
    "《云川省规划》": "《云川省规划》",
    "5G—A平台（试点）": "5G—A平台（试点）",
    "a b": "a%20b",
    "a/b?c#d": "a%2Fb%3Fc%23d",
    "a:b": "a%3Ab",
    "100%": "100%25",
    '<b>"{}|\\^`': "%3Cb%3E%22%7B%7D%7C%5C%5E%60",
    "[1]": "%5B1%5D",
    "甲\u3000乙": "甲%E3%80%80乙",
    "甲\u200b乙": "甲%E2%80%8B乙",
    "甲\n乙": "甲%0A乙",
    "\x7f": "%7F",
    ".": "%2E",
    "..": "%2E%2E",
    "...": "%2E%2E%2E",
    "甲.": "甲.",
    "😀": "😀",
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_names_keep_what_an_iri_may_hold(name: str, expected: str) -> None:
    assert safe(name) == expected


@given(st.text(min_size=1))
def test_any_name_makes_a_legal_iri(name: str) -> None:
    made = iri(EntityKey("Fund", name))
    assert NamedNode(made).value == made
    assert made.isprintable()


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_two_entities_never_share_an_iri(one: tuple[str, str], other: tuple[str, str]) -> None:
    same = iri(EntityKey("Fund", *one)) == iri(EntityKey("Fund", *other))
    assert same == (one == other)


def test_class_scope_and_base_are_in_the_iri() -> None:
    assert iri(FUND) == "https://w3id.org/policykg/id/fund/云川数谷文化基金"
    assert iri(GROUP, "https://a.example/#") == "https://a.example/#id/institution/report:领导小组"
    assert len({iri(EntityKey(cls, "甲")) for cls in CLASSES}) == len(CLASSES)


def test_every_class_and_node_has_a_prefix() -> None:
    assert {cls.lower() for cls in CLASSES} < prefixes().keys()
    assert all(namespace.startswith(BASE) for namespace in prefixes().values())


@pytest.mark.parametrize("base", ["https://a.example/", "http://localhost:8000/kg#", "urn:kg:x/"])
def test_a_base_is_an_absolute_iri(base: str) -> None:
    assert root(base) == base


@pytest.mark.parametrize(
    "base", ["", "a.example/", "https://a.example", "https://a b/", 'https://a"/', "/x/"]
)
def test_another_base_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="--base"):
        root(base)


def test_nodes_of_evidence_come_from_content() -> None:
    one, other = document("a", "甲乙。"), document("a", "甲丙。")
    span = Span(0, 3)
    assert document_iri(one) == document_iri(replace(one, title="标题", date="2024"))
    assert document_iri(one) != document_iri(other) != document_iri(replace(other, id="b"))
    assert len({sentence_iri(d, s) for d in (one, other) for s in (span, Span(0, 2), Span(1, 3))}) == 6
    assert mention_iri(one, span, FUND) != mention_iri(one, span, PROVINCE)
    assert statement_iri("ab", "c", "d") != statement_iri("a", "bc", "d")


def test_a_figure_is_what_it_says() -> None:
    figure = Observation("基站", Decimal("1.50"), "个", Period("2024", "2024"))
    earlier = Observation("基站", Decimal(1))
    assert observation_iri(FUND, figure) == observation_iri(FUND, replace(figure, value=Decimal("1.5")))
    assert observation_iri(FUND, figure) == observation_iri(FUND, replace(figure, baseline=earlier))
    different = [
        figure,
        replace(figure, label="基地"),
        replace(figure, value=Decimal(15)),
        replace(figure, unit=""),
        replace(figure, time=Period("2024", "2025")),
        replace(figure, bound=Bound.OVER),
    ]
    assert len({observation_iri(FUND, o) for o in different} | {observation_iri(PROVINCE, figure)}) == 7


def test_hostile_names_stay_apart() -> None:
    assert len({safe(name) for name in HOSTILE_NAMES}) == len(HOSTILE_NAMES)
