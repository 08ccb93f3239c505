"""Charts in the Dagster UI: tables of Markdown with bars, which it shows in place, with real text and numbers.

Belongs here: what is counted for a chart, and how bars look. Does not belong here: which asset shows it, or any other
metadata (`ui_metadata.py`). How a number goes on over the runs the UI plots by itself, of numeric metadata.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import dagster as dg
import duckdb
import polars as pl

from schemas.tables import FACT_TABLES

# Bars in eighths of a character.
EIGHTHS = " ▏▎▍▌▋▊▉█"
LONGEST_BAR = 24
MOST_BARS = 15
CELL_WIDTH = 60
# What has a meaning in Markdown.
MARKS = re.compile(r"[\\`*_\[\]()<>&|!#~]")

Counts = Sequence[tuple[Any, int]]

FACTS = " UNION ALL ".join(f"SELECT '{table.name}' AS kind, doc_id FROM {table.name}" for table in FACT_TABLES)
FACTS_BY_KIND = f"SELECT kind, count(*) FROM ({FACTS}) GROUP BY kind ORDER BY count(*) DESC, kind"
FACTS_BY_DOCUMENT = f"""
    SELECT coalesce(documents.title, documents.file_name), count(facts.kind)
    FROM documents LEFT JOIN ({FACTS}) AS facts USING (doc_id)
    WHERE documents.status = 'current'
    GROUP BY documents.doc_id, 1
    ORDER BY 2 DESC, documents.doc_id
"""
COVERAGE = "SELECT disposition, count(*) FROM number_ledger GROUP BY disposition ORDER BY count(*) DESC, disposition"
REFUSALS = """
    SELECT concat_ws(' ', table_name, rule), count(*) FROM quality.rejected
    GROUP BY ALL ORDER BY count(*) DESC, 1
"""
RUN_ON_RUN = "FROM quality.differences ORDER BY added + removed + changed DESC, table_name"


def warehouse_charts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Charts of the published file, and its figures as numbers, which the UI plots over the builds."""
    kinds, documents, coverage, refusals = (
        connection.sql(query).fetchall() for query in (FACTS_BY_KIND, FACTS_BY_DOCUMENT, COVERAGE, REFUSALS)
    )
    numbers, of = sum(count for _, count in coverage), dict(coverage)
    compared = connection.sql(RUN_ON_RUN).pl()
    changed = compared.filter(pl.col("added") + pl.col("removed") + pl.col("changed") > 0)
    same = "as in the build before" if compared.height else "the first build"
    return {
        "facts": sum(count for _, count in kinds),
        "facts_by_kind": bars(kinds, "kind", "facts"),
        "facts_by_document": bars(documents, "document", "facts"),
        "numbers": numbers,
        "numbers_not_understood": of.get("unassigned", 0),
        "numbers_accounted_for_percent": round(100 * (1 - of.get("unassigned", 0) / numbers), 2) if numbers else 100.0,
        "coverage": bars(coverage, "what became of the numbers", "numbers"),
        "refused": sum(count for _, count in refusals),
        "refusals": bars(refusals, "table and rule", "refused"),
        "rows_added": int(changed["added"].sum()),
        "rows_removed": int(changed["removed"].sum()),
        "rows_changed": int(changed["changed"].sum()),
        "run_on_run": dg.MetadataValue.md(markdown_table(changed.iter_rows(named=True), same)),
    }


def chart_of(rows: pl.LazyFrame, column: str, counted: str) -> dg.MarkdownMetadataValue:
    """How many rows have each value of a column."""
    counts = rows.group_by(column).len("rows").sort("rows", column, descending=[True, False]).collect()
    return bars(counts.rows(), column, counted)


def bars(counts: Counts, what: str, counted: str) -> dg.MarkdownMetadataValue:
    """Counts as bars, in the order in which they come.

    Args:
        counts: What is counted, and how often it is there.
        what: The heading of the first column.
        counted: That of the number.
    """
    if not counts:
        return dg.MetadataValue.md(f"no {counted}")
    largest, total = max(count for _, count in counts), sum(count for _, count in counts)
    lines = [f"| {what} | | {counted} | share |", "|---|---|---:|---:|"]
    for name, count in counts[:MOST_BARS]:
        lines.append(f"| {cell(name)} | {bar(count, largest)} | {count:,} | {count / (total or 1):.1%} |")
    if rest := counts[MOST_BARS:]:
        count = sum(count for _, count in rest)
        lines.append(f"| … {len(rest):,} more | | {count:,} | {count / (total or 1):.1%} |")
    return dg.MetadataValue.md("\n".join(lines))


def bar(count: int, largest: int) -> str:
    """A bar of blocks, as long as the count is beside the largest.

    >>> bar(8, 8) == "█" * 24, bar(4, 8) == "█" * 12, bar(1, 1000), bar(0, 8)
    (True, True, '▏', '')
    """
    if count <= 0:
        return ""
    eighths = max(1, round(8 * LONGEST_BAR * count / largest))
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def markdown_table(rows: Iterable[dict[str, Any]], without: str = "no rows") -> str:
    """Rows as a Markdown table; long texts are cut, so that a page stays readable.

    Args:
        rows: The rows, all with the same names.
        without: What to say where there are none.
    """
    rows = list(rows)
    if not rows:
        return without
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([cell(row.get(name)) for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: Any) -> str:
    """A value as the text of a cell: a document's words must not become a picture, a link or an element of the page."""
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= CELL_WIDTH else f"{text[: CELL_WIDTH - 1]}…"
    return MARKS.sub(r"\\\g<0>", text)
