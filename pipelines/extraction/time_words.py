"""The words of time, and ISO 8601 periods.

Here: the patterns by which expressions of time are found, and arithmetic on years, quarters and months. Not here:
resolving an expression against the publication date (`periods`).
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from pipelines.extraction.numerals import CHINESE_NUMERAL, parse_numeral
from pipelines.extraction.patterns import choice

YEAR = r"(?:19|20)\d{2}"
TO = r"\s?(?:[-－—–~～至到]|——)\s?"
NUMBER = rf"(?:\d{{1,2}}|[{CHINESE_NUMERAL}]{{1,3}})"
# 元至九月, 元-10月: from January on
JANUARY = r"(?<![万亿\d美港欧日])元月?"
# from the beginning of a run of digits or characters, so that a long run is looked at once
COUNT = rf"(?:(?<!\d)\d+|(?<![{CHINESE_NUMERAL}])[{CHINESE_NUMERAL}]+)"
ALONE = rf"(?<![\d.{CHINESE_NUMERAL}])"
QUARTER = r"(?:第?[一二三四1-4]季度|前三季度|前两季度|前二季度|首季|[一二三四]季(?![早中晚]?稻))"
# 1月1日至12月31日, 4月1日到6月30日: whole months
DAYS = rf"{ALONE}{NUMBER} ?月1日{TO}{NUMBER} ?月(?:2[89]|3[01])日"
PART = (
    rf"(?:{DAYS}|(?:{NUMBER}|{JANUARY}){TO}{NUMBER} ?月份?|{NUMBER} ?月{NUMBER} ?[日号](?!线|楼)"
    rf"|{NUMBER} ?月{TO}{NUMBER} ?月份?"
    rf"|{NUMBER} ?月(?:份|末|底|初|上旬|中旬|下旬)?|{QUARTER}末?|上半年|下半年|前\d{{1,2}}个?月"
    r"|前[一二两三四五六七八九十]{1,2}个?月|全年|年?末|年?底|年?初|年中|年内|年度|年间|期间)"
)
RELATIVE_YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1,
    "今年": 0, "本年": 0, "当年": 0, "明年": 1, "后年": 2,
}  # fmt: skip
RELATIVE = "|".join(sorted(RELATIVE_YEARS, key=len, reverse=True))
# what opens a span of years to come
AHEAD = ("未来", "今后", "接下来")
# first years of the five-year plans
PLANS = {
    "九五": 1996,
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}
# the years whose state a census counted
CENSUSES = {
    "第五次人口普查": 2000, "第六次人口普查": 2010, "第七次人口普查": 2020, "五普": 2000, "六普": 2010, "七普": 2020,
    "第二次经济普查": 2008, "第三次经济普查": 2013, "第四次经济普查": 2018, "第五次经济普查": 2023,
    "第二次农业普查": 2006, "第三次农业普查": 2016, "第二次土地调查": 2009, "第三次国土调查": 2019,
}  # fmt: skip
# years of which others are counted on
NAMED_YEARS = {"同年": 0, "同一年": 0, "那年": 0, "那一年": 0, "次年": 1, "翌年": 1, "第二年": 1}
# what has gone on since
# 五千年前 is of history; what is counted began later
EARLIEST_YEAR = 1000
EPOCHS = {"改革开放": 1978, "新中国成立": 1949, "建国": 1949}
CENTURIES = {"上世纪": 1900, "上个世纪": 1900, "20世纪": 1900, "二十世纪": 1900, "本世纪": 2000, "21世纪": 2000}
CENTURY = r"(?:上个?世纪|本世纪|20世纪|二十世纪|21世纪)"
PATTERNS = {
    "iso": rf"(?P<iso_y>{YEAR})[-/.](?P<iso_m>0?[1-9]|1[0-2])[-/.](?P<iso_d>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?",
    "whole_decade": rf"(?P<century>{CENTURY})?(?P<decade>(?<![\d百千万])(?:[二三四五六七八九]十|[2-9]0))年代"
    r"(?![初中末前后早晚以])",
    "decade": rf"(?:{CENTURY}(?:[一二三四五六七八九]十|\d0)?年代?(?:初|中期|末|末期|初期)?"
    rf"|(?:{CENTURY}|19世纪)(?:初|中叶|末|以来)?)",
    "census": r"(?P<census>第[二三四五六七]次(?:全国)?(?:人口普查|经济普查|农业普查|国土调查|土地调查)"
    r"|[五六七]普(?!通|及))",
    "months": rf"(?P<months_from>{YEAR})年(?P<month_from>\d{{1,2}})月{TO}"
    rf"(?P<months_until>{YEAR})年(?P<month_until>\d{{1,2}})月",
    "years": rf"(?P<from>{YEAR})年?{TO}(?P<until>{YEAR})(?:年度?|(?=[)）]))(?:期间|间)?"
    rf"|(?P<and_a>{YEAR})年?(?:[、和与]{YEAR}年?)*[、和与](?P<and_b>{YEAR})年",
    "year_in_characters": r"(?P<year_cn>[一二][九〇○零○][〇○零一二三四五六七八九]{2})年",
    # 2017年以来, 自2017年结对以来
    "since": rf"自?(?P<since>{YEAR})年(?:(?:以来|来|起|至今(?!年)|至今年(?=[，,])|开始)(?!的?第)"
    r"|(?=[初末底]?[^，。；：、\d]{2,14}以来))",
    "named_year": r"(?P<named_year>同年|同一年|那一年|那年(?!头)|次年|翌年|(?<![续满第])第二年(?!度))"
    rf"(?P<named_year_part>{PART})?",
    "epoch": r"(?P<epoch>改革开放|新中国成立|建国)(?:以来|后)",
    "within": r"(?P<within_number>[两二三四五2-5])年(?:之|以)?内"
    r"(?:(?=[^，。；]{0,2}(?:将|要|力争|计划|拟|争取|实现|建成|完成))|(?<=(?:力争|争取|确保|计划).年内))",
    "later": r"此后|随后(?=[^，。；]{0,4}年)|(?:十|几|数|多|余|[二三四五六七八九])年(?:之后|后|以后|过去)|后来",
    # 2023 年 1-11 月, as a page sets its digits apart
    "year": rf"(?P<year>{YEAR})(?: ?年)?(?P<year_part>(?<=年) ?{PART})?"
    r"(?:(?<=年)|(?<=[末底初月日度年份间])|(?<=半年))(?:同期)?",
    "plan": r"(?P<plan_mark>[“\"‘]?)(?P<plan>十[一二三四五六]五|(?<=[“\"])十五|(?<=[“\"])九五)[”\"’]?"
    r"(?P<plan_part>时期|前[一二三四两]年|期间|以来|末期?|规划期?|初期|期末|开局之年|收官之年|开局|收官|(?=[）)，。、]))?",
    # 4、5、6月, but not 一、4月份: a heading with its number
    "months_listed": rf"(?P<months_listed>{ALONE}(?:\d{{1,2}}(?:[、和]\d{{1,2}}){{1,5}}"
    rf"|[{CHINESE_NUMERAL}]{{1,3}}(?:[、和][{CHINESE_NUMERAL}]{{1,3}}){{1,5}})月份?)",
    "relative": rf"(?P<relative>(?<![产成后工业期建])后年|(?!后年|上年(?:结余|结转|滚存))(?:{RELATIVE}))"
    r"(?:(?<=年)度(?!假|过|汛|夏|冬))?"
    rf"(?P<relative_part>{PART})?"
    r"(?P<relative_same>同期)?(?:以来)?",
    "span": r"(?:(?P<near>近|过去|这|最近|(?<![提学])前|在过去的?|过去的)"
    rf"(?P<near_number>{NUMBER})个?(?P<near_unit>年|个?月)"
    r"(?:多?来|以来|间|里|内)?"
    rf"|(?P<ago_number>{COUNT})(?P<ago_many>多|余)?年(?P<ago>前|之前|以前)"
    rf"|(?P<along_number>{COUNT})(?P<along_many>多|余)?年(?:多?来|间(?!接))"
    rf"|(?P<future>未来|今后|接下来)(?P<future_number>{NUMBER})年)",
    "streak": rf"(?P<streak>连续(?P<streak_number>{COUNT})(?:多|余)?个?年(?!度)"
    rf"|(?:已|实现)?(?P<streak_number2>{COUNT})连(?:冠|增|丰|升)|连年|连续多年)",
    "part": rf"(?P<part>{DAYS}|(?:(?<![\d.]){NUMBER}(?: ?月)?|{JANUARY}){TO}{NUMBER} ?月份?"
    rf"|{ALONE}{NUMBER} ?月{NUMBER} ?[日号](?!线|楼)"
    rf"|{ALONE}{NUMBER} ?月(?:份|末|底|初|上旬|中旬|下旬)?(?!均|嫂|牙|台|圆|季)|{QUARTER}末?|(?<!大)上半年|下半年"
    r"|前(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?月|全年(?!(?:目标|任务|计划|预算){1,2}数?(?:[\d.]+[万亿]?[元人个吨亩户家套]?)?的)|年末(?!滚存|结余|结转)|年底|年初以来|年初(?!预算|计划|目标|安排|确定|下达|结转)|(?<![一二两三四五六七八九十百几数\d])年内|上年末)(?:以来)?",
    "same": r"(?:上年|去年)?同期",
    "now": r"(?:目前|当前|截至目前|截止目前|(?<![高加长展大升降少小跃攀缩减])到目前|迄今|至今(?!年)|现在|如今|眼下)",
    "recent": r"(?:近年来|近些年来?|近几年来?|多年来|历年|近日|日前|昨天|昨日|今天|今日|上周|本周|上月末?|本月|上旬"
    r"|中旬|下旬|此前|日内)",
}
# 2023年全国百强县, 2024镇域经济500强: the year of a ranking
EDITION = re.compile(r"(?<!\d)(20\d{2})年?度?[^，。；：！？:!?]{0,16}(?:[百千]强|\d0{1,2}强|榜)")
PERIOD = choice({f"k_{name}": pattern for name, pattern in PATTERNS.items()})
WHOLE_YEAR = re.compile(r"(?:|全年|年度|年间|期间|年内|年中|年?[末底初])")
WHOLE_MONTHS = re.compile(rf"(?P<first>{NUMBER})月1日{TO}(?P<last>{NUMBER})月\d{{2}}日")
MONTHS = re.compile(rf"(?P<first>{NUMBER}|元)月?{TO}(?P<last>{NUMBER})月")
MONTH = re.compile(rf"(?P<month>{NUMBER})月(?:(?P<day>{NUMBER})[日号])?")
# up to then nobody has figures of the whole year
# 预计 apart, a year is told of as over from its last month on
LAST_MONTH_BEFORE_END = 11
FIRST_MONTHS = re.compile(r"前(?P<months>.+?)个?月")


def integer(words: str | None) -> int | None:
    """An exact whole number in digits or characters, None for anything else."""
    numeral = parse_numeral(words) if words else None
    if numeral is None or numeral.end != len(words or "") or numeral.vague:
        return None
    return int(numeral.value)


def day(year: int, month: int, number: int) -> str | None:
    """ISO date, None where the calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}-{number:02d}"


