"""Observations of tables: their drafts given place, period and nature, and turned into rows.

Here: what the heading, the words above a table and the document say of its values. Not here: the tables themselves
(`tables`) and sentences (`observations`).
"""

import re
from collections.abc import Iterator
from typing import Any

from pipelines.extraction.document import Document
from pipelines.extraction.gazetteer import contains, own_place
from pipelines.extraction.lexicon import registry
from pipelines.extraction.observations import observation_row
from pipelines.extraction.period_meanings import Clock
from pipelines.extraction.periods import iterate_periods
from pipelines.extraction.place_meant import default_place
from pipelines.extraction.rankings.in_tables import rank_beside
from pipelines.extraction.setting import Setting, Where
from pipelines.extraction.tables import TableFact, read_table, split_row
from pipelines.extraction.time_words import bounds

YEAR = re.compile(r"(?:19|20)\d{2}")
WHOLE = re.compile(r"[全本](?P<rank>省|市|县|区|州|盟|旗)(?:合计|总计)?|合计|总计")
TOWN = re.compile(r"(?:镇|乡|街道|苏木)$")
STATUS = {"actual": "A", "target": "F", "estimate": "E"}


def read_table_observations(document: Document, code_version: str) -> Iterator[dict[str, Any]]:
    """Rows of `observations` that the tables of a document state, each with the rank that stands beside it."""
    setting = document.base_setting()
    place = default_place(setting)
    for blocks, caption in document.row_tables():
        rows = [split_row(document.text, block.start, block.end) for block in blocks]
        for fact in read_table(rows, caption):
            row = _table_row(document, blocks[0].section, fact, place, setting, caption, code_version)
            if row is not None:
                yield row
    for rows, caption in document.line_tables():
        for fact in read_table(rows, caption):
            row = _table_row(document, "body", fact, place, setting, caption, code_version)
            if row is not None:
                yield row


def _is_whole(area: str, place: Where) -> bool:
    """Whether a row of a table of places is the document's own place: 全市 of a city, not 全州 in its table."""
    match = WHOLE.fullmatch(area)
    return match is not None and (match["rank"] is None or (place.name or "").endswith(match["rank"]))


def _where(document: Document, area: str, place: Where) -> Where:
    if not area or _is_whole(area, place):
        return place
    above = WHOLE.fullmatch(area)
    if above is not None and above["rank"] and (code := own_place(above["rank"], document.known)) is not None:
        # 陇西县|临洮县|全市: what the counties of the table are in
        return Where(code, registry().places[code].name, None, "named")
    # 赵  县: set as wide as the names beside it
    area = "".join(area.split())
    names = registry().place_names.get(area, ())
    codes = [
        code
        for code in names
        if not document.ref_area or code == document.ref_area or contains(document.ref_area, code)
    ] or list(names)
    if len(codes) == 1:
        return Where(codes[0], registry().places[codes[0]].name, None, "named")
    if not codes and TOWN.search(area):
        return Where(document.known.towns.get(area), area, None, "named")
    return Where(None, None, area, "named")


def _when_of_plan(fact: TableFact, setting: Setting) -> str | None:
    """现状值 in a plan of 2021—2025 is how things stood before it began, 目标值 how they are to stand at its end."""
    if setting.years is None or fact.nature not in ("actual", "target"):
        return None
    return str(int(setting.years[:4]) - 1) if fact.nature == "actual" else setting.years[5:]


def _when(document: Document, fact: TableFact, setting: Setting, caption: str) -> tuple[str | None, str]:
    """(period, basis): what heads the column, what stands above the table, or what the document is of."""
    # 年末数 in a communique of 2010 is that of the year, and not of the day of publication
    told = setting.period if setting.period and setting.period.isdigit() else None
    clock = Clock(document.published, document.year, int(told) if told else None)
    headed = next((p.time_period for p in iterate_periods(fact.period, clock) if p.time_period), None)
    if headed:
        return headed, "explicit"
    if fact.averaged:
        return setting.years, "context"
    if planned := _when_of_plan(fact, setting):
        return planned, "inferred"
    # 附表：上半年主要指标, the nearest words above
    for line in reversed(caption.split("\n")):
        for captioned in iterate_periods(line, clock):
            # 发布时间：2025-01-25 says when the page came out
            if captioned.time_period and not captioned.is_day:
                return captioned.time_period, "context"
    return setting.period, "context"


def _table_row(
    document: Document,
    section: str,
    fact: TableFact,
    place: Where,
    setting: Setting,
    caption: str,
    code_version: str,
) -> dict[str, Any] | None:
    time_period, basis = _when(document, fact, setting, caption)
    if fact.years_back and time_period is None:
        # 本期|上年同期 of a table that no one dates: beside the one the other would be a second value of one thing
        return None
    if fact.years_back and time_period:
        time_period = YEAR.sub(lambda year: str(int(year.group()) - fact.years_back), time_period)
    # 2025年|2030年 in a plan of 2026
    to_come = bool(time_period and document.year and bounds(time_period)[1].year > document.year)
    nature = fact.nature if fact.nature and not (to_come and fact.nature == "actual") else ""
    nature = nature or ("target" if to_come else "actual")
    where = _where(document, fact.area, place)
    row = observation_row(
        document,
        section,
        fact.draft,
        where,
        time_period,
        basis,
        nature,
        STATUS[nature],
        fact.row_start,
        fact.draft.end,
        document.written(fact.row_start, fact.row_end),
        code_version,
    )
    row["_numbers"] = (
        fact.draft.quantity.number_start - fact.row_start,
        fact.draft.quantity.number_end - fact.row_start,
    )
    row["_base"] = fact.row_start
    row["_ranking"] = rank_beside(document, section, fact, where, time_period, code_version)
    return row
