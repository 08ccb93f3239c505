"""The lake in object storage: the shards lie in a bucket, of which a folder of this machine has copies.

Belongs here: what differs where there is neither a rename nor a file to open. Does not belong here: what a lake is
(`lake.py`), or what a shard holds (`flow.py`).

    s3://bucket/prefix/<stage>/<key>/<table>.parquet
    s3://bucket/prefix/<stage>/<key>.whole

An object appears as a whole or not at all. A shard appears with its last object, the mark that it is whole, and
disappears with it: what has no mark is what a writer who was killed has left, and is made again.

State and lock stay on this machine, so one machine runs at a time; the processes and machines that it gives work to
read and write the bucket by themselves. Who may is said by the environment, as everywhere with S3: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT_URL for a store of another maker.
"""

import contextlib
import io
import os
import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.lake import Lake, is_whole

SCHEME = "s3://"
COPIES = ".copies"
MARK = ".whole"
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")


class ObjectLake(Lake):
    """Shards below one prefix of a bucket; a shard that has its mark is complete, and never changed."""

    def __init__(self, root: Path, url: str) -> None:
        super().__init__(root)
        self.url = url
        # What the published file is made from is copied, table by table; the folder may be emptied between runs.
        self.files = root / COPIES
        # Shards that were seen to be whole, by stage; those of a stage are listed once.
        self._seen: dict[str, set[str]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.root, self.url)

    @cached_property
    def _store(self) -> Any:
        """The bucket's file system; it connects when something is asked of it."""
        # Not at the top: a lake in a folder does without it.
        from pyarrow.fs import S3FileSystem, SubTreeFileSystem  # type: ignore[import-untyped]

        endpoint = next(filter(None, map(os.environ.get, ENDPOINTS)), None)
        store = S3FileSystem(endpoint_override=endpoint, allow_delayed_open=True)
        return SubTreeFileSystem(self.url.removeprefix(SCHEME).rstrip("/"), store)

    def ask(self) -> None:
        """See whether the bucket is there: a store says of one that is not that nothing lies in it.

        Raises:
            OSError: it is not, or does not answer.
        """
        from pyarrow.fs import FileType

        bucket = self.url.removeprefix(SCHEME).partition("/")[0]
        if self._store.base_fs.get_file_info(bucket).type == FileType.NotFound:
            raise FileNotFoundError(f"there is no bucket {bucket}")

    def path(self, stage: str, key: str, table: str) -> Path:
        """The Parquet file of a table of a shard: a copy on this machine, made when there is none."""
        copy = super().path(stage, key, table)
        if not copy.exists() or not is_whole(copy):
            with self._scratch() as scratch:
                with (
                    self._store.open_input_stream(_name(stage, key, table)) as there,
                    (scratch / "copy").open("wb") as to,
                ):
                    shutil.copyfileobj(there, to)
                copy.parent.mkdir(parents=True, exist_ok=True)
                os.replace(scratch / "copy", copy)
        return copy

    def has(self, stage: str, key: str) -> bool:
        """Whether the shard exists and is whole."""
        if stage not in self._seen:
            self.keys(stage)
        elif key not in self._seen[stage] and self._is_marked(stage, key):
            # Another process has made it since.
            self._seen[stage].add(key)
        return key in self._seen[stage]

    def _is_marked(self, stage: str, key: str) -> bool:
        return bool(self._store.get_file_info(f"{stage}/{key}{MARK}").is_file)

    def keys(self, stage: str) -> list[str]:
        """Keys of all whole shards of a stage, sorted."""
        found = [entry.base_name.removesuffix(MARK) for entry in self._entries(stage) if entry.is_file]
        self._seen[stage] = set(found)
        return sorted(found)

    def by_age(self, stage: str) -> list[str]:
        """Keys of all shards of a stage, the oldest first, and before them those that have no mark."""
        ages: dict[str, int] = {}
        for entry in self._entries(stage):
            key = entry.base_name.removesuffix(MARK)
            ages[key] = max(ages.get(key, 0), entry.mtime_ns or 0)
        return sorted(ages, key=lambda key: (ages[key], key))

    def _entries(self, stage: str) -> list[Any]:
        """The marks of a stage, which are files, and the folders of its shards."""
        from pyarrow.fs import FileSelector

        entries = self._store.get_file_info(FileSelector(stage, allow_not_found=True))
        return [entry for entry in entries if not entry.is_file or entry.base_name.endswith(MARK)]

    def read(self, stage: str, key: str, table: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One table of a shard, or some columns of it: of these alone it asks the store."""
        import pyarrow.parquet  # type: ignore[import-untyped]

        with self._store.open_input_file(_name(stage, key, table)) as file:
            rows = pl.from_arrow(pyarrow.parquet.ParquetFile(file).read(columns))
        assert isinstance(rows, pl.DataFrame)
        return rows

    def write(self, stage: str, key: str, tables: Mapping[str, pl.DataFrame]) -> bool:
        """Write a shard, its mark last; a shard that exists stays as it is.

        Returns:
            Whether this call made the shard.
        """
        # Not `has`: whoever makes one shard does not list all of them.
        if self._is_marked(stage, key):
            return False
        for name, frame in tables.items():
            written = io.BytesIO()
            frame.write_parquet(written)
            self._put(_name(stage, key, name), written.getvalue())
        self._put(f"{stage}/{key}{MARK}", b"")
        return True

    def _put(self, name: str, content: bytes) -> None:
        with self._store.open_output_stream(name) as there:
            there.write(content)

    def remove(self, stage: str, key: str) -> None:
        """Remove a shard, its mark first, so that nobody sees half of it; and the copies of its tables."""
        self._seen.get(stage, set()).discard(key)
        with contextlib.suppress(FileNotFoundError):
            self._store.delete_file(f"{stage}/{key}{MARK}")
        with contextlib.suppress(FileNotFoundError):
            self._store.delete_dir(f"{stage}/{key}")
        shutil.rmtree(self.folder(stage, key), ignore_errors=True)


def _name(stage: str, key: str, table: str) -> str:
    return f"{stage}/{key}/{table}.parquet"
