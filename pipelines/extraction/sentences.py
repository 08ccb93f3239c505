"""Blocks into sentences and clauses, with their positions kept.

Here: where a sentence and a clause begin and end, and which parenthesis hangs on what. Not here: what they say.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.extraction.patterns import guarded

END = guarded(r"[。！？!?](?:[”’」』）)]*)|\n|……")
BREAKS = "，,；;：:｜"
OPENING, CLOSING, ENDS = "（(【[", "）)】]", "。！？!?"
MARK = re.compile(f"[{re.escape(BREAKS + OPENING + CLOSING + ENDS)}]")


class Clause(NamedTuple):
    """A stretch of a sentence between clause marks.

    Attributes:
        start: Offset in the sentence.
        end: Offset behind it (the mark is outside).
        depth: 0 in the sentence, 1 inside a parenthesis.
        anchor: Index of the clause that a parenthesis hangs on, else None.
        strong: Whether it begins the sentence or stands behind a semicolon, so that nothing is carried over by habit.
    """

    start: int
    end: int
    depth: int
    anchor: int | None
    strong: bool


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of the sentences of a block, the closing mark included.

    Args:
        text: The document's clean text.
        start: Offset of the block.
        end: Offset behind the block.

    Yields:
        Offsets in `text`, without surrounding space.
    """
    end = len(text) if end is None else end
    position = start
    for match in END.finditer(text, start, end):
        if text[position : match.start()].strip():
            yield position, match.end()
        position = match.end()
    if text[position:end].strip():
        yield position, end


def clause_at(clauses: Sequence[Clause], position: int) -> Clause | None:
    """The clause that a position lies in, None where it lies in none."""
    for clause in clauses:
        if clause.start <= position < clause.end:
            return clause
    return None


def split_clauses(sentence: str, closed: Sequence[tuple[int, int]] = ()) -> list[Clause]:
    """Clauses of a sentence in the order of the text.

    Args:
        sentence: One sentence.
        closed: Stretches that no clause mark divides (numbers with commas, ratios, times).

    Returns:
        Clauses; a parenthesis is its own clause behind the one that it hangs on, and the text goes on in a new clause.

    Examples:
        >>> [("江阴市(26.7万元)、昆山市"[c.start:c.end], c.depth) for c in split_clauses("江阴市(26.7万元)、昆山市")]
        [('江阴市', 0), ('26.7万元', 1), ('、昆山市', 0)]
    """
    shut = bytearray(len(sentence) + 1)
    for start, end in closed:
        shut[start:end] = b"\x01" * (end - start)
    clauses: list[Clause] = []
    start, depth, strong = 0, 0, True
    anchor: int | None = None
    for mark in MARK.finditer(sentence):
        index = mark.start()
        character = sentence[index]
        if shut[index] or (character in CLOSING and not depth):
            continue
        if sentence[start:index].strip():
            clauses.append(Clause(start, index, depth, anchor if depth else None, strong))
        start = index + 1
        if character in BREAKS:
            strong = character in "；;"
        elif character in OPENING:
            anchor = len(clauses) - 1 if depth == 0 and clauses else anchor
            depth, strong = depth + 1, False
        elif character in CLOSING:
            depth, strong = depth - 1, False
    if sentence[start:].strip():
        clauses.append(Clause(start, len(sentence), depth, anchor if depth else None, strong))
    return clauses
