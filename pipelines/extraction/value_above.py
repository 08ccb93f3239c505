"""A value on a line of its own with its name on the line below, as pages do that want to be seen.

    512.7亿元
    2021年全县地区生产总值

Here: which lines are such a pair, and what the second one names. Not here: the observation (`binding.above_name`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding.items import items_of
from pipelines.extraction.indicators import resolve
from pipelines.extraction.patterns import guarded
from pipelines.extraction.quantities import find_quantities
from pipelines.extraction.windows import peel_left

LONGEST_VALUES = 24
LONGEST_NAME = 32
ONE_VALUE = (
    r"(?:超过?|突破|近|约|逾|达)?[-+]?\d[\d,.]*\s?[万亿]{0,2}(?![年月日号期届章节条部第点时分级强位名])"
    r"(?:[\u4e00-\u9fff]{1,4}|[%％‰㎡]|公里/小时)(?:[多余+＋]|以上)?"
)
VALUES = re.compile(rf"\s*{ONE_VALUE}(?:\s?[、/|]\s?{ONE_VALUE}){{0,2}}\s*")
# 增长|8.2%, 地区生产总值（亿元）|512.7|8.3%: what stands above may be what the value is of
MAY_NAME = re.compile(
    r"(?:同比|比上年)?(?:增长|下降|增速|增幅|降幅|占比|比重|贡献率|占[^，。]{0,12}|完成[^，。]{0,6})|[\d.,]+|.*[（(][^（()）]{1,8}[)）]"
)
HEAD = re.compile(r"[^，,。；;：:\n]+")
# 2021年全县|地区生产总值: when and where, told before the name
LEAD = guarded(
    r"(?:(?:截至)?(?:(?:19|20)\d{2}年?|去年|今年|上年)?(?:上半年|前三季度|[一二三四]季度|1[-—~至]\d{1,2}月|全年|[末底])?)"
    r"(?:全[省市县区州旗镇乡]|[我本该][省市县区]|[\u4e00-\u9fff]{2,8}?[省市县区旗镇](?=地区|生产|一般|规上|规模|城镇|农村|常住|居民|固定|社会))?的?"
)


def stands_alone(words: str) -> bool:
    """Whether a line holds a value, or two or three of them, and nothing else.

    Args:
        words: The line.

    Examples:
        >>> stands_alone("512.7亿元"), stands_alone("39857元、20846元"), stands_alone("2021年"), stands_alone("01")
        (True, True, False, False)
    """
    return len(words) <= LONGEST_VALUES and VALUES.fullmatch(words) is not None


def named_below(words: str) -> tuple[str, int, int] | None:
    """The registered indicator that a line begins with, behind when and where it holds.

    Args:
        words: The line below a value.

    Returns:
        (its words, where they begin, where they end), None where the line names none.

    Examples:
        >>> named_below("2021年全县地区生产总值"), named_below("十年来变化巨大")
        (('地区生产总值', 7, 13), None)
    """
    head = HEAD.match(words)
    if head is None or words.startswith(("：", ":"), head.end()):
        return None
    lead = LEAD.match(words, 0, head.end())
    start = lead.end() if lead is not None else 0
    name = words[start : head.end()].strip()
    if not name or len(name) > LONGEST_NAME:
        return None
    for item in items_of(name) or [name]:
        left = peel_left(item, 0)
        if not any(resolve(left.noun, counted).code for counted in (False, True)):
            return None
    return name, start, start + len(name)


def fits(value: str, name: str) -> bool:
    """Whether a value can be one of a name: 8.3% is none of 固定资产投资, and 12亿元 none of 城镇化率.

    Args:
        value: The line above.
        name: The words that name an indicator.

    Examples:
        >>> fits("512.7亿元", "地区生产总值"), fits("8.3%", "固定资产投资"), fits("8.3%", "固定资产投资增速")
        (True, False, True)
    """
    quantities = find_quantities(value, ())
    items = (items_of(name, len(quantities)) if len(quantities) > 1 else []) or [name]
    if not quantities or len(items) != len(quantities):
        return False
    for quantity, item in zip(quantities, items, strict=True):
        left = peel_left(item, 0)
        counted = quantity.dimension in ("count", "household")
        dimension = resolve(left.noun, counted).dimension
        grown = quantity.dimension == "percent" and left.cue in ("up", "down")
        if not grown and {dimension, quantity.dimension} not in ({quantity.dimension}, {"count", "household"}):
            return False
    return True


def names_follow(value: str, before: str, lines: Sequence[str]) -> int:
    """How many names stand below their values, the first of which is above the lines; 0 where they stand above them.

    地区生产总值|512.7亿元|城镇化率|44.7% ends with a value, 512.7亿元|地区生产总值|44.7%|城镇化率 with a name.

    Args:
        value: A value on a line of its own.
        before: The line above it, which may be its name.
        lines: The lines below it.

    Examples:
        >>> names_follow("512亿元", "", ["地区生产总值", "44.7%", "常住人口城镇化率"])
        2
        >>> names_follow("512亿元", "", ["常住人口城镇化率", "44.7%"]), names_follow("8.2%", "增长", ["城镇化率"])
        (0, 0)
    """
    if MAY_NAME.fullmatch(before.strip()) or named_below(before) is not None:
        return 0
    for pairs, at in enumerate(range(0, len(lines), 2), 1):
        named = named_below(lines[at])
        if named is None or not fits(value if pairs == 1 else lines[at - 1], named[0]):
            return 0
        if at + 1 < len(lines) and MAY_NAME.fullmatch(lines[at + 1].strip()):
            return 0
        if at + 1 == len(lines) or named[2] < len(lines[at]) or not stands_alone(lines[at + 1]):
            return pairs
    return 0
