"""The years that a whole document goes by: that of 今年, that of its title, those of its plan.

Here: concluding them from date, title and text. Not here: the periods of its sentences (`when`) and what else a whole
document says (`profile`).
"""

import re
from collections import Counter
from datetime import date

from pipelines.extraction.time_words import PERIOD, PLANS

YEAR_STATED = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
HORIZON = re.compile(r"(?P<from>20\d{2})年?\s?[-－—–~～至到]{1,2}\s?(?P<until>20\d{2})(?:年|(?=[)）]))")
PLAN_TITLE = re.compile(r"规划|纲要|计划|方案|意见|蓝图|建议|\d{4}年?\s?[-－—–~～至到]")
# 2021年9月开工，计划2023年6月投产: the year behind the plan is the one that is to come
FUTURE = re.compile(r"(?:将|力争|目标|计划|争取|预计)(?!(?:到|于|在)?$)")
SAID_OF_YEAR = re.compile(r"[^。]*?(?=。|20\d{2}年|$)")
# 2022年，全县实现地区生产总值231亿元, at the head of a sentence
REVIEWED = re.compile(
    r"(?:^|[。\n，,；])\s*(?P<year>20\d{2})年[，,]?\s?(?:全|我|本)[省市县区州旗盟镇][^。；\d]{0,16}(?:实现|完成|达)[^。；\d]{0,14}\d",
    re.MULTILINE,
)
# 今年1—6月 beside 2021年，开发区完成产值286亿元: the year told whole is over
PART_OF_THIS_YEAR = re.compile(
    r"今年(?:1[-—–~～至]\d{1,2}月|前?[一二三四\d]个?季度|上半年|前[一二三四五六七八九十\d]+个月)"
)
PART_WITHOUT_YEAR = re.compile(r"(?<![年\d])(?:一季度|二季度|三季度|上半年|前三季度|首季|\d{1,2}[-—]\d{1,2}月)")

# 2026年1月26日在某省第十四届人民代表大会第五次会议上: when a report was given
SPOKEN = re.compile(
    r"(?P<year>20\d{2})年\d{1,2}月\d{1,2}日[^\S\n]*在[^。；，]{6,60}(?:会议|大会)(?:第[一二三四五六七八九十]+次会议)?上"
)
OPENING, OPENING_LINE = 3000, 60
DAY_TOLD = re.compile(r"年\d{1,2}月(?:\d{1,2}日)?$")
PAST = re.compile(r"去年|今年|开年以来")
# 2010年|获评百强县, 2015年|建成的产业园: what happened once dates no figures
FOUNDED = re.compile(
    r"(?:\d{1,2}月(?:\d{1,2}日)?)?[，,]?(?:经[^，。；]{2,12}(?:批准|同意))?(?:正式|成功|首次|被|就|即)?"
    r"(?:获评|荣获|获得|建成(?:的|开园|投)|成立|创建|创办|设立|落户|开业|开园|升格|撤县|撤乡|获批|批准|揭牌|入选|评为|命名|授予|认定|始建|动工|奠基|[^，。；\d]{0,8}(?:脱贫摘帽|退出贫困))"
)
DATELINE = re.compile(r"(?:讯|电|日报|本报|通讯员|记者)[^，。；\n]{0,20}?(?P<year>20\d{2})年\d{1,2}月\d{1,2}日")
# 二、2026年重点工作, 一、2025年工作回顾: the headings of a report that is given at the beginning of a year
PLANNED_YEAR = re.compile(
    r"^[^\n。，；\d]{0,24}(?P<year>20\d{2})年[^\n。，；\d]{0,12}"
    r"(?:工作安排|重点工作|主要任务|目标任务|重点任务|工作打算|工作任务|预期目标|工作部署|工作建议|政府工作|主要工作)[^\n。；]{0,10}$",
    re.MULTILINE,
)
REVIEWED_YEAR = re.compile(
    r"^[^\n。，；\d]{0,24}(?P<year>20\d{2})年[^\n。，；\d]{0,12}(?:工作回顾|回顾)[^\n。；]{0,10}$", re.MULTILINE
)


