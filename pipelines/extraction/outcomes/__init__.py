"""Outcomes: what an event set up, signed or published.

Here: alliances, initiatives, agreements, mechanisms, lists, reports with their parties.
Not here: the event itself (`events`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row


def read_outcomes(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> list[Row]:
    """Rows of `outcomes`.

    Args:
        document: The document.
        sentences: Its sentences.
        events: The rows of `events`.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    return []
