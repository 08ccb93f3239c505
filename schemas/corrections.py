"""Corrections by people: one as it stands in `corrections.yaml`, and what became of all of them.

Here is what one entry can promise by itself. Finding its row and changing it is `pipelines/validation/corrections.py`.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import polars as pl
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from schemas.columns import TEXT_LIST, Column, Table
from schemas.tables import CORRECTIONS, FACT_TABLES
from schemas.tables.provenance import PROVENANCE
from schemas.vocabulary import FACT_ID_PATTERN, CorrectionAction, CorrectionStatus

KINDS: dict[str, Table] = {table.name: table for table in FACT_TABLES}
# What a person may not set: where a fact stands, who read it, and what follows from other columns.
FIXED = {"doc_id", "section", *(column.name for column in PROVENANCE)} | {
    "doubts",
    "obs_status",
    "obs_value",
    "obs_value_high",
    "ref_area_name",
    "indicator_name",
}


# What one shard says about a correction: how many of its rows were meant, how many of them say what is expected, and
# whether the one that was corrected broke a rule.
MATCHES = pl.Schema(
    {
        "correction_id": pl.String,
        "meant": pl.UInt32,
        "expected": pl.UInt32,
        "doc_id": pl.String,
        "fact_id": pl.String,
        "refused": pl.Boolean,
    }
)


class CorrectionsError(ValueError):
    """The file of corrections cannot be used; the message names the entry and what is expected."""


def _as_text(value: Any) -> Any:
    """A YAML number as the text that was written, so that 1.75 stays 1.75."""
    if isinstance(value, bool):
        return value
    return str(value) if isinstance(value, int | float | Decimal) else value


Text = Annotated[str, BeforeValidator(_as_text)]


class Correction(BaseModel):
    """What a person says about one published or refused row.

    Attributes:
        id: A name for it, unique in the file; published rows carry it.
        table: The table of the row.
        document: The document: its path below the seeds folder, its file name, or its id (eight digits or more).
        quote: Words that stand in the quote of the row, exactly as in the document.
        fact: Instead of document and quote: the id of the fact.
        action: `accept` takes a suspect row as it is; `fix` changes fields; `reassign` gives the row to another place,
            indicator or period; `drop` keeps it out of the table.
        set: For `fix` and `reassign`: the new values by column; null empties one.
        expect: What the row must say now for the correction to be applied, by column.
        reason: Why.
        by: Who says so.
        date: When.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\-\u4e00-\u9fff]{1,80}$")]
    table: Literal[tuple(KINDS)] = "observations"  # type: ignore[valid-type]
    document: Annotated[str, Field(min_length=1)] | None = None
    quote: Annotated[str, Field(min_length=1)] | None = None
    fact: Annotated[Text, Field(pattern=FACT_ID_PATTERN)] | None = None
    action: CorrectionAction
    set: dict[str, Text | list[Text] | None] = Field(default_factory=dict)
    expect: Annotated[dict[str, Text | list[Text] | None], Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    by: Annotated[str, Field(min_length=1)]
    date: date

    @model_validator(mode="after")
    def _says_what_and_where(self) -> Self:
        if (self.fact is None) == (self.document is None or self.quote is None):
            raise ValueError("name either the fact, or the document and a quote")
        if bool(self.set) != (self.action in ("fix", "reassign")):
            raise ValueError("fix and reassign need set; accept and drop have none")
        columns = set(KINDS[self.table].column_names)
        key = KINDS[self.table].primary_key[0]
        for name, value in self.set.items():
            if name not in columns - FIXED - {key}:
                raise ValueError(f"set.{name}: no column of {self.table} that may be set")
            _check_form(KINDS[self.table].column(name), value)
        for name in self.expect:
            if name not in columns:
                raise ValueError(f"expect.{name}: no column of {self.table}")
        if self.action == "reassign" and not self.set.keys() & {"ref_area", "indicator", "time_period", "breakdown"}:
            raise ValueError("reassign sets ref_area, indicator, time_period or breakdown")
        return self


def _check_form(column: Column, value: str | list[str] | None) -> None:
    """Refuse a value that the column could not even hold; whether it is right is for validation to say."""
    if value is None:
        return
    if isinstance(value, list) != (column.type is TEXT_LIST):
        raise ValueError(f"set.{column.name}: {'a list' if column.type is TEXT_LIST else 'one value'} is expected")
    if column.type.polars.is_integer() and not re.fullmatch(r"-?[0-9]{1,9}", str(value)):
        raise ValueError(f"set.{column.name}: a whole number is expected")


@dataclass(frozen=True)
class Request:
    """A correction for one shard.

    Attributes:
        correction: The correction.
        doc_ids: The documents that it may be about; None for any, where it names a fact.
    """

    correction: Correction
    doc_ids: tuple[str, ...] | None


def results(corrections: Iterable[Correction], matches: pl.DataFrame) -> pl.DataFrame:
    """Rows of `quality.corrections`.

    Args:
        corrections: All corrections.
        matches: What the shards say about them, as `MATCHES`.
    """
    counted = {
        row["correction_id"]: row
        for row in matches.group_by("correction_id")
        .agg(pl.col("meant", "expected").sum(), pl.col("fact_id").drop_nulls().first(), pl.col("refused").any())
        .iter_rows(named=True)
    }
    nothing = {"meant": 0, "expected": 0, "fact_id": None, "refused": False}
    rows = []
    for correction in corrections:
        found = counted.get(correction.id, nothing)
        rows.append(
            {
                "correction_id": correction.id,
                "table_name": correction.table,
                "action": correction.action,
                "document": correction.document,
                "quote": correction.quote,
                "fact_id": found["fact_id"] or correction.fact,
                "changes": json.dumps(correction.set, ensure_ascii=False, sort_keys=True),
                "reason": correction.reason,
                "corrected_by": correction.by,
                "corrected_on": correction.date,
                "status": _status(found["meant"], found["expected"], found["refused"]),
            }
        )
    return pl.DataFrame(rows, schema=CORRECTIONS.polars_schema(), orient="row")


def _status(meant: int, expected: int, refused: bool) -> CorrectionStatus:
    if meant == 0:
        return "no_match"
    if expected == 0:
        return "guard_failed"
    if expected > 1:
        return "ambiguous"
    return "refused" if refused else "applied"


class _Loader(yaml.BaseLoader):
    """YAML whose scalars stay text, since 2023 and 1.750 are what was written, and that says each thing once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = set()
        for key, _ in node.value:
            # YAML's own loader takes the last of two values in silence.
            if (name := str(key.value)) in names:
                raise yaml.constructor.ConstructorError(None, None, f"{name} is there twice", key.start_mark)
            names.add(name)
        return super().construct_mapping(node, deep)


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Read the file of corrections; a missing file holds none.

    Raises:
        CorrectionsError: It is no YAML list of corrections, or an id is there twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"{path} cannot be read: {error}") from error
    try:
        entries = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CorrectionsError(f"{path} is no YAML: {error}") from error
    except RecursionError as error:
        raise CorrectionsError(f"{path} is no list of corrections: brackets stand too deep in each other") from error
    if entries in (None, ""):
        return ()
    if not isinstance(entries, list):
        raise CorrectionsError(f"{path} is no list: every correction is an entry of its own that begins with “- id:”")
    try:
        corrections = TypeAdapter(tuple[Correction, ...]).validate_python(_without_nulls(entries, {}))
    except ValidationError as error:
        lines = [
            f"entry {_where(one['loc'], entries)}: {one['msg'].removeprefix('Value error, ')}" for one in error.errors()
        ]
        raise CorrectionsError(f"{path}: " + "; ".join(lines)) from error
    ids = [correction.id for correction in corrections]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise CorrectionsError(f"{path}: the ids {', '.join(twice)} are there twice")
    return corrections


def _without_nulls(entries: Any, done: dict[int, Any]) -> Any:
    """Words of YAML for nothing as None; the loader leaves all scalars as text.

    Args:
        entries: A list, a mapping or a text.
        done: What came of each list and mapping by its identity. An alias is the same object again, and a few lines of
            aliases of aliases would stand for more than memory holds if each were made anew.
    """
    if id(entries) in done:
        return done[id(entries)]
    if isinstance(entries, list):
        done[id(entries)] = [_without_nulls(entry, done) for entry in entries]
    elif isinstance(entries, dict):
        done[id(entries)] = {key: _without_nulls(value, done) for key, value in entries.items()}
    else:
        return None if entries in ("null", "~") else entries
    return done[id(entries)]


def _where(location: tuple[int | str, ...], entries: list[Any]) -> str:
    """The entry by its id, or counted from 1 where it has none, and the field in it."""
    number = int(location[0])
    entry = entries[number]
    name = entry.get("id", number + 1) if isinstance(entry, dict) else number + 1
    return ".".join(map(str, (name, *location[1:])))
