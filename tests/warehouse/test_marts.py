"""The views choose, pair and compare as their descriptions say."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.validation.rows import DOC, row, typed
from tests.warehouse.world import OTHER, documents, loaded, observations
from warehouse.marts import MartError, read_mart, read_marts


def views(**frames: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """The views over frames that would be published."""
    connection = loaded(**{**documents(DOC, OTHER), **frames})
    connection.execute("CREATE SCHEMA marts")
    for mart in read_marts():
        connection.execute(mart.statement)
    return connection


def worth(value: str, **changes: Any) -> dict[str, Any]:
    """An observation of a product of so many 亿元."""
    return {"value": value, "obs_value": f"{Decimal(value) * 10**8:f}", **changes}


def two_documents(earlier: date, later: date) -> dict[str, pl.DataFrame]:
    """The first document published on one day, the other on another."""
    frames = documents(DOC, OTHER)
    published = pl.Series([datetime(day.year, day.month, day.day) for day in (earlier, later)], dtype=pl.Datetime("us"))
    return {**frames, "documents": frames["documents"].with_columns(published_at=published)}


def read(query: str, *changes: dict[str, Any], **frames: pl.DataFrame) -> list[tuple[Any, ...]]:
    """What a query finds when these observations are published."""
    return views(observations=observations(*changes), **frames).execute(query).fetchall()


# indicator_series
# -------------------------------------------------------------------------------------------------------

# Each pair: what wins, and what loses although everything after it in the order speaks for it.
PREFERENCES = [
    ({"period_basis": "inferred"}, {"obs_status": "Q"}),
    ({"bound": "approx"}, {"period_basis": "context"}),
    ({"period_basis": "relative"}, {"period_basis": "context"}),
    ({"period_basis": "context"}, {"period_basis": "inferred"}),
    ({"obs_status": "P"}, {"bound": "approx"}),
    ({"bound": "approx"}, {"bound": "at_least"}),
    ({"section": "related"}, {"obs_status": "P"}),
    ({"obs_status": "P"}, {"nature": "estimate", "obs_status": "E"}),
    ({}, {"section": "related"}),
]
SERIES = "SELECT value, n_values, n_sources, alternatives FROM marts.indicator_series"


@pytest.mark.parametrize(("better", "worse"), PREFERENCES)
@pytest.mark.parametrize("first", ["better", "worse"])
def test_the_best_value_is_chosen_in_the_order_that_is_told(
    better: dict[str, Any], worse: dict[str, Any], first: str
) -> None:
    # What comes last in the order speaks against the better one: it was published earlier.
    changes = [worth("5140", **better), worth("5200", **worse, doc_id=OTHER)]
    dated = two_documents(date(2023, 1, 1), date(2024, 1, 1))
    found = read(SERIES, *(changes if first == "better" else changes[::-1]), **dated)
    assert [row[:3] for row in found] == [(5140, 2, 2)]


def test_of_equal_statements_the_latest_is_chosen_and_a_date_beats_none() -> None:
    changes = [worth("5140"), worth("5141", doc_id=OTHER)]
    assert read(SERIES, *changes, **two_documents(date(2023, 1, 1), date(2024, 1, 1)))[0][0] == 5141
    undated = documents(DOC, OTHER)["documents"].with_columns(
        pl.when(pl.col("doc_id") == DOC).then(pl.col(name)).alias(name)
        for name in ("published_at", "published_precision")
    )
    undated = undated.with_columns(published_basis=pl.Series(["stated", "unknown"]))
    assert read(SERIES, *changes, documents=undated)[0][0] == 5140


def test_other_statements_stay_countable() -> None:
    [(value, n_values, n_sources, alternatives)] = read(
        SERIES,
        worth("5140"),
        worth("5140", doc_id=OTHER),
        worth("5200", bound="approx", doc_id=OTHER),
        worth("5000", bound="at_least"),
    )
    assert (value, n_values, n_sources) == (5140, 3, 2)
    assert [(a["obs_value"], a["bound"], a["n_sources"]) for a in alternatives] == [
        (520_000_000_000, "approx", 1),
        (500_000_000_000, "at_least", 1),
    ]


def test_one_statement_has_no_alternatives() -> None:
    assert read(SERIES, worth("5140"), worth("5140", doc_id=OTHER)) == [(5140, 1, 2, [])]


@pytest.mark.parametrize(
    "other",
    [
        {"time_period": "2022"},
        {"breakdown": '{"industry": "纺织"}'},
        {"ref_area": "320500", "ref_area_name": "苏州市"},
        {"indicator": None, "indicator_name": "国内产值"},
        {"measure": "growth", "unit": "%", "unit_measure": "PERCENT", "obs_value": "5140"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_differs_in_its_key_is_a_row_of_its_own(other: dict[str, Any]) -> None:
    assert [row[1] for row in read(SERIES, worth("5140"), worth("5140") | other)] == [1, 1]


def test_targets_and_rows_without_place_or_period_are_left_out() -> None:
    found = read(
        SERIES,
        worth("6000", nature="target", obs_status="F"),
        worth("6000", ref_area=None, ref_area_name=None),
        worth("6000", time_period=None, period_basis="unknown"),
    )
    assert found == []


# target_progress
# --------------------------------------------------------------------------------------------------------

TARGET = {"nature": "target", "obs_status": "F", "time_period": "2025"}
PROGRESS = """
    SELECT target_value / 1e8, actual_period, actual_value / 1e8, share_reached, gap / 1e8, years_left, reached
    FROM marts.target_progress ORDER BY target_value"""


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
    assert read(PROGRESS, worth("6000", **TARGET, bound=bound), worth(actual))[0][-1] is reached


def test_an_estimate_is_no_actual_value() -> None:
    expected = worth("5900", time_period="2024", nature="estimate", obs_status="E")
    assert read(PROGRESS, worth("6000", **TARGET), expected, worth("5100"))[0][1] == "2023"


def test_a_flow_over_some_months_is_not_held_against_a_year() -> None:
    actual = [worth("5000", time_period="2022"), worth("1300", time_period="2023-01/2023-03")]
    assert read(PROGRESS, worth("6000", **TARGET), *actual)[0][1] == "2022"


def test_a_stock_counts_at_any_date() -> None:
    firms = {"indicator": "FIRMS", "indicator_name": "企业数", "unit": "家", "unit_measure": "COUNT"}
    found = read(
        "SELECT actual_period, share_reached, years_left FROM marts.target_progress",
        {**TARGET, **firms, "value": "3500", "obs_value": "3500"},
        {**firms, "value": "2000", "obs_value": "2000", "time_period": "2022"},
        {**firms, "value": "2800", "obs_value": "2800", "time_period": "2023-06"},
    )
    assert found == [("2023-06", 0.8, 2.5)]


def test_values_of_another_base_unit_are_not_compared() -> None:
    dollars = {"unit": "亿美元", "unit_measure": "USD"}
    assert read(PROGRESS, worth("6000", **TARGET), worth("700", **dollars))[0][2] is None


def test_a_target_of_zero_has_no_share() -> None:
    growth = {"measure": "growth", "unit": "%", "unit_measure": "PERCENT"}
    found = read(
        "SELECT share_reached, gap FROM marts.target_progress",
        {**TARGET, **growth, "value": "0", "obs_value": "0"},
        {**growth, "value": "5.2", "obs_value": "5.2"},
    )
    assert found == [(None, Decimal("-5.2"))]


# ranking_history
# --------------------------------------------------------------------------------------------------------


def ranked(*changes: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The history of these rankings."""
    rows = [
        row("rankings", **{"ranking_id": f"{number:016x}", "section": "body", **change})
        for number, change in enumerate(changes)
    ]
    query = """
        SELECT entity_name, edition, rank, previous_edition, previous_rank, change, within_top, n_ranks, n_sources
        FROM marts.ranking_history ORDER BY list_name, entity_name, edition NULLS LAST"""
    return views(rankings=typed("rankings", *rows)).execute(query).fetchall()


