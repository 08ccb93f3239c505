"""Places of one level beside each other on the same figure, and only on what can be compared."""

from typing import Any

import polars as pl
import pytest

from tests.validation.rows import REFERENCE, row, typed
from tests.warehouse.marts.views import read, worth
from tests.warehouse.world import OTHER

COUNTIES = {f"32058{number}": f"{number}县" for number in range(1, 6)}
PEERS = """
    SELECT ref_area_name, rank, n_peers, n_approx, peer_median / 1e8, ratio_to_median
    FROM marts.peer_comparison ORDER BY time_period, unit_measure, rank, ref_area"""


def compared(*changes: dict[str, Any], query: str = PEERS) -> list[tuple[Any, ...]]:
    """What a query finds among five counties and the places of the small world."""
    counties = [row("places", code=code, name=name, short_name=name) for code, name in COUNTIES.items()]
    known = REFERENCE["places"].filter(~pl.col("code").is_in(list(COUNTIES)))
    return read(query, *changes, places=pl.concat([known, typed("places", *counties)]))


def of(number: int, value: str, **changes: Any) -> dict[str, Any]:
    """The product of a county in 亿元."""
    code = f"32058{number}"
    return worth(value, ref_area=code, ref_area_name=COUNTIES[code], **changes)


def test_places_are_ranked_from_the_highest_and_held_against_the_median() -> None:
    assert compared(of(1, "100"), of(2, "400"), of(3, "200", bound="approx")) == [
        ("2县", 1, 3, 1, 200, 2.0),
        ("3县", 2, 3, 1, 200, 1.0),
        ("1县", 3, 3, 1, 200, 0.5),
    ]


def test_equal_values_share_a_rank() -> None:
    assert [found[:2] for found in compared(of(1, "100"), of(2, "400"), of(3, "400"))] == [
        ("2县", 1),
        ("3县", 1),
        ("1县", 3),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"obs_status": "Q"},
        {"bound": "at_least"},
        {"bound": "at_most"},
        {"nature": "estimate", "obs_status": "E"},
        {"nature": "target", "obs_status": "F"},
    ],
    ids=lambda change: next(iter(change.values())),
)
def test_what_cannot_be_compared_is_no_peer(change: dict[str, Any]) -> None:
    assert [found[:3] for found in compared(of(1, "100"), of(2, "400", **change))] == [("1县", 1, 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"time_period": "2022"},
        {"breakdown": '{"industry": "纺织"}'},
        {"measure": "growth", "unit": "%", "unit_measure": "PERCENT"},
        {"unit": "亿美元", "unit_measure": "USD"},
        {"indicator": "AREA", "indicator_name": "面积"},
        {"ref_area": "320500", "ref_area_name": "苏州市"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_figure_or_level_is_no_peer(change: dict[str, Any]) -> None:
    assert [found[1:3] for found in compared(of(1, "100"), {**of(2, "400"), **change})] == [(1, 1), (1, 1)]


def test_words_that_are_no_indicator_of_the_registry_are_not_compared() -> None:
    unknown = {"indicator": None, "indicator_name": "项目"}
    assert compared(of(1, "100", **unknown), of(2, "400", **unknown)) == []


def test_a_growth_rate_is_not_divided_by_the_median() -> None:
    growth = {"measure": "growth", "unit": "%", "unit_measure": "PERCENT"}
    assert [found[1:3] + found[5:] for found in compared(of(1, "5", **growth), of(2, "-3", **growth))] == [
        (1, 2, None),
        (2, 2, None),
    ]


def test_the_best_value_of_each_place_is_compared() -> None:
    found = compared(
        of(1, "100"),
        of(1, "900", doc_id=OTHER, period_basis="inferred"),
        of(2, "400"),
        # The best statement of the third county is a bound: the worse one does not step in for it.
        of(3, "300", bound="at_least"),
        of(3, "350", bound="exact", period_basis="inferred"),
    )
    assert [row[:3] for row in found] == [("2县", 1, 2), ("1县", 2, 2)]


def test_a_value_is_that_of_the_series() -> None:
    said = of(1, "100"), of(1, "101", doc_id=OTHER), of(2, "400")
    shown = """
        SELECT observation_id, obs_value, bound, obs_status FROM marts.peer_comparison
        EXCEPT SELECT observation_id, obs_value, bound, obs_status FROM marts.indicator_series"""
    assert compared(*said, query=shown) == []
    assert compared(*said, query="SELECT count(*) FROM marts.peer_comparison") == [(2,)]
