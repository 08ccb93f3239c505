"""`quality.rejected`: the refusals of all stages in one table, each with the first and last build that had it.

What was seen before is kept beside the warehouse in a small Parquet file, `rejected_seen.parquet`; it also remembers
refusals that are gone, so that one that comes back keeps its first day.
"""

from datetime import datetime
from pathlib import Path

import duckdb

from schemas.projections import qualified
from schemas.tables import REJECTED
from schemas.tables.quality import REJECTED_BY_STAGE
from warehouse.memory import recall, write_down
from warehouse.sources import Rows

# chr(31), the unit separator, stands in no record; an empty part is not the same as a missing one. A record that newer
# code reads and refuses again is the same refusal.
_RECORD = """regexp_replace(record, '"code_version":"[^"]*",?', '')"""
_ID = f"sha256(concat_ws(chr(31), stage, table_name, rule, {{}}, {_RECORD}))".format(
    ", ".join(f"coalesce({column}::VARCHAR, chr(0))" for column in ("doc_id", "raw_start", "raw_end"))
)


def load_rejections(connection: duckdb.DuckDBPyConnection, rows: Rows, target: Path, built_at: datetime) -> None:
    """Fill `quality.rejected`."""
    columns = ", ".join(REJECTED_BY_STAGE)
    known = recall(connection, target, REJECTED)
    nothing = (
        "(SELECT ''::VARCHAR AS rejection_id, now()::TIMESTAMP AS first_seen, first_seen AS last_seen WHERE false)"
    )
    connection.execute(
        f"CREATE TEMP TABLE seen_before AS SELECT rejection_id, first_seen, last_seen FROM {known or nothing}"
    )
    connection.execute(
        f"""
        INSERT INTO {qualified(REJECTED)} (rejection_id, {columns}, first_seen, last_seen)
        SELECT now.rejection_id, {", ".join(f"now.{name}" for name in REJECTED_BY_STAGE)},
               least(coalesce(before.first_seen, $built_at), $built_at), $built_at
        FROM (SELECT {_ID} AS rejection_id, * FROM {rows.name}) AS now
        LEFT JOIN seen_before AS before USING (rejection_id)
        -- Two stages may refuse the same record in the same words; it is one refusal.
        QUALIFY row_number() OVER (PARTITION BY now.rejection_id ORDER BY reason, suggestion) = 1
        ORDER BY doc_id, raw_start, stage, table_name, rule, rejection_id
        """,
        {"built_at": built_at},
    )


def remember(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write down what this build has seen, for the next one."""
    write_down(
        connection,
        target,
        REJECTED,
        f"""
        SELECT rejection_id, first_seen, last_seen FROM {qualified(REJECTED)}
        UNION ALL
        SELECT * FROM seen_before WHERE rejection_id NOT IN (SELECT rejection_id FROM {qualified(REJECTED)})
        ORDER BY rejection_id
        """,
    )
