"""Quantities that leave their unit to the last: 1409万、1305万人次, 分别高于全国2.8、1.6个百分点, 由28提高到35万元.

Here: giving each the unit at the end. Not here: what one quantity says by itself (`quantities`).
"""

import re
from dataclasses import replace
from decimal import Decimal

from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity

LISTED = re.compile(r"\s*(?:[、和与及]|以及)\s*")

# 高于|全国|1.5个、|全省|0.2个百分点: a comparison with one and with another
YARDSTICK_PLACE = r"(?:全[国省市县区州]|[\u4e00-\u9fff]{2,5}[省市县区州])(?:平均(?:水平)?)?"
HIGHER_THAN = re.compile(r"[高低快慢优]于[^，；。]{2,30}$")
BESIDE_ANOTHER = re.compile(rf"[、和]\s?(?:[高低快慢优]于)?{YARDSTICK_PLACE}")
# 高于全国、全省、全市|1.3、0.7、0.5个百分点
ABOVE_SEVERAL = re.compile(rf"[高低快慢优]于{YARDSTICK_PLACE}(?:[、和]{YARDSTICK_PLACE})+(?:[\d.、]*)$")
# 亩均税收由28|提高到|35万元
RISES_TO = re.compile(r"(?:提[高升]|增[加长]|上升|扩大|发展|跃升|下降|降低|减少|压减|缩短|[提增升降减])?[到至为]")
# by how much more than the second the first can be and still be of its scale
MOST_TIMES = 100
FROM = ("由", "从")
HINTS = {
    "percent": "percent",
    "permille": "percent",
    "percent_point": "points",
    "multiple": "multiple",
    "ratio": "ratio",
    "": "",
}


def share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """1409万、1305万人次 and 0.15个、-5.64个和1.34个百分点: the unit at the end of a list is that of all."""
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        risen = _rises(text, one, other)
        compared = other.unit_measure == "PERCENT_POINT" and _compared(text, one, other)
        if not (risen or compared or LISTED.fullmatch(text, one.end, other.start)):
            continue
        if not other.unit_measure or other.value_high is not None:
            continue
        cut_short = one.unit == "个" and other.unit_measure == "PERCENT_POINT"
        each = not one.dimension and one.scale == 1 and _respectively(text, one.start)
        bare = not one.dimension and one.scale != 1 and other.dimension not in ("percent", "percent_point", "money")
        if not (cut_short or bare or each or risen or compared):
            continue
        scale_word = "" if cut_short else text[one.number_end : one.end].strip()
        if (risen or each) and _of_its_scale(one, other):
            scale_word = (other.unit or "").removesuffix(registry().units[other.unit].simple)
        unit = registry().units.get(scale_word + registry().units[other.unit].simple)
        if unit is not None:
            found[index] = replace(
                one,
                unit=unit.canonical,
                unit_measure=unit.unit_measure,
                factor=unit.factor,
                dimension=unit.dimension,
                scale=Decimal(1),
                measure_hint=hint_of(unit.dimension),
            )
    return found


def _respectively(text: str, position: int) -> bool:
    """分别高于全国、全省2.8、1.6个百分点: numbers that 分别 hands out share the unit at the end."""
    return "分别" in text[max(0, position - 24) : position] or (
        "于全" in text and ABOVE_SEVERAL.search(text, max(0, position - 40), position) is not None
    )


def _of_its_scale(one: Quantity, other: Quantity) -> bool:
    """由28提高到35万元, 分别为12.4、198.6亿元 share the scale of the unit; 由9000增加到1.2万人 does not."""
    return one.value < other.value * MOST_TIMES or one.value < MOST_TIMES or one.value % 1 != 0


def _compared(text: str, one: Quantity, other: Quantity) -> bool:
    """高于全国1.5、全省0.2个百分点: points above the one and the other."""
    between = BESIDE_ANOTHER.fullmatch(text, one.end, other.start)
    return between is not None and HIGHER_THAN.search(text, max(0, one.start - 40), one.start) is not None


def _rises(text: str, one: Quantity, other: Quantity) -> bool:
    """由28提高到35万元: the first of two values without a unit of its own."""
    bare = not one.dimension and one.scale == 1 and not one.chinese and one.value_high is None
    return bare and text[: one.start].endswith(FROM) and RISES_TO.fullmatch(text, one.end, other.start) is not None


def hint_of(dimension: str) -> str:
    """What the unit of a quantity says of its measure: percent, points, multiple, ratio, level or nothing."""
    return HINTS.get(dimension, "level")