def part_of_year(year: int, part: str) -> str | None:
    """ISO period of the part of a year that the words name.

    Args:
        year: The year.
        part: 上半年, 前三季度, 1-7月, 9月20日, 年末 …, or "" for the whole.

    Returns:
        The period, None where the words name none (13月).

    Examples:
        >>> part_of_year(2023, "前三季度"), part_of_year(2017, "一季度末"), part_of_year(2020, "年底")
        ('2023-01/2023-09', '2017-01/2017-03', '2020')
    """
    part = WHOLE_MONTHS.sub(r"\g<first>月-\g<last>月", part.replace(" ", "").removesuffix("以来"))
    if WHOLE_YEAR.fullmatch(part):
        return str(year)
    if "半年" in part:
        return f"{year}-01/{year}-06" if "上" in part else f"{year}-07/{year}-12"
    if "季" in part:
        return _quarters(year, part)
    if match := FIRST_MONTHS.fullmatch(part):
        months = integer(match["months"])
        return f"{year}-01/{year}-{months:02d}" if months and 1 <= months <= 12 else None
    if match := MONTHS.match(part):
        first, last = 1 if match["first"] == "元" else integer(match["first"]), integer(match["last"])
        return f"{year}-{first:02d}/{year}-{last:02d}" if first and last and 1 <= first < last <= 12 else None
    if match := MONTH.match(part):
        month = integer(match["month"])
        if not month or not 1 <= month <= 12:
            return None
        if match["day"]:
            number = integer(match["day"])
            return day(year, month, number) if number else None
        return f"{year}-{month:02d}"
    return str(year)


