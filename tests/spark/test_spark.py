"""The engine `spark` on a real cluster of this machine: one worker is killed midway, and the rows are the same."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from benchmarks.documents import write
from benchmarks.memory import descendants
from pipelines.engine import Task
from pipelines.flow import Flow
from pipelines.lake import Address, Lake
from pipelines.settings import Settings
from pipelines.shard_functions import facts
from pipelines.spark import Spark, what_is_missing
from tests.pipelines.object_store import ObjectStore
from tests.spark.cluster import ADDRESS, SHORT_LIVED, Cluster

# By hand: XIANZHI_TEST_DOCUMENTS=5000, with `pytest -s` to see how it went.
DOCUMENTS = int(os.environ.get("XIANZHI_TEST_DOCUMENTS", "240"))
SHARDS = 12
BUCKET = "gazetteer"
ARRIVAL = datetime(2026, 1, 1)
# Reading, cleaning, extraction, and the validation of one table.
RUN = ("raw_documents", "clean_documents", "facts", "observations")
# The stage whose work is longest: the worker is killed when its first shards are there.
KILLED_IN = "facts"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(what_is_missing() is not None, reason=f"NO SPARK: {what_is_missing()}"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One for all tests, whose executors may use a bucket; the last test leaves it with one worker."""
    with pytest.MonkeyPatch.context() as patches, ObjectStore(BUCKET) as store:
        for name, value in {"SPARK_LOCAL_IP": ADDRESS, **SHORT_LIVED, **store.environment}.items():
            patches.setenv(name, value)
        with Cluster(tmp_path_factory.mktemp("cluster")) as started:
            yield started


@pytest.fixture(scope="module")
def crew(cluster: Cluster) -> Iterator[Spark]:
    """An application that is there from the first test on: Spark gives it to every crew of this process."""
    with closing(Spark(cluster.master)) as started:
        yield started


def work_through(flow: Flow) -> None:
    for name in RUN:
        flow.read(ARRIVAL) if name == "raw_documents" else flow.work_off(name)


def tables(lake: Lake) -> dict[tuple[str, str, str], pl.DataFrame]:
    """Every table of every shard that documents have made."""
    return {
        (stage, key, path.stem): pl.read_parquet(path)
        for stage in RUN
        for key in lake.keys(stage)
        for path in (lake.root / stage / key).iterdir()
    }


def test_a_fault_of_the_program_comes_back_as_it_was(tmp_path: Path, crew: Spark):
    lake = Lake(tmp_path / "lake")
    for key in "ab":
        lake.write("raw", key, {"raw": pl.DataFrame({"doc_id": ["1", "2"]})})
    # A stage without its column fails on every document.
    tasks = [
        Task("facts", key, "pipelines.shard_functions:facts", {"clean_documents": Address("raw", key, "raw")})
        for key in "ab"
    ]
    with pytest.raises(KeyError, match="clean_text"):
        crew.work_off(tasks, lake)


def test_executors_read_and_write_a_bucket(tmp_path: Path, crew: Spark):
    seeds, root = tmp_path / "seeds", tmp_path / "lake"
    write(seeds, 6)
    settings = Settings(seeds=seeds, data=tmp_path, lake=f"s3://{BUCKET}/lake", shard_size=2)
    with closing(Flow(settings)) as flow:
        flow.read(ARRIVAL)
        flow.work_off("clean_documents")
    keys = flow.lake.keys("clean_documents")
    tasks = [
        Task(
            "facts",
            key,
            "pipelines.shard_functions:facts",
            {"clean_documents": Address("clean_documents", key, "clean_documents")},
        )
        for key in keys
    ]
    assert [outcome.key for outcome in crew.work_off(tasks, flow.lake)] == keys
    assert len(keys) == 3
    for key in keys:
        expected = facts({"clean_documents": flow.lake.read("clean_documents", key, "clean_documents")})
        assert expected["observations"].height > 0
        assert not [name for name, frame in expected.items() if not flow.lake.read("facts", key, name).equals(frame)]
    # Nothing went over a folder.
    assert [path.name for path in root.rglob("*.parquet")] == []


def test_a_worker_is_killed_and_the_rows_are_those_of_the_inline_engine(tmp_path: Path, cluster: Cluster, crew: Spark):
    seeds = tmp_path / "seeds"
    write(seeds, DOCUMENTS)
    here = Settings(seeds=seeds, data=tmp_path / "here", shard_size=max(DOCUMENTS // SHARDS, 1))
    there = here.model_copy(update={"data": tmp_path / "there", "engine": "spark", "spark_master": cluster.master})
    started = time.monotonic()
    with closing(Flow(here)) as flow:
        work_through(flow)
    print(f"inline {time.monotonic() - started:.0f} s", end=", ")
    started = time.monotonic()
    made_when_killed: list[int] = []
    with closing(Flow(there)) as flow:
        # A lake of its own: it only looks.
        killer = threading.Thread(target=kill_midway, args=(cluster, Lake(there.lake_root), made_when_killed))
        killer.start()
        work_through(flow)
        killer.join(10)
    print(f"spark {time.monotonic() - started:.0f} s", end=", ")
    count = len(flow.lake.keys(KILLED_IN))
    assert made_when_killed, "nobody was killed"
    assert 0 < made_when_killed[0] < count, "it was not midway"
    print(f"{DOCUMENTS} documents; of {count} shards, {made_when_killed[0]} were made when the worker was killed")
    ours, theirs = tables(Lake(here.lake_root)), tables(flow.lake)
    assert ours.keys() == theirs.keys()
    assert not [name for name, frame in ours.items() if not frame.equals(theirs[name])]
    assert sum(frame.height for (_, _, table), frame in ours.items() if table == "observations") > DOCUMENTS


def kill_midway(cluster: Cluster, lake: Lake, made: list[int]) -> None:
    """Kill a worker with its executor as soon as some shards of the stage are there."""
    until = time.monotonic() + 1800
    while time.monotonic() < until:
        if found := len(lake.keys(KILLED_IN)):
            worker = cluster.workers[0]
            made.append(found)
            for process_id in descendants(worker.pid):
                os.kill(process_id, signal.SIGKILL)
            return
        time.sleep(0.05)
