"""What the two streams say, triple by triple."""

from __future__ import annotations

from dataclasses import replace

from kg.export import evidence_triples, graph_triples, iri
from kg.model import Graph, Statement
from kg.rdf import BlankNode, Triple
from tests.fixtures_graph import ACADEMY, CITY_GOVERNMENT, FORMS, UNIVERSITY, hostile_graph, sample_graph

KGO = "https://w3id.org/policykg/ontology#"
GRAPH = sample_graph()


def said(triples: list[Triple]) -> set[tuple[str, str, str]]:
    return {(str(t.subject).strip("<>"), t.predicate.value, str(t.object)) for t in triples}


def objects(triples: list[Triple], name: str) -> set[str]:
    return {str(t.object) for t in triples if t.predicate.value == KGO + name}


def test_there_are_no_blank_nodes() -> None:
    for graph in (GRAPH, hostile_graph()):
        for triple in graph_triples(graph) + evidence_triples(graph):
            assert not isinstance(triple.subject, BlankNode)
            assert not isinstance(triple.object, BlankNode)


def test_streams_are_sorted_by_subject_without_doubles() -> None:
    for stream in (graph_triples(GRAPH), evidence_triples(GRAPH)):
        subjects = [str(t.subject).strip("<>") for t in stream]
        assert subjects == sorted(subjects)
        assert len(set(map(str, stream))) == len(stream)


def test_an_entity_has_one_class_a_name_and_its_other_forms() -> None:
    found = said(graph_triples(GRAPH))
    skos = "http://www.w3.org/2004/02/skos/core#"
    for key, forms in FORMS.items():
        about = {(p, o) for s, p, o in found if s == iri(key)}
        types = {o for p, o in about if p.endswith("#type")}
        assert types == {f"<{KGO}{key.cls}>"}
        assert {o for p, o in about if p == f"{skos}prefLabel"} == {f'"{key.name}"@zh'}
        assert {o for p, o in about if p == f"{skos}altLabel"} == {
            f'"{f}"@zh' for f in forms if f != key.name
        }


def test_a_plan_marks_its_entity() -> None:
    marked = [t for t in graph_triples(GRAPH) if t.predicate.value == f"{KGO}status"]
    assert [str(t.object) for t in marked] == [f"<{KGO}planned>"]
    assert "临溪算力中心" in str(marked[0].subject)


def test_collaboration_is_written_once_whichever_way_it_is_given() -> None:
    turned = [
        Statement(s.object, s.predicate, s.subject, s.evidence)  # type: ignore[arg-type]
        if s.predicate == "collaboratesWith"
        else s
        for s in GRAPH.statements
    ]
    for graph in (
        GRAPH,
        replace(GRAPH, statements=tuple(turned)),
        replace(GRAPH, statements=(*GRAPH.statements, *turned)),
    ):
        pairs = [t for t in graph_triples(graph) if t.predicate.value == f"{KGO}collaboratesWith"]
        assert said(pairs) == {
            (iri(ACADEMY), f"{KGO}collaboratesWith", f"<{iri(UNIVERSITY)}>"),
            (iri(UNIVERSITY), f"{KGO}collaboratesWith", f"<{iri(CITY_GOVERNMENT)}>"),
        }


def test_dates_are_as_exact_as_the_text() -> None:
    triples = graph_triples(GRAPH)
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert objects(triples, "date") == {
        f'"2021"^^<{xsd}gYear>',
        f'"2024-07"^^<{xsd}gYearMonth>',
        f'"2024-09"^^<{xsd}gYearMonth>',
    }
    assert f'"2024-09-10"^^<{xsd}date>' in objects(triples, "dateStart")
    assert objects(triples, "time") == {f'"2023"^^<{xsd}gYear>', f'"2024"^^<{xsd}gYear>'}


