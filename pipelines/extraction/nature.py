"""Whether a number is an actual, a target or an estimate.

Here: the words and headings that make a number a target. Not here: its period (`when`).
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from pipelines.extraction.binding import Draft
from pipelines.extraction.lexicon import alternation
from pipelines.extraction.patterns import guarded
from pipelines.extraction.periods import Period
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import bounds

TARGET_CUE = guarded(
    r"力争|紧盯(?:全年|年度)?(?=[\u4e00-\u9fff])|(?:未来|今后|接下来)的?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})年(?!规划|来)|(?<=年)(?:发展|总体|预期)?目标(?:值|数)?(?=(?:达到?|超过?|约|近)?(?:\d|$))|(?<=\d年)目标(?=(?:完成|实现)(?![率度情进程]))|将(?:投资|投入)|(?:(?:将|要|计划)再?|再)用[一两二三四五六七八九十\d到至]{1,4}年|(?<![新已共计])争取(?=实现|达到?|完成|在|年内|全年|新增(?![^，]{0,8}(?:债券|资金))|进入|突破|到20|成为|建成)|目标(?:任务)?(?:是|为|：|:|增长)|(?<![于比过到])预期目标(?!(?:任务)?的?(?:完成|实现|执行))|我们将|(?<=[年度])计划(?!完成率|完成情况|完成的)(?=新|改|建|实|完|开|引|培|投|造|治|安|发)|增长目标(?:定|设定|确定|初步确定)为|预算(?:安排(?!的)|草案|数(?=为|达?\d|达?$))|代编|(?<=[收支][入出])(?:总计|合计)?拟?(?:预期|计划|安排)(?=$|[为达约]?\d)|(?<=[收支][入出])(?:年初|年度|调整)?预算数?(?=为?\d|为?$)|(?<=[造建设修植理])计划(?=\d|$)|，目标(?:为|是)(?=\d|$)|(?<=[\u4e00-\u9fff]{2})(?<![完占成达于比到的项年各标期])目标(?=(?:为|是|由|从)?(?:达到?)?(?:\d|$))|将[^，；。]{0,6}(?:办好|抓好|做好|实施|推进)|(?<=[年县市区州内])将(?=再?(?:新建|改造|开工|建设|实施|开展|引进|培育|完成|投入|推进|整治|发放|改扩建|新改建|启动|安排))|下达[^，。；\d]{0,14}(?:目标任务|任务目标|目标|任务)(?:数|为)?(?=\d|$)|将(?:互[派送访换]|每年|定期|新引进|新招引|新签约|新开工|新培育|新增设|达到?|突破|超过|实现|完成|建成|新增|形成|增长|提高|保持|控制)|(?:(?<![行动年度作案”》项规])|(?<=[全今明]年))计划(?=[\u4e00-\u9fff]{2,16}(?:增长|突破|下降|控制在)(?:到|至|约)?(?:\d|$))|(?:(?<![行动年度作案”》])|(?<=[全今明]年))计划(?=[^》）”]{0,2}(?:每年|[新再改][建改增扩造开办]|再新|开工|上马|到20|到“|播种|春播|秋播|落实|完成|投资|实现|新建|建设|新增|达|到|用|总投资|投入|[一两二三四五六七八九十]年|未来|供应|实施|改造|培育|引进|造林|治理|修建|修复|培训|种植|发放|安排|生产|招聘|脱贫|减贫|退出|摘帽))|[拟预](?=脱贫|退出|摘帽)|拟(?:建|投资|新建|实施)|(?:抓好|办好)[^，。；]{0,8}(?:实事|民生工程)[：:]|原定|原计划|年度计划(?:完成)?投资"
    r"|确保(?!了)|(?<![于合超达出乎])预期(?!相比|寿命|目标(?:任务)?的?(?:完成|实现|执行))|努力(?:实现|达到|完成)|奋力实现|(?<![主需重必只不首])要(?:达到|实现|完成|确保|力争|突破|新增|新开工|新签约|新引进|新培育|新建成|控制|保持|超过|提高|增长|开工|新建|建成|引进|培育|上马)|冲刺|(?:达到?|突破)[^，；。]{0,10}的目标|将[^，；。]{2,12}(?:提升|提高|增加|降低|压减)(?:到|至)|有望达到|(?:全年|今年|年内|年底前)(?:要|力争|确保|须|需)|须(?:再|增长|完成|新增|达到)|到(?:期末|“?十[五六]五”?末)"
)
ESTIMATE_CUE = guarded(
    r"(?:每年|年)可(?=[节减带实形新贡安吸])|(?<![许认宁均也都不])可(?:节约|减排|年产|新增产值|实现年|形成年|带动就业|安置)|(?<!占)预计|预测|估算|估计|有望|预估|(?:达产|满产|投产|建成)后[，,]?[^，；。]{0,4}可|(?<![已年])(?:建成|投产)(?:投产|投用|达产)?后[，,]?年(?:产|营|销|纳|税|利|发|处|接|均|综)|(?:项目|工程|一期|二期|全部)(?:全部|全面)?(?:建成|投产|投用|达产)(?:投产|达产|投用|运营|达效)?后(?![，,]?[^，。；]{0,6}(?:已|20\d|去年|上半年))|(?<![已年])(?:达产|满产)后(?![，,]?(?:已|20))"
)
# 预计…将超过: what 将 says of the future is an estimate still
LOOKING_AHEAD = re.compile(r"将|有望|要")
SENTENCE_PART = re.compile(r"[；;。]")
# 围绕全年生产总值增长6.5%、投资增长8%|的目标: each of the list is a part of the goal
GOAL_LISTED = re.compile(
    r"(?:以[上内]|左右)?(?:[、和与及][^，,、。；\d]{2,16}\d[\d.]*(?:[%％]|[万亿]?元)?(?:以[上内]|左右)?){0,4}"
    r"的?(?:年度|全年|预期|既定|预定|总体|增长)?目标(?!的)"
)
# 完成全年1000亿元目标的49.7%
GOAL_BEHIND = re.compile(r"(?:的)?(?:年度|全年|预期|既定|预算|计划|总)?(?:目标|任务){1,2}的")
THINGS_TO_DO = re.compile(r"(20\d{2})年.{0,8}民生实事(?:项目)?$")
PROVISIONAL_CUE = re.compile(r"初步核算|初步统计|快报")
ACTUAL_CUE = guarded(
    r"已(?=(?!下达|安排|计划|确定|明确)[\u4e00-\u9fff]{2,5}(?:\d|$))|已(?:经|达|完成|实现|累计|有|建|签约|开工|投产|入驻|引进)|眼下|(?<![比较同与和跟])(?:去年|上年)|(?:实现|达到|完成|新增)了|目前|截至|现有|(?:圆满|超额|提前)(?:完成|实现)"
    r"|实际(?:增长|完成|达到?|投入|建成|实施|播种|新增|安排|执行|支出)|与[^，；]{0,12}目标(?:持平|一致|相比)"
)
# 新增1000处、累计达8000处: a total is done unless the sentence plans it
TOTAL_CUE = guarded(r"累计(?:达|完成|建成|吸引|培育)")
# 全年安排重点项目168个 is still to come; 占年度计划的103% is not
ARRANGED = re.compile("安排|谋划|计划(?!的)|预期|力争|确保|目标(?!的|任务的)|拟|将")
FIRST_MONTHS = 2
# county congresses pass the budget of the year up to then
MONTHS_OF_BUDGETS = 3
SPENDING = re.compile(
    r"(?:^|[，；。：])(?:全年|共|统筹|拟|计划)?安排[\u4e00-\u9fff]{2,20}(?:支出|资金|经费|专项)[^。；]*$"
)
# up to then 年内 speaks of what is to come
LAST_MONTH_AHEAD = 10
WITHIN_YEAR = re.compile(r"(?:(?<![一二两三四五六七八九十百几数\d])年内|年底之?前)(?![^；。]*(?:已|累计|共))[^；。]*$")
# 年度计划投资|12亿元，|完成投资5.4亿元: the plan is the sum alone
PLANNED_SUM = re.compile(r"(?:年度)?计划(?:完成)?(?:总)?投资")
# 新签约亿元以上项目72个，|计划总投资|385亿元: what the projects are worth, and no plan of the place
PROJECTS_COUNTED = re.compile(r"\d+个[^，；。]{0,16}项目|项目[^，；。\d]{0,6}\d+个?")
# 增速高于规划|目标|0.6个百分点
MISSED = re.compile(r"(?:[高低快慢]于|超出?|超过|距离?|[离与比较])[^，；。]{0,8}$")
NUMBER_BEHIND = re.compile(r"\d[^，；。]{0,6}[，；]")
DONE_SINCE = re.compile(
    r"[，；](?:本年|当年|已|累计|实际|目前|现)*(?:完成|到位|实现|开工)[^，；。]*$|[，；][^，；。]*(?:占年度计划|完成率|占计划)[^，；。]*$"
)
PLANNED_YEAR = re.compile(r"(?:^|[。；，])\s*今年[，,]?(?!以来)[^。；\d]{0,16}增长\d[\d.]*\s?[%％](?:以上|左右|以内)")
# figures come out that much before their period ends at most
SOON = timedelta(days=5)
CEREMONY = re.compile(r"(?:季度|半年)[^，。；]{0,16}(?:集中(?:开工|签约|投产)|开工仪式|签约仪式|活动)")
DEADLINE = re.compile(r"(?:到|至|在)\s*$")
# 预计全年增长8%；投资增长12%: both are foreseen
FORESEES = frozenset(("预计", "预测", "估算", "估计", "有望", "预估"))
ENDS_FORESIGHT = re.compile("[；;。]")
GOES_ON = re.compile(
    r"\s*(?:可|将|预计|每年|年|实现|上缴|缴纳|带动|安置|提供|吸纳|新增|利税|税收|就业|[一二三四]期|第[一二三四]期)"
)
# 预测储量 is a kind of reserves
SHELVED_BEHIND = re.compile("储量|资源量|总?资源储量")
SHELVED = re.compile("[，,；;。]")
BRACKETED = re.compile(r"[（(](?:预计|预估|估计|估算)数?[)）]")
ASIDE_GOAL = re.compile(r"[，（(]目标(?:任务)?(?:是|为)?\d[^，；;。]*[；;]")
GOAL_SHARED = re.compile(r"(?:任务)?(?:为|是)?\d[\d.]*[万亿]?[元人个吨亩户家套]?的[\d.]+[%％]")
DONE_BEHIND = re.compile(r"\d[^，；;。]*[，；;](?:实际|已|累计)*(?:完成|完工|竣工|执行|到位|实现|开工)[^，；。]*$")
# 一般公共预算收入年初预算|为|36.2亿元: the number is the budget
BUDGET_NUMBER = re.compile(r"数?(?:为|是|约)?")
STANDS_ALREADY = re.compile(r"以来|现[有存已在]|已|目前|春节|元旦|元宵|假期|春运|开年|开门红")


def nature_of(
    draft: Draft, text: str, periods: Sequence[Period], setting: Setting, time_period: str | None
) -> tuple[str, str]:
    """(nature, obs_status) of a draft."""
    at = draft.quantity.number_start
    before = text[:at]
    cue = None if draft.rule == "fulfilled" else _governing_cue(before, periods, setting, time_period)
    actual = _last(ACTUAL_CUE, before)
    if draft.origin and _is_reached(time_period, setting) and not (cue and cue.group() == "目标"):
        # 到2027年占比由2023年的41%提高到50%: what it rises from is how things stood
        return "actual", "A"
    if GOAL_BEHIND.match(text, draft.quantity.end) or goal_listed(text, draft.quantity.end):
        return "target", "F"
    estimate = _last(ESTIMATE_CUE, before)
    if estimate and BRACKETED.match(before, estimate.start() - 1):
        # 零售总额136亿元（预计数），|增长8%: said of the number before the bracket alone
        estimate = None
    if estimate and _ends_with_its_part(estimate, before):
        estimate = None
    if estimate and not (actual and actual.start() > estimate.start()) and _estimates(estimate, cue, before):
        return "estimate", "E"
    beyond = draft.breakdown.get("vs", "").endswith("目标") and not setting.target
    if cue and not beyond and not (actual and actual.start() > cue.start()):
        return "target", "F"
    year = setting.clock.year
    to_come = bool(setting.target and time_period and year and bounds(time_period)[1].year > year)
    deadline = _deadline(text, periods, at) if periods else None
    # 到2025年，累计完成投资1000亿元 said in 2022
    ahead = deadline is not None and deadline.end_date is not None and year and deadline.end_date.year > year
    if actual is None and draft.rule != "carried-over" and not (to_come or ahead):
        actual = _last(TOTAL_CUE, before)
    if time_period and year and bounds(time_period)[0].year > year:
        return "target", "F"
    if (
        time_period
        and setting.clock.published
        and bounds(time_period)[0] > setting.clock.published
        and bounds(time_period)[1].year > setting.clock.published.year
    ):
        return "target", "F"
    if time_period and year and actual is None and _of_running_plan(draft, text, time_period, year):
        return "target", "F"
    if time_period and year and actual is None and bounds(time_period)[1].year > year == bounds(time_period)[0].year:
        # 2026—2030年 told in 2026: the years of a plan
        return "target", "F"
    if (
        deadline
        and deadline.end_date
        and year
        and deadline.end_date.year >= year
        and (deadline.basis == "explicit" or _is_to_come(deadline, text, setting))
        and not actual
        and not re.match(r"[^，]{0,4}(?:的|末|底)?[\d.]+", text[deadline.end :])
        and (setting.target or deadline.end_date.year > year or _is_to_come(deadline, text, setting))
        and not (time_period and _year_over(time_period, setting))
    ):
        return "target", "F"
    if time_period and actual is None and _not_over(time_period, before, setting):
        return "target", "F"
    past = time_period is not None and year is not None and bounds(time_period)[1].year < year
    if setting.target and not actual and not past:
        return "target", "F"
    if time_period and actual is None and time_period == str(year) and PLANNED_YEAR.search(text):
        # 今年，生产总值增长7.5%以上、投资增长14%: what a year is to bring
        return "target", "F"
    if time_period and actual is None and _spends_to_come(time_period, before, setting):
        return "target", "F"
    if time_period and actual is None and _within_year(time_period, before, setting):
        return "target", "F"
    if time_period and actual is None and _year_to_come(time_period, text[:at], setting):
        return "target", "F"
    return "actual", "P" if PROVISIONAL_CUE.search(before) else "A"


def _of_running_plan(draft: Draft, text: str, time_period: str, year: int) -> bool:
    """“十四五”期间，生产总值年均增长7%以上, told in its fourth year: what a plan that is not over is to bring."""
    running = len(time_period) == len("2021/2025") and bounds(time_period)[1].year > year
    return (
        running
        and draft.measure == "growth"
        and "年均" in text[: draft.quantity.number_start]
        and draft.bound != "exact"
    )


def _governing_cue(
    before: str, periods: Sequence[Period], setting: Setting, time_period: str | None
) -> re.Match[str] | None:
    """The last word of planning before a number that still holds for it.

    年度计划投资12亿元，1至5月完成投资5.4亿元 and 目标：到2025年底达到150亿元；2024年为138.6亿元 go on to what was done.

    Args:
        before: The sentence up to the number.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
        time_period: ISO period of the number.
    """
    end = len(before)
    while cue := _last(TARGET_CUE, before[:end]):
        behind = [one for one in periods if cue.end() <= one.start < len(before) and one.role == "state"]
        done = behind and _over_when_told(behind[-1], setting)
        planned = PLANNED_SUM.match(before, cue.start())
        spent = planned and NUMBER_BEHIND.search(before, planned.end())
        if planned and spent and not before.startswith("年度", planned.start()):
            # 计划总投资12亿元，建设厂房5万平方米: what is planned goes on, but for what is told as done
            spent = DONE_SINCE.search(before, planned.end())
        sum_of_projects = (
            planned and before.startswith("计划总投资", cue.start()) and PROJECTS_COUNTED.search(before, 0, cue.start())
        )
        missed = cue.group().endswith("目标") and MISSED.search(before, 0, cue.start())
        # 年初预算为|36亿元|，完成37亿元, told when the year was over: only the number behind the word was planned
        budgeted = cue.group().startswith("预算") or cue.group().endswith(("安排", "计划", "预算", "预算数"))
        its_own = BUDGET_NUMBER.fullmatch(before, cue.end()) is not None
        budget = budgeted and not its_own and time_period is not None and _year_over(time_period, setting)
        # 增长15.9%，|目标为10%|；收入131亿元, 完成全年|目标800亿元的64.8%|，增长8.6%: said of its own number alone
        aside = ASIDE_GOAL.match(before, cue.start() - (before[cue.start()] not in "，（("))
        shared = cue.group().startswith("目标") and GOAL_SHARED.match(before, cue.end())
        # 改造计划45个，|完工|38个
        since = (budgeted or cue.group().startswith("目标")) and DONE_BEHIND.search(before, cue.end())
        if not (done or spent or sum_of_projects or budget or missed or aside or shared or since):
            return cue
        end = cue.start()
    return None


def _over_when_told(period: Period, setting: Setting) -> bool:
    """Whether a period was over when the document spoke."""
    published, last = setting.clock.published, period.end_date
    if last is None:
        return False
    if published is not None and setting.clock.to_the_day:
        return last < published
    return setting.clock.year is not None and last.year < setting.clock.year


def _year_over(time_period: str, setting: Setting) -> bool:
    """Whether the year of a number lies before that of the document."""
    return setting.clock.year is not None and bounds(time_period)[1].year < setting.clock.year


def goal_listed(text: str, end: int) -> bool:
    """Whether a number is one of those of a goal that is named behind them.

    Args:
        text: The sentence.
        end: Where the number ends.
    """
    return "目标" in text and GOAL_LISTED.match(text, end) is not None


def _deadline(text: str, periods: Sequence[Period], at: int) -> Period | None:
    """The last period before a number that says by when: 到|2027年."""
    for period in reversed(periods):
        if (
            period.start < at
            and period.role == "state"
            and DEADLINE.search(text, max(0, period.start - 4), period.start)
        ):
            return period
    return None


def _is_reached(time_period: str | None, setting: Setting) -> bool:
    """Whether a period was over or under way when the document spoke; an unknown one is taken for the present."""
    year = setting.clock.year
    return time_period is None or (year is not None and bounds(time_period)[1].year <= year)


def _not_over(time_period: str, before: str, setting: Setting) -> bool:
    """上半年增长15%以上 said in April: a sum over months of which some are still to come."""
    published = setting.clock.published
    if published is None or not setting.clock.to_the_day or len(time_period) != len("2023-01/2023-06"):
        return False
    if CEREMONY.search(before):
        # 2024年第三季度重大项目|集中开工仪式|，开工16个: done on the day
        return False
    end = bounds(time_period)[1]
    # 一季度…增长5.2%, on 20 March: pages tell of a quarter in its last days
    same_month = (end.year, end.month) == (published.year, published.month)
    return end - published > SOON and not same_month and "以来" not in before


def _is_to_come(deadline: Period, text: str, setting: Setting) -> bool:
    """到今年底 in July is to come, 到今年9月底 in November is over, and 到2月 in February is today."""
    published, end = setting.clock.published, deadline.end_date
    if not (published and end and end > published and setting.clock.to_the_day):
        return False
    return not (text.endswith("月", 0, deadline.end) and (end.year, end.month) == (published.year, published.month))


def _ends_with_its_part(estimate: re.Match[str], before: str) -> bool:
    """Whether what is foreseen is over: 满产后年产值可达百亿级；|集聚企业1300余家, 预测储量40亿吨，|面积480平方公里."""
    mark = (
        ENDS_FORESIGHT
        if estimate.group()[:2] not in FORESEES
        else SHELVED
        if SHELVED_BEHIND.match(before, estimate.end())
        else None
    )
    ends = mark.finditer(before, estimate.end()) if mark is not None else ()
    # 达产后年产值30亿元；|年税收2亿元；|带动就业1500人
    return any(not GOES_ON.match(before, end.end()) for end in ends)


def _estimates(estimate: re.Match[str], cue: re.Match[str] | None, before: str) -> bool:
    """Whether 预计 is the last word on what is to come: 预计…将超过 is, 预计…；力争 is not."""
    if cue is None or cue.start() <= estimate.start():
        return True
    return LOOKING_AHEAD.match(cue.group()) is not None and not SENTENCE_PART.search(
        before, estimate.end(), cue.start()
    )


def _last(cue: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match in a text."""
    found = None
    at = 0
    # a search of its own costs less than an iterator, and most texts hold none
    while match := cue.search(text, at):
        found, at = match, match.end()
    return found


