"""One document read from beginning to end: blocks in their order, with what headings and paragraphs put in force.

Here: walking the blocks, keeping the setting (place, period, target) and collecting what the readers of each kind
of fact return. Not here: the reading of a sentence (`binding`, `attribution`, `rankings`) and frames (`facts`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipelines.cleaning.offsets import OffsetMap
from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.document_years import document_year, plan_years, title_year
from pipelines.extraction.flow import Flow
from pipelines.extraction.gazetteer import Gazetteer, gazetteer, with_own, with_part
from pipelines.extraction.lexicon import registry
from pipelines.extraction.note_marks import without_note_marks
from pipelines.extraction.period_meanings import Clock
from pipelines.extraction.periods import read_periods
from pipelines.extraction.place_codes import code_in
from pipelines.extraction.place_evidence import introduced_place, office_place, paper_place
from pipelines.extraction.profile import (
    Part,
    document_type,
    main_place,
    own_word,
    part_of_opening,
    part_of_title,
    place_of_file,
    receives,
    tells_of_visit,
    visitor,
)
from pipelines.extraction.punctuation import full_width
from pipelines.extraction.setting import Setting
from pipelines.extraction.tables import Cell, Row, is_number, rows_of_lines, split_row
from pipelines.extraction.time_words import EDITION, bounds
from pipelines.extraction.traditional import is_traditional, simplified
from pipelines.extraction.value_above import names_follow, stands_alone

# a description names what it describes at once
LONGEST_OPENING = 400
LONGEST_FURNITURE = 120
# 1.江苏昆山市玉山镇
LIST_ENTRY = re.compile(r"\s*(?:第?\d{1,3}[.、．:：名位]|\d{1,3}\s)\s*[\u4e00-\u9fff]{2,20}\s*")
LEAST_ENTRIES = 10
# Precisions of publication coarser than a day, and how much of an ISO date they tell.
COARSE = {"month": 7, "year": 4}
# a page number or the name of a group between the rows of a table
MOST_ASIDE = 2
LONGEST_ASIDE = 24
LONGEST_CELL = 32
# values on lines of their own, each above its name
MOST_PAIRED = 24
BULLETS = frozenset("■□●○◆◇★☆▲△▼▽►▶▷➤•※✦➢◎❖✓✔❯")
BULLET = re.compile(f"[{''.join(BULLETS)}\\s]+")
ARROW = re.compile(r"[↑↓▲▼⬆⬇]\s?\d+(?:\.\d+)?[%％]")
VALUE_START = re.compile(r"\d+(?:\.\d+)?\s?(?:[万亿千百]*[元吨人户家个亩斤]|[万亿]|[%％])")
YEAR_START = re.compile(r"(?:19|20)\d{2}年")
SENTENCE_END = re.compile(r"[。；！]\s*$")
RESULTS = re.compile(r"(?:完成|办理|落实|实施|进展|执行|推进)情况")


@dataclass(slots=True)
class Document:
    """A clean document and what its whole says.

    Attributes:
        row: The row of `clean_documents`.
        text: Its clean text.
        offsets: Clean to raw positions.
        blocks: Its blocks.
        published: Publication date or None; the last day that it can be where only month or year are known.
        to_the_day: Whether it is known to the day.
        year: The year of 今年 or None.
        doc_type: Kind of document.
        ref_area: Code of the place it is about or None.
        part: The town or zone that it is about, which has no code of six digits, or None.
        note_marks: Where marks of notes stood in the clean text.
    """

    row: dict[str, Any]
    text: str = ""
    offsets: OffsetMap = field(init=False)
    blocks: list[Block] = field(default_factory=list)
    published: date | None = None
    to_the_day: bool = True
    year: int | None = None
    doc_type: str = "other"
    ref_area: str | None = None
    part: Part | None = None
    known: Gazetteer = field(default_factory=Gazetteer.empty)
    note_marks: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw the conclusions that single sentences rest on."""
        self.text = self.row["clean_text"]
        if is_traditional(self.text):
            self.text = simplified(self.text)
            told = {key: simplified(self.row[key] or "") or None for key in ("title", "author", "publisher")}
            self.row = {**self.row, **told}
        self.text, self.note_marks = without_note_marks(full_width(self.text))
        row = self.row
        self.offsets = OffsetMap(row["map_clean"], row["map_raw"], row["map_raw_end"])
        self.blocks = [
            Block(self._behind_bullet(b), b["end"], b["section"], b["kind"], b["published"], b["group"])
            for b in row["blocks"]
        ]
        stated: datetime | None = row["published_at"]
        self.to_the_day = row.get("published_precision") not in COARSE
        if stated:
            # 2016年第11期 came out in 2016, on its last day at the latest.
            length = COARSE.get(row.get("published_precision") or "day", 10)
            self.published = bounds(stated.date().isoformat()[:length])[1]
        body = "\n".join(self.text[block.start : block.end] for block in self.blocks if block.section == "body")
        weights = {"title": 6, "heading": 2}
        # 1.江苏昆山市玉山镇, 2.广东佛山市…: the entries of a list tell of everybody alike
        entries = {
            b.start for b in self.blocks if LIST_ENTRY.fullmatch(self.text, b.start, b.end) and b.section == "body"
        }
        entries = entries if len(entries) >= LEAST_ENTRIES else set()
        self.known = gazetteer(
            (
                (self.text[block.start : block.end], 0 if block.start in entries else weights.get(block.kind, 1))
                for block in self.blocks
                # 记者 王小茹 | 北京报道: where the journalist sat is no place of the text.
                if block.section == "body" and block.kind != "credit"
            ),
            row["title"] or "",
        )
        self.doc_type = document_type(row["title"], body, row["author"], row["publisher"])
        self.year = document_year(self.published, row["title"], body)
        furniture = self._furniture()
        office = office_place((row["publisher"], row["author"], *furniture), self.known)
        self.ref_area = main_place(row["title"], self.known, body[:1500], office)
        if self.ref_area is None and not tells_of_visit(row["title"], self.known):
            own = own_word(body)
            self.ref_area = (
                introduced_place(body[:600], self.known)
                or place_of_file(row["source_path"] or "", own)
                or paper_place(
                    (row["publisher"], *furniture), own, Counter() if receives(row["title"]) else self.known.codes
                )
            )
        if self.ref_area is not None:
            self.ref_area = code_in(self.ref_area, self.year)
        visits = tells_of_visit(row["title"], self.known)
        writer = visitor(row["title"], self.known) if visits else None
        if visits and writer is None:
            # 我市党政代表团赴昆山考察: whose page it is tells who went
            writer = paper_place((row["publisher"], *furniture), own_word(body), Counter())
        self.part = (
            part_of_title(row["title"], self.known)
            or part_of_opening(body[:LONGEST_OPENING], self.known)
            # 茅台镇：2023年工作总结, where the site alone names the county
            or part_of_title(row["title"], with_own(self.known, self.ref_area))
        )
        self.known = with_own(self.known, self.part.inside or self.ref_area if self.part else self.ref_area)
        if self.part is not None:
            self.ref_area = None
            self.known = with_part(self.known, self.part.code, self.part.name)
        if writer is not None:
            self.known = replace(self.known, writer=writer)

    def _behind_bullet(self, block: dict[str, Any]) -> int:
        """Where a block begins without the mark in front of it: ■ 居民消费价格上涨1.7%."""
        start: int = block["start"]
        if self.text[start] not in BULLETS:
            return start
        bullet = BULLET.match(self.text, start, block["end"])
        return bullet.end() if bullet and bullet.end() < block["end"] else start

    def indentation(self, block: Block) -> int:
        """How many spaces a line of the raw text begins with."""
        start, _ = self.raw_span(block.start, block.end)
        line: str = self.row["raw_text"][self.row["raw_text"].rfind("\n", 0, start) + 1 : start]
        return len(line) if not line.strip() else 0

    def _furniture(self) -> list[str]:
        """The lines of the site, which name the office that it belongs to."""
        return [
            self.text[block.start : block.end]
            for block in self.blocks
            if block.section == "boilerplate" and block.end - block.start <= LONGEST_FURNITURE
        ]

    def about(self, ref_area: str) -> None:
        """Say what place the document is about where its text does not."""
        self.ref_area = ref_area
        self.known = with_own(self.known, ref_area)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a stretch of clean text."""
        return self.offsets.span(start, end)

    def written(self, start: int, end: int) -> str:
        """A stretch of the clean text as the page has it, in its own characters and marks."""
        words: str = self.row["clean_text"][start:end]
        return words

    def sentences(self) -> Iterator[Sentence]:
        """Sentences of body and related blocks that are no tables, each with its setting."""
        state = Flow(self)
        for block, end in self._units():
            yield from state.read(block, end)

    def _units(self) -> Iterator[tuple[Block, int]]:
        """Blocks to read, each with the end of the last one that belongs to it (地区生产总值:|553.8亿元|增长|9.2%)."""
        skip_until = named_until = -1
        for index, block in enumerate(self.blocks):
            if block.section == "boilerplate" or block.kind == "table_row" or block.start < skip_until:
                continue
            end = block.end
            if self.text[block.end - 1] in ":：" and block.end - block.start <= 24:
                for other in self.blocks[index + 1 : index + 9]:
                    words = self.text[other.start : other.end]
                    if (
                        other.section != block.section
                        or len(words) > 10
                        or YEAR_START.match(words)
                        or words[-1] in ":："
                        or (end == block.end and not words[0].isdigit())
                    ):
                        break
                    end = other.end
                skip_until = end
            elif index + 1 < len(self.blocks) and self._goes_on(block, self.blocks[index + 1]):
                skip_until = end = self.blocks[index + 1].end
            elif (
                below := self._names_below(index, index > 0 and self.blocks[index - 1].end <= named_until)
            ) is not None:
                skip_until = named_until = end = below.end
            yield block, end

    def _goes_on(self, block: Block, following: Block) -> bool:
        """规上工业总产值|712.6亿元, 地区生产总值186.3亿元|↑9.4%: a name and its value, a value and its growth."""
        if following.section != block.section or following.kind == "table_row":
            return False
        words = self.text[following.start : following.end]
        if ARROW.match(words):
            return True
        return (
            VALUE_START.match(words) is not None and self.text[block.start : block.end] in registry().indicator_aliases
        )

    def _names_below(self, index: int, goes_on: bool) -> Block | None:
        """512.7亿元|2021年全县地区生产总值|总量居全市第1位: the last line that belongs to the value, None for none."""
        block = self.blocks[index]
        value = self.text[block.start : block.end]
        if not stands_alone(value):
            return None
        following = self.blocks[index + 1 : index + 1 + MOST_PAIRED]
        above = self.blocks[index - 1] if index else None
        beside = above is not None and above.section == block.section and not goes_on
        before = self.text[above.start : above.end] if above is not None and beside else ""
        lines = []
        for one in following:
            if one.section != block.section or one.kind == "table_row":
                break
            lines.append(self.text[one.start : one.end])
        pairs = names_follow(value, before, lines)
        if not pairs:
            return None
        # what is told more of the value is a sentence, and neither the next value nor a heading
        more = len(lines) > 1 and pairs == 1 and SENTENCE_END.search(lines[1]) is not None
        return following[1] if more else following[0]

    def line_tables(self) -> list[tuple[list[Row], str]]:
        """Tables of the body with one cell a line, each with the line above it."""
        found: list[tuple[list[Row], str]] = []
        for run in self._short_lines():
            table = rows_of_lines(run)
            if table is not None:
                rows, first, _ = table
                found.append((rows, run[first - 1].text if first else ""))
        return found

    def _short_lines(self) -> list[list[Cell]]:
        """Runs of short lines in the body that could be a table."""
        runs: list[list[Cell]] = [[]]
        for block in self.blocks:
            if (
                block.section == "body"
                and block.end - block.start <= LONGEST_CELL
                and block.kind in ("paragraph", "heading", "list_item")
            ):
                runs[-1].append(Cell(self.text[block.start : block.end], block.start, block.end))
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if len(run) >= 6]

    def row_tables(self) -> list[tuple[list[Block], str]]:
        """Consecutive table rows, each run with the words above it; a page number or a group's name parts no table."""
        found: list[tuple[list[Block], str]] = []
        above = ""
        run: list[Block] = []
        aside: list[Block] = []
        for block in self.blocks:
            if not self._is_row(block):
                aside.append(block)
                continue
            if run and aside and not self._continues_table(run[-1], aside, block):
                found.append((run, above))
                run = []
            if aside and not run:
                above = ("\n".join(self.text[one.start : one.end] for one in aside))[-80:]
            aside = []
            run.append(block)
        if run:
            found.append((run, above))
        return found

    def _continues_table(self, last: Block, aside: Sequence[Block], block: Block) -> bool:
        """Whether a row continues the table above what stands between: as many cells, and numbers, not a heading."""
        if len(aside) > MOST_ASIDE or any(one.end - one.start > LONGEST_ASIDE for one in aside):
            return False
        before, row = (split_row(self.text, one.start, one.end) for one in (last, block))
        return len(row.cells) == len(before.cells) and any(is_number(cell.text) for cell in row.cells[1:])

    def _is_row(self, block: Block) -> bool:
        """Whether a block is a row of a table, marked up or with its cells divided by bars (犍为县 | 251.3 | 6.7)."""
        if block.section == "boilerplate":
            return False
        return block.kind == "table_row" or self.text.count("|", block.start, block.end) > 1

    def rows(self) -> list[Block]:
        """Rows of tables that are marked up as such; a row of cells divided by bars is read as a sentence as well."""
        return [block for block in self.blocks if block.kind == "table_row" and block.section != "boilerplate"]

    def base_setting(self) -> Setting:
        """What holds before the first sentence."""
        period = self.default_period()
        clock = Clock(self.published, self.year, int(period[:4]) if period else None, self.to_the_day)
        planned = plan_years(self.row["title"]) if self.doc_type == "plan" else None
        return Setting(
            clock,
            self.ref_area or (self.part.code or None if self.part else None),
            self.part.name if self.part else "",
            "document" if self.ref_area or self.part else "unknown",
            period,
            ("inferred" if self.doc_type == "plan" else "context") if period else "unknown",
            self.doc_type == "plan",
            self.known,
            years="/".join(map(str, planned)) if planned else None,
            edition=edition[1] if (edition := EDITION.search(self.row["title"] or "")) else None,
            described_in=self.published.year if self.doc_type == "profile" and self.published else None,
        )

    def default_period(self) -> str | None:
        """The year of the data that kind and title promise: a work report's is the year before it."""
        year = title_year(self.row["title"])
        if self.doc_type == "work_report":
            spoken = year or self.year
            return str(spoken - 1) if spoken else None
        if self.doc_type == "communique" and year and (self.published is None or year <= self.published.year):
            # 2020年1—4月主要经济指标 tells of four months
            named = read_periods(self.row["title"] or "", clock=Clock(self.published, year))
            return next((p.time_period for p in named if p.time_period and p.role == "state"), str(year))
        if self.doc_type == "communique" and year is None and self.published is not None:
            # 一季度经济运行情况, published in April: that of the year
            named = read_periods(self.row["title"] or "", clock=Clock(self.published, self.year))
            return next((p.time_period for p in named if "-" in (p.time_period or "") and p.role == "state"), None)
        if self.doc_type != "plan" and year and RESULTS.search(self.row["title"] or ""):
            # 关于2024年度民生实事项目办理情况的通告
            return str(year)
        return self._horizon() if self.doc_type == "plan" else None

    def _horizon(self) -> str | None:
        """The year in which the tasks of a plan are due, where its title tells it."""
        years = plan_years(self.row["title"])
        last = years[1] if years else None
        return str(last) if last and last >= (self.year or 0) else None