def _quarters(year: int, part: str) -> str:
    if "前" in part:
        return f"{year}-01/{year}-{'09' if '三' in part else '06'}"
    number = (
        1
        if "首" in part
        else next(i for i, names in enumerate(("一1", "二2", "三3", "四4"), 1) if part.strip("第")[0] in names)
    )
    return f"{year}-{3 * number - 2:02d}/{year}-{3 * number:02d}"


def years_between(first: int, last: int | None) -> str | None:
    """A span of years as ISO 8601, one year alone where it has only one.

    Args:
        first: Its first year.
        last: Its last year.

    Returns:
        The period; None without a last year, and where it would begin before any statistics (五千年前).
    """
    if last is None or min(first, last) < EARLIEST_YEAR:
        return None
    return f"{first}/{last}" if first < last else str(last)


@lru_cache(maxsize=4096)
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
    return _first_day(first), _last_day(last or first)


def _first_day(text: str) -> date:
    year, month, number = (int(part) for part in f"{text}-01-01"[:10].split("-"))
    return date(year, month, number)


def _last_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def told_before_end(time_period: str | None, published: date | None) -> bool:
    """Whether a period is a year that was not over when a document spoke, so that nobody has figures of all of it.

    Args:
        time_period: The period.
        published: When the document spoke.
    """
    return published is not None and published.month <= LAST_MONTH_BEFORE_END and time_period == str(published.year)
