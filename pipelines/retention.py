"""What of the lake is kept, and for how long.

Belongs here: removing shards that nothing needs any more. Does not belong here: the builds that are kept
(`warehouse/swap.py`), or Dagster's own records (`dagster.yaml`).
"""

from collections import Counter

import duckdb

from pipelines.flow import Flow
from pipelines.stages import STAGES
from warehouse.swap import shards_in_use


def prune(flow: Flow) -> int:
    """Remove shards that older code or registry has made, but for the newest few; returns how many.

    What was read from a file is never removed: every revision of a document stays in the lake. Neither is what a build
    that is kept reads through its views, as long as it is kept.
    """
    removed, members = 0, flow.members()
    try:
        in_use = {path.parent.resolve() for path in shards_in_use(flow.settings.warehouse_path)}
    except duckdb.Error:
        # What a build reads cannot be told now, so that nothing may go; that of one which is damaged can be soon, when
        # it is not kept any more.
        return 0
    for name in STAGES:
        if name == "raw_documents":
            continue
        current = {flow.key(name, key) for key in members}
        kept: Counter[str] = Counter()
        for key in reversed(flow.lake.by_age(name)):
            batch = key.partition("-")[0]
            if key in current:
                continue
            kept[batch] += 1
            if kept[batch] > flow.settings.keep_versions and flow.lake.folder(name, key).resolve() not in in_use:
                flow.lake.remove(name, key)
                removed += 1
    return removed
