"""What a sentence can tell is found in one pass as by looking for each word."""

import pytest

from pipelines.extraction.blocks import BODY, EVENT, FIRM, LISTING, OFFICE, ORGANIZATION, OUTCOME, PROGRAMME
from pipelines.extraction.cues import cues_of
from pipelines.extraction.events.words import guarding_words as words_of_events
from pipelines.extraction.organizations.firms import guarding_words as words_of_firms
from pipelines.extraction.organizations.words import cues, kind
from pipelines.extraction.outcomes.words import guarding_words as words_of_outcomes
from pipelines.extraction.person_roles.offices import kinds
from pipelines.extraction.programmes.vocabulary import guarding_words as words_of_programmes

WORDS = {
    EVENT: words_of_events(),
    OUTCOME: words_of_outcomes(),
    OFFICE: frozenset(kinds()),
    ORGANIZATION: kind("suffix"),
    PROGRAMME: words_of_programmes(),
    LISTING: frozenset(cues("before")),
    BODY: kind("firm") | kind("institute") | kind("park"),
    FIRM: words_of_firms(),
}
SENTENCES = (
    "副市长林某出席产业大会并致辞。",
    "会上成立了纺织产业联盟，发布《产业发展报告》。",
    "全市上下稳中求进，经济运行总体平稳。",
    "实施“2+6+X”产业布局，推进十大工程。",
    "考察了某某新材料有限公司和技术研究院。",
    "粮食总产量12.6万吨，增长3%。",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_one_pass_finds_what_single_looks_find(text: str) -> None:
    assert cues_of(text) == sum(cue for cue, words in WORDS.items() if any(word in text for word in words))


def test_some_sentences_hold_nothing_and_some_much() -> None:
    assert cues_of("粮食总产量12.6万吨，增长3%。") == 0
    assert cues_of(SENTENCES[0]) & EVENT
    assert cues_of(SENTENCES[0]) & OFFICE
