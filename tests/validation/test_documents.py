"""The tables that are made of several: documents, their texts, the settled ledger, the counts of the checks."""

import json

import polars as pl

from pipelines.validation import Context
from pipelines.validation.check_results import check_results
from pipelines.validation.context import PUBLISHED
from pipelines.validation.documents import document_texts, documents
from pipelines.validation.ledger import settle
from schemas.tables import TABLES
from tests.validation.rows import CONTEXT, DOC, REFERENCE, TEXT, observation, row, typed

OTHER, THIRD = "b" * 64, "c" * 64
RAW = (
    "doc_id",
    "file_name",
    "source_path",
    "batch",
    "media_type",
    "encoding",
    "byte_count",
    "char_count",
    "ingested_at",
)
CLEAN = ("doc_id", "title", "published_at", "published_precision", "published_basis", "publisher", "author", "url")
PROFILE = ("doc_id", "doc_type", "ref_area")

three = typed("documents", *(row("documents", doc_id=doc_id) for doc_id in (DOC, OTHER, THIRD)))
raw = three.select(*RAW, raw_text=pl.lit(TEXT), reader=pl.lit("text 1"))
clean, profiles = three.select(CLEAN).head(2), three.select(PROFILE).head(2)
context = Context(raw.select("doc_id", "raw_text"), pl.DataFrame(schema=PUBLISHED), REFERENCE)


def test_every_document_is_published_and_one_without_facts_says_so() -> None:
    facts = [typed("observations", observation()), typed("rankings")]
    valid, rejected = documents(raw, clean, profiles, facts, context)
    assert valid.head(2).equals(three.head(2))
    # Cleaning refused the third one and has told why: here it is listed without what cleaning would have found.
    assert valid.row(2, named=True) == row(
        "documents",
        doc_id=THIRD,
        title=None,
        published_at=None,
        published_precision=None,
        published_basis="unknown",
        doc_type="other",
        ref_area=None,
    )
    assert rejected.select("stage", "table_name", "rule", "doc_id").rows() == [
        ("extraction", "observations", "no_facts", OTHER)
    ]
    assert "a.txt" in rejected["reason"][0]
    assert json.loads(rejected["record"][0])["source_path"] == "news/a.txt"


def test_what_extraction_refused_is_not_called_silent() -> None:
    # All three were cleaned; the third took too long to read, so that there is no profile of it.
    _, rejected = documents(raw, three.select(CLEAN), profiles, [typed("observations")], context)
    assert rejected.select("rule", "doc_id").rows() == [("no_facts", DOC), ("no_facts", OTHER)]


def test_a_document_that_breaks_a_rule_is_refused() -> None:
    wrong = profiles.with_columns(ref_area=pl.Series(["329999", "320583"]))
    valid, rejected = documents(raw, clean, wrong, [three], context)
    assert valid["doc_id"].to_list() == [OTHER, THIRD]
    assert rejected["rule"].to_list() == ["ref_area.foreign_key"]


def test_texts_are_published_as_they_came() -> None:
    valid, rejected = document_texts(raw, context)
    assert valid["raw_text"].to_list() == [TEXT] * 3
    assert rejected.is_empty()


def test_a_number_whose_fact_was_refused_says_so() -> None:
    ledger = typed(
        "number_ledger",
        row("number_ledger"),
        row("number_ledger", fact_id="f" * 16),
        row("number_ledger", fact_id="e" * 16, disposition="ranking"),
        row("number_ledger", fact_id=None, disposition="date"),
    )
    settled = settle(ledger, [pl.Series(["0123456789abcdef"]), pl.Series(["e" * 16])])
    assert settled["disposition"].to_list() == ["observation", "rejected", "ranking", "date"]
    assert settled.drop("disposition").equals(ledger.drop("disposition"))


def test_every_check_is_counted_and_sees_what_is_wrong() -> None:
    good = typed("observations", observation(), observation(observation_id="1" * 16))
    counted = check_results("observations", good, CONTEXT)
    assert counted["passed"].all()
    assert counted["row_count"].unique().to_list() == [2]
    table = TABLES["observations"]
    assert {*counted["check_name"]} >= {c.name for c in (*table.constraints(), *table.foreign_keys)}

    bad = good.with_columns(indicator_name=pl.lit("GDP"), bound=pl.Series(["exact", "some"]))
    failed = check_results("observations", bad, CONTEXT).filter(~pl.col("passed"))
    assert dict(failed.select("check_name", "failed_count").rows()) == {"indicator_name": 2, "bound.domain": 1}
    assert set(failed["severity"]) == {"error"}
