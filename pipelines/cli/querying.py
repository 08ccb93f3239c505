"""Commands that answer a question: what was read, where, why, what was refused, what has changed.

Belongs here: commands, their options, exit codes. Does not belong here: the work behind them, or making what is asked
about (`making.py`). Heavy imports stand inside the commands, so that `--help` answers at once.
"""

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from pipelines.cli.program import app, build_before, console, errors, examples, looking_up, published_file, writing


@app.command(
    epilog=examples(
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
        errors.print(f'{place} is no code of a place: xianzhi sql "FROM places" lists them.', soft_wrap=True)
        raise typer.Exit(2)
    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
    except OSError as error:
        errors.print(f"{file} cannot be read: {error.strerror}.", soft_wrap=True)
        raise typer.Exit(1) from error
    if not data.strip():
        errors.print(f"{file or 'standard input'} holds no text.", soft_wrap=True)
        raise typer.Exit(1)
    decoded = decode(data)
    if isinstance(decoded, Fault):
        errors.print(decoded.reason, soft_wrap=True)
        raise typer.Exit(1)
    facts = read_facts(decoded.text, published.date() if published else None, place)
    if json:
        print(text_facts_as_json(facts))
    elif not print_text_facts(console, facts):
        console.print("No fact was understood.")


@app.command(
    epilog=examples(
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
    found, count = find_observations(published_file(), place, indicator, period, limit)
    with writing(output) if output else nullcontext():
        write_observations(console, found, form, output)
    if output is not None or found.is_empty():
        errors.print(f"{found.height} observations" + (f" in {output}" if output else ""), soft_wrap=True)
    if count > found.height:
        errors.print(f"… and {count - found.height:,} more; --limit {count} shows them all.", soft_wrap=True)


@app.command(epilog=examples("xianzhi show 晋江_署名文章.txt", "xianzhi show quanzhou --html evidence.html"))
def show(
    document: Annotated[str, typer.Argument(help="file name, part of its path, or the beginning of its id")],
    brief: Annotated[bool, typer.Option("--brief", help="leave out lines in which nothing was found")] = False,
    json: Annotated[bool, typer.Option("--json", help="text, facts and numbers not understood as JSON")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="write it as one HTML file, with every fact and number of it")
    ] = None,
) -> None:
    """Show a document with its facts in colour, and a short tag and id for each."""
    from pipelines.document_view import document_as_json, marked, print_document
    from pipelines.fact_lookup import find_document

    with looking_up() as connection:
        found = find_document(connection, document)
        marks = marked(connection, found["doc_id"])
    if html is not None:
        from pipelines.atlas import evidence_page

        page = evidence_page(published_file(), found["doc_id"])
        with writing(html):
            html.write_text(page, encoding="utf-8")
        console.print(f"{escape(str(html))}: {len(marks)} marks; open it in a browser", soft_wrap=True)
    elif json:
        print(document_as_json(found, marks))
    else:
        print_document(console, found, marks, brief)


@app.command(epilog=examples("xianzhi explain 3fa9c2d1", "xianzhi explain 3fa9c2d1 --json"))
def explain(
    fact: Annotated[str, typer.Argument(metavar="FACT_ID", help="id of a fact, or its first characters")],
    json: Annotated[bool, typer.Option("--json", help="everything as JSON")] = False,
) -> None:
    """Explain a fact: its words, the rule that read it, why this place, period and indicator, and what doubts it."""
    from pipelines.explanation import explain, explanation_as_json, print_explanation
    from pipelines.fact_lookup import find_fact

    with looking_up() as connection:
        told = explain(connection, *find_fact(connection, fact))
    if json:
        print(explanation_as_json(told))
    else:
        print_explanation(console, told)


@app.command(epilog=examples("xianzhi rejected", "xianzhi rejected --rule hard_range --limit 5"))
def rejected(
    rule: Annotated[str | None, typer.Option(help="only refusals by this rule")] = None,
    document: Annotated[str | None, typer.Option(help="only documents whose path contains this")] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many at most")] = 20,
) -> None:
    """List what was refused, with the words that it stands on and the reason."""
    from pipelines.inspection import print_rejected

    print_rejected(console, published_file(), rule, document, limit)


@app.command(epilog=examples("xianzhi diff", "xianzhi diff observations --limit 50"))
def diff(
    table: Annotated[str | None, typer.Argument(help="also show the rows of this table that differ")] = None,
    build: Annotated[str | None, typer.Option(help="an earlier build; the one before by default")] = None,
    limit: Annotated[int, typer.Option(min=1, help="how many rows at most")] = 20,
) -> None:
    """Compare the published file with an earlier build: rows added, removed and changed."""
    from pipelines.inspection import print_differences
    from warehouse.differences import COMPARED

    path = published_file()
    if table is not None and table not in (names := [one.full_name for one in COMPARED]):
        errors.print(f"There is no table {table} to compare; there are {', '.join(names)}.", soft_wrap=True)
        raise typer.Exit(2)
    print_differences(console, path, build_before(path, build), table, limit)


# A query may begin with a comment, which would be taken for an option.
@app.command(
    context_settings={"ignore_unknown_options": True},
    epilog=examples('xianzhi sql "FROM marts.indicator_series LIMIT 5"', "xianzhi sql"),
)
def sql(query: Annotated[str | None, typer.Argument(help="a query; without one, a prompt opens")] = None) -> None:
    """Query the published file, read-only; a run may publish a new one meanwhile."""
    import duckdb

    from pipelines.sql_prompt import open_warehouse, print_query, prompt

    path = published_file()
    if query is None:
        prompt(console, path)
        return
    try:
        connection = open_warehouse(path)
    except duckdb.Error as error:
        errors.print(f"{path} cannot be opened: {error}", soft_wrap=True)
        errors.print("If it is damaged, `make run` builds it anew.")
        raise typer.Exit(1) from error
    with connection:
        if not print_query(console, connection, query):
            raise typer.Exit(1)
