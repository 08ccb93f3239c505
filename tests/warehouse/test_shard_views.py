"""Views over shards refuse what tables refuse, and are made from what is given in shards alone."""

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from schemas.tables import CHECK_RESULTS, FACT_TABLES, NUMBER_LEDGER, TABLES
from tests.validation.rows import DOC, observation, row, typed
from tests.warehouse.world import DAY, OTHER, documents, refusals, rows_of, world
from warehouse.build import BuildError, build
from warehouse.marts import read_marts

VIEWED = ("document_texts", *(table.name for table in FACT_TABLES), NUMBER_LEDGER.name)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "xianzhi.duckdb"


def built_of_shards(target: Path, doc_ids: list[str] | None = None, **changed: pl.DataFrame) -> None:
    """Build a warehouse of the small world as views; each row of a table is a shard."""
    tables: dict[str, Any] = world(**changed)
    for name in VIEWED:
        folder = target.with_name("shards") / name
        folder.mkdir(parents=True, exist_ok=True)
        parts = list(tables[name].iter_slices(1))
        tables[name] = [folder / f"{number}.parquet" for number in range(len(parts))]
        for part, path in zip(parts, tables[name], strict=True):
            part.write_parquet(path)
    build(tables, refusals(), CHECK_RESULTS.empty(), target, built_at=DAY, doc_ids=doc_ids, views=True)


def test_what_comes_in_shards_is_a_view_and_all_else_a_table(target: Path) -> None:
    built_of_shards(target)
    views = rows_of(target, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal")
    assert {name for (name,) in views} == set(VIEWED)
    tables = rows_of(target, "SELECT schema_name || '.' || table_name FROM duckdb_tables()")
    names = {f"{table.schema}.{table.name}" for name, table in TABLES.items() if name not in VIEWED}
    kept = {mart.full_name for mart in read_marts() if mart.kept}
    assert {name for (name,) in tables} == names | kept | {"lake.shards", "lake.doubted"}


def test_without_shards_a_view_is_empty(target: Path) -> None:
    built_of_shards(target, rankings=TABLES["rankings"].empty())
    assert rows_of(target, "FROM rankings") == []
    assert len(rows_of(target, "DESCRIBE rankings")) == len(TABLES["rankings"].columns)


def test_a_shard_of_a_document_that_is_gone_is_not_shown(target: Path) -> None:
    two = documents(DOC, OTHER) | {
        "observations": typed("observations", observation(), observation(doc_id=OTHER, observation_id="1" * 16))
    }
    built_of_shards(target, doc_ids=[DOC], **two)
    assert rows_of(target, "SELECT DISTINCT doc_id FROM observations") == [(DOC,)]
    assert rows_of(target, "SELECT DISTINCT doc_id FROM document_texts") == [(DOC,)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"observations": typed("observations", observation(bound="about"))}, r"observations.*bound\.domain: 1"),
        ({"rankings": typed("rankings", row("rankings", rank=0))}, r"rankings.*rank\.minimum: 1"),
        ({"observations": typed("observations", observation(rule=None))}, r"observations.*rule\.not_null: 1"),
        (
            {"observations": typed("observations", observation(), observation())},
            "observations file:key.observation_id: 1",
        ),
        (
            {"rankings": typed("rankings", row("rankings")).with_columns(rank=pl.lit(1, dtype=pl.Int64))},
            "rankings: columns {'rank': 'BIGINT'}",
        ),
    ],
    ids=[
        "a word that is not allowed",
        "a number too small",
        "nothing where something must be",
        "a key twice",
        "a type",
    ],
)
def test_rows_that_a_table_would_refuse_stop_the_build(
    target: Path, changed: dict[str, pl.DataFrame], message: str
) -> None:
    with pytest.raises(BuildError, match=message):
        built_of_shards(target, **changed)
    assert not target.exists()


def test_a_shard_that_is_cut_short_later_is_an_error_and_no_empty_answer(target: Path) -> None:
    built_of_shards(target)
    [(path,)] = rows_of(target, "SELECT path FROM lake.shards WHERE table_name = 'rankings'")
    Path(path).write_bytes(Path(path).read_bytes()[:-20])
    with pytest.raises(duckdb.Error):
        rows_of(target, "FROM rankings")
