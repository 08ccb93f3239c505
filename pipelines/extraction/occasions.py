"""The event at which a document shows somebody or something.

Here: choosing among the events of a document. Not here: reading them (`events`).
"""

from collections.abc import Collection, Sequence

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row

GATHERINGS = frozenset(("conference", "meeting", "signing", "launch", "other"))
# What sort of event somebody can have done this at, or something can have been shown at.
FITTING: dict[str, frozenset[str]] = {
    "led_visit": frozenset(("visit",)),
    "visited": frozenset(("visit",)),
    "met": frozenset(("meeting", "visit")),
    "attended": GATHERINGS,
    "spoke": GATHERINGS,
}


def occasion(
    document: Document,
    sentence: Sentence,
    position: int,
    events: Sequence[Row],
    deed: str,
    *,
    near: bool = False,
) -> Row | None:
    """The event that a statement belongs to.

    Args:
        document: The document.
        sentence: The sentence of the statement.
        position: Where it stands in the sentence.
        events: Rows of `events`.
        deed: What a person did, or why an organization is named.
        near: Whether only an event of the same sentence counts.

    Returns:
        The nearest event of the sentence, else the last one told before it in its part of the page, else the first of
        the body; those of a fitting sort go first. None where there is none, and for a related snippet without one.
    """
    if not events:
        return None
    raw = document.raw_span(sentence.start + position, sentence.start + position + 1)[0]
    begin, end = document.raw_span(sentence.start, sentence.start + len(sentence.text))
    types = FITTING.get(deed, frozenset())
    same = [event for event in events if event["raw_start"] < end and begin < event["raw_end"]]
    if same:
        return min(same, key=lambda event: (event["type"] not in types, _distance(event, raw)))
    if near:
        return None
    if sentence.block.section != "body":
        first, last = document.raw_span(sentence.block.start, sentence.block.end)
        return next((event for event in events if first <= event["raw_start"] < last), None)
    return _in_body([event for event in events if event["section"] == "body"], raw, types)


def _in_body(events: Sequence[Row], raw: int, types: Collection[str]) -> Row | None:
    earlier = [event for event in events if event["raw_start"] <= raw]
    fitting = [event for event in earlier if event["type"] in types]
    if fitting or earlier:
        return max(fitting or earlier, key=lambda event: (event["raw_start"], event["raw_end"]))
    return next((event for event in events if event["type"] in types), events[0] if events else None)


def _distance(event: Row, raw: int) -> int:
    """How far an event is told from a position, 0 inside its words."""
    return max(int(event["raw_start"]) - raw, raw - int(event["raw_end"]), 0)


def published_day(document: Document, block: Block) -> str | None:
    """The publication date of a block as ISO text."""
    day = block.published or (document.published if block.section != "related" else None)
    return day.isoformat() if day else None


def own_day(sentence: Sentence, position: int) -> str | None:
    """The day or month that a sentence names before a position, as ISO text: 1月，陈丽艳在接受采访时."""
    days = [
        period.time_period
        for period in sentence.periods
        if period.end <= position and period.role == "state" and len(period.time_period or "") in (7, 10)
    ]
    return days[-1] if days else None
