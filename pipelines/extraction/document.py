"""One document read from beginning to end: blocks in their order, with what headings and paragraphs put in force.

Here: walking the blocks, keeping the setting (place, period, target) and collecting what the readers of each kind of fact
return. Not here: the reading of a sentence (`binding`, `attribution`, `rankings`) and frames (`facts`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipelines.cleaning.offsets import OffsetMap
from pipelines.extraction.attribution import Setting, subjects, target_heading
from pipelines.extraction.marks import Mark, find_marks
from pipelines.extraction.periods import Clock, Period, bounds, iterate_periods
from pipelines.extraction.places import Gazetteer, Mention, find_mentions, gazetteer, with_own
from pipelines.extraction.profile import document_type, document_year, main_place, title_year
from pipelines.extraction.quantities import Quantity, find_quantities
from pipelines.extraction.sentences import split_sentences
from pipelines.extraction.tables import Cell

HEADING = re.compile(r"^(?:第?[一二三四五六七八九十]+[、章部篇]|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[、.．]\s?|[一二三四五六七八九十]是)")
TOP_HEADING = re.compile(r"^(?:第[一二三四五六七八九十]+[章部篇]|[一二三四五六七八九十]+、)")
OPENING = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是|[—\-•·\s“]|截至|截止到?|在|的|进入)*")
LEADING_PERIOD_REACH = 14
PROFILE_HEADING = re.compile(r"(?:简介|概况|基本情况|县情|市情|区情|介绍)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of clean text.

    Attributes:
        start: Offset in the clean text.
        end: Offset behind it.
        section: body, related or boilerplate.
        kind: title, heading, paragraph, list_item, table_row, metadata, credit or caption.
        published: Date of the related snippet that it belongs to, None in the body.
        group: Number of the snippet, 0 in the body.
    """

    start: int
    end: int
    section: str
    kind: str
    published: date | None
    group: int


@dataclass(slots=True)
class Sentence:
    """A sentence with its tokens.

    Attributes:
        text: Its clean text.
        start: Offset in the document's clean text.
        block: The block that it stands in.
        setting: What was in force when it began.
        marks: Numbers that are no quantities.
        periods: Expressions of time.
        mentions: Places named.
        quantities: Quantities.
    """

    text: str
    start: int
    block: Block
    setting: Setting
    marks: list[Mark]
    periods: list[Period]
    mentions: list[Mention]
    quantities: list[Quantity]


