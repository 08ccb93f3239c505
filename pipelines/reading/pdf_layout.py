"""From glyphs at places to lines and paragraphs: what a page of a PDF reads like.

Belongs here: geometry of text, whatever library found the glyphs. Does not belong here: ruled tables (`pdf_grid.py`),
and what stands on every page (`pdf_margins.py`).
Glyphs stay in the order in which the page draws them: that of reading in what office programs write, also in columns.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

# In widths of a Chinese character: a gap that separates cells, one that is a space, one between Latin words.
_CELL_GAP, _SPACE, _WORD_GAP = 0.9, 0.6, 0.18
# So many spaces, in widths of a Chinese character, only put cells under each other.
_MOST_SPACES = 2.2
# How far from the margin a line may end and still be full: a mark that must not begin a line takes a character along.
_RAGGED = 2.2
# A full line of running text is at least that long, in its characters; the longest line of a cover is no full line.
_MIN_FULL = 12
# No indent is larger than that; what begins further to the right is another column.
_MAX_INDENT = 4.0
# On a page with that many lines, two that end at the same place may be an accident.
_MANY_LINES = 12
# Characters of one size differ by no more than that share.
_SAME_SIZE = 0.15
# Lines of one paragraph are that near to each other, in heights of a character.
_MAX_PITCH = 2.5
_ENDS = "。！？；：”）!?;:"
_BEGINS = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、章节条部是要]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|[•●◆■▲①-⑳])"
)
_WORD = re.compile(r"[A-Za-z0-9%.,)]")
_NUMBER_END = re.compile(r"\d[.,]?$")
_WORD_START = re.compile(r"[A-Za-z0-9(]")


class Glyph(NamedTuple):
    """A character and its box; y grows upwards, as in PDF.

    Attributes:
        blank: where the white space before it ends, None where the page has none there.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    blank: float | None = None


@dataclass(slots=True)
class Line:
    """Glyphs on one base line, as the cells that wide gaps make of them; a row of a ruled table has its cells given.

    Attributes:
        cells: text of each cell.
        left: where the line begins; the other sides likewise.
        size: height of its characters.
        ruled: whether rules around it made the cells.
        spans: left and right side of each cell.
        is_row: whether it is a row of a table.
        is_full: whether it ends at the right side of its column.
        margin: where the lines of its column begin.
    """

    cells: list[str]
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    size: float = 0.0
    ruled: bool = False
    spans: list[tuple[float, float]] = field(default_factory=list)
    is_row: bool = False
    is_full: bool = False
    margin: float = 0.0

    @property
    def text(self) -> str:
        """The line as running text."""
        return " ".join(filter(None, self.cells))


@dataclass(slots=True)
class Body:
    """A paragraph or a row of the whole document, and the pages that it begins on and breaks to."""

    cells: list[str] = field(default_factory=list)
    pages_before: int = 0
    is_row: bool = False


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines of text in the order of their glyphs."""
    lines: list[Line] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _continues(run[-1], glyph):
            lines.append(_line(run))
            run = []
        run.append(glyph)
    if run:
        lines.append(_line(run))
    return lines


def _continues(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph is on the line of the one before: raised and lowered ones are."""
    height = max(before.top - before.bottom, glyph.top - glyph.bottom)
    middle, other = before.bottom + before.top, glyph.bottom + glyph.top
    return abs(middle - other) < height and glyph.left > before.left - height / 2


def _line(run: list[Glyph]) -> Line:
    size = median(glyph.top - glyph.bottom for glyph in run) or 1.0
    cells, before = [run[0].text], run[0]
    spans = [(run[0].left, run[0].right)]
    for glyph in run[1:]:
        whole = (glyph.left - before.right) / size
        # Office programs end a cell with a space: what matters is the gap behind it.
        gap = whole if glyph.blank is None else (glyph.left - max(glyph.blank, before.right)) / size
        if gap > _CELL_GAP or whole > _MOST_SPACES:
            cells.append("")
            spans.append((glyph.left, glyph.right))
        elif gap > _SPACE or (glyph.blank is not None and whole > _WORD_GAP / 2) or _parts_words(before, glyph, gap):
            cells[-1] += " "
        cells[-1] += glyph.text
        spans[-1] = (spans[-1][0], glyph.right)
        before = glyph
    return Line(
        cells,
        run[0].left,
        max(glyph.right for glyph in run),
        min(glyph.bottom for glyph in run),
        max(glyph.top for glyph in run),
        size,
        spans=spans,
    )


