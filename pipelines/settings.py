"""Where things are and how much is allowed: one class, read from the environment.

Belongs here: paths, the engine, limits, and what follows from them. Does not belong here: anything that changes what a
document says (that is code, or a row of `schemas/registry/`).
"""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PROJECT_ROOT = Path(__file__).resolve().parent.parent
PREFIX = "XIANZHI_"
PATHS = ("seeds", "data", "corrections")
MIB = 1024 * 1024
# What clocks, dates and memory can still count.
MOST_SECONDS, MOST_DAYS, MOST_BYTES = 86_400, 36_500, MIB * MIB


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the message names it and says what is expected."""


class Settings(BaseModel):
    """The settings of one run.

    Attributes:
        seeds: folder with the documents (`XIANZHI_SEEDS`).
        data: folder for everything that is made (`XIANZHI_DATA`).
        lake: where the shards of all stages lie (`XIANZHI_LAKE`): `s3://bucket/prefix`; by default in a folder below
            `data`.
        corrections: file with the corrections of people (`XIANZHI_CORRECTIONS`); by default `corrections.yaml` in the
            folder of the documents.
        shard_size: documents in one shard at most.
        engine: `inline` works off shards one after another, `processes` in as many processes as `workers`, `spark` on
            the cluster of `spark_master`, which must see `seeds` under the same path, and `data` unless `lake` is set.
        workers: processes of the engine `processes`.
        keep_days: how many days Dagster's records of what the sensors and the schedule have done are kept.
        spark_master: address of the cluster of the engine `spark`, such as `spark://host:7077`.
        publish: whether the rows of documents are copied into the published file (`tables`), or stay in the shards of
            the lake, with views over them in the file (`views`).
        build_memory: bytes of memory that building the file may take; what needs more is put on disk beside it.
        keep_builds: how many builds before the published one are kept, for `xianzhi diff` and `xianzhi restore`.
        atlas_documents: a run writes the atlas of so many documents at most, since all its pages are written anew; of
            more, `xianzhi atlas` does when it is asked to.
        atlas_url: where the folder of the atlas is served, for links in the Dagster UI; without it they are paths.
        keep_versions: how many shards that older code, registry or corrections have made are kept of each batch.
        max_file_bytes: files over this size are refused (`XIANZHI_MAX_FILE_BYTES`); so are those that pass one of the
            limits that follow.
        max_text_characters: length of a document's text.
        max_pages: pages of a PDF or DOCX, sheets of a workbook.
        max_table_cells: cells of all tables of a document, unless it is a page or Markdown.
        max_unpacked_bytes: size of a DOCX or XLSX once it is unpacked.
        max_unpacked_ratio: how many times larger than packed a part of it may be.
        max_parts: files in an archive, parts of an e-mail, objects on a page of a PDF.
        max_depth: elements of XML inside of each other.
        max_read_seconds: time that one document may take: to read it, if it is of a binary format, to clean it, and to
            find its facts.
        max_read_memory: bytes of memory that it may take in each of these.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seeds: Path = PROJECT_ROOT / "seeds"
    data: Path = PROJECT_ROOT / "warehouse" / "data"
    lake: str | None = Field(default=None, pattern="^s3://[^/]+(/.*)?$")
    corrections: Path | None = None
    shard_size: int = Field(default=1000, ge=1)
    engine: Literal["inline", "processes", "spark"] = "inline"
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    keep_days: int = Field(default=30, ge=1, le=MOST_DAYS)
    spark_master: str = "local[*]"
    publish: Literal["tables", "views"] = "tables"
    build_memory: int = Field(default=1536 * MIB, ge=256 * MIB, le=MOST_BYTES)
    keep_builds: int = Field(default=3, ge=0)
    atlas_documents: int = Field(default=100, ge=0)
    atlas_url: str | None = None
    keep_versions: int = Field(default=2, ge=0)
    max_file_bytes: int = Field(default=20 * MIB, ge=1, le=MOST_BYTES)
    max_text_characters: int = Field(default=10_000_000, ge=1)
    max_pages: int = Field(default=3_000, ge=1)
    max_table_cells: int = Field(default=1_000_000, ge=1)
    max_unpacked_bytes: int = Field(default=256 * MIB, ge=1, le=MOST_BYTES)
    max_unpacked_ratio: int = Field(default=200, ge=1)
    max_parts: int = Field(default=20_000, ge=1)
    max_depth: int = Field(default=200, ge=1)
    max_read_seconds: int = Field(default=60, ge=1, le=MOST_SECONDS)
    max_read_memory: int = Field(default=1024 * MIB, ge=64 * MIB, le=MOST_BYTES)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read `XIANZHI_SEEDS`, `XIANZHI_DATA`, … ; an empty variable counts as not set.

        Relative paths are relative to the current directory.

        Raises:
            SettingsError: a variable holds something else than its setting can take, or is called almost like one.
        """
        environment = os.environ if environment is None else environment
        _refuse_misspelt(environment, [name.upper() for name in cls.model_fields])
        given = {
            name: text for name in cls.model_fields if (text := environment.get(PREFIX + name.upper(), "").strip())
        }
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            lines = [f"{PREFIX}{str(e['loc'][0]).upper()}={e['input']}: {e['msg']}" for e in error.errors()]
            raise SettingsError("; ".join(lines)) from error
        paths = {name: _resolved(name, path) for name in PATHS if (path := getattr(settings, name)) is not None}
        settings = settings.model_copy(update=paths)
        for path in (settings.data, *settings.data.parents):
            if os.path.exists(path) and not os.path.isdir(path):
                raise SettingsError(f"{PREFIX}DATA={settings.data}: {path} is a file, not a folder; name another one")
        # The default need not be there. A file that somebody names is meant to be used.
        if settings.corrections is not None and not settings.corrections.exists():
            raise SettingsError(f"{PREFIX}CORRECTIONS={given['corrections']}: there is no such file")
        return settings

    def to_environment(self) -> dict[str, str]:
        """The variables that give these settings to another process."""
        return {PREFIX + name.upper(): str(value) for name, value in self.model_dump(exclude_none=True).items()}

    @property
    def limits(self) -> dict[str, int]:
        """How much is read of one document, by the names of `pipelines.reading.Limits`."""
        return {name: value for name, value in self.model_dump().items() if name.startswith("max_")}

    @property
    def corrections_path(self) -> Path:
        """The file with the corrections of people; it need not be there."""
        return self.corrections or self.seeds / "corrections.yaml"

    @property
    def lake_root(self) -> Path:
        """Folder of the shards of all stages, or of copies of them; of what the last run has noted, and of its lock."""
        return self.data / "lake"

    @property
    def warehouse_path(self) -> Path:
        """The published DuckDB file."""
        return self.data / "xianzhi.duckdb"

    @property
    def atlas_path(self) -> Path:
        """Folder of the static site; its first page is index.html."""
        return self.data / "atlas"

    @property
    def dagster_home(self) -> Path:
        """Folder of the persistent Dagster instance: runs, events, logs, cursors."""
        return self.data / "dagster"

    def prepare_dagster_home(self) -> dict[str, str]:
        """Make the instance's folder with the project's `dagster.yaml` and return the environment to run Dagster in."""
        self.dagster_home.mkdir(parents=True, exist_ok=True)
        template, target = Path(__file__).with_name("dagster.yaml"), self.dagster_home / "dagster.yaml"
        wanted = template.read_text(encoding="utf-8").replace(": KEEP_DAYS", f": {self.keep_days}")
        # Written only when it differs: a UI that is open reads the file when it starts a run.
        if not target.exists() or target.read_text(encoding="utf-8") != wanted:
            temporary = target.with_suffix(".new")
            temporary.write_text(wanted, encoding="utf-8")
            os.replace(temporary, target)
        return {
            **self.to_environment(),
            "DAGSTER_HOME": str(self.dagster_home),
            # No telemetry and no look-up of newer versions: nothing leaves the machine.
            "DAGSTER_DISABLE_TELEMETRY": "1",
            "DAGSTER_DG_UPDATE_CHECK_ENABLED": "0",
        }


def _resolved(name: str, path: Path) -> Path:
    """A path without `~`, from the root."""
    try:
        return path.expanduser().resolve()
    except (RuntimeError, OSError) as error:
        raise SettingsError(f"{PREFIX}{name.upper()}={path}: {error}") from error


def _refuse_misspelt(environment: Mapping[str, str], names: list[str]) -> None:
    """A setting with a slip of the pen in its name would be passed over in silence, and the wrong folder be read."""
    for given in environment:
        word = given.removeprefix(PREFIX)
        if given != word and word not in names and (meant := get_close_matches(word, names, n=1, cutoff=0.85)):
            raise SettingsError(f"There is no setting {given}; {PREFIX}{meant[0]} is probably meant")
