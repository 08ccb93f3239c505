"""When a number holds.

Here: choosing the period of a draft from its clause, its sentence and the period in force. Not here: finding and
resolving words of time (`periods`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.lexicon import registry
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.periods import Period
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import bounds

BARE_YEARS = re.compile(
    r"(?<![\d年])(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:间|来)?(?:(?:累计|共|实现)?(?:增长|增加|翻|提高)|累计|共计)"
)
NOW = frozenset(("目前", "当前", "截至目前", "截止目前", "到目前", "现在", "如今"))
# done over the years of the plan, not a state at their end
CUMULATIVE_VERBS = frozenset(
    (
        "新建",
        "改造",
        "新建改造",
        "开挖疏浚",
        "开挖",
        "疏浚",
        "发放",
        "转移",
        "搬迁",
        "安置",
        "建成",
        "完成",
        "修复",
        "治理",
        "造林",
        "绿化",
        "投入",
        "解决",
        "整治",
        "改造提升",
        "续建",
        "减少",
        "压减",
        "淘汰",
        "化解",
        "救助",
        "培训",
        "累计投入",
        "补充",
        "审结",
        "争取",
        "办理",
        "查处",
        "脱贫",
        "消除",
    )
)
SUMMED = frozenset(("person", "household"))
STATE_VERBS = frozenset(
    (
        "拥有",
        "保有",
        "辖",
        "下辖",
        "管辖",
        "处于",
        "覆盖",
        "聚集",
        "集聚",
        "实现",
        "形成",
        "利用",
        "供应",
        "发展",
        "保持",
        "突破",
    )
)
SINCE = re.compile(r"(?:比|较)(?P<year>(?:19|20)\d{2})年(?!同期|[一二三四上下前全末\d])")
# 达到, 增至, 提高到, 保持在, 迈上: how it stands
STATE_TAIL = re.compile(r"(?:达到?|破|[到至在上入]|有|为|超过?|逾|超)$")
CUMULATIVE_BEHIND = re.compile(r"^[^，；]{0,10}(?:消除|脱贫|出列|摘帽|搬迁|就业|上岸|退捕)")


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
    time_period, basis = _period(draft, text, clauses, periods, setting, consumed)
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
    clause_start = next((clause.start for clause in clauses if clause.start <= at < clause.end), 0)
    aside = [other for other in clauses if other.depth and not other.start <= at < other.end]
    periods = [period for period in periods if not any(other.start <= period.start < other.end for other in aside)]
    stated = [
        period
        for period in periods
        if period.role == "state"
        and period.start < at
        and period.time_period
        and not period.is_day
        and (draft.origin or period.start not in consumed)
    ]
    spans = [period for period in periods if period.role == "span" and period.start < at and period.time_period]
    streak = next(
        (
            period
            for period in reversed(periods)
            if period.role == "streak" and period.years and clause_start <= period.start < at + 12
        ),
        None,
    )
    cumulative = draft.measure in ("growth", "change", "multiple")
    if draft.origin:
        # 2025年园区由120个增至150个: the year before 由 is that of the second value
        said = max(text.rfind(word, 0, draft.quantity.start) for word in "由从自")
        own = [period for period in stated if period.start >= said or "/" in (period.time_period or "")]
        if own and "/" in (own[-1].time_period or "") and len(own[-1].time_period or "") == 9:
            # 从2020年到2024年,地区生产总值由2008亿元升至2929亿元
            return (own[-1].time_period or "")[:4], own[-1].basis
        if own and not (len(own) == 1 and "/" in (own[-1].time_period or "")):
            setting.origin_period = own[-1].time_period
            return own[-1].time_period, own[-1].basis
        if spans and spans[-1].years:
            end_year = _end_year(spans[-1].time_period)
            return (str(end_year - spans[-1].years), "relative") if end_year else (None, "unknown")
        if setting.origin_period:
            return setting.origin_period, "explicit"
        if setting.period and "/" in setting.period and len(setting.period) == 9:
            return str(int(setting.period[:4]) - 1), "context"
        return None, "unknown"
    if streak and streak.years and draft.measure in ("level", "share"):
        since = next((period for period in stated if period.text.startswith("自") or "以来" in period.text), None)
        if since and since.time_period:
            first = int(since.time_period[:4])
            return _years(first, first + streak.years - 1), "explicit"
        last_year = _end_year(stated[-1].time_period if stated else setting.period)
        if last_year:
            return _years(last_year - streak.years + 1, last_year), "context"
    if match := BARE_YEARS.search(text[clause_start : at + 1]):
        # 总产量十年增长1.3倍
        numeral = parse_numeral(match["years"])
        end_year = _end_year(stated[-1].time_period if stated else setting.period)
        if (cumulative or match.group().endswith(("累计", "共计"))) and numeral and end_year:
            return _years(end_year - int(numeral.value) + 1, end_year), "context"
    if setting.period and len(setting.period) == 9 and (draft.stable or "年均" in text[clause_start:at]):
        return setting.period, setting.period_basis
    if stated:
        period = stated[-1]
        basis = period.basis
        risen_from = setting.origin_period or ""
        if draft.measure == "growth" and len(risen_from) == 4 and "年均" in text[clause_start:at]:
            # 由2006年的1.8亿元增加到2010年的5.6亿元,年均增长32.8%
            end_year = _end_year(period.time_period)
            if end_year and int(risen_from) < end_year:
                return _years(int(risen_from), end_year), basis
        counted_from = _since(draft, text[clause_start:at], _end_year(period.time_period) or _end_year(setting.period))
        if counted_from:
            return counted_from, "explicit"
        return _narrow(draft, period.time_period, text), basis
    counted_from = _since(draft, text[clause_start:at], _end_year(setting.period))
    if counted_from:
        return counted_from, "explicit"
    if spans:
        if cumulative:
            return spans[-1].time_period, "relative"
        if draft.reached and _whole_years(spans[-1]):
            return str(_end_year(spans[-1].time_period)), "relative"
        return None, "unknown"
    now = next(
        (period for period in periods if period.role == "vague" and period.text in NOW and period.start < at),
        None,
    )
    if now and setting.clock.published:
        return str(setting.clock.published.year), "relative"
    if setting.period is None:
        return None, "unknown"
    return _narrow(draft, setting.period, text), setting.period_basis


def _same_part(time_period: str | None, setting: Setting) -> str | None:
    """2015和2016年同期 in a report on a first quarter are those first quarters."""
    if time_period and len(time_period) == 4 and setting.period and "-" in setting.period:
        return re.sub(r"\d{4}(?=-)", time_period, setting.period)
    return time_period


def _since(draft: Draft, words: str, end_year: int | None) -> str | None:
    """比2005年增加59.4亿斤 counts from that year on; 比2020年增长8.1% said of 2021 is growth of 2021."""
    if draft.measure not in ("growth", "change", "multiple"):
        return None
    compared = SINCE.search(words)
    if compared is None:
        return None
    if draft.quantity.measure_hint == "points" or end_year is None or end_year - int(compared["year"]) <= 1:
        return None
    return _years(int(compared["year"]), end_year)


def _years(first: int, last: int | None) -> str | None:
    """A span of years as ISO 8601, one year alone where it has only one."""
    if last is None:
        return None
    return f"{first}/{last}" if first < last else str(last)


def _whole_years(span: Period) -> bool:
    """Whether a span counts whole years (五年来 said in January), so that its last year is over."""
    first, _, last = (span.time_period or "").partition("/")
    return bool(last) and int(last) - int(first) + 1 == span.years


def _end_year(time_period: str | None) -> int | None:
    return bounds(time_period)[1].year if time_period else None


def _narrow(draft: Draft, time_period: str | None, text: str) -> str | None:
    """Within a span of years a state holds at its end, growth and things done over the whole span."""
    if not time_period or len(time_period) != 9 or "/" not in time_period:
        return time_period
    if draft.measure in ("growth", "change", "multiple") or draft.stable:
        return time_period
    stated = STATE_TAIL.search(text[draft.start : draft.quantity.start])
    if draft.verb and draft.verb not in STATE_VERBS and not stated:
        # 建成运输机场3座, 出台法规350件: done over the years, where 运输机场达到3座 is how it stands at their end
        return time_period
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator and indicator.behaviour == "flow" and indicator.dimension in SUMMED and not stated:
        # 过去五年,新增城镇就业21万人: persons and things add up
        return time_period
    if draft.verb in CUMULATIVE_VERBS or CUMULATIVE_BEHIND.match(text[draft.end :]):
        return time_period
    if re.search(r"累计(?!达)|共(?:计|完成|投入|引进)", text[max(0, draft.start - 10) : draft.quantity.start]):
        return time_period
    return time_period.split("/")[1]
