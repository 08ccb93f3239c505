"""What headings and paragraphs put in force, block by block.

Here: place, period and target as they change while a document is read. Not here: the document itself (`document`)
and what a sentence says (`binding`, `where`, `when`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.dated import dates_an_act
from pipelines.extraction.gazetteer import contains, with_own
from pipelines.extraction.nature import target_heading
from pipelines.extraction.openings import HEADING, TOP_HEADING, is_heading, is_item, leading_period, opens_goal, turns
from pipelines.extraction.period_meanings import Clock
from pipelines.extraction.periods import Period, iterate_periods
from pipelines.extraction.place_groups import place_runs
from pipelines.extraction.places import Mention, find_mentions
from pipelines.extraction.sentences import split_sentences
from pipelines.extraction.setting import Setting
from pipelines.extraction.sites import Site, ends_site, names_site
from pipelines.extraction.subjects import subjects
from pipelines.extraction.time_words import EDITION, PLANS, bounds
from pipelines.extraction.whole_sentence import whole_sentence

if TYPE_CHECKING:
    from pipelines.extraction.document import Document

# 这五年, 各位代表！经过五年接续奋斗, 这是经济实力持续提升的五年, 回望“十四五”
REVIEW = re.compile(
    r"(?:[—\-•·\s―–]|各位代表[！!，,]|(?:透过)?(?:19|20)\d{2}年?(?:是“?十[一二三四]五”?(?:规划)?(?:的)?收官之年[。，])?)*"
    r"(?:(?:这|过去的?|刚刚过去的|经过|在过去的?)(?:五|5)年|(?:五|5)年来|这是[^，。；]{2,30}的五年"
    r"|(?:回[望顾首])?“(?P<plan>十[一二三四五]五)”(?:时期|期间|以来|，|的?五年))"
)
SINGLE_YEAR = re.compile(
    r"(?:[—\-•·\s―–]|各位代表[！!，,])*(?:(?:刚刚)?过去的?)?(?:一年|去年|(?P<year>(?:19|20)\d{2})年)(?:来|，|,|是|以来|里)"
)
# 文中数据截至2023年末, 以下数据均为2023年末统计数
DATA_AS_OF = re.compile(
    r"(?:数据|资料|数字)(?:除[^，。]{1,10}外)?[，,]?(?:均|都|统一|一律)?(?:截至|截止到?|止于|为|取自)(?P<year>(?:19|20)\d\d)年?(?:年?[末底]|12月)"
)
YEARS_REVIEWED = re.compile(r"(?:过去|这|刚刚过去的|本届政府)的?(?:五|5)年[^，。；]{0,14}(?:回顾|总结|工作|成就|成绩)")
# chapters of a plan that tell how things stand
PRESENT = re.compile(r"现状|基础|环境|形势|背景|回顾|总结|成就|成效")
PRESENT_ALONE = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节篇]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])?\s*"
    r"(?:(?:发展|面临的?|主要|存在的?|现实|宏观|国内外?|国际|经济社会|规划|建设|当前|外部|内部)*"
    r"(?:现状|基础|环境|形势|背景|问题|挑战|机遇|困难|短板|优势|条件)[和与及、]?)+(?:（略）)?"
)
# fewer places are no list that is counted
LEAST_LISTED = 2
# 绿色包装产业。现有规上企业158家: what a paragraph goes on to tell is of that industry
INDUSTRY_LABEL = re.compile(
    r"[\s★☆●■◆▲•·]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[一二三四五六七八九十]是)?\s*[“【]?"
    r"(?P<industry>(?![^，。：:]*(?:做|强|推|抓|兴|促|稳|优|育|建|谋|发展|培育|打造|壮大|加快|支持|聚焦|主导|支柱|特色|重点|未来|新兴|传统|[两三四五六七八九十]大))[\u4e00-\u9fff、]{1,14}?(?:产业|制造业?|加工业?|行业|产业链|产业集群))[”】]?[。：:]"
)
# years that a plan reaches ahead at most
LONGEST_PLAN = 7
MONTH_END = re.compile(r"(?:月|季度)[末底]$")
TASK = re.compile(r"\s*(?:\d{1,2}[、.．]|[（(]\d{1,2}[)）])")
# a year that long before the document is history, and none of what its other paragraphs tell
RECENT_YEARS = 2
MEASURED = re.compile(r"\d\s?(?:[\u4e00-\u9fff]|[a-zA-Z]|[%％])(?<!年)")
PROFILE_HEADING = re.compile(r"(?:简介|概况|基本情况|县情|市情|区情|介绍)$")


class Flow:
    """The setting as headings and paragraphs change it."""

    def __init__(self, document: "Document") -> None:
        self.document = document
        self.base = document.base_setting()
        self.section = self.base.copy()
        self.group = 0
        self.first_period_pending = self.base.period is None
        self.last_place: Mention | None = None
        self.last_place_block = -1
        self.paragraphs = 0
        self.part: Setting | None = None
        self.day: str | None = None
        self.told_year: str | None = None
        self.year_headed = False
        # Whether a plan tells of what was done before it.
        self.reviewing = False
        self.listed: dict[int, Sequence[Mention]] = {}
        self.shared: tuple[Setting, Setting, tuple[object, ...]] | None = None
        # The period that the last sentence told of last, for the parts behind it (其中…).
        self.whole_period: str | None = None
        self.whole_block = -1
        self.site: Site | None = None

    def read(self, block: Block, unit_end: int) -> Iterator[Sentence]:
        """Sentences of a block, each with the setting that holds for it."""
        text = self.document.text
        if block.group != self.group:
            self.group = block.group
            if block.section == "related":
                year = block.published.year if block.published else None
                self.section = Setting(
                    Clock(block.published, year), None, "", "unknown", None, "unknown", False, self.base.known
                )
            self.last_place = None
        words = text[block.start : block.end]
        self._site(block, words)
        heading = is_heading(block, words)
        if heading and block.section == "body":
            self._heading(block, words)
        if not heading and block.section == "body":
            self._review(words)
            self._as_of(words)
        paragraph = self.section.copy()
        if block.section == "body" and not heading and block.end - block.start >= 30:
            self.paragraphs += 1
        if (labelled := INDUSTRY_LABEL.match(words)) and not heading:
            paragraph.industry = labelled["industry"]
        spans = split_sentences(text, block.start, block.end) if unit_end == block.end else [(block.start, unit_end)]
        for start, end in spans:
            sentence = whole_sentence(text[start:end], start, block, paragraph)
            if block.section == "body" and not heading:
                if sentence.periods:
                    paragraph = self._after_leading(sentence, paragraph)
                    paragraph = self._after_turn(sentence, paragraph)
                    paragraph = self._after_goal(sentence, paragraph)
                    paragraph = self._after_naming(sentence, paragraph)
                if sentence.mentions:
                    paragraph = self._after_locality(sentence, paragraph)
            sentence.setting = self._setting_of(sentence, paragraph)
            if self.whole_period and self.whole_block == block.start and sentence.text.startswith("其中"):
                # 2024年四地生产总值超过3300亿元。其中永川区…: the parts are of the year of their whole
                sentence.setting = replace(sentence.setting, period=self.whole_period, period_basis="context")
            else:
                self.whole_period = self._last_stated(sentence) if sentence.periods else None
                self.whole_block = block.start
            yield sentence
            if not sentence.mentions:
                continue
            self._remember_lists(sentence)
            if not heading and any(_can_last(mention) for mention in sentence.mentions):
                named = [mention for mention in subjects(sentence.text, sentence.mentions) if _can_last(mention)]
                if named:
                    self.last_place, self.last_place_block = named[0], block.start
            elif any(mention.level == "group" for mention in sentence.mentions):
                # 百强县GDP合计…: what goes on is not told of the county before
                self.last_place = None

    def _setting_of(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """What holds for a sentence; those without a number, which change nothing in it, share theirs."""
        block = sentence.block
        told = block.section == "body" and self.document.doc_type in ("news", "speech", "other")
        near, told_year = self.last_place_block == block.start, self.told_year if told else None
        values = (self.last_place, near, self.day, told_year, self.listed)
        if self.shared is not None and not sentence.quantities:
            setting, of_paragraph, of_values = self.shared
            if of_paragraph is paragraph and of_values == values:
                return setting
        setting = paragraph.copy()
        setting.last_place, setting.last_place_near, setting.day, setting.told_year, setting.listed = values
        if not sentence.quantities:
            self.shared = setting, paragraph, values
        return setting

    def _site(self, block: Block, words: str) -> None:
        """归谷智造小镇 above 规划面积3.28平方公里: a description that goes on to one of its sites, and back."""
        if self.document.doc_type != "profile":
            return
        indentation = self.document.indentation(block)
        if self.site is not None and ends_site(self.site, block, words, indentation):
            around, self.site = self.site.around, None
            placed = {name: getattr(around, name) for name in ("place", "place_name", "place_basis", "known")}
            self.section = replace(self.section, **placed)
        elif self.site is not None and self.site.indented is None:
            self.site = replace(self.site, indented=indentation > self.site.indentation)
        if block.section == "body" and block.kind != "title" and names_site(words):
            self.site = Site(self.site.around if self.site else self.section, indentation)
            self.section = replace(self.section, place=None, place_name=words, place_basis="context")

    @staticmethod
    def _last_stated(sentence: Sentence) -> str | None:
        """The period of the last figures of a sentence, where it states one itself."""
        last = sentence.quantities[-1].number_start if sentence.quantities else 0
        stated = [
            period
            for period in sentence.periods
            if period.role == "state"
            and period.time_period
            and not period.is_day
            and period.start < last
            # 完成全年1000亿元目标的49.7%。其中…: the whole year is that of the goal
            and not period.text.startswith("全年")
        ]
        return stated[-1].time_period if stated else None

    def _heading(self, block: Block, words: str) -> None:
        """A heading sets period, place and nature for what follows; one of the first rank sets them anew."""
        if is_item(words):
            return
        top = bool(TOP_HEADING.match(words)) or block.kind == "title"
        if top:
            self.reviewing = False
            self.section = replace(
                self.part or self.base,
                place=self.section.place,
                place_name=self.section.place_name,
                place_basis=self.section.place_basis,
                known=self.section.known,
            )
        periods = [
            period
            for period in iterate_periods(words, self.section.clock)
            if period.role in ("state", "vague")
            and period.time_period
            and not period.is_day
            and not period.text.startswith(("过去", "这"))
            and not self._names_no_content(block, words, period)
        ]
        target = target_heading(words, self.document.year)
        if self.document.doc_type == "plan" and not target and block.kind != "title":
            # 2025年 alone is the head of a column
            told = [one.time_period for one in periods if "/" in (one.time_period or "") or PRESENT.search(words)]
            past = next((time_period for time_period in told if self._is_over(time_period)), None)
            if past or (self.reviewing and not top and not PRESENT.search(words) and HEADING.match(words)):
                self._set_review(past)
                return
            if self.base.years and PRESENT_ALONE.fullmatch(words):
                # 发展形势 in a plan of 2021—2025 tells how things stood before it began
                self._set_period(str(int(self.base.years[:4]) - 1), False)
                self.section.target = False
                return
        if not target and self.document.year and YEARS_REVIEWED.search(words):
            # 过去五年和2021年工作回顾: first told of are the five years, until a paragraph tells of the last alone
            self._set_period(f"{self.document.year - 5}/{self.document.year - 1}", False)
            return
        if block.kind == "title" and self.document.doc_type == "work_report":
            # 2026年政府工作报告 tells of 2025
            periods = []
        if periods:
            # “十五五”时期目标任务和2026年工作安排: what is to be done is done in the year
            single = [period for period in periods if "/" not in (period.time_period or "")]
            period = single[0] if target and single else periods[0]
            if top or target or self.section.period is None:
                self.year_headed = target and period.time_period == str(self.document.year)
                self._set_period(period.time_period, target)
        if target:
            planned, self.section.target = self.section.target, True
            year = self.document.year
            if not periods and year and not planned and self.document.doc_type != "plan":
                self.year_headed = False
                self._set_period(str(year), True)
        elif top and self.part is None and (not self.base.target or PRESENT.search(words)):
            self.section.target = False
        if top and target and self.document.doc_type == "work_report":
            # what follows the tasks of the year, such as how the government is to work, is planned as well
            self.base = replace(self.section)
        if not top and not HEADING.match(words) and (periods or target):
            # a heading without a number stands above the numbered ones that follow
            self.part = replace(self.section)
        if block.kind == "title":
            return
        mentions = [mention for mention in find_mentions(words, self.base.known) if mention.code and not mention.own]
        if (
            mentions
            and self.site is None
            and (PROFILE_HEADING.search(words) or len(words) <= len(mentions[0].text) + 6)
            and mentions[0].level in ("county", "prefecture", "province")
            # 在甘肃省的地位: among whom, not of what; 距苏州 80公里: a line with a number is no heading of a place
            and not words.endswith("在", 0, mentions[0].start)
            and not MEASURED.search(words)
        ):
            code = mentions[0].code
            self.section = replace(
                self.section, place=code, place_basis="context", known=with_own(self.base.known, code)
            )

    def _names_no_content(self, block: Block, words: str, period: Period) -> bool:
        """Whether the year of a heading is none of what follows.

        批准时间：2006年5月 is a fact of its own, 2023年百强县揭晓 and 2020招商大会举行 name an edition or an event.
        """
        if "：" in words[: period.start].replace(":", "：") or dates_an_act(words, period.end):
            return True
        if block.kind != "title" or self.document.doc_type not in ("news", "speech", "other"):
            return False
        return EDITION.search(words) is not None or period.time_period == str(self.document.year)

    def _is_over(self, time_period: str | None) -> bool:
        if time_period is None or self.document.year is None:
            return False
        return bounds(time_period)[1].year < self.document.year

    def _set_review(self, past: str | None) -> None:
        """“十四五”走过的路: a plan tells first what was done; None where it goes on to what is planned."""
        self.reviewing = past is not None
        self.section.target = past is None and self.base.target
        if past is None:
            dated = {name: getattr(self.base, name) for name in ("period", "period_basis", "clock")}
            self.section = replace(self.section, **dated)
        else:
            self._set_period(past, False)

    def _review(self, words: str) -> None:
        """五年来… opens a review of years that the paragraphs below go on with, until one tells of a single year."""
        year = self.document.year
        opened = REVIEW.match(words) if year is not None else None
        if year is None or (self.section.target and (opened is None or self.document.doc_type != "plan")):
            return
        if opened:
            last = PLANS[opened["plan"]] + 4 if opened["plan"] else year - 1
            if self.section.target and last < year:
                self._set_review(f"{last - 4}/{last}")
                return
            reviewing = self.section.period and len(self.section.period) == len("2021/2025")
            if last < year:
                self._set_period(f"{last - 4}/{last}", False)
            elif reviewing and last - 4 >= year:
                # “十五五”时期…: the plan that begins ends the review of the one before
                self._set_period(f"{last - 4}/{last}", True)
        elif self.section.period and len(self.section.period) == len("2021/2025"):
            single = SINGLE_YEAR.match(words)
            last = bounds(self.section.period)[1].year
            if single and int(single["year"] or year - 1) == last:
                # 刚刚过去的2025年: what follows is told of the last year alone
                self._set_period(str(last), False)

    def _as_of(self, words: str) -> None:
        """数据截至2023年末: what follows is of that year, under every heading that names no other."""
        if stated := DATA_AS_OF.search(words):
            self._set_period(stated["year"], False)
            dated = {name: getattr(self.section, name) for name in ("period", "period_basis", "clock")}
            self.base = replace(self.base, **dated)

    def _set_period(self, time_period: str | None, target: bool) -> None:
        if time_period is None:
            return
        end_year = bounds(time_period)[1].year
        self.section = replace(
            self.section,
            period=time_period,
            period_basis="context",
            clock=replace(self.section.clock, context_year=end_year),
            target=target or self.section.target,
            years=time_period if len(time_period) == len("2021/2025") else self.section.years,
        )

    def _history_of_another(self, sentence: Sentence, period: Period, end_year: int) -> bool:
        """九江2008年…: a year long gone, told of another place, is none of what the paragraph tells of its own."""
        home = sentence.setting.place
        if home is None or (self.document.year is not None and end_year >= self.document.year - RECENT_YEARS):
            return False
        beside = [m for m in sentence.mentions if 0 <= period.start - m.end <= 1 or 0 <= m.start - period.end <= 1]
        return bool(beside) and all(m.code and not m.own and not contains(home, m.code) for m in beside)

    def _opens_document(self, sentence: Sentence, end_year: int) -> bool:
        """Whether the period at the head of a sentence is that of the whole document."""
        if self.document.doc_type in ("communique", "work_report"):
            return True
        if self.document.doc_type in ("plan", "profile") or self.paragraphs > 1:
            return False
        recent = self.document.year is None or end_year >= self.document.year - RECENT_YEARS
        return recent and sentence.start == sentence.block.start

    def _after_turn(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """目前，…, 此后，…: the year told before is over for the rest of the paragraph."""
        if turns(sentence):
            return replace(paragraph, period=self.section.period, period_basis=self.section.period_basis)
        return paragraph

    def _remember_lists(self, sentence: Sentence) -> None:
        """安化、桃江、南县三县（以下简称“三县”）: the places that a count of them means below."""
        mentions = sentence.mentions
        if len(mentions) < LEAST_LISTED:
            return
        runs = place_runs(sentence.text, mentions)
        if runs:
            # a new mapping: sentences before keep the lists that they knew
            self.listed = {**self.listed, **{len(run): run for run in runs}}

    def _after_goal(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """到2025年，…: the goals of a plan that follow are those of that year, until a heading or another year."""
        if not (paragraph.target or self.section.target):
            return paragraph
        for period in sentence.periods:
            year = period.end_date.year if period.end_date else None
            if period.role != "state" or period.basis != "explicit" or year is None or year < (self.document.year or 0):
                continue
            if paragraph.period in (f"{year - 4}/{year}", str(year)):
                # “十五五”时期…到2030年: averages are those of the plan, states those of its end
                return paragraph
            if opens_goal(sentence.text, period.start):
                clock = replace(paragraph.clock, context_year=year)
                if self.section.target and not self.year_headed and self._goal_of_section(sentence, year):
                    # beside the tasks of a year, what is to be reached later is an aside
                    self.section = replace(
                        self.section, period=str(year), period_basis="context", clock=clock, target=True
                    )
                return replace(paragraph, period=str(year), period_basis="context", clock=clock, target=True)
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

    def _after_naming(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """Remember the year and the day named last, for 同年 and for what was signed 会上."""
        named = None
        for period in sentence.periods:
            if period.role in ("state", "day") and period.is_day:
                self.day = period.time_period
            elif period.role == "state" and period.time_period and "/" not in period.time_period:
                named = int(period.time_period[:4])
        if named is None or named == paragraph.clock.named_year:
            return paragraph
        return replace(paragraph, clock=replace(paragraph.clock, named_year=named))

    def _after_locality(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """显岗村…。该村…: the village that a sentence is about is 该村 for the rest of the paragraph."""
        named = [mention for mention in sentence.mentions if mention.level == "locality" and not mention.own]
        if not named:
            return paragraph
        return replace(paragraph, known=replace(paragraph.known, locality=named[-1].name))

    def _after_leading(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """2014年，全市…: a period at the head of a sentence governs the rest of the paragraph."""
        period = leading_period(sentence)
        if period is None or period.time_period is None:
            return paragraph
        end_year = bounds(period.time_period)[1].year
        if self._history_of_another(sentence, period, end_year):
            return paragraph
        if (self.base.period or "").startswith(f"{period.time_period}-") and period.text.startswith("今年"):
            # 今年以来,… in a report on a first quarter is that quarter
            return paragraph
        changed = replace(
            paragraph,
            period=period.time_period,
            period_basis="context",
            clock=replace(paragraph.clock, context_year=end_year),
            passing=self.document.doc_type != "communique",
            flow_period=paragraph.period if MONTH_END.search(period.text) else None,
        )
        if len(period.time_period) == len("2021/2025"):
            # “十三五”时期，…。到2020年，…年均增长10%
            changed = replace(changed, years=period.time_period)
        if self.document.year and period.time_period == str(self.document.year - 1):
            self.told_year = period.time_period
        if (
            self._opens_document(sentence, end_year)
            and self.first_period_pending
            and period.role == "state"
            and not (self.document.year and end_year > self.document.year)
        ):
            self.first_period_pending = False
            self.base = replace(self.base, period=period.time_period, period_basis="context", clock=changed.clock)
            self.section = replace(self.section, period=period.time_period, period_basis="context", clock=changed.clock)
        return changed


def _can_last(mention: Mention) -> bool:
    """Whether sentences that follow can go on about a place without naming it."""
    return not mention.own and mention.code != "" and mention.level in ("county", "prefecture", "province")
