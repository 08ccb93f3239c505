"""A page in the making: what the parsers of the formats hand to the passes that judge it.

Belongs here: the shape that plain text, Markdown and HTML have in common. Does not belong here: how one of them is
parsed (`lines.py`, `markdown.py`, `markup.py`) or what the blocks mean (`sections.py`, `metadata.py`).
"""

from dataclasses import dataclass, field

from pipelines.cleaning.offsets import Piece, TextBuilder
from schemas.documents import BlockKind


@dataclass(slots=True)
class Draft:
    """A block before it is written: its pieces, and what the format says of it.

    Attributes:
        pieces: text with raw offsets, not tidied yet.
        kind: kind by the markup.
        region: `boilerplate` or `related` where an element around the block says so.
        loose: text outside of any block element, whose line feeds count, as in plain text.
    """

    pieces: list[Piece]
    kind: BlockKind = "paragraph"
    region: str | None = None
    loose: bool = False


@dataclass(slots=True)
class Page:
    """The blocks of a page and what it says of itself outside of them.

    Attributes:
        builder: clean text, blocks and offset map.
        regions: by number of the block, where the markup says what part of the page it is.
        stated: what meta elements and front matter state, by field (title, published, publisher, author, url).
        repairs: counts by name of repair.
    """

    builder: TextBuilder = field(default_factory=TextBuilder)
    regions: dict[int, str] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)

    def add(self, draft: Draft) -> None:
        """Write a block whose pieces are tidy."""
        before = len(self.builder.blocks)
        self.builder.add_block(draft.pieces, draft.kind)
        if draft.region and len(self.builder.blocks) > before:
            self.regions[before] = draft.region
