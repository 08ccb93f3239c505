"""Page furniture: lines that belong to the site and not to the document, known by the rows of furniture.csv.

Belongs here: reading the rows and matching a line. Does not belong here: where on the page a row holds (`sections.py`),
nor any
pattern: a new piece of furniture is a new row, with a line that it reads and one that it must leave alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from schemas.documents import Block
from schemas.registry import load_registry

# No line of furniture is longer; many lines of prose are.
MAX_LENGTH = 400
_PARTS = re.compile(r"[\s|丨│/·【】\[\]]+|(?<=[:：])")
_MAX_PARTS = 24


@dataclass(frozen=True, slots=True)
class Furniture:
    """A row of furniture.csv.

    Attributes:
        name: name of the row.
        kind: what sort of furniture it is; `credit`, `caption` and `related_marker` mean more than boilerplate.
        where: where it holds: `line` anywhere, `head` above the first paragraph of prose, `tail` below the last, `edge`
        in both,
            `beside` next to other furniture there, `element` for the class or id of an element of HTML.
        words: one of them is in every line that the pattern matches; empty where there is no such word.
        pattern: matches the whole line.
        reads: a line that it reads.
        leaves: a line that it must leave alone.
    """

    name: str
    kind: str
    where: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    reads: str
    leaves: str


@lru_cache(maxsize=1)
def furniture() -> tuple[Furniture, ...]:
    """All rows, in the order of the file: the first that reads a line counts."""
    return tuple(
        Furniture(
            row["name"],
            row["kind"],
            row["where"],
            tuple(row["words"].split("|")) if row["words"] else (),
            re.compile(row["pattern"]),
            row["reads"],
            row["leaves"],
        )
        for row in load_registry().table("furniture")
    )


class _Index:
    """The rows of some places: those with words by their words, found in one pass over a text, and those without."""

    def __init__(self, places: Iterable[str]) -> None:
        rows = [row for row in furniture() if row.where in places]
        words = [(word, number) for number, row in enumerate(rows) for word in row.words]
        self.rows = rows
        self.wordless = {number for number, row in enumerate(rows) if not row.words}
        self.row_of_word = [number for _, number in words]
        self.automaton = AhoCorasick([word for word, _ in words])

    def match(self, line: str, numbers: Iterable[int]) -> Furniture | None:
        """The first of these rows that reads the line."""
        return next(
            (self.rows[number] for number in sorted(numbers) if self.rows[number].pattern.fullmatch(line)), None
        )


@lru_cache(maxsize=8)
def _index(places: tuple[str, ...]) -> _Index:
    return _Index(places)


def match(line: str, places: tuple[str, ...]) -> Furniture | None:
    """The first row that reads the whole line, among those that hold in one of the places."""
    if len(line) > MAX_LENGTH:
        return None
    index = _index(places)
    hits = index.automaton.find_matches_as_indexes(line, overlapping=True) if index.row_of_word else ()
    return index.match(line, {index.row_of_word[word] for word, _, _ in hits} | index.wordless)


def match_parts(line: str, places: tuple[str, ...]) -> Furniture | None:
    """The row of the first part of a line that is nothing but furniture: 分享到：微信 微博 【打印】【关闭】."""
    parts = [part for part in _PARTS.split(line) if part]
    if not 1 < len(parts) <= _MAX_PARTS:
        return None
    rows = [match(part, places) or match(part, ("beside",)) for part in parts]
    sure = [row for row in rows if row is not None and row.where != "beside"]
    return sure[0] if sure and None not in rows else None


@lru_cache(maxsize=1024)
def region_of(names: str) -> str | None:
    """The part of the page that an element is, by its classes or id: `related`, `boilerplate` or None."""
    rows = [row for row in furniture() if row.where == "element"]
    found = next((row for name in names.lower().split() for row in rows if row.pattern.fullmatch(name)), None)
    if found is None:
        return None
    return "related" if found.kind == "related" else "boilerplate"


def match_anywhere(clean_text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, Furniture]]:
    """Numbers of the blocks that a row for anywhere reads, with the row; one pass over the text."""
    index = _index(("line",))
    starts = [block.start for block in blocks]
    candidates: dict[int, set[int]] = {}
    for word, start, _ in index.automaton.find_matches_as_indexes(clean_text, overlapping=True):
        number = bisect_right(starts, start) - 1
        if blocks[number].end - blocks[number].start <= MAX_LENGTH:
            candidates.setdefault(number, set()).add(index.row_of_word[word])
    for number, rows in sorted(candidates.items()):
        block = blocks[number]
        if row := index.match(clean_text[block.start : block.end], rows):
            yield number, row
