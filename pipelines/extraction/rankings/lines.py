"""Lists told line by line: numbered lines (1. 昆山市 5140亿元) and rows of tables with a column of ranks.

Here: lines that hold a rank, a name and figures, below the name of a list. Not here: sentences (`roundups`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.rankings.entrants import Entrant
from pipelines.extraction.rankings.topics import suits
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import integer

HEADER = re.compile(r"(?:名次|排名|位次|排序|序号|排位)")
RANK_HEADER = re.compile(r"(?:全国|综合|\d{4}年?)*(?:名次|排名|位次|排位|排序)")
OLD_RANK_HEADER = re.compile(r"上年|去年|变化|升降|上期")
CELLS = re.compile(r"\t|\s{2,}|\s*\|\s*|[ \u3000]")
NUMBERED = re.compile(
    r"^\s*(?:[·•\-*]\s*)?(?:(?:第|TOP\s?|Top\s?|No\.?\s?|NO\.?\s?)(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})(?:名|位)?|(?P<number>\d{1,3}))"
    r"(?:[.．、:：)）\s\t|]+|(?=[\u4e00-\u9fff]))"
)
REST = re.compile(
    r"(?:[\s\t|（(）)\-—:：,，]|\d[\d,.]*|亿元|万元|万人|亿|%|％|GDP|分|元|位|↑|↓|[\u4e00-\u9fff]{2,4}(?:省|市|自治区)?(?=[\s\t|）)]|$))*"
)


def numbered_lines(view: View) -> Iterator[Position]:
    r"""1. 昆山市（5140亿元） below the name of a list; 3\t晋江市\t3207 below 名次\t县市\tGDP."""
    in_force = view.in_force
    cells = [cell.strip() for cell in CELLS.split(view.text.strip())]
    if len(cells) >= 2 and len(view.text) <= 80 and HEADER.search(view.text) and not view.entrants:
        in_force.columns, in_force.counting = tuple(cells), 0
        in_force.age = -1
        return
    if not in_force.name or len(view.text) > 60 or not view.entrants:
        return
    one = view.entrants[0]
    found = _numbered(view, one) or _in_column(view, cells)
    if found is None or not suits(in_force.name, one, view):
        return
    rank, number = found
    if in_force.counting is not None and in_force.columns == () and rank <= in_force.counting:
        return
    in_force.counting, in_force.age = rank, -1
    yield view.position(
        in_force.name, view.where_of(one), rank, None, (0, len(view.text.rstrip())), number, "numbered-line"
    )


def _numbered(view: View, one: Entrant) -> tuple[int, tuple[int, int]] | None:
    """The rank that a line begins with, where name and figures are all that follows."""
    match = NUMBERED.match(view.text)
    if match is None or view.text[match.end() : one.start].strip(" \t|") or not REST.fullmatch(view.text, one.end):
        return None
    rank = integer(match["rank"] or match["number"])
    counting = view.in_force.counting
    if rank is None or rank == 0:
        return None
    if match["rank"] is None and not view.in_force.columns and rank != 1 and counting != rank - 1:
        # a line with a number is one of a list when the line before it has the number before
        return None
    return rank, match.span("rank" if match["rank"] else "number")


def _in_column(view: View, cells: list[str]) -> tuple[int, tuple[int, int]] | None:
    """The cell below 名次, where a table has such a column."""
    columns = view.in_force.columns
    if len(columns) != len(cells):
        return None
    at = next(
        (i for i, head in enumerate(columns) if RANK_HEADER.search(head) and not OLD_RANK_HEADER.search(head)), None
    )
    if at is None or not re.fullmatch(r"第?\d{1,4}(?:名|位)?", cells[at]):
        return None
    digits = re.search(r"\d+", cells[at])
    assert digits is not None
    start = _offset(view.text, at) + cells[at].index(digits.group())
    return int(digits.group()), (start, start + len(digits.group()))


def _offset(text: str, index: int) -> int:
    """Where the cell with an index begins."""
    position = len(text) - len(text.lstrip())
    for _ in range(index):
        match = CELLS.search(text, position)
        position = match.end() if match else position
    return position
