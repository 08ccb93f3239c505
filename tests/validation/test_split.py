"""What validation does with rows that are nearly right: exactness, ranges, reasons, order."""

import json
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from pipelines.validation import validate
from pipelines.validation.split import split
from pipelines.validation.structure import TableShapeError
from tests.validation.plants import MONEY_RANGE, PERCENT, RATIO
from tests.validation.rows import CONTEXT, DOC, QUOTE, TEXT, frame, observation, row, typed


def published(**changes: Any) -> dict[str, Any] | None:
    """The published observation, or None if it is refused."""
    valid, rejected = validate("observations", frame("observations", observation(**changes)), CONTEXT)
    assert valid.height + rejected.unique("record").height == 1
    return valid.row(0, named=True) if valid.height else None


def refusals(**changes: Any) -> pl.DataFrame:
    return validate("observations", frame("observations", observation(**changes)), CONTEXT)[1]


def test_a_ratio_that_lost_its_colon_is_refused_with_a_suggestion() -> None:
    rejected = refusals(**RATIO)
    assert rejected.select("rule", "suggestion").rows() == [("ratio_precision", "1.75")]
    assert rejected["reason"].to_list() == [
        "城乡居民收入比 is never published with more than 2 decimals, but the text says 1.751; "
        "probably 1.75:1 with the colon lost"
    ]
    assert json.loads(rejected["record"][0])["quote"] == "城乡居民收入比缩小至1.751"


@pytest.mark.parametrize("value", ["1.752", "12.351", "0.351", "4.501", "1.7511"])
def test_nothing_is_suggested_where_the_shorter_reading_is_not_plausible(value: str) -> None:
    rejected = refusals(**RATIO | {"value": value, "obs_value": value})
    assert "ratio_precision" in rejected["rule"].to_list()
    assert rejected["suggestion"].drop_nulls().is_empty()


@pytest.mark.parametrize("value", ["1.75", "1.91", "2", "1.750000"])
def test_a_usual_ratio_is_published(value: str) -> None:
    assert published(**RATIO | {"value": value, "obs_value": value}) is not None


@pytest.mark.parametrize("value", ["5140.1234567", "1" * 33, "1e3", "5,140", "", "五千"])
def test_a_number_that_the_column_cannot_hold_is_refused_and_never_rounded(value: str) -> None:
    rejected = refusals(value=value)
    assert rejected["rule"].to_list() == ["value.type"]
    assert json.loads(rejected["record"][0])["value"] == value


def test_zeros_at_the_end_are_no_decimals() -> None:
    assert published(value="5140.0600000000") is not None


def test_a_finer_decimal_is_refused_and_an_equal_one_taken() -> None:
    fine = pl.Decimal(38, 10)
    given = typed("observations", observation()).with_columns(pl.col("value", "obs_value").cast(fine))
    assert validate("observations", given, CONTEXT)[0].equals(typed("observations", observation()))
    given = given.with_columns(pl.lit(Decimal("5140.06000001")).cast(fine).alias("value"))
    assert validate("observations", given, CONTEXT)[1]["rule"].to_list() == ["value.type"]


@pytest.mark.parametrize(
    "given",
    [
        pl.DataFrame({"doc_id": [DOC]}),
        typed("observations", observation()).with_columns(colour=pl.lit("red")),
        typed("observations", observation()).with_columns(value=pl.lit(5140.06)),
        typed("observations", observation()).with_columns(raw_start=pl.lit(24.0)),
    ],
    ids=["missing", "unknown", "float", "float position"],
)
def test_a_frame_of_another_shape_is_an_error_of_the_program(given: pl.DataFrame) -> None:
    with pytest.raises(TableShapeError, match="observations"):
        validate("observations", given, CONTEXT)


