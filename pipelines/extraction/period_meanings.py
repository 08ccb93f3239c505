"""What an expression of time means.

Here: resolving one expression (去年, 前三季度, “十四五”期间, 20年来) against the publication date and the year in
force. Not here: finding them (`periods`) and the words themselves (`time_words`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.extraction.time_words import (
    CENSUSES,
    CENTURIES,
    EPOCHS,
    NAMED_YEARS,
    PLANS,
    RELATIVE_YEARS,
    bounds,
    day,
    integer,
    part_of_year,
    years_between,
)

FIRST_HALF = 6
FIRST_MONTHS = 2
# up to this month and day nobody has figures of the year yet
FIRST_DAYS = (1, 20)
STATE_OF_MONTH = re.compile(r"(?P<month>1[0-2]|[1-9])月[末份底]")
# 1—11月, 前三季度, 四季度: what was done in months that are over, unless the words around them plan it
MONTHS_DONE = re.compile(
    r"(?:1|元|一)月?(?:1日)?\s?[-－—–~～至到]{1,2}\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|\d{2}日)?|前.{1,3}个?月|前三季度|第?四季度|上半年"
)
PLANNED = re.compile("力争|确保|计划|拟|将|[^主需重]要|目标|争取|预计|预期|开工|底前|安排|按照|启动|到位$")
PLANNED_REACH, PLANNED_NEAR = 24, 6
DONE_OF_PLAN = re.compile(r"(?:占|完成)[^，；。]{0,6}(?:计划|目标|任务|预算)的?|重点项目")
AIMED = re.compile("力争|预计|确保|有望|争取|努力|计划|预期|冲刺")
FIRST_QUARTER = 3
# a state is told of a month that is over; what is that far ahead was last year's
LONGEST_AHEAD = 3
# the year that is told of, which need not be that of the page
CURRENT = frozenset(("当年", "本年"))
CHARACTER_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words of time are resolved against.

    Attributes:
        published: Publication date or None.
        year: The year that 今年 means (of the publication, or concluded from the text), None when unknown.
        context_year: The year in force from a heading or an earlier sentence, for months and quarters without a year.
        context_told: Whether that is the year of an earlier sentence of a page of news, and not of a heading.
        to_the_day: Whether the publication is known to the day; else `published` is the last day that it can be.
        named_year: The year that the paragraph named last, for 同年 and 次年.
    """

    published: date | None = None
    year: int | None = None
    context_year: int | None = None
    context_told: bool = False
    to_the_day: bool = True
    named_year: int | None = None


# what an expression means: its ISO period, basis, role and number of years
Meaning = tuple[str | None, str, str, int | None]
UNKNOWN: Meaning = (None, "unknown", "state", None)
RECORD_SINCE = re.compile(r"的?(?:历史)?(?:同期)?(?:新[高低]|最[高低好快多大强优]|次[高低])")
VAGUE: Meaning = (None, "unknown", "vague", None)


def meaning_of(kind: str, match: re.Match[str], clock: Clock, year_named: int | None) -> Meaning | None:
    """What an expression of time means.

    Args:
        kind: Its pattern in `time_words.PATTERNS`.
        match: Where it was found.
        clock: What relative words are resolved against.
        year_named: The year that the sentence named last.

    Returns:
        ISO period, basis, role and number of years; None where it is no expression of time after all.
    """
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
    if kind in SIMPLE_KINDS:
        return SIMPLE_KINDS[kind](match, clock)
    if kind == "named_year":
        return _named_year(match, clock, year_named)
    if kind == "since":
        if RECORD_SINCE.match(match.string, match.end()):
            # 增速创1997年以来|新高: for how long it has not been seen
            return VAGUE
        until = clock.context_year or clock.year
        since = match["since"]
        return f"{since}/{until}" if until and until > int(since) else since, "explicit", "state", None
    if kind == "year":
        return part_of_year(int(match["year"]), match["year_part"] or ""), "explicit", "state", None
    if kind == "plan":
        return _plan(match, clock)
    if kind == "relative":
        return _relative(match, clock, year_named)
    if kind == "span":
        return _span(match, clock)
    if kind == "streak":
        return None, "unknown", "streak", integer(match["streak_number"] or match["streak_number2"])
    if kind == "part":
        return _part(words, match, clock, year_named)
    if kind == "same":
        return None, "unknown", "comparison", None
    if words in ("昨天", "昨日", "今天", "今日") and clock.published and clock.to_the_day:
        stated = clock.published - timedelta(days=1 if words.startswith("昨") else 0)
        return stated.isoformat(), "relative", "day", None
    return VAGUE


def _census(match: re.Match[str], clock: Clock) -> Meaning | None:
    """第七次全国人口普查 counted the state of 2020."""
    year = CENSUSES.get(match["census"].replace("全国", ""))
    return (str(year), "explicit", "state", None) if year else None


