"""Checks of published tables, projected from `schemas/` and the rules of validation.

Belongs here: which checks a table gets, and what they found, in Dagster's and in the warehouse's form. Does not
belong here: what a row must keep (`schemas/tables/`, `validation/rules.py`), or refusing one that does not
(`validation/`).

The rows looked at are about to be published, so a failing check of severity `error` has found a fault of the program.
Constraints and rules are counted when a shard is made and kept with it (`validation/check_results.py`); what only
shows in the whole table is measured in every run.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from pipelines.validation.rules import RULES
from schemas.tables import CHECK_RESULTS, TABLES
from schemas.vocabulary import Severity

# Failing rows shown in the UI; all of them are found by SQL.
SHOWN_ROWS = 20
# Shares above which a look at quality.rejected, or at the ledger, is worth the time.
REFUSAL_LIMIT = 0.05
UNASSIGNED_LIMIT = 0.10
QUOTE_RULE = "quote_is_text"


@dataclass(frozen=True)
class Check:
    """A check of a table.

    Attributes:
        table: full name of the table.
        name: `constraints`, `quote`, `key`, `doubts`, `refusals` or `coverage`.
        severity: `error` stops what follows, `warn` is shown.
        description: what holds when it passes.
    """

    table: str
    name: str
    severity: Severity
    description: str

    @property
    def of_whole_table(self) -> bool:
        """Whether it only shows in the whole table; the others sum up constraints that are told one by one."""
        return self.name in ("key", "refusals", "coverage")


@dataclass(frozen=True)
class Finding:
    """What a check found; it has passed when no row failed.

    Attributes:
        failing: at most `SHOWN_ROWS` of what failed: rows, or constraints with their counts.
    """

    check: Check
    row_count: int
    failed_count: int
    failing: tuple[dict[str, Any], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no row failed."""
        return self.failed_count == 0

    def describe(self) -> str:
        """Such as `3 failed, 302 looked at`."""
        counted = f"{self.row_count:,} looked at"
        return f"{counted}, none failed" if self.passed else f"{self.failed_count:,} failed, {counted}"

    def row(self) -> dict[str, Any]:
        """The finding as a row of `quality.check_results`."""
        return {
            "table_name": self.check.table,
            "check_name": self.check.name,
            "severity": self.check.severity,
            "passed": self.passed,
            "row_count": self.row_count,
            "failed_count": self.failed_count,
            "description": self.check.description,
        }


@cache
def checks_of(name: str) -> tuple[Check, ...]:
    """The checks of a published table, in the order in which they are told."""
    table, rules = TABLES[name], RULES.get(name, ())
    count = len(table.constraints()) + len(table.foreign_keys)
    count += sum(rule.effect == "refuse" and rule.name != QUOTE_RULE for rule in rules)
    found = [
        Check(
            name, "constraints", "error", f"Every row keeps all {count} constraints and rules that are declared for it."
        ),
        Check(name, "key", "error", f"No two rows have the same {', '.join(table.primary_key)}."),
    ]
    if any(rule.name == QUOTE_RULE for rule in rules):
        found.append(Check(name, "quote", "error", "Every quote is what the document says at its position."))
    if any(rule.effect == "doubt" for rule in rules):
        found.append(
            Check(name, "doubts", "warn", "No row is doubted by itself; warehouse.cross_checks has the others.")
        )
    if "rule" in table.column_names:
        words = f"At most {REFUSAL_LIMIT:.0%} of the records were refused; quality.rejected has them."
        found.append(Check(name, "refusals", "warn", words))
    if "disposition" in table.column_names:
        words = f"At most {UNASSIGNED_LIMIT:.0%} of the numbers in the text are left unassigned."
        found.append(Check(name, "coverage", "warn", words))
    return tuple(found)


CORRECTIONS_APPLY = Check(
    "quality.corrections", "applied", "error", "Every correction finds the one row that it expects, and no other."
)


