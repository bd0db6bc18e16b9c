"""Strict decoding: the right encoding for short and long texts, or one clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import EmptyInputError, EncodingError, FormatError, UsageError
from kg.read.encoding import decode

PATH = Path("云川.txt")
SIMPLIFIED = [
    "云川省",
    "江州市设立基金",
    "江州市",
    "联通公司",
    "临溪县人民政府印发《云川省算力规划》，总投资60亿元。",
]
TRADITIONAL = ["雲川省政府", "江州市設立產業基金", "臨溪縣人民政府印發《雲川省算力規劃》，總投資60億元。"]


@pytest.mark.parametrize("text", SIMPLIFIED + TRADITIONAL)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-32"])
def test_decodes_what_was_encoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), PATH).text == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_tells_big5_from_gb18030(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), PATH).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_finds_utf_16_without_a_mark(encoding: str) -> None:
    text = "江州市设立产业基金，\n总规模60亿元。\n"
    assert decode(text.encode(encoding), PATH).text == text


def test_a_word_of_gb18030_that_is_utf_8_by_chance_is_gb18030() -> None:
    assert "学习".encode("gb18030").decode("utf-8") == "ѧϰ"
    assert decode("学习".encode("gb18030"), PATH).text == "学习"


@pytest.mark.parametrize("text", ["plain ASCII", "déjà vu, Köln", "Москва", "5G"])
def test_leaves_other_utf_8_alone(text: str) -> None:
    long = (text + " ") * 8
    assert decode(long.encode(), PATH).text == long


def test_the_declared_encoding_counts_when_it_decodes() -> None:
    data = "雲川省".encode("big5")
    assert decode(data, PATH, declared="big5").encoding == "big5hkscs"
    assert decode("云川省".encode(), PATH, declared="gb2312").text == "云川省"


def test_the_users_word_admits_no_other() -> None:
    with pytest.raises(
        EncodingError, match=r"云川.txt: not valid utf-8-sig at byte 0; give its right encoding"
    ):
        decode("江州市".encode("gb18030"), PATH, encoding="utf8")
    with pytest.raises(UsageError, match="unknown encoding 'klingon'; known are"):
        decode(b"x", PATH, encoding="klingon")


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyInputError, "the file is empty"),
        (b" \r\n\t", EmptyInputError, "the file is empty"),
        (b"%PDF-1.7 ...", FormatError, "this is a PDF, not text"),
        (b"PK\x03\x04\x00", FormatError, "this is a ZIP archive"),
        (b"\x7fELF\x02\x01\x01" + bytes(64) + b"\xff\xfe\xfd", FormatError, "this is a binary file"),
        ("江州市".encode()[:-1] + b"\xff", EncodingError, "neither UTF-8"),
        ("云川省江州市临溪县".encode()[:-1], EncodingError, "cut off in its last character"),
        (b"caf\xe9 au lait", EncodingError, "it breaks at byte 3"),
    ],
)
def test_refuses_in_one_sentence(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        decode(data, PATH)
    assert str(caught.value).startswith("云川.txt: ")
    assert "\n" not in str(caught.value)
