"""The plans: a list of all, and a page of each with its tree and how far its targets are reached."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pipelines.atlas import addresses
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Row, Snapshot
from pipelines.atlas.templating import render


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The list, then a page for each document that prints plans."""
    quotes = {row["item_id"]: row for row in snapshot.facts["plan_items"]}
    items: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(snapshot.marts["plan_tree"], key=lambda row: (row["doc_id"], row["sort_key"])):
        items[row["doc_id"]][row["plan"]].append({**quotes[row["item_id"]], **row})
    targets: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot.marts["target_progress"]:
        targets[row["target_doc_id"]].append(row)
    listed = [(snapshot.documents[doc_id], plans, len(targets[doc_id])) for doc_id, plans in items.items()]
    yield Page(addresses.PLANS, render("plans.html", addresses.PLANS, snapshot=snapshot, plans=listed))
    for doc_id, plans in items.items():
        content = render(
            "plan.html",
            addresses.plan(doc_id),
            snapshot=snapshot,
            document=snapshot.documents[doc_id],
            place=snapshot.places.get(snapshot.documents[doc_id]["ref_area"]),
            plans=[(title, tree(rows)) for title, rows in plans.items()],
            targets=targets[doc_id],
        )
        yield Page(addresses.plan(doc_id), content)


def tree(rows: list[Row]) -> list[dict[str, Any]]:
    """The items of a plan, in the order of the text, as nodes with `item` and `children`.

    Args:
        rows: rows of `marts.plan_tree` in the order of `sort_key`, with their `depth`.
    """
    top: list[dict[str, Any]] = []
    # The children of the last item at each depth: whatever stands under an item follows it.
    below: list[list[dict[str, Any]]] = [top]
    for row in rows:
        node: dict[str, Any] = {"item": row, "children": []}
        del below[row["depth"] :]
        below[-1].append(node)
        below.append(node["children"])
    return top
