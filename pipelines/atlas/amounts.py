"""Numbers and periods as a Chinese reader expects them: 5006.7 亿元, ≥5000, 2017年1—3月.

Belongs here: writing one value or period. Does not belong here: choosing which values are shown (`series.py`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.facts_view import BOUNDS

YEAR = re.compile(r"[0-9]{4}")
# From here on, digits are grouped: 85,000, but 2025.
GROUPED_FROM = 10_000


def plain(number: Decimal | float, decimals: int = 6) -> str:
    """A number without trailing zeros, its digits grouped from five on.

    >>> plain(Decimal("5006.700000")), plain(Decimal("-85000"))
    ('5006.7', '-85,000')
    """
    rounded = round(Decimal(number), decimals)
    text = f"{rounded:,f}" if abs(rounded) >= GROUPED_FROM else f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bounded(low: Decimal, high: Decimal | None, bound: str) -> str:
    """A number with the mark of its bound: ≥5000, ≈8.5, 3–5.

    >>> bounded(Decimal("3"), Decimal("5"), "range"), bounded(Decimal("5000"), None, "at_least")
    ('3–5', '≥5000')
    """
    return f"{BOUNDS[bound]}{plain(low)}" + (f"–{plain(high)}" if high is not None else "")


def as_written(row: Mapping[str, Any]) -> str:
    """The value of an observation in the unit of the text: ≥5000 亿元, 8.5%."""
    number, unit = bounded(row["value"], row["value_high"], row["bound"]), row["unit"] or ""
    return f"{number}{unit}" if unit in ("", "%", "‰") else f"{number} {unit}"


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit that several values of one base unit are shown in.

    Attributes:
        unit: its name: 亿元.
        factor: base units in one of it.
    """

    unit: str
    factor: Decimal

    def of(self, obs_value: Decimal) -> Decimal:
        """A value of the base unit in this one."""
        return obs_value / self.factor

    def shown(self, row: Mapping[str, Any]) -> str:
        """The value of an observation in this unit, without the unit."""
        high = row["obs_value_high"]
        return bounded(_cut(self.of(row["obs_value"])), None if high is None else _cut(self.of(high)), row["bound"])


def _cut(number: Decimal) -> Decimal:
    """Four decimals are enough to look at; the CSV has them all."""
    return round(number, 4)


def scale_of(rows: Iterable[Mapping[str, Any]], factors: Mapping[tuple[str, str], Decimal], base: str) -> Scale:
    """The unit that the documents themselves use most for these values; of two, the larger.

    Args:
        rows: observations of one base unit, with `unit` and `unit_measure`.
        factors: factor of each written unit, by unit and base unit.
        base: Chinese name of the base unit, for values without a written one.
    """
    written = Counter((row["unit"], row["unit_measure"]) for row in rows if row["unit"])
    known = [(count, factors[unit], unit[0]) for unit, count in written.items() if unit in factors]
    if not known:
        return Scale(base, Decimal(1))
    _, factor, unit = max(known)
    return Scale(unit, factor)


def period(iso: str | None) -> str:
    """A period of ISO 8601 in Chinese.

    >>> period("2017-01/2017-03"), period("2022/2025"), period("2024-09-20"), period(None)
    ('2017年1—3月', '2022—2025年', '2024年9月20日', '时期未说明')
    >>> period("2017-11/2018-03")
    '2017年11月—2018年3月'
    """
    if not iso:
        return "时期未说明"
    start, _, end = iso.partition("/")
    if not end:
        return _day(start)
    if len(start) == len(end) == 4:
        return f"{start}—{end}年"
    if len(start) == len(end) == 7 and start[:4] == end[:4]:
        return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
    return f"{_day(start)}—{_day(end)}"


def _day(iso: str) -> str:
    parts = [str(int(part)) for part in iso.split("-")]
    return "".join(f"{part}{word}" for part, word in zip(parts, "年月日", strict=False))


def whole_year(iso: str | None) -> int | None:
    """The year of a period that is exactly one year; None for parts of a year and for several."""
    return int(iso) if iso and YEAR.fullmatch(iso) else None
