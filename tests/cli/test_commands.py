"""The commands that look at a build: query, explain, check, export, view, report, ontology."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
import rdflib

from kg.export import FORMATS
from tests.cli.shell import ARTICLE, Run, kg

FUND = "云川数谷文化基金"
SELECT = "SELECT ?name { ?f a kgo:Fund ; skos:prefLabel ?name } ORDER BY ?name"


def test_query_answers_sparql_without_prefixes(built: Path) -> None:
    done = kg("query", built, SELECT)
    assert done.code == 0
    assert done.out.splitlines()[0] == "name"
    assert FUND in done.out


@pytest.mark.parametrize("source", ["graph.ttl", "."])
def test_query_takes_a_folder_or_a_file(source: str, built: Path) -> None:
    assert FUND in kg("query", built / source, SELECT).out


def test_query_takes_an_rq_file_and_other_formats(built: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(SELECT, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(kg("query", built, tmp_path / "q.rq", "--format", "csv").out)))
    found = json.loads(kg("query", built, tmp_path / "q.rq", "-f", "json").out)
    assert [row["name"] for row in rows] == [b["name"]["value"] for b in found["results"]["bindings"]]
    assert FUND in [row["name"] for row in rows]


def test_query_answers_named_questions(built: Path) -> None:
    listed = kg("query", "--list")
    assert listed.code == 0
    assert len([line for line in listed.out.splitlines() if not line.startswith(" ")]) >= 12
    done = kg("query", built, "neighbourhood", "--param", "name=“丹霞”基金")
    assert done.code == 0
    assert "云川省人民政府" in done.out


#: Arguments of kg query after DIR, exit code, what the error says.
WRONG_QUERIES = [
    (("SELECT ?x {",), 1, "line 1, column"),
    (("SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }",), 1, "--allow-service"),
    (("DELETE WHERE { ?s ?p ?o }",), 1, "updates are refused"),
    (("no-such-question",), 1, "overview"),
    (("nowhere.rq",), 1, "nowhere.rq"),
    (("neighbourhood",), 1, "--param name"),
    (("neighbourhood", "--param", "name=数谷文化基金会"), 1, FUND),
    (("neighbourhood", "--param", "name"), 2, "NAME=VALUE"),
    (("overview", "--format", "pdf"), 2, "csv"),
    ((), 2, "--list"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG_QUERIES)
def test_a_wrong_query_says_where_and_what(
    arguments: tuple[str, ...], code: int, words: str, built: Path
) -> None:
    done = kg("query", built, *arguments)
    assert done.code == code
    assert words in done.err
    assert "Traceback" not in done.err


def test_explain_gives_sentence_place_rule_and_confidence(built: Path) -> None:
    done = kg("explain", built, FUND)
    assert done.code == 0
    assert f"{FUND}（基金）" in done.out
    assert "总规模60亿元的云川数谷文化基金是“丹霞”基金的子基金" in done.out
    text = (built / "documents/article.txt").read_text(encoding="utf-8")
    start = text.index("总规模")
    assert f"article:{start}-" in done.out
    assert "规则 " in done.out
    assert "置信度 0." in done.out


@pytest.mark.parametrize(
    "name",
    [
        FUND,
        f"“{FUND}”",
        f"fund:{FUND}",
        f"https://w3id.org/policykg/id/fund/{FUND}",
        f"<https://w3id.org/policykg/id/fund/{FUND}>",
    ],
)
def test_explain_takes_any_name(name: str, built: Path) -> None:
    assert kg("explain", built, name).out.startswith(f"{FUND}（基金）")


def test_explain_shows_both_of_an_ambiguous_name(tmp_path: Path) -> None:
    for place in ("江州", "临溪"):
        (tmp_path / f"{place}.txt").write_text(
            f"{place}市设立总规模10亿元的产业引导基金。\n", encoding="utf-8"
        )
    out = tmp_path / "out"
    assert kg("build", tmp_path / "江州.txt", tmp_path / "临溪.txt", "--out", out).code == 0
    said = kg("explain", out, "产业引导基金").out
    assert said.count("产业引导基金（基金）") == 2
    assert "江州市" in said
    assert "临溪市" in said


@pytest.mark.parametrize(
    ("name", "words"),
    [("数谷文化基金会", FUND), ("fund:没有的基金", "fund:没有的基金"), ("", "")],
)
def test_explain_suggests_the_nearest_names(name: str, words: str, built: Path) -> None:
    done = kg("explain", built, name)
    assert done.code == 1
    assert words in done.err
    assert done.out == ""


def test_explain_needs_the_evidence(built: Path) -> None:
    done = kg("explain", built / "graph.ttl", FUND)
    assert done.code == 2
    assert "needs the folder" in done.err


def test_check_of_a_good_build_and_of_a_bad_file(built: Path, tmp_path: Path) -> None:
    assert kg("check", built) == Run(0, "没有发现问题\n", "")
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "<https://example.org/x> a <https://w3id.org/policykg/ontology#Fund> .\n", encoding="utf-8"
    )
    done = kg("check", bad)
    assert done.code == 1
    assert "violation" in done.out
    bad.write_text("this is no Turtle", encoding="utf-8")
    done = kg("check", bad)
    assert done.code == 1
    assert "bad.ttl: line 1, column 1: " in done.err
    assert kg("check", tmp_path / "missing.ttl").code == 2


#: A file that does not parse → its suffix, and the place and reason that kg check names.
UNREADABLE = [
    (
        "<urn:a> a <urn:b> .\n<urn:a> foo:x 3 .\n",
        "ttl",
        "line 2, column 9: The prefix foo: has not been declared",
    ),
    ('<urn:a> <urn:b> "x\n.\n', "ttl", "line 1, column 17: "),
    ("<urn:a> <urn:b> 1\n\n<urn:c> <urn:d> 2 .\n", "ttl", "line 3, column 1: "),
    ("<urn:a> a <urn:b c> .\n", "ttl", "line 1, column "),
    ("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> c .\n", "nt", "line 2, column 17: "),
    ("<urn:g> { <urn:a> <urn:b> <urn:c> .\n", "trig", "line 2, column 1: "),
    ('{"@context": {},\n "@id" "urn:a"}', "jsonld", "line 2, column "),
    ("<rdf:RDF>\n<a></b>\n", "rdf", "Unknown prefix rdf:"),
]


@pytest.mark.parametrize(("text", "suffix", "words"), UNREADABLE)
def test_check_names_the_place_of_a_syntax_error(text: str, suffix: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_text(text, encoding="utf-8")
    done = kg("check", path)
    assert done.code == 1
    assert f"x.{suffix}: {words}" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("format", ["nt", "trig", "jsonld", "rdfxml"])
def test_check_reads_every_rdf_format(format: str, built: Path, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{FORMATS[format].suffix}"
    assert kg("export", built, "-f", format, "-o", path).code == 0
    assert kg("check", path) == Run(0, "没有发现问题\n", "")
    bad = tmp_path / f"bad.{FORMATS[format].suffix}"
    words = path.read_text(encoding="utf-8").replace("6000000000.0", "-6000000000.0")
    bad.write_text(words, encoding="utf-8")
    done = kg("check", bad)
    assert done.code == 1
    assert "-6000000000.0" in done.out


@pytest.mark.parametrize("format", FORMATS)
def test_export_writes_every_format(format: str, built: Path, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{FORMATS[format].suffix}"
    done = kg("export", built, "--format", format, "--out", path)
    assert done.code == 0, done.err
    written = [Path(line) for line in done.out.splitlines()]
    assert written
    assert all(p.stat().st_size > 0 for p in written)


def test_export_gives_the_graph_of_the_build(built: Path, tmp_path: Path) -> None:
    for evidence, name in ((False, "graph.ttl"), (True, "evidence.ttl")):
        path = tmp_path / name
        kg("export", built, "-f", "ttl", "-o", path, *(["--evidence"] * evidence))
        assert path.read_bytes() == (built / name).read_bytes()


def test_export_refusals(built: Path, tmp_path: Path) -> None:
    assert "jsonld" in kg("export", built, "--format", "pdf").err
    done = kg("export", tmp_path, "--format", "nt")
    assert done.code == 2
    assert "make one with kg build" in done.err


def test_view_prints_the_address(built: Path, tmp_path: Path) -> None:
    page = (built / "graph.html").resolve().as_uri()
    assert kg("view", built, "--print").out == f"{page}\n"
    assert kg("view", built, FUND, "--print").out.startswith(f"{page}#e=https%3A%2F%2Fw3id.org")
    assert kg("view", tmp_path, "--print").code == 2


def test_report_shows_what_gave_nothing(texts: Path, tmp_path: Path) -> None:
    silent = "江州大学与云川省科学院的故事很长。\n"
    (texts / "article.txt").write_text(ARTICLE + silent, encoding="utf-8")
    out = tmp_path / "out"
    kg("build", texts, "--out", out)
    done = kg("report", out)
    assert done.code == 0
    assert "2 篇文本" in done.out
    assert silent.strip() in done.out
    assert silent.strip() not in kg("report", out, "--limit", "0").out
    assert kg("report", tmp_path).code == 2


def test_report_lists_names_that_got_no_class(texts: Path, tmp_path: Path) -> None:
    (texts / "third.txt").write_text(
        "江州市建设砚川茶肆。云川省印发《江州画册》，再印发《江州画册》。\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    kg("build", texts, "--out", out, "-q")
    said = kg("report", out).out
    listed = said.partition("见到而没有归类的名称：")[2].splitlines()
    assert listed[1] == "  江州画册（引号、书名号）2 次  third:16-20"
    assert "  砚川茶肆（词尾未收）1 次  third:5-9" in listed
    assert listed[listed.index("  砚川茶肆（词尾未收）1 次  third:5-9") + 1] == "      江州市建设砚川茶肆。"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "suffixes.tsv").write_text(
        "suffix\tclass\tneed\n茶肆\tInstitution\tproper\n", encoding="utf-8"
    )
    assert "砚川茶肆（" not in kg("report", out, "--lexicon", tmp_path / "own").out
    shutil.rmtree(out / ".cache")
    assert "没有归类的名称无从列出" in kg("report", out).out


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib 7's own JSON-LD parser
def test_ontology_is_printed_and_written(tmp_path: Path) -> None:
    printed = rdflib.Graph().parse(data=kg("ontology").out, format="turtle")
    for format, name in (("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")):
        other = rdflib.Graph().parse(data=kg("ontology", "--format", format).out, format=name)
        assert len(other) == len(printed)
    assert kg("ontology", "--format", "pdf").code == 2
    assert json.loads(kg("ontology", "-f", "context").out)["@context"]["partOf"]["@type"] == "@id"
    assert kg("ontology", "--write", tmp_path / "onto").code == 0
    for name in ("policykg.ttl", "shapes.ttl", "queries/overview.rq", "lexicon/suffixes.tsv"):
        assert (tmp_path / "onto" / name).is_file()
