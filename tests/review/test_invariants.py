"""What must hold for any decisions over any names: none is dropped silently, nothing apart is joined, no order matters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.check import check
from kg.model import Decision, EntityKey, Graph, Verdict
from kg.replay import rule
from kg.replay.decisions import ON_STATEMENTS
from tests.review.made import readings

SEVERAL = readings(
    "江州大学位于江州市。江州学院位于江州市。砚川集团与江州大学签署合作协议。",
    "砚川数字科技集团有限公司（以下简称“砚川集团”）位于江州市。",
    "江州市设立云江产业基金。云江产业基金总规模60亿元。云江产业基金由砚川集团管理。",
)
PLAIN = assemble(SEVERAL)
#: What the texts name, what they do not, and what decisions may name anew.
KEYS = st.sampled_from(
    [
        *(entity.key for entity in PLAIN.entities),
        *(EntityKey("Institution", name) for name in ("砚川集团", "江州综合大学", "无此大学")),
        EntityKey("Fund", "云江产业基金", "别处"),
    ]
)
REVIEWERS = st.sampled_from(["甲", "乙"])


@st.composite
def decision(draw: st.DrawFn) -> Decision:
    verdict = draw(st.sampled_from(Verdict))
    signed = {"reviewer": draw(REVIEWERS), "date": draw(st.sampled_from(["2026-11-24", "2026-11-25"]))}
    if verdict in ON_STATEMENTS:
        said = draw(st.sampled_from(PLAIN.statements))
        return Decision(
            verdict, draw(st.sampled_from([said.subject, draw(KEYS)])), said.predicate, said.object, **signed
        )
    key = draw(KEYS)
    if verdict is Verdict.RENAME:
        return Decision(
            verdict, key, object=draw(st.sampled_from(["江州综合大学", "江州学院", "某基金"])), **signed
        )
    if verdict is Verdict.CLASS:
        return Decision(verdict, key, object=draw(st.sampled_from(["Platform", "Fund"])), **signed)
    return Decision(verdict, key, object=draw(KEYS.filter(lambda other: other != key)), **signed)


def replayed(decisions: list[Decision]) -> Graph:
    return assemble(SEVERAL, rulings=rule(lambda: SEVERAL, decisions))


@settings(max_examples=300, deadline=None)
@given(st.lists(decision(), max_size=12), st.randoms(use_true_random=False))
def test_any_decisions(decisions: list[Decision], random: object) -> None:
    graph = replayed(decisions)
    replay = graph.replay
    disputed = {d for conflict in graph.conflicts for d in conflict.decisions}
    # none is dropped silently, and none both holds and is lost
    assert set(decisions) == {*replay.applied, *replay.lost, *(disputed & set(decisions))}
    assert not set(replay.applied) & set(replay.lost)
    # what a reviewer keeps apart is two, and what is listed as given up is nobody's key
    keys = {entity.key for entity in graph.entities}
    for one, other in graph.identities.apart:
        assert one != other
        assert {one, other} <= keys
    assert not {old for old, _ in graph.identities.replaced} & keys
    assert {new for _, new in graph.identities.replaced} <= keys
    # every reference and statement leads to an entity
    assert {reference.key for _, reference in graph.references} <= keys
    assert {s.subject for s in (*graph.statements, *graph.rejected)} <= keys
    assert {s.object for s in graph.statements if isinstance(s.object, EntityKey)} <= keys
    # the order of decisions does not matter
    shuffled = list(decisions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replayed(shuffled) == graph


@settings(max_examples=25, deadline=None)
@given(st.lists(decision(), max_size=8))
def test_what_is_written_of_any_decisions_fits_the_shapes(decisions: list[Decision]) -> None:
    """But for relations that a new class does not suit: those are found and told."""
    about = {problem.shape.rpartition("#")[2] for problem in check(replayed(decisions))}
    assert all(
        name.partition("-")[0] not in ("Entity", "Statement", "Decision", "replaced", "apart")
        for name in about
    )
