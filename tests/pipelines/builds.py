"""Publishing what a folder holds, and comparing what was published."""

from pathlib import Path

import duckdb
import polars as pl

from pipelines.flow import Flow
from pipelines.settings import Settings
from pipelines.stages import STAGES
from schemas.tables import TABLES
from warehouse.marts import read_marts

# When a build was made is all that may differ.
OF_THE_BUILD = ("first_seen", "last_seen")
MARTS = tuple(mart.full_name for mart in read_marts())


def worked_off(settings: Settings) -> Flow:
    """The documents that are there now, through all stages."""
    flow = Flow(settings)
    flow.read(flow.now())
    for name in STAGES:
        if name != "raw_documents":
            flow.work_off(name)
    return flow


def contents(path: Path) -> dict[str, pl.DataFrame]:
    """The rows of all tables and marts, whatever their order."""
    with duckdb.connect(path, read_only=True) as connection:
        frames = {name: connection.sql(f"FROM {name} ORDER BY ALL").pl() for name in (*TABLES, *MARTS)}
    return {name: frame.drop(OF_THE_BUILD, strict=False) for name, frame in frames.items()}


def assert_same(found: dict[str, pl.DataFrame], expected: dict[str, pl.DataFrame], what: str) -> None:
    for name, frame in expected.items():
        assert found[name].equals(frame), f"{name} after {what}"
