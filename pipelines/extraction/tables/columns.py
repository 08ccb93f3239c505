"""The heading of a table: what each of its columns holds.

Here: which rows head a table, and the names, units, periods and measures of columns. Not here: the words of a cell
(`cells`) and the facts of a row (`reading`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.extraction.indicators import qualify, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.tables.cells import Cell, Row, is_number, value_of
from pipelines.extraction.time_words import PLANS

NAME_HEADER = re.compile(
    r"(?:指标名称|指标|名称|项目|主要指标|类别|产品名称|产品|地区|区县|县市区|单位名称|城市|年份|年度|时间|镇办|镇街|乡镇)$"
)
# 序号|指标|2025年|2030年|属性: rows begin with their number, and words may stand behind the values
SERIAL_HEADER = re.compile(r"(?:序号|编号)$")
UNIT_HEADER = re.compile(r"(?:计量单位|单位)$")
WORDS_HEADER = re.compile(r"(?:属性|性质|类型|备注|说明|(?:责任|牵头|主管|填报)(?:单位|部门))$")
WORDS_CELL = re.compile(r"(?:属性|性质|备注|说明|部门|预期性?|约束性?)$")
RANK_HEADER = re.compile(r"位次|排名|名次|排位")
# 类别|指标|单位, 序号|指标名称: what the rows are called stands in a later column
GROUP_HEADER = re.compile(r"(?:类别|分类|类型|领域|维度|方面|序号|编号|代码|一级指标)$")
INDICATOR_HEADER = re.compile(r"(?:(?:主要|具体|二级)?指标(?:名称)?|项目名称|项目|名称|指标内容)$")
# 镇办, 县市区, 乡镇（街道）: rows are places
PLACE_HEADER = re.compile(
    r"(?:地区|区县|县区|县[（(]市[、）)].*|各?地市|市县|市州|乡镇|镇街|城市|[县区市镇乡]名|乡镇名称)$|^各?[省市县区州旗乡镇街道办场（）()、/]{2,12}(?:名称)?$"
)
GROWTH_WORDS = re.compile(r"(?:同比|比上年|比去年)?(?:名义|实际)?(?:增长率?|增速|增幅|涨跌幅?度?|±)(?:速度)?$")
# 规上工业增加值当月增速|累计增速
OF_MONTHS = re.compile(r"(?:当月|当季|累计)$")
GROWTH_HEADER = re.compile(r"增长|增速|增幅|增减|涨跌|涨幅|升降|变化|变动|同比|比上年|比\d{4}年|±")
SHARE_HEADER = re.compile(r"比重|占比|构成")
AVERAGED = re.compile(r"年均|累计")
UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[:：])?([^（()）]+)[)）]")
YEAR_IN_HEADER = re.compile(r"(?:19|20)\d{2}年?|季度|半年|月|十[一二三四五六]五")
# 2019年 | 196.3 | 83.1: rows are years
YEAR_OF_COLUMN = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?![\d.])")
# 年份|2022|2023
YEAR_ALONE = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?=$|[\u4e00-\u9fff])(?![年学])")
YEAR_BEFORE = re.compile(r"^(?:上年同期|去年同期|上年|去年|上期)(?:数|值|完成)?(?:[（(].*)?$")
DIFFERENCE = re.compile(
    r"^(?:(?:[比较](?:上年|去年)(?:同期|末)?|同比)?(?:增减额|增减量|增减数|增加额|增量)"
    # 比年初增加(万元), but 比上年增长(%)
    r"|[比较](?:年初|上年末|上年同期|去年同期|上年|去年)(?:净增|增加|增减|减少)(?:额|量|数)?(?![^（(]*[%％]))(?:[（(][^%％]*)?$"
)
PRODUCED = re.compile(r"总?产量?|产值|单产|亩产|销量|销售量|存栏量?|出栏量?|播种面积|种植面积|面积")
# 总量, 本期, 2024年, 目标值: heads that name nothing that is measured
GENERIC_HEAD = re.compile(
    r"总量|绝对[量值数额]|数值|数量|数据|指标值|完成|实绩|本[月期年季]|当月|累计|上年|去年|同期|[年月季]|合计|小计|总计|目标|现状|规划|计划|预期|预计|实际|基期"
    r"|备注|说明|建设|单位|内容|地点|地址|性质|时间|工期|序号|位次|排名|\d|^[^\u4e00-\u9fff]*$"
)
# 综合得分 has its unit in its name
SCORED = re.compile(r"(?:得分|评分|分值)$")
AMOUNT_HEAD = re.compile(r"^(?:总量|绝对[量值数额]|数值|总额|实绩|完成[数额值]?)(?=[（(]|$)")
TARGET = re.compile(r"目标|规划|计划|预期(?!性)|预算数?$|(?:年初|调整)预算")
ESTIMATE = re.compile(r"预计|预测|估计")
ACTUAL = re.compile(r"实际|实绩|完成|基期|基数|现状|决算|执行")
# 占计划%, 完成进度: how much of a goal was reached
FULFILMENT = re.compile(
    r"完成率|进度|占(?:年度|全年)?(?:目标|计划|预算|任务)|(?:为|占|完成)(?:年度|全年|年初|调整)*(?:目标|计划|预算|任务)数?的?(?:[%％]|比[重例])?$"
)
PERCENTS = ("%", "％", "±%")
PLAN_NAMED = re.compile(r"十[一二三四五六]五")
PLAN_YEARS = 4
PARTS = ("area", "sex", "ownership", "scale")
PLACE = re.compile(r"全[省市县区州旗]|(?![本各所乡])[\u4e00-\u9fff]{2,6}(?:镇|乡|街道)")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        text: The words at its head, without spaces; those of a heading that spans it behind its own.
        bare: They without the unit in brackets.
        unit: The unit in brackets, "" where there is none or it is not known.
        period: The words that date it, "" where nothing does.
        growth: Whether it holds growth rates.
        share: Whether it holds parts of a whole.
        difference: Whether it holds what was added since the year before.
        averaged: Whether it is of all years of a plan: yearly averages, or sums in brackets.
        since: The first year of what adds up until the year of the column, None where it is not known.
        nature: target, estimate, actual, or "" where the heading does not tell.
        part: The part of the whole that it names (城市, 农村, 男), as the key and value of a breakdown.
        place: The place that it names (全县, 城关镇), "" where it names none.
    """

    text: str
    bare: str
    unit: str
    period: str
    growth: bool
    share: bool
    difference: bool
    averaged: bool
    since: int | None
    nature: str
    place: str
    part: tuple[str, str] | None

    @property
    def noun(self) -> str:
        """The indicator that it names (地区生产总值（亿元）, GDP增速), "" for a bare 增速（%）."""
        noun = OF_MONTHS.sub("", GROWTH_WORDS.sub("", self.bare))
        return noun if noun and resolve(noun, True).code is not None else ""

    @property
    def unknown_noun(self) -> str:
        """What a column of rates names that no one knows (规下工业增速), "" for a bare 增速 and for 2024年同比."""
        noun = GROWTH_WORDS.sub("", self.bare) if self.growth else ""
        named = len(noun) > 1 and not self.noun and re.search(r"\d|[年月季]|同比|累计|总量|[增变升]", noun) is None
        return noun if named else ""

    @property
    def years_back(self) -> int:
        """How many years before the table's period it is (上年同期)."""
        return 1 if YEAR_BEFORE.match(self.text) else 0


