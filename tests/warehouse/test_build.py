"""The file is built as a whole from frames or shards, carries its keys, checks and words, and fails as a whole."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from schemas.tables import CHECK_RESULTS, FACT_TABLES, NUMBER_LEDGER, TABLES
from tests.validation.rows import DOC, observation, row, typed
from tests.warehouse.world import DAY, OTHER, built, documents, loaded, refusal, refusals, rows_of, world
from warehouse.build import GIVEN, BuildError, build
from warehouse.final_checks import final_checks


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "xianzhi.duckdb"


def test_every_table_is_published_with_its_rows(target: Path) -> None:
    report = built(target)
    with duckdb.connect(target, read_only=True) as connection:
        for name, frame in world().items():
            assert connection.sql(f"FROM {name}").pl().equals(frame), name
    assert report.rows == {name: frame.height for name, frame in world().items()} | {
        "quality.rejected": 0,
        "quality.findings": 0,
        "quality.conflicts": 0,
        "quality.differences": 0,
        "quality.check_results": report.checks.height,
    }
    assert report.byte_count == target.stat().st_size


def test_shards_and_frames_give_the_same_file(target: Path, tmp_path: Path) -> None:
    def shard(number: int, name: str, frame: pl.DataFrame) -> Path:
        path = tmp_path / f"{name}-{number}.parquet"
        frame.write_parquet(path)
        return path

    two = documents(DOC, OTHER) | {
        "observations": typed("observations", observation(), observation(doc_id=OTHER, observation_id="1" * 16))
    }
    frames = world(**two)
    # The later document comes in the first shard: the order of shards is not the order of rows.
    shards: dict[str, Any] = {
        name: [shard(n, name, part) for n, part in enumerate((frame[1:], frame[:1]))] for name, frame in frames.items()
    }
    built(target, **two)
    other = target.with_name("other.duckdb")
    build(shards, refusals(), CHECK_RESULTS.empty(), other, built_at=DAY)
    # The registry's tables keep the order that they are given in; all others are sorted.
    for name in ("documents", "document_texts", "observations", "rankings", "number_ledger"):
        assert rows_of(other, f"FROM {name}") == rows_of(target, f"FROM {name}"), name


def test_building_twice_gives_the_same_rows(target: Path) -> None:
    refused = refusals(refusal())
    contents = []
    # The first build has none to be compared with.
    built(target, refused)
    for _ in range(2):
        built(target, refused)
        contents.append({name: rows_of(target, f"FROM {name}") for name in (*TABLES, "marts.indicator_series")})
    assert contents[0] == contents[1]


def test_the_published_file_carries_keys_checks_and_words(target: Path) -> None:
    built(target)
    kinds = rows_of(target, "SELECT DISTINCT constraint_type FROM duckdb_constraints() ORDER BY ALL")
    assert kinds == [("CHECK",), ("NOT NULL",), ("PRIMARY KEY",), ("UNIQUE",)]
    comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'indicator_series' AND column_name = 'obs_value'"
    assert rows_of(target, comment)[0][0].startswith("The best value in the base unit")
    with duckdb.connect(target) as connection, pytest.raises(duckdb.ConstraintException, match="CHECK"):
        connection.execute("UPDATE observations SET bound = 'about'")


def test_views_work_under_another_name_of_the_file(target: Path) -> None:
    built(target)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{target}' AS gazetteer (READ_ONLY)")
        for view in ("indicator_series", "target_progress", "ranking_history"):
            connection.execute(f"FROM gazetteer.marts.{view}").fetchall()


def test_only_documents_that_are_still_there_are_published(target: Path) -> None:
    refused = refusals(
        refusal(record="1"), refusal(record="2") | {"doc_id": DOC}, refusal(record="3") | {"doc_id": None}
    )
    built(target, refused, **documents(DOC, OTHER), doc_ids=[DOC])
    assert rows_of(target, "SELECT doc_id FROM documents") == [(DOC,)]
    assert rows_of(target, "SELECT record FROM quality.rejected ORDER BY record") == [("2",), ("3",)]


def test_results_of_earlier_checks_are_kept_beside_those_of_the_file(target: Path) -> None:
    earlier = typed(
        "quality.check_results", row("quality.check_results", passed=False, failed_count=1, severity="warn")
    )
    build(world(), refusals(), earlier, target)
    found = rows_of(target, "SELECT check_name, passed FROM quality.check_results")
    assert ("key", False) in found
    assert ("file:quote", True) in found


# What stops a build
# -----------------------------------------------------------------------------------------------------


def spoilt(name: str, **changes: Any) -> dict[str, pl.DataFrame]:
    return {name: typed(name, row(name, **changes))}


REFERENCES = {
    ("documents", "ref_area"): "329999",
    ("document_texts", "doc_id"): "c" * 64,
    ("observations", "ref_area"): "329999",
    ("observations", "indicator"): "GNP",
    ("observations", "unit"): "億元",
    ("observations", "unit_measure"): "GBP",
    ("rankings", "entity_code"): "329999",
    ("person_roles", "ref_area"): "329999",
    ("organizations", "place_code"): "329999",
    ("events", "place_code"): "329999",
    ("programmes", "owner_code"): "329999",
    **{(table.name, "doc_id"): "c" * 64 for table in (*FACT_TABLES, NUMBER_LEDGER)},
    ("places", "parent_code"): "329999",
    ("units", "unit_measure"): "GBP",
    ("units", "canonical"): "億元",
    ("indicators", "unit_measure"): "GBP",
    ("cross_checks", "whole"): "GNP",
    ("quality.findings", "check_name"): "documents_disagree",
    ("quality.findings", "ref_area"): "329999",
}
BROKEN: dict[tuple[str, str], dict[str, pl.DataFrame]] = {
    **{(name, f"file:{column}.foreign_key"): spoilt(name, **{column: v}) for (name, column), v in REFERENCES.items()},
    **{
        (name, f"file:key.{'_'.join(key)}"): {name: typed(name, *[row(name)] * 2)}
        for name, table in TABLES.items()
        if not table.enforce_key
        for key in (table.primary_key, *table.unique)
    },
    **{
        (table.name, "file:quote"): spoilt(table.name, quote="兆" * len(row(table.name)["quote"]))
        for table in FACT_TABLES
    },
    ("number_ledger", "file:quote"): spoilt("number_ledger", text="5140.07"),
    ("number_ledger", "file:facts_exist"): spoilt("number_ledger", fact_id="f" * 16),
    ("documents", "file:accounted"): documents(DOC, OTHER),
    ("quality.conflicts", "file:observation_id.foreign_key"): spoilt(
        "quality.conflicts", observation_id="f" * 16, other_observation_id=row("observations")["observation_id"]
    ),
    # The world has one observation, not two.
    ("quality.conflicts", "file:other_observation_id.foreign_key"): spoilt("quality.conflicts"),
}


@pytest.mark.parametrize(("name", "check"), BROKEN, ids=str)
def test_a_final_check_sees_what_does_not_hang_together(name: str, check: str) -> None:
    [found] = [c for c in final_checks({}) if (c.table, c.name) == (name, check)]
    assert loaded().execute(found.failed).fetchall() == [(0,)]
    assert loaded(**BROKEN[name, check]).execute(found.failed).fetchall() == [(1,)]


def test_a_file_that_fails_a_check_is_not_published(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(before := b"the old file")
    with pytest.raises(BuildError, match="observations file:quote: 1"):
        built(target, **BROKEN["observations", "file:quote"])
    assert target.read_bytes() == before
    assert sorted(path.name for path in target.parent.iterdir()) == ["xianzhi.duckdb", "xianzhi.duckdb.lock"]


def test_every_final_check_of_severity_error_has_been_seen_to_fail() -> None:
    # Row counts cannot be wrong by rows that are given, comments not by rows at all: each has a test of its own.
    declared = {(check.table, check.name) for check in final_checks({}) if check.severity == "error"}
    assert declared - {("quality.check_results", "file:comments")} == set(BROKEN)


def test_the_checks_of_counts_and_words_can_fail(target: Path) -> None:
    built(target)
    by_name = {check.name: check for check in final_checks({"rankings": 3})}
    with duckdb.connect(target) as connection:
        assert connection.execute(by_name["file:row_count"].failed).fetchone() == (2,)
        assert connection.execute(by_name["file:comments"].failed).fetchone() == (0,)
        connection.execute("COMMENT ON COLUMN rankings.rank IS NULL; COMMENT ON VIEW marts.ranking_history IS NULL")
        assert connection.execute(by_name["file:comments"].failed).fetchone() == (2,)


def test_a_refused_number_without_a_refusal_is_a_warning(target: Path) -> None:
    lost = typed("number_ledger", row("number_ledger", disposition="rejected"))
    assert (
        built(target, number_ledger=lost).checks.filter(check_name="file:rejected_explained")["passed"].item() is False
    )
    told = refusals(refusal(record='{"observation_id": "0123456789abcdef"}'))
    report = built(target, told, number_ledger=lost)
    assert report.checks.filter(check_name="file:rejected_explained")["passed"].item() is True


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"observations": typed("observations", observation(), observation())},
            "observations file:key.observation_id: 1",
        ),
        ({"observations": typed("observations", observation()).drop("bound")}, "observations.*bound"),
        (
            {"rankings": typed("rankings", row("rankings")).with_columns(rank=pl.lit(1, dtype=pl.Int64))},
            "rankings: columns {'rank': 'BIGINT'}",
        ),
        (
            {
                "observations": typed("observations", observation()).with_columns(
                    pl.col("value").cast(pl.Decimal(38, 8))
                )
            },
            r"value': 'DECIMAL\(38,8\)",
        ),
    ],
    ids=["two rows of one key", "a missing column", "another integer", "a finer decimal"],
)
def test_rows_that_do_not_fit_stop_the_build(target: Path, changed: dict[str, pl.DataFrame], message: str) -> None:
    with pytest.raises(BuildError, match=message):
        built(target, **changed)
    assert not target.exists()


def test_a_shard_that_is_cut_short_stops_the_build(target: Path, tmp_path: Path) -> None:
    shard = tmp_path / "rankings.parquet"
    typed("rankings", row("rankings")).write_parquet(shard)
    shard.write_bytes(shard.read_bytes()[:-20])
    tables: dict[str, Any] = {**world(), "rankings": [shard]}
    with pytest.raises(BuildError, match="rankings: its rows cannot be read"):
        build(tables, refusals(), CHECK_RESULTS.empty(), target)


def test_a_table_that_is_not_given_stops_the_build(target: Path) -> None:
    tables = {name: frame for name, frame in world().items() if name != "rankings"}
    with pytest.raises(BuildError, match="rankings"):
        build(tables, refusals(), CHECK_RESULTS.empty(), target)
    assert "rankings" in GIVEN


# What was refused
# --------------------------------------------------------------------------------------------------------


def test_a_refusal_keeps_its_first_day_even_when_it_was_gone_for_a_while(target: Path) -> None:
    one, two = refusal(record='{"n": 1}'), refusal(record='{"n": 2}')
    seen = []
    for day, rows in enumerate([(one, two), (two,), (one, two)]):
        built(target, refusals(*rows), built_at=DAY + timedelta(days=day))
        seen.append(
            rows_of(target, "SELECT record, first_seen::DATE, last_seen::DATE FROM quality.rejected ORDER BY 1")
        )
    first = DAY.date()
    later, last = first + timedelta(days=1), first + timedelta(days=2)
    assert seen == [
        [('{"n": 1}', first, first), ('{"n": 2}', first, first)],
        [('{"n": 2}', first, later)],
        [('{"n": 1}', first, last), ('{"n": 2}', first, last)],
    ]


def test_refusals_differ_by_each_part_of_their_identity_and_not_by_their_words(target: Path) -> None:
    base = refusal()
    different = [
        base | change
        for change in (
            {"stage": "reading"},
            {"table_name": "rankings"},
            {"rule": "other"},
            {"doc_id": None},
            {"raw_start": None},
            {"raw_end": 7},
            {"raw_start": 5, "raw_end": None},
            {"raw_start": None, "raw_end": 5},
            {"record": "[]"},
        )
    ]
    built(target, refusals(base, base | {"reason": "in other words"}, *different))
    assert rows_of(target, "SELECT count(*), count(DISTINCT rejection_id) FROM quality.rejected") == [(10, 10)]


def test_a_refusal_keeps_its_first_day_when_the_code_changes(target: Path) -> None:
    for day, version in enumerate(("aaaaaaaaaaaa", "bbbbbbbbbbbb")):
        record = f'{{"value":"1","code_version":"{version}","correction":null}}'
        built(target, refusals(refusal(record=record)), built_at=DAY + timedelta(days=day))
    first, last = DAY.date(), DAY.date() + timedelta(days=1)
    assert rows_of(target, "SELECT first_seen::DATE, last_seen::DATE FROM quality.rejected") == [(first, last)]