def _decade(match: re.Match[str], clock: Clock) -> Meaning:
    """上世纪80年代 is ten years; 90年代 without a century is the last one that there was."""
    decade = integer(match["decade"])
    century = CENTURIES[match["century"]] if match["century"] else 1900
    return VAGUE if decade is None else (f"{century + decade}/{century + decade + 9}", "explicit", "state", None)


def _epoch(match: re.Match[str], clock: Clock) -> Meaning:
    """改革开放以来 began in 1978."""
    return (f"{EPOCHS[match['epoch']]}/{clock.year}", "relative", "span", None) if clock.year else VAGUE


def _within(match: re.Match[str], clock: Clock) -> Meaning:
    """三年内要建成… is a plan until then."""
    years = integer(match["within_number"])
    if not clock.year or not years:
        return VAGUE
    # 三年内 said in March counts the year that it is said in
    late = clock.published is not None and clock.published.month > FIRST_HALF
    return years_between(clock.year, clock.year + years - (not late)), "relative", "state", None


def _later(match: re.Match[str], clock: Clock) -> Meaning:
    """此后, 十年后: no year that can be told, but not the one before."""
    return None, "unknown", "later", None


SIMPLE_KINDS: dict[str, Callable[[re.Match[str], Clock], Meaning | None]] = {
    "census": _census,
    "whole_decade": _decade,
    "epoch": _epoch,
    "within": _within,
    "later": _later,
}


def _named_year(match: re.Match[str], clock: Clock, year_named: int | None) -> Meaning:
    """同年, 次年: counted on from the year named before; 当年 of no year is no year."""
    year = year_named or clock.named_year or clock.context_year
    if year is None:
        return VAGUE
    year += NAMED_YEARS[match["named_year"]]
    return part_of_year(year, match["named_year_part"] or ""), "context", "state", None


def _plan(match: re.Match[str], clock: Clock) -> Meaning | None:
    """“十四五”期间 is five years, “十四五”末 their last; 十四五规划 is a title."""
    first, part = PLANS[match["plan"]], match["plan_part"]
    if part in ("末", "末期", "期末", "收官之年", "收官"):
        return str(first + 4), "explicit", "state", None
    if part in ("开局之年", "开局"):
        return str(first), "explicit", "state", None
    if part is not None and part.startswith("前") and (years := integer(part[1])):
        # “十四五”前四年
        return f"{first}/{first + years - 1}", "explicit", "state", None
    if part in ("规划", "规划期", None) and not match["plan_mark"]:
        return None
    if part == "以来" and clock.year and clock.year > first + 4:
        # “十三五”以来 said in 2022 goes on beyond the plan
        return f"{first}/{clock.year}", "explicit", "state", None
    if part == "以来" and clock.year and clock.published and first < (last := _last_year_over(clock)) < first + 4:
        # “十四五”以来 said in January 2025 are the years to 2024
        return f"{first}/{last}", "explicit", "state", None
    return f"{first}/{first + 4}", "explicit", "vague" if part in (None, "规划", "") else "state", None


def _last_year_over(clock: Clock) -> int:
    """The last year that figures could tell of: the one before, in the first two months of a year."""
    published, year = clock.published, clock.year or 0
    return year - 1 if published and published.year == year and published.month <= FIRST_MONTHS else year


def _just_begun(clock: Clock) -> bool:
    """Whether the year was a few days old when the document spoke."""
    published = clock.published
    if published is None or not clock.to_the_day or published.year != clock.year:
        return False
    return (published.month, published.day) <= FIRST_DAYS


def _relative(match: re.Match[str], clock: Clock, year_named: int | None) -> Meaning:
    """去年, 上年末, 今年一季度; 上年 is the year before the one in force, 当年 the year just named."""
    role = "comparison" if match["relative_same"] else "state"
    words = match["relative"]
    if words in ("上年", "上一年") and (year_named or clock.context_year):
        # 2021年,…由上年的702亿元增至…: the year before the one that is told of
        year = (year_named or clock.context_year or 0) - 1
    elif words in CURRENT and (year_named or clock.named_year or clock.context_year):
        year = year_named or clock.named_year or clock.context_year or 0
    elif (
        words in CURRENT
        and clock.published
        and clock.published.month <= FIRST_MONTHS
        and not PLANNED.search(match.string, match.end(), match.end() + PLANNED_NEAR)
    ):
        # 现有企业168家，当年净增14家, told in February: of the year that is reported
        return part_of_year(clock.published.year - 1, match["relative_part"] or ""), "inferred", role, None
    elif words == "今年" and match.group().endswith("以来") and _just_begun(clock):
        # 今年以来完成产值95亿元 said on 17 January: of the year that has just ended, as the page still calls it
        return str((clock.year or 0) - 1), "inferred", role, None
    elif clock.year is not None:
        year = clock.year + RELATIVE_YEARS[words]
    else:
        return None, "unknown", role, None
    return part_of_year(year, match["relative_part"] or ""), "relative", role, None