def is_heading(row: Row) -> bool:
    """Whether a row holds no number and so can head a table.

    Args:
        row: The row.
    """
    filled = [cell for cell in row.cells if cell.text]
    return len(filled) > 1 and not any(is_number(cell.text) for cell in filled)


def heads_anew(row: Row) -> bool:
    """Whether a row inside of a table heads it anew: its first words are those of a heading.

    Args:
        row: The row.
    """
    return is_heading(row) and any(NAME_HEADER.search(SPACES.sub("", cell.text)) for cell in row.cells[:2] if cell.text)


def heading_rows(rows: Sequence[Row]) -> tuple[int, int] | None:
    """Where the heading of a table begins and ends, None where it has none.

    Args:
        rows: Its rows; lines with one cell may stand before the heading (表1 主要指标).
    """
    first = next((index for index, row in enumerate(rows) if sum(bool(cell.text) for cell in row.cells) > 1), None)
    if first is None or not is_heading(rows[first]):
        return None
    below = rows[first + 1] if first + 1 < len(rows) else None
    # 指标 | 2020年 | “十四五”目标 | with 2025年 | 年均增长 under it
    spanned = below is not None and below.cells[0].text in ("", rows[first].cells[0].text) and is_heading(below)
    spread = below is not None and _is_spread(rows[first], below)
    return first, first + (2 if spanned or spread else 1)


