"""Putting a finished file in the place of the old one: one builder at a time, all or nothing.

Nothing here knows what is in the file.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb


class BuildBusyError(RuntimeError):
    """Another process is building the same file."""


def is_whole(target: Path) -> bool:
    """Whether the file is there and can be opened: not cut off, not overwritten, not something else of that name."""
    if not target.is_file():
        return False
    try:
        duckdb.connect(target, read_only=True).close()
    except duckdb.Error as error:
        # Somebody who writes into the file keeps others out; that says nothing against the file.
        return "lock" in str(error).lower()
    return True


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


def publish(finished: Path, target: Path) -> None:
    """Swap the finished file in. Whoever has the old one open keeps reading the old one.

    A crash before the rename leaves the old file, a crash after it the new one.
    """
    _sync(finished)
    # A log that somebody left who wrote into the published file belongs to the old file; the new one must not replay
    # it.
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
    os.replace(finished, target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
