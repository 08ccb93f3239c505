"""Looking into the published file from a terminal: what was refused, and what is different from the build before.

Belongs here: asking the file and printing. Does not belong here: SQL of the user's own (`sql_prompt.py`), or what a run
did (`recap.py`).
"""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipelines.fact_lookup import as_text
from pipelines.sql_prompt import open_warehouse
from warehouse.differences import COMPARED, changed_rows, differences

# Words shown before and after the words that a record stands on.
AROUND = 30
# What says nothing when two rows are compared by eye.
HIDDEN = {"code_version", "sentence"}


def print_rejected(console: Console, path: Path, rule: str | None, document: str | None, limit: int) -> int:
    """Print refused records with their words in the text.

    Args:
        console: Where to.
        path: The published file.
        rule: Only refusals by this rule.
        document: Only those of documents whose path contains this.
        limit: How many at most.

    Returns:
        How many refusals fit.
    """
    query = f"""
        SELECT stage, rule, reason, suggestion, record, doc_id, first_seen,
            coalesce(source_path, record->>'source_path') AS source_path,
            substr(raw_text, greatest(raw_start - {AROUND} + 1, 1), least(raw_start, {AROUND})) AS before,
            substr(raw_text, raw_start + 1, raw_end - raw_start) AS words,
            substr(raw_text, raw_end + 1, {AROUND}) AS after
        FROM quality.rejected
        LEFT JOIN (SELECT doc_id, source_path FROM documents) USING (doc_id)
        LEFT JOIN document_texts USING (doc_id)
        WHERE rule = coalesce($rule, rule) AND contains(coalesce(source_path, record->>'source_path', ''), $document)
        ORDER BY source_path, raw_start, rule
    """
    with open_warehouse(path) as connection:
        found = (
            connection.sql(query, params={"rule": rule and as_text(rule), "document": as_text(document or "")})
            .pl()
            .to_dicts()
        )
    for row in found[:limit]:
        _print_refusal(console, row)
    if len(found) > limit:
        console.print(f"… and {len(found) - limit} more; --limit shows them.")
    if not found:
        console.print("Nothing was refused that fits.")
    return len(found)


def _print_refusal(console: Console, row: dict[str, Any]) -> None:
    where = row["source_path"] or "?"
    console.print(
        f"[bold]{escape(where)}[/bold]  [yellow]{row['rule']}[/yellow]: {escape(row['reason'])}", soft_wrap=True
    )
    if row["words"]:
        before, words, after = (escape(_one_line(row[part])) for part in ("before", "words", "after"))
        console.print(f"  …{before}[reverse]{words}[/reverse]{after}…", soft_wrap=True)
    if row["suggestion"]:
        console.print(f"  probably: [green]{escape(row['suggestion'])}[/green]", soft_wrap=True)
    identity = next((value for name, value in json.loads(row["record"]).items() if name.endswith("_id")), None)
    if row["stage"] == "validation" and identity:
        console.print(f"  [dim]fact {identity}, first refused {row['first_seen']:%Y-%m-%d}[/dim]", soft_wrap=True)


def _one_line(text: str | None) -> str:
    """A document's words on one line, without characters that a terminal would obey instead of showing."""
    return "".join(mark for mark in " ".join((text or "").split()) if mark.isprintable())


def print_differences(console: Console, path: Path, before: Path, table: str | None, limit: int) -> None:
    """Print how the published file differs from an earlier build.

    Args:
        console: Where to.
        path: The published file.
        before: The earlier build.
        table: Also show the rows of this table that differ; None for none.
        limit: How many keys at most.
    """
    with open_warehouse(path) as connection:
        counts = differences(connection, before)
        grid = Grid("table", "added", "removed", "changed", "unchanged", box=None)
        for row in counts.iter_rows():
            if any(row[1:4]):
                grid.add_row(row[0], *(f"{count:,}" for count in row[1:]))
        if grid.row_count:
            console.print(grid)
        else:
            console.print("No row is different.")
        if table is not None:
            described = next(one for one in COMPARED if one.full_name == table)
            for what, values in changed_rows(connection, described, before, limit):
                _print_row(console, what, values)


def _print_row(console: Console, what: str, values: dict[str, Any]) -> None:
    colour = {"added": "green", "removed": "red", "before": "red", "after": "green"}[what]
    shown = ", ".join(f"{name}={value}" for name, value in values.items() if value is not None and name not in HIDDEN)
    console.print(f"[{colour}]{what:8}[/{colour}] {escape(_one_line(shown))}", soft_wrap=True)
