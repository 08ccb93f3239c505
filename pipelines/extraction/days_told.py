"""Days and holidays that figures are told of, as the months that statistics know: 截至5月15日, “五一”假期.

Here: the month that they stand for. Not here: finding dates (`periods`) and the days of events (`undated`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.binding import Draft
from pipelines.extraction.periods import Period
from pipelines.extraction.setting import Setting

HOLIDAY_SIGN = re.compile("国庆|中秋|春节|五一|端午|清明|元旦|黄金周")
HOLIDAY = re.compile(rf"(?:{HOLIDAY_SIGN.pattern})[^，。；\d]{{0,6}}(?:假期|期间|长假|黄金周|[\d一二三四五六七八]+天)")
COMPARED = re.compile("[比较与]$")
# the holidays that lie in the same month every year
HOLIDAY_MONTHS = {"国庆": 10, "五一": 5, "元旦": 1, "清明": 4}
AS_OF = re.compile(r"(?:截至|截止到?|截止至)(?:[\d年]{5})?$")


def as_of(period: Period, text: str) -> Period:
    """截至|5月15日: how things stand in the month, as at its end (截至5月底).

    Args:
        period: An expression of time.
        text: The sentence.
    """
    if not period.is_day or period.time_period is None or AS_OF.search(text, 0, period.start) is None:
        return period
    return replace(period, time_period=period.time_period[: len("2024-05")], role="state")


def of_holiday(
    draft: Draft, text: str, periods: Sequence[Period], setting: Setting, time_period: str | None
) -> tuple[str | None, str] | None:
    """“五一”假期，接待游客36.2万人次: the month of the days, and not the year or the quarters told before.

    Args:
        draft: The draft.
        text: Its sentence.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
        time_period: The period that the draft would have without the holiday.

    Returns:
        (month, basis), (None, "unknown") where the holiday has no month of its own, None where none is told of.
    """
    at, published = draft.quantity.number_start, setting.clock.published
    told = list(HOLIDAY.finditer(text, 0, at)) if HOLIDAY_SIGN.search(text, 0, at) else []
    if not told or any(told[-1].end() <= one.start < at and _dates(one, text) for one in periods):
        return None
    if setting.target or (time_period is not None and "/" not in time_period and len(time_period) > len("2024")):
        return None
    month = next((number for name, number in HOLIDAY_MONTHS.items() if name in told[-1].group()), None)
    year = next(
        (
            one.time_period
            for one in periods
            if 0 <= told[-1].start() - one.end <= 1 and len(one.time_period or "") == 4
        ),
        None,
    )
    if month is None:
        return None, "unknown"
    if year is None and (published is None or not setting.clock.to_the_day):
        return (None, "unknown") if time_period and "/" in time_period else None
    if year is None and published is not None:
        year = str(published.year - (month > published.month))
    return f"{year}-{month:02d}", "relative"


def _dates(period: Period, text: str) -> bool:
    """Whether a period behind a holiday dates what follows; 较|2019年|增长 only compares."""
    return period.role == "state" and COMPARED.search(text, 0, period.start) is None
