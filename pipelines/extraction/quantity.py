"""One quantity, and the bound words around a number.

Here: the record and what its two readers share. Not here: the readers (`quantities`, `spoken_quantities`).
"""

from dataclasses import dataclass
from decimal import Decimal

from pipelines.extraction.patterns import guarded

BEFORE = (
    (
        "at_least",
        r"不低于|不少于|不小于|不下于?|超过了?|首次超过|首次突破|突破了?|首破|首超|迈过|跨过|跨越|迈上|站上|跃上|跨上|迈入|再破|越过|冲破|闯过|(?<=[额值量入])破|逾|至少|最少|高于|大于|多于|(?<![赶反])超|(?:(?<=[、，,；值额模口])|(?<=收入)|(?<=产量))过|[≥>＞]",
    ),
    ("at_most", r"不得?超过|不得高于|不高于|不多于|不大于|低于|小于|少于|不足|不到|不满|未满|至多|最多|[≤<＜]"),
    (
        "approx",
        r"(?<![节预公合条契签履制大邀失租违赴])约为?|大约|大概|大致|将近|接近|逼近|(?<![最附远新临邻靠亲走贴])近",
    ),
)
AFTER = (
    (
        "at_least",
        r"及?以上|有余|出头|大关|(?<=[元米亩㎡])起(?=[，。；、）)]|$)|的?(?:历史性)?突破(?=[，,。；、;]|$)|多(?![种样元边数方个家项次名台个])|[余强](?=[，。；、）,;)\s的]|$)|\+(?!\d)",
    ),
    ("at_most", r"及?以下|以内|之内|(?<=[%倍元个家])内(?=[，。；、）,;)]|$)"),
    ("approx", r"左右|上下|前后|(?:的)?规模(?=[，。；、,;]|$)"),
)
BEFORE_PATTERN = guarded("(?:" + "|".join(f"(?P<{bound}>{pattern})" for bound, pattern in BEFORE) + r")\s?$")
AFTER_PATTERN = guarded(r"\s?(?:" + "|".join(f"(?P<{bound}>{pattern})" for bound, pattern in AFTER) + ")")


# like the other records of a sentence not frozen, which would make them several times as slow to make
@dataclass(slots=True)
class Quantity:
    """One quantity of a text.

    Attributes:
        value: As written, with the scale of `unit` taken out (1.2 for 1.2万亿元); lower end of a range.
        value_high: Upper end of a range, else None.
        unit: Canonical unit with its scale (万亿元), "" where the text has none or only a scale word.
        bound: exact, approx, at_least, at_most or range.
        measure_hint: level, ratio, multiple, percent (growth or share), signed (+6.7%), points, tier or "" for none.
        start: Offset of the first character, bound words included.
        end: Offset behind the last, bound words included.
        text: The words from start to end.
        number_start: Offset of the numeral.
        number_end: Offset behind the numeral.
        unit_measure: Base unit code of the registry, "" where there is no unit.
        factor: obs_value = value * factor.
        dimension: Dimension of the unit, "" where there is none.
        scale: The scale word of a number without unit (亿 in 突破60亿), as its power of ten.
        parts: The terms of a ratio such as 8.3:41.4:50.3.
        chinese: Whether the numeral is in Chinese characters.
        bare_scale: Whether it is scale words alone (百亿斤).
    """

    value: Decimal
    value_high: Decimal | None
    unit: str
    bound: str
    measure_hint: str
    start: int
    end: int
    text: str
    number_start: int
    number_end: int
    unit_measure: str = ""
    factor: Decimal = Decimal(1)
    dimension: str = ""
    scale: Decimal = Decimal(1)
    parts: tuple[Decimal, ...] = ()
    chinese: bool = False
    bare_scale: bool = False


def plain(value: Decimal) -> Decimal:
    """The same value without exponent or trailing zeros of an arithmetic result."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal.as_tuple().exponent > 0 else normal  # type: ignore[operator]
