"""What a run did, and what the next one would do, in words for a terminal.

Belongs here: asking the run's record and the published file, and printing. Does not belong here: doing anything.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.run_record import RunRecord
from pipelines.settings import PROJECT_ROOT, Settings
from pipelines.sql_prompt import open_warehouse
from schemas.tables import FACT_TABLES
from warehouse.swap import is_whole

if TYPE_CHECKING:
    from pipelines.flow import Flow

# Stages that refuse whole documents; what validation refuses are single records.
REFUSES_DOCUMENTS = ("reading", "cleaning", "extraction")
NO_FACTS = "no_facts"
FACTS = tuple(table.name for table in FACT_TABLES)
# What a correction that was not applied has met; for one that was refused, the reasons of the rules are told.
NOT_APPLIED = {
    "no_match": "no row of that document has these words in its quote (`xianzhi show` tells its facts)",
    "guard_failed": "the row says something else than expect does (`xianzhi explain` tells what)",
    "ambiguous": "several rows say so; name one by its id: fact instead of document and quote",
}
QUERIES = (
    "SELECT ref_area_name, indicator_name, time_period, value, unit, quote FROM observations LIMIT 10",
    "FROM marts.indicator_series WHERE ref_area_name IS NOT NULL LIMIT 10",
    "SELECT stage, rule, reason FROM quality.rejected",
)


def print_recap(console: Console, record: RunRecord, settings: Settings) -> None:
    """Say what came of a run."""
    if not record.success:
        console.print(f"[bold red]The run failed[/bold red] in step [bold]{record.failed_step or 'start'}[/bold]:")
        console.print(escape(record.error or "no error was recorded"), soft_wrap=True)
        _print_corrections(console, record, settings)
        console.print(f"Run {record.run_id}; its messages: {escape(str(record.log))}", soft_wrap=True)
        if is_whole(settings.warehouse_path):
            console.print(f"{escape(str(settings.warehouse_path))} is still the build before.", soft_wrap=True)
        return
    raw, warehouse = record.materialized["raw_documents"], record.materialized["warehouse"]
    with open_warehouse(settings.warehouse_path) as connection:
        without = _documents_without_facts(connection)
        silent = sum(rule == NO_FACTS for _, rule, _ in without)
        told = f"{len(without) - silent} refused, {silent} without facts"
        seen = f"{raw['seen']} seen" + (f" in {raw['files']} files" if raw["files"] != raw["seen"] else "")
        console.print(f"[bold]Documents[/bold]  {seen}: {raw['changes']}; {told}", soft_wrap=True)
        for path, rule, reason in without:
            console.print(f"  [yellow]{escape(path)}[/yellow]  {rule}: {escape(reason)}", soft_wrap=True)
        facts = ", ".join(f"{_count(connection, table):,} {table.replace('_', ' ')}" for table in FACTS)
        console.print(f"[bold]Published[/bold]  {facts}", soft_wrap=True)
        rules = connection.sql(
            "SELECT rule, count(*) FROM quality.rejected WHERE stage = 'validation' GROUP BY rule ORDER BY 2 DESC, 1"
        ).fetchall()
        refused = _listed(f"{count} {rule}" for rule, count in rules) or "no rows"
        console.print(f"[bold]Refused[/bold]    {refused}", soft_wrap=True)
        if doubts := _doubts(connection):
            console.print(f"[bold]Suspect[/bold]    {doubts}", soft_wrap=True)
        if changes := _changes(connection):
            console.print(f"[bold]Changed[/bold]    {changes}", soft_wrap=True)
        if corrected := _corrected(connection):
            console.print(f"[bold]Corrected[/bold]  {len(corrected)} ({', '.join(corrected)})", soft_wrap=True)
    _print_checks(console, record)
    worked = [f"{name} {seconds:.1f}" for name, seconds in record.seconds.items()]
    console.print(
        f"[bold]Seconds[/bold]    {', '.join(worked)}; together {sum(record.seconds.values()):.1f}", soft_wrap=True
    )
    if not warehouse["built"]:
        console.print("[bold]Nothing new[/bold]: no stage had work, the published file stays as it is.")
        _print_restored(console, settings)
    shards = ", views over the lake" if settings.publish == "views" else ""
    console.print(
        f"[bold]File[/bold]       {escape(_short(settings))}  "
        f"({settings.warehouse_path.stat().st_size / 1e6:.1f} MB{shards})"
    )
    console.print("[bold]Try[/bold]        make sql, then")
    for query in QUERIES:
        console.print(f"           {query};", soft_wrap=True)


def _changes(connection: duckdb.DuckDBPyConnection) -> str:
    """How the facts differ from those of the build before: `observations 3 added, 1 removed`."""
    rows = connection.execute(
        "SELECT table_name, added, removed, changed FROM quality.differences WHERE table_name IN (SELECT unnest(?))",
        [list(FACTS)],
    ).fetchall()
    told = []
    for table, added, removed, changed in rows:
        counts = {"added": added, "removed": removed, "changed": changed}
        parts = [f"{count:,} {what}" for what, count in counts.items() if count]
        told += [f"{table.replace('_', ' ')} {', '.join(parts)}"] if parts else []
    return "; ".join(told)


def _doubts(connection: duckdb.DuckDBPyConnection) -> str:
    """How many observations are suspect, and by which rules: `2 rows, 3 doubts (soft_range 2, documents_agree 1)`.

    A row may have several doubts.
    """
    rows = connection.execute(
        "SELECT doubt, count(*) FROM (SELECT unnest(string_split(doubts, '|')) AS doubt FROM observations) "
        "GROUP BY doubt ORDER BY 2 DESC, 1"
    ).fetchall()
    total = connection.execute("SELECT count(*) FROM observations WHERE doubts IS NOT NULL").fetchall()[0][0]
    doubts = sum(count for _, count in rows)
    by_rule = _listed(f"{doubt} {count}" for doubt, count in rows)
    return f"{total} {_plural('row', total)}, {doubts} {_plural('doubt', doubts)} ({by_rule})" if total else ""


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _corrected(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Ids of the corrections by people that are in the file."""
    rows = connection.sql("SELECT correction_id FROM quality.corrections ORDER BY ALL").fetchall()
    return [str(row[0]) for row in rows]


