"""The tables about the data itself: what was refused, and what the checks of the build found."""

from typing import get_args

import polars as pl

from schemas.columns import (
    BIGINT,
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    TEXT_LIST,
    TIMESTAMP,
    Column,
    ForeignKey,
    RowRule,
    Table,
)
from schemas.vocabulary import (
    BREAKDOWN_PATTERN,
    DOC_ID_PATTERN,
    FACT_ID_PATTERN,
    PERIOD_PATTERN,
    PLACE_CODE_PATTERN,
    UNIT_MEASURE_PATTERN,
    Bound,
    CorrectionAction,
    CorrectionStatus,
    Effect,
    Measure,
    Nature,
    Severity,
    Verdict,
)

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


DIFFERENCES = Table(
    name="differences",
    schema="quality",
    description="One row for each table: how its rows differ from those of the build before, by key. A new code "
    "version alone is no change. Empty for the first build.",
    primary_key=("table_name",),
    columns=(
        Column("table_name", TEXT, "The table.", False),
        *(
            Column(name, BIGINT, meaning, False, minimum=0, unit="rows")
            for name, meaning in (
                ("added", "Rows whose key the build before does not have."),
                ("removed", "Rows of the build before whose key this one does not have."),
                ("changed", "Rows with the same key and other values."),
                ("unchanged", "Rows that are the same."),
            )
        ),
    ),
)

CORRECTIONS = Table(
    name="corrections",
    schema="quality",
    description="One row for each correction by a person in corrections.yaml, with what came of it. One that finds no "
    "row, or not the row that it expects, is an error: the file before stays published until somebody mends it.",
    primary_key=("correction_id",),
    columns=(
        Column("correction_id", TEXT, "Its id in the file; corrected rows carry it in column correction.", False),
        Column("table_name", TEXT, "The table of the row that it is about.", False),
        Column("action", TEXT, "What it does to the row.", False, domain=get_args(CorrectionAction)),
        Column("document", TEXT, "The document, as written in the file."),
        Column("quote", TEXT, "Words of the row's quote, as written in the file."),
        Column("fact_id", TEXT, "Id of the fact that it found, or names.", pattern=FACT_ID_PATTERN),
        Column("changes", TEXT, "JSON object: the values that it sets, by column.", False),
        Column("reason", TEXT, "Why, in the words of the person.", False),
        Column("corrected_by", TEXT, "Who says so.", False),
        Column("corrected_on", DATE, "The day of the correction.", False),
        Column(
            "status",
            TEXT,
            "applied; no_match: no row of that document has the quote; guard_failed: the row does not say what expect "
            "says; ambiguous: several rows do; "
            "refused: the corrected row breaks a rule, and quality.rejected would have it.",
            False,
            domain=get_args(CorrectionStatus),
        ),
    ),
)

FINDINGS = Table(
    name="findings",
    schema="quality",
    description="One row for each cross-check of cross_checks that some numbers do not pass. The numbers stay "
    "published: a note only says so, a doubt marks them as suspect (obs_status Q, the check's name in doubts).",
    primary_key=("finding_id",),
    columns=(
        Column("finding_id", TEXT, "Hash of check and observations.", False, pattern=FACT_ID_PATTERN),
        Column("check_name", TEXT, "Name of the cross-check.", False),
        Column("effect", TEXT, "note: worth a look; doubt: the numbers are suspect.", False, domain=get_args(Effect)),
        Column("ref_area", TEXT, "GB/T 2260 code of the place.", False, pattern=PLACE_CODE_PATTERN),
        Column("time_period", TEXT, "The period.", pattern=PERIOD_PATTERN),
        Column("observation_ids", TEXT_LIST, "The observations that do not go together.", False),
        Column("deviation", NUMBER, "By how much, in the measure that cross_checks.deviation names.", False),
        Column("reason", TEXT, "What does not go together, in words.", False),
    ),
    foreign_keys=(ForeignKey("check_name", "cross_checks.name"), ForeignKey("ref_area", "places.code")),
    rules=(
        RowRule(
            "names_observations",
            "a finding names observations",
            "the finding names no observation",
            lambda: pl.col("observation_ids").list.len() > 0,
            "len(observation_ids) > 0",
        ),
    ),
)


def _two_sides(*columns: Column) -> tuple[Column, ...]:
    """The columns of a statement and of the other one that it is held against."""
    return tuple(
        Column(
            f"{side}{column.name}",
            column.type,
            column.description if not side else f"The same of the other statement: {column.description}",
            column.nullable,
            domain=column.domain,
            pattern=column.pattern,
            unit=column.unit and f"as in column {side}unit_measure",
        )
        for side in ("", "other_")
        for column in columns
    )


CONFLICTS = Table(
    name="conflicts",
    schema="quality",
    description="One row for each statement that differs from the best one (marts.indicator_series prefers it) about "
    "the same indicator, breakdown, measure, nature, place and period, with a verdict on why they may differ.",
    primary_key=("observation_id", "other_observation_id"),
    columns=(
        Column("ref_area", TEXT, "GB/T 2260 code of the place.", False, pattern=PLACE_CODE_PATTERN),
        Column("ref_area_name", TEXT, "Its official full name.", False),
        Column("indicator", TEXT, "Code in indicators.", False, pattern=UNIT_MEASURE_PATTERN),
        Column("indicator_name", TEXT, "Its standard Chinese name.", False),
        Column("breakdown", TEXT, "Which part the numbers are for.", False, pattern=BREAKDOWN_PATTERN),
        Column("measure", TEXT, "Kind of number.", False, domain=get_args(Measure)),
        Column("nature", TEXT, "actual, target or estimate.", False, domain=get_args(Nature)),
        Column("time_period", TEXT, "The period.", False, pattern=PERIOD_PATTERN),
        *_two_sides(
            Column("observation_id", TEXT, "The observation.", False, pattern=FACT_ID_PATTERN),
            Column("doc_id", TEXT, "Its document.", False, pattern=DOC_ID_PATTERN),
            Column("obs_value", NUMBER, "Its value in the base unit.", False, unit="as in column unit_measure"),
            Column("unit_measure", TEXT, "Its base unit.", False, pattern=UNIT_MEASURE_PATTERN),
            Column("bound", TEXT, "Its bound.", False, domain=get_args(Bound)),
        ),
        Column(
            "verdict",
            TEXT,
            "rounding: equal as far as the coarser one is written; bound: one only bounds, and the other keeps within; "
            "definition: measured in another base unit; revision: a later document tells another value, not far away; "
            "contradiction: none of these.",
            False,
            domain=get_args(Verdict),
        ),
        Column("difference", NUMBER, "Difference as a share of the larger value; NULL between two units.", minimum=0),
    ),
    foreign_keys=(
        ForeignKey("observation_id", "observations.observation_id"),
        ForeignKey("other_observation_id", "observations.observation_id"),
    ),
    rules=(
        RowRule(
            "two_statements",
            "the two statements are not the same",
            "the statement is held against itself",
            lambda: pl.col("observation_id") != pl.col("other_observation_id"),
            "observation_id <> other_observation_id",
        ),
    ),
)
