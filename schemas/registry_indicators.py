"""Indicators: what a number in a document can be about, with unit and plausible ranges.

Here are the record and the soundness rules of ``indicators.csv``. Recognising an indicator in a text is
``pipelines.extraction``; refusing a value is ``pipelines.validation``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from schemas.registry_table import Row, read_rows
from schemas.registry_units import UnitMeasure

BEHAVIOURS = ("flow", "stock", "rate", "ratio", "index")
SOFT_LEVELS = ("province", "prefecture", "county")
# Units that people confuse are this far apart: 元 and 万元, 万元 and 亿元, 亿元 and 万亿元.
SLIP = 10_000
COLUMNS = (
    "code",
    "name_zh",
    "name_en",
    "aliases",
    "definition",
    "chapter",
    "dimension",
    "unit_measure",
    "behaviour",
    "decimals",
    "hard_min",
    "hard_max",
    *(f"soft_{level}" for level in SOFT_LEVELS),
    "growth_soft",
    "world_bank",
    "sdmx",
)

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the registry; all ranges are in the base unit.

    Attributes:
        code: Stable code, UPPER_SNAKE English.
        name_zh: Standard Chinese name, published as ``indicator_name``.
        name_en: English name.
        aliases: Other names in documents.
        definition: What it is, in words.
        chapter: Chapter of a statistical communiqué where it is found.
        dimension: Dimension of the base unit.
        unit_measure: Base unit of ``obs_value``.
        behaviour: ``flow``, ``stock``, ``rate``, ``ratio`` or ``index``.
        decimals: Decimals that a statistical office prints, None when it varies.
        hard_min: Below this is impossible; None when there is no bound.
        hard_max: Above this is impossible; None when there is no bound.
        soft: Plausible range of a level value by administrative level.
        growth_soft: Plausible range of its yearly growth in percent.
        world_bank: Code of the matching World Bank indicator.
        sdmx: Code of the matching SDMX concept.
    """

    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    definition: str
    chapter: str
    dimension: str
    unit_measure: str
    behaviour: str
    decimals: int | None
    hard_min: Decimal | None
    hard_max: Decimal | None
    soft: dict[str, Range]
    growth_soft: Range | None
    world_bank: str | None
    sdmx: str | None

    def unit_slip(self, level: str) -> bool:
        """Whether a value of a place of this level that was given the neighbouring unit can be told by its size.

        So it can where the plausible values and the same ones taken `SLIP` times larger or smaller have none in common.
        """
        if level not in self.soft:
            return False
        low, high = self.soft[level]
        return low > 0 and high < low * SLIP


def load_indicators(folder: Path, measures: Mapping[str, UnitMeasure]) -> tuple[dict[str, Indicator], dict[str, str]]:
    """Read ``indicators.csv`` and prove it sound.

    Returns:
        The indicators by code, and every name and alias with the one code that it means.
    """
    indicators: dict[str, Indicator] = {}
    names: dict[str, str] = {}
    for row in read_rows(folder, "indicators.csv", COLUMNS):
        indicator = _indicator(row, measures)
        if indicator.code in indicators:
            raise row.error("indicator-code-unique", f"{indicator.code} is there twice", "keep one of the rows")
        indicators[indicator.code] = indicator
        for name in (indicator.name_zh, *indicator.aliases):
            if name in names:
                raise row.error(
                    "indicator-aliases-disjoint",
                    f"{name} is already a name of {names[name]}",
                    f"take it from {names[name]} or from {indicator.code}",
                )
            names[name] = indicator.code
    return indicators, names


def _indicator(row: Row, measures: Mapping[str, UnitMeasure]) -> Indicator:
    """Read and check one row by itself."""
    code = row.required("code")
    if not re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", code):
        raise row.error("indicator-code", f"the code {code!r} is not UPPER_SNAKE", "write for example GDP_PER_CAPITA")
    unit_measure = row.required("unit_measure")
    measure = measures.get(unit_measure)
    if measure is None:
        raise row.error(
            "indicator-unit-measure", f"{unit_measure} is not in unit_measures.csv", "add it there or choose another"
        )
    if row.text("dimension") != measure.dimension:
        raise row.error(
            "indicator-dimension",
            f"dimension is {row.text('dimension')!r} but {unit_measure} measures {measure.dimension}",
            "mend the dimension or the unit_measure",
        )
    decimals = row.text("decimals")
    if decimals and not (decimals.isascii() and decimals.isdigit() and int(decimals) <= 6):
        raise row.error("indicator-decimals", f"decimals {decimals!r} is not 0 to 6", "write a digit or nothing")
    hard_min, hard_max = row.decimal("hard_min"), row.decimal("hard_max")
    if hard_min is not None and hard_max is not None and hard_min >= hard_max:
        raise row.error("range-ordered", f"hard_min {hard_min} is not below hard_max {hard_max}", "mend one of them")
    soft: dict[str, Range] = {}
    for level in SOFT_LEVELS:
        plausible = row.range(f"soft_{level}")
        if plausible is None:
            continue
        if (hard_min is not None and plausible[0] < hard_min) or (hard_max is not None and plausible[1] > hard_max):
            raise row.error(
                "soft-inside-hard", f"soft_{level} reaches outside hard_min..hard_max", "narrow the soft range"
            )
        soft[level] = plausible
    return Indicator(
        code,
        row.required("name_zh"),
        row.required("name_en"),
        row.parts("aliases"),
        row.required("definition"),
        row.required("chapter"),
        measure.dimension,
        unit_measure,
        row.one_of("behaviour", BEHAVIOURS),
        int(decimals) if decimals else None,
        hard_min,
        hard_max,
        soft,
        row.range("growth_soft"),
        row.text("world_bank") or None,
        row.text("sdmx") or None,
    )
