"""What a noun and a unit make of each other.

Here: nouns that cannot have a number of a unit, that mean another thing beside it (4860张 of a hospital are beds), and
units that hold for each of something (每平方米5860元). Not here: what a unit names without a noun (`by_unit`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.extraction.binding.naming import clashes, plain_name
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity

LAND_AREA = "LAND_AREA"
# 仅次于, 与邻市的差距, 揣着: words that name nothing that is measured
UNNAMED = re.compile(
    r"^(?:分获数|占去数|依次数?|(?:年度|全年|年初|预期)(?:任务|目标|计划|预算)+数?|之[人户]?数?|[省市县区国境]内|仅次于|新晋成员|大军|[\u4e00-\u9fff]{0,8}差距|[\u4e00-\u9fff]{0,4}(?:全国|世界|国家级|省级|市级|县级|地级|世界级|整[县市省区]|东北|[东西中]部|中型|大型|小型|[一二三]级)数?)$"
    r"|(?:朝着|向着|瞄准|冲刺|剑指|影响|揣着|拿出|一次性(?:奖励|补助|补贴|奖补)|接连|相当于|相差|[^目指]标差|目标差)$"
)
NO_RATES = frozenset(("person", "household", "count", "money"))
BEDDED = re.compile(r"(?:医院|卫生院|机构|卫生服务中心|养老院|敬老院|福利院|疗养院)数?$")
STAFFED = re.compile(r"(?:医院|卫生院|机构|学校|小学|初中|高中|中学|幼儿园|学院|大学)数$")
PER_AREA = re.compile(
    r"(?:(?<=[\u4e00-\u9fff]{2})每(?=平方米$|亩$)|(?<=[价格])每)(?P<area>平方米|亩|公斤|千克|斤|吨|立方米|千瓦时|公里)$"
)
EARNED = re.compile(r"(?:收入|支出|产值|利润)$")
# the canonical unit, the code of its base unit, and the factor from the one to the other
Unit = tuple[str, str, Decimal]


def names_nothing(name: str, mentions: Sequence[Mention]) -> bool:
    """Whether a name without a code is none of an indicator.

    Args:
        name: The name.
        mentions: The places of the sentence: 与南昌县的31万元差了一大截 measures no place.
    """
    return (
        UNNAMED.search(name) is not None
        or name in registry().place_names
        or any(name == mention.text for mention in mentions)
    )


def fit(resolved: Resolved, quantity: Quantity, words: str, measure: str | None) -> tuple[Resolved, Unit] | None:
    """The indicator that a noun means beside a quantity, with the unit that the number then has.

    Args:
        resolved: What the noun means alone.
        quantity: The quantity.
        words: The noun in the words of the text.
        measure: The measure where the rule of binding knows it.

    Returns:
        Indicator and unit; None where the noun cannot have a number of that unit.
    """
    unit, unit_measure, factor = quantity.unit, quantity.unit_measure, quantity.factor
    if quantity.dimension == "person" and EARNED.search(resolved.name):
        # 5口人年收入不足万元
        return None
    if resolved.name.endswith("率") and quantity.dimension in NO_RATES:
        # 完成率108.3%；为|3.2万名|65周岁以上老人免费体检
        return None
    if quantity.unit == "张" and BEDDED.search(resolved.name):
        # 医疗卫生机构床位4860张，其中医院|3210张
        resolved = replace(resolve(resolved.name.removesuffix("数") + "床位数"), breakdown=resolved.breakdown)
    if quantity.dimension == "person" and resolved.dimension == "count" and STAFFED.search(resolved.name):
        # 医院、卫生院卫生技术人员分别为1130人、520人: no number of hospitals
        return None
    if measure in (None, "level", "change") and clashes(resolved, quantity.dimension):
        # 医院3210张, 住房租赁补贴312万元: what is counted is not what the name counts
        counted = plain_name(words, quantity.dimension)
        if len(counted) < len("床位"):
            return None
        resolved = Resolved(None, counted)
    if resolved.code is None and (each := PER_AREA.search(resolved.name)) is not None:
        # 均价每平方米5860元 is so much of each
        priced = registry().units.get(f"{unit}/{each['area']}")
        if priced is not None:
            resolved = resolve(resolved.name[: each.start()])
            unit, unit_measure, factor = priced.canonical, priced.unit_measure, priced.factor
    per_mu = registry().units.get(f"{unit}/亩") if resolved.dimension == "yield" else None
    if per_mu is not None and quantity.dimension == "mass":
        # 平均亩产353.4公斤 is so much of each mu
        unit, unit_measure, factor = per_mu.canonical, per_mu.unit_measure, per_mu.factor
    if resolved.code == LAND_AREA and unit.endswith("亩"):
        # 12个乡镇均种植油茶，总面积18万亩: of what is grown
        resolved = Resolved(None, words or "面积")
    if resolved.name.endswith("产量") and quantity.dimension == "area":
        # 蔬菜产量85万吨，其中韭菜|3.2万亩
        resolved = resolve(resolved.name.removesuffix("总").removesuffix("产量") + "种植面积")
    if resolved.code is None:
        name = plain_name(resolved.name, "" if measure else quantity.dimension)
        resolved = resolved if name == resolved.name else replace(resolved, name=name)
    return resolved, (unit, unit_measure, factor)