def bodies(pages: list[list[Line]]) -> Iterator[Body]:
    """Paragraphs and rows in order; what runs on over the end of a line or of a page is put together."""
    body: Body | None = None
    before: Line | None = None
    waiting = 0
    for page in pages:
        _set_margins(page)
    _share_margins(pages)
    for number, page in enumerate(pages):
        waiting += number > 0
        for line in page:
            if body and before and not line.is_row and not body.is_row and _runs_on(before, line, waiting):
                body.cells[0] = _joined(body.cells[0] + "\f" * waiting, line.text)
            else:
                if body:
                    yield body
                body = Body(line.cells if line.is_row else [line.text], waiting, line.is_row)
            before, waiting = line, 0
    if body:
        yield body


def _parts_words(before: Glyph, glyph: Glyph, gap: float) -> bool:
    """Whether a gap without a space in it stands between two words of Latin letters."""
    return gap > _WORD_GAP and before.text.isascii() and glyph.text.isascii()


def _set_margins(page: list[Line]) -> None:
    """Tell of each line of running text whether it fills its column, and where the lines of that column begin."""
    plain = [line for line in page if not line.is_row]
    columns = _columns(plain)
    starts = [left for left, _ in columns]
    members: dict[int, list[Line]] = {}
    for line in plain:
        number = max(bisect_right(starts, line.left) - 1, 0)
        members.setdefault(number, []).append(line)
    for number, lines in members.items():
        right = _right_margin(lines)
        for line in lines:
            reaches = line.right >= right - _RAGGED * line.size
            line.is_full = reaches and line.right - line.left >= _MIN_FULL * line.size
        margin = min((line.left for line in lines if line.is_full), default=starts[number])
        for line in lines:
            line.margin = margin


def _share_margins(pages: Sequence[list[Line]]) -> None:
    """Where all lines of a page are indented, its margin is that of the other pages."""
    margin = min((line.margin for page in pages for line in page if line.is_full), default=0.0)
    for page in pages:
        for line in page:
            if 0 < line.margin - margin < _MAX_INDENT * line.size:
                line.margin = margin


def _right_margin(lines: Sequence[Line]) -> float:
    """Where full lines end: several of them near to each other, since a word that is not torn sticks out alone."""
    rights = sorted(line.right for line in lines)
    ragged = _RAGGED * median(line.size for line in lines)
    enough = 2 if len(rights) < _MANY_LINES else 3
    return next((right for right in reversed(rights) if _count(rights, right - ragged, right) >= enough), rights[-1])


def _count(ordered: Sequence[float], low: float, high: float) -> int:
    return bisect_right(ordered, high) - bisect_left(ordered, low)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right side of each column of a page: lines of the usual size stand over each other."""
    if not lines:
        return []
    size = median(line.size for line in lines)
    usual = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size]
    columns: list[tuple[float, float]] = []
    for line in sorted(usual, key=lambda line: line.left):
        if columns and line.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], line.right))
        else:
            columns.append((line.left, line.right))
    return columns


def _runs_on(before: Line, line: Line, turned: int) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    size = before.size
    # What looks like a row but fits into no table stays by itself: its numbers are nobody's.
    if not before.is_full or len(before.cells) > 1 or len(line.cells) > 1:
        return False
    if abs(line.size - size) > _SAME_SIZE * size or line.left > line.margin + 0.5 * size:
        return False
    if before.text[-1:] in _ENDS and _BEGINS.match(line.text):
        return False
    # The next line is below, and near, or at the top of the next page or column.
    next_column = line.left > before.right and line.bottom > before.bottom
    return turned > 0 or next_column or 0 < before.bottom - line.bottom < _MAX_PITCH * size


def _joined(text: str, more: str) -> str:
    """Two lines of a paragraph; a word of Latin letters that ended the line needs its space."""
    last = text.rstrip("\f")[-1:]
    # A number that was broken at the end of a line stays one number.
    number = _NUMBER_END.search(text.rstrip("\f")[-2:]) and more[:1].isdigit()
    space = " " if _WORD.match(last) and _WORD_START.match(more) and not number else ""
    return text + space + more
