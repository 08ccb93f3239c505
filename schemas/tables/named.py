"""The tables of what documents name: people in office, organizations, events and what came of them, plans, programmes.

Numbers have tables of their own, in `observations.py` and `facts.py`. A row stands for one statement; the same person
or event is told by many documents, and the views in `warehouse/marts` bring them together.
"""

from typing import get_args

import polars as pl

from schemas.columns import INTEGER, TEXT, TEXT_LIST, Column, ForeignKey, RowRule, Table
from schemas.tables.provenance import DOC_ID, PROVENANCE, SECTION, TO_DOCUMENT, quote_fills_span
from schemas.vocabulary import (
    DAY_PATTERN,
    FACT_ID_PATTERN,
    PLACE_CODE_PATTERN,
    YEAR_PATTERN,
    DatePrecision,
    EventType,
    OrganizationRelation,
    OutcomeType,
    PlanLevel,
    ProgrammeDomain,
    RoleInEvent,
)

DAYS = ("year", "month", "day")
LENGTH_OF_DATE = {"year": 4, "month": 7, "day": 10}


def _key(name: str) -> Column:
    return Column(name, TEXT, "Stable hash: same document and code, same id.", False, pattern=FACT_ID_PATTERN)


def _place_code(name: str, of: str) -> Column:
    return Column(name, TEXT, f"GB/T 2260 code of {of}; NULL when the text does not tell.", pattern=PLACE_CODE_PATTERN)


def _not_empty(column: str) -> RowRule:
    return RowRule(
        f"{column}_not_empty",
        f"{column} is not empty",
        f"{column} is empty",
        lambda: pl.col(column).str.strip_chars() != "",
        f"trim({column}) <> ''",
    )


def _precision_is_that_of_date() -> RowRule:
    lengths = " ".join(f"WHEN '{name}' THEN {LENGTH_OF_DATE[name]}" for name in DAYS)
    return RowRule(
        "date_precision_with_date",
        "date_precision says how fine event_date is, and is NULL without one",
        "{event_date} is not a date to the {date_precision}",
        lambda: (
            pl.col("event_date").str.len_chars().fill_null(0)
            == pl.col("date_precision").replace_strict(LENGTH_OF_DATE, default=0, return_dtype=pl.UInt32).fill_null(0)
        ),
        f"coalesce(length(event_date), 0) = CASE date_precision {lengths} ELSE 0 END",
    )


PERSON_ROLES = Table(
    name="person_roles",
    description="One row for each statement that a person holds an office, with the day at which the text shows it. "
    "Tenures are put together in marts.officeholders.",
    primary_key=("person_role_id",),
    enforce_key=False,
    columns=(
        _key("person_role_id"),
        DOC_ID,
        SECTION,
        Column("person", TEXT, "Name of the person.", False),
        Column("position", TEXT, "The office as written, in full: 苏州市委常委、昆山市委书记.", False),
        Column("organization", TEXT, "The body or firm in which it is held; NULL when the text names none."),
        _place_code("ref_area", "the place that the office belongs to"),
        Column("role_date", TEXT, "The day, month or year at which the text shows the office.", pattern=DAY_PATTERN),
        Column("role_in_event", TEXT, "What the person did there.", False, domain=get_args(RoleInEvent)),
        Column("event", TEXT, "Name of the event at which the text shows the person; NULL for none."),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT, ForeignKey("ref_area", "places.code")),
    rules=(quote_fills_span("quote"), _not_empty("person"), _not_empty("position")),
)

ORGANIZATIONS = Table(
    name="organizations",
    description="One row for each firm, park, institute or body that a document names, with why it is named.",
    primary_key=("organization_id",),
    enforce_key=False,
    columns=(
        _key("organization_id"),
        DOC_ID,
        SECTION,
        Column("name", TEXT, "Name as written.", False),
        Column("relation", TEXT, "Why it is named.", False, domain=get_args(OrganizationRelation)),
        Column("place", TEXT, "Where it is, in the words of the text or as the full name of the place."),
        _place_code("place_code", "that place"),
        Column("event", TEXT, "Name of the event at which it is named; NULL for none."),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT, ForeignKey("place_code", "places.code")),
    rules=(quote_fills_span("quote"), _not_empty("name")),
)

