"""Facts of one text, without the pipeline.

Here: `read_facts`, which cleans and reads a string. Not here: documents in bulk (`extract`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Self

from pydantic import ValidationError

from pipelines.cleaning.repairs import repair
from pipelines.extraction.document import Document
from pipelines.extraction.reader import read_document
from schemas.records import RECORDS


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states.

    Attributes:
        observations: Rows as in the table of that name; offsets lie in the text that was given.
        rankings: Likewise, as for all tables that follow.
        profile: Kind of document and the place it is about.
        refused: Rows that do not keep the promises of their record, each with `table`, `row` and `reason`.
    """

    observations: list[dict[str, Any]] = field(default_factory=list)
    rankings: list[dict[str, Any]] = field(default_factory=list)
    person_roles: list[dict[str, Any]] = field(default_factory=list)
    organizations: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    plan_items: list[dict[str, Any]] = field(default_factory=list)
    programmes: list[dict[str, Any]] = field(default_factory=list)
    number_ledger: list[dict[str, Any]] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Mapping[str, list[dict[str, Any]]]) -> Self:
        """The facts of the one document that the tables are of."""
        kept: dict[str, list[dict[str, Any]]] = {}
        refused = []
        for table, record in RECORDS.items():
            kept[table] = []
            for row in tables[table]:
                try:
                    record.model_validate(row)
                except ValidationError as error:
                    reason = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
                    refused.append({"table": table, "row": row, "reason": reason})
                else:
                    kept[table].append(row)
        return cls(**kept, profile=tables["document_profiles"][0], refused=refused)


def read_facts(text: str, published: date | None = None, ref_area: str | None = None) -> Facts:
    """Read the facts of a text.

    Args:
        text: Plain text, one paragraph a line; a line with tabs is a row of a table.
        published: Publication date, for 去年 and 近三年.
        ref_area: GB/T 2260 code of the place that 全市 and numbers without a place belong to.

    Returns:
        The facts; offsets are into `text`.

    Examples:
        >>> facts = read_facts("2024年，全市地区生产总值5140亿元，增长5.2%。", ref_area="320583")
        >>> [(o["indicator"], str(o["value"]), o["unit"], o["time_period"]) for o in facts.observations]
        [('GDP', '5140', '亿元', '2024'), ('GDP', '5.2', '%', '2024')]
    """
    blocks, position = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped)
            blocks.append(
                {
                    "start": start,
                    "end": start + len(stripped),
                    "section": "body",
                    # As cleaning has it: a line with tabs is a row of a table.
                    "kind": "table_row" if "\t" in stripped else "paragraph",
                    "published": None,
                    "group": 0,
                }
            )
        position += len(line) + 1
    row = {
        "doc_id": sha256(text.encode("utf-8", errors="replace")).hexdigest(),
        "raw_text": text,
        "clean_text": repair(text)[0],
        "blocks": blocks,
        "map_clean": [0, len(text)],
        "map_raw": [0, len(text)],
        "map_raw_end": [len(text), len(text)],
        "title": None,
        "author": None,
        "publisher": None,
        "published_at": datetime.combine(published, datetime.min.time()) if published else None,
        "published_basis": "stated" if published else "unknown",
        "file_name": "",
        "source_path": "",
    }
    document = Document(row)
    if ref_area:
        document.about(ref_area)
    found = read_document(document, "")
    return Facts.of(found)
