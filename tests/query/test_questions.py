"""The named questions: each well described, right on the sample, and the same to rdflib."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import pytest
from rdflib import Dataset, URIRef

from kg import questions
from kg.errors import DataError, QueryError
from kg.export import namespaces
from kg.ontology import ontology_dir
from kg.query import Question, Result, list_queries, render, run
from tests.cli.shell import kg

GOLDEN = Path(__file__).parent / "golden"
NAMED = {question.name: question for question in list_queries()}
#: What the questions that need a parameter are asked of.
ASKED = {
    "neighbourhood": "云川省科学院",
    "evidence": "林知远",
    "mentions": "“丹霞”基金",
    "ownership": "江州数谷基金",
    "two-removes": "江州大学",
    "claim": "江州数谷基金",
    "history": "江州大学",
}
#: Questions about several documents are asked of the gallery, all others of the sample.
GALLERY = (
    *("policy-lineage", "ownership", "two-removes", "never-done", "contradictions", "renamed"),
    *("central-platforms", "claim", "changes", "documents", "history"),
)


def params(question: Question) -> dict[str, str]:
    return {"name": ASKED[question.name]} if question.name in ASKED else {}


def answered(question: Question, builds: Builds) -> Result:
    source = builds.gallery if question.name in GALLERY else builds.sample
    earlier = builds.earlier if question.name == "changes" else None
    return run(source, question.name, params=params(question), earlier=earlier)


class Builds(NamedTuple):
    """The folders that are asked."""

    sample: Path
    gallery: Path
    earlier: Path


@pytest.fixture(scope="session")
def builds(sample: Path, gallery: Path, earlier: Path) -> Builds:
    return Builds(sample, gallery, earlier)


def test_there_are_enough_questions() -> None:
    assert len(NAMED) >= 30
    assert set(GALLERY) < NAMED.keys()
    assert {q.name for q in NAMED.values() if any(p.required for p in q.parameters)} == ASKED.keys()


@pytest.mark.parametrize("question", NAMED.values(), ids=NAMED)
def test_a_question_says_what_it_asks_in_two_languages(question: Question) -> None:
    for said in (question.title, question.about):
        assert said.keys() == {"zh", "en"}
    assert question.about["zh"].endswith("。")
    assert question.about["en"].endswith(".")
    for parameter in question.parameters:
        assert " / " in parameter.about
        assert question.text.count(parameter.slot) == 1


@pytest.mark.parametrize("question", NAMED.values(), ids=NAMED)
def test_the_answer_on_the_example_is_the_golden_one(question: Question, builds: Builds) -> None:
    written = render(answered(question, builds))
    assert written == (GOLDEN / f"{question.name}.txt").read_text(encoding="utf-8")
    assert len(written.splitlines()) > 2


def test_every_golden_answer_has_its_question() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == NAMED.keys()


def dataset(source: Path, before: Path) -> Dataset:
    """What rdflib makes of the files of a build, with an earlier one beside them."""
    data = Dataset()
    for name in ("graph.ttl", "evidence.ttl"):
        data.default_graph.parse(source / name)
    data.graph(URIRef("https://w3id.org/policykg/ontology")).parse(ontology_dir() / "policykg.ttl")
    data.graph(URIRef("https://w3id.org/policykg/earlier")).parse(before / "graph.ttl")
    return data


@pytest.fixture(scope="module")
def datasets(builds: Builds) -> tuple[Dataset, Dataset]:
    return dataset(builds.sample, builds.earlier), dataset(builds.gallery, builds.earlier)


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # rdflib's own evaluation uses it
@pytest.mark.parametrize("question", NAMED.values(), ids=NAMED)
def test_rdflib_answers_the_same(
    question: Question, builds: Builds, datasets: tuple[Dataset, Dataset]
) -> None:
    """A second engine; the files run in it as they are, but for the name that is asked."""
    answer = answered(question, builds)
    text = question.text
    for parameter in question.parameters:
        if parameter.required:
            iri = next(
                str(row[0])
                for source in (builds.sample, builds.gallery)
                for row in run(source, f'SELECT ?e {{ ?e skos:prefLabel "{ASKED[question.name]}"@zh }}').rows
            )
            text = text.replace(parameter.slot, f"VALUES ?{parameter.name} {{ {iri} }}")
    theirs = datasets[question.name in GALLERY].query(text, initNs=namespaces())
    ours = Counter(tuple(map(plain, row)) for row in answer.rows)
    assert Counter(tuple(map(plain, row)) for row in theirs) == ours  # type: ignore[arg-type]


def plain(term: object) -> str:
    """A term as both engines write it; the store drops the zeros of a decimal."""
    if term is None:
        return ""
    words = str(getattr(term, "value", term)) if not isinstance(term, str) else str(term)
    try:
        return str(Decimal(words).normalize()) if "." in words or words.isdigit() else words
    except InvalidOperation:
        return words


ANSWERS = [
    ("funds-by-place", {"place": "云川省"}, "云川数谷文化基金", 2),
    ("funds-by-place", {"place": "江州市"}, "", 0),
    ("issued", {"issuer": "江州大学"}, "江州市校地合作协议", 1),
    ("part-of", {"whole": "丹霞基金"}, "云川数谷文化基金", 1),
    ("part-of", {"whole": "fund:云川数谷文化基金"}, "", 0),
    ("collaborations", {"name": "江州大学"}, "江州市人民政府", 2),
    ("largest-amounts", {"minimum": "5e9"}, "云川数谷文化基金", 1),
    ("timeline", {"from": "2024-08"}, "第三届云川数字博览会", 3),
    ("timeline", {"from": "2024-09-11", "to": "2024-09"}, "第三届云川数字博览会", 2),
    ("timeline", {"to": "2022-06"}, "“丹霞”基金", 1),
    ("observations", {"label": "5G"}, "5G基站", 2),
    ("observations", {"name": "云川", "label": "占比"}, "9.7", 1),
    ("people", {"name": "云川省科学院"}, "林知远", 1),
    ("established", {"place": "江州市"}, "领导小组", 1),
    ("doubtful", {"below": "0.5"}, "“墨溪”大模型", 1),
    ("doubtful", {"below": "0.1"}, "", 0),
    ("neighbourhood", {"name": "institution:report:领导小组"}, "江州市", 1),
    ("neighbourhood", {"name": "https://w3id.org/policykg/id/place/江州市"}, "领导小组", 2),
    ("neighbourhood", {"name": "《云川省数字经济发展规划》"}, "云川省人民政府", 2),
]
#: The same of the gallery.
GALLERY_ANSWERS = [
    ("policy-lineage", {"name": "《江州市算力实施方案》"}, "云川省算力发展规划", 1),
    ("policy-lineage", {"name": "云川省算力发展规划"}, "", 0),
    ("ownership", {"name": "云川母基金"}, "", 0),
    ("ownership", {"name": "云溪平台"}, "云川省科学院", 2),
    ("two-removes", {"name": "临溪研究院"}, "江州大学", 1),
    ("two-removes", {"name": "云川省科学院"}, "", 0),
    ("never-done", {"before": "2023"}, "临溪算力中心", 1),
    ("never-done", {"before": "2022-05"}, "", 0),
    ("contradictions", {"name": "江州市"}, "1500", 2),
    ("contradictions", {"name": "江州数谷基金"}, "3000000000", 2),
    ("contradictions", {"name": "江州大学"}, "", 0),
    ("renamed", {"name": "江州应用大学"}, "江州学院", 1),
    ("renamed", {"name": "云川省科学院"}, "", 0),
    ("claim", {"name": "江州数谷基金", "object": "江州大学"}, "总规模20亿元", 1),
    ("claim", {"name": "江州数谷基金", "object": "临溪研究院"}, "", 0),
    ("changes", {}, "", 0),
    ("history", {"name": "云川母基金"}, "notice2024", 1),
]


@pytest.mark.parametrize(("name", "params", "word", "rows"), ANSWERS)
def test_parameters_narrow_the_answer(
    name: str, params: dict[str, str], word: str, rows: int, sample: Path
) -> None:
    result = run(sample, name, params=params)
    assert len(result.rows) == rows
    assert word in render(result, "csv")


@pytest.mark.parametrize(("name", "params", "word", "rows"), GALLERY_ANSWERS)
def test_questions_about_several_documents(
    name: str, params: dict[str, str], word: str, rows: int, gallery: Path
) -> None:
    result = run(gallery, name, params=params)
    assert len(result.rows) == rows
    assert word in render(result, "csv")


def test_what_changed_goes_both_ways(gallery: Path, earlier: Path) -> None:
    came, went = run(gallery, "changes", earlier=earlier), run(earlier, "changes", earlier=gallery)
    assert [row[1:] for row in came.rows] == [row[1:] for row in went.rows]
    assert {str(row[0]) for row in came.rows} == {'"新增"@zh'}
    assert {str(row[0]) for row in went.rows} == {'"消失"@zh'}
    assert run(gallery, "changes", earlier=gallery / "graph.ttl").rows == ()
    with pytest.raises(QueryError, match="there is no file"):
        run(gallery, "changes", earlier=gallery / "none")


def test_the_command_takes_an_earlier_build(gallery: Path, earlier: Path) -> None:
    done = kg("query", gallery, "changes", "--earlier", earlier, "-f", "csv")
    assert done.code == 0
    assert "新增,江州数谷基金,隶属于,云川母基金\n" in done.out
    assert kg("query", gallery, "changes", "--earlier", gallery / "none").code == 1


INJECTIONS = [
    '" } { ?s ?p ?o } #',
    '") || true || ("" = "',
    "x\\",
    'x" . } } INSERT DATA { <urn:a> <urn:b> <urn:c> } #',
    "'''\n\"\"\"",
    "?o",
    "<urn:a>",
    "\x00\ud800",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_is_never_more_than_a_literal(value: str, sample: Path) -> None:
    assert run(sample, "observations", params={"label": value}).rows == ()
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        run(sample, "neighbourhood", params={"name": value})


@pytest.mark.parametrize("value", ["<urn:a> } { ?s ?p ?o", "https://a.example/> } #", "fund:a b"])
def test_an_iri_is_never_more_than_an_iri(value: str, sample: Path) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        run(sample, "neighbourhood", params={"name": value})


REFUSED = {
    ("neighbourhood", ()): "neighbourhood needs --param name=… (实体的名称 / the name of an entity)",
    ("funds", (("x", "1"),)): "funds has no parameter 'x'; it takes none",
    ("timeline", (("x", "1"),)): "timeline has no parameter 'x'; it takes from、to",
    ("SELECT * { ?s ?p ?o }", (("x", "1"),)): "this query has no parameter 'x'; it takes none",
    ("largest-amounts", (("minimum", "60亿"),)): "--param minimum=60亿: must be a number, as 100000000",
    ("largest-amounts", (("minimum", "NaN"),)): "--param minimum=NaN: must be a number, as 100000000",
    ("timeline", (("from", "去年"),)): "--param from=去年: must be a date, as 2024, 2024-07 or 2024-07-01",
    ("mentions", (("name", "丹霞母基金"),)): (
        "nothing in the graph is called '丹霞母基金'; did you mean 丹霞基金、“丹霞”基金?"
    ),
    ("mentions", (("name", "zzz"),)): "nothing in the graph is called 'zzz'",
    ("no-such", ()): f"no question is named 'no-such'; there are {'、'.join(NAMED)}",
    ("no-such.rq", ()): "there is no file no-such.rq",
}


@pytest.mark.parametrize(("asked", "message"), REFUSED.items(), ids=[a[0] for a in REFUSED])
def test_what_is_wrong_is_said(
    asked: tuple[str, tuple[tuple[str, str], ...]], message: str, sample: Path
) -> None:
    name, given = asked
    with pytest.raises(QueryError) as caught:
        run(sample, name, params=dict(given))
    assert str(caught.value) == message


def test_a_file_of_one_s_own_is_a_question(tmp_path: Path, sample: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        '\ufeff# title en: Mine\n# param word string "基金" a word\n'
        'SELECT ?l { VALUES ?word { "基金" } ?e skos:prefLabel ?l FILTER(CONTAINS(STR(?l), ?word)) }',
        encoding="utf-8",
    )
    assert len(run(sample, str(path)).rows) == 2
    assert len(run(sample, str(path), params={"word": "平台"}).rows) == 0


BAD_HEADS = {
    "# param x": 1,
    '# param x text "" words\nSELECT * { VALUES ?x { "" } }': 1,
    '# title zh: 甲\n# param x string "" words\nSELECT * { }': 2,
}


@pytest.mark.parametrize(("text", "line"), BAD_HEADS.items())
def test_a_bad_head_is_refused_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        questions.read(path)
    assert caught.value.line == line


def test_a_query_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_bytes("# 查询".encode("gb18030"))
    with pytest.raises(DataError, match="UTF-8"):
        questions.read(path)


def test_the_page_of_questions_is_up_to_date() -> None:
    from tests.query.reference import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"
