"""Corrections on their way through a run: applied, seen in the file, and in the way of a build when they do not fit."""

import io
import os
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
import yaml
from rich.console import Console

from pipelines.failures import write_report
from pipelines.launch import run_refresh
from pipelines.recap import print_recap
from pipelines.run_record import RunRecord, record_of
from pipelines.settings import Settings
from tests.conftest import write_page

FIX = {
    "id": "misprint",
    "document": "kunshan.txt",
    "quote": "5140.6",
    "action": "fix",
    "set": {"value": "5140.06"},
    "expect": {"value": "5140.6", "indicator": "GDP"},
    "reason": "The bureau gives two decimals.",
    "by": "tester",
    "date": "2026-01-31",
}


@pytest.fixture
def prepared(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in (os.environ | settings.prepare_dagster_home()).items():
        monkeypatch.setenv(name, value)
    write_page(settings.seeds, "kunshan.txt", product="5140.6")
    write_page(settings.seeds, "江苏/jiangyin.txt", place="江阴市", product="4960.5")
    return settings


def run(settings: Settings, *corrections: dict[str, Any]) -> tuple[RunRecord, str]:
    text = yaml.safe_dump(list(corrections), allow_unicode=True)
    settings.corrections_path.write_text(text, encoding="utf-8")
    record = run_refresh(settings)
    told = io.StringIO()
    print_recap(Console(file=told, width=200), record, settings)
    return record, told.getvalue()


def products(path: Path) -> list[tuple[Any, ...]]:
    query = """
        SELECT ref_area_name, value::DOUBLE, obs_value::DOUBLE, correction FROM observations
        WHERE indicator = 'GDP' AND measure = 'level' ORDER BY 1
    """
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.slow
def test_a_correction_is_in_the_file_and_a_failed_one_keeps_the_old_file(prepared: Settings) -> None:
    record, recap = run(prepared, FIX)
    assert record.success, record.error
    assert products(prepared.warehouse_path) == [
        ("昆山市", 5140.06, 514006000000, "misprint"),
        ("江阴市", 4960.5, 496050000000, None),
    ]
    assert "Corrected  1 (misprint)" in recap
    with duckdb.connect(prepared.warehouse_path, read_only=True) as connection:
        assert connection.execute("SELECT status, corrected_by FROM quality.corrections").fetchall() == [
            ("applied", "tester")
        ]

    record, recap = run(prepared, FIX, {**FIX, "id": "gone", "document": "kunshan_2022.txt"})
    assert not record.success
    assert "gone  no_match: kunshan_2022.txt: “5140.6”" in recap
    assert products(prepared.warehouse_path)[0][3] == "misprint"

    # What the UI's failure sensor writes is read from the events of the same run.
    with dg.DagsterInstance.get() as instance:
        failed = instance.get_run_by_id(record.run_id)
        assert failed is not None
        again = record_of(instance, failed)
    assert (again.failed_step, again.error, again.checks) == (record.failed_step, record.error, record.checks)
    words = write_report(again, prepared).read_text(encoding="utf-8")
    assert "Check that failed: quality/corrections.applied" in words
    assert str(prepared.corrections_path) in words

    record, recap = run(prepared, {**FIX, "expect": {"value": "5140.7"}})
    assert not record.success
    assert "misprint  guard_failed: kunshan.txt: “5140.6”; the row says something else than expect does" in recap

    record, recap = run(prepared, {**FIX, "set": {"value": "5140600"}})
    assert not record.success
    assert "misprint  refused: kunshan.txt: “5140.6”; " in recap
    assert products(prepared.warehouse_path)[0][1] == 5140.06

    record, recap = run(prepared, {**FIX, "action": "mend"})
    assert not record.success
    assert "CorrectionsError: " in recap
    assert "entry misprint.action: Input should be" in recap

    record, recap = run(prepared)
    assert record.success
    assert products(prepared.warehouse_path)[0] == ("昆山市", 5140.6, 514060000000, None)
    assert "Corrected" not in recap
