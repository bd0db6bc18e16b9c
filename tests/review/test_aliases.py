"""A short name that one text defines serves the others when it is unambiguous, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.aliases import Names
from kg.assemble import assemble
from kg.identity import renamed
from kg.model import Decision, EntityKey, Verdict
from kg.pipeline import read_document
from kg.replay import rule
from kg.replay.decisions import joined, pairs
from tests.reading import resources
from tests.review.made import keys, readings

FULL = EntityKey("Institution", "砚川数字科技集团有限公司")
SHORT = EntityKey("Institution", "砚川集团")
DEFINING = "砚川数字科技集团有限公司（以下简称“砚川集团”）位于江州市。"
USING = "砚川集团与江州大学签署合作协议。"


def test_a_definition_serves_the_other_documents() -> None:
    graph = assemble(readings(DEFINING, USING))
    assert FULL in keys(graph)
    assert SHORT not in keys(graph)
    (relation,) = [s for s in graph.statements if s.predicate == "collaboratesWith"]
    assert FULL in (relation.subject, relation.object)
    assert graph.identities.replaced == ((SHORT, FULL),)
    assert not graph.conflicts


def test_a_full_name_given_later_defines_too() -> None:
    graph = assemble(readings("砚川集团全称“砚川数字科技集团有限公司”，位于江州市。", USING))
    assert FULL in keys(graph)
    assert SHORT not in keys(graph)


@pytest.mark.parametrize("texts", [(USING, USING), (DEFINING,), (USING,)])
def test_without_a_definition_elsewhere_nothing_is_replaced(texts: Sequence[str]) -> None:
    graph = assemble(readings(*texts))
    assert not graph.identities.replaced
    assert not graph.conflicts


def test_two_definitions_of_one_name_are_listed_and_join_nothing() -> None:
    other = "砚川制造业集团有限公司（以下简称“砚川集团”）位于临溪县。"
    graph = assemble(readings(DEFINING, other, USING))
    assert SHORT in keys(graph)
    assert not graph.identities.replaced
    (conflict,) = graph.conflicts
    assert conflict.kind == "alias"
    assert "砚川制造业集团有限公司" in conflict.zh
    assert conflict.keys[0] == SHORT


def test_a_form_that_is_merely_used_serves_its_own_document_alone() -> None:
    """市图书馆 is that of the city that the document speaks of."""
    here = "江州市加快发展。江州市图书馆位于江州市。全市参观市图书馆。"
    there = "市图书馆与江州大学签署合作协议。"
    assert not assemble(readings(here, there)).identities.replaced


def test_a_name_of_the_public_lists_is_nobody_s_short_form() -> None:
    odd = "清华大学江州研究院（以下简称“清华大学”）位于江州市。"
    graph = assemble(readings(odd, "清华大学与江州大学签署合作协议。"))
    assert EntityKey("Institution", "清华大学") in keys(graph)
    assert [c.kind for c in graph.conflicts] == ["alias"]
    assert "公开名录" in graph.conflicts[0].zh


def test_scoped_names_never_join() -> None:
    """A name that is no identity is somebody's in each text, whatever another text calls so."""
    owned, there = readings(DEFINING, USING)
    scoped = renamed(there, {SHORT: replace(SHORT, scope="d1")})
    graph = assemble([owned, scoped])
    assert replace(SHORT, scope="d1") in keys(graph)
    assert not graph.identities.replaced
    assert not graph.conflicts


def test_order_of_readings_does_not_matter() -> None:
    several = readings(DEFINING, USING, "砚川集团位于江州市。")
    assert assemble(several) == assemble(several[::-1])


def test_two_that_define_each_other_end_at_the_fuller_name() -> None:
    names = Names()
    for key, name in ((FULL, SHORT.name), (SHORT, FULL.name)):
        (reading,) = readings("江州市加快发展。")
        names.add(replace(reading, defined=((key, name),)))
    names.aliases.update({FULL: {SHORT.name}, SHORT: {FULL.name}})
    assert names.table().replaced == {SHORT: FULL}


def not_the_same(one: EntityKey, other: EntityKey) -> Decision:
    return Decision(Verdict.NOT_SAME, one, object=other, reviewer="甲", date="2026-11-24")


def test_what_is_not_the_same_is_not_joined_across_documents() -> None:
    several = readings(DEFINING, USING)
    apart = pairs([not_the_same(SHORT, FULL)])
    assert joined(several[0], apart)
    again = [read_document(r.document, resources(), joined(r, apart)) for r in several]
    assert not joined(again[0], apart)
    graph = assemble(again, rulings=rule(lambda: again, [not_the_same(SHORT, FULL)]))
    assert {SHORT, FULL} <= keys(graph)
    assert graph.identities.apart == ((FULL, SHORT),)


#: A definition, a dropped place, a second name in brackets, a public list, a place around.
JOINED = (
    "砚川数字科技集团有限公司（以下简称“砚川集团”）位于江州市。砚川集团与江州大学签署合作协议。",
    "江州市白沙工业园区位于江州市。白沙工业园区与江州大学签署合作协议。",
    "云川省社会科学院（云川省发展研究中心）位于江州市。",
    "世界贸易组织与江州大学合作。世贸组织与江州大学签署合作协议。",
    "江州市加快发展。江州市图书馆位于江州市。全市参观市图书馆。",
)


@pytest.mark.parametrize("text", JOINED)
def test_what_is_not_the_same_is_not_joined_by_linking(text: str) -> None:
    (before,) = readings(text)
    one = next(e for e in before.entities if e.aliases and e.key.cls in ("Institution", "Park"))
    other = EntityKey(one.key.cls, one.aliases[0])
    apart = pairs([not_the_same(one.key, other)])
    after = read_document(before.document, resources(), apart)
    assert {one.key, other} <= {e.key for e in after.entities}
    assert joined(before, apart)
    assert not joined(after, apart)