@dataclass(slots=True)
class Document:
    """A clean document and what its whole says.

    Attributes:
        row: The row of `clean_documents`.
        text: Its clean text.
        offsets: Clean to raw positions.
        blocks: Its blocks.
        published: Publication date or None.
        year: The year of 今年 or None.
        doc_type: Kind of document.
        ref_area: Code of the place it is about or None.
    """

    row: dict[str, Any]
    text: str = ""
    offsets: OffsetMap = field(init=False)
    blocks: list[Block] = field(default_factory=list)
    published: date | None = None
    year: int | None = None
    doc_type: str = "other"
    ref_area: str | None = None
    known: Gazetteer = field(default_factory=Gazetteer.empty)

    def __post_init__(self) -> None:
        """Draw the conclusions that single sentences rest on."""
        row = self.row
        self.text = row["clean_text"]
        self.offsets = OffsetMap(row["map_clean"], row["map_raw"], row["map_raw_end"])
        self.blocks = [Block(b["start"], b["end"], b["section"], b["kind"], b["published"], b["group"]) for b in row["blocks"]]
        stated: datetime | None = row["published_at"]
        self.published = stated.date() if stated and row["published_basis"] == "stated" else None
        body = "\n".join(self.text[block.start : block.end] for block in self.blocks if block.section == "body")
        weights = {"title": 6, "heading": 2}
        self.known = gazetteer(((self.text[block.start : block.end], weights.get(block.kind, 1)) for block in self.blocks if block.section == "body"), row["title"] or "")
        self.doc_type = document_type(row["title"], body, row["author"])
        self.ref_area = main_place(row["title"], self.known, body[:1500])
        self.year = document_year(self.published, row["title"], body)
        self.known = with_own(self.known, self.ref_area)

    def about(self, ref_area: str) -> None:
        """Say what place the document is about where its text does not."""
        self.ref_area = ref_area
        self.known = with_own(self.known, ref_area)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a stretch of clean text."""
        return self.offsets.span(start, end)

    def sentences(self) -> Iterator[Sentence]:
        """Sentences of body and related blocks that are no tables, each with its setting."""
        state = _State(self)
        for block in self.blocks:
            if block.section == "boilerplate" or block.kind == "table_row":
                continue
            yield from state.read(block)

    def line_tables(self) -> list[list[Cell]]:
        """Runs of short lines in the body that could be a table with one cell a line."""
        runs: list[list[Cell]] = [[]]
        for block in self.blocks:
            if block.section == "body" and block.end - block.start <= 24 and block.kind in ("paragraph", "heading", "list_item"):
                runs[-1].append(Cell(self.text[block.start : block.end], block.start, block.end))
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if len(run) >= 6]

    def row_tables(self) -> list[tuple[list[Block], str]]:
        """Consecutive table rows, each run with the words above it."""
        found: list[tuple[list[Block], str]] = []
        above = ""
        run: list[Block] = []
        for block in self.blocks:
            if block.kind == "table_row" and block.section != "boilerplate":
                run.append(block)
                continue
            if run:
                found.append((run, above))
                run, above = [], ""
            above = (above + "\n" + self.text[block.start : block.end])[-80:]
        if run:
            found.append((run, above))
        return found

    def base_setting(self) -> Setting:
        """What holds before the first sentence."""
        period = self.default_period()
        clock = Clock(self.published, self.year, int(period[:4]) if period else None)
        return Setting(clock, self.ref_area, "", "document" if self.ref_area else "unknown", period, "context" if period else "unknown", False, self.known)

    def default_period(self) -> str | None:
        """The year of the data that kind and title promise: a work report's is the year before it."""
        year = title_year(self.row["title"])
        if self.doc_type == "work_report":
            spoken = year or self.year
            return str(spoken - 1) if spoken else None
        if self.doc_type == "communique" and year and (self.published is None or year <= self.published.year):
            return str(year)
        return None


