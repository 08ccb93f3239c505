"""The registry as frames: the reference tables that are published, and what validation joins to a fact.

The registry itself is `schemas/registry.py`; which rules use the joined columns is `rules.py`.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.validation.structure import cast
from schemas.registry import Indicator, Registry, load_registry
from schemas.registry_cross_checks import KINDS
from schemas.registry_indicators import SOFT_LEVELS
from schemas.registry_places import TOWN_COLUMNS
from schemas.registry_table import read_frame
from schemas.tables import CROSS_CHECKS, INDICATORS, PLACES, TABLES, UNIT_MEASURES, UNITS

# The loader makes every scale word times every unit, 千亿亿兆瓦 included; such a number is refused like any unknown
# unit.
LARGEST_FACTOR = Decimal(10) ** 20


def reference_tables(registry: Registry | None = None) -> dict[str, pl.DataFrame]:
    """The tables `places`, `unit_measures`, `units`, `indicators` and `cross_checks` as they are published.

    Args:
        registry: A registry that `load_registry` returned; the project's own by default.
    """
    registry = registry or load_registry()
    return _published(registry.folder, registry.version)


@lru_cache(maxsize=4)
def _published(folder: Path, version: str) -> dict[str, pl.DataFrame]:
    """Make the frames once for each version of a registry."""
    registry = load_registry(folder)
    units = (unit for unit in registry.units.values() if unit.factor < LARGEST_FACTOR)
    measures = registry.unit_measures.values()
    checks = registry.cross_checks
    return {
        PLACES.name: pl.concat([_frame("places", registry.places.values()), _towns(registry)]),
        UNIT_MEASURES.name: _frame("unit_measures", measures, unit_measure=lambda measure: measure.code),
        UNITS.name: _frame("units", units),
        INDICATORS.name: _frame("indicators", registry.indicators.values(), **_ranges()),
        CROSS_CHECKS.name: _frame("cross_checks", checks, deviation=lambda check: KINDS[check.kind].deviation),
    }


def _frame(name: str, records: Iterable[Any], **made: Callable[[Any], Any]) -> pl.DataFrame:
    """Records as a frame of a table, column by column: `made` where it is named there, else the attribute.

    Numbers travel as text, so that none is rounded on the way.
    """
    table, records = TABLES[name], list(records)
    columns = []
    for column in table.columns:
        values = [made[column.name](r) if column.name in made else getattr(r, column.name) for r in records]
        if isinstance(column.type.polars, pl.Decimal):
            texts = [None if value is None else f"{Decimal(value):f}" for value in values]
            columns.append(pl.Series(column.name, texts, dtype=pl.String))
        else:
            columns.append(pl.Series(column.name, values, dtype=column.type.polars))
    frame, broken = cast(table, pl.DataFrame(columns))
    if not broken.is_empty():
        record = records[broken["index"][0]]
        raise ValueError(f"registry: {record} does not fit into table {name} ({broken['constraint'][0]}): mend the row")
    return frame


def _towns(registry: Registry) -> pl.DataFrame:
    """The towns as rows of `places`; a former one is valid until the last year that the codes list it."""
    # As a frame, because a row of it is not worth an object: there are 48,000.
    return (
        read_frame(registry.folder, "towns.csv", TOWN_COLUMNS)
        .select(
            "code",
            "name",
            "parent_code",
            short_name="name",
            level=pl.lit("town"),
            aliases=pl.lit([], dtype=pl.List(pl.String)),
            ambiguous=pl.lit(False),
            valid_to=pl.col("last_year").replace("", None),
        )
        .match_to_schema(PLACES.polars_schema(), missing_columns="insert")
    )


def _ranges() -> dict[str, Callable[[Indicator], Decimal | bool | None]]:
    """How to find the ends of an indicator's soft ranges, and what they can tell apart."""

    def end_of(level: str, end: int) -> Callable[[Indicator], Decimal | None]:
        return lambda indicator: indicator.soft[level][end] if level in indicator.soft else None

    ranges: dict[str, Callable[[Indicator], Decimal | bool | None]] = {
        f"soft_{level}_{name}": end_of(level, end) for level in SOFT_LEVELS for end, name in enumerate(("min", "max"))
    }
    slips = {f"unit_slip_{level}": _slip_at(level) for level in SOFT_LEVELS}
    ranges["growth_soft_min"] = lambda indicator: indicator.growth_soft[0] if indicator.growth_soft else None
    ranges["growth_soft_max"] = lambda indicator: indicator.growth_soft[1] if indicator.growth_soft else None
    return ranges | slips


def _slip_at(level: str) -> Callable[[Indicator], bool]:
    return lambda indicator: indicator.unit_slip(level)


def _fraction(factor: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """A factor as whole numerator `_multiply` and denominator `_divide`: 0.01 is 1 / 100.

    Multiplying by whole numbers is exact in polars' decimals; multiplying by 0.0001 would round.
    """
    decimals = factor.cast(pl.String).str.extract(r"\.([0-9]*?)0*$").str.len_chars()
    divide = power_of_ten(decimals)
    return (factor * divide).cast(pl.Decimal(38, 6)).alias("_multiply"), divide.alias("_divide")


def power_of_ten(exponent: pl.Expr) -> pl.Expr:
    """10 to a power from 0 to 18, as a decimal."""
    return pl.lit(10, dtype=pl.Int64).pow(exponent).cast(pl.Decimal(38, 6))


def with_reference(observations: pl.DataFrame, reference: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Join what the registry knows about each observation; the new columns start with an underscore.

    Adds: `_dimension` (of unit_measure), `_unit_measure`, `_also`, `_multiply`, `_divide` (of unit; both are 1 where
    there is no unit), `_level`, `_place_name` (of ref_area), and every column of `indicators` as `_indicator_<name>`.
    """
    units = reference["units"].select(
        pl.col("text").alias("unit"), pl.col("unit_measure", "also").name.prefix("_"), *_fraction(pl.col("factor"))
    )
    no_unit = units.clear(1).with_columns(pl.col("_multiply", "_divide").fill_null(1))
    measures = reference["unit_measures"].select("unit_measure", _dimension="dimension")
    places = reference["places"].select(ref_area="code", _level="level", _place_name="name")
    indicators = reference["indicators"].select(
        pl.col("code").alias("indicator"), pl.exclude("code").name.prefix("_indicator_")
    )
    joined = observations.join(
        pl.concat([units, no_unit]), on="unit", how="left", nulls_equal=True, maintain_order="left"
    )
    for frame, key in ((measures, "unit_measure"), (places, "ref_area"), (indicators, "indicator")):
        joined = joined.join(frame, on=key, how="left", maintain_order="left")
    return joined
