"""When a number holds: words of time to ISO 8601 periods.

Here: finding every expression of time in a text (2022~2025年, 去年, 前三季度, “十四五”期间, 20年来) and the part that
it plays. Not here: the words themselves (`time_words`), what each means (`period_meanings`), which number a period
governs (`when`), and dates of publication, which the cleaner reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.extraction.period_meanings import Clock, meaning_of
from pipelines.extraction.time_words import PERIOD, bounds, integer, part_of_year

# 比上年增长, 与去年同期持平: what a figure is compared with, not when it holds
COMPARED = re.compile(r"(?:环比|比|较|与|同|相比|超过|高于|低于|好于|快于|于|为|是|占)$")
LAST_MONTH = 12
EACH_BEHIND = re.compile(r"[^，,；;。]*分别")
# 按2018年平均汇率计算, 2020年不变价: what values are counted in
BASIS = re.compile(r"(?:年)?(?:的)?(?:平均)?(?:汇率|不变价|可比价|价格水平)|(?:同期|数据|水平)*为(?:基[数期准]|可比基)")
# 在2025年|基础上|翻一番
# 在去年|增长12.3%的高基数上
ON_BASIS = re.compile(r"(?:的|末)?基础上|[^，。；]{0,14}基数(?:的?基础)?[上下]")
COPULA = re.compile(r"[为是]$")
# kinds of expressions that name the year which months behind them are of
NAMING = frozenset(("year", "iso", "relative", "year_in_characters", "named_year"))
LISTED = re.compile("[、和与及]")
# kinds of expressions that 比, 较, 与 may stand before
COMPARABLE = frozenset(("relative", "same", "part", "year", "plan", "census", "named_year", "ago", "whole_decade"))


@dataclass(slots=True)
class Period:
    """A stretch of time that a text names.

    Attributes:
        time_period: ISO 8601 (`2023`, `2024-09`, `2017-01/2017-03`, `2022/2025`), None when it cannot be told.
        basis: explicit, relative, context or unknown.
        start: Offset of the first character.
        end: Offset behind the last.
        text: The words.
        role: state (it says when), comparison (同比, 比上年), span (20年来), streak (连续N年), later (此后) or vague
            (近年来, 目前).
        years: How many years a streak or span counts, else None.
    """

    time_period: str | None
    basis: str
    start: int
    end: int
    text: str
    role: str = "state"
    years: int | None = None

    @property
    def start_date(self) -> date | None:
        """First day, None when the period is unknown."""
        return bounds(self.time_period)[0] if self.time_period else None

    @property
    def end_date(self) -> date | None:
        """Last day, None when the period is unknown."""
        return bounds(self.time_period)[1] if self.time_period else None

    @property
    def is_day(self) -> bool:
        """Whether it is one day: the date of an event, not the period of a statistic."""
        return self.time_period is not None and len(self.time_period) == len("2024-09-20")


def read_periods(text: str, published: date | None = None, clock: Clock | None = None) -> list[Period]:
    """Every expression of time in a text.

    Args:
        text: Clean text.
        published: Date against which 去年, 今年, 近三年 are resolved.
        clock: Fuller context than `published` alone; wins over it.

    Returns:
        Periods in the order of the text.

    Examples:
        >>> [p.time_period for p in read_periods("近三年，到2025年", published=date(2025, 3, 1))]
        ['2022/2024', '2025']
        >>> [p.time_period for p in read_periods("2023年上半年，1-7月份", published=date(2023, 9, 1))]
        ['2023-01/2023-06', '2023-01/2023-07']
    """
    return list(iterate_periods(text, clock or Clock(published, published.year if published else None)))


def iterate_periods(text: str, clock: Clock) -> Iterator[Period]:
    """Like `read_periods`, with the context given; months without a year follow the nearest year named before them."""
    year_named: int | None = None
    # where the last yardstick of time ends, -1 where the last expression was none
    compared = -1
    for match in PERIOD.finditer(text):
        kind = (match.lastgroup or "").removeprefix("k_")
        if kind == "months_listed":
            yield from _listed_months(match, clock, year_named)
            continue
        meaning = meaning_of(kind, match, clock, year_named)
        if meaning is None:
            continue
        time_period, basis, role, years = meaning
        before = text[max(0, match.start() - 2) : match.start()]
        if match["ago"]:
            kind = "ago"
        if role == "state" and kind in COMPARABLE and COMPARED.search(before):
            role = role if kind in ("year", "plan") and COPULA.search(before) else "comparison"
        if role == "state" and kind == "census" and match.start() == compared:
            # 与2010年|第六次全国人口普查相比
            role = "comparison"
        if role == "state" and compared >= 0 and kind in COMPARABLE and LISTED.fullmatch(text, compared, match.start()):
            # 比一季度、|上半年、|前三季度加快: the others of the list as well
            role = "comparison"
        compared = match.end() if role == "comparison" else -1
        if role == "state" and (BASIS.match(text, match.end()) or ON_BASIS.match(text, match.end())):
            role = "comparison"
        # 由|上年|的2.12下降到2.08；恩格尔系数由上年的34.1%…: the year told of stays the same
        begins = match.group().startswith(("上年", "上一年")) and before[-1:] in ("由", "从", "自")
        # 恢复至2019年同期水平，1月至11月…: what it is held against
        begins = begins or text.endswith(("恢复至", "恢复到"), 0, match.start())
        if role == "state" and time_period and kind in NAMING and not begins:
            year_named = int(time_period[:4])
        yield Period(time_period, basis, match.start(), match.end(), match.group(), role, years)


def _listed_months(match: re.Match[str], clock: Clock, year_named: int | None) -> Iterator[Period]:
    """4、5、6月: a month each; from January on they are one time."""
    year = year_named or clock.context_year or clock.year
    basis = "explicit" if year_named else "context" if clock.context_year else "relative"
    numbers = list(re.finditer(r"[^、和月份]+", match.group()))
    counted = [integer(number.group()) for number in numbers]
    if counted == list(range(1, len(counted) + 1)) and not EACH_BEHIND.match(match.string, match.end()):
        # 一、二月份: together, as statistics tell January and February
        time_period = f"{year}-01/{year}-{len(counted):02d}" if year and len(counted) <= LAST_MONTH else None
        yield Period(time_period, basis if time_period else "unknown", match.start(), match.end(), match.group())
        return
    for number in numbers:
        start = match.start() + number.start()
        end = match.end() if number is numbers[-1] else match.start() + number.end()
        time_period = part_of_year(year, f"{number.group()}月") if year else None
        yield Period(time_period, basis if time_period else "unknown", start, end, number.group())