class _State:
    """The setting as headings and paragraphs change it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.base = document.base_setting()
        self.section = replace(self.base)
        self.group = 0
        self.first_period_pending = self.base.period is None
        self.last_place: Mention | None = None
        self.paragraphs = 0

    def read(self, block: Block) -> Iterator[Sentence]:
        text = self.document.text
        if block.group != self.group:
            self.group = block.group
            if block.section == "related":
                year = block.published.year if block.published else None
                self.section = Setting(Clock(block.published, year), None, "", "unknown", None, "unknown", False, self.base.known)
            self.last_place = None
        words = text[block.start : block.end]
        heading = self._is_heading(block, words)
        if heading and block.section == "body":
            self._heading(block, words)
        paragraph = replace(self.section)
        if block.section == "body" and not heading and block.end - block.start >= 30:
            self.paragraphs += 1
        for start, end in split_sentences(text, block.start, block.end):
            sentence = self._sentence(text[start:end], start, block, paragraph)
            if block.section == "body" and not heading:
                paragraph = self._after_leading(sentence, paragraph)
                sentence.setting = replace(paragraph, last_place=self.last_place)
            else:
                sentence.setting = replace(paragraph, last_place=self.last_place)
            yield sentence
            named = [mention for mention in subjects(sentence.text, sentence.mentions) if not mention.own and mention.code and mention.level in ("county", "prefecture", "province")]
            if named and not heading:
                self.last_place = named[0]

    def _is_heading(self, block: Block, words: str) -> bool:
        if block.kind in ("heading", "title"):
            return True
        return len(words) <= 40 and words.count("，") + words.count(",") <= 1 and (not words.endswith(("。", "；", "，", "：", "!", "！", "?", "？")) or bool(HEADING.match(words)) and len(words) <= 30) and bool(HEADING.match(words) or len(words) <= 16)

    def _sentence(self, text: str, start: int, block: Block, setting: Setting) -> Sentence:
        marks = list(find_marks(text))
        shut = [(mark.start, mark.end) for mark in marks if mark.kind in ("identifier", "ordinal", "rank", "programme")]
        periods = [period for period in iterate_periods(text, setting.clock) if not any(a < period.end and period.start < b for a, b in shut)]
        mentions = find_mentions(text, setting.known)
        taken = [(mark.start, mark.end) for mark in marks] + [(period.start, period.end) for period in periods]
        return Sentence(text, start, block, setting, marks, periods, mentions, find_quantities(text, taken))

    def _heading(self, block: Block, words: str) -> None:
        """A heading sets period, place and nature for what follows; one of the first rank sets them anew."""
        top = bool(TOP_HEADING.match(words)) or block.kind == "title"
        if top:
            self.section = replace(self.base, place=self.section.place, place_name=self.section.place_name, place_basis=self.section.place_basis, known=self.section.known)
        periods = [period for period in iterate_periods(words, self.section.clock) if period.role in ("state", "vague") and period.time_period and not period.is_day and not period.text.startswith(("过去", "这"))]
        target = target_heading(words, self.document.year)
        if periods:
            period = periods[0]
            if top or target or self.section.period is None:
                self._set_period(period.time_period, target)
        if target:
            self.section.target = True
            year = self.document.year
            if not periods and year:
                self._set_period(str(year), True)
        elif top:
            self.section.target = False
        if block.kind == "title":
            return
        mentions = [mention for mention in find_mentions(words, self.base.known) if mention.code and not mention.own]
        if mentions and (PROFILE_HEADING.search(words) or len(words) <= len(mentions[0].text) + 6) and mentions[0].level in ("county", "prefecture", "province"):
            code = mentions[0].code
            self.section = replace(self.section, place=code, place_basis="context", known=with_own(self.base.known, code))

    def _set_period(self, time_period: str | None, target: bool) -> None:
        if time_period is None:
            return
        end_year = bounds(time_period)[1].year
        self.section = replace(self.section, period=time_period, period_basis="context", clock=replace(self.section.clock, context_year=end_year), target=target or self.section.target)

    def _after_leading(self, sentence: Sentence, paragraph: Setting) -> Setting:
        """2014年，全市…: a period at the head of a sentence governs the rest of the paragraph."""
        for period in sentence.periods:
            if period.start > LEADING_PERIOD_REACH or period.role not in ("state", "span") or not period.time_period or period.is_day:
                continue
            before = sentence.text[: period.start]
            for mention in reversed(sentence.mentions):
                if mention.end <= period.start:
                    before = before[: mention.start] + before[mention.end :]
            if not OPENING.fullmatch(before):
                continue
            if len(period.time_period) == 7 and not re.search(r"[末底]$", period.text):
                continue
            following = sentence.text[period.end : period.end + 1]
            if following not in "，,、：: 　" and period.role == "state" and len(period.time_period) == 4 and not re.match(r"(?:全|我|本|度|[\u4e00-\u9fff])", following):
                continue
            if period.role == "span" and not re.match(r"(?:过去|这|五年|[一二三四五]年|近)", period.text):
                continue
            end_year = bounds(period.time_period)[1].year
            changed = replace(paragraph, period=period.time_period, period_basis="context", clock=replace(paragraph.clock, context_year=end_year))
            if (self.document.doc_type in ("communique", "work_report") or self.paragraphs <= 1) and self.first_period_pending and period.role == "state" and not (self.document.year and end_year > self.document.year):
                self.first_period_pending = False
                self.base = replace(self.base, period=period.time_period, period_basis="context", clock=changed.clock)
                self.section = replace(self.section, period=period.time_period, period_basis="context", clock=changed.clock)
            return changed
        return paragraph
