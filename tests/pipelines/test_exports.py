"""What `xianzhi export` writes is read by the programs that it is meant for: frictionless, polars, pysdmx."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from frictionless import Package
from pysdmx.io import get_datasets
from rich.console import Console
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.exports import FILES, FORMS, export, package
from pipelines.sdmx import TOTAL
from pipelines.settings import Settings
from schemas.tables import TABLES
from tests.warehouse.world import built, observations

# The id that the ledger of the small world names.
BEST = "0123456789abcdef"
CHANGES: tuple[dict[str, Any], ...] = (
    {"observation_id": BEST},
    {"breakdown": '{"industry": "工业"}', "value": Decimal(7), "obs_value": Decimal(700_000_000)},
    # The same figure as the first, but doubted: the series has the first.
    {"value": Decimal(9), "obs_value": Decimal(900_000_000), "obs_status": "Q", "doubts": "soft_range"},
    {"time_period": "2022-01/2022-03", "value": Decimal("0.1"), "obs_value": Decimal(10_000_000)},
    {"time_period": "2021", "nature": "target", "obs_status": "F"},
    {"time_period": "2020", "indicator": None, "indicator_name": "茶树数"},
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "xianzhi.duckdb"
    built(path, observations=observations(*CHANGES))
    return path


@pytest.fixture(scope="module")
def exported(warehouse: Path) -> Path:
    folder = warehouse.parent / "out"
    assert export(Console(), warehouse, folder, FORMS) == 3 * (len(TABLES) + 1) + 2
    return folder


def test_frictionless_finds_no_fault(exported: Path) -> None:
    report = Package(str(exported / "csv" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    assert report.stats["tasks"] == len(TABLES)


def test_frictionless_reads_json_lines(exported: Path) -> None:
    # It cannot open a file of no lines at all, and looks only at what it is told to.
    described = Package(str(exported / "jsonl" / "datapackage.json"))
    for resource in described.resources:
        if (exported / "jsonl" / str(resource.path)).stat().st_size:
            report = resource.validate()
            assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (",level,", ",levels,", "constraint-error"),
        (f"{BEST},", ",", "primary-key"),
        (",320583,", ",999999,", "foreign-key"),
        (",5140.060000,", ",many,", "type-error"),
    ],
)
def test_frictionless_finds_a_planted_fault(old: str, new: str, kind: str, exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported / "csv", tmp_path / "csv")
    file = tmp_path / "csv" / "observations.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    errors = Package(str(tmp_path / "csv" / "datapackage.json")).validate().flatten(["type"])
    assert [kind] in errors


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_all_its_rows(name: str, exported: Path, warehouse: Path) -> None:
    with duckdb.connect(warehouse, read_only=True) as connection:
        [(count,)] = connection.execute(f"SELECT count(*) FROM {name}").fetchall()
    whole = pl.read_parquet(exported / "parquet" / f"{name}.parquet")
    assert (whole.height, tuple(whole.columns)) == (count, TABLES[name].column_names)
    assert [whole.schema[column.name] for column in TABLES[name].columns] == [
        column.type.polars for column in TABLES[name].columns
    ]
    lines = (exported / "jsonl" / f"{name}.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == count
    assert all(tuple(json.loads(line)) == TABLES[name].column_names for line in lines)


def test_a_package_tells_what_the_tables_tell() -> None:
    resources: dict[str, dict[str, Any]] = {one["name"]: one for one in package("csv")["resources"]}
    told = {field["name"]: field for field in resources["observations"]["schema"]["fields"]}
    assert told["bound"]["constraints"] == {
        "required": True,
        "enum": ["exact", "approx", "at_least", "at_most", "range"],
    }
    assert told["value"]["unit"] == "as in column unit"
    assert resources["observations"]["schema"]["primaryKey"] == ["observation_id"]
    assert {"fields": ["ref_area"], "reference": {"resource": "places", "fields": ["code"]}} in resources[
        "observations"
    ]["schema"]["foreignKeys"]


def test_pysdmx_reads_the_series_with_its_structure(exported: Path) -> None:
    [dataset] = get_datasets(exported / "sdmx" / "series.csv", exported / "sdmx" / "structure.json")
    rows = dataset.data.to_dict("records")
    components = dataset.structure.components
    assert [one.id for one in components.dimensions] == [
        "REF_AREA",
        "INDICATOR",
        "MEASURE",
        "BREAKDOWN",
        "TIME_PERIOD",
    ]
    keys = [tuple(row[one.id] for one in components.dimensions) for row in rows]
    # Neither the target, nor what has no code; and of the two values for one key, the one that nothing doubts.
    assert len(keys) == len(set(keys)) == 3
    best = next(row for row in rows if row["BREAKDOWN"] == TOTAL and row["TIME_PERIOD"] == "2023")
    assert (best["OBS_STATUS"], best["N_VALUES"], best["OBSERVATION_ID"]) == ("A", 2, BEST)
    assert {row["TIME_PERIOD"] for row in rows} == {"2023", "2022-01-01/P3M"}
    for component in components:
        if component.enumeration is not None:
            codes = {code.id for code in component.enumeration.codes}
            assert {row[component.id] for row in rows} <= codes, component.id


def test_the_command_writes_the_formats_that_are_asked_for(warehouse: Path, settings: Settings, tmp_path: Path) -> None:
    settings.data.mkdir()
    settings.warehouse_path.write_bytes(warehouse.read_bytes())
    folder = tmp_path / "out"
    told = CliRunner().invoke(app, ["export", str(folder), "--format", "csv", "--format", "sdmx"])
    assert told.exit_code == 0
    assert told.stdout.startswith(f"{len(TABLES) + 3} files in")
    assert told.stderr == ""
    assert sorted(one.name for one in folder.iterdir()) == ["csv", "sdmx"]
    assert not list(folder.rglob("*.next"))
    wrong = CliRunner().invoke(app, ["export", str(folder), "--format", "xml"])
    assert wrong.exit_code == 2
    assert "--format is one of parquet, csv, jsonl, sdmx" in wrong.stderr.replace("\n", " ")
    (tmp_path / "file").write_text("")
    blocked = CliRunner().invoke(app, ["export", str(tmp_path / "file")])
    assert blocked.exit_code == 1
    assert "Name another one." in blocked.stderr.replace("\n", " ")


def test_the_formats_are_those_that_files_and_sdmx_make() -> None:
    assert (*FILES, "sdmx") == FORMS
