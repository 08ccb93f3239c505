"""Building the published DuckDB file from the lake, and swapping it in when its last checks have passed.

The file is built beside the old one and put in its place by one rename: readers are never blocked, nobody sees half a
build, and a crash leaves the old file. It starts from nothing, or from a copy of the old file in which the rows of some
documents are replaced (`patch.py`); both give the same rows. The rows are copied into the file, or stay in their shards
with views over them in the file (`shard_views.py`); readers see the same. What a table is comes from `schemas/tables`,
how the swap is made from `swap.py`.
"""

import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from schemas.columns import Table, sql_text
from schemas.projections import comments, create_table, qualified
from schemas.tables import CHECK_RESULTS, CORRECTIONS, OBSERVATIONS, REJECTED, TABLES
from schemas.tables.quality import REJECTED_BY_STAGE
from warehouse.cross_checks import cross_check
from warehouse.differences import load_differences
from warehouse.final_checks import run_final_checks
from warehouse.marts import read_marts
from warehouse.patch import Touched, clear, note_touched, take_out
from warehouse.rejections import load_rejections, remember
from warehouse.revisions import load_gone_documents, remember_documents
from warehouse.shard_views import clear_doubts, create_view, in_shards, prepare, stop_at_broken
from warehouse.shards import shards_of
from warehouse.sources import BuildError, Rows, Source, selected
from warehouse.swap import building, publish, scratch_path

__all__ = ["BuildError", "BuildReport", "build"]

# Written so that DuckDB 1.2 and everything since, DBeaver's driver included, opens the file.
STORAGE_VERSION = "v1.2.0"
# Name of the unfinished file in the connection that builds it.
_NAME = "xianzhi"
# The tables that a caller gives; the others are made here.
GIVEN = tuple(name for name, table in TABLES.items() if table.schema != "quality" or name == CORRECTIONS.full_name)


@dataclass(frozen=True)
class BuildReport:
    """What was published.

    Attributes:
        target: The file.
        rows: Rows by table.
        views: Full names of the marts.
        checks: All rows of `quality.check_results`, those of this build included.
        byte_count: Size of the file.
        seconds: Time taken.
    """

    target: Path
    rows: dict[str, int]
    views: tuple[str, ...]
    checks: pl.DataFrame
    byte_count: int
    seconds: float


