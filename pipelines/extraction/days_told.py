"""Days and holidays that figures are told of, as the months that statistics know: 截至5月15日, “五一”假期.

Here: the month that they stand for. Not here: finding dates (`periods`) and the days of events (`undated`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.binding import Draft
from pipelines.extraction.periods import Period
from pipelines.extraction.setting import Setting

HOLIDAY = re.compile(
    r"(?:国庆|中秋|春节|五一|端午|清明|元旦|黄金周)[^，。；\d]{0,6}(?:假期|期间|长假|黄金周|[\d一二三四五六七八]+天)"
)
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


def month_of_holiday(draft: Draft, text: str, periods: Sequence[Period], setting: Setting) -> str | None:
    """“五一”假期，接待游客36.2万人次: the month of the days, where nothing else is told of time.

    Args:
        draft: The draft.
        text: Its sentence.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
    """
    at, published = draft.quantity.number_start, setting.clock.published
    if published is None or not setting.clock.to_the_day or any(one.role == "state" for one in periods):
        return None
    match = HOLIDAY.search(text, max(text.rfind(mark, 0, at) for mark in "；;") + 1, at)
    month = next((number for name, number in HOLIDAY_MONTHS.items() if match and name in match.group()), None)
    return f"{published.year - (month > published.month)}-{month:02d}" if month else None
