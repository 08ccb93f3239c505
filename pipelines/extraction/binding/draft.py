"""An observation in the making.

Here: the record that the readers of one sentence fill. Not here: how they fill it.
"""

from dataclasses import dataclass
from decimal import Decimal

from pipelines.extraction.indicators import Resolved
from pipelines.extraction.periods import Period
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity


@dataclass(slots=True)
class Draft:
    """An observation before place, period and nature are known.

    Attributes:
        quantity: The quantity that it is made of.
        measure: level, growth, change, share, multiple or ratio.
        value: Value with its sign.
        value_high: Upper end of a range.
        unit: Canonical unit.
        unit_measure: Base unit code.
        factor: obs_value = value * factor.
        bound: exact, approx, at_least, at_most or range.
        resolved: The indicator.
        breakdown: What part the number is for.
        start: Where the words that state it begin in the sentence.
        end: Where they end.
        rule: Name of the rule.
        verb: The verb that was in front of the noun, for how long it took.
        places: Places that the number is given to by a list, empty to look for one.
        period: Period that a list or from-to gives, None to look for one.
        origin: Whether it is the first value of a from-to.
        pending: Whether the noun is still to come (3个千亿级、30个百亿级企业).
        stable: Whether the value is said of every year of its period (每年, 稳定在).
        reached: Whether it is the second value of a from-to.
        size: The amount that says which things are counted (超过500亿元), "" where none does.
        year_before: Whether it is the value of the same period a year before (上年同期为520亿元).
    """

    quantity: Quantity
    measure: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    unit_measure: str
    factor: Decimal
    bound: str
    resolved: Resolved
    breakdown: dict[str, str]
    start: int
    end: int
    rule: str
    verb: str = ""
    places: tuple[Mention, ...] = ()
    period: Period | None = None
    origin: bool = False
    pending: bool = False
    stable: bool = False
    reached: bool = False
    size: str = ""
    year_before: bool = False
