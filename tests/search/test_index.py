"""What is found: a part of a name or a sentence, in either script, by pinyin; and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.rdf import DCTERMS, KGO, RDF, SKOS, NamedNode, Triple, integer, text, zh
from kg.search import Index, build, in_memory
from kg.search.fold import fold

NAMES = {
    "江州大学": ("江大",),
    "云川数谷": (),
    "“丹霞”基金": ("丹霞基金", "丹霞"),
    "重庆路实验室": (),
    "长安银行": (),
    "AI产业园 A区": (),
    "5G创新中心": (),
    "江州大学附属医院": (),
}
SENTENCES = {
    ("a", 9): "江州大学与云川数谷签约。",
    ("a", 0): "总规模 60 亿元的“丹霞”基金落地。",
    ("b", 0): "全省5G基站增至16.9万个。",
}


def triples() -> Iterable[Triple]:
    for name, aliases in NAMES.items():
        node = NamedNode(f"urn:{fold(name)}")
        yield Triple(node, NamedNode(f"{SKOS}prefLabel"), zh(name))
        yield from (Triple(node, NamedNode(f"{SKOS}altLabel"), zh(alias)) for alias in aliases)
    for (document, start), words in SENTENCES.items():
        node = NamedNode(f"urn:{document}:{start}")
        yield Triple(node, NamedNode(f"{RDF}type"), NamedNode(f"{KGO}Sentence"))
        yield Triple(node, NamedNode(f"{KGO}inDocument"), NamedNode(f"urn:{document}"))
        yield Triple(node, NamedNode(f"{KGO}start"), integer(start))
        yield Triple(node, NamedNode(f"{KGO}text"), zh(words))
        yield Triple(NamedNode(f"urn:{document}"), NamedNode(f"{DCTERMS}identifier"), text(document))
    mention = NamedNode("urn:mention")
    yield Triple(mention, NamedNode(f"{KGO}text"), zh("江州大学"))


@pytest.fixture(scope="module")
def index() -> Index:
    return in_memory(triples())


FOUND = {
    "江州大学": ["江州大学", "江州大学附属医院"],
    "江大": ["江大"],
    "大学": ["江州大学", "江州大学附属医院"],
    "江": ["江州大学", "江州大学附属医院"],
    "园": ["AI产业园 A区"],
    "丹霞基金": ["“丹霞”基金"],
    "「丹霞」": ["丹霞"],
    "霞基": ["“丹霞”基金"],
    "雲川數谷": ["云川数谷"],
    "长安銀行": ["长安银行"],
    "ａｉ产业": ["AI产业园 A区"],
    "5g": ["5G创新中心"],
    "园a区": ["AI产业园 A区"],
    # pinyin: initials, syllables, every reading
    "jzdx": ["江州大学", "江州大学附属医院"],
    "dxfs": ["江州大学附属医院"],
    "yunchuan": ["云川数谷"],
    "shugu": ["云川数谷"],
    "chongqing": ["重庆路实验室"],
    "zhongqing": ["重庆路实验室"],
    "cayh": ["长安银行"],
    "zhangan": ["长安银行"],
    "5gcxzx": ["5G创新中心"],
    # nothing
    "江学": [],
    "学大": [],
    "江州大学校": [],
    "xyz": [],
    "jzd x": ["江州大学", "江州大学附属医院"],
    "jiangz": [],
    "j": [],
    "''; DROP TABLE name": [],
    '" OR "江州': ["江州大学"][:0],
    "grams:江州": [],
}


@pytest.mark.parametrize(("word", "forms"), FOUND.items())
def test_names(word: str, forms: list[str], index: Index) -> None:
    assert [named.form for named in index.names(word)] == forms


SAID = {
    "丹霞基金": ["urn:a:0"],
    "签约": ["urn:a:9"],
    "签": ["urn:a:9"],
    "約": ["urn:a:9"],
    "60亿元": ["urn:a:0"],
    "5g基站": ["urn:b:0"],
    "的": ["urn:a:0"],
    "州": ["urn:a:9"],
    "16.9": ["urn:b:0"],
    "基": ["urn:a:0", "urn:b:0"],
    "jzdx": [],
    "约基": [],
}


@pytest.mark.parametrize(("word", "iris"), SAID.items())
def test_sentences(word: str, iris: list[str], index: Index) -> None:
    assert index.sentences(word) == iris


@pytest.mark.parametrize("word", ["", " ", "“”", "，。"])
def test_a_word_without_a_letter_is_refused(word: str, index: Index) -> None:
    for search in (index.names, index.sentences):
        with pytest.raises(QueryError, match="holds no letter"):
            search(word)


def test_better_matches_come_first(index: Index) -> None:
    assert [named.rank for named in index.names("江州大学")] == [0, 1]
    assert [named.rank for named in index.names("丹霞")] == [0.5]
    assert [named.rank for named in index.names("jzdx")] == [3, 3]


WORDS = st.text(alphabet="江州大学雲云川數数谷ab1 “”，\x00\ud83d\U0001f600*:^-()", max_size=9)


@given(names=st.lists(WORDS, max_size=6), word=WORDS)
def test_as_a_scan_would_find(names: list[str], word: str) -> None:
    """Any name, any word: grams find what the folded text holds, no more and no less."""
    labels = [(NamedNode(f"urn:{n}"), name) for n, name in enumerate(names) if name.isprintable()]
    index = in_memory(Triple(node, NamedNode(f"{SKOS}prefLabel"), zh(name)) for node, name in labels)
    folded = fold(word)
    if not folded:
        return
    scanned = {node.value for node, name in labels if folded in fold(name)}
    found = {named.iri for named in index.names(word) if named.rank < 3}
    assert found == scanned


def test_the_same_graph_gives_the_same_index(tmp_path: Path) -> None:
    build(triples(), tmp_path / "a")
    build(reversed(list(triples())), tmp_path / "b")
    one, other = (Index.open(tmp_path / name) for name in "ab")
    for word in FOUND:
        if fold(word):
            assert one.names(word) == other.names(word)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_build_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="build it again with kg build"):
        Index.open(tmp_path / "none")