def test_a_product_that_no_decimal_holds_is_refused_without_stopping_the_others() -> None:
    huge = observation(observation_id="1" * 16, value="9" * 18, obs_value="9" * 19)
    valid, rejected = validate("observations", frame("observations", huge, observation()), CONTEXT)
    assert valid["observation_id"].to_list() == [observation()["observation_id"]]
    assert "base_value" in rejected["rule"].to_list()


@pytest.mark.parametrize(
    ("value", "unit", "obs_value"),
    [("3", "平方米", "0.000003"), ("12.5", "公顷", "0.125"), ("0.0001", "公顷", "0.000001")],
)
def test_a_small_factor_is_exact(value: str, unit: str, obs_value: str) -> None:
    area = {"indicator": "AREA", "indicator_name": "面积", "unit": unit, "unit_measure": "KM2", "value": value}
    assert published(**area, obs_value=obs_value) is not None
    assert published(**area, obs_value=str(Decimal(obs_value) + Decimal("0.000001"))) is None


def test_a_range_is_converted_at_both_ends() -> None:
    assert published(**MONEY_RANGE) is not None


def test_words_that_state_two_base_units_may_state_either() -> None:
    firms = {"indicator": "FIRMS", "indicator_name": "企业数", "unit": "户", "value": "30", "obs_value": "30"}
    assert published(**firms, unit_measure="COUNT") is not None
    assert refusals(**firms, unit_measure="HOUSEHOLD")["rule"].to_list() == ["level_dimension"]


@pytest.mark.parametrize("unit_measure", ["PERCENT", "PERCENT_POINT"])
def test_a_change_may_be_in_points_but_not_in_percent(unit_measure: str) -> None:
    unit = {"PERCENT": "%", "PERCENT_POINT": "个百分点"}[unit_measure]
    change = {**PERCENT, "unit": unit, "unit_measure": unit_measure, "measure": "change"}
    assert (published(**change) is None) == (unit_measure == "PERCENT")


def test_permille_and_percent_are_one_dimension() -> None:
    share = {"indicator": "URBAN_SHARE", "indicator_name": "城镇化率", "value": "5", "obs_value": "5"}
    assert published(**share, unit="‰", unit_measure="PERMILLE") is not None


SMALL = {"value": "0.01", "obs_value": "1000000"}
LARGE = {"value": "20000", "obs_value": "2000000000000"}


@pytest.mark.parametrize(
    ("changes", "doubted"),
    [
        (SMALL, True),
        (SMALL | {"breakdown": '{"industry": "纺织"}'}, False),
        (SMALL | {"time_period": "2023-01/2023-03"}, False),
        (LARGE, True),
        (LARGE | {"breakdown": '{"industry": "纺织"}'}, True),
        (LARGE | {"time_period": "2021/2025"}, False),
        (LARGE | {"ref_area": "320500", "ref_area_name": "苏州市"}, False),
        # A town is no larger than a county may be, and may be any smaller; no range is known without a place.
        (LARGE | {"ref_area": "320583100", "ref_area_name": "玉山镇"}, True),
        (SMALL | {"ref_area": "320583100", "ref_area_name": "玉山镇"}, False),
        (LARGE | {"ref_area": None, "ref_area_name": None}, False),
        (LARGE | {"bound": "range", "value": "1", "obs_value": "100000000", "value_high": "20000",
                  "obs_value_high": "2000000000000"}, True),
    ],
)  # fmt: skip
def test_a_soft_range_is_about_the_whole_of_a_place_of_its_level_in_a_year(
    changes: dict[str, Any], doubted: bool
) -> None:
    row = published(**changes)
    assert row is not None
    assert (row["obs_status"], row["doubts"]) == (("Q", "soft_range") if doubted else ("A", None))


def test_several_doubts_are_told_and_a_target_becomes_suspect() -> None:
    changes = {"unit": "元", "value": "1.23456", "obs_value": "1.23456", "nature": "target", "obs_status": "F"}
    changes["time_period"] = "2025"
    row = published(**changes)
    assert row is not None
    assert (row["obs_status"], row["doubts"]) == ("Q", "usual_precision|soft_range")


