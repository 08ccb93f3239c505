"""The facts that the rows of a table state.

Here: the name, unit, place or year of a row, and turning its values into drafts. Not here: what columns hold
(`columns`), what a cell says (`cells`), and when, where and how certain a value is (`table_observations`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from pipelines.extraction.binding import Draft
from pipelines.extraction.binding.naming import fulfilled
from pipelines.extraction.indicators import Resolved, qualify, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.tables.cells import YEAR_LABEL, Cell, Row, Value, value_of
from pipelines.extraction.tables.columns import (
    FULFILMENT,
    GROUP_HEADER,
    GROWTH_HEADER,
    GROWTH_WORDS,
    INDICATOR_HEADER,
    OF_MONTHS,
    PERCENTS,
    PLACE_HEADER,
    PRODUCED,
    RANK_HEADER,
    SERIAL_HEADER,
    UNIT_HEADER,
    UNIT_IN_BRACKETS,
    WORDS_HEADER,
    Column,
    completed,
    heading_rows,
    heads_anew,
    read_columns,
)
from pipelines.extraction.tables.labels import RATES, Label, read_label
from schemas.registry_units import Unit

LONGEST_CAPTION = 40
OF_LAST_MONTH = re.compile(r"(?:本|当|单)(?:月|季)(?![止末底])")
OF_PRODUCTS = re.compile(r"产品产量")
UNIT_OF_ALL = re.compile(r"单位[:：]\s*([^\s，。；)）]+)")
# 3月, 1-2月, 一季度: rows are months of the year that the table is of
MONTHS_LABEL = re.compile(r"(?:\d{1,2}\s?[-—~至]\s?)?\d{1,2}月份?|[一二三四]季度|上半年|下半年|前三季度")
ONE_MONTH = re.compile(r"\d{1,2}月份?")
TOTALS = frozenset(("合计", "总计", "小计"))
WHOLE_PLACE = re.compile(r"[全本][省市县区州盟旗]$")
PLACE_ROW = re.compile(r"[县市区旗镇乡州盟省场]$|街道|苏木|开发区|园区|新区|办事处")
DATED_HEADER = re.compile(r"^(?:19|20)\d{2}年度?")
SUM_HEAD = re.compile(r"(?:投资|产值|收入|支出|面积|产量|资金)$")
# 各乡镇|粮食产量: what a table of places is of
OF_PLACES = re.compile(r"^.*?(?:各?(?:县市区|县区|乡镇|镇街|街道|市州|市县)|全[县市区])")
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


@dataclass(frozen=True, slots=True)
class Shape:
    """A heading: its columns, and which of them name, count and measure the rows."""

    columns: Sequence[Column]
    named: int
    unit: int | None
    of_places: bool
    of_growth: bool
    of_products: bool


def read_table(rows: Sequence[Row], caption: str = "") -> list[TableFact]:
    """Facts of a table.

    Args:
        rows: Its rows, with its heading.
        caption: Words above it (a unit for all: 单位：亿元).

    Returns:
        One fact a number whose indicator and unit are known; the others are left to the ledger, and so are all numbers
        of a table without a heading.
    """
    found = heading_rows(rows)
    if found is None:
        return []
    above = caption + "".join(cell.text for row in rows[: found[0]] for cell in row.cells)
    common = _unit_of_all(above)
    # 居民消费价格涨跌幅度 above 全县|城市|农村: what all columns hold
    of_growth = GROWTH_HEADER.search(above[-LONGEST_CAPTION:]) is not None
    # 主要产品产量：原煤|万吨|…: what is told of products may stand above the table alone
    of_products = OF_PRODUCTS.search(above[-LONGEST_CAPTION:]) is not None
    heading = rows[slice(*found)]
    if len(heading) == 1:
        heading = [completed(heading[0], rows[found[1] :])]
    shape = _shape(heading, of_growth, of_products)
    titled = UNIT_IN_BRACKETS.sub("", OF_PLACES.sub("", above[-LONGEST_CAPTION:])).strip()
    of_all = titled if shape.of_places and titled and resolve(titled).code is not None else ""
    facts: list[TableFact] = []
    whole: Resolved | None = None
    above_row = ""
    for row in rows[found[1] :]:
        if heads_anew(row):
            shape, whole, above_row = _shape([row], of_growth, of_products), None, ""
            continue
        label = _label(row, shape, common, above_row)
        above_row = label.noun if label is not None else ""
        told = list(_facts_of_row(row, shape, label, whole, of_all)) if label is not None else []
        facts += told
        of_kinds = shape.of_places or any(column.noun and not column.growth for column in shape.columns)
        named = next((fact.draft.resolved for fact in told if fact.draft.resolved.code and not of_kinds), None)
        if named is not None and (whole is None or named.code != whole.code):
            whole = replace(named, breakdown={})
    return facts


def _unit_of_all(above: str) -> str:
    """单位：亿元、%: the unit of all columns that have none of their own and hold no rates."""
    stated = UNIT_OF_ALL.search(above)
    units = re.split(r"[、,，/]", stated[1]) if stated and stated[1] not in registry().units else []
    amounts = [unit for unit in units if unit in registry().units and unit not in PERCENTS]
    if stated:
        return amounts[0] if amounts else stated[1]
    # 表2 居民人均可支配收入及构成（元）
    titled = [match[1] for match in UNIT_IN_BRACKETS.finditer(above) if match[1] in registry().units]
    return titled[-1] if titled and titled[-1] not in PERCENTS else ""


def _shape(heading: Sequence[Row], of_growth: bool, of_products: bool) -> Shape:
    columns = read_columns(heading)
    named = _name_column(columns)
    unit = next(
        (i for i, it in enumerate(columns) if UNIT_HEADER.search(it.text) and not WORDS_HEADER.search(it.text)), None
    )
    return Shape(columns, named, unit, PLACE_HEADER.search(columns[named].text) is not None, of_growth, of_products)


def _name_column(columns: Sequence[Column]) -> int:
    """The column that names what the rows are: the second of 类别|指标|单位|2025年."""
    if not GROUP_HEADER.search(columns[0].text):
        return 0
    return next((i for i, it in enumerate(columns[:3]) if i and INDICATOR_HEADER.fullmatch(it.text)), 0)


def _aligned(row: Row, shape: Shape) -> tuple[Sequence[Cell], int] | None:
    """The cells of a row from its name on, and the column of the first of them; None where that is not sure."""
    columns, named, missing = shape.columns, shape.named, len(shape.columns) - len(row.cells)
    if missing <= 0:
        return row.cells[named : len(columns)], named
    unit = shape.unit
    if unit is not None and unit < len(row.cells) and row.cells[unit].text in registry().units:
        return row.cells[named:], named
    if missing <= named and (unit is None or row.cells[unit - missing].text in registry().units):
        # a class that spans several rows is written once
        return row.cells[named - missing :], named
    # the words at the end may be left out, but no one knows which number is
    return (row.cells[named:], named) if _only_words_missing(columns[-missing:]) else None


def _only_words_missing(columns: Sequence[Column]) -> bool:
    return all(WORDS_HEADER.search(column.text) for column in columns)


def _label(row: Row, shape: Shape, common: str, above: str) -> Label | None:
    """What the name of a row says, None where it is not sure which cell that is."""
    aligned = _aligned(row, shape)
    if aligned is None or not aligned[0] or not aligned[0][0].text:
        return None
    cells, first = aligned
    stated = cells[shape.unit - first].text if shape.unit is not None and shape.unit - first < len(cells) else ""
    label = read_label(cells[0].text, stated, common)
    if GROWTH_WORDS.fullmatch(label.name):
        # 地区生产总值（亿元）, and 增长（%） in the row below it
        return Label(above, "%", above, True, False) if above else None
    return label


def _facts_of_row(row: Row, shape: Shape, label: Label, whole: Resolved | None, of_all: str) -> Iterator[TableFact]:
    aligned = _aligned(row, shape)
    if aligned is None:
        return
    cells, first = aligned
    values = {
        index: value
        for index, cell in enumerate(cells[1:], first + 1)
        if index != shape.unit and (value := value_of(cell.text)) is not None
    }
    noun_before, produced, told = of_all, "产量" if shape.of_products else "", ""
    for index, cell in enumerate(cells[1:], first + 1):
        column = shape.columns[index]
        if shape.of_places or YEAR_LABEL.fullmatch(label.name) or MONTHS_LABEL.fullmatch(label.name):
            said = column.bare if shape.of_places and column.unit not in ("", "%") and not column.growth else ""
            noun_before = column.noun or column.unknown_noun or said or noun_before
        if PRODUCED.fullmatch(column.bare):
            produced = column.bare
        if column.noun and not (column.growth or column.share):
            told = column.bare
        if index not in values or RANK_HEADER.search(column.text) or SERIAL_HEADER.search(column.text):
            continue
        if OF_LAST_MONTH.match(column.text):
            # 本月 beside 累计: of a month that no one tells
            continue
        rise = _rise(shape, values, index)
        if shape.of_growth and (column.place or column.part) and not column.share:
            column = replace(column, growth=True)
        before = Before(noun_before, produced, told)
        fact = _fact(column, label, values[index], cell, cells, before, rise, whole)
        if fact is not None:
            yield replace(fact, rank=_rank_behind(fact, shape, values, cells, index + 1, first))


def _rank_behind(
    fact: TableFact, shape: Shape, values: dict[int, Value], cells: Sequence[Cell], index: int, first: int
) -> tuple[int, int, int] | None:
    """地区生产总值|增速|位次: the rank of a place by the figure before it, None where the column holds none."""
    if not fact.area or index not in values or index >= len(shape.columns):
        return None
    column, value = shape.columns[index], values[index]
    if not RANK_HEADER.search(column.text) or value.unit or value.number < 1 or value.number != int(value.number):
        return None
    if "总量" in column.text and fact.draft.measure == "growth":
        return None
    start = cells[index - first].start
    return int(value.number), start + value.start, start + value.end


def _rise(shape: Shape, values: dict[int, Value], index: int) -> Decimal | None:
    """By how much the two levels before a column of averages differ, None where there are none."""
    levels = [
        values[place].number
        for place, column in enumerate(shape.columns[:index])
        if place in values and not column.averaged and not column.growth
    ]
    return levels[-1] - levels[-2] if shape.columns[index].averaged and len(levels) > 1 else None


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
    if resolve(noun).code is None and (made := before.produced or _produced(column)):
        # 产品名称|单位|产量: what is told of a product
        noun += made
    return "", "", noun


def _is_place(name: str) -> bool:
    """Whether a row is called by a place: a county, a town, a zone or all of them."""
    return name in registry().place_names or name in TOTALS or PLACE_ROW.search(name) is not None


def _produced(column: Column) -> str:
    return column.bare if PRODUCED.fullmatch(column.bare) else ""


def _fact(
    column: Column,
    label: Label,
    value: Value,
    cell: Cell,
    cells: Sequence[Cell],
    before: Before,
    rise: Decimal | None,
    whole: Resolved | None,
) -> TableFact | None:
    known = registry().units
    reached = FULFILMENT.search(column.text) is not None and not column.unit
    in_percent = reached or column.growth or column.share
    written = value.unit or ("%" if in_percent else column.unit or label.unit)
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
    return ("growth", unit) if percent else None


def _unfit(resolved: Resolved, unit: Unit, measure: str) -> bool:
    """Whether a percentage cannot be a level of what is named: 地区生产总值 is no rate."""
    return measure == "level" and unit.dimension == "percent" and resolved.dimension not in ("", *RATES)
