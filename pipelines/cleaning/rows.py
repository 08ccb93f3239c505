"""Rows of tables in texts without markup.

Belongs here: cells between tabs, as readers of PDF, DOCX and XLSX give them, and CSV: which lines are rows, and their
cells with exact offsets. Does not belong here: columns that are only set with spaces (`aligned.py`), tables of HTML
(`tables.py`) and Markdown (`markdown.py`), or what a table says (`pipelines.extraction`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.cleaning.characters import tidy, unify_spaces
from pipelines.cleaning.offsets import Piece
from pipelines.cleaning.page import Draft
from pipelines.cleaning.seams import SEAM
from pipelines.reading.formats import SEPARATORS

# A row with text in one cell only, between rows of the same table, divides it (一、综合); a longer one is a sentence.
_MAX_DIVIDER = 30
_SENTENCE = re.compile("[。；！？]")
# A page that ends inside of a paragraph: no line feed stands before the form feed.
_PAGE_INSIDE = re.compile(r"(?<=[^\n\f])\f(?=[^\n\f])")
# A quote that is closed later than that opens no cell; else many of them take quadratic time.
_MAX_QUOTED = 5000
# As many lines as show which character separates the cells.
_SAMPLE_LINES = 20
Span = tuple[str, int, int]


def read_rows(raw: str) -> Iterator[Draft]:
    """The paragraphs and rows of a text that a reader of a binary format made, in order."""
    text = unify_spaces(_PAGE_INSIDE.sub(SEAM, raw) if "\f" in raw else raw)
    lines = text.split("\n")
    position = 0
    for index, line in enumerate(lines):
        if line.strip():
            inside = 0 < index < len(lines) - 1 and "\t" in lines[index - 1] and "\t" in lines[index + 1]
            yield row_of_cells(_split(line, position), position, inside)
        position += len(line) + 1


def row_of_cells(cells: Sequence[Span], start: int, inside: bool) -> Draft:
    """A row as one block, cells separated by tabs.

    Cells at its beginning that are empty stay, since the others would move to another column.

    Args:
        cells: text and raw offsets of each cell.
        start: raw offset of the row.
        inside: whether the lines around it are rows too.
    """
    pieces: list[Piece] = []
    tabs = filled = 0
    for cell in cells:
        shown = tidy([(cell[0].replace("\t", " ").replace("\n", " "), cell[1], cell[2])])
        if shown:
            if tabs:
                pieces.append(("\t" * tabs, pieces[-1][2] if pieces else start, shown[0][1]))
            pieces.extend(shown)
            tabs, filled = 0, filled + 1
        tabs += 1
    if filled < 2:
        pieces = [piece for piece in pieces if piece[0].strip("\t")]
        text = "".join(piece[0] for piece in pieces)
        if not inside or len(text) > _MAX_DIVIDER or _SENTENCE.search(text):
            return Draft(pieces)
    return Draft(pieces, kind="table_row")


def _split(line: str, start: int) -> list[Span]:
    """Cells between tabs, each with its raw offsets."""
    cells, position = [], start
    for part in line.split("\t"):
        cells.append((part, position, position + len(part)))
        position += len(part) + 1
    return cells


def read_csv(raw: str) -> Iterator[Draft]:
    """The records of comma-separated values as rows; the separator is the one that most lines have."""
    # A byte-order mark would hide the quote behind it.
    start = int(raw.startswith("\ufeff"))
    delimiter = _delimiter(raw)
    records = list(_records(raw, start, delimiter))
    filled = [sum(bool(cell[0].strip()) for cell in cells) > 1 for cells in records]
    for index, cells in enumerate(records):
        inside = 0 < index < len(records) - 1 and filled[index - 1] and filled[index + 1]
        yield row_of_cells(cells, cells[0][1], inside)


def _delimiter(text: str) -> str:
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    # max keeps the first of equals; a comma in a number counts where no other sign is in more lines.
    return max(SEPARATORS, key=lambda sign: sum(sign in line for line in lines))


def _records(raw: str, start: int, delimiter: str) -> Iterator[list[Span]]:
    """Cells of each record: quotes may hold the separator and line ends, and two quotes are one."""
    sign = re.escape(delimiter)
    quoted = rf'[ ]*"(?P<quoted>(?:[^"]|""){{0,{_MAX_QUOTED}}}+)"[ ]*(?={sign}|\r?\n|\r|\Z)'
    cell = re.compile(rf"{quoted}|(?P<plain>[^{sign}\r\n]*+)")
    cells: list[Span] = []
    position = start
    while position <= len(raw):
        found = cell.match(raw, position)
        assert found
        group = "plain" if found["quoted"] is None else "quoted"
        text = found[group]
        if '""' in text and group == "quoted":
            cells.append((text.replace('""', '"'), *found.span(group)))
        else:
            cells.append((text, *found.span(group)))
        position = found.end()
        if raw.startswith(delimiter, position):
            position += 1
            continue
        yield cells
        cells = []
        position += 2 if raw.startswith("\r\n", position) else 1
