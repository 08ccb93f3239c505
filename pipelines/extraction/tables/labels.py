"""What the rows of a table are called.

Here: the name, the unit and the measure that the first cell of a row states. Not here: columns (`columns`) and values
(`cells`, `reading`).
"""

import re
from dataclasses import dataclass

from pipelines.extraction.indicators import resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.tables.columns import UNIT_IN_BRACKETS

LEADING_MARK = re.compile(
    r"^(?:[#＃*·•—\-\s]|其中[:：]?|[一二三四五六七八九十]+、|\d{1,3}[.．、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])+"
)
# 全社会研发经费投入增长（%）, 单位GDP能耗降低（%）: the row says how its values are measured
GROWTH_LABEL = re.compile(r"(?<=.{2})(?:年均|同比)?(?:名义|实际)?(?:增长|增速|增幅|增长率|增长速度)$")
REDUCED_LABEL = re.compile(r"(?<=.{2})(?:累计|年均)?(?:降低|下降|减少|削减|降幅)(?:率|比例|幅度)?$")
RATES = ("percent", "permille")
# 3月, 1-2月, 一季度: rows are months of the year that the table is of
MONTHS_LABEL = re.compile(r"(?:\d{1,2}\s?[-—~至]\s?)?\d{1,2}月份?|[一二三四]季度|上半年|下半年|前三季度")


@dataclass(frozen=True, slots=True)
class Label:
    """What the first cell of a row says.

    Attributes:
        name: Its words without marks and unit.
        unit: The unit that it states, that of its own column, or that of the whole table; "" where there is none.
        noun: The name without 增长 or 降低, which say how the values are measured.
        growth: Whether its values are growth rates.
        reduced: Whether they say by how much something became less.
    """

    name: str
    unit: str
    noun: str
    growth: bool
    reduced: bool


def read_label(words: str, stated: str, common: str) -> Label:
    """What the first cell of a row says.

    Args:
        words: Its words.
        stated: What stands in the column of units, "" where there is none.
        common: The unit of the whole table, "" where it has none.

    Examples:
        >>> label = read_label("10.单位GDP能耗降低（%）", "", "")
        >>> label.name, label.unit, label.noun, label.reduced
        ('单位GDP能耗降低', '%', '单位GDP能耗', True)
        >>> read_label("每千人口执业（助理）医师数（人）", "", "").name
        '每千人口执业（助理）医师数'
    """
    text = LEADING_MARK.sub("", words)
    known = registry().units
    unit = stated if stated in known else ""
    for match in reversed(list(UNIT_IN_BRACKETS.finditer(text))):
        # （亿元，现价）, 执业（助理）医师数（人）: the last bracket that holds a unit
        inside = next((part for part in re.split("[，,、；;]", match[1]) if part in known), None)
        if inside is not None:
            unit, text = unit or inside, text[: match.start()] + text[match.end() :]
            break
    name = text.strip()
    unit = unit or common
    # without a unit here it may stand in the cells (民间投资增速 | 4.8%)
    percent = not unit or (unit in known and known[unit].dimension == "percent")
    for pattern in (GROWTH_LABEL, REDUCED_LABEL):
        noun = pattern.sub("", name)
        if percent and noun != name and not _is_rate(name, noun):
            return Label(name, unit, noun, pattern is GROWTH_LABEL, pattern is REDUCED_LABEL)
    return Label(name, unit, name, False, False)


def _is_rate(name: str, noun: str) -> bool:
    """Whether a name that ends in 增长率 is one of its own (人口自然增长率)."""
    known = resolve(name)
    return known.code is not None and known.dimension in RATES and resolve(noun).code != known.code
