"""Of all that is said of a figure, the best is chosen as the view describes it, and the rest stays countable."""

import re
from datetime import date
from typing import Any

import pytest

from tests.validation.rows import DOC
from tests.warehouse.marts.views import only_dated, read, two_documents, views, worth
from tests.warehouse.world import OTHER, documents, observations

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
    one_dated = only_dated(DOC, documents(DOC, OTHER))
    assert read(SERIES, *changes, **one_dated)[0][0] == 5140


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
    said = worth("5140", sentence="产值5140亿元"), worth("5140", sentence="全年产值为5140亿元", doc_id=OTHER)
    assert read(SERIES, *said) == [(5140, 1, 2, [])]


def test_copies_of_a_sentence_are_one_source() -> None:
    [found] = read(
        "SELECT n_values, n_sources, n_documents, alternatives FROM marts.indicator_series",
        worth("5140", sentence="去年 产值5140亿元"),
        worth("5140", sentence="去年产值\n5140亿元", doc_id=OTHER),
        worth("5200", bound="approx", sentence="产值约5200亿元"),
        worth("5200", bound="approx", sentence="全县产值约5200亿元", doc_id=OTHER),
    )
    assert found[:3] == (2, 2, 2)
    assert [alternative["n_sources"] for alternative in found[3]] == [2]


def test_white_space_makes_no_other_sentence() -> None:
    said = worth("5140", sentence="去年 产值5140亿元"), worth("5140", sentence="去年产值\n5140亿元", doc_id=OTHER)
    assert read("SELECT n_sources, n_documents FROM marts.indicator_series", *said) == [(1, 2)]


def test_a_copy_of_several_sentences_stays_one_source() -> None:
    said = [worth("5140", sentence=words, doc_id=doc) for words in ("一句", "又一句") for doc in (DOC, OTHER)]
    assert read("SELECT n_sources, n_documents FROM marts.indicator_series", *said) == [(1, 2)]


def test_without_a_sentence_each_document_is_a_source() -> None:
    said = worth("5140", sentence=None), worth("5140", sentence=None, doc_id=OTHER)
    assert read("SELECT n_sources FROM marts.indicator_series", *said) == [(2,)]


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


def test_a_question_about_one_indicator_reads_the_observations_once() -> None:
    """A look-up of the best one among all observations would take seconds where there are millions."""
    query = "EXPLAIN SELECT obs_value FROM marts.indicator_series WHERE indicator = 'GDP'"
    ((_, plan),) = views(observations=observations({})).execute(query).fetchall()
    assert sorted(re.findall(r"Table: \S*main\.(\w+)", plan)) == ["documents", "observations"]
