"""Facts on a terminal or in a file: those of one text, and those of the published file.

Belongs here: choosing rows and columns, and printing or writing them. Does not belong here: reading a text
(`pipelines.extraction`), or what was refused and changed (`inspection.py`).
"""

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipelines.extraction.traditional import simplified
from pipelines.fact_lookup import as_text
from pipelines.sql_prompt import open_warehouse

BOUNDS = {"exact": "", "approx": "≈", "at_least": "≥", "at_most": "≤", "range": ""}
# Digits and Latin letters as a Chinese keyboard in full width writes them.
HALF_WIDTH = {mark: mark - 0xFEE0 for mark in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
CHINESE_PERIOD = re.compile(r"([0-9]{4})年(?:([0-9]{1,2})月份?)?")
# The largest count that DuckDB takes.
LARGEST = 2**63 - 1
FORMS = ("table", "csv", "json", "parquet")
# What a reader wants to see of a row first; everything else is in JSON.
SHOWN: dict[str, tuple[str, ...]] = {
    "observations": ("place", "indicator", "value", "period", "told as", "quote"),
    "rankings": ("list_name", "edition", "entity_name", "rank", "within_top", "streak_years"),
    "person_roles": ("person", "position", "role_date", "role_in_event"),
    "organizations": ("name", "relation", "place"),
    "events": ("name", "event_date", "place", "type"),
    "outcomes": ("name", "type", "parties"),
    "plan_items": ("level", "number", "title", "parent", "deadline"),
    "programmes": ("name", "owner", "domain", "members"),
}
COLUMNS = (
    "ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, value, value_high, unit, obs_value, "
    "obs_value_high, unit_measure, bound, nature, time_period, period_basis, obs_status, doubts, source_path, quote, "
    "observation_id"
)


def print_text_facts(console: Console, facts: Any) -> int:
    """Print the facts of one text, a table for each kind; returns how many there are.

    Args:
        console: Where to.
        facts: What `read_facts` returned.
    """
    count = 0
    for kind in fields(facts):
        rows = getattr(facts, kind.name)
        if kind.name in SHOWN and rows:
            count += len(rows)
            _print_rows(console, kind.name, rows)
    for refused in facts.refused:
        console.print(f"[yellow]refused[/yellow] {refused['table']}: {escape(refused['reason'])}", soft_wrap=True)
    left = [row["text"] for row in facts.number_ledger if row["disposition"] == "unassigned"]
    if left:
        console.print(f"[dim]not understood: {escape(', '.join(left))}[/dim]", soft_wrap=True)
    return count


def _print_rows(console: Console, kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
    names = SHOWN[kind]
    grid = Grid(box=None, title=kind.replace("_", " "), title_justify="left")
    for name in names:
        grid.add_column(name, overflow="fold")
    for row in rows:
        cells = _observation(row) if kind == "observations" else [row.get(name) for name in names]
        grid.add_row(*(escape(_shown(cell)) for cell in cells))
    console.print(grid)


def _observation(row: Mapping[str, Any]) -> list[Any]:
    """An observation in six cells: ≥5000 亿元 is a number with its bound and unit."""
    value = _plain(row["value"]) + (f"–{_plain(row['value_high'])}" if row["value_high"] is not None else "")
    part = "" if row["breakdown"] == "{}" else f" {', '.join(json.loads(row['breakdown']).values())}"
    told = [word for word in (row["measure"], row["nature"]) if word not in ("level", "actual")]
    told += ["suspect"] if row["obs_status"] == "Q" else []
    return [
        row["ref_area_name"] or row["ref_area_text"],
        row["indicator_name"] + part,
        f"{BOUNDS[row['bound']]}{value} {row['unit'] or ''}",
        row["time_period"],
        " ".join(told),
        row["quote"],
    ]


def in_words(kind: str, row: Mapping[str, Any]) -> str:
    """A fact on one line, without its quote: 平江县 · 粮食产量 · ≥26 万吨 · 2024.

    Args:
        kind: Name of its table.
        row: The fact.
    """
    cells = _observation(row)[:-1] if kind == "observations" else [row.get(name) for name in SHOWN[kind]]
    return " · ".join(shown for cell in cells if (shown := _shown(cell)))


def _plain(number: Any) -> str:
    return f"{Decimal(number).normalize():f}"


def _shown(value: Any) -> str:
    text = "、".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return "".join(mark for mark in text if mark.isprintable())


def text_facts_as_json(facts: Any) -> str:
    """All facts of one text as JSON, with the ledger of its numbers."""
    return json.dumps({kind.name: getattr(facts, kind.name) for kind in fields(facts)}, ensure_ascii=False, default=str)


def find_observations(
    path: Path, place: str | None, indicator: str | None, period: str | None, limit: int
) -> tuple[pl.DataFrame, int]:
    """Observations of the published file, newest period first, and how many there would be without a limit.

    Args:
        path: The published file.
        place: Code or name of a place, in full or in part, in simplified or traditional characters.
        indicator: Code, name or other name of an indicator; without a match in the registry, words of its name.
        period: The beginning of a period: 2023, 2023-09, 2023年9月.
        limit: How many rows at most.
    """
    query = f"""
        SELECT {COLUMNS}, count(*) OVER () AS all_found
        FROM observations JOIN (SELECT doc_id, source_path FROM documents) AS documents USING (doc_id)
        WHERE ($places IS NULL OR list_contains($places, ref_area)
               OR len(list_filter($places, lambda one: contains(coalesce(ref_area_name, ref_area_text, ''), one))) > 0)
          AND ($indicators IS NULL OR indicator = upper($indicators[1])
               OR len(list_filter($indicators, lambda one: contains(indicator_name, one))) > 0
               OR indicator IN (SELECT code FROM indicators WHERE list_contains($indicators, name_zh)
                                OR list_has_any(aliases, $indicators)))
          AND ($period IS NULL OR starts_with(time_period, $period))
        ORDER BY ref_area, indicator_name, time_period DESC NULLS LAST, observation_id
        LIMIT $limit
    """
    chosen = {
        "places": _in_both_scripts(place),
        "indicators": _in_both_scripts(indicator),
        "period": _iso(_as_stored(period)),
        "limit": min(limit, LARGEST),
    }
    with open_warehouse(path) as connection:
        found = connection.sql(query, params=chosen).pl()
    return found.drop("all_found"), found["all_found"][0] if found.height else 0


def _as_stored(typed: str | None) -> str | None:
    """A name, code or period in the form that the file has: ＧＤＰ is GDP, and spaces around it say nothing."""
    return None if typed is None else as_text(typed).translate(HALF_WIDTH).strip()


def _in_both_scripts(typed: str | None) -> list[str] | None:
    """A name as it was typed, and in the simplified characters that the registry has; pages keep traditional ones."""
    stored = _as_stored(typed)
    return None if stored is None else [stored, simplified(stored)]


def _iso(period: str | None) -> str | None:
    """A year or month as Chinese writes it in the form of the file: 2023年9月 is 2023-09."""
    if period is None or not (found := CHINESE_PERIOD.fullmatch(period)):
        return period
    year, month = found.groups()
    return f"{year}-{int(month):02}" if month else year


def write_observations(console: Console, found: pl.DataFrame, form: str, output: Path | None) -> None:
    """Print observations, or write them to a file.

    Args:
        console: Where a table goes.
        found: The observations.
        form: One of `FORMS`.
        output: The file; standard output without one. Parquet needs a file.
    """
    if form == "parquet":
        assert output is not None
        with output.open("wb") as file:
            found.write_parquet(file)
    elif form == "table" and output is None:
        _print_rows(console, "observations", found.iter_rows(named=True))
    else:
        with output.open("w", encoding="utf-8", newline="") if output else nullcontext(sys.stdout) as stream:
            if form == "json":
                json.dump(found.to_dicts(), stream, ensure_ascii=False, default=str, indent=1)
                stream.write("\n")
            else:
                writer = csv.writer(stream)
                writer.writerow(found.columns)
                writer.writerows(found.iter_rows())
