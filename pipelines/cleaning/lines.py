"""Plain text: one line, one block; a line that was torn is put together (`seams.py`).

Belongs here: splitting lines fast, since most documents are plain text. Does not belong here: Markdown's signs
(`markdown.py`) and elements (`markup.py`).
"""

import re
from collections.abc import Iterator

from pipelines.cleaning.aligned import aligned_row, aligned_rows
from pipelines.cleaning.characters import HAS_INVISIBLE, tidy, unify_spaces
from pipelines.cleaning.page import Draft, Page
from pipelines.cleaning.seams import close_seams

# Six characters or more, each with spaces around it.
SPACED_OUT = re.compile(r"\S(?: {1,3}\S){5,}")


def read_lines(raw: str, page: Page, start: int = 0) -> None:
    """Add the lines of a text to a page, from an offset on; empty ones are left out."""
    text, seams = close_seams(unify_spaces(raw[start:] if start else raw))
    if seams:
        page.repairs["close_seams"] = seams
    invisible = HAS_INVISIBLE.search(text) is not None
    builder = page.builder
    position = start
    lines = text.split("\n")
    rows = aligned_rows(lines)
    for index, line in enumerate(lines):
        shown = line.strip(" \t")
        if shown:
            if index in rows:
                page.add(aligned_row(line, rows[index], position))
            elif SPACED_OUT.fullmatch(shown):
                # 某 县 2 0 1 8 年 统 计 公 报: a title set wide
                letters = [(letter, position + at) for at, letter in enumerate(line) if not letter.isspace()]
                page.add(Draft([(letter, at, at + 1) for letter, at in letters]))
            elif "  " in shown or "\t" in shown or (invisible and HAS_INVISIBLE.search(shown)):
                pieces = tidy([(line, position, position + len(line))])
                page.add(Draft(pieces, kind="table_row" if any("\t" in piece[0] for piece in pieces) else "paragraph"))
            elif len(shown) == len(line):
                builder.add_line(shown, position)
            else:
                builder.add_line(shown, position + line.index(shown[0]))
        position += len(line) + 1


def drafts(raw: str, start: int) -> Iterator[Draft]:
    """The lines of a text as drafts, for formats that look at each line's signs."""
    position = start
    for line in unify_spaces(raw[start:]).split("\n"):
        if line and not line.isspace():
            yield Draft([(line, position, position + len(line))], loose=True)
        position += len(line) + 1
