"""Corrections by people, applied to the rows of a shard before they are validated.

Belongs here: finding the row of a correction, changing it, and what follows from a change. Does not belong here: the
form of a correction (`schemas/corrections.py`), or what its failure means for a run (`pipelines/checks.py`).

They come before validation, so that a row that was refused can be mended, and so that no correction brings in a row
that breaks a rule.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from pipelines.validation.refusal import REJECTED_SCHEMA
from schemas.columns import Table
from schemas.corrections import MATCHES, Correction, Request
from schemas.tables import PLAN_ITEMS, TABLES

DROPPED = "dropped_by_correction"
_STATUS = {"target": "F", "estimate": "E", "actual": "A"}


@dataclass(frozen=True)
class Corrected:
    """Rows after their corrections.

    Attributes:
        rows: The rows that go on to validation, with column `correction`.
        rejected: Rows that a person dropped, in the columns of a refusal.
        matches: What became of each correction, as `MATCHES`.
        accepted: Ids of the facts that a person accepted as they are.
        dropped: Ids of the facts that a person dropped.
    """

    rows: pl.DataFrame
    rejected: pl.DataFrame
    matches: pl.DataFrame
    accepted: tuple[str, ...]
    dropped: tuple[str, ...]


def correct(
    table: str, rows: pl.DataFrame, requests: Sequence[Request], reference: Mapping[str, pl.DataFrame]
) -> Corrected:
    """Apply corrections to the rows of a table.

    Args:
        table: Full name of the table.
        rows: Its rows as extraction emits them: numbers are text.
        requests: The corrections of this table that may be about the shard.
        reference: The registry's tables.
    """
    described = TABLES[table]
    key = described.primary_key[0]
    rows = rows.with_columns(correction=pl.lit(None, dtype=pl.String))
    matches, refusals, accepted, dropped = [], [], [], []
    for request in requests:
        correction = request.correction
        meant = rows.filter(_meant(request, key))
        fitting = [row for row in meant.iter_rows(named=True) if _as_expected(row, correction.expect)]
        found = fitting[0] if len(fitting) == 1 else None
        matches.append(
            {
                "correction_id": correction.id,
                "meant": meant.height,
                "expected": len(fitting),
                "doc_id": found and found["doc_id"],
                "fact_id": found and found[key],
                "refused": False,
            }
        )
        if found is None:
            continue
        others = pl.col(key) != found[key]
        if correction.action == "drop":
            dropped.append(found[key])
            refusals.append(_refusal(table, found, correction))
            rows = rows.filter(others)
            if table == PLAN_ITEMS.name:
                rows = _lifted(rows, found)
            continue
        if correction.action == "accept":
            accepted.append(found[key])
        changed = _changed(found, correction, described, reference)
        if table == PLAN_ITEMS.name and "parent" in correction.set and "parent_id" not in correction.set:
            changed["parent_id"] = _item_numbered(rows, changed)
        mended = pl.DataFrame([changed], schema=rows.schema, orient="row")
        rows = pl.concat([rows.filter(others), mended])
    order = [name for name in ("doc_id", "raw_start", key) if name in rows.columns]
    return Corrected(
        rows.sort(order) if requests else rows,
        pl.DataFrame(refusals, schema=REJECTED_SCHEMA),
        pl.DataFrame(matches, schema=MATCHES),
        tuple(accepted),
        tuple(dropped),
    )


def with_refusals(corrected: Corrected, valid: pl.Series) -> pl.DataFrame:
    """The matches, with those marked whose row broke a rule once it was corrected.

    A correction that only takes a row out of the table is told as refused, so that it stops the run: the person meant
    to mend the row, not to lose it.

    Args:
        corrected: What `correct` made.
        valid: Ids of the rows that validation let through.
    """
    gone = pl.col("fact_id").is_not_null() & ~pl.col("fact_id").is_in(valid.implode())
    return corrected.matches.with_columns(refused=gone & ~pl.col("fact_id").is_in(list(corrected.dropped)))


def accept(rows: pl.DataFrame, accepted: Sequence[str], key: str) -> pl.DataFrame:
    """Take the doubts off valid rows that a person has accepted; their status is again what their nature says."""
    if not accepted or "doubts" not in rows.columns:
        return rows
    chosen = pl.col(key).is_in(list(accepted)) & pl.col("doubts").is_not_null()
    status = pl.col("nature").replace_strict(_STATUS, return_dtype=pl.String)
    return rows.with_columns(
        obs_status=pl.when(chosen).then(status).otherwise("obs_status"),
        doubts=pl.when(~chosen).then("doubts"),
    )


def _meant(request: Request, key: str) -> pl.Expr:
    correction = request.correction
    if correction.fact is not None:
        return pl.col(key) == correction.fact
    words = pl.col("quote").str.contains(str(correction.quote), literal=True)
    return words & pl.col("doc_id").is_in(list(request.doc_ids or ()))


def _as_expected(row: Mapping[str, Any], expect: Mapping[str, Any]) -> bool:
    return all(_same(row[name], value) for name, value in expect.items() if name in row) and expect.keys() <= row.keys()


def _same(found: Any, expected: Any) -> bool:
    if found is None or expected is None or isinstance(found, list):
        return found == expected
    try:
        return Decimal(str(found)) == Decimal(str(expected))
    except InvalidOperation:
        return str(found) == str(expected)


def _changed(
    row: Mapping[str, Any], correction: Correction, table: Table, reference: Mapping[str, pl.DataFrame]
) -> dict[str, Any]:
    """The row with the values of a correction, and with what follows from them."""
    changed = dict(row) | {name: _typed(table, name, value) for name, value in correction.set.items()}
    changed["correction"] = "|".join(filter(None, (row["correction"], correction.id)))
    if table.name == "observations" and correction.set:
        _follow(changed, correction.set.keys(), reference)
    return changed


def _typed(table: Table, name: str, value: Any) -> Any:
    """A value as extraction would hand it over: decimals as text, whole numbers as such."""
    return int(value) if value is not None and table.column(name).type.polars.is_integer() else value


def _follow(row: dict[str, Any], changed: Set[str], reference: Mapping[str, pl.DataFrame]) -> None:
    """Bring the columns up to date that follow from others: names, base values, status, basis."""
    if "ref_area" in changed:
        row["ref_area_name"] = _lookup(reference["places"], "code", row["ref_area"], "name")
        row["ref_area_text"] = None if row["ref_area"] else row["ref_area_text"]
        row["place_basis"] = row["place_basis"] if row["place_basis"] != "unknown" else "context"
    if "indicator" in changed and row["indicator"] is not None:
        row["indicator_name"] = _lookup(reference["indicators"], "code", row["indicator"], "name_zh")
    if "time_period" in changed and "period_basis" not in changed:
        row["period_basis"] = "unknown" if row["time_period"] is None else "explicit"
    if "nature" in changed:
        row["obs_status"] = _STATUS.get(str(row["nature"]), row["obs_status"])
    if {"value", "value_high", "unit"} & changed:
        if "unit" in changed and "unit_measure" not in changed and row["unit"] is not None:
            row["unit_measure"] = _lookup(reference["units"], "text", row["unit"], "unit_measure")
        factor = _lookup(reference["units"], "text", row["unit"], "factor") if row["unit"] else Decimal(1)
        for name in ("value", "value_high"):
            row[f"obs_{name}"] = _times(row[name], factor)


def _item_numbered(rows: pl.DataFrame, item: Mapping[str, Any]) -> str | None:
    """The item of the same plan that has the number of an item's parent; None where none or several have it."""
    same = pl.col("doc_id").eq(item["doc_id"]) & pl.col("plan").eq_missing(pl.lit(item["plan"], dtype=pl.String))
    found = rows.filter(
        same & (pl.col("number") == pl.lit(item["parent"], dtype=pl.String)) & (pl.col("item_id") != item["item_id"])
    )
    return str(found["item_id"].item()) if found.height == 1 else None


