"""From files to documents: discovery, formats, metadata, refusals."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

import pytest

from kg.errors import EmptyInputError, FormatError, InputError, UsageError
from kg.model import BlockKind, Document
from kg.read import READERS, Source, discover, read

FRAGMENT = (
    "《云川省算力规划（2024—2027年）》印发</strong></p><p>7月1日，云川省人民政府印发《云川省算力规划》。</p>"
    "<p><strong>江州市设立产业基金</strong></p><p>江州市设立<b>产业基金</b>，总规模60亿元。</p>"
    "<P>　　临溪县&nbsp;同步&amp;跟进。</P><p><strong>云川数博会开幕"
)
PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>江州设立基金_云川网</title>
<meta name="PubDate" content="2024-07-01 10:00"><meta name="ContentSource" content="云川日报"></head><body>
<nav><a href="/">首页</a><a href="/a">要闻</a><a href="/b">政策</a></nav>
<div class="content"><h1>江州设立产业基金</h1>
<p>　　7月1日，江州市人民政府宣布设立江州产业基金，总规模60亿元，由江州投资集团有限公司管理。</p>
<p>　　基金重点投向算力、生物医药等领域，云川大学将提供技术支持，首批项目共12个。</p>
<table><tr><th>项目</th><th>金额</th></tr><tr><td>算力中心</td><td>12亿元</td></tr></table>
<p>　　临溪县人民政府与云川大学签署协议，共建临溪产业研究院，推动成果在当地转化落地。</p></div>
<script>alert(1)</script><div style="display:none">隐藏的文字不应当出现在正文里。</div>
<footer><a href="/x">关于我们</a> 版权所有</footer></body></html>"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read_one(folder: Path, name: str, text: str | bytes, **options: str) -> Document:
    (source,) = discover([write(folder, name, text)])
    return read(source, **options)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.span.start : block.span.end]) for block in document.blocks]


def test_exports_what_it_promises() -> None:
    assert {"Source", "discover", "read", "READERS"} <= set(import_module("kg.read").__all__)


def test_discovers_folders_sorted_and_names_by_path(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/c.md", "a.html", "skip.bin", "skip.tar.gz", ".hidden/d.txt", "sub/.e.txt"):
        write(tmp_path, name, "云川省")
    found = discover([tmp_path])
    assert [source.id for source in found] == ["a", "b", "sub/c"]
    assert found[0].path == tmp_path / "a.html"
    assert discover([tmp_path / "b.txt", tmp_path / "a.html"]) == (
        Source(tmp_path / "a.html", "a"),
        Source(tmp_path / "b.txt", "b"),
    )


def test_keeps_the_extension_where_two_would_collide(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md", "报告 1:终.txt"):
        write(tmp_path, name, "云川省")
    assert [source.id for source in discover([tmp_path])] == ["a.md", "a.txt", "报告_1_终"]


def test_one_file_given_twice_is_one_document(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "云川省")
    assert len(discover([path, path])) == 1


def test_refuses_two_documents_with_one_id(tmp_path: Path) -> None:
    first, second = write(tmp_path, "x/a.txt", "云川省"), write(tmp_path, "y/a.txt", "江州市")
    with pytest.raises(UsageError, match=r"would both be the document 'a.txt'"):
        discover([first, second])


def test_refuses_what_is_not_there_or_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file or folder"):
        discover([tmp_path / "nothing"])
    write(tmp_path, "only.bin", b"x")
    with pytest.raises(EmptyInputError, match=r"no file to read in this folder; known are .*\.txt"):
        discover([tmp_path])


def test_reads_plain_text_with_its_metadata(tmp_path: Path) -> None:
    text = (
        "云川省算力规划印发\r\n来源：云川日报\r\n发布时间：2024-07-01 10:22\r\n\r\n　　江州市建成平台。\r\n"
    )
    document = read_one(tmp_path, "a.txt", text)
    assert (document.title, document.date, document.source) == (
        "云川省算力规划印发",
        "2024-07-01",
        "云川日报",
    )
    assert document.text.endswith("\n江州市建成平台。")
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_metadata_is_empty_when_the_text_gives_none(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", "江州市于2024年7月1日建成平台。")
    assert (document.title, document.date, document.source) == ("", "", "")


def test_the_callers_metadata_wins(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.html", PAGE.encode("gb18030"), title="甲", date="2020", source_name="乙")
    assert (document.title, document.date, document.source) == ("甲", "2020", "乙")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "big5"])
def test_the_text_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "江州市政府宣布，建成算力平台。"
    assert read_one(tmp_path, "a.txt", text.encode(encoding)).text == text


def test_reads_a_fragment_of_a_page_whole_and_once(tmp_path: Path) -> None:
    assert blocks(read_one(tmp_path, "a.html", FRAGMENT)) == [
        ("heading", "《云川省算力规划（2024—2027年）》印发"),
        ("paragraph", "7月1日，云川省人民政府印发《云川省算力规划》。"),
        ("heading", "江州市设立产业基金"),
        ("paragraph", "江州市设立产业基金，总规模60亿元。"),
        ("paragraph", "临溪县同步&跟进。"),
        ("heading", "云川数博会开幕"),
    ]


def test_reads_the_article_of_a_page_and_not_its_frame(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.html", PAGE.encode("gb18030"))
    assert (document.title, document.date, document.source) == ("江州设立产业基金", "2024-07-01", "云川日报")
    texts = [text for _, text in blocks(document)]
    assert sum("总规模60亿元" in text for text in texts) == 1
    assert sum("临溪产业研究院" in text for text in texts) == 1
    assert "算力中心" in texts
    assert not any(word in document.text for word in ("首页", "alert", "隐藏", "版权"))


def test_reads_lines_broken_by_br(tmp_path: Path) -> None:
    text = "<div>江州市建成平台。<br>临溪县同步跟进。<br/><br/>云川大学参与建设。</div>"
    assert [text for _, text in blocks(read_one(tmp_path, "a.htm", text))] == [
        "江州市建成平台。",
        "临溪县同步跟进。",
        "云川大学参与建设。",
    ]


def test_repairs_a_newspaper_page_saved_as_html_or_markdown(tmp_path: Path) -> None:
    case = Path(__file__).parents[1] / "data" / "read" / "layout" / "newspaper-blank-lines"
    rows = case.with_suffix(".txt").read_text(encoding="utf-8").split("\n\n")
    wanted = [
        line.split("\t")[1] for line in case.with_suffix(".blocks").read_text(encoding="utf-8").splitlines()
    ]
    page = "".join(f"<p>{row.replace(chr(10), '<br>')}</p>" for row in rows)
    assert [text for _, text in blocks(read_one(tmp_path, "a.html", page))] == wanted
    assert [text for _, text in blocks(read_one(tmp_path, "b.md", "\n\n".join(rows)))] == wanted


def test_reads_markdown_without_its_marks(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 云川算力\ndate: 2024-07\nsource: 云川日报\n---\n# 一、总体要求\n\n江州市建成**算力平台**，总投资\n"
        "[60亿元](http://x)。\n\n**重点：**云川大学`参与`。\n\n- 临溪县\n- 江州市\n\n| 项目 | 金额 |\n|---|---|\n| 平台 | 3亿元 |\n\n"
        "![图1 布局](a.png)\n\n##### 二、保障\n\n占比达$9 0 \\%$以上。\n\n<p>表单之外。</p>\n"
    )
    document = read_one(tmp_path, "a.md", text)
    assert (document.title, document.date, document.source) == ("云川算力", "2024-07", "云川日报")
    assert blocks(document) == [
        ("heading", "一、总体要求"),
        ("paragraph", "江州市建成算力平台，总投资60亿元。"),
        ("paragraph", "重点：云川大学参与。"),
        ("item", "临溪县"),
        ("item", "江州市"),
        ("item", "项目"),
        ("item", "金额"),
        ("item", "平台"),
        ("item", "3亿元"),
        ("caption", "图1布局"),
        ("heading", "二、保障"),
        ("paragraph", "占比达90%以上。"),
        ("paragraph", "表单之外。"),
    ]


def test_block_kinds_are_those_of_the_model() -> None:
    assert {kind.value for kind in BlockKind} == {"paragraph", "heading", "caption", "item"}


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.txt", b"", EmptyInputError, "the file is empty"),
        ("a.html", b"<html><body><script>1</script></body></html>", EmptyInputError, "no text in the page"),
        ("a.md", "---\ntitle: 甲\n---\n".encode(), EmptyInputError, "no text in the file"),
        ("a.xyz", b"x", FormatError, r"no reader for files named \.xyz; known are \.txt"),
        ("README", b"x", FormatError, "a file without an extension; known are"),
        ("a.txt", b"\x00\x01\x02\xff\xfe", FormatError, "binary file"),
    ],
)
def test_refuses_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, error: type[Exception], words: str
) -> None:
    path = write(tmp_path, name, data)
    with pytest.raises(error, match=words) as caught:
        read(Source(path, "a"))
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_refuses_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.source.LIMIT", 1024 * 1024)
    path = write(tmp_path, "a.txt", b"a" * (1024 * 1024 + 1))
    with pytest.raises(FormatError, match=r"more than 1 MB in one document; split it into smaller ones"):
        read(Source(path, "a"))


def test_refuses_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read(Source(tmp_path / "no.txt", "no"))
    (tmp_path / "d.txt").mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        read(Source(tmp_path / "d.txt", "d"))


def test_every_reader_has_a_suffix_in_lower_case() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)
