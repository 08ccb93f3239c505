"""Files for other programs: every published table as Parquet, CSV and JSON lines, each folder a Frictionless package.

    <folder>/parquet/observations.parquet, …   <folder>/parquet/datapackage.json
    <folder>/csv/observations.csv, …           <folder>/csv/datapackage.json
    <folder>/jsonl/observations.jsonl, …       <folder>/jsonl/datapackage.json
    <folder>/sdmx/series.csv                   <folder>/sdmx/structure.json

Belongs here: writing the files of the tables and their description. Does not belong here: what a column is
(`schemas/tables`, `schemas/projections.py`), or the series as SDMX (`sdmx.py`).
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.progress import Progress

from pipelines.sdmx import write_series
from pipelines.sql_prompt import open_warehouse
from schemas.columns import TEXT_LIST, TIMESTAMP, Column, Table, sql_text
from schemas.projections import frictionless_schema, qualified
from schemas.tables import TABLES

# Ending, options of COPY, media type.
FILES = {
    "parquet": ("FORMAT parquet, COMPRESSION zstd", "application/vnd.apache.parquet"),
    "csv": ("FORMAT csv, HEADER true", "text/csv"),
    "jsonl": ("FORMAT json", "application/jsonl"),
}
FORMS = (*FILES, "sdmx")
DESCRIPTION = (
    "Facts that Chinese counties and cities state about themselves, each with the words that it was read from. Read "
    "the descriptions of the columns before you use a number: units are mixed, bounds are not exact, and a target is "
    "not reached."
)


def export(console: Console, path: Path, folder: Path, forms: Sequence[str]) -> int:
    """Write the published file as files for other programs.

    Args:
        console: Where the progress goes; nothing is shown where it is no terminal.
        path: The published file.
        folder: Where to; files of the same names are replaced, others stay.
        forms: Some of `FORMS`.

    Returns:
        How many files were written.

    Raises:
        OSError: The folder cannot be written to.
    """
    written = 0
    with open_warehouse(path) as connection, Progress(console=console, disable=not console.is_terminal) as progress:
        for form in forms:
            target = folder / form
            target.mkdir(parents=True, exist_ok=True)
            if form == "sdmx":
                written += write_series(connection, target)
                continue
            for table in progress.track(TABLES.values(), description=form):
                _write_table(connection, table, form, target)
                written += 1
            _replace(target / "datapackage.json", json.dumps(package(form), ensure_ascii=False, indent=1) + "\n")
            written += 1
    return written


def package(form: str) -> dict[str, Any]:
    """The description of a folder: a Data Package whose resources are the tables.

    Args:
        form: One of `FILES`.
    """
    return {
        "profile": "data-package",
        "name": "xianzhi",
        "title": "xianzhi 县志",
        "description": DESCRIPTION,
        "resources": [
            {
                "name": name,
                "path": f"{name}.{form}",
                "format": form,
                "mediatype": FILES[form][1],
                "encoding": "utf-8",
                "description": table.description,
                "schema": frictionless_schema(table),
            }
            for name, table in TABLES.items()
        ],
    }


def _write_table(connection: duckdb.DuckDBPyConnection, table: Table, form: str, folder: Path) -> None:
    """One table, in the order of its key, so that the same build gives the same file."""
    target = folder / f"{table.full_name}.{form}"
    temporary = target.with_suffix(".next")
    columns = ", ".join(_written(column, form) for column in table.columns)
    order = ", ".join(f'"{name}"' for name in table.primary_key)
    query = f"SELECT {columns} FROM {qualified(table)} ORDER BY {order}"
    connection.execute(f"COPY ({query}) TO {sql_text(str(temporary))} ({FILES[form][0]})")
    os.replace(temporary, target)


def _written(column: Column, form: str) -> str:
    """A column as a file of text can hold it: lists as JSON in CSV, times as ISO 8601 has them."""
    name = f'"{column.name}"'
    if form == "csv" and column.type is TEXT_LIST:
        return f"to_json({name})::VARCHAR AS {name}"
    if form != "parquet" and column.type is TIMESTAMP:
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S') AS {name}"
    return name


def _replace(target: Path, text: str) -> None:
    temporary = target.with_suffix(".next")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, target)
