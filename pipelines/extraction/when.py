"""When a number holds.

Here: choosing the period of a draft from its clause, its sentence and the period in force. Not here: finding and
resolving words of time (`periods`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.periods import Period
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import bounds

BARE_YEARS = re.compile(
    r"(?<![\d年])(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:间|来)?(?:(?:累计|共|实现)?(?:增长|增加|翻|提高)|累计|共计)"
)
NOW = frozenset(("目前", "当前", "截至目前", "截止目前", "到目前", "现在", "如今", "眼下", "迄今", "至今"))
# 现有制笔企业620家 behind 2006年被授予…: how it stands today
STANDS_NOW = re.compile(r"(?<![发实体出表])现(?:有|辖|存|设|共有|拥有)")
# 1993年5月经批准设立, 2006年被授予…: an act that dates itself and nothing that stands
ACT = re.compile(alternation("founding_act"))
FROM = re.compile(r"[从由自]$")
RISEN_TO = re.compile(
    r"(?:增长|增加|提高|提升|扩大|上升|攀升|跃升|壮大|发展|扩展|拓展|拓宽|减少|下降|降低|缩小|缩短|压缩|调整|[增升降减])[到至为]"
)
# 会上, 当天: what was signed there is of that day
AT_EVENT = re.compile(
    r"[此本]次(?:集中|活动|推介|签约|开工)|会上|当天|当日|现场|仪式上|活动[上中]|集中签约|会议期间|展会期间"
)
SIGNED = re.compile(r"签约|签订|签下|签署|成交|集中开工|揭牌|意向")
PARENTHESIS_BEGINS = re.compile(r"[（(](?:截[至止]到?)?")
PARENTHESIS_ENDS = re.compile(r"(?:数据|统计|数)?[)）]")
SEATS_BEHIND = 12
# 新造油茶林12万亩: made over the years
MADE = re.compile(r"新(?:造|建|增|修|栽|植|办|开|改)")
PROJECTS = re.compile(r"\d+[余多]?(?:个|项|家|单)")
LIST_PART = re.compile(r"[^；;]*")
DEADLINE = re.compile(r"(?:(?<!截)[到至]|展望)$")
SEATS = re.compile(r"入围|上榜|占据|席位|百强县")
TOTALLED = re.compile(r"累计|先后|共(?:计|完成|投入|引进|建成|减少)|总计")
# what adds up over the months of a year, so that it stands for no state
SPANS_OF_MONTHS = len("2019-01/2019-09")
# 达产后年产值: a year that no one tells
AFTER_BUILT = re.compile(r"(?:建成|投产|达产|投用|运营|投运|竣工)(?:投产|达产|运营|使用|投用)?(?:之?后)")
OWNED = re.compile(r"(?:拥有|现有|共有|已有|建有|设有)")
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
    if behind := _in_parenthesis(draft, text, periods):
        return behind.time_period, behind.basis
    clause_start, clause_end = next(
        ((clause.start, clause.end) for clause in clauses if clause.start <= at < clause.end), (0, len(text))
    )
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
        and not _dates_another(period, periods, draft, text, clause_start)
    ]
    # 一年来，… under the heading of its year is that year
    shortest = 1 if setting.period else 0
    spans = [
        period
        for period in periods
        if period.role == "span" and period.start < at and period.time_period and period.years != shortest
    ]
    streak = next(
        (
            period
            for period in reversed(periods)
            if period.role == "streak" and period.years and clause_start <= period.start < min(at + 12, clause_end)
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
        same = next((period for period in periods if said <= period.start < at and period.text.endswith("同期")), None)
        if same:
            return _year_before(same, stated, setting)
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
    if cumulative and (grown := _since_years_ago(periods, stated, setting, clause_start, at)):
        return grown
    now = _now(periods, stated, text, at)
    later = max((period.start for period in periods if period.role == "later" and period.start < at), default=-1)
    if now is not None and now > later and setting.clock.published:
        return str(setting.clock.published.year), "relative"
    if stated and later > stated[-1].start:
        return None, "unknown"
    if (
        draft.measure in ("level", "share")
        and not stated
        and (day := _day_of_event(text[:clause_end], periods, setting))
    ):
        return day, "context"
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
        # 到2030年，人均收入比2020年翻一番: the goal is of its deadline
        end_year = _end_year(period.time_period) or 0
        spoken = setting.clock.year or 0
        due = end_year > spoken or (end_year == spoken and DEADLINE.search(text[: period.start]))
        if counted_from and not due:
            return counted_from, "explicit"
        return period.time_period if "年代" in period.text else _narrow(draft, period.time_period, text), basis
    counted_from = _since(draft, text[clause_start:at], _end_year(setting.period))
    if counted_from:
        return counted_from, "explicit"
    if spans:
        if cumulative:
            return spans[-1].time_period, "relative"
        if TOTALLED.search(text[spans[-1].end : at]):
            return spans[-1].time_period, "relative"
        narrowed = _narrow(draft, spans[-1].time_period, text)
        if narrowed == spans[-1].time_period or _whole_years(spans[-1]):
            return narrowed, "relative"
        return None, "unknown"
    if AFTER_BUILT.search(text, 0, at):
        return None, "unknown"
    if setting.period is None and later < 0 and (year := _goes_on(draft, text, periods, setting)):
        return year, "context"
    if setting.period is None or later >= 0 or _outlives(draft, text, setting):
        return _standing(draft, text, setting)
    return _narrow(draft, setting.period, text), setting.period_basis


def _dates_another(period: Period, periods: Sequence[Period], draft: Draft, text: str, clause_start: int) -> bool:
    """Whether a period belongs to an act, or to the first value of a from-to that is no number, and not to the draft.

    1993年5月经批准设立，总人口约9万人; 从2011年的四亿出头增长到12.6亿元.
    """
    at = draft.quantity.number_start
    if any(mark in text[period.end : at] for mark in "；;") and _ends_with_part(period, periods, text):
        return True
    if FROM.search(text[: period.start]) and not draft.origin and RISEN_TO.search(text, period.end, at):
        return True
    if draft.measure not in ("level", "share") or period.start >= clause_start:
        return False
    return dates_an_act(text, period.end) and not _is_done(draft)


def _ends_with_part(period: Period, periods: Sequence[Period], text: str) -> bool:
    """Whether a period dates no more than its part of a list between semicolons.

    总投资72亿元，2017年产销8.6万辆；某厂年产能5万辆; 一季度增长10.5%，二季度增长8.9%；分县看….
    """
    start = max(text.rfind(mark, 0, period.start) for mark in "；;") + 1
    part = LIST_PART.match(text, start)
    end = part.end() if part else len(text)
    told = text[start : period.start].replace(",", "，")
    dated = any(character.isdigit() for character in text[period.end : end])
    from_to = re.search(r"[从由自到至]$", text[: period.start])
    if dated and not from_to and "，" in told and any(character.isdigit() for character in told):
        return True
    told_of = [
        other
        for other in periods
        if other.role == "state" and start <= other.start < end and not FROM.search(text[: other.start])
    ]
    return len(told_of) > 1


def dates_an_act(text: str, end: int) -> bool:
    """Whether the period that ends there dates an act and no number (2003年被命名为“厨师之乡”，全县…).

    Args:
        text: The sentence.
        end: Where its period ends.
    """
    told = re.split(r"[，,；。]", text[end:].lstrip("，,"), maxsplit=1)[0]
    return ACT.search(told) is not None and not any(character.isdigit() for character in told)


def _in_parenthesis(draft: Draft, text: str, periods: Sequence[Period]) -> Period | None:
    """The period that stands alone in the parenthesis behind a number: 人口48万人（2018年末）."""
    if text[draft.quantity.end : draft.quantity.end + 1] not in ("（", "("):
        return None
    for period in periods:
        if (
            period.role == "state"
            and period.time_period
            and PARENTHESIS_BEGINS.fullmatch(text, draft.quantity.end, period.start)
            and PARENTHESIS_ENDS.match(text, period.end)
        ):
            return period
    return None


def _is_done(draft: Draft) -> bool:
    """Whether the value was made over a time (实现产值3亿元), not a state."""
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator:
        return indicator.behaviour == "flow"
    return bool(draft.verb) and draft.verb not in STATE_VERBS - {"实现"}


def _since_years_ago(
    periods: Sequence[Period], stated: Sequence[Period], setting: Setting, clause_start: int, at: int
) -> tuple[str, str] | None:
    """比五年前翻了一番 said of 2017 is growth from 2012 to 2017."""
    ago = next(
        (p for p in periods if p.role == "comparison" and p.years and clause_start <= p.start < at and "前" in p.text),
        None,
    )
    if ago is None or ago.years is None:
        return None
    last = _end_year(stated[-1].time_period if stated else setting.period)
    if last is None and ago.time_period:
        last = int(ago.time_period) + ago.years
    return (f"{last - ago.years}/{last}", "relative") if last else None


def _now(periods: Sequence[Period], stated: Sequence[Period], text: str, at: int) -> int | None:
    """Where 目前, 如今 or 现有 stands that the number is told of, None where a period is stated behind it."""
    last = stated[-1] if stated else None
    said = max((p.start for p in periods if p.role == "vague" and p.text in NOW and p.start < at), default=-1)
    if said > (last.start if last else -1):
        return said
    # 2023年末，现有学校86所 is of 2023; 2006年被授予…，现有企业620家 is not of 2006
    behind = last.end if last else 0
    stands = STANDS_NOW.search(text, behind, at) if periods else None
    return stands.start() if stands and ACT.search(text, behind, stands.start()) else None


def _goes_on(draft: Draft, text: str, periods: Sequence[Period], setting: Setting) -> str | None:
    """The year of what goes on without one: the edition that seats are counted in, the year told of above."""
    at = draft.quantity.number_start
    if setting.edition and (
        draft.unit == "席" or (draft.unit in ("个", "家") and SEATS.search(text, 0, at + SEATS_BEHIND))
    ):
        return setting.edition
    indicator = registry().indicators.get(draft.resolved.code or "")
    if setting.told_year is None or indicator is None or indicator.behaviour != "flow":
        return None
    before = text[:at]
    if any(period.role != "comparison" and period.start < at for period in periods) or TOTALLED.search(before):
        return None
    if draft.measure not in ("level", "growth"):
        return None
    return setting.told_year


def _day_of_event(before: str, periods: Sequence[Period], setting: Setting) -> str | None:
    """会上，共签约项目26个: of the day of the meeting, which the sentence or one before it names."""
    if not (AT_EVENT.search(before) and SIGNED.search(before) and PROJECTS.search(before)):
        return None
    own = [period for period in periods if period.is_day and period.start < len(before)]
    return own[-1].time_period if own else setting.day


def _outlives(draft: Draft, text: str, setting: Setting) -> bool:
    """Whether a state is told beside sums over months (前三季度，产值增长8.6%。全市拥有上市公司28家)."""
    if not (setting.passing and setting.period and len(setting.period) == SPANS_OF_MONTHS and draft.measure == "level"):
        return False
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator:
        return indicator.behaviour == "stock"
    return bool(OWNED.search(text[: draft.quantity.number_start]))


def _standing(draft: Draft, text: str, setting: Setting) -> tuple[str | None, str]:
    """The year in which a description was published is that of the states that it tells of, weak as that is."""
    if setting.described_in is None or draft.measure not in ("level", "share") or draft.origin:
        return None, "unknown"
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator is None or indicator.behaviour != "stock":
        return None, "unknown"
    return str(setting.described_in), "inferred"


def _year_before(same: Period, stated: Sequence[Period], setting: Setting) -> tuple[str | None, str]:
    """由去年同期的: the same part of the year before."""
    own = [period for period in stated if period.start < same.start]
    time_period = own[-1].time_period if own else setting.period
    if time_period is None and setting.clock.year:
        return str(setting.clock.year - 1), "relative"
    if time_period is None:
        return None, "unknown"
    return re.sub(r"\d{4}(?=-|/|$)", lambda year: str(int(year.group()) - 1), time_period), "relative"


def _same_part(time_period: str | None, setting: Setting) -> str | None:
    """2015和2016年同期 in a report on a first quarter are those first quarters."""
    if time_period and len(time_period) == 4 and setting.period and "-" in setting.period:
        return re.sub(r"\d{4}(?=-)", time_period, setting.period)
    return time_period


def _since(draft: Draft, words: str, end_year: int | None) -> str | None:
    """比2005年增加59.4亿斤 counts from that year on; 比2020年增长8.1% said of 2021 is growth of 2021."""
    compared = re.search(r"(?:比|较)(?P<year>(?:19|20)\d{2})年(?!同期|[一二三四上下前全末\d])", words)
    if compared is None or draft.measure not in ("growth", "change", "multiple"):
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
    if draft.verb in CUMULATIVE_VERBS or MADE.match(text, draft.start) or CUMULATIVE_BEHIND.match(text[draft.end :]):
        return time_period
    if re.search(r"累计(?!达)|共(?:计|完成|投入|引进)", text[max(0, draft.start - 10) : draft.quantity.start]):
        return time_period
    return time_period.split("/")[1]
