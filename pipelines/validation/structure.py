"""The first beat of validation: does each row keep what its table says about itself?

Here frames are cast without rounding and split by Pandera. The constraints are described in `schemas/tables`; rules
that need the registry or the text of the document are `rules.py`; the words for a refused row are made in `refusal.py`.
"""

from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas.columns import Column, Table
from schemas.projections import pandera_schema
from schemas.tables import TABLES

# Index of a row in the frame, and the name of a constraint that it breaks.
BROKEN = pl.Schema({"index": pl.UInt32, "constraint": pl.String})


class TableShapeError(TypeError):
    """A frame is not of the table's shape at all: an error of the program, not of a row."""


def cast(table: Table, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a frame the types of its table, exactly or not at all.

    Numbers may come as text: that is the way to hand over a number with more decimals than the column has, because a
    polars Decimal has rounded it before anyone can look.

    Args:
        table: What the frame should be.
        frame: Its columns in any order.

    Returns:
        The frame in the table's order with the table's types, where a value that does not fit is null; and the rows
        with such values, as `BROKEN`.

    Raises:
        TableShapeError: A column is missing, unknown, or of a type that no value of it could be cast from.
    """
    missing = [name for name in table.column_names if name not in frame.columns]
    unknown = [name for name in frame.columns if name not in table.column_names]
    if missing or unknown:
        raise TableShapeError(
            f"{table.full_name}: missing columns {missing}, unknown columns {unknown}; "
            "what is published is declared in schemas/tables"
        )
    casts = {column.name: _fitting(column, frame.schema[column.name], table) for column in table.columns}
    result = frame.select(**casts)
    parts = [BROKEN.to_frame()]
    for column in table.columns:
        if frame.schema[column.name] == column.type.polars:
            continue
        lost = result[column.name].is_null() & frame[column.name].is_not_null()
        parts.append(named(lost, f"{column.name}.type"))
    return result, pl.concat(parts)


def _fitting(column: Column, given: pl.DataType, table: Table) -> pl.Expr:
    """The column in its type; null where that would lose something."""
    value, wanted = pl.col(column.name), column.type.polars
    if given == wanted:
        return value
    if given == pl.Null:
        return value.cast(wanted)
    if given == pl.String and column.type.expects is not None:
        return _from_text(value, wanted)
    fits = value.cast(wanted, strict=False)
    if given.is_integer() and (wanted.is_integer() or wanted.is_decimal()):
        return fits
    if given.is_decimal() and wanted.is_decimal():
        return pl.when(fits.cast(given, strict=False) == value).then(fits)
    if isinstance(given, pl.Datetime) and isinstance(wanted, pl.Datetime) and given.time_zone is None:
        return pl.when(fits.cast(given) == value).then(fits)
    raise TableShapeError(f"{table.full_name}.{column.name} is {given} but must be {wanted}, or text of that form")


def _from_text(value: pl.Expr, wanted: pl.DataType) -> pl.Expr:
    """A text as a number, date or time; null where it is none, or a finer one than the type holds."""
    if isinstance(wanted, pl.Datetime):
        return value.str.replace("T", " ").str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", strict=False)
    if isinstance(wanted, pl.Date):
        return value.str.to_date("%Y-%m-%d", strict=False)
    fits = value.cast(wanted, strict=False)
    if isinstance(wanted, pl.Decimal):
        # The cast rounds in silence: look at the digits first.
        exact = value.str.contains(rf"^-?[0-9]{{1,{38 - wanted.scale}}}(\.[0-9]{{1,{wanted.scale}}}0*)?$")
        return pl.when(exact).then(fits)
    return fits


def broken_rows(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a cast frame that break a constraint of their table, as `BROKEN`: one row for each of them."""
    if frame.is_empty():
        # Pandera takes as long over no rows as over a thousand, and a new document has none in most tables.
        return BROKEN.to_frame()
    try:
        # Eagerly, on a DataFrame: with a LazyFrame Pandera would look at names and types only.
        _schema(table.full_name).validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
    else:
        return BROKEN.to_frame()
    of_frame = cases.filter(pl.col("index").is_null())
    if not of_frame.is_empty():
        raise TableShapeError(f"{table.full_name}: {of_frame.select('check', 'failure_case').rows()}")
    null = pl.col("check") == "not_nullable"
    rule = pl.when(null).then(pl.format("{}.not_null", "column")).otherwise("check")
    return cases.select(pl.col("index").cast(pl.UInt32), rule.alias("constraint"))


@cache
def _schema(full_name: str) -> pa.DataFrameSchema:
    return pandera_schema(TABLES[full_name])


def named(broken: pl.Series, constraint: str) -> pl.DataFrame:
    """The rows where a boolean series is true, as `BROKEN` under one name."""
    index = broken.arg_true().alias("index")
    return index.to_frame().select("index", constraint=pl.lit(constraint)).match_to_schema(BROKEN)


def failing(holds: dict[str, pl.Expr], frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frame where a named expression is false, as `BROKEN`; null counts as true."""
    if not holds or frame.is_empty():
        return BROKEN.to_frame()
    flags = frame.select(**{name: ~expression.fill_null(True) for name, expression in holds.items()})
    return pl.concat([named(flags[name], name) for name in holds])
