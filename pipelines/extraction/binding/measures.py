"""How a quantity is measured, and the unit that its indicator gives it.

Here: level, growth, change, share, multiple or ratio by the words before a quantity, and 亿 as 亿元. Not here: the
words themselves (`windows`) and the unit that the text writes (`quantities`).
"""

import re
from decimal import Decimal

from pipelines.extraction.indicators import Resolved
from pipelines.extraction.lexicon import registry, word_set
from pipelines.extraction.patterns import guarded
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

# between them an index can only be one of the year before as 100
NEAR_HUNDRED = (Decimal(80), Decimal(130))
SHARE_NOUN = re.compile(r"(?:比重|占比|比例|份额|贡献率)$")
# 浓度同比恶化3.6% is a rise, 优良率恶化 a fall
TURNED_WELL = guarded(r"(?:(?<=[\u4e00-\u9fff])|^[，,]?)(?P<how>改善|好转|恶化|变差)$")
BEST_LOW = re.compile(r"浓度|综合(?:污染)?指数|污染指数|颗粒物|PM")


def turned_cue(name: str, how: str) -> str:
    """Whether a change for the better or worse is a rise or a fall: it is good where a concentration is low.

    Args:
        name: What changed.
        how: The word that says how.

    Examples:
        >>> turned_cue("细颗粒物平均浓度", "改善"), turned_cue("优良天数比例", "改善"), turned_cue("PM10浓度", "恶化")
        ('down', 'up', 'up')
    """
    return "down" if (how in ("改善", "好转")) == bool(BEST_LOW.search(name)) else "up"


def measure_of(quantity: Quantity, left: Left, resolved: Resolved) -> str:
    """level, growth, change, share, multiple or ratio.

    Args:
        quantity: The quantity.
        left: The words before it.
        resolved: Its indicator.
    """
    if quantity.measure_hint == "points":
        return "change"
    if quantity.measure_hint == "multiple":
        return "multiple"
    if quantity.measure_hint == "ratio":
        return "ratio"
    if quantity.measure_hint in ("percent", "signed"):
        if left.cue in ("up", "down") and not left.to:
            return "growth"
        return "share" if SHARE_NOUN.search(resolved.name) else "level"
    if left.new or (left.cue in ("up", "down") and not left.to):
        return "change"
    if resolved.dimension == "ratio":
        return "ratio"
    return "level"


def indexed_to_hundred(value: Decimal, resolved: Resolved) -> bool:
    """居民消费价格指数100.4: a price index without a unit is a percentage of the year before.

    Args:
        value: The number.
        resolved: Its indicator.
    """
    indicator = registry().indicators.get(resolved.code or "")
    indexed = indicator is not None and indicator.behaviour == "index" and indicator.dimension == "percent"
    return indexed and NEAR_HUNDRED[0] <= value <= NEAR_HUNDRED[1]


def adopted_unit(quantity: Quantity, resolved: Resolved) -> tuple[str, str, Decimal] | None:
    """The unit that a number takes from its indicator: 突破60亿 is 60 亿元, 总人口26.2万 is 万人, 7镇 are seven.

    Args:
        quantity: The number, perhaps with a scale word.
        resolved: Its indicator.

    Returns:
        (unit, base unit, factor), None where the indicator gives none.
    """
    word = {
        Decimal(1): "",
        Decimal(10): "",
        Decimal(100): "",
        Decimal(1000): "",
        Decimal(10**4): "万",
        Decimal(10**8): "亿",
        Decimal(10**12): "万亿",
    }.get(quantity.scale)
    if word is None:
        return None
    if resolved.dimension == "money" and word:
        return word + "元", "CNY", quantity.scale
    if resolved.dimension == "person" or any(
        resolved.name.removesuffix("数").endswith(noun) for noun in word_set("person_noun")
    ):
        return word + "人", "PERSON", quantity.scale
    if resolved.dimension == "household":
        return word + "户", "HOUSEHOLD", quantity.scale
    if resolved.dimension == "ratio" and not word:
        return "", "RATIO", Decimal(1)
    if not word and indexed_to_hundred(quantity.value, resolved):
        return "%", "PERCENT", Decimal(1)
    if resolved.code is None and not word and resolved.name.endswith("指数"):
        return "", "INDEX", Decimal(1)
    if resolved.dimension == "count" and (word or resolved.code):
        return word + "个", "COUNT", quantity.scale
    return None