def test_a_rank_is_compared_with_the_edition_before() -> None:
    changes = [{"edition": "2020", "rank": 5}, {"edition": "2022", "rank": 3}, {"edition": "2023", "rank": 4}]
    assert [found[1:6] for found in ranked(*changes)] == [
        ("2020", 5, None, None, None),
        ("2022", 3, "2020", 5, 2),
        ("2023", 4, "2022", 3, -1),
    ]


def test_copies_are_one_row_and_differing_ranks_are_counted() -> None:
    same = [{}, {"doc_id": OTHER}, {"rank": 2, "section": "related"}]
    assert ranked(*same) == [("昆山市", "2023", 1, None, None, None, None, 2, 2)]


def test_the_text_of_the_page_counts_before_a_snippet() -> None:
    assert ranked({"rank": 1, "section": "related"}, {"rank": 2})[0][2] == 2


def test_a_group_without_a_rank_does_not_stand_between_two_ranks() -> None:
    group = {"edition": "2022", "rank": None, "within_top": 100}
    found = ranked({"edition": "2021", "rank": 9}, group, {"edition": "2023", "rank": 7})
    assert [entry[2:7] for entry in found] == [
        (9, None, None, None, None),
        (None, None, None, None, 100),
        (7, "2021", 9, 2, None),
    ]