# What is told of the finished file: one check for each family of rows of quality.check_results.
OF_THE_FILE = {
    "file": Check("warehouse", "final_checks", "error", "The finished file is whole and hangs together."),
    "cross": Check("warehouse", "cross_checks", "warn", "Numbers that belong together go together."),
    "rows": Check("warehouse", "row_counts", "warn", "No table has lost half of its rows since the build before."),
}
ROWS_KEPT = "file:rows_kept"


def findings_of_file(results: pl.DataFrame) -> list[Finding]:
    """What the checks on the finished file found.

    Args:
        results: All rows of `quality.check_results` of the build.
    """
    name = pl.col("check_name")
    families = {
        "file": name.str.starts_with("file:") & (pl.col("severity") == "error"),
        "cross": name.str.starts_with("cross:"),
        "rows": name == ROWS_KEPT,
    }
    found = []
    for family, check in OF_THE_FILE.items():
        of_family = results.filter(families[family])
        failing = of_family.filter(~pl.col("passed")).select("check_name", "failed_count", "description")
        found.append(Finding(check, of_family.height, failing.height, _shown(failing.head(SHOWN_ROWS))))
    return found


def finding_of_corrections(results: pl.DataFrame) -> Finding:
    """Whether all corrections by people could be applied: one that cannot is about another text or another reading."""
    failing = results.filter(pl.col("status") != "applied")
    return Finding(CORRECTIONS_APPLY, results.height, failing.height, _shown(failing.head(SHOWN_ROWS)))


def findings(name: str, rows: pl.LazyFrame, counts: pl.DataFrame, refused: int) -> list[Finding]:
    """Put together what all checks of a table found.

    Args:
        name: full name of the table.
        rows: all rows about to be published.
        counts: how many rows break each constraint and rule, as `total`.
        refused: how many records of this table were refused.
    """
    height = rows.select(pl.len()).collect().item()
    return [_finding(check, rows, height, counts, refused) for check in checks_of(name)]


def total(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts of several shards as those of one table."""
    return (
        counts.group_by("table_name", "check_name", "severity", "description", maintain_order=True)
        .agg(pl.col("row_count", "failed_count").sum())
        .with_columns(passed=pl.col("failed_count") == 0)
        .select(CHECK_RESULTS.column_names)
    )


def _finding(check: Check, rows: pl.LazyFrame, height: int, counts: pl.DataFrame, refused: int) -> Finding:
    def of(failing: pl.LazyFrame, limit: float = 0) -> Finding:
        count = failing.select(pl.len()).collect().item()
        if count <= limit * height:
            return Finding(check, height, 0)
        return Finding(check, height, count, _shown(failing.head(SHOWN_ROWS).collect()))

    match check.name:
        case "key":
            key = TABLES[check.table].primary_key
            return of(rows.filter(pl.struct(key).is_duplicated()))
        case "doubts":
            return of(rows.filter(pl.col("doubts").is_not_null()))
        case "coverage":
            return of(rows.filter(pl.col("disposition") == "unassigned"), UNASSIGNED_LIMIT)
        case "refusals":
            over = refused if refused > REFUSAL_LIMIT * (height + refused) else 0
            return Finding(check, height + refused, over)
        case "quote":
            broken = counts.filter(pl.col("check_name") == QUOTE_RULE)
        case _:
            broken = counts.filter(pl.col("severity") == "error", pl.col("check_name") != QUOTE_RULE)
    broken = broken.filter(pl.col("failed_count") > 0).select("check_name", "failed_count", "description")
    return Finding(check, height, int(broken["failed_count"].sum()), _shown(broken.head(SHOWN_ROWS)))


def _shown(rows: pl.DataFrame) -> tuple[dict[str, Any], ...]:
    # What a person looks at comes first; the long hashes come last.
    ids = [name for name in rows.columns if name.endswith("_id")]
    rows = rows.select(pl.exclude(ids), *ids)
    # Through JSON: decimals and dates become plain text.
    return tuple(json.loads(json.dumps(row, ensure_ascii=False, default=str)) for row in rows.iter_rows(named=True))


def as_check_results(found: Iterable[Finding]) -> pl.DataFrame:
    """Findings as rows of `quality.check_results`."""
    return pl.DataFrame([finding.row() for finding in found], schema=CHECK_RESULTS.polars_schema())
