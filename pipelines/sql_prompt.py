"""A read-only SQL prompt on the published file.

Belongs here: opening the file and showing results. Anything that changes data does not belong here.
"""

import contextlib
from pathlib import Path

import duckdb
from rich.console import Console
from rich.markup import escape

# Nothing is fetched: what is not in the wheel is not there.
CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
HELP = """End a query with a semicolon. SHOW ALL TABLES; lists the tables, DESCRIBE observations; the columns of one,
FROM duckdb_columns() SELECT column_name, comment WHERE table_name = 'observations'; what they mean. Ctrl-D leaves."""


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file for reading; others may read it too, and a run may put a new one in its place."""
    return duckdb.connect(path, read_only=True, config=CONFIGURATION)


def print_query(console: Console, connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Print what each statement of a query returns, or why one fails; the answer is whether it went well."""
    try:
        for statement in connection.extract_statements(query):
            relation = connection.sql(statement)
            if relation is not None:
                relation.show(max_width=console.width)
    except duckdb.Error as error:
        console.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
        return False
    return True


def prompt(console: Console, path: Path) -> None:
    """Read queries until the end of input. A build that is published meanwhile is opened before the next query."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (gives input() a history and line editing)
    console.print(f"[bold]{escape(str(path))}[/bold], read-only. {HELP}", soft_wrap=True)
    connection, opened = open_warehouse(path), path.stat().st_ino
    while (query := _read_query()) is not None:
        if path.stat().st_ino != opened:
            connection.close()
            connection, opened = open_warehouse(path), path.stat().st_ino
            console.print("[dim]A new build has been published; this is it.[/dim]")
        print_query(console, connection, query)
    connection.close()


def _read_query() -> str | None:
    """One query of one or more lines up to a semicolon; None at the end of input."""
    lines: list[str] = []
    while not lines or not lines[-1].rstrip().endswith(";"):
        try:
            line = input("xianzhi> " if not lines else "    ...> ")
        except (EOFError, KeyboardInterrupt):
            print()
            return None
        if line.strip():
            lines.append(line)
    return "\n".join(lines)
