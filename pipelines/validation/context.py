"""What rows are validated against: the texts of their documents and the registry's tables."""

from dataclasses import dataclass
from typing import Self

import polars as pl

from pipelines.validation.reference import reference_tables
from schemas.registry import Registry


@dataclass(frozen=True)
class Context:
    """The surroundings of the rows.

    Attributes:
        texts: `doc_id` and `raw_text` of the documents that the rows may come from.
        reference: The tables of the registry by name.
    """

    texts: pl.DataFrame
    reference: dict[str, pl.DataFrame]

    @classmethod
    def of(cls, raw_documents: pl.DataFrame, registry: Registry | None = None) -> Self:
        """The context of the facts of these documents.

        Args:
            raw_documents: A frame with `doc_id` and `raw_text`.
            registry: The project's own by default.
        """
        return cls(raw_documents.select("doc_id", "raw_text"), reference_tables(registry))

    def keys(self, table: str, column: str) -> pl.Series:
        """The values of a column that a foreign key may refer to."""
        frame = self.texts if table == "documents" else self.reference[table]
        return frame[column]
