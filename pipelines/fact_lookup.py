"""Finding one fact or one document of the published file by what a person types.

Belongs here: the beginning of an id, a file name, and what to say where none or several fit. Does not belong here:
showing what was found (`explanation.py`, `document_view.py`).
"""

import re
from typing import Any

import duckdb

from schemas.columns import Table
from schemas.tables import FACT_TABLES

SHORTEST_PREFIX = 4
# So many characters tell facts apart, and can still be typed.
SHORT_ID = 8
LISTED = 8


class LookupFailedError(ValueError):
    """Nothing, or more than one thing, has the name that was given; the message says what to do."""


def as_text(typed: str) -> str:
    """What a person types without bytes that are no text: a shell hands them on, and no file holds them."""
    return typed.encode("utf-8", errors="replace").decode("utf-8")


def find_fact(connection: duckdb.DuckDBPyConnection, wanted: str) -> tuple[Table, dict[str, Any]]:
    """The published fact whose id begins with these characters, with its table.

    Args:
        connection: The published file.
        wanted: Id of a fact, or at least its first four characters.

    Raises:
        LookupFailedError: No fact has such an id, or several have.
    """
    prefix = _prefix(wanted, "fact")
    found = [
        (table, row)
        for table in FACT_TABLES
        for row in connection.sql(
            f"FROM {table.full_name} WHERE starts_with({table.primary_key[0]}, $prefix) LIMIT {LISTED + 1}",
            params={"prefix": prefix},
        )
        .pl()
        .iter_rows(named=True)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "".join(f"\n  {row[table.primary_key[0]]}  {row['quote']}" for table, row in found[:LISTED])
        raise LookupFailedError(f"Several facts have an id that begins with {prefix}; type more of it:{ids}")
    refused = connection.execute(
        "SELECT rule, reason FROM quality.rejected WHERE regexp_matches(record, $id) LIMIT 1",
        {"id": f'_id": ?"{prefix}'},
    ).fetchone()
    if refused:
        raise LookupFailedError(
            f"The fact {prefix} was refused by {refused[0]}: {refused[1]}. `xianzhi rejected` shows its words."
        )
    raise LookupFailedError(
        f"No fact has an id that begins with {prefix}. `xianzhi show DOCUMENT` and `xianzhi facts --format csv` have "
        "the ids; after a run that read a document again they may be other ones."
    )


def find_document(connection: duckdb.DuckDBPyConnection, wanted: str) -> dict[str, Any]:
    """The document with this file name, path or beginning of an id, with its `raw_text`.

    Args:
        connection: The published file.
        wanted: Path below the folder of documents, file name, a part of one, or the first four characters of doc_id
            or more.

    Raises:
        LookupFailedError: No document fits, or several do.
    """
    wanted = as_text(wanted)
    conditions = (
        "$wanted IN (source_path, file_name)",
        f"length($wanted) >= {SHORTEST_PREFIX} AND starts_with(doc_id, lower($wanted))",
        "contains(source_path, $wanted)",
    )
    for condition in conditions:
        found = (
            connection.sql(
                f"FROM documents JOIN document_texts USING (doc_id) WHERE {condition} ORDER BY source_path",
                params={"wanted": wanted},
            )
            .pl()
            .to_dicts()
        )
        if len(found) == 1:
            return found[0]
        if found:
            names = "".join(f"\n  {row['doc_id'][:SHORT_ID]}  {row['source_path']}" for row in found[:LISTED])
            raise LookupFailedError(f"{len(found)} documents fit {wanted}; name one of them by its id:{names}")
    raise LookupFailedError(
        f'No document is called {wanted}. `xianzhi sql "SELECT source_path FROM documents"` lists them; a file that '
        "was refused is in `xianzhi rejected`."
    )


def facts_of(connection: duckdb.DuckDBPyConnection, doc_id: str) -> list[tuple[Table, dict[str, Any]]]:
    """All published facts of a document, in the order of its text."""
    found = [
        (table, row)
        for table in FACT_TABLES
        for row in connection.sql(f"FROM {table.full_name} WHERE doc_id = $doc_id", params={"doc_id": doc_id})
        .pl()
        .iter_rows(named=True)
    ]
    return sorted(found, key=lambda one: (one[1]["raw_start"], -one[1]["raw_end"], one[1][one[0].primary_key[0]]))


def _prefix(wanted: str, what: str) -> str:
    prefix = wanted.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_PREFIX},64}}", prefix):
        raise LookupFailedError(
            f"{wanted} is no id of a {what}: an id is made of 0-9 and a-f; its first {SHORTEST_PREFIX} characters or "
            "more are enough."
        )
    return prefix
