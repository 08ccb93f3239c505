"""The place of a number by its position among the numbers that 分别 hands out.

Here: lists of places before the word (长阳、五峰两县…分别为82亿元、46亿元), values with their places, and things that
begin with theirs. Not here: the names that such numbers have (`binding.respectively`), and members of a list that only
a count stands for (`members`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extraction.places import Mention

# 分获 hands out seats
HANDS_OUT = re.compile("分别|依次|分获|分占")
LIST_MARK = re.compile(r"[、和与]|以及")
TO_THE_END = re.compile(r"[^，,；;。]*")
PAIR_BREAK = re.compile(r"[；;、]")
# 秀山|344.2亿元、|松桃|186.5亿元，同比|分别
VALUED = re.compile(
    r"[（(为达到]{0,2}[\d.]+[万亿]?[\u4e00-\u9fff%％]{1,4}[)）]?[、，,；;和与及]{1,2}(?:同比|[比较](?:上年|去年|上届)|同口径)*"
)


class Handed(NamedTuple):
    """A list of numbers: where the word stands that hands it out, how long it is, and which of them is meant."""

    start: int
    length: int
    position: int


def handed_out(text: str, at: int) -> Handed | None:
    """The list of numbers that a number stands in, None where no word hands it out.

    Args:
        text: The sentence.
        at: Where the number stands.

    Examples:
        >>> handed_out("两县分别增长8.1%、7.2%", 12)
        Handed(start=2, length=2, position=1)
    """
    found = list(HANDS_OUT.finditer(text, 0, at))
    if not found:
        return None
    words = found[-1]
    listed = TO_THE_END.match(text, words.end())
    if listed is None or listed.end() <= at:
        return None
    before = len(LIST_MARK.split(text[words.start() : at]))
    return Handed(words.start(), len(LIST_MARK.split(listed.group())), before - 1)


def behind_lists(text: str, end: int, start: int) -> int:
    """Where the lists end that were handed out before another one.

    三县常住人口分别为17.6万人、14.2万人和20.7万人，|城镇化率分别为…: the second list goes to the same places.

    Args:
        text: The sentence.
        end: Where the places end.
        start: Where the word stands that hands the list out.
    """
    for earlier in HANDS_OUT.finditer(text, end, start):
        told = TO_THE_END.match(text, earlier.end())
        end = told.end() if told is not None and earlier.start() >= end else end
    return end


def by_position(text: str, run: Sequence[Mention], mentions: Sequence[Mention], at: int) -> Mention | None:
    """The place that a number of a list belongs to, None where positions do not tell.

    Args:
        text: The sentence.
        run: The places that can govern the number, with nothing but list marks between them.
        mentions: The places of the sentence before the number.
        at: Where the number stands.
    """
    handed = handed_out(text, at)
    if handed is None:
        return None
    return _of_run(text, run, handed) or _of_values(text, mentions, handed) or _of_things(text, mentions, handed)


def _of_run(text: str, run: Sequence[Mention], handed: Handed) -> Mention | None:
    """长阳、五峰两县旅游收入分别为82亿元、46亿元: places in a list of their own."""
    start = handed.start
    if len(run) != handed.length or len(run) == 1 or run[-1].end > start:
        return None
    named = behind_lists(text, run[-1].end, start)
    if "、" in text[named:start] or (PAIR_BREAK.search(text, named, start) and run[-1].own):
        # …分别增长6.5%、7.1%；固定资产投资分别增长…: the second list goes to the same places
        return None
    return run[handed.position]


def _of_values(text: str, mentions: Sequence[Mention], handed: Handed) -> Mention | None:
    """秀山344.2亿元、松桃186.5亿元、花垣87.3亿元，|分别增长|8.7%、7.9%和-1.2%: by the order of the values before."""
    run: list[Mention] = []
    end = handed.start
    for mention in reversed(mentions):
        if mention.start >= end or VALUED.fullmatch(text, mention.end, end) is None:
            break
        run.insert(0, mention)
        end = mention.start
    return run[handed.position] if len(run) == handed.length > 1 else None


def _of_things(text: str, mentions: Sequence[Mention], handed: Handed) -> Mention | None:
    """新生镇藤椒、花园镇麦冬产业产值|分别达到|2.1亿元和5.3亿元: the things of the list begin with their places."""
    begin = max(text.rfind(mark, 0, handed.start) for mark in "，,；;。") + 1
    starts = {mention.start: mention for mention in mentions if begin <= mention.start < handed.start}
    heads = [begin, *(mark.end() for mark in LIST_MARK.finditer(text, begin, handed.start))]
    if len(heads) != handed.length or len(heads) == 1 or any(head not in starts for head in heads):
        return None
    return starts[heads[handed.position]]
