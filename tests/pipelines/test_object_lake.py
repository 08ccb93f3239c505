"""A lake in a bucket holds what one in a folder holds, and is never seen half written; against a real server."""

import pickle
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.flow import Flow, Report
from pipelines.object_lake import ObjectLake
from pipelines.publication import publish
from pipelines.retention import prune
from pipelines.settings import Settings, SettingsError
from pipelines.stages import STAGES
from tests.conftest import write_page
from tests.pipelines.builds import assert_same, contents, worked_off
from tests.pipelines.object_store import ObjectStore

BUCKET = "gazetteer"
FRAME = pl.DataFrame({"doc_id": ["a", "b"], "value": [1, 2], "parts": [["x"], []]})
SAMPLES = ("云和县2022年统计公报.txt", "晋江_署名文章.txt", "建始县情简介.md")


@pytest.fixture(scope="module")
def store() -> Iterator[ObjectStore]:
    with ObjectStore(BUCKET) as started:
        yield started


@pytest.fixture(autouse=True)
def reachable(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    # Documents arrive in both lakes at once.
    monkeypatch.setattr(Flow, "now", staticmethod(lambda: datetime(2026, 1, 1)))


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """A prefix of the test's own."""
    return f"s3://{BUCKET}/{request.node.name}"


@pytest.fixture
def lake(tmp_path: Path, url: str) -> ObjectLake:
    return ObjectLake(tmp_path / "lake", url)


def another(lake: ObjectLake, root: Path | None = None) -> ObjectLake:
    """The same lake for another process, or for another machine."""
    return ObjectLake(root or lake.root, lake.url)


def objects(store: ObjectStore, lake: ObjectLake) -> list[str]:
    """Names of all objects of a lake, as the server tells them; those that only stand for a folder are left out."""
    prefix = lake.url.removeprefix(f"s3://{BUCKET}/") + "/"
    told = store.request("GET", f"{BUCKET}?list-type=2&prefix={prefix}").decode()
    return [name.removeprefix(prefix) for name in re.findall("<Key>([^<]+)</Key>", told) if not name.endswith("/")]


def test_a_shard_comes_back_as_it_was(lake: ObjectLake, store: ObjectStore, tmp_path: Path) -> None:
    assert not lake.has("facts", "k")
    assert lake.write("facts", "k", {"facts": FRAME, "rejected": FRAME.clear()})
    assert sorted(objects(store, lake)) == ["facts/k.whole", "facts/k/facts.parquet", "facts/k/rejected.parquet"]
    for one in (lake, another(lake), another(lake, tmp_path / "elsewhere"), pickle.loads(pickle.dumps(lake))):
        assert one.has("facts", "k")
        assert one.keys("facts") == ["k"]
        assert one.read("facts", "k", "facts").equals(FRAME)
        assert one.read("facts", "k", "facts", ["doc_id"]).equals(FRAME.select("doc_id"))
        assert one.read("facts", "k", "rejected").schema == FRAME.schema
        assert pl.read_parquet(one.path("facts", "k", "facts")).equals(FRAME)
    assert not lake.write("facts", "k", {"facts": FRAME.head(1)})
    assert lake.read("facts", "k", "facts").height == 2


def test_a_shard_that_another_process_makes_is_seen(lake: ObjectLake) -> None:
    assert not lake.has("facts", "k")
    another(lake).write("facts", "k", {"facts": FRAME})
    assert lake.has("facts", "k")


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_shard_without_its_mark_counts_as_missing_and_is_made_again(
    lake: ObjectLake, store: ObjectStore, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    put = ObjectLake._put

    def killed(self: ObjectLake, name: str, content: bytes) -> None:
        if len(objects(store, self)) == done:
            raise KeyboardInterrupt
        put(self, name, content)

    monkeypatch.setattr(ObjectLake, "_put", killed)
    with pytest.raises(KeyboardInterrupt):
        lake.write("facts", "k", {"facts": FRAME.head(1), "rejected": FRAME})
    monkeypatch.setattr(ObjectLake, "_put", put)
    assert len(objects(store, lake)) == done
    fresh = another(lake)
    assert not fresh.has("facts", "k")
    assert fresh.keys("facts") == []
    assert fresh.by_age("facts") == (["k"] if done else [])
    assert fresh.write("facts", "k", {"facts": FRAME, "rejected": FRAME.clear()})
    assert another(lake).read("facts", "k", "facts").equals(FRAME)


def test_a_removed_shard_is_gone_and_so_are_its_copies(lake: ObjectLake, store: ObjectStore) -> None:
    lake.write("facts", "k", {"facts": FRAME})
    copy = lake.path("facts", "k", "facts")
    lake.remove("facts", "k")
    lake.remove("facts", "never there")
    assert not lake.has("facts", "k")
    assert not copy.exists()
    assert objects(store, lake) == []


def test_a_copy_that_was_cut_short_is_made_again(lake: ObjectLake) -> None:
    lake.write("facts", "k", {"facts": FRAME})
    copy = lake.path("facts", "k", "facts")
    copy.write_bytes(copy.read_bytes()[:-9])
    assert pl.read_parquet(lake.path("facts", "k", "facts")).equals(FRAME)


def test_the_oldest_come_first(lake: ObjectLake) -> None:
    for key in ("b", "a"):
        lake.write("facts", key, {"facts": FRAME})
        # The store tells whole seconds.
        time.sleep(1.1)
    assert lake.by_age("facts") == ["b", "a"]
    assert lake.by_age("nothing") == []


@pytest.mark.parametrize("value", ["bucket/prefix", "gs://bucket", "s3://"])
def test_another_address_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match=f"XIANZHI_LAKE={value}"):
        Settings.from_environment({"XIANZHI_LAKE": value})


@pytest.mark.parametrize("command", ["run", "status"])
@pytest.mark.parametrize("fault", ["no bucket", "no server"])
def test_a_store_that_does_not_answer_is_a_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, command: str, fault: str
) -> None:
    monkeypatch.setenv("XIANZHI_LAKE", "s3://nowhere/lake")
    if fault == "no server":
        # A port that nobody listens on.
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    told = CliRunner().invoke(app, [command])
    assert told.exit_code == 2
    assert told.output.startswith("s3://nowhere/lake (XIANZHI_LAKE) cannot be read: ")
    assert len(told.output.splitlines()) == 1


