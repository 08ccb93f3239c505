"""Views over a small world, and the rows that their tests are made of."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl

from schemas.tables import TABLES
from tests.validation.rows import DOC, row, typed
from tests.warehouse.world import OTHER, documents, loaded, observations
from warehouse.marts import read_marts


def views(**frames: pl.DataFrame) -> duckdb.DuckDBPyConnection:
    """The views over frames that would be published."""
    connection = loaded(**{**documents(DOC, OTHER), **frames})
    connection.execute("CREATE SCHEMA marts")
    for mart in read_marts():
        connection.execute(mart.statement)
    return connection


def worth(value: str, **changes: Any) -> dict[str, Any]:
    """An observation of a product of so many 亿元."""
    return {"value": value, "obs_value": f"{Decimal(value) * 10**8:f}", **changes}


def two_documents(earlier: date, later: date) -> dict[str, pl.DataFrame]:
    """The first document published on one day, the other on another."""
    frames = documents(DOC, OTHER)
    published = pl.Series([datetime(day.year, day.month, day.day) for day in (earlier, later)], dtype=pl.Datetime("us"))
    return {**frames, "documents": frames["documents"].with_columns(published_at=published)}


def only_dated(doc_id: str, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The documents with a date for this one only."""
    dated = pl.col("doc_id") == doc_id
    known = [pl.when(dated).then(pl.col(name)).alias(name) for name in ("published_at", "published_precision")]
    basis = pl.when(dated).then(pl.col("published_basis")).otherwise(pl.lit("unknown")).alias("published_basis")
    return {**frames, "documents": frames["documents"].with_columns(*known, basis)}


def read(query: str, *changes: dict[str, Any], **frames: pl.DataFrame) -> list[tuple[Any, ...]]:
    """What a query finds when these observations are published."""
    return views(observations=observations(*changes), **frames).execute(query).fetchall()


def facts(table: str, *changes: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """Rows of a table of named facts with some values changed, each with an id of its own unless one is given."""
    key = TABLES[table].primary_key[0]
    rows = (row(table, **{key: f"{number:016x}", **change}) for number, change in enumerate(changes, start=1))
    return {table: typed(table, *rows)}
