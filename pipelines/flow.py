"""The documents of a folder on their way through the lake: which there are, and which shards are missing.

Belongs here: planning work, and finding what has been made. Does not belong here: the stages themselves (`stages.py`),
how shards are run (`engine.py`) or kept (`lake.py`), or Dagster (`assets.py`).

A document belongs to one raw shard. The key of that shard follows it through all stages, together with the version of
everything that it was made with: `<raw key>-<version>`. A stage has work where an expected key does not exist.
"""

import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import engine
from pipelines.inventory import Inventory
from pipelines.lake import Address, Lake, raw_key
from pipelines.object_lake import ObjectLake
from pipelines.patience import Bounds
from pipelines.published_build import PublishedBuild
from pipelines.settings import Settings
from pipelines.stages import KINDS, LEDGER, PUBLISHED, REFERENCE, STAGES, registry_version, version
from pipelines.versions import code_version, combine
from schemas.corrections import MATCHES, Request, load_corrections, results
from schemas.tables import TABLES

# Folders of the lake beside those of the stages.
ARRIVALS = "arrivals"
REFERENCE_TABLES = "reference"
# Record of state: the documents that the last run saw.
SEEN = "seen"
# The table of a shard of published rows that counts for the asset checks.
CHECKS = "checks"


@dataclass(frozen=True)
class Report:
    """What one stage did in one run.

    Attributes:
        shards: shards of the documents that are there.
        made: those of them that were missing and have been made.
        documents: documents in the shards made.
        failed: documents that the stage could not digest.
        seconds: time taken.
    """

    shards: int
    made: int
    documents: int
    failed: int
    seconds: float

    @property
    def worked(self) -> bool:
        """Whether there was anything to do."""
        return self.made > 0

    def describe(self) -> str:
        """Such as `2 of 7 shards made, 31 documents`."""
        if not self.worked:
            return f"nothing to do: all {self.shards} shards are up to date"
        return f"{self.made} of {self.shards} shards made, {self.documents} documents"


