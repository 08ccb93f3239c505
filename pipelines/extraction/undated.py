"""What a number goes by that no expression of time dates.

Here: the day of an event, the edition of a ranking, the year told above, the year in which a description was
published. Not here: numbers that are dated (`when`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded
from pipelines.extraction.periods import Period
from pipelines.extraction.setting import Setting
from pipelines.extraction.time_words import EDITION
from pipelines.extraction.year_spans import TOTALLED

# 会上, 当天: what was signed there is of that day
AT_EVENT = guarded(
    r"[此本]次(?:集中|活动|推介|签约|开工)|会上|当天|当日|现场|仪式上|活动[上中]|集中签约|会议期间|展会期间"
)
SIGNED = re.compile(r"签约|签订|签下|签署|成交|集中开工|揭牌|意向")
PROJECTS = re.compile(r"\d+[余多]?(?:个|项|家|单)")
SEAT = "席"
SEATS_BEHIND = 12
SEATS = re.compile(r"入围|上榜|占据|席位|[百千]强[县镇区市]")
# what adds up over the months of a year, so that it stands for no state
SPANS_OF_MONTHS = len("2019-01/2019-09")
# 园区已引进企业9户，到位资金6.8亿元: up to now, and no sum of the year told above
DONE_BY_NOW = re.compile(r"已(?:引进|入驻|落户|签约|完成|建成|投入|投产|开工|有)")
OWNED = re.compile(r"(?:拥有|现有|共有|已有|建有|设有)")


def goes_on(draft: Draft, text: str, periods: Sequence[Period], setting: Setting) -> str | None:
    """The year of what goes on without one: the edition that seats are counted in, the year told of above.

    Args:
        draft: The draft.
        text: Its sentence.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
    """
    at = draft.quantity.number_start
    if counts_seats(draft) or (draft.unit in ("个", "家") and SEATS.search(text, 0, at + SEATS_BEHIND)):
        named = list(EDITION.finditer(text, 0, at))
        if named or setting.edition:
            return named[-1][1] if named else setting.edition
    indicator = registry().indicators.get(draft.resolved.code or "")
    if setting.told_year is None or indicator is None or indicator.behaviour != "flow":
        return None
    before = text[:at]
    if any(period.role != "comparison" and period.start < at for period in periods) or TOTALLED.search(before):
        return None
    if draft.measure not in ("level", "growth") or DONE_BY_NOW.search(before):
        return None
    return setting.told_year


def stands_by_now(draft: Draft, before: str, periods: Sequence[Period], setting: Setting) -> bool:
    """Whether a figure is of the day of writing, though the news opened with the year before.

    Args:
        draft: The draft.
        before: Its sentence up to the number.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
    """
    opened = setting.told_year is not None and setting.period == setting.told_year
    return opened and not periods and draft.measure == "level" and DONE_BY_NOW.search(before) is not None


def counts_seats(draft: Draft) -> bool:
    """Whether a number counts seats on a list, which are of the edition of the list whatever year was told before."""
    return draft.unit == SEAT


def day_of_event(before: str, periods: Sequence[Period], setting: Setting) -> str | None:
    """会上，共签约项目26个: of the day of the meeting, which the sentence or one before it names.

    Args:
        before: The sentence up to the end of the draft's clause.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
    """
    if not (AT_EVENT.search(before) and SIGNED.search(before) and PROJECTS.search(before)):
        return None
    own = [period for period in periods if period.is_day and period.start < len(before)]
    return own[-1].time_period if own else setting.day


def outlives(draft: Draft, text: str, setting: Setting) -> bool:
    """Whether a state is told beside sums over months (前三季度，产值增长8.6%。全市拥有上市公司28家).

    Args:
        draft: The draft.
        text: Its sentence.
        setting: What holds before the sentence.
    """
    if not (setting.passing and setting.period and len(setting.period) == SPANS_OF_MONTHS and draft.measure == "level"):
        return False
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator:
        return indicator.behaviour == "stock"
    return bool(OWNED.search(text[: draft.quantity.number_start]))


def standing(draft: Draft, setting: Setting) -> tuple[str | None, str]:
    """The year in which a description was published is that of the states that it tells of, weak as that is.

    Args:
        draft: The draft.
        setting: What holds before the sentence.

    Returns:
        The year, inferred; (None, "unknown") for sums, and outside descriptions.
    """
    if counts_seats(draft) and setting.clock.published:
        # 近日公布的百强县榜单中，江苏占23席: of the edition that the page tells of
        return str(setting.clock.published.year), "inferred"
    if setting.described_in is None or draft.measure not in ("level", "share") or draft.origin:
        return None, "unknown"
    indicator = registry().indicators.get(draft.resolved.code or "")
    if indicator is None or indicator.behaviour != "stock":
        return None, "unknown"
    return str(setting.described_in), "inferred"