def _year_to_come(time_period: str, before: str, setting: Setting) -> bool:
    """实施农村供水工程500处 of this year, or 2024年GDP增长6%, told in February: the year has hardly begun."""
    published = setting.clock.published
    if published is None or published.month > FIRST_MONTHS or time_period != str(published.year):
        return False
    told = "今年" in before or f"{published.year}年" in before
    return told and STANDS_ALREADY.search(before) is None


def _spends_to_come(time_period: str, before: str, setting: Setting) -> bool:
    """安排教育支出9.8亿元 of a year that has just begun: what its budget gives."""
    published = setting.clock.published
    early = published is not None and published.month <= MONTHS_OF_BUDGETS and time_period == str(published.year)
    return early and SPENDING.search(before) is not None


def _within_year(time_period: str, before: str, setting: Setting) -> bool:
    """年内投产12个 of this year, told while it runs: by its end."""
    published = setting.clock.published
    runs = published is not None and published.month <= LAST_MONTH_AHEAD and time_period == str(published.year)
    return runs and WITHIN_YEAR.search(before) is not None


def target_heading(text: str, year: int | None) -> bool:
    """Whether a heading announces what is to be done (三、2026年主要任务, 2024年十大民生实事)."""
    things = THINGS_TO_DO.search(text)
    announced = things and year is not None and int(things[1]) >= year
    return bool(announced or re.search(alternation("target_heading"), text)) and not re.search(
        r"回顾|总结|成就|(?:完成|执行|开展|推进|进展|落实|实施|运行)情况|[部满]完成|办结|以来", text
    )
