"""The command `xianzhi`.

Belongs here: commands, their options, exit codes. Does not belong here: the work behind them. Heavy imports stand
inside the commands, so that `--help` answers at once.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.settings import PROJECT_ROOT, Settings, SettingsError

if TYPE_CHECKING:
    import duckdb

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Reads what Chinese counties and cities report on themselves, and keeps a gazetteer of checked facts.",
)


def _examples(*lines: str) -> str:
    """The examples at the end of a command's help, each on a line of its own."""
    return "\n\n".join(("For example:", *lines))


console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def _settings() -> Settings:
    try:
        return Settings.from_environment()
    except SettingsError as error:
        errors.print(f"[red]{error}[/red]", soft_wrap=True)
        raise typer.Exit(2) from error


@app.command(epilog=_examples("xianzhi run", "XIANZHI_SEEDS=/data/pages xianzhi run"))
def run() -> None:
    """Read the seeds folder, materialize everything in one Dagster run, and say what came of it."""
    from pipelines.inventory import SeedsError, list_files
    from pipelines.lake import Lake
    from schemas.corrections import CorrectionsError, load_corrections

    settings = _settings()
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        # Folders that may not be read are told before a run is started.
        for _ in list_files(settings.seeds):
            pass
        load_corrections(settings.corrections_path)
    except (OSError, SeedsError, CorrectionsError) as error:
        errors.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
        raise typer.Exit(2) from error
    if not os.access(settings.data, os.W_OK | os.X_OK):
        errors.print(
            f"[red]{settings.data} cannot be written to: XIANZHI_DATA names another folder[/red]", soft_wrap=True
        )
        raise typer.Exit(2)
    _ask_lake(settings)
    if holder := Lake(settings.lake_root).held_by():
        errors.print(f"Another run is under way ({holder}); this one waits for it to end.", soft_wrap=True)
    with console.status(f"reading {settings.seeds}"):
        from pipelines.launch import run_refresh

        record = run_refresh(settings)
    from pipelines.recap import print_recap

    print_recap(console, record, settings)
    if not record.success:
        raise typer.Exit(1)


@app.command(epilog=_examples("xianzhi status"))
def status() -> None:
    """Say what is new or stale, and what the next run would do. Changes nothing."""
    from pipelines.recap import print_status

    settings = _settings()
    _ask_lake(settings)
    print_status(console, settings)


@app.command(
    epilog=_examples(
        "echo 2024年全县粮食产量26万吨 | xianzhi read --place 430626",
        "xianzhi read page.txt --published 2024-03-01 --json",
    )
)
def read(
    file: Annotated[Path | None, typer.Argument(help="a text file; standard input without one")] = None,
    published: Annotated[datetime | None, typer.Option(help="day of publication", formats=["%Y-%m-%d"])] = None,
    place: Annotated[str | None, typer.Option(help="GB/T 2260 code of the place it is about")] = None,
    json: Annotated[bool, typer.Option("--json", help="everything as JSON")] = False,
) -> None:
    """Read the facts of one text, without the pipeline."""
    from pipelines.extraction import read_facts
    from pipelines.facts_view import print_text_facts, text_facts_as_json
    from pipelines.reading.encodings import Fault, decode
    from schemas.registry import load_registry

    if place is not None and place not in load_registry().places:
        errors.print(f'{escape(place)} is no code of a place: xianzhi sql "FROM places" lists them.', soft_wrap=True)
        raise typer.Exit(2)
    try:
        decoded = decode(file.read_bytes() if file else sys.stdin.buffer.read())
    except OSError as error:
        errors.print(f"{escape(str(file))} cannot be read: {error.strerror}.", soft_wrap=True)
        raise typer.Exit(1) from error
    if isinstance(decoded, Fault):
        errors.print(escape(decoded.reason), soft_wrap=True)
        raise typer.Exit(1)
    facts = read_facts(decoded.text, published.date() if published else None, place)
    if json:
        print(text_facts_as_json(facts))
    elif not print_text_facts(console, facts):
        console.print("No fact was understood.")


