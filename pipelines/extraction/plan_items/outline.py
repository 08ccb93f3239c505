"""The entries of a stretch of blocks that plans: numbered lines and goal years.

Here: walking the blocks. Not here: numbers (`numbering`), words (`titles`), which blocks plan (`contexts`), items that
stand in tables and lists (`unnumbered`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.blocks import Block
from pipelines.extraction.plan_items.contexts import Context
from pipelines.extraction.plan_items.items import Item
from pipelines.extraction.plan_items.numbering import Entry, hang, read_number
from pipelines.extraction.plan_items.titles import (
    CLOSING,
    deadline_of,
    end_of_range,
    goal_title,
    level_of,
    short_title,
)
from pipelines.extraction.plan_items.unnumbered import inline_list, listed_parts, parallel_heads, table_rows

BY_YEAR = (
    r"(?:(?:力争|争取|确保)?[到至]|展望)(20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年(?:底|末|年底)?"
    r"(?:[，,：:、]|(?=[^\d，,。]))"
)
GOAL_AT_ONCE = re.compile(BY_YEAR)
# ——到2025年, 主要目标：到2025年, 《规划》提出,到2025年, 根据计划，到2025年
GOAL_YEAR = re.compile(
    r"(?:[—–\-]{1,2}|[^，。；：:]{2,20}[：:]"
    r"|(?:根据|按照)?(?:该|此)?(?:《[^《》]{2,30}》|计划|方案|规划|意见|纲要)(?:提出|明确|指出|要求)?[，,:：]?|经过[^，,]{2,8}努力[，,])?\s*"
    + BY_YEAR
)
# 共5个部分、20条措施，提出到2025年，…
GOAL_TOLD = re.compile(r"(?:提出|明确|力争|确保|争取|努力)[，,：:]?" + BY_YEAR)
# 2025年，完成…: under goals a year needs no 到
CHINESE_DIGITS = "〇一二三四五六七八九"
YEAR_OF_STAGE = re.compile(r"(20\d{2})年(?:底|末|年底)?[，,：:]")
# 到2025年,…；到2035年,…: a semicolon parts goals
GOAL_SENTENCE = re.compile(r"[^。！!；;\n]+[。！!；;]?")
GOALS = re.compile(r"目标|愿景|要求|蓝图|(?:主要|方案|规划|计划|政策)内容$")
# what stands under principles, goals and supplementary provisions is no task
NO_TASKS_BELOW = re.compile(
    r"(?:思想|原则|附则|基础|形势|背景|目标|总体要求|保障措施|保障机制|推进措施)$"
    r"|^(?:规划|方案|组织|实施|工作|政策|强化|加强|健全|完善|做好)*(?:保障|组织实施|组织领导|实施机制|工作要求)$"
    r"|^(?:坚持|保障|强化|健全)*规划(?:的)?(?:组织)?实施$|(?:实施|工作|推进)步骤$|(?:进度|时间)安排$"
)
# （一）做强产业 holds 1. 2. 3.; a digit that holds （1） is a task still
GROUPING = frozenset(("part", "chapter", "section", "comma", "round"))
LONGEST_TITLE_LINE = 60
# 第一章 发展基础……3: a line of the contents
PAGE_NUMBER = re.compile(r"[\s.．·…]*\d*$")


def read_outline(text: str, context: Context, year: int | None) -> list[Item]:
    """The items of a stretch of blocks.

    Args:
        text: Clean text of the document.
        context: The stretch and its plan.
        year: The document's year.
    """
    blocks = [block for block in context.blocks if block.kind not in ("metadata", "credit", "caption", "title")]
    if context.kind == "speech":
        return parallel_heads(text, blocks)
    entries = hang(_without_contents(text, list(_entries(text, blocks))))
    items = _numbered(text, entries, year)
    items += _goal_years(text, blocks, entries)
    items += table_rows(text, blocks)
    if not items and context.kind == "plan":
        items += parallel_heads(text, blocks)
    if not entries and not any(item.level != "goal_year" for item in items):
        items += list(inline_list(text, blocks)) or list(listed_parts(text, blocks))
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


def _without_contents(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Entries without the table of contents, whose lines all stand again before their own words."""
    last = {_line(text, entry): entry for entry in entries}
    return [entry for entry in entries if last[_line(text, entry)] is entry or entry.more]


def _line(text: str, entry: Entry) -> tuple[str, str, str]:
    return entry.style, entry.own, PAGE_NUMBER.sub("", text[entry.title : entry.end])


def _numbered(text: str, entries: Sequence[Entry], year: int | None) -> list[Item]:
    parents = {id(entry.parent) for entry in entries if entry.parent is not None}
    items = []
    for entry in entries:
        # 专栏2 重大工程: the number counts boxes, not parts of the plan
        title = short_title(text, entry.start if entry.style == "box" else entry.title, entry.end)
        words = text[slice(*title)]
        if not words.strip():
            continue
        if goal := GOAL_AT_ONCE.match(text, entry.title, entry.end):
            entry.number = _digits(goal[1])
            title = _goal_words(text, goal.end(), entry.end)
            items.append(Item(entry, "goal_year", title, entry.number, "goal-year"))
            continue
        level = level_of(words)
        if level == "task" and id(entry) in parents and (entry.parent is None or entry.style in GROUPING):
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
    seen = {entry.number for entry in entries if GOAL_AT_ONCE.match(text, entry.title, entry.end)}
    starts = {entry.start: entry for entry in entries}
    current: Entry | None = None
    for block in blocks:
        if block.kind == "table_row":
            continue
        current = starts.get(block.start) or current
        if text.find("年", block.start, block.end) < 0 or not _may_hold_goals(text, current):
            continue
        for sentence in GOAL_SENTENCE.finditer(text, block.start, block.end):
            match = GOAL_YEAR.match(text, *sentence.span()) or GOAL_TOLD.search(text, *sentence.span())
            if match is None and current is not None:
                match = YEAR_OF_STAGE.match(text, *sentence.span())
            year = _digits(match[1]) if match else ""
            if match is None or year in seen:
                continue
            seen.add(year)
            goal = Entry("", 99, year, sentence.start(), match.end(), sentence.end(), None)
            goal.number, goal.parent = year, current
            yield Item(goal, "goal_year", _goal_words(text, match.end(), sentence.end()), year, "goal-year")


def _digits(year: str) -> str:
    """A year in digits: 二〇三五 is 2035."""
    return year if year.isascii() else "".join(str(max(0, CHINESE_DIGITS.find(digit))) for digit in year)


def _may_hold_goals(text: str, entry: Entry | None) -> bool:
    """Goal years stand before the first entry or under one that is about goals; a year under a task is its deadline."""
    return entry is None or GOALS.search(_title_words(text, entry)) is not None


def _goal_words(text: str, start: int, end: int) -> tuple[int, int]:
    title = goal_title(text, start, end)
    tail = CLOSING.search(text, *title)
    return (title[0], tail.start()) if tail else title


def _title_words(text: str, entry: Entry) -> str:
    return text[slice(*short_title(text, entry.title, entry.end))]
