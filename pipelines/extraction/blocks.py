"""Blocks and sentences as the readers see them.

Here: the two records. Not here: where they come from (`document`, `flow`).
"""

from dataclasses import dataclass
from datetime import date

from pipelines.extraction.marks import Mark
from pipelines.extraction.periods import Period
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.setting import Setting

# kinds of facts that are told by certain words, for `Sentence.cues`
EVENT, OUTCOME, OFFICE, ORGANIZATION, PROGRAMME = 1, 2, 4, 8, 16
# organizations: words that lists of them follow, ends of names that prove themselves, what only firms are said of
LISTING, BODY, FIRM = 32, 64, 128
ALL_CUES = EVENT | OUTCOME | OFFICE | ORGANIZATION | PROGRAMME | LISTING | BODY | FIRM


@dataclass(frozen=True, slots=True)
class Block:
    """A block of clean text.

    Attributes:
        start: Offset in the clean text.
        end: Offset behind it.
        section: body, related or boilerplate.
        kind: title, heading, paragraph, list_item, table_row, metadata, credit or caption.
        published: Date of the related snippet that it belongs to, None in the body.
        group: Number of the snippet, 0 in the body.
    """

    start: int
    end: int
    section: str
    kind: str
    published: date | None
    group: int


@dataclass(slots=True)
class Sentence:
    """A sentence with its tokens.

    Attributes:
        text: Its clean text.
        start: Offset in the document's clean text.
        block: The block that it stands in.
        setting: What was in force when it began.
        marks: Numbers that are no quantities.
        periods: Expressions of time.
        mentions: Places named.
        quantities: Quantities.
        cues: Which kinds of facts the sentence can tell, as far as they are told by certain words (`cues`).
    """

    text: str
    start: int
    block: Block
    setting: Setting
    marks: list[Mark]
    periods: list[Period]
    mentions: list[Mention]
    quantities: list[Quantity]
    cues: int = ALL_CUES

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the clean text of its document."""
        return self.start, self.start + len(self.text)
