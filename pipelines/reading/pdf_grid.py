"""Ruled tables of a PDF: the rules say which glyphs are a cell, so that a cell of several lines stays one.

Belongs here: rules into tables, glyphs into cells. Does not belong here: running text, and tables without vertical
rules (`pdf_layout.py`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.reading.pdf_layout import Glyph, Line, lines_of

# Rules are as thin as that; ends that are that near to each other meet.
_THIN, _NEAR = 3.0, 4.0
_MIN_LENGTH = 6.0


class Box(NamedTuple):
    """A drawn path by its outer bounds."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Grid:
    """One table: where its rows are divided, and its vertical rules.

    Attributes:
        rows: heights of the horizontal rules, ascending.
        columns: places of the vertical rules, ascending.
        upright: the vertical rules, with the heights that they reach over.
        cells: glyphs by row (from the top) and column.
    """

    rows: list[float]
    columns: list[float]
    upright: list[Box]
    cells: dict[tuple[int, int], list[Glyph]] = field(default_factory=dict)
    _found: dict[int, list[float]] = field(default_factory=dict)

    def take(self, glyph: Glyph) -> bool:
        """Put a glyph into its cell; False when it is outside."""
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        if not (self.rows[0] <= y <= self.rows[-1] and self.columns[0] <= x <= self.columns[-1]):
            return False
        row = min(bisect_right(self.rows, y), len(self.rows) - 1) - 1
        edges = self._edges(row)
        start = edges[max(bisect_right(edges, x) - 1, 0)]
        column = max(bisect_right(self.columns, start + _NEAR) - 1, 0)
        self.cells.setdefault((len(self.rows) - 2 - row, column), []).append(glyph)
        return True

    def _edges(self, row: int) -> list[float]:
        """Where the cells of a row begin: one over several columns has no rule inside, and is in its first column."""
        if row not in self._found:
            middle = (self.rows[row] + self.rows[row + 1]) / 2
            reaching = (rule.left for rule in self.upright if rule.bottom - _NEAR <= middle <= rule.top + _NEAR)
            self._found[row] = sorted({self.columns[0], *reaching})
        return self._found[row]

    def lines(self) -> list[Line]:
        """The rows of the table."""
        found = []
        for row in range(len(self.rows) - 1):
            cells = ["" for _ in self.columns[1:]]
            for column in range(len(cells)):
                if glyphs := self.cells.get((row, column)):
                    cells[column] = "\n".join(line.text for line in lines_of(glyphs))
            if any(cells):
                found.append(
                    Line(cells, self.columns[0], self.columns[-1], self.rows[0], self.rows[-1], ruled=True, is_row=True)
                )
        return found


def find_grids(boxes: Sequence[Box]) -> list[Grid]:
    """The tables that the drawn paths of a page make: at least two columns and two rules across."""
    flat, upright = _rules(boxes)
    grids = []
    for group in _tables(upright):
        bottom, top = min(rule.bottom for rule in group), max(rule.top for rule in group)
        left, right = min(rule.left for rule in group), max(rule.right for rule in group)
        rows = _distinct(
            rule.bottom
            for rule in flat
            if bottom - _NEAR <= rule.bottom <= top + _NEAR and rule.left < right and rule.right > left
        )
        columns = _distinct(rule.left for rule in group)
        if len(columns) > 2 and len(rows) > 1:
            grids.append(Grid(rows, columns, group))
    return grids


def page_lines(glyphs: Sequence[Glyph], boxes: Sequence[Box]) -> list[Line]:
    """The lines of a page: running text, and each table where its first glyph was drawn."""
    grids = find_grids(boxes)
    if not grids:
        return lines_of(glyphs)
    lines: list[Line] = []
    run: list[Glyph] = []
    places: list[tuple[int, Grid]] = []
    seen: set[int] = set()
    for glyph in glyphs:
        grid = next((grid for grid in grids if grid.take(glyph)), None)
        if grid is None:
            run.append(glyph)
        elif id(grid) not in seen:
            seen.add(id(grid))
            lines += lines_of(run)
            run = []
            places.append((len(lines), grid))
    lines += lines_of(run)
    for place, grid in reversed(places):
        lines[place:place] = grid.lines()
    return lines


def _rules(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Horizontal and vertical rules; the sides of a box, drawn or filled, are rules too."""
    flat, upright = [], []
    for box in boxes:
        width, height = box.right - box.left, box.top - box.bottom
        if width <= _THIN and height >= _MIN_LENGTH:
            upright.append(box)
        elif height <= _THIN and width >= _MIN_LENGTH:
            flat.append(box)
        elif width > _MIN_LENGTH and height > _MIN_LENGTH:
            upright += [box._replace(right=box.left), box._replace(left=box.right)]
            flat += [box._replace(top=box.bottom), box._replace(bottom=box.top)]
    return flat, upright


def _tables(upright: list[Box]) -> list[list[Box]]:
    """Vertical rules by table: those that reach over the same heights, or meet."""
    groups: list[list[Box]] = []
    top = float("-inf")
    for rule in sorted(upright, key=lambda rule: rule.bottom):
        if not groups or rule.bottom > top + _NEAR:
            groups.append([])
            top = float("-inf")
        groups[-1].append(rule)
        top = max(top, rule.top)
    return groups


def _distinct(values: Iterable[float]) -> list[float]:
    """Values in order, those near to each other once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found
