"""Tables that were copied off a page with one cell a line.

Here: how many lines make a row, and which lines stand between rows (一、经济发展, a page number). Not here: what the
columns mean (`columns`) and the facts of a row (`reading`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.lexicon import registry
from pipelines.extraction.tables.cells import ADDED_UP, IN_WORDS, NO_VALUE, NUMBER_CELL, YEAR_LABEL, Cell, Row
from pipelines.extraction.tables.columns import NAME_HEADER, SERIAL_HEADER, UNIT_HEADER, WORDS_CELL, WORDS_HEADER

MOST_COLUMNS = 8
LEAST_ROWS = 3
LONGEST_NAME = 32
LONGEST_HEAD = 10
SERIAL = re.compile(r"\d{1,3}")
# （一）经济发展, 三、民生福祉, 绿色生态, - 12 -: a line between the rows that belongs to none
GROUP_LINE = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]\s*)?[\u4e00-\u9fff]{2,10}(?:[（(](?:\d+项|[月年期]末[^（()）]{0,6})[)）])?|[-—–]\s*\d{1,3}\s*[-—–]|续表.{0,12}"
)
MOST_ASIDE = 2


def rows_of_lines(lines: Sequence[Cell]) -> tuple[list[Row], int, int] | None:
    """Rows of a table that was copied with one cell a line.

    Args:
        lines: Consecutive short lines.

    Returns:
        (rows with the header first, index of the first line, index behind the last), None where the lines are no
        table.
    """
    for index, line in enumerate(lines):
        if not (_heads_names(line.text) or _is_serial(lines, index)):
            continue
        if index + 1 < len(lines) and _heads_names(line.text) and _heads_names(lines[index + 1].text):
            # 滑县主要经济指标 above 指标|总量: the title
            continue
        width = _width(lines, index)
        if width is None:
            continue
        header = Row(tuple(lines[index : index + width]))
        rows, position = [header], index + width
        while (begins := _next_row(lines, position, header)) is not None:
            row = Row(tuple(lines[begins : begins + width]))
            position = begins + width
            if [cell.text for cell in row.cells] != [cell.text for cell in header.cells]:
                rows.append(row)
        if len(rows) >= LEAST_ROWS:
            return rows, index, position
    return None


def _next_row(lines: Sequence[Cell], position: int, header: Row) -> int | None:
    """Where the next row begins: at once, or behind lines that name a group or a page."""
    width = len(header.cells)
    for skipped in range(MOST_ASIDE + 1):
        begins = position + skipped
        row = lines[begins : begins + width]
        if len(row) < width:
            return None
        if _fits(row, header) or [cell.text for cell in row] == [cell.text for cell in header.cells]:
            return begins
        if not skipped and _misfits(lines[begins : begins + 2 * width], header):
            return begins + width
        if not GROUP_LINE.fullmatch(lines[begins].text) or WORDS_CELL.search(lines[begins].text):
            return None
    return None


def _misfits(lines: Sequence[Cell], header: Row) -> bool:
    """Whether a row of the table, known by its unit, holds a cell that is not understood, and another row follows."""
    width = len(header.cells)
    at = next((index for index, cell in enumerate(header.cells) if UNIT_HEADER.search(cell.text)), None)
    named = at is not None and len(lines) == 2 * width and lines[at].text in registry().units
    return named and _fits(lines[width:], header)


def _heads_names(text: str) -> bool:
    """Whether a line heads the column of names, and is no title (滑县2023年1-9月主要经济指标)."""
    return len(text) <= LONGEST_HEAD and NAME_HEADER.search(text) is not None and not any(map(str.isdigit, text))


def _is_serial(lines: Sequence[Cell], index: int) -> bool:
    """Whether a line heads the column of numbers before the one of names (序号|指标)."""
    behind = lines[index + 1 : index + 2]
    return SERIAL_HEADER.fullmatch(lines[index].text) is not None and any(NAME_HEADER.search(it.text) for it in behind)


def _width(lines: Sequence[Cell], index: int) -> int | None:
    """How many lines make a row: the header ends where the first number's name begins."""
    for width in range(MOST_COLUMNS, 1, -1):
        header = Row(tuple(lines[index : index + width]))
        if any(NUMBER_CELL.fullmatch(cell.text) for cell in header.cells):
            continue
        first = _next_row(lines, index + width, header)
        if first is not None and _next_row(lines, first + width, header) is not None:
            return width
    return None


def _fits(cells: Sequence[Cell], header: Row) -> bool:
    """Whether the cells are a name, perhaps behind its number, perhaps a unit, and numbers."""
    heads = header.cells
    if SERIAL_HEADER.fullmatch(heads[0].text):
        if not SERIAL.fullmatch(cells[0].text):
            return False
        cells, heads = cells[1:], heads[1:]
    if len(cells) < 2 or len(cells[0].text) > LONGEST_NAME:
        return False
    if NUMBER_CELL.fullmatch(cells[0].text) and not YEAR_LABEL.fullmatch(cells[0].text):
        return False
    if not any(_is_value(cell.text) for cell in cells[1:]):
        return False
    return all(_fits_column(cell.text, head.text) for cell, head in zip(cells[1:], heads[1:], strict=False))


def _fits_column(text: str, head: str) -> bool:
    if UNIT_HEADER.search(head):
        return text in registry().units
    if WORDS_HEADER.search(head):
        return NUMBER_CELL.fullmatch(text) is None
    return text in NO_VALUE or _is_value(text) or IN_WORDS.fullmatch(text) is not None


def _is_value(text: str) -> bool:
    return NUMBER_CELL.fullmatch(text) is not None or ADDED_UP.fullmatch(text) is not None
