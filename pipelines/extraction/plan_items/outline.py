"""The entries of a stretch of blocks that plans: numbered lines and goal years.

Here: walking the blocks. Not here: numbers (`numbering`), words (`titles`), which blocks plan (`contexts`), items that
stand in tables and lists (`unnumbered`).
"""

import re
from collections.abc import Container, Iterator, Sequence

from pipelines.extraction.blocks import Block
from pipelines.extraction.lexicon import registry
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
from pipelines.extraction.time_words import PLANS

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
# headings that are no items: they stand above something else (发展基础, 保障机制), or above all items (主要任务)
ASIDE, HEADING = "aside", "heading"
# 任务七：实施…行动 is a task, whatever its words
LABELLED_TASK = re.compile(r"[★☆▲△●○■□◆◇▶▷►◎•·※ ]*(?:重点)?(?:任务|举措|措施)")
# 4.全社会研发经费投入增长（%） — — 12 预期性: the row of a table whose columns are lost
ROW_OF_TABLE = re.compile(
    r"[)）](?:\s+[\d.,%<>≥≤＜＞\[\]［］〔〕【】（）()—–\-以上下内左右]+)+(?:\s+\S{1,4})?$|\s(?:预期|约束)性?$"
)
UNIT_AT_END = re.compile(r"[（(]([^（()）]{1,8})[)）]$")
# 争当民族团结进步示范: a line of its own that stands above tasks, as others do
LONGEST_DEMONSTRATION = 30
LEAST_DEMONSTRATIONS = 2
BELOW_CHAPTERS = 3
PLAN_NAMED = re.compile(r"[“\"](十[一二三四五六]五)[”\"]")
YEARS_OF_A_PLAN = 5
# （一）做强产业 holds 1. 2. 3.; a digit that holds （1） is a task still
GROUPING = frozenset(("part", "chapter", "section", "comma", "round"))
LONGEST_TITLE_LINE = 60
LONGEST_ROW = 80
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
    entries = hang(_without_contents(text, list(_entries(text, blocks))), text)
    items = _numbered(text, entries, year)
    goals = list(_goal_years(text, blocks, entries))
    items += goals
    items += _numbered_goals(text, blocks, entries, goals, {id(item.entry) for item in items})
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
    demonstrations = _demonstrations(text, blocks)
    for block in blocks:
        if block.kind == "table_row" or _is_row_of_table(text, block):
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
        if entry is None and block.start in demonstrations:
            entry = Entry("demonstration", BELOW_CHAPTERS, "", block.start, block.start, block.end, None)
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


