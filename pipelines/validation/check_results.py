"""Counting for the asset checks: every declared constraint of a table, with how many rows keep it.

The rows that are counted are the published ones, so the counts of a sound pipeline are all zero: a check that fails has
found a fault of the program, and stops what follows. What was refused before, and why, is in `quality.rejected`.
"""

import polars as pl

from pipelines.validation.context import Context
from pipelines.validation.rules import RULES
from pipelines.validation.split import references, with_surroundings
from pipelines.validation.structure import broken_rows, cast, failing
from schemas.tables import CHECK_RESULTS, TABLES


def check_results(table: str, frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Count the rows of a published table that break each of its constraints and rules.

    Args:
        table: Full name of the table.
        frame: Its rows.
        context: Texts and registry.

    Returns:
        Rows of `quality.check_results`, one for each constraint, foreign key and rule. Doubts are warnings: they count
        the rows that are published as suspect.
    """
    described = TABLES[table]
    fitting, unfit = cast(described, frame)
    broken = [unfit, broken_rows(described, fitting)]
    rows = with_surroundings(described, fitting, context)
    rules = RULES.get(table, ())
    holds = references(described, context) | {rule.name: rule.holds() for rule in rules}
    counts = dict(pl.concat([*broken, failing(holds, rows)]).group_by("constraint").len().iter_rows())
    told = [(c.name, "error", c.description) for c in described.constraints()]
    told += [(key.name, "error", f"{key.column} is in {key.references}") for key in described.foreign_keys]
    told += [(rule.name, "error" if rule.effect == "refuse" else "warn", rule.description) for rule in rules]
    return pl.DataFrame(
        [
            {
                "table_name": table,
                "check_name": name,
                "severity": severity,
                "passed": counts.get(name, 0) == 0,
                "row_count": frame.height,
                "failed_count": counts.get(name, 0),
                "description": description,
            }
            for name, severity, description in told
        ],
        schema=CHECK_RESULTS.polars_schema(),
    )
