"""Readings become one graph: evidence joins, order is fixed, plans are known."""

from __future__ import annotations

from dataclasses import replace

from kg.assemble import assemble
from kg.model import EntityKey
from kg.pipeline import read_document
from tests.reading import document, reading, resources


def test_equal_statements_join_their_evidence() -> None:
    graph = assemble([reading("江州市设立云江产业基金。\n江州市成立云江产业基金。")])
    found = [s for s in graph.statements if s.predicate == "establishedBy"]
    assert len(found) == 1
    assert len(found[0].evidence) == 2


def test_order_of_readings_does_not_matter() -> None:
    a = reading("江州市设立云江产业基金。")
    b = read_document(replace(document("云川大学参加云江论坛。"), id="e"), resources())
    assert assemble([a, b]) == assemble([b, a])


def test_what_is_only_planned() -> None:
    assert EntityKey("Fund", "云江产业基金") in assemble([reading("江州市筹建云江产业基金。")]).planned
    assert not assemble([reading("江州市筹建云江产业基金。江州市设立云江产业基金。")]).planned


def test_least_confidence() -> None:
    weak = assemble([reading("江州市设立云江产业基金。")], min_confidence=0.99)
    assert not weak.statements
