"""A build says how its rows differ from those of the build before, and by which."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas.tables import NUMBER_LEDGER, OBSERVATIONS, RANKINGS
from tests.validation.rows import row, typed
from tests.warehouse.world import built, observations, refusal, refusals, rows_of
from warehouse.differences import changed_rows

COUNTS = "SELECT added, removed, changed, unchanged FROM quality.differences WHERE table_name = 'observations'"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "xianzhi.duckdb"


def after(target: Path, *changes: dict[str, Any]) -> tuple[int, ...]:
    """Counts of a build that follows one with two observations."""
    nothing = {"number_ledger": NUMBER_LEDGER.empty()}
    built(target, observations=observations({}, {"value": "6000", "obs_value": "600000000000"}), **nothing)
    built(target, observations=observations(*changes), keep=1, **nothing)
    return tuple(rows_of(target, COUNTS)[0])


def test_the_first_build_is_compared_with_nothing(target: Path) -> None:
    built(target)
    assert rows_of(target, "FROM quality.differences") == []


def test_a_damaged_file_is_compared_with_nothing(target: Path) -> None:
    target.write_bytes(b"cut off")
    built(target)
    assert rows_of(target, "FROM quality.differences") == []


def test_the_same_rows_are_unchanged_also_under_another_code_version(target: Path) -> None:
    same = ({"code_version": "newer"}, {"value": "6000", "obs_value": "600000000000"})
    assert after(target, *same) == (0, 0, 0, 2)


def test_rows_that_came_went_and_changed_are_counted(target: Path) -> None:
    changes = ({"bound": "approx"}, {"value": "6000", "obs_value": "600000000000"}, {"time_period": "2022"})
    assert after(target, *changes) == (1, 0, 1, 1)
    assert after(target, {}) == (0, 1, 0, 1)


def test_the_rows_themselves_are_told(target: Path) -> None:
    after(target, {"bound": "approx"})
    [before] = target.with_name("builds").iterdir()
    with duckdb.connect(target, read_only=True) as connection:
        told = list(changed_rows(connection, OBSERVATIONS, before, 10))
        assert [(what, values["bound"]) for what, values in told] == [
            ("before", "exact"),
            ("after", "approx"),
            ("removed", "exact"),
        ]
        assert list(changed_rows(connection, RANKINGS, before, 10)) == []
        assert len(list(changed_rows(connection, OBSERVATIONS, before, 1))) == 2


def test_a_column_that_the_build_before_did_not_have_is_no_change(target: Path) -> None:
    built(target)
    with duckdb.connect(target) as connection:
        connection.execute("CREATE TABLE short AS SELECT * EXCLUDE (publisher) FROM rankings; DROP TABLE rankings")
        connection.execute("ALTER TABLE short RENAME TO rankings")
    built(target, rankings=typed("rankings", row("rankings", publisher="某报")))
    counts = "SELECT changed, unchanged FROM quality.differences WHERE table_name = 'rankings'"
    assert rows_of(target, counts) == [(0, 1)]


def test_a_table_that_lost_most_of_its_rows_is_told(target: Path) -> None:
    kept = "SELECT passed FROM quality.check_results WHERE check_name = 'file:rows_kept'"
    nothing = {"number_ledger": NUMBER_LEDGER.empty()}
    built(target, observations=observations({}, {"time_period": "2022"}, {"time_period": "2021"}), **nothing)
    assert rows_of(target, kept) == [(True,)]
    built(target, observations=observations({}), **nothing)
    assert rows_of(target, kept) == [(False,)]


def test_fewer_refusals_are_no_loss(target: Path) -> None:
    kept = "SELECT passed FROM quality.check_results WHERE check_name = 'file:rows_kept'"
    built(target, refusals(refusal(record="[1]"), refusal(record="[2]")))
    built(target)
    assert rows_of(target, "SELECT removed FROM quality.differences WHERE table_name = 'quality.rejected'") == [(2,)]
    assert rows_of(target, kept) == [(True,)]
