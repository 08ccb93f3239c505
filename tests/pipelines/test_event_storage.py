"""Dagster's files stay open during a run, and are given up after it."""

import dagster as dg
import dagster._core.storage.event_log.sqlite.sqlite_event_log as event_log
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from pipelines.event_storage import connections_kept_open
from pipelines.settings import Settings


def connects(settings: Settings, monkeypatch: pytest.MonkeyPatch, *, kept: bool) -> int:
    """How often a file is opened while an instance reports twenty events."""
    home = settings.prepare_dagster_home()
    monkeypatch.setenv("DAGSTER_HOME", home["DAGSTER_HOME"])
    count = []

    def opened(*_: object) -> None:
        count.append(1)

    def report() -> None:
        with dg.DagsterInstance.get() as instance:
            for _ in range(20):
                instance.report_runless_asset_event(dg.AssetMaterialization("observations"))

    event.listen(Engine, "connect", opened)
    try:
        if kept:
            with connections_kept_open():
                report()
        else:
            report()
    finally:
        event.remove(Engine, "connect", opened)
    with dg.DagsterInstance.get() as instance:
        assert len(instance.fetch_materializations(dg.AssetKey("observations"), limit=50).records) == 20
    return len(count)


def test_a_file_is_opened_once_and_nothing_is_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = settings.model_copy(update={"data": tmp_path_factory.mktemp("other")})
    assert connects(settings, monkeypatch, kept=True) * 3 < connects(other, monkeypatch, kept=False)


def test_dagster_has_its_own_function_back_afterwards() -> None:
    before = event_log.create_engine
    with connections_kept_open():
        assert event_log.create_engine is not before
    assert event_log.create_engine is before


def test_a_run_does_not_wait_for_the_disk_after_each_event(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    home = settings.prepare_dagster_home()
    monkeypatch.setenv("DAGSTER_HOME", home["DAGSTER_HOME"])
    with connections_kept_open(), dg.DagsterInstance.get() as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization("observations"))
        storage = instance.event_log_storage
        assert isinstance(storage, event_log.SqliteEventLogStorage)
        with storage.index_connection() as connection:
            # Of a write-ahead log this is as whole after a crash as FULL, which is the default.
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
