"""The places: a list of all, and a page of each with everything that documents say of it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from pipelines.atlas import addresses
from pipelines.atlas.charts import Chart, ranking_chart, series_chart
from pipelines.atlas.drawing import Drawings
from pipelines.atlas.labels import label
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import PLACE_COLUMNS, Row, Snapshot
from pipelines.atlas.series import Series, series_of_places
from pipelines.atlas.templating import render

# How many figures stand at the head of a page: those of the indicators that come first in the registry.
AT_A_GLANCE = 6
ByPlace = dict[str | None, list[Row]]
# What is drawn for each place; a drawing is waited for when its page is written.
Drawing = Callable[[], Markup]
Charts = dict[str, list[tuple[Series, Drawing]]]
RankCharts = dict[str, list[tuple[str, Drawing]]]


def pages(snapshot: Snapshot, drawings: Drawings) -> Iterator[Page]:
    """The list, the places, and what has none; their charts are asked for at once.

    Args:
        snapshot: what is shown.
        drawings: what draws charts, while the caller writes other pages.
    """
    series = series_of_places(snapshot)
    history = _by_place(snapshot.marts["ranking_history"], "entity_code")
    charts: Charts = {
        code: [(one, drawings.ask(series_chart(one, _title(one, code, snapshot)))) for one in series.get(code, ())]
        for code in snapshot.places
    }
    rank_charts: RankCharts = {
        code: [(name, drawings.ask(chart)) for name, chart in _rank_charts(history.get(code, []))]
        for code in snapshot.places
    }
    return _pages(snapshot, charts, rank_charts)


def _pages(snapshot: Snapshot, charts: Charts, rank_charts: RankCharts) -> Iterator[Page]:
    facts = {
        kind: _by_place(rows, PLACE_COLUMNS[kind]) for kind, rows in snapshot.facts.items() if kind in PLACE_COLUMNS
    }
    of_documents = _by_place(list(snapshot.documents.values()), "ref_area")
    views = {
        "targets": _by_place(snapshot.marts["target_progress"], "ref_area"),
        "officeholders": _by_place(snapshot.marts["officeholders"], "ref_area"),
        "ties": _ties(snapshot),
        "best": _by_place(snapshot.marts["indicator_series"], "ref_area"),
    }
    counts = {
        code: {kind: len(rows.get(code, ())) for kind, rows in facts.items()}
        | {"documents": len(of_documents.get(code, ()))}
        for code in snapshot.places
    }
    yield Page(addresses.PLACES, render("places.html", addresses.PLACES, snapshot=snapshot, counts=counts))
    by_registry = _order(snapshot)
    for code in (*snapshot.places, None):
        of_place = {kind: rows.get(code, []) for kind, rows in facts.items()}
        of_place["observations"] = sorted(of_place["observations"], key=by_registry)
        children = [row for row in snapshot.places.values() if code and row["parent_code"] == code]
        content = render(
            "place.html",
            addresses.place(code),
            snapshot=snapshot,
            place=snapshot.places[code] if code else None,
            above=_above(code, snapshot),
            children=children,
            facts=of_place,
            documents=of_documents.get(code, []) if code else [],
            plans=[row for row in of_documents.get(code, []) if row["doc_id"] in _with_plans(snapshot)] if code else [],
            figures=[
                snapshot.observations_by_id[row["observation_id"]]
                for row in (_at_a_glance(views["best"].get(code, []), by_registry) if code else [])
            ],
            charts=[(one, drawing()) for one, drawing in charts.get(code or "", ())],
            rank_charts=[(name, drawing()) for name, drawing in rank_charts.get(code or "", ())],
            **{name: rows.get(code, []) if code else [] for name, rows in views.items() if name != "best"},
        )
        yield Page(addresses.place(code), content)


def _by_place(rows: list[Row], column: str) -> ByPlace:
    found: ByPlace = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _ties(snapshot: Snapshot) -> ByPlace:
    """Who works with whom, at both ends."""
    found: ByPlace = defaultdict(list)
    for row in snapshot.marts["cooperation_network"]:
        for code in {row["source_code"], row["target_code"]} - {None}:
            found[code].append(row)
    return found


def _with_plans(snapshot: Snapshot) -> set[str]:
    return {row["doc_id"] for row in snapshot.facts["plan_items"]}


def _above(code: str | None, snapshot: Snapshot) -> list[Row]:
    """The places that a place belongs to, the highest first, without the country."""
    found: list[Row] = []
    while code and (parent := snapshot.places[code]["parent_code"]) in snapshot.places:
        code = parent
        found.insert(0, snapshot.places[parent])
    return found[1:]


def _order(snapshot: Snapshot) -> Callable[[Row], tuple[Any, ...]]:
    """A sort key: the order of the registry, the latest period first."""
    order = {code: number for number, code in enumerate(snapshot.indicators)}

    def key(row: Row) -> tuple[Any, ...]:
        period = row["time_period"] or ""
        place = order.get(row["indicator"], len(order))
        newest_first = tuple(-ord(character) for character in period.rpartition("/")[2])
        return place, row["indicator_name"], row["breakdown"], row["measure"], not period, newest_first

    return key


def _at_a_glance(best: list[Row], by_registry: Callable[[Row], tuple[Any, ...]]) -> list[Row]:
    """The latest level of the first indicators of the registry, of whole indicators only."""
    found: dict[str, Row] = {}
    for row in sorted(best, key=by_registry):
        if row["indicator"] and row["breakdown"] == "{}" and row["measure"] == "level" and row["nature"] == "actual":
            found.setdefault(row["indicator"], row)
    return list(found.values())[:AT_A_GLANCE]


def _title(series: Series, code: str | None, snapshot: Snapshot) -> str:
    name = snapshot.places[code]["name"] if code else ""
    part = f"（{series.part}）" if series.part else ""
    return f"{name}{series.name}{part}{label('Measure', series.measure).zh}，{series.scale.unit}"


def _rank_charts(history: list[Row]) -> Iterator[tuple[str, Chart]]:
    """A chart for each list in which two editions with a rank are known."""
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in history:
        if row["edition"] and row["rank"]:
            lists[row["list_name"]].append(row)
    for name, rows in lists.items():
        if len(rows) > 1:
            rows.sort(key=lambda row: row["edition"])
            yield name, ranking_chart(rows, f"{rows[0]['entity_name']}在{name}的名次")
