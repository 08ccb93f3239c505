"""One function a stage, all of one shape: named tables in, named tables out.

Belongs here: bringing the public functions of the stage packages into that shape, so that the engine can run them on
a shard by name. Does not belong here: what a stage does (its package), or which shards are missing (`flow.py`).

The packages are imported when a stage has work: a run with nothing new does without them.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pipelines.validation import Context
    from schemas.corrections import Request

Tables = dict[str, pl.DataFrame]


def raw_documents(inputs: Tables, **limits: int) -> Tables:
    """Read the files of a shard.

    A file that no longer has the bytes that it was listed with, or is gone, is left out of all tables: the next look
    at the folder finds what became of it.

    Returns:
        `raw_documents` and `rejected`; every other file is in exactly one of them.
    """
    from pipelines.reading import Limits, read_file
    from pipelines.reading.apart import Apart
    from pipelines.reading.files import RAW_DOCUMENTS, rejected_frame
    from schemas.documents import Refusal

    documents, refusals = [], []
    with Apart() as apart:
        for row in inputs["files"].iter_rows(named=True):
            record = read_file(Path(os.fsdecode(row["file"])), row["source_path"], Limits(**limits), apart)
            if isinstance(record, Refusal):
                # A refusal without an id is about a file that was not read to its end; the list knows the id.
                if record.doc_id in (None, row["doc_id"]) and record.rule != "unreadable":
                    refusals.append(record.model_copy(update={"doc_id": row["doc_id"]}))
            elif record.doc_id == row["doc_id"]:
                documents.append(record.model_dump() | {"batch": row["batch"], "ingested_at": row["ingested_at"]})
    raw = pl.DataFrame(documents, schema=RAW_DOCUMENTS, orient="row")
    return {"raw_documents": raw, "rejected": rejected_frame(refusals)}


def clean_documents(inputs: Tables) -> Tables:
    """Clean the documents of a shard."""
    from pipelines.cleaning import clean

    return clean(inputs["raw_documents"])


def signatures(inputs: Tables) -> Tables:
    """Sign the documents of a shard, for finding near copies."""
    from pipelines.copies import signatures
    from pipelines.reading.files import rejected_frame

    return {"signatures": signatures(inputs["clean_documents"]), "rejected": rejected_frame([])}


def facts(inputs: Tables) -> Tables:
    """Read the facts of a shard."""
    from pipelines.extraction import extract

    return extract(inputs["clean_documents"])


def documents(inputs: Tables, reference: Tables) -> Tables:
    """Validate what is known of each document; one without facts is noted."""
    from pipelines.validation.documents import documents
    from schemas.tables import FACT_TABLES

    context = _context(inputs, reference)
    stated = [inputs[table.name] for table in FACT_TABLES]
    known = (inputs["raw_documents"], inputs["clean_documents"], inputs["document_profiles"])
    return _published("documents", *documents(*known, stated, context), context)


def document_texts(inputs: Tables, reference: Tables) -> Tables:
    """Validate the texts of the documents."""
    from pipelines.validation.documents import document_texts

    context = _context(inputs, reference)
    return _published("document_texts", *document_texts(inputs["raw_documents"], context), context)


def fact_table(inputs: Tables, reference: Tables, corrections: "Sequence[Request]") -> Tables:
    """Correct and validate the facts of one kind: that of the table among the inputs."""
    from pipelines.validation import validate
    from pipelines.validation.corrections import accept, correct, with_refusals
    from schemas.tables import FACT_TABLES

    kind = next(table for table in FACT_TABLES if table.name in inputs)
    context = _context(inputs, reference)
    corrected = correct(kind.name, inputs[kind.name], corrections, context.reference)
    valid, rejected = validate(kind.name, corrected.rows, context)
    valid = accept(valid, corrected.accepted, kind.primary_key[0])
    tables = _published(kind.name, valid, pl.concat([rejected, corrected.rejected]), context)
    return tables | {"corrections": with_refusals(corrected, valid[kind.primary_key[0]])}


def number_ledger(inputs: Tables, reference: Tables) -> Tables:
    """Validate the ledger; a number whose fact was refused says so."""
    from pipelines.validation import validate
    from pipelines.validation.ledger import settle
    from schemas.tables import FACT_TABLES

    published = [inputs[table.name][table.primary_key[0]] for table in FACT_TABLES]
    context = _context(inputs, reference)
    ledger = settle(inputs["number_ledger"], published)
    return _published("number_ledger", *validate("number_ledger", ledger, context), context)


def _published(table: str, valid: pl.DataFrame, rejected: pl.DataFrame, context: "Context") -> Tables:
    """Valid rows, refused rows, and the counts for the asset checks."""
    from pipelines.validation.check_results import check_results

    return {table: valid, "rejected": rejected, "checks": check_results(table, valid, context)}


def _context(inputs: Tables, reference: Tables) -> "Context":
    from pipelines.validation import Context
    from pipelines.validation.context import PUBLISHED

    texts = inputs["raw_documents"].select("doc_id", "raw_text")
    profiles = inputs.get("document_profiles")
    published = pl.DataFrame(schema=PUBLISHED) if profiles is None else profiles.select(list(PUBLISHED)).drop_nulls()
    return Context(texts, published, reference)
