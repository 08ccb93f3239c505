"""Documents that are no longer there: superseded by a newer revision of the same file, or withdrawn with it.

Their rows stay in `documents`; their facts are published no longer. What earlier builds knew of them is kept beside the
warehouse in a small Parquet file, `documents_seen.parquet`. Their bytes' raw text stays in the lake.
"""

from pathlib import Path

import duckdb

from schemas.projections import qualified
from schemas.tables import DOCUMENTS
from warehouse.memory import recall, write_down


def load_gone_documents(connection: duckdb.DuckDBPyConnection, target: Path) -> int:
    """Add the documents of earlier builds that are not among the current ones; returns how many there are.

    A document whose path another one has now is superseded by that one; any other is withdrawn.
    """
    seen = recall(connection, target, DOCUMENTS)
    if seen is None:
        return 0
    known = {row[0] for row in connection.execute(f"DESCRIBE {seen}").fetchall()}
    names = [name for name in DOCUMENTS.column_names if name in known and name not in ("status", "ref_area")]
    documents = qualified(DOCUMENTS)
    before = _count(connection)
    connection.execute(
        f"""
        INSERT INTO {documents} BY NAME
        SELECT
            {", ".join(names)},
            -- A code may have left the registry since.
            CASE WHEN ref_area IN (SELECT code FROM main.places) THEN ref_area END AS ref_area,
            CASE WHEN EXISTS (
                FROM {documents} AS newer WHERE list_has_any(newer.paths, gone.paths)
            ) THEN 'superseded' ELSE 'withdrawn' END AS status
        FROM {seen} AS gone
        WHERE doc_id NOT IN (SELECT doc_id FROM {documents})
        ORDER BY doc_id
        """
    )
    return _count(connection) - before


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {qualified(DOCUMENTS)}").fetchall()[0][0])


def remember_documents(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write down the documents of this build, gone ones included, for the next one."""
    write_down(connection, target, DOCUMENTS, f"SELECT * FROM {qualified(DOCUMENTS)} ORDER BY doc_id")
