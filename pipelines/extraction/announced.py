"""Sentences that announce what is to be done, though no word of planning stands at their numbers.

Here: labels (2024年工作打算：全年完成造林3万亩), lines below them, demands of meetings
(会议要求，全年引进项目80个), budgets of a year that has begun, and what follows 今年，我们将…. Not here: headings
(`chapters`), and words of planning beside a number (`nature`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.nature import target_heading
from pipelines.extraction.periods import Period

LABEL = re.compile(r"[\s\u3000]*(?P<label>[^，,。；：:]{2,26})(?:[：:]|。$)")
# 2024年收入预算, 市人大审议通过的2024年预算
BUDGET = re.compile(r"预算(?:草案|安排|[（(]草案[)）])?$|预算收支安排$")
DEMANDED = re.compile(
    r"[^，,。；\d]{0,12}(?:会议?|全会|大会|报告|方案|通知|规划|纲要)上?(?:要求|明确|提出|部署|确定)(?:了)?[，,：:]"
)
# 会议指出，要扩大有效投资，|完成投资180亿元
URGED = re.compile(
    r"[^，,。；\d]{0,12}(?:会议?|全会|会上|大会|书记|[县市区州]长)(?:指出|强调|要求)[，,：:“]+"
    r"(?:[^，。；\d]{0,10}[，,])?(?:各级|各部门|各地|全[县市区]|我们)?(?:上下)?要(?!求)"
)
DONE = re.compile(r"以来|已|截至|目前|现有|完成了|实现了|去年|上年")
# 今年，我们将抓好项目建设。|全年实施重点项目126个
PROMISED = re.compile(
    r"(?:今年|新的一年|20\d{2}年)里?[，,]?(?:我们|全[省市县区州旗]|我[省市县区州旗]|本[市县区])?(?:将|要)(?!求)"
)
# 今年，全县|将项目建设作为|头号工程: what 将 takes as its object
MADE_INTO = re.compile(r"(?:将|要)[^，。；]{1,20}(?:作为|列为|列入|纳入|摆在|放在|定为|视为)")
OF_THE_YEAR = ("全年", "年内", "年底前")
YEAR = re.compile(r"(?<!\d)20\d{2}(?=年)")
LEAD_IN = re.compile(
    r"(?:(?:主要|预期|发展|工作|总体|奋斗|具体)+目标(?:任务)?(?:是|为)?(?:如下)?"
    r"|(?P<tasks>[做抓]好)[^，。；]{0,14}(?:工作|任务|实事)(?:如下)?)[：:]$"
)
TO_COME = re.compile(r"今年|明年|来年|下一?步|下半年|(?:19|20)\d{2}年")
ENTRY = re.compile(
    r"[\s\u3000]*(?:[一二三四五六七八九十]{1,2}是|[—\-•·◆●■]+|\d{1,2}[、.．]|[（(][\d一二三四五六七八九十]{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}、)"
)
GOES_ON = ("；", ";", "，", "、")


class LeadIn:
    """The lines below a line such as 2025年主要预期目标是：, which are goals as far as the list goes."""

    def __init__(self) -> None:
        self.words: str | None = None
        # How the line before ended and whether it was marked as an entry; None at the first line.
        self.before: tuple[bool, bool] | None = None

    def governs(self, line: str, year: int | None) -> str | None:
        """The words that lead in a line, if it is an entry of such a list.

        Args:
            line: A line of running text, in the order of the document.
            year: The year that the document speaks in.

        Examples:
            >>> lines = LeadIn()
            >>> [lines.governs(line, 2025) for line in ("今年预期目标是：", "生产总值增长6%；", "税收增长5%。", "会后")]
            [None, '今年预期目标是：', '今年预期目标是：', None]
        """
        if _leads_in(line, year):
            self.words, self.before = line, None
            return None
        marked = ENTRY.match(line) is not None
        if self.words is None or (self.before is not None and not (self.before[0] or (self.before[1] and marked))):
            self.words = None
            return None
        self.before = line.rstrip().endswith(GOES_ON), marked
        return self.words


def _leads_in(line: str, year: int | None) -> bool:
    """Whether a line announces that those below it tell what is to be done in this year or later."""
    opened = LEAD_IN.search(line.rstrip())
    if opened is None or year is None or DONE.search(line) or _is_over(line, year):
        return False
    return TO_COME.search(line) is not None or not opened["tasks"]


def _is_over(words: str, year: int | None) -> bool:
    """Whether the last year that words name lies before the year that the document speaks in."""
    named = [int(found) for found in YEAR.findall(words)]
    return bool(named) and (year is None or max(named) < year)


def opens_plan(text: str, year: int | None) -> bool:
    """Whether a sentence begins with a label that announces what is to be done in this year or later.

    Args:
        text: The sentence.
        year: The year that the document speaks in.

    Examples:
        >>> opens_plan("2024年工作打算：全年完成造林3万亩", 2024), opens_plan("2023年重点工作：新建公路86公里", 2024)
        (True, False)
    """
    label = LABEL.match(text)
    if label is None:
        return False
    words = label["label"]
    if _is_over(words, year):
        return False
    return target_heading(words, year) or (YEAR.search(words) is not None and BUDGET.search(words) is not None)


def is_demanded(text: str, periods: Sequence[Period], year: int | None) -> bool:
    """Whether a sentence tells what a meeting or a report demands of this year or later.

    Args:
        text: The sentence.
        periods: Its expressions of time.
        year: The year that the document speaks in.
    """
    if (urged := URGED.match(text)) and not DONE.search(text, urged.end()):
        return True
    demanded = DEMANDED.match(text)
    if demanded is None or year is None or DONE.search(text, demanded.end()):
        return False
    stated = [one for one in periods if one.start >= demanded.end() and one.end_date is not None]
    return bool(stated) and all(one.end_date is not None and one.end_date.year >= year for one in stated)


def is_done(text: str) -> bool:
    """Whether a sentence speaks of what is done (已, 目前, 去年), so that no promise before it holds for it."""
    return DONE.search(text) is not None


def promises(text: str) -> bool:
    """Whether a sentence says what is going to be done in the year, so that the next goes on with it (全年…)."""
    return PROMISED.match(text) is not None and DONE.search(text) is None and MADE_INTO.search(text) is None
