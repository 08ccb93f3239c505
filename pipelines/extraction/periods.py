"""When a number holds: words of time to ISO 8601 periods.

Here: finding every expression of time in a text (2022~2025年, 去年, 前三季度, “十四五”期间, 20年来) and resolving
it against the publication date and the period in force. Not here: the words themselves (`time_words`), which number
a period governs (`when`), and dates of publication, which the cleaner reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.extraction.time_words import PERIOD, PLANS, RELATIVE_YEARS, bounds, day, integer, part_of_year

# 比上年增长, 与去年同期持平: what a figure is compared with, not when it holds
COMPARED = re.compile(r"(?:比|较|与|同|相比|超过|高于|低于|好于|快于|于|为|是|占)$")
# 按2018年平均汇率计算, 2020年不变价: what values are counted in
BASIS = re.compile(r"(?:年)?(?:的)?(?:平均)?(?:汇率|不变价|可比价|价格水平)")
COPULA = re.compile(r"[为是]$")
FIRST_HALF = 6
CHARACTER_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(slots=True)
class Period:
    """A stretch of time that a text names.

    Attributes:
        time_period: ISO 8601 (`2023`, `2024-09`, `2017-01/2017-03`, `2022/2025`), None when it cannot be told.
        basis: explicit, relative, context or unknown.
        start: Offset of the first character.
        end: Offset behind the last.
        text: The words.
        role: state (it says when), comparison (同比, 比上年), span (20年来), streak (连续N年) or vague (近年来, 目前).
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


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words of time are resolved against.

    Attributes:
        published: Publication date or None.
        year: The year that 今年 means (of the publication, or concluded from the text), None when unknown.
        context_year: The year in force from a heading or an earlier sentence, for months and quarters without a year.
        to_the_day: Whether the publication is known to the day; else `published` is the last day that it can be.
    """

    published: date | None = None
    year: int | None = None
    context_year: int | None = None
    to_the_day: bool = True


# what an expression means: its ISO period, basis, role and number of years
Meaning = tuple[str | None, str, str, int | None]
UNKNOWN: Meaning = (None, "unknown", "state", None)
VAGUE: Meaning = (None, "unknown", "vague", None)


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
    for match in PERIOD.finditer(text):
        kind = (match.lastgroup or "").removeprefix("k_")
        meaning = _meaning(kind, match, clock, year_named)
        if meaning is None:
            continue
        time_period, basis, role, years = meaning
        before = text[max(0, match.start() - 2) : match.start()]
        if role == "state" and kind in ("relative", "same", "part", "year", "plan") and COMPARED.search(before):
            role = role if kind in ("year", "plan") and COPULA.search(before) else "comparison"
        if role == "state" and BASIS.match(text, match.end()):
            role = "comparison"
        if role == "state" and time_period and kind in ("year", "iso", "relative", "year_in_characters"):
            year_named = int(time_period[:4])
        yield Period(time_period, basis, match.start(), match.end(), match.group(), role, years)


def _meaning(kind: str, match: re.Match[str], clock: Clock, year_named: int | None) -> Meaning | None:
    """What the words mean; None where they are no expression of time after all."""
    words = match.group()
    if kind == "iso":
        date_stated = day(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"]))
        return (date_stated, "explicit", "state", None) if date_stated else None
    if kind == "years":
        first, last = (match["from"], match["until"]) if match["from"] else (match["and_a"], match["and_b"])
        return f"{first}/{last}" if int(first) <= int(last) else None, "explicit", "state", None
    if kind == "months":
        first_month, last_month = int(match["month_from"]), int(match["month_until"])
        first = part_of_year(int(match["months_from"]), f"{first_month}月")
        last = part_of_year(int(match["months_until"]), f"{last_month}月")
        return (f"{first}/{last}", "explicit", "state", None) if first and last and first < last else None
    if kind == "year_in_characters":
        digits = match["year_cn"].translate(CHARACTER_DIGITS)
        return digits, "explicit", "state", None
    if kind == "since":
        until = clock.context_year or clock.year
        since = match["since"]
        return f"{since}/{until}" if until and until > int(since) else since, "explicit", "state", None
    if kind == "year":
        return part_of_year(int(match["year"]), match["year_part"] or ""), "explicit", "state", None
    if kind == "plan":
        return _plan(match)
    if kind == "relative":
        return _relative(match, clock, year_named)
    if kind == "span":
        return _span(match, clock)
    if kind == "streak":
        return None, "unknown", "streak", integer(match["streak_number"] or match["streak_number2"])
    if kind == "part":
        return _part(words, clock, year_named)
    if kind == "same":
        return None, "unknown", "comparison", None
    if words in ("昨天", "昨日", "今天", "今日") and clock.published and clock.to_the_day:
        stated = clock.published - timedelta(days=1 if words.startswith("昨") else 0)
        return stated.isoformat(), "relative", "day", None
    return VAGUE


def _plan(match: re.Match[str]) -> Meaning | None:
    """“十四五”期间 is five years, “十四五”末 their last; 十四五规划 is a title."""
    first, part = PLANS[match["plan"]], match["plan_part"]
    if part in ("末", "末期", "期末", "收官之年", "收官"):
        return str(first + 4), "explicit", "state", None
    if part in ("开局之年", "开局"):
        return str(first), "explicit", "state", None
    if part in ("规划", "规划期", None) and not match["plan_mark"]:
        return None
    return f"{first}/{first + 4}", "explicit", "vague" if part in (None, "规划", "") else "state", None


def _relative(match: re.Match[str], clock: Clock, year_named: int | None) -> Meaning:
    """去年, 上年末, 今年一季度; 上年 is the year before the one in force, 当年 the year just named."""
    role = "comparison" if match["relative_same"] else "state"
    words = match["relative"]
    if words in ("上年", "上一年") and clock.context_year:
        year = clock.context_year - 1
    elif words == "当年" and (year_named or clock.context_year):
        year = year_named or clock.context_year or 0
    elif clock.year is not None:
        year = clock.year + RELATIVE_YEARS[words]
    else:
        return None, "unknown", role, None
    return part_of_year(year, match["relative_part"] or ""), "relative", role, None


def _part(words: str, clock: Clock, year_named: int | None) -> Meaning:
    """一季度, 1-7月, 9月20日, 全年: of the year named or in force."""
    if words.startswith(("年初以来", "年内")):
        return VAGUE
    year = year_named or clock.context_year or clock.year
    if year is None:
        return UNKNOWN
    basis = "explicit" if year_named else "context" if clock.context_year else "relative"
    if words.startswith("全年"):
        return str(year), "relative", "state", None
    return part_of_year(year, words), basis, "state", None


def _span(match: re.Match[str], clock: Clock) -> Meaning:
    """近三年, 20年来, 20年前, 未来五年."""
    now = clock.year
    if match["future"]:
        years = integer(match["future_number"])
        return (_years(now, now + years - 1), "relative", "vague", None) if now and years else VAGUE
    if match["ago"]:
        years = integer(match["ago_number"])
        base = clock.context_year or now
        if base is None or years is None or match["ago_many"]:
            return UNKNOWN
        return str(base - years), "relative", "state", None
    if match["near"]:
        return _near(match, clock)
    years = integer(match["along_number"])
    if now is None or years is None or match["along_many"]:
        return None, "unknown", "span", years
    if (clock.published and clock.published.month <= FIRST_HALF) or clock.context_year == now - 1:
        # 五年来 said in a January report, or of the year before, are the five whole years before it
        return _years(now - years, now - 1), "relative", "span", years
    return f"{now - years}/{now}", "relative", "span", years


def _near(match: re.Match[str], clock: Clock) -> Meaning:
    """近三年 said in March 2025 are the last three whole years."""
    years = integer(match["near_number"])
    year = clock.context_year or clock.year
    if match["near"] == "前" and match["near_unit"] != "年" and years and year:
        # 前五个月 are the first of the year
        return part_of_year(year, f"前{years}个月"), "relative", "state", None
    if match["near_unit"] != "年" or not years:
        return VAGUE
    last = clock.context_year or (clock.year - 1 if clock.year else None)
    if last is None:
        return None, "unknown", "span", years
    first = last - years + 1
    return _years(first, last), "relative", "state", years


def _years(first: int, last: int) -> str:
    return str(last) if first == last else f"{first}/{last}"
