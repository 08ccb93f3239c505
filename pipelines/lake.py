"""The lake: Parquet shards of each stage, one folder a shard.

Belongs here: which shards exist, writing one as a whole or not at all, reading, and small JSON records of state. Does
not belong here: what a shard holds, when it is stale (`flow.py`), how it is made (`engine.py`), or a lake that lies in
object storage (`object_lake.py`).

    lake/<stage>/<key>/<table>.parquet
    lake/state/<name>.json
"""

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from filelock import FileLock, Timeout

SCRATCH = ".writing"
STATE = "state"
MAGIC = b"PAR1"
# The magic word at both ends, and the length of the footer.
MAGIC_ENDS = 12


class LakeLocked(RuntimeError):
    """Another run works in the lake; the message says which.

    Attributes:
        holder: who it is.
    """

    def __init__(self, root: Path, holder: str) -> None:
        self.holder = holder
        super().__init__(f"{root} is held by {holder}; wait for it to end, or end it")


class BrokenStateError(RuntimeError):
    """A record of state is there and cannot be read: a disk that failed, or somebody who wrote into it."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is broken: a whole run (`make run`) writes it anew")


class Address(NamedTuple):
    """Which table of which shard."""

    stage: str
    key: str
    table: str


def raw_key(doc_ids: Iterable[str]) -> str:
    """Name a raw shard by its content: 16 hex digits over its sorted document ids."""
    return sha256("\n".join(sorted(doc_ids)).encode()).hexdigest()[:16]


class Lake:
    """Shard folders below one root. A folder that has its name is complete; nothing is ever changed in place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # Below it, this machine has Parquet files of shards.
        self.files = root
        self._whole: set[Path] = set()

    def __reduce__(self) -> tuple[Any, ...]:
        # What it has seen stays here: another process looks for itself.
        return type(self), (self.root,)

    def folder(self, stage: str, key: str) -> Path:
        """Where the Parquet files of a shard are on this machine."""
        return self.files / stage / key

    def path(self, stage: str, key: str, table: str) -> Path:
        """The Parquet file of a table of a shard."""
        return self.folder(stage, key) / f"{table}.parquet"

    def has(self, stage: str, key: str) -> bool:
        """Whether the shard exists and is whole: a disk that failed or a copy that broke off may have cut it short."""
        folder = self.folder(stage, key)
        if folder not in self._whole and folder.is_dir() and all(map(is_whole, folder.iterdir())):
            self._whole.add(folder)
        return folder in self._whole

    def keys(self, stage: str) -> list[str]:
        """Keys of all whole shards of a stage, sorted."""
        with contextlib.suppress(FileNotFoundError):
            return sorted(entry.name for entry in os.scandir(self.root / stage) if self.has(stage, entry.name))
        return []

    def by_age(self, stage: str) -> list[str]:
        """Keys of all shards of a stage, damaged ones included, the oldest first."""
        with contextlib.suppress(FileNotFoundError):
            entries = [(entry.stat().st_mtime_ns, entry.name) for entry in os.scandir(self.root / stage)]
            return [name for _, name in sorted(entries)]
        return []

    def read(self, stage: str, key: str, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a shard, or some columns of it."""
        # Not as a pattern: the folder's name may hold brackets.
        return pl.read_parquet(self.path(stage, key, table), columns=columns, glob=False)

    def write(self, stage: str, key: str, tables: Mapping[str, pl.DataFrame]) -> bool:
        """Write a shard as a whole, or not at all; a shard that exists stays as it is.

        The files are written to a scratch folder and synced to the disk; one rename makes the shard visible.

        Returns:
            Whether this call made the shard.
        """
        if self.has(stage, key):
            return False
        target = self.folder(stage, key)
        with self._scratch() as scratch:
            for name, frame in tables.items():
                file = scratch / f"{name}.parquet"
                frame.write_parquet(file)
                _sync(file)
            _sync(scratch)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.replace(scratch, target)
            except OSError:
                # Another process made the same shard in the meantime: same key, same content.
                if self.has(stage, key):
                    return False
                # What is left of a damaged one makes room.
                self.remove(stage, key)
                os.replace(scratch, target)
            _sync(target.parent)
        return True

    def remove(self, stage: str, key: str) -> None:
        """Remove a shard; it disappears by one rename, so that nobody sees half of it."""
        target = self.folder(stage, key)
        self._whole.discard(target)
        if not target.is_dir():
            return
        with self._scratch() as scratch:
            os.replace(target, scratch / "removed")

    def read_state(self, name: str) -> Any:
        """A JSON record of state, or None if there is none.

        Raises:
            BrokenStateError: there is one, and it is no JSON.
        """
        file = self.state_file(name)
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError) as error:
            raise BrokenStateError(file) from error

    def state_file(self, name: str) -> Path:
        """Where a record of state is."""
        return self.root / STATE / f"{name}.json"

    def write_state(self, name: str, value: Any) -> None:
        """Replace a JSON record of state as a whole."""
        target = self.state_file(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._scratch() as scratch:
            file = scratch / "state.json"
            file.write_text(json.dumps(value, ensure_ascii=False, sort_keys=True), encoding="utf-8")
            _sync(file)
            os.replace(file, target)

    @contextlib.contextmanager
    def lock(self, holder: str, timeout: float = 600) -> Iterator[None]:
        """Hold the lake: one run at a time works in it. The lock dies with the process that holds it.

        Args:
            holder: what others are told who wait for it.
            timeout: seconds to wait for whoever holds it.

        Raises:
            LakeLocked: somebody else held it for all that time.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        sign = self.root / ".holder"
        lock = FileLock(self.root / ".lock")
        try:
            lock.acquire(timeout=timeout)
        except Timeout as error:
            name = sign.read_text(encoding="utf-8") if sign.exists() else "another process"
            raise LakeLocked(self.root, name) from error
        try:
            sign.write_text(f"{holder}, process {os.getpid()}", encoding="utf-8")
            yield
        finally:
            lock.release()

    def held_by(self) -> str | None:
        """Who holds the lake now; None where nobody does."""
        try:
            with self.lock("looking", timeout=0):
                return None
        except LakeLocked as error:
            return error.holder

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        """A folder of its own on the same file system, gone afterwards."""
        scratch = self.root / SCRATCH / uuid.uuid4().hex
        scratch.mkdir(parents=True)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def is_whole(file: Path) -> bool:
    """Whether a Parquet file ends as one does: its last bytes are the length of its footer and the magic word."""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        if size < MAGIC_ENDS:
            return False
        stream.seek(size - 8)
        footer = stream.read(8)
    return footer[4:] == MAGIC and int.from_bytes(footer[:4], "little") <= size - MAGIC_ENDS


def _sync(path: Path) -> None:
    """Hand a file's or folder's content to the disk, so that a rename never outruns it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
