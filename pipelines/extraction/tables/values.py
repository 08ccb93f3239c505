"""One fact of a table: a value with what its row and its columns name.

Here: the record, the name and the measure of a value, and what fits no indicator. Not here: which rows and columns
there are (`reading`), what columns hold (`columns`) and what a cell says (`cells`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from pipelines.extraction.binding import Draft
from pipelines.extraction.binding.naming import fulfilled
from pipelines.extraction.indicators import Resolved, qualify, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.tables.cells import YEAR_LABEL, Cell, Value
from pipelines.extraction.tables.columns import (
    FULFILMENT,
    GENERIC_HEAD,
    GROWTH_WORDS,
    OF_MONTHS,
    PRODUCED,
    Column,
)
from pipelines.extraction.tables.labels import MONTHS_LABEL, RATES, Label
from schemas.registry_units import Unit

RESIDENTS = re.compile("(?:城镇|农村|全体|城乡|农牧区)(?:常住)?居民")
ONE_MONTH = re.compile(r"\d{1,2}月份?")
TOTALS = frozenset(("合计", "总计", "小计"))
WHOLE_PLACE = re.compile(r"[全本][省市县区州盟旗]$")
PLACE_ROW = re.compile(r"[县市区旗镇乡州盟省场]$|街道|苏木|开发区|园区|新区|办事处")
DATED_HEADER = re.compile(r"^(?:19|20)\d{2}年度?")
SUM_HEAD = re.compile(r"(?:投资|产值|收入|支出|面积|产量|资金)$")
# a difference of two rates that are rounded to a decimal
ROUNDING = Decimal("0.11")


@dataclass(frozen=True, slots=True)
class TableFact:
    """One number of a table.

    Attributes:
        draft: The draft (its offsets are those of the clean text).
        area: Name of the place in the row's first cell, "" where rows are indicators.
        period: Words that date it, "".
        row_start: Where its row begins.
        row_end: Where its row ends.
        years_back: How many years before the table's period it is (上年同期).
        nature: What the heading of its column says: target, estimate, actual or "".
        averaged: Whether it is of all years of a plan.
        rank: The rank in the column behind it, and where it begins and ends in the clean text.
    """

    draft: Draft
    area: str
    period: str
    row_start: int
    row_end: int
    years_back: int = 0
    nature: str = ""
    averaged: bool = False
    rank: tuple[int, int, int] | None = None


class Before(NamedTuple):
    """What the columns before a value name: what rows of places hold, what is told of products and of kinds."""

    noun: str
    produced: str
    level: str


def _named(column: Column, label: Label, before: Before) -> tuple[str, str, str]:
    """(place, year, what is measured) of a value."""
    noun_before = before.noun
    if YEAR_LABEL.fullmatch(label.name) or MONTHS_LABEL.fullmatch(label.name):
        told = OF_MONTHS.sub("", GROWTH_WORDS.sub("", column.bare))
        months = f"1-{label.name}" if "累计" in column.bare and ONE_MONTH.fullmatch(label.name) else label.name
        return "", months + ("年" if months.isdigit() else ""), told or noun_before
    if noun_before:
        # 地区|地区生产总值|增速: rows are places, and a bare 增速 is that of the column before it
        return "" if label.name in TOTALS else label.name, "", noun_before
    joined = resolve(column.bare + label.noun) if RESIDENTS.fullmatch(column.bare) else None
    if joined is not None and joined.code is not None:
        # 城镇居民|农村居民 above 人均可支配收入
        return "", "", joined.name
    headed = resolve(column.bare)
    if not column.growth and not column.share and resolve(label.noun).code is None and headed.code is not None:
        if not _is_place(label.name):
            # 初中|在校学生, 金融业|增加值, 某项目|总投资: a kind or a thing, and what is told of it
            return "", "", label.noun + column.bare
        # rows are places: the header names the indicator
        return label.name, "", column.bare
    if headed.code is not None and not column.growth and not column.share:
        both = resolve(label.noun + column.bare)
        if both.code is not None or headed.code not in ("", resolve(label.noun).code):
            # 普通高中|在校学生（人）|专任教师（人）
            return "", "", both.name
    dated = DATED_HEADER.sub("", column.bare)
    if dated != column.bare and SUM_HEAD.search(dated) and resolve(label.noun).code is None:
        # 某项目|2025年计划投资
        return "", "", ("" if label.name in TOTALS or WHOLE_PLACE.match(label.name) else label.noun) + dated
    noun = label.noun
    if column.place:
        # 指标|全县|城关镇: columns are places
        return column.place, "", noun
    if resolve(noun).code is None and column.growth and before.level:
        # 金融业|增加值|增速: a bare rate is that of the column before it
        return "", "", label.noun + before.level
    if resolve(noun).code is None and _is_place(label.name) and qualify(label.name) is None:
        # 县区|增速（%）: no place is an indicator
        return "", "", ""
    if resolve(noun).code is None and (made := before.produced or _produced(column)):
        # 产品名称|单位|产量: what is told of a product
        return "", "", noun + made
    plain = not (column.growth or column.share or column.part or GENERIC_HEAD.search(column.bare))
    if plain and len(column.bare) > 1 and resolve(noun).code is None:
        # 项目名称|投资金额|受益户数
        noun += column.bare
    return "", "", noun


def _is_place(name: str) -> bool:
    """Whether a row is called by a place: a county, a town, a zone or all of them."""
    return name in registry().place_names or name in TOTALS or PLACE_ROW.search(name) is not None


def _produced(column: Column) -> str:
    return column.bare if PRODUCED.fullmatch(column.bare) else ""


def fact_of(
    column: Column,
    label: Label,
    value: Value,
    cell: Cell,
    cells: Sequence[Cell],
    before: Before,
    rise: Decimal | None,
    whole: Resolved | None,
) -> TableFact | None:
    """The fact that a value states.

    Args:
        column: What its column holds.
        label: The name of its row.
        value: The value.
        cell: The cell that it stands in.
        cells: The cells of the row from its name on.
        before: What the columns before it name.
        rise: By how much it is more than the year before, by the columns beside it; None where they do not tell.
        whole: The indicator of the row above that this one may be a part of.

    Returns:
        The fact, None where the indicator or the unit is not known, or the two do not go together.
    """
    known = registry().units
    reached = FULFILMENT.search(column.text) is not None and not column.unit
    in_percent = reached or column.growth or column.share
    written = value.unit or ("%" if in_percent else column.unit or label.unit or _counted_in(column, before.noun))
    unit = known.get(written)
    if (label.growth or label.reduced) and not label.unit and unit is not None and unit.dimension != "percent":
        label = replace(label, noun=label.name, growth=False, reduced=False)
    area, year, noun = _named(column, label, before)
    if unit is None or not noun:
        return None
    added = value.added_up or (column.averaged and not column.growth and "年均" not in column.text)
    if value.added_up and not (column.averaged or column.since):
        return None
    if value.added_up:
        # [13] under 年均增长 is no rate: it has the unit of the row
        unit = known.get(value.unit or label.unit or column.unit)
        if unit is None:
            return None
    resolved = _part_of(resolve(noun, unit.dimension == "count"), whole)
    if column.part and column.part[0] not in resolved.breakdown:
        resolved = replace(resolved, breakdown={**resolved.breakdown, column.part[0]: column.part[1]})
    measured = _measure(column, label, unit, resolved, added, rise, value)
    if measured is None or (value.number < 0 and label.reduced):
        return None
    measure, unit = measured
    if FULFILMENT.search(column.text) and unit.dimension == "percent":
        resolved = Resolved(None, fulfilled(resolved.name, column.text))
    elif _unfit(resolved, unit, measure):
        return None
    sign = -1 if label.reduced and measure in ("growth", "change") else 1
    number, high = sign * value.number, None if value.high is None else sign * value.high
    if high is not None and high < number:
        number, high = high, number
    start = cells[0].start
    quantity = Quantity(
        number, high, unit.canonical, value.bound, "level", cell.start, cell.end, cell.text, cell.start + value.start,
        cell.start + value.end, unit.unit_measure, unit.factor, unit.dimension,
    )  # fmt: skip
    nature = "actual" if FULFILMENT.search(column.text) else column.nature
    draft = Draft(
        quantity, measure, number, high, unit.canonical, unit.unit_measure, unit.factor, value.bound, resolved,
        dict(resolved.breakdown), start, cell.end, "table",
    )  # fmt: skip
    period = year or column.period
    if added and not column.averaged:
        period = f"{column.since}—{column.period}"
    return TableFact(
        draft, area, period, start, cells[-1].end, 0 if year else column.years_back, nature, column.averaged
    )


def _counted_in(column: Column, noun_before: str) -> str:
    """2020年常住人口: people and households need no unit; "" for all else."""
    noun = DATED_HEADER.sub("", column.bare)
    dimension = resolve(noun or noun_before).dimension or (resolve(noun_before).dimension if column.difference else "")
    return {"person": "人", "household": "户"}.get(dimension, "")


def _part_of(resolved: Resolved, whole: Resolved | None) -> Resolved:
    """常住人口|其中：城镇|乡村: a row that names a part alone is that part of the row above that is a whole."""
    part = qualify(resolved.name.removesuffix("类")) if whole is not None and resolved.code is None else None
    return replace(whole, breakdown=dict([part])) if whole is not None and part else resolved


def _measure(
    column: Column, label: Label, unit: Unit, resolved: Resolved, added: bool, rise: Decimal | None, value: Value
) -> tuple[str, Unit] | None:
    """How a value is measured, and its unit."""
    percent = unit.dimension == "percent"
    points = registry().units["个百分点"]
    if label.growth or label.reduced:
        return ("growth" if percent else "change"), unit
    if column.difference and not percent:
        return "change", unit
    if column.share:
        return ("share" if percent else "level"), unit
    indicator = registry().indicators.get(resolved.code or "")
    if added:
        # 城镇新增就业 adds up over the years; 城镇化率 [7.8] rises over them
        flows = indicator is not None and indicator.behaviour == "flow"
        if flows or label.name.startswith(("新增", "城镇新增", "累计")):
            return "level", unit
        return "change", points if percent else unit
    if not column.growth:
        return "level", unit
    own = registry().units.get(label.unit)
    if column.averaged and own is not None and own.dimension == "percent":
        # 城镇化率（%）|45.2|53|7.8: the two levels tell whether it is by how much it rises
        risen = rise is not None and any(abs(value.number - rise / years) < ROUNDING for years in (1, 5))
        return ("change", points) if risen else None
    if unit == points:
        # 工业产品销售率|97.6|0.4（百分点）
        return "change", points
    return ("growth", unit) if percent else None


def _unfit(resolved: Resolved, unit: Unit, measure: str) -> bool:
    """Whether a percentage cannot be a level of what is named: 地区生产总值 is no rate."""
    return measure == "level" and unit.dimension == "percent" and resolved.dimension not in ("", *RATES)
