"""A user's own words: what they add, what is refused, and that a build follows them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg import lexicon, own
from kg.errors import DataError, UsageError
from kg.model import EntityKey
from kg.pipeline import Resources, read_document
from tests.cli.shell import kg, outputs
from tests.reading import document

WORKED = Path(__file__).resolve().parents[2] / "examples" / "lexicon"
NAMES = "name\tclass\tcanonical\tparent\n"
FRAME = (WORKED / "frames.toml").read_text(encoding="utf-8")
TEXT = "白鹭滩海洋牧场由云海渔研所管护。云海渔研所还管护月牙湾海洋牧场。\n"


def folder(place: Path, files: Mapping[str, str]) -> Path:
    """A folder with the files."""
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    place.mkdir(exist_ok=True)
    return place


def told(text: str, words: Path | None) -> set[str]:
    """What a text says with the words of a folder: its relations, and its entities."""
    found = read_document(document(text), Resources.load(words))
    relations = {
        f"{s.subject.name} {s.predicate} {s.object.name}"
        for s in found.statements
        if isinstance(s.object, EntityKey)
    }
    return relations | {f"{e.key.cls} {e.key.name}" for e in found.entities}


ADDS: list[tuple[str, dict[str, str], str, set[str]]] = [
    (
        "a name",
        {"names/ours.tsv": NAMES + "数谷湾\tPark\t云川数谷湾园区\t江州市\n"},
        "江州市数谷湾开园。",
        {"Park 云川数谷湾园区"},
    ),
    (
        "a name in names.tsv, without an official form",
        {"names.tsv": NAMES + "数谷湾\tPark\t\t\n"},
        "数谷湾开园。",
        {"Park 数谷湾"},
    ),
    (
        "a name as a Traditional text has it",
        {"names.tsv": NAMES + "雲海漁研所\tInstitution\t云海渔研所\t\n"},
        "云海渔研所开门。",
        {"Institution 云海渔研所"},
    ),
    (
        "a name that goes before ours",
        {"names.tsv": NAMES + "江州大学\tPlatform\t江州学习平台\t\n"},
        "江州大学开门。",
        {"Platform 江州学习平台"},
    ),
    (
        "a head of names",
        {"suffixes.tsv": "suffix\tclass\tneed\n海洋牧场\tPark\tproper\n"},
        "江州海洋牧场开园。",
        {"Park 江州海洋牧场"},
    ),
    (
        "a verb of a group of ours",
        {"triggers.tsv": "word\tgroup\tstatus\n创启\tcreate\tasserted\n"},
        "江州市创启云江产业基金。",
        {"云江产业基金 establishedBy 江州市"},
    ),
    (
        "a sequence",
        {
            "sequences.toml": '[[sequence]]\nid = "kin"\nproperty = "partOf"\n'
            "pattern = \"{a:Fund} <copula> {b:Fund} <of> '姊妹'\"\n"
            'example = "云江产业基金是江州产业基金的姊妹。"\n'
            'yields = ["云江产业基金 partOf 江州产业基金"]\ncounter = "云江产业基金是江州产业基金。"\n'
        },
        "云江产业基金是江州产业基金的姊妹。",
        {"云江产业基金 partOf 江州产业基金"},
    ),
]


@pytest.mark.parametrize(("what", "files", "text", "wanted"), ADDS, ids=[a[0] for a in ADDS])
def test_own_words_add(what: str, files: dict[str, str], text: str, wanted: set[str], tmp_path: Path) -> None:
    assert not wanted <= told(text, None)
    assert wanted <= told(text, folder(tmp_path / "own", files))


def test_every_table_that_is_read_may_stand_in_a_folder() -> None:
    ours = {path.stem for path in (lexicon.ontology_dir() / "lexicon").glob("*.tsv")}
    assert ours - set(lexicon.TABLES) <= {"pinyin"}  # of the search, which reads no user's words
    assert set(lexicon.TABLES) <= ours


def test_our_own_words_stay() -> None:
    ours, both = lexicon.load(), lexicon.load(WORKED)
    assert both.names.keys() >= ours.names.keys()
    assert both.suffixes.keys() - ours.suffixes.keys() == {"海洋牧场"}
    assert both.words == ours.words


BAD = [
    ("suffix.tsv", "suffix\tclass\tneed\n", 1, "no file of words has this name; known are names/*.tsv, "),
    ("suffixes.csv", "", 1, "no file of words has this name"),
    ("names/ours.txt", "", 1, "only *.tsv may stand in names/"),
    ("patterns/frames.toml", "", 1, "no file of words has this name"),
    ("suffixes.tsv", "suffix class need\n", 1, "the header must read suffix class need, with tabs between"),
    ("suffixes.tsv", "# mine\nsuffix\tclass\tneed\n礁区\tPark\n", 3, "2 cells where 3 belong"),
    ("suffixes.tsv", "suffix\tclass\tneed\n礁区\tReef\tproper\n", 2, "'Reef'; known are Event, Fund"),
    ("suffixes.tsv", "suffix\tclass\tneed\n礁区\tPark\tsometimes\n", 2, "'sometimes'; known are always"),
    (
        "suffixes.tsv",
        "suffix\tclass\tneed\n礁区\tPark\tproper\n礁区\tPlatform\tproper\n",
        3,
        "礁区 stands here twice",
    ),
    ("names.tsv", NAMES + "数谷\tPark\t\t\n\tPark\t\t\n", 3, "an empty name"),
    ("names/a.tsv", NAMES + "数谷\tTown\t\t\n", 2, "'Town'"),
    ("triggers.tsv", "word\tgroup\tstatus\n管护\ttend\tasserted\n", 2, "no frame names the group 'tend'"),
    ("triggers.tsv", "word\tgroup\tstatus\n管护\tcreate\tdone\n", 2, "'done'; known are asserted, planned"),
    ("triggers.tsv", "word\tgroup\tstatus\n管护\t\tasserted\n", 2, "an empty group"),
    ("credits.tsv", "label\tproperty\tclass\n东道\thosts\tEvent\n", 2, "'hosts'; known are approvedBy"),
    ("anaphora.tsv", "word\tclass\thead\n该牧场\tFarm\t牧场\n", 2, "'Farm'"),
    ("bounds.tsv", "word\tbound\n顶多\tmost\n", 2, "'most'; known are about, atLeast, atMost, nearly, over"),
    ("plans.tsv", "word\tyears\n十九五\t2096\n", 2, "'2096' is not first and last year"),
    ("fact_words.tsv", "word\trole\n管护\tcare\n", 2, "'care'; known are"),
    ("traditional.tsv", "traditional\tsimplified\n漁業\t渔\n", 2, "one character stands for one"),
    (
        "constructions.tsv",
        "construction\tband\tabout\nframe/creat\tsure\t\n",
        2,
        "'frame/creat'; known are frame/",
    ),
    (
        "constructions.tsv",
        "construction\tband\tabout\nframe/create\tfine\t\n",
        2,
        "'fine'; known are doubtful",
    ),
    ("frames.toml", FRAME.replace('"operatedBy"', "operatedBy"), 6, "no TOML"),
    ("frames.toml", FRAME, 5, "frame tend: 'tend' is no group of triggers.tsv"),
    ("sequences.toml", '[[sequence]]\nid = "x"\n', 1, "sequence x: no property"),
]


@pytest.mark.parametrize(("name", "text", "line", "why"), BAD, ids=[f"{b[0]}: {b[3][:30]}" for b in BAD])
def test_what_is_bad_is_refused_with_its_line(
    name: str, text: str, line: int, why: str, tmp_path: Path
) -> None:
    words = folder(tmp_path / "own", {name: text})
    with pytest.raises(DataError) as error:
        Resources.load(words)
    refused = words / "patterns" if name.startswith("patterns/") else words / name
    assert (error.value.path, error.value.line) == (str(refused), line)
    assert why in error.value.why
    done = kg("lexicon", words)
    assert (done.code, done.out) == (1, "")
    assert done.err == f"{refused}:{line}: {error.value.why}\n"


def test_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    words = folder(tmp_path, {})
    (words / "suffixes.tsv").write_bytes(b"suffix\tclass\tneed\n" + "渔港\tPark\tproper\n".encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8") as error:
        lexicon.load(words)
    assert error.value.line == 2


def test_notes_hidden_files_and_marks_of_windows_are_no_matter(tmp_path: Path) -> None:
    words = folder(tmp_path, {"README.md": "mine", ".keep": ""})
    (words / "suffixes.tsv").write_bytes("\ufeffsuffix\tclass\tneed\r\n海洋牧场\tPark\tproper\r\n".encode())
    assert lexicon.load(words).suffixes["海洋牧场"].cls == "Park"


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        Resources.load(tmp_path / "none")


def test_a_pattern_that_does_not_do_what_it_says(tmp_path: Path) -> None:
    words = folder(tmp_path / "own", {})
    shutil.copytree(WORKED, words, dirs_exist_ok=True)
    assert all(proof.good for proof in own.prove(words))
    frame = FRAME.replace("海洋牧场由云海渔研所管护", "海洋牧场向云海渔研所学习")
    (words / "frames.toml").write_text(frame.replace("不再管护", "管护"), encoding="utf-8")
    (proof,) = own.prove(words)
    assert proof == own.Proof(
        rule="frame/tend",
        missing=("白鹭滩海洋牧场 operatedBy 云川省海洋渔业研究所",),
        given=(),
        wrong=("白鹭滩海洋牧场 operatedBy 云川省海洋渔业研究所",),
    )
    done = kg("lexicon", words)
    assert done.code == 1
    assert (
        "frame/tend：样例没有得出 白鹭滩海洋牧场 operatedBy 云川省海洋渔业研究所（得出的是：什么也没有）"
        in done.out
    )
    assert "反例却得出" in done.out


def build(place: Path, *options: str | Path) -> tuple[str, list[str]]:
    """Build the text; return graph.ttl and the documents that were reused."""
    text = place / "牧场.txt"
    text.write_text(TEXT, encoding="utf-8")
    out = place / "out"
    done = kg("build", text, "--out", out, "-q", *options)
    assert done.code == 0, done.err
    return (out / "graph.ttl").read_text(encoding="utf-8"), json.loads((out / "report.json").read_bytes())[
        "reused"
    ]


def test_a_build_follows_the_folder_and_its_content(tmp_path: Path) -> None:
    words = folder(tmp_path / "own", {})
    shutil.copytree(WORKED, words, dirs_exist_ok=True)
    bare, _ = build(tmp_path)
    assert "operatedBy" not in bare
    taught, reused = build(tmp_path, "--lexicon", words)
    assert taught.count("kgo:operatedBy") == 2
    assert reused == []
    assert build(tmp_path, "--lexicon", words) == (taught, ["牧场"])
    shutil.copytree(words, tmp_path / "moved")
    assert build(tmp_path, "--lexicon", tmp_path / "moved") == (
        taught,
        ["牧场"],
    )  # its content counts, not its path
    (words / "triggers.tsv").write_text("word\tgroup\tstatus\n照管\ttend\tasserted\n", encoding="utf-8")
    changed, reused = build(tmp_path, "--lexicon", words)
    assert "operatedBy" not in changed
    assert reused == []
    assert build(tmp_path) == (bare, [])


def test_one_lexicon_holds_for_what_is_added_and_what_was_there(tmp_path: Path) -> None:
    texts = folder(tmp_path / "texts", {"a.txt": TEXT, "b.txt": TEXT.replace("白鹭滩", "银沙湾")})
    out = tmp_path / "out"
    assert kg("build", texts / "a.txt", "--out", out, "-q").code == 0
    assert kg("build", texts / "b.txt", "--out", out, "-q", "--add", "--lexicon", WORKED).code == 0
    assert (out / "graph.ttl").read_text(encoding="utf-8").count("kgo:operatedBy") == 3


def test_several_processes_read_with_the_words(tmp_path: Path) -> None:
    texts = folder(tmp_path / "texts", {"a.txt": TEXT, "b.txt": TEXT.replace("白鹭滩", "银沙湾")})
    done = kg("build", texts, "--out", tmp_path / "out", "-q", "--workers", "2", "--lexicon", WORKED)
    assert done.code == 0, done.err
    assert (tmp_path / "out/graph.ttl").read_text(encoding="utf-8").count("kgo:operatedBy") == 3


def test_a_refusal_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    words = folder(tmp_path / "own", {"suffixes.tsv": "suffix\tclass\tneed\n礁区\tReef\tproper\n"})
    build(tmp_path)
    before = outputs(tmp_path / "out")
    done = kg("build", tmp_path / "牧场.txt", "--out", tmp_path / "out", "-q", "--lexicon", words)
    assert done.code == 1
    assert done.err.startswith(f"{words / 'suffixes.tsv'}:2: ")
    assert done.err.count("\n") == 1
    assert outputs(tmp_path / "out") == before
    assert (
        kg("build", tmp_path / "牧场.txt", "--out", tmp_path / "out", "--lexicon", tmp_path / "none").code
        == 2
    )


def test_score_reads_with_the_words(tmp_path: Path) -> None:
    gold = {
        "text": "a.txt",
        "entities": [
            {"id": "p", "class": "Park", "name": "白鹭滩海洋牧场", "aliases": []},
            {"id": "q", "class": "Park", "name": "月牙湾海洋牧场", "aliases": []},
            {"id": "i", "class": "Institution", "name": "云川省海洋渔业研究所", "aliases": ["云海渔研所"]},
        ],
        "relations": [{"from": end, "property": "operatedBy", "to": "i"} for end in ("p", "q")],
        "facts": [],
    }
    folder(tmp_path, {"a.txt": TEXT, "a.json": json.dumps(gold)})
    for options, found in (((), 0), (("--lexicon", WORKED), 2)):
        done = kg("score", tmp_path / "a.json", "--json", *options)
        assert json.loads(done.out)["relations"]["tp"] == found
