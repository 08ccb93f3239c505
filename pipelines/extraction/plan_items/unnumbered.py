"""Items of a plan that no numbering of lines shows: tables of tasks, parallel heads, lists inside a sentence.

Here: reading them from the blocks of a plan. Not here: numbered lines and goal years (`outline`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.extraction.blocks import Block
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.plan_items.items import Item
from pipelines.extraction.plan_items.numbering import Entry
from pipelines.extraction.plan_items.titles import CLOSING, SENTENCE, deadline_of, level_of, short_title
from pipelines.extraction.programmes.members import members_of
from pipelines.extraction.programmes.names import find_names
from pipelines.extraction.programmes.vocabulary import LEVEL_OF_PART

INLINE = re.compile(r"(?<![\u4e00-\u9fff])([一二三四五六七八九十])(?:是|要)(?!否)")
NUMERALS = "一二三四五六七八九十"
TASK_HEADER = re.compile(
    r"^(?:(?:重点|主要|工作|目标|具体)?(?:任务|事项|举措|措施|内容)(?:名称|内容)?|行动(?:名称)?|任务分解)$"
)
NUMBER_HEADER = re.compile(r"^(?:序号|编号|No\.?)$")
DEADLINE_HEADER = re.compile(r"时限|期限|时间|年限|进度")
YEAR = re.compile(r"((?:20)\d{2})")
COUNTED_PARTS = re.compile(r"[\d一二三四五六七八九十][个大项][^，。；]{0,8}(?:行动|任务|示范|举措)")
LONGEST_HEAD = 40
LEAST_PARALLELS = 3


def table_rows(text: str, blocks: Sequence[Block]) -> Iterator[Item]:
    """Rows of a table whose header names tasks: 序号 | 重点任务 | 责任单位 | 完成时限.

    Args:
        text: Clean text of the document.
        blocks: Blocks of one plan.
    """
    columns: tuple[int, int | None, int | None] | None = None
    count = 0
    for before, block in pairwise([None, *blocks]):
        if block is None or block.kind != "table_row":
            continue
        if before is None or before.kind != "table_row":
            columns, count = None, 0
        cells = _cells(text, block)
        header = [text[slice(*cell)] for cell in cells]
        task = next((index for index, words in enumerate(header) if TASK_HEADER.match(words)), None)
        if task is not None:
            columns = (
                task,
                next((index for index, words in enumerate(header) if NUMBER_HEADER.match(words)), None),
                next((index for index, words in enumerate(header) if DEADLINE_HEADER.search(words)), None),
            )
            continue
        if columns is None or columns[0] >= len(cells) or not text[slice(*cells[columns[0]])]:
            continue
        count += 1
        yield _table_item(text, cells, columns, count)


def _table_item(
    text: str, cells: Sequence[tuple[int, int]], columns: tuple[int, int | None, int | None], count: int
) -> Item:
    task, number, until = columns
    title = short_title(text, *cells[task])
    written = text[slice(*cells[number])] if number is not None and number < len(cells) else ""
    entry = Entry("", 99, written if written.isdigit() else "", cells[0][0], title[0], cells[-1][1], None)
    if entry.own and number is not None:
        entry.number_span = cells[number]
    entry.number = entry.own
    years = YEAR.findall(text[slice(*cells[until])]) if until is not None and until < len(cells) else []
    level = level_of(text[slice(*title)])
    return Item(entry, level, title, years[-1] if years else None, "table-of-tasks")


def _cells(text: str, block: Block) -> list[tuple[int, int]]:
    cells, position = [], block.start
    for part in text[block.start : block.end].split("\t"):
        stripped = part.strip()
        start = position + (part.index(stripped) if stripped else 0)
        cells.append((start, start + len(stripped)))
        position += len(part) + 1
    return cells


def parallel_heads(text: str, blocks: Sequence[Block]) -> list[Item]:
    """Paragraphs whose first sentences end or begin alike: 在产业创新上争当示范, 在城乡融合上争当示范.

    Args:
        text: Clean text of the document.
        blocks: Blocks of one plan.
    """
    heads: list[tuple[int, int]] = []
    runs: list[list[tuple[int, int]]] = [heads]
    for block in blocks:
        match = SENTENCE.match(text, block.start, block.end)
        head = (match.start(), match.end()) if match else (block.start, block.end)
        if tail := CLOSING.search(text, *head):
            head = head[0], tail.start()
        if not 6 <= head[1] - head[0] <= LONGEST_HEAD or match is None or match.end() >= block.end:
            continue
        if runs[-1] and not _alike(text[slice(*runs[-1][-1])], text[slice(*head)]):
            runs.append([])
        runs[-1].append(head)
    items = []
    for run in runs:
        if len(run) < LEAST_PARALLELS:
            continue
        for start, end in run:
            entry = Entry("", 99, "", start, start, end, None)
            level = level_of(text[start:end])
            title = _last_clause(text, start, end) if level == "demonstration" else (start, end)
            items.append(Item(entry, level, title, None, "parallel-heads"))
    return items


def _alike(one: str, other: str) -> bool:
    """Whether two heads end alike (…上争当示范) or begin with the same verb (聚焦…, 聚焦…)."""
    return one[-4:] == other[-4:] or (one[:2] == other[:2] and one[:2] in word_set("parallel_verb"))


def _last_clause(text: str, start: int, end: int) -> tuple[int, int]:
    position = max(text.rfind("，", start, end), text.rfind(",", start, end))
    return (position + 1, end) if position > start and end - position > 5 else (start, end)


def inline_list(text: str, blocks: Sequence[Block]) -> Iterator[Item]:
    """Parts told in one paragraph: 一是…；二是…；三是….

    Args:
        text: Clean text of the document.
        blocks: Blocks of one plan.
    """
    heads: list[tuple[re.Match[str], int]] = []
    for block in blocks:
        marks = list(INLINE.finditer(text, block.start, block.end))
        if len(marks) >= LEAST_PARALLELS and _in_order(marks):
            yield from _inline(text, [*zip(marks, [*(mark.start() for mark in marks[1:]), block.end], strict=True)])
        elif marks and marks[0].start() == block.start:
            heads.append((marks[0], block.end))
    # 一是…。 and 二是…。, each in a paragraph of its own
    if len(heads) >= LEAST_PARALLELS and _in_order([mark for mark, _ in heads]):
        yield from _inline(text, heads)


def _in_order(marks: Sequence[re.Match[str]]) -> bool:
    return [NUMERALS.index(mark[1]) for mark in marks] == list(range(len(marks)))


def _inline(text: str, marks: Sequence[tuple[re.Match[str], int]]) -> Iterator[Item]:
    for index, (mark, stop) in enumerate(marks, 1):
        title = short_title(text, mark.end(), stop)
        entry = Entry("inline", 99, str(index), mark.start(), title[0], stop, mark.span(1))
        entry.number = entry.own
        level = level_of(text[slice(*title)])
        yield Item(entry, level, title, deadline_of(text, [(mark.start(), stop)], None), "inline-list")


def listed_parts(text: str, blocks: Sequence[Block]) -> Iterator[Item]:
    """Parts listed before their number: 实施智造提升、品牌培育等8个专项行动.

    Args:
        text: Clean text of the document.
        blocks: Blocks of one plan.
    """
    for block in blocks:
        for sentence in SENTENCE.finditer(text, block.start, block.end):
            words = sentence.group()
            if not COUNTED_PARTS.search(words):
                continue
            for name in find_names(words, in_plan=True):
                level = next((level for noun, level in LEVEL_OF_PART if name.text.endswith(noun)), None)
                if name.kind != "counted" or level is None:
                    continue
                for member in members_of(words, name):
                    start = text.index(member, sentence.start())
                    span = start, start + len(member)
                    yield Item(Entry("", 99, "", *span, span[1], None), level, span, None, "listed-parts")
