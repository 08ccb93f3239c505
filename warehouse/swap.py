"""Putting a finished file in the place of the old one: one builder at a time, all or nothing.

Nothing here knows what is in the file, but for the shards that its views read: without them it is not whole.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.shards import shards_of

BUILDS = "builds"


class BuildBusyError(RuntimeError):
    """Another process is building the same file."""


class DamagedBuildError(RuntimeError):
    """A build that was kept cannot be opened."""


def is_whole(target: Path) -> bool:
    """Whether the file is there and can be opened: not cut off, not overwritten, not something else of that name.

    The shards that its views read must be there as well.
    """
    if not target.is_file():
        return False
    try:
        return all(path.exists() for path in _read_by(target))
    except duckdb.Error as error:
        # Somebody who writes into the file keeps others out; that says nothing against the file.
        return "lock" in str(error).lower()


def _read_by(build: Path) -> list[Path]:
    with duckdb.connect(build, read_only=True) as connection:
        return shards_of(connection)


def shards_in_use(target: Path) -> set[Path]:
    """The shards that the views of the published file or of a build before it read.

    Raises:
        duckdb.Error: One of the files cannot be opened: it is damaged, or somebody writes into it.
    """
    return {path for build in (target, *builds_before(target)) if build.exists() for path in _read_by(build)}


def next_path(target: Path) -> Path:
    """Where the next file is built: beside the target, so that one rename swaps it in."""
    return target.with_name(f"{target.name}.next")


def scratch_path(target: Path) -> Path:
    """Where DuckDB may spill while it sorts more than fits into memory."""
    return target.with_name(f"{target.name}.next.tmp")


@contextlib.contextmanager
def building(target: Path) -> Iterator[Path]:
    """Hold the right to build the target, and clear away what an earlier crash left behind.

    Yields:
        Where to build the next file. What is still there at the end, because the build failed, is removed.

    Raises:
        BuildBusyError: Another process holds the right.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = target.with_name(f"{target.name}.lock")
    with lock.open("a+", encoding="utf-8") as handle:
        try:
            # The system gives the lock back when the process ends, however it ends.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read().strip() or "unknown"
            raise BuildBusyError(f"{target} is being built by process {holder}; wait for it and build again") from error
        handle.seek(0)
        handle.truncate()
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        _clear(target)
        try:
            yield next_path(target)
        finally:
            _clear(target)


def _clear(target: Path) -> None:
    unfinished = next_path(target)
    for path in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
        path.unlink(missing_ok=True)
    shutil.rmtree(scratch_path(target), ignore_errors=True)


def builds_before(target: Path) -> list[Path]:
    """The builds before the published one that were kept, the newest first."""
    return sorted(target.with_name(BUILDS).glob("*.duckdb"), reverse=True)


def _keep(target: Path, keep: int) -> None:
    """Give the published file a second name among the builds before; it takes no space of its own until replaced."""
    folder = target.with_name(BUILDS)
    # A damaged file is worth nothing, and would drive a good build out.
    if keep and is_whole(target):
        folder.mkdir(exist_ok=True)
        written = datetime.fromtimestamp(target.stat().st_mtime_ns / 1e9, UTC)
        with contextlib.suppress(FileExistsError):
            os.link(target, folder / f"{written:%Y-%m-%dT%H-%M-%S.%fZ}.duckdb")
    for path in builds_before(target)[keep:]:
        path.unlink(missing_ok=True)


def publish(finished: Path, target: Path, keep: int = 0) -> None:
    """Swap the finished file in. Whoever has the old one open keeps reading the old one.

    A crash before the rename leaves the old file, a crash after it the new one.

    Args:
        finished: The finished file.
        target: The published file.
        keep: How many of the builds before stay in the folder `builds` beside it.
    """
    _sync(finished)
    _keep(target, keep)
    # A log that somebody left who wrote into the published file belongs to the old file; the new one must not replay
    # it.
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
    os.replace(finished, target)
    _sync(target.parent)


def restore(build: Path, target: Path) -> None:
    """Put an earlier build in the place of the published file, which is kept in its turn.

    Raises:
        BuildBusyError: Another process is building the file.
        DamagedBuildError: The build cannot be opened; the published file stays.
    """
    if not is_whole(build):
        raise DamagedBuildError(f"{build} is damaged and cannot be brought back; the published file stays as it is")
    with building(target) as unfinished:
        shutil.copyfile(build, unfinished)
        publish(unfinished, target, keep=len(builds_before(target)) + 1)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
