"""Pages that list all facts of a kind: rankings, people, organizations, events with what came of them, programmes."""

from collections import defaultdict
from collections.abc import Iterator

from pipelines.atlas import addresses
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Row, Snapshot
from pipelines.atlas.templating import render


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The five pages."""
    yield _page("rankings.html", addresses.RANKINGS, snapshot, lists=_grouped(snapshot.facts["rankings"], "list_name"))
    yield _page("people.html", addresses.PEOPLE, snapshot)
    yield _page("organizations.html", addresses.ORGANIZATIONS, snapshot)
    yield _page("events.html", addresses.EVENTS, snapshot)
    yield _page("programmes.html", addresses.PROGRAMMES, snapshot)


def _page(template: str, address: str, snapshot: Snapshot, **values: object) -> Page:
    return Page(address, render(template, address, snapshot=snapshot, **values))


def _grouped(rows: list[Row], column: str) -> list[tuple[str, list[Row]]]:
    """Rows by the words of a column, the longest group first; within it by edition and rank."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    for several in groups.values():
        several.sort(key=lambda row: (-int(row["edition"] or 0), row["rank"] or row["within_top"] or 10**6))
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
