"""Tables of indicators: cells on one line (from HTML and Markdown), or one cell a line as copied off a page.

Here: finding the columns of a table (name, unit, values by period or measure) and turning its cells into drafts.
Not here: sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity

NUMBER_CELL = re.compile(
    r"(?P<least>[>≥＞])?(?P<most>[<≤＜])?(?P<number>[-－−]?\d[\d,]*(?:\.\d+)?)(?P<percent>%?)(?P<bound>以上|以下|以内|左右)?"
)
BOUNDS = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "approx"}
# 类别|指标|单位, 序号|指标名称: what the rows are called stands in a later column
GROUP_HEADER = re.compile(r"(?:类别|分类|类型|领域|维度|方面|序号|编号|代码|一级指标)$")
INDICATOR_HEADER = re.compile(r"(?:(?:主要|具体|二级)?指标(?:名称)?|项目名称|项目|名称|指标内容)$")
PRODUCED = re.compile(r"产量|产值|销量|销售量|存栏量?|出栏量?|播种面积|种植面积|面积")
AVERAGED = re.compile(r"年均|累计")
NAME_HEADER = re.compile(
    r"(?:指标名称|指标|名称|项目|主要指标|类别|产品名称|产品|地区|区县|县市区|单位名称|城市|年份|年度|时间)$"
)
PLACE_HEADER = re.compile(r"(?:地区|区县|县区|县市区?|市县|市州|县[（(]市[、）)].*|各?地市|乡镇|镇街|城市)$")
GROWTH_WORDS = re.compile(r"(?:同比|比上年|比去年)?(?:名义|实际)?(?:增长率?|增速|增幅|±)(?:速度)?$")
UNIT_HEADER = re.compile(r"(?:计量单位|单位)$")
GROWTH_HEADER = re.compile(r"增长|增速|增幅|同比|比上年|±|%")
SHARE_HEADER = re.compile(r"比重|占比|构成")
RANK_HEADER = re.compile(r"位次|排名|名次|排位")
UNIT_IN_HEADER = re.compile(r"[（(](?:单位[:：])?([^（()）]+)[)）]")
LEADING_MARK = re.compile(
    r"^(?:[#＃*·•—\-\s]|其中[:：]?|[一二三四五六七八九十]+、|\d+[.、]|[（(][一二三四五六七八九十\d]+[)）])+"
)
YEAR_IN_HEADER = re.compile(r"(?:19|20)\d{2}年?|季度|半年|月")
# 2019年 | 196.3 | 83.1: rows are years
YEAR_OF_COLUMN = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?![\d.])")
YEAR_LABEL = re.compile(r"(?:19|20)\d{2}(?:年度?)?(?:[上下]半年|[一二三四]季度|\d{1,2}月)?")
YEAR_BEFORE = re.compile(r"^(?:上年同期|去年同期|上年|去年|上期)(?:数|值|完成)?(?:[（(].*)?$")
DIFFERENCE = re.compile(r"^(?:比上年|比去年|同比)?(?:增减额|增减量|增减数|增加额|增量)(?:[（(].*)?$")
MOST_COLUMNS = 8
LONGEST_NAME = 24
# 序号|指标|2025年|2030年|属性: rows begin with their number, and words may stand behind the values
SERIAL_HEADER = re.compile(r"(?:序号|编号)$")
SERIAL = re.compile(r"\d{1,3}")
WORDS_HEADER = re.compile(r"(?:属性|性质|类型|备注|说明|(?:责任|牵头|主管|填报)(?:单位|部门))$")
NO_VALUE = ("-", "—", "--", "——", "…", "/")
# [8.5]: what adds up over the years
ADDED_UP = re.compile(r"[\[［〔【（(][-－−]?\d[\d,]*(?:\.\d+)?%?[\]］〕】）)]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and where it stands in the clean text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableFact:
    """One number of a table.

    Attributes:
        draft: The draft (its offsets are those of the clean text).
        area: Name of the place in the row's first cell, "" where rows are indicators.
        period: Period text of the column's header, "".
        row_start: Where its row begins.
        row_end: Where its row ends.
        years_back: How many years before the table's period it is (上年同期).
    """

    draft: Draft
    area: str
    period: str
    row_start: int
    row_end: int
    years_back: int = 0


def split_row(text: str, start: int, end: int) -> Row:
    """Cells of a block whose cells are divided by tabs, or by bars where there are none."""
    cells, position = [], start
    for part in text[start:end].split("\t" if text.find("\t", start, end) >= 0 else "|"):
        stripped = part.strip()
        offset = position + len(part) - len(part.lstrip())
        cells.append(Cell(stripped, offset, offset + len(stripped)))
        position += len(part) + 1
    return Row(tuple(cells))


def rows_of_lines(lines: Sequence[Cell]) -> tuple[list[Row], int, int] | None:
    """Rows of a table that was copied with one cell a line.

    Args:
        lines: Consecutive short lines.

    Returns:
        (rows with the header first, index of the first line, index behind the last), None where the lines are no
        table.
    """
    for index, line in enumerate(lines):
        if not NAME_HEADER.search(line.text) and not _is_serial(lines, index):
            continue
        width = _width(lines, index)
        if width is None:
            continue
        rows = [Row(tuple(lines[index : index + width]))]
        position = index + width
        while position + width <= len(lines) and _fits(lines[position : position + width], rows[0]):
            rows.append(Row(tuple(lines[position : position + width])))
            position += width
        if len(rows) >= 3:
            return rows, index, position
    return None


def _is_serial(lines: Sequence[Cell], index: int) -> bool:
    """Whether a line heads the column of numbers before the one of names (序号|指标)."""
    behind = lines[index + 1 : index + 2]
    return SERIAL_HEADER.fullmatch(lines[index].text) is not None and any(NAME_HEADER.search(it.text) for it in behind)


def _width(lines: Sequence[Cell], index: int) -> int | None:
    """How many lines make a row: the header ends where the first number's name begins."""
    for width in range(2, MOST_COLUMNS + 1):
        first = lines[index + width : index + 2 * width]
        second = lines[index + 2 * width : index + 3 * width]
        header = Row(tuple(lines[index : index + width]))
        if (
            len(second) == width
            and _fits(first, header)
            and _fits(second, header)
            and not any(NUMBER_CELL.fullmatch(cell.text) for cell in header.cells)
        ):
            return width
    return None