def _is_spread(heading: Row, below: Row) -> bool:
    """Whether 地区|地区生产总值|一般公共预算收入 stands above 总量|增速|总量|增速, without the empty cells."""
    names, heads = sum(bool(cell.text) for cell in heading.cells) - 1, len(below.cells)
    plain = all(
        AMOUNT_HEAD.match(cell.text) or GROWTH_WORDS.match(UNIT_IN_BRACKETS.sub("", cell.text)) for cell in below.cells
    )
    return plain and names > 0 and heads > names and heads % names == 0


def spread_out(heading: Sequence[Row]) -> list[Row]:
    """The two lines of a heading with a cell of the first above each of the second.

    Args:
        heading: The rows of the heading.
    """
    if len(heading) < len(("names", "heads")) or not _is_spread(heading[0], heading[1]):
        return list(heading)
    corner, *names = (cell for cell in heading[0].cells if cell.text)
    times = len(heading[1].cells) // len(names)
    first = Row((corner, *(name for name in names for _ in range(times))))
    start = heading[1].cells[0].start
    return [first, Row((Cell("", start, start), *heading[1].cells))]


def completed(heading: Row, below: Sequence[Row]) -> Row:
    """The heading with the cell that a page leaves out of it: the corner above the names, or the head of the units.

    Args:
        heading: The heading.
        below: The rows below it.
    """
    filled = [row for row in below if len(row.cells) > 1]
    if not filled or any(len(row.cells) != len(heading.cells) + 1 for row in filled):
        return heading
    named = NAME_HEADER.search(SPACES.sub("", heading.cells[0].text)) is not None
    if named and all(row.cells[1].text in registry().units for row in filled):
        start = heading.cells[1].start
        return Row((heading.cells[0], Cell("单位", start, start), *heading.cells[1:]))
    if named or any(is_number(row.cells[0].text) or value_of(row.cells[-1].text) is None for row in filled):
        return heading
    start = heading.cells[0].start
    return Row((Cell("", start, start), *heading.cells))


