"""Plan items: the tree of a plan.

Here: goal years, demonstrations, tasks and action plans with number, parent and deadline.
Not here: figures of a plan (`observations`) and named schemes (`programmes`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row


def read_plan_items(document: Document, sentences: Sequence[Sentence]) -> list[Row]:
    """Rows of `plan_items`.

    Args:
        document: The document.
        sentences: Its sentences.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    return []
