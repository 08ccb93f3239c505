"""The series of indicators as SDMX: SDMX-CSV 2.0 with its structure in SDMX-JSON 2.0.

An SDMX key has one value. Where several documents state a figure, the series has the best of them, chosen as
`marts.indicator_series` chooses; the attributes N_VALUES and N_SOURCES say how many there are, and OBSERVATION_ID leads
to the words. What has no code (a place or an indicator that the registry does not know) has no key and is left out, and
so are targets: they are in the tables.

Belongs here: the structure, and rows in its terms. Does not belong here: which value is the best (`warehouse/marts`).
"""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from pysdmx.io.format import Format
from pysdmx.io.writer import write_sdmx
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Role,
)
from pysdmx.model.dataflow import Group

from schemas.meanings import MEANINGS

AGENCY = "XIANZHI"
STRUCTURE = "COUNTY_SERIES"
VERSION = "1.0.0"
CODELIST_URN = "urn:sdmx:org.sdmx.infomodel.codelist"
# SDMX writes the whole of a breakdown so.
TOTAL = "_T"
# Id, column of the mart, role, type, code list or None, whether it is always there, meaning.
COMPONENTS: tuple[tuple[str, str, Role, DataType, str | None, bool, str], ...] = (
    ("REF_AREA", "ref_area", Role.DIMENSION, DataType.STRING, "CL_AREA", True, "Place, as its GB/T 2260 code"),
    ("INDICATOR", "indicator", Role.DIMENSION, DataType.STRING, "CL_INDICATOR", True, "What the number is about"),
    ("MEASURE", "measure", Role.DIMENSION, DataType.STRING, "CL_MEASURE", True, "What kind of number it is"),
    (
        "BREAKDOWN",
        "breakdown",
        Role.DIMENSION,
        DataType.STRING,
        None,
        True,
        "Which part the number is for: a JSON object of texts, _T for the whole",
    ),
    ("TIME_PERIOD", "time_period", Role.DIMENSION, DataType.PERIOD, None, True, "Period, ranges as start/duration"),
    ("OBS_VALUE", "obs_value", Role.MEASURE, DataType.DECIMAL, None, True, "The best value; lower end of a range"),
    ("OBS_VALUE_HIGH", "obs_value_high", Role.ATTRIBUTE, DataType.DECIMAL, None, False, "Upper end of a range"),
    ("UNIT_MEASURE", "unit_measure", Role.ATTRIBUTE, DataType.STRING, "CL_UNIT_MEASURE", True, "Base unit"),
    ("OBS_STATUS", "obs_status", Role.ATTRIBUTE, DataType.STRING, "CL_OBS_STATUS", True, "Observation status"),
    ("NATURE", "nature", Role.ATTRIBUTE, DataType.STRING, "CL_NATURE", True, "Whether it was reached or is expected"),
    ("BOUND", "bound", Role.ATTRIBUTE, DataType.STRING, "CL_BOUND", True, "How tightly the text states the number"),
    (
        "PERIOD_BASIS",
        "period_basis",
        Role.ATTRIBUTE,
        DataType.STRING,
        "CL_PERIOD_BASIS",
        True,
        "How the period is known",
    ),
    ("N_VALUES", "n_values", Role.ATTRIBUTE, DataType.INTEGER, None, True, "How many different statements there are"),
    ("N_SOURCES", "n_sources", Role.ATTRIBUTE, DataType.INTEGER, None, True, "In how many documents, without copies"),
    (
        "OBSERVATION_ID",
        "observation_id",
        Role.ATTRIBUTE,
        DataType.STRING,
        None,
        True,
        "The observation, with its words",
    ),
)