def build(
    tables: Mapping[str, Source],
    rejected: Source,
    checks: pl.DataFrame,
    target: Path,
    *,
    doc_ids: Collection[str] | None = None,
    keep: int = 0,
    built_at: datetime | None = None,
    touched: Touched | None = None,
    views: bool = False,
    memory: int | None = None,
) -> BuildReport:
    """Build the file and publish it.

    Args:
        tables: For every table of `GIVEN`, its Parquet files or a frame. Rows must be valid: a row that breaks a
            constraint stops the build.
        rejected: Refusals of all stages, with the columns `REJECTED_BY_STAGE`.
        checks: Rows of `quality.check_results` from the stages.
        target: The published file.
        doc_ids: Publish only rows of these documents, where shards also hold documents that are gone; None for all.
        keep: How many of the builds before stay beside the file.
        built_at: Time of the build, with its zone, for `first_seen` and `last_seen`; now by default.
        touched: For every table with documents, those whose rows are not what they are in the published file, which
            this code must have built from the same registry, with the same `views`; None to build from nothing.
        views: Publish what comes in shards as views over them instead of copying it. They must stay where they are.
        memory: Bytes that DuckDB may take; what needs more goes to disk. None for as much as it likes.

    Returns:
        What was published.

    Raises:
        BuildError: The rows cannot be published. The old file, if any, is untouched.
        warehouse.swap.BuildBusyError: Another process is building the same file.
    """
    started = time.perf_counter()
    if set(tables) != set(GIVEN):
        raise BuildError(f"expected the tables {sorted(GIVEN)}, got {sorted(tables)}")
    now = (built_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    viewed = in_shards(tables) if views else {}
    with building(target) as unfinished, _connect(unfinished, target, touched is None, viewed, memory) as connection:
        rows = {
            name: _show(connection, TABLES[name], viewed[name], doc_ids, touched)
            if name in viewed
            else _load(connection, TABLES[name], source, doc_ids, touched)
            for name, source in tables.items()
        }
        rows["documents"] += load_gone_documents(connection, target)
        columns = {name: REJECTED.column(name).type.duckdb for name in REJECTED_BY_STAGE}
        refusals = Rows(connection, "rejected", columns, rejected, doc_ids)
        load_rejections(connection, refusals, target, now)
        crossed = cross_check(connection, everywhere=touched is None, viewed=OBSERVATIONS.name in viewed)
        load_differences(connection, target, touched)
        marts = read_marts()
        for mart in marts if touched is None else [mart for mart in marts if mart.kept]:
            gone = [f"DROP TABLE IF EXISTS {mart.full_name}"] if mart.kept else []
            _run(connection, mart.full_name, *gone, mart.statement, *mart.comments())
        last = run_final_checks(connection, rows, touched)
        found = pl.concat([checks.select(CHECK_RESULTS.column_names), crossed, last])
        _load(connection, CHECK_RESULTS, found)
        counts = {name: _count(connection, table) for name, table in TABLES.items()}
        _stop_at_errors(last)
        connection.execute(f"CHECKPOINT {_NAME}")
        remember(connection, target)
        remember_documents(connection, target)
        connection.execute(f"USE memory; DETACH {_NAME}")
        publish(unfinished, target, keep)
    names = tuple(mart.full_name for mart in marts)
    return BuildReport(target, counts, names, found, target.stat().st_size, time.perf_counter() - started)


def _connect(
    unfinished: Path, target: Path, from_nothing: bool, viewed: Collection[str], memory: int | None
) -> duckdb.DuckDBPyConnection:
    """A connection whose default database is the unfinished file, with its tables: empty, or as they are published.

    Args:
        unfinished: The unfinished file.
        target: The published file.
        from_nothing: Whether nothing is taken from the published file.
        viewed: The tables that are views over shards, which are made later.
        memory: Bytes that it may take, None for as much as it likes.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(scratch_path(target)),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if memory is not None:
        settings["memory_limit"] = f"{memory}B"
    if not from_nothing:
        shutil.copyfile(target, unfinished)
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute(f"ATTACH {sql_text(str(unfinished))} AS {_NAME} (STORAGE_VERSION '{STORAGE_VERSION}')")
    connection.execute(f"USE {_NAME}")
    if not from_nothing:
        clear(connection)
        if viewed:
            clear_doubts(connection)
        return connection
    for schema in ("quality", "marts"):
        connection.execute(f"CREATE SCHEMA {schema}")
    if viewed:
        prepare(connection)
    for name, table in TABLES.items():
        if name not in viewed:
            _run(connection, table.full_name, create_table(table), *comments(table))
    return connection


def _load(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    source: Source,
    doc_ids: Collection[str] | None = None,
    touched: Touched | None = None,
) -> int:
    """Insert the rows of a table that it does not have yet; returns how many there should be of all."""
    rows = Rows(connection, table.full_name, {c.name: c.type.duckdb for c in table.columns}, source, doc_ids)
    names = ", ".join(f'"{name}"' for name in table.column_names)
    wanted: str | None = "true"
    if touched is not None and table.schema == "main":
        wanted = take_out(connection, table, rows, touched)
    if wanted is not None:
        # Rows of documents in the order of the text, whichever shard they come from; the registry keeps its own order.
        order = [name for name in ("doc_id", "raw_start", *table.primary_key) if name in table.column_names]
        ordered = f" ORDER BY {', '.join(order)}" if "doc_id" in order else ""
        insert = f"INSERT INTO {qualified(table)} ({names}) SELECT {names} FROM {rows.name} WHERE {wanted}{ordered}"
        _run(connection, table.full_name, insert)
    return rows.count


def _show(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    shards: Sequence[Path],
    doc_ids: Collection[str] | None,
    touched: Touched | None,
) -> int:
    """Make a table a view over its shards; returns how many rows it should have."""
    columns = {column.name: column.type.duckdb for column in table.columns}
    rows = Rows(connection, table.full_name, columns, shards, doc_ids)
    new = "true"
    if touched is not None:
        # As they are in the shards: the view would leave out what has gone since.
        before = selected(columns, shards_of(connection, table))
        new = note_touched(connection, table, f"({before})", rows, touched)
    stop_at_broken(connection, table, f"{rows.name} WHERE {new}")
    _run(connection, table.full_name, *create_view(connection, table, shards, doc_ids))
    return rows.count


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {qualified(table)}").fetchall()[0][0])


def _stop_at_errors(checks: pl.DataFrame) -> None:
    failed = checks.filter(~pl.col("passed"), pl.col("severity") == "error").to_dicts()
    if failed:
        told = "; ".join(f"{row['table_name']} {row['check_name']}: {row['failed_count']}" for row in failed)
        raise BuildError(f"the new file failed its last checks, the old one stays: {told}")


def _run(connection: duckdb.DuckDBPyConnection, name: str, *statements: str) -> None:
    # One transaction: a commit for each of a hundred comments would take longer than the rows.
    try:
        connection.execute("; ".join(["BEGIN", *statements, "COMMIT"]))
    except duckdb.Error as error:
        raise BuildError(f"{name}: {error}") from error
