"""The one place where assets, checks, sensor, schedule and resources meet.

`dg dev`, `dg check defs`, `dg launch` and `xianzhi run` all start from `defs`.
"""

import dagster as dg

from pipelines.assets import atlas, corrections, flow, published_assets, reference, stage_assets, warehouse
from pipelines.automation import daily_refresh, new_documents, refresh, report_failure

defs = dg.Definitions(
    assets=[*stage_assets(), reference, *published_assets(), corrections, warehouse, atlas],
    jobs=[refresh],
    sensors=[new_documents, report_failure],
    schedules=[daily_refresh],
    resources={"flow": flow},
    # In one process: a process of its own for each step costs seconds; parallel work is in engine.py.
    executor=dg.in_process_executor,
)
