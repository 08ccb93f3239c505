"""The asset graph, jobs, checks, sensor and schedule as a snapshot: they do not change unnoticed.

After a change that is meant, run `XIANZHI_WRITE_SNAPSHOT=1 make test ARGS=tests/pipelines/test_definitions.py` and
read the diff.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.checks import finding_of_corrections
from pipelines.definitions import defs
from pipelines.settings import PROJECT_ROOT, Settings
from pipelines.stages import PUBLISHED
from pipelines.ui_charts import markdown_table
from schemas.tables import TABLES
from tests.validation.rows import row, typed

SNAPSHOT = Path(__file__).with_name("asset_graph.json")


def snapshot() -> dict[str, Any]:
    graph = defs.resolve_asset_graph()
    return {
        "assets": {
            key.to_user_string(): {
                "group": graph.get(key).group_name,
                "deps": sorted(parent.to_user_string() for parent in graph.get(key).parent_keys),
                "kinds": sorted(graph.get(key).kinds),
            }
            for key in sorted(graph.get_all_asset_keys())
        },
        "checks": {
            f"{key.asset_key.to_user_string()}.{key.name}": "blocking"
            if graph.get_check_spec(key).blocking
            else "shown"
            for key in sorted(graph.asset_check_keys)
        },
        "jobs": sorted(job.name for job in defs.jobs or ()),
        "sensors": {s.name: [s.minimum_interval_seconds, s.default_status.value] for s in defs.sensors or ()},
        "schedules": {s.name: [s.cron_schedule, s.default_status.value] for s in defs.schedules or ()},
        "executor": defs.executor.name if defs.executor else None,
    }


def test_graph_is_as_it_was():
    if os.environ.get("XIANZHI_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(json.dumps(snapshot(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert snapshot() == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_definitions_load():
    dg.Definitions.validate_loadable(defs)


def test_every_asset_tells_about_itself():
    for asset in defs.resolve_asset_graph().asset_nodes:
        assert asset.owners, asset.key
        assert asset.kinds, asset.key
        assert asset.description, asset.key
        assert asset.partitions_def is None, "partitions turn “Materialize all” into a dialog that starts nothing"


def test_what_is_published_is_expected_to_be_fresh():
    graph = defs.resolve_asset_graph()
    for name in (*PUBLISHED, "warehouse"):
        policy = graph.get(dg.AssetKey(name)).freshness_policy
        assert policy is not None, name
        assert policy.fail_window.to_timedelta().days == 2


def test_published_tables_show_their_columns():
    graph = defs.resolve_asset_graph()
    for name, table in TABLES.items():
        schema = graph.get(dg.AssetKey(name.split("."))).metadata["dagster/column_schema"]
        assert tuple(column.name for column in schema.columns) == table.column_names
        assert all(column.description for column in schema.columns)


@pytest.mark.slow
def test_dg_check_defs(settings: Settings):
    command = [sys.executable, "-m", "pipelines.cli", "dg", "check", "defs"]
    result = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr


def test_failing_rows_begin_with_what_a_person_looks_at() -> None:
    failed = finding_of_corrections(typed("quality.corrections", row("quality.corrections", status="no_match")))
    [names] = [list(shown) for shown in failed.failing]
    assert names[0] == "table_name"
    assert names[-2:] == ["correction_id", "fact_id"]


def test_words_of_a_document_are_shown_as_they_are() -> None:
    """A title that would be a picture, a link, an element or a cell of its own is none."""
    table = markdown_table([{"title": "<img src=x onerror=y> ![](//a.b/c) [d](javascript:e) | `f`"}])
    shown = table.splitlines()[-1]
    assert re.search(r"(?<!\\)[<>\[\]!`]", shown) is None
    assert len(re.findall(r"(?<!\\)\|", shown)) == 2
    assert re.sub(r"\\(.)", r"\1", shown) == "| <img src=x onerror=y> ![](//a.b/c) [d](javascript:e) | `f` |"
