"""Ranks in a column of a table: 地区|地区生产总值|增速|位次.

Here: the row of `rankings` that a rank beside a figure states. Not here: tables themselves (`tables`) and lists whose
rows are numbered (`lines`).
"""

from typing import Any

from pipelines.extraction.document import Document
from pipelines.extraction.facts import Span, stable_id
from pipelines.extraction.lexicon import registry
from pipelines.extraction.setting import Where
from pipelines.extraction.tables import TableFact


def rank_beside(
    document: Document, section: str, fact: TableFact, where: Where, time_period: str | None, code_version: str
) -> dict[str, Any] | None:
    """The row that the rank behind a figure states, None where there is none or no one tells among whom it is.

    Args:
        document: The document.
        section: Part of the document that the table stands in.
        fact: The figure, with its rank.
        where: Whose figure it is.
        time_period: ISO period of the figure.
        code_version: What the row says it was read by.
    """
    place = registry().places.get(where.code or "")
    whole = registry().places.get(place.parent_code or "") if place is not None else None
    if fact.rank is None or place is None or whole is None:
        return None
    rank, *number = fact.rank
    growing = "增速" if fact.draft.measure == "growth" else ""
    name = f"{fact.draft.resolved.name}{growing}（{whole.name}）"
    raw_start, raw_end = document.raw_span(fact.row_start, number[1])
    doc_id = document.row["doc_id"]
    edition = (time_period[:4] if "-" in time_period else time_period[-4:]) if time_period else None
    span: Span = (number[0] - fact.row_start, number[1] - fact.row_start)
    return {
        "ranking_id": stable_id(doc_id, "ranking", raw_start, raw_end, name, place.name, rank, None),
        "doc_id": doc_id,
        "section": section,
        "list_name": name,
        "edition": edition,
        "publisher": None,
        "entity_name": place.name,
        "entity_code": where.code,
        "rank": rank,
        "within_top": None,
        "streak_years": None,
        "nature": "actual",
        "quote": document.row["raw_text"][raw_start:raw_end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "sentence": document.written(fact.row_start, fact.row_end),
        "rule": "rank-in-a-column",
        "code_version": code_version,
        "_numbers": span,
    }