def write_series(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write `series.csv` and `structure.json`; returns how many files that are.

    Args:
        connection: The published file.
        folder: Where to.
    """
    for name, text in (("series.csv", series(connection)), ("structure.json", structure_message(connection))):
        temporary = folder / f"{name}.next"
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, folder / name)
    return 2


def series(connection: duckdb.DuckDBPyConnection) -> str:
    """The best values as SDMX-CSV 2.0."""
    columns = ", ".join(f"{column} AS {name}" for name, column, *_ in COMPONENTS)
    found = connection.sql(
        f"SELECT {columns} FROM marts.indicator_series "
        "WHERE ref_area IS NOT NULL AND indicator IS NOT NULL AND time_period IS NOT NULL ORDER BY 1, 2, 3, 4, 5"
    ).pl()
    rows = found.select(
        pl.lit("datastructure").alias("STRUCTURE"),
        pl.lit(f"{AGENCY}:{STRUCTURE}({VERSION})").alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"),
        pl.all(),
    ).with_columns(
        pl.col("TIME_PERIOD").map_elements(time_period, return_dtype=pl.String),
        pl.col("BREAKDOWN").replace({"{}": TOTAL}),
        pl.col("OBS_VALUE", "OBS_VALUE_HIGH").map_elements(
            lambda value: f"{value.normalize():f}", return_dtype=pl.String
        ),
    )
    return rows.write_csv()


def time_period(period: str) -> str:
    """A period as SDMX writes it: a range is its first day and its duration.

    Args:
        period: As in `observations.time_period`.

    Examples:
        >>> time_period("2024"), time_period("2024-09")
        ('2024', '2024-09')
        >>> time_period("2022/2025"), time_period("2017-01/2017-03"), time_period("2024-02-27/2024-03-01")
        ('2022-01-01/P4Y', '2017-01-01/P3M', '2024-02-27/P4D')
    """
    if "/" not in period:
        return period
    start, end = period.split("/")
    first, length = _days(start)[0], min(len(start), len(end))
    if len(start) == len(end) == 4:
        return f"{first}/P{int(end) - int(start) + 1}Y"
    if length >= 7 and len(start) == len(end) == 7:
        months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:]) - int(start[5:]) + 1
        return f"{first}/P{months}M"
    return f"{first}/P{(_days(end)[1] - first).days}D"


def _days(point: str) -> tuple[date, date]:
    """First day of a year, month or day, and the day after its last."""
    year, month, day = (int(part) for part in [*point.split("-"), "0", "0"][:3])
    if day:
        return date(year, month, day), date(year, month, day) + timedelta(days=1)
    if month:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)


def structure_message(connection: duckdb.DuckDBPyConnection) -> str:
    """Concepts, code lists and the data structure as SDMX-JSON 2.0."""
    lists = _code_lists(connection)
    concepts = ConceptScheme(
        id="CONCEPTS",
        name="Concepts of xianzhi",
        agency=AGENCY,
        version=VERSION,
        items=[
            Concept(id=name, name=name, description=meaning, dtype=dtype)
            for name, _, _, dtype, _, _, meaning in COMPONENTS
        ],
    )
    components = Components(
        [
            Component(
                id=name,
                required=required,
                role=role,
                concept=ItemReference("Concept", AGENCY, concepts.id, VERSION, name),
                local_dtype=dtype,
                local_codes=lists[codes] if codes else None,
                local_enum_ref=f"{CODELIST_URN}.{lists[codes].short_urn}" if codes else None,
                attachment_level="O" if role is Role.ATTRIBUTE else None,
            )
            for name, _, role, dtype, codes, required, _ in COMPONENTS
        ]
    )
    definition = DataStructureDefinition(
        id=STRUCTURE,
        name="Series of county indicators",
        description=" ".join((__doc__ or "").split("\n\n")[1].split()),
        agency=AGENCY,
        version=VERSION,
        components=components,
        # The writer of pysdmx puts an empty list of groups, which the schema of SDMX-JSON refuses: one that is true.
        groups=[Group(id="AREA_INDICATOR", dimensions=["REF_AREA", "INDICATOR"])],
    )
    message = write_sdmx([concepts, *lists.values(), definition], Format.STRUCTURE_SDMX_JSON_2_0_0)
    assert message is not None
    return message


def _code_lists(connection: duckdb.DuckDBPyConnection) -> dict[str, Codelist]:
    """The code lists by id; places and indicators are those that the series have."""
    queries = {
        "CL_AREA": "SELECT code, name, pinyin FROM places WHERE code IN (SELECT ref_area FROM marts.indicator_series)",
        "CL_INDICATOR": "SELECT code, name_en, name_zh || '：' || definition FROM indicators",
        "CL_UNIT_MEASURE": "SELECT unit_measure, name_en, name_zh FROM unit_measures",
    }
    rows: dict[str, list[tuple[Any, ...]]] = {
        name: connection.sql(f"{query} ORDER BY 1").fetchall() for name, query in queries.items()
    }
    for column in ("measure", "obs_status", "nature", "bound", "period_basis"):
        rows[f"CL_{column.upper()}"] = [(word, word, meaning) for word, meaning in MEANINGS[column].items()]
    return {
        name: Codelist(
            id=name,
            name=name,
            agency=AGENCY,
            version=VERSION,
            items=[Code(id=code, name=label, description=meaning) for code, label, meaning in codes],
        )
        for name, codes in rows.items()
    }
