"""All kinds of facts of one document, and the ledger that accounts for its numbers.

Here: calling each reader once and joining what they claim. Not here: how a kind of fact is read.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from pipelines.extraction.binding import Scope
from pipelines.extraction.blocks import Sentence
from pipelines.extraction.cues import cues_of
from pipelines.extraction.document import Document
from pipelines.extraction.events import read_events
from pipelines.extraction.facts import TABLES, Row
from pipelines.extraction.indicators import Resolved
from pipelines.extraction.ledger import Claim, read_ledger
from pipelines.extraction.observations import bind, claimed_end, read_observations
from pipelines.extraction.organizations import read_organizations
from pipelines.extraction.outcomes import read_outcomes
from pipelines.extraction.person_roles import read_person_roles
from pipelines.extraction.plan_items import read_plan_items
from pipelines.extraction.programmes import read_programmes
from pipelines.extraction.rankings import (
    ListInForce,
    may_rank,
    read_rankings,
    read_row_rankings,
    read_tile_rankings,
    without_implied,
)
from pipelines.extraction.table_observations import read_table_observations
from pipelines.extraction.tables import header_dates, split_row
from pipelines.extraction.whole_sentence import whole_sentence

MARK_DISPOSITIONS = {
    "identifier": "identifier",
    "ordinal": "ordinal",
    "rank": "ordinal",
    "enumeration": "ordinal",
    "name": "name",
    "programme": "programme",
    "date": "date",
    "noise": "noise",
}

# 增速则是另一番景象, 从增幅看
GROWTH_ALONE = re.compile(r"(?:从|就)?(?:增速|增幅|增长速度)(?![^，。]{0,8}\d)")
# how many sentences back a list of places may have told what is measured
MOST_EARLIER = 6


def read_document(document: Document, code_version: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table for one document.

    Args:
        document: The document.
        code_version: What the rows say they were read by.

    Returns:
        Rows by table.
    """
    claims: list[Claim] = []
    observations = list(read_table_observations(document, code_version))
    tabled = set()
    rankings: list[dict[str, Any]] = []
    for row in observations:
        start, end = row.pop("_numbers")
        base = row.pop("_base")
        if (ranked := row.pop("_ranking")) is not None:
            rankings.append(ranked | {"_numbers": document.raw_span(*(base + at for at in ranked["_numbers"]))})
        tabled.add(base + start)
        claims.append(Claim(*document.raw_span(base + start, base + end), "observation", row["observation_id"]))
    claims += _claims_of_headers(document)
    claims += [Claim(*document.raw_span(start, end), "ordinal") for start, end in document.note_marks]
    in_force = ListInForce()
    told: tuple[int, Resolved | None] = (-1, None)
    sentences = list(document.sentences())
    rows_of_tables = deque(document.rows())
    earlier: deque[str] = deque(maxlen=MOST_EARLIER)
    for number, sentence in enumerate(sentences):
        sentence.cues = cues_of(sentence.text)
        # seats are counted on the list that is spoken of
        sentence.setting.edition = in_force.edition or sentence.setting.edition
        if GROWTH_ALONE.match(sentence.text) and told[1] is not None and sentence.start == sentence.block.start:
            # 增速则是另一番景象。某旗增长11.7%: growth of what the paragraph before told
            told = (sentence.block.start, told[1])
        scope = bind(sentence, told[1] if told[0] == sentence.block.start else None, earlier)
        earlier.append(sentence.text)
        # the whole that its parts are told of below: the first indicator of a sentence that is no part itself
        whole = None
        for draft in scope.drafts:
            if draft.resolved.code or draft.rule == "qualified-count":
                whole = draft.resolved
                break
        if whole is not None or (told[0] != sentence.block.start and sentence.quantities):
            told = (sentence.block.start, whole)
        for row in read_observations(document, sentence, scope, code_version) if scope.drafts else ():
            start, end = row.pop("_numbers")
            if sentence.start + start in tabled:
                continue
            observations.append(row)
            claims.append(
                Claim(
                    *document.raw_span(sentence.start + start, sentence.start + end),
                    "observation",
                    row["observation_id"],
                )
            )
        if may_rank(sentence.text, in_force):
            for row in read_rankings(document, sentence, scope, in_force, code_version):
                start, end = row["_numbers"]
                rankings.append(row | {"_numbers": document.raw_span(sentence.start + start, sentence.start + end)})
        else:
            in_force.age += 1
        if sentence.marks or sentence.periods or sentence.mentions or scope.left_out:
            claims += _claims(document, sentence, scope)
        if not rows_of_tables:
            continue
        below = sentences[number + 1].start if number + 1 < len(sentences) else len(document.text)
        while rows_of_tables and rows_of_tables[0].start < below:
            block = rows_of_tables.popleft()
            if in_force.name and block.start > sentence.start:
                line = whole_sentence(document.text[block.start : block.end], block.start, block, sentence.setting)
                for row in read_row_rankings(document, line, in_force, code_version):
                    start, end = row["_numbers"]
                    rankings.append(row | {"_numbers": document.raw_span(block.start + start, block.start + end)})
    for sentence, row in read_tile_rankings(document, sentences, code_version):
        start, end = row["_numbers"]
        rankings.append(row | {"_numbers": document.raw_span(sentence.start + start, sentence.start + end)})
    rankings = without_implied(rankings)
    for row in rankings:
        start, end = row.pop("_numbers")
        claims.append(Claim(start, end, "ranking", row["ranking_id"]))
    named = _named_facts(document, sentences)
    for table, rows in named.items():
        claims += _claims_of_named(table, rows)
        for row in rows:
            row["code_version"] = code_version
    return {
        "observations": _unique(observations, "observation_id"),
        "rankings": _unique(rankings, "ranking_id"),
        **named,
        "number_ledger": read_ledger(document, claims),
        "document_profiles": [_profile(document)],
        "rejected": [],
    }