def test_lists_entities_and_unknown_editions_are_kept_apart() -> None:
    found = ranked(
        {"rank": 1},
        {"rank": 2, "list_name": "千强镇"},
        {"rank": 3, "entity_name": "某公司", "entity_code": None},
        {"rank": 4, "edition": None},
        {"rank": 5, "nature": "target", "edition": "2025"},
    )
    assert sorted((entry[0], entry[1], entry[2]) for entry in found if entry[1]) == [
        ("昆山市", "2023", 1),
        ("昆山市", "2023", 2),
        ("某公司", "2023", 3),
    ]
    assert [entry[2:6] for entry in found if entry[1] is None] == [(4, None, None, None)]


# The files
# ---------------------------------------------------------------------------------------------------------------


def test_every_column_of_every_view_is_described() -> None:
    connection = views()
    for mart in read_marts():
        described = connection.execute(f"DESCRIBE {mart.full_name}").fetchall()
        assert [column[0] for column in described] == list(mart.columns), mart.name


def test_a_view_comes_after_those_that_it_builds_on(tmp_path: Path) -> None:
    header = "-- What it is.\n--\n-- n: A number.\n"
    (tmp_path / "a.sql").write_text(f"{header}CREATE VIEW marts.a AS SELECT n FROM marts.b;\n")
    (tmp_path / "b.sql").write_text(f"{header}--   It goes on.\nCREATE VIEW marts.b AS SELECT 1 AS n;\n")
    marts = read_marts(tmp_path)
    assert [mart.name for mart in marts] == ["b", "a"]
    assert marts[0].columns == {"n": "A number. It goes on."}
    assert marts[0].statement == "CREATE VIEW marts.b AS SELECT 1 AS n"


@pytest.mark.parametrize(
    "text",
    [
        "CREATE VIEW marts.a AS SELECT 1 AS n",
        "-- What it is.\nCREATE VIEW marts.a AS SELECT 1 AS n",
        "-- What it is.\n--\n-- n: A number.\nCREATE VIEW marts.other AS SELECT 1 AS n",
        "-- What it is.\n--\n-- n: A number.\nDROP TABLE main.observations",
    ],
    ids=["no header", "no columns", "another name", "another statement"],
)
def test_a_file_of_another_form_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.sql").write_text(text)
    with pytest.raises(MartError, match=r"a\.sql"):
        read_mart(tmp_path / "a.sql")
