"""Tables of a small warehouse, ready to build: the document of `tests/validation/rows.py` with its facts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.validation.refusal import REJECTED_SCHEMA
from schemas.projections import create_table
from schemas.tables import CHECK_RESULTS, FACT_TABLES, TABLES
from tests.validation.rows import REFERENCE, observation, row, typed
from warehouse.build import BuildReport, build

DAY = datetime(2024, 5, 1, tzinfo=UTC)
OTHER = "b" * 64


def world(**changed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """One row of each table; by name, other frames."""
    names = (
        "documents",
        "document_texts",
        *(table.name for table in FACT_TABLES),
        "number_ledger",
        "quality.corrections",
    )
    return {**REFERENCE, **{name: typed(name, row(name)) for name in names}, **changed}


def refusal(**changes: Any) -> dict[str, Any]:
    """A refused record."""
    values = row("quality.rejected", **{"doc_id": OTHER, **changes})
    return {name: values[name] for name in REJECTED_SCHEMA}


def refusals(*rows: dict[str, Any]) -> pl.DataFrame:
    """Refused records as a stage hands them over."""
    return pl.DataFrame(list(rows), schema=REJECTED_SCHEMA)


def built(target: Path, rejected: pl.DataFrame | None = None, **changed: Any) -> BuildReport:
    """Build a warehouse of the small world."""
    settings = {key: changed.pop(key) for key in ("doc_ids", "built_at", "keep") if key in changed}
    nothing = refusals() if rejected is None else rejected
    return build(world(**changed), nothing, CHECK_RESULTS.empty(), target, **{"built_at": DAY, **settings})


def loaded(**changed: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """The tables of the small world in memory, without all that makes a build slow: no file, words, views or checks."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA quality")
    frames = world(**changed)
    for name, table in TABLES.items():
        connection.execute(create_table(table))
        if name in frames:
            connection.register("frame", frames[name])
            connection.execute(f"INSERT INTO {name} SELECT * FROM frame")
    return connection


def rows_of(target: Path, query: str) -> list[tuple[Any, ...]]:
    """What a reader of the published file sees."""
    with duckdb.connect(target, read_only=True) as connection:
        return connection.execute(query).fetchall()


def observations(*changes: dict[str, Any]) -> pl.DataFrame:
    """Valid observations with some values changed, each with an id of its own."""
    rows = [observation(**{"observation_id": f"{number:016x}", **change}) for number, change in enumerate(changes)]
    return typed("observations", *rows)


def documents(*doc_ids: str, **changes: Any) -> dict[str, pl.DataFrame]:
    """Documents with the same text."""
    return {
        "documents": typed("documents", *(row("documents", doc_id=doc_id, **changes) for doc_id in doc_ids)),
        "document_texts": typed("document_texts", *(row("document_texts", doc_id=doc_id) for doc_id in doc_ids)),
    }
