"""The first page: what there is, how much of it was understood, what was refused and why."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.atlas import addresses
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Row, Snapshot
from pipelines.atlas.templating import render

NEWEST = 12
MOST = 24


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The one page."""
    kinds = {kind: len(rows) for kind, rows in snapshot.facts.items()}
    numbers = Counter(row["disposition"] for rows in snapshot.ledger.values() for row in rows)
    content = render(
        "overview.html",
        addresses.OVERVIEW,
        snapshot=snapshot,
        kinds=kinds,
        kind_pages=addresses.SHOWN_ON,
        numbers=numbers.most_common(),
        number_count=numbers.total(),
        understood=numbers.total() - numbers["unassigned"],
        places=_places(snapshot),
        place_count=len({row["ref_area"] for row in snapshot.facts["observations"]} - {None}),
        newest=list(snapshot.documents.values())[:NEWEST],
        refused=_refused(snapshot),
        conflicts=Counter(row["verdict"] for row in snapshot.quality["conflicts"]).most_common(),
        doubted=sum(row["obs_status"] == "Q" for row in snapshot.facts["observations"]),
        failed=[row for row in snapshot.quality["check_results"] if not row["passed"]],
    )
    yield Page(addresses.OVERVIEW, content)


def _places(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The places with the most numbers."""
    counts = Counter(row["ref_area"] for row in snapshot.facts["observations"] if row["ref_area"])
    return [{**snapshot.places[code], "count": count} for code, count in counts.most_common(MOST)]


def _refused(snapshot: Snapshot) -> list[Row]:
    """How often each rule refused something, with the reason of one refusal as an example."""
    found: dict[tuple[str, str], Row] = {}
    for row in snapshot.quality["rejected"]:
        key = (row["stage"], row["rule"])
        found.setdefault(key, {"stage": key[0], "rule": key[1], "reason": row["reason"], "count": 0})["count"] += 1
    return sorted(found.values(), key=lambda row: (-row["count"], row["rule"]))
