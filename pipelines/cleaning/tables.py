"""Tables of HTML: rows of cells that belong together, or a layout that only places paragraphs.

Belongs here: rows, cells and spans. Does not belong here: what a table says (`pipelines.extraction`).
"""

import re
from dataclasses import dataclass, field

from pipelines.cleaning.offsets import Piece
from pipelines.cleaning.page import Draft

# Old government pages place everything with tables. A cell with that much text or that many blocks is a part of a page,
# no cell.
_MAX_CELL_CHARACTERS = 160
_MAX_CELL_BLOCKS = 6
_MAX_SPAN = 100
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class Cell:
    """One cell: where its tag starts, its blocks, and over how many columns and rows it reaches."""

    start: int
    columns: int = 1
    rows: int = 1
    drafts: list[Draft] = field(default_factory=list)
    nested: bool = False


@dataclass(slots=True)
class Table:
    """Collects the cells of a table while its elements are walked."""

    rows: list[list[Cell]] = field(default_factory=list)
    # Blocks before the first cell, such as the caption.
    outside: list[Draft] = field(default_factory=list)

    def new_row(self) -> None:
        """A row begins."""
        self.rows.append([])

    def new_cell(self, start: int, columns: str, rows: str) -> None:
        """A cell begins; spans as their attributes give them, 1 where they make no sense."""
        if not self.rows:
            self.new_row()
        self.rows[-1].append(Cell(start, _span(columns), _span(rows)))

    def add(self, draft: Draft) -> None:
        """A block of the cell that is open; text in a row without a cell is one."""
        if not self.rows:
            self.outside.append(draft)
            return
        if not self.rows[-1]:
            self.rows[-1].append(Cell(draft.pieces[0][1]))
        self.rows[-1][-1].drafts.append(draft)

    def add_nested(self, drafts: list[Draft]) -> None:
        """The blocks of a table inside the cell that is open."""
        for draft in drafts:
            self.add(draft)
        if drafts and self.rows:
            self.rows[-1][-1].nested = True

    def drafts(self) -> list[Draft]:
        """The table's blocks: one a row where the cells of a row belong together, else those of the cells in order."""
        found = list(self.outside)
        # Columns that a cell of an earlier row reaches down into, with the number of rows that are left of it.
        reaching: dict[int, int] = {}
        for row in self.rows:
            full = [cell for cell in row if cell.drafts]
            belongs = len(full) > 1 and all(_is_small(cell) for cell in full)
            joined = _joined(row, reaching)
            found.extend([joined] if belongs else [draft for cell in row for draft in cell.drafts])
        return found


def _is_small(cell: Cell) -> bool:
    if cell.nested or len(cell.drafts) > _MAX_CELL_BLOCKS:
        return False
    return sum(len(piece[0]) for draft in cell.drafts for piece in draft.pieces) <= _MAX_CELL_CHARACTERS


def _joined(row: list[Cell], reaching: dict[int, int]) -> Draft:
    """One block of a row, cells separated by tabs; a cell over several columns or rows leaves empty ones behind it."""
    draft = Draft([], kind="table_row", region=next((d.region for cell in row for d in cell.drafts), None))
    column, tabs = 0, 0
    for cell in row:
        while reaching.get(column, 0):
            reaching[column] -= 1
            column += 1
            tabs += 1
        pieces = _one_line(cell.drafts)
        if pieces:
            if tabs:
                # Before the first cell with text they stand for nothing but the row's own tag.
                before = draft.pieces[-1][2] if draft.pieces else row[0].start
                draft.pieces.append(("\t" * tabs, before, pieces[0][1]))
            draft.pieces.extend(pieces)
            tabs = 0
        for reached in range(column, column + cell.columns):
            if cell.rows > 1:
                reaching[reached] = cell.rows - 1
        column += cell.columns
        tabs += cell.columns
    for rest in reaching:
        if rest >= column and reaching[rest]:
            reaching[rest] -= 1
    return draft


def _one_line(drafts: list[Draft]) -> list[Piece]:
    """The blocks of a cell after one another: a line break between Chinese characters only fits the column's width."""
    pieces: list[Piece] = []
    for draft in drafts:
        if pieces and not (_HAN.match(pieces[-1][0][-1]) and _HAN.match(draft.pieces[0][0][0])):
            pieces.append((" ", pieces[-1][2], draft.pieces[0][1]))
        pieces.extend(draft.pieces)
    return pieces


def _span(text: str) -> int:
    return min(max(int(text[:4]), 1), _MAX_SPAN) if text.isdecimal() else 1
