"""The documents: a list of all, and a page of each with its text, its facts and the ledger of its numbers."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipelines.atlas import addresses
from pipelines.atlas.facts import Card, card
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import KINDS, Row, Snapshot
from pipelines.atlas.templating import render
from pipelines.highlight import Run, Span, markup_of, runs

# Numbers that a reader of the page should look at.
LOST = ("unassigned", "rejected")


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The list, then the documents."""
    yield Page(
        addresses.DOCUMENTS,
        render("documents.html", addresses.DOCUMENTS, snapshot=snapshot, counts=_counts(snapshot)),
    )
    refused: dict[str, list[Row]] = {}
    for row in snapshot.quality["rejected"]:
        if row["doc_id"]:
            refused.setdefault(row["doc_id"], []).append(row)
    for document in snapshot.documents.values():
        content = document_page(document, refused.get(document["doc_id"], []), snapshot)
        yield Page(addresses.document(document["doc_id"]), content)


def _counts(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    """Facts, numbers and unassigned numbers of each document."""
    return {
        doc_id: {
            "facts": len(snapshot.facts_by_document.get(doc_id, ())),
            "numbers": len(ledger := snapshot.ledger.get(doc_id, [])),
            "unassigned": sum(row["disposition"] == "unassigned" for row in ledger),
        }
        for doc_id in snapshot.documents
    }


def document_page(document: Row, refused: list[Row], snapshot: Snapshot, *, alone: bool = False) -> str:
    """The page of a document.

    Args:
        document: its row, with its text.
        refused: what was refused from it.
        snapshot: what else is known.
        alone: whether it is one file without a site around it: its style and script are in it, and it has no links.
    """
    doc_id, text = document["doc_id"], document["raw_text"] or ""
    cards = [card(kind, row, snapshot) for kind, row in snapshot.facts_by_document.get(doc_id, ())]
    ledger = snapshot.ledger.get(doc_id, [])
    facts = [Span(one.start, one.end, one.fact_id) for one in cards]
    numbers = [Span(row["raw_start"], row["raw_end"], "") for row in ledger]
    pieces = runs(text, facts, numbers, markup_of(text, document["media_type"]))
    kinds = Counter(one.kind for one in cards)
    return render(
        "document.html",
        "" if alone else addresses.document(doc_id),
        alone=alone,
        snapshot=snapshot,
        document=document,
        place=snapshot.places.get(document["ref_area"]),
        cards=cards,
        overlapping=_overlapping(pieces, cards),
        kind_of={one.fact_id: one.kind for one in cards},
        kinds=[(kind, kinds[kind]) for kind in KINDS if kinds[kind]],
        runs=pieces,
        has_markup=any(run.markup for run in pieces),
        ledger=ledger,
        number_at={row["raw_start"]: row for row in ledger},
        dispositions=Counter(row["disposition"] for row in ledger).most_common(),
        lost=LOST,
        refused=refused,
    )


def _overlapping(pieces: list[Run], cards: list[Card]) -> dict[str, list[Card]]:
    """For each fact, the others that share words with it, in the order of the text."""
    order = {one.fact_id: number for number, one in enumerate(cards)}
    shared: dict[str, set[str]] = {one.fact_id: set() for one in cards}
    for run in pieces:
        for fact_id in run.facts:
            shared[fact_id].update(run.facts)
    found: dict[str, Any] = {}
    for fact_id, others in shared.items():
        found[fact_id] = [cards[order[other]] for other in sorted(others - {fact_id}, key=order.__getitem__)]
    return found
