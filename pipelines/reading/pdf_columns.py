"""Tables of a PDF without rules: lines with wide gaps that stand under each other, brought into columns.

Belongs here: which lines are rows, and which column a cell is in. Does not belong here: finding lines and gaps
(`pdf_layout.py`), ruled tables (`pdf_grid.py`). A cell that could be in two columns makes its line running text: no
number may move to the next column because a cell before it is empty.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipelines.reading.pdf_layout import Line

# A line of one cell that is that much nearer to a row than rows are to each other goes on with the name of that row.
_NEARER = 0.8
# Lines of one cell stand beside the middle of its row: that near, in heights of a character, and drawn that soon.
_BESIDE, _REACH = 0.9, 3


def find_rows(page: list[Line]) -> list[Line]:
    """The lines of a page, rows marked and their cells in columns; a name of two lines is one cell."""
    found: list[Line] = []
    run: list[Line] = []
    for line in _whole_rows(page):
        # A single cell may divide a table, or be the rest of a name.
        if not line.ruled and (len(line.cells) > 1 or (run and len(run[-1].cells) > 1)):
            run.append(line)
            continue
        found += _table(run)
        run = []
        if line.ruled:
            found.append(line)
        else:
            run = [line]
    return found + _table(run)


def _whole_rows(page: list[Line]) -> list[Line]:
    """The lines of a page, those that are beside a row put into it: a cell of two lines stands above and below it."""
    taken: set[int] = set()
    for index, row in enumerate(page):
        if len(row.cells) < 2 or row.ruled:
            continue
        around = range(max(index - _REACH, 0), min(index + _REACH + 1, len(page)))
        pieces = [number for number in around if number not in taken and _is_beside(page[number], row)]
        taken.update(pieces)
        # The upper line of a cell comes first.
        for piece in sorted((page[number] for number in pieces), key=lambda piece: -piece.top):
            _put_beside(piece, row)
    return [line for number, line in enumerate(page) if number not in taken]


def _is_beside(piece: Line, row: Line) -> bool:
    if len(piece.cells) > 1 or piece.ruled:
        return False
    apart = abs(piece.bottom + piece.top - row.bottom - row.top) / 2
    return apart < _BESIDE * row.size and all(piece.right < left or right < piece.left for left, right in row.spans)


def _put_beside(piece: Line, row: Line) -> None:
    """Make a line a cell of a row, or the second line of such a cell."""
    for number, (left, right) in enumerate(row.spans):
        if piece.left <= right and left <= piece.right:
            row.cells[number] += piece.text
            row.spans[number] = (min(left, piece.left), max(right, piece.right))
            return
    number = sum(left < piece.left for left, _ in row.spans)
    row.cells.insert(number, piece.text)
    row.spans.insert(number, piece.spans[0])


def _table(run: list[Line]) -> list[Line]:
    """Lines that may be a table, the first and the last perhaps not."""
    rows = [line for line in run if len(line.cells) > 1]
    # A title that is set wide, or a date far to the right, stands alone.
    if len(rows) < 2:
        for line in rows:
            line.cells, line.spans = [line.text], [(line.left, line.right)]
        return run
    run = _whole_names(run, rows)
    width = max(len(line.cells) for line in rows)
    full = [line for line in rows if len(line.cells) == width]
    columns = [
        (min(line.spans[column][0] for line in full), max(line.spans[column][1] for line in full))
        for column in range(width)
    ]
    # Rows with as many cells, but not the same ones, reach into each other's columns.
    if any(left[1] > right[0] for left, right in pairwise(columns)):
        return run
    for line in rows:
        places = range(width) if len(line.cells) == width else _places(line, columns)
        if places is None:
            continue
        cells = [""] * width
        for place, text in zip(places, line.cells, strict=True):
            cells[place] = text
        line.cells, line.is_row = cells, True
    return run


def _places(line: Line, columns: Sequence[tuple[float, float]]) -> list[int] | None:
    """The column of each cell; None where two columns are possible, or one has two cells."""
    places: list[int] = []
    for left, right in line.spans:
        under = [
            number for number, (start, end) in enumerate(columns) if min(right, end) - max(left, start) > line.size / 4
        ]
        if len(under) != 1 or (places and under[0] <= places[-1]):
            return None
        places += under
    return places


def _whole_names(run: list[Line], rows: list[Line]) -> list[Line]:
    """The lines without those that only go on with the name in the first cell of the row above or below."""
    usual = median(above.bottom - below.bottom for above, below in pairwise(rows))
    kept: list[Line] = []
    for index, line in enumerate(run):
        if len(line.cells) > 1:
            kept.append(line)
            continue
        above = run[index - 1] if index else None
        below = run[index + 1] if index + 1 < len(run) else None
        if below and len(below.cells) > 1 and _is_rest(line, line, below, usual):
            below.cells[0] = line.text + below.cells[0]
        elif above and len(above.cells) > 1 and _is_rest(line, above, line, usual):
            above.cells[0] += line.text
        else:
            kept.append(line)
    return kept


def _is_rest(rest: Line, above: Line, below: Line, usual: float) -> bool:
    """Whether a line is a line of the first cell of a row: near to it, begins where it does, ends before the second."""
    row = below if rest is above else above
    near = 0 < above.bottom - below.bottom < _NEARER * usual
    return near and abs(above.left - below.left) < rest.size and rest.right <= row.spans[1][0]
