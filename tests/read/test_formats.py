"""One good and several bad files of every format beyond plain text, Markdown and HTML."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kg.errors import EmptyInputError, EncodingError, FormatError, InputError
from kg.model import Document
from kg.read import READERS, Source, discover, read, read_all
from tests.read.pdfs import Word, pdf

TEXT = "江州市设立产业基金，总规模60亿元。"


def write(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return discover([path])[0]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, document.text[block.span.start : block.span.end]) for block in document.blocks]


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


# PDF


def page_of(lines: list[str], *, top: float = 700, left: float = 60) -> list[Word]:
    return [Word(left, top - 20 * at, text) for at, text in enumerate(lines)]


def test_reads_a_pdf_without_heads_numbers_and_notes_in_mid_sentence(tmp_path: Path) -> None:
    first = [
        Word(250, 780, "云川日报", 9),
        Word(180, 730, "云川省算力规划", 20),
        *page_of(["云川省近年来把算力当作产业升级的底座", "来抓，总投资 12 亿元，由江州数据集团①"], top=690),
        Word(60, 90, "①江州数据集团成立于2020年。", 8),
        Word(290, 20, "— 1 —", 9),
    ]
    second = [
        Word(250, 780, "云川日报", 9),
        *page_of(["牵头建设。⼈⺠群众得到实惠。", "云川大学将参与后续的技术研发工作，培"]),
        *page_of(["养工程师。"], top=660),
        Word(290, 20, "2", 9),
    ]
    third = [Word(250, 780, "云川日报", 9), *page_of(["临溪县同步跟进。"]), Word(290, 20, "3", 9)]
    document = read(write(tmp_path, "a.pdf", pdf([first, second, third])))
    assert document.title == "云川省算力规划"
    assert blocks(document) == [
        ("heading", "云川省算力规划"),
        (
            "paragraph",
            "云川省近年来把算力当作产业升级的底座来抓，总投资12亿元，由江州数据集团①牵头建设。人民群众得到实惠。",
        ),
        ("paragraph", "云川大学将参与后续的技术研发工作，培养工程师。"),
        ("paragraph", "临溪县同步跟进。"),
        ("item", "①江州数据集团成立于2020年。"),
    ]


def test_an_indent_on_the_page_starts_a_paragraph(tmp_path: Path) -> None:
    page = [
        Word(84, 700, "江州市把平台建在高新区，由数据集团运"),
        Word(60, 680, "营，服务全省企业，总投资十二亿元人民币。"),
        Word(84, 660, "临溪县也在筹建同样的平台，预计明年完"),
        Word(60, 640, "工，届时将接入全省网络。"),
    ]
    assert [text for _, text in blocks(read(write(tmp_path, "a.pdf", pdf([page]))))] == [
        "江州市把平台建在高新区，由数据集团运营，服务全省企业，总投资十二亿元人民币。",
        "临溪县也在筹建同样的平台，预计明年完工，届时将接入全省网络。",
    ]


def test_says_which_pages_hold_no_text(tmp_path: Path) -> None:
    document = read(write(tmp_path, "a.pdf", pdf([page_of([TEXT]), []])))
    assert document.warnings == ("pages without text: 2",)


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """The second column begins above the end of the first; a caption stands below a picture in it."""
    left = [
        f"云川省第{at}批平台建在江州市，由数据集团" + ("运营。" if at == 8 else "运营，")
        for at in range(1, 9)
    ]
    right = ["临溪县第一批平台由云川大学运营，", "全县接入。", "图1 临溪县的平台", "云川省总结经验。"]
    page = [Word(250, 780, "云川日报", 9)]
    page += [Word(40, 700 - 24 * at, text, 11) for at, text in enumerate(left)]
    page += [Word(330, 700 - 24 * at, text, 11) for at, text in enumerate(right)]
    text = read(write(tmp_path, "a.pdf", pdf([page]))).text
    assert text.index("第8批") < text.index("临溪县第一批")
    assert "运营，全县接入。" in text
    assert not any("数据集团运营，临溪县" in line for line in text.splitlines())


# Word


def word(build: docx.document.Document) -> bytes:
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


def test_reads_word_in_its_order_with_tables_and_what_python_docx_leaves_out(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "云川算力"
    made.add_heading("一、总体要求", level=1)
    paragraph = made.add_paragraph("江州市")
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>新建平台。</w:t></w:r></w:ins>')
    )
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>旧话</w:delText></w:r></w:del>'
        )
    )
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(["项目", "金额", "算力中心", "12亿元"]):
        table.cell(at // 2, at % 2).text = text
    made.add_paragraph("临溪县同步跟进。")
    made.element.body.insert(
        -1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>云川大学参与。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document = read(write(tmp_path, "a.docx", word(made)))
    assert document.title == "云川算力"
    assert blocks(document) == [
        ("heading", "一、总体要求"),
        ("paragraph", "江州市新建平台。"),
        ("item", "项目"),
        ("item", "金额"),
        ("item", "算力中心"),
        ("item", "12亿元"),
        ("paragraph", "临溪县同步跟进。"),
        ("paragraph", "云川大学参与。"),
    ]


def test_a_word_document_with_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(TEXT)
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";"}{"&a" + (str(n - 1) if n else "") + ";"}">'
        for n in range(40)
    )
    source = word(made)
    files = {}
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        for name in archive.namelist():
            files[name] = archive.read(name)
    body = files["word/document.xml"].decode()
    files["word/document.xml"] = (bomb + "]>" + body[body.index("?>") + 2 :].replace(TEXT, "&a39;")).encode()
    with pytest.raises(FormatError, match="not a Word document, or broken"):
        read(write(tmp_path, "a.docx", packed(files)))


# Rows


ROWS: list[dict[str, object]] = [
    {"id": "甲/1", "title": "题一", "text": "江州市建成平台。", "date": "2024-07-01", "source": "云川日报"},
    {"id": 2, "text": "临溪县跟进。\n云川大学参与。"},
    {"text": "云川省总结。"},
]


def jsonl(rows: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def test_reads_json_lines_as_documents(tmp_path: Path) -> None:
    found = list(read_all(write(tmp_path, "行.jsonl", jsonl(ROWS))))
    assert [document.id for document in found] == ["甲/1", "2", "行/3"]
    assert (found[0].title, found[0].date, found[0].source) == ("题一", "2024-07-01", "云川日报")
    assert found[1].text == "临溪县跟进。\n云川大学参与。"


def test_one_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    data = (
        jsonl(ROWS[:1])
        + b"{oops\n[1]\n\n"
        + jsonl([{"id": "x"}, *ROWS[:1], ROWS[1]])
        + b"[" * 100_000
        + b"\n"
    )
    source = write(tmp_path, "a.jsonl", data)
    errors: list[InputError] = []
    assert [document.id for document in read_all(source, on_error=errors.append)] == ["甲/1", "2"]
    assert [str(error).removeprefix(str(source.path)) for error in errors] == [
        ":2: not JSON (Expecting property name enclosed in double quotes); write one JSON object a line",
        ":3: not a JSON object; write one JSON object a line",
        ":5: no text in 'text'; give the row a text, or name its column",
        ": the id '甲/1' stands twice in the file; give each document its own",
        ":8: not JSON (nested too deeply); write one JSON object a line",
    ]
    with pytest.raises(FormatError, match=r"a\.jsonl:2: not JSON"):
        list(read_all(source))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_reads_csv_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    table = 'id,正文,title\n1,"江州市建成平台，\n总投资3亿元。",题一\n2,临溪县跟进。,\n'
    source = write(tmp_path, "表.csv", table.encode(encoding))
    found = list(read_all(source, text_column="正文"))
    assert [(document.id, document.title) for document in found] == [("1", "题一"), ("2", "")]
    assert found[0].text == "江州市建成平台，总投资3亿元。"


def test_csv_without_the_column_names_those_that_there_are(tmp_path: Path) -> None:
    source = write(tmp_path, "a.csv", "id,正文\n1,甲\n".encode())
    with pytest.raises(FormatError, match="no column 'text'; name one of id, 正文 with --text-column"):
        list(read_all(source))


def test_a_table_that_changes_its_encoding_is_refused(tmp_path: Path) -> None:
    rows = b'{"text": "ascii"}\n' * 70_000 + '{"text": "云川省"}\n'.encode("gb18030")
    with pytest.raises(EncodingError, match="not valid utf-8 throughout"):
        list(read_all(write(tmp_path, "a.jsonl", rows)))


def test_a_row_without_end_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.read.rows.LIMIT", 1000)
    for name, head in (("a.jsonl", b'{"text": "'), ("a.csv", b"id,text\n1,")):
        with pytest.raises(FormatError, match="a line of more than 64 MB"):
            list(read_all(write(tmp_path, name, head + TEXT.encode() * 2000)))


def test_a_file_of_another_kind_is_told_of_once_and_not_by_its_lines(tmp_path: Path) -> None:
    array = json.dumps([{"text": TEXT}] * 20, ensure_ascii=False, indent=1).encode()
    for data in (array, (TEXT + "\n").encode() * 50):
        errors: list[InputError] = []
        with pytest.raises(FormatError, match="no JSON lines"):
            list(read_all(write(tmp_path, "a.jsonl", data), on_error=errors.append))
        assert errors == []


# Saved pages


def test_reads_a_page_saved_as_mhtml(tmp_path: Path) -> None:
    page = f"<html><head><title>云川</title></head><body><p>{TEXT}</p></body></html>".encode("gb18030")
    data = (
        b'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        b"Content-Type: text/html; charset=gbk\nContent-Transfer-Encoding: base64\n\n"
        + __import__("base64").encodebytes(page)
        + b"\n--x\nContent-Type: image/png\n\nxx\n--x--\n"
    )
    document = read(write(tmp_path, "a.mhtml", data))
    assert (document.title, document.text) == ("云川", TEXT)


# Packed files


def test_reads_gz_of_one_file_under_its_own_name(tmp_path: Path) -> None:
    source = write(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode("gb18030")))
    assert (source.id, read(source).id, read(source).text) == ("a", "a", TEXT)
    assert next(read_all(write(tmp_path, "b.jsonl.gz", gzip.compress(jsonl(ROWS))))).id == "甲/1"
    assert (
        read(write(tmp_path, "c.gz", gzip.compress(TEXT.encode()))).text == TEXT
    )  # no inner name: by its bytes


def test_reads_the_files_of_a_zip_and_reports_the_bad_ones(tmp_path: Path) -> None:
    files = {
        "a.txt": TEXT.encode(),
        "a.md": b"# " + "标题".encode(),
        "sub/b.html": f"<p>{TEXT}</p>".encode(),
        "bad.txt": b"",
        "rows.jsonl": jsonl(ROWS),
        "inner.zip": packed({"c.txt": TEXT.encode(), "d.zip": packed({"e.txt": TEXT.encode()})}),
        "__MACOSX/a.txt": b"x",
        "picture.png": b"\x89PNG",
    }
    source = write(tmp_path, "z.zip", packed(files))
    errors: list[InputError] = []
    ids = [document.id for document in read_all(source, on_error=errors.append)]
    assert ids == ["z/a.md", "z/a.txt", "z/inner/c", "甲/1", "2", "z/rows/3", "z/sub/b"]
    assert [str(error).removeprefix(str(source.path)) for error in errors] == [
        "/bad.txt: the file is empty; give a file with text in it",
        "/inner.zip/d.zip: archives packed in archives; unpack it first",
    ]


def test_reads_a_zip_that_chinese_windows_packed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("placeholder")
        info.filename = "云川.txt".encode("gb18030").decode("cp437")
        archive.writestr(info, TEXT.encode("gb18030"))
    data = out.getvalue()
    name = "云川.txt".encode("gb18030")
    coded = name.decode("cp437").encode()
    # Python marks the name as UTF-8; Windows writes the bare bytes without the mark.
    data = data.replace(coded, name + b" " * (len(coded) - len(name))) if len(coded) == len(name) else data
    (document,) = read_all(write(tmp_path, "w.zip", data))
    assert document.text == TEXT


def test_an_encrypted_file_of_a_zip_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1  # of the first member, where it stands and in the directory
    errors: list[InputError] = []
    source = write(tmp_path, "z.zip", bytes(data))
    assert [document.id for document in read_all(source, on_error=errors.append)] == ["z/b"]
    assert [str(error).removeprefix(str(source.path)) for error in errors] == [
        "/a.txt: encrypted; pack it again without a password"
    ]


def test_a_word_document_named_zip_is_read(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(TEXT)
    assert read(write(tmp_path, "a.zip", word(made))).text == TEXT


def test_a_file_of_many_is_not_one_document(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="holds several documents"):
        read(write(tmp_path, "a.jsonl", jsonl(ROWS)))


# Standard input and globs


@pytest.mark.parametrize(
    "data", [TEXT.encode(), TEXT.encode("gb18030"), f"<p>{TEXT}</p>".encode(), jsonl([{"text": TEXT}])]
)
def test_reads_standard_input_by_what_it_is(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (source,) = discover(["-"])
    assert source.id == "stdin"
    assert next(read_all(source)).text == TEXT


def test_discovers_globs_that_the_shell_left_standing(tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt", "b/y.md"):
        write(tmp_path, name, TEXT.encode())
    assert [source.id for source in discover([str(tmp_path / "*" / "x.txt")])] == ["a/x", "b/x"]
    with pytest.raises(InputError, match="there is no such file or folder"):
        discover([str(tmp_path / "*.nothing")])


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.jsonl"])
def test_radicals_become_characters_whatever_the_format(name: str, tmp_path: Path) -> None:
    radicals, characters = "云川省⼈⺠政府印发⾦融规划。", "云川省人民政府印发金融规划。"
    made = docx.Document()
    made.add_paragraph(radicals)
    data = {
        "a.html": f"<p>{radicals}</p>".encode(),
        "a.docx": word(made),
        "a.pdf": pdf([page_of([radicals])]),
        "a.jsonl": jsonl([{"text": radicals}]),
    }.get(name, radicals.encode())
    assert next(read_all(write(tmp_path, name, data))).text == characters


# What is refused


def bad_files() -> Iterator[tuple[str, bytes, type[InputError], str]]:
    good = pdf([page_of([TEXT])])
    yield "a.pdf", good[:300], FormatError, "not a PDF, or broken"
    yield "a.pdf", b"not a pdf", FormatError, "not a PDF, or broken"
    yield "a.pdf", b"", EmptyInputError, "the file is empty"
    yield "a.pdf", pdf([[]]), EmptyInputError, "a PDF of pictures, without text; run text recognition first"
    yield "a.pdf", pdf([page_of([TEXT])], encrypt=True), FormatError, "an encrypted PDF"
    yield "a.docx", b"PK\x03\x04broken", FormatError, "not a Word document, or broken"
    yield "a.docx", TEXT.encode(), FormatError, "not a Word document, or broken"
    yield "a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), FormatError, "an old or an encrypted Word document"
    yield "a.docx", packed({"a.txt": b"x"}), FormatError, "not a Word document, or broken"
    yield "a.docx", packed({"word/document.xml": bytes(300_000_000)}), FormatError, "as bombs do"
    yield "a.txt", packed({"a": b"x"}), FormatError, "this is a ZIP archive"
    yield "a.jsonl", b"", EmptyInputError, "the file is empty"
    yield "a.csv", b"", EmptyInputError, "the file is empty"
    yield "a.csv", b'text\n"open', FormatError, "not csv"
    yield (
        "a.mhtml",
        b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx",
        FormatError,
        "no web page in this mhtml",
    )
    yield "a.txt.gz", b"\x1f\x8b\x08\x00broken", FormatError, "cannot be unpacked"
    yield "a.txt.gz", gzip.compress(TEXT.encode())[:-6], FormatError, "cannot be unpacked"
    yield "a.txt.gz", gzip.compress(bytes(70 * 1024 * 1024)), FormatError, "more than 64 MB in one document"
    yield "a.zip", b"PK\x03\x04broken", FormatError, "not a zip archive, or cut off"
    yield "a.zip", packed({"a.png": b"x"}), EmptyInputError, "no file to read in the archive"


BAD = list(bad_files())


@pytest.mark.parametrize(("name", "data", "error", "words"), BAD, ids=[f"{n}-{w}" for n, _, _, w in BAD])
def test_refuses_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, error: type[InputError], words: str
) -> None:
    source = write(tmp_path, name, data)
    with pytest.raises(error, match=words) as caught:
        read(source)
    assert str(caught.value).startswith(str(source.path))
    assert "\n" not in str(caught.value)


def test_rows_that_unpack_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.source.LIMIT", 100_000)
    data = gzip.compress(b'{"id": "1", "text": "x"}\n' * 3_000_000)
    with pytest.raises(FormatError, match="unpacks to more than 200 times its size"):
        list(read_all(write(tmp_path, "a.jsonl.gz", data), on_error=lambda _: None))


def test_every_suffix_was_tried() -> None:
    tried = {".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".jsonl", ".csv", ".mhtml", ".gz", ".zip"}
    aliases = {".text", ".markdown", ".xhtml", ".mht", ".ndjson"}
    assert tried | aliases == set(READERS)
