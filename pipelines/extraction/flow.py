"""What holds for each sentence, block by block.

Here: place and period as paragraphs change them while a document is read. Not here: goals (`goals`), what headings put
in force (`chapters`), the document itself (`document`) and what a sentence says (`binding`, `where`, `when`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extraction.announced import opens_plan
from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.chapters import Chapters
from pipelines.extraction.document_years import title_year
from pipelines.extraction.firms import firm_told, goes_on
from pipelines.extraction.gazetteer import contains
from pipelines.extraction.goals import Goals
from pipelines.extraction.nature import ARRANGED, TARGET_CUE
from pipelines.extraction.openings import is_heading, leading_period, turns
from pipelines.extraction.paragraph_units import after_unit
from pipelines.extraction.periods import Period
from pipelines.extraction.place_groups import place_runs
from pipelines.extraction.places import Mention
from pipelines.extraction.sentences import split_sentences
from pipelines.extraction.setting import Setting
from pipelines.extraction.sites import labelled_site
from pipelines.extraction.subjects import subjects
from pipelines.extraction.time_words import bounds, told_before_end
from pipelines.extraction.whole_sentence import whole_sentence

if TYPE_CHECKING:
    from pipelines.extraction.document import Document

STANDS = re.compile(r"(?:全[省市县区]|我[省市县区])?现(?:有|共有|拥有|已有|存)")
YEAR_ALONE = re.compile("全年|年[末终]")
GOAL_OF_YEAR = re.compile(r"[^，。；]{0,12}(?:目标|任务|计划|预算)")
TIMES = re.compile(r"的?(?:近|约|超过?|将近)?\d[\d.]*\s?倍")
THING_LISTED = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[、。]|等)")
# fewer places are no list that is counted
LEAST_LISTED = 2
# 绿色包装产业。现有规上企业158家: what a paragraph goes on to tell is of that industry
INDUSTRY_LABEL = re.compile(
    r"[\s★☆●■◆▲•·]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[一二三四五六七八九十]是)?\s*[“【]?"
    r"(?P<industry>(?![^，。：:]*(?:做|强|推|抓|兴|促|稳|优|育|建|谋|发展|培育|打造|壮大|加快|支持|聚焦|主导|支柱|特色|重点|未来|新兴|传统|[两三四五六七八九十]大))[\u4e00-\u9fff、]{1,14}?(?:产业|制造业?|加工业?|行业|产业链|产业集群))[”】]?[。：:]"
)
VISITORS_TELL = re.compile(
    r"(?:(?:考察|学习|活动|访问)期间[，,])?(?:(?:党政)?代表团|考察团|代表们|考察组|大家|学习考察组)(?:一致|还|在[^，。]{1,12}|与[^，。]{1,16}|现场|就|分别)*"
    r"(?:举行|召开|举办|开展|签|讨论|提出|认为|表示|达成|洽谈|对接|座谈)"
)
MONTH_END = re.compile(r"(?:月|季度)[末底]$")
# a year that long before the document is history, and none of what its other paragraphs tell
RECENT_YEARS = 2


class Flow:
    """The setting as headings and paragraphs change it."""

    def __init__(self, document: "Document") -> None:
        self.document = document
        self.chapters = Chapters(document)
        self.goals = Goals(document, self.chapters)
        self.group = 0
        self.first_period_pending = self.chapters.base.period is None
        self.last_place: Mention | None = None
        self.last_place_block = -1
        self.last_named: Mention | None = None
        self.paragraphs = 0
        self.day: str | None = None
        self.told_year: str | None = None
        # The block in which the last sentence was about a firm, the firm, and the town that its name begins with.
        self.firm: tuple[int, str, str | None] = (-1, "", None)
        self.listed: dict[int, Sequence[Mention]] = {}
        self.shared: tuple[Setting, Setting, tuple[object, ...]] | None = None
        # The period that the last sentence told of last, for the parts behind it (其中…).
        self.whole_period: str | None = None
        self.whole_block = -1

    def read(self, block: Block, unit_end: int) -> Iterator[Sentence]:
        """Sentences of a block, each with the setting that holds for it."""
        text = self.document.text
        if block.group != self.group:
            self.group = block.group
            if block.section == "related":
                self.chapters.enter_snippet(block)
            self.last_place = self.last_named = None
        words = text[block.start : block.end]
        self.chapters.describe_site(block, words)
        # a value above its name heads nothing
        heading = unit_end == block.end and is_heading(block, words)
        if heading and block.section == "body":
            self.chapters.heading(block, words)
        if not heading and block.section == "body":
            self.chapters.review(words)
            self.chapters.as_of(words)
        paragraph = self.chapters.section.copy()
        if block.section == "body" and not heading and block.end - block.start >= 30:
            self.paragraphs += 1
        if (labelled := INDUSTRY_LABEL.match(words)) and not heading:
            paragraph.industry = labelled["industry"]
        elif not heading and block.section == "body" and (site := labelled_site(words)):
            paragraph = replace(paragraph, place=None, place_name=site, place_basis="context")
        if block.section == "body":
            paragraph = self.goals.below_lead_in(block, words, heading, paragraph)
        spans = split_sentences(text, block.start, block.end) if unit_end == block.end else [(block.start, unit_end)]
        for start, end in spans:
            sentence = whole_sentence(text[start:end], start, block, paragraph)
            if block.section == "body" and not heading:
                if not paragraph.target and opens_plan(sentence.text, self.document.year):
                    paragraph = replace(paragraph, target=True)
                if sentence.periods:
                    paragraph = self._after_leading(sentence, paragraph)
                    paragraph = self._after_turn(sentence, paragraph)
                    paragraph = self.goals.after_goal(sentence, paragraph)
                    paragraph = self._after_naming(sentence, paragraph)
                elif self._stands_now(sentence, paragraph):
                    paragraph = self._after_turn(sentence, paragraph)
                if sentence.mentions:
                    paragraph = self._after_locality(sentence, paragraph)
            sentence.setting = self._setting_of(
                sentence, self.goals.announced(sentence, self.goals.going_on(sentence, paragraph))
            )
            if block.section == "body" and sentence.mentions:
                paragraph = after_unit(sentence, paragraph)
            if self.whole_period and self.whole_block == block.start and sentence.text.startswith("其中"):
                # 2024年四地生产总值超过3300亿元。其中永川区…: the parts are of the year of their whole
                sentence.setting = replace(sentence.setting, period=self.whole_period, period_basis="context")
            else:
                self.whole_period = self._last_stated(sentence, paragraph) if sentence.periods else None
                self.whole_block = block.start
            if sentence.quantities and block.section == "body":
                self._of_visitors(sentence)
                self._of_firm(sentence)
            yield sentence
            if not sentence.mentions:
                continue
            self._remember_lists(sentence)
            self.last_named = next((one for one in reversed(sentence.mentions) if _can_last(one)), self.last_named)
            if not heading and any(_can_last(mention) for mention in sentence.mentions):
                named = [
                    mention
                    for mention in subjects(sentence.text, sentence.mentions)
                    if _can_last(mention) and not _names_thing(sentence.text, mention)
                ]
                if named:
                    self.last_place, self.last_place_block = named[0], block.start
            elif any(mention.level == "group" for mention in sentence.mentions):
                # 百强县GDP合计…: what goes on is not told of the county before
                self.last_place = None

    def _of_visitors(self, sentence: Sentence) -> None:
        """代表们讨论提出，今年确保新签约项目40个, on the page of a visit: told of those who wrote it."""
        writer = self.document.known.writer
        if writer and sentence.setting.place is None and VISITORS_TELL.match(sentence.text):
            sentence.setting = replace(sentence.setting, place=writer, place_basis="context")

    def _of_firm(self, sentence: Sentence) -> None:
        """该公司去年产值12亿元。今年预计产值15亿元: the sentence goes on about the firm of the one before."""
        block, firm, town = self.firm
        if firm and block == sentence.block.start and goes_on(sentence.text, sentence.mentions):
            sentence.setting = replace(sentence.setting, firm=firm)
            if town is not None:
                sentence.setting = replace(sentence.setting, place=None, place_name=town, place_basis="context")
        else:
            firm = firm_told(sentence.text, sentence.mentions)
            at = sentence.text.find(firm)
            town = next(
                (one.name or one.text for one in sentence.mentions if one.start == at and one.level == "town"), None
            )
        self.firm = sentence.block.start, firm, town if firm else None

    def _setting_of(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """What holds for a sentence; those without a number, which change nothing in it, share theirs."""
        block = sentence.block
        told = block.section == "body" and self.document.doc_type in ("news", "speech", "other")
        near, told_year = self.last_place_block == block.start, self.told_year if told else None
        values = (self.last_place, near, self.last_named, self.day, told_year, self.listed)
        if self.shared is not None and not sentence.quantities:
            setting, of_paragraph, of_values = self.shared
            if of_paragraph is paragraph and of_values == values:
                return setting
        setting = paragraph.copy()
        setting.last_place, setting.last_place_near, setting.last_named = values[:3]
        setting.day, setting.told_year, setting.listed = values[3:]
        if not sentence.quantities:
            self.shared = setting, paragraph, values
        return setting

    def _last_stated(self, sentence: Sentence, paragraph: Setting) -> str | None:
        """The period of the last figures of a sentence, where it states one itself."""
        last = sentence.quantities[-1].number_start if sentence.quantities else 0
        stated = [
            period
            for period in sentence.periods
            if period.role == "state"
            and period.time_period
            and not period.is_day
            and period.start < last
            # 是2015年的1.53倍, 恢复到2019年的104.3%: what it is held against
            and not TIMES.match(sentence.text, period.end)
            and not sentence.text.endswith(("恢复到", "恢复至", "相当于"), 0, period.start)
            # 完成全年1000亿元目标的49.7%。其中…: the whole year is that of the goal
            and not (period.text.startswith("全年") and GOAL_OF_YEAR.match(sentence.text, period.end))
        ]
        if stated and self._year_over(sentence, stated[-1], paragraph):
            # 年末存款余额486亿元。其中…, in March: both of the year before
            return str(int(stated[-1].time_period or "") - 1)
        return stated[-1].time_period if stated else None

    def _year_over(self, sentence: Sentence, period: Period, paragraph: Setting) -> bool:
        """Whether 全年 or 年末 at the head of a paragraph means the year that is over."""
        return (
            told_before_end(period.time_period, paragraph.clock.published)
            and YEAR_ALONE.match(period.text) is not None
            # 年底|前新增上市企业1家: still to come
            and not sentence.text.startswith(("前", "之前"), period.end)
            and not paragraph.target
            and TARGET_CUE.search(sentence.text) is None
            and ARRANGED.search(sentence.text) is None
        )

    def _history_of_another(self, sentence: Sentence, period: Period, end_year: int) -> bool:
        """九江2008年…: a year long gone, told of another place, is none of what the paragraph tells of its own."""
        home = sentence.setting.place
        if home is None or (self.document.year is not None and end_year >= self.document.year - RECENT_YEARS):
            return False
        beside = [m for m in sentence.mentions if 0 <= period.start - m.end <= 1 or 0 <= m.start - period.end <= 1]
        return bool(beside) and all(
            m.code and not m.own and m.code != home and not contains(home, m.code) for m in beside
        )

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
        if turns(sentence) or self._stands_now(sentence, paragraph):
            return replace(
                paragraph, period=self.chapters.section.period, period_basis=self.chapters.section.period_basis
            )
        return paragraph

    def _stands_now(self, sentence: Sentence, paragraph: Setting) -> bool:
        """2012年，上市公司仅5家。|现有|规上企业860家: of today, where the year told of lies far back."""
        year = paragraph.period if paragraph.period and paragraph.period.isdigit() else None
        recent = year is None or self.document.year is None or int(year) >= self.document.year - RECENT_YEARS
        return not recent and STANDS.match(sentence.text) is not None

    def _remember_lists(self, sentence: Sentence) -> None:
        """安化、桃江、南县三县（以下简称“三县”）: the places that a count of them means below."""
        mentions = sentence.mentions
        if len(mentions) < LEAST_LISTED:
            return
        runs = place_runs(sentence.text, mentions)
        if runs:
            # a new mapping: sentences before keep the lists that they knew
            self.listed = {**self.listed, **{len(run): run for run in runs}}

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
        """显岗村…。该村…: the village or zone that a sentence is about is 该村 or 园区 in its paragraph."""
        named = [mention for mention in sentence.mentions if mention.level == "locality" and not mention.own]
        sites = [mention for mention in sentence.mentions if mention.level == "zone" and not mention.own]
        if not named and not sites:
            return paragraph
        known = paragraph.known
        if named:
            known = replace(known, locality=named[-1].name)
            # 村里现有选果线2条, in the next paragraph: of the village told of last
            self.chapters.section.known = replace(self.chapters.section.known, locality=named[-1].name)
        if sites or named:
            told = max((*sites[-1:], *named[-1:]), key=lambda mention: mention.start)
            known = replace(known, site=told.name or told.text)
        return replace(paragraph, known=known)

    def _goes_on_to_now(self, year: int) -> bool:
        """Whether months behind a sentence about a year can be of the next: in news, unless its title names it."""
        told = self.document.doc_type in ("news", "speech", "other", "profile")
        return told and title_year(self.document.row.get("title")) != year

    def _after_leading(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """2014年，全市…: a period at the head of a sentence governs the rest of the paragraph."""
        period = leading_period(sentence)
        if period is not None and self._year_over(sentence, period, paragraph):
            # 全年进出口62亿元。实际利用外资3256万美元, in March: both of the year before
            period = replace(period, time_period=str(int(period.time_period or "") - 1))
        if period is None or period.time_period is None:
            return paragraph
        end_year = bounds(period.time_period)[1].year
        if self._history_of_another(sentence, period, end_year):
            return paragraph
        if (self.chapters.base.period or "").startswith(f"{period.time_period}-") and period.text.startswith("今年"):
            # 今年以来,… in a report on a first quarter is that quarter
            return paragraph
        changed = replace(
            paragraph,
            period=period.time_period,
            period_basis="context",
            clock=replace(paragraph.clock, context_year=end_year, context_told=self._goes_on_to_now(end_year)),
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
            # “十一五”以来，…较快增长: what follows tells of the last year
            and not (len(period.time_period) == len("2021/2025") and period.text.endswith("以来"))
        ):
            self.first_period_pending = False
            self.chapters.base = replace(
                self.chapters.base, period=period.time_period, period_basis="context", clock=changed.clock
            )
            self.chapters.section = replace(
                self.chapters.section, period=period.time_period, period_basis="context", clock=changed.clock
            )
        return changed


def _names_thing(text: str, mention: Mention) -> bool:
    """走进某小镇、浙江|某力、某高新区: whether a short name begins an item of a list, which is a thing and no place."""
    if mention.text == mention.name or text[mention.start - 1 : mention.start] != "、":
        return False
    return THING_LISTED.match(text, mention.end) is not None


def _can_last(mention: Mention) -> bool:
    """Whether sentences that follow can go on about a place without naming it."""
    return not mention.own and mention.code != "" and mention.level in ("county", "prefecture", "province")
