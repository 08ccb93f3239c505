"""What earlier builds knew: rows of the published file that outlive it, in a small Parquet file beside it.

Belongs here: finding them again, also where the small file is damaged or gone, and writing them down. Does not belong
here: which rows they are (`rejections.py`, `revisions.py`).
"""

import contextlib
import os
from pathlib import Path

import duckdb

from schemas.columns import Table, sql_text
from warehouse.swap import is_whole

_PUBLISHED = "published_before"


def memory_path(target: Path, table: Table) -> Path:
    """Where the memory of a table is."""
    return target.with_name(f"{table.name}_seen.parquet")


def recall(connection: duckdb.DuckDBPyConnection, target: Path, table: Table) -> str | None:
    """Make a temporary table of what earlier builds knew.

    A memory that cannot be read is as good as none: then the published file, which holds the rows of the last build,
    stands in for it.

    Args:
        connection: The connection that builds the next file.
        target: The published file.
        table: The table whose rows are remembered.

    Returns:
        Name of the temporary table; None where nothing is known.
    """
    name = f"{table.name}_before"
    path = memory_path(target, table)
    with contextlib.suppress(duckdb.Error):
        if path.exists():
            connection.execute(f"CREATE TEMP TABLE {name} AS FROM read_parquet({sql_text(str(path))})")
            return name
    if not is_whole(target):
        return None
    connection.execute(f"ATTACH {sql_text(str(target))} AS {_PUBLISHED} (READ_ONLY)")
    try:
        connection.execute(f"CREATE TEMP TABLE {name} AS FROM {_PUBLISHED}.{table.schema}.{table.name}")
    except duckdb.Error:
        # An older file, or somebody else's: it knows no such table.
        return None
    finally:
        connection.execute(f"DETACH {_PUBLISHED}")
    return name


def write_down(connection: duckdb.DuckDBPyConnection, target: Path, table: Table, query: str) -> None:
    """Replace the memory of a table by what a query returns."""
    path = memory_path(target, table)
    scratch = path.with_name(f"{path.name}.next")
    connection.execute(f"COPY ({query}) TO {sql_text(str(scratch))} (FORMAT parquet)")
    os.replace(scratch, path)