EVENTS = Table(
    name="events",
    description="One row for each event that a document tells of: conferences, visits, signings, launches, meetings.",
    primary_key=("event_id",),
    enforce_key=False,
    columns=(
        _key("event_id"),
        DOC_ID,
        SECTION,
        Column("name", TEXT, "Name as written, or what it is in the words of the text.", False),
        Column("event_date", TEXT, "Its first day as far as the text tells: 2024-09-20, 2024-09.", pattern=DAY_PATTERN),
        Column(
            "date_precision",
            TEXT,
            "How fine event_date is.",
            domain=tuple(word for word in get_args(DatePrecision) if word in DAYS),
        ),
        Column("place", TEXT, "Where it took place, in the words of the text or as the full name of the place."),
        _place_code("place_code", "that place"),
        Column("type", TEXT, "Sort of event.", False, domain=get_args(EventType)),
        Column("theme", TEXT, "Its theme, as written."),
        Column("organiser", TEXT, "Who held it, as written."),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT, ForeignKey("place_code", "places.code")),
    rules=(quote_fills_span("quote"), _not_empty("name"), _precision_is_that_of_date()),
)

OUTCOMES = Table(
    name="outcomes",
    description="One row for each thing that an event set up, signed or published: an alliance, an agreement, a list.",
    primary_key=("outcome_id",),
    enforce_key=False,
    columns=(
        _key("outcome_id"),
        DOC_ID,
        SECTION,
        Column("name", TEXT, "Name as written.", False),
        Column("type", TEXT, "What it is.", False, domain=get_args(OutcomeType)),
        Column("parties", TEXT_LIST, "Who is part of it, as written; empty when the text does not say.", False),
        Column("event", TEXT, "Name of the event that it came of; NULL when the text names none."),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT,),
    rules=(quote_fills_span("quote"), _not_empty("name")),
)

PLAN_ITEMS = Table(
    name="plan_items",
    description="The tree of each plan: its goal years, demonstrations, tasks and action plans with number and parent. "
    "marts.plan_tree shows it as a tree.",
    primary_key=("item_id",),
    enforce_key=False,
    columns=(
        _key("item_id"),
        DOC_ID,
        SECTION,
        Column("plan", TEXT, "Title of the plan.", False),
        Column("level", TEXT, "Rank of the item in the plan.", False, domain=get_args(PlanLevel)),
        Column("number", TEXT, "Its number as digits: 6, 2.1; NULL when it has none."),
        Column("title", TEXT, "What it is, in the words of the plan.", False),
        Column("parent", TEXT, "Number of the item above it; NULL at the top."),
        Column("parent_id", TEXT, "item_id of the item above it; NULL at the top.", pattern=FACT_ID_PATTERN),
        Column("deadline", TEXT, "Year by which it is to be done; NULL when not told.", pattern=YEAR_PATTERN),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT,),
    rules=(
        quote_fills_span("quote"),
        _not_empty("title"),
        RowRule(
            "not_its_own_parent",
            "an item does not stand under itself",
            "the item stands under itself",
            lambda: pl.col("parent_id") != pl.col("item_id"),
            "parent_id <> item_id",
        ),
    ),
)

PROGRAMMES = Table(
    name="programmes",
    description="One row for each named system, scheme or layout: “2+6+X”, 两环四连八射, 五大行动.",
    primary_key=("programme_id",),
    enforce_key=False,
    columns=(
        _key("programme_id"),
        DOC_ID,
        SECTION,
        Column("name", TEXT, "Name as written.", False),
        Column("owner", TEXT, "The place or body that runs it; NULL when the text does not tell."),
        _place_code("owner_code", "the place that runs it"),
        Column("domain", TEXT, "Its field.", False, domain=get_args(ProgrammeDomain)),
        Column("members", TEXT_LIST, "What it consists of, as far as the text says.", False),
        Column("member_count", INTEGER, "Of how many parts, as far as the text says.", minimum=1),
        *PROVENANCE,
    ),
    foreign_keys=(TO_DOCUMENT, ForeignKey("owner_code", "places.code")),
    rules=(
        quote_fills_span("quote"),
        _not_empty("name"),
        RowRule(
            "no_more_members_than_counted",
            "a programme names no more members than it has",
            "more members are named than the {member_count} that are told",
            lambda: pl.col("members").list.len() <= pl.col("member_count"),
            "len(members) <= member_count",
        ),
    ),
)
