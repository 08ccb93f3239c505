"""PDF: the text layer of each page, its ruled tables as rows; a scan without text is refused.

Belongs here: what PDFium says of a page. Does not belong here: what that means (`pdf_layout.py` and its neighbours).
PDFium runs no scripts here and opens no links; it is native code, which is one reason to read in a process apart.
"""

import re
from collections.abc import Iterator
from ctypes import c_float
from dataclasses import dataclass

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
_LOST_DIGIT = re.compile("[0-9.,]\ufffd|\ufffd[0-9.,]")
_ADVICE = "Make its text readable with a text recognition program, check the numbers, and save it as text or DOCX."


@dataclass(slots=True)
class _Page:
    """A page: its lines, how many objects draw it, and how many characters it shows and hides."""

    lines: list[Line]
    objects: int
    shown: int
    hidden: int


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
        pages: list[_Page] = []
        characters = 0
        for number in range(len(document)):
            pages.append(_page(document, number, limits, characters))
            characters += pages[-1].shown
    finally:
        document.close()
    _refuse_pictures(pages)
    return _decoded([page.lines for page in pages], limits)


def _refuse_pictures(pages: list[_Page]) -> None:
    """Refuse what shows its text as pictures, with or without text that was recognised in them behind."""
    drawn = sum(page.objects > 0 for page in pages)
    written = sum(page.shown >= _MIN_PAGE_CHARACTERS for page in pages)
    if sum(page.hidden for page in pages) > sum(page.shown for page in pages):
        reason = "It is a scan whose text was recognised by a program, which mistakes digits."
        raise RefusedError(Fault("recognised_text", f"{reason} Check its numbers, and save it as text or DOCX."))
    if not written or written < _MIN_SHARE_WITH_TEXT * drawn:
        reason = f"It is a scan: {drawn - written} of its {len(pages)} pages are pictures without a text layer."
        raise RefusedError(Fault("no_text_layer", f"{reason} {_ADVICE}"))


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
        raise RefusedError(Fault("implausible_text", f"Its text layer is no text: {fault}. {_ADVICE}"))
    if _LOST_DIGIT.search(text):
        # A number without one of its digits is another number.
        reason = "Characters among its numbers are lost, because their font does not say what they are."
        raise RefusedError(Fault("implausible_text", f"{reason} {_ADVICE}"))
    return Decoded(text, None)


def _page(document: pypdfium2.PdfDocument, number: int, limits: Limits, before: int) -> _Page:
    """One page; `before` is how many characters the pages before it have."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise damaged(f"its page {number + 1} cannot be read") from error
    try:
        objects = pdfium.FPDFPage_CountObjects(page)
        if objects > limits.max_parts:
            raise RefusedError(limits.over("max_parts", f"{objects:,} objects on page {number + 1}"))
        turn = pdfium.FPDFPage_GetRotation(page)
        boxes, hides = _drawn(page, objects, turn)
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            if before + count > limits.max_text_characters:
                raise RefusedError(limits.over("max_text_characters", f"{before + count:,} characters or more"))
            hidden = {index for index in range(count) if _is_hidden(text_page, index)} if hides else set()
            glyphs = list(_glyphs(text_page, count, hidden, page.get_bbox(), turn))
        finally:
            text_page.close()
        return _Page(page_lines(glyphs, boxes), objects, len(glyphs), len(hidden))
    finally:
        page.close()


def _drawn(page: pypdfium2.PdfPage, objects: int, turn: int) -> tuple[list[Box], bool]:
    """The outer bounds of the drawn paths, and whether there is text that is not shown."""
    boxes, hides = [], False
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for index in range(objects):
        found = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            hides = hides or pdfium.FPDFTextObj_GetTextRenderMode(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top):
            boxes.append(Box(*_turned(left.value, bottom.value, right.value, top.value, turn)))
    return boxes, hides


def _is_hidden(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    found = pdfium.FPDFText_GetTextObject(text_page, index)
    return bool(found) and pdfium.FPDFTextObj_GetTextRenderMode(found) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _glyphs(
    text_page: pypdfium2.PdfTextPage, count: int, hidden: set[int], page: tuple[float, ...], turn: int
) -> Iterator[Glyph]:
    """The characters that are shown on a page, without white space; one that has no name is marked as lost."""
    box, blank, high = pdfium.FS_RECTF(), None, ""
    for index in range(count):
        if index in hidden:
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        character = chr(code) if code and pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1 else "\ufffd"
        if character.isspace():
            # PDFium makes up spaces of its own, which say nothing more than the gaps do.
            if pdfium.FPDFText_IsGenerated(text_page, index) != 1 and _found(text_page, index, box):
                blank = _turned(box.left, box.bottom, box.right, box.top, turn)[2]
            continue
        if "\ud800" <= character <= "\udbff":
            high = character
            continue
        if code in (2, 0xFFFE):
            # PDFium's mark of a hyphen at the end of a line.
            character = "-"
        if not _found(text_page, index, box):
            continue
        left, bottom, right, top = _turned(box.left, box.bottom, box.right, box.top, turn)
        if page[0] <= box.right and box.left <= page[2] and page[1] <= box.top and box.bottom <= page[3]:
            yield Glyph(high + character, left, bottom, right, top, blank)
        blank, high = None, ""


def _found(text_page: pypdfium2.PdfTextPage, index: int, box: pdfium.FS_RECTF) -> bool:
    """Fill the box with the place of a character; False where it has none."""
    return bool(pdfium.FPDFText_GetLooseCharBox(text_page, index, box))


def _turned(left: float, bottom: float, right: float, top: float, turn: int) -> tuple[float, float, float, float]:
    """A box as it is seen on a page that is turned by quarters, clockwise."""
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return left, bottom, right, top
