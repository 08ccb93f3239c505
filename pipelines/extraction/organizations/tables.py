"""Organizations in the column of a table whose head says that it lists them: 企业名称, 投资方.

Here: finding the column and its cells. Not here: names in sentences (the package's other modules).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.extraction.blocks import Block
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Span
from pipelines.extraction.organizations.plain import firm_ending

HEAD = re.compile(
    r"(?:入驻|入园|重点|规上|签约|上市|落户|投资)?(?:企业|公司|单位|机构|投资方|投资主体|投资商|项目业主|合作社)(?:名称|全称)?"
)
SHORTEST, LONGEST = 3, 30


def listed_in_tables(document: Document) -> Iterator[tuple[Block, Span]]:
    """Cells that name an organization, with their row.

    Args:
        document: The document.
    """
    column: int | None = None
    for before, block in pairwise([None, *document.blocks]):
        if block is None or block.kind != "table_row" or block.section == "boilerplate":
            continue
        cells = list(_cells(document.text, block))
        words = [document.text[slice(*cell)] for cell in cells]
        if before is None or before.kind != "table_row":
            column = None
        head = next((index for index, cell in enumerate(words) if HEAD.fullmatch(cell)), None)
        if head is not None:
            column = head
        elif column is not None and column < len(cells) and _names(words[column]):
            yield block, cells[column]


def _names(words: str) -> bool:
    return SHORTEST <= len(words) <= LONGEST and firm_ending(words)


def _cells(text: str, block: Block) -> Iterator[Span]:
    position = block.start
    for part in text[block.start : block.end].split("\t"):
        stripped = part.strip()
        start = position + (part.index(stripped) if stripped else 0)
        yield start, start + len(stripped)
        position += len(part) + 1
