"""Every word of a closed list that the atlas shows has a name in both languages."""

import csv
from typing import get_args

import pytest

from pipelines.atlas.labels import group_of, label, labels
from schemas import vocabulary
from schemas.registry import FOLDER
from schemas.tables import FACT_TABLES, TABLES

LISTS = {name: get_args(value) for name, value in vars(vocabulary).items() if name[0].isupper() and get_args(value)}
SHOWN = [name for name in LISTS if name != "FactSection"]


@pytest.mark.parametrize("name", SHOWN)
def test_the_labels_of_a_list_are_its_words(name: str) -> None:
    assert {word for group, word in labels() if group == name} == set(LISTS[name])


def test_tables_levels_and_columns_of_facts_have_labels() -> None:
    for table in FACT_TABLES:
        assert label("Table", table.name).en
        for column in table.columns:
            unnamed = column.name in {*table.primary_key, "raw_start", "raw_end", "value_high", "obs_value_high"}
            assert unnamed or column.name in {"unit", "unit_measure", "item_id"} or label("Column", column.name).en
    level = next(column for column in TABLES["places"].columns if column.name == "level")
    assert all(label("Level", word).en for word in level.domain)


def test_parts_that_the_registry_knows_have_labels() -> None:
    with (FOLDER / "breakdowns.csv").open(encoding="utf-8", newline="") as file:
        keys = {row["key"] for row in csv.DictReader(file)}
    assert keys
    assert all(label("Part", key).en for key in keys)
    assert all(one.zh and one.en for one in labels().values())


def test_a_column_knows_its_list() -> None:
    columns = {(table.name, column.name): column for table in FACT_TABLES for column in table.columns}
    assert group_of(columns["observations", "bound"]) == "Bound"
    assert group_of(columns["events", "type"]) == "EventType"
    assert group_of(columns["outcomes", "type"]) == "OutcomeType"
    assert group_of(columns["plan_items", "level"]) == "PlanLevel"
    assert group_of(columns["observations", "quote"]) is None
    for table in FACT_TABLES:
        for column in table.columns:
            if column.domain:
                assert all(label(group_of(column) or "", word).en for word in column.domain), column.name
