"""A small writer of PDF, so that tests say what stands on a page instead of keeping binary files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Word(NamedTuple):
    """A line of text at a place (points from the lower left corner), in a size."""

    x: float
    y: float
    text: str
    size: float = 12


def pdf(pages: Sequence[Sequence[Word]], *, title: str = "", encrypt: bool = False) -> bytes:
    """Return a PDF of pages of 600 by 800 points, set in a Chinese font that readers know by name."""
    font = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    ]
    for at, words in enumerate(pages):
        stream = "\n".join(
            f"BT /F1 {word.size} Tf {word.x} {word.y} Td <{word.text.encode('utf-16-be').hex()}> Tj ET"
            for word in words
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {4 + 2 * at} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects += [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [{font + 1} 0 R] >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor {font + 2} 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>",
    ]
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if encrypt:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]"
    return _assembled(objects, trailer)


def _assembled(objects: Sequence[str], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    return out + (
        f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} {trailer} >>\n"
        f"startxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")