class Flow:
    """The documents of a folder on their way through the lake.

    Attributes:
        published: what is known of the published build.
        findings: what checks have found in the rows of each published table; `publication.py` fills it in, and another
            look at the folder, or a stage's work, empties it.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lake = ObjectLake(settings.lake_root, settings.lake) if settings.lake else Lake(settings.lake_root)
        self._inventory: Inventory | None = None
        self.corrections = load_corrections(settings.corrections_path)
        self.findings: dict[str, list[Any]] = {}
        self.published = PublishedBuild(self)
        self._known: dict[str, frozenset[str]] = {}
        self._members: dict[str, list[str]] | None = None
        # They stay warm from one stage to the next.
        self._crew: engine.Crew | None = None

    @staticmethod
    def now() -> datetime:
        """The time in UTC, without a zone: that of arrivals."""
        return datetime.now(UTC).replace(tzinfo=None)

    # Which documents there are ---------------------------------------------------------------------------------------

    @property
    def inventory(self) -> Inventory:
        """The documents that this is about: those that the last run saw, until `scan` looks again.

        Raises:
            BrokenStateError: what it saw cannot be read. As if there were none, a build would withdraw all documents;
                with those of the folder, it would count as made of some that were never read.
        """
        if self._inventory is None:
            self._inventory = Inventory.load(self.lake, SEEN)
        return self._inventory

    def scan(self) -> Inventory:
        """Look at the seeds folder; what is found is what this flow is about, until it is saved and scanned again."""
        self._inventory = Inventory.scan(self.settings.seeds)
        self._members = None
        self.findings.clear()
        return self._inventory

    def raw_version(self) -> str:
        """Version of the raw shards; the limits count, so that a higher one lets refused files in."""
        return combine(version("raw_documents"), *map(str, self.settings.limits.values()))

    def members(self) -> dict[str, list[str]]:
        """The raw keys in use, each with those of its documents that are still there."""
        if self._members is None:
            self._members = self._find_members()
        return self._members

    def _find_members(self) -> dict[str, list[str]]:
        waiting = set(self.inventory.paths)
        members: dict[str, list[str]] = {}
        suffix = f"-{self.raw_version()}"
        for key in self.lake.keys("raw_documents"):
            if key.endswith(suffix) and (here := sorted(waiting & self._documents_of(key))):
                members[key.removesuffix(suffix)] = here
                waiting.difference_update(here)
        return members

    def _documents_of(self, key: str) -> frozenset[str]:
        """The documents of a raw shard, read or refused."""
        if key not in self._known:
            tables = ("raw_documents", "rejected")
            parts = [self.lake.read("raw_documents", key, table, ["doc_id"]) for table in tables]
            self._known[key] = frozenset(pl.concat(parts)["doc_id"])
        return self._known[key]

    # Work ------------------------------------------------------------------------------------------------------------

    def read(self, now: datetime) -> Report:
        """Read the files whose bytes are in no raw shard yet.

        Args:
            now: time of arrival of documents that were never seen before, UTC without a zone.
        """
        started = time.perf_counter()
        inventory = self.scan()
        inventory.save(self.lake, SEEN)
        known = {doc_id for doc_ids in self.members().values() for doc_id in doc_ids}
        missing = sorted(inventory.paths.keys() - known)
        size = self.settings.shard_size
        chunks = [missing[start : start + size] for start in range(0, len(missing), size)]
        arrived = self._arrived() if missing else {}
        outcomes = self._run([self._arrival(chunk, arrived, now) for chunk in chunks])
        for outcome, chunk in zip(outcomes, chunks, strict=True):
            if len(self._documents_of(outcome.key)) < len(chunk):
                self._settle(outcome.key)
        self._members = None
        self.findings.clear()
        return self._report(len(self.members()), outcomes, len(missing), started)

    def requests(self, name: str, doc_ids: Iterable[str]) -> tuple[Request, ...]:
        """The corrections that a stage has to look at for a shard with these documents."""
        if name not in (*KINDS, LEDGER) or not self.corrections:
            return ()
        here = set(doc_ids)
        found = []
        for correction in self.corrections:
            if name not in (correction.table, LEDGER):
                continue
            if correction.document is None:
                found.append(Request(correction, None))
            elif meant := tuple(doc_id for doc_id in self._meant(correction.document) if doc_id in here):
                found.append(Request(correction, meant))
        return tuple(found)

    def _meant(self, document: str) -> list[str]:
        """The documents that a correction names: by path, by file name, or by the beginning of their id."""
        by_id = re.fullmatch("[0-9a-f]{8,64}", document) is not None
        return [
            doc_id
            for doc_id, paths in self.inventory.paths.items()
            if any(path == document or path.rsplit("/", 1)[-1] == document for path in paths)
            or (by_id and doc_id.startswith(document))
        ]

    def work_off(self, name: str) -> Report:
        """Make the shards that a stage is missing."""
        started = time.perf_counter()
        stage, members = STAGES[name], self.members()
        missing = {key: ids for key, ids in members.items() if not self.lake.has(name, self.key(name, key))}
        self.findings.pop(name, None)
        tasks = [
            engine.Task(
                name,
                self.key(name, key),
                stage.function,
                {table: Address(before, self.key(before, key), table) for before, table in stage.inputs},
                self.reference() if name in PUBLISHED else {},
                {"corrections": self.requests(name, ids)} if name in KINDS else {},
                Bounds(self.settings.max_read_seconds, self.settings.max_read_memory),
            )
            for key, ids in missing.items()
        ]
        return self._report(len(members), self._run(tasks), sum(map(len, missing.values())), started)

    def reference(self) -> dict[str, Address]:
        """Where the registry's tables are; they are made when the registry has changed."""
        key = self.reference_key()
        if not self.lake.has(REFERENCE_TABLES, key):
            from pipelines.validation import reference_tables

            self.lake.write(REFERENCE_TABLES, key, reference_tables())
        return {name: Address(REFERENCE_TABLES, key, name) for name in REFERENCE}

    @staticmethod
    def reference_key() -> str:
        """Version of the registry's tables."""
        return combine(registry_version(), code_version("pipelines.validation"), code_version("schemas"))

    def key(self, name: str, key: str) -> str:
        """The key of a raw shard in a stage, for the code, the registry and the corrections of today."""
        if name == "raw_documents":
            return f"{key}-{self.raw_version()}"
        requests = self.requests(name, self._documents_of(self.key("raw_documents", key))) if self.corrections else ()
        return f"{key}-{combine(version(name), *map(str, requests)) if requests else version(name)}"

    def missing(self) -> dict[str, int]:
        """How many shards each stage after reading would have to make now."""
        members = self.members()
        names = [name for name in STAGES if name != "raw_documents"]
        return {name: sum(not self.lake.has(name, self.key(name, key)) for key in members) for name in names}

    def _run(self, tasks: list[engine.Task]) -> list[engine.Outcome]:
        if tasks and self._crew is None:
            self._crew = engine.hire(self.settings.engine, self.settings.workers, self.settings.spark_master)
        return engine.run(tasks, self.lake, self._crew)

    def close(self) -> None:
        """End the processes that made shards, or leave the cluster."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None

    @staticmethod
    def _report(shards: int, outcomes: list[engine.Outcome], documents: int, started: float) -> Report:
        failed = sum(len(outcome.failed) for outcome in outcomes)
        return Report(shards, len(outcomes), documents, failed, time.perf_counter() - started)

    def _arrival(self, doc_ids: list[str], arrived: dict[str, tuple[datetime, str]], now: datetime) -> engine.Task:
        """Note which files make up a raw shard, and the task to read them."""
        batch, inventory = raw_key(doc_ids), self.inventory
        key = self.key("raw_documents", batch)
        arrivals = [arrived.get(doc_id, (now, batch)) for doc_id in doc_ids]
        files = pl.DataFrame(
            {
                "doc_id": doc_ids,
                # As bytes: a name out of a Chinese archive need not be text.
                "file": [os.fsencode(inventory.files[doc_id]) for doc_id in doc_ids],
                "source_path": [inventory.paths[doc_id][0] for doc_id in doc_ids],
                "ingested_at": [ingested_at for ingested_at, _ in arrivals],
                "batch": [batch for _, batch in arrivals],
            },
            schema_overrides={"ingested_at": pl.Datetime("us")},
        )
        # What a run that broke off planned may name files that have moved since.
        self.lake.remove(ARRIVALS, key)
        self.lake.write(ARRIVALS, key, {"files": files})
        inputs, limits = {"files": Address(ARRIVALS, key, "files")}, self.settings.limits
        return engine.Task("raw_documents", key, STAGES["raw_documents"].function, inputs, arguments=limits)

    def _arrived(self) -> dict[str, tuple[datetime, str]]:
        """Time and batch of the first arrival of every document; they stay when a new reader reads it again."""
        first: dict[str, tuple[datetime, str]] = {}
        for key in self.lake.keys(ARRIVALS):
            files = self.lake.read(ARRIVALS, key, "files").select("doc_id", "ingested_at", "batch")
            for doc_id, ingested_at, batch in files.iter_rows():
                first[doc_id] = min(first.get(doc_id, (ingested_at, batch)), (ingested_at, batch))
        return first

    def _settle(self, key: str) -> None:
        """Give a raw shard the key of what it holds, when files were changed or removed while it was read."""
        tables = {name: self.lake.read("raw_documents", key, name) for name in ("raw_documents", "rejected")}
        doc_ids = self._known.pop(key)
        self.lake.remove("raw_documents", key)
        if doc_ids:
            self.lake.write("raw_documents", self.key("raw_documents", raw_key(doc_ids)), tables)

    # What is there ---------------------------------------------------------------------------------------------------

    def rows(self, stage: str, table: str | None = None) -> pl.LazyFrame | None:
        """The rows of a stage's table for the documents that are there, shard by shard; None without documents.

        Args:
            stage: the stage.
            table: one of its tables; the one that it is named for by default.

        Raises:
            LookupError: a shard is missing: the stage has not been run for these documents.
        """
        table = table or STAGES[stage].table or stage
        whole, parts = [], []
        for path, (key, doc_ids) in zip(self.paths(stage, table), self.members().items(), strict=True):
            # Nearly all shards are as they were made: their rows are counted without being read.
            if table == CHECKS or len(doc_ids) == len(self._documents_of(self.key("raw_documents", key))):
                whole.append(path)
            else:
                parts.append(pl.scan_parquet(path, glob=False).filter(pl.col("doc_id").is_in(doc_ids)))
        if whole:
            parts.append(pl.scan_parquet(whole, glob=False))
        return pl.concat(parts) if parts else None

    def paths(self, stage: str, table: str | None = None) -> list[Path]:
        """The Parquet files of a stage's table; they may also hold documents that are no longer there.

        Raises:
            LookupError: a shard is missing: the stage has not been run for these documents.
        """
        keys = [self.key(stage, key) for key in self.members()]
        if not all(self.lake.has(stage, key) for key in keys):
            raise LookupError(f"{stage} has not been made for the documents that are there: materialize it first")
        return [self.lake.path(stage, key, table or STAGES[stage].table or stage) for key in keys]

    def correction_results(self) -> pl.DataFrame:
        """Rows of `quality.corrections`: every correction with what came of it.

        Raises:
            LookupError: a shard is missing.
        """
        if not self.corrections:
            return TABLES["quality.corrections"].empty()
        parts = [
            pl.read_parquet(path, glob=False).filter(pl.col("doc_id").is_null() | pl.col("doc_id").is_in(doc_ids))
            for name in KINDS
            for path, doc_ids in zip(self.paths(name, "corrections"), self.members().values(), strict=True)
        ]
        return results(self.corrections, pl.concat(parts) if parts else pl.DataFrame(schema=MATCHES))
