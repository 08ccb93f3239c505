"""Where the rows of a table come from: Parquet shards of the lake, or a frame, seen by DuckDB as one relation.

Rows go in by one INSERT … SELECT. Types must be the declared ones: DuckDB would round a finer decimal in silence.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl

from schemas.columns import sql_text

Source = Sequence[Path] | pl.DataFrame | pl.LazyFrame


class BuildError(RuntimeError):
    """The file cannot be built from what was given; the old file stays. The message says what to do."""


class Rows:
    """The rows of one source, under a name that queries can use.

    Attributes:
        name: Name of a temporary view with the wanted columns.
        count: How many rows it has.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: str,
        columns: dict[str, str],
        source: Source,
        doc_ids: Collection[str] | None = None,
    ) -> None:
        """Look at a source.

        Args:
            connection: Where the view is made.
            table: Full name of the table that the rows are for.
            columns: The wanted columns with their DuckDB types.
            source: Parquet files, all with these columns, or a frame.
            doc_ids: Only rows of these documents, and rows of no document; None for all.

        Raises:
            BuildError: A column is missing or of another type.
        """
        self.name = f"source_{table.replace('.', '_')}"
        if isinstance(source, pl.LazyFrame | pl.DataFrame):
            frame = source.lazy().collect()
            missing = [name for name in columns if name not in frame.columns]
            if missing:
                raise BuildError(f"{table}: its frame has no columns {missing}; they are declared in schemas/tables")
            connection.register(f"{self.name}_frame", frame.select(list(columns)))
            query = f"FROM {self.name}_frame"
        else:
            query = selected(columns, source)
        if doc_ids is not None and "doc_id" in columns:
            wanted = pl.DataFrame({"doc_id": sorted(doc_ids)}, schema={"doc_id": pl.String})
            connection.register("wanted_documents", wanted)
            query += " WHERE doc_id IS NULL OR doc_id IN (SELECT doc_id FROM wanted_documents)"
        try:
            connection.execute(f"CREATE TEMP VIEW {self.name} AS {query}")
            given = {row[0]: row[1] for row in connection.execute(f"DESCRIBE {self.name}").fetchall()}
            self.count: int = connection.execute(f"SELECT count(*) FROM {self.name}").fetchall()[0][0]
        except duckdb.Error as error:
            told = f"{table}: its rows cannot be read ({error}); remove the shard, it is made again"
            raise BuildError(told) from error
        wrong = {name: given[name] for name, kind in columns.items() if given[name] != kind}
        if wrong:
            raise BuildError(f"{table}: columns {wrong} do not have the types that schemas/tables declares")


def selected(columns: Mapping[str, str], shards: Sequence[Path]) -> str:
    """The query for some columns of Parquet files; without any file, it has these columns and no rows.

    Args:
        columns: The columns with their DuckDB types.
        shards: The files.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    if not shards:
        empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
        return f"SELECT {names} FROM (SELECT {empty} WHERE false)"
    return f"SELECT {names} FROM read_parquet([{', '.join(sql_text(str(path)) for path in shards)}])"
