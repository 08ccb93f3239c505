"""The project's own registry as tables: it keeps every constraint, loses nothing, and finds the garbled ratio."""

from decimal import Decimal

import polars as pl
import pytest

from pipelines.validation import Context, reference_tables, validate
from pipelines.validation.check_results import check_results
from pipelines.validation.reference import LARGEST_FACTOR
from schemas.registry import Registry, load_registry
from tests.validation.plants import RATIO
from tests.validation.rows import CONTEXT, frame, observation


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def reference(registry: Registry) -> dict[str, pl.DataFrame]:
    return reference_tables(registry)


@pytest.mark.parametrize("table", ["places", "unit_measures", "units", "indicators"])
def test_the_registry_keeps_every_constraint_of_its_tables(table: str, reference: dict[str, pl.DataFrame]) -> None:
    counted = check_results(table, reference[table], Context(CONTEXT.texts, CONTEXT.published, reference))
    assert counted.filter(~counted["passed"]).rows() == []


def test_nothing_of_the_registry_is_lost_or_rounded(registry: Registry, reference: dict[str, pl.DataFrame]) -> None:
    factors = dict(reference["units"].select("text", "factor").iter_rows())
    assert factors == {text: unit.factor for text, unit in registry.units.items() if unit.factor < LARGEST_FACTOR}
    assert set(reference["indicators"]["code"]) == set(registry.indicators)
    assert set(reference["unit_measures"]["unit_measure"]) == set(registry.unit_measures)
    places = reference["places"]
    towns = {code: name for parent in registry.places for name, code in registry.towns(parent).items()}
    assert dict(places.filter(level="town").select("code", "name").iter_rows()) == towns
    assert set(places.filter(places["level"] != "town")["code"]) == set(registry.places)


def test_soft_ranges_are_found_under_their_level(registry: Registry, reference: dict[str, pl.DataFrame]) -> None:
    [row] = reference["indicators"].filter(code="GDP").to_dicts()
    indicator = registry.indicators["GDP"]
    assert (row["soft_county_min"], row["soft_county_max"]) == indicator.soft["county"]
    assert (row["growth_soft_min"], row["growth_soft_max"]) == indicator.growth_soft
    assert row["hard_max"] == indicator.hard_max


@pytest.mark.parametrize(("value", "suggestion"), [("1.751", "1.75"), ("1.75", None), ("2.6", None)])
def test_the_garbled_ratio_is_refused_by_the_registry_as_it_is(
    value: str, suggestion: str | None, registry: Registry, reference: dict[str, pl.DataFrame]
) -> None:
    fact = observation(
        **RATIO | {"indicator": registry.indicator_aliases["城乡居民收入比"], "value": value, "obs_value": value}
    )
    valid, rejected = validate(
        "observations", frame("observations", fact), Context(CONTEXT.texts, CONTEXT.published, reference)
    )
    assert rejected.select("rule", "suggestion").rows() == ([("ratio_precision", suggestion)] if suggestion else [])
    assert valid["value"].to_list() == ([] if suggestion else [Decimal(value)])
