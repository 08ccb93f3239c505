"""Whether the next build can start from the published file, and which documents have other rows than there.

Belongs here: what the published file was made of, beside what it would be made of now. Does not belong here: replacing
the rows (`warehouse/patch.py`), or making them (the stages).

A build from nothing takes as long as all documents need; one that starts from the file before takes as long as those
that are new. It does so only from a file that the last run has built with the same tables, views and registry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.flow import Flow
from pipelines.stages import PUBLISHED
from pipelines.versions import code_version, combine

# A build from nothing is as quick when more of the documents than this share have changed, and it gives back the space
# that replaced rows leave behind.
LARGEST_SHARE = 0.1
# So many builds may follow each other before one starts from nothing, which puts all rows in order again.
MOST_IN_A_ROW = 50


@dataclass(frozen=True)
class Start:
    """What a build starts from.

    Attributes:
        touched: By published table, the documents whose rows are not those of the published file: new, gone, or made
            anew. None when the build starts from nothing.
        in_a_row: How many builds before have started from a file, one after another.
    """

    touched: Mapping[str, frozenset[str]] | None = None
    in_a_row: int = 0


def start(flow: Flow) -> Start:
    """What the next build can start from."""
    before = flow.published.basis()
    if before is None or before["form"] != _form(flow) or before["in_a_row"] >= MOST_IN_A_ROW:
        return Start()
    published = flow.published.inventory().paths.keys()
    came_or_went = published ^ flow.inventory.paths.keys()
    found = {}
    for table in PUBLISHED:
        shards = frozenset(before["shards"][table])
        anew = [ids for key, ids in flow.members().items() if flow.key(table, key) not in shards]
        found[table] = frozenset(came_or_went.union(*anew))
    # A file of which no document is known may hold some that are gone.
    if not published or any(len(doc_ids) > LARGEST_SHARE * len(published) for doc_ids in found.values()):
        return Start()
    return Start(found, before["in_a_row"])


def basis(flow: Flow, started: Start) -> dict[str, Any]:
    """What the build after this one has to know about it; `PublishedBuild.note` keeps it."""
    return {
        "form": _form(flow),
        "shards": {table: [flow.key(table, key) for key in flow.members()] for table in PUBLISHED},
        "in_a_row": 0 if started.touched is None else started.in_a_row + 1,
    }


def _form(flow: Flow) -> str:
    """Version of everything that gives the file its tables and views, and the registry's rows in it."""
    return combine(code_version("warehouse"), flow.reference_key(), duckdb.__version__, flow.published.form())
