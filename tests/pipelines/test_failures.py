"""The report of a failed run says what failed, what is left, and what to do."""

import duckdb

from pipelines.failures import report, write_report
from pipelines.run_record import RunRecord
from pipelines.settings import Settings

RECORD = RunRecord("run-1", False, failed_step="facts", error="ValueError: ```words```", log="/logs")


def test_a_report_of_a_fault_of_the_program(settings: Settings) -> None:
    words = write_report(RECORD, settings).read_text(encoding="utf-8")
    assert "# Run run-1 failed" in words
    assert "- Step: facts" in words
    assert "there is no whole" in words
    assert "ValueError: '''words'''" in words, "an error must not end its own block"
    assert "goes on from there" in words


def test_a_report_says_that_the_build_before_is_whole(settings: Settings) -> None:
    settings.data.mkdir()
    duckdb.connect(settings.warehouse_path).close()
    assert "is the build before, whole" in report(RECORD, settings)


def test_a_report_of_a_run_that_never_began(settings: Settings) -> None:
    words = report(RunRecord("run-2", False), settings)
    assert "before the first step" in words
    assert "no error was recorded" in words