def _profile(document: Document) -> Row:
    """What is known of the whole document; a day of publication that is only inferred proves nothing of its periods."""
    row = document.row
    return {
        "doc_id": row["doc_id"],
        "doc_type": document.doc_type,
        "ref_area": document.ref_area,
        "published_at": row["published_at"] if row["published_basis"] == "stated" else None,
    }


def _named_facts(document: Document, sentences: list[Sentence]) -> dict[str, list[Row]]:
    """Rows of the tables of what the document names."""
    events = read_events(document, sentences)
    plan_items = read_plan_items(document, sentences)
    found = {
        "events": events,
        "outcomes": read_outcomes(document, sentences, events),
        "person_roles": read_person_roles(document, sentences, events),
        "organizations": read_organizations(document, sentences, events),
        "plan_items": plan_items,
        "programmes": read_programmes(document, sentences, plan_items),
    }
    return {table: _unique(rows, next(iter(TABLES[table]))) for table, rows in found.items()}


def _claims_of_named(table: str, rows: list[Row]) -> list[Claim]:
    """The numbers that plan items, programmes and the names of other facts account for."""
    disposition = {"plan_items": "plan", "programmes": "programme"}.get(table, "name")
    key = next(iter(TABLES[table]))
    return [
        Claim(start, end, disposition, row[key] if disposition != "name" else None)
        for row in rows
        for start, end in row.pop("_numbers")
    ]


def _claims_of_headers(document: Document) -> Iterator[Claim]:
    """The years in the headings of tables are dates."""
    for blocks, _ in document.row_tables():
        rows = [split_row(document.text, block.start, block.end) for block in blocks]
        for start, end in header_dates(rows):
            yield Claim(*document.raw_span(start, end), "date")


def _claims(document: Document, sentence: Sentence, scope: Scope) -> list[Claim]:
    """What dates, ordinals, names and quantities that are no facts account for."""
    found = [(mark.start, mark.end, MARK_DISPOSITIONS[mark.kind]) for mark in sentence.marks]
    found += [(period.start, period.end, "date") for period in sentence.periods]
    # 山区26县: how many they are is a part of what they are called
    found += [(one.start, one.end, "name") for one in sentence.mentions if one.level == "group"]
    found += [
        (quantity.number_start, claimed_end(quantity), scope.left_out[quantity.number_start])
        for quantity in sentence.quantities
        if quantity.number_start in scope.left_out
    ]
    return [
        Claim(*document.raw_span(sentence.start + start, sentence.start + end), disposition)
        for start, end, disposition in found
    ]


def _unique(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Rows without repetitions of the same statement at the same place."""
    return list({row[key]: row for row in rows}.values())
