"""DOCX: paragraphs with their automatic numbers, tables as rows, page breaks where Word last saw them.

Belongs here: what the elements of WordprocessingML mean for reading. Does not belong here: the archive
(`archives.py`), counting (`numbering.py`).

The elements are walked here and not by a library, because what the common ones leave out is lost without a word:
insertions that nobody has accepted yet, content controls, text boxes, notes, automatic numbers. Deleted, moved-away and
hidden text is left out, as the page leaves it out; so are headers and footers, fields' codes and macros.
"""

from dataclasses import dataclass, field
from zipfile import ZipFile

from pipelines.reading.archives import open_archive, parse, read_part
from pipelines.reading.encodings import Decoded
from pipelines.reading.limits import Limits
from pipelines.reading.numbering import Numbering, read_numbering, whole
from pipelines.reading.transcript import PAGE, Transcript

# What the page does not show: deletions, what was moved away, the second version of a drawing, phonetic guides.
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "rt", "pPrChange", "rPrChange", "sectPr"))
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": PAGE}
_OFF = ("0", "false", "off", "none")
# A cell with that much text or that many paragraphs is a part of a page, no cell; the same holds for tables of HTML.
_MAX_CELL_CHARACTERS = 160
_MAX_CELL_PARAGRAPHS = 6
_MAX_SPAN = 100

# A paragraph, or the cells of a row.
Item = str | list[str]


def read_docx(data: bytes, limits: Limits) -> Decoded:
    """The text of a DOCX: the body, then foot and end notes."""
    archive = open_archive(data, limits)
    numbering = read_numbering(read_part(archive, "word/numbering.xml"), read_part(archive, "word/styles.xml"), limits)
    transcript = Transcript(limits)
    for name in (_main_part(archive, limits), "word/footnotes.xml", "word/endnotes.xml"):
        if part := read_part(archive, name):
            _Story(transcript, numbering).read(part, limits)
    return Decoded(transcript.text(), None)


def _main_part(archive: ZipFile, limits: Limits) -> str:
    """The part that is the document; most call it by the same name."""
    name = "word/document.xml"

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            name = attributes.get("Target", name).lstrip("/")

    if relations := read_part(archive, "_rels/.rels"):
        parse(relations, limits, start)
    return name


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    list_id: str | None = None
    level: int | None = None
    boxes: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """The row in the making: the items of each cell, and the columns that it reaches over."""

    cells: list[tuple[list[Item], int]] = field(default_factory=list)
    before: int = 0
    span: int = 1


@dataclass(slots=True)
class _Story:
    """Walks one part: which paragraphs, tables and cells are open."""

    transcript: Transcript
    numbering: Numbering
    _unseen: int = 0
    _paragraphs: list[_Paragraph] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    # Where finished paragraphs go: the text boxes and cells that are open, the innermost last.
    _holders: list[list[Item]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _hidden: bool = False

    def read(self, part: bytes, limits: Limits) -> None:
        parse(part, limits, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        if self._unseen or name in _UNSEEN:
            # w:del and w:moveFrom also mark rows and numbers; there they hold nothing.
            self._unseen += 1
            return
        said = attributes.get("val", "")
        if name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "r":
            self._hidden = False
        elif name == "tbl":
            self._tables.append(_Table())
        elif name == "tr" and self._tables:
            self._tables[-1] = _Table()
        elif name == "tc":
            self._holders.append([])
            if self._tables:
                self._tables[-1].span = 1
        elif name == "txbxContent":
            self._holders.append([])
        elif self._tables and name == "gridSpan":
            self._tables[-1].span = min(max(whole(said), 1), _MAX_SPAN)
        elif self._tables and name == "gridBefore":
            self._tables[-1].before = min(whole(said), _MAX_SPAN)
        elif self._paragraphs:
            self._in_paragraph(name, said, attributes)

    def _in_paragraph(self, name: str, said: str, attributes: dict[str, str]) -> None:
        paragraph = self._paragraphs[-1]
        if name == "pStyle":
            paragraph.style = said
        elif name == "numId":
            paragraph.list_id = said
        elif name == "ilvl":
            paragraph.level = whole(said)
        elif name == "vanish" and "r" in self._open[-3:]:
            self._hidden = said not in _OFF
        elif name in _SIGNS and "r" in self._open[-3:-1]:
            sign = PAGE if attributes.get("type") == "page" else _SIGNS[name]
            # Inside of a table, a page break would tear a row.
            paragraph.parts.append(sign if sign != PAGE or not self._holders else "")

    def _text(self, text: str) -> None:
        if self._paragraphs and not self._unseen and not self._hidden and self._open[-1] == "t":
            self._paragraphs[-1].parts.append(text.replace("\n", " "))

    def _end(self, name: str) -> None:
        self._open.pop()
        if self._unseen:
            self._unseen -= 1
        elif name == "r":
            self._hidden = False
        elif name == "p" and self._paragraphs:
            paragraph = self._paragraphs.pop()
            self._put(self._numbered(paragraph))
            for item in paragraph.boxes:
                self._put(item)
        elif name == "txbxContent" and self._holders:
            items = self._holders.pop()
            if self._paragraphs:
                self._paragraphs[-1].boxes.extend(items)
        elif name == "tc" and self._holders:
            items = self._holders.pop()
            if self._tables:
                self._tables[-1].cells.append((items, self._tables[-1].span))
        elif name == "tr" and self._tables:
            self._end_row(self._tables[-1])
        elif name == "tbl" and self._tables:
            self._tables.pop()

    def _numbered(self, paragraph: _Paragraph) -> str:
        text = "".join(paragraph.parts)
        if not text.strip():
            return PAGE if PAGE in text else ""
        list_id, level = self.numbering.styles.get(paragraph.style, ("", 0))
        list_id = list_id if paragraph.list_id is None else paragraph.list_id
        level = level if paragraph.level is None else paragraph.level
        number = self.numbering.next(list_id, level) if list_id not in ("", "0") else ""
        breaks = len(text) - len(text.lstrip(PAGE))
        return text[:breaks] + number + text[breaks:]

    def _end_row(self, row: _Table) -> None:
        """One line where the cells of a row belong together, else the paragraphs of the cells in order."""
        full = [items for items, _ in row.cells if any(items)]
        if len(full) > 1 and all(map(_is_cell, full)):
            cells = [""] * row.before
            for items, span in row.cells:
                cells += ["\n".join(map(str, items)), *[""] * (span - 1)]
            self._put(cells)
        else:
            for item in (item for items in full for item in items):
                self._put(item)
        row.cells = []

    def _put(self, item: Item) -> None:
        if not item:
            return
        if self._holders:
            self._holders[-1].append(item)
        elif isinstance(item, str):
            self.transcript.line(item)
        else:
            self.transcript.row(item)


def _is_cell(items: list[Item]) -> bool:
    """Whether this is a cell of a table, and not a part of the page that a table only places."""
    if len(items) > _MAX_CELL_PARAGRAPHS or not all(isinstance(item, str) for item in items):
        return False
    return sum(map(len, items)) <= _MAX_CELL_CHARACTERS
