"""The real `dg dev` on loopback: a file dropped in, changed and removed shows in the published file by itself.

A run by hand goes beside it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import PROJECT_ROOT, Settings
from tests.conftest import write_page
from tests.live import dagster_ui

# The aim is a minute from the drop to the query; a machine that does other work as well gets more.
PATIENCE_SECONDS = 180


@pytest.fixture
def live(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    with dagster_ui(settings, tmp_path / "dg.log"):
        yield settings


def products(settings: Settings) -> dict[str, float]:
    """The gross domestic products that are published, by place; none without a file."""
    if not settings.warehouse_path.exists():
        return {}
    query = "SELECT ref_area_name, value::DOUBLE FROM observations WHERE indicator = 'GDP' AND measure = 'level'"
    with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
        return dict(connection.execute(query).fetchall())


def until(holds: Callable[[], bool], what: str) -> float:
    """Wait until something holds; gives the seconds that it took."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < PATIENCE_SECONDS, what
        time.sleep(0.5)
    return time.monotonic() - started


@pytest.mark.slow
def test_a_dropped_changed_and_removed_file(live: Settings) -> None:
    write_page(live.seeds, "kunshan.txt", product="5140.6")
    until(lambda: products(live) == {"昆山市": 5140.6}, "the first file is not published")
    write_page(live.seeds, "jiangyin.txt", place="江阴市", product="4960.5")
    seconds = until(lambda: products(live) == {"昆山市": 5140.6, "江阴市": 4960.5}, "the second file is not published")
    print(f"from the drop to the query: {seconds:.1f} s")
    write_page(live.seeds, "kunshan.txt", product="5140.7")
    until(lambda: products(live).get("昆山市") == 5140.7, "the changed file is not published")
    # A run by hand beside the daemon's: one does the work, the other waits for it and finds nothing to do, or less.
    write_page(live.seeds, "taicang.txt", place="太仓市", product="1735.2")
    by_hand = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "run"], cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=300
    )
    assert by_hand.returncode == 0, by_hand.stdout + by_hand.stderr
    assert products(live) == {"昆山市": 5140.7, "江阴市": 4960.5, "太仓市": 1735.2}
    (live.seeds / "taicang.txt").unlink()
    (live.seeds / "jiangyin.txt").unlink()
    until(lambda: products(live) == {"昆山市": 5140.7}, "the removed file is still published")
    with duckdb.connect(live.warehouse_path, read_only=True) as connection:
        statuses = connection.execute("SELECT status, count(*) FROM documents GROUP BY ALL ORDER BY ALL").fetchall()
    assert statuses == [("current", 1), ("superseded", 1), ("withdrawn", 2)]