def _fits(cells: Sequence[Cell], header: Row) -> bool:
    """Whether the cells are a name, perhaps behind its number, perhaps a unit, and numbers."""
    heads = header.cells
    if SERIAL_HEADER.fullmatch(heads[0].text):
        if not SERIAL.fullmatch(cells[0].text):
            return False
        cells, heads = cells[1:], heads[1:]
    if len(cells) < 2 or len(cells[0].text) > LONGEST_NAME:
        return False
    if NUMBER_CELL.fullmatch(cells[0].text) and not YEAR_LABEL.fullmatch(cells[0].text):
        return False
    return all(_fits_column(cell.text, head.text) for cell, head in zip(cells[1:], heads[1:], strict=False))


def _fits_column(text: str, head: str) -> bool:
    if UNIT_HEADER.search(head):
        return text in registry().units
    if WORDS_HEADER.search(head):
        return NUMBER_CELL.fullmatch(text) is None
    return text in NO_VALUE or any(pattern.fullmatch(text) for pattern in (NUMBER_CELL, ADDED_UP))


def header_dates(header: Row) -> list[tuple[int, int]]:
    """Where the headings of a table's columns name years: 2023年|2024年, 2023|2024.

    Args:
        header: The first row of the table.

    Returns:
        (start, end) of each in the clean text.
    """
    return [
        (cell.start + year.start(), cell.start + year.end())
        for cell in header.cells
        if not NUMBER_CELL.fullmatch(cell.text) or YEAR_LABEL.fullmatch(cell.text)
        for year in YEAR_OF_COLUMN.finditer(cell.text)
    ]


def read_table(rows: Sequence[Row], caption: str = "") -> list[TableFact]:
    """Facts of a table.

    Args:
        rows: Its rows, the header first.
        caption: Words above it (a unit for all: 单位：亿元).

    Returns:
        One fact a number cell whose indicator and unit are known; the others are left to the ledger.
    """
    if len(rows) < 2:
        return []
    header = rows[0].cells
    unit_column = next((i for i, cell in enumerate(header) if UNIT_HEADER.search(cell.text)), None)
    common = re.search(r"单位[:：]\s*([^\s，。；)）]+)", caption)
    named = _name_column(header)
    of_places = PLACE_HEADER.search(header[named].text) is not None
    facts: list[TableFact] = []
    for whole in rows[1:]:
        # a class that spans several rows is written once
        row = Row(whole.cells[named:]) if named and len(whole.cells) == len(header) else whole
        missing = len(header) - len(whole.cells)
        head = header[named if row is not whole else missing if named and 0 < missing <= named else 0 :]
        shifted = len(header) - len(head)
        if not row.cells or not row.cells[0].text:
            continue
        label = LEADING_MARK.sub("", row.cells[0].text)
        in_label = UNIT_IN_HEADER.search(label)
        name = UNIT_IN_HEADER.sub("", label).strip()
        unit_text = (
            row.cells[unit_column - shifted].text
            if unit_column is not None and 0 < unit_column - shifted < len(row.cells)
            else in_label[1]
            if in_label and in_label[1] in registry().units
            else common[1]
            if common
            else ""
        )
        noun_before = produced = ""
        for index, cell in enumerate(row.cells[1:], 1):
            if (of_places or YEAR_LABEL.fullmatch(name)) and index < len(head):
                noun_before = _noun_of(head[index].text) or noun_before
            if index + shifted == unit_column or index >= len(head) or not NUMBER_CELL.fullmatch(cell.text):
                continue
            if PRODUCED.fullmatch(UNIT_IN_HEADER.sub("", head[index].text)):
                produced = UNIT_IN_HEADER.sub("", head[index].text)
            dated = _dated_beside(head, index)
            fact = _fact(_dated(head, index), dated, name, unit_text, cell, row, noun_before, produced)
            if fact:
                facts.append(fact)
    return facts


