"""The data dictionary: every table and view with its columns, as they are declared."""

from collections.abc import Iterator

from pipelines.atlas import addresses
from pipelines.atlas.labels import labels
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Snapshot
from pipelines.atlas.templating import render
from schemas import vocabulary
from schemas.projections import summary
from schemas.tables import TABLES
from warehouse.marts import read_marts


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The one page."""
    words = [(group, word, name) for (group, word), name in labels().items() if hasattr(vocabulary, group)]
    content = render(
        "dictionary.html",
        addresses.DICTIONARY,
        tables=[summary(table) for table in TABLES.values()],
        marts=read_marts(),
        words=words,
    )
    yield Page(addresses.DICTIONARY, content)