def header_dates(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Where the headings of a table's columns name years: 2023年|2024年, 2023|2024.

    Args:
        rows: The rows of the table.

    Returns:
        (start, end) of each in the clean text.
    """
    found = heading_rows(rows)
    return [
        (cell.start + year.start(), cell.start + year.end())
        for row in (rows[slice(*found)] if found else ())
        for cell in row.cells
        for year in YEAR_OF_COLUMN.finditer(cell.text)
    ]


def read_columns(rows: Sequence[Row]) -> list[Column]:
    """The columns that the rows of a heading make.

    Args:
        rows: One row, or two where a heading spans several columns.
    """
    texts = _merged(rows)
    columns = [_column(texts, index) for index in range(len(texts))]
    for index, column in enumerate(columns):
        before = columns[index - 1] if index else None
        if before is not None and before.part and column.growth and column.part is None and not column.noun:
            # 城镇（元）|增长%|农村（元）|增长%: a rate is that of the part before it
            columns[index] = replace(column, part=before.part)
    return columns


def _merged(rows: Sequence[Row]) -> list[str]:
    """The words at the head of each column; those of a heading that spans it stand behind its own."""
    texts = [SPACES.sub("", cell.text) for cell in rows[0].cells]
    if len(rows) == 1:
        return texts
    below = [SPACES.sub("", cell.text) for cell in rows[1].cells]
    texts += [""] * (len(below) - len(texts))
    spanning = ""
    for index, own in enumerate(below):
        spanning = texts[index] or spanning
        if not own or own == texts[index]:
            continue
        if AMOUNT_HEAD.match(own):
            # 地区生产总值 above 总量（亿元）|增速（%）
            texts[index] = spanning + AMOUNT_HEAD.sub("", own)
        else:
            texts[index] = spanning + own if GROWTH_WORDS.match(UNIT_IN_BRACKETS.sub("", own)) else own + spanning
    return texts


def _column(texts: Sequence[str], index: int) -> Column:
    text = texts[index]
    in_brackets = [match[1] for match in UNIT_IN_BRACKETS.finditer(text)]
    unit = next((words for words in reversed(in_brackets) if words in registry().units or words in PERCENTS), "")
    unit = "%" if unit in PERCENTS else unit
    bare = UNIT_IN_BRACKETS.sub("", text).strip()
    if len(bare) > 1 and bare.endswith(("%", "％")) and not unit:
        # GDP增速%
        bare, unit = bare.rstrip("%％"), "%"
    if not unit and SCORED.search(bare):
        unit = "分"
    share = SHARE_HEADER.search(text) is not None
    difference = DIFFERENCE.match(text) is not None
    growth = not share and not difference and (GROWTH_HEADER.search(text) is not None or bare in ("", *PERCENTS))
    if unit not in ("", "%") and "增" not in bare:
        growth = False
    averaged = AVERAGED.search(text) is not None and not _is_of_months(text)
    nature = "target" if TARGET.search(text) else "estimate" if ESTIMATE.search(text) else ""
    nature = nature or ("actual" if ACTUAL.search(text) else "")
    return Column(
        text, bare, unit, _period(texts, index, averaged), growth, share, difference, averaged,
        _since(texts, index), nature, bare if index and _is_place(bare) else "",
        _part(bare),
    )  # fmt: skip


def _part(bare: str) -> tuple[str, str] | None:
    part = qualify(bare)
    return part if part and part[0] in PARTS else None


def _is_place(text: str) -> bool:
    return PLACE.fullmatch(text) is not None or text in registry().place_names


def _is_of_months(text: str) -> bool:
    """累计, 1-9月累计, 累计同比±%: the months of one year."""
    return "年均" not in text and re.search(r"五年|5年|〔|\[|［|【|规划期|十[一二三四五六]五", text) is None


def _period(texts: Sequence[str], index: int, averaged: bool) -> str:
    """The words that date a column: its own, the years of an average, or those of a column beside it."""
    text = texts[index]
    if averaged and not YEAR_IN_HEADER.search(text):
        years = sorted({year for other in texts if (year := _year(other))})
        return f"{years[-2] + 1}—{years[-1]}年{text}" if len(years) > 1 and years[-2] + 1 < years[-1] else ""
    if YEAR_IN_HEADER.search(text):
        return YEAR_ALONE.sub(r"\1年", text)
    if resolve(UNIT_IN_BRACKETS.sub("", text), True).code is not None and not GROWTH_HEADER.search(text):
        # 总投资|2025年计划投资: what has a name of its own is of no year beside it
        return ""
    # 2023年|2024年|增长（%）: a rate is that of the latest year of the columns before it, which stand side by side
    dated = [place for place, other in enumerate(texts) if YEAR_IN_HEADER.search(other) and "年均" not in other]
    before = [place for place in dated if place < index]
    beside = [place for place in before if all(between in dated for between in range(place, before[-1]))]
    # 6月|1—6月|增长（%）: of two that end alike, the one next to it
    return max((texts[place] for place in beside[::-1] or dated), key=lambda head: _year(head) or 0, default="")


def _since(texts: Sequence[str], index: int) -> int | None:
    """The year behind that of the column before which has one: sums under 2025年 beside 2020年 begin in 2021."""
    own = _year(texts[index])
    before = [year for other in texts[:index] if (year := _year(other)) and own and year < own]
    if own is None or AVERAGED.search(texts[index]):
        return None
    if not before and own - PLAN_YEARS in PLANS.values():
        # 〔20.1〕 under 2020年 adds up over the plan that ended then
        return own - PLAN_YEARS
    return before[-1] + 1 if before else None


def _year(text: str) -> int | None:
    """The last year that a heading names, the last of a plan for “十四五”末."""
    if years := YEAR_OF_COLUMN.findall(text):
        return int(max(years))
    plan = PLAN_NAMED.search(text)
    return PLANS[plan.group()] + PLAN_YEARS if plan and plan.group() in PLANS else None