@app.command(
    epilog=_examples(
        "xianzhi facts --place 昆山 --indicator GDP",
        "xianzhi facts --period 2023 --format parquet --output facts.parquet",
    )
)
def facts(
    place: Annotated[str | None, typer.Option(help="name or code of a place")] = None,
    indicator: Annotated[str | None, typer.Option(help="name or code of an indicator")] = None,
    period: Annotated[str | None, typer.Option(help="beginning of a period: 2023, 2023-09")] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, json or parquet")] = "table",
    output: Annotated[Path | None, typer.Option(help="file to write; standard output without one")] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many at most")] = 50,
) -> None:
    """Find observations in the published file."""
    from pipelines.facts_view import FORMS, find_observations, write_observations

    if form not in FORMS or (form == "parquet" and output is None):
        errors.print(f"--format is one of {', '.join(FORMS)}; parquet needs --output as well.")
        raise typer.Exit(2)
    found = find_observations(_published(), place, indicator, period, limit)
    write_observations(console, found, form, output)
    if output is not None or found.is_empty():
        errors.print(f"{found.height} observations" + (f" in {output}" if output else ""), soft_wrap=True)


@app.command(epilog=_examples("xianzhi show 晋江_署名文章.txt", "xianzhi show quanzhou --brief | less -R"))
def show(
    document: Annotated[str, typer.Argument(help="file name, part of its path, or the beginning of its id")],
    brief: Annotated[bool, typer.Option("--brief", help="leave out lines in which nothing was found")] = False,
    json: Annotated[bool, typer.Option("--json", help="text, facts and numbers not understood as JSON")] = False,
) -> None:
    """Show a document with its facts in colour, and a short tag and id for each."""
    from pipelines.document_view import document_as_json, marked, print_document
    from pipelines.fact_lookup import find_document

    with _looking_up() as connection:
        found = find_document(connection, document)
        marks = marked(connection, found["doc_id"])
    if json:
        print(document_as_json(found, marks))
    else:
        print_document(console, found, marks, brief)


@app.command(epilog=_examples("xianzhi explain 3fa9c2d1", "xianzhi explain 3fa9c2d1 --json"))
def explain(
    fact: Annotated[str, typer.Argument(metavar="FACT_ID", help="id of a fact, or its first characters")],
    json: Annotated[bool, typer.Option("--json", help="everything as JSON")] = False,
) -> None:
    """Explain a fact: its words, the rule that read it, why this place, period and indicator, and what doubts it."""
    from pipelines.explanation import explain, explanation_as_json, print_explanation
    from pipelines.fact_lookup import find_fact

    with _looking_up() as connection:
        told = explain(connection, *find_fact(connection, fact))
    if json:
        print(explanation_as_json(told))
    else:
        print_explanation(console, told)


@app.command(epilog=_examples("xianzhi export out", "xianzhi export out --format csv --format sdmx"))
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
    path = _published()
    try:
        written = export(errors, path, folder, forms)
    except OSError as error:
        errors.print(
            f"{escape(str(folder))} cannot be written to: {error.strerror}. Name another folder.", soft_wrap=True
        )
        raise typer.Exit(1) from error
    console.print(f"{written} files in {escape(str(folder))}", soft_wrap=True)


@app.command(epilog=_examples("xianzhi rejected", "xianzhi rejected --rule hard_range --limit 5"))
def rejected(
    rule: Annotated[str | None, typer.Option(help="only refusals by this rule")] = None,
    document: Annotated[str | None, typer.Option(help="only documents whose path contains this")] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many at most")] = 20,
) -> None:
    """List what was refused, with the words that it stands on and the reason."""
    from pipelines.inspection import print_rejected

    print_rejected(console, _published(), rule, document, limit)


@app.command(epilog=_examples("xianzhi atlas"))
def atlas() -> None:
    """Make the static site of the published file anew, and say where it is: open its index.html in a browser."""
    from pipelines.atlas import build_atlas

    path, settings = _published(), _settings()
    with console.status(f"reading {path}"):
        report = build_atlas(path, settings.atlas_path)
    console.print(
        f"{report.target / 'index.html'}  ({report.pages:,} pages, {report.byte_count / 1e6:.1f} MB, "
        f"{report.seconds:.1f} s)",
        soft_wrap=True,
    )


