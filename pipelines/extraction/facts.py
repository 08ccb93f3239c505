"""Rows of the published tables as extraction emits them.

Here: the columns, their polars types and the stable ids. Not here: what the values are (`observations`, `rankings`).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

# exact text: a DECIMAL column would round before validation can refuse what does not fit
AMOUNT = pl.String
OBSERVATION = {
    "observation_id": pl.String,
    "doc_id": pl.String,
    "section": pl.String,
    "ref_area": pl.String,
    "ref_area_name": pl.String,
    "ref_area_text": pl.String,
    "place_basis": pl.String,
    "indicator": pl.String,
    "indicator_name": pl.String,
    "breakdown": pl.String,
    "measure": pl.String,
    "value": AMOUNT,
    "value_high": AMOUNT,
    "unit": pl.String,
    "obs_value": AMOUNT,
    "obs_value_high": AMOUNT,
    "unit_measure": pl.String,
    "bound": pl.String,
    "nature": pl.String,
    "time_period": pl.String,
    "period_basis": pl.String,
    "obs_status": pl.String,
    "quote": pl.String,
    "raw_start": pl.Int64,
    "raw_end": pl.Int64,
    "sentence": pl.String,
    "rule": pl.String,
    "code_version": pl.String,
}
RANKING = {
    "ranking_id": pl.String,
    "doc_id": pl.String,
    "section": pl.String,
    "list_name": pl.String,
    "edition": pl.String,
    "publisher": pl.String,
    "entity_name": pl.String,
    "entity_code": pl.String,
    "rank": pl.Int32,
    "within_top": pl.Int32,
    "streak_years": pl.Int32,
    "nature": pl.String,
    "quote": pl.String,
    "raw_start": pl.Int64,
    "raw_end": pl.Int64,
    "sentence": pl.String,
    "rule": pl.String,
    "code_version": pl.String,
}
LEDGER = {
    "doc_id": pl.String,
    "raw_start": pl.Int64,
    "raw_end": pl.Int64,
    "text": pl.String,
    "section": pl.String,
    "disposition": pl.String,
    "fact_id": pl.String,
}
PROFILE = {"doc_id": pl.String, "doc_type": pl.String, "ref_area": pl.String}
REJECTED = {
    "stage": pl.String,
    "table_name": pl.String,
    "rule": pl.String,
    "reason": pl.String,
    "record": pl.String,
    "doc_id": pl.String,
    "raw_start": pl.Int64,
    "raw_end": pl.Int64,
    "suggestion": pl.String,
}
TABLES: dict[str, dict[str, Any]] = {
    "observations": OBSERVATION,
    "rankings": RANKING,
    "number_ledger": LEDGER,
    "document_profiles": PROFILE,
    "rejected": REJECTED,
}


def stable_id(*parts: object) -> str:
    """Sixteen hex digits that are the same for the same parts.

    Args:
        parts: What makes the fact that fact: document, position, what it says.
    """
    return hashlib.sha256("\x1f".join("" if part is None else str(part) for part in parts).encode()).hexdigest()[:16]


def as_text(value: Decimal | None) -> str | None:
    """An exact decimal as plain digits, None for None."""
    return None if value is None else format(value, "f")


def as_json(values: Mapping[str, str]) -> str:
    """A breakdown as canonical JSON."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def as_frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with the columns of `TABLES`, in their order.

    Args:
        table: Name of the table.
        rows: Dicts; columns that a row lacks are null.
    """
    schema = TABLES[table]
    return pl.DataFrame(list(rows), schema=schema, orient="row")