def _name_column(header: Sequence[Cell]) -> int:
    """The column that names what the rows are: the second of 类别|指标|单位|2025年."""
    if not GROUP_HEADER.search(header[0].text):
        return 0
    return next((i for i, cell in enumerate(header[:3]) if i and INDICATOR_HEADER.fullmatch(cell.text)), 0)


def _dated(head: Sequence[Cell], index: int) -> str:
    """The header of a column, 年均增长 with the years that it is an average of: 2025年|2030年|年均增长."""
    text = head[index].text
    if not AVERAGED.search(text) or YEAR_IN_HEADER.search(text):
        return text
    years = [int(match.group()) for cell in head for match in re.finditer(r"(?:19|20)\d{2}(?=年)", cell.text)]
    return f"{years[-2] + 1}—{years[-1]}年{text}" if len(years) > 1 and years[-2] + 1 < years[-1] else text


def _dated_beside(head: Sequence[Cell], index: int) -> str:
    """The header that dates a column without a date of its own, "" where none does.

    2023年|2024年|增长（%）: a rate is that of the latest year of the columns before it, which stand side by side.
    """
    dated = [place for place, cell in enumerate(head) if YEAR_IN_HEADER.search(cell.text)]
    before = [place for place in dated if place < index]
    beside = [place for place in before if all(between in dated for between in range(place, before[-1]))]
    return max((head[place].text for place in beside or dated), key=_year_of_column, default="")


def _year_of_column(head: str) -> str:
    """The last year in a header, "" where it has none (上半年)."""
    years = YEAR_OF_COLUMN.findall(head)
    return str(max(years, default=""))


def _noun_of(head: str) -> str:
    """The indicator that a column's header names (地区生产总值（亿元）, GDP增速), "" for a bare 增速（%）."""
    noun = GROWTH_WORDS.sub("", UNIT_IN_HEADER.sub("", head).strip())
    return noun if noun and resolve(noun).code is not None else ""


def _fact(
    head: str, dated: str, name: str, unit_text: str, cell: Cell, row: Row, noun_before: str, dated_head: str = ""
) -> TableFact | None:
    if RANK_HEADER.search(head):
        return None
    in_head = UNIT_IN_HEADER.search(head)
    share = SHARE_HEADER.search(head) is not None
    growth = not share and GROWTH_HEADER.search(head) is not None
    if DIFFERENCE.match(head):
        growth = False
    if in_head and in_head[1] not in ("%", "％", "±%") and "增" not in head:
        growth = False
    area, noun, year = "", name, ""
    of_year = YEAR_LABEL.fullmatch(name) is not None
    if of_year:
        year, noun = name, GROWTH_WORDS.sub("", UNIT_IN_HEADER.sub("", head).strip()) or noun_before
    elif noun_before:
        # 地区|地区生产总值|增速: rows are places, and a bare 增速 is that of the column before it
        area, noun = name, noun_before
    elif (
        not growth
        and not share
        and resolve(name).code is None
        and resolve(UNIT_IN_HEADER.sub("", head)).code is not None
    ):
        # rows are places: the header names the indicator
        area, noun = name, UNIT_IN_HEADER.sub("", head)
    if (
        not area
        and resolve(noun).code is None
        and (made := PRODUCED.fullmatch(UNIT_IN_HEADER.sub("", dated_head or head)))
    ):
        # 产品名称|单位|产量: what is told of a product
        noun += made.group()
    written = "%" if growth or share else (in_head[1] if in_head and in_head[1] in registry().units else unit_text)
    if "%" in cell.text:
        written = "%"
    unit = registry().units.get(written)
    if unit is None or not noun:
        return None
    written_number = NUMBER_CELL.fullmatch(cell.text)
    assert written_number is not None
    value = Decimal(written_number["number"].replace(",", "").replace("－", "-").replace("−", "-"))
    bound = BOUNDS.get(written_number["bound"] or "", "exact")
    bound = "at_least" if written_number["least"] else "at_most" if written_number["most"] else bound
    resolved: Resolved = resolve(noun, unit.dimension == "count")
    difference = DIFFERENCE.match(head) is not None and unit.dimension != "percent"
    measure = (
        "change"
        if difference
        else "growth"
        if growth
        else "share"
        if share and unit.dimension == "percent"
        else "level"
    )
    quantity = Quantity(
        value,
        None,
        unit.canonical,
        bound,
        "level",
        cell.start,
        cell.end,
        cell.text,
        cell.start,
        cell.end,
        unit.unit_measure,
        unit.factor,
        unit.dimension,
    )
    start = row.cells[0].start
    draft = Draft(
        quantity,
        measure,
        value,
        None,
        unit.canonical,
        unit.unit_measure,
        unit.factor,
        bound,
        resolved,
        dict(resolved.breakdown),
        start,
        cell.end,
        "table",
    )
    period = year or (head if YEAR_IN_HEADER.search(head) else dated)
    back = 1 if YEAR_BEFORE.match(head) and not year else 0
    return TableFact(draft, area, period, start, row.cells[-1].end, back)
