"""Which numbers an expression of time dates, and which it leaves alone.

Here: the years of acts (经批准设立), of first values (从2011年的…增长到), of parts of a list, and 目前 behind a year.
Not here: choosing among those that are left (`when`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.periods import Period
from pipelines.extraction.year_spans import STATE_VERBS

NOW = frozenset(("目前", "当前", "截至目前", "截止目前", "到目前", "现在", "如今", "眼下", "迄今", "至今"))
# 现有制笔企业620家 behind 2006年被授予…: how it stands today
STANDS_NOW = re.compile(r"(?<![发实体出表])现(?:有|辖|存|设|共有|拥有)")
# 1993年5月经批准设立, 2006年被授予…: an act that dates itself and nothing that stands
ACT = re.compile(alternation("founding_act"))
ACT_ALONE = re.compile(r"(?:启动|开工|动工|开建|立项|投产|建成|投用|投运|运营|创建|成立|建园)(?:建设|运营|使用)?")
# 2009年建区之初，园区只有企业6家: what stood then
BACK_THEN = re.compile(r"(?:之初|之际|时|初期|以来|后)$")
FROM = frozenset("从由自")
TO = frozenset("到至")
RISEN_TO = re.compile(
    r"(?:增长|增加|提高|提升|扩大|上升|攀升|跃升|壮大|发展|扩展|拓展|拓宽|减少|下降|降低|缩小|缩短|压缩|调整|[增升降减])[到至为]"
)
POINT_BEGINS = re.compile("[；;][二三四五六七]是")
LIST_PART = re.compile(r"[^；;]*")
# 完成|全年|1050亿元目标的48.8%, 占年度计划的52%: the whole year is that of the goal
YEAR_OF_GOAL = re.compile(r"全年|年度|[本今当]年")
GOAL_MEANT = re.compile(r"[^，,。；;]{0,16}(?:目标|任务|计划|预算)[数额值]?的")
PARENTHESIS_BEGINS = re.compile(r"[（(](?:截[至止]到?)?")
PARENTHESIS_ENDS = re.compile(r"(?:数据|统计|数)?[)）]")


def dates_another(period: Period, periods: Sequence[Period], draft: Draft, text: str, clause_start: int) -> bool:
    """Whether a period belongs to an act, or to the first value of a from-to that is no number, and not to the draft.

    1993年5月经批准设立，总人口约9万人; 从2011年的四亿出头增长到12.6亿元.

    Args:
        period: The period.
        periods: All of the sentence.
        draft: The draft.
        text: The sentence.
        clause_start: Where the clause of the draft begins.
    """
    at = draft.quantity.number_start
    if any(mark in text[period.end : at] for mark in "；;") and _ends_with_part(period, periods, text):
        return True
    if POINT_BEGINS.search(text, period.end, at) and text.rfind("是", 0, period.start) > 0:
        # 一是…，2019年仅为8.1%；二是出口过亿元企业只有9家
        return True
    if YEAR_OF_GOAL.fullmatch(period.text) and (goal := GOAL_MEANT.match(text, period.end)) and goal.end() <= at:
        return True
    from_there = text[period.start - 1 : period.start] in FROM and "/" not in (period.time_period or "")
    if from_there and not draft.origin and RISEN_TO.search(text, period.end, at):
        return True
    if draft.measure not in ("level", "share") or period.start >= clause_start:
        return False
    # 2015年启动，累计投资51亿元: what was summed since
    return dates_an_act(text, period.end) and ("累计" in text[clause_start:at] or not _is_done(draft))


def _ends_with_part(period: Period, periods: Sequence[Period], text: str) -> bool:
    """Whether a period dates no more than its part of a list between semicolons.

    总投资72亿元，2017年产销8.6万辆；某厂年产能5万辆; 一季度增长10.5%，二季度增长8.9%；分县看….
    """
    start = max(text.rfind(mark, 0, period.start) for mark in "；;") + 1
    part = LIST_PART.match(text, start)
    end = part.end() if part else len(text)
    told = text[start : period.start].replace(",", "，")
    dated = any(character.isdigit() for character in text[period.end : end])
    from_to = text[period.start - 1 : period.start] in FROM | TO
    if dated and not from_to and "，" in told and any(character.isdigit() for character in told):
        return True
    told_of = [
        other
        for other in periods
        if other.role == "state"
        and start <= other.start < end
        and text[other.start - 1 : other.start] not in FROM
        # 今年以来,…一季度实现…: the opening of the sentence is no second date
        and not other.text.endswith("以来")
    ]
    return len(told_of) > 1


def dates_an_act(text: str, end: int) -> bool:
    """Whether the period that ends there dates an act and no number (2003年被命名为“厨师之乡”，全县…).

    Args:
        text: The sentence.
        end: Where its period ends.
    """
    told = re.split(r"[，,；。]", text[end:].lstrip("，,"), maxsplit=1)[0]
    if BACK_THEN.search(told) or any(character.isdigit() for character in told):
        return False
    return ACT.search(told) is not None or ACT_ALONE.fullmatch(told) is not None


def in_parenthesis(draft: Draft, text: str, periods: Sequence[Period]) -> Period | None:
    """The period that stands alone in the parenthesis behind a number: 人口48万人（2018年末）.

    Args:
        draft: The draft of the number.
        text: The sentence.
        periods: Its expressions of time.
    """
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


def told_of_now(periods: Sequence[Period], stated: Sequence[Period], text: str, at: int) -> int | None:
    """Where 目前, 如今 or 现有 stands that the number is told of, None where a period is stated behind it.

    Args:
        periods: The expressions of time of the sentence.
        stated: Those before the number that could date it.
        text: The sentence.
        at: Where the number begins.
    """
    last = stated[-1] if stated else None
    said = max((p.start for p in periods if p.role == "vague" and p.text in NOW and p.start < at), default=-1)
    if said > (last.start if last else -1):
        return said
    # 2023年末，现有学校86所 is of 2023; 2006年被授予…，现有企业620家 is not of 2006
    behind = last.end if last else 0
    stands = STANDS_NOW.search(text, behind, at) if periods else None
    return stands.start() if stands and ACT.search(text, behind, stands.start()) else None


def _is_done(draft: Draft) -> bool:
    """Whether the value was made over a time (实现产值3亿元), not a state."""
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator:
        return indicator.behaviour == "flow"
    return bool(draft.verb) and draft.verb not in STATE_VERBS - {"实现"}
