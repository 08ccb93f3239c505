"""The day of an event: from its sentence, its name, or the dateline.

Here: choosing among the expressions of time of a sentence. Not here: resolving them (`periods`).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.extraction.document import Document
from pipelines.extraction.events.line import Line
from pipelines.extraction.events.words import YEAR
from pipelines.extraction.patterns import guarded
from pipelines.extraction.periods import Period
from pipelines.extraction.time_words import day

DATELINE = re.compile(r"(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:电|讯)")
DAY_ALONE = guarded(r"(?<![\d月年第至到—~～-])(?P<day>\d{1,2})日(?=上午|下午|晚|当天|[，,]|在|[至—])")
# 5月29至30日, 11月28日至12月2日: the first of several days
SEVERAL_DAYS = guarded(
    r"(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日?\s?(?:至|到|[-—－~～])\s?(?:\d{1,2}月)?\d{1,2}日"
)
# 昨(18)日, 昨天(11月13日): the day beside the word
BESIDE = re.compile(r"[昨今](?:[天日])?[（(](?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日?[)）]")
HALF_DAYS = ("今天", "今日", "昨天", "昨日")
PRECISION = {4: "year", 7: "month", 10: "day"}
# an event that is announced lies ahead of the page, not ten months behind it
AHEAD = 92
LATELY = 31


def precision(event_date: str | None) -> str | None:
    """How fine an ISO date is: year, month or day; None for none."""
    return PRECISION[len(event_date)] if event_date else None


def stated_day(line: Line, name_span: tuple[int, int], document: Document) -> str | None:
    """The day, month or year at which the sentence says that the event was: the finest, nearest before its name.

    Args:
        line: The sentence.
        name_span: Where the event is named.
        document: The document, for days without month or year.
    """
    found: list[tuple[int, int, str]] = list(_written_otherwise(line, name_span[0], document))
    for period in line.sentence.periods:
        # 于9月26日举行: 于 is no comparison with a day
        stated = period.role in ("state", "day") or period.is_day
        if not stated or not period.time_period or len(period.time_period) not in PRECISION:
            continue
        inside = name_span[0] <= period.start and period.end <= name_span[1]
        if len(period.time_period) == 4 and (inside or YEAR.search(line.text, *name_span)):
            continue
        distance = abs(name_span[0] - period.start) + (1000 if period.start > name_span[1] + 40 else 0)
        found.append((-len(period.time_period), distance, _near_publication(period, document.published)))
    if document.published and (match := DAY_ALONE.search(line.text)):
        found += _this_month(match, document.published, name_span[0])
    return min(found)[2] if found else None


def _written_otherwise(line: Line, near: int, document: Document) -> Iterator[tuple[int, int, str]]:
    """Days that stand in a range or beside 昨天, which come before any other in their sentence."""
    for pattern in (SEVERAL_DAYS, BESIDE):
        for match in pattern.finditer(line.text):
            published, groups = document.published, match.groupdict()
            year = int(groups.get("year") or 0) or line.sentence.setting.clock.context_year or document.year
            month = int(groups["month"] or 0) or (published.month if published else 0)
            stated = day(year, month, int(match["day"])) if year and month else None
            if stated:
                period = Period(stated, "context", *match.span(), match.group())
                yield -11, abs(near - match.start()), _near_publication(period, published)


def has_day(line: Line, document: Document) -> bool:
    """Whether a sentence tells of one day: 9月20日, 昨天."""
    if any(period.is_day or period.text in HALF_DAYS for period in line.sentence.periods):
        return True
    if SEVERAL_DAYS.search(line.text) or BESIDE.search(line.text):
        return True
    return document.published is not None and DAY_ALONE.search(line.text) is not None


def year_of_name(name: str) -> str | None:
    """The year that a name carries: 2024年轮值会议."""
    match = YEAR.search(name)
    return match.group() if match else None


def dateline(document: Document) -> str | None:
    """The day of the report itself (新华社北京9月20日电)."""
    match = DATELINE.search(document.text)
    year = int(match["year"]) if match and match["year"] else document.year
    return day(year, int(match["month"]), int(match["day"])) if match and year else None


def _this_month(match: re.Match[str], published: date, near: int) -> list[tuple[int, int, str]]:
    """20日 of a page of the 21st is the day before; 30日 of a page of the 2nd lies in the month before."""
    number = int(match["day"])
    month = published if number <= published.day else published.replace(day=1) - timedelta(days=1)
    stated = day(month.year, month.month, number)
    return [(-10, abs(near - match.start()), stated)] if stated else []


def _near_publication(period: Period, published: date | None) -> str:
    """12月28日 on a page of January is a day of the year before."""
    stated = period.time_period or ""
    if published is None or period.basis == "explicit" or period.start_date is None or len(stated) == 4:
        return stated
    days = (period.start_date - published).days
    if days > AHEAD:
        return f"{int(stated[:4]) - 1}{stated[4:]}"
    if period.is_day and period.basis == "context" and published.year == period.start_date.year + 1:
        # 2月3日,…会议开幕 above a report of February on the year before
        later = day(published.year, period.start_date.month, period.start_date.day)
        if later and later <= published.isoformat() and (published - date.fromisoformat(later)).days <= LATELY:
            return later
    return stated
