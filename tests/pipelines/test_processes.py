"""Processes that die, stay warm and end; the functions in this file are imported by them."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import polars as pl
import pytest

from pipelines.engine import Outcome, Task, hire, run
from pipelines.lake import Address, Lake
from pipelines.processes import TRIES, Processes, WorkerDied
from pipelines.settings import PROJECT_ROOT

FUNCTIONS = "tests.pipelines.test_processes"
KEYS = "0123"
Tables = dict[str, pl.DataFrame]


def who(inputs: Tables) -> Tables:
    """The process, and how many threads its polars has."""
    time.sleep(0.2)  # so that no process does the work of both
    told = pl.DataFrame({"process": [os.getpid()], "threads": [pl.thread_pool_size()]})
    return {"facts": told, "rejected": pl.DataFrame()}


def dies_once(inputs: Tables, sign: Path) -> Tables:
    """Tells its process in `sign` and waits to be killed; the process after it does the work."""
    if inputs["raw"]["doc_id"][0] == "1a" and not sign.exists():
        sign.with_suffix(".new").write_text(str(os.getpid()))
        sign.with_suffix(".new").rename(sign)
        time.sleep(60)
    return {"facts": inputs["raw"], "rejected": pl.DataFrame()}


def always_dies(inputs: Tables) -> Tables:
    if inputs["raw"]["doc_id"][0] == "1a":
        os.kill(os.getpid(), signal.SIGKILL)
    return {"facts": inputs["raw"], "rejected": pl.DataFrame()}


def broken(inputs: Tables) -> Tables:
    raise RuntimeError("a fault of the program")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    for key in KEYS:
        lake.write("raw", key, {"raw": pl.DataFrame({"doc_id": [f"{key}a", f"{key}b"]})})
    return lake


def tasks(function: str, stage: str = "facts", **arguments: Path) -> list[Task]:
    inputs = {key: {"raw": Address("raw", key, "raw")} for key in KEYS}
    return [Task(stage, key, f"{FUNCTIONS}:{function}", inputs[key], arguments=arguments) for key in KEYS]


def facts(lake: Lake, stage: str = "facts") -> pl.DataFrame:
    return pl.concat(lake.read(stage, key, "facts") for key in KEYS)


def wait_for(condition, seconds: float = 30) -> None:
    """Wait until something holds; it fails where that takes too long."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to hold"
        time.sleep(0.02)


def is_there(process_id: int) -> bool:
    try:
        # A process that has ended may still wait for somebody to ask how.
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_processes_stay_for_the_next_stage_and_share_the_cores(lake: Lake):
    with Processes(2) as crew:
        run(tasks("who"), lake, crew)
        run(tasks("who", stage="next"), lake, crew)
        working = set(crew.process_ids())
    first, then = facts(lake), facts(lake, "next")
    assert set(first["process"]) == set(then["process"]) == working
    assert len(working) == 2
    assert first["threads"].to_list() == [1] * len(KEYS)
    assert not any(map(is_there, working)), "closed, they are gone"


def test_a_shard_whose_process_is_killed_is_done_again(lake: Lake, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    sign = tmp_path / "sign"
    outcomes: list[Outcome] = []
    with Processes(2) as crew:
        thread = threading.Thread(target=lambda: outcomes.extend(run(tasks("dies_once", sign=sign), lake, crew)))
        thread.start()
        wait_for(sign.exists)
        os.kill(int(sign.read_text()), signal.SIGKILL)
        thread.join(30)
    assert [outcome.key for outcome in outcomes] == list(KEYS)
    assert facts(lake)["doc_id"].to_list() == [f"{key}{letter}" for key in KEYS for letter in "ab"]
    assert caplog.messages == ["the process at shard 1 of facts died; the shard is done again"]


def test_a_shard_over_which_every_process_dies_is_named(lake: Lake):
    with Processes(2) as crew, pytest.raises(WorkerDied, match=f"{TRIES} processes died .* shard 1 of facts"):
        run(tasks("always_dies"), lake, crew)
    assert "1" not in lake.keys("facts")


def test_what_a_function_raises_comes_back(lake: Lake):
    with Processes(2) as crew, pytest.raises(RuntimeError, match="a fault of the program"):
        run(tasks("broken"), lake, crew)


PARENT = """
import sys
from pathlib import Path
from pipelines.engine import run
from pipelines.lake import Address, Lake
from pipelines.processes import Processes
from tests.pipelines.test_processes import tasks

lake = Lake(Path(sys.argv[1]))
crew = Processes(2)
if __name__ == "__main__":
    run(tasks("who"), lake, crew)
    print(*crew.process_ids(), flush=True)
    sys.stdin.read()
"""


def test_processes_end_with_a_parent_that_is_killed(lake: Lake, tmp_path: Path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    command = [sys.executable, str(script), str(lake.root)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        working = list(map(int, parent.stdout.readline().split()))
        assert len(working) == 2
        assert all(map(is_there, working))
        parent.send_signal(signal.SIGKILL)
    wait_for(lambda: not any(map(is_there, working)))


def test_one_worker_works_here():
    assert hire("processes", workers=1, spark_master="") is None
    assert hire("inline", workers=2, spark_master="") is None
