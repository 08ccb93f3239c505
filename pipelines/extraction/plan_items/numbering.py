"""The numbering of a plan: what stands at the beginning of a line, and the tree that it makes.

Here: reading 一、 （一） 1. 第三章 任务一 ① as the number of an entry, and hanging entries under each other. The styles
are rows of `schemas/registry/plan_numbering.csv`. Not here: what an entry is (`titles`) and which lines belong to a
plan (`contexts`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.numerals import CHINESE_NUMERAL, parse_chinese

NUMERAL = "[零〇一二三四五六七八九十百]"
STARTS_LIKE_A_NUMBER = frozenset("第任行专附举措工目（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" + CHINESE_NUMERAL)
# ★任务一：…
BULLETS = "★☆▲△●○■□◆◇▶▷►◎•·※ "
LABEL = re.compile("任务|行动|举措|措施|工程|目标")
LONGEST_HEADING = 16
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(slots=True, eq=False)
class Entry:
    """An entry of a plan.

    Attributes:
        style: Name of its style of numbering, "" for none.
        rank: How high the style usually stands (1 is the highest).
        own: Its own number as digits, "" for none.
        start: Where it begins in the clean text.
        title: Where its title begins.
        end: Where the text of its block ends.
        number_span: Where its number stands, None for none.
        more: Spans of the unnumbered blocks that follow it.
        parent: The entry above it.
        opens: Whether it begins a list anew where another one ended (a line that announces it stands between).
        number: Its number as it is told: its own, or the year of a goal.
    """

    style: str
    rank: int
    own: str
    start: int
    title: int
    end: int
    number_span: tuple[int, int] | None
    more: list[tuple[int, int]] = field(default_factory=list)
    parent: "Entry | None" = None
    opens: bool = False
    number: str = ""


@lru_cache(maxsize=1)
def _styles() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple(
        (row["name"], int(row["rank"]), re.compile(row["pattern"].replace("{numeral}", NUMERAL)))
        for row in registry().table("plan_numbering")
    )


def read_number(text: str, start: int, end: int) -> Entry | None:
    """The entry that a block begins, None where it begins with no number.

    Args:
        text: Clean text.
        start: Where the block starts.
        end: Where it ends.

    Examples:
        >>> [read_number(line, 0, len(line)).own for line in ("二、任务", "（十二）引才", "2.1 布局", "③ 复核")]
        ['2', '12', '2.1', '3']
        >>> read_number("一二三产业融合", 0, 7), read_number("3.5亿元投资", 0, 7)
        (None, None)
    """
    begin = start
    while start < end - 1 and text[start] in BULLETS:
        start += 1
    if text[start] not in STARTS_LIKE_A_NUMBER:
        return None
    for name, rank, pattern in _styles():
        match = pattern.match(text, start, end)
        if match is None:
            continue
        written = next(group for group in match.groups() if group)
        own = _as_digits(written)
        if own is None:
            return None
        return Entry(name, rank, own, begin, match.end(), end, match.span(match.lastindex or 0))
    return None


def _as_digits(written: str) -> str | None:
    if written[0].isdigit() and written[0] not in CIRCLED:
        return written.replace("．", ".")
    if written in CIRCLED:
        return str(CIRCLED.index(written) + 1)
    value = parse_chinese(written)
    return None if value is None else str(int(value))


def hang(entries: Iterable[Entry], text: str) -> list[Entry]:
    """Give every entry its parent and its number.

    A style that is open already goes on at its place; a new one hangs under what stands above it. The number is what
    is written; what begins anew under each parent is told apart by the parent.

    Args:
        entries: Entries in the order of the text.
        text: Clean text.
    """
    open_entries: list[Entry] = []
    found = list(entries)
    for entry in found:
        if entry.opens:
            open_entries.clear()
        _close(open_entries, entry, text)
        entry.parent = open_entries[-1] if open_entries else None
        open_entries.append(entry)
    for entry in found:
        entry.number = entry.own
    return found


def _close(open_entries: list[Entry], entry: Entry, text: str) -> None:
    """Close what cannot hold the entry: its own style and all below it, or styles that rank lower."""
    above = entry.own.rpartition(".")[0]
    for index, other in enumerate(open_entries):
        if above and other.own == above:
            # 2.1 stands under 2 in whatever style 2 is written
            del open_entries[index + 1 :]
            return
    key = _key(entry)
    for index, other in enumerate(open_entries):
        if _key(other) == key:
            del open_entries[index:]
            return
    if entry.style == "box":
        # a box stands inside of what it stands in, and ends no chapter
        return
    word = LABEL.search(text, entry.start, entry.title) if entry.style == "label" else None
    for index, other in enumerate(open_entries):
        if word and word.group() in text[other.title : min(other.end, other.title + LONGEST_HEADING)]:
            # 二、八大任务 heads 任务一
            del open_entries[index + 1 :]
            return
    while open_entries and open_entries[-1].rank >= entry.rank:
        open_entries.pop()


def _key(entry: Entry) -> tuple[str, int]:
    return entry.style, entry.own.count(".")
