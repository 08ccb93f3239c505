import shutil
import threading
import time
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines import stages
from pipelines.automation import new_documents, run_under_way
from pipelines.flow import Flow
from pipelines.launch import job_origin
from pipelines.settings import Settings
from tests.conftest import write_page


@pytest.fixture(autouse=True)
def quick_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files settle quickly in tests; what grows does so faster still."""
    monkeypatch.setattr("pipelines.automation.SETTLE_SECONDS", 0.2)


@pytest.fixture(scope="module")
def real_instance(tmp_path_factory: pytest.TempPathFactory):
    home = Settings(data=tmp_path_factory.mktemp("data")).prepare_dagster_home()["DAGSTER_HOME"]
    with dg.DagsterInstance.from_config(home) as instance:
        yield instance


@pytest.fixture
def instance(real_instance: dg.DagsterInstance):
    yield real_instance
    for run in real_instance.get_runs():
        real_instance.delete_run(run.run_id)


def tick(instance: dg.DagsterInstance, cursor: str | None = None) -> tuple[dg.SkipReason | dg.RunRequest, str | None]:
    """One look of the sensor: what it answers, and its cursor afterwards."""
    with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
        return new_documents(context), context.cursor


def publish(settings: Settings) -> None:
    """What a run leaves behind for the sensor: a file, and the note of what it is made of."""
    flow = Flow(settings)
    flow.scan()
    settings.warehouse_path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.connect(settings.warehouse_path).close()
    flow.published.note()


def skip_message(answer: dg.SkipReason | dg.RunRequest) -> str:
    assert isinstance(answer, dg.SkipReason)
    return answer.skip_message or ""


def test_one_run_for_all_documents(settings: Settings, instance: dg.DagsterInstance):
    write_page(settings.seeds, "a.txt", product="1")
    write_page(settings.seeds, "江苏/b.txt", product="2")
    answer, cursor = tick(instance)
    assert isinstance(answer, dg.RunRequest)
    assert answer.tags["xianzhi/documents"] == "2 new"
    assert cursor


def test_what_was_asked_for_is_not_asked_for_again(settings: Settings, instance: dg.DagsterInstance):
    write_page(settings.seeds, "a.txt")
    _, cursor = tick(instance)
    answer, again = tick(instance, cursor)
    assert "already" in skip_message(answer)
    assert again == cursor
    write_page(settings.seeds, "b.txt", product="2")
    answer, _ = tick(instance, cursor)
    assert isinstance(answer, dg.RunRequest)


def test_a_file_that_is_still_growing_waits_for_the_next_look(settings: Settings, instance: dg.DagsterInstance):
    page = write_page(settings.seeds, "a.txt")
    stop = threading.Event()

    def grow() -> None:
        while not stop.wait(0.05):
            with page.open("a", encoding="utf-8") as stream:
                stream.write("常住人口200万人。\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        answer, cursor = tick(instance)
    finally:
        stop.set()
        writer.join()
    assert "still being written" in skip_message(answer)
    assert isinstance(tick(instance, cursor)[0], dg.RunRequest)


def test_a_file_of_corrections_that_cannot_be_read_starts_no_run(settings: Settings, instance: dg.DagsterInstance):
    write_page(settings.seeds, "a.txt")
    settings.corrections_path.write_text("- {id: one}", encoding="utf-8")
    assert "Field required" in skip_message(tick(instance)[0])


def test_nothing_new(settings: Settings, instance: dg.DagsterInstance):
    write_page(settings.seeds, "a.txt")
    publish(settings)
    answer, _ = tick(instance)
    assert skip_message(answer) == "Nothing new: all 1 documents are published."


@pytest.mark.parametrize("what", ["changed", "renamed", "removed", "added"])
def test_every_kind_of_change_starts_a_run(what: str, settings: Settings, instance: dg.DagsterInstance):
    page = write_page(settings.seeds, "a.txt")
    publish(settings)
    match what:
        case "changed":
            write_page(settings.seeds, "a.txt", product="6000")
        case "renamed":
            page.rename(settings.seeds / "b.txt")
        case "removed":
            page.unlink()
        case "added":
            write_page(settings.seeds, "b.txt", product="6000")
    answer, _ = tick(instance)
    assert isinstance(answer, dg.RunRequest)
    assert answer.tags["xianzhi/documents"].startswith("1 ")


def test_a_document_that_comes_back_starts_a_run_again(settings: Settings, instance: dg.DagsterInstance):
    page = write_page(settings.seeds, "a.txt")
    first, cursor = tick(instance)
    publish(settings)
    page.unlink()
    gone, cursor = tick(instance, cursor)
    publish(settings)
    write_page(settings.seeds, "a.txt")
    back, _ = tick(instance, cursor)
    assert all(isinstance(answer, dg.RunRequest) for answer in (first, gone, back))
    assert first.run_key is None, "a run key would keep the third run from starting"


def test_a_file_that_is_only_touched_is_not_new(settings: Settings, instance: dg.DagsterInstance):
    page = write_page(settings.seeds, "a.txt")
    publish(settings)
    page.touch()
    assert isinstance(tick(instance)[0], dg.SkipReason)


def test_a_published_file_that_is_gone_is_built_again(settings: Settings, instance: dg.DagsterInstance):
    write_page(settings.seeds, "a.txt")
    publish(settings)
    settings.warehouse_path.unlink()
    assert isinstance(tick(instance)[0], dg.RunRequest)


def test_other_limits_make_another_build(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
):
    write_page(settings.seeds, "a.txt")
    publish(settings)
    monkeypatch.setenv("XIANZHI_MAX_FILE_BYTES", "10")
    assert isinstance(tick(instance)[0], dg.RunRequest)


def test_a_change_of_the_registry_is_seen_by_a_process_that_lives_on(
    settings: Settings, instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    registry = shutil.copytree(stages.FOLDER, tmp_path / "registry")
    monkeypatch.setattr(stages, "FOLDER", registry)
    stages.forget_versions()
    write_page(settings.seeds, "a.txt")
    publish(settings)
    assert isinstance(tick(instance)[0], dg.SkipReason)
    with (registry / "units.csv").open("a", encoding="utf-8") as units:
        units.write("\n")
    answer, _ = tick(instance)
    stages.forget_versions()
    assert isinstance(answer, dg.RunRequest)
    assert answer.tags["xianzhi/documents"] == "1 unchanged"


def test_a_missing_folder_is_told(settings: Settings, instance: dg.DagsterInstance):
    settings.seeds.rmdir()
    assert "XIANZHI_SEEDS" in skip_message(tick(instance)[0])


@dg.op
def nothing(): ...


@dg.job
def something():
    """Any job: whatever runs on the instance works in the same lake."""
    nothing()


def start_run(instance: dg.DagsterInstance, status: dg.DagsterRunStatus) -> dg.DagsterRun:
    return instance.create_run_for_job(something, status=status, remote_job_origin=job_origin())


@pytest.mark.parametrize(
    "status", [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
)
def test_no_second_run_beside_one(status: dg.DagsterRunStatus, settings: Settings, instance: dg.DagsterInstance):
    write_page(settings.seeds, "a.txt")
    run = start_run(instance, status)
    answer, cursor = tick(instance)
    assert run.run_id in skip_message(answer)
    assert cursor is None, "what is new now is seen by the next look"


def test_a_run_whose_process_is_gone_does_not_hold_up_the_next(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
):
    run = start_run(instance, dg.DagsterRunStatus.STARTED)
    flow = Flow(settings)
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    with Flow(settings).lake.lock(f"run {run.run_id}"):
        alive = run_under_way(instance, flow)
        assert alive is not None
        assert alive.run_id == run.run_id
    assert run_under_way(instance, flow) is None
    stored = instance.get_run_by_id(run.run_id)
    assert stored is not None
    assert stored.status is dg.DagsterRunStatus.FAILURE
