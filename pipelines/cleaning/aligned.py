"""Tables in plain text whose columns are set with spaces alone.

Belongs here: which lines are rows of such a table, and where their cells stand. Does not belong here: cells between
tabs and CSV (`rows.py`), or what a table says (`pipelines.extraction`).
"""

import re
from collections.abc import Sequence

from pipelines.cleaning.page import Draft
from pipelines.cleaning.rows import row_of_cells

Bounds = tuple[int, int]
# 发电量      万千瓦时    48650     9.7: as many rows and cells as make it a table and no line with gaps
_GAP = re.compile(r" {2,}")
_WORD = re.compile(r"\S+")
_AMOUNT = r"[-－−+]?\d[\d,]*(?:\.\d+)?"
# 45.2, 9%以上, ≥85, 〔7.8〕, and the dash of a cell without one
_VALUE = re.compile(
    rf"(?:[<>≤≥＜＞]=?)?{_AMOUNT}[%％]?(?:以上|以下|以内|左右)?|[\[［〔【（(]{_AMOUNT}[%％]?[\]］〕】）)]|[-－–—]{{1,2}}|…|/"
)
_KIND = re.compile(r"预期性?|约束性?")
_UNIT = re.compile(r"[\u4e00-\u9fff%‰A-Za-z/]{1,8}")
_HEADING = re.compile(r"指标|项目|名称|产品|地区|区县|县区|乡镇|镇街|镇办")
# 一、经济发展 between two rows; a caption ends the table, and a longer line or a sentence is none of it
_LONGEST_ASIDE = 24
_MOST_ASIDE = 2
_NO_ASIDE = re.compile(r"[。；！？：:]|^\s*(?:附?表|专栏|图)\s*[\d一二三四五六七八九十]|^\s*注|单位")
_SERIAL = re.compile(r"\d{1,2}")
_LONE = re.compile(r"[\u4e00-\u9fff]")
_LEAST_ROWS = 3
_LEAST_CELLS = 3
_LONGEST_ROW = 120


def aligned_rows(lines: Sequence[str]) -> dict[int, list[Bounds]]:
    """Which lines are rows of a table whose columns are set with spaces, and where their cells stand.

    A line of one cell between two rows names a group of them (一、经济发展) and parts no table.

    Args:
        lines: The lines of a text, with ordinary spaces.

    Returns:
        (start, end) of each cell by the index of its line: runs of as many lines with the same number of cells, with a
        value in each but the first.
    """
    found: dict[int, list[Bounds]] = {}
    run: dict[int, list[Bounds]] = {}
    aside: dict[int, list[Bounds]] = {}
    width = 0
    for index, line in enumerate(lines):
        cells = _cells(line) if " " in line else []
        if run and len(cells) == width:
            run |= aside
            run[index], aside = cells, {}
        elif run and len(cells) < _LEAST_CELLS and len(aside) < _MOST_ASIDE and _is_aside(line):
            aside[index] = [_bare(line)]
        else:
            found |= _table(lines, run, width)
            run, aside, width = ({index: cells}, {}, len(cells)) if len(cells) >= _LEAST_CELLS else ({}, {}, 0)
    return found | _table(lines, run, width)


def _table(lines: Sequence[str], run: dict[int, list[Bounds]], width: int) -> dict[int, list[Bounds]]:
    """The rows of a run with its heading; nothing where it is no table."""
    if not run:
        return {}
    first = min(run)
    headless = any(_is_value(lines[first], cell) for cell in run[first][1:])
    heading = _heading_above(lines, first, width) if headless else None
    rows = (heading or {}) | run
    full = [(lines[index], cells) for index, cells in rows.items() if len(cells) > 1]
    if len(full) < _LEAST_ROWS or not all(any(_is_value(line, cell) for cell in cells[1:]) for line, cells in full[1:]):
        return {}
    # 一村 12 34: numbers behind single spaces need a heading that says what they are
    return rows if heading or not headless or "  " in lines[first] else {}


def _cells(line: str) -> list[Bounds]:
    """Where the cells of a line stand: parted by gaps, or by single spaces where nothing but values stands behind."""
    start, end = _bare(line)
    if line.find("  ", start, end) >= 0:
        edges = [start, *(edge for gap in _GAP.finditer(line, start, end) for edge in gap.span()), end]
        cells = _joined(line, list(zip(edges[::2], edges[1::2], strict=True)))
        if len(cells) >= _LEAST_CELLS:
            return cells
    if end - start > _LONGEST_ROW or not _ends_a_row(line[start:end].rpartition(" ")[2]):
        return []
    words = [word.span() for word in _WORD.finditer(line, start, end)]
    # 1 地区生产总值（亿元） 412 560: the name may stand behind its number
    named = 1 if _SERIAL.fullmatch(line, *words[0]) else 0
    if len(words) < _LEAST_CELLS + named or not all(_ends_a_row(line[slice(*word)]) for word in words[named + 2 :]):
        return []
    unit = words[named + 1]
    return words if _is_value(line, unit) or _UNIT.fullmatch(line, *unit) else []


def _joined(line: str, cells: list[Bounds]) -> list[Bounds]:
    """指  标 is one cell whose two characters are set wide."""
    found: list[Bounds] = []
    for cell in cells:
        before = found[-1] if found else None
        if before and before[1] - before[0] == 1 and _LONE.fullmatch(line, *cell) and _LONE.fullmatch(line, *before):
            found[-1] = before[0], cell[1]
        else:
            found.append(cell)
    return found


def _heading_above(lines: Sequence[str], first: int, width: int) -> dict[int, list[Bounds]] | None:
    """The heading of rows whose values showed their cells: 指标 2020年 2025年, perhaps above the name of a group."""
    for index in range(first - 1, max(-1, first - 2 - _MOST_ASIDE), -1):
        words = [word.span() for word in _WORD.finditer(lines[index])]
        if len(words) == width and _HEADING.search(lines[index]):
            between = {place: [_bare(lines[place])] for place in range(index + 1, first) if lines[place].strip()}
            return {index: words} | between
        if not _is_aside(lines[index]):
            return None
    return None


def _is_value(line: str, cell: Bounds) -> bool:
    return _VALUE.fullmatch(line, *cell) is not None


def _ends_a_row(word: str) -> bool:
    return _VALUE.fullmatch(word) is not None or _KIND.fullmatch(word) is not None


def _is_aside(line: str) -> bool:
    start, end = _bare(line)
    return end - start <= _LONGEST_ASIDE and not _NO_ASIDE.search(line)


def _bare(line: str) -> Bounds:
    """Where a line begins and ends without the spaces around it."""
    return len(line) - len(line.lstrip()), len(line.rstrip())


def aligned_row(line: str, cells: Sequence[Bounds], start: int) -> Draft:
    """A line of such a table as a row.

    Args:
        line: The line.
        cells: (start, end) of its cells.
        start: Its raw offset.
    """
    return row_of_cells([(line[slice(*cell)], start + cell[0], start + cell[1]) for cell in cells], start, inside=True)
