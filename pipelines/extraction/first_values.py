"""When the first value of a from-to holds: 2025年由120个增至150个.

Here: the period that a value rose or fell from. Not here: the periods of all other values (`when`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.dated import NOW
from pipelines.extraction.periods import Period
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import PLANS
from pipelines.extraction.year_spans import end_year_of

LAST_YEAR = re.compile("上年|去年")
# up to this month the last figures of a whole year are those of the year before
REPORTED_BY = 4
# 由上年的50.1%|提高到
FROM_LAST_YEAR = re.compile(r"[由从](?:上年|去年)末?的?[^，。；]*?[到至为]$")
PLAN_NAMED = re.compile("|".join(sorted(PLANS, key=len, reverse=True)))


def of_first_value(
    draft: Draft,
    text: str,
    periods: Sequence[Period],
    stated: Sequence[Period],
    spans: Sequence[Period],
    setting: Setting,
) -> tuple[str | None, str]:
    """The period of the first value of a from-to: 由2008亿元升至2929亿元.

    Args:
        draft: The draft of the first value.
        text: Its sentence.
        periods: The expressions of time of the sentence.
        stated: Those that state a period.
        spans: Those that state a number of years.
        setting: What holds before the sentence; where the first value has a period of its own it is kept there.

    Returns:
        (ISO period or None, basis).
    """
    at = draft.quantity.number_start
    # 2025年园区由120个增至150个: the year before 由 is that of the second value
    said = max(text.rfind(word, 0, draft.quantity.start) for word in "由从自")
    own = [period for period in stated if period.start >= said or "/" in (period.time_period or "")]
    if own and "/" in (own[-1].time_period or "") and len(own[-1].time_period or "") == 9:
        # 从2020年到2024年,地区生产总值由2008亿元升至2929亿元; 过去五年 begin where the year before them ended
        first = int((own[-1].time_period or "")[:4])
        if PLAN_NAMED.search(own[-1].text):
            # “十四五”期间由85家增加到212家: from the end of the plan before
            return str(first - 1), "inferred"
        return str(first - 1 if own[-1].years else first), own[-1].basis
    if setting.clock.published and any(p.text in NOW and said <= p.start < at for p in periods):
        # 由目前的18%提高到35%
        return str(setting.clock.published.year), "relative"
    same = next((period for period in periods if said <= period.start < at and period.text.endswith("同期")), None)
    if same:
        return _year_before(same, stated, setting)
    last_year = own[-1] if own and LAST_YEAR.match(own[-1].text) else None
    early = setting.clock.published is not None and setting.clock.published.month <= REPORTED_BY
    if last_year and early and setting.period is None and len(stated) == 1 and last_year.basis == "relative":
        # 城镇化率由上年的50.1%提高到51.2%, in January: nobody knows more than the year that is over
        setting.origin_period = str(int((last_year.time_period or "")[:4]) - 1)
        return setting.origin_period, "inferred"
    if own and not (len(own) == 1 and "/" in (own[-1].time_period or "")):
        setting.origin_period = own[-1].time_period
        return own[-1].time_period, own[-1].basis
    if setting.origin_period:
        return setting.origin_period, "explicit"
    if spans and spans[-1].years:
        end_year = end_year_of(spans[-1].time_period)
        return (str(end_year - spans[-1].years), "relative") if end_year else (None, "unknown")
    if setting.period and "/" in setting.period and len(setting.period) == 9:
        return str(int(setting.period[:4]) - 1), "context"
    if setting.years and setting.target:
        # 森林覆盖率由39%提高到41% in a plan of 2021—2025
        return str(int(setting.years[:4]) - 1), "inferred"
    return None, "unknown"


def second_value(draft: Draft, text: str, setting: Setting) -> str | None:
    """由上年的50.1%提高到|51.2%: the year behind that of the first value, where only that is known.

    Args:
        draft: The draft.
        text: Its sentence.
        setting: What holds before the sentence, with the period of the first value.
    """
    if setting.origin_period is None or len(setting.origin_period) != len("2023"):
        return None
    begin = max(text.rfind(mark, 0, draft.quantity.start) for mark in "，。；") + 1
    risen = FROM_LAST_YEAR.search(text, begin, draft.quantity.number_start)
    return str(int(setting.origin_period) + 1) if risen else None


def _year_before(same: Period, stated: Sequence[Period], setting: Setting) -> tuple[str | None, str]:
    """由去年同期的: the same part of the year before."""
    own = [period for period in stated if period.start < same.start]
    time_period = own[-1].time_period if own else setting.period
    if time_period is None and setting.clock.year:
        return str(setting.clock.year - 1), "relative"
    if time_period is None:
        return None, "unknown"
    return re.sub(r"\d{4}(?=-|/|$)", lambda year: str(int(year.group()) - 1), time_period), "relative"
