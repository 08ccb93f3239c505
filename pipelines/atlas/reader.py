"""What the atlas shows, read once from the published file.

Belongs here: the queries. Does not belong here: arranging rows for a page (`pages/`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from pipelines.sql_prompt import open_warehouse
from schemas.tables import FACT_TABLES, TABLES

Row = dict[str, Any]
KINDS = tuple(table.name for table in FACT_TABLES)
# The column that identifies a fact of each kind.
KEYS = {table.name: table.primary_key[0] for table in FACT_TABLES}
# The columns that say which place a fact belongs to.
PLACE_COLUMNS = {
    "observations": "ref_area",
    "rankings": "entity_code",
    "person_roles": "ref_area",
    "organizations": "place_code",
    "events": "place_code",
    "programmes": "owner_code",
}
# Places are many, and most are in no document: only those that are named, and what they belong to.
PLACES = """
    WITH RECURSIVE named AS (
        SELECT unnest($codes) AS code
        UNION
        SELECT places.parent_code FROM named JOIN places USING (code) WHERE places.parent_code IS NOT NULL
    )
    SELECT code, name, short_name, level, parent_code, pinyin FROM places JOIN named USING (code) ORDER BY code
"""
DOCUMENTS = """
    SELECT documents.*, raw_text
    FROM documents LEFT JOIN document_texts USING (doc_id) {where}
    ORDER BY published_at DESC NULLS LAST, source_path
"""


@dataclass(frozen=True)
class Snapshot:
    """The rows of the published file that the atlas shows.

    Attributes:
        facts: rows of each table of facts, by kind, in the order of the documents' text.
        documents: documents with their text, the newest first.
        ledger: rows of the number ledger by document, in the order of the text.
        places: the places that anything is about, with what they belong to, by code.
        indicators: all indicators of the registry by code, in its order.
        unit_measures: base units by code.
        cross_checks: what several numbers must say together.
        factors: factor of each written unit, by unit and base unit.
        marts: rows of the views by name; none in a snapshot of one document.
        quality: rows of the tables of schema quality by name; of one document, of those that name it.
    """

    facts: dict[str, list[Row]]
    documents: dict[str, Row]
    ledger: dict[str, list[Row]]
    places: dict[str, Row]
    indicators: dict[str, Row]
    unit_measures: dict[str, Row]
    cross_checks: list[Row]
    factors: dict[tuple[str, str], Decimal]
    marts: dict[str, list[Row]]
    quality: dict[str, list[Row]]

    @cached_property
    def facts_by_document(self) -> dict[str, list[tuple[str, Row]]]:
        """Kind and row of all facts of each document, in the order of its text."""
        found: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for kind, rows in self.facts.items():
            for row in rows:
                found[row["doc_id"]].append((kind, row))
        for facts in found.values():
            facts.sort(key=lambda fact: (fact[1]["raw_start"], -fact[1]["raw_end"]))
        return found

    @cached_property
    def observations_by_id(self) -> dict[str, Row]:
        """The observations by their id."""
        return {row["observation_id"]: row for row in self.facts["observations"]}

    @cached_property
    def plan_item_ids(self) -> set[str]:
        """Ids of all plan items."""
        return {row["item_id"] for row in self.facts["plan_items"]}

    @cached_property
    def latest_refresh(self) -> Any:
        """When the newest document was first read, UTC; None without documents."""
        return max((row["ingested_at"] for row in self.documents.values()), default=None)

    def fact_count(self) -> int:
        """How many facts there are of all kinds."""
        return sum(map(len, self.facts.values()))


def read_snapshot(path: Path, doc_id: str | None = None) -> Snapshot:
    """Read the published file, which a run may replace meanwhile: the connection keeps the one it has opened.

    Args:
        path: the published file.
        doc_id: read what one document says, and none of the views.
    """
    one = {} if doc_id is None else {"doc_id": doc_id}
    of_one = "WHERE doc_id = $doc_id" if one else ""
    with open_warehouse(path) as connection:

        def rows(query: str, **parameters: Any) -> list[Row]:
            return _rows(connection, query, parameters)

        facts = {
            kind: rows(f"FROM {kind} {of_one} ORDER BY doc_id, raw_start, raw_end, {KEYS[kind]}", **one)
            for kind in KINDS
        }
        documents = {row["doc_id"]: row for row in rows(DOCUMENTS.format(where=of_one), **one)}
        ledger: dict[str, list[Row]] = defaultdict(list)
        for row in rows(f"FROM number_ledger {of_one} ORDER BY doc_id, raw_start", **one):
            ledger[row["doc_id"]].append(row)
        marts = {} if one else {name: rows(f"FROM marts.{name} ORDER BY ALL") for name in _views(connection)}
        quality = {
            name.removeprefix("quality."): rows(f"FROM {name} {of_one} ORDER BY ALL", **one)
            for name, table in TABLES.items()
            if table.schema == "quality" and (not one or "doc_id" in table.column_names)
        }
        units = rows("FROM units")
        return Snapshot(
            facts=facts,
            documents=documents,
            ledger=ledger,
            places={row["code"]: row for row in rows(PLACES, codes=_codes(facts, documents.values()))},
            indicators={row["code"]: row for row in rows("FROM indicators")},
            unit_measures={row["unit_measure"]: row for row in rows("FROM unit_measures")},
            cross_checks=rows("FROM cross_checks"),
            factors={
                (unit["text"], measure): unit["factor"]
                for unit in units
                for measure in (unit["unit_measure"], *unit["also"])
            },
            marts=marts,
            quality=quality,
        )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[Row]:
    answer = connection.execute(query, parameters) if parameters else connection.execute(query)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, values, strict=True)) for values in answer.fetchall()]


def _views(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The marts that pages are made of; the candidates of a series are many and shown by none."""
    found = connection.execute(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = 'marts' AND table_name <> 'candidate_values'"
    )
    return [name for (name,) in found.fetchall()]


def _codes(facts: dict[str, list[Row]], documents: Iterable[Row]) -> list[str]:
    """Codes of all places that a fact or a document is about."""
    codes = {row[column] for kind, column in PLACE_COLUMNS.items() for row in facts[kind]}
    codes |= {row["ref_area"] for row in documents}
    return sorted(code for code in codes if code)
