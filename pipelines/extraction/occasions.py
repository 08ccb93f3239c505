"""The event at which a document shows somebody or something.

Here: choosing among the events of a document. Not here: reading them (`events`).
"""

from collections.abc import Collection, Sequence

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row
from pipelines.extraction.lexicon import registry

NEARNESS = 4
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
    home: str | None = None,
) -> Row | None:
    """The event that a statement belongs to.

    Args:
        document: The document.
        sentence: The sentence of the statement.
        position: Where it stands in the sentence.
        events: Rows of `events`.
        deed: What a person did, or why an organization is named.
        near: Whether only an event of the same sentence counts.
        home: Code of the place that a person's office belongs to.

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
        return min(
            same, key=lambda event: (event["type"] not in types, -_from_home(event, home), _distance(event, raw))
        )
    if near:
        return None
    if sentence.block.section != "body":
        first, last = document.raw_span(sentence.block.start, sentence.block.end)
        return next((event for event in events if first <= event["raw_start"] < last), None)
    body = [event for event in events if event["section"] == "body"]
    earlier = [event for event in body if event["raw_start"] <= raw]
    visits = [event for event in earlier if event["type"] == "visit"]
    if "visit" in types and visits:
        return max(visits, key=lambda event: (_kinship(event, sentence, position, home), event["raw_start"]))
    return _last(body, earlier, types)


def _kinship(event: Row, sentence: Sentence, position: int, home: str | None) -> float:
    """How much a visit has to do with a statement: the visitor's home, and the places named near the statement."""
    near = sum(
        1 / (NEARNESS + abs(mention.start - position))
        for mention in sentence.mentions
        if mention.text in event["name"] or mention.name in event["name"]
    )
    return _from_home(event, home) + near


def _from_home(event: Row, home: str | None) -> int:
    place = registry().places.get(home or "")
    return int(place is not None and event["name"].startswith(place.short_name))


def _last(events: Sequence[Row], earlier: Sequence[Row], types: Collection[str]) -> Row | None:
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
