"""Quantities of a list that leave their unit to the last: 1409万、1305万人次, 分别高于全国、全省2.8、1.6个百分点.

Here: giving each the unit at the end. Not here: what one quantity says by itself (`quantities`).
"""

import re
from dataclasses import replace
from decimal import Decimal

from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity

LISTED = re.compile(r"\s*(?:[、和与及]|以及)\s*")


def share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """1409万、1305万人次 and 0.15个、-5.64个和1.34个百分点: the unit at the end of a list is that of all."""
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        if not LISTED.fullmatch(text, one.end, other.start) or not other.unit_measure or other.value_high is not None:
            continue
        cut_short = one.unit == "个" and other.unit_measure == "PERCENT_POINT"
        each = not one.dimension and one.scale == 1 and _respectively(text, one.start)
        bare = not one.dimension and one.scale != 1 and other.dimension not in ("percent", "percent_point", "money")
        if not cut_short and not bare and not each:
            continue
        scale_word = "" if cut_short else text[one.number_end : one.end].strip()
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
    return "分别" in text[max(0, position - 24) : position]


def hint_of(dimension: str) -> str:
    """What the unit of a quantity says of its measure: percent, points, multiple, ratio, level or nothing."""
    return {
        "percent": "percent",
        "permille": "percent",
        "percent_point": "points",
        "multiple": "multiple",
        "ratio": "ratio",
    }.get(dimension, "level" if dimension else "")
