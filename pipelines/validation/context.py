"""What rows are validated against: the texts of their documents and the registry's tables."""

from dataclasses import dataclass
from typing import Self

import polars as pl

from pipelines.validation.reference import reference_tables
from schemas.registry import Registry

PUBLISHED = pl.Schema({"doc_id": pl.String(), "published_at": pl.Datetime("us")})


@dataclass(frozen=True)
class Context:
    """The surroundings of the rows.

    Attributes:
        texts: `doc_id` and `raw_text` of the documents that the rows may come from.
        published: `doc_id` and `published_at` of those that say when they were published.
        reference: The tables of the registry by name.
    """

    texts: pl.DataFrame
    published: pl.DataFrame
    reference: dict[str, pl.DataFrame]

    @classmethod
    def of(cls, documents: pl.DataFrame, registry: Registry | None = None) -> Self:
        """The context of the facts of these documents.

        Args:
            documents: A frame with `doc_id`, `raw_text` and `published_at`.
            registry: The project's own by default.
        """
        published = documents.select("doc_id", "published_at").drop_nulls()
        return cls(documents.select("doc_id", "raw_text"), published, reference_tables(registry))

    def keys(self, table: str, column: str) -> pl.Series:
        """The values of a column that a foreign key may refer to."""
        frame = self.texts if table == "documents" else self.reference[table]
        return frame[column]
