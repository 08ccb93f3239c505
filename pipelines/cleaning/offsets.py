"""From clean offsets back to raw ones, exactly, and the builder that keeps the account while a text is cleaned.

Belongs here: the offset map and how it grows. Does not belong here: what is kept or dropped (`lines.py`, `markup.py`)
and what is replaced (`repairs.py`: character for character, so that the map holds).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.documents import Block, BlockKind

# A run of clean text and the raw characters that it stands for. Where both are equally long they correspond one by one;
# else (a character reference, a line end with markup around it) all of the clean text stands for all of the raw
# characters.
Piece = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Segments that lead clean offsets back to raw ones.

    Attributes:
        map_clean: where each segment starts in the clean text; ascending, the first is 0, the last an empty one at its
        end.
        map_raw: where it starts in the raw text.
        map_raw_end: where it ends in the raw text.
    """

    map_clean: Sequence[int]
    map_raw: Sequence[int]
    map_raw_end: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of `clean_text[start:end]`: from its first character to the end of its last one.

        Characters that the cleaner dropped in between (markup, a second space) lie inside the span.

        Raises:
            ValueError: the span is empty or starts before the text.

        >>> offsets = OffsetMap([0, 2, 3, 26], [10, 12, 17, 40], [12, 17, 40, 40])
        >>> offsets.span(1, 4)  # the second of two characters, then `&amp;`, then the first of 23
        (11, 18)
        """
        if not 0 <= start < end:
            raise ValueError(f"an empty or negative span has no place in the raw text: {start}..{end}")
        map_clean, map_raw, map_raw_end = self.map_clean, self.map_raw, self.map_raw_end
        first = bisect_right(map_clean, start) - 1
        begins, ends = map_clean[first], map_clean[first + 1]
        if end <= ends and map_raw_end[first] - map_raw[first] == ends - begins:
            # most spans lie in one segment that corresponds one by one
            shift = map_raw[first] - begins
            return start + shift, end + shift
        last = first if end <= ends else bisect_right(map_clean, end - 1) - 1
        raw_start, raw_end = map_raw[first], map_raw_end[last]
        if self._corresponds(first):
            raw_start += start - begins
        if self._corresponds(last):
            raw_end = map_raw[last] + end - map_clean[last]
        return raw_start, raw_end

    def _corresponds(self, segment: int) -> bool:
        """Whether the clean and the raw characters of a segment correspond one by one."""
        length = self.map_clean[segment + 1] - self.map_clean[segment]
        return self.map_raw_end[segment] - self.map_raw[segment] == length


@dataclass(slots=True)
class TextBuilder:
    """Joins blocks to a clean text, and keeps the segments of its offset map."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    map_clean: list[int] = field(default_factory=list)
    map_raw: list[int] = field(default_factory=list)
    map_raw_end: list[int] = field(default_factory=list)
    length: int = 0
    # Whether the last segment corresponds character by character, so that it may grow.
    _grows: bool = False

    def add_block(self, pieces: Iterable[Piece], kind: BlockKind = "paragraph") -> None:
        """Append a block, joined to the one before by a line feed; one without any text is left out."""
        pieces = [piece for piece in pieces if piece[0]]
        if not pieces:
            return
        if self.blocks:
            # The line feed stands for everything between the blocks.
            self._add("\n", self.map_raw_end[-1], pieces[0][1])
        start = self.length
        for text, raw, raw_end in pieces:
            self._add(text, raw, raw_end)
        self.blocks.append(Block(start, self.length, kind=kind))

    def add_line(self, text: str, raw: int) -> None:
        """Append a block that stands in the raw text as it is: `add_block` of one piece, but faster."""
        if self._grows and self.map_raw_end[-1] + 1 == raw:
            start = self.length + 1
            self.length = start + len(text)
            self.map_raw_end[-1] = raw + len(text)
            self.parts += ("\n", text)
            self.blocks.append(Block(start, self.length))
        else:
            self.add_block([(text, raw, raw + len(text))])

    def finish(self) -> str:
        """End the map, which shows that its last segment is over, and return the clean text."""
        self._add("", self.map_raw_end[-1], self.map_raw_end[-1])
        return "".join(self.parts)

    def _add(self, text: str, raw: int, raw_end: int) -> None:
        corresponds = raw_end - raw == len(text)
        if text and self._grows and corresponds and self.map_raw_end[-1] == raw:
            self.map_raw_end[-1] = raw_end
        else:
            self.map_clean.append(self.length)
            self.map_raw.append(raw)
            self.map_raw_end.append(raw_end)
            self._grows = corresponds
        self.parts.append(text)
        self.length += len(text)
