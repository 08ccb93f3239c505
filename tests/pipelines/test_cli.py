"""The command line as a user types it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import PROJECT_ROOT, Settings


def xianzhi(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    return subprocess.run(
        command,
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def warehouse(settings: Settings) -> Path:
    settings.data.mkdir(parents=True)
    with duckdb.connect(settings.warehouse_path) as connection:
        connection.execute("CREATE TABLE observations AS SELECT '昆山市' AS ref_area_name, 5140.6 AS value")
    return settings.warehouse_path


def test_help_names_the_commands_without_loading_dagster():
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipelines.cli", "--help"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(name in result.stdout for name in ("run", "status", "sql", "ui", "dg"))
    assert " dagster" not in result.stderr


def test_sql_prints_a_table(warehouse: Path):
    result = xianzhi("sql", "SELECT ref_area_name, value FROM observations")
    assert result.returncode == 0
    assert "昆山市" in result.stdout
    assert "5140.6" in result.stdout


@pytest.mark.parametrize(
    "query", ["SELECT * FROM nowhere", "DELETE FROM observations", "CREATE TABLE copies AS FROM observations"]
)
def test_sql_changes_nothing_and_says_why_a_query_fails(query: str, warehouse: Path):
    result = xianzhi("sql", query)
    assert result.returncode == 1
    assert "Error" in result.stdout
    assert "Traceback" not in result.stderr


def test_sql_without_a_file_says_how_to_get_one(settings: Settings):
    result = xianzhi("sql", "SELECT 1")
    assert result.returncode == 1
    assert "make run" in result.stderr


def test_a_wrong_setting_is_a_sentence_not_a_traceback():
    result = xianzhi("run", XIANZHI_SHARD_SIZE="none")
    assert result.returncode == 2
    assert "XIANZHI_SHARD_SIZE=none" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_folder_is_a_sentence_and_starts_no_run(settings: Settings):
    settings.seeds.rmdir()
    result = xianzhi("run")
    assert result.returncode == 2
    assert "XIANZHI_SEEDS" in result.stderr
    assert "Traceback" not in result.stderr
    assert not settings.dagster_home.exists()


def test_a_run_that_fails_says_so(settings: Settings):
    settings.warehouse_path.mkdir(parents=True)
    result = xianzhi("run")
    assert result.returncode == 1
    assert "The run failed in step warehouse" in result.stdout


def test_a_damaged_file_is_a_sentence_and_is_built_anew(settings: Settings):
    settings.warehouse_path.parent.mkdir(parents=True)
    settings.warehouse_path.write_bytes(b"cut off")
    asked = xianzhi("sql", "SELECT 1")
    assert asked.returncode == 1
    assert "make run" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert xianzhi("run").returncode == 0
    assert xianzhi("sql", "SELECT 1").returncode == 0
