"""The tiles of a dashboard: a rank on a line of its own, what is ranked on the lines below.

Here: ranks that stand apart from their indicator, under a heading that says among whom. Not here: ranks that a sentence
states (`of_indicators`) and numbered lists (`lines`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.place_meant import default_place
from pipelines.extraction.rankings.view import Position

# 某市在某省的地位
STANDINGS = ("地位", "位次", "排名", "位置", "名次")
HEADING = re.compile(rf"在(?P<scope>全[国省市州]|[\u4e00-\u9fff]{{2,8}}?[省市州区盟])的?(?:{'|'.join(STANDINGS)})$")
TILE = re.compile(r"第\s*(?P<rank>\d{1,3})\s*(?:位|名)")
# a name that is broken over lines has no more of them
MOST_LINES = 2


def read_tiles(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Position]]:
    """The ranks of a dashboard.

    Args:
        sentences: The sentences of a document, in order; a line of a dashboard is one.

    Yields:
        The line of each rank and the position; its quote goes on to the end of the name.
    """
    if not any(sentence.text.rstrip().endswith(STANDINGS) for sentence in sentences):
        return
    scope, index = "", 0
    while index < len(sentences):
        sentence = sentences[index]
        words = sentence.text.strip()
        tile = TILE.fullmatch(words) if words.startswith("第") else None
        if tile is None:
            heading = HEADING.search(words) if words.endswith(STANDINGS) else None
            scope = heading["scope"] if heading else ""
            index += 1
            continue
        named = _named_below(sentences, index) if scope else None
        if named is None:
            index += 1
            continue
        indicator, lines = named
        below = sentences[index + lines]
        end = below.start + len(below.text.rstrip()) - sentence.start
        number = sentence.text.index(tile["rank"])
        period = sentence.setting.period
        yield (
            sentence,
            Position(
                f"{indicator.name}（{scope}）",
                period[:4] if period else None,
                default_place(sentence.setting),
                int(tile["rank"]),
                None,
                None,
                sentence.text.index(tile.group()),
                end,
                (number, number + len(tile["rank"])),
                "dashboard-tile",
            ),
        )
        index += lines + 1


def _named_below(sentences: Sequence[Sentence], index: int) -> tuple[Resolved, int] | None:
    """The indicator that the lines below name, and how many they are: 外贸进出口|总额."""
    name = ""
    found = None
    for lines in range(1, MOST_LINES + 1):
        if index + lines >= len(sentences) or TILE.fullmatch(sentences[index + lines].text.strip()):
            break
        name += sentences[index + lines].text.strip()
        resolved = resolve(name)
        if resolved.code is not None:
            found = (resolved, lines)
    return found
