"""One document at the edge of a stage: as it was read, as it was cleaned, and what was refused.

Belongs here: the Pydantic models of single records, and what must hold inside one record. Does not belong here: columns
and units of published tables (`schemas/tables.py`), and facts (`schemas/records.py`).
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from operator import gt, lt
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.vocabulary import DatePrecision, PublishedBasis, Section

DocumentId = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
MediaType = Literal[
    "text/plain",
    "text/markdown",
    "text/html",
    "text/csv",
    "message/rfc822",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]
# Formats whose raw text is what a reader made of them: lines, and rows with tabs between their cells.
BINARY = tuple(name for name in get_args(MediaType) if name.startswith("application/"))
BlockKind = Literal["title", "heading", "paragraph", "list_item", "table_row", "metadata", "credit", "caption"]


class Record(BaseModel):
    """A record that cannot change and takes no value of another type."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Refusal(Record):
    """A record that a hard rule refused: what, why, and what to do about it.

    Attributes:
        stage: the stage that refused it, such as `reading`.
        table: the table that the record would have gone to.
        rule: the name of the rule.
        reason: why, in words, with what to do.
        record: what is known of the record.
        doc_id: the document, where it has an id.
        raw_start: where in the raw text the record stands, where it stands in one.
        raw_end: where it ends there.
        suggestion: a provable correction, where there is one.
    """

    stage: str
    table: str
    rule: str
    reason: str
    record: dict[str, Any]
    doc_id: DocumentId | None = None
    raw_start: int | None = None
    raw_end: int | None = None
    suggestion: str | None = None

    def row(self) -> dict[str, Any]:
        """The refusal as a row of the tables `rejected`."""
        record = json.dumps(self.record, ensure_ascii=False, sort_keys=True, default=str)
        return self.model_dump(exclude={"table", "record"}) | {"table_name": self.table, "record": record}


class RawDocument(Record):
    """A document as it was read; offsets everywhere count the characters of `raw_text`.

    Attributes:
        doc_id: SHA-256 of the file's bytes.
        file_name: name of the file without its folders.
        source_path: path relative to the seeds folder, with `/` between its parts.
        media_type: what the reader took the file for.
        encoding: Python's name of the codec; `bytes.decode(encoding)` gives `raw_text`, a byte-order mark included.
            None for binary formats, whose `raw_text` is what the reader made of them.
        byte_count: size of the file.
        char_count: length of `raw_text`.
        reader: name and version of the reader that made `raw_text`, and of the library that it uses.
        raw_text: the text, nothing changed.
    """

    doc_id: DocumentId
    file_name: str
    source_path: str
    media_type: MediaType
    encoding: str | None
    byte_count: int = Field(gt=0)
    char_count: int = Field(gt=0)
    reader: str
    raw_text: str = Field(min_length=1)

    @model_validator(mode="after")
    def _counts_its_characters(self) -> Self:
        if self.char_count != len(self.raw_text):
            raise ValueError(f"char_count is {self.char_count} but raw_text has {len(self.raw_text)} characters")
        return self


@dataclass(slots=True)
class Block:
    """A line, paragraph, list item or table row: `clean_text[start:end]`.

    Not frozen, because a long document has hundreds of thousands: the cleaner fills in what it learns in later passes.

    Attributes:
        start: first character in the clean text.
        end: character after the last one.
        section: what part of the page it belongs to.
        kind: what sort of block it is.
        published: date of the related snippet that the block belongs to, None in the body.
        group: number of that snippet, 0 for the body.
    """

    start: int
    end: int
    section: Section = "body"
    kind: BlockKind = "paragraph"
    published: date | None = None
    group: int = 0


class CleanDocument(Record):
    """A document without its page furniture, with the map that leads every character back to the raw text.

    Attributes:
        clean_text: blocks joined by a line feed.
        blocks: the blocks, in order.
        map_clean: where each segment of the offset map starts in the clean text.
        map_raw: where it starts in the raw text.
        map_raw_end: where it ends there.
        repairs: how often each repair was applied, or what it noted without changing it.
    """

    doc_id: DocumentId
    file_name: str
    source_path: str
    raw_text: str
    title: str | None
    published_at: datetime | None
    published_precision: DatePrecision | None
    published_basis: PublishedBasis
    publisher: str | None
    author: str | None
    url: str | None
    clean_text: str = Field(min_length=1)
    blocks: list[Block]
    map_clean: list[int]
    map_raw: list[int]
    map_raw_end: list[int]
    repairs: dict[str, int]

    @model_validator(mode="after")
    def _states_time_or_not(self) -> Self:
        stated = self.published_at is not None
        if stated != (self.published_precision is not None) or stated == (self.published_basis == "unknown"):
            raise ValueError("published_at, published_precision and published_basis do not agree")
        return self

    @model_validator(mode="after")
    def _blocks_cover_the_text(self) -> Self:
        end = -1
        for block in self.blocks:
            if block.start != end + 1 or block.end <= block.start:
                raise ValueError(f"block at {block.start}..{block.end} does not follow a line feed at {end}")
            end = block.end
        if end != len(self.clean_text):
            raise ValueError(f"blocks end at {end} but the text at {len(self.clean_text)}")
        return self

    @model_validator(mode="after")
    def _map_is_sound(self) -> Self:
        if not len(self.map_clean) == len(self.map_raw) == len(self.map_raw_end) > 0:
            raise ValueError("the three lists of the offset map differ in length or are empty")
        if self.map_clean[0] != 0 or any(a >= b for a, b in pairwise(self.map_clean)):
            raise ValueError("the offset map does not cover the clean text in order")
        if any(map(gt, self.map_raw, self.map_raw_end)) or any(map(lt, self.map_raw[1:], self.map_raw_end)):
            raise ValueError("the offset map goes backwards in the raw text")
        if self.map_raw_end[-1] > len(self.raw_text):
            raise ValueError("the offset map leaves the raw text")
        return self
