"""The facts that the rows of a table state.

Here: the heading, the name of each row, and which of its cells are values. Not here: one value (`values`), what
columns hold (`columns`), what a cell says (`cells`), and when, where and how certain a value is (`table_observations`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.tables.cells import YEAR_LABEL, Cell, Row, Value, value_of
from pipelines.extraction.tables.columns import (
    AMOUNT_HEAD,
    GENERIC_HEAD,
    GROUP_HEADER,
    GROWTH_HEADER,
    GROWTH_WORDS,
    INDICATOR_HEADER,
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
    spread_out,
)
from pipelines.extraction.tables.labels import MONTHS_LABEL, Label, read_label
from pipelines.extraction.tables.values import Before, TableFact, fact_of

LONGEST_CAPTION = 40
OF_LAST_MONTH = re.compile(r"(?:本|当|单)(?:月|季)(?![止末底])")
OF_PRODUCTS = re.compile(r"产品产量")
UNIT_OF_ALL = re.compile(r"单位[:：]\s*([^\s，。；)）]+)")
UNITS_TITLED = re.compile(r"[（(]([^（()）]+[、，,][^（()）]+)[)）]")
TITLE_TAIL = re.compile(r"(?:增长|增速|增幅|完成|发展|主要)*(?:情况)?(?:统计|一览|分析)?表?$")
TASKS = re.compile(r"(?:目标|任务)[\u4e00-\u9fff]{0,4}(?:分解|分配|下达|安排)|计划表|安排表")
# 受益户数, 企业个数: counted, whatever the unit of the table
COUNTED_HEAD = re.compile(r"(?:户数|人数|个数|家数|村数|数量)$|^总?人口$")
YIELD_HEAD = re.compile(r"单产|亩产")
COUNTS = {"household": "户", "person": "人", "count": "个"}
LEAST_CHANGE = 1000
# 各乡镇|粮食产量: what a table of places is of
OF_PLACES = re.compile(
    r"^.*?(?:各?(?:县[（(][市区旗、]{1,4}[)）]|县市区|县区|乡镇|镇街|街道|市州|市县)|全[县市区])(?:(?:19|20)\d{2}年)?"
)


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
    units = _units_of_all(above)
    common = units[0] if len(units) == 1 else ""
    # 居民消费价格涨跌幅度 above 全县|城市|农村: what all columns hold
    of_growth = GROWTH_HEADER.search(above[-LONGEST_CAPTION:]) is not None
    # 主要产品产量：原煤|万吨|…: what is told of products may stand above the table alone
    of_products = OF_PRODUCTS.search(above[-LONGEST_CAPTION:]) is not None
    heading = spread_out(rows[slice(*found)])
    if len(heading) == 1:
        heading = [completed(heading[0], rows[found[1] :])]
    shape = _shape(heading, of_growth, of_products)
    shape = _with_units(_planned(shape, above), units)
    # the line above, and not the paragraph above it
    title = next((line for line in reversed(above.split("\n")) if UNIT_OF_ALL.sub("", line).strip("（）() 　")), "")
    titled = UNIT_IN_BRACKETS.sub("", OF_PLACES.sub("", title[-LONGEST_CAPTION:])).strip()
    titled = TITLE_TAIL.sub("", titled)
    of_all = titled if shape.of_places and titled and resolve(titled).code is not None else ""
    facts: list[TableFact] = []
    whole: Resolved | None = None
    above_row = ""
    for row in rows[found[1] :]:
        if heads_anew(row):
            anew = _shape([row], of_growth, of_products)
            shape, whole, above_row = _with_units(_planned(anew, above), units), None, ""
            continue
        cells, first = _aligned(row, shape) or ((), 0)
        label = _label(cells, first, shape, common, above_row) if cells and cells[0].text else None
        above_row = label.noun if label is not None else ""
        told = list(_facts_of_row(cells, first, shape, label, whole, of_all)) if label is not None else []
        facts += told
        of_kinds = shape.of_places or any(column.noun and not column.growth for column in shape.columns)
        named = next((fact.draft.resolved for fact in told if fact.draft.resolved.code and not of_kinds), None)
        if named is not None and (whole is None or named.code != whole.code):
            whole = replace(named, breakdown={})
    return facts


def _units_of_all(above: str) -> list[str]:
    """单位：亿元、%: the units of all columns that have none of their own and hold no rates."""
    stated = UNIT_OF_ALL.search(above) or UNITS_TITLED.search(above)
    if stated:
        parts = [stated[1]] if stated[1] in registry().units else re.split(r"[、,，;；]", stated[1])
        parts = [unit for part in parts for unit in ([part] if part in registry().units else part.split("/"))]
        amounts = [unit for unit in parts if unit in registry().units and unit not in PERCENTS]
        return amounts or [stated[1]]
    # 表2 居民人均可支配收入及构成（元）
    titled = [match[1] for match in UNIT_IN_BRACKETS.finditer(above) if match[1] in registry().units]
    return titled[-1:] if titled and titled[-1] not in PERCENTS else []


def _planned(shape: Shape, above: str) -> Shape:
    """2024年目标任务分解表: all columns of a table of tasks hold what is planned."""
    if not TASKS.search(above[-LONGEST_CAPTION:]):
        return shape
    return replace(shape, columns=[replace(one, nature=one.nature or "target") for one in shape.columns])


def _with_units(shape: Shape, units: Sequence[str]) -> Shape:
    """（单位：万亩、公斤/亩、万吨） above 播种面积|单产|总产: each column has the unit that is one of its indicator."""
    if not units or shape.unit is not None:
        return shape
    known = registry().units
    columns: list[Column] = []
    for column in shape.columns:
        counted = COUNTED_HEAD.search(column.bare) is not None and not column.growth
        if column.unit or column.growth or column.share or (len(units) == 1 and not counted):
            columns.append(column)
            continue
        dimension = "yield" if YIELD_HEAD.search(column.bare) else resolve(column.bare, True).dimension
        if counted and dimension not in COUNTS:
            dimension = "household" if "户" in column.bare else "person" if "人" in column.bare else "count"
        if PRODUCED.fullmatch(column.bare) and dimension not in ("yield", "area"):
            dimension = "area" if "面积" in column.bare else "mass"
        fitting = [unit for unit in units if unit in known and known[unit].dimension == dimension]
        own = fitting[0] if len(fitting) == 1 else COUNTS.get(dimension, "") if len(units) == 1 else ""
        if not own and column.part and columns:
            # 总人口|男|女
            own = columns[-1].unit
        columns.append(replace(column, unit=own))
    return replace(shape, columns=columns)


def _shape(heading: Sequence[Row], of_growth: bool, of_products: bool) -> Shape:
    columns = read_columns(heading)
    named = _name_column(columns)
    unit = next(
        (i for i, it in enumerate(columns) if UNIT_HEADER.search(it.text) and not WORDS_HEADER.search(it.text)), None
    )
    return Shape(columns, named, unit, PLACE_HEADER.search(columns[named].text) is not None, of_growth, of_products)


def _name_column(columns: Sequence[Column]) -> int:
    """The column that names what the rows are: the second of 类别|指标|单位|2025年."""
    numbered = SERIAL_HEADER.search(columns[0].text) or RANK_HEADER.fullmatch(columns[0].text)
    if numbered and len(columns) > len(("排名", "县市区")):
        # 排名|县市区|GDP, 序号|企业名称|产值
        return 1
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


def _label(cells: Sequence[Cell], first: int, shape: Shape, common: str, above: str) -> Label | None:
    """What the name of a row says, None for a rate of nothing that stands above it."""
    stated = cells[shape.unit - first].text if shape.unit is not None and shape.unit - first < len(cells) else ""
    label = read_label(cells[0].text, stated, common)
    if GROWTH_WORDS.fullmatch(label.name):
        # 地区生产总值（亿元）, and 增长（%） in the row below it
        return Label(above, "%", above, True, False) if above else None
    return label


def _facts_of_row(
    cells: Sequence[Cell], first: int, shape: Shape, label: Label, whole: Resolved | None, of_all: str
) -> Iterator[TableFact]:
    values = {
        index: value
        for index, cell in enumerate(cells[1:], first + 1)
        if index != shape.unit and (value := value_of(cell.text)) is not None
    }
    noun_before, produced, told = of_all, "产量" if shape.of_products else "", ""
    for index, cell in enumerate(cells[1:], first + 1):
        column = shape.columns[index]
        if shape.of_places or YEAR_LABEL.fullmatch(label.name) or MONTHS_LABEL.fullmatch(label.name):
            plain = not (column.growth or column.share or column.part or column.place)
            # 绝对额（元） below 各县农民人均纯收入 has a unit and no name
            named = not AMOUNT_HEAD.match(column.bare) and (column.unit or not GENERIC_HEAD.search(column.bare))
            own = plain and column.unit != "%" and named
            said = column.bare if shape.of_places and own else ""
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
        if column.growth and not column.unit and "%" not in column.text and abs(values[index].number) >= LEAST_CHANGE:
            # 2020年常住人口|2010年常住人口|增减
            column = replace(column, growth=False, difference=True)
        rise = _rise(shape, values, index)
        if shape.of_growth and (column.place or column.part) and not column.share:
            column = replace(column, growth=True)
        before = Before(noun_before, produced, told)
        fact = fact_of(column, label, values[index], cell, cells, before, rise, whole)
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
