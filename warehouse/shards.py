"""Which shards of the lake a published file reads through its views.

Belongs here: the list that the file keeps of them. Does not belong here: the views (`shard_views.py`). Whoever only
opens a file needs no more than this, and none of the schemas.
"""

from pathlib import Path

import duckdb

from schemas.columns import Table, sql_text

SHARDS = "lake.shards"


def shards_of(connection: duckdb.DuckDBPyConnection, table: Table | None = None) -> list[Path]:
    """The Parquet files that a file reads, for one of its views or for all; none where its tables hold the rows.

    Args:
        connection: A connection whose default database is the file.
        table: The table that is published as a view.
    """
    try:
        of = "" if table is None else f" WHERE table_name = {sql_text(table.full_name)}"
        return [Path(row[0]) for row in connection.execute(f"SELECT path FROM {SHARDS}{of}").fetchall()]
    except duckdb.CatalogException:
        return []
