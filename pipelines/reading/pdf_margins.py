"""Page numbers, running heads and feet of a PDF: left out, for they would stand in the middle of sentences.

Belongs here: telling them from the body by their place, their repetition and their count. Does not belong here: lines
and paragraphs (`pdf_layout.py`). When in doubt, a line stays.
"""

import re
from collections import Counter

from pipelines.reading.pdf_layout import Line

# How many lines at the top and at the bottom of a page can be its running head or foot, and on how many pages it is.
_MARGIN_LINES = 2
_MIN_REPEATS = 3
# The header of a table has more cells than a running head, which may have something on the left and on the right.
_MAX_CELLS = 2
# A line with such a number states something.
_STATES = re.compile(r"\d\.\d|\d,\d{3}|\d\s?[%％‰亿万千]")
_PAGE_NUMBER = re.compile(r"[-—–―·.\s第页]*(\d{1,4})(?:\s?/\s?\d{1,4}|\s?页?[，,]?\s?共\s?\d{1,4}\s?页)?[-—–―·.\s页]*")
_ROMAN = re.compile(r"[-—–―·.\s]*[ivxIVX]{1,6}[-—–―·.\s]*")
_DIGITS = re.compile(r"\d+")


def without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without page numbers, running heads and feet.

    A head or foot is a line at the same height at the edge of several pages that differs in digits at most. A page
    number is alone on the first or last line, and goes up by one from page to page. The head of the first page stays:
    it may be the only line that names the document.
    """
    edges = [_edges(page) for page in pages]
    heads = Counter(head for lines in edges for head in {_head(line) for line in lines})
    numbers = [_page_number(lines) for lines in edges]
    offsets = Counter(number - index for index, number in enumerate(numbers) if number is not None)
    kept = []
    for index, (page, lines) in enumerate(zip(pages, edges, strict=True)):
        repeated = [line for line in lines if heads[_head(line)] >= _MIN_REPEATS and _may_be_head(line)]
        drop = {id(line) for line in repeated if index or line is not lines[0]}
        number = numbers[index]
        if number is not None and (offsets[number - index] > 1 or number == index + 1):
            drop |= {id(line) for line in lines if _number_of(line) == number}
        drop |= {id(line) for line in lines[-1:] if _ROMAN.fullmatch(line.text)}
        kept.append([line for line in page if id(line) not in drop])
    return kept


def _edges(page: list[Line]) -> list[Line]:
    """The highest and the lowest lines of a page, from the top."""
    lines = sorted((line for line in page if not line.ruled), key=lambda line: -line.top)
    return lines if len(lines) <= 2 * _MARGIN_LINES else lines[:_MARGIN_LINES] + lines[-_MARGIN_LINES:]


def _head(line: Line) -> tuple[str, int]:
    """What makes two lines the same running head: words without digits, and height on the page."""
    return _DIGITS.sub("0", line.text), round(line.top / 4)


def _may_be_head(line: Line) -> bool:
    return len(line.cells) <= _MAX_CELLS and not _STATES.search(line.text)


def _page_number(lines: list[Line]) -> int | None:
    """The number that the lowest or the highest line of a page is."""
    found = (_number_of(line) for line in (*lines[-1:], *lines[:1]))
    return next((number for number in found if number is not None), None)


def _number_of(line: Line) -> int | None:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match[1]) if match else None
