"""A target stands beside what can be held against it, and beside what was said before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.validation.rows import DOC
from tests.warehouse.marts.views import only_dated, read, two_documents, worth
from tests.warehouse.world import OTHER

TARGET = {"nature": "target", "obs_status": "F", "time_period": "2025"}
PROGRESS = """
    SELECT target_value / 1e8, actual_period, actual_value / 1e8, share_reached, gap / 1e8, years_left, reached
    FROM marts.target_progress ORDER BY target_value"""


FIRMS = {"indicator": "FIRMS", "indicator_name": "企业数", "unit": "家", "unit_measure": "COUNT"}
GROWTH = {"measure": "growth", "unit": "%", "unit_measure": "PERCENT"}


def number(value: str, **changes: Any) -> dict[str, Any]:
    """An observation whose value is in its base unit."""
    return {"value": value, "obs_value": value, **changes}


def test_a_target_stands_beside_the_latest_actual_value() -> None:
    found = read(
        PROGRESS,
        worth("6000", **TARGET),
        worth("5000", time_period="2022"),
        worth("5100"),
        worth("9", section="related"),
    )
    assert found == [(6000, "2023", 5100, 0.85, 900, 2.0, None)]


def test_a_target_without_an_actual_value_is_kept() -> None:
    elsewhere = worth("5100", ref_area="320500", ref_area_name="苏州市")
    assert read(PROGRESS, worth("6000", **TARGET), elsewhere) == [(6000, None, None, None, None, None, None)]


def test_a_doubted_target_and_a_doubted_actual_value_say_so() -> None:
    query = """
        SELECT target_value / 1e8, target_status, actual_value / 1e8, actual_status
        FROM marts.target_progress ORDER BY 1"""
    doubted = {"obs_status": "Q", "doubts": "soft_range"}
    targets = worth("6000", **TARGET), worth("90000", **TARGET | doubted, doc_id=OTHER)
    assert read(query, *targets, worth("51000", **doubted), **two_documents(date(2021, 2, 1), date(2022, 3, 1))) == [
        (6000, "F", 51000, "Q"),
        (90000, "Q", 51000, "Q"),
    ]


def test_each_statement_of_a_target_is_a_row_with_its_date() -> None:
    said = read(
        "SELECT target_stated_at::DATE, gap / 1e8 FROM marts.target_progress ORDER BY 1",
        worth("6000", **TARGET),
        worth("6500", **TARGET, doc_id=OTHER),
        worth("5200"),
        **two_documents(date(2021, 2, 1), date(2022, 3, 1)),
    )
    assert said == [(date(2021, 2, 1), 800), (date(2022, 3, 1), 1300)]


@pytest.mark.parametrize(
    ("bound", "actual", "reached"),
    [("at_least", "6000", True), ("at_least", "5999", False), ("at_most", "6001", False), ("at_most", "6000", True)],
)
def test_a_target_with_a_direction_is_reached_or_not(bound: str, actual: str, reached: bool) -> None:
    assert read(PROGRESS, worth("6000", **TARGET, bound=bound), worth(actual, time_period="2025"))[0][-1] is reached


@pytest.mark.parametrize(
    ("bound", "actual", "reached"),
    [("at_least", "-4", True), ("at_least", "-2", False), ("at_most", "-2", True), ("at_most", "-4", False)],
)
def test_the_bound_of_a_decline_is_that_of_its_size(bound: str, actual: str, reached: bool) -> None:
    rates = number("-3", **TARGET, **GROWTH, bound=bound), number(actual, **GROWTH, time_period="2025")
    assert read("SELECT reached FROM marts.target_progress", *rates) == [(reached,)]


@pytest.mark.parametrize(("actual", "reached"), [("3500", True), ("3400", None)])
def test_only_a_stock_can_be_there_before_its_time(actual: str, reached: bool | None) -> None:
    firms = number("3500", **TARGET, **FIRMS, bound="at_least"), number(actual, **FIRMS)
    assert read("SELECT reached FROM marts.target_progress", *firms) == [(reached,)]
    for bound in ("at_least", "at_most"):
        flow = worth("6000", **TARGET, bound=bound), worth("6000", time_period="2023")
        assert read(PROGRESS, *flow)[0][-1] is None


def test_a_stock_over_several_years_is_what_was_added() -> None:
    firms = number("3500", **TARGET, **FIRMS), number("9000", **FIRMS, time_period="2016/2020")
    assert read("SELECT actual_value FROM marts.target_progress", *firms) == [(None,)]


def test_words_that_are_no_indicator_of_the_registry_have_no_share() -> None:
    unknown = {"indicator": None, "indicator_name": "项目", "unit": "个", "unit_measure": "COUNT"}
    found = read(
        "SELECT share_reached, gap FROM marts.target_progress",
        number("50", **TARGET, **unknown),
        number("20", **unknown),
    )
    assert found == [(None, 30)]


def test_an_estimate_is_no_actual_value() -> None:
    expected = worth("5900", time_period="2024", nature="estimate", obs_status="E")
    assert read(PROGRESS, worth("6000", **TARGET), expected, worth("5100"))[0][1] == "2023"


def test_a_flow_over_some_months_is_not_held_against_a_year() -> None:
    actual = [worth("5000", time_period="2022"), worth("1300", time_period="2023-01/2023-03")]
    assert read(PROGRESS, worth("6000", **TARGET), *actual)[0][1] == "2022"


def test_a_stock_counts_at_any_date() -> None:
    found = read(
        "SELECT actual_period, share_reached, years_left FROM marts.target_progress",
        number("3500", **TARGET, **FIRMS),
        number("2000", **FIRMS, time_period="2022"),
        number("2800", **FIRMS, time_period="2023-06"),
    )
    assert found == [("2023-06", 0.8, 2.5)]


def test_values_of_another_base_unit_are_not_compared() -> None:
    dollars = {"unit": "亿美元", "unit_measure": "USD"}
    assert read(PROGRESS, worth("6000", **TARGET), worth("700", **dollars))[0][2] is None


def test_a_target_of_zero_has_no_share() -> None:
    firms = number("0", **TARGET, **FIRMS), number("3", **FIRMS)
    assert read("SELECT share_reached, gap FROM marts.target_progress", *firms) == [(None, -3)]


def test_a_growth_rate_has_a_gap_and_no_share() -> None:
    found = read(
        "SELECT share_reached, gap, reached FROM marts.target_progress",
        number("6", **TARGET, **GROWTH),
        number("5.2", **GROWTH),
    )
    assert found == [(None, Decimal("0.8"), None)]


def test_a_rate_has_a_gap_and_no_share() -> None:
    rate = {"indicator": "URBAN_SHARE", "indicator_name": "城镇化率", "unit": "%", "unit_measure": "PERCENT"}
    found = read(
        "SELECT share_reached, gap FROM marts.target_progress",
        number("80", **TARGET, **rate),
        number("79.5", **rate),
    )
    assert found == [(None, Decimal("0.5"))]


def test_a_growth_target_is_held_against_its_own_period_where_that_is_known() -> None:
    aim = {**TARGET, **GROWTH, "time_period": "2022", "bound": "at_least"}
    found = read(
        "SELECT actual_period, gap, reached FROM marts.target_progress",
        number("6", **aim),
        number("6.1", **GROWTH, time_period="2022"),
        number("4", **GROWTH, time_period="2023"),
    )
    assert found == [("2022", Decimal("-0.1"), True)]


def test_new_things_are_not_held_against_a_stock() -> None:
    new = number("300", **TARGET, **FIRMS, measure="change")
    stock = number("9000", **FIRMS)
    assert read("SELECT actual_value FROM marts.target_progress", new, stock) == [(None,)]


@pytest.mark.parametrize(
    ("stated", "period", "actual_period", "compared"),
    [
        (2025, "2025", "2024", True),
        (2024, "2025", "2023", True),
        (2025, "2025", "2024-01/2024-06", False),
        (2025, "2025-01/2025-06", "2024-01/2024-06", True),
        (2021, "2021/2025", "2016/2020", True),
        (2021, "2021/2025", "2023/2024", False),
        (2021, "2021/2025", "2023", False),
        # 到2025年新增300家, told in 2021, may be what comes about in five years.
        (2021, "2025", "2023", False),
    ],
)
def test_new_things_are_held_against_new_things_of_a_period_as_long(
    stated: int, period: str, actual_period: str, compared: bool
) -> None:
    found = read(
        "SELECT actual_period, share_reached FROM marts.target_progress",
        number("300", **{**TARGET, "time_period": period}, **FIRMS, measure="change"),
        number("200", **FIRMS, measure="change", time_period=actual_period),
        **two_documents(date(stated, 2, 1), date(2026, 1, 1)),
    )
    assert found == [(actual_period if compared else None, None)]


def test_a_flow_without_a_deadline_is_held_against_whole_years() -> None:
    aim = {"nature": "target", "obs_status": "F", "time_period": None, "period_basis": "unknown"}
    actual = [worth("5000", time_period="2022"), worth("1300", time_period="2023-01/2023-03")]
    assert read(PROGRESS, worth("6000", **aim), *actual)[0][1] == "2022"


def test_a_suspect_value_is_taken_only_where_there_is_no_other() -> None:
    suspect = worth("51000", obs_status="Q", time_period="2023")
    assert read(PROGRESS, worth("6000", **TARGET), suspect, worth("5000", time_period="2022"))[0][1] == "2022"
    assert read(PROGRESS, worth("6000", **TARGET), suspect)[0][1] == "2023"


def test_a_bound_that_leaves_it_open_reaches_nothing() -> None:
    aim = worth("6000", **TARGET, bound="at_least")
    assert read(PROGRESS, aim, worth("5900", bound="at_least", time_period="2025"))[0][-1] is None
    assert read(PROGRESS, aim, worth("6000", bound="at_least", time_period="2025"))[0][-1] is True


def test_a_statement_of_a_target_knows_the_one_before() -> None:
    said = read(
        """SELECT target_stated_at::DATE, previous_stated_at::DATE, target_value / 1e8, previous_value / 1e8,
                  previous_observation_id = lag(target_observation_id) OVER (ORDER BY target_stated_at)
           FROM marts.target_progress WHERE target_period = '2025' ORDER BY 1, 3""",
        worth("6000", **TARGET),
        worth("6500", **TARGET, doc_id=OTHER),
        worth("7000", **{**TARGET, "time_period": "2030"}),
        **two_documents(date(2021, 2, 1), date(2022, 3, 1)),
    )
    assert said == [(date(2021, 2, 1), None, 6000, None, None), (date(2022, 3, 1), date(2021, 2, 1), 6500, 6000, True)]


def test_an_undated_statement_has_none_before() -> None:
    said = worth("6000", **TARGET), worth("6500", **TARGET, doc_id=OTHER)
    one_dated = only_dated(DOC, two_documents(date(2021, 2, 1), date(2022, 3, 1)))
    assert read("SELECT previous_value FROM marts.target_progress", *said, **one_dated) == [(None,), (None,)]
