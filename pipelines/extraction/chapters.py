"""What headings put in force, chapter by chapter.

Here: place, period and target of a chapter, reviews of years, and the sites that a description goes through. Not here:
how paragraphs change them for themselves (`flow`), and how a heading looks (`openings`).
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.extraction.blocks import Block
from pipelines.extraction.dated import dates_an_act
from pipelines.extraction.gazetteer import with_own, with_part
from pipelines.extraction.nature import target_heading
from pipelines.extraction.openings import HEADING, TOP_HEADING, is_item
from pipelines.extraction.period_meanings import Clock
from pipelines.extraction.periods import Period, iterate_periods
from pipelines.extraction.places import find_mentions
from pipelines.extraction.setting import Setting
from pipelines.extraction.sites import Site, describes_site, ends_site, site_named
from pipelines.extraction.time_words import EDITION, PLANS, bounds

if TYPE_CHECKING:
    from pipelines.extraction.document import Document

# 这五年, 各位代表！经过五年接续奋斗, 这是经济实力持续提升的五年, 回望“十四五”
REVIEW = re.compile(
    r"(?:[—\-•·\s―–]|各位代表[！!，,]|(?:透过)?(?:19|20)\d{2}年?(?:是“?十[一二三四]五”?(?:规划)?(?:的)?收官之年[。，])?)*"
    r"(?:(?:这|过去的?|刚刚过去的|经过|在过去的?)(?:五|5)年|(?:五|5)年来|这是[^，。；]{2,30}的五年"
    r"|(?:回[望顾首])?“(?P<plan>十[一二三四五]五)”(?:时期|期间|以来|，|的?五年))"
)
OF_OWN = re.compile(r"[我本全](?:省|市|县|区|旗|州)|我们")
TOLD_LATER = re.compile(r"[。；]\s*(?P<year>(?:19|20)\d{2})年[，,]")
SINGLE_YEAR = re.compile(
    r"(?:[—\-•·\s―–]|各位代表[！!，,])*(?:(?:刚刚)?过去的?)?(?:一年|去年|(?P<year>(?:19|20)\d{2})年)(?:来|，|,|是|以来|里)"
)
# 文中数据截至2023年末, 以下数据均为2023年末统计数
DATA_AS_OF = re.compile(
    r"(?:数据|资料|数字)(?:除[^，。]{1,10}外)?[，,]?(?:均|都|统一|一律)?(?:截至|截止到?|止于|为|取自)(?P<year>(?:19|20)\d\d)年?(?:年?[末底]|12月)"
)
# ▲高县（现场会点位）
ASIDE_OF_HEADING = re.compile(r"[（(][^（()）]*[)）]")
DATA_OF = re.compile(
    r"(?:注明|说明|标明|数据|数字|指标)[^，。（()）]{0,8}(?:均|都)为(?P<when>[^，。；（()）]{2,14}?)的?(?:数据|数字|累计数?|数)(?=[）)，。；]|$)"
)
YEARS_REVIEWED = re.compile(r"(?:过去|这|刚刚过去的|本届政府)的?(?:五|5)年[^，。；]{0,14}(?:回顾|总结|工作|成就|成绩)")
# chapters of a plan that tell how things stand
PRESENT = re.compile(r"现状|基础|环境|形势|背景|回顾|总结|成就|成效")
PRESENT_ALONE = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节篇]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])?\s*"
    r"(?:(?:发展|面临的?|主要|存在的?|现实|宏观|国内外?|国际|经济社会|规划|建设|当前|外部|内部)*"
    r"(?:现状|基础|环境|形势|背景|问题|挑战|机遇|困难|短板|优势|条件)[和与及、]?)+(?:（略）)?"
)
# a span of whole years: 2021/2025
YEARS = re.compile(r"\d{4}/\d{4}")
MEASURED = re.compile(r"\d\s?(?:[\u4e00-\u9fff]|[a-zA-Z]|[%％])(?<!年)")
# 二、主要工作: of the past or of what is to come, as other headings tell
WORK = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])?\s*(?:所做的?|开展的|几项)?主要工作(?:和?(?:成效|措施))?"
)
PROFILE_HEADING = re.compile(r"(?:简介|概况|基本情况|县情|市情|区情|介绍)$")
# 2022年, （2024年1—6月）： above what is told of it; 2021年4月 below a title is when it was written
MONTH = "2021-04"
LONGEST_HEADING = 40
DATE_ALONE = re.compile(r"[\s（(【]*[：:)）】\s]*")


class Chapters:
    """What holds in the chapter that is being read.

    Attributes:
        base: What holds in the whole document.
        section: What holds in the chapter.
        year_headed: Whether its heading announces what is to be done in the year of the document.
    """

    def __init__(self, document: "Document") -> None:
        self.document = document
        self.base = document.base_setting()
        self.section = self.base.copy()
        self.year_headed = False
        # Whether the place in force is that of a line such as 吉安县：….
        self.headed = False
        # What holds below a heading without a number, which stands above numbered ones.
        self.part: Setting | None = None
        # Whether a plan tells of what was done before it.
        self.reviewing = False
        self.site: Site | None = None

    def enter_snippet(self, block: Block) -> None:
        """A snippet of another document has a date of its own, and else nothing."""
        year = block.published.year if block.published else None
        clock = Clock(block.published, year)
        self.section = Setting(clock, None, "", "unknown", None, "unknown", False, self.base.known)

    def describe_site(self, block: Block, words: str) -> None:
        """归谷智造小镇 above 规划面积3.28平方公里: a description that goes on to one of its sites, and back."""
        town = self.base.known.towns.get(words) if block.section == "body" and block.kind != "title" else None
        sites = self.document.doc_type == "profile" or self.site is not None or describes_site(words)
        if not sites and town is None:
            return
        indentation = self.document.indentation(block)
        if self.site is not None and ends_site(self.site, block, words, indentation):
            around, self.site = self.site.around, None
            placed = {name: getattr(around, name) for name in ("place", "place_name", "place_basis", "known")}
            self.section = replace(self.section, **placed)
        elif self.site is not None and self.site.indented is None:
            self.site = replace(self.site, indented=indentation > self.site.indentation)
        named = site_named(words) if block.section == "body" and block.kind != "title" else ""
        if named:
            self.site = Site(self.site.around if self.site else self.section, indentation)
            self.section = replace(self.section, place=None, place_name=named, place_basis="context")
        elif town is not None:
            self.site = Site(self.site.around if self.site else self.section, indentation, town=True)
            known = with_part(self.base.known, town, words)
            self.section = replace(self.section, place=town, place_name=words, place_basis="context", known=known)

    def heading(self, block: Block, words: str) -> None:
        """A heading sets period, place and nature for what follows; one of the first rank sets them anew."""
        if is_item(words):
            return
        top = bool(TOP_HEADING.match(words)) or block.kind == "title"
        if self.headed and (top or OF_OWN.search(words)):
            # 浙江省：数字经济一号工程|…|我们的差距|…: told of is the document's place again
            self.headed = False
            self.section = replace(
                self.section,
                place=self.base.place,
                place_name=self.base.place_name,
                place_basis=self.base.place_basis,
                known=self.base.known,
            )
        if WORK.fullmatch(words) and self._planned_later(block):
            # 二、主要工作 before 三、2026年预算（草案）: what was done in the time told before
            self.section.target = False
            return
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
        if target and periods and self.document.doc_type != "plan":
            # 2025年重点工作 in a report of 2026 was done
            target = not all(self._is_over(period.time_period) for period in periods)
        if not (target or self.section.target or periods) and REVIEW.match(words):
            # 这五年，是综合实力跨越提升的五年, as the heading of what was done in them
            self.review(words)
            return
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
            alone = DATE_ALONE.fullmatch(words.replace(period.text, "", 1)) and self.document.doc_type != "plan"
            if top or target or self.section.period is None or (alone and len(period.time_period or "") != len(MONTH)):
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
        self._of_data(words)
        if block.kind == "title":
            return
        mentions = [mention for mention in find_mentions(words, self.base.known) if mention.code and not mention.own]
        bare = ASIDE_OF_HEADING.sub("", words)
        if len({one.code for one in mentions}) > 1 and len(bare) <= sum(len(one.text) for one in mentions) + 6:
            # ▲筠连、珙县、屏山: none of them alone
            self.section = replace(
                self.section, place=self.base.place, place_name=self.base.place_name, known=self.base.known
            )
            return
        if (
            mentions
            and self.site is None
            and (
                PROFILE_HEADING.search(words)
                or len(bare) <= len(mentions[0].text) + 6
                # 吉安县：一块“电路板”带起一条产业链
                or (mentions[0].start == 0 and words[len(mentions[0].text) :].startswith(("：", ":")))
            )
            and mentions[0].level in ("county", "prefecture", "province")
            # 在甘肃省的地位: among whom, not of what; 距苏州 80公里: a line with a number is no heading of a place
            and not words.endswith("在", 0, mentions[0].start)
            and not MEASURED.search(words)
        ):
            code = mentions[0].code
            self.headed = words.startswith(("：", ":"), mentions[0].end)
            self.section = replace(
                self.section, place=code, place_basis="context", known=with_own(self.base.known, code)
            )

    def _planned_later(self, block: Block) -> bool:
        """Whether a heading further down is the first that announces what is to come."""
        text, year = self.document.text, self.document.year
        later = (text[one.start : one.end] for one in self.document.blocks if one.start > block.start)
        return any(
            len(line) <= LONGEST_HEADING and TOP_HEADING.match(line) and target_heading(line, year) for line in later
        )

    def _names_no_content(self, block: Block, words: str, period: Period) -> bool:
        """Whether the year of a heading is none of what follows.

        批准时间：2006年5月 is a fact of its own, 2023年百强县揭晓 and 2020招商大会举行 name an edition or an event.
        """
        if "：" in words[: period.start].replace(":", "：") or dates_an_act(words, period.end):
            return True
        if block.kind != "title" or self.document.doc_type not in ("news", "speech", "other"):
            return False
        year, time_period = self.document.year, period.time_period or ""
        # “十四五”战略合作协议签订, in 2021: a plan that the page speaks of, and not what its figures are of
        runs = YEARS.fullmatch(time_period) and year is not None and bounds(time_period)[1].year >= year
        return EDITION.search(words) is not None or time_period == str(year) or bool(runs)

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

    def review(self, words: str) -> None:
        """五年来… opens a review of years that the paragraphs below go on with, until one tells of a single year."""
        year = self.document.year
        opened = REVIEW.match(words) if year is not None else None
        if year is None or (self.section.target and (opened is None or self.document.doc_type != "plan")):
            return
        if opened:
            last = PLANS[opened["plan"]] + 4 if opened["plan"] else year - 1
            if any(int(later["year"]) > last for later in TOLD_LATER.finditer(words)):
                # “十一五”以来，…较快增长。2011年，…: told of is the year after them
                return
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

    def as_of(self, words: str) -> None:
        """数据截至2023年末: what follows is of that year, under every heading that names no other."""
        if stated := DATA_AS_OF.search(words):
            self._set_period(stated["year"], False)
        elif not self._of_data(words):
            return
        if self.section.period:
            dated = {name: getattr(self.section, name) for name in ("period", "period_basis", "clock")}
            self.base = replace(self.base, **dated)

    def _of_data(self, words: str) -> bool:
        """（未注明的均为1—11月数据）: whether words say of what period all figures below are."""
        noted = DATA_OF.search(words)
        told = iterate_periods(noted["when"], self.section.clock) if noted is not None else ()
        period = next((one.time_period for one in told if one.role == "state" and one.time_period), None)
        self._set_period(period, False)
        return period is not None

    def _set_period(self, time_period: str | None, target: bool) -> None:
        if time_period is None:
            return
        end_year = bounds(time_period)[1].year
        self.section = replace(
            self.section,
            period=time_period,
            period_basis="context",
            clock=replace(self.section.clock, context_year=end_year, context_told=False),
            target=target or self.section.target,
            years=time_period if len(time_period) == len("2021/2025") else self.section.years,
        )
