"""Commands that make something: a run, the site, files for other programs, an earlier build, the UI.

Belongs here: commands, their options, exit codes. Does not belong here: the work behind them, or questions to what is
published (`querying.py`). Heavy imports stand inside the commands, so that `--help` answers at once.
"""

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pipelines.cli.program import (
    app,
    ask_lake,
    build_before,
    console,
    errors,
    examples,
    published_file,
    settings_or_exit,
    writing,
)
from pipelines.settings import PROJECT_ROOT


@app.command(epilog=examples("xianzhi run", "XIANZHI_SEEDS=/data/pages xianzhi run"))
def run() -> None:
    """Read the seeds folder, materialize everything in one Dagster run, and say what came of it."""
    from pipelines.inventory import SeedsError, list_files
    from pipelines.lake import Lake
    from schemas.corrections import CorrectionsError, load_corrections

    settings = settings_or_exit()
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        # Folders that may not be read are told before a run is started.
        for _ in list_files(settings.seeds):
            pass
        load_corrections(settings.corrections_path)
    except (OSError, SeedsError, CorrectionsError) as error:
        errors.print(str(error), style="red", soft_wrap=True)
        raise typer.Exit(2) from error
    if not os.access(settings.data, os.W_OK | os.X_OK):
        errors.print(
            f"{settings.data} cannot be written to: XIANZHI_DATA names another folder", style="red", soft_wrap=True
        )
        raise typer.Exit(2)
    ask_lake(settings)
    if holder := Lake(settings.lake_root).held_by():
        errors.print(f"Another run is under way ({holder}); this one waits for it to end.", soft_wrap=True)
    with console.status(f"reading {escape(str(settings.seeds))}"):
        with _loading():
            # The definitions as well, so that nothing is left to load within the run.
            from pipelines import definitions  # noqa: F401
            from pipelines.launch import run_refresh

        record = run_refresh(settings)
    from pipelines.recap import print_recap

    print_recap(console, record, settings)
    if not record.success:
        raise typer.Exit(1)


@contextmanager
def _loading() -> Iterator[None]:
    """Load modules without looking for garbage among them, now or ever after: it took a fifth of a small run."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        # At the end the interpreter wants to clear it all away; libraries complain on stderr about what is left.
        atexit.register(gc.unfreeze)


@app.command(epilog=examples("xianzhi status"))
def status() -> None:
    """Say what is new or stale, and what the next run would do. Changes nothing."""
    from pipelines.recap import print_status

    settings = settings_or_exit()
    ask_lake(settings)
    print_status(console, settings)


@app.command(epilog=examples("xianzhi atlas"))
def atlas() -> None:
    """Make the static site of the published file anew, and say where it is: open its index.html in a browser."""
    from pipelines.atlas import build_atlas

    path, settings = published_file(), settings_or_exit()
    with console.status(f"reading {escape(str(path))}"), writing(settings.atlas_path):
        report = build_atlas(path, settings.atlas_path)
    console.print(
        f"{escape(str(report.target / 'index.html'))}  ({report.pages:,} pages, {report.byte_count / 1e6:.1f} MB, "
        f"{report.seconds:.1f} s)",
        soft_wrap=True,
    )


@app.command(epilog=examples("xianzhi export out", "xianzhi export out --format csv --format sdmx"))
def export(
    folder: Annotated[Path, typer.Argument(help="folder to write; it may be there, its files of these names go")],
    form: Annotated[
        list[str] | None, typer.Option("--format", help="parquet, csv, jsonl or sdmx; may be repeated")
    ] = None,
) -> None:
    """Write every published table as files with a description of their columns, and the series as SDMX-CSV."""
    from pipelines.exports import FORMS, export

    forms = tuple(dict.fromkeys(form or FORMS))
    if unknown := [one for one in forms if one not in FORMS]:
        errors.print(f"There is no format {', '.join(unknown)}; --format is one of {', '.join(FORMS)}.")
        raise typer.Exit(2)
    path = published_file()
    with writing(folder):
        written = export(errors, path, folder, forms)
    console.print(f"{written} files in {escape(str(folder))}", soft_wrap=True)


@app.command(epilog=examples("xianzhi restore", "xianzhi restore 2024-11-30T08-15-00.123456Z"))
def restore(build: Annotated[str | None, typer.Argument(help="the build to bring back")] = None) -> None:
    """Bring an earlier build back; without a name, list those that are kept."""
    from warehouse.swap import BuildBusyError, DamagedBuildError, builds_before, is_whole, restore

    path = settings_or_exit().warehouse_path
    if build is None:
        kept = builds_before(path)
        for one in kept:
            console.print(f"{one.stem}  {one.stat().st_size / 1e6:.1f} MB{'' if is_whole(one) else '  damaged'}")
        if not kept:
            console.print("No build before the published one is kept.")
        return
    chosen = build_before(path, build)
    try:
        restore(chosen, path)
    except (BuildBusyError, DamagedBuildError, OSError) as error:
        errors.print(str(error), style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(
        f"{escape(str(path))} is the build of {escape(build)} again, until the next run that has something to do.",
        soft_wrap=True,
    )


@app.command(epilog=examples("xianzhi ui", "xianzhi ui --port 3001"))
def ui(port: Annotated[int, typer.Option(min=1, max=65535, help="port on 127.0.0.1")] = 3000) -> None:
    """Open the Dagster UI on 127.0.0.1, with the sensor that watches the seeds folder."""
    _become_dg(["dev", "--host", "127.0.0.1", "--port", str(port)])


@app.command("dg", context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def dagster_dg(context: typer.Context) -> None:
    """Run Dagster's own `dg` on this project and its instance, such as `xianzhi dg launch --job refresh`."""
    _become_dg(context.args)


def _become_dg(arguments: list[str]) -> None:
    """Replace this process by `dg`, so that signals and exit codes are its own."""
    settings = settings_or_exit()
    environment = {**os.environ, **settings.prepare_dagster_home()}
    # dg starts programs of its own environment by name, and wants to find that environment activated.
    environment["VIRTUAL_ENV"] = sys.prefix
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    os.chdir(PROJECT_ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "dagster_dg_cli.cli", *arguments], environment)
