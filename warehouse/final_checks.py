"""The last checks, on the finished file and before anyone sees it: is it whole, and does it hang together?

Rows have been validated long before; what fails here is a fault of the program, and the old file stays. The checks are
made from `schemas/tables`, so a new table is checked without a change here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import duckdb
import polars as pl

from schemas.columns import Table, sql_text
from schemas.projections import qualified
from schemas.tables import CHECK_RESULTS, FACT_TABLES, TABLES
from schemas.vocabulary import Severity
from warehouse.patch import Touched

# Column with the words that raw_start and raw_end point at, by table.
QUOTED = {**{table.full_name: "quote" for table in FACT_TABLES}, "number_ledger": "text"}


@dataclass(frozen=True)
class FinalCheck:
    """One check of the finished file.

    Attributes:
        table: Full name of the table that is looked at.
        name: Name of the check; the prefix tells it from the checks of a stage.
        severity: `error` keeps the old file.
        description: What holds when it passes.
        failed: SQL that counts what fails.
    """

    table: str
    name: str
    severity: Severity
    description: str
    failed: str


def final_checks(expected: dict[str, int], touched: Touched | None = None) -> Iterator[FinalCheck]:
    """The checks of a file whose tables should have the expected numbers of rows.

    Args:
        expected: Rows by table.
        touched: Documents whose rows are new, by table; only their words are looked up in the text, which takes far
            longer than everything else. None for all.
    """
    for name, count in expected.items():
        counted = f"SELECT abs(count(*) - {count}) FROM {qualified(TABLES[name])}"
        yield FinalCheck(name, "file:row_count", "error", "Every row of the shards is in the file.", counted)
    for table in TABLES.values():
        yield from _keys(table)
        yield from _references(table)
    for name, column in QUOTED.items():
        yield _quotes(TABLES[name], column, None if touched is None else touched[name])
    yield from _ACROSS


def _keys(table: Table) -> Iterator[FinalCheck]:
    if table.enforce_key:
        # The file has an index, which has refused a second row already.
        return
    for columns in (table.primary_key, *table.unique):
        words = ", ".join(columns)
        failed = f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) - 1 AS n FROM {qualified(table)} GROUP BY {words})"
        yield FinalCheck(table.full_name, f"file:key.{'_'.join(columns)}", "error", f"{words} name one row.", failed)


def _references(table: Table) -> Iterator[FinalCheck]:
    for key in table.foreign_keys:
        failed = (
            f"SELECT count(*) FROM {qualified(table)} WHERE {key.column} IS NOT NULL AND {key.column} NOT IN "
            f"(SELECT {key.key} FROM {qualified(TABLES[key.table])})"
        )
        yield FinalCheck(table.full_name, f"file:{key.name}", "error", f"{key.column} is in {key.references}.", failed)


def _quotes(table: Table, column: str, doc_ids: Collection[str] | None) -> FinalCheck:
    facts = qualified(table)
    if doc_ids is not None:
        # First of all: else the text of every document would be fetched.
        facts = f"(FROM {facts} WHERE doc_id IN ({', '.join(map(sql_text, sorted(doc_ids))) or 'NULL'}))"
    failed = (
        f"SELECT count(*) FROM {facts} AS fact LEFT JOIN main.document_texts AS text USING (doc_id) "
        f'WHERE fact."{column}" IS DISTINCT FROM substr(raw_text, raw_start + 1, raw_end - raw_start)'
    )
    return FinalCheck(
        table.full_name, "file:quote", "error", f"{column} is what the text says from raw_start to raw_end.", failed
    )


_OF_FACTS = " UNION ALL ".join(f"SELECT doc_id FROM {qualified(table)}" for table in FACT_TABLES)
_FACT_IDS = " UNION ALL ".join(f"SELECT {table.primary_key[0]} FROM {qualified(table)}" for table in FACT_TABLES)
_RECORD_IDS = ", ".join(f"record->>'{table.primary_key[0]}'" for table in FACT_TABLES)
_ACROSS = (
    FinalCheck(
        "quality.differences",
        "file:rows_kept",
        "warn",
        "No table of facts, documents or the registry has less than half of the rows that it had in the build before.",
        # Fewer refusals, findings, conflicts or corrections are no loss.
        """SELECT count(*) FROM quality.differences
           WHERE table_name NOT LIKE 'quality.%'
               AND 2 * (added + changed + unchanged) < removed + changed + unchanged""",
    ),
    FinalCheck(
        "number_ledger",
        "file:facts_exist",
        "error",
        "A number that became a fact names one that is published, or says that it was refused.",
        f"""SELECT count(*) FROM main.number_ledger
            WHERE disposition <> 'rejected' AND fact_id IS NOT NULL AND fact_id NOT IN ({_FACT_IDS})""",
    ),
    FinalCheck(
        "documents",
        "file:accounted",
        "error",
        "A document without facts has a row in quality.rejected that says why.",
        f"""SELECT count(*) FROM main.documents
           WHERE status = 'current' AND doc_id NOT IN ({_OF_FACTS})
             AND doc_id NOT IN (SELECT doc_id FROM quality.rejected WHERE doc_id IS NOT NULL)""",
    ),
    FinalCheck(
        "number_ledger",
        "file:rejected_explained",
        "warn",
        "A number whose fact was refused finds it in quality.rejected.",
        f"""SELECT count(*) FROM main.number_ledger
           WHERE disposition = 'rejected' AND fact_id IS NOT NULL AND fact_id NOT IN (
               SELECT coalesce({_RECORD_IDS}, '') FROM quality.rejected)""",
    ),
    FinalCheck(
        "quality.check_results",
        "file:comments",
        "error",
        "Every table, view and column has a description.",
        """SELECT (SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary
                   AND comment IS NULL)
                + (SELECT count(*) FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
                   AND NOT temporary AND comment IS NULL)
                + (SELECT count(*) FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
                   AND comment IS NULL)""",
    ),
)


def run_final_checks(
    connection: duckdb.DuckDBPyConnection, expected: dict[str, int], touched: Touched | None = None
) -> pl.DataFrame:
    """Run the checks on the attached file; rows of `quality.check_results`."""
    checks = list(final_checks(expected, touched))
    counted = {
        name: _number(connection, f"SELECT count(*) FROM {qualified(TABLES[name])}")
        for name in dict.fromkeys(check.table for check in checks)
    }
    rows = []
    for check in checks:
        failed = _number(connection, check.failed)
        rows.append(
            (check.table, check.name, check.severity, failed == 0, counted[check.table], failed, check.description)
        )
    return pl.DataFrame(rows, schema=CHECK_RESULTS.polars_schema(), orient="row")


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    # All of it: a result that is not read to its end keeps the connection busy.
    return int(connection.execute(query).fetchall()[0][0])
