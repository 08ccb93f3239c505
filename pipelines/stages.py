"""The stages between a file and a published table: what each needs, and what it is made with.

Belongs here: the list of stages with their versions. Does not belong here: what a stage does to a shard
(`shard_functions.py` and the packages behind it), or which shards are missing (`flow.py`).
"""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as library_version

from pipelines.versions import code_version, combine, folder_version
from schemas.registry import FOLDER
from schemas.tables import FACT_TABLES

# The registry's tables, as they are published.
REFERENCE = ("places", "unit_measures", "units", "indicators", "cross_checks")


@dataclass(frozen=True)
class Stage:
    """One step of the flow.

    Attributes:
        name: its name in the lake, and the key of its asset.
        group: the stage of the house that it belongs to: reading, cleaning, extraction, validation.
        inputs: the (stage, table) pairs that it reads; the first one names the documents.
        packages: what its own code consists of.
        libraries: distributions whose version changes what it gives.
        registry: whether it looks things up in the registry.
        table: the table that its rows are counted in; the one that it is named for if None.
        worker: the function that makes its shards; the one that is called like the stage if None.
    """

    name: str
    group: str
    inputs: tuple[tuple[str, str], ...]
    packages: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    registry: bool = True
    table: str | None = None
    worker: str | None = None

    @property
    def function(self) -> str:
        """Dotted name of the function that makes a shard."""
        return f"pipelines.shard_functions:{self.worker or self.name}"


def _published(name: str, *inputs: tuple[str, str], worker: str | None = None) -> Stage:
    """A stage that validates the rows of one published table."""
    return Stage(name, "validation", inputs, ("pipelines.validation", "schemas"), worker=worker)


def _stated(name: str) -> Stage:
    """A stage that validates one kind of fact."""
    return _published(name, RAW, ("facts", name), PROFILES, worker="fact_table")


PROFILES = ("facts", "document_profiles")
# The records that pass between the first stages, and the words that their fields may hold.
RECORDS = ("schemas.documents", "schemas.vocabulary")

# Another version of these may read another text out of the same bytes.
LIBRARIES = ("charset-normalizer", "openpyxl", "pypdfium2")

RAW = ("raw_documents", "raw_documents")
CLEAN = ("clean_documents", "clean_documents")
KINDS = tuple(table.name for table in FACT_TABLES)
LEDGER = "number_ledger"
REGISTRY = "schemas/registry"

STAGES: dict[str, Stage] = {
    stage.name: stage
    for stage in (
        Stage("raw_documents", "reading", (), ("pipelines.reading", *RECORDS), LIBRARIES, registry=False),
        Stage("clean_documents", "cleaning", (RAW,), ("pipelines.cleaning", *RECORDS)),
        Stage("signatures", "cleaning", (CLEAN,), ("pipelines.copies",), registry=False, libraries=("rensa",)),
        Stage("facts", "extraction", (CLEAN,), ("pipelines.extraction", "schemas"), table="observations"),
        _published("documents", RAW, CLEAN, PROFILES, *(("facts", name) for name in KINDS)),
        _published("document_texts", RAW),
        *map(_stated, KINDS),
        # The ledger tells what became of each number: it waits for the facts that were let through.
        _published(LEDGER, RAW, ("facts", LEDGER), *((name, name) for name in KINDS)),
    )
}
PUBLISHED = tuple(stage.name for stage in STAGES.values() if stage.group == "validation")


def registry_version() -> str:
    """Version of the reference data and of its loader, without the time that it takes to load it."""
    return combine(folder_version(FOLDER, "*.csv"), folder_version(FOLDER.parent, "registry*.py"))


def forget_versions() -> None:
    """Look at the files again: a process that lives long sees that code or registry have changed meanwhile."""
    for cached in (code_version, folder_version, version):
        cached.cache_clear()


@cache
def version(name: str) -> str:
    """Version of everything that a stage's shards are made with: its code, the registry, and all stages before it."""
    before = {version(earlier) for earlier, _ in STAGES[name].inputs}
    return combine(*ingredients(name).values(), *sorted(before))


def ingredients(name: str) -> dict[str, str]:
    """What a stage itself is made with, each with its version: its packages, and the registry if it looks there."""
    stage = STAGES[name]
    found = {package: code_version(package) for package in (*stage.packages, "pipelines.shard_functions")}
    found |= {library: library_version(library) for library in stage.libraries}
    return found | ({REGISTRY: registry_version()} if stage.registry else {})
