"""Programmes: named systems, schemes and layouts.

Here: their names, owners, domains and members. Not here: the tree of a plan (`plan_items`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row


def read_programmes(document: Document, sentences: Sequence[Sentence]) -> list[Row]:
    """Rows of `programmes`.

    Args:
        document: The document.
        sentences: Its sentences.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    return []
