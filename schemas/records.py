"""One fact at the edge of a stage: the Pydantic models of a row of each fact table, made from the tables.

Here is what one record can promise by itself: its fields, their types, words, forms and limits. Rules over several
fields are row rules of the table; what needs the registry or the text is `pipelines/validation`.
"""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from schemas.columns import Column, Table
from schemas.tables import FACT_TABLES, NUMBER_LEDGER

_TYPES: dict[str, Any] = {
    "text": str,
    "list of texts": list[str],
    "integer": int,
    "big integer": int,
    "decimal": Decimal,
    "boolean": bool,
    "date": date,
    "timestamp": datetime,
}


class Record(BaseModel):
    """A record that cannot be changed, and takes no value of another type and no field of another name."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def record_model(table: Table) -> type[Record]:
    """The table as a Pydantic model, one field a column; a column that may be NULL has the default None."""
    fields: dict[str, Any] = {column.name: _field(column) for column in table.columns}
    return create_model(table.name, __base__=Record, __doc__=table.description, **fields)


def _exact(value: Any) -> Any:
    """Digits as text become an exact decimal; a floating-point number is not exact any more."""
    if isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation:
            return value
    return value


def _field(column: Column) -> tuple[Any, Any]:
    kind = _TYPES[column.type.name]
    limits: dict[str, Any] = {"ge": column.minimum, "le": column.maximum, "pattern": column.pattern}
    if isinstance(column.type.polars, pl.Decimal):
        # A finer number than the column holds is refused, never rounded.
        limits |= {"max_digits": column.type.polars.precision, "decimal_places": column.type.polars.scale}
    if column.domain:
        kind = Literal[column.domain]
    given = {name: limit for name, limit in limits.items() if limit is not None}
    value = Annotated[kind, Field(**given)] if given else kind
    if kind is Decimal:
        value = Annotated[value, BeforeValidator(_exact)]
    if column.nullable:
        return value | None, Field(default=None, description=column.description)
    return value, Field(description=column.description)


RECORDS: dict[str, type[Record]] = {table.name: record_model(table) for table in (*FACT_TABLES, NUMBER_LEDGER)}
