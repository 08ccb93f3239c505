"""This build against the one before: which rows came, went or changed, table by table.

Belongs here: comparing two files. Does not belong here: making either (`build.py`), keeping old ones (`swap.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from schemas.columns import Table, sql_text
from schemas.projections import qualified
from schemas.tables import DIFFERENCES, TABLES
from warehouse.swap import is_whole

BEFORE = "before"
# What changes with every change of the code says nothing about a row.
UNINTERESTING = {"code_version", "ingested_at", "batch", "last_seen"}
# The tables that are about the build itself, and the texts, which never change.
LEFT_OUT = {DIFFERENCES.full_name, "quality.check_results", "document_texts"}
COMPARED = tuple(table for name, table in TABLES.items() if name not in LEFT_OUT)

Columns = dict[str, tuple[str, ...]]


def load_differences(connection: duckdb.DuckDBPyConnection, old: Path) -> None:
    """Fill `quality.differences` of the unfinished file that a connection has as its default database.

    Args:
        connection: The connection.
        old: The published file; where there is none that can be opened, nothing is compared.
    """
    if is_whole(old):
        connection.register("differing", differences(connection, old))
        connection.execute(f"INSERT INTO {qualified(DIFFERENCES)} SELECT * FROM differing")


def differences(connection: duckdb.DuckDBPyConnection, old: Path) -> pl.DataFrame:
    """Count the differences of every table, as rows of `quality.differences`.

    Args:
        connection: A connection to the newer file.
        old: The older file.

    Raises:
        duckdb.Error: The older file cannot be opened.
    """
    with _attached(connection, old) as known:
        statements = [_counted(table, known.get(table.full_name, ())) for table in COMPARED]
        rows = [row for statement in statements for row in connection.execute(statement).fetchall()]
    return pl.DataFrame(rows, schema=DIFFERENCES.polars_schema(), orient="row")


def changed_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, old: Path, limit: int
) -> Iterator[tuple[str, dict[str, object]]]:
    """Rows that came, went or changed, each with what happened to it.

    Args:
        connection: A connection to the newer file.
        table: The table.
        old: The older file.
        limit: How many keys at most.

    Yields:
        `added`, `removed`, `before` or `after`, and the row; `before` and `after` of one key follow each other.
    """
    with _attached(connection, old) as known:
        before = known.get(table.full_name, ())
        if not set(table.primary_key) <= set(before):
            return
        keys = ", ".join(table.primary_key)
        names = ", ".join(f'"{name}"' for name in table.column_names if name in before)
        query = f"""
            WITH differing AS (
                SELECT {keys}, old_hash IS NULL AS is_new, new_hash IS NULL AS is_gone FROM ({_joined(table, before)})
                WHERE old_hash IS DISTINCT FROM new_hash ORDER BY {keys} LIMIT {limit}
            )
            SELECT CASE WHEN is_gone THEN 'removed' ELSE 'before' END AS what, 0 AS turn, {names}
            FROM differing JOIN {BEFORE}.{table.schema}.{table.name} USING ({keys})
            UNION ALL BY NAME
            SELECT CASE WHEN is_new THEN 'added' ELSE 'after' END AS what, 1 AS turn, {names}
            FROM differing JOIN {qualified(table)} USING ({keys})
            ORDER BY {keys}, turn
        """
        for row in connection.sql(query).pl().iter_rows(named=True):
            yield str(row.pop("what")), {name: value for name, value in row.items() if name != "turn"}


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, old: Path) -> Iterator[Columns]:
    """Attach the older file; gives the columns of its tables."""
    connection.execute(f"ATTACH {sql_text(str(old))} AS {BEFORE} (READ_ONLY)")
    try:
        yield _columns_before(connection)
    finally:
        connection.execute(f"DETACH {BEFORE}")


def _columns_before(connection: duckdb.DuckDBPyConnection) -> Columns:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = ? GROUP BY ALL",
        [BEFORE],
    ).fetchall()
    found = dict(rows)
    return {table.full_name: tuple(found.get(f"{table.schema}.{table.name}", ())) for table in COMPARED}


def _counted(table: Table, before: tuple[str, ...]) -> str:
    """The statement that counts the differences of a table, which had these columns before, or none."""
    name = sql_text(table.full_name)
    if not set(table.primary_key) <= set(before):
        return f"SELECT {name}, count(*), 0, 0, 0 FROM {qualified(table)}"
    return (
        f"SELECT {name}, count(*) FILTER (old_hash IS NULL), count(*) FILTER (new_hash IS NULL), "
        f"count(*) FILTER (old_hash <> new_hash), count(*) FILTER (old_hash = new_hash) FROM ({_joined(table, before)})"
    )


def _joined(table: Table, before: tuple[str, ...]) -> str:
    key = ", ".join(table.primary_key)
    compared = [name for name in table.column_names if name in before and name not in UNINTERESTING]
    values = ", ".join(f'"{name}"' for name in compared)
    old = f"SELECT {key}, hash(({values})) AS old_hash FROM {BEFORE}.{table.schema}.{table.name}"
    new = f"SELECT {key}, hash(({values})) AS new_hash FROM {qualified(table)}"
    return f"SELECT {key}, old_hash, new_hash FROM ({new}) FULL JOIN ({old}) USING ({key})"
