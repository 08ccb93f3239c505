"""The marts of `marts/*.sql`: one a file, with its description and the meaning of its columns in the leading comment.

    -- What one row is and how to use the mart.
    --
    -- ref_area: What the column means;
    --   a line that is indented goes on.
    CREATE VIEW marts.<name of the file> AS …

A mart is a view, or where a question would have to work through all observations a table (`CREATE TABLE`), which
every build makes anew. It names its tables with their schema (`main.observations`), so that a view also works where the
file is attached under another name.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from schemas.columns import sql_text
from schemas.tables import TABLES

FOLDER = Path(__file__).with_name("marts")


class MartError(ValueError):
    """A file in `marts/` is not of the form that is expected."""


@dataclass(frozen=True)
class Mart:
    """One view, or a table that every build makes anew.

    Attributes:
        name: Name without the schema.
        description: What one row is.
        columns: Meaning of each column, in the order of the comment.
        statement: CREATE VIEW or CREATE TABLE.
        kept: Whether it is a table.
    """

    name: str
    description: str
    columns: dict[str, str]
    statement: str
    kept: bool

    @property
    def full_name(self) -> str:
        """Name as a query writes it."""
        return f"marts.{self.name}"

    @property
    def tables(self) -> list[str]:
        """Tables and views that it selects from, as a query of the published file writes them."""
        named = re.findall(r"\b(main|marts|quality)\.(\w+)", self.statement.partition(" AS")[2])
        return sorted({name if schema == "main" else f"{schema}.{name}" for schema, name in named})

    def comments(self) -> list[str]:
        """COMMENT ON statements for it and each of its columns."""
        kind = "TABLE" if self.kept else "VIEW"
        return [f"COMMENT ON {kind} {self.full_name} IS {sql_text(self.description)}"] + [
            f'COMMENT ON COLUMN {self.full_name}."{name}" IS {sql_text(meaning)}'
            for name, meaning in self.columns.items()
        ]


def read_marts(folder: Path = FOLDER) -> list[Mart]:
    """The marts of a folder, each after those that it builds on.

    Raises:
        MartError: A file has no description, no column comments, or creates something else than its name says.
    """
    marts = {mart.name: mart for mart in map(read_mart, sorted(folder.glob("*.sql")))}
    after = {name: [other for other in marts if _uses(mart, other)] for name, mart in marts.items()}
    return [marts[name] for name in TopologicalSorter(after).static_order()]


@cache
def origins_of_marts() -> dict[str, dict[str, str]]:
    """The columns that each mart carries over from another table or mart, and from which, by full names.

    A column that only one of the tables of its mart has under the same name is that one's; what is computed, or has its
    name from several, is left out rather than guessed.
    """
    marts = read_marts()
    columns: dict[str, Container[str]] = {name: table.column_names for name, table in TABLES.items()}
    columns |= {mart.full_name: mart.columns for mart in marts}
    found: dict[str, dict[str, str]] = {}
    for mart in marts:
        having = {column: [name for name in mart.tables if column in columns[name]] for column in mart.columns}
        found[mart.full_name] = {column: names[0] for column, names in having.items() if len(names) == 1}
    return found


def _uses(mart: Mart, other: str) -> bool:
    return other != mart.name and re.search(rf"\bmarts\.{other}\b", mart.statement) is not None


def read_mart(path: Path) -> Mart:
    """One file as a mart."""
    lines = path.read_text(encoding="utf-8").splitlines()
    length = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    header, statement = lines[:length], "\n".join(lines[length:]).strip().rstrip(";")
    description: list[str] = []
    columns: dict[str, str] = {}
    for line in header:
        text = line.removeprefix("--").removeprefix(" ").rstrip()
        if found := re.fullmatch(r"([a-z_]+): (.+)", text):
            columns[found[1]] = found[2]
        elif columns and text.startswith("  "):
            last = next(reversed(columns))
            columns[last] += f" {text.strip()}"
        elif text:
            description.append(text)
    kept = statement.startswith(f"CREATE TABLE marts.{path.stem} AS")
    if not description or not columns or not (kept or statement.startswith(f"CREATE VIEW marts.{path.stem} AS")):
        raise MartError(
            f"{path}: expected a comment with a description and a line “-- column: meaning” for each column, then "
            f"“CREATE VIEW marts.{path.stem} AS” or “CREATE TABLE …”"
        )
    return Mart(path.stem, " ".join(description), columns, statement, kept)
