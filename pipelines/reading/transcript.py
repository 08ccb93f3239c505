r"""The text that a reader of a binary format makes: lines, rows of cells, page breaks.

Belongs here: what such a text looks like, whatever the format. Does not belong here: how a format is taken apart.

A line feed ends a paragraph or a row; tabs separate the cells of a row, empty ones too, so that cells keep their
columns. A form feed begins a page or a sheet: the page of an offset is the number of form feeds before it, plus one. A
form feed without a line feed before it stands inside a paragraph that runs on to the next page.
"""

import re
from collections.abc import Sequence

from pipelines.reading.limits import Limits, RefusedError

PAGE = "\f"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[\t\r\v\x85\u2028\u2029]")
_BREAKS = re.compile(r"[\s]*\n[\s]*")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


class Transcript:
    """Collects the text of one document and counts what it takes.

    Raises:
        RefusedError: from every method, when the document has more text, cells or pages than allowed.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._parts: list[str] = []
        self._length = self._cells = 0
        self._pages = 1

    def line(self, text: str) -> None:
        """A paragraph; a line feed in it breaks the line, a form feed the page."""
        text = _BLANKS.sub(" ", _CONTROL.sub("", text))
        while text.startswith(PAGE):
            self.page()
            text = text[1:]
        self._count_pages(text.count(PAGE))
        trailing = len(text) - len(text.rstrip(PAGE))
        if stripped := text.rstrip(PAGE).strip(" \n"):
            self._add(stripped + "\n")
        self._add(PAGE * trailing)

    def row(self, cells: Sequence[str]) -> None:
        """A row of a table; without any text it is an empty line, so that rows can be counted."""
        self._cells += max(len(cells), 1)
        if self._cells > self.limits.max_table_cells:
            raise RefusedError(self.limits.over("max_table_cells", f"{self._cells:,} cells or more"))
        self._add("\t".join(map(cell_text, cells)).rstrip("\t ") + "\n")

    def page(self) -> None:
        """A page or a sheet begins."""
        self._count_pages(1)
        self._add(PAGE)

    def text(self) -> str:
        """The whole text; halves of characters, which no encoding can store, are marked as lost."""
        return "".join(self._parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _count_pages(self, more: int) -> None:
        self._pages += more
        if self._pages > self.limits.max_pages:
            raise RefusedError(self.limits.over("max_pages", f"{self._pages:,} pages or more"))

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > self.limits.max_text_characters:
            raise RefusedError(self.limits.over("max_text_characters", f"{self._length:,} characters or more"))
        self._parts.append(text)


def cell_text(text: str) -> str:
    r"""A cell on one line: a break between Chinese characters only fits the column's width, others are a space.

    >>> cell_text("地区生产\n总值"), cell_text("GDP\n(亿元)")
    ('地区生产总值', 'GDP (亿元)')
    """
    text = _BLANKS.sub(" ", _CONTROL.sub("", text)).replace(PAGE, "").strip()
    if "\n" not in text:
        return text
    lines = [line for line in _BREAKS.split(text) if line]
    joined = lines[0]
    for line in lines[1:]:
        joined += line if _HAN.match(joined[-1]) and _HAN.match(line) else f" {line}"
    return joined
