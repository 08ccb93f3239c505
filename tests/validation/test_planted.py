"""Every constraint that is declared anywhere refuses a row that breaks it, by its own name."""

from functools import cache

import polars as pl
import pytest

from pipelines.validation import validate
from pipelines.validation.split import split
from schemas.columns import Constraint
from schemas.tables import TABLES
from tests.validation.plants import BY_HAND, by_hand, planted, rules
from tests.validation.rows import CONTEXT, frame, row, typed

DECLARED = [(name, constraint) for name, table in TABLES.items() for constraint in table.constraints()]


def as_text(table: str, column: str, value: str) -> pl.DataFrame:
    """The valid row with a text in a column of numbers or times."""
    good = frame(table, row(table))
    return good.with_columns(pl.Series(column, [value], dtype=pl.String))


@cache
def refused_by_structure(table: str) -> dict[str, tuple[set[str], int]]:
    """For each constraint, the rules that refused the last of its planted rows, and how many rows were planted.

    All rows go through validation at once, after a valid one: a split by Pandera costs the same for one row and for a
    thousand.
    """
    constraints = [c for c in TABLES[table].constraints() if c.kind != "type"]
    plants = {c.name: planted(table, c) for c in constraints}
    valid, rejected = split(table, frame(table, row(table), *(r for rows in plants.values() for r in rows)), CONTEXT)
    assert valid.equals(typed(table, row(table)))
    found, last = {}, 0
    for name, rows in plants.items():
        last += len(rows)
        found[name] = set(rejected.filter(index=last)["rule"]), len(rows)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_the_valid_row_is_published_as_it_is(table: str) -> None:
    valid, rejected = validate(table, frame(table, row(table)), CONTEXT)
    assert rejected.rows() == []
    assert valid.equals(typed(table, row(table)))


@pytest.mark.parametrize(("table", "constraint"), DECLARED, ids=[f"{name}-{c.name}" for name, c in DECLARED])
def test_a_constraint_refuses_the_row_that_breaks_it(table: str, constraint: Constraint) -> None:
    if constraint.kind == "type":
        valid, rejected = validate(table, as_text(table, constraint.columns[0], "thirteen"), CONTEXT)
        assert valid.is_empty()
        assert rejected["rule"].to_list() == [constraint.name]
        assert "thirteen" in rejected["reason"][0]
        return
    told, _ = refused_by_structure(table)[constraint.name]
    assert constraint.name in told
    if constraint.kind == "rule":
        # The plant breaks nothing else. (Its key is that of the valid row before it.)
        assert told <= {constraint.name, "primary_key", "unique_name_zh"}


@cache
def refused_by_rules() -> dict[str, list[str]]:
    """For each rule of observations, the rules that refused its planted row; all go through validation at once."""
    names = [name for table, name in rules("refuse") if table == "observations"]
    rows = [by_hand("observations", name) | {"observation_id": f"{n:016x}"} for n, name in enumerate(names)]
    _, rejected = split("observations", frame("observations", *rows), CONTEXT)
    return {name: rejected.filter(index=n)["rule"].to_list() for n, name in enumerate(names)}


@pytest.mark.parametrize(("table", "name"), rules("refuse"))
def test_a_rule_refuses_the_row_that_breaks_it(table: str, name: str) -> None:
    if table == "observations":
        assert refused_by_rules()[name] == [name]
        return
    valid, rejected = validate(table, frame(table, by_hand(table, name)), CONTEXT)
    assert valid.is_empty()
    assert rejected["rule"].to_list() == [name]


@pytest.mark.parametrize(("table", "name"), rules("doubt"))
def test_a_doubt_marks_the_row_and_leaves_its_value(table: str, name: str) -> None:
    bad = by_hand(table, name)
    valid, rejected = validate(table, frame(table, bad), CONTEXT)
    assert rejected.is_empty()
    assert valid.select("doubts", "obs_status").rows() == [(name, "Q")]
    assert valid["obs_value"].equals(typed(table, bad)["obs_value"])


def test_no_plant_is_left_over() -> None:
    declared = {(table, c.name) for table, c in DECLARED} | {*rules("refuse"), *rules("doubt")}
    assert BY_HAND.keys() <= declared
