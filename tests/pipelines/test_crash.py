"""Killed at any moment, a run leaves one whole build behind, and the next run finishes: nothing is lost or doubled.

A child process does the work of a run, stage by stage, and says which it begins; it is killed with SIGKILL a random
moment later. Dagster is left out here: its own records are looked after by `run_under_way` (test_automation.py).
"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import PROJECT_ROOT, Settings
from pipelines.stages import STAGES
from tests.conftest import write_page

KILLS = 66
STEPS = ("scan", *STAGES, "publish")
# How long a step takes at most, so that kills fall into all of it.
MOMENT_SECONDS = {"publish": 1.2}
WORK = """
import sys
from pipelines.flow import Flow
from pipelines.publication import publish
from pipelines.settings import Settings

def say(step):
    print(step, flush=True)

flow = Flow(Settings.from_environment())
with flow.lake.lock("test"):
    flow = Flow(flow.settings)
    say("scan")
    flow.scan()
    for name in sys.argv[1:]:
        say(name)
        flow.read(flow.now()) if name == "raw_documents" else flow.work_off(name)
    say("publish")
    publish(flow)
    say("done")
"""


def child(settings: Settings) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, *STAGES]
    environment = {**settings.to_environment(), "PYTHONPATH": str(PROJECT_ROOT), "PATH": ""}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed(settings: Settings, step: str, moment: float) -> str:
    """Start the work and kill it a moment after it has begun a step; gives the step that it was really in."""
    with child(settings) as process:
        assert process.stdout is not None
        reached = ""
        for line in process.stdout:
            reached = line.strip()
            if reached == step:
                time.sleep(moment)
                break
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
    return said[-1] if said else reached


def finished(settings: Settings) -> None:
    """Do the work to its end."""
    with child(settings) as process:
        told, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert told.split()[-1] == "done"


def published(path: Path) -> list[tuple[object, ...]]:
    """What the published file says, with everything that could be doubled or half there."""
    query = """
        SELECT d.source_path, o.ref_area_name, o.value::VARCHAR, o.measure
        FROM observations o JOIN documents d USING (doc_id)
        WHERE d.status = 'current' ORDER BY ALL
    """
    with duckdb.connect(path, read_only=True) as connection:
        rows = connection.execute(query).fetchall()
        texts = connection.execute("SELECT count(*) FROM document_texts").fetchall()
        current = connection.execute("SELECT count(*) FROM documents WHERE status = 'current'").fetchall()
        assert texts == current
        failed = "SELECT count(*) FROM quality.check_results WHERE severity = 'error' AND NOT passed"
        assert connection.execute(failed).fetchall() == [(0,)]
    return rows


@pytest.mark.slow
def test_killed_at_any_moment(settings: Settings) -> None:
    chance = random.Random(2026)
    write_page(settings.seeds, "kept.txt", place="常熟市", product="2843.7")
    write_page(settings.seeds, "changing.txt", product="1000")
    finished(settings)
    before = published(settings.warehouse_path)
    reached = set()
    for number in range(KILLS):
        step = STEPS[number % len(STEPS)]
        product = str(1001 + number)
        write_page(settings.seeds, "changing.txt", product=product)
        write_page(settings.seeds, f"new-{number % 3}.txt", place="太仓市", product=str(3000 + number))
        reached.add(killed(settings, step, chance.random() * MOMENT_SECONDS.get(step, 0.05)))
        # Readers see the build before or the new one, never anything between.
        seen = published(settings.warehouse_path)
        complete = any(product in str(value) for _, _, value, _ in seen)
        assert complete or seen == before, f"after a kill in {step}"
        if number % 11 == 10 or complete:
            finished(settings)
            seen = published(settings.warehouse_path)
            assert len(seen) == len(set(seen)), "something is there twice"
            values = {
                (path, str(value).rstrip("0").rstrip(".")) for path, _, value, measure in seen if measure == "level"
            }
            assert {("changing.txt", product), ("kept.txt", "2843.7")} <= values
            before = seen
    assert reached >= {*STEPS} - {"scan"}, "some step was never killed"


@pytest.mark.slow
def test_a_shard_that_was_cut_short_is_made_again(settings: Settings) -> None:
    write_page(settings.seeds, "kept.txt", product="2843.7")
    finished(settings)
    before = published(settings.warehouse_path)
    write_page(settings.seeds, "new.txt", place="太仓市", product="1735.2")
    finished(settings)
    for stage, table in (("observations", "observations"), ("raw_documents", "rejected"), ("facts", "rankings")):
        shards = sorted((settings.lake_root / stage).rglob(f"{table}.parquet"))
        assert shards
        for shard in shards[:1]:
            shard.write_bytes(shard.read_bytes()[:100])
    write_page(settings.seeds, "newer.txt", place="江阴市", product="4960.5")
    finished(settings)
    after = published(settings.warehouse_path)
    assert len(after) == 3 * len(before)


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_file(settings: Settings) -> None:
    """A folder for the data that can hold one build, not two."""
    write_page(settings.seeds, "kept.txt", product="2843.7")
    finished(settings)
    before = published(settings.warehouse_path)
    write_page(settings.seeds, "new.txt", place="太仓市", product="1735.2")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4 << 20, 4 << 20))\n{WORK}"
    environment = {**settings.to_environment(), "PYTHONPATH": str(PROJECT_ROOT), "PATH": ""}
    command = [sys.executable, "-c", limited, *STAGES]
    stopped = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert stopped.returncode != 0
    assert published(settings.warehouse_path) == before
    finished(settings)
    assert len(published(settings.warehouse_path)) == 2 * len(before)