@app.command(epilog=_examples("xianzhi diff", "xianzhi diff observations --limit 50"))
def diff(
    table: Annotated[str | None, typer.Argument(help="also show the rows of this table that differ")] = None,
    build: Annotated[str | None, typer.Option(help="an earlier build; the one before by default")] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many rows at most")] = 20,
) -> None:
    """Compare the published file with an earlier build: rows added, removed and changed."""
    from pipelines.inspection import print_differences
    from warehouse.differences import COMPARED

    path = _published()
    if table is not None and table not in (names := [one.full_name for one in COMPARED]):
        errors.print(f"There is no table {table} to compare; there are {', '.join(names)}.", soft_wrap=True)
        raise typer.Exit(2)
    print_differences(console, path, _build_before(path, build), table, limit)


@app.command(epilog=_examples("xianzhi restore", "xianzhi restore 20241130T081500"))
def restore(build: Annotated[str | None, typer.Argument(help="the build to bring back")] = None) -> None:
    """Bring an earlier build back; without a name, list those that are kept."""
    from warehouse.swap import BuildBusyError, DamagedBuildError, builds_before, is_whole, restore

    path = _settings().warehouse_path
    if build is None:
        kept = builds_before(path)
        for one in kept:
            console.print(f"{one.stem}  {one.stat().st_size / 1e6:.1f} MB{'' if is_whole(one) else '  damaged'}")
        if not kept:
            console.print("No build before the published one is kept.")
        return
    chosen = _build_before(path, build)
    try:
        restore(chosen, path)
    except (BuildBusyError, DamagedBuildError, OSError) as error:
        errors.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(f"{path} is the build of {build} again, until the next run that has something to do.", soft_wrap=True)


def _ask_lake(settings: Settings) -> None:
    """End the command where the lake lies in object storage that does not answer."""
    if settings.lake is None:
        return
    from pipelines.object_lake import ObjectLake

    try:
        ObjectLake(settings.lake_root, settings.lake).ask()
    except OSError as error:
        errors.print(f"[red]{escape(f'{settings.lake} (XIANZHI_LAKE) cannot be read: {error}')}[/red]", soft_wrap=True)
        raise typer.Exit(2) from error


def _published() -> Path:
    """The published file; ends the command where there is none that can be opened."""
    from warehouse.swap import is_whole

    path = _settings().warehouse_path
    if is_whole(path):
        return path
    missing = f"{path} is damaged and cannot be opened" if path.exists() else f"There is no {path} yet"
    errors.print(f"{missing}: `make run` builds it.", soft_wrap=True)
    raise typer.Exit(1)


@contextmanager
def _looking_up() -> "Iterator[duckdb.DuckDBPyConnection]":
    """The published file, to look one thing up in; ends the command where it is not there or not one thing."""
    from pipelines.fact_lookup import LookupFailedError
    from pipelines.sql_prompt import open_warehouse

    with open_warehouse(_published()) as connection:
        try:
            yield connection
        except LookupFailedError as error:
            errors.print(escape(str(error)), soft_wrap=True)
            raise typer.Exit(1) from error


def _build_before(path: Path, name: str | None) -> Path:
    """A kept build by its name, or the newest; ends the command where there is none that can be opened."""
    from warehouse.swap import builds_before, is_whole

    kept = [one for one in builds_before(path) if is_whole(one)]
    chosen = [one for one in kept if name is None or one.stem == name]
    if chosen:
        return chosen[0]
    told = ", ".join(one.stem for one in kept) or "none"
    errors.print(f"No such build can be opened beside {path}; there are: {told}.", soft_wrap=True)
    raise typer.Exit(1)


# A query may begin with a comment, which would be taken for an option.
@app.command(
    context_settings={"ignore_unknown_options": True},
    epilog=_examples('xianzhi sql "FROM marts.indicator_series LIMIT 5"', "xianzhi sql"),
)
def sql(query: Annotated[str | None, typer.Argument(help="a query; without one, a prompt opens")] = None) -> None:
    """Query the published file, read-only; a run may publish a new one meanwhile."""
    import duckdb

    from pipelines.sql_prompt import open_warehouse, print_query, prompt

    path = _published()
    if query is None:
        prompt(console, path)
        return
    try:
        connection = open_warehouse(path)
    except duckdb.Error as error:
        errors.print(f"{path} cannot be opened: {escape(str(error))}", soft_wrap=True)
        errors.print("If it is damaged, `make run` builds it anew.")
        raise typer.Exit(1) from error
    with connection:
        if not print_query(console, connection, query):
            raise typer.Exit(1)


@app.command(epilog=_examples("xianzhi ui", "xianzhi ui --port 3001"))
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
