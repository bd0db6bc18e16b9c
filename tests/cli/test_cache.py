"""What is kept between builds comes back as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cache import Cache, fingerprint, key_of, pack, unpack_document, unpack_reading
from kg.model import Document, Graph, Reading
from tests.fixtures_graph import sample_graph


def readings(graph: Graph) -> list[Reading]:
    """A reading that holds everything of a graph; each document gets the same."""
    references = tuple(reference for _, reference in graph.references)
    return [
        Reading(d, graph.sentences, graph.entities, references, graph.statements) for d in graph.documents
    ]


def test_a_reading_comes_back_equal() -> None:
    graph = sample_graph()
    assert graph.statements
    for reading in readings(graph):
        assert unpack_reading(pack(reading)) == reading
        assert unpack_document(pack(reading.document)) == reading.document


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not msgpack", b"\x93\x01\x02\x03"])
def test_a_damaged_entry_is_absent(damage: bytes, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep("k", "reading", damage)
    cache.keep("k", "document", damage)
    assert cache.reading("k") is None
    assert cache.document("k") is None
    assert cache.reading("other") is None


def test_prune_drops_what_is_not_named(tmp_path: Path) -> None:
    cache, document = Cache(tmp_path), Document("a", "云川省", "0")
    for key in ("one", "two"):
        cache.keep(key, "document", pack(document))
    cache.prune(["two"])
    assert cache.document("one") is None
    assert cache.document("two") == document


def test_keys_depend_on_every_part() -> None:
    parts = ("a", "b", b"c")
    assert key_of(*parts) == key_of(*parts)
    assert len({key_of(*parts), key_of("ab", b"c"), key_of("a", "b"), key_of("a", "b", b"d")}) == 4


def test_the_fingerprint_follows_a_word_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import cache

    (tmp_path / "words.tsv").write_text("一", encoding="utf-8")
    monkeypatch.setattr(cache, "ontology_dir", lambda: tmp_path)
    fingerprint.cache_clear()
    first = fingerprint()
    (tmp_path / "words.tsv").write_text("二", encoding="utf-8")
    fingerprint.cache_clear()
    try:
        assert fingerprint() != first
    finally:
        fingerprint.cache_clear()
