"""Why a fact says what it says: its words, its rule, each decision, what doubts it, and what people corrected.

Belongs here: gathering that from the published file, and printing it. Does not belong here: finding the fact
(`fact_lookup.py`), or deciding anything (`pipelines/extraction`, `pipelines/validation`).
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from pipelines.facts_view import in_words
from pipelines.reading_rules import reading_rules
from pipelines.validation.rules import RULES
from schemas.columns import Table
from schemas.meanings import MEANINGS
from schemas.tables.provenance import ADDED_BY_VALIDATION, PROVENANCE

# Words shown before and after the quote.
AROUND = 60
# Bases that stand on the day of publication.
DATED = ("relative", "inferred")
# What the headline, the words and the decisions of a fact tell already.
TOLD = {column.name for column in PROVENANCE} | {"doc_id", "section", *ADDED_BY_VALIDATION}


@dataclass(frozen=True)
class Decision:
    """One thing that was decided about a fact.

    Attributes:
        what: place, indicator, period, …
        value: What was decided; None where nothing was.
        why: On what grounds.
    """

    what: str
    value: str | None
    why: str


@dataclass(frozen=True)
class Explanation:
    """All that is known of one fact.

    Attributes:
        table: Its table.
        row: The fact.
        document: source_path, title, published_at, published_basis and copy_of of its document.
        words: The text before the quote, the quote, and the text behind it.
        rule: What its rule reads and an example; None where `reading_rules.csv` does not describe it.
        decisions: What was decided, and why.
        doubts: Names of rules and cross-checks that doubt it, with what they say.
        findings: Cross-checks that it does not pass, in words, with the deviation.
        conflicts: Other statements about the same thing, with the verdict.
        corrections: Corrections by people that touched it.
    """

    table: Table
    row: dict[str, Any]
    document: dict[str, Any]
    words: tuple[str, str, str]
    rule: dict[str, str] | None
    decisions: list[Decision]
    doubts: dict[str, str]
    findings: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    corrections: list[dict[str, Any]]


def explain(connection: duckdb.DuckDBPyConnection, table: Table, row: dict[str, Any]) -> Explanation:
    """Gather what is known of a fact.

    Args:
        connection: The published file.
        table: Its table.
        row: The fact, as `find_fact` returned it.
    """
    fact_id = row[table.primary_key[0]]
    [document] = _rows(
        connection,
        "SELECT source_path, title, published_at, published_basis, copy_of FROM documents WHERE doc_id = $key",
        row["doc_id"],
    )
    [text] = _rows(connection, "SELECT raw_text FROM document_texts WHERE doc_id = $key", row["doc_id"])
    raw, start, end = text["raw_text"], row["raw_start"], row["raw_end"]
    rule = reading_rules().get((table.name, row["rule"]))
    return Explanation(
        table,
        row,
        document,
        (raw[max(start - AROUND, 0) : start], raw[start:end], raw[end : end + AROUND]),
        {"reads": rule.reads, "example": rule.example} if rule else None,
        _decisions(connection, row, document) if table.name == "observations" else _columns(table, row),
        _doubts(connection, table, row),
        _rows(
            connection,
            "SELECT check_name, effect, deviation, reason, observation_ids FROM quality.findings "
            "WHERE list_contains(observation_ids, $key) ORDER BY ALL",
            fact_id,
        ),
        _conflicts(connection, fact_id),
        _rows(
            connection,
            "SELECT correction_id, action, changes, reason, corrected_by, corrected_on FROM quality.corrections "
            "WHERE fact_id = $key AND status = 'applied' ORDER BY ALL",
            fact_id,
        ),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, key: str) -> list[dict[str, Any]]:
    return connection.sql(query, params={"key": key}).pl().to_dicts()


def _decisions(connection: duckdb.DuckDBPyConnection, row: dict[str, Any], document: dict[str, Any]) -> list[Decision]:
    """What was decided about an observation, in the order in which a reader asks."""
    place = row["ref_area_name"] or row["ref_area_text"]
    code = f" ({row['ref_area']})" if row["ref_area"] else ""
    return [
        Decision("place", f"{place}{code}" if place else None, _meaning(row, "place_basis")),
        _indicator(connection, row),
        Decision("part", *_part(row)),
        Decision("measure", row["measure"], _meaning(row, "measure")),
        _value(connection, row),
        Decision("bound", row["bound"], _meaning(row, "bound")),
        Decision("nature", row["nature"], _meaning(row, "nature")),
        _period(row, document),
        Decision("status", row["obs_status"], _meaning(row, "obs_status")),
    ]


def _part(row: dict[str, Any]) -> tuple[str, str]:
    """Which part of the indicator, and how that is known."""
    parts: dict[str, str] = json.loads(row["breakdown"])
    if not parts:
        return "the whole", "the text names no part"
    return ", ".join(f"{name}: {part}" for name, part in parts.items()), "named in the text"


def _meaning(row: dict[str, Any], column: str) -> str:
    """inferred: the latest state as of publication."""
    word = row[column]
    meaning = MEANINGS[column].get(word, "not told")
    return f"{word}: {meaning}" if column.endswith("_basis") else meaning


def _period(row: dict[str, Any], document: dict[str, Any]) -> Decision:
    why = _meaning(row, "period_basis")
    if row["period_basis"] in DATED:
        day = document["published_at"]
        why += f"; published {day:%Y-%m-%d} ({document['published_basis']})" if day else "; day of publication unknown"
    return Decision("period", row["time_period"], why)


def _indicator(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> Decision:
    if row["indicator"] is None:
        return Decision(
            "indicator", row["indicator_name"], "the words of the text: no indicator of the registry has them"
        )
    [known] = _rows(
        connection,
        "SELECT name_zh, name_en, aliases, definition FROM indicators WHERE code = $key",
        row["indicator"],
    )
    said = [name for name in (known["name_zh"], *known["aliases"]) if name in (row["sentence"] or row["quote"])]
    words = f"the sentence says {max(said, key=len)}" if said else "carried over from what was told before"
    value = f"{row['indicator_name']} ({row['indicator']}, {known['name_en']})"
    return Decision("indicator", value, f"{words}; {known['definition']}")


def _value(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> Decision:
    def plain(number: Any) -> str:
        return f"{Decimal(number).normalize():f}"

    high = "" if row["value_high"] is None else f"–{plain(row['value_high'])}"
    high_base = "" if row["obs_value_high"] is None else f"–{plain(row['obs_value_high'])}"
    value = f"{plain(row['value'])}{high} {row['unit'] or ''}".strip()
    base = f"{plain(row['obs_value'])}{high_base} {row['unit_measure']}"
    factors = _rows(connection, "SELECT factor FROM units WHERE text = $key", row["unit"]) if row["unit"] else []
    times = f"1 {row['unit']} is {plain(factors[0]['factor'])} {row['unit_measure']}" if factors else "as written"
    return Decision("value", value, f"{times}; in the base unit {base}")


def _columns(table: Table, row: dict[str, Any]) -> list[Decision]:
    """The columns of a fact of another table, each with what it means."""
    return [
        Decision(column.name, _shown(row[column.name]), column.description)
        for column in table.columns
        if column.name not in TOLD and column.name not in table.primary_key and row[column.name] is not None
    ]


def _shown(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)


def _doubts(connection: duckdb.DuckDBPyConnection, table: Table, row: dict[str, Any]) -> dict[str, str]:
    """The rules that doubt a row, each with what holds otherwise."""
    names = [name for name in (row.get("doubts") or "").split("|") if name]
    said = {rule.name: rule.description for rule in RULES.get(table.name, ())}
    said |= dict(connection.sql("SELECT name, description FROM cross_checks").fetchall())
    return {name: said.get(name, "") for name in names}


def _conflicts(connection: duckdb.DuckDBPyConnection, fact_id: str) -> list[dict[str, Any]]:
    """The other statements that were held against this one."""
    return _rows(
        connection,
        """
        SELECT c.verdict, o.observation_id, o.value, o.unit, o.bound, o.quote, d.source_path
        FROM (
            SELECT verdict, other_observation_id AS other FROM quality.conflicts WHERE observation_id = $key
            UNION ALL SELECT verdict, observation_id FROM quality.conflicts WHERE other_observation_id = $key
        ) AS c
        JOIN observations AS o ON o.observation_id = c.other
        JOIN documents AS d USING (doc_id)
        ORDER BY ALL
        """,
        fact_id,
    )


def print_explanation(console: Console, told: Explanation) -> None:
    """Print an explanation for a person."""

    def say(*parts: str | tuple[str, str]) -> None:
        console.print(Text.assemble(*parts), soft_wrap=True)

    row, name = told.row, told.table.name
    say((f"{name} {row[told.table.primary_key[0]]}", "bold"))
    say(in_words(name, row))
    before, quote, after = (_one_line(part) for part in told.words)
    say("\n", ("words      ", "bold"), f"…{before}", (quote, "reverse"), f"{after}…")
    where = (
        f"{told.document['source_path']}, characters {row['raw_start']} to {row['raw_end']}, section {row['section']}"
    )
    say(
        ("document   ", "bold"),
        _one_line(where),
        f"; a copy of {told.document['copy_of']}" if told.document["copy_of"] else "",
    )
    say(("rule       ", "bold"), row["rule"], f": {told.rule['reads']}" if told.rule else ": not described yet")
    if told.rule:
        say("           for example ", (_one_line(told.rule["example"]), "italic"))
    grid = Grid(box=None, pad_edge=False)
    for heading in ("decision", "value", "why"):
        grid.add_column(heading, overflow="fold")
    for decision in told.decisions:
        value = Text("–", "dim") if decision.value is None else Text(_one_line(decision.value))
        grid.add_row(Text(decision.what, "bold"), value, Text(decision.why))
    console.print()
    console.print(grid)
    console.print()
    for doubt, description in told.doubts.items():
        say(("doubted by ", "bold yellow"), f"{doubt}: {description}")
    for finding in told.findings:
        say(("cross-check ", "bold yellow"), f"{finding['check_name']} ({finding['effect']}): {finding['reason']}")
    for other in told.conflicts:
        quote = _one_line(other["quote"])
        say(
            ("beside it  ", "bold yellow"),
            f"{other['verdict']}: {quote} in {other['source_path']} ({other['observation_id']})",
        )
    for correction in told.corrections:
        by = f"{correction['corrected_by']}, {correction['corrected_on']}"
        say(
            ("corrected  ", "bold cyan"),
            f"{correction['correction_id']} ({by}): {correction['action']} {correction['changes']}; ",
            correction["reason"],
        )
    if not (told.doubts or told.findings or told.conflicts or told.corrections):
        say("Nothing doubts it, no other statement contradicts it, and nobody corrected it.")


def _one_line(text: str) -> str:
    """Words on one line, without characters that a terminal would obey instead of showing."""
    return "".join(mark for mark in " ".join(text.split()) if mark.isprintable())


def explanation_as_json(told: Explanation) -> str:
    """An explanation for a program."""
    before, quote, after = told.words
    values = {
        "table": told.table.full_name,
        "fact": told.row,
        "document": told.document,
        "words": {"before": before, "quote": quote, "after": after},
        "rule": {"name": told.row["rule"], **(told.rule or {})},
        "decisions": [vars(decision) for decision in told.decisions],
        **{name: getattr(told, name) for name in ("doubts", "findings", "conflicts", "corrections")},
    }
    return json.dumps(values, ensure_ascii=False, default=str, indent=1)
