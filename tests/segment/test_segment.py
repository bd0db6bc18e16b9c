"""Sentences keep their offsets, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.segment import columns, segment, tokenize
from tests.reading import document, reading

TEXT = st.text(
    alphabet=st.sampled_from("云川省江州市，。！？；：“”（）《》设立基金12亿元的 a\u3000😀由在与"),
    max_size=80,
)


@given(TEXT)
def test_sentences_are_quotes_in_order(text: str) -> None:
    whole = document(text)
    position = 0
    for sentence in segment(whole):
        assert whole.text[sentence.span.start : sentence.span.end] == sentence.text
        assert sentence.span.start >= position
        assert sentence.text.strip()
        position = sentence.span.end


@given(TEXT)
def test_tokens_tile_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(t.word for t in tokens) == text
    assert all(text[t.start : t.end] == t.word for t in tokens)


@given(TEXT)
def test_columns_are_the_tokens(text: str) -> None:
    assert columns(text).tokens() == tokenize(text)
    assert all(len(column) == len(tokenize(text)) for column in columns(text))


@given(TEXT)
def test_mentions_and_marks_stand_in_the_text(text: str) -> None:
    understood = reading(text)
    whole = understood.document.text
    for reference in understood.references:
        assert whole[reference.mention.span.start : reference.mention.span.end] == reference.mention.text
    keys = {e.key for e in understood.entities}
    for statement in understood.statements:
        assert statement.subject in keys
        for evidence in statement.evidence:
            assert all(evidence.span.start <= m.start <= m.end <= evidence.span.end for m in evidence.marks)


def test_a_quote_closes_the_sentence() -> None:
    assert [s.text for s in segment(document("他说：“很好。”会议结束。"))] == ["他说：“很好。”", "会议结束。"]


def test_what_is_too_long_for_a_sentence_is_cut_where_it_pauses() -> None:
    for sign in ("云川省", "江州市、"):
        whole = document(f"江州市位于云川省。{sign * 4000}")
        sentences = segment(whole)
        assert sentences[0].text == "江州市位于云川省。"
        assert "".join(s.text for s in sentences) == whole.text
        assert 2000 < len(sentences[1].text) <= 3000
        assert sentences[1].text.endswith(sign[-1])


def test_manner_and_verb_are_two_words() -> None:
    words = [t.word for t in tokenize("省政府认真学习贯彻，积极开展活动，共同富裕。")]
    assert {"认真", "学习", "积极", "开展", "共同富裕"} <= set(words)
