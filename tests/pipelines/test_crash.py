"""Killed at any moment, a run leaves one whole build behind, and the next run finishes: nothing is lost or doubled.

A child process does the work of a run, stage by stage, and says which it begins; a random moment later it is killed
with SIGKILL, or its disk is full, or it may no longer write. Dagster is left out here: its own records are looked after
by `run_under_way` (test_automation.py).
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import PROJECT_ROOT, Settings
from pipelines.stages import STAGES
from tests.conftest import write_page
from tests.pipelines.ready import working

KILLS = 66
STEPS = ("scan", *STAGES, "publish")
# Holds one build of a few documents, not two.
SMALL = "size=24m"
# How long a step takes at most, so that kills fall into all of it.
MOMENT_SECONDS = {"publish": 1.2}
COMMAND = (sys.executable, "-m", "tests.pipelines.ready")


def child(settings: Settings, *before: str) -> subprocess.Popen[str]:
    """The work in a process that is started for it, by a command that may take something away from it."""
    return subprocess.Popen(
        [*before, *COMMAND], env=surroundings(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def surroundings(settings: Settings) -> dict[str, str]:
    return {**settings.to_environment(), "PYTHONPATH": str(PROJECT_ROOT), "PATH": ""}


def killed(settings: Settings, step: str, moment: float) -> str:
    """Start the work and kill it a moment after it has begun a step; gives the step that it was really in."""
    with working(settings) as (process, steps):
        reached = ""
        for reached in steps:
            if reached == step:
                time.sleep(moment)
                break
        process.kill()
        return [reached, *steps][-1]


def locked_out(settings: Settings, step: str) -> str:
    """Start the work and take the right to write away when it begins a step; gives the step that it ended in."""
    folders = [settings.data, *(path for path in settings.data.rglob("*") if path.is_dir())]
    with child(settings, *obeying_permissions()) as process:
        assert process.stdout is not None
        reached = ""
        for line in process.stdout:
            reached = line.strip()
            if reached == step:
                for folder in folders:
                    folder.chmod(0o555)
        process.wait(120)
    for folder in folders:
        if folder.exists():
            folder.chmod(0o755)
    return reached


def obeying_permissions() -> list[str]:
    """What makes a command obey the permissions of files: root does not, unless it gives its privilege away."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write everywhere, and there is no setpriv to give that up: nothing was tested")
    return [setpriv, "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override"]


@pytest.fixture
def small_disk(settings: Settings) -> Iterator[Path]:
    """The folder for the data as a disk of its own that can hold one build, not two."""
    settings.data.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", SMALL, "xianzhi", str(settings.data)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: nothing was tested ({mounted.stderr.strip()})")
    try:
        yield settings.data
    finally:
        subprocess.run(["umount", str(settings.data)], check=True)


def finished(settings: Settings) -> None:
    """Do the work to its end."""
    with working(settings) as (process, steps):
        assert [*steps][-1:] == ["done"]
        process.join()
        assert process.exitcode == 0


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
def test_a_full_disk_leaves_the_old_file(settings: Settings, small_disk: Path) -> None:
    write_page(settings.seeds, "kept.txt", product="2843.7")
    finished(settings)
    before = published(settings.warehouse_path)
    write_page(settings.seeds, "new.txt", place="太仓市", product="1735.2")
    with child(settings) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "No space left" in errors
    assert published(settings.warehouse_path) == before
    subprocess.run(["mount", "-o", "remount,size=500m", str(small_disk)], check=True)
    finished(settings)
    assert len(published(settings.warehouse_path)) == 2 * len(before)


@pytest.mark.slow
def test_a_file_that_may_not_grow_leaves_the_old_file(settings: Settings) -> None:
    write_page(settings.seeds, "kept.txt", product="2843.7")
    finished(settings)
    before = published(settings.warehouse_path)
    write_page(settings.seeds, "new.txt", place="太仓市", product="1735.2")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4 << 20, 4 << 20))"
    command = [sys.executable, "-c", f"{limited}\nfrom tests.pipelines.ready import main\nmain()"]
    stopped = subprocess.run(
        command, env=surroundings(settings), capture_output=True, text=True, check=False, timeout=120
    )
    assert stopped.returncode != 0
    assert published(settings.warehouse_path) == before
    finished(settings)
    assert len(published(settings.warehouse_path)) == 2 * len(before)


@pytest.mark.slow
def test_without_the_right_to_write_the_old_file_stays(settings: Settings) -> None:
    """The folder becomes read-only at the beginning of each step in turn."""
    write_page(settings.seeds, "kept.txt", place="常熟市", product="2843.7")
    finished(settings)
    before = published(settings.warehouse_path)
    for number, step in enumerate(STEPS):
        product = str(1001 + number)
        write_page(settings.seeds, "changing.txt", product=product)
        assert locked_out(settings, step) != "done", f"{step} needs no right to write"
        assert published(settings.warehouse_path) == before, f"after {step}"
        if number % 5 == 4 or step == STEPS[-1]:
            finished(settings)
            before = published(settings.warehouse_path)
            assert len(before) == len(set(before)), "something is there twice"
            values = {(path, float(str(value))) for path, _, value, measure in before if measure == "level"}
            assert {("changing.txt", float(product)), ("kept.txt", 2843.7)} <= values
