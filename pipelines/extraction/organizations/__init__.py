"""Organizations: firms, parks, institutes and bodies that a document names, and why.

Here: their names, places and relation. Not here: offices of persons (`person_roles`).
"""

from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row


def read_organizations(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> list[Row]:
    """Rows of `organizations`.

    Args:
        document: The document.
        sentences: Its sentences.
        events: The rows of `events`.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    return []
