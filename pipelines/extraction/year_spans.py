"""How much of a span of years a number is for.

Here: what is done over the years and what stands at their end, and growth since a year. Not here: which span it is
(`when`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.lexicon import registry
from pipelines.extraction.periods import Period
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import bounds, years_between

# 新造油茶林12万亩: made over the years
MADE = re.compile(r"新(?:造|建|增|修|栽|植|办|开|改)")
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
SINCE = re.compile(
    r"(?:比|较|在)(?P<year>(?:19|20)\d{2})年(?!同期|[一二三四上下前全\d])(?:(?<!在.{5})|(?=末?(?:的)?基础上))"
)
OTHER_BASE = re.compile(
    r"环比|[比较](?:(?P<end>年初|(?:上年|去年)年?[末底])|(?P<year>(?:19|20)\d{2}年)同期"
    r"|(?P<part>上个?(?:月|季度)末?|去年全年|(?:今年)?(?:[一二三四]季度末?|上半年|前三季度|1[-—~至]\d{1,2}月)(?!同期)|去年1?\d月末?))"
    r"(?![^，,；;。]*同比)"
)
# 与2019年同期相比，2024年…增长28.7%; 较2015年，森林覆盖率提高4.3个百分点: one base for all that a sentence tells
BASE_OF_ALL = re.compile(
    r"(?:^|[，,；;。])\s*(?:与|同|较|比)(?P<year>(?:19|20)\d{2}年)[末底]?(?:同期)?(?:第[五六七]次(?:全国)?人口普查(?:的)?)?"
    r"(?:[^，,；;。]{0,16}相比|比较|相较)?(?:[，,]|(?=减少|增加|下降|上升))"
)
ANOTHER_YEAR = re.compile(r"[；;](?:到|至|而)?(?:(?:19|20)\d{2}年|去年|今年)")
# 扣除价格因素，实际增长
OTHER_BASIS = re.compile(
    r"(?P<basis>自然口径|(?:剔除|扣除|还原|不含)(?!价格|物价)[^，；。\d]{2,14}?(?:因素|影响|政策)?后)[，,]?(?:[\u4e00-\u9fff]{0,4}同比)?(?:实际)?(?:增长|下降|增幅|降幅)?(?:为|约)?$"
)
# 下降2.3%，|同口径|增长8.6%: beside another rate of the same
LIKE_BASIS = re.compile(r"(?P<basis>同口径|可比口径)(?:计算)?[，,]?(?:同比)?(?:增长|下降|增幅|降幅)?(?:为|约)?$")
REAL_TERMS = re.compile(r"实际(?:同比)?(?:增长|增速|下降)(?:为|达)?$")
REAL_REACH = 12
BASIS_REACH = 28
OWN_YARDSTICK = re.compile(r"同比|环比|比上年|比去年|较上年|较去年|[比较与](?![例重率值])[^，,；;。]{2,14}(?:相比)?")
# 是2020年的1.6倍，|年均|增长12.3%; 与2010年…相比…，年平均增长率为-0.54%
MEAN = re.compile(r"年均|年平均")
FROM_YEAR = re.compile(r"(?:是|为|相当于|比|较|与|同|从|由|自)(?P<year>(?:19|20)\d{2})年(?!代)")
# 是2016年的1.7倍, 是五年前的近4倍: what a value is held against
MULTIPLE_OF = re.compile(
    r"(?:是|为|相当于|达到?)(?P<year>(?:19|20)\d{2}年[末底]?|[一二两三四五六七八九十\d]{1,3}年前)的?(?:近|约|超过?|将近)?"
    # 分别是2020年的3.2倍、|2.1倍
    r"(?:[\d.]+倍[、，和与]\s?)*$"
)
# 达到, 增至, 提高到, 保持在, 迈上: how it stands
STATE_TAIL = re.compile(r"(?:达到?|破|[到至在上入]|有|为|超过?|逾|超)$")
CUMULATIVE_BEHIND = re.compile(r"^[^，；]{0,10}(?:消除|脱贫|出列|摘帽|搬迁|就业|上岸|退捕)")
SUMMED_UP = re.compile(r"累计(?!达)|共(?:计|完成|投入|引进)")
ADDS_UP = re.compile(r"签约|签订|开工项目|竣工项目|投产项目|发放|成交额|授信|捐")
SPENT = re.compile(r"(?:完成|计划|估算|总)(?:总)?投资$|(?:投入|筹措|拨付|落实|争取)[\u4e00-\u9fff]{0,6}资金$")
TOTALLED = re.compile(r"累计|先后|共(?:计|完成|投入|引进|建成|减少)|总计")
TOTALS_ALL = re.compile(r"[，,]?(?:全[省市县区州])?(?:累计|共计|总计)(?!达)")
STATES = re.compile(r"(?:达到?|[增升提高]到|[增降升]至|突破|超过?)$")
# 累计接待游客2100万人次，|实现|旅游总消费210亿元
DONE_VERBS = frozenset(("实现", "完成", "投入", "发放", "引进", "新建", "新增"))
SINCE_THEN = re.compile(r"自?\d{4}年[^，。；、]{0,14}?以来")


def multiple_of(draft: Draft, text: str) -> re.Match[str] | None:
    """The year that a value is a multiple of (财政收入是2016年的1.7倍), with its words as `year`; None elsewhere.

    Args:
        draft: The draft.
        text: The sentence.
    """
    return MULTIPLE_OF.search(text, 0, draft.quantity.start) if draft.measure == "multiple" else None


def narrow(draft: Draft, time_period: str | None, text: str) -> str | None:
    """Within a span of years a state holds at its end, growth and things done over the whole span.

    Args:
        draft: The draft.
        time_period: Its ISO period; any but a span of years comes back as it is.
        text: The sentence.
    """
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
    if draft.resolved.code is None and draft.quantity.dimension == "money" and SPENT.search(draft.resolved.name):
        # “十四五”期间完成投资860亿元: what is spent adds up
        return time_period
    if draft.verb in CUMULATIVE_VERBS or MADE.match(text, draft.start) or CUMULATIVE_BEHIND.match(text[draft.end :]):
        return time_period
    if SUMMED_UP.search(text[max(0, draft.start - 10) : draft.quantity.start]):
        return time_period
    if ADDS_UP.search(draft.resolved.name) and not stated:
        # 2021年以来，签约项目120个, 发放贷款600亿元: no state at the end
        return time_period
    return time_period.split("/")[1]


def since_years_ago(
    periods: Sequence[Period], stated: Sequence[Period], setting: Setting, clause_start: int, at: int
) -> tuple[str, str] | None:
    """比五年前翻了一番 said of 2017 is growth from 2012 to 2017.

    Args:
        periods: The expressions of time of the sentence.
        stated: Those that could date the number.
        setting: What holds before the sentence.
        clause_start: Where the clause of the number begins.
        at: Where the number begins.

    Returns:
        The span and its basis, None where nothing of the kind is said.
    """
    ago = next(
        (p for p in periods if p.role == "comparison" and p.years and clause_start <= p.start < at and "前" in p.text),
        None,
    )
    if ago is None or ago.years is None:
        return None
    last = end_year_of(stated[-1].time_period if stated else setting.period)
    if last is None and ago.time_period:
        last = int(ago.time_period) + ago.years
    return (f"{last - ago.years}/{last}", "relative") if last else None


def counted_since(draft: Draft, words: str, end_year: int | None) -> str | None:
    """比2005年增加59.4亿斤 counts from that year on; 比2020年增长8.1% said of 2021 is growth of 2021.

    Args:
        draft: The draft.
        words: Its clause up to the number.
        end_year: The last year that it could count to.
    """
    if draft.measure not in ("growth", "change", "multiple"):
        return None
    compared = SINCE.search(words)
    if compared is None:
        return None
    if draft.quantity.measure_hint == "points" or end_year is None or end_year - int(compared["year"]) <= 1:
        return None
    return years_between(int(compared["year"]), end_year)


def base_year(draft: Draft, text: str) -> str:
    """The year that a growth is counted from, "" where its clause names none (比2019年增长15%: 2019年).

    Args:
        draft: The draft.
        text: Its sentence.
    """
    at = draft.quantity.start
    clause = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    compared = SINCE.search(text, clause, at) if draft.measure in ("growth", "multiple") else None
    return compared["year"] + "年" if compared else ""


def other_base(draft: Draft, text: str) -> str:
    """What a growth is held against where it is not the same months of the year before, "" where it is.

    Two growths of one figure would else be two values of one thing: 比上年末增长8.2%，同比增长9.6%.

    Args:
        draft: The draft.
        text: Its sentence.
    """
    if draft.measure not in ("growth", "change"):
        return ""
    at = draft.quantity.start
    clause = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    said = OTHER_BASE.search(text, clause, at)
    return (said["year"] or said["part"] or ("年初" if said["end"] else "上期")) if said else ""


def in_real_terms(draft: Draft, drafts: Sequence[Draft], text: str) -> bool:
    """名义增长5.6%，扣除价格因素实际增长5.8%: the second growth of one figure, which would else be another value of it.

    Args:
        draft: The draft.
        drafts: Those of its sentence.
        text: The sentence.
    """
    at = draft.quantity.start
    if draft.measure != "growth" or not REAL_TERMS.search(text, max(0, at - REAL_REACH), at) or "目标" in text[:at]:
        return False
    return any(
        one.measure == "growth" and one.quantity.end <= at and one.resolved == draft.resolved
        for one in drafts
        if not REAL_TERMS.search(text, max(0, one.quantity.start - REAL_REACH), one.quantity.start)
    )


def on_another_basis(draft: Draft, drafts: Sequence[Draft], text: str) -> str:
    """同口径增长6.3%，|自然口径|下降8.2%: the second rate counts what is not the same, "" for any other.

    Args:
        draft: The draft.
        drafts: Those of its sentence, in their order.
        text: The sentence.
    """
    if draft.measure != "growth":
        return ""
    begin = max(0, draft.quantity.start - BASIS_REACH)
    told = OTHER_BASIS.search(text, begin, draft.quantity.start)
    if told is None and any(
        one.measure == "growth"
        and one.resolved.name == draft.resolved.name
        and one.quantity.end <= draft.quantity.start
        for one in drafts
    ):
        told = LIKE_BASIS.search(text, begin, draft.quantity.start)
    return told["basis"] if told is not None else ""


def base_of_all(draft: Draft, text: str) -> str:
    """The year that all growth of a sentence is counted from (与2020年相比，…), "" where a clause has its own.

    Args:
        draft: The draft.
        text: Its sentence.
    """
    if draft.measure not in ("growth", "change", "multiple") and not draft.origin:
        return ""
    if "与" not in text and "较" not in text and "比" not in text and "同" not in text:
        return ""
    at = draft.quantity.start
    bases = list(BASE_OF_ALL.finditer(text, 0, at))
    clause = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    if not bases or MEAN.search(text, clause, at):
        return ""
    own = OWN_YARDSTICK.search(text, max(clause, bases[-1].end()), at)
    # 2021年…，比2012年增加近一倍；|2022年|…，增长5%: of a year of its own
    another = ANOTHER_YEAR.search(text, bases[-1].end(), at)
    return "" if own or another else bases[-1]["year"]


def mean_since(draft: Draft, text: str, end_year: int | None) -> str | None:
    """是2020年的1.6倍，年均增长12.3%: growth of each year since the year that was told.

    Args:
        draft: The draft.
        text: Its sentence.
        end_year: The last of the years.
    """
    at = draft.quantity.start
    clause = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    if end_year is None or draft.measure not in ("growth", "change") or not MEAN.search(text, clause, at):
        return None
    part = max(text.rfind(mark, 0, clause) for mark in "；;。") + 1
    years = [int(found["year"]) for found in FROM_YEAR.finditer(text, part, at) if int(found["year"]) < end_year - 1]
    return years_between(years[-1], end_year) if years else None


def whole_years(span: Period) -> bool:
    """Whether a span counts whole years (五年来 said in January), so that its last year is over."""
    first, _, last = (span.time_period or "").partition("/")
    return bool(last) and int(last) - int(first) + 1 == span.years


def end_year_of(time_period: str | None) -> int | None:
    """The year in which a period ends, None for None."""
    return bounds(time_period)[1].year if time_period else None


def sums_up_since(period: Period, draft: Draft, text: str) -> bool:
    """自2017年结对以来,累计投入1.9亿元；销售额突破1亿元: sums over the years, but no state and no yearly total.

    Args:
        period: The period before the number.
        draft: The draft.
        text: Its sentence.
    """
    at = draft.quantity.number_start
    since = len(period.time_period or "") == len("2017/2019") and SINCE_THEN.match(text, period.start)
    if not since or draft.measure != "level" or not TOTALLED.search(text, period.end, at):
        return False
    indicator = registry().indicators.get(draft.resolved.code or "")
    return indicator is None or (indicator.behaviour == "flow" and bool(draft.verb))


def all_totalled(period: Period, draft: Draft, text: str) -> bool:
    """近三年累计引进项目156个，到位资金187.4亿元: 累计 holds for each sum of the list, but for no state.

    Args:
        period: The period before the number.
        draft: The draft.
        text: Its sentence.
    """
    if draft.measure != "level" or len(period.time_period or "") != len("2022/2024"):
        return False
    indicator = registry().indicators.get(draft.resolved.code or "")
    flows = indicator.behaviour == "flow" if indicator is not None else draft.verb in DONE_VERBS
    return flows and TOTALS_ALL.match(text, period.end) is not None and not STATES.search(text[: draft.quantity.start])
