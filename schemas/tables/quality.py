"""The tables about the data itself: what was refused, and what the checks of the build found."""

from typing import get_args

import polars as pl

from schemas.columns import BIGINT, BOOLEAN, TEXT, TIMESTAMP, Column, RowRule, Table
from schemas.vocabulary import DOC_ID_PATTERN, Severity

REJECTED = Table(
    name="rejected",
    schema="quality",
    description="One row for each record that a hard rule refused, with the reason. Nothing refused is dropped. A "
    "record that breaks several rules has a row for each; count distinct record for records.",
    primary_key=("rejection_id",),
    columns=(
        Column(
            "rejection_id",
            TEXT,
            "Hash of stage, table, rule, position and record: the same refusal in every build.",
            False,
            pattern=DOC_ID_PATTERN,
        ),
        Column("stage", TEXT, "The stage that refused it: reading, cleaning, extraction, validation.", False),
        Column("table_name", TEXT, "The table that the record would have gone to.", False),
        Column("rule", TEXT, "Name of the rule that it breaks.", False),
        Column("reason", TEXT, "What is wrong, in words.", False),
        Column("record", TEXT, "The record as a JSON object, as it came to the rule.", False),
        Column("doc_id", TEXT, "The document; NULL when there is none, such as for a file that could not be read."),
        Column("raw_start", BIGINT, "Where the record's words start in the raw text.", unit="Unicode code points"),
        Column("raw_end", BIGINT, "Where they end, exclusive.", unit="Unicode code points"),
        Column(
            "suggestion",
            TEXT,
            "What the record should probably say, where that can be argued; never applied by itself.",
        ),
        Column("first_seen", TIMESTAMP, "Time of the first build that had this refusal, UTC.", False),
        Column("last_seen", TIMESTAMP, "Time of the last build that had it, UTC.", False),
    ),
    rules=(
        RowRule(
            "seen_in_order",
            "first_seen is not after last_seen",
            "first_seen {first_seen} is after last_seen {last_seen}",
            lambda: pl.col("first_seen") <= pl.col("last_seen"),
            "first_seen <= last_seen",
        ),
    ),
)

# The columns that a stage fills in; the others come with the build.
REJECTED_BY_STAGE: tuple[str, ...] = tuple(
    name for name in REJECTED.column_names if name not in ("rejection_id", "first_seen", "last_seen")
)

CHECK_RESULTS = Table(
    name="check_results",
    schema="quality",
    description="One row for each check of the last build.",
    primary_key=("table_name", "check_name"),
    columns=(
        Column("table_name", TEXT, "The table that was checked.", False),
        Column("check_name", TEXT, "Name of the check.", False),
        Column("severity", TEXT, "error stops what follows; warn is shown.", False, domain=get_args(Severity)),
        Column("passed", BOOLEAN, "Whether no row failed.", False),
        Column("row_count", BIGINT, "Rows that were looked at.", False, minimum=0, unit="rows"),
        Column("failed_count", BIGINT, "Rows that failed.", False, minimum=0, unit="rows"),
        Column("description", TEXT, "What the check says, in words.", False),
    ),
    rules=(
        RowRule(
            "passed_without_failures",
            "a check has passed exactly when no row failed",
            "passed is {passed} but {failed_count} rows failed",
            lambda: pl.col("passed") == (pl.col("failed_count") == 0),
            "passed = (failed_count = 0)",
        ),
    ),
)
