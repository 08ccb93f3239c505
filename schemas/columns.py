"""The grammar in which `tables/` describes a published table: column types, columns, row rules, keys.

Here is what a table can say about itself and the list of constraints that follows from it. The tables themselves are in
`tables/`; turning a table into Pandera, SQL or documentation is `projections.py`.

A constraint is a polars expression that is true, or null, where a row keeps it; null means "not applicable", as in an
SQL CHECK. Its name is what `quality.rejected.rule` shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import polars as pl

from schemas.vocabulary import PATTERN_EXAMPLES

ConstraintKind = Literal["type", "not_null", "domain", "minimum", "maximum", "pattern", "primary_key", "unique", "rule"]
# Kinds that look at the value of one column; the empty value is not their business.
VALUE_KINDS: tuple[ConstraintKind, ...] = ("domain", "minimum", "maximum", "pattern")


@dataclass(frozen=True)
class ColumnType:
    """A type of column in polars and in DuckDB.

    Attributes:
        name: Name for people.
        polars: Data type of a valid frame.
        duckdb: Type in DDL.
        expects: What a text must look like to become this type, as the end of a sentence; None when a frame must have
            the type already, because single values cannot fail to fit.
    """

    name: str
    polars: pl.DataType
    duckdb: str
    expects: str | None


TEXT = ColumnType("text", pl.String(), "VARCHAR", None)
TEXT_LIST = ColumnType("list of texts", pl.List(pl.String()), "VARCHAR[]", None)
INTEGER = ColumnType("integer", pl.Int32(), "INTEGER", "a whole number of 32 bits")
BIGINT = ColumnType("big integer", pl.Int64(), "BIGINT", "a whole number of 64 bits")
NUMBER = ColumnType(
    "decimal", pl.Decimal(38, 6), "DECIMAL(38,6)", "a number with at most 6 decimals and 32 digits before"
)
FACTOR = ColumnType("decimal", pl.Decimal(38, 12), "DECIMAL(38,12)", "a number with at most 12 decimals")
BOOLEAN = ColumnType("boolean", pl.Boolean(), "BOOLEAN", None)
DATE = ColumnType("date", pl.Date(), "DATE", "a date")
TIMESTAMP = ColumnType("timestamp", pl.Datetime("us"), "TIMESTAMP", "a date and time without a zone")


@dataclass(frozen=True)
class Column:
    """One column of a published table.

    Attributes:
        name: Column name.
        type: Its type.
        description: What it means, in English, with a warning where it is easily misused.
        nullable: Whether it may be NULL.
        domain: The only values allowed; empty for no such list.
        minimum: Smallest value allowed.
        maximum: Largest value allowed.
        pattern: Regular expression (common to polars and DuckDB) that a text matches as a whole.
        unit: Unit of the values: "characters", "bytes", the name of the column that holds the unit, …
    """

    name: str
    type: ColumnType
    description: str
    nullable: bool = True
    domain: tuple[str, ...] = ()
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    pattern: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class RowRule:
    """A rule about several columns of one row.

    Attributes:
        name: Name that a refused row shows.
        description: The rule in words.
        reason: What is wrong with a row that breaks it; `{column}` stands for the row's value.
        holds: Builds the polars expression: true or null where the row keeps the rule.
        sql: The same as an SQL boolean for CHECK, or None where SQL cannot say it about one row.
    """

    name: str
    description: str
    reason: str
    holds: Callable[[], pl.Expr]
    sql: str | None


@dataclass(frozen=True)
class ForeignKey:
    """The values of `column` are values of `references` (`table.column`), or NULL."""

    column: str
    references: str

    @property
    def name(self) -> str:
        """Name that a refused row or a failed check shows."""
        return f"{self.column}.foreign_key"

    @property
    def table(self) -> str:
        """The table that is referred to."""
        return self.references.split(".")[0]

    @property
    def key(self) -> str:
        """The column that is referred to."""
        return self.references.split(".")[1]


@dataclass(frozen=True)
class Constraint:
    """One thing that every row of a table keeps, in the form that validation and DDL use.

    Attributes:
        name: Unique within its table: `value.minimum`, `primary_key`, or the name of a row rule.
        kind: Where it comes from.
        columns: The columns it looks at.
        description: The constraint in words.
        reason: Template of the words for a refused row; `{column}` stands for the row's value.
        holds: True or null where a row keeps it; None for `type`, which is decided while a frame is cast.
        sql: Boolean for an SQL CHECK, or None.
    """

    name: str
    kind: ConstraintKind
    columns: tuple[str, ...]
    description: str
    reason: str
    holds: pl.Expr | None
    sql: str | None


@dataclass(frozen=True)
class Table:
    """One published table.

    Attributes:
        name: Table name.
        description: What one row is and how to use the table.
        columns: Its columns in order.
        primary_key: The columns that name a row.
        schema: Schema in the warehouse.
        unique: Further sets of columns that are unique together.
        foreign_keys: References to other tables.
        rules: Row rules.
        enforce_key: Whether the warehouse file carries the primary key as an index. Without it the key is checked by a
            query when the file is built. This is for tables that grow with the documents: their index would cost more
            than they do, and DuckDB writes a table with an index anew as a whole when a row is added.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    schema: str = "main"
    unique: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[RowRule, ...] = field(default=())
    enforce_key: bool = True

    def __post_init__(self) -> None:
        """Refuse a description that contradicts itself; this is an error of the program, not of the data."""
        names = [column.name for column in self.columns]
        mentioned = {*self.primary_key, *(f.column for f in self.foreign_keys), *(c for u in self.unique for c in u)}
        if len(set(names)) != len(names) or not mentioned <= set(names):
            raise ValueError(f"table {self.full_name}: columns must be unique and keys must name columns")
        constraints = [constraint.name for constraint in self.constraints()]
        constraints += [key.name for key in self.foreign_keys]
        if len(set(constraints)) != len(constraints):
            raise ValueError(f"table {self.full_name}: two constraints have the same name")

    @property
    def full_name(self) -> str:
        """Name as a query writes it: `observations`, `quality.rejected`."""
        return self.name if self.schema == "main" else f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def polars_schema(self) -> pl.Schema:
        """Schema of a valid frame."""
        return pl.Schema({column.name: column.type.polars for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """A frame without rows."""
        return pl.DataFrame(schema=self.polars_schema())

    def constraints(self) -> tuple[Constraint, ...]:
        """Everything that a row must keep: columns first, then keys, then row rules."""
        found = [constraint for column in self.columns for constraint in column_constraints(column)]
        found.append(_key("primary_key", "primary_key", self.primary_key))
        found += [_key(f"unique_{'_'.join(columns)}", "unique", columns) for columns in self.unique]
        for rule in self.rules:
            columns = tuple(name for name in rule.holds().meta.root_names() if name in self.column_names)
            holds, columns = rule.holds(), tuple(dict.fromkeys(columns))
            found.append(Constraint(rule.name, "rule", columns, rule.description, rule.reason, holds, rule.sql))
        return tuple(found)


def column_constraints(column: Column) -> list[Constraint]:
    """The constraints of one column, in the order type, null, domain, minimum, maximum, pattern."""
    name, value = column.name, pl.col(column.name)
    found: list[Constraint] = []

    def add(kind: ConstraintKind, description: str, reason: str, holds: pl.Expr | None, sql: str | None) -> None:
        found.append(Constraint(f"{name}.{kind}", kind, (name,), description, reason, holds, sql))

    if column.type.expects is not None:
        add(
            "type",
            f"{name} is {column.type.expects}",
            f"{name} is {{{name}}}, which is not {column.type.expects}",
            None,
            None,
        )
    if not column.nullable:
        add("not_null", f"{name} is never empty", f"{name} is empty", value.is_not_null(), None)
    if column.domain:
        words = ", ".join(column.domain)
        quoted = ", ".join(sql_text(word) for word in column.domain)
        add(
            "domain",
            f"{name} is one of {words}",
            f"{name} is {{{name}}}, not one of {words}",
            value.is_in(list(column.domain)),
            f"{name} IN ({quoted})",
        )
    if column.minimum is not None:
        add(
            "minimum",
            f"{name} is at least {column.minimum}",
            f"{name} is {{{name}}}, less than {column.minimum}",
            value >= column.minimum,
            f"{name} >= {column.minimum}",
        )
    if column.maximum is not None:
        add(
            "maximum",
            f"{name} is at most {column.maximum}",
            f"{name} is {{{name}}}, more than {column.maximum}",
            value <= column.maximum,
            f"{name} <= {column.maximum}",
        )
    if column.pattern is not None:
        # The words are part of a Constraint's reason template, where braces stand for values: double them.
        words = PATTERN_EXAMPLES.get(column.pattern, column.pattern).replace("{", "{{").replace("}", "}}")
        add(
            "pattern",
            f"{name} matches {column.pattern}",
            f"{name} is {{{name}}}, which does not have the form of {words}",
            value.str.contains(column.pattern),
            f"regexp_matches({name}, {sql_text(column.pattern)})",
        )
    return found


def sql_text(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _key(name: str, kind: ConstraintKind, columns: tuple[str, ...]) -> Constraint:
    words = ", ".join(columns)
    return Constraint(
        name,
        kind,
        columns,
        f"{words} name one row only",
        f"another row came first with the same {words}",
        # The first of equal rows stays: it is the one that is published, and only the repetitions are refused.
        pl.struct(columns).is_first_distinct(),
        None,
    )
