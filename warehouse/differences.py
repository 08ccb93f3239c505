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
from schemas.tables import DIFFERENCES, DOCUMENTS, OBSERVATIONS, TABLES
from warehouse.patch import Touched
from warehouse.swap import is_whole

BEFORE = "before"
# What changes with every change of the code says nothing about a row.
UNINTERESTING = {"code_version", "ingested_at", "batch", "last_seen"}
# The tables that are about the build itself, and the texts, which never change.
LEFT_OUT = {DIFFERENCES.full_name, "quality.check_results", "document_texts"}
COMPARED = tuple(table for name, table in TABLES.items() if name not in LEFT_OUT)

Columns = dict[str, tuple[str, ...]]


def load_differences(connection: duckdb.DuckDBPyConnection, old: Path, touched: Touched | None = None) -> None:
    """Fill `quality.differences` of the unfinished file that a connection has as its default database.

    Args:
        connection: The connection.
        old: The published file; where there is none that can be opened, nothing is compared.
        touched: The documents whose rows may be other ones, by table, when the build started from the older file.
    """
    if is_whole(old):
        connection.register("differing", differences(connection, old, touched))
        connection.execute(f"INSERT INTO {qualified(DIFFERENCES)} SELECT * FROM differing")


def differences(connection: duckdb.DuckDBPyConnection, old: Path, touched: Touched | None = None) -> pl.DataFrame:
    """Count the differences of every table, as rows of `quality.differences`.

    Args:
        connection: A connection to the newer file.
        old: The older file.
        touched: The documents whose rows may be other ones, by table, if the newer file was made from the older one.

    Raises:
        duckdb.Error: The older file cannot be opened.
    """
    with _attached(connection, old) as known:
        statements = [_counted(table, known.get(table.full_name, ()), _changed(table, touched)) for table in COMPARED]
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


def _changed(table: Table, touched: Touched | None) -> str | None:
    """The condition under which rows of a table may be other ones than before; None where any may be."""
    if touched is None or table.schema != "main" or table in (DOCUMENTS, OBSERVATIONS):
        # Documents get other paths, observations other doubts, also without having been touched.
        return None
    doc_ids = ", ".join(map(sql_text, sorted(touched.get(table.full_name, ()))))
    return f"doc_id IN ({doc_ids})" if doc_ids else "false"


def _counted(table: Table, before: tuple[str, ...], changed: str | None = None) -> str:
    """The statement that counts the differences of a table, which had these columns before, or none.

    Args:
        table: The table.
        before: The columns that it had.
        changed: The condition under which its rows may be other ones; all others are unchanged.
    """
    name = sql_text(table.full_name)
    if not set(table.primary_key) <= set(before):
        return f"SELECT {name}, count(*), 0, 0, 0 FROM {qualified(table)}"
    others = f"(SELECT count(*) FROM {qualified(table)} WHERE NOT ({changed}))" if changed else "0"
    return (
        f"SELECT {name}, count(*) FILTER (old_hash IS NULL), count(*) FILTER (new_hash IS NULL), "
        f"count(*) FILTER (old_hash <> new_hash), count(*) FILTER (old_hash = new_hash) + {others} "
        f"FROM ({_joined(table, before, changed or 'true')})"
    )


def _joined(table: Table, before: tuple[str, ...], condition: str = "true") -> str:
    key = ", ".join(table.primary_key)
    compared = [name for name in table.column_names if name in before and name not in UNINTERESTING]
    values = ", ".join(f'"{name}"' for name in compared)
    old = f"SELECT {key}, hash(({values})) AS old_hash FROM {BEFORE}.{table.schema}.{table.name} WHERE {condition}"
    new = f"SELECT {key}, hash(({values})) AS new_hash FROM {qualified(table)} WHERE {condition}"
    return f"SELECT {key}, old_hash, new_hash FROM ({new}) FULL JOIN ({old}) USING ({key})"
