"""The bench of reading runs; what it measures is nobody's promise here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import reading
from tests.reading import resources


def test_a_rate_for_each_stage_and_kind_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SIZE", 3_000)
    monkeypatch.setattr(reading, "ROUNDS", 1)
    texts = dict(reading.texts(tmp_path / "none", tmp_path))
    assert list(texts) == ["newspaper", "policy", "workreport"]
    assert all(text.size + len(text.documents) >= 3_000 for text in texts.values())
    assert len({document.text for text in texts.values() for document in text.documents}) > len(texts)
    measured = reading.measure(texts["newspaper"], resources(), len)
    assert list(measured) == [
        reading.POSSEG,
        *("tokens alone", "read", "segment", "recognize", "link", "extract", "assemble, write"),
        reading.WHOLE,
    ]
    rows = list(reading.stage_table({"newspaper": measured}))
    assert len(rows) == len(measured) + 3
    assert all(rate > 0 for rate in measured.values())


def test_builds_are_measured_with_their_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SIZE", 500)
    texts = [text for _, text in reading.texts(tmp_path / "none", tmp_path)]
    assert len(list(reading.build_table(texts, 60_000, tmp_path))) == 6