def _long_ahead(match: re.Match[str], year: int, published: date) -> bool:
    """1—11月…增长7.1%, told in February: of the year before, where nothing around it plans."""
    told = part_of_year(year, match.group())
    last = bounds(told)[1] if told else published
    if year != published.year or last.year != published.year or last.month <= published.month + LONGEST_AHEAD:
        return False
    around = match.string[max(0, match.start() - PLANNED_REACH) : match.end() + PLANNED_REACH]
    # 占年度计划的109%: how much of the plan is done
    return PLANNED.search(DONE_OF_PLAN.sub("", around)) is None


def _of_this_year(words: str, match: re.Match[str], clock: Clock, context_year: int) -> bool:
    """Whether months without a year are of the one in which the page speaks, though a sentence told of the year before.

    慈溪市去年生产总值2639亿元。1—8月，…增长8%, in September: news tells the year that is over, then the months of this
    one. Below a heading, in a communiqué and in the first months of a year the year told of goes on.
    """
    published = clock.published
    if not clock.context_told or published is None or not clock.to_the_day or published.year != clock.year:
        return False
    if context_year != published.year - 1:
        return False
    if words.startswith("全年"):
        # 力争全年达到2800亿元
        return AIMED.search(match.string, max(0, match.start() - PLANNED_NEAR), match.start()) is not None
    told = part_of_year(published.year, words)
    return published.month > FIRST_QUARTER and told is not None and bounds(told)[1] <= published


def _part(words: str, match: re.Match[str], clock: Clock, year_named: int | None) -> Meaning:
    """一季度, 1-7月, 9月20日, 全年: of the year named or in force."""
    if words.startswith("年初以来"):
        return VAGUE
    if words.startswith("年内"):
        year = clock.context_year or clock.year
        # 年内减贫2163户, in a review of 2019
        basis = "context" if clock.context_year else "relative"
        return (str(year), basis, "state", None) if year else VAGUE
    context_year = clock.context_year
    if context_year and clock.year and context_year > clock.year + 1:
        # 一季度 and 全年 beside the horizon of a plan are of the year that it is spoken in
        context_year = None
    if context_year and context_year != clock.year and _of_this_year(words, match, clock, context_year):
        context_year = None
    if context_year and words == "年底" and match.string.startswith(("前", "之前"), match.end()):
        # 2011年…。力争|年底前|新增上市企业1家: before this year ends
        context_year = None
    if not context_year and clock.year and clock.named_year == clock.year - 1 and words.startswith("全年"):
        # 回顾2015年时，县长说，…。全年实现…: of the year that the paragraph looks back at
        context_year = clock.named_year
    year = year_named or context_year or clock.year
    if year is None:
        return UNKNOWN
    basis = "explicit" if year_named else "context" if context_year else "relative"
    if basis == "relative" and (state := STATE_OF_MONTH.fullmatch(words)) and clock.published is not None:
        # 12月末，贷款余额…, told in March
        year -= int(state["month"]) > clock.published.month + LONGEST_AHEAD and year == clock.published.year
    if basis == "relative" and clock.published is not None and MONTHS_DONE.fullmatch(words):
        year -= _long_ahead(match, year, clock.published)
    if words.startswith("全年"):
        return str(year), "relative", "state", None
    return part_of_year(year, words), basis, "state", None


def _span(match: re.Match[str], clock: Clock) -> Meaning:
    """近三年, 20年来, 20年前, 未来五年."""
    now = clock.year
    if match["future"]:
        years = integer(match["future_number"])
        if not now or not years:
            return VAGUE
        # 今后五年 said by a congress in August begin with the next year
        first = now + 1 if clock.published and clock.published.month > FIRST_HALF else now
        return _counted(first, first + years - 1, "state", years)
    if match["ago"]:
        years = integer(match["ago_number"])
        base = clock.context_year or now
        if base is None or years is None or match["ago_many"]:
            return UNKNOWN
        return _counted(base - years, base - years, "state", years)
    if match["near"]:
        return _near(match, clock)
    years = integer(match["along_number"])
    if now is None or years is None or match["along_many"]:
        return None, "unknown", "span", years
    if (clock.published and clock.published.month <= FIRST_HALF) or clock.context_year == now - 1:
        # 五年来 said in a January report, or of the year before, are the five whole years before it
        return _counted(now - years, now - 1, "span", years)
    return _counted(now - years, now, "span", years)


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
    return _counted(first, last, "state", years)


def _counted(first: int, last: int, role: str, years: int | None) -> Meaning:
    """Years counted from another; unknown where they would be of history (三千年来)."""
    period = years_between(first, last)
    return period, "relative" if period else "unknown", role, years
