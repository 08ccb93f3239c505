"""The README keeps its word: every query in it runs on the samples and answers, every command in it exists."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.launch import run_refresh
from pipelines.settings import PROJECT_ROOT, Settings

README = (PROJECT_ROOT / "README.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, project_seeds: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("readme") / "data"
    record = run_refresh(Settings(seeds=project_seeds, data=data))
    assert record.success, record.error
    with duckdb.connect(data / "xianzhi.duckdb", read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_answers(warehouse: duckdb.DuckDBPyConnection, query: str) -> None:
    assert warehouse.sql(query).fetchall()


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 7


def test_every_make_target_exists() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_that_is_named_exists() -> None:
    for path in re.findall(r"\]\(([^)#]+)\)", README):
        assert (PROJECT_ROOT / path).exists(), path
    for path in re.findall(r"`((?:pipelines|schemas|tests|warehouse)/[\w/.]+?)/?`", README):
        assert (PROJECT_ROOT / path).exists() or path.startswith("warehouse/data"), path


def test_the_status_command_is_there() -> None:
    command = [sys.executable, "-m", "pipelines.cli", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT_ROOT).stdout
    assert "status" in shown
