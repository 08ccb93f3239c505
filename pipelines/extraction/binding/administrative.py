"""Counts of administrative units: 全县辖12个乡镇 is how many there are, 服务覆盖12个乡镇 how many something reached.

Here: telling the two apart, and the name of the second. Not here: finding what is counted (`counts`).
"""

import re

from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved
from pipelines.extraction.quantity import Quantity

UNITS = frozenset(
    (
        "PREFECTURE_CITIES",
        "COUNTY_LEVEL_UNITS",
        "COUNTIES_AND_CITIES",
        "COUNTY_CITIES",
        "COUNTIES",
        "DISTRICTS",
        "TOWNSHIP_UNITS",
        "TOWNSHIPS_AND_TOWNS",
        "TOWNS",
        "TOWNSHIPS",
        "ETHNIC_TOWNSHIPS",
        "SUBDISTRICTS",
    )
)
# below the towns something may be told of all without such words (在596个行政村建起), but not of those it reached
VILLAGES = frozenset(
    ("ADMINISTRATIVE_VILLAGES", "NATURAL_VILLAGES", "COMMUNITIES", "VILLAGES_AND_COMMUNITIES", "VILLAGER_GROUPS")
)
HAS = re.compile(
    r"(?:[辖设有共]|管理|代管|划为|划分[为成]|分为|包括|包含|共计|总计|合计|辖区|区划|全[国省市县区州盟旗域]|所属|下属|[：:])"
    r"[了着的]?$"
)
CONSISTS = re.compile(r"由$")
OF_THEM = re.compile(r"[^，；。]{0,24}?(?:组成|构成)")
# 帮扶|从15个县|扩大到57个县
FROM_SOME = re.compile(r"[从由]\d[^，；。]{1,10}?(?=[扩增推延拓发])")
# 有12个乡镇|完成改造 are some of them
SOME_HAVE = re.compile(r"有$")
# 有8个县|（市、区）的生产总值增速高于全市平均水平|: how many of them there are of which that is true
SUCH_AS = re.compile(
    r"(?P<kinds>[（(][^（()）]{1,6}[)）])?的(?P<which>[\u4e00-\u9fffA-Z]{2,18}?"
    r"(?:高于|低于|快于|慢于|好于|超过|实现|保持|为[正负])[^，。；\d]{0,14})(?=[，。；]|$)"
)
GOES_ON = re.compile(r"(?![的和与及以组构])[\u4e00-\u9fff]")
# 9镇4乡、2个街道、: the units before it in one list
LIST_BEFORE = re.compile(
    r"(?:(?:\d+|[一二三四五六七八九十百]+)[多余]?个?[\u4e00-\u9fff（）()、]{0,4}?"
    r"(?:[县市区旗州乡镇村社组屯办场]|街道|居委会|办事处|嘎查|苏木)(?:[（(][\u4e00-\u9fff、]{1,5}[)）])?[、，,；;和及与]{0,2})+$"
)
REACH = (
    "(?:覆盖|惠及|涉及|服务|辐射|推广|延伸|拓展|扩[大展面]|帮扶|支持|走访|遍[布及]"
    "|联系|进驻|分布|对接|深入|指导|督查|检查|宣讲|托管)"
)
DEED = re.compile(
    rf"(?P<deed>[\u4e00-\u9fff]{{0,6}}?{REACH})(?:范围)?(?:增加|扩[大展]|推广|延伸|拓展|发展)?"
    r"[到至了从由在全县\u3000]*$"
)
DEED_OF_NAME = re.compile(rf"(?P<deed>[\u4e00-\u9fff]*?{REACH})(?=[\u4e00-\u9fff（）、]+数$)")
LISTED = re.compile(r"[、，,和及与]{1,2}")
UNKNOWN_DEED = "涉及"


def reached_units(scope: Scope, quantity: Quantity, resolved: Resolved, noun: str, stop: int) -> Resolved | None:
    """What was reached where a number of administrative units is not that of all there are.

    Args:
        scope: The sentence.
        quantity: The number.
        resolved: What it counts.
        noun: The words that name it.
        stop: Where those words end.

    Returns:
        A name without a code (覆盖县区数), None where the number tells how many there are.
    """
    if resolved.code not in UNITS and resolved.code not in VILLAGES:
        return None
    if stop <= quantity.start:
        # 惠及|乡镇16个、行政村120个
        start = stop - len(noun)
        deed = DEED.search(scope.blank[:start])
        if (
            scope.last is not None
            and scope.last.resolved.code is None
            and LISTED.fullmatch(scope.text, scope.last.quantity.end, start)
        ):
            deed = DEED_OF_NAME.match(scope.last.resolved.name)
        return Resolved(None, deed["deed"] + noun.removesuffix("数") + "数") if deed else None
    if (some := SUCH_AS.match(scope.text, stop)) is not None:
        return Resolved(None, f"{some['which']}的{noun}{some['kinds'] or ''}数")
    start = quantity.start
    if (listed := LIST_BEFORE.search(scope.text, 0, start)) is not None:
        start = listed.start()
    before = scope.text[:start].rstrip(" \u3000")
    deed = DEED.search(FROM_SOME.sub("", scope.blank[:start]))
    if deed is None and (resolved.code in VILLAGES or _tells_all(scope, before, stop)):
        return None
    return Resolved(None, (deed["deed"] if deed else UNKNOWN_DEED) + noun.removesuffix("数") + "数")


def _tells_all(scope: Scope, before: str, stop: int) -> bool:
    """Whether the words around a number of units say that the place has so many: 辖, 共有, 由…组成, 全市."""
    if not before or before.endswith(("\n", "\t", "|", "｜")):
        # a line of a table or of a profile
        return True
    if SOME_HAVE.search(before) and GOES_ON.match(scope.text, stop):
        return False
    if HAS.search(before) or any(mention.end == len(before) for mention in scope.mentions):
        return True
    return CONSISTS.search(before) is not None and OF_THEM.match(scope.text, stop) is not None
