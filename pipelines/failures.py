"""A readable report of a run that failed, for people who do not watch the UI.

Belongs here: its words. Does not belong here: what a run is (`run_record.py`), or when a report is written
(`automation.py`).
"""

from pathlib import Path

from pipelines.run_record import RunRecord
from pipelines.settings import Settings
from warehouse.swap import is_whole

FOLDER = "failures"


def write_report(record: RunRecord, settings: Settings) -> Path:
    """Write the report of a failed run as Markdown; returns where it is."""
    folder = settings.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record.run_id}.md"
    path.write_text(report(record, settings), encoding="utf-8")
    return path


def report(record: RunRecord, settings: Settings) -> str:
    """What failed, what it leaves behind, and what to do."""
    failed = [(asset, name) for asset, name, severity, passed in record.checks if severity == "ERROR" and not passed]
    published = settings.warehouse_path
    lines = [
        f"# Run {record.run_id} failed",
        "",
        f"- Step: {record.failed_step or 'before the first step'}",
        *(f"- Check that failed: {asset}.{name}" for asset, name in failed),
        f"- Messages: {record.log}",
        f"- Published file: {published} is the build before, whole."
        if is_whole(published)
        else f"- Published file: there is no whole {published}.",
        "",
        "## Error",
        "",
        "```text",
        (record.error or "no error was recorded").replace("```", "'''"),
        "```",
        "",
        "## What to do",
        "",
    ]
    if ("quality/corrections", "applied") in failed:
        lines.append(
            f"Mend or remove the corrections that do not apply, in {settings.corrections_path}; then run again."
        )
    else:
        lines.append(
            "What was made stays in the lake: `make run`, or the sensor at the next change, goes on from there. If it "
            "fails again at the same step, the error above is a fault of the program: report it with the messages."
        )
    return "\n".join([*lines, ""])
