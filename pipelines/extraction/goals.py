"""Goals that go on from one line or sentence to the next.

Here: lists below a line that announces them, the goals behind 到2025年，…, and what a sentence goes on to promise. Not
here: the words that announce (`announced`), headings (`chapters`) and words of planning beside a number (`nature`).
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extraction.announced import OF_THE_YEAR, LeadIn, is_demanded, is_done, promises
from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.chapters import Chapters
from pipelines.extraction.nature import ACTUAL_CUE
from pipelines.extraction.openings import is_item, opens_goal
from pipelines.extraction.periods import iterate_periods
from pipelines.extraction.setting import Setting

if TYPE_CHECKING:
    from pipelines.extraction.document import Document

# 规上工业企业|突破1200家, 森林覆盖率稳定在65%
REACHES = re.compile(
    r"[^，。；\d]{2,20}(?:突破|达到|超过|提高到|提升到|稳定在|保持在|控制在|增长到|增加到|不低于|力争)\d"
)
# years that a plan reaches ahead at most
LONGEST_PLAN = 7
GOALS_OF_YEAR = re.compile(r"今年[^，。；]{0,10}(?:主要)?(?:预期|奋斗|发展)目标(?:任务)?(?:是|为|：)")
TASK = re.compile(r"\s*(?:\d{1,2}[、.．]|[（(]\d{1,2}[)）])")


class Goals:
    """What is planned in the paragraphs of a document beside what its headings plan."""

    def __init__(self, document: "Document", chapters: Chapters) -> None:
        self.document = document
        self.chapters = chapters
        self.lead_in = LeadIn()
        # The block in which a sentence before said what is going to be done in the year, and whether it told no more.
        self.promised: tuple[int, bool] | None = None
        # The block and the year of the goals that the sentence before told.
        self.goal: tuple[int, int] | None = None

    def below_lead_in(self, block: Block, words: str, heading: bool, paragraph: Setting) -> Setting:
        """2025年主要预期目标是： above 生产总值增长6%；: the lines of the list are goals of that year.

        Args:
            block: A block of running text.
            words: Its text.
            heading: Whether it is a heading.
            paragraph: What holds for it so far.
        """
        above, opens = self.lead_in.words, heading and not is_item(words)
        if block.kind == "table_row" or (opens and (above is None or self.lead_in.before is not None)):
            self.lead_in = LeadIn()
            return paragraph
        announced = above if opens else self.lead_in.governs(words, self.document.year)
        if announced is None:
            return paragraph
        stated = [one for one in iterate_periods(announced, paragraph.clock) if one.role == "state" and one.time_period]
        goals = replace(paragraph, target=True)
        if stated:
            goals = replace(goals, period=stated[-1].time_period, period_basis="context")
        if opens:
            # 做好2025年工作： above 一、稳增长: chapters instead of lines
            self.lead_in = LeadIn()
            self.chapters.section, self.chapters.part = goals, goals.copy()
        return goals

    def after_goal(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """到2025年，…: the goals of a plan that follow are those of that year, until a heading or another year.

        Args:
            sentence: The sentence.
            paragraph: What holds for it so far.
        """
        if GOALS_OF_YEAR.search(sentence.text) and not paragraph.target:
            # 今年主要预期目标是：生产总值增长5.5%。居民消费价格涨幅控制在2%左右: the goals go on behind the full stop
            paragraph = replace(paragraph, target=True)
        if not (paragraph.target or self.chapters.section.target):
            return paragraph
        for period in sentence.periods:
            year = period.end_date.year if period.end_date else None
            if period.role != "state" or period.basis != "explicit" or year is None or year < (self.document.year or 0):
                continue
            if paragraph.period in (f"{year - 4}/{year}", str(year)):
                # “十五五”时期…到2030年: averages are those of the plan, states those of its end
                return paragraph
            if opens_goal(sentence.text, period.start):
                clock = replace(paragraph.clock, context_year=year, context_told=False)
                if (
                    self.chapters.section.target
                    and not self.chapters.year_headed
                    and self._goal_of_section(sentence, year)
                ):
                    # beside the tasks of a year, what is to be reached later is an aside
                    self.chapters.section = replace(
                        self.chapters.section, period=str(year), period_basis="context", clock=clock, target=True
                    )
                return replace(paragraph, period=str(year), period_basis="context", clock=clock, target=True)
        return paragraph

    def going_on(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """到2025年，生产总值突破1600亿元。规上企业突破1200家: what follows a goal that is to come is one as well.

        Args:
            sentence: The sentence.
            paragraph: What holds for it so far.
        """
        before, self.goal = self.goal, None
        if sentence.block.section != "body" or sentence.block.kind == "table_row":
            return paragraph
        year = self.document.year
        for period in sentence.periods:
            end = period.end_date.year if period.end_date else None
            if period.role == "state" and end and year and end > year and opens_goal(sentence.text, period.start):
                self.goal = (sentence.block.start, end)
        if self.goal or before is None or before[0] != sentence.block.start or paragraph.target:
            return paragraph
        if sentence.periods or not REACHES.match(sentence.text) or ACTUAL_CUE.search(sentence.text):
            return paragraph
        self.goal = before
        return replace(paragraph, period=str(before[1]), period_basis="context", target=True)

    def announced(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """会议要求，全年引进项目80个; 今年，我们将抓好项目。全年实施重点项目126个: what is to be done.

        Args:
            sentence: The sentence.
            paragraph: What holds for it so far.
        """
        before, self.promised = self.promised, None
        if sentence.block.section != "body" or paragraph.target:
            return paragraph
        year, spoken = self.document.year, sentence.text
        follows = before is not None and before[0] == sentence.block.start and not is_done(spoken)
        if promises(spoken):
            # 今年，我们将加快城乡建设。|改造老旧小区26个: without a number of its own it announces all that follows
            counted = [one for one in sentence.quantities if one.dimension != "time"]
            self.promised = sentence.block.start, not counted
        elif follows and before is not None and before[1]:
            self.promised = before
        goes_on = follows and before is not None and (before[1] or spoken.startswith(OF_THE_YEAR))
        if sentence.quantities and (goes_on or is_demanded(spoken, sentence.periods, year)):
            of_year = str(year) if goes_on and paragraph.period is None and year else paragraph.period
            return replace(paragraph, target=True, period=of_year, period_basis="context")
        return paragraph

    def _goal_of_section(self, sentence: Sentence, year: int) -> bool:
        """到2030年,… at the head of a paragraph or behind 目标; 1. 做强产业。到2028年,… is the deadline of one task."""
        text, block = self.document.text, sentence.block
        if TASK.match(text, block.start):
            return False
        goes_on = text.endswith(("：", ":"), block.start, block.end)
        if self.document.year and year - self.document.year > LONGEST_PLAN and not goes_on:
            # 到2035年,…成熟定型: the vista of a plan is not when its tasks are due, unless they stand behind its colon
            return False
        return sentence.start == block.start or "目标" in text[block.start : sentence.start]
