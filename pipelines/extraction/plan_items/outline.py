"""The entries of a stretch of blocks that plans: numbered lines, goal years, parallel heads, rows of a table of tasks.

Here: walking the blocks. Not here: numbers (`numbering`), words (`titles`), which blocks plan (`contexts`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.extraction.blocks import Block
from pipelines.extraction.plan_items.contexts import Context
from pipelines.extraction.plan_items.numbering import Entry, hang, read_number
from pipelines.extraction.plan_items.titles import (
    CLOSING,
    deadline_of,
    end_of_range,
    goal_title,
    level_of,
    short_title,
)

GOAL_YEAR = re.compile(
    r"(?:[—–\-]{1,2}|《[^《》]{2,30}》(?:提出|明确|指出|要求)?[，,:：]?)?\s*(?:力争|争取|确保)?"
    r"(?:到|至)((?:20)\d{2})年(?:底|末|年底)?(?:[，,：:、]|(?=[^\d，,。]))"
)
GOALS = re.compile(r"目标|愿景|要求|蓝图")
# what stands under principles, goals and supplementary provisions is no task
NO_TASKS_BELOW = re.compile(r"(?:思想|原则|附则|基础|形势|背景|目标|总体要求)$")
SENTENCE = re.compile(r"[^。！!\n]+[。！!]?")
INLINE = re.compile(r"(?<![\u4e00-\u9fff])([一二三四五六七八九十])(?:是|要)(?!否)")
NUMERALS = "一二三四五六七八九十"
TASK_HEADER = re.compile(
    r"^(?:(?:重点|主要|工作|目标|具体)?(?:任务|事项|举措|措施|内容)(?:名称|内容)?|行动(?:名称)?|任务分解)$"
)
NUMBER_HEADER = re.compile(r"^(?:序号|编号|No\.?)$")
DEADLINE_HEADER = re.compile(r"时限|期限|时间|年限|进度")
YEAR = re.compile(r"((?:20)\d{2})")
LONGEST_HEAD = 40
LEAST_PARALLELS = 3
LONGEST_TITLE_LINE = 60


@dataclass(slots=True)
class Item:
    """An item of a plan, ready to be a row but for ids.

    Attributes:
        entry: Its place in the tree.
        level: goal_year, demonstration, task, action_plan or other.
        title: Where its title stands.
        deadline: Year or None.
        rule: Name of the rule that read it.
    """

    entry: Entry
    level: str
    title: tuple[int, int]
    deadline: str | None
    rule: str


def read_outline(text: str, context: Context, year: int | None) -> list[Item]:
    """The items of a stretch of blocks.

    Args:
        text: Clean text of the document.
        context: The stretch and its plan.
        year: The document's year.
    """
    blocks = [block for block in context.blocks if block.kind not in ("metadata", "credit", "caption", "title")]
    if context.kind == "speech":
        return _parallel_heads(text, blocks)
    entries = hang(_entries(text, blocks))
    items = _numbered(text, entries, year)
    items += _goal_years(text, blocks, entries)
    items += _table_rows(text, blocks)
    if not items and context.kind == "plan":
        items += _parallel_heads(text, blocks)
    if not entries and not any(item.level != "goal_year" for item in items):
        items += _inline(text, blocks)
    return sorted(items, key=lambda item: item.entry.start)


def _entries(text: str, blocks: Sequence[Block]) -> Iterator[Entry]:
    """Entries of the blocks that begin with a number; what follows one without a number hangs on to it."""
    last: Entry | None = None
    announced = False
    waiting: Entry | None = None
    for block in blocks:
        if block.kind == "table_row":
            continue
        entry = read_number(text, block.start, block.end)
        if waiting is not None:
            # 01 | 争当……的示范: the number stands on a line of its own
            if entry is None and block.end - block.start <= LONGEST_TITLE_LINE:
                waiting.title, waiting.end = block.start, block.end
                last = waiting
                yield waiting
                waiting = None
                continue
            waiting = None
        if entry is None:
            announced = text[block.end - 1] in "：:"
            if last is not None:
                last.more.append((block.start, block.end))
            continue
        if entry.style == "bare_line" or entry.title >= entry.end:
            waiting = entry
            continue
        entry.opens = bool(
            announced and last is not None and entry.style == last.style and entry.own == "1" and last.own != ""
        )
        announced = False
        last = entry
        yield entry


def _numbered(text: str, entries: Sequence[Entry], year: int | None) -> list[Item]:
    parents = {id(entry.parent) for entry in entries if entry.parent is not None}
    items = []
    for entry in entries:
        # 专栏2 重大工程: the number counts boxes, not parts of the plan
        title = short_title(text, entry.start if entry.style == "box" else entry.title, entry.end)
        words = text[slice(*title)]
        if not words.strip():
            continue
        if goal := GOAL_YEAR.match(text, entry.title, entry.end):
            entry.number = goal[1]
            title = _goal_words(text, goal.end(), entry.end)
            items.append(Item(entry, "goal_year", title, goal[1], "goal-year"))
            continue
        level = level_of(words)
        if level == "task" and entry.parent is None and id(entry) in parents:
            level = "other"
        if level == "task" and entry.parent is not None and NO_TASKS_BELOW.search(_title_words(text, entry.parent)):
            level = "other"
        deadline = end_of_range(words)
        if deadline is None and level != "other":
            deadline = deadline_of(text, [(entry.start, entry.end), *entry.more[:1]], year)
        items.append(Item(entry, level, title, deadline, "numbered-entry"))
    _settle_siblings(items)
    return items


def _settle_siblings(items: Sequence[Item]) -> None:
    """Among demonstrations, a part that demonstrates nothing is no task either (07 全面落实…总要求)."""
    families: dict[tuple[str, int], list[Item]] = {}
    for item in items:
        families.setdefault((item.entry.style, id(item.entry.parent)), []).append(item)
    for family in families.values():
        if 2 * sum(item.level == "demonstration" for item in family) > len(family):
            for item in family:
                if item.level == "task":
                    item.level = "other"


def _goal_years(text: str, blocks: Sequence[Block], entries: Sequence[Entry]) -> Iterator[Item]:
    """Sentences that begin with 到2035年 and stand under no task, one for each year."""
    seen = {entry.number for entry in entries if GOAL_YEAR.match(text, entry.title, entry.end)}
    starts = {entry.start: entry for entry in entries}
    current: Entry | None = None
    for block in blocks:
        if block.kind == "table_row":
            continue
        entry = starts.get(block.start)
        current = entry or current
        words = text[block.start : block.end]
        if ("到20" not in words and "至20" not in words) or not _may_hold_goals(text, current):
            continue
        for sentence in SENTENCE.finditer(text, block.start, block.end):
            match = GOAL_YEAR.match(text, *sentence.span())
            if match is None or match[1] in seen:
                continue
            seen.add(match[1])
            goal = Entry("", 99, match[1], sentence.start(), match.end(), sentence.end(), None)
            goal.number, goal.parent = match[1], current
            yield Item(goal, "goal_year", _goal_words(text, match.end(), sentence.end()), match[1], "goal-year")


def _may_hold_goals(text: str, entry: Entry | None) -> bool:
    """Goal years stand before the first entry or under one that is about goals; a year under a task is its deadline."""
    return entry is None or GOALS.search(_title_words(text, entry)) is not None


def _goal_words(text: str, start: int, end: int) -> tuple[int, int]:
    title = goal_title(text, start, end)
    tail = CLOSING.search(text, *title)
    return (title[0], tail.start()) if tail else title


def _title_words(text: str, entry: Entry) -> str:
    return text[slice(*short_title(text, entry.title, entry.end))]


def _table_rows(text: str, blocks: Sequence[Block]) -> Iterator[Item]:
    """Rows of a table whose header names tasks: 序号 | 重点任务 | 责任单位 | 完成时限."""
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


def _parallel_heads(text: str, blocks: Sequence[Block]) -> list[Item]:
    """Paragraphs whose first sentences end alike: 在产业创新上争当示范, 在城乡融合上争当示范."""
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
            items.append(Item(entry, level, _last_clause(text, start, end), None, "parallel-heads"))
    return items


def _alike(one: str, other: str) -> bool:
    return one[-4:] == other[-4:]


def _last_clause(text: str, start: int, end: int) -> tuple[int, int]:
    position = max(text.rfind("，", start, end), text.rfind(",", start, end))
    return (position + 1, end) if position > start and end - position > 5 else (start, end)


def _inline(text: str, blocks: Sequence[Block]) -> Iterator[Item]:
    """Parts told in one paragraph: 一是…；二是…；三是…."""
    for block in blocks:
        marks = list(INLINE.finditer(text, block.start, block.end))
        if len(marks) < LEAST_PARALLELS or [NUMERALS.index(mark[1]) for mark in marks] != list(range(len(marks))):
            continue
        for index, mark in enumerate(marks):
            stop = marks[index + 1].start() if index + 1 < len(marks) else block.end
            title = short_title(text, mark.end(), stop)
            entry = Entry("inline", 99, str(index + 1), mark.start(), title[0], stop, mark.span(1))
            entry.number = entry.own
            level = level_of(text[slice(*title)])
            yield Item(entry, level, title, deadline_of(text, [(mark.start(), stop)], None), "inline-list")