def _demonstrations(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """Where lines without a number begin that name a demonstration each."""
    found = [
        block.start
        for block in blocks
        if block.end - block.start <= LONGEST_DEMONSTRATION
        and text.endswith("示范", block.start, block.end)
        and level_of(text[block.start : block.end]) == "demonstration"
        and read_number(text, block.start, block.end) is None
    ]
    return frozenset(found) if len(found) >= LEAST_DEMONSTRATIONS else frozenset()


def _is_row_of_table(text: str, block: Block) -> bool:
    """Whether a line is the row of a table of targets, or the name of one: 地区生产总值（亿元）."""
    if block.end - block.start > LONGEST_ROW:
        return False
    unit = UNIT_AT_END.search(text, block.start, block.end)
    return (unit is not None and unit[1] in registry().units) or bool(ROW_OF_TABLE.search(text, block.start, block.end))


def _without_contents(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Entries without the table of contents, whose lines all stand again before their own words."""
    last = {_line(text, entry): entry for entry in entries}
    return [entry for entry in entries if last[_line(text, entry)] is entry or entry.more]


def _line(text: str, entry: Entry) -> tuple[str, str, str]:
    return entry.style, entry.own, PAGE_NUMBER.sub("", text[entry.title : entry.end])


def _numbered(text: str, entries: Sequence[Entry], year: int | None) -> list[Item]:
    parents = {id(entry.parent) for entry in entries if entry.parent is not None}
    levels = _levels(text, entries, year)
    items = []
    for entry in entries:
        title = short_title(text, entry.title, entry.end)
        words = text[slice(*title)]
        if not words.strip():
            continue
        if goal := GOAL_AT_ONCE.match(text, entry.title, entry.end):
            entry.number = _digits(goal[1])
            title = _goal_words(text, goal.end(), entry.end)
            items.append(Item(entry, "goal_year", title, entry.number, "goal-year"))
            continue
        level = levels[id(entry)]
        if level in (ASIDE, HEADING):
            continue
        if level == "task" and id(entry) in parents and (entry.parent is None or entry.style in GROUPING):
            level = "other"
        deadline = end_of_range(words)
        if deadline is None and level != "other":
            deadline = deadline_of(text, [(entry.start, entry.end), *entry.more[:1]], year)
        items.append(Item(entry, level, title, deadline, "numbered-entry"))
    _settle_siblings(items)
    return items


def _levels(text: str, entries: Sequence[Entry], year: int | None) -> dict[int, str]:
    """The level of each entry: by its words, and by what stands above and below it."""
    levels: dict[int, str] = {}
    # 13.加强组织领导 under 保障措施 goes on from the twelfth task
    reached: dict[str, str] = {}
    for entry in entries:
        level = _own_level(text, entry, year)
        goes_on = entry.own.isdigit() and reached.get(entry.style) == str(int(entry.own) - 1)
        if levels.get(id(entry.parent)) == ASIDE and not goes_on:
            level = ASIDE
        if level == ASIDE:
            reached.pop(entry.style, None)
        else:
            reached[entry.style] = entry.own
        levels[id(entry)] = level
    below: dict[int, list[Entry]] = {}
    for entry in entries:
        below.setdefault(id(entry.parent), []).append(entry)
    for entry in reversed(entries):
        # 第一章 站在新的起点 stands above 发展成就 and 发展环境 alone
        under = below.get(id(entry)) if entry.style in GROUPING else None
        if under and all(levels[id(one)] == ASIDE for one in under):
            levels[id(entry)] = ASIDE
    return levels


def _own_level(text: str, entry: Entry, year: int | None) -> str:
    words = _title_words(text, entry)
    level = ASIDE if entry.style == "box" else level_of(words)
    if entry.style == "label" and level != ASIDE and LABELLED_TASK.match(text, entry.start):
        return "task"
    plan = PLAN_NAMED.search(words) if year is not None and entry.style in GROUPING else None
    if plan and year is not None and PLANS.get(plan[1], year) + YEARS_OF_A_PLAN <= year:
        # “十四五”走过的路, in a plan of 2026, tells what was done
        return ASIDE
    return level


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


def _numbered_goals(
    text: str, blocks: Sequence[Block], entries: Sequence[Entry], goals: Sequence[Item], taken: Container[int]
) -> Iterator[Item]:
    """到2030年，主要目标是： above 1.综合实力跃上新台阶, 2.…: the goals of that year, one by one.

    Args:
        text: Clean text of the document.
        blocks: The blocks that plan.
        entries: Their numbered entries.
        goals: The goal years.
        taken: Ids of the entries that are items already.
    """
    starts = {entry.start: index for index, entry in enumerate(entries)}
    for goal in goals:
        at = next((n for n, block in enumerate(blocks) if block.start <= goal.entry.start < block.end), len(blocks))
        announces = at + 1 < len(blocks) and text[blocks[at].end - 1] in "：:"
        first = starts.get(blocks[at + 1].start) if announces else None
        if first is None or entries[first].own != "1":
            continue
        for number, entry in enumerate(entries[first:], 1):
            if entry.style != entries[first].style or entry.own != str(number) or id(entry) in taken:
                break
            entry.parent = goal.entry
            yield Item(entry, "other", short_title(text, entry.title, entry.end), goal.deadline, "numbered-goal")


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