def test_growth_over_several_years_has_no_soft_range() -> None:
    grown = {**PERCENT, "value": "80", "obs_value": "80", "measure": "growth"}
    several, one = published(**grown, time_period="2015/2020"), published(**grown)
    assert several is not None
    assert one is not None
    assert (several["obs_status"], one["obs_status"]) == ("A", "Q")


@pytest.mark.parametrize(
    ("measure", "possible"), [("growth", True), ("change", True), ("level", False), ("share", False)]
)
def test_a_hard_range_is_about_the_indicator_itself_and_not_about_its_change(measure: str, possible: bool) -> None:
    share = {"indicator": "URBAN_SHARE", "indicator_name": "城镇化率", "measure": measure}
    assert (published(**PERCENT | {"value": "120", "obs_value": "120"} | share) is not None) == possible


def test_a_part_may_be_smaller_than_the_smallest_whole() -> None:
    little = {"unit": "元", "value": "0.5", "obs_value": "0.5"}
    assert published(**little, breakdown='{"industry": "纺织"}') is not None
    assert refusals(**little)["rule"].to_list() == ["hard_range"]


def test_an_unknown_indicator_keeps_its_own_words_and_any_unit() -> None:
    assert published(indicator=None, indicator_name="亩均效益") is not None


def test_a_row_tells_all_rules_of_a_beat_that_it_breaks_in_the_order_of_rows() -> None:
    bad = [
        observation(observation_id="1" * 16, indicator_name="GDP", ref_area_name="昆山"),
        observation(observation_id="2" * 16, value="x"),
        observation(observation_id="3" * 16, bound="some", nature="wish", indicator_name="GDP"),
    ]
    valid, rejected = validate("observations", frame("observations", bad[0], observation(), *bad[1:]), CONTEXT)
    assert valid.equals(typed("observations", observation()))
    assert rejected["rule"].to_list() == [
        "indicator_name",
        "ref_area_name",
        "value.type",
        "bound.domain",
        "nature.domain",
    ]


def test_a_refusal_of_a_later_beat_knows_its_row() -> None:
    bad = [
        observation(observation_id="1" * 16, bound="some"),
        observation(observation_id="2" * 16, indicator_name="GDP"),
    ]
    _, rejected = split("observations", frame("observations", bad[0], observation(), bad[1]), CONTEXT)
    assert rejected.select("index", "rule").rows() == [(0, "bound.domain"), (2, "indicator_name")]


def test_a_refusal_says_where_and_shows_the_record_as_it_came() -> None:
    rejected = refusals(bound="some").row(0, named=True)
    assert TEXT[rejected["raw_start"] : rejected["raw_end"]] == QUOTE
    assert (rejected["stage"], rejected["table_name"], rejected["doc_id"]) == ("validation", "observations", DOC)
    assert json.loads(rejected["record"]) == observation(bound="some") | {
        name: f"{Decimal(observation()[name]):.6f}" for name in ("value", "obs_value")
    }


def test_a_column_doubts_is_made_where_the_extraction_gives_none() -> None:
    given = frame("observations", observation()).drop("doubts")
    assert validate("observations", given, CONTEXT)[0].equals(typed("observations", observation()))


def test_no_rows_stay_no_rows() -> None:
    valid, rejected = validate("observations", frame("observations"), CONTEXT)
    assert valid.equals(typed("observations"))
    assert rejected.is_empty()


def test_validating_twice_changes_nothing() -> None:
    once, _ = validate("observations", frame("observations", observation(**LARGE)), CONTEXT)
    twice, rejected = validate("observations", once, CONTEXT)
    assert twice.equals(once)
    assert rejected.is_empty()


def test_a_place_in_a_list_needs_no_code() -> None:
    valid, _ = validate("rankings", frame("rankings", row("rankings", entity_code=None)), CONTEXT)
    assert valid.height == 1
