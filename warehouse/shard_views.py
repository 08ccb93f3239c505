"""Publishing as views over the lake's shards: a file that has no copy of the rows that documents state.

Belongs here: the view that stands for a table, what it needs beside the shards, and which shards a file reads. Does not
belong here: the views that people ask (`marts.py`), or the lake itself (`pipelines/lake.py`).

A shard never changes, so a view over it shows what it showed when it was made. What only a build knows is in tables of
the file: documents with their paths and copies, the registry, all of `quality`, and in the schema `lake` which shards
its views read and which observations its cross-checks doubt.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from schemas.columns import Table, sql_text
from schemas.projections import comments, qualified
from schemas.tables import OBSERVATIONS, TABLES
from warehouse.shards import SHARDS
from warehouse.sources import BuildError, Source, selected

DOUBTED = "lake.doubted"
# What the build says of an observation, in place of what its shard says.
_OF_THE_BUILD = ("obs_status", "doubts")
_TABLES = f"""
CREATE SCHEMA lake;
CREATE TABLE {SHARDS} (table_name VARCHAR NOT NULL, path VARCHAR NOT NULL);
COMMENT ON TABLE {SHARDS} IS 'The Parquet files that the views of this file read.';
COMMENT ON COLUMN {SHARDS}.table_name IS 'The view.';
COMMENT ON COLUMN {SHARDS}.path IS 'The Parquet file.';
CREATE TABLE {DOUBTED} (observation_id VARCHAR NOT NULL, obs_status VARCHAR NOT NULL, doubts VARCHAR NOT NULL);
COMMENT ON TABLE {DOUBTED} IS 'What the cross-checks of this build doubt; the view observations shows it.';
COMMENT ON COLUMN {DOUBTED}.observation_id IS 'The observation.';
COMMENT ON COLUMN {DOUBTED}.obs_status IS 'Its status in this build.';
COMMENT ON COLUMN {DOUBTED}.doubts IS 'All that doubt it in this build, rules and cross-checks.';
"""


def in_shards(tables: Mapping[str, Source]) -> dict[str, Sequence[Path]]:
    """The tables whose rows lie in shards of documents, with these; the registry's are few, and always copied."""
    return {
        name: source
        for name, source in tables.items()
        if "doc_id" in TABLES[name].column_names and not isinstance(source, pl.DataFrame | pl.LazyFrame)
    }


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that the views need beside the shards."""
    connection.execute(_TABLES)


def clear_doubts(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget what the cross-checks of the build before doubted: its observations are as validation left them."""
    connection.execute(f"DELETE FROM {DOUBTED}")


def stop_at_broken(connection: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    """Refuse rows that a table would not take in: the last line, for rows are valid when they come here.

    Args:
        connection: The connection that builds the file.
        table: The table.
        rows: The relation that has its rows, and perhaps a condition.

    Raises:
        BuildError: A row breaks a constraint.
    """
    broken = {f"{column.name}.not_null": f'"{column.name}" IS NULL' for column in table.columns if not column.nullable}
    broken |= {one.name: f"NOT ({one.sql})" for one in table.constraints() if one.sql is not None}
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in broken.values())
    found = connection.execute(f"SELECT {counts} FROM {rows}").fetchall()[0]
    if told := [f"{name}: {count}" for name, count in zip(broken, found, strict=True) if count]:
        raise BuildError(f"{table.full_name}: rows break constraints ({', '.join(told)})")


def create_view(
    connection: duckdb.DuckDBPyConnection, table: Table, shards: Sequence[Path], doc_ids: Collection[str] | None
) -> list[str]:
    """The statements that make a view of a table, or replace the one that it is.

    Args:
        connection: The connection that builds the file.
        table: The table.
        shards: Its Parquet files.
        doc_ids: The documents that are there; None for all that the shards hold.
    """
    partly = _with_others(connection, shards, doc_ids)
    columns = {column.name: column.type.duckdb for column in table.columns}
    rows = selected(columns, [path for path in shards if path not in partly])
    if partly:
        # Most shards are as they were made; only those with documents that are gone are looked through.
        there = "SELECT doc_id FROM main.documents WHERE status = 'current'"
        rows += f" UNION ALL {selected(columns, sorted(partly))} WHERE doc_id IN ({there})"
    if table == OBSERVATIONS:
        shown = ", ".join(
            f'coalesce(doubted."{name}", stated."{name}") AS "{name}"' if name in _OF_THE_BUILD else f'stated."{name}"'
            for name in columns
        )
        rows = f"SELECT {shown} FROM ({rows}) AS stated LEFT JOIN {DOUBTED} AS doubted USING (observation_id)"
    name = sql_text(table.full_name)
    known = ", ".join(f"({name}, {sql_text(str(path))})" for path in shards)
    return [
        f"CREATE OR REPLACE VIEW {qualified(table)} AS {rows}",
        *comments(table, "VIEW"),
        f"DELETE FROM {SHARDS} WHERE table_name = {name}",
        *([f"INSERT INTO {SHARDS} VALUES {known}"] if known else []),
    ]


def _with_others(
    connection: duckdb.DuckDBPyConnection, shards: Sequence[Path], doc_ids: Collection[str] | None
) -> set[Path]:
    """The shards that also hold rows of documents which are no longer there."""
    if doc_ids is None or not shards:
        return set()
    wanted = pl.DataFrame({"doc_id": sorted(doc_ids)}, schema={"doc_id": pl.String})
    connection.register("wanted_documents", wanted)
    files = selected({"doc_id": "VARCHAR", "filename": "VARCHAR"}, shards)
    others = f"SELECT DISTINCT filename FROM ({files}) WHERE doc_id NOT IN (SELECT doc_id FROM wanted_documents)"
    return {Path(row[0]) for row in connection.execute(others).fetchall()}
