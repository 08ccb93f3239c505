"""The event at which a document shows somebody or something.

Here: choosing among the events of a document. Not here: reading them (`events`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row


def occasion(document: Document, block: Block, position: int, events: Sequence[Row]) -> Row | None:
    """The event that a statement belongs to.

    Args:
        document: The document.
        block: The block of the statement.
        position: Where it stands in the clean text.
        events: Rows of `events`.

    Returns:
        The last event told before it in its part of the page (in its snippet, outside the body), else the first of
        the body, else None.
    """
    raw = document.raw_span(position, position + 1)[0]
    begin, end = document.raw_span(block.start, block.end)
    if block.section != "body":
        near = [event for event in events if begin <= event["raw_start"] < end]
        return near[0] if near else None
    body = [event for event in events if event["section"] == "body"]
    earlier = [event for event in body if event["raw_start"] <= raw]
    if earlier:
        return max(earlier, key=lambda event: (event["raw_start"], event["raw_end"]))
    return body[0] if body else None


def published_day(document: Document, block: Block) -> str | None:
    """The publication date of a block as ISO text."""
    day = block.published or (document.published if block.section == "body" else None)
    return day.isoformat() if day else None


def own_day(sentence: Sentence, position: int) -> str | None:
    """The day or month that a sentence names before a position, as ISO text: 1月，陈丽艳在接受采访时."""
    days = [
        period.time_period
        for period in sentence.periods
        if period.end <= position and period.role == "state" and len(period.time_period or "") in (7, 10)
    ]
    return days[-1] if days else None
