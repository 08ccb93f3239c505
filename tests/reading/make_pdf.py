"""Writes small PDFs by hand: text at places, lines, rotated pages, encrypted ones; no font is embedded."""

from collections.abc import Sequence
from dataclasses import dataclass, field

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
)
WIDTH, HEIGHT, SIZE = 595, 842, 12


@dataclass
class Sheet:
    """One page: words at (x, y) from the lower left corner, and rules from point to point."""

    words: list[tuple[float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    rotation: int = 0
    size: float = SIZE

    def content(self) -> bytes:
        parts = [
            f"BT /F1 {self.size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, text in self.words
        ]
        parts += [f"{x1} {y1} m {x2} {y2} l S" for x1, y1, x2, y2 in self.rules]
        return "\n".join(parts).encode()


def write_pdf(sheets: Sequence[Sheet], encrypt: bytes = b"") -> bytes:
    """The bytes of a PDF; `encrypt` is an entry for the trailer."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *FONT]
    kids = []
    for sheet in sheets:
        content = sheet.content()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (WIDTH, HEIGHT, sheet.rotation, len(objects))
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        encrypt,
        len(data),
    )
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer
