"""Moments as pages write them, with the precision that they have.

Belongs here: forms of dates and times of publication. Does not belong here: which of a page's dates is the one of
publication (`metadata.py`), and periods in sentences (`pipelines.extraction`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from schemas.vocabulary import DatePrecision

# All clocks in China show this; moments with another zone are brought to it, for the day is what counts.
CHINA = timezone(timedelta(hours=8))
_NUMERALS = {numeral: digit for digit, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_DIGITS = r"(?P<year>(?:19|20)\d{2})"
_DATE = re.compile(
    rf"{_DIGITS}(?:\s?年\s?|[-/.])(?P<month>1[0-2]|0?[1-9])(?:\s?月\s?|[-/.]|(?![\d]))"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?)?"
    r"(?:[T\s]*(?P<half>上午|下午|晚上|中午)?\s?(?P<hour>[01]?\d|2[0-3])\s?[:：时点]\s?(?P<minute>[0-5]\d)(?:\s?[:：分]\s?(?P<second>[0-5]\d)?(?:\.\d{1,9})?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(rf"(?<!\d){_DIGITS}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(rf"{_DIGITS}\s?年")
_CHINESE = re.compile(
    r"(?P<year>[一二][零〇○一二三四五六七八九]{3})年(?P<month>十[一二]?|[一二三四五六七八九])月(?:(?P<day>[一二三]?十?[一二三四五六七八九十])日)?"
)
_WEEKDAY = re.compile(r"\s?[（(]?(?:星期|周)[一二三四五六日天][)）]?\s?")
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})?(?: (?:[A-Z]{1,5}|[+-]\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in China's local time; what is finer than its precision is 1 or 0."""

    at: datetime
    precision: DatePrecision


def parse_moment(text: str) -> Moment | None:
    """The first moment that a text states, None where it states none with a year.

    >>> parse_moment("发布时间：2024-09-21 07:41").at
    datetime.datetime(2024, 9, 21, 7, 41)
    >>> parse_moment("Mon, 04 Apr 2022 22:15:24 GMT")
    Moment(at=datetime.datetime(2022, 4, 5, 6, 15, 24), precision='second')
    >>> parse_moment("二〇二三年十一月") == Moment(datetime(2023, 11, 1), "month")
    True
    >>> parse_moment("9月20日") is None
    True
    """
    if rfc := _RFC.search(text):
        return _from_rfc(rfc[0])
    found = _DATE.search(_WEEKDAY.sub(" ", text))
    # 2024.5亿元: year and month alone are not written with a full stop.
    if found and (found["day"] or found.string[found.start("month") - 1] != "."):
        return _from_parts(found.groupdict())
    if found := _CHINESE.search(text):
        parts = {"year": "".join(str(_NUMERALS[numeral]) for numeral in found["year"])}
        return _from_parts(parts | {name: str(_number(found[name])) for name in ("month", "day") if found[name]})
    if found := _COMPACT.search(text) or _YEAR.search(text):
        return _from_parts(found.groupdict())
    return None


def _from_rfc(text: str) -> Moment | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    # A form without a zone, or with -0000, says nothing of the zone: it is UTC by the standard.
    return Moment(_local(at if at.tzinfo else at.replace(tzinfo=UTC)), "second")


def _from_parts(parts: Mapping[str, str | None]) -> Moment | None:
    """A moment out of its named parts; None when they are no day of the calendar."""
    year, month, day, hour, minute, second = (
        int(value) if (value := parts.get(name)) else None
        for name in ("year", "month", "day", "hour", "minute", "second")
    )
    precision: DatePrecision = "year"
    if month is not None:
        precision = "month"
    if day is not None:
        precision = "day"
    if day is not None and hour is not None and minute is not None:
        precision = "minute" if second is None else "second"
    else:
        hour = minute = second = None
    if hour is not None and hour < 12 and parts.get("half") in ("下午", "晚上"):
        hour += 12
    try:
        at = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0)
    except ValueError:
        return None
    if zone := parts.get("zone"):
        at = _local(datetime.strptime(f"{at.isoformat()}{zone.replace('Z', '+0000')}", "%Y-%m-%dT%H:%M:%S%z"))
    return Moment(at, precision)


def _local(at: datetime) -> datetime:
    return at.astimezone(CHINA).replace(tzinfo=None)


def _number(numeral: str) -> int:
    """A numeral from 一 to 三十一."""
    tens, ten, ones = numeral.rpartition("十")
    return (_NUMERALS[tens] if tens else 1) * 10 * bool(ten) + (_NUMERALS[ones] if ones else 0)
