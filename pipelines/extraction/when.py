"""When a number holds.

Here: choosing the period of a draft from its clause, its sentence and the period in force. Not here: finding and
resolving words of time (`periods`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.binding import Draft
from pipelines.extraction.dated import FROM, dates_another, in_parenthesis, told_of_now
from pipelines.extraction.days_told import as_of, of_holiday
from pipelines.extraction.first_values import PLAN_NAMED, of_first_value, second_value
from pipelines.extraction.lexicon import registry
from pipelines.extraction.numerals import Numeral, parse_numeral
from pipelines.extraction.patterns import guarded
from pipelines.extraction.periods import Period
from pipelines.extraction.sentences import Clause, clause_at
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import AHEAD, PLANS, bounds, years_between
from pipelines.extraction.undated import counts_seats, day_of_event, goes_on, outlives, standing, stands_by_now
from pipelines.extraction.year_spans import (
    STATES,
    TOTALLED,
    all_totalled,
    base_of_all,
    counted_since,
    end_year_of,
    mean_since,
    multiple_of,
    narrow,
    since_years_ago,
    sums_up_since,
    whole_years,
)

BARE_YEARS = guarded(
    r"(?<![\d年])(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:间|来)?"
    r"(?:(?:累计|共|实现|年均|平均)?(?:增长|增加|翻|提高)|累计|共计|共?(?:新增|新建|建成|改造|培育|引进|完成))"
)
SUMS = ("累计", "共计", "新增", "新建", "建成", "改造", "培育", "引进", "完成")
DEADLINE = re.compile(r"(?:(?<!截)[到至]|展望)$")
DONE_ALREADY = re.compile(r"已|目前|现有|截至")
FIRST_MONTHS = re.compile(r"(?P<year>\d{4})-01/(?P=year)-(?P<last>\d{2})")
SUM_SO_FAR = re.compile(r"[，,]?(?:[\u4e00-\u9fff]{2,10})?累计(?!达|到|有|建|培育|引进|投入)")
# of each year, and what a rate is held against
YEARLY = re.compile(r"年均|每年(?!度)")
ADDED_UP = re.compile(r"累计(?!达)")
YARDSTICK = re.compile(r"[，,\s]*(?:高于|低于|快于|慢于|高出|比|较)")
PLAN_YEARS = 4
LAST_QUARTER = 10
AS_OF_MONTH = re.compile(r"(?:截至|截止到?|截止至)(?:20\d{2}年)?$")
MONTH_ALONE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
# how many periods before a number could date it
NEAREST = 8
NEXT_TO = 2
# 达产后年产值: a year that no one tells
AFTER_BUILT = re.compile(r"(?:建成|投产|达产|投用|运营|投运|竣工)(?:投产|达产|运营|使用|投用)?(?:之?后)")


def period_of(
    draft: Draft,
    text: str,
    clauses: Sequence[Clause],
    periods: Sequence[Period],
    setting: Setting,
    consumed: frozenset[int] = frozenset(),
) -> tuple[str | None, str]:
    """(ISO period, basis) of a draft.

    Args:
        draft: The draft.
        text: Its sentence.
        clauses: The clauses of the sentence.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
        consumed: Offsets of the periods that belong to the first value of a from-to alone.

    Returns:
        The period and how it is known; (None, "unknown") where the text does not tell.
    """
    if of := multiple_of(draft, text):
        # 财政收入是2016年的1.7倍: how it stands, as a level does
        draft = replace(draft, measure="level")
        periods = [period for period in periods if not of.start() <= period.start < of.end()]
    time_period, basis = _period(draft, text, clauses, periods, setting, consumed)
    if time_period and len(time_period) == 4 and "均" in text and (years := mean_since(draft, text, int(time_period))):
        return years, "context"
    if time_period is None and draft.origin and (base := base_of_all(draft, text)):
        # 与2020年相比，规上工业企业由68家增加到136家
        return base.removesuffix("年"), "context"
    if (holiday := of_holiday(draft, text, periods, setting, time_period)) is not None:
        return holiday
    if time_period and "-" in time_period:
        clause = clause_at(clauses, draft.quantity.number_start)
        words = text[clause.start if clause else 0 : draft.quantity.number_start]
        first_months = FIRST_MONTHS.fullmatch(time_period) if "当月" in words or "单月" in words else None
        if first_months:
            # 一季度…增长11%，其中当月增长14%: of the last of the months
            return f"{first_months['year']}-{first_months['last']}", basis
        part = max(text.rfind(mark, 0, draft.quantity.number_start) for mark in "；;") + 1
        summed = SUM_SO_FAR.match(text, part, draft.quantity.number_start)
        if summed and not any(p.start >= part for p in periods):
            # 第三季度增长6.8%；累计增长6.1%, 7月收入1.6亿元；累计完成15.6亿元，增长8.1%: since January
            year, last = time_period[:4], bounds(time_period)[1].month
            return f"{year}-01/{year}-{last:02d}", basis
    if draft.year_before and time_period:
        return re.sub(r"\d{4}", lambda year: str(int(year.group()) - 1), time_period), basis
    return time_period, basis


def _period(
    draft: Draft,
    text: str,
    clauses: Sequence[Clause],
    periods: Sequence[Period],
    setting: Setting,
    consumed: frozenset[int] = frozenset(),
) -> tuple[str | None, str]:
    if draft.period is not None:
        return _same_part(draft.period.time_period, setting), "explicit"
    at = draft.quantity.number_start
    if periods and (behind := in_parenthesis(draft, text, periods)):
        return behind.time_period, behind.basis
    clause = clause_at(clauses, at)
    clause_start, clause_end = (clause.start, clause.end) if clause else (0, len(text))
    stated: list[Period] = []
    spans: list[Period] = []
    streak: Period | None = None
    later = -1
    if periods:
        aside = [other for other in clauses if other.depth and not other.start <= at < other.end]
        periods = [p for p in periods if not any(other.start <= p.start < other.end for other in aside)]
        stated = _stated(draft, text, periods, clause_start, consumed)
        # 一年来，… under the heading of its year is that year
        shortest = 1 if setting.period else 0
        spans = [p for p in periods if p.role == "span" and p.start < at and p.time_period and p.years != shortest]
        reach = min(at + 12, clause_end)
        streaks = [p for p in periods if p.role == "streak" and p.years and clause_start <= p.start < reach]
        # 连续12年稳居前20　2023年GDP达…: the year behind it dates the number
        streak = streaks[-1] if streaks and not (stated and streaks[-1].end < stated[-1].start) else None
        later = max((p.start for p in periods if p.role == "later" and p.start < at), default=-1)
    cumulative = draft.measure in ("growth", "change", "multiple")
    if draft.origin:
        return of_first_value(draft, text, periods, stated, spans, setting)
    if streak and streak.years and draft.measure in ("level", "share"):
        since = next((period for period in stated if period.text.startswith("自") or "以来" in period.text), None)
        if since and since.time_period:
            first = int(since.time_period[:4])
            return years_between(first, first + streak.years - 1), "explicit"
        last_year = end_year_of(stated[-1].time_period if stated else setting.period)
        if last_year:
            return years_between(last_year - streak.years + 1, last_year), "context"
    if match := BARE_YEARS.search(text[clause_start : at + 1]):
        # 总产量十年增长1.3倍
        numeral = parse_numeral(match["years"])
        spoken = setting.clock.published
        if not stated and setting.period is None and numeral and spoken and draft.measure == "multiple":
            # 收入十年翻一番 told in 2024: up to the last year that was over or nearly so, as far as one can tell
            last = spoken.year - (spoken.month < LAST_QUARTER)
            return years_between(last - int(numeral.value), last), "inferred"
        ahead = any(one.text.startswith(AHEAD) for one in stated)
        if setting.target and setting.years and not ahead and (not stated or _counts_plan(setting.years, numeral)):
            # 五年累计完成技改投资300亿元 in a plan of five years
            return setting.years, setting.period_basis
        end_year = end_year_of(stated[-1].time_period if stated else setting.period)
        if (cumulative or match.group().endswith(SUMS)) and numeral and end_year:
            return years_between(end_year - int(numeral.value) + 1, end_year), "context"
    # 到2023年,…稳定在28万亩 is of that year
    due = (
        stated
        and DEADLINE.search(text, max(0, stated[-1].start - 3), stated[-1].start)
        and (setting.target or (end_year_of(stated[-1].time_period) or 0) > (setting.clock.year or 0))
    )
    yearly = not due and (draft.stable or "年均" in text[clause_start:at])
    # 五年来年均增长7.1%。|今后五年|，年均增长7%: the years that the sentence states win
    own_years = (
        stated and len(stated[-1].time_period or "") == len("2021/2025") and stated[-1].start >= clause_start - 12
    )
    risen = draft.measure == "growth" and len(setting.origin_period or "") == len("2018") and bool(stated)
    if setting.period and len(setting.period) == len("2021/2025") and yearly and not (own_years or risen):
        return setting.period, setting.period_basis
    if cumulative and periods and (grown := since_years_ago(periods, stated, setting, clause_start, at)):
        return grown
    now = told_of_now(periods, stated, text, at) if periods else None
    if now is not None and text[now - 1 : now] in FROM:
        # 由目前的18%提高到35%: how it stands now is the first value's
        now = None
    if now is not None and now > later and setting.clock.published:
        return str(setting.clock.published.year), "relative"
    if stated and later > stated[-1].start:
        return None, "unknown"
    if (
        draft.measure in ("level", "share")
        and not stated
        and (day := day_of_event(text[:clause_end], periods, setting))
    ):
        return day, "context"
    if stated and (built := AFTER_BUILT.search(text, stated[-1].end, at)) and built.start() - stated[-1].end > NEXT_TO:
        # 2020年底投产，达产后年产值20亿元
        return None, "unknown"
    if stated:
        return _of_stated(stated, draft, text, setting, clause_start)
    counted_from = counted_since(draft, text[clause_start:at], end_year_of(setting.period))
    if counted_from:
        return counted_from, "explicit"
    origin, lasting = setting.origin_period or "", spans[-1].years if spans else None
    if (
        lasting
        and len(origin) == len("2018")
        and draft.measure == "level"
        and not TOTALLED.search(text, clause_start, at)
    ):
        # 五年来，由2018年的56户增加到|126户|: so many years after the first value
        return str(int(origin) + lasting), "inferred"
    if spans:
        return _of_span(spans[-1], draft, text)
    if "后" in text and AFTER_BUILT.search(text, 0, at):
        return None, "unknown"
    if setting.period is None and (year := second_value(draft, text, setting)):
        return year, "inferred"
    undated = later < 0 and (setting.period is None or counts_seats(draft))
    if undated and (year := goes_on(draft, text, periods, setting)):
        return year, "context"
    if (
        setting.period is None
        or later >= 0
        or outlives(draft, text, setting)
        or stands_by_now(draft, text[:at], periods, setting)
    ):
        return standing(draft, setting)
    if (years := _every_year(draft, text, clause_start, setting, setting.period)) is not None:
        return years, setting.period_basis
    known = registry().indicators.get(draft.resolved.code or "") if setting.flow_period else None
    if known is not None and known.behaviour == "flow":
        # 9月末，存款余额799亿元。居民人均可支配收入26873元: what adds up is of the months before
        return setting.flow_period, setting.period_basis
    return narrow(draft, setting.period, text), setting.period_basis


def _stated(
    draft: Draft, text: str, periods: Sequence[Period], clause_start: int, consumed: frozenset[int]
) -> list[Period]:
    """The periods before a number that can date it."""
    at = draft.quantity.number_start
    before = [
        period
        for period in (as_of(one, text) for one in periods)
        if period.role == "state"
        and period.start < at
        and period.time_period
        and not period.is_day
        and (draft.origin or period.start not in consumed)
    ]
    return [
        period
        for period in before[-NEAREST:]
        if not dates_another(period, periods, draft, text, clause_start)
        # 未来三年行动计划总投资12亿元，|已完成投资3亿元
        and not (period.text.startswith(AHEAD) and DONE_ALREADY.search(text, period.end, at))
    ]


def _counts_plan(years: str, numeral: Numeral | None) -> bool:
    """Whether a number of years is that of the plan in force: 五年 of 2023/2027."""
    first, _, last = years.partition("/")
    return numeral is not None and numeral.value == int(last) - int(first) + 1


def _every_year(draft: Draft, text: str, clause_start: int, setting: Setting, time_period: str | None) -> str | None:
    """年均增长8%, 每年新增60万户, 累计下降18%: of all the years that a chapter tells of, where its last is in force."""
    if not (setting.years and time_period and setting.years.endswith(f"/{time_period}")):
        return None
    start = clause_start
    if "vs" in draft.breakdown and YARDSTICK.match(text, clause_start):
        # 年均增长7.9%,高于全省0.4个百分点
        start = max(text.rfind(mark, 0, max(clause_start - 1, 0)) for mark in "，,；。") + 1
    words = text[start : draft.quantity.start]
    known = registry().indicators.get(draft.resolved.code or "")
    sums = draft.measure in ("growth", "multiple") or (known is not None and known.behaviour == "flow")
    told = YEARLY.search(words) or (sums and ADDED_UP.search(words))
    return setting.years if told else None


def _of_stated(
    stated: Sequence[Period], draft: Draft, text: str, setting: Setting, clause_start: int
) -> tuple[str | None, str]:
    """What the period that stands nearest before a number says of it."""
    period = stated[-1]
    at = draft.quantity.number_start
    basis = period.basis
    risen_from = setting.origin_period or ""
    if (years := _every_year(draft, text, clause_start, setting, period.time_period)) is not None:
        # “十三五”回顾: 2020年,地区生产总值达3645亿元,年均增长7.9%
        return years, "context"
    if (
        draft.measure == "growth"
        and (plan := PLAN_NAMED.search(period.text))
        and period.time_period == str(PLANS[plan.group()] + PLAN_YEARS)
        and "年均" in text[clause_start:at]
    ):
        # 到“十五五”末，地区生产总值年均增长5.5%: of each year of the plan
        return years_between(PLANS[plan.group()], PLANS[plan.group()] + PLAN_YEARS), basis
    told = text[clause_start:at]
    yearly = draft.measure == "growth" and "年均" in told
    summed = yearly or (ADDED_UP.search(told) is not None and STATES.search(told) is None)
    if draft.measure in ("growth", "level") and summed and (each := _plan_ending(period, text, setting)):
        # 到2025年，…年均增长7%, 累计下降13.5%, 累计完成投资1000亿元: of all years of the plan
        return each, "inferred"
    if draft.measure == "growth" and len(risen_from) == 4 and "年均" in text[clause_start:at]:
        # 由2006年的1.8亿元增加到2010年的5.6亿元,年均增长32.8%
        end_year = end_year_of(period.time_period)
        if end_year and int(risen_from) < end_year:
            return years_between(int(risen_from), end_year), basis
    if draft.measure == "growth" and "年均" in text[clause_start:at] and (years := _between_two(stated)) is not None:
        return years, basis
    counted_from = counted_since(
        draft, text[clause_start:at], end_year_of(period.time_period) or end_year_of(setting.period)
    )
    # 到2030年，人均收入比2020年翻一番: the goal is of its deadline
    end_year = end_year_of(period.time_period) or 0
    spoken = setting.clock.year or 0
    due = end_year > spoken or (end_year == spoken and DEADLINE.search(text, max(0, period.start - 3), period.start))
    if counted_from and not due:
        return counted_from, "explicit"
    if (months := _months_to(period, draft, text)) is not None:
        return months, basis
    if sums_up_since(period, draft, text) or all_totalled(period, draft, text):
        return period.time_period, basis
    return period.time_period if "年代" in period.text else narrow(draft, period.time_period, text), basis


def _between_two(stated: Sequence[Period]) -> str | None:
    """2018年为12.6亿元，2023年增加到18.6亿元，年均增长8.1%: from the one year to the other."""
    years = [int(one.time_period or "") for one in stated if len(one.time_period or "") == len("2018")]
    if len(years) != len(stated) or len(set(years)) != len((0, 1)) or years[0] >= years[-1]:
        return None
    return years_between(years[0], years[-1])


def _months_to(period: Period, draft: Draft, text: str) -> str | None:
    """截至7月底，完成固定资产投资126亿元: what adds up is of the months since January, and no state of July."""
    ended = AS_OF_MONTH.search(text, 0, period.start) and period.text.endswith(("底", "末"))
    indicator = registry().indicators.get(draft.resolved.code or "")
    if not ended or indicator is None or indicator.behaviour != "flow" or draft.measure not in ("level", "growth"):
        return None
    month = MONTH_ALONE.fullmatch(period.time_period or "")
    return f"{month['year']}-01/{month['year']}-{month['month']}" if month else None


def _plan_ending(period: Period, text: str, setting: Setting) -> str | None:
    """到2025年，…年均增长10% said in 2021: of each year of the plan that ends in that year."""
    spoken = setting.clock.year
    # the five years of a county's congress, which no plan goes by
    congress = (spoken + 1,) if spoken is not None and period.time_period == str(spoken + 1 + PLAN_YEARS) else ()
    for first in (*PLANS.values(), *congress):
        last = first + PLAN_YEARS
        if period.time_period == str(last) and spoken is not None and first - 1 <= spoken < last:
            due = DEADLINE.search(text, max(0, period.start - 3), period.start)
            return years_between(first, last) if due else None
    return None


def _of_span(span: Period, draft: Draft, text: str) -> tuple[str | None, str]:
    """五年来，新建公路1260公里, 通车里程达91公里: over the years, or at their end where they are over."""
    cumulative = draft.measure in ("growth", "change", "multiple")
    if cumulative or TOTALLED.search(text, span.end, draft.quantity.number_start):
        return span.time_period, "relative"
    narrowed = narrow(draft, span.time_period, text)
    if narrowed == span.time_period or whole_years(span):
        return narrowed, "relative"
    return None, "unknown"


def _same_part(time_period: str | None, setting: Setting) -> str | None:
    """2015和2016年同期 in a report on a first quarter are those first quarters."""
    if time_period and len(time_period) == 4 and setting.period and "-" in setting.period:
        return re.sub(r"\d{4}(?=-)", time_period, setting.period)
    return time_period