def _print_corrections(console: Console, record: RunRecord, settings: Settings) -> None:
    """Name the corrections that stopped the run, and say how to go on."""
    if not any(asset == "quality/corrections" and not passed for asset, _, _, passed in record.checks):
        return
    from pipelines.flow import Flow

    flow = Flow(settings)
    for row in flow.correction_results().filter(pl.col("status") != "applied").iter_rows(named=True):
        where = f"{row['document']}: “{row['quote']}”" if row["document"] else row["fact_id"]
        why = _refusals_of(flow, row) if row["status"] == "refused" else [NOT_APPLIED[row["status"]]]
        console.print(
            f"  [yellow]{escape(row['correction_id'])}[/yellow]  {row['status']}: {escape('; '.join([where, *why]))}",
            soft_wrap=True,
        )
    console.print(f"Mend or remove them in {escape(str(settings.corrections_path))}, then run again.", soft_wrap=True)


def _print_restored(console: Console, settings: Settings) -> bool:
    """Say that an earlier build was brought back, if one was: its rows are not those of the documents of today."""
    from pipelines.flow import Flow

    restored = Flow(settings).published.is_another()
    if restored:
        console.print(
            "[yellow]The published file is an earlier build that was brought back[/yellow]; it stays until documents, "
            "code, registry or corrections change. `xianzhi restore` lists the build that it replaced.",
            soft_wrap=True,
        )
    return restored


def _refusals_of(flow: "Flow", correction: dict[str, Any]) -> list[str]:
    """Why the row that a correction changed was refused."""
    refused = flow.rows(correction["table_name"], "rejected")
    if refused is None:
        return []
    of_fact = pl.col("record").str.contains(f'"{correction["fact_id"]}"', literal=True)
    return refused.filter(of_fact).select("reason").collect()["reason"].to_list()


def _print_checks(console: Console, record: RunRecord) -> None:
    failed = [(f"{asset}.{name}", severity) for asset, name, severity, passed in record.checks if not passed]
    warned = [name for name, severity in failed if severity == "WARN"]
    errors = [name for name, severity in failed if severity == "ERROR"]
    passed = len(record.checks) - len(failed)
    words = [f"{passed} passed", f"{len(warned)} warn" + (f" ({', '.join(warned)})" if warned else "")]
    words.append(f"{len(errors)} failed" + (f" ({', '.join(errors)})" if errors else ""))
    console.print(f"[bold]Checks[/bold]     {', '.join(words)}", soft_wrap=True)


def _documents_without_facts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Path, rule and reason of every document that gave no facts at all."""
    query = """
        SELECT coalesce(record->>'source_path', source_path, '?'), rule, reason
        FROM quality.rejected LEFT JOIN (SELECT doc_id, source_path FROM documents) USING (doc_id)
        WHERE stage IN (SELECT unnest(?)) AND raw_start IS NULL
        ORDER BY rule, 1
    """
    return connection.execute(query, [list(REFUSES_DOCUMENTS)]).fetchall()


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _short(settings: Settings) -> str:
    """The file's path, relative to the project where it is inside."""
    path = settings.warehouse_path
    return str(path.relative_to(PROJECT_ROOT)) if path.is_relative_to(PROJECT_ROOT) else str(path)


def print_status(console: Console, settings: Settings) -> None:
    """Say what is new or stale."""
    from pipelines.flow import Flow

    flow = Flow(settings)
    inventory = flow.scan()
    changes = inventory.since(flow.published.inventory())
    files = sum(map(len, inventory.paths.values()))
    seen = f"{len(inventory.paths)} documents" + (f" in {files} files" if files != len(inventory.paths) else "")
    console.print(
        f"[bold]{escape(str(settings.seeds))}[/bold]: {seen}; since the last build: {changes.describe()}",
        soft_wrap=True,
    )
    for name in ("new", "changed", "renamed", "removed"):
        for path in getattr(changes, name):
            console.print(f"  {name:8} {escape(path)}", soft_wrap=True)
    for path, reason in inventory.unreadable:
        console.print(f"  [yellow]cannot be opened[/yellow] {escape(path)}: {reason}", soft_wrap=True)
    table = Table("stage", "shards to make", "because of", box=None)
    for name, count in flow.missing().items():
        reasons = flow.published.changed_since(name) if count else []
        table.add_row(name, str(count) if count else "up to date", ", ".join(reasons) or ("documents" if count else ""))
    console.print(table)
    current = flow.published.wanted_key() == flow.published.key()
    if not current:
        console.print("The published file is stale: `make run` renews it.")
    elif not _print_restored(console, settings):
        console.print("The published file is up to date.")
