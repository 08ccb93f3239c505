"""A document on a terminal: its text as it came, with its facts in colour and a short tag for each.

Belongs here: what is marked in the text, and printing it line by line. Does not belong here: cutting the text
(`highlight.py`), finding the document (`fact_lookup.py`), or why a fact says what it says (`explanation.py`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from rich.console import Console
from rich.text import Text

from pipelines.fact_lookup import SHORT_ID, facts_of
from pipelines.facts_view import in_words
from pipelines.highlight import Run, Span, runs

COLOURS = {
    "observations": "bold green",
    "rankings": "bold yellow",
    "person_roles": "bold magenta",
    "organizations": "bold cyan",
    "events": "bold blue",
    "outcomes": "bold bright_blue",
    "plan_items": "bold bright_magenta",
    "programmes": "bold bright_cyan",
}
# Numbers that became no fact: nothing understood them, or the fact was refused.
WITHOUT_FACT = {"unassigned": ("[?]", "reverse red"), "rejected": ("[!]", "reverse yellow")}
# What a file without colours has instead, with the tag behind it; no document writes with these.
OPENS, CLOSES = "⟦", "⟧"


@dataclass(frozen=True)
class Marked:
    """A stretch of the raw text that holds something.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        tag: What stands behind it: [3]; [?] for a number that nothing understood, [!] for one whose fact was refused.
        style: Its colour.
        table: Table of the fact; None for a number without one.
        row: The fact, or the number of the ledger.
    """

    start: int
    end: int
    tag: str
    style: str
    table: str | None
    row: dict[str, Any]

    @property
    def fact_id(self) -> str | None:
        """Id of the fact; None for a number without one."""
        return None if self.table is None else str(next(iter(self.row.values())))


def marked(connection: duckdb.DuckDBPyConnection, doc_id: str) -> list[Marked]:
    """The facts of a document and its numbers that became none, in the order of the text."""
    found = [
        Marked(row["raw_start"], row["raw_end"], f"[{number}]", COLOURS[table.name], table.name, row)
        for number, (table, row) in enumerate(facts_of(connection, doc_id), 1)
    ]
    for row in (
        connection.sql(
            "FROM number_ledger WHERE doc_id = $doc_id AND disposition IN ('unassigned', 'rejected')",
            params={"doc_id": doc_id},
        )
        .pl()
        .iter_rows(named=True)
    ):
        found.append(Marked(row["raw_start"], row["raw_end"], *WITHOUT_FACT[row["disposition"]], None, row))
    return sorted(found, key=lambda one: (one.start, -one.end))


def print_document(console: Console, document: dict[str, Any], marks: Sequence[Marked], brief: bool) -> None:
    """Print a document, each line of it with the facts that end in it.

    Args:
        console: Where to; without colours, the words of a fact are in ⟦ and ⟧.
        document: What `find_document` returned.
        marks: What `marked` returned.
        brief: Leave out lines in which nothing was found.
    """
    published = f", published {document['published_at']:%Y-%m-%d}" if document["published_at"] else ""
    console.print(Text(document["title"] or document["file_name"], "bold"), soft_wrap=True)
    console.print(
        Text(f"{document['source_path']}  {document['doc_id'][:SHORT_ID]}  {document['doc_type']}{published}", "dim"),
        soft_wrap=True,
    )
    by_name = {str(number): one for number, one in enumerate(marks)}
    for line in _lines(document["raw_text"], by_name):
        here = sorted({int(name) for run in line for name in run.facts})
        if not here and (brief or not any(run.text.strip() for run in line)):
            continue
        console.print(_line(line, by_name, plain=console.color_system is None), soft_wrap=True)
        ended = {name for run in line for name in run.last}
        for one in (by_name[str(number)] for number in here if str(number) in ended):
            if one.table is not None:
                told = in_words(one.table, one.row)
                kind = "" if one.table == "observations" else f"{one.table.replace('_', ' ')}: "
                console.print(
                    Text.assemble(
                        "    ", (one.tag, one.style), f" {str(one.fact_id)[:SHORT_ID]}  ", (kind + told, "dim")
                    ),
                    soft_wrap=True,
                )
    refused, lost = (sum(one.tag == tag for one in marks) for tag in ("[!]", "[?]"))
    told = f"{len(marks) - refused - lost} facts"
    told += f"; {lost} numbers that nothing understood [?]" if lost else ""
    told += f"; {refused} whose fact was refused [!] (`xianzhi rejected`)" if refused else ""
    console.print(Text(f"{told}. `xianzhi explain ID` says why a fact says what it says.", "dim"), soft_wrap=True)


def _lines(text: str, marks: Mapping[str, Marked]) -> Iterator[list[Run]]:
    """The lines of a text, each cut into runs that know their marks by name."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    spans = [Span(one.start, one.end, name) for name, one in marks.items()]
    position, line_number, line_runs = 0, 1, list[Run]()
    for run in runs(text, spans, breaks=starts):
        line_runs.append(run)
        position += len(run.text)
        if position == starts[line_number]:
            yield line_runs
            line_number, line_runs = line_number + 1, []


def _line(line: Sequence[Run], marks: Mapping[str, Marked], *, plain: bool) -> Text:
    """One line with its marks; where facts overlap, the shortest gives the colour."""
    shown = Text()
    for run in line:
        if plain:
            shown.append(OPENS * len(run.first))
        words = "".join(mark for mark in run.text if mark.isprintable() or mark == "\t")
        shown.append(words, marks[run.facts[0]].style if run.facts else "")
        for name in run.last:
            shown.append((CLOSES if plain else "") + marks[name].tag, f"dim {marks[name].style}")
    return shown


def document_as_json(document: dict[str, Any], marks: Sequence[Marked]) -> str:
    """The document with its text, its facts, and the rows of the ledger that became none."""
    facts = [{"table": one.table, **one.row} for one in marks if one.table is not None]
    lost = [one.row for one in marks if one.table is None]
    return json.dumps(
        {"document": document, "facts": facts, "numbers_without_fact": lost}, ensure_ascii=False, default=str, indent=1
    )