def test_numbers_are_decimals_with_a_point() -> None:
    triples = graph_triples(GRAPH)
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert objects(triples, "amount") == {f'"6000000000.0"{decimal}', f'"1250000000.5"{decimal}'}
    assert objects(triples, "value") == {
        f'"{v}"{decimal}' for v in ("125000.0", "169000.0", "300000000000.0", "9.7")
    }


def test_a_figure_leads_to_its_baseline_and_both_to_the_entity() -> None:
    triples = graph_triples(GRAPH)
    assert len([t for t in triples if t.predicate.value == f"{KGO}observationOf"]) == 4
    (baseline,) = [t for t in triples if t.predicate.value == f"{KGO}baseline"]
    earlier = {o for s, p, o in said(triples) if f"<{s}>" == str(baseline.object) and p == f"{KGO}value"}
    assert earlier == {'"125000.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
    assert objects(triples, "bound") == {f"<{KGO}over>"}


def test_every_relation_and_fact_has_a_statement_with_a_sentence() -> None:
    evidence = evidence_triples(GRAPH)
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    by_subject: dict[str, dict[str, str]] = {}
    for s, p, o in said(evidence):
        by_subject.setdefault(s, {})[p] = o
    reified = {
        (d[f"{rdf}subject"].strip("<>"), d[f"{rdf}predicate"].strip("<>"), d[f"{rdf}object"])
        for d in by_subject.values()
        if d[f"{rdf}type"] == f"<{KGO}Statement>"
    }
    own = {"value", "unit", "time", "bound", "baseline", "status"}
    facts = {
        (s, p, o)
        for s, p, o in said(graph_triples(GRAPH))
        if p.startswith(KGO)
        and p.removeprefix(KGO) not in own
        and not ("/observation/" in s and p.removeprefix(KGO) in ("dateStart", "dateEnd"))
    }
    assert reified == facts
    assert objects(evidence, "role") == {'"院长"@zh'}
    assert objects(evidence, "status") == {f"<{KGO}asserted>", f"<{KGO}planned>"}


def test_equal_statements_join_their_evidence() -> None:
    """A figure told twice, once with its baseline, is one statement with the better confidence."""
    first = next(s for s in GRAPH.statements if s.predicate == "issuedBy")
    weaker = replace(first, evidence=(replace(first.evidence[0], confidence=0.3, rule="other"),))
    twice = replace(GRAPH, statements=(*GRAPH.statements, weaker))
    before, after = said(evidence_triples(GRAPH)), said(evidence_triples(twice))
    assert {(p, o) for _, p, o in after - before} == {(f"{KGO}rule", '"other"')}
    assert before < after


def test_quotes_are_what_the_text_holds() -> None:
    texts = {d.id: d.text for d in GRAPH.documents}
    by_subject: dict[str, dict[str, str]] = {}
    for triple in evidence_triples(GRAPH):
        value = getattr(triple.object, "value", str(triple.object))
        by_subject.setdefault(str(triple.subject), {})[triple.predicate.value.removeprefix(KGO)] = value
    quoted = [d for d in by_subject.values() if "text" in d]
    for node in quoted:
        start, end = int(node["start"]), int(node["end"])
        assert node["text"] in {text[start:end] for text in texts.values()}
    assert len(quoted) > 40


def test_sentences_that_say_nothing_are_left_out() -> None:
    silent = replace(GRAPH, statements=(), references=())
    assert "Sentence" not in {o.rpartition("#")[2].strip(">") for _, _, o in said(evidence_triples(silent))}
    assert evidence_triples(Graph()) == graph_triples(Graph()) == []


def test_a_source_is_an_iri_only_when_it_is_an_address() -> None:
    sources = {
        str(t.object)
        for graph in (GRAPH, hostile_graph())
        for t in evidence_triples(graph)
        if t.predicate.value.endswith("terms/source")
    }
    assert sources == {"<https://news.example/2024/0913>", '"javascript:alert(\\"1\\")<>"'}