def _lifted(rows: pl.DataFrame, dropped: Mapping[str, Any]) -> pl.DataFrame:
    """Plan items with those that stood under a dropped one put where it stood."""
    below = pl.col("parent_id") == dropped["item_id"]
    return rows.with_columns(
        pl.when(below).then(pl.lit(dropped[name], dtype=pl.String)).otherwise(name).alias(name)
        for name in ("parent", "parent_id")
    )


def _lookup(frame: pl.DataFrame, key: str, value: Any, wanted: str) -> Any:
    found = frame.filter(pl.col(key) == value)[wanted]
    return found[0] if found.len() else None


def _times(value: Any, factor: Decimal | None) -> str | None:
    """Value times factor as text; what is no number stays what it is, and is refused by its type."""
    try:
        return None if value is None or factor is None else format(Decimal(value) * factor, "f")
    except InvalidOperation:
        return str(value)


def _refusal(table: str, row: Mapping[str, Any], correction: Correction) -> dict[str, Any]:
    record = pl.DataFrame([row]).select(pl.struct(pl.all()).struct.json_encode()).item()
    return {
        "stage": "validation",
        "table_name": table,
        "rule": DROPPED,
        "reason": f"{correction.by} dropped it ({correction.id}): {correction.reason}",
        "record": record,
        **{name: row[name] for name in ("doc_id", "raw_start", "raw_end")},
        "suggestion": None,
    }
