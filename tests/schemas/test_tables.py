"""Tables say one thing in all their forms: Pandera, DuckDB, Pydantic, words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb
import polars as pl
import pytest
from pydantic import ValidationError

from schemas.columns import Column, Constraint, RowRule, Table
from schemas.projections import comments, create_table, dictionary, pandera_schema, qualified, summary
from schemas.records import RECORDS
from schemas.tables import TABLES
from schemas.vocabulary import PATTERN_EXAMPLES
from tests.validation.plants import planted
from tests.validation.rows import Row, observation, row, typed

DECLARED = [(name, constraint) for name, table in TABLES.items() for constraint in table.constraints()]


# DuckDB --------------------------------------------------------------------------------------------------------------


def empty_warehouse(*tables: Table) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA quality")
    for table in tables:
        connection.execute(create_table(table))
    return connection


@cache
def empty_table(name: str) -> duckdb.DuckDBPyConnection:
    """A connection with that table; whoever uses it rolls back."""
    return empty_warehouse(TABLES[name])


@contextmanager
def rolled_back(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def insert(connection: duckdb.DuckDBPyConnection, table: Table, *rows: Row) -> None:
    """Insert rows one by one, as whoever writes into the file by hand would."""
    for values in rows:
        marks = ", ".join("?" for _ in values)
        names = ", ".join(f'"{name}"' for name in values)
        connection.execute(f"INSERT INTO {qualified(table)} ({names}) VALUES ({marks})", list(values.values()))


def stated(table: str, constraint: Constraint) -> bool:
    """Whether the DDL carries the constraint."""
    if constraint.kind in ("primary_key", "unique"):
        return TABLES[table].enforce_key
    return constraint.kind == "not_null" or constraint.sql is not None


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_takes_the_valid_row_as_it_is(table: str) -> None:
    connection = empty_warehouse(TABLES[table])
    insert(connection, TABLES[table], row(table))
    assert connection.sql(f"FROM {qualified(TABLES[table])}").pl().equals(typed(table, row(table)))


@pytest.mark.parametrize(
    ("table", "constraint"),
    [(name, c) for name, c in DECLARED if stated(name, c)],
    ids=[f"{name}-{c.name}" for name, c in DECLARED if stated(name, c)],
)
def test_duckdb_refuses_the_row_that_breaks_a_constraint(table: str, constraint: Constraint) -> None:
    rows = planted(table, constraint)
    connection = empty_table(table)
    words = {"not_null": "NOT NULL", "primary_key": "(?i)primary key", "unique": "(?i)unique"}
    with rolled_back(connection):
        insert(connection, TABLES[table], *rows[:-1])
        with pytest.raises(duckdb.ConstraintException, match=words.get(constraint.kind, "CHECK")):
            insert(connection, TABLES[table], rows[-1])
    if constraint.sql is not None:
        # It is this CHECK and no other that refuses the row.
        names = ", ".join(f'"{name}" {TABLES[table].column(name).type.duckdb}' for name in constraint.columns)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE alone ({names}, CHECK ({constraint.sql}))")
        values = [rows[-1][name] for name in constraint.columns]
        with pytest.raises(duckdb.ConstraintException, match="CHECK"):
            connection.execute(f"INSERT INTO alone VALUES ({', '.join('?' for _ in values)})", values)


@pytest.mark.parametrize(("table", "constraint"), DECLARED, ids=[f"{name}-{c.name}" for name, c in DECLARED])
def test_every_constraint_reaches_duckdb_where_sql_can_say_it(table: str, constraint: Constraint) -> None:
    # A type needs no CHECK; a key is checked by a query where an index would be too dear.
    by_other_means = constraint.kind == "type" or (constraint.kind == "primary_key" and not TABLES[table].enforce_key)
    assert stated(table, constraint) or by_other_means


def test_comments_reach_every_table_and_column() -> None:
    connection = empty_warehouse(*TABLES.values())
    for table in TABLES.values():
        for statement in comments(table):
            connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL").fetchone() == (0,)
    bare = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert connection.execute(bare).fetchone() == (0,)
    unit = "SELECT comment FROM duckdb_columns() WHERE table_name = 'observations' AND column_name = 'raw_start'"
    found = connection.execute(unit).fetchone()
    assert found is not None
    assert found[0].endswith("Unit: Unicode code points.")


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_descriptions_are_sentences(table: Table) -> None:
    for text in (table.description, *(column.description for column in table.columns)):
        assert len(text) > 8
        assert text[-1] in ".…"


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_reasons_name_only_columns_of_the_table(table: Table) -> None:
    for constraint in table.constraints():
        named = re.findall(r"(?<!\{)\{([a-z_]+)\}", constraint.reason)
        assert set(named) <= set(table.column_names)


def test_the_summary_is_plain_data_of_all_columns() -> None:
    data = summary(TABLES["rankings"])
    assert [column["name"] for column in data["columns"]] == list(TABLES["rankings"].column_names)
    rank = next(column for column in data["columns"] if column["name"] == "rank")
    assert (rank["type"], rank["nullable"], rank["unique"], rank["other"]) == (
        "INTEGER",
        True,
        False,
        ["rank is at least 1"],
    )
    assert "rank, within_top or streak_years is given" in data["constraints"]
    assert "doc_id is in documents.doc_id" in data["constraints"]


def test_the_dictionary_has_a_row_for_each_column() -> None:
    text = dictionary(TABLES["observations"])
    for column in TABLES["observations"].columns:
        assert f"\n| `{column.name}` | " in text
    # A bar inside a pattern must not end the cell.
    assert all(line.replace("\\|", "").count("|") == 5 for line in text.splitlines() if line.startswith("|"))


# Pandera and Pydantic ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.full_name)
def test_pandera_has_the_columns_and_every_constraint(table: Table) -> None:
    schema = pandera_schema(table)
    assert list(schema.columns) == list(table.column_names)
    checks = {check.name for column in schema.columns.values() for check in column.checks}
    checks |= {check.name for check in schema.checks}
    checks |= {f"{name}.not_null" for name, column in schema.columns.items() if not column.nullable}
    assert checks == {c.name for c in table.constraints() if c.kind != "type"}


@pytest.mark.parametrize("name", RECORDS)
def test_models_have_the_columns_of_their_table(name: str) -> None:
    table, schema = TABLES[name], RECORDS[name].model_json_schema()
    assert set(schema["properties"]) == set(table.column_names)
    # Whatever is not nullable must be given.
    assert set(schema["required"]) == {column.name for column in table.columns if not column.nullable}


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name in RECORDS for column in TABLES[name].columns],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_fields_say_what_their_column_says(name: str, column: Column) -> None:
    schema = RECORDS[name].model_json_schema()["properties"][column.name]
    options = schema.get("anyOf", [schema])
    plain = next(
        option for option in options if option.get("type") in ("number", "integer") or option != {"type": "null"}
    )
    assert ({"type": "null"} in options) == column.nullable
    assert tuple(plain.get("enum", ())) == column.domain
    for limit, stated in ((column.minimum, plain.get("minimum")), (column.maximum, plain.get("maximum"))):
        # JSON schema writes limits as floating point numbers.
        assert stated == (None if limit is None else float(limit))
    if column.type.name == "decimal":
        assert plain["type"] == "number"
    else:
        assert plain["type"] == {"text": "string", "list of texts": "array"}.get(column.type.name, "integer")
        assert plain.get("pattern") == column.pattern


def record(**changes: Any) -> dict[str, Any]:
    """The valid observation as Python values, numbers as Decimal."""
    return {**typed("observations", observation()).row(0, named=True), **changes}


def test_a_model_takes_the_valid_record_and_gives_the_row_back() -> None:
    fact = RECORDS["observations"](**record())
    assert fact.model_dump().keys() == record().keys()
    rows = pl.DataFrame([fact.model_dump()], schema=TABLES["observations"].polars_schema())
    assert rows.equals(typed("observations", observation()))


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 5140.06},
        {"value": "5140.06 or so"},
        {"value": Decimal("5140.0600001")},
        {"value": Decimal(10) ** 19},
        {"value": None},
        {"bound": "about"},
        {"raw_start": -1},
        {"doc_id": "x"},
        {"colour": "red"},
    ],
)
def test_a_model_refuses_other_types_words_and_forms(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RECORDS["observations"](**record(**changes))


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        RECORDS["observations"](**record()).bound = "approx"  # type: ignore[misc]


# The grammar ---------------------------------------------------------------------------------------------------------


def test_a_table_that_contradicts_itself_is_refused() -> None:
    columns = TABLES["unit_measures"].columns
    with pytest.raises(ValueError, match="keys must name columns"):
        Table("t", "…", columns, primary_key=("code",))
    with pytest.raises(ValueError, match="columns must be unique"):
        Table("t", "…", (*columns, columns[0]), primary_key=("unit_measure",))
    rule = RowRule("primary_key", "…", "…", lambda: pl.col("name_zh") != "", None)
    with pytest.raises(ValueError, match="same name"):
        Table("t", "…", columns, primary_key=("unit_measure",), rules=(rule,))


def test_every_table_comes_after_those_it_refers_to() -> None:
    names = list(TABLES)
    for table in TABLES.values():
        for key in table.foreign_keys:
            assert names.index(key.table) <= names.index(table.full_name)
            assert TABLES[key.table].column(key.key).type == table.column(key.column).type


def test_a_pattern_is_told_by_an_example_that_has_it() -> None:
    for pattern, example in PATTERN_EXAMPLES.items():
        for one in re.split(", (?=[0-9])| or ", example):
            assert re.fullmatch(pattern.removeprefix("^").removesuffix("$"), one), (pattern, one)
    [told] = [one.reason for name, one in DECLARED if (name, one.name) == ("observations", "time_period.pattern")]
    assert told.endswith("which does not have the form of 2023, 2024-09, 2017-01/2017-03 or 2022/2025")
