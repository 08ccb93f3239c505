"""When a number holds: words of time to ISO 8601 periods.

Here: finding every expression of time in a text (2022~2025年, 去年, 前三季度, “十四五”期间, 20年来) and resolving it against the
publication date and the period in force. Not here: which number a period governs (`context`), nor dates of publication,
which the cleaner reads.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.extraction.numerals import CHINESE_NUMERAL, parse_numeral

YEAR = r"(?:19|20)\d{2}"
TO = r"\s?(?:[-－—–~～至到]|——)\s?"
NUMBER = rf"(?:\d{{1,2}}|[{CHINESE_NUMERAL}]{{1,3}})"
QUARTER = r"(?:第?[一二三四1-4]季度|前三季度|前两季度|前二季度|首季|[一二三四]季)"
PART = (
    rf"(?:{NUMBER}{TO}{NUMBER}月份?|{NUMBER}月{NUMBER}[日号](?!线|楼)|{NUMBER}月{TO}{NUMBER}月份?|{NUMBER}月(?:份|末|底|初|上旬|中旬|下旬)?|{QUARTER}末?"
    r"|上半年|下半年|前\d{1,2}个月|前[一二三四五六七八九十]{1,2}个月|全年|年?末|年?底|年?初|年中|年内|年度|年间|期间)"
)
RELATIVE_YEARS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "今年": 0,
    "本年": 0,
    "当年": 0,
    "明年": 1,
    "后年": 2,
}
RELATIVE = "|".join(sorted(RELATIVE_YEARS, key=len, reverse=True))
PLAN_NUMBERS = {
    "九五": 1996,
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}
PATTERNS = {
    "iso": rf"(?P<iso_y>{YEAR})[-/.](?P<iso_m>0?[1-9]|1[0-2])[-/.](?P<iso_d>3[01]|[12]\d|0?[1-9])(?!\d)(?:[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?",
    "decade": r"(?:(?:上个?世纪|本世纪|20世纪|21世纪)(?:[一二三四五六七八九]十|\d0)?年代?(?:初|中期|末|末期|初期)?|(?:上个?世纪|本世纪|20世纪|21世纪|19世纪)(?:初|中叶|末|以来)?)",
    "years": rf"(?P<from>{YEAR})年?{TO}(?P<until>{YEAR})(?:年度?|(?=[)）]))(?:期间|间)?|(?P<and_a>{YEAR})年?[、和与](?P<and_b>{YEAR})年",
    "since": rf"自?(?P<since>{YEAR})年(?:以来|来|起|至今|开始)(?!的?第)",
    "year": rf"(?P<year>{YEAR})年?(?P<year_part>(?<=年){PART})?(?:(?<=年)|(?<=[末底初月日度年份间])|(?<=半年))(?P<year_same>同期)?",
    "plan": r"(?P<plan_mark>[“\"‘]?)(?P<plan>十[一二三四五六]五|(?<=[“\"])十五|(?<=[“\"])九五)[”\"’]?(?P<plan_part>时期|期间|以来|末期?|规划期?|初期|期末|开局之年|收官之年|开局|收官|(?=[）)，。、]))?",
    "relative": rf"(?P<relative>{RELATIVE})(?P<relative_part>{PART})?(?P<relative_same>同期)?(?:以来)?",
    "span": rf"(?:(?P<span_near>近|过去|这|最近|前|在过去的?|过去的)(?P<span_number>{NUMBER})个?(?P<span_unit>年|个?月)(?:多?来|以来|间|里|内)?|(?P<ago_number>\d+|[{CHINESE_NUMERAL}]+)(?P<ago_many>多|余)?年(?P<ago>前|之前|以前)"
    rf"|(?P<along_number>\d+|[{CHINESE_NUMERAL}]+)(?P<along_many>多|余)?年(?:多?来|间(?!接))|(?P<future>未来|今后|接下来)(?P<future_number>{NUMBER})年)",
    "streak": rf"(?P<streak>连续(?P<streak_number>\d+|[{CHINESE_NUMERAL}]+)(?P<streak_many>多|余)?个?年(?!度)|(?:已|实现)?(?P<streak_number2>\d+|[{CHINESE_NUMERAL}]+)连(?:冠|增|丰|升)|连年|连续多年)",
    "part": rf"(?P<part>(?<![\d.]){NUMBER}{TO}{NUMBER}月份?|(?<![\d.{CHINESE_NUMERAL}]){NUMBER}月{NUMBER}[日号](?!线|楼)|(?<![\d.{CHINESE_NUMERAL}]){NUMBER}月(?:份|末|底|初|上旬|中旬|下旬)?(?!均|嫂|牙|台|圆|季)|{QUARTER}末?|(?<!大)上半年|下半年|前\d{{1,2}}个月|"
    r"全年|年末|年底|年初以来|年初|年内|年末|上年末)(?:以来)?",
    "same": r"(?:上年|去年)?同期",
    "now": r"(?:目前|当前|截至目前|截止目前|到目前|迄今|至今|现在|眼下)",
    "recent": r"(?:近年来|近些年来?|近几年来?|多年来|历年|近日|日前|昨天|昨日|今天|今日|上周|本周|上月|本月|上旬|中旬|下旬|此前|日内)",
}
PERIOD = re.compile("|".join(f"(?P<k_{name}>{pattern})" for name, pattern in PATTERNS.items()))
# 比上年增长, 与去年同期持平: what a figure is compared with, not when it holds
COMPARED = re.compile(r"(?:比|较|与|同|相比|超过|高于|低于|好于|快于|于|为|是|占)$")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a text names.

    Attributes:
        time_period: ISO 8601 (`2023`, `2024-09`, `2017-01/2017-03`, `2022/2025`), None when it cannot be told.
        start_date: First day, None when open or unknown.
        end_date: Last day, None when unknown.
        basis: explicit, relative, context or unknown.
        start: Offset of the first character.
        end: Offset behind the last.
        text: The words.
        role: state (it says when), comparison (同比, 比上年), streak (连续N年) or vague (近年来, 目前).
        years: How many years a streak or span counts, else None.
    """

    time_period: str | None
    start_date: date | None
    end_date: date | None
    basis: str
    start: int
    end: int
    text: str
    role: str = "state"
    years: int | None = None

    @property
    def is_day(self) -> bool:
        """Whether it is one day: the date of an event, not the period of a statistic."""
        return self.time_period is not None and len(self.time_period) == 10


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words of time are resolved against.

    Attributes:
        published: Publication date or None.
        year: The year that 今年 means (of the publication, or concluded from the text), None when unknown.
        context_year: The year in force from a heading or an earlier sentence, for months and quarters without a year.
    """

    published: date | None = None
    year: int | None = None
    context_year: int | None = None


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
        kind = (match.lastgroup or "")[2:] if (match.lastgroup or "").startswith("k_") else _kind(match)
        found = _resolve(kind, match, clock, year_named, text)
        if found is None:
            continue
        if found.role == "state" and found.time_period and kind in ("year", "iso", "relative"):
            year_named = int(found.time_period[:4])
        yield found


def _kind(match: re.Match[str]) -> str:
    return next(name for name in PATTERNS if match.group(f"k_{name}") is not None)


def _resolve(kind: str, match: re.Match[str], clock: Clock, year_named: int | None, text: str) -> Period | None:
    start, end = match.span()
    words = match.group()

    def period(time_period: str | None, basis: str, role: str = "state", years: int | None = None) -> Period:
        if (
            role == "state"
            and COMPARED.search(text[max(0, start - 2) : start])
            and kind in ("relative", "same", "part", "year")
        ):
            if not text[max(0, start - 2) : start].endswith(("为", "是")) or kind != "year":
                role = "comparison"
        first, last = bounds(time_period) if time_period else (None, None)
        return Period(time_period, first, last, basis, start, end, words, role, years)

    if kind == "iso":
        return period(f"{match['iso_y']}-{int(match['iso_m']):02d}-{int(match['iso_d']):02d}", "explicit")
    if kind == "years":
        first, last = (match["from"], match["until"]) if match["from"] else (match["and_a"], match["and_b"])
        return period(f"{first}/{last}" if int(first) <= int(last) else None, "explicit")
    if kind == "since":
        until = clock.context_year or clock.year
        since = int(match["since"])
        return period(f"{since}/{until}" if until and until > since else match["since"], "explicit")
    if kind == "year":
        year = int(match["year"])
        return period(
            _with_part(year, match["year_part"] or ""),
            "explicit",
            "comparison" if match["year_same"] and not match["year_part"] and False else "state",
        )
    if kind == "plan":
        return _plan(match, period)
    if kind == "relative":
        if clock.year is None:
            return period(None, "unknown", "comparison" if match["relative_same"] else "state")
        year = clock.year + RELATIVE_YEARS[match["relative"]]
        if match["relative"] in ("上年", "上一年") and clock.context_year:
            year = clock.context_year - 1
        if match["relative"] == "当年" and (year_named or clock.context_year):
            year = year_named or clock.context_year or year
        return period(
            _with_part(year, match["relative_part"] or ""),
            "relative",
            "comparison" if match["relative_same"] else "state",
        )
    if kind == "span":
        return _span(match, clock, period)
    if kind == "streak":
        numeral = match["streak_number"] or match["streak_number2"]
        return period(None, "unknown", "streak", _integer(numeral) if numeral else None)
    if kind == "part":
        year_or_none = year_named or clock.context_year or clock.year
        if words.startswith(("年初以来", "全年", "年内")):
            return period(
                str(year_or_none) if year_or_none and words.startswith("全年") else None,
                "relative",
                "state" if words.startswith("全年") else "vague",
            )
        if year_or_none is None:
            return period(None, "unknown")
        basis = "explicit" if year_named else "context" if clock.context_year else "relative"
        return period(_with_part(year_or_none, words.removesuffix("以来")), basis)
    if kind == "same":
        return period(None, "unknown", "comparison")
    if kind == "recent" and words in ("昨天", "昨日", "今天", "今日") and clock.published:
        day = clock.published - timedelta(days=1 if words.startswith("昨") else 0)
        return period(day.isoformat(), "relative", "day")
    return period(None, "unknown", "vague")


def _plan(match: re.Match[str], period) -> Period | None:
    first = PLAN_NUMBERS[match["plan"]]
    if match["plan_part"] in ("末", "末期", "期末", "收官之年", "收官"):
        return period(str(first + 4), "explicit")
    if match["plan_part"] in ("开局之年", "开局"):
        return period(str(first), "explicit")
    if match["plan_part"] in ("规划", "规划期", None) and not match["plan_mark"]:
        return None
    return period(
        f"{first}/{first + 4}", "explicit", "state" if match["plan_part"] not in (None, "规划", "") else "vague"
    )


def _span(match: re.Match[str], clock: Clock, period) -> Period:
    if match["future"]:
        years = _integer(match["future_number"])
        return period(
            f"{clock.year}/{clock.year + years - 1}" if clock.year and years else None,
            "relative" if clock.year else "unknown",
            "vague",
        )
    now = clock.year
    # said in the first half of a year, N年来 are the years up to the last whole one
    latest = now - 1 if now and clock.published and clock.published.month <= 6 else now
    if match["ago"]:
        years = _integer(match["ago_number"])
        known = now is not None and years is not None and not match["ago_many"]
        return period(str((clock.context_year or now) - years) if known else None, "relative" if known else "unknown")  # type: ignore[operator]
    if match["span_near"]:
        years = _integer(match["span_number"])
        if match["span_unit"] != "年" or years is None:
            return period(None, "unknown", "vague")
        # 近三年 said in March 2025 are the last three whole years
        last = clock.context_year or (now - 1 if now else None)
        known = last is not None and years >= 1
        if not known:
            return period(None, "unknown", "span", years)
        first = last - years + 1  # type: ignore[operator]
        return period(str(last) if first == last else f"{first}/{last}", "relative", "state", years)
    years = _integer(match["along_number"])
    if now is None or years is None or match["along_many"]:
        return period(None, "unknown", "span", years)
    return period(f"{latest - years + (1 if latest != now else 0)}/{latest}", "relative", "span", years)  # type: ignore[operator]


def _integer(words: str | None) -> int | None:
    if not words:
        return None
    numeral = parse_numeral(words)
    if numeral is None or numeral.end != len(words) or numeral.vague:
        return None
    return int(numeral.value)


def _with_part(year: int, part: str) -> str | None:
    """ISO period of a year and the part of it that the words name."""
    part = part.strip()
    if (
        not part
        or part in ("全年", "年度", "年间", "期间", "年内", "年中")
        or (
            part.rstrip("以来").endswith(("年末", "年底", "年初", "末", "底", "初"))
            and "月" not in part
            and "季" not in part
        )
    ):
        return str(year)
    if "上半年" in part:
        return f"{year}-01/{year}-06"
    if "下半年" in part:
        return f"{year}-07/{year}-12"
    if "季" in part:
        if "三季" in part and "前" in part:
            return f"{year}-01/{year}-09"
        if "前" in part:
            return f"{year}-01/{year}-06"
        number = (
            1
            if "首" in part
            else next((i for i, c in enumerate("一二三四", 1) if c in part), 0)
            or int(re.search(r"[1-4]", part).group())
        )  # type: ignore[union-attr]
        return f"{year}-{3 * number - 2:02d}/{year}-{3 * number:02d}"
    if match := re.fullmatch(r"前(.+)个月", part):
        months = _integer(match[1])
        return f"{year}-01/{year}-{months:02d}" if months and 1 <= months <= 12 else None
    if match := re.match(rf"({NUMBER})月?{TO}({NUMBER})月", part):
        first, last = _integer(match[1]), _integer(match[2])
        return f"{year}-{first:02d}/{year}-{last:02d}" if first and last and 1 <= first < last <= 12 else None
    if match := re.match(rf"({NUMBER})月(?:({NUMBER})[日号])?", part):
        month, day = _integer(match[1]), _integer(match[2])
        if not month or not 1 <= month <= 12:
            return None
        if day:
            return f"{year}-{month:02d}-{day:02d}" if day <= monthrange(year, month)[1] else None
        return f"{year}-{month:02d}"
    return str(year)


def bounds(time_period: str) -> tuple[date, date]:
    """First and last day of an ISO period.

    Args:
        time_period: `2023`, `2024-09`, `2024-09-20`, or two of them with a slash.

    Returns:
        The first and the last day.

    Examples:
        >>> bounds("2022/2025")
        (datetime.date(2022, 1, 1), datetime.date(2025, 12, 31))
    """
    first, _, last = time_period.partition("/")
    return _day(first, last=False), _day(last or first, last=True)


def _day(text: str, *, last: bool) -> date:
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) == 2:
        return date(year, rest[0], rest[1])
    month = rest[0] if rest else (12 if last else 1)
    return date(year, month, monthrange(year, month)[1] if last else 1)
