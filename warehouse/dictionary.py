"""The data dictionary, `docs/dictionary.md`: every table and view that is published, with its columns and rules.

Belongs here: putting the page together. Does not belong here: what a table is (`schemas/tables`), what a view is
(`marts/*.sql`), what is checked (`pipelines/validation/rules.py`, `schemas/registry/cross_checks.csv`).

    python -m warehouse.dictionary        # writes the page; `make docs` calls it
"""

from pathlib import Path

from pipelines.validation.rules import RULES
from schemas.projections import dictionary
from schemas.registry import load_registry
from schemas.registry_cross_checks import KINDS
from schemas.tables import TABLES
from warehouse.marts import Mart, read_marts

PATH = Path(__file__).resolve().parent.parent / "docs" / "dictionary.md"
HEAD = """# Data dictionary

Made by `make docs` from the declarations of the tables and views; do not edit it by hand. The same words are in the
file itself: `SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'observations'`.

## Before you use a number

- **Mixed units.** `value` and `unit` are as written; one indicator comes in 万元, 亿元 and 美元. Compare and add
  `obs_value`, and only rows of one `unit_measure`.
- **Bounds.** Only `bound = 'exact'` is the number itself. 超5000亿元 is `at_least`, 近 and 约 are `approx`: do not
  average them. Of a decline it is the bound of the size: 下降3%以上 is -3, `at_least`.
- **Targets.** `nature = 'target'` was aimed at, not reached. Views of actual values leave targets out.
- **Periods.** `period_basis = 'inferred'` says that the text does not tell the period: the latest state at publication
  was taken. Parts of a year are periods of their own (`2024-01/2024-06`) and compare with no year.
- **Parts.** `breakdown` other than `{}` is a part of the indicator. A part is never comparable with the whole.
- **Suspect rows.** `obs_status = 'Q'` is published but doubted; `doubts` says by which rule. `quality.findings` and
  `quality.conflicts` have the details.
- **Copies.** The same statement in ten documents is ten rows of `observations`. `documents.copy_of` links
  near copies, and `marts.indicator_series` has one row with the number of its sources.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, "# Tables\n", *map(dictionary, TABLES.values()), "# Marts\n", *map(_mart, read_marts())]
    return "\n".join([*parts, "# Checks\n", _rules(), _cross_checks()])


def _mart(mart: Mart) -> str:
    lines = [f"## {mart.full_name}", "", mart.description, "", "| column | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |" for name, meaning in mart.columns.items()]
    return "\n".join(lines) + "\n"


def _rules() -> str:
    lines = [
        "## Rules about one row",
        "",
        "Beside the constraints that are told with each table. `refuse`: the row goes to `quality.rejected`; `doubt`: "
        "it is published as suspect.",
        "",
        "| table | rule | effect | what holds |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {table} | `{rule.name}` | {rule.effect} | {rule.description} |"
        for table, rules in RULES.items()
        for rule in rules
    ]
    return "\n".join(lines) + "\n"


def _cross_checks() -> str:
    lines = [
        "## Cross-checks",
        "",
        "What several numbers must say together. A deviation above the first limit is noted in `quality.findings`, one "
        "above the second makes the numbers suspect.",
        "",
        "| check | what holds | noted above | doubted above | measured in |",
        "|---|---|---|---|---|",
    ]
    for check in load_registry().cross_checks:
        limits = f"{check.note_above} | {check.doubt_above} | {KINDS[check.kind].deviation}"
        lines.append(f"| `{check.name}` | {check.description} | {limits} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(page(), encoding="utf-8")
