"""Decisions over the statements and entities of a build, and what they find when the text has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.model import EntityKey, Graph, Observation, Period, Statement, Verdict
from tests.review.made import keys, of, on, readings, replayed

TEXT = (
    "江州市设立云江产业基金。云江产业基金总规模60亿元。\n"
    "江州大学位于江州市。江州学院位于江州市。\n"
    "砚川集团与江州大学签署合作协议。\n"
    "全市5G基站从2023年的12.5万个增长至2024年的16.9万个。"
)
FUND = EntityKey("Fund", "云江产业基金")
UNIVERSITY = EntityKey("Institution", "江州大学")
COLLEGE = EntityKey("Institution", "江州学院")
GROUP = EntityKey("Institution", "砚川集团")
SEVERAL = readings(TEXT)


def statement(graph: Graph, subject: EntityKey, predicate: str) -> Statement:
    """The only statement of a subject and a predicate."""
    (found,) = [s for s in graph.statements if (s.subject, s.predicate) == (subject, predicate)]
    return found


PLAIN = replayed(SEVERAL)
FOUNDED = statement(PLAIN, FUND, "establishedBy")
AMOUNT = statement(PLAIN, FUND, "amount")


def test_a_rejected_statement_leaves_the_graph_and_is_kept_apart() -> None:
    graph = replayed(SEVERAL, on(FOUNDED, Verdict.WRONG, reason="由省设立"))
    assert FOUNDED.object not in {s.object for s in graph.statements if s.subject == FUND}
    (rejected,) = graph.rejected
    assert (rejected.subject, rejected.predicate) == (FUND, "establishedBy")
    assert [(d.reviewer, d.date, d.reason) for d in rejected.reviews] == [("甲", "2026-11-24", "由省设立")]
    assert FUND in keys(graph)


def test_a_confirmed_statement_says_who_confirmed_it() -> None:
    graph = replayed(SEVERAL, on(AMOUNT, Verdict.RIGHT), on(AMOUNT, Verdict.RIGHT, "乙"))
    found = statement(graph, FUND, "amount")
    assert found.verdict is Verdict.RIGHT
    assert [d.reviewer for d in found.reviews] == ["乙", "甲"]
    assert len(graph.replay.applied) == 2
    assert not graph.rejected


@pytest.mark.parametrize("other", [Verdict.RIGHT, Verdict.UNSURE])
def test_reviewers_who_differ_change_nothing_and_are_listed(other: Verdict) -> None:
    graph = replayed(SEVERAL, on(FOUNDED, Verdict.WRONG), on(FOUNDED, other, "乙"))
    found = statement(graph, FUND, "establishedBy")
    assert found.verdict is None
    assert len(found.reviews) == 2
    (conflict,) = graph.conflicts
    assert conflict.kind == "verdict"
    assert "甲：错误" in conflict.zh
    assert not graph.replay.applied


def test_a_rejected_figure_is_no_baseline_either() -> None:
    earlier = Observation("5G基站", Decimal(125_000), "个", Period("2023", "2023"))
    later = Observation("5G基站", Decimal(169_000), "个", Period("2024", "2024"), baseline=earlier)
    said = tuple(Statement(UNIVERSITY, "observation", o, AMOUNT.evidence) for o in (earlier, later))
    several = [replace(SEVERAL[0], statements=said)]
    graph = replayed(several, on(said[0], Verdict.WRONG))
    assert [s.object for s in graph.statements] == [replace(later, baseline=None)]
    assert [s.object for s in graph.rejected] == [earlier]
    assert [s.object for s in replayed(several, on(said[1], Verdict.WRONG)).rejected] == [later]


def test_what_was_planned_by_a_rejected_statement_is_planned_no_more() -> None:
    several = readings("江州市筹建云江产业基金。")
    plan = statement(replayed(several), FUND, "establishedBy")
    assert replayed(several).planned == {FUND}
    assert not replayed(several, on(plan, Verdict.WRONG)).planned


def test_a_decision_that_finds_nothing_is_listed() -> None:
    gone = on(replace(FOUNDED, object=EntityKey("Place", "临溪县")), Verdict.WRONG)
    of_nobody = of(EntityKey("Fund", "无此基金"), Verdict.RENAME, "某基金")
    graph = replayed(SEVERAL, gone, of_nobody)
    assert set(graph.replay.lost) == {gone, of_nobody}
    assert not graph.replay.applied


def test_the_same_as() -> None:
    graph = replayed(SEVERAL, of(COLLEGE, Verdict.SAME, UNIVERSITY))
    assert UNIVERSITY in keys(graph)
    assert COLLEGE not in keys(graph)
    (entity,) = [e for e in graph.entities if e.key == UNIVERSITY]
    assert COLLEGE.name in entity.aliases
    located = statement(graph, UNIVERSITY, "locatedIn")
    assert len(located.evidence) == 2
    assert (COLLEGE, UNIVERSITY) in graph.identities.replaced
    assert all(reference.key != COLLEGE for _, reference in graph.references)


def test_two_that_are_one_stand_in_no_relation_to_each_other() -> None:
    graph = replayed(SEVERAL, of(GROUP, Verdict.SAME, UNIVERSITY))
    assert not [s for s in graph.statements if s.predicate == "collaboratesWith"]


def test_rename_and_class_and_the_names_given_up() -> None:
    renamed = of(UNIVERSITY, Verdict.RENAME, "江州综合大学")
    graph = replayed(SEVERAL, renamed, of(FUND, Verdict.CLASS, "Platform"))
    now = replace(UNIVERSITY, name="江州综合大学")
    assert {now, replace(FUND, cls="Platform")} <= keys(graph)
    (entity,) = [e for e in graph.entities if e.key == now]
    assert entity.aliases == ("江州大学",)
    # what holds both ways is written once, the smaller key first
    (relation,) = [s for s in graph.statements if s.predicate == "collaboratesWith"]
    assert isinstance(relation.object, EntityKey)
    assert relation.subject < relation.object
    assert dict(graph.identities.decided)[now] == renamed


def test_a_decision_about_a_new_name_follows_and_one_about_the_old_one_still_holds() -> None:
    now = replace(UNIVERSITY, name="江州综合大学")
    further = of(now, Verdict.CLASS, "Platform")
    located = statement(PLAIN, UNIVERSITY, "locatedIn")
    graph = replayed(SEVERAL, of(UNIVERSITY, Verdict.RENAME, now.name), further, on(located, Verdict.WRONG))
    last = replace(now, cls="Platform")
    assert last in keys(graph)
    assert [s.subject for s in graph.rejected] == [last]
    assert [d.verdict for d in graph.replay.moved] == [Verdict.WRONG]
    assert not graph.replay.lost


@pytest.mark.parametrize("rename_first", [True, False])
def test_what_is_named_anew_and_the_same_goes_by_the_new_name(rename_first: bool) -> None:
    decisions = [of(UNIVERSITY, Verdict.RENAME, "江州综合大学"), of(UNIVERSITY, Verdict.SAME, COLLEGE)]
    graph = replayed(SEVERAL, *(decisions if rename_first else decisions[::-1]))
    names = {k.name for k in keys(graph) if k.cls == "Institution"}
    assert "江州综合大学" in names
    assert not {"江州大学", "江州学院"} & names


ROUND = (
    of(UNIVERSITY, Verdict.RENAME, "江州综合大学"),
    of(replace(UNIVERSITY, name="江州综合大学"), Verdict.RENAME, "江州大学"),
)
#: Decisions about entities that cannot hold together: none of them holds.
CONTRADICTIONS = {
    "two names": (of(FUND, Verdict.RENAME, "丹霞基金"), of(FUND, Verdict.RENAME, "墨溪基金", "乙")),
    "two classes": (of(FUND, Verdict.CLASS, "Project"), of(FUND, Verdict.CLASS, "Policy", "乙")),
    "same and not": (of(COLLEGE, Verdict.SAME, UNIVERSITY), of(UNIVERSITY, Verdict.NOT_SAME, COLLEGE, "乙")),
    "same by a third": (
        of(COLLEGE, Verdict.SAME, GROUP),
        of(GROUP, Verdict.SAME, UNIVERSITY),
        of(UNIVERSITY, Verdict.NOT_SAME, COLLEGE, "乙"),
    ),
    "named like the other": (
        of(COLLEGE, Verdict.RENAME, "江州大学"),
        of(COLLEGE, Verdict.NOT_SAME, UNIVERSITY, "乙"),
    ),
    "there and back": ROUND,
    "two names of one": (
        of(COLLEGE, Verdict.SAME, UNIVERSITY),
        of(COLLEGE, Verdict.RENAME, "江州一校"),
        of(UNIVERSITY, Verdict.RENAME, "江州二校", "乙"),
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_decisions_that_cannot_hold_together_are_listed(name: str) -> None:
    decisions = CONTRADICTIONS[name]
    graph = replayed(SEVERAL, *decisions)
    assert [c.kind for c in graph.conflicts] == ["identity"]
    if name != "two names of one":  # the two are one nevertheless, under a name of theirs
        assert keys(graph) == keys(PLAIN)
    assert graph == replayed(SEVERAL, *decisions[::-1])


def test_not_the_same_is_kept() -> None:
    apart = of(COLLEGE, Verdict.NOT_SAME, UNIVERSITY)
    graph = replayed(SEVERAL, apart)
    assert graph.identities.apart == (tuple(sorted((UNIVERSITY, COLLEGE))),)
    assert apart in graph.replay.applied
    alone = of(COLLEGE, Verdict.NOT_SAME, replace(UNIVERSITY, name="不在文中的大学"))
    assert replayed(SEVERAL, alone).replay.applied == (alone,)
    assert not replayed(SEVERAL, alone).identities.apart
    nobody = replace(alone, subject=replace(COLLEGE, name="也不在文中的学院"))
    assert replayed(SEVERAL, nobody).replay.lost == (nobody,)


def test_a_statement_is_found_by_content_when_its_entity_has_another_key() -> None:
    """The text now defines a longer name, gives another owner, or the rules another class."""
    changed = TEXT.replace("砚川集团与", "砚川数字科技集团有限公司（以下简称“砚川集团”）与")
    (relation,) = [s for s in PLAIN.statements if s.predicate == "collaboratesWith"]
    graph = replayed(readings(changed), on(relation, Verdict.WRONG))
    (rejected,) = graph.rejected
    assert "砚川数字科技集团有限公司" in {rejected.subject.name, getattr(rejected.object, "name", "")}
    assert len(graph.replay.moved) == 1

    as_platform = replace(relation, subject=replace(relation.subject, cls="Platform"))
    assert replayed(SEVERAL, on(as_platform, Verdict.WRONG)).rejected
    in_scope = replace(relation, subject=replace(relation.subject, scope="earlier"))
    assert replayed(SEVERAL, on(in_scope, Verdict.WRONG)).rejected


def test_one_of_two_is_not_guessed() -> None:
    """Two funds of one name, both set up by the city: the decision means one of them, and says so no more."""
    several = readings(
        "江州市在江州高新区组建3亿元的产业引导基金。", "江州市在临溪高新区组建3亿元的产业引导基金。"
    )
    amounts = [s for s in replayed(several).statements if s.predicate == "amount"]
    assert len(amounts) == 2
    unclear = replace(amounts[0], subject=replace(amounts[0].subject, scope="江州市"))
    assert replayed(several, on(unclear, Verdict.WRONG)).replay.lost
    assert len(replayed(several, on(amounts[0], Verdict.WRONG)).rejected) == 1


def test_the_order_of_decisions_and_documents_does_not_matter() -> None:
    several = readings(TEXT, "江州学院设立云江产业基金。", "江州市加快发展。")
    decisions = [
        on(FOUNDED, Verdict.WRONG),
        on(AMOUNT, Verdict.RIGHT),
        of(COLLEGE, Verdict.SAME, UNIVERSITY),
        of(UNIVERSITY, Verdict.RENAME, "江州综合大学"),
        of(FUND, Verdict.NOT_SAME, EntityKey("Fund", "丹霞基金")),
    ]
    assert replayed(several, *decisions) == replayed(several[::-1], *decisions[::-1])


def test_a_text_that_takes_up_the_new_name_loses_no_decision() -> None:
    """The old name is nowhere any more; what was decided of it holds, and its IRI leads on."""
    decisions = (
        of(UNIVERSITY, Verdict.RENAME, "江州综合大学"),
        on(statement(PLAIN, UNIVERSITY, "locatedIn"), Verdict.WRONG),
    )
    now = replace(UNIVERSITY, name="江州综合大学")
    graph = replayed(readings(TEXT.replace("江州大学", "江州综合大学")), *decisions)
    assert not graph.replay.lost
    assert [s.subject for s in graph.rejected] == [now]
    assert graph.identities.replaced == ((UNIVERSITY, now),)


@pytest.mark.parametrize("gone", [UNIVERSITY, COLLEGE])
def test_of_two_that_are_the_same_one_may_go(gone: EntityKey) -> None:
    """The name that was chosen stays, whichever of the two the texts still have."""
    lines = [line for line in TEXT.split("。") if gone.name not in line]
    graph = replayed(readings("。".join(lines)), of(COLLEGE, Verdict.SAME, UNIVERSITY))
    assert {k.name for k in keys(graph) if k.name in (UNIVERSITY.name, COLLEGE.name)} == {UNIVERSITY.name}
    assert not graph.replay.lost
    neither = replayed(readings("江州市加快发展。"), of(COLLEGE, Verdict.SAME, UNIVERSITY))
    assert len(neither.replay.lost) == 1
