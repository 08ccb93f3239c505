"""The other tables of what documents state: rankings, and the ledger of every number.

Observations have a module of their own, `observations.py`.
"""

from typing import get_args

import polars as pl

from schemas.columns import BIGINT, INTEGER, TEXT, Column, ForeignKey, RowRule, Table
from schemas.tables.provenance import DOC_ID, PROVENANCE, SECTION, TO_DOCUMENT, quote_fills_span
from schemas.vocabulary import FACT_ID_PATTERN, PLACE_CODE_PATTERN, YEAR_PATTERN, Disposition, Nature, Section

RANKINGS = Table(
    name="rankings",
    description="One row for each statement that a place, firm or park holds a place in a list. The same standing is "
    "often told by many documents; marts.ranking_history keeps one row for each edition.",
    primary_key=("ranking_id",),
    enforce_key=False,
    columns=(
        Column("ranking_id", TEXT, "Stable hash: same document and code, same id.", False, pattern=FACT_ID_PATTERN),
        DOC_ID,
        SECTION,
        Column("list_name", TEXT, "Name of the list, or what is compared and where: 地区生产总值增速（全国）.", False),
        Column("edition", TEXT, "Year of the list; NULL when the text does not say.", pattern=YEAR_PATTERN),
        Column("publisher", TEXT, "Who makes the list; NULL when unknown."),
        Column("entity_name", TEXT, "Full name of who is ranked.", False),
        Column("entity_code", TEXT, "Its GB/T 2260 code when it is a place.", pattern=PLACE_CODE_PATTERN),
        Column(
            "rank", INTEGER, "The place held, 1 is first; NULL when only within_top or streak_years is told.", minimum=1
        ),
        Column("within_top", INTEGER, "100 for 入围前100; NULL otherwise. It is no rank.", minimum=1),
        Column("streak_years", INTEGER, "20 for 连续20年; NULL otherwise.", minimum=1, unit="years"),
        Column("nature", TEXT, "actual, target or estimate.", False, domain=get_args(Nature)),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT, ForeignKey("entity_code", "places.code")),
    rules=(
        quote_fills_span("quote"),
        RowRule(
            "says_a_standing",
            "rank, within_top or streak_years is given",
            "the row tells neither rank nor within_top nor streak_years",
            lambda: (
                pl.col("rank").is_not_null() | pl.col("within_top").is_not_null() | pl.col("streak_years").is_not_null()
            ),
            "rank IS NOT NULL OR within_top IS NOT NULL OR streak_years IS NOT NULL",
        ),
        RowRule(
            "rank_within_top",
            "a rank lies within within_top",
            "rank {rank} is not within the top {within_top}",
            lambda: pl.col("rank") <= pl.col("within_top"),
            "rank <= within_top",
        ),
    ),
)

NUMBER_LEDGER = Table(
    name="number_ledger",
    description="One row for each number in the text of a document, Arabic or Chinese, with what became of it, so that "
    "nothing is lost unseen. unassigned is the honest list of what the reader did not understand.",
    primary_key=("doc_id", "raw_start"),
    enforce_key=False,
    columns=(
        DOC_ID,
        Column(
            "raw_start",
            BIGINT,
            "Where the number starts in the raw text.",
            False,
            minimum=0,
            unit="Unicode code points",
        ),
        Column("raw_end", BIGINT, "Where it ends, exclusive.", False, minimum=1, unit="Unicode code points"),
        Column("text", TEXT, "The number as it stands in the raw text.", False),
        Column("section", TEXT, "Part of the page.", False, domain=get_args(Section)),
        Column(
            "disposition",
            TEXT,
            "What became of it: a published fact, part of a date, a name …; rejected when the fact was refused "
            "(quality.rejected says why); unassigned when nothing understood it.",
            False,
            domain=get_args(Disposition),
        ),
        Column(
            "fact_id", TEXT, "The fact that it became, or would have become; NULL for none.", pattern=FACT_ID_PATTERN
        ),
    ),
    foreign_keys=(TO_DOCUMENT,),
    rules=(
        quote_fills_span("text"),
        RowRule(
            "fact_is_named",
            "a number that became a fact names it",
            "the number became a {disposition} but names no fact",
            lambda: ~pl.col("disposition").is_in(["observation", "ranking"]) | pl.col("fact_id").is_not_null(),
            "disposition NOT IN ('observation', 'ranking') OR fact_id IS NOT NULL",
        ),
    ),
)
