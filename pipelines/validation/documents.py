"""The table of documents, made from what reading, cleaning and extraction found out about each.

A document is never left out: one without facts, or one that cleaning or extraction refused, keeps its row here.
"""

from collections.abc import Iterable

import polars as pl

from pipelines.validation.context import Context
from pipelines.validation.refusal import Words, refuse
from pipelines.validation.split import validate
from pipelines.validation.structure import named
from schemas.tables import DOCUMENT_TEXTS, DOCUMENTS

NO_FACTS = "no_facts"
_OF_CLEANING = ("title", "published_at", "published_precision", "published_basis", "publisher", "author", "url")


def documents(
    raw: pl.DataFrame,
    clean: pl.DataFrame,
    profiles: pl.DataFrame,
    facts: Iterable[pl.DataFrame],
    context: Context,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make the rows of `documents`.

    Args:
        raw: `raw_documents` of a shard.
        clean: `clean_documents` of the same shard.
        profiles: `document_profiles`: `doc_id`, `doc_type`, `ref_area`.
        facts: The tables that the extraction made of the shard, each with a column `doc_id`; only whether a document is
            in one of them is looked at.
        context: Texts and registry.

    Returns:
        The valid rows, and the refused ones. A document without facts is in both: it is published, and a row with rule
        `no_facts` says that nothing was read from it.
    """
    frame = (
        raw.join(clean.select("doc_id", *_OF_CLEANING), on="doc_id", how="left", maintain_order="left")
        .join(profiles.select("doc_id", "doc_type", "ref_area"), on="doc_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("published_basis").fill_null("unknown"),
            pl.col("doc_type").fill_null("other"),
            status=pl.lit("current"),
            paths=pl.concat_list("source_path"),
            copy_of=pl.lit(None, dtype=pl.String),
        )
        .select(DOCUMENTS.column_names)
    )
    valid, rejected = validate(DOCUMENTS.name, frame, context)
    with_facts = pl.concat([table["doc_id"] for table in facts] or [pl.Series(dtype=pl.String)]).unique()
    return valid, pl.concat([rejected, _without_facts(valid, profiles["doc_id"], with_facts)])


def _without_facts(valid: pl.DataFrame, extracted: pl.Series, with_facts: pl.Series) -> pl.DataFrame:
    """Refusals for documents that were read to their end but state nothing; whoever refused the others has told why."""
    silent = valid.select(
        pl.col("doc_id").is_in(extracted.implode()) & ~pl.col("doc_id").is_in(with_facts.implode())
    ).to_series()
    broken = named(silent, NO_FACTS)
    reason = "no number of {file_name} was understood as a fact; documents keeps it, and number_ledger tells more"
    columns = ("doc_id", "file_name", "source_path", "title", "doc_type")
    words = {NO_FACTS: Words(reason)}
    return refuse("extraction", "observations", valid, broken, words, columns).drop("index")


def document_texts(raw: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make the rows of `document_texts` from `raw_documents`; valid and refused ones."""
    return validate(DOCUMENT_TEXTS.name, raw.select(DOCUMENT_TEXTS.column_names), context)
