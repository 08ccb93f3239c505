"""What every row read from a document has in common: the document, the section, and the way back to its words.

The tables that use these columns are in `observations.py` and `facts.py`.
"""

from typing import get_args

import polars as pl

from schemas.columns import BIGINT, TEXT, Column, ForeignKey, RowRule
from schemas.vocabulary import DOC_ID_PATTERN, FactSection

DOC_ID = Column("doc_id", TEXT, "The document.", False, pattern=DOC_ID_PATTERN)
SECTION = Column(
    "section",
    TEXT,
    "Part of the page: body, or related for the truncated snippets of other pages, which are weaker evidence.",
    False,
    domain=get_args(FactSection),
)
# What every fact table ends with: how a reader finds the fact again.
PROVENANCE = (
    Column("quote", TEXT, "The words that state the fact, as they stand in the raw text.", False),
    Column(
        "raw_start", BIGINT, "Where the quote starts in the raw text.", False, minimum=0, unit="Unicode code points"
    ),
    Column("raw_end", BIGINT, "Where it ends, exclusive.", False, minimum=1, unit="Unicode code points"),
    Column("sentence", TEXT, "The sentence of the quote, after cleaning, for reading."),
    Column("rule", TEXT, "Name of the rule that read the fact.", False),
    Column("code_version", TEXT, "Version of code and registry that read it.", False),
    Column(
        "correction",
        TEXT,
        "Ids of the corrections by people that changed or accepted the row (quality.corrections), separated by |; NULL "
        "for none. Set by validation.",
    ),
)
# Columns that extraction does not know: validation fills them in.
ADDED_BY_VALIDATION = ("doubts", "correction")
TO_DOCUMENT = ForeignKey("doc_id", "documents.doc_id")


def quote_fills_span(quote: str) -> RowRule:
    """The rule that the words in a column are as long as the span that they stand in."""
    return RowRule(
        f"{quote}_fills_span",
        f"{quote} is as long as the span raw_start to raw_end, and not empty",
        f"the span {{raw_start}} to {{raw_end}} does not have the length of “{{{quote}}}”",
        lambda: (pl.col("raw_end") - pl.col("raw_start") == pl.col(quote).str.len_chars()) & (pl.col(quote) != ""),
        f"raw_end - raw_start = length({quote}) AND {quote} <> ''",
    )
