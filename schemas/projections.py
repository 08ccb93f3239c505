"""What follows from the description of a table: Pandera schema, DDL, columns for the UI, dictionary, exported files.

Nothing here knows a particular table, and nothing here runs: statements and schemas are returned as values. Splitting a
frame is `pipelines/validation`, building a file is `warehouse/build.py`.
"""

from typing import Any, Literal, TypedDict

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import VALUE_KINDS, Column, Constraint, Table, sql_text


class ColumnSummary(TypedDict):
    """One column as plain data, in the shape of Dagster's TableColumn with its TableColumnConstraints."""

    name: str
    type: str
    description: str
    nullable: bool
    unique: bool
    other: list[str]


class TableSummary(TypedDict):
    """One table as plain data, in the shape of Dagster's TableSchema with its TableConstraints."""

    name: str
    description: str
    columns: list[ColumnSummary]
    constraints: list[str]


def pandera_schema(table: Table) -> pa.DataFrameSchema:
    """The table as a Pandera schema for a `pl.DataFrame`.

    The name of each check is the name of the constraint, so that `failure_cases` leads back to it; only Pandera's own
    `not_nullable` stands for `<column>.not_null`. Validate eagerly and with `lazy=True`: on a LazyFrame Pandera looks
    at names and types only, and passes bad values in silence.
    """
    constraints = [c for c in table.constraints() if c.holds is not None]
    columns = {
        column.name: pa.Column(
            column.type.polars,
            checks=[_check(c) for c in constraints if c.columns == (column.name,) and c.kind in VALUE_KINDS],
            nullable=column.nullable,
        )
        for column in table.columns
    }
    of_rows = [_check(c) for c in constraints if c.kind in ("primary_key", "unique", "rule")]
    return pa.DataFrameSchema(columns, checks=of_rows, strict=True, ordered=True, name=table.full_name)


def _check(constraint: Constraint) -> pa.Check:
    holds = constraint.holds
    assert holds is not None

    def keeps(data: PolarsData) -> pl.LazyFrame:
        # Null is "does not apply", as in an SQL CHECK.
        return data.lazyframe.select(holds.fill_null(True))

    return pa.Check(keeps, name=constraint.name, error=constraint.name)


def create_table(table: Table) -> str:
    """CREATE TABLE with types, NOT NULL, CHECK and, where it is enforced, PRIMARY KEY and UNIQUE."""
    constraints = table.constraints()
    lines = [
        f"{_identifier(column.name)} {column.type.duckdb}{'' if column.nullable else ' NOT NULL'}"
        for column in table.columns
    ]
    lines += [f"CHECK ({constraint.sql})" for constraint in constraints if constraint.sql is not None]
    if table.enforce_key:
        lines.append(f"PRIMARY KEY ({', '.join(map(_identifier, table.primary_key))})")
        lines += [f"UNIQUE ({', '.join(map(_identifier, columns))})" for columns in table.unique]
    return f"CREATE TABLE {qualified(table)} (\n    " + ",\n    ".join(lines) + "\n)"


def comments(table: Table, published_as: Literal["TABLE", "VIEW"] = "TABLE") -> list[str]:
    """COMMENT ON statements for the table, or the view that stands for it, and each of its columns."""
    name = qualified(table)
    return [f"COMMENT ON {published_as} {name} IS {sql_text(table.description)}"] + [
        f"COMMENT ON COLUMN {name}.{_identifier(column.name)} IS {sql_text(describe(column))}"
        for column in table.columns
    ]


def qualified(table: Table) -> str:
    """Name with its schema: a view that says `main.observations` works under any name of the attached file."""
    return f"{table.schema}.{_identifier(table.name)}"


def describe(column: Column) -> str:
    """Description with the unit."""
    return column.description if column.unit is None else f"{column.description} Unit: {column.unit}."


def summary(table: Table) -> TableSummary:
    """The table as plain data; `pipelines` makes Dagster's TableSchema of it."""
    constraints = table.constraints()
    return TableSummary(
        name=table.full_name,
        description=table.description,
        columns=[
            ColumnSummary(
                name=column.name,
                type=column.type.duckdb,
                description=describe(column),
                nullable=column.nullable,
                unique=(column.name,) in (table.primary_key, *table.unique),
                other=[c.description for c in constraints if c.columns == (column.name,) and c.kind in VALUE_KINDS],
            )
            for column in table.columns
        ],
        constraints=[c.description for c in constraints if c.kind in ("primary_key", "unique", "rule")]
        + [f"{key.column} is in {key.references}" for key in table.foreign_keys],
    )


def dictionary(table: Table) -> str:
    """The table as a section of the data dictionary, in Markdown."""
    data = summary(table)
    lines = [f"## {data['name']}", "", data["description"], "", f"Key: {', '.join(table.primary_key)}.", ""]
    lines += ["| column | type | empty? | meaning |", "|---|---|---|---|"]
    for column in data["columns"]:
        meaning = " ".join([column["description"], *(f"({rule})" for rule in column["other"])]).replace("|", "\\|")
        lines.append(f"| `{column['name']}` | {column['type']} | {'yes' if column['nullable'] else 'no'} | {meaning} |")
    rules = [rule for rule in data["constraints"] if not rule.endswith("name one row only")]
    if rules:
        lines += ["", "Rules:", "", *(f"- {rule}" for rule in rules)]
    return "\n".join(lines) + "\n"


# Types of a Table Schema (Frictionless Data); a decimal is a number written with all its digits.
_FRICTIONLESS = {
    "text": "string",
    "list of texts": "array",
    "integer": "integer",
    "big integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
}


def frictionless_schema(table: Table) -> dict[str, Any]:
    """The table as a Table Schema of Frictionless Data: fields with type, description and constraints, and keys.

    Rules over several columns have no place in such a schema; `quality.check_results` has what came of them.
    """
    schema: dict[str, Any] = {
        "fields": [_frictionless_field(table, column) for column in table.columns],
        "primaryKey": list(table.primary_key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.key]}}
            for key in table.foreign_keys
        ]
    return schema


def _frictionless_field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if not column.nullable else {}
    if (column.name,) in table.unique:
        constraints["unique"] = True
    if column.domain:
        constraints["enum"] = list(column.domain)
    if column.pattern:
        constraints["pattern"] = column.pattern
    for name, limit in (("minimum", column.minimum), ("maximum", column.maximum)):
        if limit is not None:
            constraints[name] = int(limit) if limit == int(limit) else str(limit)
    field = {"name": column.name, "type": _FRICTIONLESS[column.type.name], "description": column.description}
    if column.unit is not None:
        field["unit"] = column.unit
    return {**field, "constraints": constraints} if constraints else field


def _identifier(name: str) -> str:
    return f'"{name}"'
