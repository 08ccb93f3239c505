"""The indicators: a list of all that are told of, and a page of each with the places side by side, and as CSV."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pipelines.atlas import addresses
from pipelines.atlas.breakdowns import told
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Row, Snapshot
from pipelines.atlas.series import scale_for
from pipelines.atlas.templating import render
from schemas.tables import OBSERVATIONS

MEASURES = ("level", "growth", "change", "share", "multiple", "ratio")
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The list, the indicators with their CSV, and those that the registry does not have."""
    by_code: dict[str, list[Row]] = defaultdict(list)
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot.facts["observations"]:
        if row["indicator"]:
            by_code[row["indicator"]].append(row)
        else:
            by_name[row["indicator_name"]].append(row)
    listed = [
        {**indicator, "count": len(rows), "places": len({row["ref_area"] for row in rows} - {None})}
        for code, indicator in snapshot.indicators.items()
        if (rows := by_code.get(code))
    ]
    unregistered = sorted(by_name.items(), key=lambda named: (-len(named[1]), named[0]))
    common = {"snapshot": snapshot}
    yield Page(
        addresses.INDICATORS,
        render("indicators.html", addresses.INDICATORS, indicators=listed, unregistered=unregistered, **common),
    )
    for code, rows in by_code.items():
        address = addresses.indicator(code)
        indicator, groups = snapshot.indicators[code], list(_groups(rows, snapshot))
        yield Page(address, render("indicator.html", address, indicator=indicator, groups=groups, **common))
        yield Page(addresses.table_of_indicator(code), _csv(rows, snapshot))
    named = [(name, list(_groups(rows, snapshot))) for name, rows in unregistered]
    yield Page(addresses.UNREGISTERED, render("unregistered.html", addresses.UNREGISTERED, named=named, **common))


def _groups(rows: list[Row], snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """The rows that can be compared: of one kind of number, part and base unit; the whole and the larger first."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["measure"], row["breakdown"], row["unit_measure"]].append(row)
    for (measure, breakdown, unit_measure), several in sorted(
        groups.items(), key=lambda group: (group[0][1] != "{}", MEASURES.index(group[0][0]), -len(group[1]), group[0])
    ):
        several.sort(key=lambda row: (row["nature"] != "actual", -_year(row), -row["obs_value"]))
        yield {
            "measure": measure,
            "part": told(breakdown),
            "unit_measure": unit_measure,
            "scale": scale_for(several, unit_measure, snapshot),
            "rows": several,
            "largest": max(abs(row["obs_value"]) for row in several) or 1,
        }


def _year(row: Row) -> int:
    return int((row["time_period"] or "0").rpartition("/")[2][:4])


def _csv(rows: list[Row], snapshot: Snapshot) -> str:
    """All columns of the observations, with a mark by which spreadsheets know the encoding."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*OBSERVATIONS.column_names, "source_path"])
    for row in rows:
        path = snapshot.documents[row["doc_id"]]["source_path"]
        writer.writerow([_cell(row[name]) for name in OBSERVATIONS.column_names] + [_cell(path)])
    return f"\ufeff{text.getvalue()}"


def _cell(value: Any) -> Any:
    """A cell; words of a document that a spreadsheet would compute begin with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
