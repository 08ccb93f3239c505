"""PDF: the text layer of each page, its ruled tables as rows; a scan without text is refused.

Belongs here: what PDFium says of a page. Does not belong here: what that means (`pdf_layout.py` and its neighbours).
PDFium runs no scripts here and opens no links; it is native code, which is one reason to read in a process apart.
"""

from collections.abc import Iterator
from ctypes import c_float

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from pipelines.reading.archives import ENCRYPTED, damaged
from pipelines.reading.encodings import Decoded, Fault
from pipelines.reading.han import profile
from pipelines.reading.limits import Limits, RefusedError
from pipelines.reading.pdf_columns import find_rows
from pipelines.reading.pdf_grid import Box, page_lines
from pipelines.reading.pdf_layout import Glyph, Line, bodies
from pipelines.reading.pdf_margins import without_margins
from pipelines.reading.transcript import Transcript, cell_text

# A page that draws something but has fewer characters than this has no text layer.
_MIN_PAGE_CHARACTERS = 4
_MIN_SHARE_WITH_TEXT = 0.5
_ADVICE = "Make its text readable with a text recognition program, check the numbers, and save it as text or DOCX."


def read_pdf(data: bytes, limits: Limits) -> Decoded:
    """The text of a PDF."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise RefusedError(ENCRYPTED) from error
        raise damaged("it is broken off or no PDF at all") from error
    try:
        if len(document) > limits.max_pages:
            raise RefusedError(limits.over("max_pages", f"{len(document):,} pages"))
        pages, drawn, written, characters = [], 0, 0, 0
        for number in range(len(document)):
            lines, objects = _page(document, number, limits, characters)
            pages.append(lines)
            length = sum(len(line.text) for line in lines)
            characters += length
            written += length >= _MIN_PAGE_CHARACTERS
            drawn += objects > 0 or length > 0
    finally:
        document.close()
    if not written or written < _MIN_SHARE_WITH_TEXT * drawn:
        reason = f"It is a scan: {drawn - written} of its {len(pages)} pages are pictures without a text layer."
        raise RefusedError(Fault("no_text_layer", f"{reason} {_ADVICE}"))
    return _decoded(pages, limits)


def _decoded(pages: list[list[Line]], limits: Limits) -> Decoded:
    transcript = Transcript(limits)
    for body in bodies([find_rows(page) for page in without_margins(pages)]):
        for _ in range(body.pages_before):
            transcript.page()
        if body.is_row:
            transcript.row([cell_text(cell) for cell in body.cells])
        else:
            transcript.line(body.cells[0])
    text = transcript.text()
    if fault := profile(text).fault():
        reason = f"Its text layer is no text: {fault}."
        raise RefusedError(Fault("implausible_text", f"{reason} {_ADVICE}"))
    return Decoded(text, None)


def _page(document: pypdfium2.PdfDocument, number: int, limits: Limits, before: int) -> tuple[list[Line], int]:
    """The lines of a page, and how many objects draw it."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise damaged(f"its page {number + 1} cannot be read") from error
    try:
        objects = pdfium.FPDFPage_CountObjects(page)
        if objects > limits.max_parts:
            raise RefusedError(limits.over("max_parts", f"{objects:,} objects on page {number + 1}"))
        turn = pdfium.FPDFPage_GetRotation(page)
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            if before + count > limits.max_text_characters:
                raise RefusedError(limits.over("max_text_characters", f"{before + count:,} characters or more"))
            glyphs = list(_glyphs(text_page, count, page.get_bbox(), turn))
        finally:
            text_page.close()
        return page_lines(glyphs, list(_boxes(page, objects, turn))), objects
    finally:
        page.close()


def _glyphs(text_page: pypdfium2.PdfTextPage, count: int, page: tuple[float, ...], turn: int) -> Iterator[Glyph]:
    """The characters of a page that lie on it, without white space; a missing one is marked as lost."""
    box, spaced, high = pdfium.FS_RECTF(), False, ""
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        character = chr(code) if code and pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1 else "\ufffd"
        if character.isspace():
            spaced = pdfium.FPDFText_IsGenerated(text_page, index) != 1
            continue
        if "\ud800" <= character <= "\udbff":
            high = character
            continue
        if code in (2, 0xFFFE):
            # PDFium's mark of a hyphen at the end of a line.
            character = "-"
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        left, bottom, right, top = _turned(box.left, box.bottom, box.right, box.top, turn)
        if page[0] <= box.right and box.left <= page[2] and page[1] <= box.top and box.bottom <= page[3]:
            yield Glyph(high + character, left, bottom, right, top, spaced)
        spaced, high = False, ""


def _boxes(page: pypdfium2.PdfPage, objects: int, turn: int) -> Iterator[Box]:
    """The outer bounds of the drawn paths."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for index in range(objects):
        found = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(found) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top):
            yield Box(*_turned(left.value, bottom.value, right.value, top.value, turn))


def _turned(left: float, bottom: float, right: float, top: float, turn: int) -> tuple[float, float, float, float]:
    """A box as it is seen on a page that is turned by quarters, clockwise."""
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return left, bottom, right, top
