"""What the unit of an amount adds to its noun: 种植魔芋12.3万亩 is an area, 工业用水2.35元/吨 a price.

Here: names that a noun gets from the unit of its number. Not here: finding the noun (`amounts`)
and naming it (`nouns`).
"""

import re

from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.binding.siblings import part_of
from pipelines.extraction.indicators import Resolved, metric_heads, resolve
from pipelines.extraction.quantity import Quantity

# 位于距省城|50公里, 东距南京|100公里, 距离高铁站|3公里
DISTANCE = re.compile(r"距离?(?P<place>(?!离)[^距，,；;。]{1,14}?)(?:仅|只有|约|不到|不足)?(?:距离)?")
LONGEST_DISTANCE = 20
SUPPLIED = re.compile(r"(?:用[水电气热汽]|供[水电气热汽]|天然气|蒸汽|自来水|污水处理)$")
PLANTED = frozenset(("种植", "播种", "栽植", "栽种", "套种", "推广种植"))
PLANTED_YEARLY = re.compile(r"年(?:种植|播种|栽植)(?=[\u4e00-\u9fff]{2})")
PREMISES = ("生产车间", "生产基地", "生产线", "生产用", "生产能力")
MADE = frozenset(("mass", "volume", "energy", "length", "area"))
# 已开发12平方公里: what was done to the land
DEVELOPED = frozenset(("开发", "建成", "流转", "出让", "供应", "征收", "收储", "征地", "造林", "占地", "盘活", "腾退"))
AREA_OF = re.compile(r"(?:厂房|住房|公寓|用房|校舍|建筑|区|园|基地|绿地|林|田|果园|大棚|湿地|草原|水面|海域|用地)$")


def named_by_unit(scope: Scope, quantity: Quantity, noun: str, found: Resolved, verb: str = "") -> Resolved:
    """What the unit adds to a noun: 建成区45平方公里 is an area, 工业用电0.61元/千瓦时 a price.

    Args:
        scope: The sentence.
        quantity: The amount.
        noun: The noun before it.
        found: What the noun names by itself.
        verb: What was done to it (种植), "" where nothing was.
    """
    far = "距" in noun and quantity.dimension == "length" and found.code in (None, "DISTANCE_TO")
    before = max(0, quantity.start - LONGEST_DISTANCE)
    if far and (
        distance := DISTANCE.fullmatch(
            scope.text, max(before, scope.text.rfind("距", 0, quantity.start)), quantity.start
        )
    ):
        return Resolved(None, f"距{distance['place']}距离")
    yearly = PLANTED_YEARLY.match(noun)
    planted = verb in PLANTED or yearly is not None
    if found.code is None and quantity.dimension == "area" and planted and not metric_heads().search(noun):
        # 种植魔芋12.3万亩、辣椒8万亩, 年种植马铃薯55万亩
        return resolve((noun[yearly.end() :] if yearly else noun) + "种植面积")
    if found.code is None and quantity.dimension == "mass" and (produced := resolve(noun + "产量")).code:
        # 粮食总产量5.96万吨。其中,夏粮78吨
        return produced
    if (
        found.code is None
        and noun.startswith("生产")
        and not noun.startswith(PREMISES)
        and quantity.dimension in MADE
        and not metric_heads().search(noun)
    ):
        # 生产钾肥757.5万吨
        return resolve(noun.removeprefix("生产") + "产量")
    priced = "/" in quantity.unit and "元" in quantity.unit
    if priced and found.code is None and SUPPLIED.search(noun):
        # 工业用水2.35元/吨
        return Resolved(None, noun + "价格")
    if priced and found.code and found.dimension not in ("money", quantity.dimension):
        return Resolved(None, noun + "价格")
    if found.code is not None or metric_heads().search(noun):
        return found
    if (part := part_of(scope, noun)) is not None:
        return part
    told = scope.last.resolved.name if scope.last is not None else ""
    head = "面积" if quantity.dimension == "area" else "产量" if told.endswith("产量") else ""
    named = resolve(noun + head) if head and len(noun) > 1 else found
    if (
        head == "产量"
        and named.code is None
        and "其中" in scope.text[: quantity.start]
        and quantity.dimension == "mass"
    ):
        # 水产品产量6.9万吨,其中大闸蟹1.8万吨
        return Resolved(None, noun + head)
    if named.code is None and head == "面积" and (noun in DEVELOPED or AREA_OF.search(noun)):
        # 标准厂房128万平方米, 起步区2.1平方公里
        return Resolved(None, noun + "面积")
    return named if named.code else found
