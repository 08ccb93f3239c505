"""The tables of the documents themselves: what each is, and its text.

What the documents state is in `facts.py`.
"""

from typing import get_args

import polars as pl

from schemas.columns import BIGINT, TEXT, TEXT_LIST, TIMESTAMP, Column, ForeignKey, RowRule, Table
from schemas.vocabulary import (
    DOC_ID_PATTERN,
    PLACE_CODE_PATTERN,
    DatePrecision,
    DocType,
    DocumentStatus,
    PublishedBasis,
)

DOCUMENTS = Table(
    name="documents",
    description="One row for each document that was read: where it came from, what it says about itself, what it is "
    "about. A document stays here even when no fact was found in it, when a newer revision has superseded it, or when "
    "its file was removed: filter on status = 'current' to count documents.",
    primary_key=("doc_id",),
    columns=(
        Column("doc_id", TEXT, "SHA-256 of the bytes of the file, in hexadecimal.", False, pattern=DOC_ID_PATTERN),
        Column("file_name", TEXT, "Name of the file without its folders.", False, pattern="^[^/]+$"),
        Column("source_path", TEXT, "Path of the file below the folder of documents, with forward slashes.", False),
        Column(
            "paths",
            TEXT_LIST,
            "All paths of the file: the same bytes at two paths are one document. source_path is the first.",
            False,
        ),
        Column(
            "copy_of",
            TEXT,
            "The document that this one is a near copy of, such as an agency's article on another page: the one that "
            "was published first; NULL for an original. The views count a copied article as one source.",
            pattern=DOC_ID_PATTERN,
        ),
        Column("batch", TEXT, "The delivery that the file came with, as the reader named it."),
        Column(
            "media_type", TEXT, "IANA media type of the file: text/plain, text/html, …", False, pattern="^[a-z]+/[^ ]+$"
        ),
        Column("encoding", TEXT, "Character encoding that the bytes were decoded with; NULL for a binary format."),
        Column("byte_count", BIGINT, "Size of the file.", False, minimum=0, unit="bytes"),
        Column("char_count", BIGINT, "Length of the decoded raw text.", False, minimum=0, unit="Unicode code points"),
        Column("title", TEXT, "Title as the page gives it; NULL when it gives none."),
        Column(
            "published_at",
            TIMESTAMP,
            "When the document was published, in local time of the place. Finer parts than published_precision are "
            "zero or first of month, not facts. NULL when the page does not state it.",
        ),
        Column(
            "published_precision", TEXT, "Finest part of published_at that is stated.", domain=get_args(DatePrecision)
        ),
        Column(
            "published_basis",
            TEXT,
            "How published_at is known: stated on the page, inferred from its words, or unknown.",
            False,
            domain=get_args(PublishedBasis),
        ),
        Column("publisher", TEXT, "Who published the page, as it says."),
        Column("author", TEXT, "Author or editor, as the page says."),
        Column("url", TEXT, "Address that the page gives for itself."),
        Column("doc_type", TEXT, "Sort of document.", False, domain=get_args(DocType)),
        Column(
            "ref_area",
            TEXT,
            "GB/T 2260 code of the place that the document is about; NULL when it is about none. A fact may be about "
            "another place: use the fact's own ref_area.",
            pattern=PLACE_CODE_PATTERN,
        ),
        Column(
            "status",
            TEXT,
            "current; superseded by a newer revision of the same file; withdrawn because the file was removed. "
            "Facts are published from current documents only.",
            False,
            domain=get_args(DocumentStatus),
        ),
        Column("ingested_at", TIMESTAMP, "When the file was first read, UTC.", False),
    ),
    foreign_keys=(ForeignKey("ref_area", "places.code"),),
    rules=(
        RowRule(
            "not_a_copy_of_itself",
            "a document is no copy of itself",
            "the document is said to be a copy of itself",
            lambda: pl.col("copy_of") != pl.col("doc_id"),
            "copy_of <> doc_id",
        ),
        RowRule(
            "published_precision_with_date",
            "published_precision is given exactly when published_at is",
            "published_at is {published_at} and published_precision is {published_precision}; they come together",
            lambda: pl.col("published_at").is_null() == pl.col("published_precision").is_null(),
            "(published_at IS NULL) = (published_precision IS NULL)",
        ),
        RowRule(
            "published_basis_with_date",
            "published_basis is unknown exactly when there is no published_at",
            "published_at is {published_at} but published_basis is {published_basis}",
            lambda: pl.col("published_at").is_null() == (pl.col("published_basis") == "unknown"),
            "(published_at IS NULL) = (published_basis = 'unknown')",
        ),
    ),
)

DOCUMENT_TEXTS = Table(
    name="document_texts",
    description="The decoded text of each document, so that every quote can be checked: "
    "quote = substr(raw_text, raw_start + 1, raw_end - raw_start).",
    primary_key=("doc_id",),
    enforce_key=False,
    columns=(
        Column("doc_id", TEXT, "The document.", False, pattern=DOC_ID_PATTERN),
        Column(
            "raw_text",
            TEXT,
            "The text as it came, before any repair. A byte order mark stays as its first character; offsets count it.",
            False,
        ),
        Column("reader", TEXT, "The reader that made the text, with its version.", False),
    ),
    foreign_keys=(ForeignKey("doc_id", "documents.doc_id"),),
)