def document_year(published: date | None, title: str | None, body: str) -> int | None:
    """The year that 今年 means in the document, None where nothing tells.

    Args:
        published: Publication date.
        title: Title or None.
        body: Clean text of the body.
    """
    if published:
        return published.year
    if title and (match := YEAR_STATED.search(title)) and "报告" in title:
        return int(match[1])
    if (years_planned := plan_years(title)) and PLAN_TITLE.search(title or ""):
        # “十四五”成就巡礼 looks back at the years that a plan looks ahead to
        return years_planned[0]
    if spoken := SPOKEN.search(body, 0, OPENING):
        return int(spoken["year"])
    if headed := PLANNED_YEAR.search(body):
        return int(headed["year"])
    if headed := REVIEWED_YEAR.search(body):
        return int(headed["year"]) + 1
    years: Counter[int] = Counter()
    to_the_day: Counter[int] = Counter()
    future: set[int] = set()
    # 《行动方案（2025—2027年）》: 2027年末 is when it ends, and not the year in which the page speaks
    ends = {
        int(plan["until"])
        for plan in HORIZON.finditer(body)
        if PLAN_TITLE.search(body, max(0, plan.start() - 20), plan.start())
    }
    for match in PERIOD.finditer(body):
        if match["year"] is None:
            continue
        year = int(match["year"])
        before, after = body[max(0, match.start() - 2) : match.start()], body[match.end() : match.end() + 30]
        if before.endswith(("到", "至")) and not before.endswith("截至"):
            continue
        if before.endswith(("由", "从", "自", "比", "较", "于")) or FOUNDED.match(after):
            # 由2019年的76家增至198家: what it began with; 建于2003年, 2010年获评百强县: a thing of the past
            continue
        if 1990 <= year <= 2040 and year not in ends:
            years[year] += 1
            to_the_day[year] += DAY_TOLD.search(match.group()) is not None
            told = SAID_OF_YEAR.match(after)
            if (told and FUTURE.search(told.group())) or body[match.end() : match.end() + 2] == "计划":
                future.add(year)
    if not years:
        return None
    latest = _latest(years)
    if PAST.search(body) and (dateline := DATELINE.search(body, 0, OPENING_LINE)) is not None:
        # 某日报讯 2024年9月25日，…去年: the day on which it was written
        return int(dateline["year"])
    if max(years) == latest and PAST.search(body):
        # 2024年9月25日，…签约。今年前8个月: a page of that year, which it names by its days alone
        by_days = to_the_day[latest] == years[latest]
        # 2024年上半年…。今年以来: a part of the year in which the page speaks
        if by_days or re.search(rf"{latest}年(?:上半年|前三季度|[一二三]季度|1[-—~至]\d{{1,2}}月)", body):
            return latest
    reviewed = [int(match["year"]) for match in REVIEWED.finditer(body)]
    if reviewed and "今年" in body and max(reviewed) < latest:
        # 2022年，全县实现生产总值231亿元。…今年，增长7.5%以上。…2025年突破100亿元: spoken in the year after
        return max(reviewed) + 1
    if PART_OF_THIS_YEAR.search(body) and latest not in future and _told_whole(latest, body):
        return latest + 1
    if latest in future or PART_WITHOUT_YEAR.search(body):
        return latest
    if re.search(r"去年|今年|开年以来", body) and years[latest] >= years[latest - 1]:
        # a page that tells more of the year before its latest one tells of that as the year that is over
        return latest + 1
    return latest


def _latest(years: Counter[int]) -> int:
    """The last year of a text that is no horizon: of 2025, 2026, 2030 and 2035 it is 2026, which stands beside 2025."""
    beside = [year for year in years if year - 1 in years]
    return max(beside) if beside else max(years)


def _told_whole(year: int, body: str) -> bool:
    """Whether a text sums a whole year up: 2021年，开发区完成产值286亿元, and nowhere 2021年上半年."""
    if re.search(rf"{year}年(?:上半年|前|[一二三]季度|1[-—–~～至]\d{{1,2}}月)", body):
        return False
    return (
        re.search(rf"{year}年[，,]?(?!\d|底|末)[^。；\d]{{0,20}}(?:完成|实现|达)[^。；\d]{{0,14}}\d", body) is not None
    )


def plan_years(title: str | None) -> tuple[int, int] | None:
    """The first and the last year of a plan by its title (（2021—2025年）, “十四五”规划), None where it tells none.

    Args:
        title: Title or None.

    Examples:
        >>> plan_years("某县国民经济和社会发展第十五个五年规划纲要"), plan_years("行动方案（2023—2027年）")
        ((2026, 2030), (2023, 2027))
    """
    words = (title or "").replace("第十四个五年", "十四五").replace("第十五个五年", "十五五")
    if stated := HORIZON.search(words):
        return int(stated["from"]), int(stated["until"])
    return next(((first, first + 4) for name, first in PLANS.items() if name in words and len(name) > 2), None)


def title_year(title: str | None) -> int | None:
    """The year that a title states."""
    match = YEAR_STATED.search(title or "")
    return int(match[1]) if match else None
