"""Events: conferences, visits, signings, launches and meetings that a document tells of.

Here: finding them, with day, place, theme and organiser.
Not here: what came of them (`outcomes`) and who was there (`person_roles`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row


def read_events(document: Document, sentences: Sequence[Sentence]) -> list[Row]:
    """Rows of `events`.

    Args:
        document: The document.
        sentences: Its sentences.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    return []
