"""Extraction: from clean documents to facts.

Here: the pure function that a shard goes through, and the public functions that read one text. Not here: storage,
Dagster, clocks. `extract` gives the same rows for a document alone or among others.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import polars as pl

from pipelines.extraction.document import Document
from pipelines.extraction.facts import TABLES, as_frame
from pipelines.extraction.periods import read_periods
from pipelines.extraction.quantities import read_quantities
from pipelines.extraction.reader import read_document
from pipelines.extraction.text import Facts, read_facts
from pipelines.patience import each
from pipelines.versions import code_version

__all__ = ["Facts", "extract", "read_facts", "read_periods", "read_quantities"]


@lru_cache(maxsize=1)
def extraction_version() -> str:
    """Version of the code and knowledge that facts rest on."""
    return code_version("pipelines.cleaning", "pipelines.extraction", "schemas")


@contextmanager
def _without_collection() -> Iterator[None]:
    """Reading makes many small records and no cycles; to look for some all the time takes a twentieth of it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def extract(clean: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Read every document of a shard.

    Args:
        clean: Rows of `clean_documents`.

    Returns:
        A frame for each kind of fact by the name of its table, `number_ledger`, `document_profiles` and `rejected`.
    """
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in TABLES}
    version = extraction_version()
    with _without_collection():
        for record in each(clean.iter_rows(named=True)):
            for table, found in read_document(Document(record), version).items():
                rows[table] += found
        # Each kind goes as soon as it is a frame: what is still there when the collector wakes, it looks through.
        return {table: as_frame(table, rows.pop(table)) for table in TABLES}
