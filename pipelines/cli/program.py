"""The program `xianzhi` itself, and what its commands share: consoles, settings, the published file.

Does not belong here: commands (`making.py`, `querying.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from pipelines.settings import Settings, SettingsError

if TYPE_CHECKING:
    import duckdb

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads what Chinese counties and cities report on themselves, and keeps a gazetteer of checked facts.",
)

console = Console(highlight=False)
# Square brackets in what a user has typed are no markup.
errors = Console(stderr=True, highlight=False, markup=False)


def examples(*lines: str) -> str:
    """The examples at the end of a command's help, each on a line of its own."""
    return "\n\n".join(("For example:", *lines))


def settings_or_exit() -> Settings:
    """The settings of the environment; ends the command where one of them is none."""
    try:
        return Settings.from_environment()
    except SettingsError as error:
        errors.print(str(error), style="red", soft_wrap=True)
        raise typer.Exit(2) from error


def ask_lake(settings: Settings) -> None:
    """End the command where the lake lies in object storage that does not answer."""
    if settings.lake is None:
        return
    from pipelines.object_lake import ObjectLake

    try:
        ObjectLake(settings.lake_root, settings.lake).ask()
    except OSError as error:
        errors.print(f"{settings.lake} (XIANZHI_LAKE) cannot be read: {error}", style="red", soft_wrap=True)
        raise typer.Exit(2) from error


def published_file() -> Path:
    """The published file; ends the command where there is none that can be opened."""
    from warehouse.swap import is_whole

    path = settings_or_exit().warehouse_path
    if is_whole(path):
        return path
    missing = f"{path} is damaged and cannot be opened" if path.exists() else f"There is no {path} yet"
    errors.print(f"{missing}: `make run` builds it.", soft_wrap=True)
    raise typer.Exit(1)


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Whatever writes to a place that the user has named; ends the command where nothing can be written there."""
    try:
        yield
    except OSError as error:
        told = f"{target} cannot be written to: {error.strerror}. Name another one." if error.strerror else str(error)
        errors.print(told, soft_wrap=True)
        raise typer.Exit(1) from error


@contextmanager
def looking_up() -> "Iterator[duckdb.DuckDBPyConnection]":
    """The published file, to look one thing up in; ends the command where it is not there or not one thing."""
    from pipelines.fact_lookup import LookupFailedError
    from pipelines.sql_prompt import open_warehouse

    with open_warehouse(published_file()) as connection:
        try:
            yield connection
        except LookupFailedError as error:
            errors.print(str(error), soft_wrap=True)
            raise typer.Exit(1) from error


def build_before(path: Path, name: str | None) -> Path:
    """A kept build by its name, or the newest; ends the command where there is none that can be opened."""
    from warehouse.swap import builds_before, is_whole

    kept = [one for one in builds_before(path) if is_whole(one)]
    chosen = [one for one in kept if name is None or one.stem == name]
    if chosen:
        return chosen[0]
    told = ", ".join(one.stem for one in kept) or "none"
    errors.print(f"No such build can be opened beside {path}; there are: {told}.", soft_wrap=True)
    raise typer.Exit(1)
