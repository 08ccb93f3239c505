"""Words of outcomes as patterns: what can be set up, signed or published, and the verbs of doing so.

Here: the rows of `outcome_words.csv` by kind, the guard, and the type of an outcome by its last noun. Not here: how
they join (`things`).
"""

import re
from functools import cache, lru_cache

from pipelines.extraction.blocks import OUTCOME, Sentence
from pipelines.extraction.events.words import LONGEST_SENTENCE
from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded, one_of

GUARDING = ("publish", "set_up", "sign", "appear", "perform", "entered")
LONGEST_NAME = 90
REMARK = re.compile(r"[（(][^）)]*[)）]")
BOOK = re.compile(r"《[^》]{2,80}》")
# 县域经济100强
TOP = guarded(r"(?:\d+|[百千十])强(?:[县区市镇]{1,2}|企业)?[”\"》]*$")


@cache
def typed(kind: str) -> dict[str, str]:
    """Words of a kind with the type of outcome that they make."""
    return {row["text"]: row["type"] for row in registry().table("outcome_words") if row["kind"] == kind}


@cache
def any_of(*kinds: str) -> str:
    """A non-capturing alternation of the words of the kinds."""
    return one_of(word for kind in kinds for word in typed(kind))


@lru_cache(maxsize=1)
def guarding_words() -> frozenset[str]:
    """Words without which no outcome is told."""
    return frozenset(word for kind in GUARDING for word in typed(kind))


def may_hold_outcome(sentence: Sentence) -> bool:
    """Whether a sentence has any verb that outcomes are told with; a stretch of a thousand characters is no prose."""
    return sentence.cues & OUTCOME > 0 and len(sentence.text) <= LONGEST_SENTENCE


@lru_cache(maxsize=1)
def last_noun() -> re.Pattern[str]:
    """The noun that the name of an outcome ends with."""
    return guarded(any_of("noun") + r"[”\"》）)]*$")


def type_of(name: str) -> str | None:
    """Type of an outcome by its last noun; a paper with a title is a report unless its title says otherwise.

    Examples:
        >>> type_of("长三角产业联盟"), type_of("《县域发展报告》绿皮书"), type_of("《花桥条例》"), type_of("天气")
        ('alliance', 'report', 'other', None)
    """
    name = name[-LONGEST_NAME:]
    plain = REMARK.sub("", name)
    match = last_noun().search(plain)
    if match:
        return typed("noun")[re.sub(r"[”\"》）)]+$", "", match.group())]
    if TOP.search(plain):
        return "list"
    book = BOOK.search(name)
    if book is None:
        return None
    return "report" if book.group().endswith("研究》") else "other"
