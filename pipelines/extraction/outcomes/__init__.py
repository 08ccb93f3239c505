"""Outcomes: what an event set up, signed or published.

Here: which things of a sentence are outcomes, and the event that each came of. Not here: the event itself (`events`),
the names of things (`things`) and who took part (`parties`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extraction.blocks import Block, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.events.line import Line
from pipelines.extraction.facts import Row, fact_row
from pipelines.extraction.outcomes.parties import parties_of
from pipelines.extraction.outcomes.things import Thing, find_things, is_speech
from pipelines.extraction.outcomes.words import may_hold_outcome

__all__ = ["read_outcomes"]

DRESSING = re.compile(r"[\s“”\"‘’《》、，,（）()]|(?:19|20)\d{2}年?度?")
NUMBER = re.compile(r"\d+|[一二三四五六七八九十百]+")
HIGHER = re.compile(r"国务院|党中央|中央|国家")
FOUNDED = re.compile(r"成立|组建|设立|揭牌|挂牌|诞生")
RECENT = re.compile(r"近日|日前|今天|今日|昨天|昨日|\d日")
SHORTEST = 6
HOSTED = re.compile(
    r"会上|(?:大会|论坛|峰会|活动|仪式|博览会|会议|展会|节会)(?:上|期间|中|现场)?(?:还)?(?:正式|集中|共同)?(?:发布|签|成立|公布|揭)"
)
NO_HOSTS = ("event-told-of", "meeting-followed", "event-planned", "people-meet")
MARKED = re.compile(r"[《“\"]|(?:19|20)\d{2}|首批|首份|首个|首部|全国|全省|[白蓝绿红]皮书|榜")
NEWS = ("news", "other", "profile")


@dataclass(frozen=True, slots=True)
class Telling:
    """A thing as one sentence tells it, with the event that it came of."""

    line: Line
    thing: Thing
    event: str | None

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Smaller for the telling to keep: in the body, in running text, with the fuller name."""
        block = self.line.sentence.block
        return (block.section != "body", block.kind in ("title", "heading", "caption"), -len(self.thing.name))

    def is_of_the_same(self, other: "Telling") -> bool:
        """Whether two tellings name one thing."""
        one, two = (DRESSING.sub("", telling.thing.name) for telling in (self, other))
        return one in two or two in one


def read_outcomes(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> list[Row]:
    """Rows of `outcomes`.

    Args:
        document: The document.
        sentences: Its sentences.
        events: The rows of `events`.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    told: list[Telling] = []
    speaking: Block | None = None
    for sentence in sentences:
        in_speech = speaking is sentence.block
        if is_speech(sentence.text):
            speaking = sentence.block
        if not may_hold_outcome(sentence.text):
            continue
        line = Line(sentence)
        event = _event_of(document, sentence, events)
        for thing in find_things(line, in_speech):
            # what is planned has not come; the plan itself has (市委出台《…总体方案》)
            if sentence.setting.target and not (document.doc_type == "plan" and "《" in thing.name):
                continue
            if not _is_event(thing, events) and _counts(line, thing, event, document):
                told.append(Telling(line, thing, event))
    return [_row(document, telling.line, telling.thing, telling.event) for telling in _each_once(told)]


def _is_event(thing: Thing, events: Sequence[Row]) -> bool:
    """Whether a thing is an event of its own: X揭牌 on a day, or a ceremony with a row."""
    return any(
        thing.name in event["name"] or (thing.manner == "perform" and event["name"] in thing.name)
        for event in events
        if event["rule"] == "launched" or thing.manner == "perform"
    )


def _each_once(told: Sequence[Telling]) -> list[Telling]:
    """The fullest name of each thing: a title that shortens it, or a later 该联盟, is no second thing."""
    kept: list[Telling] = []
    for telling in told:
        same = next((index for index, other in enumerate(kept) if other.is_of_the_same(telling)), None)
        if same is None:
            kept.append(telling)
        elif kept[same].rank > telling.rank:
            kept[same] = telling
    return sorted(kept, key=lambda telling: (telling.line.sentence.start, telling.thing.span))


def _event_of(document: Document, sentence: Sentence, events: Sequence[Row]) -> str | None:
    """The event that a sentence goes on about: the last one told before it in the same part of the page.

    A report or an article tells of many things; there only a sentence that says 会上 or 大会发布 is about an event.
    """
    start, end = document.raw_span(sentence.start, sentence.start + len(sentence.text))
    block_start, _ = document.raw_span(sentence.block.start, sentence.block.end)
    news = document.doc_type in NEWS
    if news and sentence.block.section == "body":
        earliest = 0
    elif news or HOSTED.search(sentence.text):
        earliest = block_start
    else:
        return None
    found: Row | None = None
    for event in events:
        if event["section"] != sentence.block.section or not earliest <= event["raw_start"] < end:
            continue
        if event["rule"] not in NO_HOSTS and (event["raw_start"] < start or found is None or event["rule"] != "visit"):
            found = event
    if found is None and earliest == 0:
        # a headline tells what came of the event before the text tells of the event
        found = next((event for event in events if event["section"] == "body" and event["rule"] not in NO_HOSTS), None)
    return found["name"] if found else None


def _counts(line: Line, thing: Thing, event: str | None, document: Document) -> bool:
    """Whether a thing is an outcome, given what is known of its event."""
    if thing.manner == "perform":
        named = len(thing.name) >= SHORTEST
        return event is not None and named and thing.type in ("ceremony", "agreement", "other")
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
        return thing.type in ("list", "report") and MARKED.search(thing.name) is not None
    if thing.manner != "appear":
        return False
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
        numbers=[(start + match.start(), start + match.end()) for match in NUMBER.finditer(line.text, *thing.span)],
        name=thing.name,
        type=thing.type,
        parties=parties_of(line, thing),
        event=event,
    )
