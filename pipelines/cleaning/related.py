"""Snippets of other documents: cut-off texts, with the headline and the time that belong to each.

Belongs here: where such a region begins and ends, and which blocks are one snippet. Does not belong here: the words
that announce one (furniture.csv, kind `related_marker`).
"""

import re
from collections.abc import Callable, Mapping, Sequence

from pipelines.cleaning.dates import parse_moment
from pipelines.cleaning.furniture import Furniture
from schemas.documents import Block

# A time in a line of its own, with the source before it at most.
_TIME = re.compile(
    r"(?:[^。；！？\d]{0,24}\s)?[\[(（]?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"(?:[ T]\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[\])）]?"
)
# · 一季度全市经济运行情况… [2013-04-24]: a snippet in one line, its day at the end.
_DATED_END = re.compile(r"[\s\[(（….](?P<day>(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[\])）]?$")
_LONGEST_END = 16
_EDITORS = re.compile(r"编辑|责编|编审")
# What a site lists below a document; 附表, 注 and the like belong to the document.
_HEADLINE = re.compile(r"(?!附|注|单位|说明|备注|表\d|[(（])[^。；]{8,80}(?<![。；:：])")
_MIN_HEADLINES = 2
_CUT_START = re.compile(r"\.{3}|…")
_CUT_END = re.compile(r"(?:\.{3,}|…+|\[\.{3}\]|\[…\])(?:\s?(?:\[?(?:详细|全文|更多|查看)\]?))?$")
# A whole paragraph: what a snippet, which is cut off, is not.
_WHOLE = re.compile(r".{60,}[。！？”]$")
_CUT_LENGTH = 20
# Furniture that ends a region; a further marker begins the next one.
_ENDS = frozenset(("related_end", "related_marker", "comments_marker"))
# A snippet has one headline, or it twice.
_MAX_HEADLINES, _MAX_HEADLINE = 2, 60


def mark_related(
    texts: Sequence[str],
    blocks: Sequence[Block],
    marked: Mapping[int, Furniture],
    regions: Mapping[int, str],
    last_prose: int,
) -> None:
    """Put related snippets into their section, and give each its group and, where it has one, its date.

    Args:
        texts: the clean text of each block.
        blocks: the blocks, which are filled in.
        marked: the furniture row of each block that one reads.
        regions: what the markup says, by number of the block.
        last_prose: number of the last block of prose.
    """
    group = 0
    number = 0
    while number < len(texts):
        row = marked.get(number)
        if row is not None and row.kind == "comments_marker":
            # What readers write below a document is none of it.
            end = _end_of_region(texts, marked, number + 1)
            for below in range(number + 1, end):
                blocks[below].section = "boilerplate"
            number = end
            continue
        if regions.get(number) == "related":
            end = next((n for n in range(number, len(texts)) if regions.get(n) != "related"), len(texts))
            members = [n for n in range(number, end) if n not in marked]
        elif row is not None and row.kind == "related_marker":
            end = _end_of_region(texts, marked, number + 1)
            members = [n for n in range(number + 1, end) if n not in marked]
        elif row is not None and row.kind == "related_line":
            # 上期回顾：…: what it announces stands in the same line.
            end = number + 1
            members = [number]
        elif number not in marked and _is_cut(texts, number) and (_has_time(texts, number) or number > last_prose):
            end = _end_without_marker(texts, marked, number)
            members = list(range(number, end))
        else:
            number += 1
            continue
        group = _group(texts, blocks, members, group)
        number = end


def mark_headlines(texts: Sequence[str], blocks: Sequence[Block], tail: range, is_free: Callable[[int], bool]) -> None:
    """Headlines of other documents below the line that names the editors, each a snippet of its own.

    Args:
        texts: the clean text of each block.
        blocks: the blocks, which are filled in.
        tail: numbers of the blocks below the prose.
        is_free: whether nothing has been said about a block yet.
    """
    editors = max((n for n in tail if blocks[n].kind == "credit" and _EDITORS.search(texts[n])), default=None)
    if editors is None:
        return
    kinds = ("paragraph", "list_item", "heading")
    below = [n for n in range(editors + 1, len(texts)) if blocks[n].kind in kinds and is_free(n)]
    found = [n for n in below if _HEADLINE.fullmatch(texts[n])]
    if len(found) < _MIN_HEADLINES:
        return
    group = max(block.group for block in blocks)
    for place, number in enumerate(found, 1):
        blocks[number].section, blocks[number].group = "related", group + place


def _is_cut(texts: Sequence[str], number: int) -> bool:
    return len(texts[number]) >= _CUT_LENGTH and _CUT_START.match(texts[number]) is not None


def _has_time(texts: Sequence[str], number: int) -> bool:
    """Whether the next line is a time and nothing else."""
    return number + 1 < len(texts) and _TIME.fullmatch(texts[number + 1]) is not None


def _end_without_marker(texts: Sequence[str], marked: Mapping[int, Furniture], start: int) -> int:
    """Where snippets that nothing announced end: after the last cut-off text; headlines stand between them."""
    end = start + 1 + _has_time(texts, start)
    number = end
    while number < min(end + _MAX_HEADLINES + 1, len(texts)) and number not in marked:
        if _is_cut(texts, number):
            end = number + 1 + _has_time(texts, number)
            number = end
        elif len(texts[number]) > _MAX_HEADLINE:
            break
        else:
            number += 1
    return end


def _end_of_region(texts: Sequence[str], marked: Mapping[int, Furniture], start: int) -> int:
    """Where the snippets after a marker end: at the end of the page, or where two whole paragraphs stand."""
    whole = 0
    for number in range(start, len(texts)):
        text = texts[number]
        if number in marked and marked[number].kind in _ENDS:
            return number
        if _WHOLE.match(text) and not _CUT_START.match(text) and not _has_time(texts, number):
            whole += 1
            if whole == 2:
                return number - 1
        else:
            whole = 0
    return len(texts)


def _group(texts: Sequence[str], blocks: Sequence[Block], numbers: Sequence[int], group: int) -> int:
    """Divide the blocks of a region into snippets; returns the number of the last group.

    A time ends its snippet where times follow the snippets, and begins one where they come first. Without times, a
    cut-off end does.
    """
    times = {n for n in numbers if _TIME.fullmatch(texts[n])}
    dated = {
        n: found["day"] for n in numbers if n not in times and (found := _DATED_END.search(texts[n][-_LONGEST_END:]))
    }
    cuts = {n for n in numbers if n in dated or _CUT_END.search(texts[n][-_CUT_LENGTH:])}
    time_first = bool(numbers) and numbers[0] in times
    members: list[int] = []
    for number in numbers:
        if time_first and number in times and members:
            group = _close(texts, blocks, members, times, dated, group)
            members = []
        members.append(number)
        ends = number in times if times else (number in cuts or not cuts)
        if ends and not time_first:
            group = _close(texts, blocks, members, times, dated, group)
            members = []
    return _close(texts, blocks, members, times, dated, group) if members else group


def _close(
    texts: Sequence[str],
    blocks: Sequence[Block],
    members: Sequence[int],
    times: set[int],
    dated: Mapping[int, str],
    group: int,
) -> int:
    group += 1
    stated = [texts[n] if n in times else dated[n] for n in members if n in times or n in dated]
    moment = parse_moment(stated[0]) if stated else None
    for number in members:
        block = blocks[number]
        block.section, block.group = "related", group
        block.published = moment.at.date() if moment else None
        if number in times:
            block.kind = "metadata"
    return group
