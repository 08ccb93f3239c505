"""The command `xianzhi`.

Belongs here: commands, their options, exit codes. Does not belong here: the work behind them. Heavy imports stand
inside the commands, so that `--help` answers at once.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.settings import PROJECT_ROOT, Settings, SettingsError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads what Chinese counties and cities report on themselves, and keeps a gazetteer of checked facts.",
)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except SettingsError as error:
        errors.print(f"[red]{error}[/red]", soft_wrap=True)
        raise typer.Exit(2) from error


@app.command()
def run() -> None:
    """Read the seeds folder, materialize everything in one Dagster run, and say what came of it."""
    from pipelines.inventory import SeedsError, list_files
    from schemas.corrections import CorrectionsError, load_corrections

    settings = _settings()
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        list_files(settings.seeds)
        load_corrections(settings.corrections_path)
    except (OSError, SeedsError, CorrectionsError) as error:
        errors.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
        raise typer.Exit(2) from error
    with console.status(f"reading {settings.seeds}"):
        from pipelines.launch import run_refresh

        record = run_refresh(settings)
    from pipelines.recap import print_recap

    print_recap(console, record, settings)
    if not record.success:
        raise typer.Exit(1)


@app.command()
def status() -> None:
    """Say what is new or stale, and what the next run would do. Changes nothing."""
    from pipelines.recap import print_status

    print_status(console, _settings())


@app.command()
def sql(query: Annotated[str | None, typer.Argument(help="a query; without one, a prompt opens")] = None) -> None:
    """Query the published file, read-only; a run may publish a new one meanwhile."""
    import duckdb

    from pipelines.sql_prompt import open_warehouse, print_query, prompt

    settings = _settings()
    if not settings.warehouse_path.exists():
        errors.print(f"There is no {settings.warehouse_path} yet: `make run` builds it.", soft_wrap=True)
        raise typer.Exit(1)
    if query is None:
        prompt(console, settings.warehouse_path)
        return
    try:
        connection = open_warehouse(settings.warehouse_path)
    except duckdb.Error as error:
        errors.print(f"{settings.warehouse_path} cannot be opened: {escape(str(error))}", soft_wrap=True)
        errors.print("If it is damaged, `make run` builds it anew.")
        raise typer.Exit(1) from error
    with connection:
        if not print_query(console, connection, query):
            raise typer.Exit(1)


@app.command()
def ui(port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 3000) -> None:
    """Open the Dagster UI on 127.0.0.1, with the sensor that watches the seeds folder."""
    _become_dg(["dev", "--host", "127.0.0.1", "--port", str(port)])


@app.command("dg", context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def dagster_dg(context: typer.Context) -> None:
    """Run Dagster's own `dg` on this project and its instance, such as `xianzhi dg launch --job refresh`."""
    _become_dg(context.args)


def _become_dg(arguments: list[str]) -> None:
    """Replace this process by `dg`, so that signals and exit codes are its own."""
    settings = _settings()
    environment = {**os.environ, **settings.prepare_dagster_home()}
    # dg starts programs of its own environment by name, and wants to find that environment activated.
    environment["VIRTUAL_ENV"] = sys.prefix
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    os.chdir(PROJECT_ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "dagster_dg_cli.cli", *arguments], environment)


if __name__ == "__main__":
    app()