def made(settings: Settings) -> dict[str, int]:
    """Work off what is there; how many shards each stage has made."""
    reports: dict[str, Report] = {}
    with closing(Flow(settings)) as flow:
        for name in STAGES:
            reports[name] = flow.read(flow.now()) if name == "raw_documents" else flow.work_off(name)
    return {name: report.made for name, report in reports.items()}


@pytest.mark.slow
def test_a_run_in_a_bucket_gives_the_rows_of_one_in_a_folder(
    settings: Settings, project_seeds: Path, url: str, tmp_path: Path, store: ObjectStore
) -> None:
    for name in SAMPLES:
        shutil.copyfile(project_seeds / name, settings.seeds / name)
    bucket = settings.model_copy(update={"data": tmp_path / "bucket", "lake": url, "keep_versions": 0})
    assert set(made(bucket).values()) == {1}
    assert publish(worked_off(bucket)).report is not None
    publish(worked_off(settings))
    assert_same(contents(bucket.warehouse_path), contents(settings.warehouse_path), "the bucket")
    # Nothing to do.
    assert set(made(bucket).values()) == {0}
    assert publish(worked_off(bucket)).report is None
    # A new document.
    for one in (settings, bucket):
        write_page(one.seeds, "new.txt")
        publish(worked_off(one))
    assert_same(contents(bucket.warehouse_path), contents(settings.warehouse_path), "a new document")
    assert len(Flow(bucket).lake.keys("facts")) == 2
    # A writer was killed before the mark: only that shard is made again, of that stage, and nothing else is lost.
    lake = ObjectLake(tmp_path / "lake", url)
    lake._store.delete_file(f"observations/{lake.keys('observations')[0]}.whole")
    again = made(bucket)
    assert again.pop("observations") == 1
    assert set(again.values()) == {0}
    assert publish(worked_off(bucket)).report is None
    # Another machine goes on from the bucket: it has nothing to make, and publishes the same.
    elsewhere = bucket.model_copy(update={"data": tmp_path / "elsewhere"})
    assert set(made(elsewhere).values()) == {0}
    publish(worked_off(elsewhere))
    expected = contents(settings.warehouse_path)
    # There was no build before it on that machine, so that nothing is compared, and the check of that counts nothing.
    del expected["quality.differences"], expected["quality.check_results"]
    assert_same(contents(elsewhere.warehouse_path), expected, "another machine")


@pytest.mark.slow
def test_processes_and_views_work_with_a_bucket(settings: Settings, url: str, tmp_path: Path) -> None:
    for number in range(3):
        write_page(settings.seeds, f"{number}.txt", product=str(1735 + number))
    settings = settings.model_copy(update={"shard_size": 1})
    bucket = {"data": tmp_path / "bucket", "lake": url, "engine": "processes", "workers": 2, "publish": "views"}
    there = settings.model_copy(update=bucket)
    assert set(made(there).values()) == {3}
    # What works on shards needs nothing of this machine's folder.
    assert not Flow(there).lake.files.exists()
    publish(worked_off(there))
    publish(worked_off(settings))
    assert_same(contents(there.warehouse_path), contents(settings.warehouse_path), "processes and views")


def test_old_shards_go_from_the_bucket(settings: Settings, url: str, tmp_path: Path, store: ObjectStore) -> None:
    settings = settings.model_copy(update={"lake": url, "keep_versions": 0})
    write_page(settings.seeds, "a.txt")
    flow = Flow(settings)
    flow.read(flow.now())
    [batch] = flow.members()
    flow.lake.write("facts", f"{batch}-older", {"facts": FRAME})
    flow.lake.write("facts", flow.key("facts", batch), {"facts": FRAME})
    assert prune(flow) == 1
    assert flow.lake.keys("facts") == [flow.key("facts", batch)]
    assert len(flow.lake.keys("raw_documents")) == 1
