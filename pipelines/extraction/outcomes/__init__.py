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
from pipelines.extraction.patterns import guarded

__all__ = ["read_outcomes"]

DRESSING = re.compile(r"[\s“”\"‘’《》、，,（）()]|(?:19|20)\d{2}年?度?")
NUMBER = re.compile(r"\d+|[一二三四五六七八九十百]+")
HIGHER = re.compile(r"国务院|党中央|中央|国家")
FOUNDED = re.compile(r"成立|组建|设立|揭牌|挂牌|诞生")
RECENT = re.compile(r"近日|日前|今天|今日|昨天|昨日|\d日")
SHORTEST = 6
# how many things back the same one is looked for, so that a long document costs no more a line than a short one
REACH = 200
HOSTED = guarded(
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
    hosts = [event for event in events if event["rule"] not in NO_HOSTS]
    own = [event["name"] for event in events if event["rule"] == "launched"]
    ceremonies = [event["name"] for event in events if "仪式" in event["name"]]
    block: Block | None = None
    earlier: list[str] = []
    for sentence in sentences:
        if sentence.block is not block:
            block, earlier = sentence.block, []
        if not may_hold_outcome(sentence):
            earlier.append(sentence.text)
            continue
        line = Line(sentence)
        event = _event_of(document, sentence, hosts)
        in_speech = any(map(is_speech, earlier))
        earlier.append(sentence.text)
        for thing in find_things(line, in_speech):
            # what is planned has not come; the plan itself has (市委出台《…总体方案》)
            if sentence.setting.target and not (document.doc_type == "plan" and "《" in thing.name):
                continue
            known = ceremonies if thing.manner == "perform" else own
            if not _is_event(thing, known) and _counts(line, thing, event, document):
                told.append(Telling(line, thing, event))
    return [_row(document, telling.line, telling.thing, telling.event) for telling in _each_once(told)]


def _is_event(thing: Thing, names: Sequence[str]) -> bool:
    """Whether a thing is an event of its own: X基地揭牌 on a day, or a ceremony with a row; an alliance is both."""
    return thing.type != "alliance" and any(
        thing.name in name or (thing.manner == "perform" and name in thing.name) for name in names
    )


def _each_once(told: Sequence[Telling]) -> list[Telling]:
    """The fullest name of each thing: a title that shortens it, or a later 该联盟, is no second thing."""
    kept: list[Telling] = []
    for telling in told:
        recent = range(max(0, len(kept) - REACH), len(kept))
        same = next((index for index in recent if kept[index].is_of_the_same(telling)), None)
        if same is None:
            kept.append(telling)
        elif kept[same].rank > telling.rank:
            kept[same] = telling
    return sorted(kept, key=lambda telling: (telling.line.sentence.start, telling.thing.span))


def _event_of(document: Document, sentence: Sentence, hosts: Sequence[Row]) -> str | None:
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
    for event in reversed(hosts):
        if event["raw_start"] < earliest:
            break
        # who goes on a tour in the same sentence is no host of what came before
        within = event["raw_start"] < (start if event["rule"] == "visit" and event is not hosts[0] else end)
        if within and event["section"] == sentence.block.section:
            return str(event["name"])
    # a headline tells what came of the event before the text tells of the event
    first = hosts[0] if earliest == 0 and hosts and hosts[0]["section"] == "body" else None
    return str(first["name"]) if first else None


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
