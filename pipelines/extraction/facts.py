"""Rows of the published tables as extraction emits them.

Here: the columns, their polars types, the stable ids and the row of a named fact. Not here: what the values are (the
module of each kind of fact).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from schemas.columns import Table
from schemas.tables import FACT_TABLES, NUMBER_LEDGER
from schemas.tables.provenance import ADDED_BY_VALIDATION

if TYPE_CHECKING:
    from pipelines.extraction.document import Document

Row = dict[str, Any]
Span = tuple[int, int]

PROFILE: dict[str, pl.DataType] = {
    "doc_id": pl.String(),
    "doc_type": pl.String(),
    "ref_area": pl.String(),
    "published_at": pl.Datetime("us"),
}
REJECTED: dict[str, pl.DataType] = {
    "stage": pl.String(),
    "table_name": pl.String(),
    "rule": pl.String(),
    "reason": pl.String(),
    "record": pl.String(),
    "doc_id": pl.String(),
    "raw_start": pl.Int64(),
    "raw_end": pl.Int64(),
    "suggestion": pl.String(),
}


def _as_extracted(table: Table) -> dict[str, pl.DataType]:
    """Columns of a published table with the types in which extraction emits them."""
    # Exact text for amounts: a DECIMAL column would round before validation can refuse what does not fit.
    return {
        column.name: pl.String() if isinstance(column.type.polars, pl.Decimal) else column.type.polars
        for column in table.columns
        if column.name not in ADDED_BY_VALIDATION
    }


TABLES: dict[str, dict[str, pl.DataType]] = {
    **{table.name: _as_extracted(table) for table in (*FACT_TABLES, NUMBER_LEDGER)},
    "document_profiles": PROFILE,
    "rejected": REJECTED,
}


def stable_id(*parts: object) -> str:
    """Sixteen hex digits that are the same for the same parts.

    Args:
        parts: What makes the fact that fact: document, position, what it says.
    """
    return hashlib.sha256("\x1f".join(["" if part is None else str(part) for part in parts]).encode()).hexdigest()[:16]


def fact_row(
    document: "Document",
    table: str,
    span: Span,
    section: str,
    rule: str,
    *,
    sentence: str | None = None,
    numbers: Iterable[Span] = (),
    **values: Any,
) -> Row:
    """A row of a table of named facts (people, organizations, events, outcomes, plan items, programmes).

    Args:
        document: The document.
        table: Full name of the table.
        span: Where the words that state the fact stand in the clean text.
        section: Part of the page.
        rule: Name of the rule that read it.
        sentence: The sentence of the quote.
        numbers: Where the numbers stand that the fact accounts for, in the clean text.
        values: The columns of the table itself.

    Returns:
        The row with its id and quote; `_numbers` has the raw spans of the numbers.
    """
    raw_start, raw_end = document.raw_span(*span)
    doc_id = document.row["doc_id"]
    key = next(iter(TABLES[table]))
    return {
        key: stable_id(doc_id, table, raw_start, raw_end, *map(str, values.values())),
        "doc_id": doc_id,
        "section": section,
        **values,
        "quote": document.row["raw_text"][raw_start:raw_end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "sentence": sentence,
        "rule": rule,
        "_numbers": [document.raw_span(*number) for number in numbers],
    }


def as_text(value: Decimal | None) -> str | None:
    """An exact decimal as plain digits, None for None."""
    return None if value is None else format(value, "f")


def as_json(values: Mapping[str, str]) -> str:
    """A breakdown as canonical JSON."""
    return "{}" if not values else json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def as_frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with the columns of `TABLES`, in their order.

    Args:
        table: Name of the table.
        rows: Dicts; columns that a row lacks are null.
    """
    schema = TABLES[table]
    return pl.DataFrame(list(rows), schema=schema, orient="row")
