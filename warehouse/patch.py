"""Starting from the published file instead of from nothing: only rows of documents that have changed are replaced.

Belongs here: taking out the rows that are no longer right; `build.py` puts in those that are missing then. Does not
belong here: deciding whether the published file is fit to start from (`pipelines/patch.py`).

What comes out has the rows of a build from nothing; only their order on the disk is another one.
"""

from collections.abc import Collection, Mapping

import duckdb
import polars as pl

from schemas.columns import Table
from schemas.projections import qualified
from schemas.tables import CONFLICTS, DOCUMENTS, FINDINGS, OBSERVATIONS, TABLES
from warehouse.sources import Rows

# The documents whose rows of a table are other ones than in the published file: new, changed or gone; by table.
Touched = Mapping[str, Collection[str]]


def clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out of the copied file what is made anew with every build: refusals, and what checks have told."""
    for table in TABLES.values():
        if table.schema == "quality" and table not in (FINDINGS, CONFLICTS):
            connection.execute(f"DELETE FROM {qualified(table)}")


def take_out(connection: duckdb.DuckDBPyConnection, table: Table, rows: Rows, touched: Touched) -> str | None:
    """Take out of a table what its source does not have, or has otherwise.

    Returns:
        The condition that a row of the source keeps when it is not in the table now; None when it has all of them.
    """
    name = qualified(table)
    if table == DOCUMENTS:
        # Row by row: paths, and what a document is a copy of, change without its bytes.
        columns = ", ".join(table.column_names)
        differing = f"(SELECT {columns} FROM {name} EXCEPT SELECT {columns} FROM {rows.name})"
        connection.execute(f"DELETE FROM {name} WHERE doc_id IN (SELECT doc_id FROM {differing})")
        return f"doc_id NOT IN (SELECT doc_id FROM {name})"
    if "doc_id" not in table.column_names:
        return None
    condition = note_touched(connection, table, name, rows, touched)
    connection.execute(f"DELETE FROM {name} WHERE {condition}")
    if table == OBSERVATIONS:
        _undoubt(connection, rows)
    return condition


def note_touched(connection: duckdb.DuckDBPyConnection, table: Table, before: str, rows: Rows, touched: Touched) -> str:
    """Note which places something else is told of now, if the table is that of the observations.

    Args:
        connection: The connection that builds the file.
        table: A table of documents.
        before: The relation that has its rows in the published file.
        rows: Its rows now.
        touched: The documents whose rows are other ones, by table.

    Returns:
        The condition that the rows of these documents keep.
    """
    doc_ids = pl.DataFrame({"doc_id": sorted(touched[table.full_name])}, schema={"doc_id": pl.String})
    connection.register("touched_documents", doc_ids)
    condition = "doc_id IN (SELECT doc_id FROM touched_documents)"
    if table == OBSERVATIONS:
        # What several numbers of these places say together is checked again.
        of = "SELECT ref_area FROM {} WHERE " + condition
        connection.execute(f"CREATE TEMP TABLE touched_areas AS {of.format(before)} UNION {of.format(rows.name)}")
    return condition


def _undoubt(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Give observations that the cross-checks of the build before doubted the status that validation gave them."""
    connection.execute(
        f"""
        UPDATE main.observations
        SET obs_status = stated.obs_status, doubts = stated.doubts
        FROM (SELECT observation_id, obs_status, doubts FROM {rows.name}) AS stated
        WHERE stated.observation_id = observations.observation_id
            AND observations.obs_status = 'Q' AND observations.doubts IS DISTINCT FROM stated.doubts
        """
    )
