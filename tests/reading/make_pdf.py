"""Writes small PDFs by hand: text at places, lines, turned pages; every character is drawn as a box.

The fonts are made here (Type 3, with a map to Unicode): no font of the machine is needed, and none is embedded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, SIZE = 595, 842, 12
# Characters of one font: codes are bytes.
_PER_FONT = 200
_BOX = b"%d 0 0 -120 %d 880 d1 0 -120 %d 1000 re f"


@dataclass
class Sheet:
    """One page: words at (x, y) from the lower left corner, shown or hidden, and rules from point to point."""

    words: list[tuple[float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    rotation: int = 0
    size: float = SIZE
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    hidden: list[tuple[float, float, str]] = field(default_factory=list)

    def media_box(self) -> tuple[int, int]:
        return (HEIGHT, WIDTH) if self.rotation in (90, 270) else (WIDTH, HEIGHT)

    def content(self, codes: dict[str, int]) -> bytes:
        parts = [" ".join(map(str, self.matrix)) + " cm"]
        for mode, (x, y, text) in [(0, placed) for placed in self.words] + [(3, placed) for placed in self.hidden]:
            shown = " ".join(
                f"/F{codes[character] // _PER_FONT} {self.size} Tf <{codes[character] % _PER_FONT:02x}> Tj"
                for character in text
            )
            parts.append(f"BT {mode} Tr 1 0 0 1 {x} {y} Tm {shown} ET")
        parts += [f"{x1} {y1} m {x2} {y2} l S" for x1, y1, x2, y2 in self.rules]
        return "\n".join(parts).encode()


def write_pdf(sheets: Sequence[Sheet], trailer: bytes = b"") -> bytes:
    """The bytes of a PDF; `trailer` are entries for its trailer."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    characters = sorted(
        {character for sheet in sheets for _, _, text in sheet.words + sheet.hidden for character in text}
    )
    codes = {character: code for code, character in enumerate(characters)}
    narrow, wide = (add(_stream(_BOX % (width, width, width))) for width in (500, 1000))
    fonts = b" ".join(
        b"/F%d %d 0 R" % (number, add(font)) for number, font in enumerate(_fonts(characters, narrow, wide, add))
    )
    kids = []
    for sheet in sheets:
        content = add(_stream(sheet.content(codes)))
        page = b"/MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R /Resources << /Font << %s >> >>"
        page %= (*sheet.media_box(), sheet.rotation, content, fonts)
        kids.append(add(b"<< /Type /Page /Parent 2 0 R %s >>" % page))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(objects, trailer)


def _fonts(characters: Sequence[str], narrow: int, wide: int, add) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    for start in range(0, len(characters), _PER_FONT):
        held = characters[start : start + _PER_FONT]
        pairs = "\n".join(f"<{code:02x}> <{c.encode('utf-16-be').hex()}>" for code, c in enumerate(held))
        to_unicode = add(
            _stream(
                f"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n"
                f"{len(held)} beginbfchar\n{pairs}\nendbfchar\nendcmap end".encode()
            )
        )
        names = b" ".join(b"/n" if character.isascii() else b"/w" for character in held)
        widths = b" ".join(b"500" if character.isascii() else b"1000" for character in held)
        yield (
            b"<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [0.001 0 0 0.001 0 0] "
            b"/CharProcs << /n %d 0 R /w %d 0 R >> /Encoding << /Type /Encoding /Differences [0 %s] >> "
            b"/FirstChar 0 /LastChar %d /Widths [%s] /ToUnicode %d 0 R /Resources << >> >>"
            % (narrow, wide, names, len(held) - 1, widths, to_unicode)
        )


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end
