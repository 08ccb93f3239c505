"""Words of events as patterns: nouns of meetings, verbs of holding, visiting and launching.

Here: the rows of `event_words.csv` by kind, and the guard that tells whether a sentence can hold an event at all. Not
here: how they join to an event (`held`, `visits`, `launches`).
"""

import re
from functools import cache, lru_cache

from pipelines.extraction.blocks import EVENT, Sentence
from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded, one_of

GUARDING = ("noun", "hold", "hold_before", "plan_hold", "visit_what", "launch", "meet", "tour", "sign")
LONGEST_SENTENCE = 1000
# what tells one meeting from others of its kind: its number, its year, a name in quotes
DEFINITE = re.compile(r"第[一二三四五六七八九十百\d]+[届次]|首届|(?:19|20)\d{2}|[“\"‘《]")
YEAR = re.compile(r"(?:19|20)\d{2}")
EDITION = re.compile(r"第([一二三四五六七八九十百\d]+)[届次]|(首)届")


@cache
def typed(kind: str) -> dict[str, str]:
    """Words of a kind with the type of event that they make."""
    return {row["text"]: row["type"] for row in registry().table("event_words") if row["kind"] == kind}


@cache
def any_of(*kinds: str) -> str:
    """A non-capturing alternation of the words of the kinds."""
    return one_of(word for kind in kinds for word in typed(kind))


@lru_cache(maxsize=1)
def host() -> re.Pattern[str]:
    """Words that say that something happens at an event: 会上, 活动中, 现场."""
    return guarded(any_of("host"))


@lru_cache(maxsize=1)
def guarding_words() -> frozenset[str]:
    """Words without which no event is told."""
    return frozenset(word for kind in GUARDING for word in typed(kind))


def may_hold_event(sentence: Sentence) -> bool:
    """Whether a sentence has any word that events are told with; a stretch of a thousand characters is no prose."""
    return sentence.cues & EVENT > 0 and len(sentence.text) <= LONGEST_SENTENCE
