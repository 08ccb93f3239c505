import os
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.scheduler.instigation import TickStatus

from pipelines.settings import PROJECT_ROOT, Settings, SettingsError


def test_defaults_are_in_the_project():
    settings = Settings.from_environment({})
    assert settings.seeds == PROJECT_ROOT / "seeds"
    assert settings.warehouse_path == PROJECT_ROOT / "warehouse" / "data" / "xianzhi.duckdb"


def test_environment_overrules_and_relative_paths_start_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment(
        {"XIANZHI_SEEDS": "papers", "XIANZHI_MAX_FILE_BYTES": "9", "XIANZHI_DATA": " "}
    )
    assert settings.seeds == tmp_path / "papers"
    assert settings.max_file_bytes == 9
    assert settings.data == PROJECT_ROOT / "warehouse" / "data"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XIANZHI_ENGINE", "spork"),
        ("XIANZHI_SHARD_SIZE", "0"),
        ("XIANZHI_MAX_FILE_BYTES", "many"),
        # More than a clock can count: the run would fail in the middle.
        ("XIANZHI_MAX_READ_SECONDS", "99999999999999"),
        ("XIANZHI_MAX_READ_MEMORY", "99999999999999999999"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str):
    with pytest.raises(SettingsError, match=f"{name}={value}"):
        Settings.from_environment({name: value})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("XIANZHI_SEDS", "pages", "XIANZHI_SEEDS is probably meant"),
        ("XIANZHI_WORKER", "2", "XIANZHI_WORKERS is probably meant"),
        ("XIANZHI_CORRECTIONS", "/nowhere/corrections.yaml", "XIANZHI_CORRECTIONS=.*there is no such file"),
        ("XIANZHI_SEEDS", "~nobody-of-this-name/pages", "XIANZHI_SEEDS=~nobody-of-this-name/pages: "),
    ],
)
def test_what_would_be_passed_over_in_silence_is_told(name: str, value: str, words: str):
    with pytest.raises(SettingsError, match=words):
        Settings.from_environment({name: value})


def test_variables_of_others_are_left_alone():
    others = {"XIANZHI_TEST_DOCUMENTS": "5000", "XIANZHI_WRITE_SNAPSHOT": "1", "XIANZHI": "1"}
    assert Settings.from_environment(others) == Settings.from_environment({})


def test_settings_survive_the_way_through_an_environment(settings: Settings):
    assert Settings.from_environment(settings.to_environment()) == settings


def test_dagster_home_gets_the_projects_instance(settings: Settings):
    environment = settings.prepare_dagster_home()
    instance = Path(environment["DAGSTER_HOME"]) / "dagster.yaml"
    assert "telemetry:\n  enabled: false" in instance.read_text(encoding="utf-8")
    before = instance.stat().st_mtime_ns, instance.stat().st_ino
    settings.prepare_dagster_home()
    assert (instance.stat().st_mtime_ns, instance.stat().st_ino) == before, "an unchanged file is not written again"
    instance.write_text("telemetry: {enabled: true}", encoding="utf-8")
    settings.prepare_dagster_home()
    assert "enabled: false" in instance.read_text(encoding="utf-8")
    assert [name for name in os.listdir(settings.dagster_home) if name != "dagster.yaml"] == []


def test_records_of_looks_are_kept_as_long_as_is_wished(settings: Settings):
    home = settings.model_copy(update={"keep_days": 7}).prepare_dagster_home()["DAGSTER_HOME"]
    with dg.DagsterInstance.from_config(home) as instance:
        of_sensors = instance.get_tick_retention_settings(InstigatorType.SENSOR)
        of_schedules = instance.get_tick_retention_settings(InstigatorType.SCHEDULE)
    assert of_sensors == {TickStatus.SKIPPED: 1, TickStatus.FAILURE: 7, TickStatus.SUCCESS: 7, TickStatus.STARTED: -1}
    assert set(of_schedules.values()) == {7}
