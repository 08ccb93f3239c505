"""Every published table, once.

A table is a `Table` value in the module of its sort: `documents` (the documents themselves), `observations`, `facts`
and `named` (what they state), `reference` (the registry), `quality` (what was refused and checked). To publish a new
table, add its value there and to `TABLES` below; Pandera, DDL, comments, columns in the UI, the dictionary and the
generated tests follow from it.
"""

from schemas.columns import Table
from schemas.tables.documents import DOCUMENT_TEXTS, DOCUMENTS
from schemas.tables.facts import NUMBER_LEDGER, RANKINGS
from schemas.tables.named import EVENTS, ORGANIZATIONS, OUTCOMES, PERSON_ROLES, PLAN_ITEMS, PROGRAMMES
from schemas.tables.observations import OBSERVATIONS
from schemas.tables.quality import CHECK_RESULTS, CONFLICTS, CORRECTIONS, DIFFERENCES, FINDINGS, REJECTED
from schemas.tables.reference import CROSS_CHECKS, INDICATORS, PLACES, UNIT_MEASURES, UNITS

# In the order of their references: a table comes after those that it refers to.
TABLES: dict[str, Table] = {
    table.full_name: table
    for table in (
        PLACES,
        UNIT_MEASURES,
        UNITS,
        INDICATORS,
        CROSS_CHECKS,
        DOCUMENTS,
        DOCUMENT_TEXTS,
        OBSERVATIONS,
        RANKINGS,
        PERSON_ROLES,
        ORGANIZATIONS,
        EVENTS,
        OUTCOMES,
        PLAN_ITEMS,
        PROGRAMMES,
        NUMBER_LEDGER,
        REJECTED,
        CORRECTIONS,
        FINDINGS,
        CONFLICTS,
        DIFFERENCES,
        CHECK_RESULTS,
    )
}

# Tables whose rows are read from a document, and so carry a quote with a position.
FACT_TABLES: tuple[Table, ...] = (
    OBSERVATIONS,
    RANKINGS,
    PERSON_ROLES,
    ORGANIZATIONS,
    EVENTS,
    OUTCOMES,
    PLAN_ITEMS,
    PROGRAMMES,
)

__all__ = [
    "CHECK_RESULTS",
    "CONFLICTS",
    "CORRECTIONS",
    "CROSS_CHECKS",
    "DIFFERENCES",
    "DOCUMENTS",
    "DOCUMENT_TEXTS",
    "EVENTS",
    "FACT_TABLES",
    "FINDINGS",
    "INDICATORS",
    "NUMBER_LEDGER",
    "OBSERVATIONS",
    "ORGANIZATIONS",
    "OUTCOMES",
    "PERSON_ROLES",
    "PLACES",
    "PLAN_ITEMS",
    "PROGRAMMES",
    "RANKINGS",
    "REJECTED",
    "TABLES",
    "UNITS",
    "UNIT_MEASURES",
]
