"""Offices: where titles stand in a sentence, and where the words of an office begin.

Here: the automaton of titles (`offices.csv`) and the reach of a position to the left (中共昆山市委副书记、市长). Not
here: whose office it is (`statements`) and the place that the text leaves out (`seats`).
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.lexicon import registry, word_set
from pipelines.extraction.patterns import automaton
from pipelines.extraction.person_roles.names import any_word, name_words

STOPS = frozenset("，,。；;：:！!？?（(【[<>“‘「、\n|｜丨/／□■●▲…—－~")
CLOSING = {"）": "（(", ")": "（(", "”": "“", "》": "《", "」": "「", "】": "【"}
SENTENCE_MARK = re.compile(r"[，,。！？!?；;]")
WITH = frozenset("与和同及")
LONGEST_BRACKET = 22
LONGEST = 34


@lru_cache(maxsize=1)
def _titles() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    titles = [row["title"] for row in registry().offices]
    return automaton(titles), titles


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Kind of office by title."""
    return {row["title"]: row["kind"] for row in registry().offices}


def find_offices(text: str) -> list[Span]:
    """Where titles stand.

    Examples:
        >>> find_offices("市委副书记、市长李某")
        [(0, 5), (6, 8)]
    """
    found = [(start, end) for _, start, end in _titles()[0].find_matches_as_indexes(text)]
    if not found:
        return found
    traps = [match.span() for match in any_word("title_trap").finditer(text)]
    return [(start, end) for start, end in found if not any(a < end <= b for a, b in traps)]


def position_start(sentence: Sentence, office: Span, begins: Mapping[int, int], floor: int) -> int:
    """Where the words of an office begin, joined offices included.

    Args:
        sentence: The sentence.
        office: Span of the title that stands next to the name.
        begins: Where each title of the sentence begins, by its end.
        floor: Where the name before it ends.

    Returns:
        The offset of the first character of the position.
    """
    text = sentence.text
    start = office[0]
    while True:
        left = _segment_start(text, start, floor)
        cut = _behind_lead(sentence, left, start)
        if cut == left == floor > 0 and text[left] in WITH:
            # 县长张三|与|某大学副校长李四签约
            cut = left + 1
        if cut > left or left <= floor:
            return _without_space(text, cut)
        joined = begins.get(_title_end(text, left - 1)) if text[left - 1] == "、" else None
        # 刘某院士、…: a title directly behind the name before is that person's
        if joined is None or joined < floor or (floor and joined == floor):
            return _without_space(text, cut)
        start = joined


def _title_end(text: str, position: int) -> int:
    """Where a title ends before a list mark, a remark in brackets left out (主任（正处级）、)."""
    if position and text[position - 1] in "）)":
        opening = max(text.rfind("（", 0, position), text.rfind("(", 0, position))
        if 0 < position - opening <= LONGEST_BRACKET:
            return opening
    return position


def _segment_start(text: str, position: int, floor: int) -> int:
    """The beginning of the words without a mark that end at a position; brackets and quoted names are part of them."""
    while position > floor:
        character = text[position - 1]
        if character in CLOSING:
            opening = max(
                text.rfind(mark, max(floor, position - LONGEST_BRACKET), position) for mark in CLOSING[character]
            )
            if opening < 0 or SENTENCE_MARK.search(text, opening, position):
                return position
            position = opening
        elif character in STOPS or (character.isspace() and not _inside_latin(text, position - 1)):
            return position
        else:
            position -= 1
    return position


def _inside_latin(text: str, position: int) -> bool:
    return 0 < position < len(text) - 1 and text[position - 1].isascii() and text[position + 1].isascii()


def _behind_lead(sentence: Sentence, left: int, right: int) -> int:
    """The end of the last words in a segment that stand before offices (由, 会见了, 来自…的), or its beginning."""
    text = sentence.text
    cut = left
    starts = {mention.start for mention in sentence.mentions}
    for period in sentence.periods:
        if left <= period.start and period.end <= right:
            cut = max(cut, period.end)
    for match in any_word("protected", "lead", "weak_lead").finditer(text, cut, right):
        word = match[0]
        inside = any(mention.start <= match.start() < mention.end for mention in sentence.mentions)
        if inside or word in name_words("protected"):
            # 诸|暨|市委书记: no conjunction
            continue
        if word in name_words("lead") or match.end() in starts or _begins_office(text, match.end(), right):
            cut = match.end()
    for mention in sentence.mentions:
        if cut < mention.start < right and _verb_before(text, cut, mention.start):
            cut = mention.start
    if right - cut > LONGEST:
        later = [start for start in starts if right - LONGEST <= start < right]
        cut = min(later) if later else right
    return cut


def _begins_office(text: str, position: int, right: int) -> bool:
    return position == right or any_word("opening").match(text, position) is not None


def _verb_before(text: str, left: int, position: int) -> bool:
    """组织|平江县农业农村局局长: a verb before a place is no part of the office."""
    return any(text[max(left, position - length) : position] in word_set("action_verb") for length in (2, 3, 4))


def _without_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
