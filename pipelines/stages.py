"""The stages between a file and a published table: what each needs, what it makes, and which of its shards are missing.

Belongs here: the list of stages, their versions, and the planning of work. Does not belong here: what a stage does to a
shard (`shard_functions.py` and the packages behind it), how shards are run (`engine.py`) or kept (`lake.py`), or
Dagster (`assets.py`).

A document belongs to one raw shard. The key of that shard follows it through all stages, together with the version of
everything that it was made with: `<raw key>-<version>`. A stage has work where an expected key does not exist.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl

from pipelines import engine
from pipelines.inventory import Inventory
from pipelines.lake import Lake, raw_key
from pipelines.settings import Settings
from pipelines.versions import code_version, combine, folder_version
from schemas.registry import FOLDER

ARRIVALS = "arrivals"
SEEN = "seen"
PUBLISHED_STATE = "published"
PUBLISHED_INVENTORY = "published_inventory"
CHECKS = "checks"
REFERENCE_STAGE = "reference"
# The registry's tables, as they are published.
REFERENCE = ("places", "unit_measures", "units", "indicators")


@dataclass(frozen=True)
class Stage:
    """One step of the flow.

    Attributes:
        name: its name in the lake, and the key of its asset.
        group: the stage of the house that it belongs to: reading, cleaning, extraction, validation.
        inputs: the (stage, table) pairs that it reads; the first one names the documents.
        packages: what its own code consists of.
        registry: whether it looks things up in the registry.
        table: the table that its rows are counted in; the one that it is named for if None.
    """

    name: str
    group: str
    inputs: tuple[tuple[str, str], ...]
    packages: tuple[str, ...]
    registry: bool = True
    table: str | None = None

    @property
    def function(self) -> str:
        """Dotted name of the function that makes a shard."""
        return f"pipelines.shard_functions:{self.name}"


def _published(name: str, *inputs: tuple[str, str]) -> Stage:
    """A stage that validates the rows of one published table."""
    return Stage(name, "validation", inputs, ("pipelines.validation", "schemas"))


RAW = ("raw_documents", "raw_documents")
CLEAN = ("clean_documents", "clean_documents")

STAGES: dict[str, Stage] = {
    stage.name: stage
    for stage in (
        Stage("raw_documents", "reading", (), ("pipelines.reading", "schemas.documents"), registry=False),
        Stage("clean_documents", "cleaning", (RAW,), ("pipelines.cleaning", "schemas.documents")),
        Stage("facts", "extraction", (CLEAN,), ("pipelines.extraction", "schemas.facts"), table="observations"),
        _published(
            "documents", RAW, CLEAN, *(("facts", name) for name in ("document_profiles", "observations", "rankings"))
        ),
        _published("document_texts", RAW),
        _published("observations", RAW, ("facts", "observations")),
        _published("rankings", RAW, ("facts", "rankings")),
        # The ledger tells what became of each number: it waits for the facts that were let through.
        _published(
            "number_ledger", RAW, ("facts", "number_ledger"), *((name, name) for name in ("observations", "rankings"))
        ),
    )
}
PUBLISHED = tuple(stage.name for stage in STAGES.values() if stage.group == "validation")


def registry_version() -> str:
    """Version of the reference data, without the second that it takes to load it."""
    return folder_version(FOLDER, "*.csv")


@cache
def version(name: str) -> str:
    """Version of everything that a stage's shards are made with: its code, the registry, and all stages before it."""
    stage = STAGES[name]
    parts = [code_version(package) for package in (*stage.packages, "pipelines.shard_functions")]
    parts += [registry_version()] if stage.registry else []
    parts += sorted({version(before) for before, _ in stage.inputs})
    return combine(*parts)


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
    """The documents of a folder on their way through the stages of a lake.

    Attributes:
        inventory: the documents that this is about: those that the last run saw, until `scan` looks again.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lake = Lake(settings.lake_root)
        self.inventory = Inventory.load(self.lake, SEEN)
        self._known: dict[str, frozenset[str]] = {}

    @staticmethod
    def now() -> datetime:
        """The time of arrival of what is new; no other clock is looked at."""
        return datetime.now(UTC)

    # Which documents there are ---------------------------------------------------------------------------------------

    def scan(self) -> Inventory:
        """Look at the seeds folder; what is found is what this flow is about, until it is saved and scanned again."""
        self.inventory = Inventory.scan(self.settings.seeds)
        return self.inventory

    def raw_version(self) -> str:
        """Version of the raw shards; the limits count, so that a higher one lets refused files in."""
        return combine(version("raw_documents"), str(self.settings.max_file_bytes))

    def members(self) -> dict[str, list[str]]:
        """The raw keys in use, each with those of its documents that are still there."""
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
            parts = [self.lake.read("raw_documents", key, table)["doc_id"] for table in ("raw_documents", "rejected")]
            self._known[key] = frozenset(pl.concat(parts))
        return self._known[key]

    # Work ------------------------------------------------------------------------------------------------------------

    def read(self, now: datetime) -> Report:
        """Read the files whose bytes are in no raw shard yet.

        Args:
            now: time of arrival of documents that were never seen before, UTC.
        """
        started = time.perf_counter()
        inventory = self.scan()
        inventory.save(self.lake, SEEN)
        known = {doc_id for doc_ids in self.members().values() for doc_id in doc_ids}
        missing = sorted(inventory.paths.keys() - known)
        size = self.settings.shard_size
        chunks = [missing[start : start + size] for start in range(0, len(missing), size)]
        outcomes = self._run([self._arrival(chunk, inventory, now) for chunk in chunks])
        for outcome, chunk in zip(outcomes, chunks, strict=True):
            if len(self._documents_of(outcome.key)) < len(chunk):
                self._settle(outcome.key)
        return self._report(len(self.members()), outcomes, len(missing), started)

    def work_off(self, name: str) -> Report:
        """Make the shards that a stage is missing."""
        started = time.perf_counter()
        stage, members = STAGES[name], self.members()
        missing = {key: ids for key, ids in members.items() if not self.lake.has(name, self.key(name, key))}
        tasks = [
            engine.Task(
                name,
                self.key(name, key),
                stage.function,
                {table: self.lake.path(before, self.key(before, key), table) for before, table in stage.inputs},
                {"reference": self.reference()} if missing and name in PUBLISHED else {},
            )
            for key in missing
        ]
        return self._report(len(members), self._run(tasks), sum(map(len, missing.values())), started)

    def reference(self) -> dict[str, Path]:
        """The Parquet files of the registry's tables, made when the registry has changed."""
        key = combine(registry_version(), code_version("pipelines.validation"), code_version("schemas"))
        if not self.lake.has(REFERENCE_STAGE, key):
            from pipelines.validation import reference_tables

            self.lake.write(REFERENCE_STAGE, key, reference_tables())
        return {name: self.lake.path(REFERENCE_STAGE, key, name) for name in REFERENCE}

    def key(self, name: str, key: str) -> str:
        """The key of a raw shard in a stage, for the code and registry of today."""
        return f"{key}-{self.raw_version() if name == 'raw_documents' else version(name)}"

    def missing(self) -> dict[str, int]:
        """How many shards each stage after reading would have to make now."""
        members = self.members()
        names = [name for name in STAGES if name != "raw_documents"]
        return {name: sum(not self.lake.has(name, self.key(name, key)) for key in members) for name in names}

    def _run(self, tasks: list[engine.Task]) -> list[engine.Outcome]:
        return engine.run(tasks, self.lake, self.settings.engine, self.settings.workers)

    @staticmethod
    def _report(shards: int, outcomes: list[engine.Outcome], documents: int, started: float) -> Report:
        failed = sum(len(outcome.failed) for outcome in outcomes)
        return Report(shards, len(outcomes), documents, failed, time.perf_counter() - started)

    def _arrival(self, doc_ids: list[str], inventory: Inventory, now: datetime) -> engine.Task:
        """Note which files make up a raw shard, and the task to read them.

        A document keeps the time and batch of its first arrival when a new reader reads it again.
        """
        batch = raw_key(doc_ids)
        key = self.key("raw_documents", batch)
        files = pl.DataFrame(
            {
                "doc_id": doc_ids,
                "file": [str(inventory.files[doc_id]) for doc_id in doc_ids],
                "source_path": [inventory.paths[doc_id][0] for doc_id in doc_ids],
                "ingested_at": [now.replace(tzinfo=None)] * len(doc_ids),
                "batch": [batch] * len(doc_ids),
            },
            schema_overrides={"ingested_at": pl.Datetime("us")},
        )
        first = (
            pl.col("ingested_at").fill_null(pl.col("ingested_at_now")),
            pl.col("batch").fill_null(pl.col("batch_now")),
        )
        earlier = self.lake.scan(ARRIVALS, self.lake.keys(ARRIVALS), "files")
        if earlier is not None:
            before = (
                earlier.sort("ingested_at")
                .unique("doc_id", keep="first", maintain_order=True)
                .select("doc_id", "ingested_at", "batch")
                .collect()
            )
            files = (
                files.rename({"ingested_at": "ingested_at_now", "batch": "batch_now"})
                .join(before, on="doc_id", how="left", maintain_order="left")
                .with_columns(*first)
                .drop("ingested_at_now", "batch_now")
            )
        # What a run that broke off planned may name files that have moved since.
        self.lake.remove(ARRIVALS, key)
        self.lake.write(ARRIVALS, key, {"files": files})
        limits = {"max_file_bytes": self.settings.max_file_bytes}
        inputs = {"files": self.lake.path(ARRIVALS, key, "files")}
        return engine.Task("raw_documents", key, STAGES["raw_documents"].function, inputs, limits)

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
        parts = []
        for path, doc_ids in zip(self.paths(stage, table), self.members().values(), strict=True):
            rows = pl.scan_parquet(path)
            parts.append(rows if table == CHECKS else rows.filter(pl.col("doc_id").is_in(doc_ids)))
        return pl.concat(parts) if parts else None

    def paths(self, stage: str, table: str | None = None) -> list[Path]:
        """The Parquet files of a stage's table; they may also hold documents that are no longer there.

        Raises:
            LookupError: a shard is missing: the stage has not been run for these documents.
        """
        paths = [
            self.lake.path(stage, self.key(stage, key), table or STAGES[stage].table or stage) for key in self.members()
        ]
        if not all(path.exists() for path in paths):
            raise LookupError(f"{stage} has not been made for the documents that are there: materialize it first")
        return paths

    # What is published -----------------------------------------------------------------------------------------------

    def build_key(self) -> str:
        """Checksum of everything that a build from these documents is made of: 12 hex digits."""
        code = code_version("warehouse", "pipelines.publication", "pipelines.checks")
        return combine(self.inventory.fingerprint, self.raw_version(), *map(version, PUBLISHED), code)

    def published_key(self) -> str | None:
        """The same of the published build; None when there is none."""
        published = self.lake.read_state(PUBLISHED_STATE)
        return published["key"] if published and self.settings.warehouse_path.exists() else None

    def published_inventory(self) -> Inventory:
        """The documents of the published build."""
        return Inventory.load(self.lake, PUBLISHED_INVENTORY)

    def note_published(self) -> None:
        """Remember that the published build is made of these documents and this code."""
        self.inventory.save(self.lake, PUBLISHED_INVENTORY)
        self.lake.write_state(PUBLISHED_STATE, {"key": self.build_key()})
