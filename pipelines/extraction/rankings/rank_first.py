"""Ranks before who has them: 排名第59的肥西县、排名第79位的肥东县, 排首位的是昆山市.

Here: one rank, one name behind it. Not here: several names behind 前三名 (`roundups`), names before their ranks
(`on_lists`, `roundups`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.rankings.entrants import run_after
from pipelines.extraction.rankings.topics import position_of, topic
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import NUMERAL, integer

RANKED = re.compile(
    rf"(?:排名?|排在|位列|位居|名列|居|列)(?:全国|榜单|百强)?(?:第(?P<rank>{NUMERAL})(?:名|位)?|(?P<first>首位|榜首))的(?:是|为)?[“\"]?"
)


def rank_then_name(view: View) -> Iterator[Position]:
    """排名第59的肥西县: who stands behind a rank has it, on the list that the sentence speaks of."""
    for match in RANKED.finditer(view.text):
        run = run_after(view.text, view.entrants, match.end())
        if not run:
            continue
        one = run[0]
        about = topic(view, match.start(), match.start(), [one], only_lists=True)
        rank = 1 if match["first"] else integer(match["rank"])
        if about is None or not rank:
            continue
        number = match.span("first" if match["first"] else "rank")
        yield position_of(view, about, one, rank, None, (match.start(), one.end), number)
