"""Readers are never disturbed, builders never meet, crashes leave the old file: with real processes."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from tests.validation.rows import row, typed
from tests.warehouse.world import built, rows_of
from warehouse.swap import BuildBusyError, DamagedBuildError, building, builds_before, is_whole, next_path, restore

SECOND = {"rankings": typed("rankings", row("rankings", rank=2))}
RANK = "SELECT rank FROM rankings"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "xianzhi.duckdb"


def process(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another Python process; it waits for a line on its standard input wherever the code reads one."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def line(other: subprocess.Popen[str]) -> str:
    assert other.stdout is not None
    return other.stdout.readline().strip()


def go_on(other: subprocess.Popen[str]) -> None:
    assert other.stdin is not None
    other.stdin.write("\n")
    other.stdin.flush()


READER = """
    import sys, duckdb
    connection = duckdb.connect(sys.argv[1], read_only=True)
    for _ in range(2):
        print(connection.execute("SELECT rank FROM rankings").fetchone()[0], flush=True)
        sys.stdin.readline()
"""


def test_a_reader_in_another_process_keeps_what_it_opened(target: Path) -> None:
    built(target)
    with process(READER, target) as reader:
        assert line(reader) == "1"
        built(target, **SECOND)
        # Whoever opens the file now sees the new build; the open connection goes on with the old one.
        assert rows_of(target, RANK) == [(2,)]
        go_on(reader)
        assert line(reader) == "1"
        go_on(reader)
    assert reader.returncode == 0


def test_ten_readers_are_not_disturbed_by_a_swap(target: Path) -> None:
    built(target)
    readers = [process(READER, target) for _ in range(10)]
    assert [line(reader) for reader in readers] == ["1"] * 10
    built(target, **SECOND)
    for reader in readers:
        go_on(reader)
    assert [line(reader) for reader in readers] == ["1"] * 10
    for reader in readers:
        go_on(reader)
        assert reader.wait(20) == 0


HOLDER = """
    import sys
    from pathlib import Path
    from warehouse.swap import building
    with building(Path(sys.argv[1])) as unfinished:
        unfinished.write_bytes(b"half a file")
        Path(f"{unfinished}.wal").write_bytes(b"half a log")
        print("holding", flush=True)
        sys.stdin.readline()
"""


def test_a_second_builder_is_told_who_is_building(target: Path) -> None:
    built(target)
    with process(HOLDER, target) as holder:
        assert line(holder) == "holding"
        with pytest.raises(BuildBusyError, match=f"process {holder.pid}"):
            built(target, **SECOND)
        # The other one's unfinished file is left alone.
        assert next_path(target).read_bytes() == b"half a file"
        go_on(holder)
    built(target, **SECOND)
    assert rows_of(target, RANK) == [(2,)]


def test_what_a_killed_builder_left_behind_is_cleared_away(target: Path) -> None:
    built(target)
    with process(HOLDER, target) as holder:
        assert line(holder) == "holding"
        holder.send_signal(signal.SIGKILL)
    assert next_path(target).exists()
    assert rows_of(target, RANK) == [(1,)]
    built(target, **SECOND)
    assert rows_of(target, RANK) == [(2,)]
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "documents_seen.parquet",
        "rejected_seen.parquet",
        "xianzhi.duckdb",
        "xianzhi.duckdb.lock",
    ]


def test_a_failing_builder_leaves_nothing_but_the_old_file(target: Path) -> None:
    def fail() -> None:
        with building(target) as unfinished:
            unfinished.write_bytes(b"half a file")
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk"):
        fail()
    assert [path.name for path in target.parent.iterdir()] == ["xianzhi.duckdb.lock"]


WRITER = """
    import os, sys, duckdb
    connection = duckdb.connect(sys.argv[1])
    connection.execute("SET checkpoint_threshold = '1GB'")
    connection.execute("CREATE TABLE notes (text VARCHAR)")
    connection.execute("INSERT INTO notes VALUES ('mine')")
    print("written", flush=True)
    os._exit(1)
"""


def test_the_log_of_somebody_who_wrote_into_the_file_does_not_reach_the_new_one(target: Path) -> None:
    built(target)
    with process(WRITER, target) as writer:
        assert line(writer) == "written"
    assert Path(f"{target}.wal").exists()
    built(target, **SECOND)
    assert rows_of(target, RANK) == [(2,)]
    with duckdb.connect(target, read_only=True) as connection:
        assert ("notes",) not in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()


def test_only_a_file_that_opens_is_whole(target: Path) -> None:
    assert not is_whole(target)
    target.write_bytes(b"cut off")
    assert not is_whole(target)
    target.unlink()
    duckdb.connect(target).close()
    assert is_whole(target)


def test_builds_before_are_kept_and_can_be_brought_back(target: Path) -> None:
    for rank in (1, 2, 3, 4):
        built(target, rankings=typed("rankings", row("rankings", rank=rank)), keep=2)
    kept = builds_before(target)
    assert [rows_of(path, RANK) for path in kept] == [[(3,)], [(2,)]]
    restore(kept[1], target)
    assert rows_of(target, RANK) == [(2,)]
    # What was published is not lost by it.
    assert (4,) in [rows_of(path, RANK)[0] for path in builds_before(target)]


def test_a_damaged_build_is_neither_kept_nor_brought_back(target: Path) -> None:
    built(target, keep=2)
    built(target, keep=2, **SECOND)
    [kept] = builds_before(target)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:5000])
    with pytest.raises(DamagedBuildError, match="stays as it is"):
        restore(kept, target)
    assert rows_of(target, RANK) == [(2,)]
    kept.write_bytes(whole)
    target.write_bytes(whole[:5000])
    built(target, keep=2)
    assert builds_before(target) == [kept]


def test_without_keeping_there_are_no_builds_before(target: Path) -> None:
    built(target)
    built(target, **SECOND)
    assert builds_before(target) == []


def test_a_file_is_opened_without_the_schemas() -> None:
    """They take a second to load, and whoever only asks the file has no use for them."""
    loaded = "import sys, warehouse.swap, pipelines.sql_prompt; print('pandera' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
