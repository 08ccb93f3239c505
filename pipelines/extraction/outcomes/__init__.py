"""Outcomes: what an event set up, signed or published.

Here: which things of a sentence are outcomes, and the event that each came of. Not here: the event itself (`events`),
the names of things (`things`) and who took part (`parties`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.events.line import Line
from pipelines.extraction.facts import Row, fact_row
from pipelines.extraction.outcomes.parties import parties_of
from pipelines.extraction.outcomes.things import Thing, find_things
from pipelines.extraction.outcomes.words import may_hold_outcome

__all__ = ["read_outcomes"]

DRESSING = re.compile(r"[\s“”\"‘’《》、，,（）()]|(?:19|20)\d{2}年?度?")
NUMBER = re.compile(r"\d+|[一二三四五六七八九十百]+")
HIGHER = re.compile(r"国务院|党中央|中央|国家")
FOUNDED = re.compile(r"成立|组建|设立|揭牌|挂牌|诞生")
RECENT = re.compile(r"近日|日前|今天|今日|昨天|昨日|\d日")
SHORTEST = 6
NEWS = ("news", "other", "profile")


def read_outcomes(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> list[Row]:
    """Rows of `outcomes`.

    Args:
        document: The document.
        sentences: Its sentences.
        events: The rows of `events`.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    rows: list[Row] = []
    known: list[str] = []
    for sentence in sentences:
        if sentence.setting.target or not may_hold_outcome(sentence.text):
            continue
        line = Line(sentence)
        event = _event_of(document, sentence, events)
        for thing in find_things(line):
            core = DRESSING.sub("", thing.name)
            if not _counts(line, thing, event, document) or any(core in other or other in core for other in known):
                continue
            known.append(core)
            rows.append(_row(document, line, thing, event))
    return rows


def _event_of(document: Document, sentence: Sentence, events: Sequence[Row]) -> str | None:
    """The event that a sentence goes on about: the last one told before it in the same part of the page.

    A report or an article tells of many things; there only an event of the same sentence counts.
    """
    start, end = document.raw_span(sentence.start, sentence.start + len(sentence.text))
    block_start, _ = document.raw_span(sentence.block.start, sentence.block.end)
    found: Row | None = None
    for event in events:
        if event["section"] != sentence.block.section or event["raw_start"] >= end:
            continue
        if event["raw_start"] >= start or document.doc_type in NEWS and (
            sentence.block.section == "body" or event["raw_start"] >= block_start
        ):
            if event["rule"] not in ("event-told-of", "meeting-followed", "event-planned"):
                found = event
    return found["name"] if found else None


def _counts(line: Line, thing: Thing, event: str | None, document: Document) -> bool:
    """Whether a thing is an outcome, given what is known of its event."""
    if thing.manner == "perform":
        return event is not None and thing.type in ("ceremony", "agreement", "other")
    if thing.manner == "entered":
        return event is not None and thing.type == "list" and thing.name.rstrip("”》").endswith("名单")
    if "《" in thing.name and thing.manner in ("publish", "sign"):
        return HIGHER.search(line.text, 0, thing.verb) is None
    if event is not None:
        return True
    if len(thing.name) < SHORTEST:
        return False
    if thing.manner == "sign":
        return thing.type == "agreement"
    words = line.text[thing.said[0] : thing.said[1]]
    if thing.manner in ("set_up", "appear") and FOUNDED.search(words):
        return thing.type in ("alliance", "centre")
    if thing.manner == "publish":
        return thing.type in ("list", "report")
    return thing.type == "list" or (RECENT.search(line.text) is not None and thing.type != "other")


def _row(document: Document, line: Line, thing: Thing, event: str | None) -> Row:
    start = line.sentence.start
    return fact_row(
        document,
        "outcomes",
        (start + thing.said[0], start + thing.said[1]),
        line.sentence.block.section,
        f"outcome-{thing.manner.replace('_', '-')}",
        sentence=line.text,
        numbers=[
            (start + match.start(), start + match.end()) for match in NUMBER.finditer(line.text, *thing.span)
        ],
        name=thing.name,
        type=thing.type,
        parties=parties_of(line, thing),
        event=event,
    )
