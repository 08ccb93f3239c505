"""Which kinds of facts a sentence can tell at all, found in one pass for all kinds.

Here: the words without which a kind of fact is never told, as one automaton. Not here: the words themselves, which
belong to their readers; and what is not told by words, such as numbers and ranks.
"""

from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.blocks import BODY, EVENT, FIRM, LISTING, OFFICE, ORGANIZATION, OUTCOME, PROGRAMME
from pipelines.extraction.events.words import guarding_words as words_of_events
from pipelines.extraction.organizations.firms import guarding_words as words_of_firms
from pipelines.extraction.organizations.words import cues as cues_of_organizations
from pipelines.extraction.organizations.words import kind as words_of_organizations
from pipelines.extraction.outcomes.words import guarding_words as words_of_outcomes
from pipelines.extraction.person_roles.offices import kinds as titles
from pipelines.extraction.programmes.vocabulary import guarding_words as words_of_programmes


@lru_cache(maxsize=1)
def _cues() -> tuple[ahocorasick_rs.AhoCorasick, list[int]]:
    found: dict[str, int] = {}
    for cue, words in (
        (EVENT, words_of_events()),
        (OUTCOME, words_of_outcomes()),
        (OFFICE, titles()),
        (ORGANIZATION, words_of_organizations("suffix")),
        (LISTING, cues_of_organizations("before")),
        (BODY, frozenset().union(*map(words_of_organizations, ("firm", "institute", "park")))),
        (FIRM, words_of_firms()),
        (PROGRAMME, words_of_programmes()),
    ):
        for word in words:
            found[word] = found.get(word, 0) | cue
    dense = ahocorasick_rs.Implementation.DFA
    return ahocorasick_rs.AhoCorasick(list(found), implementation=dense), list(found.values())


def cues_of(text: str) -> int:
    """The cues that a sentence holds, added up.

    Args:
        text: The sentence.

    Examples:
        >>> cues_of("市长王某出席大会") & OFFICE > 0, cues_of("全市经济稳中向好") & OFFICE > 0
        (True, False)
    """
    automaton, cues = _cues()
    held = 0
    # words that lie inside one another count as well: 市长 in 副市长
    for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        held |= cues[index]
    return held
