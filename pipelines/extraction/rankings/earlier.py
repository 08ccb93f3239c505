"""Ranks of other years on the same list: 2018年居87位、2019年升至第79位; 由2020年的第83位升至第61位.

Here: the years that follow a rank, and where it is told to have stood before. Not here: a second rank among others
(`inherited`). An earlier rank whose year is not told (由第9位升至第8位) stays unread: no edition could be given to it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipelines.extraction.indicators import last_named
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import NUMERAL, integer

# 第92位|，2018年居|87位; 第79位|，2020、2021年分别为|第73位和第66位
YEARS = re.compile(r"[，,、；;]?\s*(?:到了?|至|而)?20\d{2}年?(?:[、，,和]20\d{2}年?)*(?:[^，,。；;：:\d第前（(]{0,12})")
YEAR = re.compile(r"20\d{2}")
STOOD = re.compile(
    rf"(?:由|从|自)(?P<when>20\d{{2}}年|去年|上年|上一?届|上一年|前一年)度?(?:同期)?的?[\u4e00-\u9fff]{{0,6}}?第?(?P<was>{NUMERAL})(?:名|位)?"
    r"[^，。；、第\d]{0,14}$"
)
MOVED_FROM = re.compile(
    rf"[，,]?(?:较|比)(?P<when>20\d{{2}}年)[\u4e00-\u9fff]{{0,8}}?的?第(?P<was>{NUMERAL})(?:名|位)"
    r"(?:前移|前进|上升|提升|下降|后移|后退|下滑)"
)


def yearly(view: View, run: Sequence[re.Match[str]], last: Position) -> list[Position]:
    """The ranks of a run that go on with the year before each: 2018年居87位.

    Args:
        view: The sentence.
        run: Ranks that are joined by list marks.
        last: The position before them.
    """
    between = view.text[last.end : run[0].start()]
    years = YEAR.findall(between)
    if len(years) != len(run) or not last.edition or YEARS.fullmatch(between) is None:
        return []
    if last_named(between, len(between)) or view.lists(last.end, run[0].start()):
        # 2024年经济总量居第3位: another order
        return []
    return [
        replace(
            last,
            edition=year,
            rank=integer(rank["rank"]) if rank["rank"] else 1 if rank["top"] else None,
            within=integer(rank["within"]) if rank["within"] else None,
            streak=None,
            start=last.end,
            end=rank.end(),
            number=rank.span(),
        )
        for rank, year in zip(run, years, strict=True)
    ]


def stood(view: View, positions: Iterable[Position]) -> Iterator[Position]:
    """Where those stood before of whom the year is told: 由2020年的第83位升至第61位, 较2018年的第99位前移.

    Args:
        view: The sentence.
        positions: The positions found.
    """
    for position in positions:
        if position.rank is None:
            continue
        match = STOOD.search(view.text[: position.number[0]]) or MOVED_FROM.match(view.text, position.end)
        rank = integer(match["was"]) if match else None
        if match is None or rank is None or rank == position.rank:
            continue
        told = YEAR.search(match["when"])
        year = told.group() if told else _year_before(position.edition)
        if year is not None and year != position.edition:
            span, number = (min(match.start(), position.start), match.end("was")), match.span("was")
            yield replace(position, edition=year, rank=rank, streak=None, start=span[0], end=span[1], number=number)


def _year_before(edition: str | None) -> str | None:
    return str(int(edition) - 1) if edition and YEAR.fullmatch(edition) else None
